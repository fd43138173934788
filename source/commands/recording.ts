/**
 * `--record`: what the terminal is sent, as an asciicast of version 2 (https://docs.asciinema.org/manual/asciicast/v2/): a header, then a line for each
 * output and each change of size. Keys are not recorded. Each line is on its way to the disk before the terminal has it, so a crash costs nothing.
 */
import {closeSync, openSync, writeSync} from 'node:fs';
import {StringDecoder} from 'node:string_decoder';
import {fileError} from '../journal/journal-error.js';
import {CommandError} from './command-error.js';
import {isSave} from './output.js';

/** What is recorded of a terminal. */
interface Screen {
	readonly columns?: number;
	readonly rows?: number;
	write: NodeJS.WriteStream['write'];
	on(event: 'resize', listener: () => void): unknown;
	off(event: 'resize', listener: () => void): unknown;
}

/** The clock, at the edge: seconds since 1970, and milliseconds since some moment. */
export interface Clock {
	readonly date: () => number;
	readonly elapsed: () => number;
}

const clock: Clock = {date: () => Math.floor(Date.now() / 1000), elapsed: () => performance.now()};

/**
 * Runs something with a recording of stdout in a file; without a file, just runs it.
 * @throws {CommandError} for a file that is a save, {JournalError} for one that can't be written
 */
export async function withRecording<T>(file: string | undefined, run: () => Promise<T>): Promise<T> {
	if (file === undefined) return run();
	if (isSave(file)) throw new CommandError(`${file} is a save, and recording there would destroy it. Give another file after --record.`);
	let descriptor: number;
	try {
		// A recording shows what its seat saw: shares that were stolen, for one.
		descriptor = openSync(file, 'w', 0o600);
	} catch (error) {
		throw fileError(error, file, 'write the recording');
	}
	const stop = record(process.stdout, line => writeSync(descriptor, line), process.env.TERM, clock);
	try {
		return await run();
	} finally {
		stop();
		closeSync(descriptor);
	}
}

/** Writes the header, and from now on a line for each output and resize of a terminal. Returns how to stop. */
export function record(screen: Screen, write: (line: string) => void, term: string | undefined, {date, elapsed}: Clock): () => void {
	const start = elapsed();
	const put = (kind: 'o' | 'r', data: string): void =>
		write(`${JSON.stringify([Math.round((elapsed() - start) * 1000) / 1e6, kind, data])}\n`);
	const {columns = 80, rows = 24} = screen;
	const header = {version: 2, width: columns, height: rows, timestamp: date(), ...(term ? {env: {TERM: term}} : {})};
	write(`${JSON.stringify(header)}\n`);
	const decoder = new StringDecoder('utf8');
	const own = screen.write;
	const tee = function (this: Screen, chunk: string | Uint8Array, ...rest: unknown[]): boolean {
		const text = typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk));
		if (text !== '') put('o', text);
		return Reflect.apply(own, screen, [chunk, ...rest]) as boolean;
	};
	screen.write = tee as Screen['write'];
	const resized = (): void => put('r', `${screen.columns ?? columns}x${screen.rows ?? rows}`);
	screen.on('resize', resized);
	return () => {
		screen.write = own;
		screen.off('resize', resized);
	};
}
