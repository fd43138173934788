import canonicalize from 'canonicalize';
import {JournalError, printable, quoted} from './journal-error.js';

/** Nesting that canonical JSON of a save may have; far beyond any real payload, far below the depth that exhausts a stack. */
const DEEPEST = 200;
const HALF_A_PAIR = /\p{Surrogate}/u;

/**
 * Canonical JSON (RFC 8785, JCS) of a value: sorted keys, no white space, shortest numbers.
 * @throws JournalError naming the path of anything that JCS can't represent: undefined, NaN, infinities, big integers, functions, symbols,
 * instances of classes, lone surrogates, and nesting below 200 levels (a circle among it). Nothing is dropped or converted silently.
 */
export function canonicalText(value: unknown, name = 'payload'): string {
	const fault = faultOf(value, 0);
	if (fault) throw unrepresentable(fault.keys.reduceRight<string>(memberPath, name), fault.what);
	const text = canonicalize(value);
	if (text === undefined) throw unrepresentable(name, 'not a JSON value');
	return text;
}

/** The UTF-8 bytes of `canonicalText`. */
export function canonicalBytes(value: unknown, name?: string): Buffer {
	return Buffer.from(canonicalText(value, name), 'utf8');
}

/** The path of a member, as people write it: `payload.approvals[2].party`, `payload["odd key"]`. */
function memberPath(parent: string, key: string | number): string {
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

/** What JCS can't represent, with the keys that lead to it, innermost first. */
interface Fault {
	readonly what: string;
	readonly keys: (string | number)[];
}

function faultOf(value: unknown, depth: number): Fault | null {
	if (value === null || typeof value === 'boolean') return null;
	if (typeof value === 'string') return HALF_A_PAIR.test(value) ? {what: 'text with half of a surrogate pair', keys: []} : null;
	if (typeof value === 'number') return Number.isFinite(value) ? null : {what: String(value), keys: []};
	if (typeof value !== 'object') return {what: value === undefined ? 'undefined' : `a ${typeof value}`, keys: []};
	if (depth >= DEEPEST) return {what: `nested more than ${DEEPEST} levels deep`, keys: []};
	if (Array.isArray(value)) {
		for (let index = 0; index < value.length; index++) {
			const fault = faultOf(value[index], depth + 1);
			if (fault) return within(index, fault);
		}
		return null;
	}
	const prototype = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) return {what: 'an instance of a class', keys: []};
	if (Object.getOwnPropertySymbols(value).length > 0) return {what: 'an object with a symbol as a key', keys: []};
	for (const key of Object.keys(value)) {
		if (HALF_A_PAIR.test(key)) return {what: 'an object with half of a surrogate pair in a key', keys: []};
		const fault = faultOf((value as Record<string, unknown>)[key], depth + 1);
		if (fault) return within(key, fault);
	}
	return null;
}

function within(key: string | number, fault: Fault): Fault {
	fault.keys.push(key);
	return fault;
}

function unrepresentable(path: string, what: string): JournalError {
	return new JournalError({
		what: `${printable(path.length > 120 ? `${path.slice(0, 120)}...` : path)} is ${what}, which canonical JSON can't hold.`,
		expected: 'null, true, false, a finite number, well-formed text, a list or a plain object',
	});
}
