/** What all sides share: a state that is text between calls, the work of one call, and how messages are posted. */
import type {Blame, Check, CheckName, Checks, Hex, Identity, Packet, Session, Status, Step} from './api.js';
import {type Admitted, type Body, type Envelope, EVERYONE, memberIn, parseEnvelope, writeEnvelope} from './envelope.js';
import {partText, readPart} from './remembered.js';

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
	return stored && {wire: stored.wire, body: stored.opened ?? parseEnvelope(stored.wire)?.body ?? {}};
}

/** The wire alone. */
export function keptWire(side: SideBase, round: number, from: string): string | undefined {
	return side.inbox[inboxKey(round, from)]?.wire;
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

/** What never changes in a side's state: read together. */
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

/** What changes seldom, and is replaced as a whole where it does. */
const PARTS: ReadonlySet<string> = new Set(['values', 'points', 'held', 'result']);

/** The line of memory that says what the others are: whatever is small, and by which names the parts and messages go that follow it. */
interface Contents {
	readonly parts: readonly string[];
	readonly places: readonly string[];
	/** Places of messages whose bodies were sealed, or never travelled: they follow the wires. */
	readonly opened: readonly string[];
}

/**
 * A side's state as lines: what never changes, contents, parts, wires, opened bodies. All are JSON already: a line that did not change is neither quoted
 * nor written nor read again for every message. A side that was only started is one line of JSON. `before` is the memory that the state was read from.
 */
export function writeMemory(side: SideBase, before: string): string {
	const end = before.indexOf('\n');
	const frame: Record<string, unknown> = {};
	const small: Record<string, unknown> = {};
	const [parts, places, opened]: string[][] = [[], [], []];
	let lines = '';
	for (const name in side) {
		const value: unknown = side[name as keyof SideBase];
		if (value === undefined || name === 'inbox') continue;
		if (FRAME.has(name)) frame[name] = value;
		else if (PARTS.has(name)) {
			parts?.push(name);
			lines += `\n${partText(value as object)}`;
		} else small[name] = value;
	}
	let bodies = '';
	for (const place in side.inbox) {
		const {wire, opened: body} = side.inbox[place] as Stored;
		places?.push(place);
		lines += `\n${wire}`;
		if (body === undefined) continue;
		opened?.push(place);
		bodies += `\n${partText(body)}`;
	}
	const contents = JSON.stringify({...small, parts, places, opened});
	return `${end === -1 ? JSON.stringify(frame) : before.slice(0, end)}\n${contents}${lines}${bodies}`;
}

export function readMemory<State extends SideBase>(memory: string): State {
	const [frame = '', contents, ...lines] = memory.split('\n');
	if (contents === undefined) return JSON.parse(frame);
	const {parts, places, opened, ...small}: Contents = JSON.parse(contents);
	const state: Record<string, unknown> = {...readPart(frame), ...small};
	for (const [k, name] of parts.entries()) state[name] = readPart(lines[k] ?? '');
	const inbox: Record<string, Stored> = {};
	let at = parts.length;
	for (const place of places) inbox[place] = {wire: lines[at++] ?? ''};
	for (const place of opened) inbox[place] = {wire: inbox[place]?.wire ?? '', opened: readPart(lines[at++] ?? '') as Body};
	state.inbox = inbox;
	return state as unknown as State;
}

/** What a call gives. Sides with many messages keep their memory in the form of `writeMemory`. */
export function toStep(side: SideBase, work: Work, waitingFor: readonly string[], memory = JSON.stringify(side)): Step {
	const {send, checks, learned} = work;
	const {status, blame, reason} = side;
	const step = {memory, send, checks, learned, status, waitingFor: status === 'waiting' ? waitingFor : [], blame};
	return reason === undefined ? step : {...step, reason};
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
