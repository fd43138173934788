/** What all sides share: a state that is text between calls, the work of one call, and how messages are posted. */
import {pointFromHex} from '../sharing/scalars.js';
import type {Point, Suite} from '../sharing/suite.js';
import type {Blame, Check, CheckName, Checks, Hex, Identity, Packet, Session, Status} from './api.js';
import {type Admitted, type Body, type Envelope, EVERYONE, memberIn, parseEnvelope, writeEnvelope} from './envelope.js';
import {placeOf} from './memory.js';

/** A message that came in. */
export interface Kept {
	readonly wire: string;
	readonly body: Body;
}

/** As memory keeps it: the wire alone says all, unless its body was sealed (or never travelled). */
export interface Stored {
	readonly wire: string;
	readonly opened?: Body;
}

/** What never changes of any side. */
export interface Frame {
	readonly session: Session;
	readonly me: string;
	readonly identity: Identity;
	readonly checks: Checks;
}

export interface SideBase extends Frame {
	status: Status;
	reason?: string;
	blame: Blame[];
	/** By place. The first message of a sender in a round counts. */
	inbox: Record<string, Stored>;
	/** Coordinates of points that this side made or decoded before, by their encoding: decoding is the dearest thing that need not be done twice. */
	points: Record<Hex, string>;
}

/** What one call of a side produces besides its new state. */
export interface Work {
	readonly send: Packet[];
	readonly checks: Check[];
	readonly learned: string[];
}

/** Throws where a member's id would break a memory's lines. */
export function newBase(options: {session: Session; me: string; identity: Identity; checks: Checks}): SideBase {
	const {session, me, identity, checks} = options;
	const odd = session.members.find(({id}) => /[\t\n]/.test(id));
	if (odd !== undefined) throw new Error(`a member's id holds no tabs and no line breaks, got ${JSON.stringify(odd.id)}`);
	return {session, me, identity, checks, status: 'waiting', blame: [], inbox: {}, points: {}};
}

export function newWork(): Work {
	return {send: [], checks: [], learned: []};
}

export function isOn(side: Pick<SideBase, 'checks'>, name: CheckName): boolean {
	return side.checks[name] !== false;
}

export function kept(side: SideBase, round: number, from: string): Kept | undefined {
	const stored = side.inbox[placeOf(round, from)];
	return stored && {wire: stored.wire, body: stored.opened ?? parseEnvelope(stored.wire)?.body ?? {}};
}

/** The wire alone. */
export function keptWire(side: SideBase, round: number, from: string): string | undefined {
	return side.inbox[placeOf(round, from)]?.wire;
}

/** Keeps a message unless one of this sender and round is there already; says whether it did. */
export function keep(side: SideBase, {wire, envelope, body}: Admitted): boolean {
	const key = placeOf(envelope.round, envelope.from);
	if (side.inbox[key] !== undefined) return false;
	side.inbox[key] = body === envelope.body ? {wire} : {wire, opened: body};
	return true;
}

/** A message of one's own is kept like those of the others; a value for oneself never travels. */
export function keepOwn(side: SideBase, round: number, own: Stored): void {
	side.inbox[placeOf(round, side.me)] = own;
}

/** Drops what came in a round, once it has been used. */
export function forget(side: SideBase, round: number): void {
	for (const place in side.inbox) if (place.startsWith(placeOf(round, ''))) delete side.inbox[place];
}

/** Those of these members who have not spoken in a round. */
export function silent(side: SideBase, round: number, members: readonly string[]): string[] {
	return members.filter(id => id !== side.me && side.inbox[placeOf(round, id)] === undefined);
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

export function indexOf(side: Pick<SideBase, 'session'>, id: string): number {
	return memberIn(side.session, id).index;
}

/** A body's field as lowercase hexadecimal text, or undefined. */
export function hexField(body: Body, name: string): Hex | undefined {
	return asHex(body[name]);
}

export function asHex(value: unknown): Hex | undefined {
	return typeof value === 'string' && value !== '' && value.length % 2 === 0 && !/[^0-9a-f]/.test(value) ? value : undefined;
}

/** A point from its text, decoded once in a ceremony. Throws where it is no element of the group. `root` as in `Suite.decode`. */
export function pointIn({points}: Pick<SideBase, 'points'>, suite: Suite, text: Hex, root?: Hex): Point {
	const known = points[text];
	return known === undefined ? pointFromHex(suite, text, root) : suite.recall(known);
}

/** What was made or decoded, for `pointIn`. */
export function rememberPoint({points}: Pick<SideBase, 'points'>, suite: Suite, text: Hex, point: Point): void {
	points[text] = suite.remember(point);
}
