/** A journal that is written: started, gone on with after a crash, and appended to move by move. */
import {type Chain, extend, isClosing, type OpenedPayload, type Payload, saltKeyOf, startChain} from './chain.js';
import {JournalFile, readJournalFile} from './file.js';
import {JournalError} from './journal-error.js';
import {type Notary, notarise} from './notary.js';
import {brokenError, copyError, openedPayloads, type ParsedJournal, parseJournal, tornSentence} from './parse.js';

/** What `resume` found. */
export interface Resumed {
	readonly recorder: Recorder;
	readonly payloads: readonly OpenedPayload[];
	/** The torn last line that was cut off, with a sentence to show; null when there was none. */
	readonly cut: {readonly line: number; readonly bytes: number; readonly message: string} | null;
}

/** What is read of a journal to go on with it: plain data, so that another thread can read it. */
export interface Resumable extends Pick<ParsedJournal, 'head' | 'wholeBytes' | 'torn'> {
	readonly seed: string;
	readonly payloads: readonly OpenedPayload[];
}

/** @throws JournalError when the bytes are damaged, closed, a seat's copy, or have no seed to go on with. */
export function readToResume(path: string, bytes: Uint8Array): Resumable {
	const journal = parseJournal(bytes);
	const seed = resumableSeed(path, journal);
	const {head, wholeBytes, torn} = journal;
	return {seed, head, wholeBytes, torn, payloads: openedPayloads(journal)};
}

/** A journal that is open for writing: every `append` is on the disk, chained, when it returns. */
export class Recorder {
	#chain: Chain;
	readonly #file: JournalFile;

	private constructor(file: JournalFile, chain: Chain) {
		this.#file = file;
		this.#chain = chain;
	}

	/**
	 * Starts a new journal with its first payloads: line 0 (with `format`), line 1 (with `seed`), and whatever follows at once.
	 * @throws JournalError when the file can't be created or the payloads don't open a journal; no half-started file is left behind.
	 */
	static create<P extends Payload>(path: string, seed: string, opening: readonly P[]): Recorder {
		const {chain, lines} = extend(startChain(seed), opening);
		if (lines.length < 2) throw new JournalError({what: 'A journal starts with two entries: its format and its seed.'});
		const file = JournalFile.create(path);
		try {
			file.append(lines.join(''));
		} catch (error) {
			file.discard();
			throw error;
		}
		return new Recorder(file, chain);
	}

	/**
	 * Starts a journal with the first lines of another one, byte for byte, and what makes it a game of its own.
	 * @throws JournalError when the file can't be created; no half-started file is left behind.
	 */
	static branch<P extends Payload>(
		path: string,
		{seed, lines, head}: {readonly seed: string; readonly lines: readonly string[]; readonly head: string},
		first: P,
	): void {
		const own = extend({saltKey: saltKeyOf(seed), entries: lines.length, head, closed: false}, [first]).lines;
		const file = JournalFile.create(path);
		try {
			file.append([...lines, ...own].join(''));
			file.close();
		} catch (error) {
			file.discard();
			throw error;
		}
	}

	/**
	 * Opens an unfinished journal to go on. Cuts a torn last line, and changes nothing else.
	 * @throws JournalError when the file is locked, damaged (nothing is cut then), closed, a seat's copy, or has no seed to go on with.
	 */
	static resume(path: string): Resumed {
		const {file, bytes} = JournalFile.open(path);
		try {
			const found = readToResume(path, bytes);
			return {...Recorder.on(file, found), payloads: found.payloads};
		} catch (error) {
			file.close();
			throw error;
		}
	}

	/** Goes on in a file that was opened and read. Cuts a torn last line. */
	static on(file: JournalFile, {seed, payloads, head, wholeBytes, torn}: Resumable): Omit<Resumed, 'payloads'> {
		if (torn) file.cut(wholeBytes);
		const recorder = new Recorder(file, {saltKey: saltKeyOf(seed), entries: payloads.length, head, closed: false});
		const cut = torn && {...torn, message: `${tornSentence(torn)} It was cut off; the game goes on after line ${payloads.length}.`};
		return {recorder, cut};
	}

	get path(): string {
		return this.#file.path;
	}

	/** Hash of the last entry, hex. */
	get head(): string {
		return this.#chain.head;
	}

	/** Number of entries. */
	get entries(): number {
		return this.#chain.entries;
	}

	/** Whether the closing entry was written. */
	get closed(): boolean {
		return this.#chain.closed;
	}

	/**
	 * Appends one move with all that followed from it: one write, one fsync. Nothing is recorded when it throws.
	 * @throws JournalError for payloads that can't be recorded and for whatever the disk refuses.
	 */
	append<P extends Payload>(payloads: readonly P[]): {readonly lines: readonly string[]; readonly head: string} {
		const {chain, lines} = extend(this.#chain, payloads);
		if (lines.length > 0) this.#file.append(lines.join(''));
		this.#chain = chain;
		return {lines, head: chain.head};
	}

	/**
	 * Lets a notary sign the head, in a line after the closing entry.
	 * @throws JournalError before the closing entry, and for whatever the disk refuses: the journal is closed and whole then, and not signed.
	 */
	seal(notary: Notary): void {
		if (!this.closed) throw new JournalError({file: this.path, what: 'A notary signs closed journals only.'});
		this.#file.append(notarise(notary, {head: this.head, entries: this.entries}));
	}

	/** Closes the file and releases the lock. The journal stays unfinished unless its closing entry was appended. */
	close(): void {
		this.#file.close();
	}
}

/**
 * Lets a notary sign a closed save that has no signature yet.
 * @throws JournalError for a save that is open elsewhere, damaged, not closed, or signed already; nothing is changed then.
 */
export function sealSave(path: string, notary: Notary): void {
	const {file, bytes} = JournalFile.open(path);
	try {
		const {broken, torn, closed, trailer, head, entries} = parseJournal(bytes);
		if (broken) throw brokenError(path, broken);
		if (torn || !closed) throw new JournalError({file: path, what: 'This game is not closed yet.', next: 'Finish it first.'});
		if (trailer) throw new JournalError({file: path, what: 'This save is signed already.'});
		file.append(notarise(notary, {head, entries: entries.length}));
	} finally {
		file.close();
	}
}

/**
 * Reads a save to look at it: sound up to its end, except that its last line may be torn.
 * @throws JournalError naming file, line and column of the damage.
 */
export function loadJournal(path: string): ParsedJournal {
	return soundJournal(readJournalFile(path), path);
}

/** The same, of a file that was read. */
export function soundJournal(bytes: Uint8Array, path: string): ParsedJournal {
	const journal = parseJournal(bytes);
	if (journal.broken) throw brokenError(path, journal.broken);
	if (journal.entries.length === 0) throw withoutStart(path, journal);
	return journal;
}

function resumableSeed(path: string, journal: ParsedJournal): string {
	const {broken, closed, withheld, seed, entries} = journal;
	if (broken) throw brokenError(path, broken);
	if (closed) {
		const next = 'Replay it, or read its debrief.';
		throw new JournalError({
			file: path,
			line: entries.findIndex(entry => isClosing(entry.payload)) + 1,
			what: 'This game is finished.',
			next,
		});
	}
	if (entries.length === 0) throw withoutStart(path, journal);
	if (withheld > 0) throw copyError(path, journal, 'Resume the game where its whole save lies.');
	if (seed === null) throw withoutStart(path, journal);
	return seed;
}

function withoutStart(path: string, journal: ParsedJournal): JournalError {
	const what = journal.torn || journal.entries.length > 0 ? 'The file has no whole first two lines.' : 'The file is empty.';
	return new JournalError({
		file: path,
		line: 1,
		what,
		expected: 'a save, which starts with its format and its seed',
		next: 'Start a new game.',
	});
}
