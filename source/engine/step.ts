// The one file that steps the rule machines: plain state values in, plain state values out, so that a state can be folded, compared and saved.
//
// Traps of XState 5.33 which are dealt with here and nowhere else:
// - transition() answers a refused event with an unchanged snapshot, which is also what an allowed self-transition gives. And snapshot.can()
//   calls an allowed transition without target or action impossible. So the enabled transitions are asked for, and none means refused.
// - transition() builds a throw-away actor for each call and runs the context factory with no input: 40 microseconds. The machines have no
//   context and guards read facts only, so the next value depends on (machine, value, event) alone and each answer is worked out once.
// - A snapshot carries no version, and history is in it but not in a state value. Values are stepped, no machine has history, and a value
//   that no longer names a state is an error here at once; XState would throw it later and elsewhere.
// - getNextTransitions() lists candidates and evaluates no guard: `next` says what may be tried, `can` whether it is allowed.
import {type AnyStateMachine, getNextTransitions, initialTransition, type StateValue, transition} from 'xstate';
import {type EventOf, type MachineName, type Machines, type StatePath, vocabulary} from '../../machines/index.js';

/** A machine's state as plain JSON: `hotWash`, `{turn: 'respond'}`, `{reach: 'reachable', share: 'held', ...}`. Values that are returned are frozen. */
export type ModeValue = string | {readonly [state: string]: ModeValue};

export interface Stepper {
	/** The value in which the machine begins. */
	initial(name: MachineName): ModeValue;
	/**
	 * The value after the event, or null when the machine refuses it. An allowed event that changes nothing gives an equal value.
	 * @throws Error when the value is no state, or the event no event, of this machine
	 */
	step<N extends MachineName>(name: N, value: ModeValue, event: EventOf<N>): ModeValue | null;
	/** Whether `step` would not refuse. */
	can<N extends MachineName>(name: N, value: ModeValue, event: EventOf<N>): boolean;
	/** Types of the events that some facts would make the machine accept here, in the order of the machine. */
	next<N extends MachineName>(name: N, value: ModeValue): readonly EventOf<N>['type'][];
	/** See `matches`. */
	matches(value: ModeValue, path: StatePath): boolean;
}

type Facts = Readonly<Record<string, string>>;

/**
 * Whether the value is in the state, or in a state below it.
 * @param path dotted, such as `turn.respond`, `active.signing`, `trust.isolated`; the compiler knows them all
 */
export function matches(value: ModeValue, path: StatePath): boolean {
	let rest: ModeValue | undefined = value;
	for (const state of path.split('.')) {
		if (rest === undefined) return false;
		if (typeof rest === 'string') {
			if (rest !== state) return false;
			rest = undefined;
		} else {
			if (!Object.hasOwn(rest, state)) return false;
			rest = rest[state];
		}
	}
	return true;
}

/** @param machines the rule machines; a test hands in altered ones */
export function createStepper(machines: Machines): Stepper {
	const known = new Map<string, ModeValue | null>();
	const listed = new Map<string, readonly string[]>();

	const resolve = (name: MachineName, value: ModeValue) => {
		try {
			return machines[name].resolveState({value: value as StateValue, context: {}});
		} catch (error) {
			throw new Error(`The machine "${name}" has no state ${JSON.stringify(value)}: ${(error as Error).message}`);
		}
	};

	const step = <N extends MachineName>(name: N, value: ModeValue, event: EventOf<N>): ModeValue | null => {
		const plain = plainEvent(name, event);
		const key = `${name} ${JSON.stringify(value)} ${JSON.stringify(plain)}`;
		const before = known.get(key);
		if (before !== undefined) return before;
		const machine: AnyStateMachine = machines[name];
		const snapshot = resolve(name, value);
		const isRefused = machine.getTransitionData(snapshot, plain).length === 0;
		const after = isRefused ? null : freeze(transition(machine, snapshot, plain)[0].value as ModeValue);
		known.set(key, after);
		return after;
	};

	return {
		initial: name => freeze(initialTransition(machines[name])[0].value as ModeValue),
		step,
		can: (name, value, event) => step(name, value, event) !== null,
		next: <N extends MachineName>(name: N, value: ModeValue) => {
			const key = `${name} ${JSON.stringify(value)}`;
			let types = listed.get(key);
			if (types === undefined) {
				types = [...new Set(getNextTransitions(resolve(name, value)).map(definition => definition.eventType))];
				listed.set(key, types);
			}
			return types as readonly EventOf<N>['type'][];
		},
		matches,
	};
}

/** The event with its declared facts only, in the vocabulary's order: what a guard may read, and all that an answer may depend on. */
function plainEvent<N extends MachineName>(name: N, event: EventOf<N>): {readonly type: string} {
	const definitions: Readonly<Record<string, {readonly facts: Facts}>> = vocabulary[name];
	const given = event as Readonly<Record<string, unknown>> & {readonly type: string};
	const definition = Object.hasOwn(definitions, given.type) ? definitions[given.type] : undefined;
	if (definition === undefined) throw new Error(`The machine "${name}" knows no event "${given.type}"; machines/events.ts lists them.`);
	return Object.fromEntries([['type', given.type], ...Object.keys(definition.facts).map(fact => [fact, given[fact] === true])]);
}

function freeze(value: ModeValue): ModeValue {
	if (typeof value === 'string') return value;
	for (const inner of Object.values(value)) freeze(inner);
	return Object.freeze(value);
}
