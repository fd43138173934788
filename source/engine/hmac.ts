/**
 * HMAC-SHA256 (RFC 2104) with its key prepared once: a game draws some hundred times and salts every line, and an object of OpenSSL for each costs more
 * than its hashes.
 */
import {hash} from 'node:crypto';

/** A key, xored with both pads; behind the outer one is room for the inner hash. As secret as the key. */
export interface MacKey {
	readonly inner: Buffer;
	readonly outer: Buffer;
	/** The inner one again, with room for a message behind it. */
	readonly padded: Buffer;
}

/** Bytes that SHA-256 takes at a time, and bytes that it gives. */
const block = 64;
const digest = 32;

/** Bytes of room for a message; what is longer is put together each time. */
const room = 256;

/** A UTF-16 unit gives three bytes of UTF-8 at most. */
const mostBytes = 3;

export function macKeyOf(key: Uint8Array): MacKey {
	const whole = key.length > block ? hash('sha256', key, 'buffer') : key;
	const padded = Buffer.alloc(block + room, 0x36);
	const inner = padded.subarray(0, block);
	const outer = Buffer.alloc(block + digest, 0x5c);
	for (const [index, byte] of whole.entries()) {
		inner[index] = byte ^ 0x36;
		outer[index] = byte ^ 0x5c;
	}
	return {inner, outer, padded};
}

/** HMAC of a text's UTF-8 bytes, or of bytes: 32 bytes in hex. */
export function hmac({inner, outer, padded}: MacKey, message: string | Uint8Array): string {
	const whole =
		typeof message === 'string' && message.length * mostBytes <= room
			? padded.subarray(0, block + padded.write(message, block, 'utf8'))
			: Buffer.concat([inner, typeof message === 'string' ? Buffer.from(message, 'utf8') : message]);
	outer.write(hash('sha256', whole), block, 'hex');
	return hash('sha256', outer);
}
