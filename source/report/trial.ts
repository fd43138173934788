/** Lines of a game tried again and again with one thing changed: moves left out or put in, a control on. Whether it is safe then is played, not believed. */
import type {Rerun, ScenarioTest} from '../playtest/scenario-test.js';
import type {Scenario} from '../scenario/schema.js';
import {withControls} from './deal-lines.js';
import type {Played} from './played.js';
import {block, type Line} from './test-lines.js';
import type {Unsafe} from './unsafe.js';

/** Plays lines of a scenario: the caller hands it in, as reports play nothing themselves. */
export type Rerunner = (scenario: Scenario, game: {readonly world: string; readonly seed: string}) => Rerun;

export type WrittenTest = ScenarioTest & {readonly expect: string; readonly world: string};

export class Trial {
	readonly #played: Played;
	readonly #unsafe: Unsafe;
	readonly #rerunner: Rerunner;
	readonly #games = new Map<string, Rerun>();

	constructor(played: Played, unsafe: Unsafe, rerunner: Rerunner) {
		this.#played = played;
		this.#unsafe = unsafe;
		this.#rerunner = rerunner;
	}

	/**
	 * Whether these lines are safe.
	 * @param control one that is on from the start
	 * @param more turns after the one in which it happened
	 */
	isSafe(lines: readonly Line[], control?: string, more = 1): boolean {
		const {world, seed, moves, expect} = this.test(lines, this.#unsafe.safe, 'skip', '', more);
		const key = control ?? '';
		const game = this.#games.get(key) ?? this.#rerunner(this.#with(control), {world, seed});
		this.#games.set(key, game);
		return game(moves, expect);
	}

	#with(control: string | undefined): Scenario {
		const {scenario, deal} = this.#played.game;
		return control === undefined ? scenario : withControls(scenario, deal.world, [control]);
	}

	/** Lines as a test of the file. One turn more shows what was only late; the moves as they were need none, and in it they may have done more of the same. */
	test(lines: readonly Line[], expect: string, refusals: 'skip' | 'stop', name: string, more = 1): WrittenTest {
		const {deal, seed, scenario} = this.#played.game;
		const last = Math.min(scenario.turns, this.#unsafe.turn + more);
		return {name, world: deal.world, seed, moves: block(lines, last), refusals, expect};
	}

	/**
	 * Leaves out every move without which it happens all the same, in halves first and then one by one (Zeller and Hildebrandt 2002). What was missed is
	 * missed by idling too, so there every move stays.
	 * @param control one with which the lines are safe, and have to stay so
	 */
	shortened(lines: readonly Line[], control?: string): readonly Line[] {
		if (this.#unsafe.kind === 'missed') return lines;
		let needed = lines;
		for (let size = Math.ceil(lines.length / 2); size >= 1; ) {
			const before = needed.length;
			for (let index = needed.length - size; index > -size; index -= size) {
				const from = Math.max(0, index);
				const fewer = needed.toSpliced(from, index + size - from);
				if (!this.isSafe(fewer) && (control === undefined || this.isSafe(fewer, control))) needed = fewer;
			}
			if (size > 1) size = Math.floor(size / 2);
			else if (needed.length === before) break;
		}
		return needed;
	}
}
