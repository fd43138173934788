/**
 * The network between parties: what happens to a packet on its way. A hop is a pure function of its own state and one packet; hops stand in a row,
 * and the row is what `runCeremony` takes as `carry`. Nobody on the way has a key: what a hop can do is what somebody on the line can do.
 */
import type {Packet} from './api.js';
import {canonical} from './canonical.js';
import {type Body, parseEnvelope} from './envelope.js';
import {isSealed} from './seal.js';

/** Which packets a hop acts on; what is not named is any. */
export interface Match {
	readonly from?: readonly string[];
	readonly to?: readonly string[];
	readonly round?: readonly number[];
}

export function matches({from, to, round}: Match, packet: Packet): boolean {
	return (from?.includes(packet.from) ?? true) && (to?.includes(packet.to) ?? true) && (round?.includes(packet.round) ?? true);
}

export interface Hop<State = unknown> {
	/** Plain JSON, so that a game can keep it between turns. */
	readonly start: State;
	pass(state: State, packet: Packet): {readonly state: State; readonly packets: readonly Packet[]};
}

/** Whatever comes goes on. */
export function deliver(): Hop<null> {
	return {start: null, pass: (state, packet) => ({state, packets: [packet]})};
}

export function drop(match: Match): Hop<null> {
	return {start: null, pass: (state, packet) => ({state, packets: matches(match, packet) ? [] : [packet]})};
}

/** Only members of one group reach each other; who is in no group reaches nobody. */
export function partition(groups: readonly (readonly string[])[]): Hop<null> {
	const joined = ({from, to}: Packet) => groups.some(group => group.includes(from) && group.includes(to));
	return {start: null, pass: (state, packet) => ({state, packets: joined(packet) ? [packet] : []})};
}

export interface Late {
	readonly packet: Packet;
	/** The turn in which it arrives. */
	readonly due: number;
}

/** Packets that arrive `turns` later than `now`. They are given to a later run as `inFlight`: see `dueBy`. */
export function delay(options: {
	readonly match: Match;
	readonly now: number;
	readonly turns: number;
	readonly late?: readonly Late[];
}): Hop<readonly Late[]> {
	const {match, now, turns, late = []} = options;
	return {
		start: late,
		pass: (state, packet) =>
			matches(match, packet) ? {state: [...state, {packet, due: now + turns}], packets: []} : {state, packets: [packet]},
	};
}

/** What arrives in this turn, and what is still under way. */
export function dueBy(late: readonly Late[], now: number): {readonly arriving: readonly Packet[]; readonly late: readonly Late[]} {
	return {
		arriving: late.filter(({due}) => due <= now).map(({packet}) => packet),
		late: late.filter(({due}) => due > now),
	};
}

/** A message as somebody on the line reads it: sealed bodies stay closed. */
export interface Heard {
	readonly packet: Packet;
	readonly body?: Body;
}

/** Records what passes, and reads what is not sealed. */
export function eavesdrop(match: Match = {}): Hop<readonly Heard[]> {
	return {
		start: [],
		pass: (state, packet) => {
			if (!matches(match, packet)) return {state, packets: [packet]};
			const body = parseEnvelope(packet.wire)?.body;
			const readable = body !== undefined && !isSealed(body) ? {body} : {};
			return {state: [...state, {packet, ...readable}], packets: [packet]};
		},
	};
}

/** Packets that were recorded before (or made up) arrive once, ahead of the first packet that matches. */
export function replay({
	recorded,
	ahead = {},
}: {
	readonly recorded: readonly Packet[];
	readonly ahead?: Match;
}): Hop<{readonly sent: boolean}> {
	return {
		start: {sent: false},
		pass: (state, packet) =>
			state.sent || !matches(ahead, packet) ? {state, packets: [packet]} : {state: {sent: true}, packets: [...recorded, packet]},
	};
}

/** Other bytes in place of a packet's own: of an implant at the sender, who can sign, or of somebody on the line, who cannot. */
export function tamper(match: Match, change: (wire: string, packet: Packet) => string): Hop<null> {
	return {
		start: null,
		pass: (state, packet) => ({state, packets: [matches(match, packet) ? {...packet, wire: change(packet.wire, packet)} : packet]}),
	};
}

/**
 * One field of an envelope, by its path (`['body', 'z']`), overwritten on the line. The envelope stays canonical and its tag stays what it was, so
 * it counts as received only where nobody checks tags. Wires without that field pass unchanged.
 */
export function tamperField(match: Match, path: readonly string[], change: (value: unknown) => unknown): Hop<null> {
	const into = (value: unknown, [name, ...rest]: readonly string[]): unknown => {
		if (name === undefined) return change(value);
		if (typeof value !== 'object' || value === null || !(name in value)) return value;
		if (Array.isArray(value)) return value.map((item, k) => (String(k) === name ? into(item, rest) : item));
		return {...value, [name]: into((value as Record<string, unknown>)[name], rest)};
	};
	return tamper(match, wire => {
		const envelope = parseEnvelope(wire);
		return envelope === undefined ? wire : canonical(into(envelope, path));
	});
}

export interface Rushed {
	readonly held: readonly Packet[];
	/** All that has passed, what was let go included. */
	readonly heard: readonly Packet[];
}

/**
 * Holds what matches until all of `until` have passed (by sender, receiver and round), then lets it go with what it has become: a party that speaks
 * last, after it has read the others.
 */
export function rush(options: {
	readonly match: Match;
	/** Packets that must have passed: `from to round`. */
	readonly until: readonly string[];
	readonly change: (held: Packet, heard: readonly Packet[]) => Packet;
}): Hop<Rushed> {
	const {match, until, change} = options;
	const complete = (heard: readonly Packet[]) => until.every(key => heard.some(({from, to, round}) => key === `${from} ${to} ${round}`));
	return {
		start: {held: [], heard: []},
		pass: ({held, heard}, packet) => {
			const holds = matches(match, packet);
			const waiting = holds ? [...held, packet] : held;
			let known = holds ? heard : [...heard, packet];
			const packets = holds ? [] : [packet];
			if (!complete(known)) return {state: {held: waiting, heard: known}, packets};
			for (const each of waiting) {
				const changed = change(each, known);
				packets.push(changed);
				known = [...known, changed];
			}
			return {state: {held: [], heard: known}, packets};
		},
	};
}

type StateOf<H> = H extends Hop<infer State> ? State : never;

/** Hops in the order of their names' appearance, as the `carry` of a run; `state` reads what a hop has collected so far. */
export function network<Hops extends Readonly<Record<string, Hop>>>(
	hops: Hops,
): {carry(packet: Packet): readonly Packet[]; state<Name extends keyof Hops>(name: Name): StateOf<Hops[Name]>} {
	const states: Record<string, unknown> = Object.fromEntries(Object.entries(hops).map(([name, hop]) => [name, hop.start]));
	return {
		carry: packet =>
			Object.entries(hops).reduce<readonly Packet[]>(
				(packets, [name, hop]) =>
					packets.flatMap(each => {
						const passed = hop.pass(states[name], each);
						states[name] = passed.state;
						return passed.packets;
					}),
				[packet],
			),
		state: name => states[String(name)] as StateOf<Hops[typeof name]>,
	};
}
