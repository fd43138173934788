import {describe, expect, it, test} from 'vitest';
import {computedOf, difference, eavesdrop, network, type Program, tripleReuse, unmask, worked} from '../../../source/ceremony/index.js';
import {suiteOf} from '../../../source/sharing/suites.js';
import {inputsOf, runComputing} from '../computing.js';
import {drawFrom, makeTable} from '../table.js';

describe.each(['ed25519', 'secp256k1', 'glass'] as const)('answers on %s', name => {
	const table = makeTable(name, 2, 4);
	const suite = suiteOf(name);
	const inputs = inputsOf(table.parties, [1200, 3400, 777, 5]);
	const ask = (cohort: readonly string[], answered: readonly (readonly string[])[], checks = {}) => {
		const program: Program = {kind: 'sum', cohort, minimum: 3};
		const given = Object.fromEntries(cohort.map(id => [id, inputs[id] ?? '']));
		return runComputing(table, {program, inputs: given, answered, checks, session: `compute-${answered.length}`});
	};

	test('of cohorts that differ in one person give that person away; the minimum cohort refuses the second', () => {
		const [first, second] = [table.parties, table.parties.slice(1)];
		const off = {minimumCohort: false};
		const answers = [ask(first, [], off), ask(second, [first], off)].map((run, k) => ({
			cohort: [first, second][k] ?? [],
			sum: computedOf(run.sides.hub?.memory ?? '').sum ?? '',
		}));
		const attack = difference(suite, answers, 'ada');
		expect(worked(attack)).toBe(true);
		expect(attack.result).toBe('1200');
		expect(attack.checks[0]?.equation).toBe('1*sum1 + -1*sum2 is the input of ada alone');
		expect(worked(difference(suite, answers, 'ben'))).toBe(false);
		expect(difference(suite, answers, 'ben').result).toBeUndefined();
		expect(difference(suite, [], 'ada').result).toBeUndefined();
		const refused = ask(second, [first]);
		expect(refused.status).toBe('aborted');
		expect(refused.reason).toContain('these give ada');
	});

	test('of a stuck dealer of triples give one factor to whoever knows the other', () => {
		const line = network({line: eavesdrop({round: [5]})});
		// All its triples, masks and shares come from the same bytes: the MAC key is the first of them.
		const stuckTable = {...table, draw: (id: string) => (id === 'hub' ? () => drawFrom('stuck')('always') : table.draw(id))};
		const program: Program = {kind: 'less', cohort: ['ada', 'ben'], bits: 2};
		const run = runComputing(stuckTable, {program, inputs: {ada: '1', ben: '3'}, sealed: false, carry: line.carry});
		expect(run.status).toBe('done');
		const openings = line.state('line').map(({body}) => String(body?.shares));
		const width = 2 * suite.scalars.BYTES;
		// Shares of a constant polynomial's slope: two parties' shares of d interpolate to d for both products.
		const at = (text: string, k: number) => text.slice(k * width, (k + 1) * width);
		const open = (k: number) => {
			const [one, two] = ['ada', 'ben'].map(id => line.state('line').findIndex(({packet}) => packet.from === id));
			const [x, y] = [one, two].map(n => suite.scalars.fromBytes(Buffer.from(at(openings[n ?? 0] ?? '', k), 'hex'))) as [bigint, bigint];
			const value = suite.scalars.sub(suite.scalars.add(x, x), y);
			return Buffer.from(suite.scalars.toBytes(value)).toString('hex');
		};
		// Products 0 and 2 are ada's bits 1 and 0 squared: knowing the first gives the second.
		const known = Buffer.from(suite.scalars.toBytes(1n)).toString('hex');
		const attack = tripleReuse(suite, {first: open(0), second: open(2), known});
		expect(worked(attack)).toBe(true);
		expect(BigInt(suite.scalars.fromBytes(Buffer.from(attack.result, 'hex')))).toBe(0n);
		expect(worked(tripleReuse(suite, {first: open(0), second: '01'.padEnd(width, '0').slice(0, width), known}))).toBe(false);
	});

	it('are read by the dealer of the masks where the line is not sealed', () => {
		const program: Program = {kind: 'sum', cohort: ['ada', 'ben']};
		const listen = (sealed: boolean) => {
			const line = network({line: eavesdrop()});
			runComputing(table, {program, inputs: {ada: '1200', ben: '5'}, sealed, carry: line.carry});
			return line.state('line');
		};
		const heard = listen(false);
		const masked = String(heard.find(({packet}) => packet.from === 'ada' && packet.round === 3)?.body?.masked);
		// The blind of the mask comes after it.
		const mask = (id: string) =>
			String(heard.find(({packet}) => packet.to === id && packet.round === 1)?.body?.masks).slice(0, masked.length);
		const attack = unmask(suite, {masked, mask: mask('ada')});
		expect(worked(attack)).toBe(true);
		expect(suite.scalars.fromBytes(Buffer.from(attack.result, 'hex'))).toBe(1200n);
		expect(worked(unmask(suite, {masked, mask: mask('ben')}))).toBe(false);
		const closed = listen(true).filter(({packet, body}) => packet.round <= 3 && packet.round !== 2 && body !== undefined);
		expect(closed).toEqual([]);
	});
});
