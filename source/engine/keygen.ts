/** Keygen, the prologue of every game: all parties make the key together, or a trusted dealer deals it. */
import {ROUND} from '../ceremony/dealing-state.js';
import {
	type CeremonyRun,
	keyShareOf,
	makeIdentity,
	runCeremony,
	type SideState,
	startDealer,
	startKeygen,
	startReceiver,
} from '../ceremony/index.js';
import {checksOf, drawOf, nextCeremony, record, sessionOf} from './ceremonies.js';
import {coordinatorId} from './deal.js';
import type {Deciding} from './deciding.js';
import {agreedKey} from './keys.js';
import {believed} from './lifecycle.js';
import {blind, carrier, heardBlame, implantedSides, rogues} from './line.js';
import {deposit} from './recovery.js';

/**
 * Makes the identities and the key. A keygen that is attacked and aborts is run again, once the machines that it names (all of them, where it names
 * nobody) are rebuilt: a vault opens with a key.
 */
export function runKeygen(deciding: Deciding): void {
	const {game} = deciding;
	const parties = game.deal.parties.filter(({holds}) => holds).map(({id}) => id);
	const identities = Object.fromEntries(
		[...game.deal.parties.map(({id}) => id), coordinatorId].map(id => [
			id,
			makeIdentity(label => game.draws.bytes(`identity/${id}/${label}`), game.suite),
		]),
	);
	deciding.emit('keeper', {type: 'identities', identities});
	const first = attempt(deciding, parties);
	const {run, id} = first;
	if (deciding.state.standing.length > 0) deciding.emit('attackers', {type: 'standing-lapsed'});
	if (run.status === 'done') {
		store(deciding, parties, first);
		return;
	}
	const blamed = [...new Set(run.blame.map(({member}) => member))];
	const rebuilt = blamed.length > 0 ? blamed : parties;
	for (const machine of rebuilt) deciding.emit('keeper', {type: 'foothold', machine, set: {}, cleared: true});
	deciding.tell(
		'operators',
		'result',
		'keygen',
		`The first keygen (${id}) was aborted: ${run.reason ?? 'a message was missing'}. ${rebuilt.join(' and ')} ${rebuilt.length > 1 ? 'were' : 'was'} rebuilt, and the key made anew.`,
		run.blame[0]?.check,
	);
	for (const member of blamed)
		deciding.act('rounds', 'deal refused', {level: 1, loud: true}, `a message of ${member} in keygen failed its check`);
	const again = attempt(deciding, parties);
	if (again.run.status !== 'done') throw new Error(`keygen ended without a key: ${again.run.reason ?? again.run.status}`);
	store(deciding, parties, again);
}

interface Attempt {
	readonly run: CeremonyRun;
	readonly id: string;
}

function attempt(deciding: Deciding, parties: readonly string[]): Attempt {
	const {identities} = deciding.state;
	const id = nextCeremony(deciding);
	const hasDealer = deciding.game.scenario.keygen === 'dealer';
	deciding.step('protocol', '', {type: 'keygen.started', isEveryoneReachable: true, hasDealer}, 'a key exists already', 'operators');
	deciding.emit('operators', {type: 'ceremony-started', id, kind: 'keygen', turn: 0, parties: [...parties], epoch: 1});
	const session = sessionOf(deciding, id, parties);
	const checks = checksOf(deciding);
	const sides: Record<string, SideState> = {};
	for (const party of parties) {
		const own = rogues(deciding).includes(party) ? {...checks, ...blind} : checks;
		const start = {session, me: party, identity: identities[party]!, checks: own};
		sides[party] = hasDealer ? {kind: 'receiver', memory: startReceiver(start)} : {kind: 'keygen', memory: startKeygen(start)};
	}
	if (hasDealer) sides[coordinatorId] = {kind: 'dealer', memory: startDealer({session, identity: identities[coordinatorId]!, checks})};
	const carried = runCeremony({
		sides: implantedSides(deciding, sides),
		draw: drawOf(deciding, id),
		carry: carrier(deciding, session, [], 'keygen'),
		closeRounds: true,
	});
	const run = {...carried, blame: heardBlame(deciding, carried)};
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
	// A round is closed when everybody speaks in the next. An abort comes in the round that showed the fault.
	const next = {committing: ROUND.echo, echoing: ROUND.values, dealing: ROUND.verdict};
	const rounds = hasDealer ? (['dealing'] as const) : (['committing', 'echoing', 'dealing'] as const);
	const closed = rounds.filter(name => parties.every(id => run.transits.some(({from, round}) => from === id && round === next[name])));
	for (const round of closed) deciding.step('protocol', '', {type: 'keygen.round.closed'}, `keygen was not ${round}`, 'operators');
	const ended = run.status === 'done' ? ({type: 'keygen.completed'} as const) : ({type: 'keygen.aborted'} as const);
	deciding.step('protocol', '', ended, 'keygen was not under way', 'operators');
	return {run, id};
}

function store(deciding: Deciding, parties: readonly string[], {run, id}: Attempt): void {
	const session = sessionOf(deciding, id, parties);
	const made = parties.map(party => believed(keyShareOf(run.sides[party]!.memory), session));
	for (const [n, party] of parties.entries()) {
		const keyShare = made[n]!;
		deciding.emit('keeper', {type: 'share-stored', party, keyShare});
		deciding.step('party', party, {type: 'share.received', isMember: true}, `${party} takes no share`, 'operators');
		if (party === parties[0]) deciding.emit('public', {type: 'key-made', key: agreedKey(made)});
	}
	for (const party of parties) deposit(deciding, party);
}
