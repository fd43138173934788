/** Complete moves of a verb, tried one by one against the rules. What a refusal did not look at, it would refuse with any other value too. */
import type {Move} from './move.js';
import type {Verb} from './verb.js';

/** What may stand for one word of a move; `undefined` leaves it out. */
export interface Choices {
	readonly name: string;
	readonly values: readonly (string | undefined)[];
	/** A word before it, beside which it is left out. */
	readonly insteadOf?: string | undefined;
}

/** What may stand in a complete move: `undefined` among the objects is a move of nothing. */
export interface Words {
	readonly objects: readonly (string | undefined)[];
	readonly parameters: readonly Choices[];
}

/** The first of the moves that can be made of these words. */
export function firstMove(verb: Verb, {objects, parameters}: Words): Move | undefined {
	if (objects.length === 0 || parameters.some(({values}) => values.length === 0)) return undefined;
	const [object] = objects;
	const args: Record<string, string> = {};
	for (const {name, values} of parameters) if (values[0] !== undefined) args[name] = values[0];
	return {verb: verb.name, ...(object === undefined ? {} : {object}), args};
}

/** Why a move is refused, if it is. Must follow from the state and from what it reads of the move alone. */
export type RefusalOf = (move: Move) => string | undefined;

/** Is told of each move that is not refused, and says how to go on. */
export type OnLegal = (move: Move) => 'go on' | 'next object' | 'stop';

/**
 * Tries all moves of a verb in the order of their words.
 * @returns the first refusal, if any move was refused
 */
export function tryMoves(verb: Verb, {objects, parameters}: Words, refusalOf: RefusalOf, onLegal: OnLegal): string | undefined {
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
		const isTaken = choices.insteadOf !== undefined && chosen[levels.get(choices.insteadOf)! - 1] !== undefined;
		for (const value of choices.values) {
			if (isTaken && value !== undefined) continue;
			chosen[level - 1] = value;
			const at = fill(object, level + 1);
			if (at < level) return at;
		}
		return all + 1;
	};
	for (const object of objects) if (fill(object, 1) < 0) break;
	return first;
}
