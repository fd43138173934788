// Takes machines apart for tests: lists every transition, and rebuilds a machine without one of them.
import {type AnyStateMachine, type AnyStateNode, createMachine} from 'xstate';

export interface TransitionPlace {
	/** The dotted path of the state that has the transition; '' is the machine itself. */
	readonly path: string;
	readonly event: string;
	/** Which of the state's transitions on this event, in the order in which guards are asked. */
	readonly index: number;
	/** Dotted path of the target. */
	readonly target: string;
	readonly guard: string;
}

interface StateConfig {
	readonly on?: Readonly<Record<string, unknown>>;
	readonly states?: Readonly<Record<string, StateConfig>>;
}

/** Every state of the machine, composite ones too, as dotted paths. */
export function statesOf(machine: AnyStateMachine): string[] {
	return nodesOf(machine.root)
		.map(node => node.path.join('.'))
		.filter(path => path !== '');
}

/** Every transition of the machine, in the order of its states. */
export function transitionsOf(machine: AnyStateMachine): TransitionPlace[] {
	return nodesOf(machine.root).flatMap(node =>
		[...node.transitions].flatMap(([event, definitions]) =>
			definitions.map(({target, guard}, index) => ({
				path: node.path.join('.'),
				event,
				index,
				target: (target?.[0] ?? node).path.join('.'),
				guard: typeof guard === 'string' ? guard : '',
			})),
		),
	);
}

/**
 * The machine without one transition; everything else is as it was.
 * @throws Error when there is no such transition
 */
export function withoutTransition(machine: AnyStateMachine, path: string, event: string, index = 0): AnyStateMachine {
	const config = without(machine.config as StateConfig, path === '' ? [] : path.split('.'), event, index);
	return createMachine(config as Parameters<typeof createMachine>[0], machine.implementations as never) as AnyStateMachine;
}

function without(config: StateConfig, path: readonly string[], event: string, index: number): StateConfig {
	const [first, ...rest] = path;
	if (first !== undefined) {
		const inner = config.states?.[first];
		if (inner === undefined) throw new Error(`There is no state "${first}" to take the transition on "${event}" from.`);
		return {...config, states: {...config.states, [first]: without(inner, rest, event, index)}};
	}
	const given = config.on?.[event];
	const definitions: readonly unknown[] = given === undefined ? [] : Array.isArray(given) ? given : [given];
	if (index >= definitions.length) throw new Error(`There is no transition ${index} on "${event}" here.`);
	return {...config, on: {...config.on, [event]: definitions.filter((_, at) => at !== index)}};
}

function nodesOf(node: AnyStateNode): AnyStateNode[] {
	return [node, ...Object.values(node.states).flatMap(nodesOf)];
}
