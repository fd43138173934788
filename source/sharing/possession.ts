/**
 * Proof that a dealer knows the constant it commits to (Komlo and Goldberg 2020, figure 1): a Schnorr signature under A = a * G.
 * Without it the last dealer can choose its commitments against those of the others (rogue key).
 */
import {concatBytes} from '@noble/hashes/utils.js';
import {scalarFromBytes} from './scalars.js';
import type {Draw, Point, Suite} from './suite.js';

export interface Possession {
	readonly nonce: Point;
	readonly z: bigint;
}

/** c = HDKG(index | context | A | R). The context names the run; an empty one gives the equation of ZF's published vectors. */
function challengeOf(suite: Suite, index: number, context: Uint8Array, key: Point, nonce: Point): bigint {
	return suite.hash.proof(concatBytes(suite.scalars.toBytes(BigInt(index)), context, key.toBytes(), nonce.toBytes()));
}

/** k and R = k*G of a proof. */
export function possessionNonce(suite: Suite, draw: Draw, label: string): {readonly k: bigint; readonly nonce: Point} {
	const k = scalarFromBytes(suite.scalars, draw(`${label} proof`));
	return {k, nonce: suite.base.multiply(k)};
}

/** Used once: two proofs with one nonce give the constant away. */
export function provePossession(
	suite: Suite,
	options: {
		readonly index: number;
		readonly constant: bigint;
		readonly key: Point;
		readonly context: Uint8Array;
		readonly k: bigint;
		readonly nonce: Point;
	},
): Possession {
	const {k, nonce} = options;
	const c = challengeOf(suite, options.index, options.context, options.key, nonce);
	return {nonce, z: suite.scalars.add(k, suite.scalars.mul(c, options.constant))};
}

/** R = z*G - c*A. */
export function checkPossession(
	suite: Suite,
	index: number,
	context: Uint8Array,
	key: Point,
	proof: Possession,
): {holds: boolean; left: Point; right: Point} {
	const c = challengeOf(suite, index, context, key, proof.nonce);
	const right = suite.base.multiplyUnsafe(proof.z).subtract(key.multiplyUnsafe(c));
	return {holds: proof.nonce.equals(right), left: proof.nonce, right};
}
