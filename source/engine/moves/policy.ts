/** Verbs on the policy itself: the operators amend it, the attackers go past it by an exception or with an approval that was given for something else. */
import {amendmentWords} from '../amendments.js';
import {type Deciding, keptFrom, Refusal} from '../deciding.js';
import {seenState} from '../facts.js';
import {isHolder} from '../keys.js';
import type {Move} from '../move.js';
import {digestOf} from '../payload.js';
import type {Amendment, RecordedApproval} from '../policy-state.js';
import type {Approval} from '../state.js';
import type {Verb} from '../verb.js';
import type {Basis} from '../view.js';
import {approvalFacts} from './approvals.js';

const loud = {level: 1, loud: true} as const;

function namesOf(list: string | undefined): string[] {
	return (list ?? '').split(',').filter(Boolean);
}

function amendmentOf(deciding: Deciding, {args}: Move): Amendment {
	const drop = args['drop-exception'];
	return {
		from: deciding.state.turn + 1,
		consents: namesOf(args.consents),
		...(args.require === undefined ? {} : {require: {basis: args.require as Basis, above: Number(args.above ?? 0)}}),
		...(drop === undefined ? {} : {drop}),
	};
}

const amend: Verb = {
	name: 'amend',
	side: 'operators',
	station: 'policy',
	parameters: [
		{name: 'consents', kind: 'parties', about: 'holders whose custodians agree, as many as the threshold'},
		{name: 'require', kind: 'basis', optional: true, about: 'the basis that approvals need from now on: digest or callback'},
		{name: 'above', kind: 'number', optional: true, about: 'for amounts above this (default 0: for all)'},
		{name: 'drop-exception', kind: 'exception', optional: true, about: 'an exception to take out'},
	],
	cost: [2, 2],
	does: 'changes the policy from the next turn',
	needs: 'consents of the threshold; one change',
	evidence: {kind: 'amendment', station: 'policy', level: 1, loud: false},
	raises: [],
	check(deciding, move) {
		const {consents, require, drop} = amendmentOf(deciding, move);
		if ((require === undefined) === (drop === undefined))
			throw new Refusal('name one change: require=BASIS above=AMOUNT, or drop-exception=NAME');
		if (require?.basis === 'display') throw new Refusal('every approval rests on display at least; require digest or callback');
		if (require === undefined && move.args.above !== undefined) throw new Refusal('above= goes with require=');
		if (require !== undefined && require.above < 0) throw new Refusal('above= is an amount, 0 or more');
		const {dropped, ordered} = deciding.state.policy;
		if (drop !== undefined) {
			const left = Object.keys(deciding.game.scenario.exceptions).filter(name => !dropped.includes(name));
			if (!left.includes(drop))
				throw new Refusal(
					`there is no exception "${drop}" in the policy; ${left.length > 0 ? `expected one of ${left.join(', ')}` : 'it has none'}`,
				);
			if (ordered.some(each => each.drop === drop)) throw new Refusal(`${drop} goes with the next turn already`);
		}
		const {key} = deciding.state;
		if (new Set(consents).size !== consents.length) throw new Refusal('a party is named twice');
		for (const party of consents) {
			deciding.party(party);
			// As with approvals: who holds no share of the key has no say in what it signs.
			if (!isHolder(deciding.game, party, key)) throw new Refusal(`${party} holds no share of epoch ${key?.epoch}; it consents to nothing`);
			if (!deciding.isReachable(party)) throw new Refusal(`${party} can't be reached`);
		}
		const threshold = key?.threshold ?? deciding.game.scenario.threshold;
		if (consents.length < threshold) throw new Refusal(`needs ${threshold} consents, got ${consents.length}`);
	},
	run(deciding, move) {
		const amendment = amendmentOf(deciding, move);
		deciding.emit('operators', {type: 'amendment-agreed', amendment});
		const {consents} = amendment;
		deciding.act(
			'policy',
			'amendment',
			{level: 1, loud: false},
			`${consents.join(' and ')} amended the policy: ${amendmentWords(amendment)}`,
			{
				what: `the policy is amended: ${amendmentWords(amendment)}`,
				about: 'policy',
				facts: keptFrom(1, {'who consented': consents.join(' '), change: amendmentWords(amendment), time: deciding.state.turn}),
			},
		);
	},
};

function exceptionsLeft(deciding: Deciding): string[] {
	return Object.keys(deciding.game.scenario.exceptions).filter(name => !deciding.state.policy.dropped.includes(name));
}

const useException: Verb = {
	name: 'use-exception',
	side: 'attackers',
	station: 'policy',
	object: {name: 'request', kind: 'request', about: 'an open request'},
	parameters: [{name: 'exception', kind: 'exception', about: 'an emergency path of the policy'}],
	cost: [1, 1],
	does: 'this turn the request passes what a rule denies',
	needs: 'an exception in the policy',
	evidence: {kind: 'exception', station: 'policy', level: 1, loud: true},
	raises: [],
	stoppedBy: 'no exceptions, amend drop-exception=',
	check(deciding, {object = '', args}) {
		const left = exceptionsLeft(deciding);
		const exception = args.exception ?? '';
		if (left.length === 0) throw new Refusal('the policy has no exceptions');
		if (!left.includes(exception)) throw new Refusal(`there is no exception "${exception}"; expected one of ${left.join(', ')}`);
		// How far it has really come, only whoever is on the coordinator sees: invoked too late, it lets nothing pass.
		const seen = seenState(deciding.state, deciding.request(object), 'attackers');
		if (['final', 'denied', 'expired', 'released', 'held', 'recalled'].includes(seen))
			throw new Refusal(`${object} is ${seen}, there is nothing to decide`);
		const {exceptionsUsed, turn} = deciding.state;
		if (exceptionsUsed.some(use => use.turn === turn && use.request === object && use.exception === exception))
			throw new Refusal(`${exception} is invoked for ${object} already`);
	},
	run(deciding, {object = '', args}) {
		const exception = args.exception ?? '';
		deciding.emit('attackers', {type: 'exception-used', use: {request: object, exception, turn: deciding.state.turn}});
		deciding.act('policy', 'exception', loud, `the exception ${exception} was invoked for ${object}`);
	},
};

/** The latest recorded approval of a party for a request. */
function recordedOf(deciding: Deciding, party: string, request: string): RecordedApproval | undefined {
	return deciding.state.recordedApprovals.findLast(each => each.party === party && each.request === request);
}

const replayApproval: Verb = {
	name: 'replay-approval',
	side: 'attackers',
	station: 'policy',
	object: {name: 'request', kind: 'request', about: 'the request that it is shown for'},
	parameters: [
		{name: 'party', kind: 'party', about: 'whose approval'},
		{name: 'of', kind: 'request', about: 'the request it was given for'},
	],
	cost: [1, 1],
	does: 'shows a recorded approval for another request',
	needs: 'an approval that passed a machine of yours',
	evidence: {kind: 'approval sent again', station: 'policy', level: 1, loud: true},
	raises: ['approval.given'],
	stoppedBy: 'bind context, one-time approvals',
	check(deciding, {object = '', args}) {
		const [party, of] = [args.party ?? '', args.of ?? ''];
		const request = deciding.request(object);
		if (!recordedOf(deciding, party, of)) throw new Refusal(`you have recorded no approval of ${party} for ${of}`);
		if (!['open', 'approved'].includes(seenState(deciding.state, request, 'attackers')))
			throw new Refusal(`${object} is not open for approvals`);
	},
	run(deciding, {object = '', args}) {
		const {party, basis, turn, binds, shown, signed} = recordedOf(deciding, args.party ?? '', args.of ?? '')!;
		const text = `an approval of ${party} that was given for ${args.of} was shown for ${object}`;
		// The bytes arrive, whether or not their custodian is there. Who has approved already, and whether the request still takes approvals, the attackers
		// can't see: what comes too late is on the log and counts for nothing.
		const isWanted = deciding.can('request', object, {type: 'approval.given', isReachable: true, hasQuorum: false});
		if (!isWanted || deciding.request(object).approvals.some(each => each.party === party)) {
			deciding.act('policy', 'approval sent again', loud, text);
			return;
		}
		const approval: Approval = {party, basis, turn, shown, signed, ...(binds === undefined ? {} : {binds})};
		const count = new Set([...deciding.request(object).approvals.map(each => each.party), party]).size;
		deciding.emit('operators', {type: 'approved', request: object, approval: binds === undefined ? approval : {...approval, binds: shown}});
		if (binds !== undefined && binds !== shown) deciding.emit('keeper', {type: 'approved', request: object, approval});
		deciding.step(
			'request',
			object,
			{type: 'approval.given', isReachable: true, hasQuorum: count >= deciding.state.key!.threshold},
			`${object} is not open for approvals`,
			'operators',
		);
		deciding.act('policy', 'approval sent again', loud, text, {
			what: `${party} approves ${object} on ${basis}`,
			about: `${object} by ${party}`,
			facts: approvalFacts(approval, digestOf(deciding.request(object).payload)),
		});
	},
};

export const policyVerbs: readonly Verb[] = [amend, useException, replayApproval];
