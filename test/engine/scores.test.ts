import {describe, expect, test} from 'vitest';
import type {Station} from '../../source/engine/view.js';
import {Play} from './play.js';

const rich = {attackers: {points: 9}, operators: {points: 9}};
const only = {vendor: undefined};

function score(play: Play, station: Station): number {
	return play.finish().state.end!.scores.find(each => each.station === station)!.score;
}

const because = (play: Play, station: Station) =>
	play
		.finish()
		.state.end!.scores.find(each => each.station === station)!
		.because.join('; ');

describe('policy', () => {
	test.each([
		['digest', 100],
		['display', 50],
	])('a right decision on %s counts %i', (basis, points) => {
		expect(score(Play.vault({requests: only}).sign('payroll', 'ada,ben', basis), 'policy')).toBe(points);
	});

	test('a right decision on a call-back, or verified independently, counts 100', () => {
		const asked = Play.vault({requests: only, file: rich}).operators('call-back payroll').endTurn().sign('payroll', 'ada,ben', 'callback');
		expect(score(asked, 'policy')).toBe(100);
		const verified = Play.vault({requests: only, controls: {'independent-verification': 'on'}})
			.sign('payroll')
			.endTurn()
			.operators('release payroll');
		expect(score(verified, 'policy')).toBe(100);
	});

	test('a wrong or missing decision counts 0', () => {
		expect(score(Play.vault({requests: only}), 'policy')).toBe(0);
		expect(score(Play.vault({requests: only}).operators('deny payroll'), 'policy')).toBe(0);
		const swapped = Play.vault({requests: {...only, payroll: {due: 2}}, deal: 'world: way-in at=coordinator', file: rich})
			.attackers('swap-payload payroll')
			.sign('payroll');
		expect(score(swapped, 'policy')).toBe(0);
	});

	test.each([
		['knowing it', true, 100],
		['without asking', false, 50],
	])('a false request that was denied %s', (_how, asks, points) => {
		const play = Play.vault({requests: only, deal: 'world: steal-mailbox payroll', file: rich});
		if (asks) play.operators('call-back payroll').endTurn();
		expect(score(play.operators('deny payroll'), 'policy')).toBe(points);
	});
});

describe('over-reaction costs 15 a turn at its station', () => {
	test('a sound party that is isolated', () => {
		const base = Play.vault().sign('payroll').endTurn();
		const once = base.branch().operators('isolate party=chi').endTurn().operators('rejoin party=chi');
		const twice = base.branch().operators('isolate party=chi').endTurn(4).operators('rejoin party=chi');
		expect([base.branch(), once, twice].map(play => score(play, 'shares'))).toEqual([100, 85, 70]);
		expect(because(once, 'shares')).toBe('turn 2: chi was isolated and sound (-15)');
	});

	test('not a party that is theirs', () => {
		const play = Play.vault({deal: 'world: way-in at=chi'}).operators('isolate party=chi');
		expect(score(play, 'shares')).toBe(100);
	});

	test('a legitimate request that waits under a freeze, and one that is closed does not wait', () => {
		const base = Play.vault({requests: only}).sign('payroll', 'ada,ben', 'digest').endTurn();
		expect(score(base.branch().operators('freeze').endTurn().operators('unfreeze'), 'policy')).toBe(100);
		const waiting = Play.vault({requests: only}).operators('freeze').endTurn().operators('unfreeze').sign('payroll', 'ada,ben', 'digest');
		expect(score(waiting, 'policy')).toBe(85);
		expect(because(waiting, 'policy')).toContain('payroll waited under the freeze (-15)');
		const denied = Play.vault({requests: only}).operators('deny payroll', 'freeze').finish();
		expect(denied.state.tallies).toEqual([]);
	});

	test('a legitimate output that is held', () => {
		const play = Play.vault().sign('payroll').endTurn().operators('hold payroll').endTurn().operators('release payroll');
		expect(score(play, 'output')).toBe(100);
		const longer = Play.vault().sign('payroll').endTurn().operators('hold payroll').endTurn(4).operators('release payroll');
		expect(score(longer, 'output')).toBe(85);
	});
});

describe('the other stations', () => {
	test('shares: what was captured, and implants that nobody removed', () => {
		const play = Play.vault({deal: 'world: way-in at=ben', file: rich})
			.attackers('implant party=ben')
			.endTurn()
			.attackers('steal-share party=ben');
		expect(score(play, 'shares')).toBe(35);
		expect(because(play, 'shares')).toBe(
			'1 of the 2 shares that make the key were captured; an implant on ben since turn 1 was never removed',
		);
	});

	test('rounds: required requests that were served', () => {
		expect(score(Play.vault({requests: {vendor: {required: true}}}).sign('payroll'), 'rounds')).toBe(50);
	});

	test('output: what left without authority, less where somebody outside was told', () => {
		const lost = Play.vault({deal: 'world: way-in at=coordinator', file: rich})
			.attackers('swap-payload payroll')
			.sign('payroll')
			.endTurn(3);
		expect(score(lost.branch(), 'output')).toBe(20);
		expect(score(lost.branch().operators('announce payroll to=bank'), 'output')).toBe(40);
	});

	test('transcript: what the evidence explains of the authority moves', () => {
		const at = (level: 0 | 1 | 2) =>
			score(
				Play.vault({file: {logging: {shares: level, rounds: level, policy: level, output: level, transcript: level}}}).sign('payroll'),
				'transcript',
			);
		expect(at(0)).toBe(0);
		expect(at(2)).toBe(100);
		expect(at(1)).toBeGreaterThan(0);
		expect(at(1)).toBeLessThan(100);
	});

	test('a station with nothing to judge takes the rounds score', () => {
		const play = Play.vault({requests: {vendor: undefined}});
		expect([score(play, 'rounds'), score(play, 'output')]).toEqual([0, 0]);
		const early = Play.vault().table('stop');
		expect(early.state.end?.scores.map(each => each.score)).toEqual([100, 100, 100, 100, 100]);
	});
});

describe('detection', () => {
	const planted = () => Play.vault({deal: 'world: way-in at=ben', file: rich}).attackers('implant party=ben');

	test.each(['note suspect=ben', 'isolate party=ben', 'inspect party=ben depth=full'])('is dated from %s', move => {
		expect(planted().operators(move).state.detected).toMatchObject({turn: 1});
	});

	test('is not a suspicion of somebody sound, nor a second one', () => {
		const play = planted().operators('note suspect=chi', 'isolate party=ada');
		expect(play.state.detected).toBeUndefined();
		expect(play.endTurn().operators('note suspect=ben').endTurn().operators('isolate party=ben').state.detected?.turn).toBe(2);
	});
});
