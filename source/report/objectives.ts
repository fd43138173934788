/** Objectives of both sides, evaluated over the truth: met, not met, or not reached when the game ended before they were due. */
import {gameValues} from '../engine/facts.js';
import type {Side, Station} from '../engine/view.js';
import {stations} from '../engine/view.js';
import {type Declared, type Rating, sourceOf} from './declared.js';
import {stationName} from './places.js';
import type {Played} from './played.js';

export interface Objective {
	readonly side: Side;
	readonly name: string;
	readonly expression: string;
	readonly result: 'met' | 'not met' | 'not reached' | 'can not be evaluated';
	/** Why there is no result. */
	readonly problem?: string;
	/** The operators' objectives, as HSEEP rates them; null where the game ended before, and for the attackers' own. */
	readonly rating: {
		readonly suggested: Rating;
		/** The stations that the objective speaks of, with their scores: what the suggestion rests on. */
		readonly because: string;
		/** What an evaluator set; it outweighs the suggestion. */
		readonly set?: {readonly rating: Rating; readonly why: string; readonly by: string; readonly at: string};
	} | null;
}

/** The words of HSEEP's four ratings (HSEEP 2020, exercise evaluation). */
export const ratingWords: Readonly<Record<Rating, string>> = {
	P: 'performed without challenges',
	S: 'performed with some challenges',
	M: 'performed with major challenges',
	U: 'unable to be performed',
};

/** The criteria by which a rating is suggested, a sentence each. They are part of the program, and so are fixed before a game starts. */
export const ratingCriteria: readonly string[] = [
	'U: the objective was not met.',
	'P: it was met, and the lowest score of the stations that it speaks of is 90 or more.',
	'S: it was met, and that score is 60 to 89.',
	'M: it was met, and that score is below 60.',
	'A rating is a suggestion until an evaluator sets it.',
];

export function objectivesOf(played: Played, declared?: Declared): Objective[] {
	const {game} = played;
	return (['operators', 'attackers'] as const).flatMap(side =>
		Object.entries(game.scenario.objectives[side]).map(([name, expression]): Objective => {
			const found = resultOf(played, side, expression);
			return {side, name, expression, ...found, rating: ratingOf(played, {side, name, expression, ...found}, declared)};
		}),
	);
}

function ratingOf(
	{state, game}: Played,
	{side, name, expression, result}: Omit<Objective, 'rating'>,
	declared?: Declared,
): Objective['rating'] {
	if (side !== 'operators' || !state.end || (result !== 'met' && result !== 'not met')) return null;
	const spoken = stationsIn(expression, Object.keys(game.scenario.requests));
	const scores = state.end.scores.filter(({station}) => spoken.includes(station));
	const lowest = Math.min(...scores.map(({score}) => score));
	const set = declared?.ratings.find(({objective}) => objective === name);
	return {
		suggested: result === 'not met' ? 'U' : lowest >= 90 ? 'P' : lowest >= 60 ? 'S' : 'M',
		because: `${result}; ${scores.map(({station, score}) => `${stationName(station)} ${score}`).join(', ')}`,
		...(declared && set ? {set: {rating: set.rating, why: set.why ?? '', ...sourceOf(declared, set)}} : {}),
	};
}

/** The stations that an expression speaks of, by the names in it; all of them where it names none. */
function stationsIn(expression: string, requests: readonly string[]): readonly Station[] {
	const names = new Set(expression.match(/[A-Za-z_][\w-]*/g) ?? []);
	const found = new Set<Station>();
	if (['stolen', 'threshold', 'parties', 'key'].some(name => names.has(name))) found.add('shares');
	if (requests.some(name => names.has(name)) || names.has('requests'))
		for (const station of ['rounds', 'policy'] as const) found.add(station);
	if (names.has('policy')) found.add('policy');
	if (names.has('outputs')) found.add('output');
	if (['evidence', 'logging'].some(name => names.has(name))) found.add('transcript');
	return found.size > 0 ? stations.filter(station => found.has(station)) : stations;
}

function resultOf(played: Played, side: Side, expression: string): Pick<Objective, 'result' | 'problem'> {
	const {game, state} = played;
	const value = game.evaluate(expression, 'game', gameValues(game, state));
	if (typeof value === 'string') return {result: 'can not be evaluated', problem: value};
	if (value) return {result: 'met'};
	return {result: isOpen(played, side, expression) ? 'not reached' : 'not met'};
}

/** Whether what is not so yet could still have become so, had the game gone on to its last turn. */
function isOpen({game, state}: Played, side: Side, expression: string): boolean {
	const isCutShort = state.end === undefined || state.stopped || state.turn < game.scenario.turns;
	if (!isCutShort) return false;
	if (side === 'attackers') return true;
	// An objective about requests is open as long as one of them is not due yet; one about none of them has failed for good.
	return Object.values(state.requests).some(({id, judged, due}) => {
		const isNamed = new RegExp(`(^|[^\\w-])${id}([^\\w-]|$)`).test(expression);
		return isNamed && judged === undefined && (due > state.turn || state.end === undefined || state.stopped);
	});
}
