/** Without a command: the title where there is a terminal, else the demo. */
import {isatty} from 'node:tty';
import {addPacks} from './packs.js';

/** @param packs folders given on the command line */
export async function front(packs: readonly string[]): Promise<number> {
	addPacks(packs);
	// Not process.stdin.isTTY: touching the stream would open it, and a closed or endless stdin is no concern of this path.
	const hasTerminal = isatty(0) && isatty(1);
	if (hasTerminal && process.env.TERM !== 'dumb') return (await import('./title.js')).title();
	return (await import('./demo.js')).demo();
}
