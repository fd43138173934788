/** One view on a screen of its own, and the list of all of them. */
import type {SeatView} from '../../engine/view.js';
import type {Command} from '../key-command.js';
import {bindingsOf, type Keymap, keyFor, keyName} from '../keymap.js';
import {cell, type Line, span} from '../lines.js';
import {scrolled} from '../list.js';
import {editOf, emptyEdit} from '../prompt/edit.js';
import {keymapOf} from '../settings.js';
import {type Theme, themeOf} from '../theme.js';
import {exposureEquations} from '../views/exposure.js';
import {inboxItems} from '../views/inbox.js';
import {columnsOf, laidView, type PaneView} from '../views/index.js';
import {type Arranged, arranged} from '../views/laid.js';
import {notesInView} from '../views/notes.js';
import {decidedAt} from '../views/policy.js';
import {requestsInView} from '../views/requests.js';
import type {ViewName} from '../views/view-name.js';
import {whyOfParty, whyOfRequest} from './board-state.js';
import {bodyRows, frameLines} from './frame.js';
import {newestMessages} from './resolve.js';
import {type Desk, type DeskState, equationsOf, gameOf, type Handler, motionOf, type ScreenOf, type ScreenProps} from './screen.js';

const viewBindings = (view: SeatView, map?: Keymap) =>
	bindingsOf('views', map).filter(({command}) => command.startsWith('view-') && (view.loot !== undefined || command !== 'view-loot'));

const nameOf = (command: Command): ViewName => command.slice(5) as ViewName;

function arrangedPane({name, cursor, top}: ScreenOf<'pane'>, state: DeskState, theme: Theme): Arranged {
	const {view, keys} = gameOf(state);
	const {columns} = state;
	const laid = laidView(name, {view, cursor, theme, keys, ...columnsOf(name, columns)});
	return arranged(laid, {cursor, top, columns, height: bodyRows(state), theme});
}

export function paneScreen({screen, state, theme, columns, rows}: ScreenProps<'pane'>): readonly Line[] {
	const {view} = gameOf(state);
	const title = viewBindings(view).find(({command}) => nameOf(command) === screen.name)?.words ?? screen.name;
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'pane',
		title: [span(title.toUpperCase(), 'info'), `   turn ${view.turn} of ${view.turns}   ${view.side}`],
		right: [span(`${keyFor('pane', 'views', keymapOf(state.settings))} all views`, 'dim')],
		body: arrangedPane(screen, {...state, columns, rows}, theme).lines,
		words: {
			do: doWords[screen.name] ?? '',
			why: whyViews.has(screen.name) ? 'why' : '',
			note: screen.name === 'notes' ? 'write a note' : '',
		},
	});
}

const whyViews: ReadonlySet<PaneView> = new Set(['inbox', 'requests', 'policy', 'loot', 'parties', 'exposure']);

/** What Enter does in each view; nothing in the others. */
const doWords: Readonly<Partial<Record<PaneView, string>>> = {
	requests: 'take it to the board',
	parties: 'pick it on the board',
	notes: 'change it',
	inbox: 'open',
};

export const handlePane: Handler<'pane'> = (desk, screen, command) => {
	const {count, page, length} = arrangedPane(screen, desk.state, themeOf('none', true));
	const scroll = (by: number) => desk.set({...screen, top: scrolled(screen.top, by, length, page)});
	if (command === 'page-down') return scroll(page);
	if (command === 'page-up') return scroll(-page);
	if (count === 0) {
		const top = motionOf(command, screen.top, length - page + 1, page);
		if (top !== undefined) return desk.set({...screen, top});
	}
	const cursor = motionOf(command, screen.cursor, count, 1);
	if (cursor !== undefined) return desk.set({...screen, cursor, top: cursor === screen.cursor ? screen.top : 0});
	if (command === 'back') return desk.pop();
	if (command === 'views') return desk.set({kind: 'views', cursor: 0});
	if (command === 'note' && screen.name === 'notes') return desk.push({kind: 'note', edit: emptyEdit});
	if (command?.startsWith('view-')) return switchTo(desk, nameOf(command));
	if (command === 'why' && whyViews.has(screen.name)) return why(desk, screen);
	if (command === 'do' && doWords[screen.name] !== undefined) open(desk, screen);
};

/** Opens a view above the board, or in the place of the view or list that is open. */
export function openView(desk: Desk, name: ViewName) {
	show(desk, name, screen => desk.push(screen));
}

function switchTo(desk: Desk, name: ViewName) {
	if (name === 'board') return desk.pop();
	show(desk, name, screen => desk.set(screen));
}

function show(desk: Desk, name: ViewName, put: (screen: ScreenOf<'pane' | 'resolve' | 'reader'>) => void) {
	const {view, player} = gameOf(desk.state);
	if (name === 'board') return;
	if (name === 'messages') {
		const newest = newestMessages(view);
		if (newest) return put(newest);
		return desk.say('info', view.side === 'attackers' ? 'What the parties run is not known to you.' : 'No ceremony has run yet.');
	}
	if (name === 'transcript') return desk.wait(player.transcript(), text => put({kind: 'reader', title: 'TRANSCRIPT', text, top: 0}));
	if (name === 'loot' && !view.loot) return desk.say('info', 'What the attackers hold is not known to this seat.');
	put({kind: 'pane', name, cursor: 0, top: 0});
}

/** Enter on an item of a view. */
function open(desk: Desk, screen: ScreenOf<'pane'>) {
	const {view} = gameOf(desk.state);
	if (screen.name === 'notes') {
		const note = notesInView(view)[screen.cursor];
		if (!note) return desk.push({kind: 'note', edit: emptyEdit});
		return desk.push({kind: 'note', edit: editOf(note.text), ...(note.suspect === undefined ? {} : {suspect: note.suspect})});
	}
	if (screen.name === 'inbox') {
		const item = inboxItems(view)[screen.cursor];
		if (item?.equation) return desk.push(equationsOf([item.equation]));
		if (item) desk.push({kind: 'reader', title: `INBOX   t${item.turn} ${item.from}`, text: item.text, top: 0});
		return;
	}
	const request = screen.name === 'requests' ? requestsInView(view)[screen.cursor]?.id : undefined;
	const party = screen.name === 'parties' ? view.parties[screen.cursor]?.id : undefined;
	desk.pop();
	desk.change('board', board => ({
		...board,
		move: 0,
		focus: 'moves',
		...(request === undefined ? {} : {request}),
		...(party === undefined ? {} : {picked: [party]}),
	}));
}

/** `=` on an item of a view: its equations, or the record in words. */
function why(desk: Desk, {name, cursor}: ScreenOf<'pane'>) {
	const {view} = gameOf(desk.state);
	const item = name === 'inbox' ? inboxItems(view)[cursor] : undefined;
	const equations =
		name === 'exposure'
			? exposureEquations(view, cursor)
			: name === 'loot'
				? (view.loot?.attempts ?? [])
				: item?.equation
					? [item.equation]
					: [];
	if (equations.length > 0) return desk.push(equationsOf(equations, name === 'loot' ? equations.length - 1 : 0));
	const request = name === 'requests' ? requestsInView(view)[cursor]?.id : name === 'policy' ? decidedAt(view, cursor) : undefined;
	const party = name === 'parties' ? view.parties[cursor]?.id : undefined;
	const reason = request !== undefined ? whyOfRequest(view, request) : party !== undefined ? whyOfParty(view, party) : undefined;
	if (!reason) return desk.say('info', 'There is no equation behind this.');
	if ('equations' in reason) return desk.push(equationsOf(reason.equations));
	desk.push({kind: 'reader', title: reason.title, text: reason.text, top: 0});
}

/** What each view answers. */
const abouts: Readonly<Record<ViewName, string>> = {
	board: 'everything at a glance, and the moves',
	requests: 'who wants what, approved by whom on what basis',
	parties: 'shares by epoch, backups, what each party learned',
	policy: 'the rules as written, decisions with their facts',
	evidence: 'what logging captured, by station and level',
	protocol: 'the state charts, with the present state lit',
	exposure: 'shares that are out, against the threshold',
	transcript: 'the audit record, as far as you may read it',
	notes: 'what you believed, and the moves of this turn',
	messages: 'ceremonies message by message, with their equations',
	inbox: 'everything you were told, whole',
	controls: 'each check, its price, and what an inspection found',
	outputs: 'what left, and the bytes to verify it with',
	loot: 'shares, footholds, recordings, and what was tried',
	briefing: 'your goal and how a turn goes',
};

export function viewsScreen({screen, state, theme, columns, rows}: ScreenProps<'views'>): readonly Line[] {
	const body = viewBindings(gameOf(state).view, keymapOf(state.settings)).map(
		({command, keys, words: said}, index): Line => [
			span(index === screen.cursor ? ' > ' : '   ', 'focus'),
			span(`${keyName(keys[0] ?? '')}  `, 'focus'),
			cell(said, 22, index === screen.cursor ? 'chosen' : 'strong'),
			span(abouts[nameOf(command)], 'dim'),
		],
	);
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'views',
		title: [span('VIEWS', 'info')],
		body: [[], ...body, [], [span('   On the board each of these keys alone opens its view.', 'dim')]],
	});
}

export const handleViews: Handler<'views'> = (desk, screen, command) => {
	const names = viewBindings(gameOf(desk.state).view).map(({command: name}) => nameOf(name));
	const cursor = motionOf(command, screen.cursor, names.length, names.length);
	if (cursor !== undefined) return desk.set({...screen, cursor});
	if (command === 'back') return desk.pop();
	const name = command === 'do' ? names[screen.cursor] : command?.startsWith('view-') ? nameOf(command) : undefined;
	if (name !== undefined) switchTo(desk, name);
};
