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

/** What never changes in a side's state: kept as the text that it is. */
const FRAME: ReadonlySet<string> = new Set([
	'session',
	'me',
	'identity',
	'checks',
	'ceremony',
	'dealers',
	'receivers',
	'witnesses',
	'listeners',
	'key',
]);

function pick(side: object, isWanted: (name: string) => boolean): Record<string, unknown> {
	const picked: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(side)) if (isWanted(name)) picked[name] = value;
	return picked;
}

/**
 * A side's state as lines: what never changes, what does, and the wires that it keeps, in the order of its inbox. Wires are canonical JSON already;
 * outside, they need not be quoted and read again for every message. A side that was only started is one line of JSON. `before` is the memory that
 * the state was read from.
 */
export function writeMemory(side: SideBase, before: string): string {
	const end = before.indexOf('\n');
	const frame = end === -1 ? JSON.stringify(pick(side, name => FRAME.has(name))) : before.slice(0, end);
	const places: string[] = [];
	const opened: Record<string, Body> = {};
	const wires: string[] = [];
	for (const [place, stored] of Object.entries(side.inbox)) {
		places.push(place);
		wires.push(stored.wire);
		if (stored.opened !== undefined) opened[place] = stored.opened;
	}
	const moving = pick(side, name => name !== 'inbox' && !FRAME.has(name));
	return [frame, JSON.stringify({...moving, places, opened}), ...wires].join('\n');
}

export function readMemory<State extends SideBase>(memory: string): State {
	const [frame = '', moving, ...wires] = memory.split('\n');
	if (moving === undefined) return JSON.parse(frame);
	const {places, opened, ...rest} = JSON.parse(moving);
	const inbox: Record<string, Stored> = {};
	for (const [k, place] of places.entries()) {
		const wire = wires[k] ?? '';
		inbox[place] = opened[place] === undefined ? {wire} : {wire, opened: opened[place]};
	}
	return Object.assign(JSON.parse(frame), rest, {inbox});
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
