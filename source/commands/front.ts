/** Without a command: the title where there is a terminal, else the demo. */
import {isatty} from 'node:tty';
import {addPacks} from './packs.js';

/**
 * @param packs folders given on the command line
 * @param screenReader the title in lines, from any input
 */
export async function front(packs: readonly string[], screenReader = false): Promise<number> {
	addPacks(packs);
	// Not process.stdin.isTTY: touching the stream would open it, and a closed or endless stdin is no concern of this path.
	const hasTerminal = isatty(0) && isatty(1);
	if (hasTerminal || screenReader) return (await import('./title.js')).title(screenReader);
	return (await import('./demo.js')).demo();
}
