/** Verbs of a key's life: refresh, reshare, rotate, repair, recover. Ordered in respond, run in resolve; each locks the key for it. */

import {listed} from '../../ceremony/words.js';
import {coordinatorId} from '../deal.js';
import {type Deciding, Refusal} from '../deciding.js';
import {holdersOf, isHolder, lifecycleVerbs} from '../keys.js';
import {dealersOf, runRefresh, runRepair, runReshare} from '../lifecycle.js';
import {backedUp, backupsOfKey, runRecovery, runRestore} from '../recovery.js';
import {runRotation} from '../rotation.js';
import type {CeremonyState, Order} from '../state.js';
import type {Verb} from '../verb.js';

const strength = {kind: 'lifecycle', station: 'shares', level: 1, loud: false} as const;

function named(text: string | undefined): string[] | undefined {
	const parties = text?.split(',').filter(Boolean);
	if (parties && new Set(parties).size !== parties.length) throw new Refusal('a party is named twice');
	return parties;
}

function reachable(deciding: Deciding, parties: readonly string[]): void {
	for (const party of parties) {
		deciding.party(party);
		if (!deciding.isReachable(party)) throw new Refusal(`${party} can't be reached`);
		if (deciding.is('party', party, 'trust.removed')) throw new Refusal(`${party} was removed from the holders, for good`);
	}
}

/** Nothing else may use the key in this resolve. */
function needsKey(deciding: Deciding, type: 'refresh.started' | 'reshare.started' | 'rotation.started'): void {
	unlocked(deciding);
	deciding.need('protocol', '', {type, isEveryoneReachable: true}, busyWith(deciding));
}

/** The order of this turn that uses the key already. */
function userOfKey({state}: Deciding): Order | undefined {
	return state.orders.find(({verb}) => verb === 'sign' || lifecycleVerbs.includes(verb));
}

function openSigning({state}: Deciding): CeremonyState | undefined {
	return state.ceremonies.find(({status}) => status === 'stalled');
}

function isUnlocked(deciding: Deciding): boolean {
	return userOfKey(deciding) === undefined && openSigning(deciding) === undefined;
}

/** The parties that answer. */
function answering(deciding: Deciding): string[] {
	return Object.keys(deciding.state.parties).filter(party => deciding.isReachable(party));
}

/** How many of the parties that answer could help another one with the key in force. */
function countAble(deciding: Deciding, other = ''): number {
	return answering(deciding).filter(party => party !== other && deciding.is('party', party, 'share.held')).length;
}

function thresholdOf({state}: Deciding): number {
	return state.key!.threshold;
}

function mayRepair(deciding: Deciding, party: string): boolean {
	if (!isUnlocked(deciding) || !deciding.isReachable(party)) return false;
	const [isHelped, hasBackup] = [
		countAble(deciding, party) >= thresholdOf(deciding),
		backupsOfKey(deciding).some(stored => stored.party === party),
	];
	return (
		(isHelped && deciding.can('protocol', '', {type: 'repair.started', hasThreshold: true, hasBackup: false})) ||
		(hasBackup && deciding.can('protocol', '', {type: 'repair.started', hasThreshold: false, hasBackup: true}))
	);
}

function unlocked(deciding: Deciding): void {
	const other = userOfKey(deciding);
	if (other) throw new Refusal(`"${other.text}" is ordered, and both need the key; take that order back, or wait a turn`);
	const open = openSigning(deciding);
	if (open) throw new Refusal(`the signing of ${open.request} still waits for ${listed(open.waitingFor)}; abort or retry it first`);
}

function busyWith(deciding: Deciding): string {
	if (deciding.is('protocol', '', 'suspended.frozen')) return 'the policy is frozen; unfreeze first';
	if (deciding.is('protocol', '', 'compromised')) return 'the key is compromised; rotate to a new one';
	return 'the key is busy with another ceremony';
}

function order(deciding: Deciding, fields: Omit<Order, 'request'>): void {
	deciding.emit('operators', {type: 'ordered', order: {request: '', ...fields}});
}

const refresh: Verb = {
	name: 'refresh',
	side: 'operators',
	station: 'shares',
	parameters: [
		{name: 'parties', kind: 'parties', size: 'any', optional: true, about: 'the holders that take part (default: all that answer)'},
	],
	cost: [2, 2],
	does: 'new shares of the same key; old ones are erased',
	needs: 't reachable holders and an idle key',
	evidence: {...strength, kind: 'refresh'},
	raises: [
		'refresh.started',
		'refresh.round.closed',
		'ack.received',
		'acks.waived',
		'refresh.completed',
		'refresh.aborted',
		'epoch.missed',
	],
	mayAllow: deciding => isUnlocked(deciding) && countAble(deciding) >= thresholdOf(deciding),
	check(deciding, {args}) {
		needsKey(deciding, 'refresh.started');
		const parties = refreshers(deciding, args.parties);
		reachable(deciding, parties);
		const without = parties.filter(
			party => !isHolder(deciding.game, party, deciding.state.key) || !deciding.is('party', party, 'share.held'),
		);
		if (without.length > 0) throw new Refusal(`${listed(without)} without a share of the epoch in force can't refresh; repair it first`);
		const {threshold} = deciding.state.key!;
		if (parties.length < threshold) throw new Refusal(`needs ${threshold} holders that answer, got ${parties.length}`);
	},
	run(deciding, {args}) {
		const parties = refreshers(deciding, args.parties);
		const text = args.parties === undefined ? 'refresh' : `refresh parties=${args.parties}`;
		order(deciding, {text, verb: 'refresh', parties});
	},
};

function refreshers(deciding: Deciding, text: string | undefined): string[] {
	const holders = holdersOf(deciding.game, deciding.state.key);
	return named(text) ?? holders.filter(party => deciding.isReachable(party) && deciding.is('party', party, 'share.held'));
}

const reshare: Verb = {
	name: 'reshare',
	side: 'operators',
	station: 'shares',
	parameters: [
		{name: 'threshold', kind: 'threshold', about: 'how many must sign from then on'},
		{name: 'parties', kind: 'parties', size: 'any', about: 'who holds a share from then on'},
	],
	cost: [3, 3],
	does: 'the same key for other holders or another threshold',
	needs: 't reachable holders, reachable receivers',
	evidence: {...strength, kind: 'reshare'},
	raises: [
		'reshare.started',
		'reshare.round.closed',
		'ack.received',
		'acks.waived',
		'reshare.completed',
		'reshare.aborted',
		'party.removed',
		'share.erased',
	],
	mayAllow: isUnlocked,
	check(deciding, {args}) {
		needsKey(deciding, 'reshare.started');
		const parties = named(args.parties) ?? [];
		const threshold = Number(args.threshold);
		if (!/^\d{1,2}$/.test(args.threshold ?? '') || threshold < 2 || threshold > parties.length)
			throw new Refusal(`the threshold is a whole number from 2 to the number of holders ${parties.length}, got ${args.threshold}`);
		reachable(deciding, parties);
		const dealers = dealersOf(deciding, holdersOf(deciding.game, deciding.state.key)).filter(party => deciding.isReachable(party));
		const needs = deciding.state.key!.threshold;
		if (dealers.length < needs) throw new Refusal(`needs ${needs} holders that answer to deal, got ${dealers.length}`);
	},
	run(deciding, {args}) {
		const parties = named(args.parties) ?? [];
		const text = `reshare threshold=${args.threshold} parties=${args.parties}`;
		order(deciding, {text, verb: 'reshare', parties, threshold: Number(args.threshold)});
	},
};

const rotate: Verb = {
	name: 'rotate',
	side: 'operators',
	station: 'shares',
	parameters: [
		{name: 'parties', kind: 'parties', size: 'any', optional: true, about: 'who holds the new key (default: the holders that answer)'},
	],
	cost: [3, 3],
	does: 'a new key; next turn a sweep needs approvals',
	needs: 't reachable parties and an idle key',
	evidence: {...strength, kind: 'rotation'},
	raises: [
		'rotation.started',
		'rotation.round.closed',
		'ack.received',
		'rotation.completed',
		'rotation.aborted',
		'approval.voided',
		'key.deactivated',
		'key.destroyed',
	],
	mayAllow: deciding => isUnlocked(deciding) && answering(deciding).length >= thresholdOf(deciding),
	check(deciding, {args}) {
		unlocked(deciding);
		deciding.need('protocol', '', {type: 'rotation.started', isEveryoneReachable: true}, busyWith(deciding));
		const open = deciding.state.retiring.find(({sweptAt}) => sweptAt === 0);
		if (open && !['denied', 'expired', 'recalled'].includes(String(deciding.state.requests[open.sweep]?.machine)))
			throw new Refusal(`${open.sweep} has not moved yet what the last key guards; sign it first`);
		const parties = rotators(deciding, args.parties);
		reachable(deciding, parties);
		const {threshold} = deciding.state.key!;
		if (parties.length < threshold) throw new Refusal(`needs ${threshold} parties that answer, got ${parties.length}`);
	},
	run(deciding, {args}) {
		const parties = rotators(deciding, args.parties);
		const text = args.parties === undefined ? 'rotate' : `rotate parties=${args.parties}`;
		order(deciding, {text, verb: 'rotate', parties});
	},
};

function rotators(deciding: Deciding, text: string | undefined): string[] {
	const isIn = (party: string) =>
		deciding.isReachable(party) && !deciding.is('party', party, 'trust.removed') && !deciding.is('party', party, 'share.none');
	return named(text) ?? deciding.game.deal.parties.map(({id}) => id).filter(isIn);
}

const repair: Verb = {
	name: 'repair',
	side: 'operators',
	station: 'shares',
	parameters: [
		{name: 'party', kind: 'party', about: 'whose share is bad, stale or lost'},
		{name: 'parties', kind: 'parties', optional: true, about: 'the helpers, as many as the threshold (default: the first that answer)'},
		{name: 'from', kind: 'source', optional: true, insteadOf: 'parties', about: 'backup: from its backup, without helpers'},
	],
	cost: [2, 2],
	does: "restores a party's share of this epoch",
	needs: 't helpers, or a backup of it',
	evidence: {...strength, kind: 'repair'},
	raises: ['repair.started', 'repair.round.closed', 'repair.completed', 'repair.aborted', 'share.received'],
	mayAllow: mayRepair,
	check(deciding, {args}) {
		unlocked(deciding);
		const target = args.party ?? '';
		reachable(deciding, [target]);
		const hasBackup = args.from !== undefined;
		if (hasBackup && args.parties !== undefined) throw new Refusal('helpers or from=backup, one of the two');
		if (hasBackup && !backupsOfKey(deciding).some(({party}) => party === target))
			throw new Refusal(`there is no backup of ${target} on the register`);
		const helpers = hasBackup ? [] : helpersOf(deciding, target, args.parties);
		const {threshold} = deciding.state.key!;
		if (helpers.includes(target)) throw new Refusal(`${target} can't help itself`);
		reachable(deciding, helpers);
		const without = helpers.filter(party => !deciding.is('party', party, 'share.held'));
		if (without.length > 0) throw new Refusal(`${listed(without)} without a share of the epoch in force can't help`);
		const hasThreshold = helpers.length === threshold;
		const reason = busyWith(deciding);
		deciding.need('protocol', '', {type: 'repair.started', hasThreshold: !hasBackup, hasBackup}, reason);
		if (!hasBackup)
			deciding.need('protocol', '', {type: 'repair.started', hasThreshold, hasBackup}, `needs ${threshold} helpers, got ${helpers.length}`);
	},
	run(deciding, {args}) {
		const target = args.party ?? '';
		const fromBackup = args.from !== undefined;
		const parties = fromBackup ? [] : helpersOf(deciding, target, args.parties);
		const text = `repair party=${target}${args.parties === undefined ? '' : ` parties=${args.parties}`}${fromBackup ? ' from=backup' : ''}`;
		order(deciding, {text, verb: 'repair', parties, target, ...(fromBackup ? {fromBackup} : {})});
	},
};

function helpersOf(deciding: Deciding, target: string, text: string | undefined): string[] {
	const up = holdersOf(deciding.game, deciding.state.key).filter(party => party !== target && deciding.isReachable(party));
	return named(text) ?? dealersOf(deciding, up).slice(0, deciding.state.key!.threshold);
}

const recover: Verb = {
	name: 'recover',
	side: 'operators',
	station: 'shares',
	parameters: [{name: 'at', kind: 'machine', about: 'the machine on which the key is put together'}],
	cost: [3, 3],
	does: 'rebuilds the key from backups: sweeps and burns it',
	needs: 'backups of t parties',
	evidence: {...strength, kind: 'recovery'},
	raises: ['recovery.started', 'recovery.round.closed', 'recovery.completed', 'recovery.aborted'],
	mayAllow: isUnlocked,
	check(deciding, {args}) {
		unlocked(deciding);
		checkPlace(deciding, args.at ?? '');
		const have = backedUp(deciding);
		const {threshold} = deciding.state.key!;
		deciding.need('protocol', '', {type: 'recovery.started', hasBackups: true}, busyWith(deciding));
		deciding.need(
			'protocol',
			'',
			{type: 'recovery.started', hasBackups: have >= threshold},
			`needs backups of ${threshold} parties, has ${have}`,
		);
	},
	run(deciding, {args}) {
		const target = args.at ?? '';
		order(deciding, {text: `recover at=${target}`, verb: 'recover', parties: deciding.state.parties[target] ? [target] : [], target});
	},
};

/** A machine on which a key can be put together: a party that answers, or the coordinator. */
export function checkPlace(deciding: Deciding, at: string): void {
	if (at === coordinatorId) return;
	if (!deciding.state.parties[at]) throw new Refusal(`${at} is no party, and not the coordinator`);
	reachable(deciding, [at]);
}

const runs: Readonly<Record<string, (deciding: Deciding, order: Order) => void>> = {
	refresh: runRefresh,
	reshare: runReshare,
	rotate: runRotation,
	repair: (deciding, ordered) => (ordered.fromBackup ? runRestore : runRepair)(deciding, ordered),
	recover: runRecovery,
};

/** The ceremony that was ordered for this resolve, if any. `before` runs just ahead of it. */
export function runLifecycle(deciding: Deciding, before: () => void): void {
	for (const ordered of deciding.state.orders) {
		const run = runs[ordered.verb];
		if (!run) continue;
		before();
		run(deciding, ordered);
	}
}

export const lifecycleMoves: readonly Verb[] = [refresh, reshare, rotate, repair, recover];
