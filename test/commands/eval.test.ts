// `eval`: expressions at a turn of a played test.
import {writeFileSync} from 'node:fs';
import {beforeAll, expect, test} from 'vitest';
import {type EvalOptions, evaluate} from '../../source/commands/eval.js';
import {printed} from './capture.js';
import {lateInvoice} from './late-invoice.js';
import {place} from './program.js';

const here = place();
let file = '';

beforeAll(() => {
	file = here.path('late.yaml');
	writeFileSync(file, lateInvoice);
	writeFileSync(here.path('untested.yaml'), lateInvoice.slice(0, lateInvoice.indexOf('tests:')));
});

const value = (expression: string, options: EvalOptions = {}) => printed(() => evaluate(file, expression, options));

test('the value, what it is made of, and where that was', async () => {
	const {stdout, stderr, status} = await value('payroll.signed && turn > 2', {at: '1'});
	expect(stdout).toBe(
		`false

  payroll.signed && turn > 2  false
    payroll.signed            false
    turn > 2                  false
      turn                    1

test "payroll on display", world honest, seed test, turn 1 after its moves, as test
`,
	);
	expect({stderr, status}).toEqual({stderr: '', status: 0});
	expect((await value('payroll.signed')).stdout).toMatch(/^true\n/);
});

test('turns after the moves of the test are played idle, to the last', async () => {
	expect((await value('turn', {at: '4'})).stdout).toMatch(/^4\n/);
	await expect(value('turn', {at: '5'})).rejects.toThrow('Turn 5 is not played: the test "payroll on display" ends in turn 4.');
	await expect(value('turn', {at: 'x'})).rejects.toThrow('"x" is no turn.');
});

test('an inject sees its turn as it begins, a test what was made of it', async () => {
	expect((await value('size(outputs)', {at: '2', context: 'inject'})).stdout).toMatch(/^1\n/);
	expect((await value('parties.idris.reachable', {at: '1', context: 'objective'})).stdout).toMatch(/^true\n/);
	expect((await value('parties.idris.reachable', {at: '2', context: 'inject', world: 'swapped'})).stdout).toMatch(/^false\n/);
});

test('a rule of the policy is asked about each request on the table', async () => {
	const {stdout} = await value('size(approvals) >= threshold', {at: '1', context: 'policy'});
	expect(stdout).toMatch(/^payroll: true\n/);
	const json = JSON.parse((await value('facts.amount < 1000', {at: '2', context: 'policy', json: true})).stdout);
	expect(json.results.map(({request, value: found}: {request: string; value: boolean}) => [request, found])).toContainEqual([
		'invoice',
		false,
	]);
});

test('attackers know of ways in, and nobody else does', async () => {
	expect((await value('"coordinator" in ways_in', {at: '1', context: 'playbook', world: 'swapped'})).stdout).toMatch(/^true\n/);
	await expect(value('ways_in', {context: 'inject'})).rejects.toThrow('there is nothing called "ways_in" here');
});

test('a wrong expression is shown with a caret and what was meant', async () => {
	await expect(value('turn > 2 && payrol.open')).rejects.toThrow(
		/^expression:1:13: error: there is nothing called "payrol" here.*\n1 \| turn > 2 && payrol\.open\n {2}\| {13}\^\n {2}did you mean "payroll"\?/s,
	);
	const shell = await here.run(['eval', 'late.yaml', 'turn >']);
	expect(shell).toMatchObject({status: 2, stdout: ''});
	expect(shell.stderr).toMatch(/^expression:1:\d+: error: /);
});

test('without an expression every name has its value', async () => {
	const {stdout} = await printed(() => evaluate(here.path('untested.yaml'), undefined, {at: '2', context: 'playbook', world: 'swapped'}));
	expect(stdout).toMatch(/^turn +2 +a whole number: the turn, from 1$/m);
	expect(stdout).toMatch(/^payroll\.open +true /m);
	expect(stdout).toMatch(/^ways_in +\["coordinator"\] /m);
	expect(stdout).toContain('idle game, world swapped, seed test, turn 2 as it begins, as playbook');
	const {facts} = JSON.parse((await printed(() => evaluate(file, undefined, {json: true}))).stdout);
	expect(facts).toContainEqual({name: 'payroll.signed_at', type: 'a whole number', value: 1, about: expect.stringContaining('signed')});
});

test('a test is chosen by a part of its name', async () => {
	const refused = await value('turn', {test: 'nothing without'});
	expect(refused).toMatchObject({stderr: '', stdout: expect.stringMatching(/^1\n/)});
	await expect(value('turn', {test: 'o'})).rejects.toThrow(/^2 tests have "o" in their names:/);
	await expect(value('turn', {world: 'honset'})).rejects.toThrow('did you mean "honest"?');
});
