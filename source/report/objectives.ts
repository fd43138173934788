/** Objectives of both sides, evaluated over the truth: met, not met, or not reached when the game ended before they were due. */
import {gameValues} from '../engine/facts.js';
import type {Side} from '../engine/view.js';
import type {Played} from './played.js';

export interface Objective {
	readonly side: Side;
	readonly name: string;
	readonly expression: string;
	readonly result: 'met' | 'not met' | 'not reached' | 'can not be evaluated';
	/** Why there is no result. */
	readonly problem?: string;
}

export function objectivesOf(played: Played): Objective[] {
	const {game} = played;
	return (['operators', 'attackers'] as const).flatMap(side =>
		Object.entries(game.scenario.objectives[side]).map(([name, expression]) => ({
			side,
			name,
			expression,
			...resultOf(played, side, expression),
		})),
	);
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
