/** Plays the tests that a scenario file holds: its lines, then what it expects. Sides that no line speaks for are idle. */
import type {SuiteName} from '../ceremony/api.js';
import {print, splitSide} from '../engine/catalogue.js';
import {decide, readMove} from '../engine/decide.js';
import type {GameEvent} from '../engine/events.js';
import {testValues} from '../engine/facts.js';
import {createGame, type Game, initialState} from '../engine/game.js';
import {NotationError} from '../engine/move.js';
import {phaseOf} from '../engine/seat-view.js';
import type {GameState} from '../engine/state.js';
import type {Side} from '../engine/view.js';
import {vocabularyOf} from '../scenario/expression.js';
import {explainExpression, firstToFail, type Part} from '../scenario/expression-parts.js';
import {withoutComment} from '../scenario/move-lines.js';
import type {Scenario} from '../scenario/schema.js';

export type ScenarioTest = Scenario['tests'][number];

/** A move of the test. */
export interface TestMove {
	readonly turn: number;
	readonly side: string;
	/** As the file has it, in its roles. */
	readonly text: string;
	/** With the names that the seed dealt. */
	readonly dealt: string;
	/** Why it was refused. */
	readonly refused?: string;
}

/** Where a test did not go as it says. */
export type TestProblem =
	/** A line that can't be played; `offset` counts from 0 in the text of the moves. */
	| {readonly at: 'moves'; readonly offset: number; readonly message: string; readonly hint?: string}
	/** `offset` counts from 0 in the expression: what of it does not hold. */
	| {readonly at: 'expect'; readonly message: string; readonly offset?: number; readonly explained?: Part};

export interface PlayedTest {
	readonly ok: boolean;
	/** What went wrong in one sentence, with its line among the moves; empty when all is well. */
	readonly because: string;
	readonly problem?: TestProblem;
	readonly game: Game;
	/** After the last move that could be made. */
	readonly state: GameState;
	readonly moves: readonly TestMove[];
	readonly events: readonly GameEvent[];
	/** Each turn as it begins (its requests are open and its injects told), and after the last move in it. */
	readonly turns: ReadonlyMap<number, {readonly begins: GameState; readonly last: GameState}>;
}

export interface TestOptions {
	/** Another suite than the scenario's. */
	readonly suite?: SuiteName;
	/** Plays on to this turn, both sides idle, when the moves end before it. */
	readonly upTo?: number;
}

interface Line {
	readonly text: string;
	/** Where its text begins in the block, from 0. */
	readonly offset: number;
	readonly number: number;
}

function linesOf(block: string): Line[] {
	const lines: Line[] = [];
	let start = 0;
	for (const [index, raw] of block.split('\n').entries()) {
		const line = withoutComment(raw).trimEnd();
		const text = line.trimStart();
		if (text !== '') lines.push({text, offset: start + line.length - text.length, number: index + 1});
		start += raw.length + 1;
	}
	return lines;
}

/** A play of moves that is under way. */
class Play {
	readonly game: Game;
	state: GameState;
	readonly #skips: boolean;
	readonly moves: TestMove[] = [];
	readonly events: GameEvent[] = [];
	readonly turns = new Map<number, {begins: GameState; last: GameState}>();

	/**
	 * @param skips a move that the rules refuse does nothing; one that is no move is a mistake all the same
	 * @param state where to go on from; states are never changed in place
	 */
	constructor(game: Game, skips: boolean, state = initialState(game)) {
		this.game = game;
		this.#skips = skips;
		this.state = state;
	}

	/** Makes a move; answers why it is refused. `isMove`: it reads as one, and the rules refuse it. */
	say(
		side: Side | 'table',
		text: string,
	): {readonly message: string; readonly column: number; readonly isMove: boolean; readonly hint?: string} | null {
		const decided = decide(this.game, this.state, {side, text, isOfFile: true});
		if (!decided.ok) {
			const {message, column, hint} = decided;
			return {message, column: column ?? 1, isMove: column === undefined, ...(hint === undefined ? {} : {hint})};
		}
		this.state = decided.state;
		this.events.push(...decided.events);
		const {turn} = this.state;
		if (turn > 0) this.turns.set(turn, {begins: this.turns.get(turn)?.begins ?? this.state, last: this.state});
		return null;
	}

	/** Ends the part of whoever is to move; false where nobody is. */
	endPart(): boolean {
		const phase = phaseOf(this.state);
		if (phase !== 'attack' && phase !== 'respond') return false;
		return this.say(phase === 'attack' ? 'attackers' : 'operators', 'end-turn') === null;
	}

	/** Plays on, both sides idle; answers why that can't be done. */
	playTo(turn: number): string | null {
		while (this.state.turn < turn && this.endPart());
		const {end} = this.state;
		if (this.state.turn < turn || end)
			return `the game ended in turn ${this.state.turn}, before turn ${turn}${end ? `: ${end.reason}` : ''}`;
		return this.state.turn > turn ? `turn ${turn} is over; it is turn ${this.state.turn}` : null;
	}

	#asDealt(side: Side | 'table', text: string): string {
		try {
			return print(readMove(this.game, this.state, {side, text, isOfFile: true}), side);
		} catch (error) {
			if (error instanceof NotationError) return text;
			throw error;
		}
	}

	/** Plays one line of the file; answers why it can't be played. */
	playLine({text, offset}: Line): Extract<TestProblem, {at: 'moves'}> | null {
		const number = /^turn\s+(\d{1,3})$/.exec(text)?.[1];
		if (number !== undefined) {
			const message = this.playTo(Number(number));
			return message === null ? null : {at: 'moves', offset, message};
		}
		let split: ReturnType<typeof splitSide>;
		try {
			split = splitSide(text);
		} catch (error) {
			if (!(error instanceof NotationError)) throw error;
			return {at: 'moves', offset, message: error.message, ...(error.hint === undefined ? {} : {hint: error.hint})};
		}
		const {side, text: move, offset: start} = split;
		if (side === 'world') return {at: 'moves', offset, message: 'lines of the world belong in the deal and in injects'};
		if (side === 'operators' && phaseOf(this.state) === 'attack') this.endPart();
		const {turn} = this.state;
		const isLate = side === 'attackers' && phaseOf(this.state) === 'respond';
		const dealt = this.#asDealt(side, move);
		const refused = this.say(side, move);
		this.moves.push({turn, side, text: move, dealt, ...(refused ? {refused: refused.message} : {})});
		if (!refused || (this.#skips && refused.isMove)) return null;
		const {message, column, hint = isLate ? 'the attackers move before the operators in each turn' : undefined} = refused;
		return {at: 'moves', offset: offset + start + column - 1, message, ...(hint === undefined ? {} : {hint})};
	}
}

/** Where some lines lead, and what came after them; null behind a line that can't be played. */
interface Reached {
	readonly state: GameState;
	readonly next: Map<string, Reached | null>;
}

/** Whether an expectation holds after lines of moves: what `playTest` says of them with `refusals: skip`. */
export type Rerun = (moves: string, expect: string) => boolean;

/** One game, to be played again and again with a few lines changed: what begins alike is played once. */
export function rerunner(scenario: Scenario, {world, seed}: Pick<ScenarioTest, 'world' | 'seed'>, suite: SuiteName): Rerun {
	const game = createGame({scenario, seed, suite, ...(world === undefined ? {} : {world})});
	const begun = new Play(game, true);
	begun.say('table', 'begin');
	const start: Reached = {state: begun.state, next: new Map()};
	const after = ({state, next}: Reached, line: Line): Reached | null => {
		const known = next.get(line.text);
		if (known !== undefined) return known;
		const play = new Play(game, true, state);
		const reached = play.playLine(line) === null ? {state: play.state, next: new Map()} : null;
		next.set(line.text, reached);
		return reached;
	};
	return (moves, expect) => {
		const end = linesOf(moves).reduce<Reached | null>((reached, line) => reached && after(reached, line), start);
		return end !== null && game.evaluate(expect, 'test', testValues(game, end.state)) === true;
	};
}

/**
 * Plays a test of a scenario.
 * @throws {Error} with a sentence when its world does not exist.
 */
export function playTest(
	scenario: Scenario,
	{world, seed, moves, refusals = 'stop', expect}: ScenarioTest,
	{suite, upTo}: TestOptions = {},
): PlayedTest {
	const game = createGame({scenario, seed, ...(world === undefined ? {} : {world}), ...(suite === undefined ? {} : {suite})});
	const play = new Play(game, refusals === 'skip');
	const done = (problem?: TestProblem, because = problem?.message ?? ''): PlayedTest => ({
		ok: problem === undefined,
		because,
		...(problem === undefined ? {} : {problem}),
		game,
		state: play.state,
		moves: play.moves,
		events: play.events,
		turns: play.turns,
	});
	play.say('table', 'begin');
	const lines = linesOf(moves);
	for (const [index, line] of lines.entries()) {
		const problem = play.playLine(line);
		if (!problem) continue;
		const isLast = index === lines.length - 1;
		if (isLast && typeof expect !== 'string')
			return problem.message.includes(expect.refused)
				? done()
				: done({at: 'expect', message: `expected a refusal with "${expect.refused}", got "${problem.message}"`});
		return done(problem, `line ${line.number}: ${problem.message}`);
	}
	if (typeof expect !== 'string') return done({at: 'expect', message: `expected a refusal with "${expect.refused}", got none`});
	if (upTo !== undefined && play.state.turn < upTo) {
		const message = play.playTo(upTo);
		if (message !== null) return done({at: 'expect', message});
	}
	const values = testValues(game, play.state);
	const held = game.evaluate(expect, 'test', values);
	if (held === true) return done();
	const explained = explainExpression(expect, 'test', vocabularyOf(scenario), values);
	const outcome = play.state.end ? `the game is over: ${play.state.end.reason}` : `it is turn ${play.state.turn} and the game is open`;
	const failing = firstToFail(explained);
	const message = `${failing.text} is ${failing.problem ?? String(failing.value)}; ${outcome}`;
	return done({at: 'expect', message, offset: Math.max(0, expect.indexOf(failing.text)), explained});
}
