import {isUtf8} from 'node:buffer';
import type {MacKey} from '../engine/hmac.js';
import {canonicalText, isRecord} from './canonical.js';
import {
	commitOf,
	type Entry,
	FORMAT,
	GENESIS,
	hashOf,
	isClosing,
	LONGEST_LINE,
	lineText,
	type OpenedPayload,
	saltKeyOf,
	saltOf,
} from './chain.js';
import {JournalError, quoted} from './journal-error.js';

/** The first place at which bytes stop being a sound journal. */
export interface Break {
	/** 1-based line in the file. */
	readonly line: number;
	/** 1-based column, where it is known. */
	readonly column?: number;
	/** The part of the line that is wrong: a field's name, `line` for the text itself, `newline` for a torn one. */
	readonly field: string;
	/** One sentence. */
	readonly message: string;
}

/** An entry whose line is sound in itself and in the chain before it. */
interface ReadEntry extends Entry {
	/** JCS of the payload; undefined when it is withheld. */
	readonly body: string | undefined;
	/** The line in the file, without its newline. */
	readonly text: string;
}

/** What a file holds up to the first break. */
export interface ParsedJournal {
	readonly entries: readonly ReadEntry[];
	/** `hash` of the last sound entry. */
	readonly head: string;
	readonly closed: boolean;
	/** Number of entries without a payload. */
	readonly withheld: number;
	/** The seed, when line 1 is open. */
	readonly seed: string | null;
	/** The line after the closing entry, outside the chain: the place of a notary's signature over the head. */
	readonly trailer: Readonly<Record<string, unknown>> | null;
	/** Offset of the byte after the last whole line. */
	readonly wholeBytes: number;
	/** A last line without its newline, cut off while it was written. */
	readonly torn: {readonly line: number; readonly bytes: number} | null;
	/** Damage that no cut mends; null in a sound journal (which may be torn). */
	readonly broken: Break | null;
}

class Broken extends Error {
	constructor(
		readonly field: string,
		message: string,
		readonly column?: number,
	) {
		super(message);
	}
}

const NEWLINE = 10;

/**
 * Reads a journal's bytes up to the first break: each line must be JCS(parse(line)), stand in the chain, and, where it is open, fit its
 * commit and carry the salt that the seed yields. Throws nothing on bad bytes.
 */
export function parseJournal(bytes: Uint8Array): ParsedJournal {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const entries: ReadEntry[] = [];
	let head = GENESIS;
	let closed = false;
	let withheld = 0;
	let seed: string | null = null;
	let saltKey: MacKey | null = null;
	let trailer: ParsedJournal['trailer'] = null;
	let torn: ParsedJournal['torn'] = null;
	let broken: Break | null = null;
	let offset = 0;
	let line = 1;

	while (offset < bytes.length) {
		const end = buffer.indexOf(NEWLINE, offset);
		if (end < 0) {
			torn = {line, bytes: bytes.length - offset};
			break;
		}
		try {
			if (trailer) throw new Broken('trailer', 'Nothing can follow the trailer.');
			const text = decode(buffer.subarray(offset, end));
			const parsed = parseLine(text);
			if (closed) {
				trailer = readTrailer(parsed, text);
			} else {
				const entry = readEntry(parsed, text, entries.length, head);
				if (entry.seq === 1 && entry.payload) {
					seed = seedOf(entry.payload);
					saltKey = saltKeyOf(seed);
					const first = entries[0]!;
					if (!saltFits(first, saltKey)) {
						broken = {line: 1, field: 'salt', message: 'The salt is not the one that the seed in line 2 yields.'};
						break;
					}
				}
				if (saltKey && !saltFits(entry, saltKey)) throw new Broken('salt', 'The salt is not the one that the seed in line 2 yields.');
				entries.push(entry);
				head = entry.hash;
				closed = isClosing(entry.payload);
				if (!entry.payload) withheld++;
			}
		} catch (error) {
			if (!(error instanceof Broken)) throw error;
			broken = {line, field: error.field, message: error.message, ...(error.column === undefined ? {} : {column: error.column})};
			break;
		}
		offset = end + 1;
		line++;
	}
	return {entries, head, closed, withheld, seed, trailer, wholeBytes: offset, torn, broken};
}

/** The payloads that are open, in order. */
export function openedPayloads(journal: Pick<ParsedJournal, 'entries'>): OpenedPayload[] {
	return journal.entries.flatMap(entry => (entry.payload ? [entry.payload] : []));
}

/** A torn last line in one sentence. */
export function tornSentence(torn: {readonly bytes: number}): string {
	return `The last line has no newline: it was cut off after ${torn.bytes} ${torn.bytes === 1 ? 'byte' : 'bytes'} while it was written.`;
}

/** The error for a break, for commands that need a sound journal. */
export function brokenError(file: string | undefined, {line, column, field, message}: Break): JournalError {
	return new JournalError({
		...(file === undefined ? {} : {file}),
		line,
		...(column === undefined ? {} : {column}),
		what: `${message} (field ${field})`,
		next:
			line === 1
				? 'Check that this file is a save of this game.'
				: 'The save was changed after it was written; go on from a copy of it, if you have one.',
	});
}

/** The error for a seat's copy, for commands that need the whole save. */
export function copyError(
	file: string | undefined,
	{withheld, entries}: ParsedJournal,
	next = 'A copy can be verified; everything else needs the whole save.',
): JournalError {
	return new JournalError({
		...(file === undefined ? {} : {file}),
		what: `This is a seat's copy: ${withheld} of ${entries.length} entries are withheld.`,
		expected: 'the whole save',
		next,
	});
}

function decode(bytes: Buffer): string {
	if (bytes.length >= LONGEST_LINE) throw new Broken('line', 'This line is longer than 16 MiB, which no line of a save is.');
	if (!isUtf8(bytes)) throw new Broken('line', 'This line is not UTF-8 text.');
	return bytes.toString('utf8');
}

function parseLine(text: string): Readonly<Record<string, unknown>> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		const position = /position (\d+)/.exec(String(error))?.[1];
		throw new Broken('line', 'This line is not JSON.', position === undefined ? undefined : Number(position) + 1);
	}
	if (!isRecord(value)) throw new Broken('line', 'This line is not a JSON object.', 1);
	return value;
}

function readEntry(fields: Readonly<Record<string, unknown>>, text: string, seq: number, head: string): ReadEntry {
	const payload = fields.payload;
	if (seq === 0) checkFormat(payload);
	const open = Object.hasOwn(fields, 'payload') || Object.hasOwn(fields, 'salt');
	const expected = open ? ['commit', 'hash', 'payload', 'prev', 'salt', 'seq'] : ['commit', 'hash', 'prev', 'seq'];
	for (const key of Object.keys(fields)) {
		if (!expected.includes(key)) throw new Broken(quoted(key).slice(1, -1), `A line has no field ${quoted(key)}.`);
	}
	for (const key of expected) {
		if (!Object.hasOwn(fields, key)) throw new Broken(key, `The field "${key}" is missing.`);
	}
	if (fields.seq !== seq) throw new Broken('seq', `The entry has the number ${quoted(fields.seq)}; ${seq} was expected here.`);
	const prev = hex(fields, 'prev');
	if (prev !== head) throw new Broken('prev', seq === 0 ? 'The first prev is 32 zero bytes.' : `prev is not the hash of line ${seq}.`);
	const commit = hex(fields, 'commit');
	const hash = hex(fields, 'hash');
	// Written out: spread would cost as much as reading the line.
	const entry: ReadEntry = open
		? {seq, prev, commit, hash, salt: hex(fields, 'salt'), payload: payload as OpenedPayload, body: bodyOf(payload), text}
		: {seq, prev, commit, hash, body: undefined, text};
	const {salt, body} = entry;
	const canonical = lineText(entry, body);
	if (canonical !== text) {
		throw new Broken('line', 'The bytes of this line are not the canonical JSON of what it says.', firstDifferentColumn(text, canonical));
	}
	if (salt !== undefined && body !== undefined && commitOf(salt, body) !== commit)
		throw new Broken('commit', 'The commit does not open to this salt and payload.');
	if (hashOf(seq, prev, commit) !== hash) throw new Broken('hash', 'The hash does not fit the number, prev and commit of this line.');
	return entry;
}

function checkFormat(payload: unknown): void {
	if (!isRecord(payload)) throw new Broken('payload', 'Line 1 of a save is open and holds its format; this line does not.');
	if (payload.format === FORMAT) return;
	const known = typeof payload.format === 'string' && payload.format.startsWith('quorum-call/');
	throw new Broken(
		'payload.format',
		`The format is ${quoted(payload.format)}; this program reads "${FORMAT}".${known ? ' Another version of the program wrote it: use that one.' : ''}`,
	);
}

function bodyOf(payload: unknown): string {
	if (!isRecord(payload) || typeof payload.audience !== 'string')
		throw new Broken('payload', 'The payload is not an object with an audience.');
	try {
		return canonicalText(payload);
	} catch (error) {
		throw new Broken('payload', error instanceof Error ? error.message : String(error));
	}
}

function seedOf(payload: OpenedPayload): string {
	if (typeof payload.seed !== 'string') throw new Broken('payload.seed', 'Line 2 of a save holds its seed; this line does not.');
	return payload.seed;
}

function saltFits(entry: ReadEntry, saltKey: MacKey): boolean {
	return entry.body === undefined || saltOf(saltKey, entry.seq, entry.prev, entry.body) === entry.salt;
}

function readTrailer(fields: Readonly<Record<string, unknown>>, text: string): Readonly<Record<string, unknown>> {
	const trailer = fields.trailer;
	if (!isRecord(trailer) || Object.keys(fields).length !== 1)
		throw new Broken('seq', 'Nothing but a trailer can follow the closing entry.');
	let canonical: string;
	try {
		canonical = canonicalText(fields, 'line');
	} catch (error) {
		throw new Broken('trailer', error instanceof Error ? error.message : String(error));
	}
	if (canonical !== text) {
		throw new Broken('line', 'The bytes of this line are not the canonical JSON of what it says.', firstDifferentColumn(text, canonical));
	}
	return trailer;
}

function hex(fields: Readonly<Record<string, unknown>>, field: string): string {
	const value = fields[field];
	if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return value;
	throw new Broken(field, `${field} is ${quoted(value)}, not 32 bytes in lower-case hex.`);
}

function firstDifferentColumn(left: string, right: string): number {
	let index = 0;
	while (index < left.length && left[index] === right[index]) index++;
	return index + 1;
}
