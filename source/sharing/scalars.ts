/** Scalars and points as bytes and as text. */
import {equalBytes} from '@noble/curves/utils.js';
import {bytesToHex, hexToBytes} from '@noble/hashes/utils.js';
import type {Hex, Point, Scalars, Suite} from './suite.js';

/**
 * A scalar in 1..q-1 from 64 bytes of chance, little-endian: (bytes mod (q-1)) + 1, as in FIPS 186-5 A.2.1 and noble's
 * mapHashToField. 64 bytes keep the bias below 2^-250 for both real groups, and zero, which the groups refuse, never comes out.
 */
export function scalarFromBytes(scalars: Scalars, bytes: Uint8Array): bigint {
	if (bytes.length < 64) throw new Error(`a scalar needs 64 bytes of chance, got ${bytes.length}`);
	return (BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`) % (scalars.ORDER - 1n)) + 1n;
}

export function scalarHex(suite: Suite, scalar: bigint): Hex {
	return bytesToHex(suite.scalars.toBytes(scalar));
}

/** Throws where the text is no canonical scalar of the suite. */
export function scalarFromHex(suite: Suite, text: Hex): bigint {
	return suite.scalars.fromBytes(hexToBytes(text));
}

/** The identity, which secp256k1 does not encode, is written `00`. */
export function pointHex(point: Point): Hex {
	return point.is0() ? '00' : bytesToHex(point.toBytes());
}

/** Many points as text, for the price of little more than one. */
export function pointsHex(suite: Suite, points: readonly Point[]): Hex[] {
	return suite.prepare(points).map(pointHex);
}

/** Both sides of an equation between points as text. Encoding a computed point costs an inversion: equal sides pay for one. */
export function sidesHex({holds, left, right}: {holds: boolean; left: Point; right: Point}): {holds: boolean; left: Hex; right: Hex} {
	const text = pointHex(left);
	return {holds, left: text, right: holds ? text : pointHex(right)};
}

/** Throws where the text is no canonical element of the suite's curve, or the identity. Does not check the subgroup. `root` as in `Suite.decode`. */
export function pointFromHex(suite: Suite, text: Hex, root?: Hex): Point {
	return suite.decode(hexToBytes(text), root);
}

const ROOT_DIGITS = 64;

/** A coordinate of 32 bytes, for `Suite.rootOf`. */
export function rootText(coordinate: bigint): Hex {
	return coordinate.toString(16).padStart(ROOT_DIGITS, '0');
}

/** The point with this coordinate, if there is one that lies on the curve and has these bytes as its encoding: then it is what decoding would give. */
export function pointWithRoot<Decoded extends Point & {assertValidity(): void}>(
	bytes: Uint8Array,
	root: Hex | undefined,
	pointOf: (coordinate: bigint) => Decoded,
): Decoded | undefined {
	if (root === undefined || root.length !== ROOT_DIGITS) return undefined;
	try {
		const point = pointOf(BigInt(`0x${root}`));
		point.assertValidity();
		return equalBytes(point.toBytes(), bytes) ? point : undefined;
	} catch {
		return undefined;
	}
}

/** scalar * G for a secret scalar; zero, which noble's `multiply` refuses, gives the identity. */
export function baseTimes(suite: Suite, scalar: bigint): Point {
	return scalar === 0n ? suite.zero : suite.base.multiply(scalar);
}

/** `x,y` in hexadecimal. */
export function coordinatesText({x, y}: {readonly x: bigint; readonly y: bigint}): string {
	return `${x.toString(16)},${y.toString(16)}`;
}

export function coordinatesOf(text: string): {x: bigint; y: bigint} {
	const [x = 0n, y = 0n] = text.split(',').map(digits => BigInt(`0x${digits}`));
	return {x, y};
}
