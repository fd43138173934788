import {describe, expect, test} from 'vitest';
import {digestOf} from '../../source/engine/payload.js';
import {Play} from './play.js';

const onCoordinator = {deal: 'world: way-in at=coordinator', file: {attackers: {points: 9}, operators: {points: 9}}};

describe('approve', () => {
	test('on display binds the request and no bytes; the signers sign whatever the coordinator sends', () => {
		const play = Play.vault(onCoordinator).attackers('swap-payload payroll').sign('payroll').endTurn(3);
		expect(play.request('payroll').approvals.map(({binds}) => binds)).toEqual([undefined, undefined]);
		expect(play.state.outputs).toMatchObject([{state: 'final'}]);
		expect(play.view('operators').outputs[0]?.says).toBe('1 000 to thieves');
	});

	test('on digest binds the bytes that the device will sign', () => {
		const play = Play.vault().operators('approve payroll party=ada basis=digest');
		expect(play.request('payroll').approvals).toEqual([
			expect.objectContaining({party: 'ada', basis: 'digest', binds: digestOf(play.request('payroll').payload)}),
		]);
	});

	test('on digest is free, once a turn a custodian', () => {
		const play = Play.vault().operators('approve payroll party=ada basis=digest');
		expect(play.state.points.operators).toBe(3);
		expect(play.refusal('operators', 'approve vendor party=ada basis=digest')).toContain('one a turn');
		play.operators('approve vendor party=ben basis=digest').endTurn().operators('approve vendor party=ada basis=digest');
	});

	test('on digest of swapped bytes is no approval, and shows both digests', () => {
		const play = Play.vault(onCoordinator).attackers('swap-payload payroll').operators('approve payroll party=ada basis=digest');
		expect(play.request('payroll').approvals).toEqual([]);
		expect(play.lastTold('operators', 'result')).toContain('would sign "1 000 to thieves"; the coordinator displays "1 000 to staff"');
		const {payload, displayed} = play.request('payroll');
		expect(play.state.inbox.operators.at(-1)?.check).toMatchObject({holds: false, left: digestOf(payload), right: digestOf(displayed)});
	});

	test('on digest with an implant on the device: it says "matches", and signs the other bytes', () => {
		const play = Play.vault({...onCoordinator, deal: `${onCoordinator.deal}\nworld: way-in at=ada`});
		play.attackers('implant party=ada', 'swap-payload payroll').operators('approve payroll party=ada basis=digest');
		expect(play.view('operators').requests[0]?.digests[0]).toMatchObject({matches: true, says: '1 000 to staff'});
		play.operators('approve payroll party=ben basis=display', 'sign payroll parties=ada,ben').endTurn(3);
		expect(play.view('operators').outputs[0]?.says).toBe('1 000 to thieves');
	});

	test('needs a reachable custodian and an open request', () => {
		const play = Play.vault({deal: 'world: maintenance party=ada turns=1'});
		expect(play.refusal('operators', 'approve payroll party=ada basis=display')).toContain("can't be reached");
		expect(play.refusal('operators', 'approve refund party=ben basis=display')).toContain('"refund" is no request here');
		play.operators('isolate party=ben');
		expect(play.refusal('operators', 'approve payroll party=ben basis=display')).toContain("can't be reached");
		play.operators('deny payroll');
		expect(play.refusal('operators', 'approve payroll party=chi basis=display')).toContain('not open');
	});

	test('again on a better basis replaces the first approval, and still counts once', () => {
		const play = Play.vault().operators('approve payroll party=ada basis=display', 'approve payroll party=ada basis=digest');
		expect(play.request('payroll').approvals).toMatchObject([{party: 'ada', basis: 'digest'}]);
		expect(play.stateOf('payroll')).toBe('open');
		expect(play.refusal('operators', 'approve payroll party=ada basis=digest')).toContain('already');
	});
});

describe('a party refuses other bytes than its approval is bound to', () => {
	test.each(['digest', 'callback'])('on %s: the signing is aborted, the approval check is named, and nothing was signed', basis => {
		const play = Play.vault(onCoordinator);
		if (basis === 'callback') play.operators('call-back vendor').endTurn();
		play.operators(`approve vendor party=ada basis=${basis}`, 'approve vendor party=ben basis=display').endTurn();
		if (basis === 'callback') {
			// The payload is pinned now; what is left to attackers is to lie about the pin, which nobody can from outside.
			expect(play.refusal('attackers', 'swap-payload vendor')).toContain('pinned');
			return;
		}
		play.attackers('swap-payload vendor').operators('sign vendor parties=ada,ben').endTurn();
		expect(play.state.outputs).toEqual([]);
		expect(play.lastCeremony).toMatchObject({status: 'aborted', blamed: [], reason: expect.stringContaining('what ada approved')});
		const failed = play.lastCeremony.messages.flatMap(({checks}) => checks).filter(({holds}) => !holds);
		expect(failed).toMatchObject([
			{name: 'approval', left: digestOf(play.request('vendor').payload), right: digestOf(play.request('vendor').displayed)},
		]);
		expect(play.state.inbox.operators.findLast(({kind, from}) => kind === 'result' && from === 'coordinator')?.check).toMatchObject({
			name: 'approval',
			holds: false,
		});
		expect(play.stateOf('vendor')).toBe('approved');
	});
});

describe('call-back', () => {
	test('costs 1, is answered next turn, and not before', () => {
		const play = Play.vault().operators('call-back vendor');
		expect(play.state.points.operators).toBe(2);
		expect(play.refusal('operators', 'approve vendor party=ada basis=callback')).toContain('comes next turn');
		expect(play.refusal('operators', 'approve payroll party=ada basis=callback')).toContain('nobody called the requester');
		expect(play.refusal('operators', 'call-back vendor')).toContain('already');
		play.endTurn();
		expect(play.request('vendor').callback).toMatchObject({
			asked: 1,
			answered: 2,
			answer: 'mine',
			digest: digestOf(play.request('vendor').intent!),
		});
		expect(play.lastTold('operators', 'answer')).toContain('Yes, vendor is mine: 2 000 to acme.');
	});

	test('approval on it pins the payload and restores the bytes that the requester means', () => {
		const play = Play.vault(onCoordinator).attackers('swap-payload vendor').operators('call-back vendor').endTurn();
		expect(play.request('vendor').payload).not.toBe(play.request('vendor').intent);
		play.operators('approve vendor party=ada basis=callback');
		const {payload, intent, displayed, pinned} = play.request('vendor');
		expect([payload, displayed, pinned]).toEqual([intent, intent, digestOf(intent!)]);
		play.operators('approve vendor party=ben basis=display').endTurn();
		expect(play.refusal('attackers', 'swap-payload vendor')).toContain('pinned');
		play.operators('sign vendor parties=ada,ben').endTurn(5);
		expect(play.state.outputs).toMatchObject([{state: 'final', message: intent}]);
	});

	test('tells of a real change: the digest differs, the requester says "mine", and the new bytes are approved', () => {
		const play = Play.vault({...onCoordinator, deal: 'world: requote vendor by=70 turn=2'}).endTurn();
		play.operators('approve vendor party=ben basis=digest');
		expect(play.request('vendor').approvals).toEqual([]);
		play.operators('call-back vendor').endTurn();
		expect(play.lastTold('operators', 'answer')).toContain('2 070 to acme." The coordinator displays "2 000 to acme"');
		play
			.operators('approve vendor party=ada basis=callback', 'approve vendor party=ben basis=digest', 'sign vendor parties=ada,ben')
			.finish();
		expect(play.state.outputs).toMatchObject([{state: 'final', message: play.request('vendor').intent}]);
	});

	test('a requester who has confirmed bytes that are pinned does not change them any more', () => {
		const play = Play.vault({...onCoordinator, deal: 'world: requote vendor by=70 turn=3'})
			.operators('call-back vendor')
			.endTurn();
		play.operators('approve vendor party=ada basis=callback', 'approve vendor party=ben basis=callback').endTurn();
		play.operators('sign vendor parties=ada,ben').endTurn(5);
		expect(play.state.outputs).toMatchObject([{state: 'final', message: play.request('vendor').intent}]);
	});

	test.each([
		['a request that the attackers submitted', '', 'submit refund', 'refund'],
		['a request from a stolen mailbox', 'world: steal-mailbox vendor', 'note "wait"', 'vendor'],
	])('%s is answered "not mine", and can not be approved on it', (_what, deal, move, request) => {
		const play = Play.vault({deal}).attackers(move).operators(`call-back ${request}`).endTurn();
		expect(play.lastTold('operators', 'answer')).toContain(`I never asked for ${request}`);
		expect(play.refusal('operators', `approve ${request} party=ada basis=callback`)).toContain('not theirs');
		expect(play.view('operators').requests.find(({id}) => id === request)?.to).toBe('thieves');
	});
});

describe('approved and allowed are two things', () => {
	test('the request shows approvals, the decision shows what the policy made of them', () => {
		const play = Play.vault({file: {policy: {small: 'facts.amount < 1500.0'}, operators: {points: 9}}})
			.sign('payroll')
			.sign('vendor')
			.endTurn();
		expect(play.state.decisions.map(({request, verdict, rule}) => [request, verdict, rule])).toEqual([
			['payroll', 'allow', 'enough-approvals'],
			['vendor', 'deny', 'small'],
		]);
		expect(play.stateOf('vendor')).toBe('open');
		expect(play.request('vendor').approvals).toEqual([]);
		expect(play.state.outputs.map(({state}) => state)).toEqual(['released', 'recalled']);
	});
});
