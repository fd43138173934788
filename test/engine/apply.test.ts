import {expect, test} from 'vitest';
import {fold} from '../../source/engine/apply.js';
import {splitSide} from '../../source/engine/catalogue.js';
import {decide} from '../../source/engine/decide.js';
import type {GameEvent} from '../../source/engine/events.js';
import {createGame, initialState} from '../../source/engine/game.js';
import type {GameState} from '../../source/engine/state.js';
import {corpus} from './corpus.js';

/** Freezes what is not frozen yet: a state shares most of itself with the one before. */
function freeze<T>(value: T): T {
	if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
	Object.freeze(value);
	for (const part of Object.values(value)) freeze(part);
	return value;
}

/** All of a state but the ones before it. */
function textOf(state: GameState): string {
	return JSON.stringify({...state, before: undefined});
}

test('no event changes the state before it, and what went through a file folds to the same state', () => {
	const types = new Set<string>();
	for (const {scenario, lines, name} of corpus) {
		const game = createGame({scenario, seed: 'apply', suite: 'glass'});
		const start = freeze(initialState(game));
		const events: GameEvent[] = [];
		let state = start;
		for (const line of lines.filter(each => !each.startsWith('!'))) {
			const {side, text} = splitSide(line);
			const decided = decide(game, state, {side, text});
			if (!decided.ok) throw new Error(`${name}: ${line}: ${decided.message}`);
			events.push(...decided.events);
			state = freeze(decided.state);
		}
		for (const {type} of events) types.add(type);
		expect(textOf(fold(start, JSON.parse(JSON.stringify(events)))), name).toBe(textOf(state));
	}
	// The corpus raises every transition of the machines, and with them most kinds of events.
	expect(types.size).toBeGreaterThan(50);
});
