// The policy's versions, the emergency path past it, and approvals that are shown for something else than they were given for.

import {describe, expect, test} from 'vitest';
import {signApproval} from '../../source/ceremony/approval.js';
import {explain} from '../../source/engine/explain.js';
import {fourQuestions} from '../../source/engine/four-questions.js';
import {Play} from './play.js';

const exceptions = {outage: {when: 'facts.amount < 5000.0', summary: 'a provider is dark'}};
const rich = {turns: 8, operators: {points: 9}, attackers: {points: 9}};
/** Refund belongs to the attackers and needs call-backs by a rule of the file. */
const guarded = {
	...rich,
	exceptions,
	policy: {'refunds-called-back': 'facts.request != "refund" || approvals.all(a, a.basis == basis.callback)'},
};

type Controls = Readonly<Record<string, 'on' | 'off'>>;

describe('amend', () => {
	test('a rule holds from the next turn: what was right on display before is denied then', () => {
		const play = Play.vault({file: rich}).operators('amend consents=ada,ben require=digest above=1500');
		expect(play.state.points.operators).toBe(7);
		play.sign('vendor');
		play.endTurn();
		expect(play.state.decisions.at(-1)).toMatchObject({request: 'vendor', verdict: 'allow'});
		expect(play.state.policy.version).toBe(2);
		expect(play.lastTold('operators', 'result')).toContain('Version 2 of the policy is in force');

		const later = Play.vault({file: rich}).operators('amend consents=ada,ben require=digest above=1500').endTurn().sign('vendor').endTurn();
		expect(later.state.decisions.at(-1)).toMatchObject({request: 'vendor', verdict: 'deny', rule: 'amendment-2'});
	});

	test('the rule asks for the basis or a better one, and for amounts above its own only', () => {
		const play = Play.vault({file: rich}).operators('amend consents=ada,ben require=digest above=1500').endTurn();
		play.sign('payroll').sign('vendor', 'ada,ben', 'digest').endTurn();
		expect(play.state.decisions.map(({request, verdict}) => `${verdict} ${request}`)).toEqual(['allow payroll', 'allow vendor']);
		const called = Play.vault({file: rich}).operators('amend consents=ada,ben require=digest above=0', 'call-back vendor').endTurn();
		called.sign('vendor', 'ada,ben', 'callback').endTurn();
		expect(called.state.decisions.at(-1)).toMatchObject({verdict: 'allow'});
	});

	test('needs the threshold of reachable consents and exactly one change that exists', () => {
		const play = Play.vault({file: {...rich, exceptions}, deal: 'world: maintenance party=chi turns=2'});
		expect(play.refusal('operators', 'amend consents=ada require=digest')).toContain('needs 2 consents, got 1');
		expect(play.refusal('operators', 'amend consents=ada,ada require=digest')).toContain('named twice');
		expect(play.refusal('operators', 'amend consents=ada,chi require=digest')).toContain("chi can't be reached");
		expect(play.refusal('operators', 'amend consents=ada,ben')).toContain('name one change');
		expect(play.refusal('operators', 'amend consents=ada,ben require=digest drop-exception=outage')).toContain('name one change');
		expect(play.refusal('operators', 'amend consents=ada,ben require=display')).toContain('display at least');
		expect(play.refusal('operators', 'amend consents=ada,ben drop-exception=fire')).toContain('expected one of outage');
		play.operators('amend consents=ada,ben drop-exception=outage');
		expect(play.refusal('operators', 'amend consents=ada,ben drop-exception=outage')).toContain('already');
	});

	test('whoever holds no share consents to nothing', () => {
		const play = Play.vault({
			file: {...rich, parties: {ada: {domain: 'office'}, ben: {domain: 'cloud'}, chi: {domain: 'datacentre', holds: false}}},
		});
		expect(play.refusal('operators', 'amend consents=ada,chi require=digest')).toContain('chi holds no share of epoch 1');
	});

	test('the version is in the facts of a decision', () => {
		const versions = [1, 2].map(version => {
			const play = Play.vault({file: rich});
			if (version === 2) play.operators('amend consents=ada,ben require=digest above=5000').endTurn();
			return play
				.sign('payroll')
				.endTurn()
				.state.decisions.at(-1)
				?.facts.find(([name]) => name === 'policy version')?.[1];
		});
		expect(versions).toEqual(['1', '2']);
	});
});

/** The attackers' refund is approved on display and signed while its exception is invoked. */
function refundByException(controls: Controls, prepare: (play: Play) => void = () => {}): Play {
	const play = Play.vault({controls, file: guarded});
	prepare(play);
	play.attackers('submit refund', 'use-exception refund exception=outage');
	return play.sign('refund').endTurn();
}

describe('use-exception', () => {
	test('without it the rule denies the refund', () => {
		const play = Play.vault({file: guarded}).attackers('submit refund').sign('refund').endTurn();
		expect(play.state.decisions.at(-1)).toMatchObject({verdict: 'deny', rule: 'refunds-called-back'});
	});

	test.each([
		['off', 'allow', 'exception outage'],
		['on', 'deny', 'refunds-called-back'],
	] as const)('with no-exceptions %s the policy says %s by %s', (control, verdict, rule) => {
		const play = refundByException({'no-exceptions': control});
		expect(play.state.decisions.at(-1)).toMatchObject({request: 'refund', verdict, rule});
		expect(play.finish().state.end?.outcome).toBe(control === 'off' ? 'attackers' : 'neither');
	});

	test('an exception that an amendment took out is gone', () => {
		const play = Play.vault({file: guarded}).operators('amend consents=ada,ben drop-exception=outage');
		expect(play.view('operators').policy?.exceptions).toEqual(['outage']);
		play.endTurn();
		expect(play.view('operators').policy?.exceptions).toEqual([]);
		expect(play.refusal('attackers', 'use-exception vendor exception=outage')).toContain('no exceptions');
	});

	test('its condition is read over the facts, and it counts in one turn', () => {
		const tooMuch = Play.vault({file: guarded, requests: {refund: {amount: 6000}}}).attackers(
			'submit refund',
			'use-exception refund exception=outage',
		);
		expect(tooMuch.sign('refund').endTurn().state.decisions.at(-1)).toMatchObject({verdict: 'deny'});
		const late = Play.vault({file: guarded}).attackers('submit refund', 'use-exception refund exception=outage').endTurn();
		expect(late.sign('refund').endTurn().state.decisions.at(-1)).toMatchObject({verdict: 'deny'});
	});

	test('is loud: a line in the evidence, with names', () => {
		const play = refundByException({}).operators('review');
		expect(play.lastTold('operators', 'result')).toContain('the exception outage was invoked for refund');
	});
});

const onCoordinator = 'world: way-in at=coordinator';

/** ada approves payroll, and her approval is shown for vendor, which ben approves. */
function replayed(controls: Controls): Play {
	const play = Play.vault({controls, deal: onCoordinator, file: rich});
	play.operators('approve payroll party=ada basis=display').attackers('replay-approval vendor party=ada of=payroll');
	play.operators('approve vendor party=ben basis=display', 'sign vendor parties=ada,ben');
	return play.endTurn();
}

/** Payroll's approvals as the operators' list shows them: the party, and why it is stale. */
function staleIn(play: Play): (readonly [string, string | undefined])[] {
	const payroll = play.view('operators').requests.find(({id}) => id === 'payroll')!;
	return payroll.approvals.map(({party, stale}) => [party, stale]);
}

describe('replay-approval', () => {
	test.each([
		['off', 'allow', 'enough-approvals'],
		['on', 'deny', 'bind-context'],
	] as const)('for another request, with bind-context %s: %s by %s', (control, verdict, rule) => {
		const play = replayed({'bind-context': control});
		expect(play.state.decisions.at(-1)).toMatchObject({request: 'vendor', verdict, rule});
		if (control === 'on')
			expect(play.state.decisions.at(-1)?.reason).toContain('requestId of the approval = requestId of this request: payroll is not vendor');
	});

	/** Payroll is signed once with ada's approval, which is shown again for the request of the next turn. */
	test.each([
		['off', 'allow', 'enough-approvals'],
		['on', 'deny', 'one-time-approvals'],
	] as const)('after a signing has used it, with one-time approvals %s: %s by %s', (control, verdict, rule) => {
		const play = Play.vault({controls: {'one-time-approvals': control}, deal: onCoordinator, file: rich});
		play.sign('payroll').attackers('replay-approval vendor party=ada of=payroll');
		play.operators('approve vendor party=ben basis=display', 'sign vendor parties=ada,ben').endTurn();
		expect(play.state.decisions.at(-1)).toMatchObject({request: 'vendor', verdict, rule});
	});

	test('approvals of an older version of the policy count where the context is not bound, and are given again where it is', () => {
		const orders = ['approve payroll party=ada basis=display', 'approve payroll party=ben basis=display'];
		const amended = (control: 'on' | 'off') =>
			Play.vault({controls: {'bind-context': control}, file: rich})
				.operators(...orders, 'amend consents=ada,ben require=digest above=9000')
				.endTurn();
		const loose = amended('off').operators('sign payroll parties=ada,ben').endTurn();
		expect(loose.state.decisions.at(-1)).toMatchObject({verdict: 'allow', rule: 'enough-approvals'});
		const bound = amended('on');
		const stale = 'names version 1 of the policy, and version 2 is in force';
		expect(staleIn(bound).map(([, stale]) => stale)).toEqual([stale, stale]);
		expect(bound.refusal('operators', 'sign payroll parties=ada,ben')).toContain(`the approval of ada ${stale}`);
		// The request waits for approvals again, and nothing that is shown says otherwise.
		const shown = (play: Play) => {
			const {requests, charts = [], forecast} = play.view('operators');
			const {state, station} = requests.find(({id}) => id === 'payroll')!;
			const says = forecast.filter(line => line.startsWith('payroll'));
			return {state, station, chart: charts.find(({id}) => id === 'payroll')?.current, says};
		};
		expect(shown(loose)).not.toMatchObject({state: 'open'});
		expect(shown(bound)).toEqual({
			state: 'open',
			station: 'shares',
			chart: ['open'],
			says: ['payroll stays open, its approvals are stale, due next turn.'],
		});
		const follows = fourQuestions(bound.game, bound.state, 'approve payroll party=ada basis=display')?.follows.join(' ');
		expect(follows).toContain('payroll has 0 of 2 approvals; with this one the policy would say DENY (enough-approvals: 1 < 2)');
		bound.operators(...orders);
		expect(shown(bound)).toMatchObject({state: 'approved', says: ['payroll: approved, unsigned, due next turn.']});
		expect(staleIn(bound).map(([, stale]) => stale)).toEqual([undefined, undefined]);
		bound.operators('sign payroll parties=ada,ben').endTurn();
		expect(bound.state.decisions.at(-1)).toMatchObject({verdict: 'allow', rule: 'enough-approvals'});
	});

	test('a stale approval of somebody who does not sign is not missed', () => {
		const play = Play.vault({controls: {'bind-context': 'on'}, file: rich}).operators('approve payroll party=chi basis=display', 'refresh');
		play.endTurn().sign('payroll').endTurn();
		expect(play.state.decisions.at(-1)).toMatchObject({verdict: 'allow', reason: '2 approvals >= 2'});
	});

	/** ada's approval was given in the first epoch and voided by a rotation; her recorded bytes are shown for the same request again. */
	test('of an older epoch counts where the context is not bound', () => {
		const replay = (controls: Controls, deal = '') => {
			const play = Play.vault({controls, deal: `${onCoordinator}${deal}`, file: rich});
			play.operators('approve payroll party=ada basis=display', 'rotate').endTurn();
			expect(play.request('payroll').approvals).toEqual([]);
			return play.attackers('replay-approval payroll party=ada of=payroll').operators('approve payroll party=ben basis=display');
		};
		const signed = (play: Play) => play.operators('sign payroll parties=ada,ben').endTurn().state.decisions.at(-1)?.verdict;
		expect(signed(replay({}))).toBe('allow');
		const bound = replay({'bind-context': 'on'});
		expect(bound.refusal('operators', 'sign payroll parties=ada,ben')).toContain(
			'the approval of ada names epoch 1, and epoch 2 is in force',
		);
		// What is documented and not really on is listed as stale, and stops nothing.
		const drifted = replay({'bind-context': 'on'}, '\nworld: drift control=bind-context');
		expect(staleIn(drifted).map(([party, stale]) => [party, stale !== undefined])).toEqual([
			['ada', true],
			['ben', false],
		]);
		expect(signed(drifted)).toBe('allow');
	});

	/** Words that ada has truly signed, for another use in this one field only. */
	test.each([
		['vault', {vault: 'savings'}],
		['epoch', {epoch: 0}],
		['policyVersion', {policyVersion: 0}],
		['requestId', {requestId: 'vendor'}],
		['expiry', {expires: 0}],
	] as const)('with another %s, and nothing else, counts exactly where the context is not bound', (field, other) => {
		const verdicts = (['off', 'on'] as const).map(control => {
			const play = Play.vault({controls: {'bind-context': control}, file: rich, suite: 'glass'});
			play.operators('approve payroll party=ada basis=display', 'approve payroll party=ben basis=display');
			const [ada, ben] = play.request('payroll').approvals;
			const {tag: _, ...words} = ada!.signed;
			const replayed = {...ada!, signed: signApproval(play.state.identities.ada!, {...words, ...other})};
			play.state = {...play.state, requests: {...play.state.requests, payroll: {...play.request('payroll'), approvals: [replayed, ben!]}}};
			if (control === 'on' && (field === 'epoch' || field === 'policyVersion'))
				return ['deny', play.refusal('operators', 'sign payroll parties=ada,ben').includes('the approval of ada names')];
			play.operators('sign payroll parties=ada,ben').endTurn();
			const {verdict, reason} = play.state.decisions.at(-1)!;
			return control === 'on'
				? [verdict, reason.includes(field === 'expiry' ? 'last turn of the approval' : `${field} of the approval`)]
				: [verdict];
		});
		expect(verdicts).toEqual([['allow'], ['deny', true]]);
	});

	test('its payload is what bind-payload compares', () => {
		expect(replayed({'bind-payload': 'on'}).state.decisions.at(-1)).toMatchObject({verdict: 'deny', rule: 'bind-payload'});
	});

	test('an approval on digest makes its own device refuse the other bytes', () => {
		const play = Play.vault({deal: onCoordinator, file: rich});
		play.operators('approve payroll party=ada basis=digest').attackers('replay-approval vendor party=ada of=payroll');
		play.operators('approve vendor party=ben basis=display', 'sign vendor parties=ada,ben').endTurn();
		expect(play.lastCeremony.status).toBe('aborted');
		expect(play.lastCeremony.reason).toContain('ada');
	});

	test('needs the bytes: an approval that passed no machine of theirs is not theirs', () => {
		const play = Play.vault({file: rich}).operators('approve payroll party=ada basis=display').attackers();
		expect(play.refusal('attackers', 'replay-approval vendor party=ada of=payroll')).toContain('recorded no approval');
		const link = Play.vault({file: rich, deal: 'world: link at=ada'}).operators('approve payroll party=ada basis=display').attackers();
		expect(link.view('attackers').loot?.approvals).toEqual([{request: 'payroll', party: 'ada', basis: 'display', turn: 1}]);
		link.attackers('replay-approval vendor party=ada of=payroll');
		expect(link.request('vendor').approvals.map(({party}) => party)).toEqual(['ada']);
		// Whether one stands there already, they can't see: shown once more, it counts for nothing and is on the log all the same.
		const {machine, approvals} = link.request('vendor');
		link.attackers('replay-approval vendor party=ada of=payroll');
		expect(link.request('vendor')).toMatchObject({machine, approvals});
		expect(link.state.acts.filter(({kind}) => kind === 'approval sent again')).toHaveLength(2);
	});

	test('a signature on other words is no approval, whatever is switched on', () => {
		const play = Play.vault({file: rich}).operators('approve payroll party=ada basis=display', 'approve payroll party=ben basis=display');
		const [ada, ben] = play.request('payroll').approvals;
		const forged = {...ada!, signed: {...ada!.signed, tag: ben!.signed.tag}};
		play.state = {...play.state, requests: {...play.state.requests, payroll: {...play.request('payroll'), approvals: [forged, ben!]}}};
		play.operators('sign payroll parties=ada,ben').endTurn();
		expect(play.state.decisions.at(-1)).toMatchObject({verdict: 'deny', rule: 'signed-approvals'});
	});
});

describe('decision log', () => {
	test.each([
		[1, 'off', 2],
		[1, 'on', 5],
		[2, 'off', 5],
	] as const)('with policy logged at %i and the decision log %s, %i facts of a decision are kept', (level, control, count) => {
		const play = Play.vault({controls: {'decision-log': control}, file: {...rich, logging: {policy: level}}})
			.sign('payroll')
			.endTurn(4);
		expect(explain(play.state).moves.find(({move}) => move.what.startsWith('the policy admits'))?.kept).toHaveLength(count);
		expect(play.view('operators').decisions.at(-1)?.facts.length ?? 0).toBe(count === 5 ? play.state.decisions.at(-1)!.facts.length : 0);
		play.operators('review');
		expect(play.state.evidence.some(({text}) => text.includes('allow payroll by enough-approvals'))).toBe(count === 5);
	});
});
