/** Canonical JSON (RFC 8785): one text for one value. */
import canonicalize from 'canonicalize';

/** Does JSON.stringify write this value as RFC 8785 asks: plain values only, and names in their order at every depth? */
export function isOrdered(value: unknown): boolean {
	if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
	if (typeof value === 'number') return Number.isFinite(value);
	if (typeof value !== 'object' || 'toJSON' in value) return false;
	if (Array.isArray(value)) return value.every(isOrdered);
	let before = '';
	for (const name of Object.keys(value)) {
		if (name < before || !isOrdered((value as Readonly<Record<string, unknown>>)[name])) return false;
		before = name;
	}
	return true;
}

/** The value with its names in order, or undefined where that takes more than sorting: no plain value, or names that objects list as numbers. */
function inOrder(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return isOrdered(value) ? value : undefined;
	if ('toJSON' in value) return undefined;
	if (Array.isArray(value)) {
		const items = value.map(inOrder);
		return items.includes(undefined) ? undefined : items;
	}
	const sorted: Record<string, unknown> = {};
	for (const name of Object.keys(value).sort()) {
		const part = inOrder((value as Readonly<Record<string, unknown>>)[name]);
		if (part === undefined || name === '__proto__' || /^\d/.test(name)) return undefined;
		sorted[name] = part;
	}
	return sorted;
}

/** Canonical text. Throws where the value holds something that JSON does not. */
export function canonical(value: unknown): string {
	// JSON.stringify is ten times faster, and RFC 8785 takes its numbers and strings from it.
	const text = isOrdered(value) ? JSON.stringify(value) : (JSON.stringify(inOrder(value)) ?? canonicalize(value));
	if (text === undefined) throw new Error('this value has no JSON text');
	return text;
}

/** A text as JSON writes it. */
export const quoted: (text: string) => string = JSON.stringify;
