// The machines walked by their own model: every state and transition is reached, and the stepper goes each path like the machine itself.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type AnyStateMachine, createActor} from 'xstate';
import {type EventOf, type MachineName, machines} from '../../machines/index.js';
import {createStepper, type ModeValue} from '../../source/engine/step.js';
import {eventsOf, goes, pathsOf, stepperWith, uncovered} from './model.js';
import {statesOf, transitionsOf, withoutTransition} from './mutate.js';

const names = Object.keys(machines) as MachineName[];
const stepper = createStepper(machines);

describe.each(names)('%s', name => {
	const machine: AnyStateMachine = machines[name];
	const paths = pathsOf(name);

	test('some path enters every state and takes every transition', () => {
		expect(uncovered(name, machine, paths)).toEqual([]);
	});

	test('the stepper goes every path of the model', async () => {
		for (const path of paths) {
			let value: ModeValue = stepper.initial(name);
			const take = ({event, state}: {event: EventOf<MachineName>; state: {value: unknown}}) => {
				const next = stepper.step(name, JSON.parse(JSON.stringify(value)), event);
				expect(next, path.description).toEqual(state.value);
				value = next!;
			};
			await path.test({events: Object.fromEntries(eventsOf(name).map(({type}) => [type, take]))});
			expect(value).toEqual(path.state.value);
		}
	});

	test.each(transitionsOf(machine).map(({path, event, index, target}) => ({path, event, index, target})))(
		'without "$event" ($index) of "$path" some path fails',
		({path, event, index}) => {
			const damaged = stepperWith(name, withoutTransition(machine, path, event, index));
			expect(paths.some(each => !goes(damaged, name, each))).toBe(true);
		},
	);

	test('a live machine and the stepper agree on any events in any order', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...eventsOf(name)), {maxLength: 40}), events => {
				const live = createActor(machine).start();
				let value = stepper.initial(name);
				for (const event of events) {
					const isAllowed = live.getSnapshot().can(event as never);
					if (live.getSnapshot().status === 'active') live.send(event as never);
					const next = stepper.step(name, value, event);
					expect(next !== null).toBe(isAllowed);
					value = next ?? value;
					expect(value).toEqual(live.getSnapshot().value);
				}
			}),
			{numRuns: 200},
		);
	});

	test('every event that is allowed is listed as next, and every listed event is allowed with some facts', () => {
		const values = new Map(paths.flatMap(({steps}) => steps.map(({state}) => [JSON.stringify(state.value), state.value as ModeValue])));
		for (const value of values.values()) {
			const allowed = new Set(
				eventsOf(name)
					.filter(event => stepper.can(name, value, event))
					.map(({type}) => type),
			);
			expect(new Set(stepper.next(name, value)), JSON.stringify(value)).toEqual(allowed);
		}
	});
});

describe('the model notices', () => {
	test('a state that can no longer be reached', () => {
		const cut = withoutTransition(withoutTransition(machines.party, 'share.held', 'share.lost'), 'share.stale', 'share.lost');
		expect(uncovered('party', cut, pathsOf('party', cut))).toEqual(['share.lost', 'share.lost share.received 0']);
	});

	test('a composite state that can no longer be reached, with all that is in it', () => {
		const cut = withoutTransition(machines.protocol, 'active.idle', 'computation.started');
		const missing = uncovered('protocol', cut, pathsOf('protocol', cut));
		expect(missing).toEqual(expect.arrayContaining(statesOf(machines.protocol).filter(path => path.startsWith('active.computing'))));
	});

	test('a transition that guards no longer let through', () => {
		const blind = machines.exercise.provide({guards: {isAffordable: () => false}});
		expect(uncovered('exercise', blind, pathsOf('exercise', blind))).toEqual([
			'turn.attack move.attackers 0',
			'turn.respond move.operators 0',
		]);
	});

	test('a transition that leads elsewhere', () => {
		const blind = machines.request.provide({guards: {isHeld: () => false}});
		expect(pathsOf('request').every(path => goes(stepperWith('request', blind), 'request', path))).toBe(false);
	});
});

describe('taking machines apart', () => {
	test('a transition that does not exist can’t be removed', () => {
		expect(() => withoutTransition(machines.request, 'open', 'output.held')).toThrow('There is no transition 0 on "output.held" here.');
		expect(() => withoutTransition(machines.request, 'opened', 'output.held')).toThrow('There is no state "opened"');
	});

	test('removing one transition leaves all others', () => {
		const before = transitionsOf(machines.protocol).map(each => JSON.stringify(each));
		const after = transitionsOf(withoutTransition(machines.protocol, 'active.idle', 'repair.started', 1)).map(each => JSON.stringify(each));
		expect(before.filter(each => !after.includes(each))).toEqual([
			JSON.stringify({
				path: 'active.idle',
				event: 'repair.started',
				index: 1,
				target: 'active.repairing.splitting',
				guard: 'hasThreshold',
			}),
		]);
		expect(after.length).toBe(before.length - 1);
	});
});
