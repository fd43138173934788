/** Runs one entry of a scenario's `tests`: plays its lines, then looks at what it expects. */

import {splitSide} from '../../source/engine/catalogue.js';
import {decide} from '../../source/engine/decide.js';
import {testValues} from '../../source/engine/facts.js';
import {createGame, type Game, initialState} from '../../source/engine/game.js';
import {phaseOf} from '../../source/engine/seat-view.js';
import type {GameState} from '../../source/engine/state.js';
import type {Side} from '../../source/engine/view.js';
import type {Scenario} from '../../source/scenario/schema.js';

export interface Ran {
	readonly ok: boolean;
	/** What went wrong, with the line it went wrong in; empty when all is well. */
	readonly because: string;
	readonly game: Game;
	readonly state: GameState;
}

/** Plays a scenario's test. Sides that no line speaks for are idle; ids are those of the file. */
export function runScenarioTest(scenario: Scenario, {world, seed, moves, expect}: Scenario['tests'][number]): Ran {
	const game = createGame({scenario, seed, ...(world === undefined ? {} : {world})});
	let state = initialState(game);
	let refusal = '';
	const say = (side: Side | 'table', text: string): boolean => {
		const decided = decide(game, state, {side, text, isOfFile: true});
		refusal = decided.ok ? '' : decided.message;
		if (decided.ok) state = decided.state;
		return decided.ok;
	};
	const done = (because: string): Ran => ({ok: because === '', because, game, state});
	const endPhase = () => say(phaseOf(state) === 'attack' ? 'attackers' : 'operators', 'end-turn');
	const lines = moves
		.split('\n')
		.map((line, index) => ({text: line.replace(/(^|\s)#.*$/, '').trim(), number: index + 1}))
		.filter(({text}) => text !== '');
	say('table', 'begin');
	for (const [index, {text, number}] of lines.entries()) {
		if (refusal !== '') return done(`line ${lines[index - 1]?.number ?? 0}: ${refusal}`);
		const turn = /^turn (\d+)$/.exec(text)?.[1];
		if (turn !== undefined) {
			while (state.turn < Number(turn) && state.end === undefined) if (!endPhase()) return done(`line ${number}: ${refusal}`);
			if (state.end) return done(`line ${number}: the game ended in turn ${state.turn}: ${state.end.reason}`);
			continue;
		}
		const {side, text: move} = splitSide(text);
		if (side === 'operators' && phaseOf(state) === 'attack') endPhase();
		say(side as Side, move);
	}
	if (typeof expect !== 'string')
		return done(refusal.includes(expect.refused) ? '' : `expected a refusal with "${expect.refused}", got "${refusal || 'none'}"`);
	if (refusal !== '') return done(`the last move was refused: ${refusal}`);
	const held = game.evaluate(expect, 'test', testValues(game, state));
	return done(held === true ? '' : `${expect} is ${held}; the outcome is ${state.end?.reason ?? 'open'}`);
}
