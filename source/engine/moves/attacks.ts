/** The attackers' verbs of this rule set. What they give is bytes and positions; whether that is enough, equations say. */
import {coordinatorId, formatAmount} from '../deal.js';
import {type Deciding, Refusal} from '../deciding.js';
import {seenState} from '../facts.js';
import {decodePayload, encodePayload} from '../payload.js';
import type {Verb} from '../verb.js';
import {foothold, hasImplant, needsImplant, standingVerb} from './standing.js';

const strength = {loud: {level: 1, loud: true}, subtle: {level: 2, loud: false}} as const;

const phish: Verb = {
	name: 'phish',
	side: 'attackers',
	station: 'policy',
	parameters: [{name: 'party', kind: 'machine', about: 'a machine you have no way into: a party, coordinator or log'}],
	cost: [2, 2],
	does: 'a way into a machine, from the next turn',
	needs: 'a machine without a way in',
	evidence: {kind: 'odd mail', station: 'policy', level: 1, loud: true},
	raises: [],
	stoppedBy: 'inspect depth=full',
	mayAllow: (deciding, machine) => !foothold(deciding, machine).wayIn && !deciding.state.phished.includes(machine),
	check(deciding, {args}) {
		const machine = args.party ?? '';
		if (foothold(deciding, machine).wayIn) throw new Refusal(`you have a way into ${machine} already`);
		if (deciding.state.phished.includes(machine)) throw new Refusal(`${machine} was phished this turn; the way in opens next turn`);
	},
	run(deciding, {args}) {
		deciding.emit('attackers', {type: 'phished', machine: args.party ?? ''});
		deciding.act('policy', 'odd mail', strength.loud, `${args.party} opened a mail from an unknown sender`);
	},
};

const implant: Verb = {
	name: 'implant',
	side: 'attackers',
	station: 'shares',
	parameters: [{name: 'party', kind: 'machine', about: 'a machine you have a way into'}],
	cost: [2, 2],
	does: 'software of yours on a machine: its screen and its messages obey you',
	needs: 'a way in',
	evidence: {kind: 'new software', station: 'shares', level: 1, loud: true},
	raises: [],
	stoppedBy: 'inspect depth=full, rejoin',
	mayAllow(deciding, machine) {
		const {implantSince, wayIn} = foothold(deciding, machine);
		return wayIn && implantSince === undefined;
	},
	check(deciding, {args}) {
		const machine = args.party ?? '';
		const {implantSince, wayIn} = foothold(deciding, machine);
		if (implantSince !== undefined) throw new Refusal(`your implant is on ${machine} since turn ${implantSince}`);
		if (!wayIn) throw new Refusal(`you have no way into ${machine}; phish party=${machine} opens one for the next turn`);
		if (deciding.state.parties[machine] && deciding.is('party', machine, 'trust.isolated'))
			throw new Refusal(`${machine} is cut off; nothing gets in`);
	},
	run(deciding, {args}) {
		const machine = args.party ?? '';
		deciding.emit('attackers', {type: 'foothold', machine, set: {implantSince: deciding.state.turn, link: true}});
		deciding.act('shares', 'new software', strength.loud, `new software was installed on ${machine}`);
	},
};

const stealShare = standingVerb({
	name: 'steal-share',
	station: 'shares',
	about: 'a party with an implant of an earlier turn',
	cost: [2, 2],
	does: 'copies a share out when the turn resolves, unless the party is cut off, rebuilt or fully inspected by then',
	needs: 'an implant of an earlier turn',
	evidence: {kind: 'large transfer', station: 'shares', level: 1, loud: true},
	stoppedBy: 'isolate, inspect depth=full, rejoin',
	mayAllow: hasImplant,
	check(deciding, {args}) {
		const party = args.party ?? '';
		needsImplant(deciding, party);
		if (foothold(deciding, party).implantSince! >= deciding.state.turn)
			throw new Refusal(`your implant on ${party} is of this turn; the share can leave from turn ${deciding.state.turn + 1}`);
	},
});

const submit: Verb = {
	name: 'submit',
	side: 'attackers',
	station: 'policy',
	object: {name: 'request', kind: 'request', about: 'a request nobody has made'},
	parameters: [],
	cost: [1, 1],
	does: 'puts a request of your own on the table, to your account',
	needs: 'no other request of yours open',
	evidence: {kind: 'request', station: 'policy', level: 1, loud: false},
	raises: ['request.opened'],
	stoppedBy: 'call-back',
	check(deciding, {object = ''}) {
		const request = deciding.state.requests[object];
		if (!request || request.opens > 0) throw new Refusal(`"${object}" is not yours to submit`);
		const {requests, turn} = deciding.state;
		const others = Object.values(requests).filter(({submittedBy, opened, due}) => submittedBy === 'attackers' && opened > 0 && due >= turn);
		const open = others.find(other => ['open', 'approved', 'queued', 'stalled'].includes(seenState(deciding.state, other, 'attackers')));
		if (open) throw new Refusal(`your request ${open.id} is still open; one at a time`);
		if (deciding.game.stepper.step('request', request.machine, {type: 'request.opened'}) === null)
			throw new Refusal(`${object} was made already`);
	},
	run(deciding, {object = ''}) {
		const request = deciding.state.requests[object]!;
		const asked = encodePayload({...decodePayload(request.displayed), to: deciding.game.deal.account});
		openRequest(deciding, object, {submittedBy: 'attackers', intent: null, displayed: asked, payload: asked});
	},
};

/** A request comes to the table, whoever made it. */
export function openRequest(
	deciding: Deciding,
	id: string,
	set: {submittedBy?: 'requester' | 'attackers'; intent?: null; displayed?: string; payload?: string} = {},
): void {
	const {submittedBy, intent, ...visible} = set;
	if (submittedBy !== undefined)
		deciding.emit('keeper', {type: 'request-changed', id, set: {submittedBy, ...(intent === undefined ? {} : {intent})}});
	deciding.emit('operators', {type: 'request-changed', id, set: {...visible, opened: deciding.state.turn}});
	deciding.step('request', id, {type: 'request.opened'}, `${id} was made already`, 'operators');
	const {amount, to, text} = decodePayload(deciding.request(id).displayed);
	const {requester, due} = deciding.request(id);
	deciding.tell('operators', 'inject', requester, `New request ${id}: ${text}, ${formatAmount(amount)} to ${to}, due in turn ${due}.`);
	deciding.act('policy', 'request', {level: 1, loud: false}, `${requester} asked for ${id}`);
}

const swapPayload: Verb = {
	name: 'swap-payload',
	side: 'attackers',
	station: 'rounds',
	object: {name: 'request', kind: 'request', about: 'an open request whose payload is not pinned'},
	parameters: [{name: 'to', kind: 'name', optional: true, about: 'the account to pay instead (default: yours)'}],
	cost: [1, 1],
	does: 'the coordinator sends other bytes to sign than it displays',
	needs: 'a way into the coordinator',
	evidence: {kind: 'payload changed', station: 'policy', level: 2, loud: false},
	raises: [],
	stoppedBy: 'digest, call-back (pins), bind payload, independent verification',
	mayAllow(deciding, id) {
		const {pinned, payload, displayed} = deciding.request(id);
		return foothold(deciding, coordinatorId).wayIn && pinned === undefined && payload === displayed;
	},
	check(deciding, {object = ''}) {
		const request = deciding.request(object);
		if (!foothold(deciding, coordinatorId).wayIn) throw new Refusal('you have no way into the coordinator');
		if (!['open', 'approved'].includes(String(request.machine))) throw new Refusal(`${object} is not open any more`);
		if (request.pinned !== undefined) throw new Refusal(`the payload of ${object} is pinned by its requester's own bytes`);
		if (request.payload !== request.displayed) throw new Refusal(`the payload of ${object} is not the displayed one already`);
	},
	run(deciding, {object = '', args}) {
		const request = deciding.request(object);
		const payload = encodePayload({...decodePayload(request.payload), to: args.to ?? deciding.game.deal.account});
		deciding.emit('attackers', {type: 'request-changed', id: object, set: {payload}});
		deciding.act('policy', 'payload changed', strength.subtle, `the payload of ${object} changed on the coordinator`);
	},
};

export const attackVerbs: readonly Verb[] = [phish, implant, stealShare, submit, swapPayload];
