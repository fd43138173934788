/**
 * HMAC-SHA256 (RFC 2104) with its key prepared once: a game draws some hundred times and salts every line, and an object of OpenSSL for each costs more
 * than its hashes.
 */
import {hash} from 'node:crypto';

/** A key, xored with both pads; behind the outer one is room for the inner hash. As secret as the key. */
export interface MacKey {
	readonly inner: Buffer;
	readonly outer: Buffer;
}

/** Bytes that SHA-256 takes at a time, and bytes that it gives. */
const block = 64;
const digest = 32;

export function macKeyOf(key: Uint8Array): MacKey {
	const whole = key.length > block ? hash('sha256', key, 'buffer') : key;
	const inner = Buffer.alloc(block, 0x36);
	const outer = Buffer.alloc(block + digest, 0x5c);
	for (const [index, byte] of whole.entries()) {
		inner[index] = byte ^ 0x36;
		outer[index] = byte ^ 0x5c;
	}
	return {inner, outer};
}

/** HMAC of a text's UTF-8 bytes, or of bytes: 32 bytes in hex. */
export function hmac({inner, outer}: MacKey, message: string | Uint8Array): string {
	const bytes = typeof message === 'string' ? Buffer.from(message, 'utf8') : message;
	outer.write(hash('sha256', Buffer.concat([inner, bytes])), block, 'hex');
	return hash('sha256', outer);
}
