/** One game of bots against bots, from the deal to the hot wash, and what a playtest notes of it. */
import type {MachineName} from '../../machines/index.js';
import {nextBotMove} from '../bots/drive.js';
import {decide} from '../engine/decide.js';
import {createGame, initialState} from '../engine/game.js';
import {leavesOf} from '../engine/modes.js';
import {verbIn} from '../engine/move.js';
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
	const visited = new Visited(state);
	const verbs: Record<string, Count> = {};
	const counts: Readonly<Record<Side, Map<string, Count>>> = {operators: new Map(), attackers: new Map()};
	const forced: string[] = [];
	let parts = 0;

	const make = (side: Side | 'table', text: string): void => {
		const decided = decide(game, state, {side, text});
		if (!decided.ok) throw new Error(`game ${index} of seed "${seed}": ${side}: ${text} was refused: ${decided.message}`);
		state = decided.state;
		for (const event of decided.events) if (event.type === 'stepped') visited.add(event.machine, event.to);
	};
	const countOf = (side: Side, verb: string): Count => {
		let count = counts[side].get(verb);
		if (count === undefined) {
			count = {offered: 0, chosen: 0};
			counts[side].set(verb, count);
			verbs[`${side} ${verb}`] = count;
		}
		return count;
	};
	const playPart = (side: Side): void => {
		const bot = botsOf[side][seating[side]]!;
		const legal = new Set<string>();
		const isCounted = (name: string) => idle.has(name) || legal.has(name);
		const countLegal = () => {
			for (const name of legalVerbs(game, state, side, isCounted)) legal.add(name);
		};
		countLegal();
		parts += 1;
		if (legal.size === 0) forced.push(`${side} ${state.turn}`);
		for (let count = 0; ; count += 1) {
			const {text} = count < mostMoves ? nextBotMove(game, state, side, bot, made[side]) : {text: 'end-turn'};
			const verb = verbIn(text);
			if (verb === 'end-turn' && count > 0) countLegal();
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
			states: [...visited.states],
			verbs,
			forced,
			parts,
		},
	};
}

interface Count {
	offered: number;
	chosen: number;
}

/** Innermost states that machines were in. */
class Visited {
	/** "party reach.unreachable" */
	readonly states = new Set<string>();
	/** Values whose states are among them: the stepper gives the same ones again and again. */
	readonly #known: Readonly<Record<MachineName, Set<ModeValue>>> = {
		exercise: new Set(),
		protocol: new Set(),
		party: new Set(),
		request: new Set(),
	};

	constructor({exercise, protocol, parties, requests}: GameState) {
		this.add('exercise', exercise);
		this.add('protocol', protocol);
		for (const {machine} of Object.values(parties)) this.add('party', machine);
		for (const {machine} of Object.values(requests)) this.add('request', machine);
	}

	add(machine: MachineName, value: ModeValue): void {
		const known = this.#known[machine];
		if (known.has(value)) return;
		known.add(value);
		for (const leaf of leavesOf(value)) this.states.add(`${machine} ${leaf}`);
	}
}
