/** One pane on a screen of its own, whole and scrolled, and the list of all of them. */
import type {SeatView} from '../../engine/view.js';
import {controlState} from '../controls/controls.js';
import {itemLines, newestFirst} from '../inbox/inbox.js';
import {bindingsOf, type Command, keyName, type ViewName} from '../keymap.js';
import {cell, clipped, heading, type Line, span} from '../lines.js';
import {partyLines} from '../parties/parties.js';
import {requestLines} from '../requests/requests.js';
import {shortHex, wrap} from '../text.js';
import {type Theme, themeOf} from '../theme.js';
import {whyOfRequest} from './board-state.js';
import {briefingLines} from './briefing.js';
import {bodyRows, frameLines} from './frame.js';
import {newestMessages} from './resolve.js';
import {type Desk, gameOf, type Handler, motionOf, type ScreenOf, type ScreenProps} from './screen.js';

/** A view laid out: its lines, and where its items begin, for views with a cursor. */
interface Laid {
	readonly lines: readonly Line[];
	readonly items: readonly number[];
}

const words = (text: string, width: number, indent = 2): Line[] =>
	wrap(text, width - indent - 2).map(line => [' '.repeat(indent), span(line)]);
const none = (text: string): Laid => ({lines: [[], [span(`  ${text}`, 'dim')]], items: []});

/** Blocks of lines, one an item, with the cursor drawn by the block itself. */
function blocks<T>(items: readonly T[], empty: string, draw: (item: T, index: number) => readonly Line[]): Laid {
	if (items.length === 0) return none(empty);
	const lines: Line[] = [];
	const starts: number[] = [];
	for (const [index, item] of items.entries()) {
		starts.push(lines.length);
		lines.push(...draw(item, index));
	}
	return {lines, items: starts};
}

const sign = (isAtCursor: boolean) => span(isAtCursor ? '> ' : '  ', 'focus');

/** Lays a view out in `width` columns. */
export function layOut(name: ViewName, view: SeatView, cursor: number, width: number, theme: Theme): Laid {
	switch (name) {
		case 'parties': {
			const picked = view.parties[cursor]?.id;
			const table = partyLines({
				parties: view.parties,
				side: view.side,
				picked: picked === undefined ? [] : [picked],
				focused: true,
				width,
				height: 2 + view.parties.length,
				theme,
			});
			const party = view.parties[cursor];
			const held =
				party && view.side === 'attackers'
					? `You hold: ${party.captured ? 'its share' : party.implantSince !== undefined ? `an implant since t${party.implantSince}` : party.wayIn ? 'a way in' : 'nothing'}.`
					: '';
			const about = party
				? [
						[],
						heading(theme, `${party.id}: ${party.custodian}, ${party.domain}`, width),
						...words(
							`${party.suspected ? 'Suspected. ' : ''}Share of epoch ${party.epoch}, last known ${party.share}. Last partial: ${party.lastPartial}. Nonces: ${party.nonces}. ${party.digestLeft === undefined ? '' : party.digestLeft ? 'Its digest of this turn is unused. ' : 'Its digest of this turn is used. '}${held}`,
							width,
						),
					]
				: [];
			return {lines: [...table, ...about], items: view.parties.map((_, index) => 2 + index)};
		}
		case 'requests': {
			const selected = view.requests[cursor]?.id;
			const table = requestLines({
				requests: view.requests,
				parties: view.parties,
				turn: view.turn,
				selected,
				focused: true,
				width,
				height: 3 + view.requests.length,
				theme,
			});
			return {
				lines: [...table, [], [span('  = tells everything on record about the request', 'dim')]],
				items: view.requests.map((_, index) => 2 + index),
			};
		}
		case 'inbox':
			return blocks(newestFirst(view.inbox), 'Nothing has come in yet.', (item, index) => itemLines(item, width, index === cursor, theme));
		case 'controls':
			return blocks(view.controls, 'No control can be switched here.', (control, index) => {
				const state = controlState(control);
				const inspected =
					control.inspected === undefined
						? 'not inspected: what is documented may not be so'
						: control.inspected === control.documented
							? 'inspected: as documented'
							: `inspected: it is ${control.inspected}`;
				return [
					[
						sign(index === cursor),
						cell(state.text, 8, state.role),
						span(control.title, index === cursor ? 'chosen' : 'strong'),
						span(`   ${control.id}${control.from === undefined ? '' : `   from turn ${control.from}`}`, 'dim'),
					],
					...words(`${control.checks} Price: ${control.price} (${inspected})`, width, 10),
				];
			});
		case 'evidence':
			return {
				lines: [
					[],
					...words(`Kept: ${view.keeps.kept}`, width),
					...words(`Lost: ${view.keeps.lost}`, width),
					[],
					...view.stations.map(
						({station, logging}): Line => [
							'  ',
							cell(station, 12),
							`level ${logging}   `,
							span(
								['nothing is recorded', 'loud acts are recorded', 'all acts are recorded, loud ones are signalled'][logging] ?? '',
								'dim',
							),
						],
					),
					[],
					heading(theme, `What a review has read, of ${view.evidenceCount} entries`, width),
					...(view.evidence.length === 0
						? [[span('  nothing has been reviewed', 'dim')] as Line]
						: view.evidence.flatMap(({turn, station, text, level}) =>
								wrap(text, width - 24).map(
									(row, index): Line => [
										index === 0 ? `  t${String(turn).padEnd(3)} ${station.padEnd(11)} ${level}  ` : ' '.repeat(22),
										span(row),
									],
								),
							)),
				],
				items: [],
			};
		case 'decisions':
			return blocks([...view.decisions].reverse(), 'The policy has not decided anything yet.', (decision, index) => [
				[
					sign(index === cursor),
					cell(`t${decision.turn}`, 4),
					cell(decision.request, 10, 'strong'),
					span(decision.verdict.toUpperCase(), decision.verdict === 'allow' ? 'good' : 'bad'),
					`   rule ${decision.rule}`,
				],
				...words(decision.reason, width, 6),
				...(decision.facts.length === 0
					? [[span('      its facts were not kept: the decision log is off', 'dim')] as Line]
					: decision.facts.map(([fact, value]): Line => [span(`      ${fact.padEnd(16)}`, 'dim'), span(value)])),
			]);
		case 'outputs':
			return blocks([...view.outputs].reverse(), 'No joint output has been made yet.', (output, index) => [
				[
					sign(index === cursor),
					cell(`t${output.turn}`, 4),
					cell(output.id, 12, 'strong'),
					`for ${output.request}   `,
					span(output.state, output.state === 'final' ? 'good' : 'info'),
				],
				...words(`Says: ${output.says}`, width, 6),
				...(output.statement ? words(`Statement: ${output.statement}`, width, 6) : []),
				[
					span('      public key ', 'dim'),
					shortHex(output.publicKey, 8),
					span('   message ', 'dim'),
					shortHex(output.message, 8),
					span('   signature ', 'dim'),
					shortHex(output.signature, 8),
				],
			]);
		case 'notes':
			return {
				lines: [
					heading(theme, 'Moves of this turn', width),
					...(view.made.length === 0
						? [[span('  none yet', 'dim')] as Line]
						: view.made.map(
								({text, cost, queued}): Line => [
									'  ',
									span(text, 'strong'),
									span(`   cost ${cost}${queued ? ', queued: runs when the turn ends' : ''}`, 'dim'),
								],
							)),
					[],
					heading(theme, 'Notes', width),
					...(view.notes.length === 0
						? [[span('  none yet; n on the board writes one', 'dim')] as Line]
						: view.notes.flatMap(({turn, text, suspect}) => words(`t${turn}  ${suspect ? `suspects ${suspect}: ` : ''}${text}`, width))),
				],
				items: [],
			};
		case 'loot': {
			const {loot} = view;
			if (!loot) return none('What the attackers hold is not known to this seat.');
			return {
				lines: [
					[],
					...words(loot.summary, width),
					[],
					heading(theme, 'Shares', width),
					...loot.shares.map(
						(share): Line => [
							'  ',
							cell(share.party, 8, 'strong'),
							`epoch ${share.epoch}   t${share.turn}   ${share.how}   `,
							span(shortHex(share.share, 6), 'dim'),
						],
					),
					[],
					heading(theme, 'Machines', width),
					...loot.machines.map(
						(machine): Line => [
							'  ',
							cell(machine.id, 14, 'strong'),
							[
								machine.wayIn ? 'way in' : '',
								machine.implantSince === undefined ? '' : `implant since t${machine.implantSince}`,
								machine.link ? 'on its link' : '',
							]
								.filter(text => text !== '')
								.join(', ') || 'nothing',
						],
					),
					[],
					heading(theme, 'Orders for the resolve', width),
					...(loot.orders.length === 0 ? [[span('  none', 'dim')] as Line] : loot.orders.map((order): Line => ['  ', span(order)])),
					[],
					heading(theme, 'What was tried', width, {right: '= the equations'}),
					...loot.attempts.map(
						(attempt): Line => ['  ', cell(attempt.name, 24), span(attempt.holds ? 'EQUAL' : 'NOT EQUAL', attempt.holds ? 'good' : 'bad')],
					),
				],
				items: [],
			};
		}
		case 'briefing':
			return {lines: briefingLines(view, width, theme), items: []};
		case 'messages':
			return none('Messages have a screen of their own.');
	}
}

const viewBindings = () => bindingsOf('views').filter(({command}) => command.startsWith('view-'));

const nameOf = (command: Command): ViewName => command.slice(5) as ViewName;

export function paneScreen({screen, state, theme, columns, rows}: ScreenProps<'pane'>): readonly Line[] {
	const {view} = gameOf(state);
	const {lines, items} = layOut(screen.name, view, screen.cursor, columns, theme);
	const size = bodyRows(state);
	const at = items[screen.cursor] ?? screen.cursor;
	const top = items.length > 0 ? Math.max(0, Math.min(at - Math.floor(size / 3), lines.length - size)) : screen.cursor;
	const title = viewBindings().find(({command}) => nameOf(command) === screen.name)?.words ?? screen.name;
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'pane',
		title: [span(title.toUpperCase(), 'info'), `   turn ${view.turn}   ${view.side}`],
		body: lines.map(line => clipped(line, columns)),
		top,
		words: canOpen(screen.name) ? {} : {do: ''},
	});
}

const canOpen = (name: ViewName): boolean => name === 'inbox' || name === 'requests' || name === 'parties';

export const handlePane: Handler<'pane'> = (desk, screen, command) => {
	const {view} = gameOf(desk.state);
	const {lines, items} = layOut(screen.name, view, screen.cursor, desk.state.columns, themeOf('none', true));
	const page = bodyRows(desk.state);
	const count = items.length > 0 ? items.length : Math.max(1, lines.length - page + 1);
	const cursor = motionOf(command, screen.cursor, count, items.length > 0 ? 5 : page);
	if (cursor !== undefined) return desk.set({...screen, cursor});
	if (command === 'back') return desk.pop();
	if (command === 'views') return desk.set({kind: 'views', cursor: 0});
	if (command?.startsWith('view-')) return switchTo(desk, nameOf(command));
	if (command === 'why' || (command === 'do' && canOpen(screen.name))) open(desk, screen, command === 'do');
};

/** Another view in the place of the top screen. */
function switchTo(desk: Desk, name: ViewName) {
	const {view} = gameOf(desk.state);
	if (name !== 'messages') return desk.set({kind: 'pane', name, cursor: 0});
	const latest = newestMessages(view);
	if (latest) desk.set(latest);
	else desk.say('info', 'No ceremony has run yet.');
}

/** What Enter or `=` opens on an item of a view. */
function open(desk: Desk, screen: ScreenOf<'pane'>, isEnter: boolean) {
	const {view} = gameOf(desk.state);
	if (screen.name === 'inbox') {
		const item = newestFirst(view.inbox)[screen.cursor];
		if (item?.equation) return desk.push({kind: 'equation', equations: [item.equation], at: 0, top: 0, isFull: false});
		if (item) return desk.push({kind: 'reader', title: `INBOX   t${item.turn} ${item.from}`, text: item.text, top: 0});
	}
	const request =
		screen.name === 'requests'
			? view.requests[screen.cursor]?.id
			: screen.name === 'decisions'
				? [...view.decisions].reverse()[screen.cursor]?.request
				: undefined;
	const why = request === undefined ? undefined : whyOfRequest(view, request);
	if (why) return desk.push({kind: 'reader', title: why.title, text: why.text, top: 0});
	if (screen.name === 'loot' && view.loot && view.loot.attempts.length > 0)
		return desk.push({kind: 'equation', equations: view.loot.attempts, at: view.loot.attempts.length - 1, top: 0, isFull: false});
	if (screen.name === 'parties' && isEnter) {
		const party = view.parties[screen.cursor]?.id;
		desk.pop();
		return desk.change('board', board => ({...board, picked: party === undefined ? [] : [party], focus: 'moves'}));
	}
	desk.say('info', 'There is no equation behind this.');
}

export function viewsScreen({screen, state, theme, columns, rows}: ScreenProps<'views'>): readonly Line[] {
	const body = viewBindings().map(
		({keys, words: said}, index): Line => [
			span(index === screen.cursor ? ' > ' : '   ', 'focus'),
			span(`${keyName(keys[0] ?? '')}  `, 'focus'),
			span(said, index === screen.cursor ? 'chosen' : undefined),
		],
	);
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'views',
		title: [span('VIEWS', 'info')],
		body: [[], ...body, [], [span('   On the board the capital letter alone opens its view.', 'dim')]],
	});
}

export const handleViews: Handler<'views'> = (desk, screen, command) => {
	const names = viewBindings().map(({command: name}) => nameOf(name));
	const cursor = motionOf(command, screen.cursor, names.length, names.length);
	if (cursor !== undefined) return desk.set({...screen, cursor});
	if (command === 'back') return desk.pop();
	const name = command === 'do' ? names[screen.cursor] : command?.startsWith('view-') ? nameOf(command) : undefined;
	if (name !== undefined) switchTo(desk, name);
};
