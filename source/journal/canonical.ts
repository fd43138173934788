import canonicalize from 'canonicalize';
import {JournalError, printable, quoted} from './journal-error.js';

/** Nesting that canonical JSON of a save may have; far beyond any real payload, far below the depth that exhausts a stack. */
const DEEPEST = 200;

/**
 * Canonical JSON (RFC 8785, JCS) of a value: sorted keys, no white space, shortest numbers.
 * @throws JournalError naming the path of anything that JCS can't represent: undefined, NaN, infinities, big integers, functions, symbols,
 * instances of classes, lone surrogates, and nesting below 200 levels (a circle among it). Nothing is dropped or converted silently.
 */
export function canonicalText(value: unknown, name = 'payload'): string {
	refuse(value, name, 0);
	const text = canonicalize(value);
	if (text === undefined) throw unrepresentable(name, 'not a JSON value');
	return text;
}

/** The UTF-8 bytes of `canonicalText`. */
export function canonicalBytes(value: unknown, name?: string): Buffer {
	return Buffer.from(canonicalText(value, name), 'utf8');
}

/** The path of a member, as people write it: `payload.approvals[2].party`, `payload["odd key"]`. */
export function memberPath(parent: string, key: string | number): string {
	if (typeof key === 'number') return `${parent}[${key}]`;
	return /^[A-Za-z_$][\w$-]*$/.test(key) ? `${parent}.${key}` : `${parent}[${quoted(key)}]`;
}

export interface Difference {
	readonly path: string;
	readonly left: unknown;
	readonly right: unknown;
}

/** The first place, in canonical order, where two JSON values differ; null when they are equal. A missing member is undefined. */
export function firstDifference(left: unknown, right: unknown, path = 'payload'): Difference | null {
	if (Array.isArray(left) && Array.isArray(right)) {
		for (let index = 0; index < Math.max(left.length, right.length); index++) {
			const difference = firstDifference(left[index], right[index], memberPath(path, index));
			if (difference) return difference;
		}
		return null;
	}
	if (isRecord(left) && isRecord(right)) {
		for (const key of [...new Set([...Object.keys(left), ...Object.keys(right)])].sort()) {
			const difference = firstDifference(own(left, key), own(right, key), memberPath(path, key));
			if (difference) return difference;
		}
		return null;
	}
	return left === right ? null : {path, left, right};
}

/** A JSON object: not null, not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
	return Object.hasOwn(value, key) ? value[key] : undefined;
}

function refuse(value: unknown, path: string, depth: number): void {
	if (value === null || typeof value === 'boolean') return;
	if (typeof value === 'string') {
		if (/\p{Surrogate}/u.test(value)) throw unrepresentable(path, 'text with half of a surrogate pair');
		return;
	}
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) throw unrepresentable(path, String(value));
		return;
	}
	if (typeof value !== 'object') throw unrepresentable(path, value === undefined ? 'undefined' : `a ${typeof value}`);
	if (depth >= DEEPEST) throw unrepresentable(path.slice(0, 80), `nested more than ${DEEPEST} levels deep`);
	if (Array.isArray(value)) {
		for (let index = 0; index < value.length; index++) refuse(value[index], memberPath(path, index), depth + 1);
		return;
	}
	const prototype = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) throw unrepresentable(path, 'an instance of a class');
	if (Object.getOwnPropertySymbols(value).length > 0) throw unrepresentable(path, 'an object with a symbol as a key');
	for (const [key, member] of Object.entries(value)) {
		if (/\p{Surrogate}/u.test(key)) throw unrepresentable(path, 'an object with half of a surrogate pair in a key');
		refuse(member, memberPath(path, key), depth + 1);
	}
}

function unrepresentable(path: string, what: string): JournalError {
	return new JournalError({
		what: `${printable(path)} is ${what}, which canonical JSON can't hold.`,
		expected: 'null, true, false, a finite number, well-formed text, a list or a plain object',
	});
}
