/** Values that are worked out when somebody first asks for them, and then known: a screen reads all of a view, a bot a few fields of it. */
export function later<T>(make: () => T): () => T {
	let made: {readonly value: T} | undefined;
	return () => {
		made ??= {value: make()};
		return made.value;
	};
}

/** How each field is worked out of a source. */
export type Recipe<Source, Whole> = {readonly [Name in keyof Whole]-?: (source: Source) => Whole[Name]};

/** Makes objects whose fields are worked out of a source when they are first read. */
export interface Later<Source, Whole> {
	/** Its fields are its own: it can be listed, copied, compared and printed. */
	whole(source: Source): Whole;
	/** Its fields can be read by their names and in no other way, which costs a tenth: for whoever reads a few of many such objects. */
	glance(source: Source): Whole;
}

/** Where an object that is whole comes from, and what it has worked out; under a symbol that nobody lists or copies. */
const origin = Symbol('what fields are worked out of');

interface Origin {
	readonly recipe: Readonly<Record<string, (source: unknown) => unknown>>;
	readonly source: unknown;
	readonly made: Map<string, unknown>;
}

const descriptors = new Map<string, PropertyDescriptor>();

/** One getter for all fields of a name: with one each, no two objects would have a shape in common, and every read of them would be slow. */
function descriptorOf(name: string): PropertyDescriptor {
	let descriptor = descriptors.get(name);
	if (descriptor === undefined) {
		descriptor = {
			enumerable: true,
			configurable: true,
			get(this: {readonly [origin]: Origin}) {
				const {recipe, source, made} = this[origin];
				if (!made.has(name)) made.set(name, recipe[name]!(source));
				return made.get(name);
			},
		};
		descriptors.set(name, descriptor);
	}
	return descriptor;
}

/** @param isAbsent fields that an object need not have, and when it does not; a glance has them all, some undefined */
export function laterFrom<Source, Whole extends object>(
	recipe: Recipe<Source, Whole>,
	isAbsent: {readonly [Name in keyof Whole]?: (source: Source) => boolean} = {},
): Later<Source, Whole> {
	const names = Object.keys(recipe) as (keyof Whole & string)[];
	const makers = names.map(name => recipe[name]);

	class Glance {
		readonly #source: Source;
		readonly #made: unknown[];
		constructor(source: Source) {
			this.#source = source;
			this.#made = new Array(makers.length);
		}
		static read(of: Glance, index: number): unknown {
			let value = of.#made[index];
			if (value === undefined) {
				value = makers[index]!(of.#source);
				of.#made[index] = value;
			}
			return value;
		}
	}
	for (const [index, name] of names.entries())
		Object.defineProperty(Glance.prototype, name, {
			get(this: Glance) {
				return Glance.read(this, index);
			},
		});

	return {
		whole(source) {
			const value = {recipe, source, made: new Map()} as unknown as Origin;
			const object = Object.defineProperty({}, origin, {value});
			for (const name of names) if (isAbsent[name]?.(source) !== true) Object.defineProperty(object, name, descriptorOf(name));
			return object as Whole;
		},
		glance: source => new Glance(source) as Whole,
	};
}
