// A file of forty lines is a whole game: it checks, its test holds, and bots play it to its end in each world.
import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {attackerBots, operatorBots} from '../../source/bots/index.js';
import {vocabulary} from '../../source/engine/vocabulary.js';
import {playTest} from '../../source/playtest/scenario-test.js';
import {loadScenario} from '../../source/scenario/load.js';
import {playGame, scenarioOf} from '../bots/play.js';

const text = readFileSync('test/scenario/forty-lines.yaml', 'utf8');
const scenario = scenarioOf(text, 'forty-lines.yaml');

describe('a file of forty lines', () => {
	it('has forty lines, and checks with notes only', () => {
		expect(text.trimEnd().split('\n')).toHaveLength(40);
		const {diagnostics} = loadScenario(text, {file: 'forty-lines.yaml', vocabulary});
		expect([...new Set(diagnostics.map(({severity}) => severity))]).toEqual(['note']);
	});

	it('has a test that holds', () => {
		for (const test of scenario.tests) expect(playTest(scenario, test, {suite: 'glass'}).problem).toBeUndefined();
	});

	it.each([
		['honest', 'careful', 'operators'],
		['swapped', 'careful', 'operators'],
		['swapped', 'display', 'neither'],
		['swapped', 'idle', 'neither'],
	])('is played to its end in %s by %s: %s', (world, bot, outcome) => {
		const {state} = playGame(
			{scenario, seed: 'forty', world, suite: 'glass'},
			{operators: operatorBots[bot]!, attackers: attackerBots.playbook!},
		);
		expect(state.end?.outcome).toBe(outcome);
	});
});
