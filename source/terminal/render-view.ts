/** Any view of a player's game at any size, without a terminal: for pictures, documents and tests. */
import {screenLines} from './app.js';
import {painted} from './lines.js';
import type {Catalogue, Player} from './player.js';
import {boardOf} from './screens/board-state.js';
import {newestMessages} from './screens/resolve.js';
import type {DeskState, Screen} from './screens/screen.js';
import {defaultSettings, type Settings} from './settings.js';
import {type Theme, themeOf} from './theme.js';
import type {ViewName} from './views/view-name.js';

export interface RenderOptions {
	readonly columns: number;
	readonly rows: number;
	/** Plain ASCII without colour where it is left out. */
	readonly theme?: Theme;
	readonly settings?: Settings;
	/** The selected item of a view, and the first row of its details. */
	readonly cursor?: number;
	readonly top?: number;
}

/** The views of a game have nothing of the title screen in them. */
const nothing: Catalogue = {
	counts: {scenarios: 0, saves: 0, reports: 0},
	scenarios: async () => [],
	saves: async () => [],
	reports: async () => [],
	open: async () => Promise.reject(new Error('a picture of a view opens no game')),
	preferences: {firstGame: false, settings: defaultSettings, markPlayed() {}, keep: async () => ({ok: true})},
};

async function screenOf(what: ViewName | Screen, player: Player, {cursor = 0, top = 0}: RenderOptions): Promise<Screen | undefined> {
	if (typeof what !== 'string') return what;
	if (what === 'board') return undefined;
	if (what === 'messages') return newestMessages(player.view());
	if (what === 'transcript') return {kind: 'reader', title: 'TRANSCRIPT', text: await player.transcript(), top};
	return {kind: 'pane', name: what, cursor, top};
}

/**
 * The rows of a view, or of any screen above the board, from the player's present state: exactly `rows` strings of at most `columns` columns,
 * with the theme's SGR codes in them.
 */
export async function renderView(player: Player, what: ViewName | Screen, options: RenderOptions): Promise<readonly string[]> {
	return renderBoard(player, options, await screenOf(what, player, options));
}

/** The rows of the board, or of a screen above it, at once. */
export function renderBoard(player: Player, options: RenderOptions, screen?: Screen): readonly string[] {
	const {columns, rows, theme = themeOf('none', true), settings = defaultSettings} = options;
	const view = player.view();
	const state: DeskState = {
		stack: [boardOf(view), ...(screen ? [screen] : [])],
		game: {player, view, head: player.head(), isFirst: false, history: [], seen: new Map()},
		settings,
		isLeaving: false,
		wipes: 0,
		columns,
		rows,
	};
	return screenLines(state, nothing, theme).map(line => painted(theme, line));
}
