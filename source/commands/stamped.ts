/** `verify --timestamp`: what a time stamping authority says of a head of a save. */
import {readFileSync} from 'node:fs';
import {fileError} from '../journal/journal-error.js';
import {headLine} from '../journal/notary.js';
import {readOpened} from '../journal/opening.js';
import {parseJournal} from '../journal/parse.js';
import type {Stampable, Timestamp} from '../journal/timestamp.js';
import {harmless} from '../scenario/diagnostic.js';

export type Stamped = {readonly timestamp: Timestamp; readonly words: string} | {readonly timestamp: null; readonly problem: string};

/**
 * Reads a timestamp of a save that verifies.
 * @param trusted a file of certificates in PEM
 * @throws {JournalError} for a file that can't be read, exit status 2
 */
export async function stamped(bytes: Uint8Array, file: string, trusted?: string): Promise<Stamped> {
	const token = read(file, 'read the timestamp');
	const pem = trusted === undefined ? undefined : read(trusted, 'read the certificates').toString('utf8');
	const {readTimestamp, TimestampError} = await import('../journal/timestamp.js');
	const {entries} = parseJournal(bytes);
	const {id} = readOpened(entries[0]?.payload).scenario;
	const heads = entries.map(({hash}, index): Stampable => ({what: `the head of line ${index + 1}`, sha256: hash}));
	// The lines that the game and verify print: at the start, and now. An editor may have ended them with a newline or not.
	const lines = (['start', 'so far', 'end'] as const).flatMap(when => {
		const count = when === 'start' ? Math.min(2, entries.length) : entries.length;
		const text = headLine(when, id, {head: entries[count - 1]!.hash, entries: count});
		return [text, `${text}\n`].map((each): Stampable => ({what: `the head of line ${count}`, text: each}));
	});
	try {
		const timestamp = await readTimestamp(token, [...heads, ...lines], pem);
		const covered = Number(/\d+$/.exec(timestamp.covers)?.[0]);
		const moves = entries.slice(0, covered).flatMap(({payload}) => (typeof payload?.at === 'string' ? [payload.at] : []));
		return {timestamp, words: wordsOf(timestamp, {after: entries.length - covered, clock: moves.at(-1)})};
	} catch (error) {
		if (!(error instanceof TimestampError)) throw error;
		return {timestamp: null, problem: `${file}: ${error.message}`};
	}
}

function read(file: string, what: string): Buffer {
	try {
		return readFileSync(file);
	} catch (error) {
		throw fileError(error, file, what);
	}
}

function wordsOf(
	{time, covers, policy, serial, authority, trustedBy}: Timestamp,
	{after, clock}: {readonly after: number; readonly clock: string | undefined},
): string {
	return [
		`${harmless(authority)} had ${covers} at ${time} (timestamp of RFC 3161, policy ${policy}, serial ${serial}).`,
		...(after > 0 ? [`It says nothing of the ${after} lines after that.`] : []),
		trustedBy === null
			? 'Its signature verifies with the certificate that it brought, and anybody can make one: give that of the authority with --tsa-cert.'
			: `Its signature verifies, and ${harmless(trustedBy)}, which you trust, vouches for it.`,
		...(clock !== undefined && Date.parse(clock) > Date.parse(time)
			? [`The last move before it says ${harmless(clock)}, which is later: one of the two clocks is wrong.`]
			: []),
		'Not checked: whether a certificate was revoked, and whether the clock of the authority was right.',
	].join(' ');
}
