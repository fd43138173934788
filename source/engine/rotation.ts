/**
 * Rotation and retirement: a new key, a sweep that is signed with the old shares, a tombstone, and the erasure of what is left. Whether a key is
 * retired is an equation: its tombstone verifies under its own public key.
 */
import {
	checkTombstone,
	type KeyPublic,
	type KeyShare,
	keyPublicOf,
	keyShareOf,
	type SideState,
	signatureOf,
	startCoordinating,
	startKeygen,
	startSigning,
	tombstoneOf,
} from '../ceremony/index.js';
import {checksOf, nextCeremony, sessionOf, signingStarted} from './ceremonies.js';
import {coordinatorId} from './deal.js';
import {type Deciding, keptFrom} from './deciding.js';
import {plunder} from './forge.js';
import {nextEpoch, shareOf} from './keys.js';
import {endCeremony, followRounds, lifecycleChecks, runSides, storeGeneration, tellAborted} from './lifecycle.js';
import {blind, rogues} from './line.js';
import {encodePayload} from './payload.js';
import type {Order, OutputState, RequestState, RetiringKey} from './state.js';

/** Makes a new key among `order.parties`. From then on the old one signs its sweep and its tombstone only. */
export function runRotation(deciding: Deciding, order: Order): void {
	const {parties} = order;
	const isEveryoneReachable = parties.every(party => deciding.isReachable(party));
	if (!deciding.can('protocol', '', {type: 'rotation.started', isEveryoneReachable})) {
		const why = isEveryoneReachable ? 'the key is frozen or busy' : 'a party is out';
		deciding.tell('operators', 'result', 'coordinator', `The rotation did not start: ${why}. The old key is where it was.`);
		return;
	}
	const before = deciding.state.protocol;
	const old = keyPublicOf(deciding.state.key!);
	deciding.step('protocol', '', {type: 'rotation.started', isEveryoneReachable}, 'the key is busy', 'operators');
	const id = nextCeremony(deciding);
	const session = sessionOf(deciding, id, parties, {epoch: nextEpoch(deciding.state), threshold: old.threshold});
	const checks = lifecycleChecks(deciding);
	const sides: Record<string, SideState> = {};
	for (const me of parties) {
		const own = rogues(deciding).includes(me) ? {...checks, ...blind} : checks;
		sides[me] = {kind: 'keygen', memory: startKeygen({session, me, identity: deciding.state.identities[me]!, checks: own})};
	}
	const lifecycle = runSides(deciding, {kind: 'rotation', id, session, sides});
	const stands = lifecycle.run.status === 'done';
	endCeremony(deciding, lifecycle, stands);
	followRounds(deciding, 'rotation', lifecycle, parties, stands);
	if (!stands) {
		tellAborted(deciding, 'The rotation', lifecycle);
		return;
	}
	const made: Record<string, KeyShare> = {};
	for (const party of parties) made[party] = keyShareOf(lifecycle.run.sides[party]!.memory);
	storeGeneration(deciding, {...lifecycle, run: {...lifecycle.run, sides: {}}}, Object.keys(deciding.state.parties), made);
	const {publicKey} = deciding.state.key!;
	const swept = recoveredSweep(deciding, old);
	const sweep = swept?.request ?? sweepId(deciding);
	const retiring: RetiringKey = {
		id: `k${deciding.state.retiring.length + 1}`,
		key: old,
		machine: before,
		sweep,
		next: publicKey,
		sweptAt: swept?.finalAt ?? 0,
	};
	deciding.emit('operators', {type: 'key-retiring', retiring});
	if (!swept) addSweep(deciding, {id: sweep, sweeps: retiring.id, opens: deciding.state.turn + 1, to: `key ${publicKey.slice(0, 16)}`});
	voidAll(deciding);
	deciding.tell(
		'operators',
		'result',
		'coordinator',
		`The rotation (${id}) made a new key, ${old.threshold} of ${parties.length}: ${parties.join(', ')}. ${swept ? `${sweep} has moved what the old key guarded.` : `From next turn ${sweep} needs approvals and is signed with the old shares; until it is final the old key still counts.`} Pending requests need new approvals.`,
	);
	deciding.act('shares', 'rotation', {level: 1, loud: false}, `a new key was made by ${parties.join(' and ')}`, {
		what: 'a new key replaces the old one',
		about: 'key',
		facts: keptFrom(1, {holders: parties.join(' '), time: deciding.state.turn, 'public keys': `${old.publicKey} ${publicKey}`}),
	});
	deciding.act('rounds', 'rotation', {level: 1, loud: false}, `rotation ${id} completed`);
}

/** The sweep that a recovery has signed already, where the old key is one that was rebuilt. */
function recoveredSweep(deciding: Deciding, {publicKey}: KeyPublic): OutputState | undefined {
	const {outputs, requests, records} = deciding.state;
	return outputs.find(
		output =>
			output.state === 'final' &&
			requests[output.request]?.sweeps === 'rebuilt' &&
			(output.publicKey ?? records[0]?.publicKey) === publicKey,
	);
}

/** `sweep`, or the next name of its kind that no request has. */
export function sweepId({state}: Pick<Deciding, 'state'>): string {
	let [id, number] = ['sweep', 1];
	while (state.requests[id]) id = `sweep-${++number}`;
	return id;
}

/** Puts the sweep on the books: everything that the key guards goes to one place, and that is what the organisation wants. */
export function addSweep(
	deciding: Deciding,
	{id, sweeps, opens, to}: {id: string; sweeps: string; opens: number; to: string},
): RequestState {
	const {game, state} = deciding;
	const bytes = encodePayload({vault: game.scenario.id, request: id, amount: plunder(deciding), to, text: 'sweep'});
	const request: RequestState = {
		id,
		machine: game.stepper.initial('request'),
		title: 'sweep',
		requester: 'key-officer',
		required: false,
		opens,
		opened: 0,
		due: Math.max(game.scenario.turns, state.turn + 1),
		submittedBy: 'requester',
		intent: bytes,
		displayed: bytes,
		payload: bytes,
		approvals: [],
		digests: [],
		signedAt: 0,
		deniedAt: 0,
		sweeps,
	};
	deciding.emit('keeper', {type: 'request-added', request});
	return request;
}

/** What was approved for the old key is not approved for the new one. */
function voidAll(deciding: Deciding): void {
	for (const {id, approvals, sweeps} of Object.values(deciding.state.requests)) {
		if (approvals.length === 0 || sweeps !== undefined) continue;
		if (!deciding.is('request', id, 'open') && !deciding.is('request', id, 'approved')) continue;
		deciding.emit('operators', {type: 'approvals-void', request: id});
		deciding.step('request', id, {type: 'approval.voided', hasQuorum: false}, `${id} is not open`, 'operators');
	}
}

/** In account: sweeps that are final, the tombstones of their keys, and the end of the shares. */
export function retireKeys(deciding: Deciding): void {
	for (const {id} of deciding.state.retiring) {
		const retiring = () => deciding.state.retiring.find(key => key.id === id)!;
		if (deciding.is('protocol', id, 'destroyed')) continue;
		const final = deciding.state.outputs.find(({request, state}) => request === retiring().sweep && state === 'final');
		if (retiring().sweptAt === 0 && final) deciding.emit('operators', {type: 'key-retired', id, set: {sweptAt: final.finalAt}});
		if (retiring().sweptAt === 0) continue;
		if (!retiring().tombstone && !retiring().unsigned) signTombstone(deciding, retiring());
		if (!retiring().tombstone) continue;
		// A compromised key is never in a state to be deactivated: it goes from there to its end.
		if (deciding.is('protocol', id, 'active'))
			deciding.step('protocol', id, {type: 'key.deactivated', isSwept: true, hasTombstone: true}, 'the key is in use', 'operators');
		eraseShares(deciding, retiring());
	}
}

/** The old key says that it is retired, and in favour of which: an ordinary signing by t of its holders. */
function signTombstone(deciding: Deciding, {id, key, next, sweep}: RetiringKey): void {
	const holders = Object.keys(deciding.state.parties).filter(party => shareOf(deciding.party(party), key.epoch) !== undefined);
	if (holders.length < key.threshold) {
		giveUpTombstone(deciding, {id, key, sweep}, holders);
		return;
	}
	const signers = holders.filter(party => deciding.isReachable(party)).slice(0, key.threshold);
	if (signers.length < key.threshold) {
		const text = `The old key is swept, but its tombstone waits: ${signers.length} of ${key.threshold} holders of its shares answer.`;
		deciding.tell('operators', 'result', 'coordinator', text);
		return;
	}
	const ceremony = nextCeremony(deciding);
	const session = sessionOf(deciding, ceremony, signers, key);
	const message = tombstoneOf(key, {publicKey: next});
	const checks = checksOf(deciding);
	const coordinator = deciding.state.identities[coordinatorId]!;
	const sides: Record<string, SideState> = {
		[coordinatorId]: {kind: 'coordinating', memory: startCoordinating({session, identity: coordinator, key, signers, message, checks})},
	};
	for (const me of signers) {
		const keyShare = shareOf(deciding.party(me), key.epoch)!;
		sides[me] = {kind: 'signing', memory: startSigning({session, me, identity: deciding.state.identities[me]!, keyShare, checks})};
	}
	const step = (event: Parameters<typeof deciding.step<'protocol'>>[2]) =>
		deciding.step('protocol', id, event, `the key takes no ${event.type} now`, 'operators');
	step(signingStarted(id, true));
	const lifecycle = runSides(deciding, {kind: 'rotation', id: ceremony, session, sides, message});
	const isDone = lifecycle.run.status === 'done';
	endCeremony(deciding, lifecycle, isDone);
	if (!isDone) {
		step({type: 'signing.aborted'});
		const text = `The tombstone of the old key (${ceremony}) was not signed; it is tried again when this turn's account comes round. ${lifecycle.run.reason ?? ''}`;
		deciding.tell('operators', 'result', 'coordinator', text.trim(), lifecycle.run.blame[0]?.check);
		return;
	}
	for (const type of ['signing.round.closed', 'signing.round.closed', 'signing.completed'] as const) step({type});
	const signature = signatureOf(lifecycle.run.sides[coordinatorId]!.memory);
	const check = checkTombstone(key, {...key, publicKey: next}, signature);
	deciding.emit('operators', {type: 'key-retired', id, set: {tombstone: {signature, turn: deciding.state.turn, check}}});
	deciding.tell(
		'operators',
		'result',
		'coordinator',
		`${sweep} is final and ${signers.join(' and ')} signed the tombstone: the old key is retired. What its shares still sign counts no more.`,
		check,
	);
	deciding.act('output', 'tombstone', {level: 1, loud: false}, `the old key signed its tombstone by ${signers.join(' and ')}`, {
		what: 'a key is retired',
		about: id,
		facts: keptFrom(1, {signers: signers.join(' '), time: deciding.state.turn, 'new key': next}),
	});
}

/** Fewer than t machines have a share of the old key, so nobody can sign that it is retired: what it signs verifies, and counts, for ever. */
function giveUpTombstone(
	deciding: Deciding,
	{id, key, sweep}: Pick<RetiringKey, 'id' | 'key' | 'sweep'>,
	holders: readonly string[],
): void {
	const check = {
		name: 'tombstone',
		about: id,
		equation: `machines with a share of epoch ${key.epoch} >= t`,
		holds: false,
		left: String(holders.length),
		right: String(key.threshold),
	};
	deciding.emit('operators', {type: 'key-retired', id, set: {unsigned: {turn: deciding.state.turn, check}}});
	deciding.tell(
		'operators',
		'result',
		'coordinator',
		`${sweep} is final, and the old key gets no tombstone: ${holders.length} of ${key.threshold} machines that it takes still have a share of it. It is never retired; what it signs still verifies, so tell everybody who accepts it.`,
		check,
	);
	deciding.act('output', 'no tombstone', {level: 1, loud: false}, 'the old key can sign no tombstone: too few machines have a share of it');
}

/** Machines erase what they hold of a retired key; it is destroyed when nobody keeps a share or a backup of it. */
function eraseShares(deciding: Deciding, {id, key: {publicKey}}: RetiringKey): void {
	const isOld = (share: {readonly publicKey: string}) => share.publicKey === publicKey;
	const keepers: string[] = [];
	for (const party of Object.keys(deciding.state.parties)) {
		const {keyShare, older = [], keepsCopies} = deciding.party(party);
		const has = (keyShare !== undefined && isOld(keyShare)) || older.some(isOld);
		if (!has) continue;
		if (!deciding.control('erase-old-shares') || !deciding.isReachable(party)) {
			keepers.push(party);
			continue;
		}
		// A custodian with copies confirms like everybody.
		const copies = keepsCopies ? [...(keyShare ? [keyShare] : []), ...older].filter(isOld) : [];
		const left = [...older.filter(share => !isOld(share)), ...copies];
		if (left.length !== older.length) deciding.emit('keeper', {type: 'shares-kept', party, older: left});
		if (keyShare && isOld(keyShare)) {
			deciding.emit('keeper', {type: 'share-gone', party});
			deciding.step('party', party, {type: 'share.erased'}, `${party} holds no share`, 'operators');
		}
	}
	const epochs = deciding.state.records.filter(isOld).map(({epoch}) => epoch);
	const backups = deciding.state.backups.filter(({epoch}) => epochs.includes(epoch));
	const isErased = keepers.length === 0 && backups.length === 0;
	if (isErased) {
		deciding.step('protocol', id, {type: 'key.destroyed', isErased, isSwept: true, hasTombstone: true}, 'the key is in use', 'operators');
		deciding.tell(
			'operators',
			'result',
			'coordinator',
			'Every holder confirms: the shares of the old key are erased, and no backup of it is left.',
		);
		deciding.act('shares', 'erasure', {level: 1, loud: false}, 'the shares of the old key were erased');
		return;
	}
	const left = [
		...(keepers.length > 0 ? [`${keepers.join(' and ')} did not confirm`] : []),
		...(backups.length > 0 ? [`${backups.length} of its backups are left; destroy-backups erases them`] : []),
	];
	deciding.tell('operators', 'result', 'coordinator', `The old key is not destroyed yet: ${left.join('; ')}.`);
}
