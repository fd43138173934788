import {describe, expect, test} from 'vitest';
import {machines} from '../../machines/index.js';
import {createStepper, matches} from '../../source/engine/step.js';
import {withoutTransition} from '../machines/mutate.js';

const stepper = createStepper(machines);
const respond = {turn: 'respond'};

describe('stepping', () => {
	test('begins where the machine begins, as plain JSON', () => {
		expect(stepper.initial('exercise')).toBe('briefing');
		expect(stepper.initial('party')).toEqual({reach: 'reachable', share: 'none', nonces: 'none', trust: 'trusted'});
	});

	test('a refusal is null, an allowed event that changes nothing is the value itself', () => {
		expect(stepper.step('exercise', respond, {type: 'move.operators', isAffordable: false})).toBeNull();
		expect(stepper.step('exercise', respond, {type: 'move.operators', isAffordable: true})).toBe(respond);
		expect(stepper.can('exercise', respond, {type: 'move.operators', isAffordable: false})).toBe(false);
		expect(stepper.can('exercise', respond, {type: 'move.operators', isAffordable: true})).toBe(true);
		expect(stepper.step('exercise', respond, {type: 'move.attackers', isAffordable: true})).toBeNull();
	});

	test('a value that went through JSON steps like the one that was returned', () => {
		const held = stepper.step('party', stepper.initial('party'), {type: 'share.received', isMember: true})!;
		const read = JSON.parse(JSON.stringify(held));
		expect(stepper.step('party', read, {type: 'epoch.missed'})).toEqual({...read, share: 'stale'});
	});

	test('one region moves and the others stay', () => {
		const value = {reach: 'unreachable', share: 'stale', nonces: 'outstanding', trust: 'suspected'};
		expect(stepper.step('party', value, {type: 'nonces.spent', isLast: true})).toEqual({...value, nonces: 'none'});
	});

	test('the value that is handed in is left alone and the one that comes out cannot be changed', () => {
		const value = {active: {signing: 'committing'}};
		const after = stepper.step('protocol', value, {type: 'signing.stalled'});
		expect(value).toEqual({active: {signing: 'committing'}});
		expect(() => Object.assign((after as {active: object}).active, {signing: 'combining'})).toThrow(TypeError);
		expect(stepper.step('protocol', value, {type: 'signing.stalled'})).toEqual({active: {signing: 'stalled'}});
	});

	test('only the declared facts of an event matter, in any order, and a fact that is not true is false', () => {
		const paid = {isAffordable: true, cost: 3, type: 'move.operators'} as const;
		expect(stepper.step('exercise', respond, paid)).toEqual(respond);
		const unsaid = {type: 'move.operators', isAffordable: 'yes'} as unknown as {type: 'move.operators'; isAffordable: boolean};
		expect(stepper.step('exercise', respond, unsaid)).toBeNull();
	});

	test('a final state takes nothing more', () => {
		expect(stepper.next('exercise', 'closed')).toEqual([]);
		expect(stepper.step('exercise', 'closed', {type: 'exercise.begin'})).toBeNull();
	});
});

describe('what may come next', () => {
	test('lists events with whatever facts they need', () => {
		expect(stepper.next('exercise', respond)).toEqual(['move.operators', 'note.add', 'phase.next', 'exercise.pause', 'exercise.stop']);
		expect(stepper.next('protocol', {preActivation: 'idle'})).toEqual(['keygen.started']);
	});
});

describe('errors', () => {
	test('a value of another version names the machine and the value', () => {
		expect(() => stepper.step('request', 'waiting', {type: 'request.opened'})).toThrow('The machine "request" has no state "waiting"');
		expect(() => stepper.next('request', {open: 'wide'})).toThrow('The machine "request" has no state {"open":"wide"}');
	});

	test.each(['request.vanished', 'constructor', ''])('an unknown event "%s" is an error and not a refusal', type => {
		expect(() => stepper.step('request', 'open', {type} as unknown as {type: 'request.opened'})).toThrow(
			`The machine "request" knows no event "${type}"; machines/events.ts lists them.`,
		);
	});
});

describe('matching', () => {
	test.each([
		['briefing', 'briefing', true],
		['briefing', 'turn', false],
		[{turn: 'respond'}, 'turn', true],
		[{turn: 'respond'}, 'turn.respond', true],
		[{turn: 'respond'}, 'turn.attack', false],
		[{turn: 'respond'}, 'paused.respond', false],
		[{active: {signing: 'stalled'}}, 'active.signing', true],
		[{active: {signing: 'stalled'}}, 'active.signing.stalled', true],
		[{active: 'idle'}, 'active.signing.stalled', false],
		[{active: 'idle'}, 'active.idle', true],
		[{reach: 'reachable', share: 'held', nonces: 'none', trust: 'isolated'}, 'trust.isolated', true],
		[{reach: 'reachable', share: 'held', nonces: 'none', trust: 'isolated'}, 'nonces.outstanding', false],
	] as const)('%j in %s: %s', (value, path, is) => {
		expect(matches(value, path)).toBe(is);
		expect(stepper.matches(value, path)).toBe(is);
	});
});

test('a stepper obeys the machines it was given, not those of another', () => {
	const frozen = createStepper({...machines, protocol: withoutTransition(machines.protocol, 'active.idle', 'policy.frozen')});
	expect(stepper.can('protocol', {active: 'idle'}, {type: 'policy.frozen'})).toBe(true);
	expect(frozen.can('protocol', {active: 'idle'}, {type: 'policy.frozen'})).toBe(false);
	expect(frozen.can('protocol', {active: 'idle'}, {type: 'rotation.started', isEveryoneReachable: true})).toBe(true);
});
