/**
 * The title's first frame, written before Ink is imported: that import takes longer than all the rest of the start. What is written is what
 * the app draws first; Ink then takes the screen over as it is.
 */

import {painted} from './lines.js';
import type {Catalogue} from './player.js';
import type {DeskState, Notice, Screen} from './screens/screen.js';
import {titleScreen} from './screens/title.js';
import type {Settings} from './settings.js';
import {type Abilities, themeFor} from './settings.js';

/** The smallest terminal in which every screen is whole. */
export const smallest = {columns: 80, rows: 24} as const;

export const titleAtFirst: Extract<Screen, {kind: 'title'}> = {kind: 'title', cursor: 0};

/** What is on the desk when nothing was pressed yet. */
export function deskAtFirst(
	{settings, warning}: {readonly settings: Settings; readonly warning?: string},
	stack: readonly Screen[],
	size: {readonly columns: number; readonly rows: number},
): DeskState {
	const notice: Notice | undefined = warning === undefined ? undefined : {tone: 'bad', text: warning};
	return {stack, settings, isLeaving: false, wipes: 0, ...(notice ? {notice} : {}), ...size};
}

const enterAlternateScreen = '\u001b[?1049h';
const leaveAlternateScreen = '\u001b[?1049l';
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';

/** Signals that would end the program and leave the terminal as it is. */
const endings = {SIGHUP: 129, SIGTERM: 143} as const;

/** A screen that was drawn, and is still nobody's. */
export interface FirstFrame {
	/** Gives the screen and the keyboard to what `render` starts, which need not enter the alternate screen: that would clear it for a moment. */
	handOver<T>(render: () => T): T;
}

/** Draws the title; undefined on a terminal that is too small for it. Keys that are pressed from now on wait for the app. */
export function drawTitle(catalogue: Catalogue, abilities: Abilities): FirstFrame | undefined {
	const {stdin, stdout} = process;
	const {columns, rows} = stdout;
	if (!stdin.isTTY || columns < smallest.columns || rows < smallest.rows) return undefined;
	const state = deskAtFirst(catalogue.preferences, [titleAtFirst], {columns, rows});
	const theme = themeFor(state.settings, abilities);
	const lines = titleScreen({screen: titleAtFirst, state, catalogue, theme, columns, rows}).map(line => painted(theme, line));

	const restore = (): void => {
		stdout.write(`${leaveAlternateScreen}${showCursor}`);
		stdin.setRawMode(false);
	};
	const ends = Object.entries(endings).map(([signal, status]) => [signal, () => process.exit(status)] as const);
	process.once('exit', restore);
	for (const [signal, end] of ends) process.once(signal, end);
	stdin.setRawMode(true);
	stdout.write(
		`${enterAlternateScreen}${hideCursor}\u001b[H\u001b[2J${lines.map((text, row) => `\u001b[${row + 1};1H${text}\u001b[0m`).join('')}\u001b[H`,
	);

	return {
		handOver(render) {
			const own = stdout.write;
			const passing = function (this: typeof stdout, ...given: Parameters<typeof own>): boolean {
				return given[0] === enterAlternateScreen ? true : (Reflect.apply(own, this, given) as boolean);
			};
			stdout.write = passing as typeof own;
			try {
				const rendered = render();
				process.off('exit', restore);
				for (const [signal, end] of ends) process.off(signal, end);
				return rendered;
			} finally {
				stdout.write = own;
			}
		},
	};
}
