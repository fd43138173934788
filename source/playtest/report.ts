/** What many games say together. The same games give the same report, in whatever order and by however many workers they were played. */
import {type MachineName, machines} from '../../machines/index.js';
import {catalogue} from '../engine/catalogue.js';
import {offeredVerbs} from '../engine/decide.js';
import {allLeaves} from '../engine/modes.js';
import {type Side, stations} from '../engine/view.js';
import type {Scenario} from '../scenario/schema.js';
import {findingsOf} from './findings.js';
import {type FixedBots, isSurprising, type Seating, seedOf} from './mix.js';
import type {GameRecord} from './play.js';
import {type Rate, rate} from './wilson.js';

/** Who won, of some games. */
export interface Outcomes {
	readonly games: number;
	readonly operators: Rate;
	readonly attackers: Rate;
	readonly neither: Rate;
}

export interface MoveCounts {
	readonly side: Side;
	readonly verb: string;
	/** Turns in which a move of the verb was legal when the side began or ended its part of the turn. */
	readonly offered: number;
	/** How often one was made. */
	readonly chosen: number;
	/** Games in which one was made, and how many of them its side won. */
	readonly wonWith: Rate;
}

export interface InjectCounts {
	/** Its place in the file, from 1. */
	readonly number: number;
	/** When it is meant to fire, as the file has it. */
	readonly when: string;
	readonly fired: number;
	/** Games in a world in which it may fire. */
	readonly of: number;
}

export interface SurprisingWin {
	readonly index: number;
	/** Deals this game: `quorum-call play --seed`. */
	readonly seed: string;
	readonly world: string;
	readonly operators: string;
	readonly attackers: string;
	readonly winner: Side;
	readonly turns: number;
	readonly moves: number;
	readonly why: string;
}

export interface PlaytestReport {
	readonly scenario: {readonly id: string; readonly title: string};
	readonly seed: string;
	/** The world that was forced, if one was. */
	readonly world?: string;
	readonly bots: FixedBots;
	/** "Bots played these games, not people...": part of the result wherever it is shown. */
	readonly note: string;
	readonly asked: number;
	readonly games: number;
	/** Whether all games that were asked for were played. */
	readonly complete: boolean;
	readonly outcomes: Outcomes;
	readonly worlds: ReadonlyArray<Outcomes & {readonly world: string}>;
	readonly pairs: ReadonlyArray<Outcomes & {readonly bots: Seating}>;
	readonly turns: ReadonlyArray<{readonly turns: number; readonly games: number}>;
	/** Over all games; spread is the standard deviation. */
	readonly scores: ReadonlyArray<{
		readonly station: string;
		readonly mean: number;
		readonly spread: number;
		readonly lowest: number;
		readonly highest: number;
	}>;
	readonly moves: readonly MoveCounts[];
	readonly injects: readonly InjectCounts[];
	/** Innermost states of the rule machines in which no machine of any game ever was; a playtest neither pauses nor closes. */
	readonly neverEntered: ReadonlyArray<{readonly machine: MachineName; readonly states: readonly string[]}>;
	/** A decision is the beginning of a side's part of a turn. */
	readonly decisions: {
		readonly all: number;
		/** Decisions at which the end of the turn was the one legal move. */
		readonly forced: number;
		readonly places: ReadonlyArray<{readonly side: Side; readonly turn: number; readonly forced: number}>;
	};
	/** The five shortest games that the weaker bot won. */
	readonly surprising: readonly SurprisingWin[];
	/** Sentences for the author: what looks wrong, the gravest first. */
	readonly findings: readonly string[];
}

export interface ReportOptions {
	readonly scenario: Scenario;
	readonly seed: string;
	readonly asked: number;
	readonly bots: FixedBots;
	readonly world?: string;
}

export const botsNotPeople =
	'Bots played these games, not people. They show what the rules allow and where a scenario is stuck; whether it teaches, only people show.';

const mostSurprising = 5;

export function reportOf(options: ReportOptions, records: readonly GameRecord[]): PlaytestReport {
	const {scenario, seed, asked, bots, world} = options;
	const games = [...records].sort((a, b) => a.index - b.index);
	const facts = {
		scenario: {id: scenario.id, title: scenario.title},
		seed,
		...(world === undefined ? {} : {world}),
		bots,
		note: botsNotPeople,
		asked,
		games: games.length,
		complete: games.length === asked,
		outcomes: outcomesOf(games),
		worlds: (world === undefined ? Object.keys(scenario.worlds) : [world]).map(name => ({
			world: name,
			...outcomesOf(games.filter(game => game.world === name)),
		})),
		pairs: pairsOf(games),
		turns: turnsOf(games),
		scores: scoresOf(games),
		moves: movesOf(scenario, games),
		injects: injectsOf(scenario, games),
		neverEntered: neverEntered(games),
		decisions: decisionsOf(games),
		surprising: surprisingOf(seed, games),
	};
	return {...facts, findings: findingsOf(scenario, facts)};
}

function outcomesOf(games: readonly GameRecord[]): Outcomes {
	const count = (outcome: GameRecord['outcome']) => rate(games.filter(game => game.outcome === outcome).length, games.length);
	return {games: games.length, operators: count('operators'), attackers: count('attackers'), neither: count('neither')};
}

function groups<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
	const found = new Map<string, T[]>();
	for (const item of items) {
		const group = found.get(key(item)) ?? [];
		group.push(item);
		found.set(key(item), group);
	}
	return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function pairsOf(games: readonly GameRecord[]): PlaytestReport['pairs'] {
	return [...groups(games, ({operators, attackers}) => `${operators} ${attackers}`).values()].map(group => ({
		bots: {operators: group[0]!.operators, attackers: group[0]!.attackers},
		...outcomesOf(group),
	}));
}

function turnsOf(games: readonly GameRecord[]): PlaytestReport['turns'] {
	const counts = groups(games, ({turns}) => String(turns));
	return [...counts].map(([turns, {length}]) => ({turns: Number(turns), games: length})).sort((a, b) => a.turns - b.turns);
}

function scoresOf(games: readonly GameRecord[]): PlaytestReport['scores'] {
	if (games.length === 0) return [];
	return stations.map(station => {
		const scores = games.map(game => game.scores[station] ?? 0);
		const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
		const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
		return {station, mean, spread: Math.sqrt(variance), lowest: Math.min(...scores), highest: Math.max(...scores)};
	});
}

/** What is always there and says nothing: words, undoing, the end of a turn. */
const always = new Set(['note', 'takeback', 'end-turn']);

/** Every verb that the scenario ever offers, in the catalogue's order. */
function movesOf(scenario: Scenario, games: readonly GameRecord[]): MoveCounts[] {
	const last = Math.max(scenario.turns, ...Object.keys(scenario.unlock ?? {}).map(Number));
	const verbs = catalogue.filter(
		({side, name}) =>
			(side === 'operators' || side === 'attackers') && !always.has(name) && offeredVerbs({scenario}, side, last).offered(name),
	);
	return verbs.map(({side, name}) => {
		const counts = games.map(game => ({game, ...(game.verbs[`${side} ${name}`] ?? {offered: 0, chosen: 0})}));
		const chosenIn = counts.filter(({chosen}) => chosen > 0);
		return {
			side: side as Side,
			verb: name,
			offered: counts.reduce((sum, {offered}) => sum + offered, 0),
			chosen: counts.reduce((sum, {chosen}) => sum + chosen, 0),
			wonWith: rate(chosenIn.filter(({game}) => game.outcome === side).length, chosenIn.length),
		};
	});
}

function injectsOf(scenario: Scenario, games: readonly GameRecord[]): InjectCounts[] {
	return scenario.injects.map(({at, when, worlds}, index) => ({
		number: index + 1,
		when: at === undefined ? `when ${when ?? 'false'}` : `at turn ${at}`,
		fired: games.filter(({injects}) => injects.includes(index)).length,
		of: games.filter(({world}) => worlds === undefined || worlds.includes(world)).length,
	}));
}

/** States into which only people bring an exercise: a playtest neither pauses nor closes. */
const atTheTable = /^(paused\b|closed$)/;

function neverEntered(games: readonly GameRecord[]): PlaytestReport['neverEntered'] {
	const entered = new Set(games.flatMap(({states}) => states));
	return (Object.keys(machines) as MachineName[]).map(machine => ({
		machine,
		states: allLeaves(machine).filter(leaf => !entered.has(`${machine} ${leaf}`) && !(machine === 'exercise' && atTheTable.test(leaf))),
	}));
}

function decisionsOf(games: readonly GameRecord[]): PlaytestReport['decisions'] {
	const forced = games.flatMap(game => game.forced);
	const places = [...groups(forced, place => place)].map(([place, {length}]) => {
		const [side, turn] = place.split(' ') as [Side, string];
		return {side, turn: Number(turn), forced: length};
	});
	return {
		all: games.reduce((sum, {parts}) => sum + parts, 0),
		forced: forced.length,
		places: places.sort((a, b) => b.forced - a.forced || a.turn - b.turn || (a.side < b.side ? -1 : 1)),
	};
}

function surprisingOf(seed: string, games: readonly GameRecord[]): SurprisingWin[] {
	return games
		.filter(game => isSurprising(game, game.outcome))
		.sort((a, b) => a.turns - b.turns || a.moves - b.moves || a.index - b.index)
		.slice(0, mostSurprising)
		.map(({index, world, operators, attackers, outcome, turns, moves, reason}) => ({
			index,
			seed: seedOf(seed, index),
			world,
			operators,
			attackers,
			winner: outcome as Side,
			turns,
			moves,
			why: reason,
		}));
}
