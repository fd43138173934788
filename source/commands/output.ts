/** What commands write: text and JSON to stdout, messages to stderr, documents to files that are no saves. */
import {closeSync, openSync, readSync, realpathSync, writeFileSync} from 'node:fs';
import {fileError, JournalError} from '../journal/journal-error.js';

export function print(text: string): void {
	process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function printJson(value: unknown): void {
	process.stdout.write(`${JSON.stringify(value, null, '\t')}\n`);
}

/** A message beside the result. */
export function tell(text: string): void {
	process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
}

/**
 * Writes a document to stdout or to a file.
 * @throws {JournalError} when the file can't be written, or is a save, which no document may replace.
 */
export function deliver(text: string, out: string | undefined): void {
	if (out === undefined) {
		print(text);
		return;
	}
	if (isSave(out)) {
		throw new JournalError({
			file: out,
			what: 'This file is a save, and writing here would destroy it.',
			expected: 'another file after --out',
			next: 'Nothing was written.',
		});
	}
	try {
		writeFileSync(out, text.endsWith('\n') ? text : `${text}\n`);
	} catch (error) {
		throw fileError(error, out, 'write the document');
	}
	tell(`Written to ${out}.`);
}

/** Whether a file begins as the lines of a journal do: their first member is always the commit. */
export function isSave(path: string): boolean {
	const start = '{"commit":"';
	let descriptor: number;
	try {
		descriptor = openSync(realpathSync(path), 'r');
	} catch {
		return false;
	}
	try {
		const bytes = Buffer.alloc(start.length);
		return readSync(descriptor, bytes, 0, start.length, 0) === start.length && bytes.toString('latin1') === start;
	} finally {
		closeSync(descriptor);
	}
}
