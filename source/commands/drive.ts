/** Plays a recorded game on without a person: lines of a moves file, then bots, to the closing entry. */

import type {Input} from '../engine/decide.js';
import {phaseOf} from '../engine/seat-view.js';
import {matches} from '../engine/step.js';
import type {Phase, Side} from '../engine/view.js';
import type {RecordedGame, Submitted} from '../journal/recorded-game.js';
import type {Decider} from './decider.js';
import {moveError, type Step} from './moves-file.js';
import {movesOf, type Opponent} from './opponents.js';

/** A bot that makes more moves than this in one turn goes round in a circle. */
const MOST_MOVES = 60;

export interface Table {
	readonly recorded: RecordedGame;
	/** Who plays each side where no moves file speaks for it. */
	readonly opponents: Readonly<Record<Side, Opponent>>;
	/** Clock time for each move, where there is a clock. */
	readonly now?: () => string;
	/** Who decides in the place of this thread. */
	readonly decider?: Decider | undefined;
}

export function phase({recorded}: Pick<Table, 'recorded'>): Phase {
	return phaseOf(recorded.state);
}

/** Whose turn it is to move; null outside of turns and in a pause. */
export function sideToMove(table: Pick<Table, 'recorded'>): Side | null {
	if (matches(table.recorded.state.exercise, 'paused')) return null;
	const now = phase(table);
	return now === 'attack' ? 'attackers' : now === 'respond' ? 'operators' : null;
}

/** Makes a move that can't be refused; throws where it is, since that is an error of this program. */
function must(table: Table, side: Side | 'table', text: string): void {
	const {recorded, now} = table;
	const made = recorded.submit({side, text, ...(now ? {at: now()} : {})});
	if (!made.ok) throw new Error(`${side}: ${text}: ${made.message}`);
}

/** Ends the briefing, if it is not over. */
export function begin(table: Table): void {
	if (phase(table) === 'briefing') must(table, 'table', 'begin');
}

/** Lets a bot play its part of the turn to its end. A move of it that is refused ends its part. */
export async function playPart(table: Table, side: Side): Promise<void> {
	const {now} = table;
	const make = (text: string) => submitTo(table, {side, text, ...(now ? {at: now()} : {})});
	for (let moves = 0; sideToMove(table) === side; moves++) {
		const text = moves < MOST_MOVES ? await nextMove(table, side) : 'end-turn';
		const made = await make(text);
		if (made.ok) continue;
		const ended = await make('end-turn');
		if (!ended.ok) throw new Error(`${side}: end-turn: ${ended.message}`);
	}
}

/** Makes a move, decided wherever this table decides. */
export function submitTo({recorded, decider}: Pick<Table, 'recorded' | 'decider'>, input: Input): Submitted | Promise<Submitted> {
	return decider ? recorded.submitBy(decider.decide, input) : recorded.submit(input);
}

function nextMove({recorded, opponents, decider}: Table, side: Side): string | Promise<string> {
	const {game, state, events} = recorded;
	const bot = opponents[side];
	return decider ? decider.next(recorded, side, bot.name) : bot.next({game, state, made: movesOf(events, side)}).text;
}

/** Lets bots play until the game is over, and closes it. */
export async function playOut(table: Table): Promise<void> {
	begin(table);
	for (let side = sideToMove(table); side; side = sideToMove(table)) {
		await playPart(table, side);
		await breath();
	}
	if (phase(table) === 'hotWash') must(table, 'table', 'close');
}

/**
 * Plays the lines of a moves file. An operators' line in the attackers' part of a turn ends that part first: the file speaks for the
 * attackers if it has any line of theirs, else their bot plays it. Everything else is made as it stands.
 * @throws {CommandError} where a line is refused; what was played before it is recorded.
 */
export async function playSteps(table: Table, steps: readonly Step[]): Promise<void> {
	const isScripted = steps.some(step => step.kind === 'move' && step.side === 'attackers');
	const endAttack = async (): Promise<void> => (isScripted ? must(table, 'attackers', 'end-turn') : playPart(table, 'attackers'));
	const {recorded, now} = table;
	for (const step of steps) {
		await breath();
		if (step.kind === 'turn') {
			await playTo(table, step, endAttack);
			continue;
		}
		const {side, text, place} = step;
		if (!(side === 'table' && text === 'begin')) begin(table);
		if (side === 'operators' && phase(table) === 'attack') await endAttack();
		if (side === 'world') throw moveError(place, 'lines of the world belong in a scenario');
		const made = recorded.submit({side, text, ...(now ? {at: now()} : {})});
		if (made.ok) continue;
		const at = {...place, column: place.column + (made.column ?? 1) - 1};
		throw moveError(at, `${side}: ${text.trim()}: ${made.message}`, made.hint ?? hintFor(side, phase(table)));
	}
}

function hintFor(side: Step extends infer S ? (S extends {side: infer N} ? N : never) : never, now: Phase): string | undefined {
	return side === 'attackers' && now === 'respond'
		? 'the attackers move before the operators in each turn; write "operators: end-turn" first'
		: undefined;
}

async function playTo(table: Table, {turn, place}: Extract<Step, {kind: 'turn'}>, endAttack: () => Promise<void>): Promise<void> {
	begin(table);
	const {recorded} = table;
	if (recorded.state.turn > turn) throw moveError(place, `turn ${turn} is over; it is turn ${recorded.state.turn}`);
	while (recorded.state.turn < turn) {
		const side = sideToMove(table);
		if (!side) throw moveError(place, `the game ended in turn ${recorded.state.turn}, before turn ${turn}`);
		if (side === 'attackers') await endAttack();
		else must(table, 'operators', 'end-turn');
	}
}

/** Lets signals in: an interrupted game stops between two moves. */
function breath(): Promise<void> {
	return new Promise(resolve => setImmediate(resolve));
}
