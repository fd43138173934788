/** Polynomials over the scalars, Lagrange at any point, and Shamir's sharing (Shamir 1979). */
import {scalarFromBytes} from './scalars.js';
import type {Draw, Scalars} from './suite.js';

/** One value of a polynomial: f(index). A share of a secret f(0). */
export interface Share {
	readonly index: number;
	readonly value: bigint;
}

/** A random polynomial of this degree through (0, constant); coefficient k is drawn under `label coefficient k`. */
export function drawPolynomial(scalars: Scalars, constant: bigint, degree: number, draw: Draw, label: string): bigint[] {
	const coefficients = [constant];
	for (let k = 1; k <= degree; k++) coefficients.push(scalarFromBytes(scalars, draw(`${label} coefficient ${k}`)));
	return coefficients;
}

/** f(x) by Horner's rule; coefficients from the constant upwards. */
export function evaluate(scalars: Scalars, coefficients: readonly bigint[], x: number): bigint {
	const at = scalars.create(BigInt(x));
	return coefficients.reduceRight((sum, coefficient) => scalars.add(scalars.mul(sum, at), coefficient), 0n);
}

/**
 * The Lagrange coefficient of `index` among `indexes` for the value at `at` (0 unless told): the product over the others j of
 * (at - j) / (index - j). Throws where an index is repeated or `index` is not among them.
 */
export function lagrange(scalars: Scalars, indexes: readonly number[], index: number, at = 0): bigint {
	if (new Set(indexes).size !== indexes.length) throw new Error(`interpolation needs distinct indexes, got ${indexes.join(', ')}`);
	if (!indexes.includes(index)) throw new Error(`index ${index} is not among ${indexes.join(', ')}`);
	let above = 1n;
	let below = 1n;
	for (const other of indexes) {
		if (other === index) continue;
		above = scalars.mul(above, scalars.create(BigInt(at - other)));
		below = scalars.mul(below, scalars.create(BigInt(index - other)));
	}
	return scalars.mul(above, scalars.inv(below));
}

/** The value at `at` (0 unless told) of the lowest polynomial through the shares. It is the secret only if they are t of one epoch. */
export function interpolate(scalars: Scalars, shares: readonly Share[], at = 0): bigint {
	const indexes = shares.map(share => share.index);
	return shares.reduce((sum, {index, value}) => scalars.add(sum, scalars.mul(lagrange(scalars, indexes, index, at), value)), 0n);
}
