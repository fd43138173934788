/** Which commands would make a move, or need the answer of the one that is still awaited: they are refused while something is computed. */
import type {Command} from './key-command.js';
import type {Screen} from './screens/screen.js';

/** All others look, and work while something is computed. */
const movers: Readonly<Partial<Record<Screen['kind'], readonly Command[]>>> = {
	briefing: ['do'],
	paused: ['do'],
	handOver: ['do'],
	board: ['take-back', 'pause', 'hint'],
	prompt: ['do'],
	note: ['do'],
	approve: ['do'],
	endTurn: ['do'],
	confirm: ['do'],
	beliefs: ['do'],
	facilitatorLine: ['do'],
	hotWash: ['do', 'back'],
	drillReady: ['do', 'warm-up'],
};

export function isMover(screen: Screen, command: Command): boolean {
	// On the board, Enter looks at what is in a pane, or plays the line that waits.
	if (screen.kind === 'board' && command === 'do') return screen.focus === 'moves' || screen.draft !== undefined;
	return movers[screen.kind]?.includes(command) ?? false;
}
