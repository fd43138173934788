import {describe, expect, test} from 'vitest';
import {Play} from './play.js';

const rich = {attackers: {points: 9}, operators: {points: 9}};
const onLink = {deal: 'world: link at=ben', file: rich, requests: {payroll: {due: 6}}};
const corrupting = {deal: 'world: way-in at=ben', file: rich, requests: {payroll: {due: 6}}};

/** Which parties' nonces are outstanding. */
const outstanding = (play: Play) =>
	play
		.view('operators')
		.parties.filter(({nonces}) => nonces === 'outstanding')
		.map(({id}) => id);

describe('sign', () => {
	test('needs approving, reachable parties, as many as the threshold, each named once', () => {
		const play = Play.vault({file: rich}).operators('approve payroll party=ada basis=display');
		expect(play.refusal('operators', 'sign payroll parties=ada,ben')).toBe('ben has not approved payroll');
		play.operators('approve payroll party=ben basis=display', 'approve payroll party=chi basis=display');
		expect(play.refusal('operators', 'sign payroll parties=ada')).toBe('needs 2 parties, got 1');
		expect(play.refusal('operators', 'sign payroll parties=ada,ada')).toContain('named twice');
		play.operators('isolate party=chi');
		expect(play.refusal('operators', 'sign payroll parties=ada,chi')).toBe("chi can't be reached");
		play.operators('sign payroll parties=ada,ben');
		expect(play.refusal('operators', 'sign payroll parties=ada,ben')).toContain('ordered already');
	});

	test('costs 1, runs in resolve, and is done in two rounds', () => {
		const play = Play.vault().sign('payroll');
		expect(play.state.points.operators).toBe(2);
		expect(play.state.ceremonies).toHaveLength(1);
		play.endTurn();
		expect(play.lastCeremony).toMatchObject({kind: 'signing', status: 'done', parties: ['ada', 'ben'], blamed: []});
		expect([...new Set(play.lastCeremony.messages.map(({round}) => round))]).toEqual([1, 2]);
		expect(play.state.outputs).toMatchObject([{request: 'payroll', state: 'released'}]);
		expect(outstanding(play)).toEqual([]);
	});

	test('says that nothing is left to sign where something was signed', () => {
		const play = Play.vault().sign('payroll').endTurn();
		expect(play.refusal('operators', 'sign payroll parties=ada,ben')).toBe('payroll is released, there is nothing to sign');
	});

	test('an order that the table froze afterwards does not start, and the request stays approved', () => {
		const play = Play.vault().sign('payroll').operators('freeze').endTurn();
		expect(play.state.ceremonies).toHaveLength(1);
		expect(play.stateOf('payroll')).toBe('approved');
		expect(play.told('operators', 'result').join()).toContain('did not start');
		expect(play.refusal('operators', 'sign payroll parties=ada,ben')).toContain('unfreeze first');
	});
});

describe('a signing that misses a message', () => {
	test('stays open with its nonces outstanding, and the key is busy', () => {
		const play = Play.vault(onLink).attackers('drop party=ben').sign('payroll').sign('vendor', 'ada,chi').endTurn();
		expect(play.lastCeremony).toMatchObject({request: 'payroll', status: 'stalled', waitingFor: ['ben']});
		expect(outstanding(play)).toEqual(['ada', 'ben']);
		expect([play.stateOf('payroll'), play.stateOf('vendor')]).toEqual(['stalled', 'approved']);
		expect(play.refusal('operators', 'sign vendor parties=ada,chi')).toContain('still waits for ben');
		expect(play.endTurn().lastCeremony.status).toBe('stalled');
	});

	test('goes on by itself when the message was only delayed', () => {
		const play = Play.vault(onLink).attackers('delay party=ben').sign('payroll').endTurn();
		expect(play.lastCeremony.status).toBe('stalled');
		play.endTurn();
		expect(play.state.ceremonies).toHaveLength(2);
		expect(play.lastCeremony.status).toBe('done');
		expect(play.state.outputs).toMatchObject([{state: 'released', turn: 2}]);
		expect(outstanding(play)).toEqual([]);
	});

	test('does not go on without a party that is out, and does when it is back', () => {
		const play = Play.vault(onLink).attackers('delay party=ben').sign('payroll').endTurn().operators('isolate party=ben').endTurn();
		expect(play.lastCeremony.status).toBe('stalled');
		play.operators('rejoin party=ben').endTurn();
		expect(play.lastCeremony.status).toBe('done');
	});

	test('does not stop the turn when its deadline passes: only abort is left', () => {
		const play = Play.vault({...onLink, requests: {payroll: {due: 1}}})
			.attackers('delay party=ben')
			.sign('payroll')
			.endTurn();
		expect(play.stateOf('payroll')).toBe('expired');
		expect(play.refusal('operators', 'retry payroll parties=ada,ben')).toContain('only abort is left');
		play.endTurn().operators('abort payroll').sign('vendor').endTurn();
		expect(play.state.outputs).toMatchObject([{request: 'vendor'}]);
	});

	test('is ended by abort, at no cost; parties that are up discard its nonces', () => {
		const play = Play.vault(onLink).attackers('drop party=ben').sign('payroll').endTurn().operators('abort payroll');
		expect(play.state.points.operators).toBe(10);
		expect(play.lastCeremony).toMatchObject({status: 'aborted', blamed: []});
		expect([play.stateOf('payroll'), outstanding(play)]).toEqual(['approved', []]);
		play.operators('sign payroll parties=ada,ben').endTurn();
		expect(play.lastCeremony).toMatchObject({id: 'c3', status: 'done'});
	});

	test('is ended by retry: 1 point, the named parties, a new ceremony with new nonces', () => {
		const play = Play.vault(onLink).operators('approve payroll party=chi basis=display').endTurn();
		play.attackers('drop party=ben').sign('payroll').endTurn();
		expect(play.refusal('operators', 'retry payroll parties=ada')).toContain('needs 2 parties');
		play.operators('retry payroll parties=ada,chi').endTurn();
		expect(play.state.ceremonies.slice(1)).toMatchObject([
			{id: 'c2', status: 'aborted', parties: ['ada', 'ben']},
			{id: 'c3', status: 'done', parties: ['ada', 'chi']},
		]);
	});

	test('can not be retried under a freeze', () => {
		const play = Play.vault(onLink).attackers('drop party=ben').sign('payroll').endTurn().operators('freeze');
		expect(play.refusal('operators', 'retry payroll parties=ada,ben')).toContain('unfreeze first');
		play.operators('unfreeze', 'retry payroll parties=ada,ben');
	});

	test('leaves a dark party its nonces: it signs nothing until they are discarded, for 1 point', () => {
		const play = Play.vault({...onLink, deal: 'world: link at=ben\nworld: maintenance party=ben turns=1 turn=2'});
		play.attackers('drop party=ben').sign('payroll').endTurn().operators('abort payroll');
		expect(play.refusal('operators', 'discard-nonces party=ben')).toContain("can't be reached");
		play.endTurn();
		expect(outstanding(play)).toEqual(['ben']);
		expect(play.refusal('operators', 'sign payroll parties=ada,ben')).toBe(
			'ben still holds nonces of an aborted signing; discard-nonces first',
		);
		const {operators} = play.state.points;
		play.operators('discard-nonces party=ben', 'sign payroll parties=ada,ben');
		expect(play.state.points.operators).toBe(operators - 2);
		expect(play.refusal('operators', 'discard-nonces party=ada')).toBe('ada holds no nonces');
	});

	test('ends with the key: when the statement shows that the key is lost, its nonces go', () => {
		const play = Play.vault({
			deal: 'world: way-in at=ada\nworld: way-in at=ben\nworld: link at=chi',
			file: rich,
			requests: {payroll: {due: 6}},
		});
		play.attackers('implant party=ada', 'implant party=ben').endTurn();
		play.attackers('steal-share party=ada', 'steal-share party=ben', 'drop party=chi').sign('payroll', 'ada,chi').endTurn();
		expect(play.lastCeremony.status).toBe('aborted');
		expect(outstanding(play)).toEqual([]);
		expect(play.refusal('operators', 'sign payroll parties=ada,chi')).toContain('the key is compromised');
	});
});

describe('a wrong partial', () => {
	test('is blamed by its equation where partials are verified, and no output is made', () => {
		const play = Play.vault(corrupting).attackers('implant party=ben', 'corrupt-partial party=ben').sign('payroll').endTurn();
		expect(play.lastCeremony).toMatchObject({status: 'aborted', blamed: [{member: 'ben', check: {name: 'verifyPartials', holds: false}}]});
		const [{check} = {check: undefined}] = play.lastCeremony.blamed;
		expect(check?.left).not.toBe(check?.right);
		expect(play.state.outputs).toEqual([]);
		expect(play.view('operators').parties.map(({id, lastPartial, share}) => [id, lastPartial, share])).toEqual([
			['ada', 't1 ok', 'ok'],
			['ben', 't1 REFUSED', 'BAD'],
			['chi', 'none', '?'],
		]);
	});

	test('is blamed on nobody where they are not, and no output is made either', () => {
		const play = Play.vault({...corrupting, controls: {'verify-partials': 'off'}});
		play.attackers('implant party=ben', 'corrupt-partial party=ben').sign('payroll').endTurn();
		expect(play.lastCeremony).toMatchObject({
			status: 'aborted',
			blamed: [],
			checks: expect.arrayContaining([expect.objectContaining({name: 'signature', holds: false})]),
		});
		expect(play.state.outputs).toEqual([]);
	});

	test('comes from a bad disk as well, and looks the same', () => {
		const play = Play.vault({deal: 'world: bad-disk party=ben turn=2', file: rich, requests: {payroll: {due: 6}}})
			.endTurn()
			.sign('payroll')
			.endTurn();
		expect(play.lastCeremony).toMatchObject({status: 'aborted', blamed: [{member: 'ben'}]});
		play.operators('inspect party=ben');
		expect(play.lastTold('operators', 'result')).toContain('NOT the one that was committed to');
		play.operators('approve payroll party=chi basis=display', 'sign payroll parties=ada,chi').endTurn();
		expect(play.lastCeremony.status).toBe('done');
	});

	test('stands for one turn', () => {
		const play = Play.vault(corrupting).attackers('implant party=ben', 'corrupt-partial party=ben').sign('payroll').endTurn();
		play.operators('sign payroll parties=ada,ben').endTurn();
		expect(play.lastCeremony.status).toBe('done');
	});
});
