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
	 * The value after the event, or null when the machine refuses it. An allowed event that changes nothing gives the value itself.
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

/** Paths that were asked for, with their states: the program knows a few dozen, and asks for them all the time. */
const pathsSplit = new Map<string, readonly string[]>();

/**
 * Whether the value is in the state, or in a state below it.
 * @param path dotted, such as `turn.respond`, `active.signing`, `trust.isolated`; the compiler knows them all
 */
export function matches(value: ModeValue, path: StatePath): boolean {
	let rest: ModeValue | undefined = value;
	let states = pathsSplit.get(path);
	if (states === undefined) {
		states = path.split('.');
		pathsSplit.set(path, states);
	}
	for (const state of states) {
		if (rest === undefined) return false;
		if (typeof rest === 'string') {
			if (rest !== state) return false;
			rest = undefined;
		} else {
			rest = rest[state];
			if (rest === undefined) return false;
		}
	}
	return true;
}

/** The answer where an event is allowed and changes nothing. */
const same = Symbol('same');

/** What a machine in one state answers to one event. */
interface Answer {
	/** Names of the facts that the event declares. */
	readonly facts: readonly string[];
	/** The values after it, by its facts as a number. */
	readonly after: (ModeValue | null | typeof same | undefined)[];
}

const steppers = new WeakMap<Machines, Stepper>();

/** The stepper of these machines, which every game that obeys them shares: what it worked out once stays known. */
export function stepperOf(machines: Machines): Stepper {
	const stepper = steppers.get(machines) ?? createStepper(machines);
	steppers.set(machines, stepper);
	return stepper;
}

/** @param machines the rule machines; a test hands in altered ones */
export function createStepper(machines: Machines): Stepper {
	/** By the type of the event. */
	type Answers = Map<string, Answer>;
	/** Answers by machine, and by the value as text. */
	const known: Readonly<Record<MachineName, Map<string, Answers>>> = {
		protocol: new Map(),
		party: new Map(),
		request: new Map(),
		exercise: new Map(),
	};
	/** The same by the value itself, where it is one that was returned: no text is made of it again. */
	const answersOf: Readonly<Record<MachineName, WeakMap<object, Answers>>> = {
		protocol: new WeakMap(),
		party: new WeakMap(),
		request: new WeakMap(),
		exercise: new WeakMap(),
	};
	const listed = new Map<string, readonly string[]>();
	const initials = new Map<MachineName, ModeValue>();

	const resolve = (name: MachineName, value: ModeValue) => {
		try {
			return machines[name].resolveState({value: value as StateValue, context: {}});
		} catch (error) {
			throw new Error(`The machine "${name}" has no state ${JSON.stringify(value)}: ${(error as Error).message}`);
		}
	};

	const answersIn = (name: MachineName, value: ModeValue): Answers => {
		const near = typeof value === 'string' ? undefined : answersOf[name].get(value);
		if (near !== undefined) return near;
		const text = typeof value === 'string' ? value : JSON.stringify(value);
		let answers = known[name].get(text);
		if (answers === undefined) {
			answers = new Map();
			known[name].set(text, answers);
		}
		if (typeof value !== 'string' && Object.isFrozen(value)) answersOf[name].set(value, answers);
		return answers;
	};

	const step = <N extends MachineName>(name: N, value: ModeValue, event: EventOf<N>): ModeValue | null => {
		const answers = answersIn(name, value);
		const given = event as Given;
		let answer = answers.get(given.type);
		if (answer === undefined) {
			answer = {facts: factsOf(name, given.type), after: []};
			answers.set(given.type, answer);
		}
		const facts = bitsOf(answer.facts, given);
		const before = answer.after[facts];
		if (before !== undefined) return before === same ? value : before;
		const machine: AnyStateMachine = machines[name];
		const snapshot = resolve(name, value);
		const plain = plainEvent(name, event);
		const isRefused = machine.getTransitionData(snapshot, plain).length === 0;
		const after = isRefused ? null : freeze(transition(machine, snapshot, plain)[0].value as ModeValue);
		const isSame = JSON.stringify(after) === JSON.stringify(value);
		answer.after[facts] = isSame ? same : after;
		return isSame ? value : after;
	};

	return {
		initial(name) {
			const value = initials.get(name) ?? freeze(initialTransition(machines[name])[0].value as ModeValue);
			initials.set(name, value);
			return value;
		},
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

/** The names of the facts that an event declares, in the vocabulary's order: what a guard may read, and all that an answer may depend on. */
function factsOf(name: MachineName, type: string): readonly string[] {
	const facts = factNames[name].get(type);
	if (facts === undefined) throw new Error(`The machine "${name}" knows no event "${type}"; machines/events.ts lists them.`);
	return facts;
}

const namesIn = (events: Readonly<Record<string, {readonly facts: Facts}>>): ReadonlyMap<string, readonly string[]> =>
	new Map(Object.entries(events).map(([type, {facts}]) => [type, Object.keys(facts)]));

const factNames: Readonly<Record<MachineName, ReadonlyMap<string, readonly string[]>>> = {
	protocol: namesIn(vocabulary.protocol),
	party: namesIn(vocabulary.party),
	request: namesIn(vocabulary.request),
	exercise: namesIn(vocabulary.exercise),
};

type Given = Readonly<Record<string, unknown>> & {readonly type: string};

/** The facts of an event as a number, a bit each. */
function bitsOf(facts: readonly string[], given: Given): number {
	let bits = 0;
	for (const fact of facts) bits = 2 * bits + (given[fact] === true ? 1 : 0);
	return bits;
}

/** The event with its declared facts only. */
function plainEvent<N extends MachineName>(name: N, event: EventOf<N>): {readonly type: string} {
	const given = event as Given;
	return Object.fromEntries([['type', given.type], ...factsOf(name, given.type).map(fact => [fact, given[fact] === true])]);
}

function freeze(value: ModeValue): ModeValue {
	if (typeof value === 'string') return value;
	for (const inner of Object.values(value)) freeze(inner);
	return Object.freeze(value);
}
