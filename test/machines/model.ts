// Model-based testing of the machines: every event with every combination of its facts, and the paths that take every transition.
import {type AnyMachineSnapshot, type AnyStateMachine, initialTransition} from 'xstate';
import {createTestModel, type TestPath} from 'xstate/graph';
import {type EventOf, type MachineName, machines, vocabulary} from '../../machines/index.js';
import {createStepper, type ModeValue, type Stepper} from '../../source/engine/step.js';
import {statesOf, transitionsOf} from './mutate.js';

export type Path = TestPath<AnyMachineSnapshot, EventOf<MachineName>>;

/** Every event of machine N with every combination of its facts. */
export function eventsOf<N extends MachineName>(name: N): EventOf<N>[] {
	const definitions: Readonly<Record<string, {readonly facts: Readonly<Record<string, string>>}>> = vocabulary[name];
	return Object.entries(definitions).flatMap(([type, {facts}]) => {
		let combinations: Readonly<Record<string, boolean>>[] = [{}];
		for (const fact of Object.keys(facts)) combinations = combinations.flatMap(so => [false, true].map(value => ({...so, [fact]: value})));
		return combinations.map(combination => ({type, ...combination}) as unknown as EventOf<N>);
	});
}

const found = new WeakMap<AnyStateMachine, Path[]>();

/** Shortest paths which together take, from every reachable state, every event that is allowed there, self-transitions included. */
export function pathsOf(name: MachineName, machine: AnyStateMachine = machines[name]): Path[] {
	const before = found.get(machine);
	if (before !== undefined) return before;
	const model = createTestModel(machine, {
		events: eventsOf(name),
		// The default leaves out transitions that end where they began.
		serializeTransition: (_, event, before) => (event ? ` via ${JSON.stringify(event)} from ${JSON.stringify(before?.value)}` : ''),
	});
	const paths = model.getShortestPaths({
		filterEvents: (snapshot, event) => machine.getTransitionData(snapshot, event).length > 0,
	}) as Path[];
	found.set(machine, paths);
	return paths;
}

/** The states and transitions of the machine that no path enters or takes, as readable lines. */
export function uncovered(name: MachineName, machine: AnyStateMachine, paths: readonly Path[]): string[] {
	const taken = new Set<unknown>();
	const entered = new Set<string>();
	for (const {steps} of paths) {
		let before: AnyMachineSnapshot = initialTransition(machine)[0];
		for (const {event, state} of steps) {
			// A path's first step is the machine's own start.
			if (event.type in vocabulary[name]) for (const definition of machine.getTransitionData(before, event)) taken.add(definition);
			for (const node of state._nodes) entered.add(node.path.join('.'));
			before = state;
		}
	}
	return [
		...statesOf(machine).filter(path => !entered.has(path)),
		...transitionsOf(machine)
			.filter(({path, event, index}) => {
				const node = machine.getStateNodeById([machine.id, path].filter(part => part !== '').join('.'));
				return !taken.has(node.transitions.get(event)?.[index]);
			})
			.map(({path, event, index}) => `${path} ${event} ${index}`),
	];
}

/** A stepper of the shipped machines with one of them replaced. */
export function stepperWith(name: MachineName, machine: AnyStateMachine): Stepper {
	return createStepper({...machines, [name]: machine});
}

/** The events of a path without the machine's own start. */
export function movesOf<N extends MachineName>(name: N, path: Path): {readonly event: EventOf<N>; readonly after: ModeValue}[] {
	return path.steps
		.filter(({event}) => event.type in vocabulary[name])
		.map(({event, state}) => ({event: event as unknown as EventOf<N>, after: state.value as ModeValue}));
}

/** Whether the stepper goes the path as it is written: nothing is refused and every value is the path's. */
export function goes<N extends MachineName>(stepper: Stepper, name: N, path: Path): boolean {
	let value = stepper.initial(name);
	for (const {event, after} of movesOf(name, path)) {
		const next = stepper.step(name, value, event);
		if (next === null || JSON.stringify(next) !== JSON.stringify(after)) return false;
		value = next;
	}
	return true;
}
