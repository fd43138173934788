/**
 * Sealed bodies: X25519 between the two long-term keys, HKDF-SHA256 and ChaCha20-Poly1305. The salt is a keyed hash of the body, so no chance
 * is needed and two bodies never share a key. The key's hash travels inside the signed envelope: a receiver who complains publishes the key
 * of this one message, and nobody can present another key that opens it to something else.
 */
import {createCipheriv, createDecipheriv, createHash, createHmac, hash, hkdfSync} from 'node:crypto';
import canonicalize from 'canonicalize';
import type {Hex, Identity, Member} from './api.js';
import {agree, isGlass} from './identity.js';

export interface Sealed {
	readonly sealed: Hex;
	readonly salt: Hex;
	readonly keyHash: Hex;
}

/** Where a sealed body belongs; part of its key, so that it opens nowhere else. */
export interface SealContext {
	readonly session: string;
	readonly epoch: number;
	readonly round: number;
	readonly from: string;
	readonly to: string;
}

const NONCE = Buffer.alloc(12);
const CIPHER = 'chacha20-poly1305';
const OPTIONS = {authTagLength: 16} as const;

function hashHex(bytes: Uint8Array): Hex {
	return createHash('sha256').update(bytes).digest('hex');
}

function contextText({session, epoch, round, from, to}: SealContext): string {
	return canonicalize({epoch, from, round, session, to}) ?? '';
}

export function isSealed(body: unknown): body is Sealed {
	if (typeof body !== 'object' || body === null) return false;
	const {sealed, salt, keyHash} = body as Partial<Record<keyof Sealed, unknown>>;
	return [sealed, salt, keyHash].every(part => typeof part === 'string' && /^([0-9a-f]{2})+$/.test(part));
}

export function seal(identity: Identity, receiver: Member, context: SealContext, body: object): Sealed {
	const shared = agree(identity, receiver);
	const place = contextText(context);
	const plain = canonicalize(body) ?? '';
	if (isGlass(identity.sealing.public)) return glassSeal(shared, place, plain);
	const salt = createHmac('sha256', shared).update(`${place}\n${plain}`).digest();
	const key = Buffer.from(hkdfSync('sha256', shared, salt, place, 32));
	const cipher = createCipheriv(CIPHER, key, NONCE, OPTIONS).setAAD(Buffer.from(place), {plaintextLength: Buffer.byteLength(plain)});
	const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
	return {sealed: sealed.toString('hex'), salt: salt.toString('hex'), keyHash: hashHex(key)};
}

/** The key of one sealed message, as either of its two ends can compute it. */
export function messageKey(identity: Identity, other: Member, context: SealContext, {salt}: Sealed): Hex {
	const shared = agree(identity, other);
	if (isGlass(identity.sealing.public)) return glassKey(shared, salt, contextText(context));
	return Buffer.from(hkdfSync('sha256', shared, Buffer.from(salt, 'hex'), contextText(context), 32)).toString('hex');
}

/** The body that this key opens, or undefined where the key is not the one that was committed to or the seal is broken. */
export function unseal(context: SealContext, body: Sealed, key: Hex): unknown {
	try {
		if (isGlass(key)) return glassOpen(body, key);
		const bytes = Buffer.from(key, 'hex');
		if (hashHex(bytes) !== body.keyHash) return undefined;
		const sealed = Buffer.from(body.sealed, 'hex');
		const cipher = sealed.subarray(0, -16);
		const decipher = createDecipheriv(CIPHER, bytes, NONCE, OPTIONS);
		decipher.setAAD(Buffer.from(contextText(context)), {plaintextLength: cipher.length});
		decipher.setAuthTag(sealed.subarray(-16));
		return JSON.parse(Buffer.concat([decipher.update(cipher), decipher.final()]).toString('utf8'));
	} catch {
		return undefined;
	}
}

/**
 * Glass's seal: the words under a stream of hashes of the message's key, and a keyed hash of them. It opens for the same members, and breaks when it is
 * touched. The key comes from the secret that two machines share; that glass's shared secret is none, is glass's own affair.
 */
function glassSeal(shared: Buffer, place: string, plain: string): Sealed {
	const salt = hash('sha256', `${shared.toString('hex')}/${place}/${plain}`);
	const key = glassKey(shared, salt, place);
	const covered = cover(Buffer.from(plain), key).toString('hex');
	return {sealed: covered + hash('sha256', `${key}/${plain}`), salt, keyHash: hash('sha256', key)};
}

function glassKey(shared: Buffer, salt: Hex, place: string): Hex {
	return hash('sha256', `${shared.toString('hex')}/${salt}/${place}`).slice(0, 32);
}

function glassOpen({sealed, keyHash}: Sealed, key: Hex): unknown {
	const plain = cover(Buffer.from(sealed.slice(0, -64), 'hex'), key).toString('utf8');
	return hash('sha256', key) === keyHash && hash('sha256', `${key}/${plain}`) === sealed.slice(-64) ? JSON.parse(plain) : undefined;
}

/** The bytes with a stream on them that SHAKE256 makes of the key; once more takes it off. */
function cover(bytes: Buffer, key: Hex): Buffer {
	const stream = createHash('shake256', {outputLength: bytes.length}).update(key).digest();
	return Buffer.from(bytes.map((byte, k) => byte ^ (stream[k] ?? 0)));
}
