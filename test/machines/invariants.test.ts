// What must hold on every path, whatever happens: said once here, checked on the model's paths and on any other order of events.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type EventOf, type MachineName, machines, type StatePath} from '../../machines/index.js';
import {createStepper, type ModeValue} from '../../source/engine/step.js';
import {eventsOf, movesOf, pathsOf} from './model.js';
import {transitionsOf} from './mutate.js';

const stepper = createStepper(machines);
const {matches} = stepper;

interface Step<N extends MachineName> {
	readonly event: EventOf<N>;
	readonly before: ModeValue;
	readonly after: ModeValue;
}

/** Checks `holds` on the accepted steps of every path of the model, and of random orders of events. */
function always<N extends MachineName>(name: N, holds: (steps: readonly Step<N>[]) => void): void {
	for (const path of pathsOf(name)) {
		let before = stepper.initial(name);
		const steps: Step<N>[] = [];
		for (const {event, after} of movesOf(name, path)) {
			steps.push({event, before, after});
			before = after;
		}
		holds(steps);
	}
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(), fc.nat()), {maxLength: 60}), picks => {
			let before = stepper.initial(name);
			const steps: Step<N>[] = [];
			for (const [type, facts] of picks) {
				// Mostly events that may happen here, so that long lives are walked.
				const types = stepper.next(name, before);
				const events = eventsOf(name).filter(event => event.type === types[type % Math.max(1, types.length)]);
				const event = events[facts % Math.max(1, events.length)];
				const after = event && stepper.step(name, before, event);
				if (!event || after === null || after === undefined) continue;
				steps.push({event, before, after});
				before = after;
			}
			holds(steps);
		}),
		{numRuns: 300},
	);
}

const reached = (name: MachineName, path: StatePath) => pathsOf(name).some(({state}) => matches(state.value as ModeValue, path));

describe('exercise', () => {
	const phases = ['inject', 'attack', 'respond', 'resolve', 'account'] as const;
	const phaseOf = (value: ModeValue) => phases.find(phase => matches(value, `turn.${phase}`) || matches(value, `paused.${phase}`));

	test('phases follow each other, and a pause comes back to its own', () =>
		always('exercise', steps => {
			for (const {event, before, after} of steps) {
				const [from, to] = [phaseOf(before), phaseOf(after)];
				if (from === undefined || to === undefined) continue;
				const isNext = event.type === 'phase.next';
				expect(to).toBe(isNext ? phases[(phases.indexOf(from) + 1) % phases.length] : from);
			}
		}));

	test('a side moves in its own phase only, with points only, and never while paused', () =>
		always('exercise', steps => {
			for (const {event, before, after} of steps) {
				if (event.type === 'move.operators') expect([event.isAffordable, before]).toEqual([true, {turn: 'respond'}]);
				if (event.type === 'move.attackers') expect([event.isAffordable, before]).toEqual([true, {turn: 'attack'}]);
				if (matches(before, 'paused')) expect(['exercise.resume', 'exercise.stop']).toContain(event.type);
				if (event.type === 'note.add') expect(after).toEqual(before);
			}
		}));

	test('nothing closes without a hot wash, and nothing follows the close', () => {
		always('exercise', steps => {
			for (const {before, after} of steps) {
				expect(before).not.toBe('closed');
				if (after === 'closed') expect(before).toBe('hotWash');
				if (before === 'hotWash') expect(['hotWash', 'closed']).toContain(after);
			}
		});
		expect(reached('exercise', 'closed')).toBe(true);
	});
});

describe('request', () => {
	test('an output leaves only after approval, signing and the policy’s decision, in this order', () => {
		always('request', steps => {
			const passed = steps.map(({after}) => after);
			for (const [at, {after}] of steps.entries()) {
				if (after !== 'held' && after !== 'released' && after !== 'recalled' && after !== 'final') continue;
				const decided = passed.lastIndexOf('deciding', at);
				const signed = passed.lastIndexOf('signing', decided);
				const queued = passed.lastIndexOf('queued', signed);
				const approved = passed.lastIndexOf('approved', queued);
				expect([approved, queued, signed, decided].every(index => index >= 0)).toBe(true);
				expect(['deciding', 'held', 'released', 'final']).toEqual(expect.arrayContaining(passed.slice(decided, at)));
			}
		});
		expect(reached('request', 'final')).toBe(true);
	});

	test('an order and an approval count only as far as their facts say', () =>
		always('request', steps => {
			for (const {event, before, after} of steps) {
				if (event.type === 'signing.ordered') expect(event.hasQuorum).toBe(true);
				if (event.type === 'approval.given') expect(event.isReachable).toBe(true);
				if (before === 'open' && after === 'approved') expect(event).toMatchObject({type: 'approval.given', hasQuorum: true});
				if (event.type === 'approval.voided' && !event.hasQuorum) expect(after).toBe('open');
				if (event.type === 'decision.allowed') expect(after).toBe(event.isHeld ? 'held' : 'released');
			}
		}));

	test('final, recalled, denied and expired are for good', () =>
		always('request', steps => {
			for (const {before, after} of steps)
				if (before === 'final' || before === 'recalled' || before === 'denied' || before === 'expired') expect(after).toBe(before);
		}));

	test('every state lies at one station, and only the stations’ own states hold an output', () => {
		const at = Object.fromEntries(
			Object.entries(machines.request.root.states).map(([state, node]) => [state, (node.meta as {station: string}).station]),
		);
		expect(at).toEqual({
			scheduled: 'shares',
			open: 'shares',
			approved: 'shares',
			queued: 'rounds',
			signing: 'rounds',
			stalled: 'rounds',
			deciding: 'policy',
			refused: 'policy',
			denied: 'policy',
			held: 'output',
			released: 'output',
			recalled: 'output',
			final: 'transcript',
			expired: 'transcript',
		});
	});
});

describe('party', () => {
	test('a removed party never comes back', () => {
		always('party', steps => {
			const from = steps.findIndex(({after}) => matches(after, 'trust.removed'));
			if (from >= 0) expect(steps.slice(from).every(({after}) => matches(after, 'trust.removed'))).toBe(true);
		});
		expect(reached('party', 'trust.removed')).toBe(true);
	});

	test('a share reaches members only, and a missed epoch never leaves a share that counts', () =>
		always('party', steps => {
			for (const {event, after} of steps) {
				if (event.type === 'share.received') expect([event.isMember, matches(after, 'share.held')]).toEqual([true, true]);
				if (event.type === 'epoch.missed') expect(matches(after, 'share.stale')).toBe(true);
			}
		}));

	test('isolation ends by waiting, inspection by its own end; a suspicion changes neither', () =>
		always('party', steps => {
			for (const {event, before, after} of steps) {
				if (event.type === 'party.rejoined') expect(event.hasWaited).toBe(true);
				if (event.type === 'party.inspected') expect(event.isReachable).toBe(true);
				if (matches(before, 'trust.isolated') && !matches(after, 'trust.isolated'))
					expect(['party.rejoined', 'party.removed']).toContain(event.type);
				if (matches(before, 'trust.inspected') && !matches(after, 'trust.inspected'))
					expect(['inspection.ended', 'party.removed']).toContain(event.type);
			}
		}));

	test('nonces are gone only with the last pair', () =>
		always('party', steps => {
			for (const {event, before, after} of steps) {
				if (matches(before, 'nonces.outstanding') && matches(after, 'nonces.none'))
					expect(event).toMatchObject({type: expect.stringMatching(/^nonces\.(spent|discarded)$/), isLast: true});
			}
		}));
});

describe('protocol', () => {
	const ceremonies = ['signing', 'computing', 'refreshing', 'repairing', 'resharing', 'rotating'] as const;

	test('a key exists only after keygen, and never goes back to none', () =>
		always('protocol', steps => {
			const active = steps.findIndex(({after}) => !matches(after, 'preActivation'));
			if (active < 0) return;
			expect(steps[active]!.event.type).toBe('keygen.completed');
			expect(steps.slice(active).every(({after}) => !matches(after, 'preActivation'))).toBe(true);
		}));

	test('nothing signs outside of a signing, and one ceremony runs at a time', () =>
		always('protocol', steps => {
			const signings = ['active.signing', 'compromised.exposed.signing', 'compromised.burned.signing'] as const;
			for (const {event, before} of steps) {
				if (event.type.startsWith('signing.') && event.type !== 'signing.started')
					expect(
						signings.some(path => matches(before, path)) ||
							(event.type === 'signing.aborted' && matches(before, 'suspended.frozen.stalled')),
					).toBe(true);
				if (event.type.endsWith('.started') && event.type !== 'keygen.started')
					expect(ceremonies.some(ceremony => matches(before, `active.${ceremony}`))).toBe(false);
			}
		}));

	test('an abort leaves the epoch that was there: active.idle, for every ceremony of a sound key', () => {
		always('protocol', steps => {
			for (const {event, before, after} of steps)
				if (event.type.endsWith('.aborted') && ceremonies.some(ceremony => matches(before, `active.${ceremony}`)))
					expect(after).toEqual({active: 'idle'});
		});
	});

	test('an abort is possible at any message until the first old share is erased, and not from then on', () => {
		const abortable = ['dealing', 'checking', 'acknowledging'] as const;
		for (const at of abortable) {
			expect(stepper.can('protocol', {active: {refreshing: at}}, {type: 'refresh.aborted'})).toBe(true);
			expect(stepper.can('protocol', {active: {resharing: at}}, {type: 'reshare.aborted'})).toBe(true);
		}
		expect(stepper.can('protocol', {active: {refreshing: 'erasing'}}, {type: 'refresh.aborted'})).toBe(false);
		expect(stepper.can('protocol', {active: {resharing: 'erasing'}}, {type: 'reshare.aborted'})).toBe(false);
		for (const at of ['keygen', 'acknowledging', 'sweeping'])
			expect(stepper.step('protocol', {active: {rotating: at}}, {type: 'rotation.aborted'})).toEqual({active: 'idle'});
		for (const at of ['splitting', 'summing', 'checking'])
			expect(stepper.step('protocol', {active: {repairing: at}}, {type: 'repair.aborted'})).toEqual({active: 'idle'});
	});

	test('no old share is erased before the last ack, unless acks are waived', () =>
		always('protocol', steps => {
			for (const {event, before, after} of steps) {
				const begins = (['active.refreshing.erasing', 'active.resharing.erasing', 'active.rotating.sweeping'] as const).some(
					path => matches(after, path) && !matches(before, path),
				);
				if (begins && event.type !== 'acks.waived') expect(event).toEqual({type: 'ack.received', isLast: true});
			}
		}));

	test('a frozen key takes nothing but the end of the freeze, an abort, recovery and what befalls a key', () =>
		always('protocol', steps => {
			for (const {event, before} of steps)
				if (matches(before, 'suspended.frozen'))
					expect([
						'policy.unfrozen',
						'signing.aborted',
						'recovery.started',
						'key.exposed',
						'key.reconstructed',
						'key.deactivated',
					]).toContain(event.type);
		}));

	test('the end of a freeze leads back to where it began', () => {
		for (const value of [{active: 'idle'}, {active: {signing: 'stalled'}}]) {
			const frozen = stepper.step('protocol', value, {type: 'policy.frozen'});
			expect(stepper.step('protocol', frozen!, {type: 'policy.unfrozen'})).toEqual(value);
		}
	});

	test('a compromised key rotates or is destroyed; it signs its sweep and its tombstone alone, and aborts leave it compromised', () => {
		always('protocol', steps => {
			for (const {event, before, after} of steps) {
				if (!matches(before, 'compromised')) continue;
				expect(event.type).toMatch(/^(signing\..+|rotation\..+|ack\.received|acks\.waived|key\.exposed|key\.destroyed)$/);
				if (event.type === 'signing.started') expect(event.isRetiring).toBe(true);
				if (!matches(after, 'compromised')) expect(['rotation.completed', 'key.destroyed']).toContain(event.type);
				if (event.type === 'rotation.aborted' || event.type === 'signing.aborted')
					expect(after).toEqual({compromised: matches(before, 'compromised.exposed') ? {exposed: 'idle'} : {burned: 'idle'}});
			}
		});
		expect(reached('protocol', 'compromised.exposed.rotating')).toBe(true);
		expect(reached('protocol', 'compromised.burned.rotating')).toBe(true);
		for (const value of [{compromised: {exposed: 'idle'}}, {compromised: {burned: 'idle'}}] as readonly ModeValue[])
			for (const isRetiring of [false, true])
				expect(stepper.can('protocol', value, {type: 'signing.started', hasThreshold: true, isRetiring})).toBe(isRetiring);
	});

	test('a key that was whole in one place is burned, even when recovery is given up then', () =>
		always('protocol', steps => {
			for (const {before, after} of steps)
				if (matches(before, 'suspended.recovering.sweeping') && !matches(after, 'suspended'))
					expect(matches(after, 'compromised')).toBe(true);
		}));

	test('a key is destroyed only with sweep, tombstone and erasure, and nothing follows', () => {
		always('protocol', steps => {
			for (const {event, before, after} of steps) {
				expect(before).not.toBe('destroyed');
				if (after === 'deactivated') expect(event).toEqual({type: 'key.deactivated', isSwept: true, hasTombstone: true});
				if (after === 'destroyed') expect(event).toMatchObject({type: 'key.destroyed', isErased: true});
				if (after === 'destroyed' && before !== 'deactivated') expect(event).toMatchObject({isSwept: true, hasTombstone: true});
			}
		});
		expect(stepper.next('protocol', 'destroyed')).toEqual([]);
	});

	test('the top states are the key states of SP 800-57', () => {
		expect(Object.keys(machines.protocol.root.states)).toEqual([
			'preActivation',
			'active',
			'suspended',
			'compromised',
			'deactivated',
			'destroyed',
		]);
		expect(transitionsOf(machines.protocol).filter(({path}) => path === 'destroyed')).toEqual([]);
	});
});
