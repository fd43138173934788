// `compare` on example saves, on one that does not hold, and on games of different scenarios.
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {type Comparison, comparison, comparisonText} from '../../source/report/compare.js';
import {play, scenarioWith, swapped, won} from '../report/games.js';
import {place} from './program.js';

const here = place();
const example = (name: string) => join(process.cwd(), `saves/examples/${name}.jsonl`);
const [lost, shares, frozen] = ['lost-on-display', 'lost-to-shares', 'frozen'].map(example) as [string, string, string];

beforeAll(() => {
	const lines = readFileSync(frozen, 'utf8').split('\n');
	writeFileSync(here.path('bad.jsonl'), [...lines.slice(0, 40), ...lines.slice(41)].join('\n'));
	// The closing line is gone with its change: everything parses, and re-execution finds it.
	writeFileSync(here.path('forged.jsonl'), readFileSync(frozen, 'utf8').replace('"outcome":"neither"', '"outcome":"operators"'));
});

test('outcome, scores, times and what each lost by stand side by side', async () => {
	const {status, stdout} = await here.run(['compare', lost, shares, '--format', 'json']);
	expect(status).toBe(0);
	const found = JSON.parse(stdout) as Comparison;
	expect(found.differences).toEqual(['Different worlds were dealt: liar, drift. Each has another difficulty.']);
	expect(found.games).toMatchObject([
		{outcome: 'attackers', world: 'liar', verified: true, lostBy: {boundary: 'ROUNDS -> POLICY'}, stolen: 0, detected: null},
		{outcome: 'attackers', world: 'drift', verified: true, lostBy: {boundary: 'ROUNDS ~> OUTPUT'}, stolen: 2},
	]);
	expect(comparisonText(found)).toMatch(/^lost at +ROUNDS -> POLICY +ROUNDS ~> OUTPUT$/m);
	const markdown = await here.run(['compare', lost, shares, '--format', 'md', '--out', 'teams.md']);
	expect(markdown).toMatchObject({status: 0, stdout: ''});
	expect(readFileSync(here.path('teams.md'), 'utf8')).toContain('| unauthorised |');
});

test('a save that does not hold is told and left out; forced, it is marked', async () => {
	const some = await here.run(['compare', lost, shares, 'forged.jsonl']);
	expect(some.status).toBe(1);
	expect(some.stderr).toMatch(/^forged\.jsonl:\d+: .* It is left out/);
	expect(some.stdout).toContain('2 games');
	const alone = await here.run(['compare', lost, 'bad.jsonl']);
	expect(alone).toMatchObject({status: 1, stdout: '', stderr: expect.stringContaining('Fewer than two saves hold')});
	const broken = await here.run(['compare', lost, 'bad.jsonl', '--force']);
	expect(broken.status).toBe(1);
	expect(broken.stderr).toContain('not even with --force');
	expect(broken.stderr).not.toContain('    at ');
});

test('one save, one twice, and none', async () => {
	expect(await here.run(['compare', lost])).toMatchObject({status: 2, stderr: expect.stringContaining('two saves or more')});
	expect(await here.run(['compare', lost, lost])).toMatchObject({status: 2, stderr: expect.stringContaining('given twice')});
	expect((await here.run(['compare', lost, 'none.jsonl'])).status).toBe(2);
});

const given = (save: string, change: Partial<Parameters<typeof comparison>[0][number]>, lines = swapped) => ({
	save,
	played: play(lines, {clock: move => `2026-03-02T10:${String(move).padStart(2, '0')}:00+01:00`}),
	rules: 1,
	program: '0.1.0',
	scenario: 'aa',
	divergence: null,
	...change,
});

test('other scenarios, files and rules are flagged; so is one seed for all; minutes come from the clock', () => {
	const other = play(won, {scenario: {...scenarioWith(), id: 'other'}});
	const found = comparison([given('a', {}), given('b', {played: other}), given('c', {rules: 2, scenario: 'bb'})]);
	expect(found.differences[0]).toContain('Different scenarios: night-desk, other');
	expect(found.differences).toContain('Different versions of the rules: 1, 2.');
	expect(comparison([given('a', {}), given('b', {scenario: 'bb'})]).differences).toEqual([
		"The scenario's file was not the same: aa, bb (SHA-256, shortened).",
		'All games are of one seed: whoever played the second one could know the first.',
	]);
	// Sixteen moves after the one that began the game, a minute each.
	expect(found.games[0]).toMatchObject({minutes: 16, from: '2026-03-02T10:00:00+01:00', unauthorised: 1});
	expect(found.games[1]).toMatchObject({minutes: null, lostBy: null, unauthorised: 0});
	const bad = comparison([given('a', {divergence: {line: 7, message: 'the hash differs'}}), given('b', {})]);
	expect(bad.games[0]).toMatchObject({verified: false, marks: ['does not verify: line 7: the hash differs', 'the world was chosen']});
});
