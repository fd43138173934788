/**
 * DEAL / CHECK / COLLECT, the one primitive under the trusted dealer, key generation, refresh, reshare and product:
 * a dealer shares a constant with a random polynomial (Shamir) and commits to its coefficients (Feldman 1987); a receiver checks its
 * value against the commitments; values and commitments of several dealers add up to a share of the sum.
 */
import {drawPolynomial, evaluate} from './polynomial.js';
import {baseTimes, scalarFromBytes} from './scalars.js';
import type {Draw, Point, Suite} from './suite.js';

/**
 * D_k = a_k * G from the constant upwards (from a_1 where the constant's point is implied), and the value g(j) of every receiver j.
 * The values are secret, each for its receiver.
 */
export interface Deal {
	readonly constant: bigint;
	readonly commitments: readonly Point[];
	readonly values: ReadonlyMap<number, bigint>;
}

/** What a receiver holds of one deal, or of a sum of deals. */
export interface Received {
	readonly index: number;
	readonly value: bigint;
	readonly commitments: readonly Point[];
}

/**
 * DEAL(constant, degree, receivers): g(x) = constant + a_1 x + ... + a_degree x^degree.
 * Without a constant one is drawn (key generation). Where everybody knows D_0 already it is `implied`, neither computed nor sent: the identity
 * for constant 0 (refresh), lambda_i * Y_i for a weighted share (reshare).
 */
export function deal(
	suite: Suite,
	options: {
		readonly constant?: bigint;
		readonly implied?: boolean;
		readonly degree: number;
		readonly receivers: readonly number[];
		readonly draw: Draw;
		readonly label: string;
	},
): Deal {
	const {degree, receivers, draw, label} = options;
	const constant = options.constant ?? scalarFromBytes(suite.scalars, draw(`${label} constant`));
	const coefficients = drawPolynomial(suite.scalars, constant, degree, draw, label);
	return {
		constant,
		commitments: coefficients.slice(options.implied === true ? 1 : 0).map(coefficient => baseTimes(suite, coefficient)),
		values: new Map(receivers.map(index => [index, evaluate(suite.scalars, coefficients, index)])),
	};
}

/** index * point for a small public index from 1, by doubling and adding: the groups' own multiplication prepares for long scalars. */
function timesIndex(point: Point, index: number): Point {
	let product = point;
	for (const bit of index.toString(2).slice(1)) {
		product = product.add(product);
		if (bit === '1') product = product.add(point);
	}
	return product;
}

/** The committed polynomial in the exponent: the sum of index^k * D_k, by Horner's rule. Throws without commitments. */
export function evaluateCommitments(commitments: readonly Point[], index: number): Point {
	return commitments.reduceRight((sum, commitment) => timesIndex(sum, index).add(commitment));
}

/**
 * The same at many indexes. Where they lie close together, Newton's differences take one addition a coefficient for each: the values at 0 (the
 * constant's point) to t-1 come by Horner's rule, their backward differences at t-1 give all further values in turn.
 */
export function evaluateCommitmentsAt(commitments: readonly Point[], indexes: readonly number[]): Point[] {
	const last = Math.max(...indexes);
	const [constant] = commitments;
	if (constant === undefined || last > 2 * indexes.length || indexes.length <= commitments.length)
		return indexes.map(index => evaluateCommitments(commitments, index));
	const values = commitments.map((_, x) => (x === 0 ? constant : evaluateCommitments(commitments, x)));
	// Row k has the differences of order k; the last of each row is the one at t-1.
	const differences: Point[] = [];
	for (let row: readonly Point[] = values; row.length > 0; row = row.slice(1).map((point, x) => point.subtract(at(row, x))))
		differences.push(at(row, row.length - 1));
	while (values.length <= last) {
		for (let k = differences.length - 2; k >= 0; k--) differences[k] = at(differences, k).add(at(differences, k + 1));
		values.push(at(differences, 0));
	}
	return indexes.map(index => at(values, index));
}

function at(points: readonly Point[], k: number): Point {
	const point = points[k];
	if (point === undefined) throw new Error(`there is no point ${k}`);
	return point;
}

/**
 * CHECK: value * G = sum of index^k * D_k (Feldman). Both sides are returned, for whoever wants to see them.
 * It holds for a sum of deals as for each of them, so one check on the sum is enough unless it fails.
 */
export function checkDeal(suite: Suite, {index, value, commitments}: Received): {holds: boolean; left: Point; right: Point} {
	const left = baseTimes(suite, value);
	const right = evaluateCommitments(commitments, index);
	return {holds: left.equals(right), left, right};
}

/** COLLECT: the sum of several deals as one receiver got them. Deals with more coefficients than others raise the degree of the sum. */
export function collect(suite: Suite, index: number, deals: readonly {value: bigint; commitments: readonly Point[]}[]): Received {
	const commitments: Point[] = [];
	let value = 0n;
	for (const part of deals) {
		value = suite.scalars.add(value, part.value);
		for (const [k, commitment] of part.commitments.entries()) {
			const sum = commitments[k];
			commitments[k] = sum === undefined ? commitment : sum.add(commitment);
		}
	}
	return {index, value, commitments};
}

/**
 * A freshly made key in the form that its verifiers expect: with even Y (BIP 340), then tweaked with the empty Merkle root (BIP 341).
 * Suites without x-only keys change nothing. It is done once in a key's life; later epochs keep the form.
 */
export function normaliseKey(suite: Suite, {index, value, commitments}: Received): Received {
	const [key] = suite.prepare(commitments.slice(0, 1));
	if (key === undefined) throw new Error('a key needs at least one commitment');
	const flip = suite.sign(key) === -1;
	const even = flip ? commitments.map(commitment => commitment.negate()) : [...commitments];
	const tweak = suite.tweak(even[0] ?? key);
	if (tweak !== 0n) even[0] = (even[0] ?? key).add(suite.base.multiplyUnsafe(tweak));
	return {index, value: suite.scalars.add(flip ? suite.scalars.neg(value) : value, tweak), commitments: even};
}
