import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {type KeyShare, tryShares} from '../../source/ceremony/index.js';
import {readMemory} from '../../source/ceremony/memory.js';
import type {SideBase} from '../../source/ceremony/side.js';
import {deal} from '../../source/sharing/deal.js';
import {pointHex, scalarFromHex, scalarHex} from '../../source/sharing/scalars.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {type Carry, HUB, makeTable, NAMES, REAL_SUITES, runDealer, runKeygen, runSigning, sharesOf} from './table.js';

function subsets<T>(items: readonly T[], size: number): T[][] {
	if (size === 0) return [[]];
	return items.flatMap((item, k) => subsets(items.slice(k + 1), size - 1).map(rest => [item, ...rest]));
}

function expectSoundKey(shares: readonly KeyShare[], threshold: number): void {
	const [key] = shares;
	if (key === undefined) throw new Error('no shares');
	const suite = suiteOf(key.suite);
	for (const share of shares) {
		expect({...share, index: key.index, share: key.share}).toEqual(key);
		expect(pointHex(suite.base.multiply(scalarFromHex(suite, share.share)))).toBe(key.verifyingShares[share.index]);
	}
	for (const subset of subsets(shares, threshold)) expect(tryShares({key, shares: subset}).check.holds).toBe(true);
	for (const subset of subsets(shares, threshold - 1)) expect(tryShares({key, shares: subset}).check.holds).toBe(false);
}

describe.each(REAL_SUITES)('key generation on %s', suite => {
	test('every t shares give the key, no t-1 do, and s_j*G = Y_j', () => {
		const sizes = fc
			.integer({min: 2, max: 4})
			.chain(t => fc.tuple(fc.constant(t), fc.integer({min: t, max: 5}), fc.string(), fc.boolean()));
		fc.assert(
			fc.property(sizes, ([t, n, seed, sealed]) => {
				const run = runKeygen(makeTable(suite, t, n, seed), {sealed});
				expect(run).toMatchObject({status: 'done', blame: [], waitingFor: []});
				expectSoundKey(sharesOf(run), t);
			}),
			{numRuns: 6},
		);
	});

	test('a trusted dealer makes the same kind of key, and knows the secret', () => {
		const table = makeTable(suite, 2, 3);
		const run = runDealer(table);
		expect(run.status).toBe('done');
		expectSoundKey(sharesOf(run), 2);
		expect(run.learned[HUB]?.map(({what}) => what).join()).toContain('whole secret key');
		expect(run.learned.ada?.map(({what}) => what).join()).not.toContain('whole secret key');
		const again = runDealer(table, {secret: scalarHex(suiteOf(suite), 5n)});
		const other = runDealer(makeTable(suite, 2, 3, 'another table'), {secret: scalarHex(suiteOf(suite), 5n)});
		expect(sharesOf(again)[0]?.publicKey).toBe(sharesOf(other)[0]?.publicKey);
		expect(sharesOf(again)[0]?.share).not.toBe(sharesOf(other)[0]?.share);
	});

	test('the same draws give the same bytes, other draws others', () => {
		const wires = (seed: string) => runKeygen(makeTable(suite, 2, 3, seed)).transits.map(({wire}) => wire);
		expect(wires('x')).toEqual(wires('x'));
		expect(wires('y')).not.toEqual(wires('x'));
	});

	test('a party keeps no dealt values, and no side ever holds the share of another', () => {
		const run = runKeygen(makeTable(suite, 2, 3));
		const shares = sharesOf(run);
		for (const [id, {memory}] of Object.entries(run.sides)) {
			expect(Object.keys(readMemory<SideBase>(memory))).not.toContain('values');
			for (const share of shares) expect(memory.includes(share.share)).toBe(NAMES[share.index - 1] === id);
		}
	});
});

describe('lost and foreign messages', () => {
	const suite = suiteOf('ed25519');
	const table = makeTable('ed25519', 2, 3);

	it('leaves the ceremony open until rounds are closed, then names who was silent and blames nobody', () => {
		const carry: Carry = packet => (packet.from === 'chi' && packet.round === 3 && packet.to === 'ada' ? [] : [packet]);
		const open = runKeygen(table, {carry, closeRounds: false});
		expect(open).toMatchObject({status: 'waiting', waitingFor: ['ada', 'chi']});
		const closed = runKeygen(table, {carry});
		expect(closed).toMatchObject({status: 'aborted', blame: []});
		expect(closed.reason).toBe('chi silent in round 3');
	});

	it('counts a message whose bytes were changed on the way as not received', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 4}),
				fc.nat(),
				fc.constantFrom(...'0123456789abcdef"{}'),
				fc.boolean(),
				(round, where, char, sealed) => {
					let before = '';
					let after = '';
					const carry: Carry = packet => {
						if (packet.from !== 'ben' || packet.to !== 'ada' || packet.round !== round) return [packet];
						const k = where % packet.wire.length;
						before = packet.wire;
						after = packet.wire.slice(0, k) + char + packet.wire.slice(k + 1);
						return [{...packet, wire: after}];
					};
					const run = runKeygen(table, {carry, sealed});
					if (before === after) expect(run.status).toBe('done');
					else expect(run).toMatchObject({status: 'aborted', blame: [], reason: `ben silent in round ${round}`});
				},
			),
			{numRuns: 30},
		);
	});

	it('refuses messages of an earlier run, unless nobody looks at their context', () => {
		const earlier = runKeygen(table, {session: 'keygen-0'}).transits.filter(({from, round}) => from === 'ben' && round === 1);
		expect(runKeygen(table, {inFlight: earlier})).toMatchObject({status: 'done', blame: []});
		const fooled = runKeygen(table, {inFlight: earlier, checks: {context: false}});
		expect(fooled.status).toBe('aborted');
		expect(fooled.blame.length).toBeGreaterThan(0);
	});

	it('keeps dealt values from whoever listens only if they are sealed', () => {
		const overheard = (sealed: boolean) =>
			runKeygen(table, {sealed})
				.transits.filter(({round, to}) => round === 3 && to === 'ada')
				.map(({wire}) => JSON.parse(wire).body.value);
		expect(overheard(true)).toEqual([undefined, undefined]);
		const values = overheard(false).map(value => scalarFromHex(suite, value));
		expect(values).toHaveLength(2);
	});
});

describe('a known generator', () => {
	it('lets whoever knows its draws compute every share without a single message', () => {
		const table = makeTable('ed25519', 2, 3);
		const suite = suiteOf('ed25519');
		const shares = sharesOf(runKeygen(table));
		for (const {index, share} of shares) {
			const values = table.parties.map(
				id => deal(suite, {degree: 1, receivers: [index], draw: table.draw(id), label: 'keygen-1 deal'}).values.get(index) ?? 0n,
			);
			const sum = values.reduce((total, value) => suite.scalars.add(total, value), 0n);
			expect(scalarHex(suite, sum)).toBe(share);
		}
	});
});

describe('a key from keygen', () => {
	it.each(REAL_SUITES)('signs on %s', suite => {
		const table = makeTable(suite, 3, 4);
		const shares = sharesOf(runKeygen(table));
		expect(runSigning(table, {shares, signers: ['ben', 'chi', 'dee'], message: 'c0ffee'}).status).toBe('done');
	});
});
