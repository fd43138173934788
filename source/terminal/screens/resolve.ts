/** The resolve: one ceremony message by message, why one was refused, and what came of it. */
import type {CeremonyView, EquationView, MessageView, SeatView} from '../../engine/view.js';
import {fullEquation, shortEquation} from '../equation/equation.js';
import {footerOf, keyFor} from '../keymap.js';
import {clipped, exactly, heading, type Line, lineWidth, ruleLine, span, spread} from '../lines.js';
import {messageTable} from '../messages/messages.js';
import {narrowPath, widePath} from '../path/path.js';
import {progressOf} from '../path/progress.js';
import {keymapOf, pace, type Settings} from '../settings.js';
import {wrap} from '../text.js';
import type {Theme} from '../theme.js';
import {equationsAt} from './board-state.js';
import {noticeLines} from './frame.js';
import {type Desk, equationsOf, gameOf, type Handler, type ResolveScreen, type ScreenProps} from './screen.js';

/** Where a ceremony starts when it is shown: at its first message when guided, else with everything shown, at what was refused. */
function startOf(ceremony: CeremonyView | undefined, isGuided: boolean): Pick<ResolveScreen, 'cursor' | 'shown' | 'isExplained'> {
	const count = ceremony?.messages.length ?? 0;
	if (isGuided) return {cursor: 0, shown: Math.min(1, count), isExplained: false};
	const refused = ceremony?.messages.findIndex(({result}) => result === 'REFUSED') ?? -1;
	return {cursor: refused >= 0 ? refused : Math.max(0, count - 1), shown: count, isExplained: true};
}

/** A resolve screen over some ceremonies, at the first of them. */
export function resolveOf(view: SeatView, queue: readonly string[], isGuided: boolean, at = 0): ResolveScreen {
	return {kind: 'resolve', queue, at, isGuided, ...startOf(ceremonyOf(view, queue[at]), isGuided)};
}

/** All ceremonies of a game, to look back at, from the newest; nothing when none has run. */
export function newestMessages(view: SeatView): ResolveScreen | undefined {
	return view.ceremonies.length === 0
		? undefined
		: resolveOf(
				view,
				view.ceremonies.map(({id}) => id),
				false,
				view.ceremonies.length - 1,
			);
}

function ceremonyOf(view: SeatView, id: string | undefined): CeremonyView | undefined {
	return view.ceremonies.find(ceremony => ceremony.id === id);
}

/** The lines under the table: the refusal with its numbers, or in a guided game the message in one sentence. */
function explanation(
	message: MessageView | undefined,
	isGuided: boolean,
	settings: Settings,
	width: number,
	theme: Theme,
): readonly Line[] {
	if (!message) return [];
	const {explanation: amount} = settings;
	const why = keyFor('resolve', 'why', keymapOf(settings));
	const numbers = (equation: EquationView): readonly Line[] =>
		amount === 'words' ? [] : amount === 'full' ? fullEquation(equation, width) : shortEquation(equation, width);
	const text = (words: string): Line[] => wrap(words, width - 4).map(line => ['   ', span(line)]);
	const failed = message.equations.find(({holds}) => !holds);
	if (message.result === 'REFUSED')
		return [
			heading(theme, `Why message ${message.n} was refused`, width, {right: `${why} full numbers`}),
			...(failed ? [...numbers(failed), ...text(failed.meaning)] : text(message.explains)),
		];
	if (message.result === 'lost') return [heading(theme, `Message ${message.n} did not arrive`, width), ...text(message.explains)];
	const shown = message.equations[0];
	return [
		heading(theme, `Message ${message.n}`, width, {right: shown ? `${why} full numbers` : ''}),
		...text(message.explains),
		...(shown && (amount === 'full' || (isGuided && shown.left.length > 8)) ? numbers(shown) : []),
	];
}

function resultLines(ceremony: CeremonyView, width: number, theme: Theme): readonly Line[] {
	const sentences = [...ceremony.result, ...(ceremony.unknown ? [`Not known: ${ceremony.unknown}`] : [])];
	return [
		heading(theme, `Result: ${ceremony.status.toUpperCase()}`, width),
		...sentences.flatMap(sentence => wrap(sentence, width - 4).map((line): Line => ['   ', span(line)])),
	];
}

/** The path with what this ceremony did at each station so far: boxes where there is room, else as many rows as the messages leave. */
function pathLines(
	view: SeatView,
	ceremony: CeremonyView,
	{cursor, shown}: ResolveScreen,
	{columns, rows, theme}: {readonly columns: number; readonly rows: number; readonly theme: Theme},
): readonly Line[] {
	const {said, ...progress} = progressOf(view, ceremony, cursor, shown >= ceremony.messages.length);
	const props = {...progress, hasLevels: true, width: columns, theme};
	if (columns >= 120 && rows >= 40) return widePath(props);
	return narrowPath({...props, said}).slice(0, rows >= 30 ? 4 : 3);
}

export function resolveScreen({screen, state, theme, columns, rows}: ScreenProps<'resolve'>): readonly Line[] {
	const {view} = gameOf(state);
	const ceremony = ceremonyOf(view, screen.queue[screen.at]);
	if (!ceremony) return exactly([[' This ceremony is not known here.']], rows);
	const isDone = screen.shown >= ceremony.messages.length;
	const shown = ceremony.messages.slice(0, screen.shown);
	const place = screen.queue.length > 1 ? `ceremony ${screen.at + 1} of ${screen.queue.length}, ` : '';
	const message = `message ${Math.min(screen.cursor + 1, ceremony.messages.length)} of ${ceremony.messages.length} `;
	const name: Line = [' ', span('RESOLVE', 'info'), `  turn ${ceremony.turn}  ${ceremony.title.replaceAll('   ', '  ')}`];
	const hasRoom = lineWidth(name) + place.length + message.length < columns;
	const title = spread(clipped(name, columns - message.length - 1), [hasRoom ? place + message : message], columns);
	const notices = noticeLines(state, columns);
	const next: readonly Line[] =
		isDone && ceremony.next.length > 0 ? [clipped([' next turn:  ', span(ceremony.next.join('   '), 'strong')], columns)] : [];
	const result = isDone ? resultLines(ceremony, columns, theme) : [];
	const path = pathLines(view, ceremony, screen, {columns, rows, theme});
	const room = rows - 4 - notices.length - next.length - path.length;
	const why = explanation(ceremony.messages[screen.cursor], screen.isGuided, state.settings, columns, theme);
	const whyRows = Math.min(why.length, Math.max(0, room - 5));
	const resultRows = Math.min(result.length, Math.max(0, room - 5 - whyRows));
	const table = messageTable({
		messages: shown,
		cursor: screen.cursor,
		width: columns,
		height: Math.max(2, room - 1 - whyRows - resultRows),
	});
	const body = [heading(theme, 'Messages', columns), ...table, ...why.slice(0, whyRows), ...result.slice(0, resultRows)].map(line =>
		clipped(line, columns),
	);
	const words = isDone ? {do: screen.at + 1 < screen.queue.length ? 'next ceremony' : 'go on', skip: ''} : {do: 'next'};
	return [
		title,
		ruleLine(theme, columns),
		...path,
		...exactly(body, room),
		...next,
		...notices,
		ruleLine(theme, columns),
		[span(footerOf('resolve', columns - 1, words, keymapOf(state.settings)), 'dim')],
	];
}

/** Shows the next message; the first refusal of a guided game opens its equation. */
function advance(desk: Desk, screen: ResolveScreen, ceremony: CeremonyView) {
	if (screen.cursor + 1 >= ceremony.messages.length) return finish(desk, screen);
	const cursor = screen.cursor + 1;
	const message = ceremony.messages[cursor];
	const equations =
		message?.result === 'REFUSED' && screen.isGuided && !screen.isExplained ? message.equations.filter(({holds}) => !holds) : [];
	desk.set({...screen, cursor, shown: Math.max(screen.shown, cursor + 1), isExplained: screen.isExplained || equations.length > 0});
	if (equations.length > 0) desk.push(equationsOf(equations));
}

/** A resolve whose messages come by themselves, from the first one; as it is where it waits for its reader anyway. */
export function playing(view: SeatView, screen: ResolveScreen): ResolveScreen {
	const count = ceremonyOf(view, screen.queue[screen.at])?.messages.length ?? 0;
	return screen.isGuided || count < 2 ? screen : {...screen, cursor: 0, shown: 1, isPlaying: true};
}

/** The next message of a resolve that plays by itself; after the last one it rests at what was refused. */
export function ticked(view: SeatView, screen: ResolveScreen): ResolveScreen {
	const ceremony = ceremonyOf(view, screen.queue[screen.at]);
	const shown = screen.shown + 1;
	if (!ceremony || shown >= ceremony.messages.length) return {...screen, ...startOf(ceremony, false), isPlaying: false};
	return {...screen, cursor: shown - 1, shown};
}

/** On to the next ceremony of the queue, or back to where the resolve was opened. */
function finish(desk: Desk, screen: ResolveScreen) {
	if (screen.at + 1 >= screen.queue.length) return desk.pop();
	const {view} = gameOf(desk.state);
	const next = {...resolveOf(view, screen.queue, screen.isGuided, screen.at + 1), isExplained: screen.isExplained};
	// What has been playing goes on playing.
	desk.set(screen.isPlaying !== undefined && pace(desk.state.settings) !== undefined ? playing(view, next) : next);
}

export const handleResolve: Handler<'resolve'> = (desk, screen, command, press) => {
	const {view} = gameOf(desk.state);
	const ceremony = ceremonyOf(view, screen.queue[screen.at]);
	if (!ceremony || command === 'back') return desk.pop();
	// A key takes over from what plays by itself; Enter shows the rest at once.
	if (screen.isPlaying) {
		if (command === 'do') return desk.set({...screen, ...startOf(ceremony, false), isPlaying: false});
		return handleResolve(desk, {...screen, isPlaying: false}, command, press);
	}
	const count = ceremony.messages.length;
	const isDone = screen.shown >= count;
	if (command === 'next' && (screen.cursor + 1 < count || screen.isGuided)) return advance(desk, screen, ceremony);
	if (command === 'previous') return desk.set({...screen, cursor: Math.max(0, screen.cursor - 1)});
	if (command === 'skip') return desk.set({...screen, ...startOf(ceremony, false)});
	if (command === 'do') return isDone ? finish(desk, screen) : advance(desk, screen, ceremony);
	if (command === 'older' && screen.at > 0) return desk.set(resolveOf(view, screen.queue, false, screen.at - 1));
	if (command === 'newer' && screen.at + 1 < screen.queue.length && isDone)
		return desk.set(resolveOf(view, screen.queue, screen.isGuided, screen.at + 1));
	if (command === 'why') {
		const {equations, at} = equationsAt(ceremony, screen.cursor, screen.shown);
		if (equations.length > 0) desk.push(equationsOf(equations, at));
		else desk.say('info', 'Nothing in this ceremony was checked with an equation yet.');
	}
};
