/** What all sides share: a state that is text between calls, the work of one call, and how messages are posted. */
import type {Blame, Check, CheckName, Checks, Hex, Identity, Packet, Session, Status, Step} from './api.js';
import {type Admitted, type Body, type Envelope, EVERYONE, memberIn, writeEnvelope} from './envelope.js';

/** A message that came in. */
export interface Kept {
	readonly wire: string;
	readonly body: Body;
}

/** As memory keeps it: the wire alone says all, unless its body was sealed (or never travelled). */
interface Stored {
	readonly wire: string;
	readonly opened?: Body;
}

export interface SideBase {
	readonly session: Session;
	readonly me: string;
	readonly identity: Identity;
	readonly checks: Checks;
	status: Status;
	reason?: string;
	blame: Blame[];
	/** By `round/sender`. The first message of a sender in a round counts. */
	inbox: Record<string, Stored>;
}

/** What one call of a side produces besides its new state. */
export interface Work {
	readonly send: Packet[];
	readonly checks: Check[];
	readonly learned: string[];
}

export function newBase(options: {session: Session; me: string; identity: Identity; checks: Checks}): SideBase {
	const {session, me, identity, checks} = options;
	return {session, me, identity, checks, status: 'waiting', blame: [], inbox: {}};
}

export function newWork(): Work {
	return {send: [], checks: [], learned: []};
}

export function isOn(side: SideBase, name: CheckName): boolean {
	return side.checks[name] !== false;
}

function inboxKey(round: number, from: string): string {
	return `${round}/${from}`;
}

export function kept(side: SideBase, round: number, from: string): Kept | undefined {
	const stored = side.inbox[inboxKey(round, from)];
	return stored && {wire: stored.wire, body: stored.opened ?? JSON.parse(stored.wire).body};
}

/** Keeps a message unless one of this sender and round is there already; says whether it did. */
export function keep(side: SideBase, {wire, envelope, body}: Admitted): boolean {
	const key = inboxKey(envelope.round, envelope.from);
	if (side.inbox[key] !== undefined) return false;
	side.inbox[key] = body === envelope.body ? {wire} : {wire, opened: body};
	return true;
}

/** A message of one's own is kept like those of the others; a value for oneself never travels. */
export function keepOwn(side: SideBase, round: number, own: Stored): void {
	side.inbox[inboxKey(round, side.me)] = own;
}

/** Drops what came in a round, once it has been used. */
export function forget(side: SideBase, round: number): void {
	side.inbox = Object.fromEntries(Object.entries(side.inbox).filter(([key]) => !key.startsWith(inboxKey(round, ''))));
}

/** Those of these members who have not spoken in a round. */
export function silent(side: SideBase, round: number, members: readonly string[]): string[] {
	return members.filter(id => id !== side.me && side.inbox[inboxKey(round, id)] === undefined);
}

export interface Post {
	readonly round: number;
	readonly body: Body;
	readonly carries: string;
	readonly binds?: Envelope['binds'];
}

/** One envelope for all of them: everybody gets the same bytes. Returns the wire. */
export function broadcast(side: SideBase, work: Work, to: readonly string[], post: Post): string {
	const {round, body, carries, binds} = post;
	const wire = writeEnvelope(side.session, side.identity, {round, from: side.me, to: EVERYONE, body, binds});
	for (const id of to) if (id !== side.me) work.send.push({from: side.me, to: id, round, wire, carries});
	return wire;
}

/** An envelope for one member; `secret` seals its body where the session has sealed transport. */
export function post(side: SideBase, work: Work, to: string, letter: Post & {readonly secret?: boolean}): string {
	const {round, body, carries, binds, secret} = letter;
	const wire = writeEnvelope(side.session, side.identity, {round, from: side.me, to, body, binds, secret});
	work.send.push({from: side.me, to, round, wire, carries});
	return wire;
}

/** Records a check and hands it back. */
export function made(work: Work, check: Check): Check {
	work.checks.push(check);
	return check;
}

export function abort(side: SideBase, reason: string): void {
	side.status = 'aborted';
	side.reason = reason;
}

export function blame(side: SideBase, member: string, check: Check, evidence: readonly string[]): void {
	side.blame.push({member, check, evidence});
}

/** `ada failed s2*G = C0 + 2*C1`, for every member that is blamed. */
export function blameText(side: SideBase): string {
	return side.blame.map(({member, check}) => `${member} failed ${check.name}: ${check.equation}`).join('; ');
}

/**
 * A side's state as text: one line of JSON, then the wires that it keeps, one a line in the order of its inbox. Wires are canonical JSON already;
 * left outside, they need not be quoted and read again for every message.
 */
export function writeMemory(side: SideBase): string {
	const {inbox, ...rest} = side;
	const entries = Object.entries(inbox);
	if (entries.length === 0) return JSON.stringify(side);
	const head = JSON.stringify({
		...rest,
		inbox: Object.fromEntries(entries.map(([key, {opened}]) => [key, opened === undefined ? {} : {opened}])),
	});
	return [head, ...entries.map(([, {wire}]) => wire)].join('\n');
}

export function readMemory<State extends SideBase>(memory: string): State {
	const [head = '', ...wires] = memory.split('\n');
	const state: State = JSON.parse(head);
	if (wires.length === 0) return state;
	return {
		...state,
		inbox: Object.fromEntries(Object.entries(state.inbox).map(([key, stored], k) => [key, {...stored, wire: wires[k] ?? ''}])),
	};
}

/** What a call gives. Sides with many messages keep their memory in the form of `writeMemory`. */
export function toStep(side: SideBase, work: Work, waitingFor: readonly string[], memory = JSON.stringify(side)): Step {
	return {
		memory,
		...work,
		status: side.status,
		waitingFor: side.status === 'waiting' ? waitingFor : [],
		blame: side.blame,
		...(side.reason === undefined ? {} : {reason: side.reason}),
	};
}

export function indexOf(side: SideBase, id: string): number {
	return memberIn(side.session, id).index;
}

/** `ada, ben and chi` */
export function listed(names: readonly string[]): string {
	return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A body's field as lowercase hexadecimal text, or undefined. */
export function hexField(body: Body, name: string): Hex | undefined {
	return asHex(body[name]);
}

export function asHex(value: unknown): Hex | undefined {
	return typeof value === 'string' && /^([0-9a-f]{2})+$/.test(value) ? value : undefined;
}
