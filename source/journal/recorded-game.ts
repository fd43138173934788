/** A game that is written down: what the engine decides is on the disk, chained, before it is true. */
import {randomBytes} from 'node:crypto';
import {basename} from 'node:path';
import {fold} from '../engine/apply.js';
import {decide, type Input} from '../engine/decide.js';
import type {EventOf, GameEvent} from '../engine/events.js';
import {type Game, initialState} from '../engine/game.js';
import type {GameState} from '../engine/state.js';
import {canonicalText, firstDifference} from './canonical.js';
import {type Chain, extend, type OpenedPayload, type Payload, startChain} from './chain.js';
import {JournalFile} from './file.js';
import {JournalError, quoted} from './journal-error.js';
import type {Notary} from './notary.js';
import {type Opened, type Opening, type OpeningOptions, open, reopen, type Sealed} from './opening.js';
import {brokenError, openedPayloads, type ParsedJournal, parseJournal} from './parse.js';
import {decideAgain, startsGroup} from './re-execution.js';
import {loadJournal, Recorder, type Resumable, readToResume, soundJournal} from './recorder.js';

/** What came of a move: the events it caused, or why it is refused (nothing is recorded then). */
export type Submitted =
	| {readonly ok: true; readonly events: readonly GameEvent[]}
	| {readonly ok: false; readonly message: string; readonly column?: number; readonly hint?: string};

/** Decides a move of a game somewhere else, such as in another thread. */
export type Decide = (recorded: RecordedGame, input: Input) => Promise<Submitted>;

/** What was read of a save to go on with it: plain data. */
export interface ReadSave extends Resumable {
	/** Events that followed from the last move and are not in the file. */
	readonly missing: readonly GameEvent[];
}

/**
 * Reads a save to go on with it, and decides its last move again.
 * @returns what `RecordedGame.resumeBy` needs, and the game with its state after all of it
 * @throws {JournalError} for saves that are damaged, closed, a seat's copy, or of other rules.
 */
export function readSave(path: string, bytes: Uint8Array): {readonly read: ReadSave; readonly rebuilt: Rebuilt} {
	const found = readToResume(path, bytes);
	const rebuilt = rebuild(path, found.payloads);
	return {read: {...found, missing: rebuilt.missing}, rebuilt};
}

/** What was read of a save to look at it: plain data. */
export interface LookedAt {
	readonly payloads: readonly OpenedPayload[];
	/** Events that followed from the last move and are not in the file. */
	readonly missing: readonly GameEvent[];
	/** Head of the journal after each line of the file. */
	readonly heads: readonly string[];
}

/** @throws {JournalError} as `RecordedGame.load` does. */
export function readToLook(bytes: Uint8Array, path: string): LookedAt {
	const journal = soundJournal(bytes, path);
	if (journal.withheld > 0) throw copyError(path, journal);
	const payloads = openedPayloads(journal);
	return {payloads, missing: rebuild(path, payloads).missing, heads: journal.entries.map(({hash}) => hash)};
}

export interface CreateOptions extends Omit<OpeningOptions, 'seed' | 'seedWas'> {
	/** Any text; left out, the seed is 256 random bits. */
	readonly seed?: string | undefined;
	/** The save's file; left out, the game is chained but kept in memory only. */
	readonly path?: string | undefined;
	/** Signs the head when the game is closed. */
	readonly notary?: Notary | undefined;
}

/** Where a game's lines go: a file under its lock, memory, or nowhere (a game that is only looked at). */
interface Log {
	readonly head: string;
	append(payloads: readonly Payload[]): void;
	/** Writes a notary's signature after the closing entry. */
	seal?(notary: Notary): void;
	close(): void;
}

/** The seq of the first event: lines 0 and 1 open the game. */
const FIRST_EVENT = 2;

interface Start {
	readonly path?: string | undefined;
	readonly state: GameState;
	readonly events: GameEvent[];
	readonly mended?: readonly string[];
	readonly notary?: Notary | undefined;
}

export class RecordedGame {
	readonly game: Game;
	readonly opened: Opened;
	readonly sealed: Sealed;
	/** The save's file; undefined for a game in memory. */
	readonly path: string | undefined;
	/** What resuming mended, a sentence each. */
	readonly mended: readonly string[];
	#state: GameState;
	readonly #events: GameEvent[];
	readonly #log: Log;
	readonly #notary: Notary | undefined;

	private constructor({game, opened, sealed}: Opening, log: Log, {path, state, events, mended = [], notary}: Start) {
		this.game = game;
		this.opened = opened;
		this.sealed = sealed;
		this.path = path;
		this.mended = mended;
		this.#log = log;
		this.#notary = notary;
		this.#state = state;
		this.#events = events;
	}

	/**
	 * Deals a game and writes its first two lines.
	 * @throws {JournalError} for an empty seed, an unknown world, and a file that can't be created.
	 */
	static create(options: CreateOptions): RecordedGame {
		const {path, notary, seed = randomBytes(32).toString('hex'), ...rest} = options;
		const opening = open({...rest, seed, seedWas: options.seed === undefined ? 'drawn' : 'typed'});
		const lines = [opening.opened, opening.sealed];
		const log = path === undefined ? inMemory(seed, lines) : Recorder.create(path, seed, lines);
		return new RecordedGame(opening, log, {path, notary, state: initialState(opening.game), events: []});
	}

	/**
	 * Opens an unfinished save to play on, under its lock. A torn last line is cut. A last move of which a crash kept some events from the disk
	 * is decided again, and what is missing is written, so that no move that is on the disk is lost.
	 * @throws {JournalError} for saves that are locked, damaged, closed, a seat's copy, or of other rules; nothing is changed then.
	 */
	static resume(path: string, notary?: Notary): RecordedGame {
		const {file, bytes} = JournalFile.open(path);
		try {
			const {read, rebuilt} = readSave(path, bytes);
			return RecordedGame.#goOn(file, read, {...rebuilt, notary});
		} catch (error) {
			file.close();
			throw error;
		}
	}

	/** The same, where somebody else reads the bytes: see `readSave`. */
	static async resumeBy(
		readElsewhere: (path: string, bytes: Uint8Array) => Promise<ReadSave>,
		path: string,
		notary?: Notary,
	): Promise<RecordedGame> {
		const {file, bytes} = JournalFile.open(path);
		try {
			const read = await readElsewhere(path, bytes);
			const opening = reopen(read.payloads);
			const events = [...(read.payloads.slice(FIRST_EVENT) as unknown as GameEvent[]), ...read.missing];
			return RecordedGame.#goOn(file, read, {opening, events, state: fold(initialState(opening.game), events), notary});
		} catch (error) {
			file.close();
			throw error;
		}
	}

	static #goOn(
		file: JournalFile,
		read: ReadSave,
		{opening, state, events, notary}: Pick<Rebuilt, 'opening' | 'state' | 'events'> & {readonly notary?: Notary | undefined},
	): RecordedGame {
		const {missing} = read;
		const {recorder, cut} = Recorder.on(file, read);
		recorder.append(missing);
		const written = `The last move was half written: ${missing.length} entries that followed from it were added.`;
		const mended = [...(cut ? [cut.message] : []), ...(missing.length > 0 ? [written] : [])];
		return new RecordedGame(opening, recorder, {path: file.path, notary, state, events, mended});
	}

	/**
	 * Reads a save, finished or not, to look at it. It can't be played on.
	 * @throws {JournalError} for saves that are damaged, a seat's copy, or of other rules.
	 */
	static load(source: string | Uint8Array): RecordedGame {
		const path = typeof source === 'string' ? source : undefined;
		const journal = typeof source === 'string' ? loadJournal(source) : parseJournal(source);
		if (journal.broken) throw brokenError(path, journal.broken);
		if (journal.withheld > 0) throw copyError(path, journal);
		const {opening, state, events} = rebuild(path, openedPayloads(journal));
		return new RecordedGame(opening, {head: journal.head, append: refuseToWrite, close() {}}, {path, state, events});
	}

	/** The same, from what somebody else read of the file: see `readToLook`. */
	static from(path: string, {payloads, missing, heads}: LookedAt): RecordedGame {
		const opening = reopen(payloads);
		const events = [...(payloads.slice(FIRST_EVENT) as unknown as GameEvent[]), ...missing];
		const state = fold(initialState(opening.game), events);
		return new RecordedGame(opening, {head: heads.at(-1) ?? '', append: refuseToWrite, close() {}}, {path, state, events});
	}

	/**
	 * Reads what can still be read of a save that does not verify: its sound lines from the first on, taken as they are. Nothing is computed again,
	 * so nothing that comes of it proves anything. It can't be played on.
	 * @throws {JournalError} for a seat's copy, and where the lines make no game.
	 */
	static salvage(bytes: Uint8Array, path: string): RecordedGame {
		const journal = parseJournal(bytes);
		if (journal.withheld > 0) throw copyError(path, journal);
		const {opening, state, events} = rebuild(path, openedPayloads(journal), true);
		return new RecordedGame(opening, {head: journal.head, append: refuseToWrite, close() {}}, {path, state, events});
	}

	/**
	 * Writes a branch: a new save with the first `line` lines of another one, byte for byte, and its name. The other save is only read.
	 * @param line the last line to keep, counted from 1: the end of a move, or line 2
	 * @throws {JournalError} for a line in the middle of a move or after the end of the game, and for saves that can't be loaded.
	 */
	static branch(from: string, {line, name, to}: {readonly line: number; readonly name: string; readonly to: string}): void {
		const journal = loadJournal(from);
		const {seed, entries, withheld} = journal;
		if (withheld > 0 || seed === null) throw copyError(from, journal);
		const kept = entries.slice(0, line);
		const after = entries[line]?.payload;
		if (line < FIRST_EVENT || kept.length < line || (after && !startsGroup(after)))
			throw new JournalError({file: from, line, what: 'No move ends with this line.', next: 'Branch at the end of a move.'});
		const {state, missing} = rebuild(from, openedPayloads({entries: kept}));
		if (missing.length > 0 || state.end !== undefined)
			throw new JournalError({file: from, line, what: 'The game does not go on after this line.', next: 'Branch at an earlier move.'});
		const branched: GameEvent = {type: 'branched', audience: 'public', name, of: basename(from), line};
		Recorder.branch(to, {seed, lines: kept.map(({text}) => `${text}\n`), head: kept.at(-1)!.hash}, branched);
	}

	/** The branches that this game comes from, the last of them its own. */
	get branches(): readonly EventOf<'branched'>[] {
		return this.#events.filter(event => event.type === 'branched');
	}

	get state(): GameState {
		return this.#state;
	}

	/** Every event so far, in order. */
	get events(): readonly GameEvent[] {
		return this.#events;
	}

	/** Hex of the journal's last hash. */
	get head(): string {
		return this.#log.head;
	}

	get isClosed(): boolean {
		return this.#events.at(-1)?.type === 'closed';
	}

	/** Every event with its line in the save, counted from 1 as people count lines. */
	get entries(): readonly {readonly line: number; readonly event: GameEvent}[] {
		return this.#events.map((event, index) => ({line: index + FIRST_EVENT + 1, event}));
	}

	/**
	 * Decides a move, writes all that follows from it in one write and one fsync, and then takes over the new state. Where there is a notary, the
	 * table's `close` says that it signs, and it does.
	 * @throws {JournalError} when it can't be written: the game stands where it stood; a closed one is whole and lacks its signature.
	 */
	submit(input: Input): Submitted {
		if (isHalf(input)) return half;
		const decided = decide(this.game, this.#state, this.#signed(input));
		if (!decided.ok) return decided;
		this.#take(input, decided.events, decided.state);
		return {ok: true, events: decided.events};
	}

	/**
	 * The same, where somebody else decides: this thread writes, and folds what is written. One move at a time.
	 * @throws {JournalError} as `submit` does.
	 */
	async submitBy(decideElsewhere: Decide, input: Input): Promise<Submitted> {
		if (isHalf(input)) return half;
		const before = this.#state;
		const decided = await decideElsewhere(this, this.#signed(input));
		if (!decided.ok) return decided;
		if (this.#state !== before) throw new Error('two moves were decided at once');
		this.#take(input, decided.events, fold(before, decided.events));
		return decided;
	}

	#seals({side, text}: Input): boolean {
		return this.#notary !== undefined && this.#log.seal !== undefined && side === 'table' && text.trim() === 'close';
	}

	#signed(input: Input): Input {
		return this.#seals(input) ? {...input, text: 'close signed=yes'} : input;
	}

	#take(input: Input, events: readonly GameEvent[], state: GameState): void {
		this.#log.append(events);
		this.#state = state;
		for (const event of events) this.#events.push(event);
		if (this.#notary && this.#seals(input)) this.#log.seal?.(this.#notary);
	}

	/** Closes the file and releases its lock; the game can be resumed unless it has ended. */
	close(): void {
		this.#log.close();
	}
}

const half = {ok: false, message: 'the line holds half of a character; write it again'} as const;

function isHalf({text}: Input): boolean {
	return /\p{Surrogate}/u.test(text);
}

function inMemory(seed: string, opening: readonly Payload[]): Log {
	let chain: Chain = extend(startChain(seed), opening).chain;
	return {
		get head() {
			return chain.head;
		},
		append(payloads) {
			chain = extend(chain, payloads).chain;
		},
		close() {},
	};
}

function refuseToWrite(): never {
	throw new JournalError({what: 'This save was opened to be read.', next: 'Resume the game to play on.'});
}

export interface Rebuilt {
	readonly opening: Opening;
	readonly state: GameState;
	readonly events: GameEvent[];
	/** Events of the last move that are not in the file. */
	readonly missing: readonly GameEvent[];
}

/** Folds the events of a journal; only the last move is decided again (unless `asItIs`), to learn whether all that followed from it is there. */
function rebuild(file: string | undefined, payloads: readonly OpenedPayload[], asItIs = false): Rebuilt {
	try {
		const opening = reopen(payloads);
		const events = payloads.slice(FIRST_EVENT) as unknown as GameEvent[];
		const start = events.findLastIndex(startsGroup);
		if (start < 0 || asItIs) return {opening, state: fold(initialState(opening.game), events), events, missing: []};
		const before = fold(initialState(opening.game), events.slice(0, start));
		const again = decideAgain(opening.game, before, payloads[start + FIRST_EVENT]!, start + FIRST_EVENT);
		compare(events.slice(start), again.events, start + FIRST_EVENT + 1);
		const missing = again.events.slice(events.length - start);
		return {opening, state: again.state, events: [...events, ...missing], missing};
	} catch (error) {
		if (error instanceof JournalError) throw new JournalError({...(file === undefined ? {} : {file}), ...error.fault});
		const reason = error instanceof Error ? error.message : String(error);
		throw new JournalError({
			...(file === undefined ? {} : {file}),
			what: `The save makes no game: ${reason}.`,
			next: 'Verify it to see its first wrong line.',
			cause: error,
		});
	}
}

function compare(recorded: readonly GameEvent[], expected: readonly GameEvent[], line: number): void {
	recorded.forEach((event, index) => {
		const again = expected[index];
		if (again && canonicalText(again) === canonicalText(event)) return;
		const first = firstDifference(event, again);
		throw new JournalError({
			line: line + index,
			what: `The journal says ${quoted(first?.left)}; re-execution gives ${quoted(first?.right)} (field ${first?.path ?? 'payload'}).`,
			next: 'The save comes from another version of the program or was changed; it can be replayed there, not continued here.',
			exitStatus: 1,
		});
	});
}

function copyError(file: string | undefined, {withheld, entries}: ParsedJournal): JournalError {
	return new JournalError({
		...(file === undefined ? {} : {file}),
		what: `This is a seat's copy: ${withheld} of ${entries.length} entries are withheld.`,
		expected: 'the whole save',
		next: 'A copy can be verified; everything else needs the whole save.',
	});
}
