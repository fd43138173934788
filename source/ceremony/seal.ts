/**
 * Sealed bodies: X25519 between the two long-term keys, HKDF-SHA256 and ChaCha20-Poly1305. The salt is a keyed hash of the body, so no chance
 * is needed and two bodies never share a key. The key's hash travels inside the signed envelope: a receiver who complains publishes the key
 * of this one message, and nobody can present another key that opens it to something else.
 */
import {createCipheriv, createDecipheriv, createHmac, hash, hkdfSync} from 'node:crypto';
import type {Hex, Identity, Member} from './api.js';
import {canonical, quoted} from './canonical.js';
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
	return hash('sha256', bytes);
}

/** Canonical text. */
function contextText({session, epoch, round, from, to}: SealContext): string {
	return `{"epoch":${epoch},"from":${quoted(from)},"round":${round},"session":${quoted(session)},"to":${quoted(to)}}`;
}

function isHex(part: unknown): boolean {
	return typeof part === 'string' && part !== '' && part.length % 2 === 0 && !/[^0-9a-f]/.test(part);
}

export function isSealed(body: unknown): body is Sealed {
	if (typeof body !== 'object' || body === null) return false;
	const {sealed, salt, keyHash} = body as Partial<Record<keyof Sealed, unknown>>;
	return isHex(sealed) && isHex(salt) && isHex(keyHash);
}

export function seal(identity: Identity, receiver: Member, context: SealContext, body: object): Sealed {
	const shared = agree(identity, receiver);
	const place = contextText(context);
	const plain = canonical(body);
	if (isGlass(identity.sealing.public)) return glassSeal(shared, place, plain);
	const salt = createHmac('sha256', shared).update(`${place}\n${plain}`).digest();
	const key = Buffer.from(hkdfSync('sha256', shared, salt, place, 32));
	const cipher = createCipheriv(CIPHER, key, NONCE, OPTIONS).setAAD(Buffer.from(place), {plaintextLength: Buffer.byteLength(plain)});
	const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
	return {keyHash: hashHex(key), salt: salt.toString('hex'), sealed: sealed.toString('hex')};
}

/** The key of one sealed message, as either of its two ends can compute it. */
export function messageKey(identity: Identity, other: Member, context: SealContext, {salt}: Sealed): Hex {
	const shared = agree(identity, other);
	if (isGlass(identity.sealing.public)) return glassKey(shared, contextText(context));
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
 * Glass's seal, without a salt: the words under a stream of hashes of the message's key, and a keyed hash of them, which commits to the key as well. It opens for the same
 * members, and breaks when it is touched. The key comes from the secret that two machines share; that glass's shared secret is none, is glass's own affair.
 */
function glassSeal(shared: Buffer, place: string, plain: string): Sealed {
	const key = glassKey(shared, place);
	return {keyHash: hash('sha256', `${key}/${plain}`), salt: '00', sealed: cover(Buffer.from(plain), key).toString('hex')};
}

function glassKey(shared: Buffer, place: string): Hex {
	return hash('sha256', `${shared}/${place}`).slice(0, 32);
}

function glassOpen({sealed, keyHash}: Sealed, key: Hex): unknown {
	const plain = cover(Buffer.from(sealed, 'hex'), key).toString('utf8');
	return hash('sha256', `${key}/${plain}`) === keyHash ? JSON.parse(plain) : undefined;
}

/** The bytes, in their place, with a stream on them of which SHA-512 makes 64 at a time; once more takes it off. */
function cover(bytes: Buffer, key: Hex): Buffer {
	for (let start = 0; start < bytes.length; start += 64) {
		const stream = hash('sha512', `${key}/${start}`, 'buffer');
		for (let k = start; k < bytes.length && k < start + 64; k++) bytes[k] = (bytes[k] ?? 0) ^ (stream[k - start] ?? 0);
	}
	return bytes;
}
