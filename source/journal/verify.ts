import {canonicalText, firstDifference} from './canonical.js';
import type {OpenedPayload, Payload} from './chain.js';
import {JournalError, printable, quoted} from './journal-error.js';
import {checkTrailer, type Signer} from './notary.js';
import {openedPayloads, type ParsedJournal, parseJournal, tornSentence} from './parse.js';

/**
 * Plays a game again from what was recorded: yields every payload that should be in the journal, in order, from line 0 on. The list may be the
 * beginning of a game: what the last recorded move causes beyond it may be yielded too. May throw where a recorded move is refused; the
 * error's message is shown.
 */
export type Reexecute = (payloads: readonly OpenedPayload[]) => Iterable<Payload>;

/** The check of a joint output; `field` is the path in the payload that is wrong, and `message` a sentence on why. */
interface OutputCheck {
	readonly valid: boolean;
	readonly field?: string;
	readonly message?: string;
}

export interface VerifyOptions {
	/** Left out: nothing is re-executed. Never called for a seat's copy. */
	readonly reexecute?: Reexecute | undefined;
	/** Checks a payload's joint output with a stock verifier; null when the payload holds none. */
	readonly verifyOutput?: ((payload: OpenedPayload) => OutputCheck | boolean | null) | undefined;
	/** A head that somebody wrote down, at the end or after any turn: some entry must have it. Hex, any case. */
	readonly head?: string | undefined;
	/** Accept a journal without its closing entry. */
	readonly allowUnfinished?: boolean | undefined;
	/** The notary that must have signed: its public key or its fingerprint, in hex of any case, dashes or none. */
	readonly signer?: string | undefined;
	/** Called with each line that was computed again, and how many there are. */
	readonly onLine?: ((line: number, of: number) => void) | undefined;
}

interface Divergence {
	/** 1-based line in the file: the entry's `seq` plus one. */
	readonly line: number;
	readonly field: string;
	readonly message: string;
}

export interface Verification {
	readonly ok: boolean;
	/** Number of entries that the chain holds, up to the first break. */
	readonly entries: number;
	/** Hash of the last of them. */
	readonly head: string;
	readonly closed: boolean;
	/** Entries without a payload: more than 0 in a seat's copy. */
	readonly withheld: number;
	/** Whether every entry was computed again and compared. */
	readonly reexecuted: boolean;
	/** The notary whose signature over the head verifies; null where there is none. */
	readonly signedBy: Signer | null;
	readonly outputs: {readonly checked: number; readonly valid: number};
	/** The first line that is wrong; null when all is well. */
	readonly divergence: Divergence | null;
	/** Only with the option `head`: the line whose entry has that head, or null. */
	readonly headLine?: number | null;
}

/**
 * Verifies a save or a seat's copy: bytes, chain, opened commits and salts, re-execution, joint outputs, the head written down. Throws nothing
 * on bad bytes. What it can't tell: a chain does not stop its owner from writing all of it anew; only a head held by somebody else does.
 */
export function verifyJournal(bytes: Uint8Array, options: VerifyOptions = {}): Verification {
	const journal = parseJournal(bytes);
	const lastLine = Math.max(1, journal.entries.length);
	const found: Divergence[] = [];

	if (journal.broken) found.push({line: journal.broken.line, field: journal.broken.field, message: breakMessage(journal)});
	const reexecute = journal.withheld === 0 && journal.entries.length > 0 ? options.reexecute : undefined;
	const differs = reexecute ? replay(journal, reexecute, options.onLine) : null;
	if (differs) found.push(differs);

	const outputs = {checked: 0, valid: 0};
	for (const {seq, payload} of journal.entries) {
		const check = payload && options.verifyOutput ? checkOutput(payload, options.verifyOutput) : null;
		if (!check) continue;
		outputs.checked++;
		if (check.valid) outputs.valid++;
		else found.push({line: seq + 1, field: check.field ?? 'payload', message: check.message ?? 'The joint output does not verify.'});
	}

	if (journal.torn && !journal.broken) {
		const message =
			lastLine === journal.torn.line
				? 'The file holds no whole line of a journal.'
				: `${tornSentence(journal.torn)} Resuming the game cuts it.`;
		found.push({line: journal.torn.line, field: 'newline', message});
	}
	let signedBy: Signer | null = null;
	if (journal.trailer && !journal.broken) {
		const answer = checkTrailer(journal.trailer, {head: journal.head, entries: journal.entries.length});
		if ('signer' in answer) signedBy = answer.signer;
		else found.push({line: journal.entries.length + 1, field: 'trailer', message: answer.problem});
	}
	if (found.length === 0) {
		const missing = signatureMissing(journal, signedBy, options.signer);
		if (missing !== null) found.push({line: journal.entries.length + 1, field: 'trailer', message: missing});
	}
	// Findings on the journal as a whole count only where every line is sound.
	if (found.length === 0 && bytes.length === 0) found.push({line: 1, field: 'line', message: 'The file is empty.'});
	if (found.length === 0 && !journal.closed && !options.allowUnfinished) {
		found.push({
			line: lastLine,
			field: 'closed',
			message: 'The journal has no closing entry: the game is unfinished, or its end was removed.',
		});
	}
	let headLine: number | null = null;
	if (options.head !== undefined) {
		const wanted = options.head.trim().toLowerCase();
		const holder = journal.entries.find(entry => entry.hash === wanted);
		headLine = holder ? holder.seq + 1 : null;
		if (!holder && found.length === 0) {
			const message = `No entry has the head ${printable(wanted.slice(0, 64))}; the last one here has ${journal.head}.`;
			found.push({line: lastLine, field: 'head', message});
		}
	}

	// The earliest line counts; on one line, the order of the checks above.
	const divergence = found.reduce<Divergence | null>((first, next) => (first && first.line <= next.line ? first : next), null);
	return {
		ok: divergence === null,
		entries: journal.entries.length,
		head: journal.head,
		closed: journal.closed,
		withheld: journal.withheld,
		reexecuted: reexecute !== undefined && differs === null && journal.broken === null,
		signedBy,
		outputs,
		divergence,
		...(options.head === undefined ? {} : {headLine}),
	};
}

/**
 * Compares each recorded payload with the one that re-execution yields. All entries must be open. An unfinished journal may lack the last
 * events of its last move, which a crash kept from the disk.
 */
function replay(journal: ParsedJournal, reexecute: Reexecute, onLine: VerifyOptions['onLine']): Divergence | null {
	const {entries} = journal;
	let line = 1;
	try {
		for (const expected of reexecute(openedPayloads(journal))) {
			const entry = entries[line - 1];
			if (!entry) {
				if (journal.broken || !journal.closed) break;
				return {line, field: 'payload', message: 'Re-execution yields another entry here, and the journal has none.'};
			}
			if (canonicalText(expected) !== entry.body) return difference(entry.payload, expected, line);
			onLine?.(line, entries.length);
			line++;
		}
	} catch (error) {
		if (line > entries.length && journal.broken) return null;
		const reason = printable(error instanceof JournalError ? error.fault.what : error instanceof Error ? error.message : String(error));
		return {line, field: 'payload', message: `Re-execution stops here: ${reason}`};
	}
	return line <= entries.length ? {line, field: 'payload', message: 'Re-execution yields no entry here.'} : null;
}

function difference(recorded: OpenedPayload | undefined, expected: Payload, line: number): Divergence {
	const first = firstDifference(recorded, expected);
	const field = first?.path ?? 'payload';
	return {line, field, message: `The journal says ${quoted(first?.left)}; re-execution gives ${quoted(first?.right)}.`};
}

function checkOutput(payload: OpenedPayload, verifyOutput: NonNullable<VerifyOptions['verifyOutput']>): OutputCheck | null {
	try {
		const check = verifyOutput(payload);
		return typeof check === 'boolean' ? {valid: check} : check;
	} catch (error) {
		const reason = printable(error instanceof Error ? error.message : String(error));
		return {valid: false, message: `The joint output can't be checked: ${reason}`};
	}
}

/** What is wrong with the signatures of a journal that is sound otherwise; null when nothing is. */
function signatureMissing({closed, entries}: ParsedJournal, signedBy: Signer | null, wanted: string | undefined): string | null {
	const plain = (text: string) => text.replace(/[^0-9a-f]/gi, '').toLowerCase();
	if (wanted !== undefined && closed) {
		if (signedBy === null) return 'No notary signed this journal.';
		const isIt = [signedBy.publicKey, signedBy.fingerprint].some(text => plain(text) === plain(wanted));
		return isIt ? null : `Another notary signed it: ${signedBy.fingerprint}.`;
	}
	if (wanted !== undefined) return 'No notary signs a journal before it is closed.';
	if (closed && signedBy === null && entries.at(-1)?.payload?.signed === true)
		return 'The closing entry says that a notary signed; the signature was removed, or never written.';
	return null;
}

function breakMessage({broken}: ParsedJournal): string {
	return broken?.column === undefined ? (broken?.message ?? '') : `Column ${broken.column}: ${broken.message}`;
}
