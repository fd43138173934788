/** Who decides the moves of a game: the work thread, in step with it. */
import type {GameEvent} from '../engine/events.js';
import type {Side} from '../engine/view.js';
import type {Notary} from '../journal/notary.js';
import {type Decide, RecordedGame} from '../journal/recorded-game.js';
import {movesOf} from './opponents.js';
import {WorkThread} from './thread.js';
import type {Computing, Since} from './work-thread.js';

/** Who decides the moves of a recorded game, and chooses those of its bots. */
export interface Decider {
	readonly decide: Decide;
	/** The next move of a bot. */
	next(recorded: RecordedGame, side: Side, bot: string): Promise<string>;
	/** The debrief of the save that the game is in, for screens. */
	debrief(save: string): Promise<string>;
	/** Called while a decision is made; returns how to stop it. */
	watch(listener: (progress: Computing) => void): () => void;
	end(): void;
}

/** Decides in a thread, which keeps a state in step with the game: what one side has and the other lacks goes across with each question. */
export class ThreadDecider implements Decider {
	readonly #thread: WorkThread;
	readonly #listeners = new Set<(progress: Computing) => void>();
	/** How many events the thread has. */
	#known = 0;
	/** What was decided last. */
	#decided: readonly GameEvent[] = [];

	private constructor() {
		this.#thread = new WorkThread(progress => {
			if ('ceremony' in progress) for (const listener of this.#listeners) listener(progress);
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

	debrief(save: string): Promise<string> {
		return this.#thread.ask('report', save, true);
	}

	watch(listener: (progress: Computing) => void): () => void {
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
