/** The way of a packet from one machine to another, through the attackers' standing orders of this turn. */
import {raiseThreshold} from '../ceremony/attacks/messages.js';
import {rogueKey} from '../ceremony/attacks/rogue-key.js';
import {
	type Blame,
	type CeremonyRun,
	type Checks,
	corruptPartial,
	corruptValue,
	equivocate,
	type Packet,
	type Session,
	type SideState,
} from '../ceremony/index.js';
import {readMemory} from '../ceremony/memory.js';
import {network, tamperField} from '../ceremony/network.js';
import {scalarFromBytes, scalarHex} from '../sharing/scalars.js';
import {suiteOf} from '../sharing/suites.js';
import type {Deciding} from './deciding.js';
import type {CeremonyState, StandingOrder} from './state.js';

/** What an implant of somebody who wants a rogue key checks: nothing that others do, or its own machine would complain. */
export const blind: Checks = {proofOfPossession: false, feldman: false, echo: false, subgroup: false};

type Carry = (packet: Packet) => Packet[];

export function isPartial(packet: Packet): boolean {
	return packet.carries.startsWith('partial');
}

/** Machines whose implant plays a rogue dealer's game in this ceremony: it minds nothing that the others do. */
export function rogues(deciding: Deciding): readonly string[] {
	const orders = deciding.state.standing.filter(({verb, party}) => verb === 'rogue-key' && hasImplant(deciding, party));
	return orders.length === 0 ? [] : Object.keys(deciding.state.parties).filter(party => hasImplant(deciding, party));
}

/** Implanted dealers of one coefficient too many. */
function raisers(deciding: Deciding): string[] {
	const orders = deciding.state.standing.filter(({verb, party}) => verb === 'extra-coefficient' && hasImplant(deciding, party));
	return orders.map(({party}) => party);
}

/** The sides of a ceremony as they start: an implanted dealer that is told so believes in one coefficient more than all others. */
export function implantedSides(deciding: Deciding, sides: Readonly<Record<string, SideState>>): Record<string, SideState> {
	const started = {...sides};
	for (const party of raisers(deciding)) {
		const side = sides[party];
		if (side && dealing.includes(side.kind)) started[party] = {...side, memory: raiseThreshold(side.memory)};
	}
	return started;
}

/** Whom a run blames: what a side says that was made to believe in another threshold counts where another side says it too. */
export function heardBlame(deciding: Deciding, {sides, blame}: Pick<CeremonyRun, 'sides' | 'blame'>): Blame[] {
	const deaf = raisers(deciding);
	if (deaf.length === 0) return [...blame];
	const words = Object.entries(sides).flatMap(([id, {memory}]) => (deaf.includes(id) ? [] : readMemory(memory).blame));
	return blame.filter(({member, check}) => words.some(word => word.member === member && word.check.name === check.name));
}

/** Sides that deal a polynomial. */
const dealing: readonly SideState['kind'][] = ['keygen', 'refresh', 'reshare'];

function hasImplant(deciding: Deciding, machine: string): boolean {
	return deciding.state.footholds[machine]?.implantSince !== undefined;
}

/**
 * The line of one ceremony, as `carry` of its run. An implant changes what its machine sends and signs it as the machine would; whoever is on a link
 * records, replays, loses or keeps back what passes. Packets kept back are put into `held`.
 */
export function carrier(deciding: Deciding, session: Session, held: Packet[], kind: CeremonyState['kind'] = 'signing'): Carry {
	const {state} = deciding;
	const rogue = kind === 'signing' ? undefined : rogueLine(deciding, session);
	const isDealt = ['keygen', 'refresh', 'reshare', 'rotation'].includes(kind);
	const isKeyMade = kind === 'keygen' || kind === 'rotation';
	const replays = state.standing.filter(({verb}) => verb === 'replay-message');
	const replayed = new Set<StandingOrder>();
	const isOrdered = (verb: string, party: string) => deciding.state.standing.some(order => order.verb === verb && order.party === party);
	const isLost = (party: string, round: number) =>
		deciding.state.standing.some(order => order.verb === 'drop' && order.party === party && round >= (order.round ?? 0));
	// Whoever was rebuilt or inspected since the order was given is out of their reach.
	const isOnLink = (verb: string, party: string) => isOrdered(verb, party) && state.footholds[party]?.link === true;
	const implanted = (verb: string, party: string) => isOrdered(verb, party) && hasImplant(deciding, party);

	const sent = (packet: Packet): Packet => {
		const {from, to, wire} = packet;
		const identity = state.identities[from];
		if (identity === undefined) return packet;
		// The implant has the machine's identity key: it changes a body and signs the envelope like the machine would.
		if (implanted('corrupt-partial', from) && isPartial(packet)) return {...packet, wire: corruptPartial({session, identity, wire})};
		if (!isDealt) return packet;
		if (implanted('corrupt-deal', from)) return {...packet, wire: corruptValue({session, identity, wire})};
		if (implanted('equivocate', from) && to === otherReader(session, from))
			return {...packet, wire: equivocate({session, identity, wire, receiver: to, by: 1n})};
		return packet;
	};
	// Commitments are published: to deal them again they need not even be on the line.
	const published = new Set<string>();
	const isPublished = ({from, round}: Packet) => {
		const isNew = round === 1 && isKeyMade && state.knownGenerators.includes(from) && !published.has(from);
		if (isNew) published.add(from);
		return isNew;
	};
	const heard = (packet: Packet): void => {
		const reads = (end: string) => isOnLink('eavesdrop', end) || (hasImplant(deciding, end) && state.snapshots[end] !== undefined);
		if (!reads(packet.from) && !reads(packet.to) && !isPublished(packet)) return;
		const {from, to, round, carries, wire} = packet;
		const {turn, recorded} = deciding.state;
		const place = {turn, ceremony: session.id, kind, epoch: session.epoch};
		deciding.emit('attackers', {type: 'recorded', recording: {id: `m${recorded.length + 1}`, ...place, round, from, to, carries, wire}});
	};
	/** Recordings that arrive ahead of the message that they are like. */
	const again = (packet: Packet): Packet[] =>
		replays.flatMap(order => {
			const recording = state.recorded.find(({id}) => id === order.message);
			if (recording === undefined || replayed.has(order) || state.footholds[order.party]?.link !== true) return [];
			const {from, to, round, carries, wire} = recording;
			if (from !== packet.from || to !== packet.to || round !== packet.round) return [];
			replayed.add(order);
			const what = `an old message of ${from} (${carries}) arrived once more in ${session.id}`;
			deciding.act('rounds', 'repeated message', {level: 2, loud: false}, what);
			return [{from, to, round, wire, carries: `${carries}, once more`}];
		});
	/** Whoever is on a link changes bytes there, and has no key to sign them with. */
	const touched = (packet: Packet): Packet => {
		const order = deciding.state.standing.find(({verb, party}) => verb === 'tamper' && party === packet.from);
		if (order === undefined || !isOnLink('tamper', packet.from)) return packet;
		const [changed] = network({tamper: tamperField({}, ['body', order.field ?? 'z'], otherText)}).carry(packet);
		return changed ?? packet;
	};
	/** A cut between two sides, at the links of the named side. */
	const isCut = ({from, to, round: at}: Packet) =>
		state.standing.some(({verb, parties = [], round = 0}) => {
			const inside = [from, to].filter(end => parties.includes(end));
			return verb === 'partition' && at >= round && inside.length === 1 && state.footholds[inside[0]!]?.link === true;
		});
	const passed = (sent: Packet): Packet[] => {
		heard(sent);
		const packet = touched(sent);
		const ends = [packet.from, packet.to];
		const before = again(packet);
		if (isCut(packet)) return before;
		if (ends.some(end => isOnLink('drop', end) && isLost(end, packet.round))) return before;
		if (ends.some(end => isOnLink('delay', end))) {
			held.push(packet);
			return before;
		}
		return [...before, packet];
	};
	return packet => {
		deciding.watch?.({ceremony: session.id, kind, round: packet.round});
		return (rogue?.(packet) ?? [packet]).flatMap(each => passed(sent(each)));
	};
}

/** Another text of the same length: one bit of a number or point, of the first one in a list. What is no such text stays. */
function otherText(value: unknown): unknown {
	if (Array.isArray(value)) return [otherText(value[0]), ...value.slice(1)];
	if (typeof value !== 'string' || !/^[0-9a-f]{10,}$/.test(value)) return value;
	return `${value.slice(0, 8)}${(Number.parseInt(value[8]!, 16) ^ 1).toString(16)}${value.slice(9)}`;
}

/** The receiver to whom an equivocating dealer shows its other polynomial: the last of the others. */
function otherReader({members}: Session, dealer: string): string | undefined {
	return members.findLast(({id}) => id !== dealer)?.id;
}

/** A rogue dealer's machine speaks last. The key that it wants is drawn, and remembered: whether it is the one that came out, an equation says. */
function rogueLine(deciding: Deciding, session: Session): Carry | undefined {
	const order = deciding.state.standing.find(({verb, party}) => verb === 'rogue-key' && hasImplant(deciding, party));
	const identity = order && deciding.state.identities[order.party];
	if (order === undefined || identity === undefined || !session.members.some(({id}) => id === order.party)) return undefined;
	// One key a turn: a rotation's tombstone is signed in a ceremony of its own.
	if (deciding.state.rogueKey?.turn === deciding.state.turn) return undefined;
	const rogue = order.party;
	const suite = suiteOf(session.suite);
	const draw = (label: string) => deciding.game.draws.bytes(`rogue/${session.id}/${label}`);
	const x = scalarHex(suite, scalarFromBytes(suite.scalars, draw('x')));
	deciding.emit('attackers', {type: 'rogue-key-chosen', party: rogue, turn: deciding.state.turn, x});
	const colluders = rogues(deciding).filter(party => party !== rogue);
	const {carry} = network({rogue: rogueKey({session, identity, rogue, colluders, x, draw})});
	return packet => [...carry(packet)];
}
