import {describe, expect, test} from 'vitest';
import {Play} from './play.js';

const rich = {attackers: {points: 9}, operators: {points: 9}};
const onCoordinator = {deal: 'world: way-in at=coordinator', file: rich};
const thieves = {deal: 'world: way-in at=ada\nworld: way-in at=ben', file: rich};

test('what lapses is foretold, and not where no turn follows', () => {
	const play = Play.vault({file: {turns: 2}}).operators();
	expect(play.view('operators').forecast).toContain('2 of 3 points lapse.');
	play.endTurn().operators();
	expect(play.view('operators').forecast.join(' ')).not.toContain('lapse');
});

describe('the end', () => {
	test('comes with the last turn', () => {
		const play = Play.vault().endTurn(6);
		expect(play.state.end).toBeUndefined();
		play.endTurn();
		expect([play.state.turn, play.phase]).toEqual([6, 'hotWash']);
		expect(play.refusal('operators', 'end-turn')).toContain('the exercise is over');
		play.operators('note "we looked twice"').table('close');
		expect(play.phase).toBe('closed');
	});

	test('comes one full turn after an unauthorised output is final', () => {
		const play = Play.vault(onCoordinator).attackers('swap-payload payroll').sign('payroll').endTurn(3);
		expect(play.state).toMatchObject({unauthorisedFinalAt: 2, endsAt: 3});
		play.operators('announce payroll to=bank', 'end-turn');
		expect(play.state.end).toMatchObject({outcome: 'attackers', reason: expect.stringContaining('became final in turn 2')});
		expect(play.state.turn).toBe(3);
	});

	test('and so it does after one in the last turn', () => {
		const stolen = Play.vault(thieves).attackers('implant party=ada', 'implant party=ben').endTurn(6);
		stolen.attackers('steal-share party=ada', 'steal-share party=ben').endTurn();
		const signed = Play.vault({...onCoordinator, requests: {payroll: {due: 6}}})
			.endTurn(6)
			.attackers('swap-payload payroll')
			.sign('payroll')
			.endTurn();
		for (const play of [stolen, signed]) {
			expect([play.state.turn, play.phase]).toEqual([7, 'attack']);
			expect(play.endTurn().state.end?.outcome).toBe('attackers');
		}
	});

	test('comes early when it is stopped', () => {
		const play = Play.vault().endTurn(2).table('stop');
		expect(play.phase).toBe('hotWash');
		expect(play.try('table', 'stop').ok).toBe(false);
		play.table('close');
	});
});

describe('the outcome', () => {
	test('is the operators’ when every required request was served in time and nothing else left', () => {
		const play = Play.vault({file: rich}).sign('payroll').finish();
		expect(play.state.end).toMatchObject({outcome: 'operators', reason: 'payroll served in time, and nothing unauthorised became final'});
	});

	test('is nobody’s when a required request was not served in time', () => {
		expect(Play.vault().finish().state.end).toMatchObject({
			outcome: 'neither',
			reason: 'nothing unauthorised left, but payroll was not served in time',
		});
		const late = Play.vault({file: rich}).endTurn(4);
		expect(late.stateOf('payroll')).toBe('expired');
		expect(late.refusal('operators', 'approve payroll party=ada basis=display')).toContain('not open');
	});

	test('is nobody’s when it was denied, recalled or held to the end', () => {
		expect(Play.vault().operators('deny payroll').finish().state.end?.outcome).toBe('neither');
		expect(Play.vault().sign('payroll').endTurn().operators('announce payroll to=staff').finish().state.end?.outcome).toBe('neither');
		expect(Play.vault().sign('payroll').endTurn().operators('hold payroll').finish().state.end?.outcome).toBe('neither');
	});

	test('is the attackers’ when an unauthorised output became final, whatever was served', () => {
		const bought = Play.vault({file: rich}).attackers('submit refund').sign('payroll').sign('refund', 'ada,chi').finish();
		expect(bought.state.end?.outcome).toBe('attackers');
		const stolen = Play.vault(thieves).attackers('implant party=ada', 'implant party=ben').sign('payroll').endTurn();
		expect(stolen.attackers('steal-share party=ada', 'steal-share party=ben').finish().state.end?.outcome).toBe('attackers');
	});

	test('is not the attackers’ when the output was recalled in time', () => {
		const play = Play.vault({file: rich}).attackers('submit refund').sign('payroll').sign('refund', 'ada,chi').endTurn();
		expect(play.operators('announce refund to=bank').finish().state.end?.outcome).toBe('operators');
	});

	test('of a game that is stopped misses nothing that was not due', () => {
		const play = Play.vault({file: rich}).endTurn(3).operators().table('stop');
		expect(play.state.end).toMatchObject({
			outcome: 'operators',
			reason: 'no request was due, and nothing unauthorised became final; payroll was not reached',
		});
		const served = Play.vault({file: rich, requests: {vendor: {required: true}}})
			.sign('payroll')
			.endTurn()
			.table('stop');
		expect(served.state.end?.reason).toBe('payroll served in time, and nothing unauthorised became final; vendor was not reached');
		const missed = Play.vault().endTurn(4).table('stop');
		expect(missed.state.end?.outcome).toBe('neither');
	});

	test('of a game that the attackers ended early does not miss what was due later', () => {
		const play = Play.vault({...thieves, requests: {payroll: {due: 6}}})
			.attackers('implant party=ada', 'implant party=ben')
			.endTurn();
		play.attackers('steal-share party=ada', 'steal-share party=ben').finish();
		expect(play.state.turn).toBe(3);
		expect(play.state.end?.scores.find(({station}) => station === 'rounds')?.because).toEqual([]);
	});
});
