import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {decide} from '../../source/engine/decide.js';
import {createGame, initialState} from '../../source/engine/game.js';
import {vocabulary} from '../../source/engine/vocabulary.js';
import {loadScenario} from '../../source/scenario/load.js';

test('smoke', () => {
	const loaded = loadScenario(readFileSync('scenarios/first-light.yaml', 'utf8'), {file: 'first-light.yaml', vocabulary});
	for (const d of loaded.diagnostics) console.log(d.line, d.column, d.message, d.hint);
	const game = createGame({scenario: loaded.scenario!, seed: 'demo', world: 'liar'});
	let state = initialState(game);
	const say = (side: 'operators' | 'attackers' | 'table', text: string) => {
		const before = performance.now();
		const decided = decide(game, state, {side, text});
		if (!decided.ok) return console.log(`${side}: ${text} -> REFUSED ${decided.message}`);
		console.log(`${side}: ${text} -> ${decided.events.length} events ${(performance.now() - before).toFixed(1)} ms`);
		for (const event of decided.events)
			if (event.type === 'told') console.log(`   [${event.side}] ${event.entry.from}: ${event.entry.text}`);
		state = decided.state;
	};
	say('table', 'begin');
	say('attackers', 'end-turn');
	say('operators', 'approve payroll party=ada basis=digest');
	say('operators', 'approve payroll party=ben basis=display');
	say('operators', 'sign payroll parties=ada,ben');
	say('operators', 'end-turn');
	console.log(JSON.stringify(state.exercise), state.points, JSON.stringify(state.protocol), state.outputs);
	say('attackers', 'swap-payload vendor');
	say('attackers', 'end-turn');
	say('operators', 'approve vendor party=ada basis=digest');
	expect(state.outputs.length).toBe(1);
});
