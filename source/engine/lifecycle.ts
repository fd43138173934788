/**
 * Refresh, reshare and repair, run in resolve on real bytes through the attackers' standing orders. What stands afterwards is read from the sides'
 * memories: whose share is of the new epoch, who kept an old one, who was missed. The machines follow what happened; they decide nothing here.
 */
import {
	type CeremonyRun,
	fingerprintOf,
	type KeyPublic,
	type KeyShare,
	keyPublicOf,
	keyShareOf,
	keySharesOf,
	type Packet,
	runCeremony,
	type Session,
	type SideState,
	settledShares,
	startRefresh,
	startRepair,
	startReshare,
} from '../ceremony/index.js';
import {checksOf, drawOf, nextCeremony, record, sessionOf} from './ceremonies.js';
import {type Deciding, keptFrom} from './deciding.js';
import {agreedKey, holdersOf, isHolder, nextEpoch} from './keys.js';
import {carrier, heardBlame, implantedSides} from './line.js';
import type {CeremonyState, Order} from './state.js';

/** Rounds of every ceremony in which something is dealt: values travel in round 3, receivers accept in round 4. */
const VALUES = 3;
const VERDICT = 4;

export interface Lifecycle {
	readonly id: string;
	readonly run: CeremonyRun;
	readonly session: Session;
}

/** The checks of these ceremonies that are controls. */
export function lifecycleChecks(deciding: Deciding) {
	return {
		...checksOf(deciding),
		ackBeforeErase: deciding.control('ack-before-erase'),
		eraseOldShares: deciding.control('erase-old-shares'),
	};
}

/** Runs the sides of a ceremony to its end and writes down its messages and how it ended. What was kept back does not come any more. */
export function runSides(
	deciding: Deciding,
	options: {kind: CeremonyState['kind']; id: string; session: Session; sides: Record<string, SideState>; message?: string},
): Lifecycle {
	const {kind, id, session, message} = options;
	const sides = implantedSides(deciding, options.sides);
	deciding.emit('operators', {
		type: 'ceremony-started',
		id,
		kind,
		turn: deciding.state.turn,
		parties: session.members.map(member => member.id),
		epoch: session.epoch,
		...(message === undefined ? {} : {message}),
	});
	const late: Packet[] = [];
	const carried = runCeremony({sides, draw: drawOf(deciding, id), carry: carrier(deciding, session, late, kind), closeRounds: true});
	const run = {...carried, blame: heardBlame(deciding, carried)};
	record(deciding, id, run, 0);
	return {id, run, session};
}

export function endCeremony(deciding: Deciding, {id, run}: Lifecycle, isDone: boolean): void {
	deciding.emit('operators', {
		type: 'ceremony-ended',
		id,
		status: isDone ? 'done' : 'aborted',
		waitingFor: [...run.waitingFor],
		blamed: [...run.blame],
		checks: [],
		reason: run.reason ?? '',
	});
}

/** What an abort says: who failed which equation, or who was silent. The old epoch signs on. */
export function tellAborted(deciding: Deciding, what: string, {id, run}: Lifecycle): void {
	const blamed = [...new Set(run.blame.map(({member}) => member))];
	const failed = run.blame[0]?.check ?? run.transits.flatMap(({checks}) => checks).find(({holds}) => !holds);
	deciding.tell(
		'operators',
		'result',
		'coordinator',
		`${what} (${id}) was aborted; all shares are as they were. ${blamed.length > 0 ? `Blamed: ${blamed.join(' and ')}. ` : ''}${run.reason ?? ''}`.trim(),
		failed,
	);
	for (const member of blamed)
		deciding.act('rounds', 'deal refused', {level: 1, loud: true}, `a message of ${member} in ${id} failed its check`);
}

/** Receivers whose acceptance reached somebody. */
function acknowledged({run}: Lifecycle, receivers: readonly string[]): string[] {
	return receivers.filter(receiver => {
		const own = run.transits.filter(({from, round, carries}) => from === receiver && round === VERDICT && /^(has|accepts)/.test(carries));
		return own.some(({delivered}) => delivered);
	});
}

type Kind = 'refresh' | 'reshare' | 'rotation';

/** Takes the protocol machine through the rounds and acknowledgements that the messages show, and to the end that the shares show. */
export function followRounds(deciding: Deciding, kind: Kind, lifecycle: Lifecycle, receivers: readonly string[], stands: boolean): void {
	const step = (event: Parameters<typeof deciding.step<'protocol'>>[2]) =>
		deciding.step('protocol', '', event, `the key takes no ${event.type} now`, 'operators');
	const {run} = lifecycle;
	const last = Math.max(0, ...run.transits.filter(({delivered}) => delivered).map(({round}) => round));
	const acks = acknowledged(lifecycle, receivers);
	const closed = [last >= VALUES, acks.length > 0 || stands].slice(kind === 'rotation' ? 1 : 0);
	for (const isClosed of closed) if (isClosed) step({type: `${kind}.round.closed`});
	if (acks.length > 0 || stands)
		for (const [n] of acks.entries()) {
			const isLast = n === receivers.length - 1;
			// Acknowledgements of everybody flip the epoch: then it stands.
			if (!isLast || stands) step({type: 'ack.received', isLast});
		}
	if (stands && acks.length < receivers.length) step({type: 'acks.waived'});
	step(stands ? {type: `${kind}.completed`} : {type: `${kind}.aborted`});
}

/** What a machine keeps beside the share in force: everything in its memory that it did not erase, and what it had kept before. */
function keepOlder(deciding: Deciding, party: string, inForce: KeyShare | undefined, memory?: string): void {
	const {keyShare, older = [], keepsCopies} = deciding.party(party);
	const held = keyShare ? [keyShare] : [];
	const now = memory === undefined ? held : [...keySharesOf(memory), ...(keepsCopies ? held : [])];
	const all = [...now, ...older].filter(({epoch}) => epoch !== inForce?.epoch);
	const kept = [...new Map(all.map(share => [`${share.epoch} ${share.share}`, share])).values()];
	if (kept.length > 0 || older.length > 0) deciding.emit('keeper', {type: 'shares-kept', party, older: kept});
}

/** A share as it is stored, under the threshold that was agreed on: an implant that dealt for another one leaves no note of it. */
export function believed(share: KeyShare, {threshold}: Session): KeyShare {
	return {...share, threshold};
}

function tryTo<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}

/** Writes down the shares of a generation that is in force now, and what became of everybody who holds none of it. */
export function storeGeneration(
	deciding: Deciding,
	lifecycle: Lifecycle,
	members: readonly string[],
	made: Readonly<Record<string, KeyShare>>,
): void {
	const key = agreedKey(Object.values(made).map(share => believed(share, lifecycle.session)));
	for (const party of Object.keys(deciding.state.parties)) {
		const share = made[party];
		const memory = lifecycle.run.sides[party]?.memory;
		const before = deciding.party(party).keyShare;
		if (share) {
			keepOlder(deciding, party, share, memory);
			deciding.emit('keeper', {type: 'share-stored', party, keyShare: believed(share, lifecycle.session)});
			deciding.step('party', party, {type: 'share.received', isMember: true}, `${party} is no holder any more`, 'operators');
		} else if (before) {
			const left = memory === undefined ? before : tryTo(() => keyShareOf(memory));
			if (left === undefined && !members.includes(party)) {
				keepOlder(deciding, party, undefined, memory);
				deciding.emit('keeper', {type: 'share-gone', party});
				deciding.step('party', party, {type: 'share.erased'}, `${party} holds no share`, 'operators');
			} else deciding.step('party', party, {type: 'epoch.missed'}, `${party} holds no share`, 'operators');
		}
		if (!members.includes(party) && isHolder(deciding.game, party, deciding.state.key))
			deciding.step('party', party, {type: 'party.removed'}, `${party} was removed already`, 'operators');
	}
	deciding.emit('public', {type: 'key-made', key});
}

/** Approvals of parties that hold no share any more do not count, and a higher threshold needs more of them. */
export function voidApprovals(deciding: Deciding, holders: readonly string[]): void {
	for (const {id, approvals, sweeps} of Object.values(deciding.state.requests)) {
		if (approvals.length === 0 || sweeps !== undefined) continue;
		const gone = approvals.map(({party}) => party).filter(party => !holders.includes(party));
		const hasQuorum = approvals.length - gone.length >= deciding.state.key!.threshold;
		if (gone.length === 0 && hasQuorum) continue;
		if (!deciding.is('request', id, 'open') && !deciding.is('request', id, 'approved')) continue;
		if (gone.length > 0) deciding.emit('operators', {type: 'approvals-void', request: id, parties: gone});
		deciding.step('request', id, {type: 'approval.voided', hasQuorum}, `${id} is not open`, 'operators');
	}
}

/** The public record of a key, without what else the state keeps beside it. */
function keyInForce(deciding: Deciding): KeyPublic {
	return keyPublicOf(deciding.state.key!);
}

/**
 * The shares of these parties as they lie on their machines. Who has none of the key's record in force is left out: the share is of another
 * epoch, or of the same one as an equivocating dealer told it to that party alone.
 */
function sharesOf(deciding: Deciding, parties: readonly string[]): Record<string, KeyShare> {
	const key = keyInForce(deciding);
	const fingerprint = fingerprintOf(key);
	return Object.fromEntries(
		parties.flatMap(party => {
			const {keyShare} = deciding.party(party);
			return keyShare?.epoch === key.epoch && fingerprintOf(keyShare) === fingerprint ? [[party, keyShare] as const] : [];
		}),
	);
}

/** Why a ceremony that everybody could reach did not start. */
function whatIsMissing(parties: readonly string[], shares: Readonly<Record<string, KeyShare>>): string {
	const without = parties.filter(party => !shares[party]);
	return without.length === 0
		? 'the key is frozen or busy'
		: `${without.join(' and ')} ${without.length === 1 ? 'holds' : 'hold'} no share that fits the key in force: repair that first`;
}

function cannotStart(deciding: Deciding, what: string, why: string): void {
	deciding.tell('operators', 'result', 'coordinator', `${what} did not start: ${why}. All shares are as they were.`);
}

/** A new generation at the same threshold, or for another committee at another one. */
export function runRefresh(deciding: Deciding, order: Order): void {
	const {parties} = order;
	const isEveryoneReachable = parties.every(party => deciding.isReachable(party));
	const shares = sharesOf(deciding, parties);
	if (!deciding.can('protocol', '', {type: 'refresh.started', isEveryoneReachable}) || Object.keys(shares).length < parties.length) {
		cannotStart(deciding, 'The refresh', isEveryoneReachable ? whatIsMissing(parties, shares) : 'a party is out');
		return;
	}
	deciding.step('protocol', '', {type: 'refresh.started', isEveryoneReachable}, 'the key is busy', 'operators');
	const key = keyInForce(deciding);
	const id = nextCeremony(deciding);
	const session = sessionOf(deciding, id, parties, {epoch: nextEpoch(deciding.state), threshold: key.threshold});
	const checks = lifecycleChecks(deciding);
	const sides: Record<string, SideState> = {};
	for (const me of parties) {
		const identity = deciding.state.identities[me]!;
		sides[me] = {kind: 'refresh', memory: startRefresh({session, me, identity, key, keyShare: shares[me]!, checks})};
	}
	finish(deciding, 'refresh', runSides(deciding, {kind: 'refresh', id, session, sides}), parties, holdersOf(deciding.game, key));
}

/** The key goes to a new committee: `order.parties` receive, t reachable holders deal, all other holders listen and erase. */
export function runReshare(deciding: Deciding, order: Order): void {
	const {parties: receivers, threshold = 0} = order;
	const key = keyInForce(deciding);
	const up = holdersOf(deciding.game, key).filter(party => deciding.isReachable(party));
	const shares = sharesOf(deciding, up);
	const fitting = dealersOf(deciding, up).filter(party => shares[party]);
	const dealers = (fitting.length < key.threshold ? dealersOf(deciding, up) : fitting).slice(0, key.threshold);
	const isEveryoneReachable = receivers.every(party => deciding.isReachable(party)) && dealers.length === key.threshold;
	if (!deciding.can('protocol', '', {type: 'reshare.started', isEveryoneReachable}) || dealers.some(party => !shares[party])) {
		cannotStart(deciding, 'The reshare', isEveryoneReachable ? whatIsMissing(dealers, shares) : 'a party is out');
		return;
	}
	deciding.step('protocol', '', {type: 'reshare.started', isEveryoneReachable}, 'the key is busy', 'operators');
	const members = [...new Set([...up.filter(party => shares[party]), ...receivers])];
	const id = nextCeremony(deciding);
	const session = sessionOf(deciding, id, members, {epoch: nextEpoch(deciding.state), threshold});
	const checks = lifecycleChecks(deciding);
	const sides: Record<string, SideState> = {};
	for (const me of members) {
		const identity = deciding.state.identities[me]!;
		const own = shares[me] === undefined ? {} : {keyShare: shares[me]};
		sides[me] = {kind: 'reshare', memory: startReshare({session, me, identity, key, dealers, receivers, ...own, checks})};
	}
	finish(deciding, 'reshare', runSides(deciding, {kind: 'reshare', id, session, sides}), receivers, receivers);
}

/** Holders that can deal or help, those first whose share no check has called bad. */
export function dealersOf(deciding: Deciding, parties: readonly string[]): string[] {
	const held = parties.filter(party => deciding.is('party', party, 'share.held'));
	const bad = (party: string) => deciding.party(party).lastCheck === 'BAD' || deciding.party(party).lastPartial?.ok === false;
	return [...held.filter(party => !bad(party)), ...held.filter(bad)];
}

function finish(
	deciding: Deciding,
	kind: 'refresh' | 'reshare',
	lifecycle: Lifecycle,
	receivers: readonly string[],
	members: readonly string[],
): void {
	const {run, session, id} = lifecycle;
	const settled = settledShares(run);
	const stands = Object.values(settled).some(({epoch}) => epoch === session.epoch);
	const what = kind === 'refresh' ? 'The refresh' : 'The reshare';
	endCeremony(deciding, lifecycle, stands);
	followRounds(deciding, kind, lifecycle, receivers, stands);
	if (!stands) {
		tellAborted(deciding, what, lifecycle);
		return;
	}
	storeGeneration(deciding, lifecycle, members, settled);
	const holders = Object.keys(settled);
	if (kind === 'reshare') voidApprovals(deciding, members);
	const missed = members.filter(party => !holders.includes(party) && deciding.party(party).keyShare !== undefined);
	deciding.tell(
		'operators',
		'result',
		'coordinator',
		`${what} (${id}) made epoch ${session.epoch}, ${session.threshold} of ${holders.length}: ${holders.join(', ')}. The public key is the same.${missed.length > 0 ? ` Missed: ${missed.join(' and ')}, whose share is stale.` : ''} Old shares still make the key where ${deciding.state.records.find(({epoch}) => epoch === lifecycle.session.epoch - 1)?.threshold ?? 'enough'} of one epoch are left.`,
	);
	deciding.act('shares', kind, {level: 1, loud: false}, `${kind} to epoch ${session.epoch}: ${holders.join(' and ')} hold new shares`, {
		what: `shares of epoch ${session.epoch} replace those before`,
		about: 'shares',
		facts: keptFrom(1, {receivers: holders.join(' '), time: deciding.state.turn, threshold: session.threshold, epoch: session.epoch}),
	});
	deciding.act('rounds', kind, {level: 1, loud: false}, `${kind} ${id} completed`);
}

/** The share of one index again: t helpers give sums of parts, and learn nothing. */
export function runRepair(deciding: Deciding, order: Order): void {
	const {parties: helpers, target = ''} = order;
	const key = keyInForce(deciding);
	const hasThreshold = [...helpers, target].every(party => deciding.isReachable(party));
	const shares = sharesOf(deciding, helpers);
	const started = {type: 'repair.started', hasThreshold, hasBackup: false} as const;
	if (!deciding.can('protocol', '', started) || helpers.some(party => !shares[party])) {
		cannotStart(deciding, `The repair of ${target}`, hasThreshold ? whatIsMissing(helpers, shares) : 'a party is out');
		return;
	}
	deciding.step('protocol', '', started, 'the key is busy', 'operators');
	const id = nextCeremony(deciding);
	const session = sessionOf(deciding, id, [...helpers, target], key);
	const checks = lifecycleChecks(deciding);
	const sides: Record<string, SideState> = {};
	for (const me of [...helpers, target]) {
		const identity = deciding.state.identities[me]!;
		const own = shares[me] === undefined ? {} : {keyShare: shares[me]};
		sides[me] = {kind: 'repair', memory: startRepair({session, me, identity, key, helpers, target, ...own, checks})};
	}
	const lifecycle = runSides(deciding, {kind: 'repair', id, session, sides});
	const {run} = lifecycle;
	const isDone = run.status === 'done';
	endCeremony(deciding, lifecycle, isDone);
	const last = Math.max(0, ...run.transits.filter(({delivered}) => delivered).map(({round}) => round));
	for (const isClosed of [last >= VERDICT, last > VERDICT && run.transits.some(({round}) => round === 10)])
		if (isClosed) deciding.step('protocol', '', {type: 'repair.round.closed'}, 'no repair is under way', 'operators');
	if (!isDone) {
		deciding.step('protocol', '', {type: 'repair.aborted'}, 'no repair is under way', 'operators');
		tellAborted(deciding, `The repair of ${target}`, lifecycle);
		return;
	}
	const made = keyShareOf(run.sides[target]!.memory);
	const {share: _share, index: _index, ...record} = made;
	restore(deciding, target, made, `from the shares of ${helpers.join(' and ')} (${id})`);
	deciding.emit('public', {type: 'key-made', key: record});
}

/** A restored share is stored: it fits its commitment. */
export function restore(deciding: Deciding, target: string, made: KeyShare, how: string): void {
	deciding.step('protocol', '', {type: 'repair.completed'}, 'no repair is under way', 'operators');
	keepOlder(deciding, target, made);
	deciding.emit('keeper', {type: 'share-stored', party: target, keyShare: made});
	deciding.step('party', target, {type: 'share.received', isMember: true}, `${target} is no holder any more`, 'operators');
	deciding.emit('operators', {type: 'party-noted', party: target, lastCheck: 'ok'});
	deciding.tell('operators', 'result', target, `The share of ${target} is restored ${how}: it fits its commitment in epoch ${made.epoch}.`);
	deciding.act('shares', 'repair', {level: 1, loud: false}, `the share of ${target} was restored ${how}`, {
		what: `a share of ${target} comes into being`,
		about: target,
		facts: keptFrom(1, {target, helpers: how, time: deciding.state.turn, epoch: made.epoch}),
	});
}
