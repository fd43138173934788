/** The bytes that a joint output signs, what they say, and their digest. */
import {hash} from 'node:crypto';

export interface Payload {
	readonly vault: string;
	readonly request: string;
	readonly amount: number;
	readonly to: string;
	readonly text: string;
}

/** Payload to hex of its UTF-8 bytes; keys in alphabetical order, so equal payloads are equal bytes. */
export function encodePayload(payload: Payload): string {
	const {amount, request, text, to, vault} = payload;
	return Buffer.from(JSON.stringify({amount, request, text, to, vault}), 'utf8').toString('hex');
}

/** Payloads that were read before, by their bytes: every view of every seat reads all that are on the table. */
const read = new Map<string, Payload>();
const most = 512;

/** @throws {Error} when the bytes are not a payload. */
export function decodePayload(hex: string): Payload {
	const known = read.get(hex);
	if (known !== undefined) return known;
	const payload = parsePayload(hex);
	if (read.size >= most) read.clear();
	read.set(hex, payload);
	return payload;
}

function parsePayload(hex: string): Payload {
	const parsed: unknown = JSON.parse(Buffer.from(hex, 'hex').toString('utf8'));
	if (typeof parsed !== 'object' || parsed === null || !('to' in parsed) || !('amount' in parsed))
		throw new Error('these bytes are not a payload');
	return parsed as Payload;
}

/** Hex SHA-256 of the bytes given in hex. */
export function digestOf(hex: string): string {
	return hash('sha256', Buffer.from(hex, 'hex'));
}
