import {ED25519_TORSION_SUBGROUP} from '@noble/curves/ed25519.js';
import {hexToBytes} from '@noble/hashes/utils.js';
import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {checkDeal, collect, deal, evaluateCommitments, normaliseKey} from '../../source/sharing/deal.js';
import {checkPossession, possessionNonce, provePossession} from '../../source/sharing/possession.js';
import {pointHex, scalarFromHex, scalarHex} from '../../source/sharing/scalars.js';
import type {Draw, Point} from '../../source/sharing/suite.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {drawFrom, REAL_SUITES} from '../ceremony/table.js';
import {drawing, type KeygenVectors, readVectors, SKIPPED, VECTORS} from './vectors.js';

const indexes = (n: number) => Array.from({length: n}, (_, k) => k + 1);

describe.each(REAL_SUITES)('DEAL / CHECK / COLLECT on %s', name => {
	const suite = suiteOf(name);
	const dealt = (seed: string, degree: number, n: number, constant?: bigint) =>
		deal(suite, {constant, degree, receivers: indexes(n), draw: drawFrom(seed), label: 'deal'});
	const valueFor = (d: ReturnType<typeof deal>, index: number) => d.values.get(index) ?? 0n;

	test('every value fits the commitments, and any change of a value or of a point does not', () => {
		fc.assert(
			fc.property(fc.string(), fc.integer({min: 1, max: 3}), fc.integer({min: 1, max: 5}), fc.nat(9), (seed, degree, index, where) => {
				const d = dealt(seed, degree, 5);
				const {commitments} = d;
				const value = valueFor(d, index);
				expect(checkDeal(suite, {index, value, commitments}).holds).toBe(true);
				expect(checkDeal(suite, {index, value: suite.scalars.add(value, 1n), commitments}).holds).toBe(false);
				const moved = commitments.map((point, k) => (k === where % commitments.length ? point.add(suite.base) : point));
				expect(checkDeal(suite, {index, value, commitments: moved}).holds).toBe(false);
			}),
			{numRuns: 10},
		);
	});

	it('adds deals up to a deal of the sum', () => {
		const deals = ['a', 'b', 'c'].map(seed => dealt(seed, 2, 4));
		const sum = collect(
			suite,
			3,
			deals.map(d => ({value: valueFor(d, 3), commitments: d.commitments})),
		);
		const secret = deals.reduce((total, d) => suite.scalars.add(total, d.constant), 0n);
		expect(checkDeal(suite, sum).holds).toBe(true);
		expect(sum.commitments[0]?.equals(suite.base.multiply(secret))).toBe(true);
	});

	it('deals zero with the identity as its first commitment, and leaves the sum unchanged', () => {
		const key = dealt('key', 1, 3);
		const zero = dealt('zero', 1, 3, 0n);
		expect(zero.commitments[0]?.is0()).toBe(true);
		const sum = collect(
			suite,
			2,
			[key, zero].map(d => ({value: valueFor(d, 2), commitments: d.commitments})),
		);
		expect(checkDeal(suite, sum).holds).toBe(true);
		expect(sum.commitments[0]?.equals(key.commitments[0] ?? suite.zero)).toBe(true);
		expect(sum.value).not.toBe(valueFor(key, 2));
	});

	it('raises the degree where one deal has a coefficient too many', () => {
		const sum = collect(
			suite,
			1,
			[dealt('a', 1, 3), dealt('b', 2, 3)].map(d => ({value: valueFor(d, 1), commitments: d.commitments})),
		);
		expect(sum.commitments).toHaveLength(3);
		expect(checkDeal(suite, sum).holds).toBe(true);
	});

	it('keeps a share valid while it takes a key to the form that its verifiers expect', () => {
		for (const seed of ['a', 'b', 'c', 'd']) {
			const d = dealt(seed, 1, 3);
			const raw = {index: 2, value: valueFor(d, 2), commitments: d.commitments};
			const key = normaliseKey(suite, raw);
			expect(checkDeal(suite, key).holds).toBe(true);
			expect(key.value === raw.value).toBe(name === 'ed25519');
		}
	});

	it('proves possession of a constant to one index in one context only', () => {
		const key = suite.base.multiply(7n);
		const context = Buffer.from('run 1');
		const proof = provePossession(suite, {index: 2, constant: 7n, key, context, ...possessionNonce(suite, drawFrom('x'), 'deal')});
		expect(checkPossession(suite, 2, context, key, proof).holds).toBe(true);
		expect(checkPossession(suite, 3, context, key, proof).holds).toBe(false);
		expect(checkPossession(suite, 2, Buffer.from('run 2'), key, proof).holds).toBe(false);
		expect(checkPossession(suite, 2, context, key.add(suite.base), proof).holds).toBe(false);
		expect(checkPossession(suite, 2, context, key, {...proof, z: proof.z + 1n}).holds).toBe(false);
	});

	describe.skipIf(VECTORS === undefined)(`published key generation${SKIPPED}`, () => {
		const parties = [1, 2, 3] as const;
		const read = () => readVectors<KeygenVectors>(name, 'vectors_dkg.json').inputs;
		const dealOf = (party: KeygenVectors['inputs']['1']) => {
			const draw: Draw = drawing(suite, {'deal constant': party.signing_key, 'deal coefficient 1': party.coefficient});
			return deal(suite, {degree: 1, receivers: parties, draw, label: 'deal'});
		};

		it('has these commitments and values', () => {
			const inputs = read();
			for (const i of parties) {
				const d = dealOf(inputs[i]);
				expect(d.commitments.map(pointHex)).toEqual(inputs[i].vss_commitments);
				for (const j of parties) if (i !== j) expect(scalarHex(suite, valueFor(d, j))).toBe(inputs[j].signing_shares[i]);
			}
		});

		it('accepts these proofs, with an empty context', () => {
			const inputs = read();
			for (const i of parties) {
				const proof = hexToBytes(inputs[i].proof_of_knowledge);
				// Taproot's encoding leaves out the byte that says that R has even Y.
				const nonce = suite.decode(name === 'ed25519' ? proof.slice(0, 32) : Uint8Array.from([2, ...proof.slice(0, 32)]));
				const key = suite.decode(hexToBytes(inputs[i].vss_commitments[0] ?? ''));
				const z = suite.scalars.fromBytes(proof.slice(32));
				expect(checkPossession(suite, i, new Uint8Array(), key, {nonce, z}).holds).toBe(true);
				expect(checkPossession(suite, i, Uint8Array.of(1), key, {nonce, z}).holds).toBe(false);
			}
		});

		it('ends in these shares and this key', () => {
			const inputs = read();
			const deals = parties.map(i => dealOf(inputs[i]));
			for (const j of parties) {
				const sum = collect(
					suite,
					j,
					deals.map(d => ({value: valueFor(d, j), commitments: d.commitments})),
				);
				const key = normaliseKey(suite, sum);
				expect(scalarHex(suite, key.value)).toBe(inputs[j].signing_share);
				expect(pointHex(evaluateCommitments(key.commitments, j))).toBe(inputs[j].verifying_share);
				expect(pointHex(key.commitments[0] ?? suite.zero)).toBe(inputs.verifying_key);
			}
		});
	});
});

describe('torsion on ed25519', () => {
	const suite = suiteOf('ed25519');
	const identity = Buffer.from(suite.zero.toBytes()).toString('hex');
	const order2 = ED25519_TORSION_SUBGROUP.filter(hex => hex !== identity)
		.map(hex => suite.decode(hexToBytes(hex)))
		.find(point => point.add(point).is0());

	it('passes the Feldman check at every index, and only the subgroup check sees it', () => {
		if (order2 === undefined) throw new Error('ed25519 has a point of order 2');
		const d = deal(suite, {degree: 2, receivers: [1, 2, 3, 4], draw: drawFrom('t'), label: 'deal'});
		const commitments = d.commitments.map((point, k) => (k === 0 ? point : point.add(order2)));
		for (const [index, value] of d.values) expect(checkDeal(suite, {index, value, commitments}).holds).toBe(true);
		expect(commitments.map(point => suite.inSubgroup(point))).toEqual([true, false, false]);
	});
});

describe('decoding', () => {
	it.each(REAL_SUITES)('refuses points and scalars of %s that are not canonical', name => {
		const suite = suiteOf(name);
		expect(() => suite.decode(new Uint8Array(name === 'ed25519' ? 32 : 33).fill(255))).toThrow();
		expect(() => suite.decode(new Uint8Array(3))).toThrow();
		if (name === 'ed25519') expect(() => suite.decode(suite.zero.toBytes())).toThrow('identity');
		const order = suite.scalars.toBytes(suite.scalars.ORDER - 1n);
		expect(scalarFromHex(suite, Buffer.from(order).toString('hex'))).toBe(suite.scalars.ORDER - 1n);
		expect(() => scalarFromHex(suite, 'ff'.repeat(32))).toThrow();
	});

	it.each(REAL_SUITES)('gives the same point of %s with its root, without one and with any other', name => {
		const suite = suiteOf(name);
		const pointOf = (scalar: bigint) => suite.base.multiply(scalar);
		const rootOf = suite.rootOf as (point: Point) => string;
		const text = fc.oneof(
			fc.string(),
			fc.stringMatching(/^[0-9a-f]{64}$/),
			fc.bigInt({min: 1n, max: 99n}).map(k => rootOf(pointOf(k))),
		);
		fc.assert(
			fc.property(fc.bigInt({min: 1n, max: suite.scalars.ORDER - 1n}), text, (scalar, root) => {
				const point = pointOf(scalar);
				const [bytes, negative] = [point.toBytes(), point.negate()];
				for (const given of [rootOf(point), root, rootOf(negative), undefined]) {
					expect(pointHex(suite.decode(bytes, given))).toBe(pointHex(point));
					expect(pointHex(suite.decode(negative.toBytes(), given))).toBe(pointHex(negative));
				}
				// A root makes no element of what is none.
				expect(() =>
					suite.decode(
						bytes.map(() => 255),
						rootOf(point),
					),
				).toThrow();
			}),
			{numRuns: 20},
		);
	});

	it('takes one encoding of a secp256k1 point only', () => {
		const suite = suiteOf('secp256k1');
		const long = (suite.base as unknown as {toBytes(compressed: boolean): Uint8Array}).toBytes(false);
		expect(() => suite.decode(long)).toThrow('expected 33 bytes, got 65');
	});
});
