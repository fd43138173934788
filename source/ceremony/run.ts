/** The driver: it carries packets between sides one at a time, in a fixed order, and knows nothing of what is in them. */
import type {Blame, CeremonyRun, Check, Draw, Packet, Side, SideKind, SideState, Status, Step, Transit} from './api.js';
import {computingSide} from './computation.js';
import {triplesSide} from './computation-dealer.js';
import {coordinatingSide} from './coordinating.js';
import {dealingSide} from './dealing.js';
import {signingSide} from './signing.js';

const SIDES: Readonly<Record<SideKind, Side>> = {
	keygen: dealingSide,
	dealer: dealingSide,
	receiver: dealingSide,
	refresh: dealingSide,
	reshare: dealingSide,
	repair: dealingSide,
	signing: signingSide,
	coordinating: coordinatingSide,
	computing: computingSide,
	triples: triplesSide,
};

export function sideOf(kind: SideKind): Side {
	return SIDES[kind];
}

interface Party {
	readonly kind: SideKind;
	step: Step;
	readonly learned: {round: number; what: string}[];
	readonly checks: Check[];
}

/**
 * Runs a ceremony until nothing is under way. Sides open in the order of their ids; packets are delivered first in, first out. Between any two
 * messages a side exists only as its memory's text. With `closeRounds`, whoever still waits then has its round closed, until nobody waits.
 */
export function runCeremony(options: {
	readonly sides: Readonly<Record<string, SideState>>;
	readonly draw: (member: string) => Draw;
	/** The network: [] drops the packet, a changed wire tampers with it, several deliver several. */
	readonly carry?: (packet: Packet) => readonly Packet[];
	/** Packets of an earlier run that arrive now, before all others. */
	readonly inFlight?: readonly Packet[];
	readonly closeRounds: boolean;
}): CeremonyRun {
	const {sides, draw, carry = packet => [packet], inFlight = [], closeRounds} = options;
	const ids = Object.keys(sides).sort();
	const parties = new Map<string, Party>();
	const transits: Transit[] = [];
	const queue: Packet[] = [];
	const late: Packet[] = [];

	const pass = (
		{from, to, round, wire, carries}: Packet,
		delivered: boolean,
		checks: readonly Check[],
		learned: readonly string[],
	): void => {
		transits.push({from, to, round, wire, carries, n: transits.length + 1, delivered, checks, learned});
	};
	const note = (party: Party, step: Step, round: number): void => {
		party.step = step;
		party.checks.push(...step.checks);
		party.learned.push(...step.learned.map(what => ({round, what})));
		for (const packet of step.send) send(packet);
	};
	const send = (packet: Packet): void => {
		const carried = carry(packet);
		if (carried.length === 0) pass(packet, false, [], []);
		// What arrives now may be a packet that was held back, or sent once more: it keeps its sender.
		queue.push(...carried);
	};
	const deliver = (packet: Packet): void => {
		const party = parties.get(packet.to);
		if (party === undefined) {
			pass(packet, false, [], []);
			return;
		}
		const step = SIDES[party.kind].receive(party.step.memory, packet.wire, draw(packet.to));
		pass(packet, true, step.checks, step.learned);
		note(party, step, packet.round);
	};

	late.push(...inFlight);
	for (const id of ids) {
		const {kind, memory} = sides[id] as SideState;
		const step = SIDES[kind].open(memory, draw(id));
		const party: Party = {kind, step, learned: [], checks: []};
		parties.set(id, party);
		note(party, step, 0);
	}
	for (const packet of late) deliver(packet);
	for (;;) {
		for (let packet = queue.shift(); packet !== undefined; packet = queue.shift()) deliver(packet);
		const open = ids.filter(id => parties.get(id)?.step.status === 'waiting');
		if (!closeRounds || open.length === 0) break;
		for (const id of open) {
			const party = parties.get(id);
			if (party !== undefined) note(party, SIDES[party.kind].close(party.step.memory, draw(id)), lastRound(transits, id));
		}
	}
	return outcome(ids, parties, transits);
}

/** The round of the last packet that a member got or sent: where its round was closed. */
function lastRound(transits: readonly Transit[], id: string): number {
	return transits.findLast(({from, to}) => from === id || to === id)?.round ?? 1;
}

function outcome(ids: readonly string[], parties: ReadonlyMap<string, Party>, transits: readonly Transit[]): CeremonyRun {
	const list = ids.map(id => ({id, ...(parties.get(id) as Party)}));
	const steps = list.map(({step}) => step);
	const aborted = steps.filter(step => step.status === 'aborted');
	const waiting = steps.some(step => step.status === 'waiting');
	const status: Status = aborted.length > 0 ? 'aborted' : waiting ? 'waiting' : 'done';
	// A reason that names somebody says more than one of a side that only heard nothing any more.
	const reason = (aborted.find(step => step.blame.length > 0) ?? aborted[0] ?? steps.find(step => step.reason !== undefined))?.reason;
	const blame = new Map<string, Blame>();
	for (const found of steps.flatMap(step => step.blame)) {
		const key = `${found.member} ${found.check.name}`;
		if (!blame.has(key)) blame.set(key, found);
	}
	return {
		sides: Object.fromEntries(list.map(({id, kind, step}) => [id, {kind, memory: step.memory}])),
		transits,
		status,
		waitingFor: [...new Set(steps.flatMap(step => step.waitingFor))].sort(),
		blame: [...blame.values()],
		...(reason === undefined ? {} : {reason}),
		learned: Object.fromEntries(list.map(({id, learned}) => [id, learned])),
		checks: Object.fromEntries(list.map(({id, checks}) => [id, checks])),
	};
}
