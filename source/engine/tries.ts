/** Complete moves of a verb, tried one by one against the rules. What a refusal did not look at, it would refuse with any other value too. */
import type {Move} from './move.js';
import type {Verb} from './verb.js';

/** What may stand for one word of a move; `undefined` leaves it out. */
export interface Choices {
	readonly name: string;
	/** Asked for when a move gets that far. */
	readonly values: () => readonly (string | undefined)[];
	/** A word before it, beside which it is left out. */
	readonly insteadOf?: string | undefined;
}

/** What may stand in a complete move: `undefined` among the objects is a move of nothing. */
export interface Words {
	readonly objects: readonly (string | undefined)[];
	readonly parameters: readonly Choices[];
}

/** Must follow from the state and from what it reads of the move alone. */
export type IsLegal = (move: Move) => boolean;

/** Is told of each legal move, and says how to go on. */
export type OnLegal = (move: Move) => 'go on' | 'next object' | 'stop';

function moveOf({name}: Verb, object: string | undefined, args: Record<string, string>): Move {
	return object === undefined ? {verb: name, args} : {verb: name, object, args};
}

/** The first of the moves that can be made of these words. */
export function firstMove(verb: Verb, {objects, parameters}: Words): Move | undefined {
	const args: Record<string, string> = {};
	for (const {name, values} of parameters) {
		const all = values();
		if (all.length === 0) return undefined;
		if (all[0] !== undefined) args[name] = all[0];
	}
	return objects.length === 0 ? undefined : moveOf(verb, objects[0], args);
}

/** Tries all moves of a verb in the order of their words. */
export function tryMoves(verb: Verb, {objects, parameters}: Words, isLegal: IsLegal, onLegal: OnLegal): void {
	/** The last of the words that the rules read of a move: 0 is its object, then its parameters in order. */
	let lastRead = 0;
	const all = parameters.length;
	const levelOf = (name: string) => parameters.findIndex(each => each.name === name) + 1;
	const watch: ProxyHandler<Record<string, string>> = {
		get(args, name) {
			lastRead = Math.max(lastRead, typeof name === 'string' ? levelOf(name) : all);
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
	const values: (readonly (string | undefined)[])[] = [];
	const chosen: (string | undefined)[] = [];

	const argsOf = (): Record<string, string> => {
		const args: Record<string, string> = {};
		for (let index = 0; index < all; index += 1) {
			const value = chosen[index];
			if (value !== undefined) args[parameters[index]!.name] = value;
		}
		return args;
	};
	/** The level at which there is something else to try, or `all + 1` to go on as before. */
	const tryOne = (object: string | undefined): number => {
		const args = argsOf();
		lastRead = 0;
		if (!isLegal(moveOf(verb, object, all === 0 ? args : new Proxy(args, watch)))) return lastRead;
		const next = onLegal(moveOf(verb, object, args));
		return next === 'go on' ? all + 1 : next === 'next object' ? 0 : -1;
	};
	const fill = (object: string | undefined, level: number): number => {
		const choices = parameters[level - 1];
		if (choices === undefined) return tryOne(object);
		const {insteadOf} = choices;
		const isTaken = insteadOf !== undefined && chosen[levelOf(insteadOf) - 1] !== undefined;
		values[level] ??= choices.values();
		for (const value of values[level]) {
			if (isTaken && value !== undefined) continue;
			chosen[level - 1] = value;
			const at = fill(object, level + 1);
			if (at < level) return at;
		}
		return all + 1;
	};
	for (const object of objects) if (fill(object, 1) < 0) break;
}
