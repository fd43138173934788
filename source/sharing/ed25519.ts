/** FROST(Ed25519, SHA-512): RFC 9591 section 6.1. A joint output is an ordinary RFC 8032 signature. */
import {createPublicKey, verify} from 'node:crypto';
import {mulAddUnsafe, normalizeZ} from '@noble/curves/abstract/curve.js';
import {ed25519} from '@noble/curves/ed25519.js';
import {bytesToNumberLE} from '@noble/curves/utils.js';
import {sha512} from '@noble/hashes/sha2.js';
import {bytesToHex, concatBytes, utf8ToBytes} from '@noble/hashes/utils.js';
import {coordinatesOf, coordinatesText, pointWithRoot, rootText} from './scalars.js';
import type {Point, Suite} from './suite.js';

const Curve = ed25519.Point;
type CurvePoint = InstanceType<typeof Curve>;
const scalars = Curve.Fn;
const NAME = 'FROST-ED25519-SHA512-v1';

function hash(label: string, bytes: Uint8Array): Uint8Array {
	return sha512(concatBytes(utf8ToBytes(NAME + label), bytes));
}

function toScalar(digest: Uint8Array): bigint {
	return scalars.create(BigInt(`0x${bytesToHex(digest.reverse())}`));
}

/** An encoding is y, little-endian, with the sign of x in its highest bit (RFC 8032 section 5.1.2). */
function yOf(bytes: Uint8Array): bigint {
	return BigInt.asUintN(255, bytesToNumberLE(bytes));
}

export const ed25519Suite: Suite = {
	name: 'ed25519',
	title: 'Ed25519 (RFC 8032)',
	scalars,
	base: Curve.BASE,
	zero: Curve.ZERO,
	decode(bytes, root) {
		const point = pointWithRoot(bytes, root, x => Curve.fromAffine({x, y: yOf(bytes)})) ?? Curve.fromBytes(bytes);
		if (point.is0()) throw new Error('the identity is no valid element');
		return point;
	},
	rootOf: point => rootText((point as CurvePoint).toAffine().x),
	inSubgroup: point => (point as CurvePoint).isTorsionFree(),
	remember: point => coordinatesText((point as CurvePoint).toAffine()),
	recall: text => Curve.fromAffine(coordinatesOf(text)),
	combine: (points, factors) => mulAddUnsafe<CurvePoint, typeof Curve>(Curve, points as CurvePoint[], factors as bigint[]),
	prepare: points => normalizeZ<CurvePoint, typeof Curve>(Curve, points as CurvePoint[]),
	hash: {
		binding: bytes => toScalar(hash('rho', bytes)),
		nonce: bytes => toScalar(hash('nonce', bytes)),
		message: bytes => hash('msg', bytes),
		list: bytes => hash('com', bytes),
		proof: bytes => toScalar(hash('dkg', bytes)),
	},
	// No prefix: RFC 9591 keeps H2 equal to RFC 8032's challenge.
	challenge: (nonce: Point, key: Point, message) => toScalar(sha512(concatBytes(nonce.toBytes(), key.toBytes(), message))),
	sign: () => 1,
	tweak: () => 0n,
	publicKey: key => key.toBytes(),
	signature: (nonce, z) => concatBytes(nonce, scalars.toBytes(z)),
	verify(publicKey, message, signature) {
		if (publicKey.length !== 32 || signature.length !== 64) return false;
		try {
			const key = createPublicKey({key: {kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url')}, format: 'jwk'});
			return verify(null, message, key, signature);
		} catch {
			return false;
		}
	},
};
