/** The board: the path, the parties and requests, the inbox, and the moves. Three layouts: standard from 80x24, tall from 80x40, wide from 120x40. */
import type {SeatView} from '../../engine/view.js';
import {choiceLines} from '../choices/choices.js';
import {controlLines} from '../controls/controls.js';
import {evidenceLines} from '../evidence/evidence.js';
import {inboxLines} from '../inbox/inbox.js';
import {footerOf, type Keymap, keyFor} from '../keymap.js';
import {beside, cell, clipped, exactly, heading, type Line, remembered, ruleLine, span, spread} from '../lines.js';
import {lootLines} from '../loot/loot.js';
import {oneMore} from '../loot/one-more.js';
import {messagePaneLines} from '../messages/messages.js';
import {type MenuRow, refusedCandidates, wholeLine} from '../moves/menu.js';
import {moveLines} from '../moves/moves.js';
import {partyLines} from '../parties/parties.js';
import {narrowPath, widePath} from '../path/path.js';
import {promptLine} from '../prompt/prompt.js';
import {requestLines} from '../requests/requests.js';
import {statusLine} from '../status/status.js';
import {shortHex, wrap} from '../text.js';
import type {Role, Theme} from '../theme.js';
import {exposureRows} from '../views/exposure.js';
import {ceremonyAt, isReady, lineOf, menuRows} from './board-state.js';
import {personWords} from './drill-table.js';
import {noticeLines} from './frame.js';
import {share} from './layout.js';
import {type BoardScreen, type DeskState, gameOf, type Screen, type ScreenProps} from './screen.js';

const isWideBoard = (columns: number, rows: number): boolean => columns >= 120 && rows >= 40;

/** Whether the board has room for the messages of a ceremony: in its tall and wide layouts. */
export const hasMessages = (rows: number): boolean => rows >= 40;

interface Shown {
	readonly board: BoardScreen;
	/** What is open over the board: a prompt, a note, a choice. */
	readonly over: Screen;
	readonly state: DeskState;
	readonly game: ReturnType<typeof gameOf>;
	readonly theme: Theme;
	readonly columns: number;
	readonly rows: number;
}

/** The price of the line in the prompt and what it leaves, or why it is refused. */
function priceOf(
	game: Shown['game'],
	line: string,
	cost: readonly [number, number] | undefined,
	refused: string | undefined,
): {readonly note: string; readonly role: Role} {
	const {have} = game.view.points;
	if (line === '') return {note: '', role: 'dim'};
	if (isReady(line)) {
		const preview = game.player.preview(line);
		return preview.ok
			? {note: `costs ${preview.cost}, leaves ${have - preview.cost}`, role: 'dim'}
			: {note: `refused: ${keyFor('board', 'why', game.keys)} why`, role: 'warn'};
	}
	if (refused !== undefined) return {note: `refused: ${keyFor('board', 'why', game.keys)} why`, role: 'warn'};
	if (!cost) return {note: '', role: 'dim'};
	return cost[0] === cost[1]
		? {note: `costs ${cost[0]}, leaves ${have - cost[0]}`, role: 'dim'}
		: {note: `costs ${cost[0]}-${cost[1]}, leaves ${have - cost[1]}-${have - cost[0]}`, role: 'dim'};
}

/** What this seat can foretell, queued moves included: in at most `height` rows, with its words in front where no heading says them. */
export function forecastLines(view: SeatView, width: number, height: number, isHeaded: boolean): readonly Line[] {
	const queued = view.made.filter(move => move.queued).map(move => move.text);
	const text =
		view.forecast.length > 0
			? view.forecast.join(' ')
			: queued.length > 0
				? `runs: ${queued.join('; ')}.`
				: 'nothing that you could know changes.';
	const lines = wrap(isHeaded ? text : `At end of turn: ${text}`, width - 2);
	// What does not fit runs into the edge and is cut there with its dots; the end-turn screen has all of it.
	const shown = lines.length > height ? [...lines.slice(0, height - 1), lines.slice(height - 1).join(' ')] : lines;
	return shown.map(line => clipped([' ', span(line)], width));
}

const paths = {narrow: remembered(narrowPath), wide: remembered(widePath)};
const parties = remembered(partyLines);
const requests = remembered(requestLines);
const inbox = remembered(inboxLines);
const messages = remembered(messagePaneLines);
const controls = remembered(controlLines);
const evidence = remembered(evidenceLines);
const loot = remembered(lootLines);

/** The menu, or what is open in its place: a choice, completions of the line being typed. */
function menuLines({board, over, game, theme, columns}: Shown, height: number, rows: readonly MenuRow[]): readonly Line[] {
	const {view, player} = game;
	if (over.kind === 'choose')
		return choiceLines({
			title:
				over.slot.name === wholeLine
					? `Which ${over.option.verb}?`
					: `Choose ${over.slot.name} for ${over.option.verb}${over.slot.several ? ', several' : ''}`,
			view,
			name: over.slot.name,
			candidates: over.slot.candidates,
			refused: refusedCandidates(over.option, over.notation, over.slot),
			marked: over.marked,
			several: over.slot.several,
			cursor: over.cursor,
			preview: line => player.preview(line),
			width: columns,
			height,
			theme,
		});
	if (over.kind === 'prompt') {
		const found = player.complete(over.edit.text);
		const completions = found.slice(0, height - 1);
		const body: readonly Line[] =
			completions.length === 0
				? [[span('   nothing completes this; Enter tries it as it is', 'dim')]]
				: completions.map(({text, about}) => clipped(['   ', cell(text, Math.min(46, columns - 34)), ' ', span(about, 'dim')], columns));
		return exactly(
			[
				heading(theme, 'Completions', columns, {
					focused: true,
					right: `${found.length > completions.length ? `${completions.length} of ${found.length}, ` : ''}Tab completes, Up an earlier line`,
				}),
				...body,
			],
			height,
		);
	}
	const request = view.requests.find(({id}) => id === board.request);
	const second = rows.filter(({letter}) => letter?.length === 2).length;
	const hints = [
		view.locked ?? '',
		board.isSecond ? 'now a letter' : second > 0 ? `${keyFor('board', 'more-letters', game.keys)} and a letter: ${second} more` : '',
		`${keyFor('board', 'all-moves', game.keys)} all moves`,
	];
	return moveLines({
		rows,
		title: request ? `Moves for ${request.id}: ${request.displayed}` : 'Moves',
		right: hints.filter(text => text !== '').join('  '),
		cursor: board.move,
		focused: over.kind === 'board' && board.focus === 'moves',
		width: columns,
		height,
		theme,
	});
}

/** The prompt: the line being typed, or the one that Enter would play with its price. */
function boardPrompt({board, over, game, columns}: Shown, rows: readonly MenuRow[]): Line {
	const {view} = game;
	if (over.kind === 'prompt') return promptLine({notation: '', edit: over.edit, label: ':', note: '', width: columns});
	if (over.kind === 'note')
		return promptLine({
			notation: '',
			edit: over.edit,
			label: over.suspect === undefined ? 'note:' : `note, suspecting ${over.suspect}:`,
			note: '',
			width: columns,
		});
	const row = rows[board.move];
	const line = over.kind === 'choose' ? over.notation : lineOf(board, rows);
	const option = over.kind === 'choose' ? over.option : board.draft === undefined ? row?.option : undefined;
	const price = priceOf(game, line, option?.cost, over.kind === 'choose' || board.draft !== undefined ? undefined : row?.refused);
	return promptLine({
		notation: line,
		label: ':',
		note: view.toMove
			? price.note
			: view.isPaused
				? `Paused; ${keyFor('board', 'pause', game.keys)} goes on.`
				: 'The other side moves now.',
		noteRole: price.role,
		width: columns,
	});
}

/** The rows below the panes: the menu, the forecast, what is said, the prompt, the footer. */
function lowerLines(shown: Shown, movesHeight: number, forecastHeight: number, isWide: boolean): readonly Line[] {
	const {board, over, state, game, theme, columns} = shown;
	const rows = menuRows(game, board);
	const notices = noticeLines(state, columns);
	const context = over.kind === 'prompt' || over.kind === 'note' || over.kind === 'choose' ? over.kind : 'board';
	const words = over.kind === 'choose' && !over.slot.several ? {toggle: ''} : {};
	const foretold = exactly(forecastLines(game.view, columns, forecastHeight, isWide), forecastHeight);
	return [
		...menuLines(shown, movesHeight, rows),
		...(isWide ? [heading(theme, 'If you end the turn now', columns)] : []),
		...foretold,
		...(notices.length > 0 ? notices : [ruleLine(theme, columns)]),
		clipped(boardPrompt(shown, rows), columns),
		spread(
			[span(footerOf(context, columns - (isWide ? 16 : 1), words, game.keys), 'dim')],
			isWide && game.head !== '' ? [span(`head ${shortHex(game.head)} `, 'dim')] : [],
			columns,
		),
	];
}

/** Rows that the parties' pane would like: with the attackers' machines that are no parties. */
function machineCount(view: SeatView): number {
	return new Set([...view.parties.map(({id}) => id), ...(view.loot?.machines.map(({id}) => id) ?? [])]).size;
}

/** What this seat knows to be out of shares, in a few words for the heading of the parties. */
function exposedWords(view: SeatView, keys: Keymap): string {
	const key = keyFor('board', 'view-exposure', keys);
	if (view.loot) {
		const held = new Set(view.loot.shares.filter(({epoch}) => epoch === view.epoch).map(({index}) => index)).size;
		return `${key} ${held} of ${view.threshold} shares held`;
	}
	const open = view.exposure.find(({isInForce, equation}) => !isInForce && !equation.holds);
	return open ? `${key} epoch ${open.epoch} still open` : '';
}

/** The parties, and below them the requests. */
function vaultLines(
	{board, game, theme}: Shown,
	isOpen: boolean,
	{width, partiesHeight, requestsHeight}: {readonly width: number; readonly partiesHeight: number; readonly requestsHeight: number},
): readonly Line[] {
	const {view} = game;
	return [
		...parties({
			parties: view.parties,
			side: view.side,
			machines: view.loot?.machines,
			exposed: exposedWords(view, game.keys),
			picked: board.picked,
			focused: isOpen && board.focus === 'parties',
			width,
			height: partiesHeight,
			theme,
		}),
		...requests({
			requests: view.requests,
			parties: view.parties,
			turn: view.turn,
			selected: board.request,
			focused: isOpen && board.focus === 'requests',
			width,
			height: requestsHeight,
			theme,
		}),
	];
}

/** Who speaks and what the clock says, where people drill around this screen. */
function drillOf({state, game, columns}: Shown) {
	const speaker = game.player.drill?.speaker();
	return state.clock === undefined
		? {}
		: {table: {clock: state.clock, speaker: !speaker ? '' : columns < 120 ? speaker.name : personWords(speaker)}};
}

function narrowBoard(shown: Shown): readonly Line[] {
	const {board, over, state, game, theme, columns, rows} = shown;
	const {view, head} = game;
	const isOpen = over.kind === 'board';
	const extra = Math.max(0, noticeLines(state, columns).length - 1);
	const fixed = 1 + 1 + 4 + 1 + 1 + 1 + 1 + extra;
	const menu = menuRows(game, board).length;
	const ceremony = ceremonyAt(view, board);
	const messagesHeight = hasMessages(rows) ? Math.min(11, 3 + (ceremony?.messages.length ?? 0)) : 0;
	const leastMoves = over.kind === 'choose' || over.kind === 'prompt' ? 5 : 4;
	// Three moves and a heading are enough to choose from; requests out of sight are forgotten.
	const [partiesHeight = 0, requestsHeight = 0, spare = 0] = share(
		rows - fixed - leastMoves - messagesHeight,
		[
			{min: 4, want: 2 + machineCount(view)},
			{min: 3, want: 2 + view.requests.length},
			{min: 0, want: 0},
		],
		2,
	);
	const [inboxSpare = 0, movesSpare = 0] = share(
		spare,
		[
			{min: 0, want: hasMessages(rows) ? 6 : 4},
			{min: 0, want: Math.max(1, 1 + menu - leastMoves)},
		],
		0,
	);
	const movesHeight = leastMoves + movesSpare;
	const middle = partiesHeight + requestsHeight + inboxSpare;
	const left = Math.max(43, Math.floor(columns * 0.53));
	const right = columns - left - 1;
	return [
		statusLine({view, head, width: columns, ...drillOf(shown)}),
		ruleLine(theme, columns),
		...paths.narrow({stations: view.stations, shortcuts: view.shortcuts, hasLevels: view.side === 'operators', width: columns, theme}),
		...beside(
			theme,
			[...vaultLines(shown, isOpen, {width: left, partiesHeight, requestsHeight: requestsHeight + inboxSpare})],
			left,
			inbox({
				inbox: view.inbox,
				cursor: board.inbox,
				focused: isOpen && board.focus === 'inbox',
				width: right,
				height: middle,
				theme,
				keys: game.keys,
			}),
		),
		...(messagesHeight > 0
			? messages({
					ceremony,
					empty: noCeremony(view),
					place: placeOf(view, board, game.keys),
					cursor: board.message,
					focused: isOpen && board.focus === 'messages',
					width: columns,
					height: messagesHeight,
					theme,
				})
			: []),
		...lowerLines(shown, movesHeight, 1, false),
	];
}

/** The attackers' shares of each epoch against the threshold, and the last equation that was tried. */
function heldLines(view: SeatView, width: number, height: number, theme: Theme, keys: Keymap): readonly Line[] {
	const last = view.loot?.attempts.at(-1);
	const tried: Line[] = last
		? [['  ', span(last.holds ? 'EQUAL  ' : 'NOT EQUAL  ', last.holds ? 'good' : 'warn'), span(last.equation)]]
		: [[span('  no equation tried yet', 'dim')]];
	return exactly(
		[
			heading(theme, 'Shares against the threshold', width, {right: `${keyFor('board', 'view-exposure', keys)} more`}),
			...exposureRows(view, theme, width - 2).map((row): Line => ['  ', ...row]),
			...tried,
			...oneMore(view)
				.slice(0, 2)
				.map(({what, gives, isEnough}): Line => ['  ', span(`with ${what}  `, 'dim'), span(gives, isEnough ? 'info' : undefined)]),
		].map(line => clipped(line, width)),
		height,
	);
}

/** Why there are no messages to see. */
function noCeremony({side}: SeatView): string {
	return side === 'attackers' ? 'what the parties run is not known to you; eavesdrop records it' : 'no ceremony has run yet';
}

/** "[ ] 2 of 3": which ceremony the messages are of, and the keys for the others. */
function placeOf(view: SeatView, board: BoardScreen, keys: Keymap): string {
	return view.ceremonies.length > 1
		? `${keyFor('board', 'older', keys)} ${keyFor('board', 'newer', keys)} ${view.ceremonies.length - board.ceremony} of ${view.ceremonies.length}`
		: '';
}

function wideBoard(shown: Shown): readonly Line[] {
	const {board, over, state, game, theme, columns, rows} = shown;
	const {view, head} = game;
	const isOpen = over.kind === 'board';
	const extra = Math.max(0, noticeLines(state, columns).length - 1);
	const menu = menuRows(game, board).length;
	const forecast = Math.min(2, forecastLines(view, columns, 2, true).length);
	const fixed = 1 + 1 + 8 + 1 + forecast + 1 + 1 + 1 + extra;
	const wants = {
		parties: 2 + machineCount(view),
		requests: 3 + Math.max(1, view.requests.length),
		controls: view.loot ? 6 : 1 + Math.ceil(view.controls.length / 2),
	};
	const [middle = 0, movesHeight = 0] = share(
		rows - fixed,
		[
			{min: 13, want: wants.parties + wants.requests + wants.controls},
			{min: 6, want: Math.max(7, 2 + menu)},
		],
		0,
	);
	const [partiesHeight = 0, requestsHeight = 0, controlsHeight = 0] = share(
		middle,
		[
			{min: 4, want: wants.parties},
			{min: 4, want: wants.requests},
			{min: 2, want: wants.controls},
		],
		2,
	);
	const left = Math.floor(columns * 0.52);
	const right = columns - left - 1;
	const ceremony = ceremonyAt(view, board);
	const [messagesHeight = 0, inboxHeight = 0, evidenceHeight = 0] = share(
		middle,
		[
			{min: 4, want: 3 + (ceremony?.messages.length ?? 0)},
			{min: 4, want: 5},
			{min: 3, want: 4},
		],
		1,
	);
	return [
		statusLine({view, head, width: columns, ...drillOf(shown)}),
		ruleLine(theme, columns),
		...paths.wide({stations: view.stations, shortcuts: view.shortcuts, hasLevels: view.side === 'operators', width: columns, theme}),
		...beside(
			theme,
			[
				...vaultLines(shown, isOpen, {width: left, partiesHeight, requestsHeight}),
				...(view.loot
					? heldLines(view, left, controlsHeight, theme, game.keys)
					: controls({controls: view.controls, focused: false, width: left, height: controlsHeight, theme, keys: game.keys})),
			],
			left,
			[
				...messages({
					ceremony,
					empty: noCeremony(view),
					place: placeOf(view, board, game.keys),
					cursor: board.message,
					focused: isOpen && board.focus === 'messages',
					width: right,
					height: messagesHeight,
					theme,
				}),
				...inbox({
					inbox: view.inbox,
					cursor: board.inbox,
					focused: isOpen && board.focus === 'inbox',
					width: right,
					height: inboxHeight,
					theme,
					keys: game.keys,
				}),
				...(view.loot
					? loot({loot: view.loot, width: right, height: evidenceHeight, theme, keys: game.keys})
					: evidence({
							stations: view.stations,
							keeps: view.keeps,
							count: view.evidenceCount,
							focused: false,
							width: right,
							height: evidenceHeight,
							theme,
						})),
			],
		),
		...lowerLines(shown, movesHeight, forecast, true),
	];
}

/** The board with whatever is open over it. */
export function boardScreen({screen, state, theme, columns, rows}: ScreenProps<'board' | 'prompt' | 'note' | 'choose'>): readonly Line[] {
	const board = state.stack.findLast((below): below is BoardScreen => below.kind === 'board');
	if (!board) return exactly([[' There is no board here.']], rows);
	const shown: Shown = {board, over: screen, state, game: gameOf(state), theme, columns, rows};
	return isWideBoard(columns, rows) ? wideBoard(shown) : narrowBoard(shown);
}
