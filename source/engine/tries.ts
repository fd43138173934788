/** Complete moves of a verb, tried one by one against the rules. What a refusal did not look at, it would refuse with any other value too. */
import type {Move} from './move.js';
import type {Verb} from './verb.js';

/** What may stand for one word of a move; `undefined` leaves it out. */
export interface Choices {
	readonly name: string;
	readonly values: readonly (string | undefined)[];
}

/** Why a move is refused, if it is. Must follow from the state and from what it reads of the move alone. */
export type RefusalOf = (move: Move) => string | undefined;

/**
 * Tries all moves of a verb in the order of their words.
 * @param objects what the verb may be said of, `undefined` for nothing
 * @param onLegal is told of each move that is not refused, and says how to go on
 * @returns the first refusal, if any move was refused
 */
export function tryMoves(
	verb: Verb,
	{objects, parameters}: {readonly objects: readonly (string | undefined)[]; readonly parameters: readonly Choices[]},
	refusalOf: RefusalOf,
	onLegal: (move: Move) => 'go on' | 'next object' | 'stop',
): string | undefined {
	let first: string | undefined;
	/** The last of the words that the rules read of a move: 0 is its object, then its parameters in order. */
	let lastRead = 0;
	const levels = new Map(parameters.map(({name}, index) => [name, index + 1]));
	const all = parameters.length;
	const watch: ProxyHandler<Record<string, string>> = {
		get(args, name) {
			lastRead = Math.max(lastRead, typeof name === 'string' ? (levels.get(name) ?? 0) : all);
			return Reflect.get(args, name);
		},
		has(args, name) {
			lastRead = all;
			return Reflect.has(args, name);
		},
		ownKeys(args) {
			lastRead = all;
			return Reflect.ownKeys(args);
		},
	};
	const chosen: (string | undefined)[] = [];

	const argsOf = (): Record<string, string> => {
		const args: Record<string, string> = {};
		for (const [index, {name}] of parameters.entries()) {
			const value = chosen[index];
			if (value !== undefined) args[name] = value;
		}
		return args;
	};
	/** The level at which there is something else to try, or `all + 1` to go on as before. */
	const tryOne = (object: string | undefined): number => {
		const args = argsOf();
		const named = object === undefined ? {} : {object};
		lastRead = 0;
		const reason = refusalOf({verb: verb.name, ...named, args: new Proxy(args, watch)});
		if (reason !== undefined) {
			first ??= reason;
			return lastRead;
		}
		const next = onLegal({verb: verb.name, ...named, args});
		return next === 'go on' ? all + 1 : next === 'next object' ? 0 : -1;
	};
	const fill = (object: string | undefined, level: number): number => {
		const choices = parameters[level - 1];
		if (choices === undefined) return tryOne(object);
		for (const value of choices.values) {
			chosen[level - 1] = value;
			const at = fill(object, level + 1);
			if (at < level) return at;
		}
		return all + 1;
	};
	for (const object of objects) if (fill(object, 1) < 0) break;
	return first;
}
