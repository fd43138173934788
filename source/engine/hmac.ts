/**
 * HMAC-SHA256 (RFC 2104) with its key prepared once: a game draws some hundred times and salts every line, and an object of OpenSSL for each costs more
 * than its hashes.
 */
import {hash} from 'node:crypto';

/** A key, xored with both pads. As secret as the key. */
export interface MacKey {
	readonly inner: Buffer;
	readonly outer: Buffer;
}

/** Bytes that SHA-256 takes at a time. */
const block = 64;

export function macKeyOf(key: Uint8Array): MacKey {
	const whole = Buffer.alloc(block);
	whole.set(key.length > block ? hash('sha256', key, 'buffer') : key);
	return {inner: whole.map(byte => byte ^ 0x36) as Buffer, outer: whole.map(byte => byte ^ 0x5c) as Buffer};
}

/** HMAC of a text's UTF-8 bytes, or of bytes: 32 bytes. */
export function hmac({inner, outer}: MacKey, message: string | Uint8Array): Buffer {
	const bytes = typeof message === 'string' ? Buffer.from(message, 'utf8') : message;
	return hash('sha256', Buffer.concat([outer, hash('sha256', Buffer.concat([inner, bytes]), 'buffer')]), 'buffer');
}
