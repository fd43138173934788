/** Verbs of the signing ceremony: order it, retry or abort one that misses a message, discard nonces left outstanding. */

import {listed} from '../../ceremony/words.js';
import {signingStarted, spendApprovals} from '../ceremonies.js';
import {type Deciding, Refusal} from '../deciding.js';
import {isHolder, keyFor, lifecycleVerbs} from '../keys.js';
import {staleReason} from '../signed-approvals.js';
import type {CeremonyState} from '../state.js';
import type {Parameter, Verb} from '../verb.js';
import {seedAnew} from './machines.js';

/** The signing of a request that misses a message, if there is one. */
export function stalledCeremony(deciding: Deciding, request: string): CeremonyState | undefined {
	return deciding.state.ceremonies.find(ceremony => ceremony.request === request && ceremony.status === 'stalled');
}

function isStalled(deciding: Deciding, request: string): boolean {
	return stalledCeremony(deciding, request) !== undefined;
}

/** What bind-context would refuse among the approvals of some parties, and what to do. */
function staleOf(deciding: Deciding, request: string, parties: readonly string[]): string | undefined {
	if (!deciding.control('bind-context')) return undefined;
	for (const approval of deciding.request(request).approvals) {
		const stale = parties.includes(approval.party) ? staleReason(deciding.state, approval) : undefined;
		if (stale !== undefined) return `the approval of ${approval.party} ${stale}; it is bound to its context, so approve ${request} again`;
	}
	return undefined;
}

const partiesParameter: Parameter = {name: 'parties', kind: 'parties', about: 'the parties that sign, comma between them'};

function checkSigners(deciding: Deciding, request: string, names: string): string[] {
	const parties = names.split(',').filter(Boolean);
	const {threshold} = keyFor(deciding.state, request).key;
	if (new Set(parties).size !== parties.length) throw new Refusal('a party is named twice');
	for (const party of parties) deciding.party(party);
	const {approvals} = deciding.request(request);
	const missing = parties.filter(party => !approvals.some(approval => approval.party === party));
	const stale = staleOf(deciding, request, parties);
	deciding.need(
		'request',
		request,
		{type: 'signing.ordered', hasQuorum: parties.length >= threshold && missing.length === 0 && stale === undefined},
		deciding.is('request', request, 'queued')
			? `the signing of ${request} is ordered already; it runs when the turn ends`
			: !deciding.is('request', request, 'open') && !deciding.is('request', request, 'approved')
				? `${request} is ${deciding.request(request).machine}, there is nothing to sign`
				: missing.length > 0
					? `${listed(missing)} ${missing.length > 1 ? 'have' : 'has'} not approved ${request}`
					: parties.length < threshold
						? `needs ${threshold} parties, got ${parties.length}`
						: stale !== undefined
							? stale
							: `${request} needs ${threshold} approvals, it has ${approvals.length}`,
	);
	return parties;
}

function checkKey(deciding: Deciding, request: string, parties: readonly string[]): void {
	const {id: keyId, key} = keyFor(deciding.state, request);
	const locking = deciding.state.orders.find(({verb}) => lifecycleVerbs.includes(verb));
	if (locking) throw new Refusal(`${locking.verb} locks the key when this turn ends; take that order back, or sign next turn`);
	const without = parties.filter(
		party => !isHolder(deciding.game, party, key) || (keyId === '' && !deciding.is('party', party, 'share.held')),
	);
	if (without.length > 0) throw new Refusal(`${listed(without)} ${without.length > 1 ? 'hold' : 'holds'} no share of epoch ${key.epoch}`);
	const dark = parties.filter(party => !deciding.isReachable(party));
	const open = deciding.state.ceremonies.find(({status}) => status === 'stalled');
	if (open) throw new Refusal(`the signing of ${open.request} still waits for ${listed(open.waitingFor)}; abort or retry it first`);
	const left = parties.filter(party => !deciding.is('party', party, 'nonces.none'));
	if (left.length > 0)
		throw new Refusal(`${listed(left)} still ${left.length > 1 ? 'hold' : 'holds'} nonces of an aborted signing; discard-nonces first`);
	const isFrozen = deciding.is('protocol', '', 'suspended.frozen');
	if (isFrozen || !deciding.can('protocol', keyId, signingStarted(keyId, dark.length === 0)))
		throw new Refusal(
			dark.length > 0
				? `${listed(dark)} can't be reached`
				: isFrozen
					? 'signing is frozen; unfreeze first'
					: deciding.is('protocol', '', 'compromised')
						? 'the key is compromised; nothing signed with it can be trusted any more'
						: 'the key is busy with another ceremony',
		);
}

const sign: Verb = {
	name: 'sign',
	side: 'operators',
	station: 'rounds',
	object: {name: 'request', kind: 'request', about: 'an approved request'},
	parameters: [partiesParameter],
	cost: [1, 1],
	does: 'two rounds with these parties when the turn ends, then the policy decides',
	needs: 'approving, reachable parties, as many as the threshold',
	evidence: {kind: 'signing', station: 'rounds', level: 1, loud: false},
	raises: ['signing.ordered', 'signing.started', 'signing.round.closed', 'signing.completed', 'signing.aborted', 'signing.stalled'],
	mayAllow: (deciding, request) =>
		deciding.can('request', request, {type: 'signing.ordered', hasQuorum: true}) &&
		deciding.request(request).approvals.length >= keyFor(deciding.state, request).key.threshold,
	check(deciding, {object = '', args}) {
		deciding.request(object);
		checkKey(deciding, object, checkSigners(deciding, object, args.parties ?? ''));
	},
	run(deciding, {object = '', args}) {
		const parties = (args.parties ?? '').split(',').filter(Boolean);
		deciding.step('request', object, {type: 'signing.ordered', hasQuorum: true}, `${object} is not approved`, 'operators');
		deciding.emit('operators', {
			type: 'ordered',
			order: {text: `sign ${object} parties=${parties.join(',')}`, verb: 'sign', request: object, parties},
		});
	},
};

/** Ends a ceremony that misses a message. Reachable parties discard its nonces; a dark one keeps them. */
export function abortCeremony(deciding: Deciding, ceremony: CeremonyState, reason: string): void {
	deciding.emit('operators', {
		type: 'ceremony-ended',
		id: ceremony.id,
		status: 'aborted',
		waitingFor: [...ceremony.waitingFor],
		blamed: [],
		checks: [],
		reason,
	});
	if (ceremony.request !== undefined)
		deciding.offer('protocol', keyFor(deciding.state, ceremony.request).id, {type: 'signing.aborted'}, 'operators');
	if (ceremony.request !== undefined && deciding.offer('request', ceremony.request, {type: 'signing.aborted'}, 'operators'))
		spendApprovals(deciding, ceremony.request);
	for (const party of ceremony.parties)
		if (deciding.isReachable(party)) deciding.offer('party', party, {type: 'nonces.discarded', isLast: true}, 'operators');
}

function checkStalled(deciding: Deciding, request: string): CeremonyState {
	deciding.request(request);
	const ceremony = stalledCeremony(deciding, request);
	if (!ceremony) throw new Refusal(`no signing of ${request} waits for a message`);
	if (!deciding.can('protocol', keyFor(deciding.state, request).id, {type: 'signing.aborted'}))
		throw new Refusal(`the signing of ${request} can't be aborted now`);
	return ceremony;
}

const abort: Verb = {
	name: 'abort',
	side: 'operators',
	station: 'rounds',
	object: {name: 'request', kind: 'request', about: 'a request whose signing misses a message'},
	parameters: [],
	cost: [0, 0],
	does: 'ends a signing that waits; its nonces are never used',
	needs: 'a signing that misses a message',
	evidence: {kind: 'abort', station: 'rounds', level: 1, loud: false},
	raises: ['signing.aborted', 'nonces.discarded'],
	mayAllow: isStalled,
	check(deciding, {object = ''}) {
		checkStalled(deciding, object);
	},
	run(deciding, {object = ''}) {
		abortCeremony(deciding, checkStalled(deciding, object), 'aborted by the operators');
		deciding.act('rounds', 'abort', {level: 1, loud: false}, `the operators aborted the signing of ${object}`);
	},
};

const retry: Verb = {
	name: 'retry',
	side: 'operators',
	station: 'rounds',
	object: {name: 'request', kind: 'request', about: 'a request whose signing misses a message'},
	parameters: [partiesParameter],
	cost: [1, 1],
	does: 'aborts the signing that waits and orders a new one: new nonces, the parties you name',
	needs: 'a signing that misses a message; approving, reachable parties',
	evidence: {kind: 'signing', station: 'rounds', level: 1, loud: false},
	raises: ['signing.aborted', 'signing.ordered'],
	mayAllow: isStalled,
	check(deciding, {object = '', args}) {
		const ceremony = checkStalled(deciding, object);
		const parties = (args.parties ?? '').split(',').filter(Boolean);
		deciding.need('request', object, {type: 'signing.aborted'}, `${object} is ${deciding.request(object).machine}; only abort is left`);
		if (deciding.is('protocol', '', 'suspended')) throw new Refusal('signing is frozen; unfreeze first');
		if (deciding.control('one-time-approvals'))
			throw new Refusal(`the approvals of ${object} counted for one signing; abort it, approve again and sign`);
		if (new Set(parties).size !== parties.length) throw new Refusal('a party is named twice');
		if (parties.length < ceremony.parties.length) throw new Refusal(`needs ${ceremony.parties.length} parties, got ${parties.length}`);
		const stale = staleOf(deciding, object, parties);
		if (stale !== undefined) throw new Refusal(stale);
		for (const party of parties) {
			deciding.party(party);
			if (!deciding.isReachable(party)) throw new Refusal(`${party} can't be reached`);
			if (!deciding.request(object).approvals.some(approval => approval.party === party))
				throw new Refusal(`${party} has not approved ${object}`);
			if (!ceremony.parties.includes(party) && !deciding.is('party', party, 'nonces.none'))
				throw new Refusal(`${party} still holds nonces; discard-nonces first`);
		}
	},
	run(deciding, {object = '', args}) {
		abortCeremony(deciding, checkStalled(deciding, object), 'replaced by a retry');
		sign.run(deciding, {verb: 'sign', object, args});
	},
};

const discardNonces: Verb = {
	name: 'discard-nonces',
	side: 'operators',
	station: 'rounds',
	parameters: [{name: 'party', kind: 'party', about: 'a party that holds nonces of an aborted signing'}],
	cost: [1, 1],
	does: 'erases nonces that an aborted signing left at a party',
	needs: 'a reachable party with nonces outstanding and no open signing',
	evidence: {kind: 'nonces discarded', station: 'rounds', level: 1, loud: false},
	raises: ['nonces.discarded'],
	mayAllow: (deciding, party) => deciding.can('party', party, {type: 'nonces.discarded', isLast: true}),
	check(deciding, {args}) {
		const party = args.party ?? '';
		deciding.party(party);
		if (!deciding.isReachable(party)) throw new Refusal(`${party} can't be reached`);
		if (deciding.state.ceremonies.some(ceremony => ceremony.status === 'stalled' && ceremony.parties.includes(party)))
			throw new Refusal(`a signing with ${party} is still open; abort it first`);
		deciding.need('party', party, {type: 'nonces.discarded', isLast: true}, `${party} holds no nonces`);
	},
	run(deciding, {args}) {
		const party = args.party ?? '';
		deciding.step('party', party, {type: 'nonces.discarded', isLast: true}, `${party} holds no nonces`, 'operators');
		seedAnew(deciding, party);
		deciding.act('rounds', 'nonces discarded', {level: 1, loud: false}, `${party} discarded its nonces`);
	},
};

export const signingVerbs: readonly Verb[] = [sign, retry, abort, discardNonces];
