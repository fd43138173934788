// The vocabulary and the machines say the same: no event or fact without a use, none used without an entry, names as agreed.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {type AnyStateNode, setup} from 'xstate';
import {type MachineName, machines, vocabulary} from '../../machines/index.js';
import {toMermaid} from '../../machines/mermaid.js';
import {readme} from '../../machines/readme.js';
import {statesOf, transitionsOf} from './mutate.js';

const names = Object.keys(machines) as MachineName[];

function nodesOf(node: AnyStateNode): AnyStateNode[] {
	return [node, ...Object.values(node.states).flatMap(nodesOf)];
}

/** The facts that a guard asks an event for, whatever it is told. */
function factsReadBy(guard: (args: never) => unknown): Set<string> {
	const read = new Set<string>();
	for (const answer of [true, false]) {
		const event = new Proxy(
			{},
			{
				get: (_, fact) => {
					read.add(String(fact));
					return answer;
				},
			},
		);
		guard({event, context: {}} as never);
	}
	return read;
}

test('there is a vocabulary for every machine', () => {
	expect(Object.keys(vocabulary).sort()).toEqual([...names].sort());
});

describe.each(names)('%s', name => {
	const machine = machines[name];
	const definitions: Readonly<Record<string, {readonly says: string; readonly facts: Readonly<Record<string, string>>}>> = vocabulary[name];

	test('uses every event of the vocabulary and no other', () => {
		const used = new Set(transitionsOf(machine).map(({event}) => event));
		expect([...used].sort()).toEqual(Object.keys(definitions).sort());
	});

	test('reads every fact of an event in some guard, and no fact that the event does not carry', () => {
		const guards = machine.implementations.guards as unknown as Readonly<Record<string, (args: never) => unknown>>;
		const read: Record<string, Set<string>> = Object.fromEntries(Object.keys(definitions).map(type => [type, new Set<string>()]));
		for (const {event, guard} of transitionsOf(machine))
			if (guard !== '') for (const fact of factsReadBy(guards[guard]!)) read[event]!.add(fact);
		const declared = Object.fromEntries(Object.entries(definitions).map(([type, {facts}]) => [type, new Set(Object.keys(facts))]));
		expect(read).toEqual(declared);
	});

	test('uses every guard it names', () => {
		const used = new Set(transitionsOf(machine).map(({guard}) => guard));
		expect(Object.keys(machine.implementations.guards).filter(guard => !used.has(guard))).toEqual([]);
	});

	test('keeps to the agreed names, and every text is a sentence', () => {
		for (const path of statesOf(machine)) expect(path).toMatch(/^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)*$/);
		for (const guard of Object.keys(machine.implementations.guards)) expect(guard).toMatch(/^(is|has)[A-Z]/);
		for (const [type, {says, facts}] of Object.entries(definitions)) {
			expect(type).toMatch(/^[a-z]+(\.[a-z]+)+$/);
			expect(says).toMatch(/^[A-Z].*\.$/);
			for (const [fact, meaning] of Object.entries(facts)) {
				expect(fact).toMatch(/^(is|has)[A-Z]/);
				expect(meaning).toMatch(/^[a-z].*[^.]$/);
			}
		}
	});

	test('has no context, history, actions, invocations or delays, and every transition a target', () => {
		expect(machine.config.context).toBeUndefined();
		for (const node of nodesOf(machine.root)) {
			expect([node.type === 'history', node.entry, node.exit, node.invoke, node.after]).toEqual([false, [], [], [], []]);
			for (const definition of [...node.transitions.values()].flat())
				expect([definition.actions, definition.target?.length]).toEqual([[], 1]);
		}
	});

	test('its picture has every state and every transition', () => {
		const picture = toMermaid(machine);
		for (const path of statesOf(machine)) expect(picture).toContain(` as ${path.replaceAll('.', '_')}`);
		const arrows = picture.split('\n').filter(line => line.includes(' --> ') && line.includes(': '));
		const labels = arrows.flatMap(line => line.slice(line.indexOf(': ') + 2).split('<br/>'));
		expect(labels.map(label => label.split(' ')[0]).sort()).toEqual(
			transitionsOf(machine)
				.map(({event}) => event)
				.sort(),
		);
	});
});

test('README.md is made from the machines as they are', () => {
	const written = readFileSync(new URL('../../machines/README.md', import.meta.url), 'utf8');
	expect(written === readme(), 'machines/README.md is out of date: run `npm run machines`').toBe(true);
});

test('a picture draws nested and parallel states, guards, and arrows between boxes', () => {
	const machine = setup({types: {events: {} as {type: 'go' | 'stop' | 'turn'}}, guards: {isReady: () => true}}).createMachine({
		id: 'lamp',
		initial: 'off',
		states: {
			off: {on: {go: {target: 'on', guard: 'isReady'}}},
			on: {
				type: 'parallel',
				on: {stop: 'off'},
				states: {
					light: {initial: 'dim', states: {dim: {on: {turn: 'bright'}}, bright: {on: {stop: '#lamp.over'}}}},
					fan: {initial: 'still', states: {still: {on: {turn: 'still'}}}},
				},
			},
			over: {type: 'final'},
		},
	});
	expect(toMermaid(machine)).toBe(`stateDiagram-v2
	state "off" as off
	state "on" as on {
		state "light" as on_light {
			state "dim" as on_light_dim
			state "bright" as on_light_bright
			[*] --> on_light_dim
			on_light_dim --> on_light_bright: turn
		}
		--
		state "fan" as on_fan {
			state "still" as on_fan_still
			[*] --> on_fan_still
			on_fan_still --> on_fan_still: turn
		}
	}
	state "over" as over
	[*] --> off
	off --> on: go [isReady]
	on --> off: stop
	on --> over: stop (light.bright)
	over --> [*]`);
});
