/** Values that are worked out when somebody first asks for them, and then known: a screen reads all of a view, a bot a few fields of it. */
export function later<T>(make: () => T): () => T {
	let made: {readonly value: T} | undefined;
	return () => {
		made ??= {value: make()};
		return made.value;
	};
}

/** Adds fields to an object that are worked out when they are first read. Whoever lists, spreads or prints the object reads them all. */
export function withLater<Now extends object, Then extends object>(
	now: Now,
	fields: {readonly [K in keyof Then]: () => Then[K]},
): Now & Then {
	for (const name of Object.keys(fields) as (keyof Then & string)[])
		Object.defineProperty(now, name, {enumerable: true, configurable: true, get: later<unknown>(fields[name])});
	return now as Now & Then;
}
