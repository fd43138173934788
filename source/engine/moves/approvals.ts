/** Approvals: approve on a basis, deny, and the call-back to the requester. What a custodian believes, on record. */
import {formatAmount} from '../deal.js';
import {type Deciding, keptFrom, type Moved, Refusal} from '../deciding.js';
import {isHolder, keyFor} from '../keys.js';
import {decodePayload, digestOf} from '../payload.js';
import {recordApproval, signOff, staleReason} from '../signed-approvals.js';
import type {Approval, RequestState} from '../state.js';
import type {Verb} from '../verb.js';
import type {Basis} from '../view.js';

/** "9 400 to acme (invoice 71)", as a device or a screen reads the bytes. */
export function readPayload(hex: string): string {
	const {amount, to} = decodePayload(hex);
	return `${formatAmount(amount)} to ${to}`;
}

function approvalsWith(request: RequestState, party: string): number {
	return new Set([...request.approvals.map(approval => approval.party), party]).size;
}

function isOpen(deciding: Deciding, id: string): boolean {
	return deciding.is('request', id, 'open') || deciding.is('request', id, 'approved');
}

function checkCallback(request: RequestState): void {
	const {callback} = request;
	if (!callback)
		throw new Refusal(
			`nobody called the requester of ${request.id} back; make "call-back ${request.id}" first, the answer comes next turn`,
		);
	if (callback.answer === undefined) throw new Refusal(`the answer to the call-back on ${request.id} comes next turn`);
	if (callback.answer === 'not mine')
		throw new Refusal(`the requester says that ${request.id} is not theirs; deny it, or approve on another basis`);
}

const approve: Verb = {
	name: 'approve',
	side: 'operators',
	station: 'shares',
	object: {name: 'request', kind: 'request', about: 'an open request'},
	parameters: [
		{name: 'party', kind: 'party', about: 'whose custodian approves'},
		{name: 'basis', kind: 'basis', about: 'display, digest or callback'},
	],
	cost: [0, 0],
	does: 'one approval of a party, on a basis that goes on record',
	needs: 'a reachable custodian and a basis',
	evidence: {kind: 'approval', station: 'policy', level: 1, loud: false},
	raises: ['approval.given'],
	mayAllow: (deciding, request) => deciding.can('request', request, {type: 'approval.given', isReachable: true, hasQuorum: false}),
	check(deciding, {object = '', args}) {
		const request = deciding.request(object);
		const party = args.party ?? '';
		deciding.party(party);
		const {key} = keyFor(deciding.state, object);
		if (!isHolder(deciding.game, party, key)) throw new Refusal(`${party} holds no share of epoch ${key.epoch}; it approves nothing`);
		if (
			request.approvals.some(each => each.party === party && each.basis === args.basis && staleReason(deciding.state, each) === undefined)
		)
			throw new Refusal(`${party} has approved ${object} on ${args.basis} already`);
		deciding.need('request', object, {type: 'approval.given', isReachable: true, hasQuorum: false}, `${object} is not open for approvals`);
		deciding.need(
			'request',
			object,
			{type: 'approval.given', isReachable: deciding.isReachable(party), hasQuorum: false},
			`${party} can't be reached; choose a party that is up`,
		);
		if (args.basis === 'digest' && deciding.party(party).digestUsed === deciding.state.turn)
			throw new Refusal(`${party} has read a digest this turn; each custodian reads one a turn`);
		if (args.basis === 'callback') checkCallback(request);
	},
	run(deciding, {object = '', args}) {
		const {state} = deciding;
		const request = deciding.request(object);
		const [party, basis] = [args.party ?? '', args.basis as Basis];
		let binds: string | undefined;
		let shown = digestOf(request.displayed);
		if (basis === 'digest') {
			// The device hashes the bytes that the coordinator holds for it. A device with an implant says what the implant wants said.
			const digest = digestOf(request.payload);
			const isFooled = state.footholds[party]?.implantSince !== undefined;
			const matches = isFooled || digest === shown;
			const says = readPayload(matches ? request.displayed : request.payload);
			deciding.emit('operators', {
				type: 'digest-read',
				request: object,
				party,
				turn: state.turn,
				matches,
				says,
				digest: matches ? shown : digest,
			});
			// Whether the bytes differ was hidden until now: taking the move back must not give the custodian a second digest.
			deciding.emit('operators', {type: 'settled'});
			if (!matches) {
				deciding.tell(
					'operators',
					'result',
					party,
					`The device of ${party} would sign "${says}"; the coordinator displays "${readPayload(request.displayed)}". ${object} is not approved.`,
					{name: 'digest', about: object, holds: false, equation: 'H(bytes to sign) = H(displayed)', left: digest, right: shown},
				);
				deciding.act(
					'policy',
					'digest differs',
					{level: 1, loud: true},
					`${party} read a digest of ${object} that differs from the display`,
				);
				return;
			}
			binds = digest;
		}
		if (basis === 'callback') {
			// The requester's own bytes replace whatever the coordinator held, and from here on nobody can change them.
			const own = request.callback!.payload!;
			binds = digestOf(own);
			shown = binds;
			deciding.emit('keeper', {type: 'request-changed', id: object, set: {payload: own, pinned: binds}});
			deciding.emit('operators', {type: 'request-changed', id: object, set: {displayed: own}});
		}
		const signed = signOff(deciding, {request: object, party, basis, shown});
		const approval: Approval = {party, basis, turn: state.turn, shown, signed, ...(binds === undefined ? {} : {binds})};
		deciding.emit('operators', {type: 'approved', request: object, approval: binds === undefined ? approval : {...approval, binds: shown}});
		// A device with an implant has bound itself to other bytes than it says.
		if (binds !== undefined && binds !== shown) deciding.emit('keeper', {type: 'approved', request: object, approval});
		recordApproval(deciding, object, approval);
		deciding.step(
			'request',
			object,
			{type: 'approval.given', isReachable: true, hasQuorum: approvalsWith(request, party) >= keyFor(state, object).key.threshold},
			`${object} is not open for approvals`,
			'operators',
		);
		deciding.act('policy', 'approval', {level: 1, loud: false}, `${party} approved ${object}`, {
			what: `${party} approves ${object} on ${basis}`,
			about: `${object} by ${party}`,
			facts: approvalFacts(approval, digestOf(deciding.request(object).payload)),
		});
	},
};

/** What explains an approval. The policy's machine is told the bytes as they were shown; the truth is those that it lets be signed. */
export function approvalFacts({party, basis, binds, shown}: Approval, payload: string): Moved['facts'] {
	return [...keptFrom(1, {who: party}), ...keptFrom(2, {basis}), {name: 'payload hash', value: binds ?? payload, level: 2, seen: shown}];
}

const deny: Verb = {
	name: 'deny',
	side: 'operators',
	station: 'policy',
	object: {name: 'request', kind: 'request', about: 'an open request'},
	parameters: [
		{name: 'party', kind: 'party', optional: true, about: 'whose custodian denies'},
		{name: 'reason', kind: 'text', optional: true, about: 'the reason, for the record'},
	],
	cost: [0, 0],
	does: 'closes the request, the reason on record',
	needs: 'an open request',
	evidence: {kind: 'denial', station: 'policy', level: 1, loud: false},
	raises: ['request.denied'],
	mayAllow: (deciding, request) => deciding.can('request', request, {type: 'request.denied'}),
	check(deciding, {object = '', args}) {
		deciding.request(object);
		deciding.need('request', object, {type: 'request.denied'}, `${object} is not open, it can't be denied any more`);
		if (args.party !== undefined && !deciding.isReachable(deciding.party(args.party) && args.party))
			throw new Refusal(`${args.party} can't be reached`);
	},
	run(deciding, {object = '', args}) {
		deciding.step('request', object, {type: 'request.denied'}, `${object} is not open`, 'operators');
		deciding.emit('operators', {type: 'request-changed', id: object, set: {deniedAt: deciding.state.turn}});
		deciding.act(
			'policy',
			'denial',
			{level: 1, loud: false},
			`${args.party ?? 'the operators'} denied ${object}${args.reason ? `: ${args.reason}` : ''}`,
		);
	},
};

const callBack: Verb = {
	name: 'call-back',
	side: 'operators',
	station: 'policy',
	object: {name: 'request', kind: 'request', about: 'an open request'},
	parameters: [],
	cost: [1, 1],
	does: 'asks the requester on the known number; the answer comes next turn',
	needs: 'an open request, a turn',
	evidence: {kind: 'call-back', station: 'policy', level: 1, loud: false},
	raises: [],
	mayAllow: (deciding, request) => deciding.request(request).callback === undefined && isOpen(deciding, request),
	check(deciding, {object = ''}) {
		const request = deciding.request(object);
		if (!isOpen(deciding, object)) throw new Refusal(`${object} is not open`);
		if (request.callback) throw new Refusal(`${request.requester} has been called back about ${object} already`);
	},
	run(deciding, {object = ''}) {
		deciding.emit('operators', {type: 'request-changed', id: object, set: {callback: {asked: deciding.state.turn}}});
		deciding.act('policy', 'call-back', {level: 1, loud: false}, `the requester of ${object} was called back`);
	},
};

/** The requester's answers to the call-backs of earlier turns. */
export function answerCallbacks(deciding: Deciding): void {
	for (const request of Object.values(deciding.state.requests)) {
		const {callback, id, intent} = request;
		if (!callback || callback.answer !== undefined || callback.asked >= deciding.state.turn) continue;
		const answered = deciding.state.turn;
		const isTheirs = intent !== null && request.submittedBy === 'requester';
		deciding.emit('operators', {
			type: 'request-changed',
			id,
			set: {
				callback: isTheirs
					? {asked: callback.asked, answered, answer: 'mine', digest: digestOf(intent), payload: intent}
					: {asked: callback.asked, answered, answer: 'not mine'},
			},
		});
		const differs = isTheirs && intent !== request.displayed;
		const text = isTheirs
			? `"Yes, ${id} is mine: ${readPayload(intent)}."${differs ? ` The coordinator displays "${readPayload(request.displayed)}".` : ''} The digest of the requester's own bytes is on record.`
			: `"No. I never asked for ${id}."`;
		deciding.tell('operators', 'answer', request.requester, text);
	}
}

export const approvalVerbs: readonly Verb[] = [approve, deny, callBack];
