/** A recorded game as a seat saw it, at one of its lines: the board with a row on where it stands, or the facilitator's page with the truth. */
import type {Command} from '../key-command.js';
import {footerOf, type Keymap, keyFor} from '../keymap.js';
import {clipped, exactly, heading, type Line, span, spread} from '../lines.js';
import type {Replay} from '../player.js';
import {editFor, emptyEdit} from '../prompt/edit.js';
import {promptLine} from '../prompt/prompt.js';
import {keymapOf} from '../settings.js';
import {wrap} from '../text.js';
import {type Theme, themeOf} from '../theme.js';
import type {ViewName} from '../views/view-name.js';
import {boardScreen} from './board.js';
import {boardOf} from './board-state.js';
import {frameLines, noticeLines} from './frame.js';
import {openView} from './panes.js';
import {type Desk, type DeskState, gameOf, type Handler, motionOf, type ReplayScreen, type ScreenProps} from './screen.js';

export const replayStart: ReplayScreen = {kind: 'replay', isPlaying: false, speed: 1, isWarned: false, top: 0};

/** Moves a second. */
const speeds: readonly number[] = [0.5, 1, 2, 4, 8];

function replayOf(state: DeskState): Replay {
	const {replay} = gameOf(state).player;
	if (!replay) throw new Error('the replay was shown without a recorded game');
	return replay;
}

const plainTheme = themeOf('none', true);

/** The rows that take the place of the board's prompt and footer. */
const ownRows = 2;

function placeLine({line, lines, seat, told}: Replay, screen: ReplayScreen, width: number): Line {
	const [, words = 'nothing that this seat could read'] = told[0] ?? [];
	const pace = screen.isPlaying ? `  playing, ${screen.speed} a second` : '';
	return spread(
		[' ', span(`line ${line} of ${lines}`, 'strong'), `  ${line <= 2 ? 'the beginning' : words}`],
		[span(`${seat}${pace} `, 'info')],
		width,
	);
}

function warningLines(columns: number, keys: Keymap): readonly Line[] {
	const text = (words: string): Line[] => wrap(words, Math.min(columns, 100) - 6).map(line => ['   ', span(line)]);
	return [
		[],
		...text('This game is not over. The replay would show this seat what whoever plays the game does not know.'),
		[],
		...text(
			`${keyFor('replay', 'next', keys)} shows it all the same; ${keyFor('replay', 'seat', keys)} takes another seat; ${keyFor('replay', 'quit', keys)} leaves.`,
		),
	];
}

function facilitatorLines(replay: Replay, columns: number, theme: Theme): readonly Line[] {
	const rows = (first: string, words: string): Line[] =>
		wrap(words, columns - 12).map((row, index): Line => [span(`  ${(index === 0 ? first : '').padStart(6)}  `, 'dim'), span(row)]);
	return [
		heading(theme, 'What is true now', columns),
		...replay.truth.flatMap(words => rows('', words)),
		[],
		heading(theme, 'What the last move did', columns),
		...(replay.told.length === 0 ? rows('', 'nothing yet') : replay.told.flatMap(([line, words]) => rows(String(line), words))),
	];
}

export function replayScreen({screen, state, catalogue, theme, columns, rows}: ScreenProps<'replay' | 'goTo'>): readonly Line[] {
	const below = screen.kind === 'replay' ? screen : state.stack.findLast((each): each is ReplayScreen => each.kind === 'replay');
	const shown = below ?? replayStart;
	const replay = replayOf(state);
	const {view} = gameOf(state);
	const isHidden = replay.isSpoiler && !shown.isWarned;
	const last: Line =
		screen.kind === 'goTo'
			? promptLine({notation: '', edit: screen.edit, label: 'go to (turn 3, or line 57):', note: '', width: columns})
			: placeLine(replay, shown, columns);
	if (isHidden || replay.seat === 'facilitator')
		return frameLines({
			state,
			theme,
			columns,
			rows,
			context: screen.kind,
			title: [span('REPLAY', 'info'), '   ', span(view.scenario.title, 'strong'), `   turn ${view.turn} of ${view.turns}`],
			right: [replay.isFinished ? '' : 'not over'],
			body: isHidden ? warningLines(columns, keymapOf(state.settings)) : facilitatorLines(replay, columns, theme),
			top: shown.top,
			prompt: last,
			words: shown.isPlaying ? {play: 'stop'} : {},
		});
	const notices = noticeLines(state, columns);
	// The board's own prompt and footer would be for moves; what is said stands in their place too.
	const {notice: _, ...quiet} = state;
	const board = boardScreen({
		screen: boardOf(view),
		state: {...quiet, isLeaving: false, stack: [boardOf(view)]},
		catalogue,
		theme,
		columns,
		rows: rows - notices.length,
	});
	return exactly(
		[
			...board.slice(0, -ownRows),
			...notices,
			clipped(last, columns),
			clipped([span(footerOf(screen.kind, columns - 1, shown.isPlaying ? {play: 'stop'} : {}, keymapOf(state.settings)), 'dim')], columns),
		],
		rows,
	);
}

/** One move on while it plays; it stops at the end. */
export function playOn(desk: Desk, screen: ReplayScreen): void {
	if (!replayOf(desk.state).step('move', 1)) desk.change('replay', () => ({...screen, isPlaying: false}));
}

const steps: Readonly<Partial<Record<Command, readonly ['line' | 'move' | 'turn', 1 | -1]>>> = {
	next: ['move', 1],
	previous: ['move', -1],
	down: ['line', 1],
	up: ['line', -1],
	'next-turn': ['turn', 1],
	'previous-turn': ['turn', -1],
};

export const handleReplay: Handler<'replay'> = (desk, screen, command) => {
	const replay = replayOf(desk.state);
	if (command === 'quit') return desk.leave(0);
	if (command === 'seat') {
		replay.nextSeat();
		return desk.change('replay', now => ({...now, isWarned: false, isPlaying: false, top: 0}));
	}
	if (replay.isSpoiler && !screen.isWarned) {
		if (command === 'next') desk.set({...screen, isWarned: true});
		return;
	}
	const step = command === undefined ? undefined : steps[command];
	if (step) {
		desk.set({...screen, isPlaying: false, top: 0});
		if (!replay.step(...step)) desk.say('info', step[1] > 0 ? 'This is the end of the save.' : 'This is its beginning.');
		return;
	}
	if (command?.startsWith('view-')) return openView(desk, command.slice(5) as ViewName);
	switch (command) {
		case 'first':
			replay.goTo('line 2');
			return;
		case 'last':
			replay.goTo(`line ${replay.lines}`);
			return;
		case 'play':
			return desk.set({...screen, isPlaying: !screen.isPlaying});
		case 'faster':
		case 'slower': {
			const at = speeds.indexOf(screen.speed) + (command === 'faster' ? 1 : -1);
			const speed = speeds[Math.max(0, Math.min(speeds.length - 1, at))] ?? 1;
			desk.set({...screen, speed});
			return desk.say('info', `${speed} ${speed === 1 ? 'move' : 'moves'} a second.`);
		}
		case 'find':
			desk.set({...screen, isPlaying: false});
			return desk.push({kind: 'goTo', edit: emptyEdit});
		case 'page-up':
		case 'page-down': {
			const {columns, rows} = desk.state;
			const page = Math.max(1, rows - 5);
			const count = facilitatorLines(replay, columns, plainTheme).length - page + 1;
			return desk.set({...screen, top: motionOf(command, screen.top, count, page) ?? screen.top});
		}
		case 'views':
			return desk.push({kind: 'views', cursor: 0});
		case 'again':
			return desk.wait(
				Promise.resolve().then(() => replay.tryAgain()),
				save => desk.open({save}),
			);
	}
};

export const handleGoTo: Handler<'goTo'> = (desk, screen, command, press) => {
	if (command === 'back') return desk.pop();
	if (command === 'do') {
		if (screen.edit.text.trim() === '') return desk.pop();
		const went = replayOf(desk.state).goTo(screen.edit.text);
		return went.ok ? desk.pop() : desk.say('bad', went.message);
	}
	const edit = editFor(screen.edit, command, press.text);
	if (edit) desk.set({...screen, edit});
};
