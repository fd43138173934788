/**
 * FROST(secp256k1, SHA-256) for Taproot: signatures of BIP 340 under keys of BIP 341 with the empty Merkle root. Compatible with ZF's
 * frost-secp256k1-tr; RFC 9591 has no Taproot suite.
 */
import {mulAddUnsafe, normalizeZ} from '@noble/curves/abstract/curve.js';
import {schnorr, secp256k1, secp256k1_hasher} from '@noble/curves/secp256k1.js';
import {bytesToNumberBE} from '@noble/curves/utils.js';
import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex, concatBytes, utf8ToBytes} from '@noble/hashes/utils.js';
import {coordinatesOf, coordinatesText, pointWithRoot, rootText} from './scalars.js';
import type {Point, Suite} from './suite.js';

const Curve = secp256k1.Point;
type CurvePoint = InstanceType<typeof Curve>;
const scalars = Curve.Fn;
const NAME = 'FROST-secp256k1-SHA256-TR-v1';

function toScalar(label: string, bytes: Uint8Array): bigint {
	return secp256k1_hasher.hashToScalar(bytes, {DST: NAME + label});
}

function hash(label: string, bytes: Uint8Array): Uint8Array {
	return sha256(concatBytes(utf8ToBytes(NAME + label), bytes));
}

/** The 32 bytes of a point's x (BIP 340). */
function xOf(point: Point): Uint8Array {
	return point.toBytes().slice(1);
}

export const secp256k1Suite: Suite = {
	name: 'secp256k1',
	title: 'secp256k1 Taproot (BIP 340)',
	scalars,
	base: Curve.BASE,
	zero: Curve.ZERO,
	decode(bytes, root) {
		// noble would take 65 uncompressed bytes as well: one point, one encoding.
		if (bytes.length !== 33) throw new Error(`expected 33 bytes, got ${bytes.length}`);
		return pointWithRoot(bytes, root, y => Curve.fromAffine({x: bytesToNumberBE(bytes.subarray(1)), y})) ?? Curve.fromBytes(bytes);
	},
	rootOf: point => rootText((point as CurvePoint).toAffine().y),
	// The group has prime order.
	inSubgroup: () => true,
	remember: point => coordinatesText((point as CurvePoint).toAffine()),
	recall: text => Curve.fromAffine(coordinatesOf(text)),
	combine: (points, factors) => mulAddUnsafe<CurvePoint, typeof Curve>(Curve, points as CurvePoint[], factors as bigint[]),
	prepare: points => normalizeZ<CurvePoint, typeof Curve>(Curve, points as CurvePoint[]),
	hash: {
		binding: bytes => toScalar('rho', bytes),
		nonce: bytes => toScalar('nonce', bytes),
		message: bytes => hash('msg', bytes),
		list: bytes => hash('com', bytes),
		proof: bytes => toScalar('dkg', bytes),
	},
	challenge: (nonce, key, message) =>
		scalars.create(BigInt(`0x${bytesToHex(schnorr.utils.taggedHash('BIP0340/challenge', xOf(nonce), xOf(key), message))}`)),
	sign: point => (point.toBytes()[0] === 2 ? 1 : -1),
	tweak(key) {
		const tweak = BigInt(`0x${bytesToHex(schnorr.utils.taggedHash('TapTweak', xOf(key)))}`);
		if (tweak >= scalars.ORDER) throw new Error('the Taproot tweak is no scalar (BIP 341): make another key');
		return tweak;
	},
	publicKey: xOf,
	signature: (nonce, z) => concatBytes(nonce.slice(1), scalars.toBytes(z)),
	verify(publicKey, message, signature) {
		if (publicKey.length !== 32 || signature.length !== 64) return false;
		return schnorr.verify(signature, message, publicKey);
	},
};
