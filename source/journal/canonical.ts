import {JournalError, printable, quoted} from './journal-error.js';

/** Nesting that canonical JSON of a save may have; far beyond any real payload, far below the depth that exhausts a stack. */
const DEEPEST = 200;
const HALF_A_PAIR = /\p{Surrogate}/u;
/** Text that JSON writes as it is, between quotes. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** The place of a value in the payload: what an error names. */
interface Place {
	readonly in: Place | undefined;
	readonly key: string | number;
	readonly depth: number;
}

/**
 * Canonical JSON (RFC 8785, JCS) of a value: sorted keys, no white space, shortest numbers.
 * @throws JournalError naming the path of anything that JCS can't represent: undefined, NaN, infinities, big integers, functions, symbols,
 * instances of classes, lone surrogates, and nesting below 200 levels (a circle among it). Nothing is dropped or converted silently.
 */
export function canonicalText(value: unknown, name = 'payload'): string {
	return written(value, {in: undefined, key: name, depth: 0});
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

function written(value: unknown, place: Place): string {
	if (typeof value === 'string') return textWritten(value, place, 'text with half of a surrogate pair');
	// RFC 8785 takes its numbers from JavaScript (section 3.2.2.3).
	if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
	if (typeof value !== 'object')
		throw unrepresentable(place, value === undefined || typeof value === 'number' ? String(value) : `a ${typeof value}`);
	const {depth} = place;
	if (depth >= DEEPEST) throw unrepresentable(place, `nested more than ${DEEPEST} levels deep`);
	let text = '';
	if (Array.isArray(value)) {
		for (let index = 0; index < value.length; index++)
			text += `${index === 0 ? '' : ','}${written(value[index], {in: place, key: index, depth: depth + 1})}`;
		return `[${text}]`;
	}
	const prototype = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) throw unrepresentable(place, 'an instance of a class');
	if (Object.getOwnPropertySymbols(value).length > 0) throw unrepresentable(place, 'an object with a symbol as a key');
	// In the order of UTF-16 units, as RFC 8785 asks (section 3.2.3).
	for (const key of Object.keys(value).sort()) {
		const name = textWritten(key, place, 'an object with half of a surrogate pair in a key');
		const member = written((value as Record<string, unknown>)[key], {in: place, key, depth: depth + 1});
		text += `${text === '' ? '' : ','}${name}:${member}`;
	}
	return `{${text}}`;
}

function textWritten(text: string, place: Place, what: string): string {
	if (PLAIN.test(text)) return `"${text}"`;
	if (HALF_A_PAIR.test(text)) throw unrepresentable(place, what);
	return JSON.stringify(text);
}

function pathOf({in: parent, key}: Place): string {
	return parent === undefined ? String(key) : memberPath(pathOf(parent), key);
}

function unrepresentable(place: Place, what: string): JournalError {
	const path = pathOf(place);
	return new JournalError({
		what: `${printable(path.length > 120 ? `${path.slice(0, 120)}...` : path)} is ${what}, which canonical JSON can't hold.`,
		expected: 'null, true, false, a finite number, well-formed text, a list or a plain object',
	});
}
