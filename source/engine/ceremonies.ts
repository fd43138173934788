/**
 * Runs ceremonies on real bytes: makes the sides, carries their packets through the attackers' standing orders, and
 * writes down what came of it. Truth is in the checks that sides make; nothing here decides whether an attack worked.
 */
import {
	type CeremonyRun,
	type Checks,
	corruptPartial,
	keyShareOf,
	type Member,
	makeIdentity,
	type Packet,
	runCeremony,
	type Session,
	type SideState,
	signatureOf,
	startCoordinating,
	startDealer,
	startKeygen,
	startReceiver,
	startSigning,
} from '../ceremony/index.js';
import {coordinatorId} from './deal.js';
import type {Deciding} from './deciding.js';
import type {CeremonyState, MessageRecord, Order} from './state.js';

/** The checks of a ceremony that are controls here; a control that is off takes the call away. */
function checksOf(deciding: Deciding): Checks {
	return {
		proofOfPossession: deciding.control('proof-of-possession'),
		echo: deciding.control('echo-broadcast'),
		feldman: deciding.control('feldman-check'),
		verifyPartials: deciding.control('verify-partials'),
	};
}

function memberOf(deciding: Deciding, id: string, index: number): Member {
	const identity = deciding.state.identities[id]!;
	return {id, index, signing: identity.signing.public, sealing: identity.sealing.public};
}

function sessionOf(deciding: Deciding, id: string, parties: readonly string[]): Session {
	const {game, state} = deciding;
	const members = game.deal.parties.filter(party => parties.includes(party.id)).map(party => memberOf(deciding, party.id, party.index));
	return {
		id,
		suite: game.suite,
		vault: game.scenario.id,
		epoch: state.key?.epoch ?? 1,
		threshold: game.scenario.threshold,
		members,
		coordinator: memberOf(deciding, coordinatorId, 0),
		sealed: deciding.control('sealed-transport'),
	};
}

/** Draws of one member in one ceremony. The ceremony's number never repeats, so neither does a nonce. */
function drawOf(deciding: Deciding, ceremony: string) {
	return (member: string) => (label: string) => deciding.game.draws.bytes(`ceremony/${ceremony}/${member}/${label}`);
}

function record(deciding: Deciding, ceremony: string, run: CeremonyRun, from: number): void {
	for (const transit of run.transits) {
		const {wire, n, round, carries, delivered, checks, learned, to} = transit;
		const message: MessageRecord = {n: from + n, round, from: transit.from, to, carries, delivered, checks, learned};
		// The bytes of a sealed or public message may be read by whoever keeps the operators' record; a private body in plain may not.
		const isPrivate = carries.startsWith('value') && !deciding.control('sealed-transport');
		deciding.emit(isPrivate ? 'keeper' : 'operators', {type: 'message', ceremony, record: message, wire});
	}
}

function nextCeremony(deciding: Deciding): string {
	return `c${deciding.state.counters.ceremony + 1}`;
}

/** Keygen: the prologue of every game. All parties make the key together, or a trusted dealer deals it. */
export function runKeygen(deciding: Deciding): void {
	const {game} = deciding;
	const parties = game.deal.parties.map(({id}) => id);
	const identities = Object.fromEntries(
		[...parties, coordinatorId].map(id => [id, makeIdentity(label => game.draws.bytes(`identity/${id}/${label}`))]),
	);
	deciding.emit('keeper', {type: 'identities', identities});
	const id = nextCeremony(deciding);
	const hasDealer = game.scenario.keygen === 'dealer';
	deciding.step('protocol', '', {type: 'keygen.started', isEveryoneReachable: true, hasDealer}, 'a key exists already', 'operators');
	deciding.emit('operators', {type: 'ceremony-started', id, kind: 'keygen', turn: 0, parties, epoch: 1});
	const session = sessionOf(deciding, id, parties);
	const checks = checksOf(deciding);
	const sides: Record<string, SideState> = {};
	for (const party of parties) {
		const start = {session, me: party, identity: identities[party]!, checks};
		sides[party] = hasDealer ? {kind: 'receiver', memory: startReceiver(start)} : {kind: 'keygen', memory: startKeygen(start)};
	}
	if (hasDealer) sides[coordinatorId] = {kind: 'dealer', memory: startDealer({session, identity: identities[coordinatorId]!, checks})};
	const run = runCeremony({sides, draw: drawOf(deciding, id), carry: packet => [packet], closeRounds: true});
	record(deciding, id, run, 0);
	deciding.emit('operators', {
		type: 'ceremony-ended',
		id,
		status: run.status === 'done' ? 'done' : 'aborted',
		waitingFor: [...run.waitingFor],
		blamed: [...run.blame],
		checks: [],
		reason: run.reason ?? '',
	});
	if (run.status !== 'done') throw new Error(`keygen ended without a key: ${run.reason ?? run.status}`);
	for (const round of hasDealer ? ['dealing'] : ['committing', 'echoing', 'dealing'])
		deciding.step('protocol', '', {type: 'keygen.round.closed'}, `keygen was not ${round}`, 'operators');
	deciding.step('protocol', '', {type: 'keygen.completed'}, 'keygen was not finished', 'operators');
	for (const party of parties) {
		const keyShare = keyShareOf(run.sides[party]!.memory);
		deciding.emit('keeper', {type: 'share-stored', party, keyShare});
		deciding.step('party', party, {type: 'share.received', isMember: true}, `${party} takes no share`, 'operators');
		if (party === parties[0]) {
			const {share: _share, index: _index, ...key} = keyShare;
			deciding.emit('public', {type: 'key-made', key});
		}
	}
}

/** The way of a packet through the attackers' standing orders of this turn. */
function carrier(deciding: Deciding, session: Session, held: Packet[]): (packet: Packet) => Packet[] {
	const {footholds} = deciding.state;
	const standing = (verb: string, party: string) => deciding.state.standing.some(order => order.verb === verb && order.party === party);
	// Whoever was rebuilt or inspected since the order was given is out of their reach.
	const isOnLink = (verb: string, party: string) => standing(verb, party) && footholds[party]?.link === true;
	return packet => {
		const ends = [packet.from, packet.to];
		if (ends.some(end => isOnLink('drop', end))) return [];
		if (ends.some(end => isOnLink('delay', end))) {
			held.push(packet);
			return [];
		}
		const hasImplant = footholds[packet.from]?.implantSince !== undefined;
		if (standing('corrupt-partial', packet.from) && hasImplant && isPartial(packet)) {
			// The implant has the machine's identity key: it changes the scalar and signs the envelope like the machine would.
			return [{...packet, wire: corruptPartial({session, identity: deciding.state.identities[packet.from]!, wire: packet.wire})}];
		}
		return [packet];
	};
}

function isPartial(packet: Packet): boolean {
	return packet.carries.startsWith('partial');
}

/** Starts the signing that an order asks for. What can't start any more is reported and its request stays approved. */
export function startSigningOf(deciding: Deciding, order: Order): void {
	const {state} = deciding;
	const {request: id, parties} = order;
	const hasThreshold = parties.every(party => deciding.isReachable(party));
	if (!deciding.can('protocol', '', {type: 'signing.started', hasThreshold})) {
		deciding.step('request', id, {type: 'signing.cancelled'}, `the order for ${id} is gone`, 'operators');
		deciding.tell(
			'operators',
			'result',
			'coordinator',
			`The signing of ${id} did not start: ${hasThreshold ? 'the key is frozen or busy' : 'a party it names is out'}. It stays approved.`,
		);
		return;
	}
	const request = deciding.request(id);
	const ceremony = nextCeremony(deciding);
	deciding.step('protocol', '', {type: 'signing.started', hasThreshold}, 'the key is busy', 'operators');
	deciding.step('request', id, {type: 'signing.started'}, `${id} is not ordered`, 'operators');
	deciding.emit('operators', {
		type: 'ceremony-started',
		id: ceremony,
		kind: 'signing',
		turn: state.turn,
		request: id,
		parties: [...parties],
		epoch: state.key!.epoch,
		message: request.payload,
	});
	for (const party of parties) deciding.step('party', party, {type: 'nonces.committed'}, `${party} draws no nonces`, 'operators');
	const session = sessionOf(deciding, ceremony, parties);
	const checks = checksOf(deciding);
	const {share: _share, index: _index, ...key} = deciding.party(parties[0]!).keyShare!;
	const sides: Record<string, SideState> = {
		[coordinatorId]: {
			kind: 'coordinating',
			memory: startCoordinating({
				session,
				identity: state.identities[coordinatorId]!,
				key: {...key, ...state.key},
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
				keyShare: deciding.party(party).keyShare!,
				checks,
				...(approved === undefined ? {} : {approved}),
			}),
		};
	}
	runSigning(deciding, ceremony, session, sides);
}

/** Goes on with a signing whose missing messages were only late. */
export function resumeSigning(deciding: Deciding, ceremony: CeremonyState): void {
	const {kept, request} = ceremony;
	if (!kept || kept.inFlight.length === 0 || request === undefined) return;
	// A party that is out neither gets what was late nor answers it: the ceremony goes on waiting. So it does after its deadline.
	if (!ceremony.parties.every(party => deciding.isReachable(party))) return;
	if (!deciding.can('request', request, {type: 'signing.resumed'})) return;
	const hasCommitments = ceremony.messages.some(({round}) => round >= 2) || kept.inFlight.some(({round}) => round >= 2);
	if (!deciding.can('protocol', '', {type: 'signing.resumed', hasCommitments})) return;
	deciding.step('protocol', '', {type: 'signing.resumed', hasCommitments}, '', 'operators');
	deciding.step('request', request, {type: 'signing.resumed'}, `${request} does not wait`, 'operators');
	runSigning(
		deciding,
		ceremony.id,
		sessionOf(deciding, ceremony.id, ceremony.parties),
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
	record(deciding, id, run, ceremony.messages.length);
	const reached = hasCommitments || run.transits.some(({round}) => round >= 2);
	if (reached && !hasCommitments) deciding.step('protocol', '', {type: 'signing.round.closed'}, 'round one is not open', 'operators');
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
		deciding.step('protocol', '', {type: 'signing.stalled'}, 'signing is not under way', 'operators');
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
		deciding.step('protocol', '', {type: 'signing.aborted'}, 'signing is not under way', 'operators');
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
	deciding.step('protocol', '', {type: 'signing.round.closed'}, 'round two is not open', 'operators');
	deciding.step('protocol', '', {type: 'signing.completed'}, 'signing is not under way', 'operators');
	deciding.step('request', request, {type: 'signing.completed'}, `${request} is not being signed`, 'operators');
	notePartials(deciding, id, run);
	const output = `o${deciding.state.counters.output + 1}`;
	deciding.emit('operators', {
		type: 'output-made',
		suite: deciding.game.suite,
		publicKey: deciding.state.key!.publicKey,
		output: {
			id: output,
			request,
			ceremony: id,
			turn: deciding.state.turn,
			message: ceremony.message!,
			signature: signatureOf(run.sides[coordinatorId]!.memory),
			state: 'held',
			finalAt: 0,
			heldSince: 0,
			heldUntil: 0,
			announcedAt: 0,
		},
	});
	deciding.act('rounds', 'signing', {level: 1, loud: false}, `${parties.join(' and ')} signed ${request}`, {
		what: `${parties.join(' and ')} sign ${request}`,
		needs: ['signers', 'time', 'payload hash'],
		kept: [
			...(deciding.state.logging.rounds >= 1 ? ['signers', 'time'] : []),
			...(deciding.state.logging.rounds >= 2 ? ['payload hash'] : []),
		],
	});
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
	if (!deciding.control('one-time-approvals')) return;
	deciding.emit('operators', {type: 'approvals-void', request});
	if (deciding.is('request', request, 'approved'))
		deciding.step('request', request, {type: 'approval.voided', hasQuorum: false}, `the approvals of ${request} stand`, 'operators');
}
