/** One game of bots against bots, from the deal to the hot wash, and what a playtest notes of it. */
import {nextBotMove} from '../bots/drive.js';
import {decide} from '../engine/decide.js';
import type {GameEvent} from '../engine/events.js';
import {createGame, initialState} from '../engine/game.js';
import {leavesOf} from '../engine/modes.js';
import {legalVerbs} from '../engine/options.js';
import {phaseOf} from '../engine/seat-view.js';
import type {Ending, GameState} from '../engine/state.js';
import type {ModeValue} from '../engine/step.js';
import type {Side} from '../engine/view.js';
import type {Scenario} from '../scenario/schema.js';
import {botsOf, type FixedBots, seatingOf, seedOf} from './mix.js';

export type Outcome = Ending['outcome'];

export interface PlaytestGame {
	readonly scenario: Scenario;
	/** The playtest's seed; game `index` has one of its own, made of both. */
	readonly seed: string;
	readonly index: number;
	readonly bots: FixedBots;
	readonly world?: string;
}

export interface PlayedMove {
	readonly side: Side;
	readonly text: string;
}

/** What a playtest keeps of a game. Plain data: it crosses from worker to worker. */
export interface GameRecord {
	readonly index: number;
	readonly world: string;
	readonly operators: string;
	readonly attackers: string;
	readonly outcome: Outcome;
	readonly reason: string;
	readonly turns: number;
	/** Moves of both sides, ends of turns among them. */
	readonly moves: number;
	readonly scores: Readonly<Record<string, number>>;
	/** Places of the injects that fired, in the file's order from 0. */
	readonly injects: readonly number[];
	/** "party reach.unreachable": innermost states that some machine was in. */
	readonly states: readonly string[];
	/** By "operators approve": turns in which a move of the verb was legal when the side began or ended its part, and how often it was made. Words and undoing are not counted. */
	readonly verbs: Readonly<Record<string, {readonly offered: number; readonly chosen: number}>>;
	/** "operators 3": parts of a turn in which a side could do nothing but end it. */
	readonly forced: readonly string[];
	/** Parts of a turn. */
	readonly parts: number;
}

/** A bot that makes more moves than this in one part of a turn goes round in a circle: its part ends. */
const mostMoves = 60;

/** Verbs that are always there and lead nowhere: words, and undoing. */
const idle = new Set(['note', 'takeback', 'end-turn']);

/** Plays one game on glass. */
export function playOne({scenario, seed, index, bots, world}: PlaytestGame): {
	readonly record: GameRecord;
	readonly moves: readonly PlayedMove[];
} {
	const game = createGame({scenario, seed: seedOf(seed, index), suite: 'glass', ...(world === undefined ? {} : {world})});
	const seating = seatingOf(seed, index, bots);
	let state = initialState(game);
	const moves: PlayedMove[] = [];
	const made: Readonly<Record<Side, string[]>> = {operators: [], attackers: []};
	const states = new Set<string>(initialStates(state));
	const verbs = new Map<string, {offered: number; chosen: number}>();
	const forced: string[] = [];
	let parts = 0;

	const make = (side: Side | 'table', text: string): void => {
		const decided = decide(game, state, {side, text});
		if (!decided.ok) throw new Error(`game ${index} of seed "${seed}": ${side}: ${text} was refused: ${decided.message}`);
		state = decided.state;
		for (const event of decided.events) noteStates(states, event);
	};
	const countOf = (side: Side, verb: string) => {
		const name = `${side} ${verb}`;
		const count = verbs.get(name) ?? {offered: 0, chosen: 0};
		verbs.set(name, count);
		return count;
	};
	const playPart = (side: Side): void => {
		const bot = botsOf[side][seating[side]]!;
		const legal = new Set(legalVerbs(game, state, side, idle));
		parts += 1;
		if (legal.size === 0) forced.push(`${side} ${state.turn}`);
		for (let count = 0; ; count += 1) {
			const {text} = count < mostMoves ? nextBotMove(game, state, side, bot, made[side]) : {text: 'end-turn'};
			const verb = text.split(' ', 1)[0]!;
			if (verb === 'end-turn' && count > 0) for (const name of legalVerbs(game, state, side, new Set([...idle, ...legal]))) legal.add(name);
			legal.add(verb);
			countOf(side, verb).chosen += 1;
			made[side].push(text);
			moves.push({side, text});
			make(side, text);
			if (verb === 'end-turn') break;
		}
		for (const name of legal) countOf(side, name).offered += 1;
	};

	make('table', 'begin');
	while (state.end === undefined) playPart(phaseOf(state) === 'attack' ? 'attackers' : 'operators');
	const {outcome, reason, scores} = state.end;
	return {
		moves,
		record: {
			index,
			world: game.deal.world,
			...seating,
			outcome,
			reason,
			turns: state.turn,
			moves: moves.length,
			scores: Object.fromEntries(scores.map(({station, score}) => [station, score])),
			injects: state.firedInjects,
			states: [...states],
			verbs: Object.fromEntries(verbs),
			forced,
			parts,
		},
	};
}

function noteStates(states: Set<string>, event: GameEvent): void {
	if (event.type !== 'stepped') return;
	add(states, event.machine, event.to);
}

function add(states: Set<string>, machine: string, value: ModeValue): void {
	for (const leaf of leavesOf(value)) states.add(`${machine} ${leaf}`);
}

function initialStates(state: GameState): Set<string> {
	const states = new Set<string>();
	add(states, 'exercise', state.exercise);
	add(states, 'protocol', state.protocol);
	for (const {machine} of Object.values(state.parties)) add(states, 'party', machine);
	for (const {machine} of Object.values(state.requests)) add(states, 'request', machine);
	return states;
}
