// The playtest as an author runs it.
import {readdirSync, writeFileSync} from 'node:fs';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import type {PlaytestReport} from '../../source/playtest/report.js';
import {keys, start} from '../end-to-end/pseudo-terminal.js';
import {cli, place} from './program.js';

const here = place();

describe('playtest', () => {
	test('prints a report within 80 columns that says whose games these were, and no bar where there is no terminal', async () => {
		const {status, stdout, stderr} = await here.run(['playtest', 'first-light', '--games', '6', '--seed', 'plain']);
		expect({status, stderr}).toEqual({status: 0, stderr: ''});
		for (const line of stdout.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
		expect(stdout).toContain('Bots played these games, not people.');
		for (const section of ['WHO WON', 'TURNS', 'SCORES', 'MOVES', 'INJECTS', 'DECISIONS', 'STATES', 'SURPRISING WINS', 'FINDINGS'])
			expect(stdout).toContain(`\n${section}`);
	});

	test('saves surprising games, which verify on the real suite; the same seed gives the same JSON on any number of workers', async () => {
		const words = ['playtest', 'first-light', '--games', '3', '--seed', 'a', '--json'];
		const bots = ['--world', 'insider', '--operators', 'careful', '--attackers', 'playbook'];
		const [one, two] = await Promise.all([
			here.run([...words, ...bots, '--workers', '1', '--saves', 'wins']),
			here.run([...words, ...bots, '--workers', '2']),
		]);
		expect(one.status).toBe(0);
		expect(two.stdout).toBe(one.stdout.replace(/"save": ".*"/, '"save": null'));
		const {surprising, findings} = JSON.parse(one.stdout) as Omit<PlaytestReport, 'surprising'> & {surprising: {save: string}[]};
		expect(surprising).toMatchObject([{index: 2, seed: 'a/2', winner: 'attackers', world: 'insider'}]);
		expect(findings.join()).not.toContain('glass');
		expect(readdirSync(here.path('wins'))).toEqual(['first-light-careful-playbook-2.jsonl']);
		expect(one.stderr).toBe('1 save in wins.\n');
		const verified = await here.run(['verify', surprising[0]!.save, '--json']);
		expect(JSON.parse(verified.stdout)).toMatchObject({ok: true, closed: true, reexecuted: true});
	});

	test('tells a broken file as check does', async () => {
		writeFileSync(here.path('broken.yaml'), 'format: 1\ntitle: Broken\nparties: {ada: {domain: a}}\nthreshold: 2\nrequest: {}\n');
		const [played, checked] = await Promise.all(['playtest', 'check'].map(command => here.run([command, 'broken.yaml'])));
		expect(played).toEqual(checked);
		expect(played?.status).toBe(1);
		expect(played?.stdout).toContain('broken.yaml:5:1:');
	});

	test.each([
		[['--games', '0'], '--games is a whole number from 1'],
		[['--games', 'many'], 'got "many"'],
		[['--workers', '0'], '--workers is a whole number'],
		[['--world', 'lier'], 'did you mean "liar"'],
		[['--operators', 'carefull'], 'There is no bot "carefull" for the operators'],
		[['--seed', ''], 'The seed is empty'],
	])('%j is refused with a sentence', async (words, sentence) => {
		const {status, stdout, stderr} = await here.run(['playtest', 'first-light', ...words]);
		expect({status, stdout}).toEqual({status: 2, stdout: ''});
		expect(stderr).toContain(sentence);
	});

	test('draws a bar on a terminal; Ctrl-C leaves the report of what was played', async () => {
		const env = Object.fromEntries(Object.entries(here.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
		const words = ['playtest', 'first-light', '--games', '900000', '--workers', '1', '--operators', 'idle', '--attackers', 'idle'];
		const terminal = start(process.execPath, [cli, ...words], {cwd: here.folder, env, rows: 100});
		await terminal.until(/[1-9]\d* of 900000 games/);
		terminal.press(keys.ctrlC);
		expect(await terminal.exit).toBe(130);
		expect(terminal.raw).toMatch(/First light: \d+ of 900000 games, interrupted/);
		expect(terminal.raw).toContain('idle against idle');
	});
});
