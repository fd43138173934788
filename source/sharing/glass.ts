/**
 * Glass: a group whose points are their own discrete logarithms, the numbers modulo q = 2^89-1 under addition, with G = 1. It hides nothing from
 * whoever looks; nobody in the protocols or among the attackers' algebra does. It is for playtests, which need many games and not one secret,
 * and is never offered for play.
 */
import {hash as digest} from 'node:crypto';
import {bytesToHex} from '@noble/hashes/utils.js';
import type {Point, Scalars, Suite} from './suite.js';

const q = 2n ** 89n - 1n;
const BYTES = 12;
const LOW = 64n;

function reduce(value: bigint): bigint {
	const rest = value % q;
	return rest < 0n ? rest + q : rest;
}

const scratch = new DataView(new ArrayBuffer(BYTES));
const scratched = new Uint8Array(scratch.buffer);

/** Little-endian. */
function encode(value: bigint): Uint8Array {
	// What does not fit into 64 bits is cut off.
	scratch.setBigUint64(0, value, true);
	scratch.setUint32(8, Number(value >> LOW), true);
	const bytes = new Uint8Array(BYTES);
	for (let k = 0; k < BYTES; k++) bytes[k] = scratched[k] ?? 0;
	return bytes;
}

function decodeNumber(bytes: Uint8Array): bigint {
	if (bytes.length !== BYTES) throw new Error(`expected ${BYTES} bytes, got ${bytes.length}`);
	const view = new DataView(bytes.buffer, bytes.byteOffset, BYTES);
	const value = (BigInt(view.getUint32(8, true)) << LOW) | view.getBigUint64(0, true);
	if (value >= q) throw new Error('expected a number below q = 2^89-1');
	return value;
}

const scalars: Scalars = {
	ORDER: q,
	BYTES,
	isLE: true,
	add: (a, b) => {
		const sum = a + b;
		return sum >= q ? sum - q : sum;
	},
	sub: (a, b) => (a >= b ? a - b : a - b + q),
	mul: (a, b) => (a * b) % q,
	neg: a => (a === 0n ? 0n : q - a),
	inv(a) {
		let [older, newer, x, y] = [q, reduce(a), 0n, 1n];
		if (newer === 0n) throw new Error('zero has no inverse');
		while (newer !== 0n) {
			const times = older / newer;
			[older, newer] = [newer, older - times * newer];
			[x, y] = [y, x - times * y];
		}
		return reduce(x);
	},
	create: reduce,
	toBytes: encode,
	fromBytes: decodeNumber,
};

class GlassPoint implements Point {
	constructor(readonly logarithm: bigint) {}
	add(other: Point): Point {
		return new GlassPoint(scalars.add(this.logarithm, logarithmOf(other)));
	}
	subtract(other: Point): Point {
		return new GlassPoint(scalars.sub(this.logarithm, logarithmOf(other)));
	}
	negate(): Point {
		return new GlassPoint(scalars.neg(this.logarithm));
	}
	multiply(scalar: bigint): Point {
		// As the real groups do: what must not be zero is found out here too.
		if (scalar <= 0n || scalar >= q) throw new Error('expected a scalar from 1 to q-1');
		return this.multiplyUnsafe(scalar);
	}
	multiplyUnsafe(scalar: bigint): Point {
		return new GlassPoint(reduce(this.logarithm * scalar));
	}
	equals(other: Point): boolean {
		return this.logarithm === logarithmOf(other);
	}
	is0(): boolean {
		return this.logarithm === 0n;
	}
	toBytes(): Uint8Array {
		return encode(this.logarithm);
	}
}

function logarithmOf(point: Point): bigint {
	return (point as GlassPoint).logarithm;
}

/** SHA-256 of a label and bytes. */
function hashHex(label: string, ...parts: readonly Uint8Array[]): string {
	let text = `glass/${label}`;
	for (const part of parts) text += `/${bytesToHex(part)}`;
	return digest('sha256', text);
}

function hash(label: string, bytes: Uint8Array): Uint8Array {
	return Buffer.from(hashHex(label, bytes), 'hex');
}

function hashScalar(label: string, ...parts: readonly Uint8Array[]): bigint {
	return BigInt(`0x${hashHex(label, ...parts)}`) % q;
}

function challenge(nonce: Uint8Array, key: Uint8Array, message: Uint8Array): bigint {
	return hashScalar('challenge', nonce, key, message);
}

/** A Schnorr verifier of its own, for R and z of 12 bytes each: z = R + H(R | PK | m) * PK modulo q, in plain numbers. */
function verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
	if (publicKey.length !== BYTES || signature.length !== 2 * BYTES) return false;
	const nonce = signature.slice(0, BYTES);
	try {
		const [R, z, key] = [nonce, signature.slice(BYTES), publicKey].map(decodeNumber) as [bigint, bigint, bigint];
		return R !== 0n && key !== 0n && z === (R + challenge(nonce, publicKey, message) * key) % q;
	} catch {
		return false;
	}
}

export const glassSuite: Suite = {
	name: 'glass',
	title: 'Glass (playtests only, hides nothing)',
	scalars,
	base: new GlassPoint(1n),
	zero: new GlassPoint(0n),
	decode(bytes) {
		const value = decodeNumber(bytes);
		if (value === 0n) throw new Error('the identity is no valid element');
		return new GlassPoint(value);
	},
	// q is prime.
	inSubgroup: () => true,
	remember: point => logarithmOf(point).toString(16),
	recall: text => new GlassPoint(BigInt(`0x${text}`)),
	combine: (points, factors) => new GlassPoint(reduce(points.reduce((sum, point, k) => sum + logarithmOf(point) * (factors[k] ?? 0n), 0n))),
	prepare: points => points,
	hash: {
		binding: bytes => hashScalar('rho', bytes),
		nonce: bytes => hashScalar('nonce', bytes),
		message: bytes => hash('msg', bytes),
		list: bytes => hash('com', bytes),
		proof: bytes => hashScalar('dkg', bytes),
	},
	challenge: (nonce, key, message) => challenge(nonce.toBytes(), key.toBytes(), message),
	sign: () => 1,
	tweak: () => 0n,
	publicKey: key => key.toBytes(),
	signature: (nonce, z) => Buffer.concat([nonce, encode(z)]),
	verify,
};
