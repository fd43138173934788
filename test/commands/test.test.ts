// `test`: the tests of scenario files.
import {writeFileSync} from 'node:fs';
import {beforeAll, expect, test, vi} from 'vitest';
import {type TestOptions, test as testFiles} from '../../source/commands/test.js';
import {printed} from './capture.js';
import {lateInvoice} from './late-invoice.js';
import {place} from './program.js';

const here = place();
const broken = lateInvoice.replace('payroll: {opens', 'payroll: {opnes');
const failing = lateInvoice
	.replace('expect: payroll.signed && outputs.all(o, o.authorised)', 'expect: payroll.signed && (turn > 2 || frozen) && size(outputs) == 1')
	.replace(
		'moves: "operators: sign payroll parties=mara,jun"',
		'moves: |\n      turn 2\n      operators: sign payroll parties=mara,jun\n      turn 3',
	)
	.replace('refused: have not approved', 'refused: too late');

beforeAll(() => {
	writeFileSync(here.path('late.yaml'), lateInvoice);
	writeFileSync(here.path('failing.yaml'), failing);
	writeFileSync(here.path('broken.yaml'), broken);
});

/** Runs the command in the folder of the files. */
async function run(names: readonly string[], options: TestOptions = {}) {
	const before = process.cwd();
	process.chdir(here.folder);
	try {
		return await printed(() => testFiles(names, options));
	} finally {
		process.chdir(before);
	}
}

test('tests that hold are told in one line each', async () => {
	const {status, stdout, stderr} = await here.run(['test', 'late.yaml']);
	expect(stderr).toBe('');
	expect(stdout).toBe(
		'late.yaml\n  ok payroll on display (world honest, seed test)\n  ok nothing without approvals: refused (world honest, seed test)\n\n2 tests, all hold\n',
	);
	expect(status).toBe(0);
});

test('what does not hold is told with its place, its parts and what was played', async () => {
	const {status, stdout} = await run(['failing.yaml']);
	expect(status).toBe(1);
	const line = failing.split('\n').findIndex(text => text.includes('expect: payroll.signed')) + 1;
	expect(stdout).toContain(`failing.yaml:${line}:32: error: turn > 2 || frozen is false; it is turn 2 and the game is open [test-failed]`);
	expect(stdout).toMatch(/turn > 2 \|\| frozen +false\n +turn > 2 +false\n +turn +2\n +frozen +false\n/);
	expect(stdout).toMatch(/turn 1\n.*operators: sign payroll parties=mara,jun\n +c2 sign payroll, parties mara, jun: done\n/s);
	const refused = failing.split('\n').lastIndexOf('      operators: sign payroll parties=mara,jun') + 1;
	expect(stdout).toContain(`failing.yaml:${refused}:18: error: mara and jun have not approved payroll [test-refused]`);
	expect(stdout).toContain('2 tests, 2 do not hold');
});

test('TAP, with several files, one of them broken', async () => {
	const {status, stdout} = await run(['late.yaml', 'broken.yaml', 'failing.yaml'], {format: 'tap', only: 'display'});
	expect(status).toBe(1);
	const lines = stdout.split('\n').filter(line => /^(TAP|1\.\.|ok|not ok)/.test(line));
	expect(lines).toEqual([
		'TAP version 14',
		'1..3',
		'ok 1 - payroll on display',
		'not ok 2 - broken.yaml loads',
		'not ok 3 - payroll on display',
	]);
	expect(stdout).toMatch(/^ {2}---\n {2}message: "turn > 2 \|\| frozen is false/m);
	expect(stdout).toMatch(/^ {2}\.\.\.$/m);
});

test('JSON tells each test with the parts of its expectation', async () => {
	const {status, stdout} = await run(['failing.yaml'], {json: true});
	expect(status).toBe(1);
	const {ok, files} = JSON.parse(stdout);
	expect(ok).toBe(false);
	expect(files[0].tests[0]).toMatchObject({name: 'payroll on display', ok: false, world: 'honest', turn: 2, outcome: 'open'});
	expect(files[0].tests[0].parts.parts[1]).toMatchObject({text: 'turn > 2 || frozen', value: false});
	expect(files[0].tests[1].moves.at(-1)).toMatchObject({side: 'operators', refused: 'mara and jun have not approved payroll'});
});

test('status 1 for a broken file, 2 for one that is not there or a name that no test has', async () => {
	expect((await here.run(['test', 'nowhere.yaml'])).status).toBe(2);
	await expect(run(['late.yaml'], {only: 'zebra'})).rejects.toThrow('No test has "zebra" in its name. There are:\n  payroll on display\n');
	const badFile = await run(['broken.yaml']);
	expect(badFile.status).toBe(1);
	expect(badFile.stdout).toContain('broken.yaml:12:13: error: unknown key "opnes"');
});

test('colour, where it is asked for', async () => {
	vi.stubEnv('FORCE_COLOR', '1');
	const forced = await run(['late.yaml'], {only: 'display'});
	vi.unstubAllEnvs();
	expect(forced.stdout).toContain('\u001b[32mok\u001b[39m payroll on display');
});
