/**
 * Reading and writing text that comes again and again: a broadcast by each of its receivers, a session by every side for every message. Both are pure
 * functions of the text, so their latest results can be kept; what they hand out is shared, so it is frozen. They say nothing that the text did not say.
 */

/** Longer texts are read anew: they come once, and would fill the memory. */
const LONGEST = 8192;
const MOST = 512;

/** The same function, which remembers. Its results are objects. */
export function remembered<Result extends object>(read: (text: string) => Result): (text: string) => Result {
	const known = new Map<string, Result>();
	return text => {
		const old = known.get(text);
		if (old !== undefined) return old;
		const result = freeze(read(text));
		if (text.length > LONGEST) return result;
		if (known.size >= MOST) known.clear();
		known.set(text, result);
		return result;
	};
}

function freeze<Value>(value: Value): Value {
	if (typeof value !== 'object' || value === null) return value;
	Object.freeze(value);
	for (const part of Object.values(value)) freeze(part);
	return value;
}

const TEXTS = new WeakMap<object, string>();

/** An object from its JSON text. */
export const readPart = remembered((text): object => {
	const part: object = JSON.parse(text);
	TEXTS.set(part, text);
	return part;
});

/** The JSON text of an object: the one that it was read from, where there is one. */
export function partText(part: object): string {
	return TEXTS.get(part) ?? JSON.stringify(part);
}
