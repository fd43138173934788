import {describe, expect, test} from 'vitest';
import {Play} from './play.js';

const rich = {attackers: {points: 9}, operators: {points: 9}};
const released = () =>
	Play.vault({file: rich, requests: {payroll: {due: 6}}})
		.sign('payroll')
		.endTurn();

describe('an output', () => {
	test('is released in resolve and final in the account of the next turn', () => {
		const play = released();
		expect(play.state.outputs).toMatchObject([{state: 'released', turn: 1, finalAt: 0}]);
		play.endTurn();
		expect(play.state.outputs).toMatchObject([{state: 'final', finalAt: 2}]);
		expect(play.stateOf('payroll')).toBe('final');
	});

	test('of the last turn is final with it', () => {
		const play = Play.vault({file: {turns: 1}})
			.sign('payroll')
			.finish();
		expect(play.state.outputs).toMatchObject([{state: 'final', finalAt: 1}]);
	});

	test('is on the statement of the turn after it is final, with what its bytes say', () => {
		const play = released().endTurn();
		expect(play.told('operators', 'statement')).toEqual([
			"o1: 1 000 to staff, signed with the vault's key, final. It is payroll as displayed.",
		]);
		expect(play.state.inbox.operators.find(({kind}) => kind === 'statement')?.turn).toBe(3);
	});

	test('is on the statement whatever the logging', () => {
		const none = {shares: 0, rounds: 0, policy: 0, output: 0, transcript: 0};
		const play = Play.vault({deal: 'world: way-in at=coordinator', file: {...rich, logging: none}})
			.attackers('swap-payload payroll')
			.sign('payroll')
			.endTurn(3);
		expect(play.told('operators', 'statement')[0]).toContain(
			'1 000 to thieves, signed with the vault\'s key, final. payroll was displayed as "1 000 to staff".',
		);
	});

	test('of captured shares is on the statement of the next turn, and the key is known to be lost', () => {
		const play = Play.vault({deal: 'world: way-in at=ada\nworld: way-in at=ben', file: rich})
			.attackers('implant party=ada', 'implant party=ben')
			.endTurn();
		play.attackers('steal-share party=ada', 'steal-share party=ben').operators();
		expect(play.view('operators').outputs).toEqual([]);
		play.endTurn();
		expect(play.told('operators', 'statement')[0]).toContain('No request on the table asked for it.');
		expect(play.view('operators').outputs).toMatchObject([{request: '', state: 'final'}]);
		expect(play.state.protocol).toMatchObject({compromised: {exposed: 'idle'}});
	});
});

describe('hold, release, announce', () => {
	test('hold keeps a released output back for 1; release lets it go for nothing', () => {
		const play = released();
		const {operators} = play.state.points;
		play.operators('hold payroll');
		expect(play.state.points.operators).toBe(operators - 1);
		expect(play.refusal('operators', 'hold o1')).toContain('is held');
		play.endTurn();
		expect(play.state.outputs).toMatchObject([{state: 'held', finalAt: 0}]);
		const before = play.state.points.operators;
		play.operators('release o1');
		expect(play.state.points.operators).toBe(before);
		expect(play.refusal('operators', 'release o1')).toContain('is released');
		expect(play.endTurn().state.outputs).toMatchObject([{state: 'final', finalAt: 3}]);
	});

	test('what is final can not be held', () => {
		const play = released().endTurn();
		expect(play.refusal('operators', 'hold payroll')).toContain('is final');
		expect(play.refusal('operators', 'release payroll')).toContain('is final');
	});

	test('announce recalls an output before it is final', () => {
		const play = released().operators('announce payroll to=bank').endTurn(4);
		expect(play.state.outputs).toMatchObject([{state: 'recalled', announcedAt: 2, finalAt: 0}]);
		expect(play.stateOf('payroll')).toBe('recalled');
		expect(play.refusal('operators', 'announce payroll to=staff')).toContain('announced in turn 2');
	});

	test('announce after it is final changes no outcome, and is on record', () => {
		const play = released().endTurn().operators('announce payroll to=bank');
		expect(play.state.outputs).toMatchObject([{state: 'final', announcedAt: 3}]);
	});

	test('there must be an output', () => {
		expect(Play.vault().refusal('operators', 'hold payroll')).toContain('there is no output "payroll"; none was made yet');
		expect(released().refusal('operators', 'hold o7')).toContain('expected one of o1');
	});
});
