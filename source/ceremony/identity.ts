/** A machine's long-term keys in node:crypto's hands: Ed25519 signs envelopes, X25519 agrees on keys for private bodies. */
import {createPrivateKey, createPublicKey, diffieHellman, type KeyObject, sign, verify} from 'node:crypto';
import type {Draw, Hex, Identity, Member} from './api.js';

// RFC 8410 encodings up to the 32 raw bytes.
const PRIVATE = {ed25519: '302e020100300506032b657004220420', x25519: '302e020100300506032b656e04220420'} as const;
const PUBLIC = {ed25519: '302a300506032b6570032100', x25519: '302a300506032b656e032100'} as const;
type Curve = keyof typeof PRIVATE;

function privateKey(curve: Curve, secret: Hex): KeyObject {
	return createPrivateKey({key: Buffer.from(PRIVATE[curve] + secret, 'hex'), format: 'der', type: 'pkcs8'});
}

function publicKey(curve: Curve, raw: Hex): KeyObject {
	return createPublicKey({key: Buffer.from(PUBLIC[curve] + raw, 'hex'), format: 'der', type: 'spki'});
}

function makePair(curve: Curve, bytes: Uint8Array): {secret: Hex; public: Hex} {
	const secret = Buffer.from(bytes.subarray(0, 32)).toString('hex');
	const encoded = createPublicKey(privateKey(curve, secret)).export({format: 'der', type: 'spki'});
	return {secret, public: encoded.subarray(-32).toString('hex')};
}

/** A machine's keys, drawn under `identity signing` and `identity sealing`. */
export function makeIdentity(draw: Draw): Identity {
	return {signing: makePair('ed25519', draw('identity signing')), sealing: makePair('x25519', draw('identity sealing'))};
}

/** The public part of an identity. Parties have index 1..n; a coordinator or trusted dealer has index 0. */
export function memberOf(id: string, index: number, identity: Identity): Member {
	return {id, index, signing: identity.signing.public, sealing: identity.sealing.public};
}

export function signText(identity: Identity, text: string): Hex {
	return sign(null, Buffer.from(text), privateKey('ed25519', identity.signing.secret)).toString('hex');
}

/** Bad encodings give false. */
export function verifyText(member: Pick<Member, 'signing'>, text: string, signature: string): boolean {
	if (!/^[0-9a-f]{128}$/.test(signature)) return false;
	try {
		return verify(null, Buffer.from(text), publicKey('ed25519', member.signing), Buffer.from(signature, 'hex'));
	} catch {
		return false;
	}
}

/** The secret that two machines share, from one's secret and the other's public key (RFC 7748). Throws on a bad public key. */
export function agree(identity: Identity, other: Pick<Member, 'sealing'>): Buffer {
	return diffieHellman({privateKey: privateKey('x25519', identity.sealing.secret), publicKey: publicKey('x25519', other.sealing)});
}
