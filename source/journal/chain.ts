import {hash as digestOf} from 'node:crypto';
import {hmac, type MacKey, macKeyOf} from '../engine/hmac.js';
import {canonicalText, isRecord} from './canonical.js';
import {JournalError} from './journal-error.js';

/** What line 0's payload holds as `format`. A change of the construction below is a new format. */
export const FORMAT = 'quorum-call/1';

/** The first `prev`: 32 zero bytes. Also the head of a journal without entries. */
export const GENESIS = '00'.repeat(32);

/** A longer line is refused, in writing and in reading: no memory is given to a file that only looks like a save. */
export const LONGEST_LINE = 16 * 1024 * 1024;

/** Any JSON object that names who may read it. `type: 'closed'` ends the journal; line 0 holds `format`, line 1 holds `seed`. */
export interface Payload {
	readonly audience: string;
}

/** A payload as it comes out of a file: its other members are known to the engine, not to the journal. */
export type OpenedPayload = Payload & {readonly [member: string]: unknown};

/** One line of a journal. All bytes are lower-case hex; `salt` and `payload` are both there (opened) or both missing (withheld). */
export interface Entry {
	readonly seq: number;
	readonly prev: string;
	readonly commit: string;
	readonly hash: string;
	readonly salt?: string;
	readonly payload?: OpenedPayload;
}

/** All that is needed to append: no payload of the past among it. */
export interface Chain {
	/** K of the salts. As secret as the seed. */
	readonly saltKey: MacKey;
	/** Number of entries, which is the next `seq`. */
	readonly entries: number;
	/** `hash` of the last entry. */
	readonly head: string;
	readonly closed: boolean;
}

const COMMIT_TAG = tag('quorum-call/1/commit');
const LINE_TAG = tag('quorum-call/1/line');

/** K = HMAC-SHA256(key = UTF-8 of the seed's text, "quorum-call/1/salt"). */
export function saltKeyOf(seed: string): MacKey {
	return macKeyOf(Buffer.from(hmac(macKeyOf(Buffer.from(seed, 'utf8')), 'quorum-call/1/salt'), 'hex'));
}

/** salt_i = HMAC(K, u64(i) | prev | SHA256(body)). Salts come from the seed, since payloads can be guessed; hex. */
export function saltOf(saltKey: MacKey, seq: number, prev: string, body: string): string {
	const input = Buffer.allocUnsafe(72);
	input.writeBigUInt64BE(BigInt(seq));
	input.write(prev, 8, 'hex');
	input.write(digestOf('sha256', body, 'hex'), 40, 'hex');
	return hmac(saltKey, input);
}

/** commit = SHA256(tc | tc | salt | body), the tagged hash of BIP 340 with tc = SHA256("quorum-call/1/commit"); hex. */
export function commitOf(salt: string, body: string): string {
	return digestOf('sha256', Buffer.concat([COMMIT_TAG, Buffer.from(salt, 'hex'), Buffer.from(body, 'utf8')]), 'hex');
}

/** hash = SHA256(tl | tl | u64(i) | prev | commit) with tl = SHA256("quorum-call/1/line"): it covers no payload, so one can be withheld; hex. */
export function hashOf(seq: number, prev: string, commit: string): string {
	const input = Buffer.allocUnsafe(136);
	LINE_TAG.copy(input);
	input.writeBigUInt64BE(BigInt(seq), 64);
	input.write(prev, 72, 'hex');
	input.write(commit, 104, 'hex');
	return digestOf('sha256', input, 'hex');
}

/** JCS of an entry whose payload's canonical text is `body` (undefined: withheld), without the newline. */
export function lineText(entry: Omit<Entry, 'payload'>, body: string | undefined): string {
	const {seq, prev, commit, hash, salt} = entry;
	return body === undefined
		? `{"commit":"${commit}","hash":"${hash}","prev":"${prev}","seq":${seq}}`
		: `{"commit":"${commit}","hash":"${hash}","payload":${body},"prev":"${prev}","salt":"${salt}","seq":${seq}}`;
}

/** An empty chain for a seed: at least 256 random bits as text, unless someone typed a seed to repeat a game. */
export function startChain(seed: string): Chain {
	return {saltKey: saltKeyOf(seed), entries: 0, head: GENESIS, closed: false};
}

/**
 * Appends payloads: one line each, newline included, and the chain after them. Pure; a recorder writes the lines to a file.
 * @throws JournalError for a payload that canonical JSON can't hold or that names no audience, for a first line without the format, a second
 * without the seed, anything after the closing entry, and a line above 16 MiB.
 */
export function extend<P extends Payload>(
	chain: Chain,
	payloads: readonly P[],
): {readonly chain: Chain; readonly lines: readonly string[]} {
	const lines: string[] = [];
	let {entries, head, closed} = chain;
	for (const payload of payloads) {
		const body = canonicalText(payload);
		const complaint = closed ? 'Nothing can follow the closing entry.' : misplaced(payload, entries, chain.saltKey);
		if (complaint) throw new JournalError({line: entries + 1, what: complaint});
		const salt = saltOf(chain.saltKey, entries, head, body);
		const commit = commitOf(salt, body);
		const hash = hashOf(entries, head, commit);
		const line = `${lineText({seq: entries, prev: head, commit, hash, salt}, body)}\n`;
		if (Buffer.byteLength(line) > LONGEST_LINE) {
			throw new JournalError({line: entries + 1, what: 'This entry is longer than 16 MiB.', expected: 'a shorter payload'});
		}
		lines.push(line);
		entries++;
		head = hash;
		closed = isClosing(payload);
	}
	return {chain: {saltKey: chain.saltKey, entries, head, closed}, lines};
}

/** Whether a payload ends its journal. */
export function isClosing(payload: unknown): boolean {
	return isRecord(payload) && payload.type === 'closed';
}

function misplaced(payload: unknown, seq: number, saltKey: MacKey): string | null {
	if (!isRecord(payload) || typeof payload.audience !== 'string') return 'A payload is an object with an audience.';
	if (seq === 0 && payload.format !== FORMAT) return `Line 0 holds the format, "${FORMAT}".`;
	if (seq === 1 && !(typeof payload.seed === 'string' && saltKeyOf(payload.seed).inner.equals(saltKey.inner)))
		return 'Line 1 holds the seed of its salts.';
	return null;
}

function tag(name: string): Buffer {
	const digest = digestOf('sha256', name, 'buffer');
	return Buffer.concat([digest, digest]);
}
