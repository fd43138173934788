// `take-home` on example saves: what is written, and that `test` runs it as is.
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {place} from './program.js';

const here = place();
const save = join(process.cwd(), 'saves/examples/lost-on-display.jsonl');

test('the negative test fails as played, holds with the control on, and the rest is beside it', async () => {
	const made = await here.run(['take-home', save, '--out', 'home']);
	expect(made).toMatchObject({status: 0, stdout: expect.stringContaining('holds with bind payload on')});
	expect(readdirSync(here.path('home')).sort()).toEqual(
		[
			'README.md',
			'as-played.yaml',
			'incident-plan.md',
			'negative-test-fixed.yaml',
			'negative-test.yaml',
			'signal-fires.jsonl',
			'signal-quiet.jsonl',
			'signal.jq',
			'signal.md',
			'signal.sql',
		].sort(),
	);
	expect((await here.run(['test', 'home/as-played.yaml', 'home/negative-test-fixed.yaml'])).status).toBe(0);
	const failing = await here.run(['test', 'home/negative-test.yaml']);
	expect(failing).toMatchObject({status: 1, stdout: expect.stringContaining('1 does not hold')});
	const file = here.path('home', 'negative-test.yaml');
	writeFileSync(file, readFileSync(file, 'utf8').replace('bind-payload: off', 'bind-payload: on'));
	expect((await here.run(['test', 'home/negative-test.yaml'])).status).toBe(0);
	// What somebody changed is not written over unasked.
	const again = await here.run(['take-home', save, '--out', 'home']);
	expect(again).toMatchObject({status: 2, stderr: expect.stringContaining('--force')});
	expect(readFileSync(file, 'utf8')).toContain('bind-payload: on');
});

test('a save that does not hold, one that is none, and a party that is none', async () => {
	const lines = readFileSync(save, 'utf8').split('\n');
	writeFileSync(here.path('bad.jsonl'), [...lines.slice(0, 40), ...lines.slice(41)].join('\n'));
	const bad = await here.run(['take-home', 'bad.jsonl', '--out', 'bad']);
	expect(bad).toMatchObject({status: 1, stderr: expect.stringContaining('bad.jsonl:41:')});
	expect(bad.stderr).toContain('Nothing was written.');
	expect(() => readdirSync(here.path('bad'))).toThrow();
	expect((await here.run(['take-home', 'none.jsonl'])).status).toBe(2);
	const party = await here.run(['take-home', save, '--out', 'x', '--party', 'bem']);
	expect(party).toMatchObject({status: 2, stderr: expect.stringContaining('did you mean "ben"?')});
	expect(party.stderr).not.toContain('    at ');
});
