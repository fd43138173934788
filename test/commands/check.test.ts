// `check` as an author and a build see it: several files, statuses, JSON, colours, and files that are no scenarios.
import {writeFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import {describe, expect, test} from 'vitest';
import {diagnosticRegistry} from '../../source/scenario/diagnostic-codes.js';
import {place} from './program.js';

const here = place();
const broken = (name: string) => resolve(`test/scenario/broken/${name}.yaml`);

describe('check', () => {
	test('says all of every file, and goes on after one that cannot be read', async () => {
		const {status, stdout, stderr} = await here.run(['check', broken('unknown-key'), '.', broken('never-fires'), 'first-light']);
		expect(status).toBe(2);
		expect(stderr).toBe('.: This is a folder, not the scenario. Name a file in it.\n');
		expect(stdout.replaceAll(/\S*\/(?=[\w-]+\.yaml)/g, '')).toBe(`unknown-key.yaml:11:5: error: unknown key "whn" [unknown-key]
11 |     whn: turn > 2
   |     ^
  expected one of "at", "when", "to", "from", "text", "do", "worlds", "ask"
  did you mean "when"?

unknown-key.yaml: 1 error
never-fires.yaml:15:11: warning: this can never hold, and the inject never fires [never-fires]
15 |   - when: payroll.due > 4
   |           ^
  compare its numbers with turns, parties and deadlines, and its requests with the worlds in which they open

never-fires.yaml: 1 warning
first-light.yaml: nothing wrong
`);
	});

	test('passes with warnings, fails with errors, and says so in JSON', async () => {
		const passed = await here.run(['check', broken('never-fires'), '--json']);
		expect(passed.status).toBe(0);
		expect(JSON.parse(passed.stdout)).toMatchObject({
			ok: true,
			files: [{ok: true, diagnostics: [{code: 'never-fires', severity: 'warning'}]}],
		});
		const failed = await here.run(['check', broken('several-mistakes'), 'missing.yaml', '--json']);
		expect(failed.status).toBe(2);
		const {ok, files} = JSON.parse(failed.stdout) as {ok: boolean; files: {diagnostics: {code: string}[]; unreadable?: string}[]};
		expect(ok).toBe(false);
		expect(files[1]?.unreadable).toMatch(/there is no such file/);
		for (const {code} of files[0]!.diagnostics) expect(Object.keys(diagnosticRegistry)).toContain(code);
		expect((await here.run(['check', broken('several-mistakes')])).status).toBe(1);
	});

	test('is in colour only where colour is wanted', async () => {
		const coloured = await here.run(['check', broken('unknown-key')], {env: {FORCE_COLOR: '1'}});
		expect(coloured.stdout).toContain('\x1b[31merror\x1b[39m: ');
		const plain = await here.run(['check', broken('unknown-key')], {env: {NO_COLOR: '1'}});
		expect(plain.stdout).not.toContain('\x1b');
		expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout);
	});

	test('refuses a file that never ends or is far too large, and shows escape sequences of a name', async () => {
		writeFileSync(here.path('large.yaml'), 'a'.repeat(10_000_000));
		const {status, stdout, stderr} = await here.run(['check', '/dev/zero', 'large.yaml', 'red\x1b[31m.yaml']);
		expect({status, stdout}).toEqual({status: 2, stdout: ''});
		expect(stderr.match(/is larger than 4 MiB/g)).toHaveLength(2);
		expect(stderr).toContain('red\\u001b[31m.yaml');
		expect(stderr).not.toContain('\x1b');
	});
});
