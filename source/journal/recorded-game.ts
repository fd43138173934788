/** A game that is written down: what the engine decides is on the disk, chained, before it is true. */
import {randomBytes} from 'node:crypto';
import {fold} from '../engine/apply.js';
import {decide, type Input} from '../engine/decide.js';
import type {EventOf, GameEvent} from '../engine/events.js';
import {type Game, initialState} from '../engine/game.js';
import type {GameState} from '../engine/state.js';
import {type Chain, extend, type Payload, startChain} from './chain.js';
import {JournalFile} from './file.js';
import {JournalError} from './journal-error.js';
import type {Notary} from './notary.js';
import {FIRST_EVENT, type Opened, type Opening, type OpeningOptions, open, type Sealed} from './opening.js';
import {brokenError, copyError, openedPayloads, parseJournal} from './parse.js';
import {type LookedAt, type ReadSave, type Rebuilt, readSave, rebuild, refold} from './read-save.js';
import {loadJournal, Recorder} from './recorder.js';

/** What came of a move: the events it caused, or why it is refused (nothing is recorded then). */
export type Submitted =
	| {readonly ok: true; readonly events: readonly GameEvent[]}
	| {readonly ok: false; readonly message: string; readonly column?: number; readonly hint?: string};

/** Decides a move of a game somewhere else, such as in another thread. */
export type Decide = (recorded: RecordedGame, input: Input) => Promise<Submitted>;

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
			return RecordedGame.#goOn(file, read, {...refold(read), notary});
		} catch (error) {
			file.close();
			throw error;
		}
	}

	static #goOn(
		file: JournalFile,
		read: ReadSave,
		{opening, state, events, notary}: Omit<Rebuilt, 'missing'> & {readonly notary?: Notary | undefined},
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
		return RecordedGame.#toLook(path, journal.head, rebuild(path, openedPayloads(journal)));
	}

	/** The same, from what somebody else read of the file: see `readToLook`. */
	static from(path: string, read: LookedAt): RecordedGame {
		return RecordedGame.#toLook(path, read.heads.at(-1) ?? '', refold(read));
	}

	/**
	 * Reads what can still be read of a save that does not verify: its sound lines from the first on, taken as they are. Nothing is computed again,
	 * so nothing that comes of it proves anything. It can't be played on.
	 * @throws {JournalError} for a seat's copy, and where the lines make no game.
	 */
	static salvage(bytes: Uint8Array, path: string): RecordedGame {
		const journal = parseJournal(bytes);
		if (journal.withheld > 0) throw copyError(path, journal);
		return RecordedGame.#toLook(path, journal.head, rebuild(path, openedPayloads(journal), true));
	}

	static #toLook(path: string | undefined, head: string, {opening, state, events}: Omit<Rebuilt, 'missing'>): RecordedGame {
		return new RecordedGame(opening, {head, append: refuseToWrite, close() {}}, {path, state, events});
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
