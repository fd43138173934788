/** The shape of the first scenario: care wins most games and loses few, in no world always. */
import {expect, test} from 'vitest';
import {outcomes, seeds, sumOf, worlds} from './outcomes.js';

test('care wins most games against the playbook, and can win in every world', () => {
	const counts = worlds.map(world => outcomes('careful', 'playbook', world));
	const {operators, attackers} = sumOf(counts);
	const games = worlds.length * seeds;
	expect(operators / games).toBeGreaterThanOrEqual(0.6);
	expect(operators / games).toBeLessThanOrEqual(0.95);
	expect(attackers / games).toBeLessThanOrEqual(0.12);
	for (const [index, world] of worlds.entries()) expect(counts[index]!.operators, world).toBeGreaterThanOrEqual(seeds / 2);
});

test('where the attackers do nothing, care wins nearly always', () => {
	const {operators, attackers} = sumOf(worlds.map(world => outcomes('careful', 'idle', world, 2)));
	expect(attackers).toBe(0);
	expect(operators).toBeGreaterThanOrEqual(2 * worlds.length - 1);
});
