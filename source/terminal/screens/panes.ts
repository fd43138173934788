/** One view on a screen of its own, scrolled, and the list of all of them. */
import type {SeatView} from '../../engine/view.js';
import {newestFirst} from '../inbox/inbox.js';
import {bindingsOf, type Command, keyName, type ViewName} from '../keymap.js';
import {clipped, type Line, span} from '../lines.js';
import {byUrgency} from '../requests/requests.js';
import {themeOf} from '../theme.js';
import {whyOfRequest} from './board-state.js';
import {layOut} from './documents.js';
import {bodyRows, frameLines} from './frame.js';
import {newestMessages} from './resolve.js';
import {type Desk, gameOf, type Handler, motionOf, type ScreenOf, type ScreenProps} from './screen.js';

const viewBindings = (view: SeatView) =>
	bindingsOf('views').filter(({command}) => command.startsWith('view-') && (view.loot !== undefined || command !== 'view-loot'));

const nameOf = (command: Command): ViewName => command.slice(5) as ViewName;

export function paneScreen({screen, state, theme, columns, rows}: ScreenProps<'pane'>): readonly Line[] {
	const {view} = gameOf(state);
	const {lines, items} = layOut(screen.name, view, screen.cursor, columns, theme);
	const size = bodyRows(state);
	const at = items[screen.cursor] ?? screen.cursor;
	const top = items.length > 0 ? Math.max(0, Math.min(at - Math.floor(size / 3), lines.length - size)) : screen.cursor;
	const title = viewBindings(view).find(({command}) => nameOf(command) === screen.name)?.words ?? screen.name;
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'pane',
		title: [span(title.toUpperCase(), 'info'), `   turn ${view.turn}   ${view.side}`],
		body: lines.map(line => clipped(line, columns)),
		top,
		words: {...(canOpen(screen.name) ? {} : {do: ''}), ...(canAsk(screen.name) ? {} : {why: ''})},
	});
}

const canAsk = (name: ViewName): boolean => ['inbox', 'requests', 'decisions', 'loot', 'parties'].includes(name);

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
			? byUrgency(view.requests)[screen.cursor]?.id
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
	const body = viewBindings(gameOf(state).view).map(
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
	const names = viewBindings(gameOf(desk.state).view).map(({command: name}) => nameOf(name));
	const cursor = motionOf(command, screen.cursor, names.length, names.length);
	if (cursor !== undefined) return desk.set({...screen, cursor});
	if (command === 'back') return desk.pop();
	const name = command === 'do' ? names[screen.cursor] : command?.startsWith('view-') ? nameOf(command) : undefined;
	if (name !== undefined) switchTo(desk, name);
};
