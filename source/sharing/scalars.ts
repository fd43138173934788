/** Scalars and points as bytes and as text. */
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

/** Throws where the text is no canonical element of the suite's curve, or the identity. Does not check the subgroup. */
export function pointFromHex(suite: Suite, text: Hex): Point {
	return suite.decode(hexToBytes(text));
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
