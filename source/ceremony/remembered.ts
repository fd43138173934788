/**
 * Reading text that comes again and again: a broadcast by each of its receivers, a session by every side for every message. Reading is a pure function of
 * the text, so its latest results can be kept; what is handed out is shared, so it is frozen. It says nothing that the text did not say.
 */

/** Longer texts are read anew: they come once, and would fill the memory. */
const LONGEST = 16_384;
const MOST = 512;
/** Texts are looked up by their last characters, and then compared as a whole: hashing all of a text takes longer than comparing it. */
const TAIL = 80;

/** The same function, which remembers. Its results are objects. */
export function remembered<Result extends object>(read: (text: string) => Result): (text: string) => Result {
	const known = new Map<string, {readonly text: string; readonly result: Result}>();
	return text => {
		const tail = text.slice(-TAIL);
		const old = known.get(tail);
		if (old !== undefined && old.text === text) return old.result;
		const result = freeze(read(text));
		if (text.length > LONGEST) return result;
		if (known.size >= MOST) known.clear();
		known.set(tail, {text, result});
		return result;
	};
}

function freeze<Value>(value: Value): Value {
	if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
	Object.freeze(value);
	for (const part of Object.values(value)) freeze(part);
	return value;
}
