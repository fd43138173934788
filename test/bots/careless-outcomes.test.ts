/** The shape of the first scenario: signing on display loses, freezing serves nobody, doing nothing never wins. */
import {describe, expect, test} from 'vitest';
import {attackerBots, operatorBots} from '../../source/bots/index.js';
import {outcomes, scenario, seeds, worlds} from './outcomes.js';
import {playGame} from './play.js';

describe.each(worlds)('%s', world => {
	test('whoever signs on display loses', () => {
		expect(outcomes('display', 'playbook', world)).toEqual({operators: 0, attackers: seeds, neither: 0});
	});

	test('whoever freezes on the first turn loses nothing and serves nobody', () => {
		expect(outcomes('freeze', 'playbook', world)).toEqual({operators: 0, attackers: 0, neither: seeds});
	});

	test('whoever does nothing never wins', () => {
		expect(outcomes('idle', 'playbook', world).operators).toBe(0);
	});

	test('the way of losing is the one that the world is about', () => {
		const {state} = playGame({scenario, seed: 'way', world}, {operators: operatorBots.display!, attackers: attackerBots.playbook!});
		const bad = state.outputs.filter(({message}) => !Object.values(state.requests).some(({intent}) => intent === message));
		const ways = bad.map(({request, message}) =>
			request === '' ? 'shares' : state.requests[request]!.displayed === message ? 'false request' : 'swapped payload',
		);
		const expected: Readonly<Record<string, string>> = {
			liar: 'swapped payload',
			caller: 'false request',
			insider: 'shares',
			outage: 'swapped payload',
			drift: 'shares',
		};
		expect(ways[0]).toBe(expected[world]);
	});
});
