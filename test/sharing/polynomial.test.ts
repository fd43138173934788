import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {drawPolynomial, evaluate, interpolate, lagrange} from '../../source/sharing/polynomial.js';
import {scalarFromBytes} from '../../source/sharing/scalars.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {drawFrom, REAL_SUITES} from '../ceremony/table.js';

describe.each(REAL_SUITES)('polynomials over the scalars of %s', name => {
	const {scalars} = suiteOf(name);
	const subsets = fc.tuple(fc.string(), fc.integer({min: 2, max: 5})).chain(([seed, t]) =>
		fc.record({
			seed: fc.constant(seed),
			t: fc.constant(t),
			indexes: fc.uniqueArray(fc.integer({min: 1, max: 9}), {minLength: t, maxLength: t}),
			at: fc.integer({min: 0, max: 9}),
		}),
	);

	test('any t values give back the polynomial at any point, and t-1 do not', () => {
		fc.assert(
			fc.property(subsets, ({seed, t, indexes, at}) => {
				const polynomial = drawPolynomial(scalars, 12345n, t - 1, drawFrom(seed), 'p');
				const shares = indexes.map(index => ({index, value: evaluate(scalars, polynomial, index)}));
				expect(interpolate(scalars, shares, at)).toBe(evaluate(scalars, polynomial, at));
				expect(interpolate(scalars, shares)).toBe(12345n);
				expect(interpolate(scalars, shares.slice(1))).not.toBe(12345n);
			}),
		);
	});

	test('t-1 values fit every candidate secret', () => {
		const polynomial = drawPolynomial(scalars, 1n, 2, drawFrom('p'), 'p');
		const two = [2, 5].map(index => ({index, value: evaluate(scalars, polynomial, index)}));
		for (const candidate of [0n, 7n, scalars.ORDER - 1n]) {
			const through = [{index: 0, value: candidate}, ...two];
			for (const {index, value} of two) expect(interpolate(scalars, through, index)).toBe(value);
			expect(interpolate(scalars, through, 0)).toBe(candidate);
		}
	});

	it('refuses repeated and foreign indexes', () => {
		expect(() => lagrange(scalars, [1, 1, 2], 1)).toThrow('distinct indexes');
		expect(() => lagrange(scalars, [1, 2], 3)).toThrow('index 3 is not among 1, 2');
	});
});

describe('scalars from bytes', () => {
	const {scalars} = suiteOf('ed25519');

	it('are never zero and cover both ends', () => {
		const bytes = (value: bigint) => Buffer.from(value.toString(16).padStart(128, '0'), 'hex').reverse();
		expect(scalarFromBytes(scalars, bytes(0n))).toBe(1n);
		expect(scalarFromBytes(scalars, bytes(scalars.ORDER - 1n))).toBe(1n);
		expect(scalarFromBytes(scalars, bytes(scalars.ORDER - 2n))).toBe(scalars.ORDER - 1n);
	});

	it('leave the bytes as they were, and need 64 of them', () => {
		const bytes = drawFrom('s')('x');
		const copy = Buffer.from(bytes);
		scalarFromBytes(scalars, bytes);
		expect(Buffer.from(bytes)).toEqual(copy);
		expect(() => scalarFromBytes(scalars, bytes.subarray(0, 32))).toThrow('64 bytes');
	});
});
