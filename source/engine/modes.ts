/** The states of the rule machines by name, for whoever counts which of them a game has been in. */
import {type MachineName, machines} from '../../machines/index.js';
import type {ModeValue} from './step.js';

/** The innermost states of a value, dotted: `turn.respond`; one for each region of a parallel machine. */
export function leavesOf(value: ModeValue): readonly string[] {
	if (typeof value === 'string') return [value];
	const known = leaves.get(value);
	if (known !== undefined) return known;
	const found = Object.entries(value).flatMap(([state, inner]) => leavesOf(inner).map(leaf => `${state}.${leaf}`));
	leaves.set(value, found);
	return found;
}

const leaves = new WeakMap<object, readonly string[]>();

interface Node {
	readonly path: readonly string[];
	readonly states: Readonly<Record<string, Node>>;
}

/** Every innermost state that a machine has, in its order. */
export function allLeaves(name: MachineName): readonly string[] {
	const walk = (node: Node): string[] => {
		const inner = Object.values(node.states);
		return inner.length === 0 ? [node.path.join('.')] : inner.flatMap(walk);
	};
	return walk(machines[name].root);
}
