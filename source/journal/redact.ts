import {lineText, type OpenedPayload} from './chain.js';
import {JournalError} from './journal-error.js';
import {brokenError, parseJournal, tornSentence} from './parse.js';

/**
 * A seat's copy of a journal: the same chain, with salt and payload only where the seat may read them. Whoever holds it can verify chain and
 * opened lines; the commits of the others tell nothing without their salts. Line 0 is always open, a trailer is kept, and what the
 * source withholds stays withheld. Never open line 1 to a seat during a game: its seed yields every salt.
 * @throws JournalError for bytes that are not a sound, whole journal.
 */
export function redact(bytes: Uint8Array, mayRead: (audience: string, payload: OpenedPayload) => boolean): Buffer {
	const journal = parseJournal(bytes);
	if (journal.broken) throw brokenError(undefined, journal.broken);
	if (journal.torn) {
		throw new JournalError({
			line: journal.torn.line,
			what: tornSentence(journal.torn),
			next: 'Resume the game to cut this line, then make the copy.',
		});
	}
	if (journal.entries.length === 0) throw new JournalError({what: 'The journal is empty.', expected: 'at least its first line'});
	const lines = journal.entries.map(entry => {
		const open = entry.payload && (entry.seq === 0 || mayRead(entry.payload.audience, entry.payload));
		return `${open ? entry.text : lineText(entry, undefined)}\n`;
	});
	const copy = Buffer.from(lines.join(''), 'utf8');
	if (!journal.trailer) return copy;
	const chainEnd = Buffer.byteLength(journal.entries.map(entry => `${entry.text}\n`).join(''), 'utf8');
	return Buffer.concat([copy, bytes.subarray(chainEnd)]);
}
