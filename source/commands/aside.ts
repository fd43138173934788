/**
 * Work that takes its time, done in another thread where somebody waits at a terminal: a line on stderr says how far it has come, and Ctrl-C
 * ends it at once. Where nobody waits, callers work in their own thread.
 */
import {isatty} from 'node:tty';
import {WorkThread} from './thread.js';
import type {Answer, Progress, Work} from './work-thread.js';

/** Whether somebody is there to wait. */
export function isAttended(): boolean {
	return isatty(1) || isatty(2);
}

/** Does one piece of work, with `words` on what it is. */
export function aside<K extends keyof Work>(words: string, name: K, ...given: Parameters<Work[K]>): Promise<Answer<K>> {
	return withLine(words, async onProgress => {
		const thread = new WorkThread(onProgress);
		try {
			return await thread.ask(name, ...given);
		} finally {
			thread.end();
		}
	});
}

/** What takes no longer is not worth a line, in milliseconds; and how often the line is drawn anew. */
const noticed = 250;

const erase = '\r\u001b[K';

/** Shows a line on a terminal's stderr while something goes on, and takes it away afterwards, whatever happens. Readers aloud get none: it ticks. */
export async function withLine<T>(words: string, work: (onProgress: (progress: Progress) => void) => Promise<T>): Promise<T> {
	if (!isatty(2) || process.env.TERM === 'dumb' || process.env.INK_SCREEN_READER === 'true') return work(() => {});
	let shown = '';
	let progress: Progress | undefined;
	const since = performance.now();
	const draw = (): void => {
		const far =
			progress && 'of' in progress && progress.done < progress.of
				? `line ${progress.done} of ${progress.of}`
				: `${Math.floor((performance.now() - since) / 1000)} s`;
		const line = `${words}: ${far}`.slice(0, (process.stderr.columns || 80) - 1);
		if (line === shown) return;
		shown = line;
		process.stderr.write(`${erase}${line}`);
	};
	const clear = (): void => {
		if (shown !== '') process.stderr.write(erase);
		shown = '';
	};
	const timer = setInterval(draw, noticed);
	process.once('exit', clear);
	try {
		return await work(found => {
			progress = found;
		});
	} finally {
		clearInterval(timer);
		process.off('exit', clear);
		clear();
	}
}
