import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {circuitOf, productsOf, wiresOfInput} from '../../source/ceremony/computation-circuit.js';
import {evaluateShares, openRobustly, prepare, readPreparation, unpack} from '../../source/ceremony/computation-shares.js';
import {computedOf, type Program, rewriteEnvelope} from '../../source/ceremony/index.js';
import {scalarFromHex, scalarHex} from '../../source/sharing/scalars.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {inputsOf, runComputing} from './computing.js';
import {type Carry, drawFrom, HUB, makeTable, NAMES, REAL_SUITES, type Table} from './table.js';

const result = (table: Table, program: Program, values: readonly (number | bigint)[], session?: string) => {
	const run = runComputing(table, {program, inputs: inputsOf(program.cohort, values), session});
	expect(run.reason).toBeUndefined();
	expect(run.status).toBe('done');
	const told = Object.values(run.sides).map(({memory}) => computedOf(memory));
	for (const each of told) expect(each).toEqual(told[0]);
	return told[0] ?? {};
};

/** Adds to the first scalar of what one party sends in some rounds. */
function lie(table: Table, from: string, field: string, by = 1n, to: readonly string[] = NAMES): Carry {
	const suite = suiteOf(table.suite);
	const width = 2 * suite.scalars.BYTES;
	return packet => {
		if (packet.from !== from || !to.includes(packet.to)) return [packet];
		const changeBody = (body: Readonly<Record<string, unknown>>) => {
			const text = body[field];
			if (typeof text !== 'string' || text.length < width) return body;
			const first = scalarHex(suite, suite.scalars.add(scalarFromHex(suite, text.slice(0, width)), by));
			return {...body, [field]: first + text.slice(width)};
		};
		return [
			{
				...packet,
				wire: rewriteEnvelope({session: table.session('compute-1'), identity: table.identity(from), wire: packet.wire, changeBody}),
			},
		];
	};
}

/** The same arithmetic on shares without messages: every value of every pair is quick to go through. */
function outputs(program: Program, inputs: readonly number[]): bigint[] {
	const suite = suiteOf('glass');
	const circuit = circuitOf(program);
	const {shares, masks} = prepare(suite, {circuit, indexes: [1, 2, 3], threshold: 2, draw: drawFrom(`${inputs}`), label: 'p'});
	const masked = new Map(
		program.cohort.flatMap((owner, k) => {
			const row = unpack(suite, masks[owner] ?? '');
			const wires = circuit.inputs[owner] ?? [];
			return wiresOfInput(program, BigInt(inputs[k] ?? 0)).map((bit, j) => [wires[j] ?? 0, suite.scalars.sub(bit, row[j] ?? 0n)] as const);
		}),
	);
	const parts = [1, 2, 3].map(index => ({index, part: readPreparation(suite, circuit, shares.get(index) ?? '')}));
	const opened = new Map<number, readonly [bigint, bigint]>();
	const at = () => parts.map(({index, part}) => ({index, ...evaluateShares(suite, circuit, part, masked, opened)}));
	const open = (values: readonly {index: number; value?: bigint}[]) =>
		openRobustly(
			suite.scalars,
			values.map(({index, value = 0n}) => ({index, value})),
			2,
		)?.value ?? -1n;
	for (let depth = 1; depth <= circuit.depth; depth++) {
		const views = at();
		for (const wire of productsOf(circuit, depth)) {
			const side = (key: 'd' | 'e') => open(views.map(({index, products}) => ({index, value: products.get(wire)?.[key].value})));
			opened.set(wire, [side('d'), side('e')]);
		}
	}
	const views = at();
	return circuit.outputs.map(({wire}) => open(views.map(({index, wires}) => ({index, value: wires[wire]?.value}))));
}

const second = (bids: readonly number[]) => [...bids].sort((a, b) => b - a)[1] ?? 0;

describe.each([...REAL_SUITES, 'glass'] as const)('computations on %s', name => {
	const table = makeTable(name, 2, 3);
	const runs = name === 'glass' ? 3 : 2;
	const number = fc.nat(65535);

	test('sum, mean, product and comparison equal the plain result', () => {
		fc.assert(
			fc.property(number, number, number, (a, b, c) => {
				const [x, y] = [BigInt(a), BigInt(b)];
				expect(result(table, {kind: 'sum', cohort: table.parties}, [a, b, c])).toEqual({sum: String(a + b + c)});
				expect(result(table, {kind: 'mean', cohort: ['chi', 'ada']}, [a, b])).toEqual({sum: String(a + b), count: '2'});
				expect(result(table, {kind: 'product', cohort: table.parties}, [a, b, c])).toEqual({product: String(x * y * BigInt(c))});
				expect(result(table, {kind: 'less', cohort: ['ben', 'chi'], bits: 16}, [a, b])).toEqual({less: a < b ? '1' : '0'});
			}),
			{
				numRuns: runs,
				examples: [
					[0, 0, 0],
					[65535, 65535, 1],
					[65534, 65535, 0],
				],
			},
		);
	});

	test('an auction gives the winner and the second price', () => {
		fc.assert(
			fc.property(number, number, number, (...bids) => {
				const {price, winner} = result(table, {kind: 'auction', cohort: table.parties, bits: 16}, bids);
				expect(price).toBe(String(second(bids)));
				expect(winner).toBe(String(bids.indexOf(Math.max(...bids)) + 1));
			}),
			{
				numRuns: Math.ceil(runs / 3),
				examples: [
					[7, 7, 7],
					[1, 9, 9],
				],
			},
		);
	});
});

/** Sizes of tables, most of the time the smallest: what a computation costs grows with messages, and so with the square of n. */
const sizes: fc.Arbitrary<readonly [number, number]> = fc.oneof(
	{weight: 30, arbitrary: fc.constant([2, 2] as const)},
	{weight: 4, arbitrary: fc.constantFrom([2, 3] as const, [3, 3] as const)},
	{weight: 1, arbitrary: fc.constantFrom([2, 4] as const, [4, 5] as const, [3, 7] as const)},
);

describe('comparison and auction among parties, message by message', () => {
	test.each([
		['glass', 200],
		['ed25519', 10],
		['secp256k1', 10],
	] as const)('equal the plain result on any pair of four bits, %s (%i cases)', (name, numRuns) => {
		const nibble = fc.nat(15);
		fc.assert(
			fc.property(sizes, nibble, nibble, fc.boolean(), ([t, n], x, y, isAuction) => {
				const table = makeTable(name, t, n);
				const cohort = [table.parties[0] ?? '', table.parties[n - 1] ?? ''];
				// The first of equal bids wins, and pays as much.
				const expected = isAuction ? {price: String(Math.min(x, y)), winner: String(x < y ? n : 1)} : {less: x < y ? '1' : '0'};
				expect(result(table, {kind: isAuction ? 'auction' : 'less', cohort, bits: 4}, [x, y])).toEqual(expected);
			}),
			{numRuns},
		);
	});
});

describe('comparison and auction', () => {
	const table = makeTable('glass', 2, 3);

	test('are right on all pairs of four bits', () => {
		for (let x = 0; x < 16; x++)
			for (let y = 0; y < 16; y++) {
				const auction = outputs({kind: 'auction', cohort: ['ada', 'ben'], bits: 4}, [x, y]);
				expect(auction, `${x}, ${y}`).toEqual([BigInt(Math.min(x, y)), x < y ? 1n : 0n]);
			}
	});

	test('work for five bidders of whom each three hold everything', () => {
		const five = makeTable('glass', 3, 5);
		const {price, winner} = result(five, {kind: 'auction', cohort: five.parties, bits: 8}, [30, 255, 12, 200, 29]);
		expect([price, winner]).toEqual(['200', '2']);
	});

	it('needs few products and few rounds', () => {
		const circuit = circuitOf({kind: 'less', cohort: ['ada', 'ben'], bits: 16});
		// Besides 32 checks of bits: 16 products of bits, and at most two for each of 15 pairs.
		expect(productsOf(circuit).length - circuit.bits.length).toBeLessThanOrEqual(46);
		expect(circuit.depth).toBe(5);
	});

	it('refuses programs that make no sense', () => {
		expect(() => circuitOf({kind: 'less', cohort: ['ada'], bits: 4})).toThrow('two inputs');
		expect(() => circuitOf({kind: 'auction', cohort: ['ada', 'ben']})).toThrow('2 to 64 bits');
		expect(() => circuitOf({kind: 'sum', cohort: ['ada', 'ada']})).toThrow('one input');
		expect(() => runComputing(table, {program: {kind: 'less', cohort: ['ada', 'ben'], bits: 4}, inputs: {ada: '16', ben: '1'}})).toThrow(
			'4 bits',
		);
	});
});

describe('liars in a computation', () => {
	const program: Program = {kind: 'product', cohort: ['ada', 'ben', 'chi']};
	const inputs = {ada: '3', ben: '5', chi: '7'};

	test('are named where there are two shares more than needed, and the result is right all the same', () => {
		const table = makeTable('ed25519', 3, 5);
		const run = runComputing(table, {program, inputs, carry: lie(table, 'dee', 'shares')});
		expect(run.status).toBe('done');
		expect([...new Set(run.blame.map(({member, check}) => `${member} ${check.name}`))]).toEqual(['dee robustOpening']);
		expect(computedOf(run.sides.ada?.memory ?? '')).toEqual({product: '105'});
	});

	test('are noticed and not named with one share more', () => {
		const table = makeTable('ed25519', 2, 3);
		const run = runComputing(table, {program, inputs, carry: lie(table, 'ben', 'shares')});
		expect(run.status).toBe('aborted');
		expect(run.blame).toEqual([]);
		expect(run.reason).toContain('too few to name who');
	});

	test('are caught by the MACs alone where every share is needed; without MACs the result is wrong', () => {
		for (const [t, checks] of [
			[3, {}],
			[2, {robustOpening: false}],
		] as const) {
			const table = makeTable('ed25519', t, 3);
			const run = runComputing(table, {program, inputs, checks, carry: lie(table, 'ben', 'shares')});
			expect(run.status).toBe('aborted');
			expect(run.reason).toContain('a MAC names nobody');
			expect(run.transits.some(({carries}) => carries.startsWith('result'))).toBe(false);
			const off = runComputing(table, {program, inputs, checks: {...checks, macs: false}, carry: lie(table, 'ben', 'shares')});
			expect(computedOf(off.sides.ada?.memory ?? '')).not.toEqual({product: '105'});
		}
	});

	test('who change a MAC share after they have seen the others are named by their commitment', () => {
		const table = makeTable('glass', 3, 3);
		const run = runComputing(table, {program, inputs, carry: lie(table, 'ben', 'sigma')});
		expect(run.blame.map(({member, check}) => `${member} ${check.name}`)).toEqual(['ben commitment']);
	});

	test('whose input is no bit are named; unchecked, the answer is nonsense', () => {
		const table = makeTable('ed25519', 2, 3);
		const less: Program = {kind: 'less', cohort: ['ada', 'ben'], bits: 4};
		const lying = {program: less, inputs: {ada: '3', ben: '5'}, planted: {ben: '40'}};
		const run = runComputing(table, lying);
		expect(run.blame.map(({member, check}) => `${member} ${check.name}`)).toEqual(['ben bits']);
		const off = runComputing(table, {...lying, checks: {bits: false}});
		expect(['0', '1']).not.toContain(computedOf(off.sides.ada?.memory ?? '').less);
	});

	test('who tell all others another input than their own side holds cannot account for their echo', () => {
		const table = makeTable('ed25519', 2, 3);
		const run = runComputing(table, {program, inputs, carry: lie(table, 'ben', 'masked')});
		expect(run.blame.map(({member, check}) => `${member} ${check.name}`)).toEqual(['ben echo']);
	});

	test('who show different inputs to different parties are proven by their own signatures', () => {
		for (const sealed of [true, false]) {
			const table = makeTable('ed25519', 2, 4);
			const run = runComputing(table, {program, inputs, sealed, carry: lie(table, 'ben', 'masked', 1n, ['chi', 'dee'])});
			expect([...new Set(run.blame.map(({member, check}) => `${member} ${check.name}`))]).toEqual(['ben echo']);
			expect(run.blame[0]?.evidence).toHaveLength(2);
			expect(run.transits.some(({carries}) => carries.includes('to open'))).toBe(false);
		}
	});

	test('who fall silent are outlived as long as t parties open', () => {
		const table = makeTable('glass', 2, 4);
		const run = runComputing(table, {program, inputs, carry: packet => (packet.from === 'chi' && packet.round > 3 ? [] : [packet])});
		expect(computedOf(run.sides.ada?.memory ?? '')).toEqual({product: '105'});
		const early = runComputing(table, {program, inputs, carry: packet => (packet.from === 'chi' ? [] : [packet])});
		expect(early.reason).toContain('chi silent in round 2');
	});
});

describe('what is seen of a computation', () => {
	const table = makeTable('ed25519', 2, 3);

	test("nothing but the result and one's own input: the dealer learns no input, and says what it knows", () => {
		const run = runComputing(table, {program: {kind: 'sum', cohort: table.parties}, inputs: {ada: '1', ben: '2', chi: '3'}});
		expect(run.transits.filter(({to, round}) => to === HUB && round < 9)).toEqual([]);
		expect(run.learned.hub?.map(({what}) => what).join()).toContain('would read the inputs from the openings');
		expect(run.learned.ada?.map(({what}) => what).join()).toContain('dealt by hub, who knows them whole');
		expect(run.sides.hub?.memory).toContain('"sum":"6"');
	});

	test('a sum of too few, or one that completes an answer to one person, is refused by every party', () => {
		const ask = (cohort: readonly string[], answered: readonly string[][], checks = {}) =>
			runComputing(table, {
				program: {kind: 'sum', cohort, minimum: 2},
				inputs: inputsOf(
					cohort,
					cohort.map(() => 5),
				),
				answered,
				checks,
			});
		expect(ask(table.parties, []).status).toBe('done');
		const few = ask(['ada'], []);
		expect(few.reason).toContain('inputs in the sum >= 2');
		expect(few.transits.some(({carries}) => carries.includes('masked'))).toBe(false);
		const difference = ask(['ada', 'ben'], [[...table.parties]]);
		expect(difference.reason).toContain('these give chi');
		expect(ask(['ada', 'ben'], [[...table.parties]], {minimumCohort: false}).status).toBe('done');
	});
});
