// Each control with its cell off and on: the same moves, and the check or the equation decides.
import {describe, expect, test} from 'vitest';
import {controlIds} from '../../source/engine/controls.js';
import {Play} from './play.js';

const rich = {attackers: {points: 9}, operators: {points: 9}};
type Setting = 'on' | 'off';
const onCoordinator = (controls: Readonly<Record<string, Setting>>) =>
	Play.vault({deal: 'world: way-in at=coordinator', file: rich, controls, requests: {payroll: {due: 6}}});

describe('harden', () => {
	test('costs 2, holds from the next turn, one a turn', () => {
		const play = onCoordinator({}).operators('harden bind-payload');
		expect(play.state.points.operators).toBe(7);
		expect(play.refusal('operators', 'harden timelock')).toContain('one control a turn');
		expect(play.state.controls['bind-payload']).toMatchObject({actual: false, from: 2});
		play.endTurn();
		expect(play.state.controls['bind-payload']).toMatchObject({documented: true, actual: true});
		expect(play.refusal('operators', 'harden bind-payload')).toContain('is on');
		play.operators('harden timelock');
	});

	test('is refused for what is documented as on, until an inspection has found it off', () => {
		const play = Play.vault({deal: 'world: drift control=verify-partials', file: rich});
		expect(play.refusal('operators', 'harden verify-partials')).toContain('documented as on');
		play.operators('inspect control=verify-partials', 'harden verify-partials').endTurn();
		expect(play.state.controls['verify-partials']).toMatchObject({actual: true, inspected: true});
	});

	test('a control that drifted off checks nothing, whatever is documented', () => {
		const play = Play.vault({deal: 'world: drift control=verify-partials\nworld: bad-disk party=ben', file: rich})
			.sign('payroll')
			.endTurn();
		expect(play.lastCeremony).toMatchObject({status: 'aborted', blamed: []});
	});
});

describe('bind payload', () => {
	test.each(['off', 'on'] as const)('%s: bytes swapped after approvals on display', setting => {
		const play = onCoordinator({'bind-payload': setting}).attackers('swap-payload payroll').sign('payroll').endTurn();
		if (setting === 'off') {
			expect(play.state.decisions).toMatchObject([{verdict: 'allow'}]);
			expect(play.state.outputs).toMatchObject([{state: 'released'}]);
			return;
		}
		const [decision] = play.state.decisions;
		expect(decision).toMatchObject({
			verdict: 'deny',
			rule: 'bind-payload',
			reason: expect.stringMatching(/^H\(signed\) [0-9a-f]{8} is not H\(shown to ada\) [0-9a-f]{8}$/),
		});
		expect(play.state.outputs).toMatchObject([{state: 'recalled'}]);
		expect([play.stateOf('payroll'), play.request('payroll').approvals]).toEqual(['open', []]);
		expect(play.refusal('operators', 'announce o1 to=bank')).toContain('never left');
	});

	test('on: an honest change voids the approvals too', () => {
		const play = Play.vault({deal: 'world: requote vendor by=5 turn=2', controls: {'bind-payload': 'on'}, file: rich});
		play.operators('approve vendor party=ada basis=display', 'approve vendor party=ben basis=display').endTurn();
		play.operators('sign vendor parties=ada,ben').endTurn();
		expect(play.state.decisions).toMatchObject([{verdict: 'deny', rule: 'bind-payload'}]);
	});

	test('on: a denied signature is not recalled once more when its request is signed anew', () => {
		const play = onCoordinator({'bind-payload': 'on'})
			.attackers('swap-payload payroll')
			.operators('call-back payroll')
			.sign('payroll')
			.endTurn();
		play
			.operators('approve payroll party=ada basis=callback', 'approve payroll party=ben basis=digest', 'sign payroll parties=ada,ben')
			.endTurn();
		expect(play.refusal('operators', 'announce o1 to=bank')).toContain('never left');
		play.endTurn();
		expect(play.state.outputs).toMatchObject([{state: 'recalled'}, {state: 'final'}]);
	});
});

describe('independent verification', () => {
	test('off: an output leaves in the resolve that made it', () => {
		expect(onCoordinator({}).sign('payroll').endTurn().state.outputs).toMatchObject([{state: 'released'}]);
	});

	test('on: it is held until release, which costs 1 and reads the bytes', () => {
		const play = onCoordinator({'independent-verification': 'on'}).sign('payroll').endTurn();
		expect(play.state.outputs).toMatchObject([{state: 'held'}]);
		const {operators} = play.state.points;
		play.operators('release payroll');
		expect(play.state.points.operators).toBe(operators - 1);
		expect(play.state.outputs).toMatchObject([{state: 'released', verified: true}]);
		expect(play.endTurn().state.outputs).toMatchObject([{state: 'final', finalAt: 2}]);
	});

	test('on: other bytes than were displayed stay held, and the equation says why', () => {
		const play = onCoordinator({'independent-verification': 'on'}).attackers('swap-payload payroll').sign('payroll').endTurn();
		play.operators('release payroll');
		expect(play.state.outputs).toMatchObject([{state: 'held', verified: false}]);
		expect(play.state.inbox.operators.at(-1)?.check).toMatchObject({name: 'verification', holds: false});
		expect(play.lastTold('operators')).toContain('thieves');
		expect(play.finish().state.end?.outcome).not.toBe('attackers');
	});
});

describe('timelock', () => {
	/** The turn in which the output of a signing of turn 1 is final. */
	const finalAt = (controls: Readonly<Record<string, Setting>>, ...moves: string[]) => {
		const play = onCoordinator(controls)
			.sign('payroll')
			.endTurn()
			.operators(...moves)
			.finish();
		return play.state.outputs[0]?.finalAt;
	};

	test('off: final in the account of the next turn', () => expect(finalAt({})).toBe(2));
	test('on: a turn later', () => expect(finalAt({timelock: 'on'})).toBe(3));
	test('on: no move shortens it', () => {
		const play = onCoordinator({timelock: 'on'}).sign('payroll').endTurn();
		expect(play.refusal('operators', 'release payroll')).toContain('runs until turn 2 ends');
		play.endTurn();
		expect(play.state.outputs).toMatchObject([{state: 'released', finalAt: 0}]);
		play.operators('hold payroll').endTurn().operators('release payroll').endTurn();
		expect(play.state.outputs).toMatchObject([{state: 'final', finalAt: 4}]);
	});
	test('on, with independent verification: the turn is waited for, and then the release', () => {
		const play = onCoordinator({timelock: 'on', 'independent-verification': 'on'}).sign('payroll').endTurn();
		expect(play.refusal('operators', 'release payroll')).toContain('timelock');
		play.endTurn();
		expect(play.state.outputs).toMatchObject([{state: 'held'}]);
		expect(play.operators('release payroll').endTurn().state.outputs).toMatchObject([{state: 'final', finalAt: 3}]);
		// The turn of the timelock is the price of the control, not an over-reaction.
		expect(play.state.tallies).toEqual([]);
	});
});

describe('one-time approvals', () => {
	const failing = (setting: Setting) =>
		Play.vault({
			deal: 'world: way-in at=ben\nworld: link at=ben',
			file: rich,
			controls: {'one-time-approvals': setting},
			requests: {payroll: {due: 6}},
		}).attackers('implant party=ben');

	test.each([
		['off', 2, 'approved'],
		['on', 0, 'open'],
	] as const)('%s: after a signing that failed', (setting, count, state) => {
		const play = failing(setting).attackers('corrupt-partial party=ben').sign('payroll').endTurn();
		expect([play.request('payroll').approvals.length, play.stateOf('payroll')]).toEqual([count, state]);
	});

	test('on: a retry needs new ones', () => {
		const play = failing('on').attackers('drop party=ben').sign('payroll').endTurn();
		expect(play.refusal('operators', 'retry payroll parties=ada,ben')).toContain('counted for one signing');
		play.operators('abort payroll');
		expect([play.request('payroll').approvals, play.stateOf('payroll')]).toEqual([[], 'open']);
		play.sign('payroll').endTurn();
		expect(play.lastCeremony.status).toBe('done');
	});

	test('off: a retry takes the ones that are there', () => {
		const play = failing('off').attackers('drop party=ben').sign('payroll').endTurn().operators('retry payroll parties=ada,ben').endTurn();
		expect(play.lastCeremony.status).toBe('done');
	});
});

describe('distinct domains', () => {
	test.each([
		['off', 'allow'],
		['on', 'deny'],
	] as const)('%s: two parties of one domain', (setting, verdict) => {
		const parties = {ada: {domain: 'office'}, ben: {domain: 'office'}, chi: {domain: 'cloud'}};
		const play = Play.vault({controls: {'distinct-domains': setting}, file: {parties, ...rich}})
			.sign('payroll', 'ada,ben')
			.sign('vendor', 'ada,chi')
			.endTurn();
		expect(play.state.decisions.map(each => each.verdict)).toEqual([verdict, 'allow']);
		if (verdict === 'deny') expect(play.state.decisions[0]).toMatchObject({rule: 'distinct-domains', reason: '1 domain < 2'});
	});
});

describe('checks of the ceremonies', () => {
	const sealed = (setting: Setting) => Play.vault({controls: {'sealed-transport': setting}});

	test('sealed transport: dealt values travel under seal, or in plain text', () => {
		const wires = (play: Play) =>
			play.events.flatMap(event =>
				event.type === 'message' && event.record.carries.startsWith('value') ? [JSON.parse(event.wire).body] : [],
			);
		expect(wires(sealed('on')).every(body => body.value === undefined && body.sealed !== undefined)).toBe(true);
		expect(wires(sealed('off')).every(body => /^[0-9a-f]{64}$/.test(body.value))).toBe(true);
	});

	test.each([
		['proof-of-possession', 'proofOfPossession'],
		['echo-broadcast', 'echo'],
		['feldman-check', 'feldman'],
	])('%s: keygen makes the check or does not', (control, name) => {
		const made = (setting: Setting) =>
			Play.vault({controls: {[control]: setting}})
				.state.ceremonies[0]!.messages.flatMap(({checks}) => checks)
				.filter(check => check.name === name);
		expect(made('on').length).toBeGreaterThan(0);
		expect(made('on').every(({holds}) => holds)).toBe(true);
		expect(made('off')).toEqual([]);
	});

	test('verify partials: the coordinator makes the check or does not', () => {
		const made = (setting: Setting) =>
			Play.vault({controls: {'verify-partials': setting}})
				.sign('payroll')
				.endTurn()
				.lastCeremony.checks.filter(({name}) => name === 'verifyPartials');
		expect(made('on').map(({about, holds}) => [about, holds])).toEqual([
			['ada', true],
			['ben', true],
		]);
		expect(made('off')).toEqual([]);
	});
});

test('every control of the catalogue can be set in a file, and is tested above or with the moves it is about', () => {
	expect(Object.keys(Play.vault().state.controls).sort()).toEqual([...controlIds].sort());
	const elsewhere = [
		...['bind-context', 'no-exceptions', 'decision-log'],
		...['minimum-cohort', 'anchored-log'],
		...['commitment-lengths', 'ack-before-erase', 'erase-old-shares', 'fingerprinted-backups'],
		...['nonce-guard', 'envelope-context', 'authenticated-envelopes'],
	];
	expect(controlIds.filter(id => !elsewhere.includes(id))).toHaveLength(10);
});
