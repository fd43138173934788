/** The title and the lists behind it: scenarios to play, games to go on with, reports to read. Only what exists is offered. */
import {keyFor} from '../keymap.js';
import {cell, type Line, span} from '../lines.js';
import {windowOf} from '../list.js';
import type {Catalogue} from '../player.js';
import {keymapOf} from '../settings.js';
import {wrap} from '../text.js';
import {frameLines} from './frame.js';
import {type Handler, motionOf, type Screen, type ScreenProps} from './screen.js';

interface Entry {
	readonly words: string;
	readonly about: string;
	readonly open: 'scenarios' | 'saves' | 'reports' | 'settings' | 'quit';
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** The title's menu. */
export function titleEntries({counts}: Pick<Catalogue, 'counts'>): readonly Entry[] {
	const entries: Array<Entry | false> = [
		counts.scenarios > 0 && {words: 'Play a scenario', about: counted(counts.scenarios, 'scenario', 'scenarios'), open: 'scenarios'},
		counts.saves > 0 && {words: 'Go on with a game', about: counted(counts.saves, 'save', 'saves'), open: 'saves'},
		counts.reports > 0 && {words: 'Read a finished report', about: counted(counts.reports, 'report', 'reports'), open: 'reports'},
		{words: 'Settings', about: 'colours, keys, tips, screen reader', open: 'settings'},
		{words: 'Quit', about: '', open: 'quit'},
	];
	return entries.filter(entry => entry !== false);
}

/** The path in two lines of words a station, as the title tells it. */
const path = [
	['SHARES', 'who holds', 'a part'],
	['ROUNDS', 'who takes', 'part'],
	['POLICY', 'what is', 'admitted'],
	['OUTPUT', 'what', 'left'],
	['TRANSCRIPT', 'what can', 'be explained'],
] as const;

const story =
	'Several parties hold the shares of one key, and an incident is under way. Operators and attackers take turns. Whether an attack works is computed, never rolled; at the end the record tells what can be explained.';

export function titleScreen({screen, state, catalogue, theme, columns, rows}: ScreenProps<'title'>): readonly Line[] {
	const {arrow} = theme.glyphs;
	const body: readonly Line[] = [
		[],
		['   ', ...path.flatMap(([name], index): Line => [cell(name, 12, 'strong'), span(index < path.length - 1 ? `${arrow} ` : '', 'dim')])],
		['   ', ...path.map(([, first]) => cell(first, 15, 'dim'))],
		['   ', ...path.map(([, , second]) => cell(second, 15, 'dim'))],
		[],
		...wrap(story, Math.min(columns, 100) - 6).map((line): Line => ['   ', span(line)]),
		[],
		...titleEntries(catalogue).map(
			({words, about}, index): Line => [
				span(index === screen.cursor ? ' > ' : '   ', 'focus'),
				cell(words, 28, index === screen.cursor ? 'chosen' : undefined),
				span(about, 'dim'),
			],
		),
		[],
		[span('   Practice keys only. Nothing here touches a network.', 'dim')],
	];
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'title',
		title: [span('QUORUM CALL', 'focus'), '   a tabletop exercise about multi-party custody'],
		body,
	});
}

export const handleTitle: Handler<'title'> = (desk, screen, command) => {
	const entries = titleEntries(desk.catalogue);
	const cursor = motionOf(command, screen.cursor, entries.length, entries.length);
	if (cursor !== undefined) return desk.set({...screen, cursor});
	if (command === 'quit') return desk.leave(0);
	if (command !== 'do') return;
	const entry = entries[screen.cursor];
	if (entry?.open === 'quit') desk.leave(0);
	if (entry?.open === 'settings') desk.push({kind: 'settings', cursor: 0});
	if (entry?.open === 'scenarios') {
		desk.push({kind: 'scenarios', cursor: 0, side: 'operators'});
		desk.wait(desk.catalogue.scenarios(), loaded => desk.change('scenarios', list => ({...list, entries: loaded})));
	}
	if (entry?.open === 'saves') {
		desk.push({kind: 'saves', cursor: 0});
		desk.wait(desk.catalogue.saves(), loaded => desk.change('saves', list => ({...list, entries: loaded})));
	}
	if (entry?.open === 'reports') {
		desk.push({kind: 'reports', cursor: 0});
		desk.wait(desk.catalogue.reports(), loaded => desk.change('reports', list => ({...list, entries: loaded})));
	}
};

/** Rows of a list with the cursor in sight, or a word on why there are none. */
function listLines<T>(
	entries: readonly T[] | undefined,
	cursor: number,
	size: number,
	draw: (entry: T, isAtCursor: boolean) => Line,
): readonly Line[] {
	if (!entries) return [[], [span('   Reading ...', 'dim')]];
	if (entries.length === 0) return [[], [span('   There is nothing here.', 'dim')]];
	const {start, end} = windowOf(entries.length, Math.max(1, size), cursor);
	return [
		[],
		...entries
			.slice(start, end)
			.map((entry, index): Line => [span(start + index === cursor ? ' > ' : '   ', 'focus'), ...draw(entry, start + index === cursor)]),
	];
}

const sides = {
	operators: 'the operators, who run the vault',
	attackers: 'the attackers, who want its key',
	both: 'both sides: two people at this keyboard',
} as const;

const nextSide = {operators: 'attackers', attackers: 'both', both: 'operators'} as const;

export function scenariosScreen({screen, state, theme, columns, rows}: ScreenProps<'scenarios'>): readonly Line[] {
	const entry = screen.entries?.[screen.cursor];
	const below: Line[] = [
		[],
		[
			' You play ',
			span(sides[screen.side], 'strong'),
			`.  ${keyFor('scenarios', 'switch-side', keymapOf(state.settings))} changes the side.`,
		],
		[],
		...(entry
			? [
					[' ', span(entry.title, 'heading')] as Line,
					...wrap(entry.broken === undefined ? entry.summary : `It can't be played: ${entry.broken}`, columns - 4).map(
						(line): Line => [' ', span(line)],
					),
					[] as Line,
					[span(` ${entry.path}`, 'dim')] as Line,
				]
			: []),
	];
	const room = Math.max(3, rows - 6 - below.length);
	const list = listLines(screen.entries, screen.cursor, room, ({id, title, minutes, turns, broken}, isAtCursor) => [
		cell(id, 20, isAtCursor ? 'chosen' : undefined),
		cell(title, columns - 48, isAtCursor ? 'chosen' : undefined),
		broken === undefined ? `${minutes} minutes, ${turns} turns` : span('does not load', 'warn'),
	]);
	return frameLines({state, theme, columns, rows, context: 'scenarios', title: [span('SCENARIOS', 'strong')], body: [...list, ...below]});
}

export function savesScreen({screen, state, theme, columns, rows}: ScreenProps<'saves'>): readonly Line[] {
	const list = listLines(screen.entries, screen.cursor, rows - 5, ({title, turn, closed, path}, isAtCursor) => [
		cell(title, 24, isAtCursor ? 'chosen' : undefined),
		cell(closed ? 'finished' : `turn ${turn}`, 10),
		span(path, 'dim'),
	]);
	return frameLines({state, theme, columns, rows, context: 'saves', title: [span('GAMES', 'strong')], body: list});
}

export function reportsScreen({screen, state, theme, columns, rows}: ScreenProps<'reports'>): readonly Line[] {
	const list = listLines(screen.entries, screen.cursor, rows - 5, ({title, path}, isAtCursor) => [
		cell(title, 44, isAtCursor ? 'chosen' : undefined),
		span(path, 'dim'),
	]);
	return frameLines({state, theme, columns, rows, context: 'reports', title: [span('REPORTS', 'strong')], body: list});
}

type Listing = Extract<Screen, {readonly kind: 'scenarios' | 'saves' | 'reports'}>;

/** What the three lists have in common; answers whether the command was one of theirs. */
function handleList(desk: Parameters<Handler<'title'>>[0], screen: Listing, command: Parameters<Handler<'title'>>[2]): boolean {
	const cursor = motionOf(command, screen.cursor, screen.entries?.length ?? 0, Math.max(1, desk.state.rows - 8));
	if (cursor !== undefined) desk.set({...screen, cursor});
	else if (command === 'back') desk.pop();
	else if (command === 'quit') desk.leave(0);
	else return false;
	return true;
}

export const handleScenarios: Handler<'scenarios'> = (desk, screen, command) => {
	if (handleList(desk, screen, command)) return;
	if (command === 'switch-side') desk.set({...screen, side: nextSide[screen.side]});
	const entry = screen.entries?.[screen.cursor];
	if (command !== 'do' || !entry) return;
	if (entry.broken === undefined) desk.open({scenario: entry.id, side: screen.side});
	else desk.say('bad', `${entry.path} does not load. Look at it with: quorum-call check ${entry.path}`);
};

export const handleSaves: Handler<'saves'> = (desk, screen, command) => {
	if (handleList(desk, screen, command)) return;
	const entry = screen.entries?.[screen.cursor];
	if (command === 'do' && entry) desk.open({save: entry.path});
};

export const handleReports: Handler<'reports'> = (desk, screen, command) => {
	if (handleList(desk, screen, command)) return;
	const entry = screen.entries?.[screen.cursor];
	if (command !== 'do' || !entry) return;
	const making = `${entry.path} is verified, and its report is made ...`;
	desk.push({kind: 'reader', title: entry.title, text: making, top: 0});
	// Whoever has left it, and reads something else by now, keeps that.
	const isAwaited = () => {
		const reader = desk.state.stack.findLast(({kind}) => kind === 'reader');
		return reader?.kind === 'reader' && reader.text === making;
	};
	desk.wait(
		entry.text(),
		text => isAwaited() && desk.change('reader', reader => ({...reader, text})),
		() => isAwaited() && desk.close('reader'),
	);
};
