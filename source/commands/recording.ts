/**
 * `--record`: what the terminal is sent, as an asciicast of version 2 (https://docs.asciinema.org/manual/asciicast/v2/): a header, then a line for each
 * output and each change of size. Keys are not recorded. Each line is on its way to the disk before the terminal has it, so a crash costs nothing.
 */
import {closeSync, ftruncateSync, openSync, writeSync} from 'node:fs';
import {StringDecoder} from 'node:string_decoder';
import {fileError} from '../journal/journal-error.js';
import {CommandError} from './command-error.js';
import {isSave, tell} from './output.js';

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
	// A full disk ends the recording, not the game.
	const {stop, failure} = record(process.stdout, wholeLines(descriptor), process.env.TERM, clock);
	try {
		return await run();
	} finally {
		stop();
		closeSync(descriptor);
		const error = failure();
		if (error !== undefined) tell(`The recording in ${file} ends early: ${fileError(error, file, 'write the recording').message}`);
	}
}

/** Writes lines to a file; one that a full disk cuts short is taken out again. */
function wholeLines(descriptor: number): (line: string) => void {
	let size = 0;
	return line => {
		const bytes = Buffer.from(line);
		try {
			for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
			size += bytes.length;
		} catch (error) {
			ftruncateSync(descriptor, size);
			throw error;
		}
	};
}

/** A recording that is under way. */
export interface Recording {
	stop(): void;
	/** What ended it early, if something did. */
	failure(): unknown;
}

/** Writes the header, and from now on a line for each output and resize of a terminal. What can't be written ends the recording. */
export function record(screen: Screen, write: (line: string) => void, term: string | undefined, {date, elapsed}: Clock): Recording {
	const start = elapsed();
	let failed: {readonly error: unknown} | undefined;
	const attempt = (line: string): void => {
		if (failed) return;
		try {
			write(`${line}\n`);
		} catch (error) {
			failed = {error};
		}
	};
	const put = (kind: 'o' | 'r', data: string): void => attempt(JSON.stringify([Math.round((elapsed() - start) * 1000) / 1e6, kind, data]));
	const {columns = 80, rows = 24} = screen;
	const header = {version: 2, width: columns, height: rows, timestamp: date(), ...(term ? {env: {TERM: term}} : {})};
	attempt(JSON.stringify(header));
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
	return {
		stop() {
			screen.write = own;
			screen.off('resize', resized);
		},
		failure: () => failed?.error,
	};
}
