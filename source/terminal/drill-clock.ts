/** The clock of a drill on the screens: whether it is seen to run, and what it says. */
import {clockWords} from './drill-table.js';
import type {DeskState, Game} from './screens/screen.js';

/** Screens on which the clock is drawn. */
const shownWithClock: ReadonlySet<string> = new Set(['board', 'prompt', 'note', 'choose']);

/** Whether the clock of a drill runs and is drawn. */
export function isTicking({game, stack}: DeskState): boolean {
	const {drill} = game?.player ?? {};
	return drill?.isWarmUp === false && shownWithClock.has(stack.at(-1)?.kind ?? '') && drill.clock().isRunning;
}

/** What the clock says; nothing where the game is no drill. */
export function clockOf(game: Game | undefined): string | undefined {
	const drill = game?.player.drill;
	return drill && (drill.isWarmUp ? 'WARM-UP' : clockWords(drill.clock()));
}
