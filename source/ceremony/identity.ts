/** A machine's long-term keys in node:crypto's hands: Ed25519 signs envelopes, X25519 agrees on keys for private bodies. */
import {createPrivateKey, createPublicKey, diffieHellman, hash, type KeyObject, sign, verify} from 'node:crypto';
import type {Draw, Hex, Identity, Member, SuiteName} from './api.js';

const CURVES = {signing: 'Ed25519', sealing: 'X25519'} as const;
/** PKCS #8 up to the 32 raw bytes of a secret key (RFC 8410). */
const PKCS8 = {signing: '302e020100300506032b657004220420', sealing: '302e020100300506032b656e04220420'} as const;
type Use = keyof typeof CURVES;

function base64url(raw: Hex): string {
	return Buffer.from(raw, 'hex').toString('base64url');
}

/**
 * Keys that were read before: OpenSSL needs a third of a verification for each. By their text, and not many of them. Keys go in as JWK, which takes
 * OpenSSL a tenth of the time that it spends on PKCS #8.
 */
const READ = new Map<string, KeyObject>();
const MOST = 256;

function readOnce(name: string, read: () => KeyObject): KeyObject {
	const known = READ.get(name);
	if (known !== undefined) return known;
	const key = read();
	if (READ.size >= MOST) READ.clear();
	READ.set(name, key);
	return key;
}

function privateKey(identity: Identity, use: Use): KeyObject {
	const {secret, public: raw} = identity[use];
	return readOnce(`${use} ${secret} ${raw}`, () =>
		createPrivateKey({key: {kty: 'OKP', crv: CURVES[use], d: base64url(secret), x: base64url(raw)}, format: 'jwk'}),
	);
}

function publicKey(member: Partial<Record<Use, Hex>>, use: Use): KeyObject {
	const raw = member[use] ?? '';
	return readOnce(`${use} ${raw}`, () => createPublicKey({key: {kty: 'OKP', crv: CURVES[use], x: base64url(raw)}, format: 'jwk'}));
}

function makePair(use: Use, bytes: Uint8Array): {secret: Hex; public: Hex} {
	const secret = Buffer.from(bytes.subarray(0, 32)).toString('hex');
	const key = createPrivateKey({key: Buffer.from(PKCS8[use] + secret, 'hex'), format: 'der', type: 'pkcs8'});
	return {secret, public: createPublicKey(key).export({format: 'der', type: 'spki'}).subarray(-32).toString('hex')};
}

/** Hexadecimal digits of glass's keys, half of the real ones: a key tells by its length which scheme it belongs to. */
const GLASS = 32;

/** Is this text one of glass's keys? */
export function isGlass(key: Hex): boolean {
	return key.length === GLASS;
}

/** Glass again hides nothing: its one key names the machine, makes its tags and checks them. */
function makeGlassPair(bytes: Uint8Array): {secret: Hex; public: Hex} {
	const key = Buffer.from(bytes.subarray(0, GLASS / 2)).toString('hex');
	return {secret: key, public: key};
}

/** A machine's keys, drawn under `identity signing` and `identity sealing`. Those for `glass` are keys of plain hashes. */
export function makeIdentity(draw: Draw, suite?: SuiteName): Identity {
	if (suite === 'glass') return {signing: makeGlassPair(draw('identity signing')), sealing: makeGlassPair(draw('identity sealing'))};
	return {signing: makePair('signing', draw('identity signing')), sealing: makePair('sealing', draw('identity sealing'))};
}

/** The public part of an identity. Parties have index 1..n; a coordinator or trusted dealer has index 0. */
export function memberOf(id: string, index: number, identity: Identity): Member {
	return {id, index, signing: identity.signing.public, sealing: identity.sealing.public};
}

/** Glass's tag: a keyed hash. */
export function glassTag(key: Hex, text: string): Hex {
	return hash('sha256', `${key}/${text}`);
}

export function signText(identity: Identity, text: string): Hex {
	const {secret} = identity.signing;
	if (isGlass(secret)) return glassTag(secret, text);
	return sign(null, Buffer.from(text), privateKey(identity, 'signing')).toString('hex');
}

/** Bad encodings give false. */
export function verifyText(member: Pick<Member, 'signing'>, text: string, signature: string): boolean {
	if (isGlass(member.signing)) return signature === glassTag(member.signing, text);
	if (!/^[0-9a-f]{128}$/.test(signature)) return false;
	try {
		return verify(null, Buffer.from(text), publicKey(member, 'signing'), Buffer.from(signature, 'hex'));
	} catch {
		return false;
	}
}

/** The secret that two machines share, from one's secret and the other's public key (RFC 7748). Throws on a bad public key. */
export function agree(identity: Identity, other: Pick<Member, 'sealing'>): Buffer {
	const {public: mine} = identity.sealing;
	if (isGlass(mine)) return Buffer.from(mine < other.sealing ? `${mine}/${other.sealing}` : `${other.sealing}/${mine}`);
	return diffieHellman({privateKey: privateKey(identity, 'sealing'), publicKey: publicKey(other, 'sealing')});
}
