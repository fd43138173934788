/**
 * Runs ceremonies on real bytes: makes the sides, carries their packets through the attackers' standing orders, and
 * writes down what came of it. Truth is in the checks that sides make; nothing here decides whether an attack worked.
 */

import type {EventOf} from '../../machines/index.js';
import {parseEnvelope} from '../ceremony/envelope.js';
import {
	type CeremonyRun,
	type Checks,
	type Member,
	type Packet,
	runCeremony,
	type Session,
	type SideState,
	signatureOf,
	startCoordinating,
	startSigning,
} from '../ceremony/index.js';
import {chanceOf, guardNonces} from './chance.js';
import {coordinatorId} from './deal.js';
import {type Deciding, keptFrom} from './deciding.js';
import {keyFor, publicKeyField, shareOf} from './keys.js';
import {carrier, isPartial} from './line.js';
import {digestOf} from './payload.js';
import {markUsed} from './signed-approvals.js';
import type {CeremonyState, MessageRecord, Order} from './state.js';

type ProtocolEvent = EventOf<'protocol'>;

/** The checks of a ceremony that are controls here; a control that is off takes the call away. */
export function checksOf(deciding: Deciding): Checks {
	return {
		proofOfPossession: deciding.control('proof-of-possession'),
		echo: deciding.control('echo-broadcast'),
		feldman: deciding.control('feldman-check'),
		commitmentLength: deciding.control('commitment-lengths'),
		verifyPartials: deciding.control('verify-partials'),
		authentication: deciding.control('authenticated-envelopes'),
		context: deciding.control('envelope-context'),
	};
}

export function memberOf(deciding: Deciding, id: string, index: number): Member {
	const identity = deciding.state.identities[id]!;
	return {id, index, signing: identity.signing.public, sealing: identity.sealing.public};
}

export function sessionOf(
	deciding: Deciding,
	id: string,
	parties: readonly string[],
	key: {readonly epoch: number; readonly threshold: number} | undefined = deciding.state.key,
): Session {
	const {game} = deciding;
	const members = game.deal.parties.filter(party => parties.includes(party.id)).map(party => memberOf(deciding, party.id, party.index));
	return {
		id,
		suite: game.suite,
		vault: game.scenario.id,
		epoch: key?.epoch ?? 1,
		threshold: key?.threshold ?? game.scenario.threshold,
		members,
		coordinator: memberOf(deciding, coordinatorId, 0),
		sealed: deciding.control('sealed-transport'),
	};
}

/** Draws of each member in one ceremony: see chance.ts. */
export function drawOf(deciding: Deciding, ceremony: string) {
	return (member: string) => chanceOf(deciding.game.draws, deciding.state, ceremony, member);
}

export function record(deciding: Deciding, ceremony: string, run: CeremonyRun, from: number): void {
	const isComputation = deciding.state.ceremonies.some(({id, kind}) => id === ceremony && kind === 'computation');
	const isSealed = deciding.control('sealed-transport');
	for (const transit of run.transits) {
		const {wire, n, round, carries, delivered, checks, learned, to} = transit;
		const message: MessageRecord = {n: from + n, round, from: transit.from, to, carries, delivered, checks, learned};
		// The bytes of a sealed or public message may be read by whoever keeps the operators' record; a private body in plain may not.
		const isPrivate = !isSealed && (isComputation || /^(value|sum|share)/.test(carries));
		deciding.emit(isPrivate ? 'keeper' : 'operators', {type: 'message', ceremony, record: message, wire});
		if (checks.some(({name, holds}) => name === 'authentication' && !holds))
			deciding.act(
				'rounds',
				'bad envelope',
				{level: 2, loud: false},
				`a message of ${transit.from} to ${to} in ${ceremony} was not signed by it`,
			);
	}
}

export function nextCeremony(deciding: Deciding): string {
	return `c${deciding.state.counters.ceremony + 1}`;
}

/** What the key's machine is told of a signing that begins: a key that retires moves what it guarded, whatever else is known of it. */
export function signingStarted(keyId: string, hasThreshold: boolean) {
	return {type: 'signing.started', hasThreshold, isRetiring: keyId !== ''} as const;
}

function stepKey(deciding: Deciding, keyId: string, event: ProtocolEvent): void {
	deciding.step('protocol', keyId, event, `the key takes no ${event.type} now`, 'operators');
}

/** Starts the signing that an order asks for. What can't start any more is reported and its request stays approved. */
export function startSigningOf(deciding: Deciding, order: Order): void {
	const {state} = deciding;
	const {request: id, parties} = order;
	const {id: keyId, key} = keyFor(state, id);
	const shares = new Map(parties.map(party => [party, shareOf(deciding.party(party), key.epoch)]));
	const areUp = parties.every(party => deciding.isReachable(party));
	const hasThreshold = areUp && parties.every(party => shares.get(party) !== undefined);
	if (!deciding.can('protocol', keyId, signingStarted(keyId, hasThreshold))) {
		deciding.step('request', id, {type: 'signing.cancelled'}, `the order for ${id} is gone`, 'operators');
		deciding.tell(
			'operators',
			'result',
			'coordinator',
			`The signing of ${id} did not start: ${hasThreshold ? 'the key is frozen or busy' : areUp ? 'a party it names has no share of this key' : 'a party it names is out'}. It stays approved.`,
		);
		return;
	}
	if (deciding.control('nonce-guard') && !passesGuard(deciding, id, parties)) return;
	const request = deciding.request(id);
	const ceremony = nextCeremony(deciding);
	stepKey(deciding, keyId, signingStarted(keyId, hasThreshold));
	deciding.step('request', id, {type: 'signing.started'}, `${id} is not ordered`, 'operators');
	deciding.emit('operators', {
		type: 'ceremony-started',
		id: ceremony,
		kind: 'signing',
		turn: state.turn,
		request: id,
		parties: [...parties],
		epoch: key.epoch,
		message: request.payload,
	});
	for (const party of parties) deciding.step('party', party, {type: 'nonces.committed'}, `${party} draws no nonces`, 'operators');
	const session = sessionOf(deciding, ceremony, parties, key);
	const checks = checksOf(deciding);
	const sides: Record<string, SideState> = {
		[coordinatorId]: {
			kind: 'coordinating',
			memory: startCoordinating({
				session,
				identity: state.identities[coordinatorId]!,
				key,
				signers: [...parties],
				message: request.payload,
				checks,
			}),
		},
	};
	for (const party of parties) {
		const approved = request.approvals.find(approval => approval.party === party)?.binds;
		sides[party] = {
			kind: 'signing',
			memory: startSigning({
				session,
				me: party,
				identity: state.identities[party]!,
				keyShare: shares.get(party)!,
				checks,
				...(approved === undefined ? {} : {approved}),
			}),
		};
	}
	runSigning(deciding, ceremony, session, sides);
}

/** Control nonce-guard: a party whose memory was set back takes part in no signing before it has discarded its nonces. */
function passesGuard(deciding: Deciding, request: string, parties: readonly string[]): boolean {
	const failed = parties.map(party => guardNonces(deciding.state, party)).filter(({holds}) => !holds);
	for (const check of failed) {
		const {about: party} = check;
		// What its memory would draw next was drawn and shown before.
		deciding.offer('party', party, {type: 'nonces.committed'}, 'operators');
		const what = `${party} counts fewer draws than its module: its memory is an old copy`;
		deciding.tell(
			'operators',
			'result',
			party,
			`${what}. ${request} is not signed and stays approved; discard-nonces party=${party} first.`,
			check,
		);
		deciding.act('rounds', 'old memory', {level: 1, loud: true}, what);
	}
	if (failed.length > 0) deciding.step('request', request, {type: 'signing.cancelled'}, `the order for ${request} is gone`, 'operators');
	return failed.length === 0;
}

/** Goes on with a signing whose missing messages were only late. */
export function resumeSigning(deciding: Deciding, ceremony: CeremonyState): void {
	const {kept, request} = ceremony;
	if (!kept || kept.inFlight.length === 0 || request === undefined) return;
	// A party that is out neither gets what was late nor answers it: the ceremony goes on waiting. So it does after its deadline.
	if (!ceremony.parties.every(party => deciding.isReachable(party))) return;
	if (!deciding.can('request', request, {type: 'signing.resumed'})) return;
	const hasCommitments = ceremony.messages.some(({round}) => round >= 2) || kept.inFlight.some(({round}) => round >= 2);
	const {id: keyId, key} = keyFor(deciding.state, request);
	if (!deciding.can('protocol', keyId, {type: 'signing.resumed', hasCommitments})) return;
	stepKey(deciding, keyId, {type: 'signing.resumed', hasCommitments});
	deciding.step('request', request, {type: 'signing.resumed'}, `${request} does not wait`, 'operators');
	runSigning(
		deciding,
		ceremony.id,
		sessionOf(deciding, ceremony.id, ceremony.parties, key),
		kept.sides as Record<string, SideState>,
		kept.inFlight,
		hasCommitments,
	);
}

function runSigning(
	deciding: Deciding,
	id: string,
	session: Session,
	sides: Readonly<Record<string, SideState>>,
	inFlight: readonly Packet[] = [],
	hasCommitments = false,
): void {
	const held: Packet[] = [];
	const run = runCeremony({
		sides: {...sides},
		draw: drawOf(deciding, id),
		carry: carrier(deciding, session, held),
		inFlight: [...inFlight],
		closeRounds: false,
	});
	const ceremony = deciding.state.ceremonies.find(each => each.id === id)!;
	const {request = '', parties} = ceremony;
	const {id: keyId, key} = keyFor(deciding.state, request);
	record(deciding, id, run, ceremony.messages.length);
	noteNonces(deciding, id, run);
	const reached = hasCommitments || run.transits.some(({round}) => round >= 2);
	if (reached && !hasCommitments) stepKey(deciding, keyId, {type: 'signing.round.closed'});
	// Everybody waits for the coordinator while it waits for somebody: that one's message is what is missing.
	const silent = run.waitingFor.filter(member => member !== coordinatorId);
	const ended = {
		type: 'ceremony-ended' as const,
		id,
		waitingFor: silent,
		blamed: [...run.blame],
		checks: [...(run.checks[coordinatorId] ?? [])],
		reason: run.reason ?? '',
	};
	if (run.status === 'waiting') {
		deciding.emit('operators', {...ended, status: 'stalled'});
		deciding.emit('keeper', {type: 'sides-kept', ceremony: id, sides: run.sides as Record<string, SideState>, inFlight: held});
		stepKey(deciding, keyId, {type: 'signing.stalled'});
		deciding.step('request', request, {type: 'signing.stalled'}, `${request} is not being signed`, 'operators');
		deciding.tell(
			'operators',
			'result',
			'coordinator',
			`Signing ${request} (${id}) waits for ${silent.join(' and ')}: no message came. Nonces stay outstanding until you abort or retry.`,
		);
		deciding.act('rounds', 'silence', {level: 1, loud: false}, `signing of ${request} waits for ${silent.join(' and ')}`);
		return;
	}
	for (const party of parties) {
		const answered = run.transits.some(packet => packet.from === party && isPartial(packet));
		deciding.offer('party', party, {type: answered ? 'nonces.spent' : 'nonces.discarded', isLast: true}, 'operators');
	}
	if (run.status === 'aborted') {
		deciding.emit('operators', {...ended, status: 'aborted'});
		stepKey(deciding, keyId, {type: 'signing.aborted'});
		deciding.step('request', request, {type: 'signing.aborted'}, `${request} is not being signed`, 'operators');
		notePartials(deciding, id, run);
		spendApprovals(deciding, request);
		const blamed = [...new Set(run.blame.map(({member}) => member))];
		deciding.tell(
			'operators',
			'result',
			'coordinator',
			`Signing ${request} (${id}) was aborted, no output. ${blamed.length > 0 ? `Blamed: ${blamed.join(' and ')}. ` : ''}${run.reason ?? ''}`.trim(),
			run.blame[0]?.check ?? [...ended.checks, ...run.transits.flatMap(({checks}) => checks)].find(({holds}) => !holds),
		);
		for (const member of blamed)
			deciding.act(
				'rounds',
				'partial refused',
				{level: 1, loud: true},
				`the message of ${member} in the signing of ${request} failed its check`,
			);
		if (blamed.length === 0)
			deciding.act('rounds', 'signing failed', {level: 1, loud: false}, `the signing of ${request} gave no valid signature`);
		return;
	}
	deciding.emit('operators', {...ended, status: 'done'});
	stepKey(deciding, keyId, {type: 'signing.round.closed'});
	stepKey(deciding, keyId, {type: 'signing.completed'});
	deciding.step('request', request, {type: 'signing.completed'}, `${request} is not being signed`, 'operators');
	notePartials(deciding, id, run);
	const output = `o${deciding.state.counters.output + 1}`;
	deciding.emit('operators', {
		type: 'output-made',
		suite: deciding.game.suite,
		publicKey: key.publicKey,
		output: {
			id: output,
			request,
			ceremony: id,
			turn: deciding.state.turn,
			message: ceremony.message!,
			signature: signatureOf(run.sides[coordinatorId]!.memory),
			...publicKeyField(deciding.state, key),
			state: 'held',
			finalAt: 0,
			heldSince: 0,
			heldUntil: 0,
			announcedAt: 0,
		},
	});
	deciding.act('rounds', 'signing', {level: 1, loud: false}, `${parties.join(' and ')} signed ${request}`, {
		what: `${parties.join(' and ')} sign ${request}`,
		about: request,
		facts: [
			...keptFrom(1, {signers: parties.join(' '), time: deciding.state.turn, epoch: key.epoch}),
			...keptFrom(2, {'payload hash': digestOf(ceremony.message!)}),
		],
	});
}

/** Nonce commitments of a machine of which a copy exists, as it showed them; the coordinator's record has those of an earlier signing too. */
function noteNonces(deciding: Deciding, ceremony: string, run: CeremonyRun): void {
	for (const {from: party, round, wire} of run.transits) {
		const machine = deciding.state.parties[party];
		if (round !== 1 || (deciding.state.snapshots[party] === undefined && machine?.setBacks === undefined && !machine?.isStuck)) continue;
		const {hiding, binding} = parseEnvelope(wire)?.body ?? {};
		if (typeof hiding !== 'string' || typeof binding !== 'string') continue;
		const before = deciding.state.shownNonces.find(shown => shown.party === party && shown.hiding === hiding && shown.binding === binding);
		deciding.emit('keeper', {type: 'nonces-shown', shown: {party, ceremony, hiding, binding}});
		if (before !== undefined)
			deciding.act(
				'rounds',
				'repeated nonces',
				{level: 1, loud: true},
				`${party} showed the commitments D, E of ${before.ceremony} again in ${ceremony}`,
			);
	}
}

/** What the coordinator's checks said of each party's partial, where it checked. */
function notePartials(deciding: Deciding, id: string, run: CeremonyRun): void {
	const {parties} = deciding.state.ceremonies.find(each => each.id === id)!;
	for (const party of parties) {
		const check = run.checks[coordinatorId]?.findLast(each => each.about === party && each.name === 'verifyPartials');
		if (check) deciding.emit('operators', {type: 'party-noted', party, lastPartial: {turn: deciding.state.turn, ok: check.holds}});
	}
}

/** One-time approvals: a signing, failed or not, uses up what it was given. */
export function spendApprovals(deciding: Deciding, request: string): void {
	markUsed(deciding, request);
	if (!deciding.control('one-time-approvals')) return;
	deciding.emit('operators', {type: 'approvals-void', request});
	if (deciding.is('request', request, 'approved'))
		deciding.step('request', request, {type: 'approval.voided', hasQuorum: false}, `the approvals of ${request} stand`, 'operators');
}
