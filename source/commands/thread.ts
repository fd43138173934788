/** Asks the work thread, and decides moves with it. Its program is imported there alone: this side knows its types. */
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {Worker} from 'node:worker_threads';
import type {GameEvent} from '../engine/events.js';
import type {Side} from '../engine/view.js';
import {JournalError, type JournalFault} from '../journal/journal-error.js';
import type {Notary} from '../journal/notary.js';
import {type Decide, RecordedGame} from '../journal/recorded-game.js';
import {CommandError, type ExitStatus} from './command-error.js';
import {movesOf} from './opponents.js';
import {packageFolder} from './paths.js';
import type {Asked, Progress, Since, Told, Work} from './work-thread.js';

/** The thread was ended while somebody waited for it. */
export class ThreadEnded extends Error {
	override readonly name = 'ThreadEnded';
}

interface Waiting {
	resolve(value: unknown): void;
	reject(error: Error): void;
}

/** A thread that works. It keeps no process alive while nothing is asked of it. */
export class WorkThread {
	readonly #worker: Worker;
	readonly #waiting = new Map<number, Waiting>();
	readonly #onProgress: (progress: Progress) => void;
	#asked = 0;
	#failure: Error | undefined;

	constructor(onProgress: (progress: Progress) => void = () => {}) {
		this.#onProgress = onProgress;
		this.#worker = new Worker(pathToFileURL(join(packageFolder(), 'dist', 'work-thread.js')), {stdin: false});
		this.#worker.unref();
		this.#worker.on('message', (told: Told) => this.#hear(told));
		this.#worker.on('error', error => this.#fail(error instanceof Error ? error : new Error(String(error))));
		this.#worker.on('exit', () => this.#fail(new Error('the thread that works has ended')));
	}

	/** @throws what the work threw there, and {ThreadEnded} where the thread is ended in the meantime. */
	ask<K extends keyof Work>(name: K, ...given: Parameters<Work[K]>): Promise<Awaited<ReturnType<Work[K]>>> {
		return new Promise((resolve, reject) => {
			if (this.#failure) return reject(this.#failure);
			this.#asked += 1;
			this.#waiting.set(this.#asked, {resolve: value => resolve(value as Awaited<ReturnType<Work[K]>>), reject});
			this.#worker.ref();
			this.#worker.postMessage({id: this.#asked, name, given} satisfies Asked);
		});
	}

	/** Ends the thread in the middle of whatever it does. */
	end(): void {
		this.#fail(new ThreadEnded('the thread that works was ended'));
		void this.#worker.terminate();
	}

	#hear(told: Told): void {
		if ('progress' in told) {
			this.#onProgress(told.progress);
			return;
		}
		const waiting = this.#waiting.get(told.id);
		this.#waiting.delete(told.id);
		if (this.#waiting.size === 0) this.#worker.unref();
		if ('done' in told) waiting?.resolve(told.done);
		else waiting?.reject(errorOf(told.failed));
	}

	#fail(error: Error): void {
		this.#failure ??= error;
		for (const {reject} of this.#waiting.values()) reject(this.#failure);
		this.#waiting.clear();
		this.#worker.unref();
	}
}

/** An error that crossed from the other thread. */
function errorOf(failed: unknown): Error {
	const {message, stack, fault, exitStatus} = failed as {message: string; stack?: string; fault?: JournalFault; exitStatus?: ExitStatus};
	if (fault) return new JournalError(fault);
	if (exitStatus !== undefined) return new CommandError(message, exitStatus);
	return Object.assign(new Error(message), stack === undefined ? {} : {stack});
}

/** Who decides the moves of a recorded game, and chooses those of its bots. */
export interface Decider {
	readonly decide: Decide;
	/** The next move of a bot. */
	next(recorded: RecordedGame, side: Side, bot: string): Promise<string>;
	/** Called while a decision is made; returns how to stop it. */
	watch(listener: (progress: Progress) => void): () => void;
	end(): void;
}

/** Decides in a thread, which keeps a state in step with the game: what one side has and the other lacks goes across with each question. */
export class ThreadDecider implements Decider {
	readonly #thread: WorkThread;
	readonly #listeners = new Set<(progress: Progress) => void>();
	/** How many events the thread has. */
	#known = 0;
	/** What was decided last. */
	#decided: readonly GameEvent[] = [];

	private constructor() {
		this.#thread = new WorkThread(progress => {
			for (const listener of this.#listeners) listener(progress);
		});
	}

	/** For a game that nothing has happened in. */
	static for({game: {scenario, seed, suite, deal}}: RecordedGame): ThreadDecider {
		const decider = new ThreadDecider();
		// What goes wrong here goes wrong with the next question too, and is told there.
		decider.#thread.ask('open', {scenario, seed, suite, world: deal.world}).catch(() => {});
		return decider;
	}

	/**
	 * Opens a save to go on with, read and decided again by the thread.
	 * @throws {JournalError} as `RecordedGame.resume` does
	 */
	static async resume(path: string, notary: Notary | undefined): Promise<{recorded: RecordedGame; decider: ThreadDecider}> {
		const decider = new ThreadDecider();
		try {
			const recorded = await RecordedGame.resumeBy((file, bytes) => decider.#thread.ask('resume', file, bytes), path, notary);
			decider.#known = recorded.events.length;
			return {recorded, decider};
		} catch (error) {
			decider.end();
			throw error;
		}
	}

	readonly decide: Decide = async (recorded, input) => {
		const found = await this.#thread.ask('decide', this.#since(recorded), input);
		this.#decided = found.ok ? found.events : [];
		return found;
	};

	next(recorded: RecordedGame, side: Side, bot: string): Promise<string> {
		return this.#thread.ask('next', this.#since(recorded), side, bot, movesOf(recorded.events, side));
	}

	watch(listener: (progress: Progress) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	end(): void {
		this.#thread.end();
	}

	/** What the thread lacks. A move that it decided is known by its events, which the game took over as they came. */
	#since({events}: RecordedGame): Since {
		const [first] = this.#decided;
		const isTaken = first !== undefined && events[this.#known] === first;
		const since: Since = {isTaken, events: events.slice(this.#known + (isTaken ? this.#decided.length : 0))};
		this.#known = events.length;
		this.#decided = [];
		return since;
	}
}
