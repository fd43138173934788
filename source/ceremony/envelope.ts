/** Envelopes: canonical JSON (RFC 8785) of who says what to whom in which run, signed with the sender's identity key. */
import {hash} from 'node:crypto';
import type {Check, Checks, Hex, Identity, Member, Session} from './api.js';
import {canonical, isOrdered, quoted} from './canonical.js';
import {glassTag, isGlass, signText, verifyText} from './identity.js';
import {remembered} from './remembered.js';
import {isSealed, messageKey, seal, unseal} from './seal.js';

/** The receiver of a broadcast: everybody gets the same bytes, which is what makes two versions of them a proof. */
export const EVERYONE = '*';

export type Body = Readonly<Record<string, unknown>>;

export interface Envelope {
	readonly session: string;
	readonly epoch: number;
	readonly round: number;
	readonly from: string;
	/** An id, or EVERYONE. */
	readonly to: string;
	/** A private body is a Sealed where the session says so. */
	readonly body: Body;
	/** In signing: the commitment list and the message that this body speaks of. Without them a lying coordinator could get an honest signer blamed. */
	readonly binds?: {readonly list: Hex; readonly message: Hex};
	/** Ed25519 over the canonical text of all other fields. */
	readonly tag: Hex;
}

/** SHA-256 of a text's UTF-8 bytes. */
export function hashText(text: string): Hex {
	return hash('sha256', text);
}

/** SHA-256 of the bytes that a hexadecimal text stands for. */
export function hashHex(hex: Hex): Hex {
	return hash('sha256', Buffer.from(hex, 'hex'));
}

/** What a signing's messages are bound to: the hashes of the commitment list and of the message's bytes. */
export function bindsOf({list, message}: Body): NonNullable<Envelope['binds']> {
	return {list: hashText(canonical(list ?? null)), message: hashHex(typeof message === 'string' ? message : '')};
}

/** A party, or the coordinator. */
function memberOf({members, coordinator}: Session, id: string): Member | undefined {
	return members.find(member => member.id === id) ?? (coordinator?.id === id ? coordinator : undefined);
}

/** Throws where the session has no such member. */
export function memberIn(session: Session, id: string): Member {
	const member = memberOf(session, id);
	if (member === undefined) throw new Error(`session ${session.id} has no member ${id}`);
	return member;
}

export interface Letter {
	readonly round: number;
	readonly from: string;
	readonly to: string;
	readonly body: Body;
	/** Seal the body to its receiver, where the session has sealed transport. */
	readonly secret?: boolean;
	readonly binds?: Envelope['binds'];
}

/** A letter as it travels: sealed if it must be, then signed. */
export function writeEnvelope(session: Session, identity: Identity, {round, from, to, body, secret, binds}: Letter): string {
	const {id, epoch} = session;
	const carried =
		secret === true && session.sealed ? seal(identity, memberIn(session, to), {session: id, epoch, round, from, to}, body) : body;
	// The names of an envelope in their canonical order: `tag` comes just before `to`, the last.
	const bound = binds === undefined ? '' : `"binds":${canonical(binds)},`;
	const start = `{${bound}"body":${canonical(carried)},"epoch":${epoch},"from":${quoted(from)},"round":${round},"session":${quoted(id)}`;
	const end = `,"to":${quoted(to)}}`;
	return `${start},"tag":"${signText(identity, start + end)}"${end}`;
}

/** What the tag signs: the canonical text of all other fields. */
function textWithoutTag({tag, ...unsigned}: Envelope, wire: string | undefined): string {
	const end = `,"to":${quoted(unsigned.to)}}`;
	const signed = `,"tag":${quoted(tag)}${end}`;
	// A canonical wire is that text with the tag put in; an envelope of other shape is written anew.
	return wire?.endsWith(signed) === true ? wire.slice(0, -signed.length) + end : canonical(unsigned);
}

/** The envelope in a wire, or undefined where the text is no canonical envelope. Says nothing about who wrote it. */
export function parseEnvelope(wire: string): Envelope | undefined {
	return parsed(wire).envelope;
}

const parsed = remembered((wire: string): {readonly envelope: Envelope | undefined} => ({envelope: readEnvelope(wire)}));

function readEnvelope(wire: string): Envelope | undefined {
	try {
		const value = JSON.parse(wire);
		const {session, epoch, round, from, to, body, binds, tag} = value;
		const shaped =
			typeof session === 'string' &&
			typeof from === 'string' &&
			typeof to === 'string' &&
			typeof tag === 'string' &&
			Number.isSafeInteger(epoch) &&
			Number.isSafeInteger(round) &&
			typeof body === 'object' &&
			body !== null &&
			!Array.isArray(body) &&
			(binds === undefined || (typeof binds?.list === 'string' && typeof binds.message === 'string'));
		// A text that JSON.stringify gives back is canonical if its names are in order; what needs more than that is compared with RFC 8785's own text.
		const isCanonical = JSON.stringify(value) === wire && isOrdered(value);
		return shaped && (isCanonical || canonical(value) === wire) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** Does the tag verify under the sender's key? The check behind `authentication`. */
export function checkTag(session: Session, envelope: Envelope, wire?: string): Check {
	const {tag, from} = envelope;
	const sender = memberOf(session, from);
	const text = textWithoutTag(envelope, wire);
	const about = {name: 'authentication', about: from, equation: `Ed25519 tag of ${from} on SHA-256(envelope)`, left: tag};
	// In glass both sides of the equation are the same keyed hash.
	const right = sender !== undefined && isGlass(sender.signing) ? glassTag(sender.signing, text) : undefined;
	if (right !== undefined) return {holds: tag === right, right, ...about};
	return {holds: sender !== undefined && verifyText(sender, text, tag), right: hashText(text), ...about};
}

function contextText(epoch: number, binds: Envelope['binds'], session: string): string {
	const bound = binds === undefined ? '' : `"list":${quoted(binds.list)},"message":${quoted(binds.message)},`;
	return `{"epoch":${epoch},${bound}"session":${quoted(session)}}`;
}

/** Is the envelope of this run, from another member and for this receiver? The check behind `context`. */
export function checkContext(session: Session, me: string, envelope: Envelope, binds?: Envelope['binds']): Check {
	const bound = binds && {list: envelope.binds?.list ?? '', message: envelope.binds?.message ?? ''};
	const left = contextText(envelope.epoch, bound, envelope.session);
	const right = contextText(session.epoch, binds, session.id);
	const addressed = envelope.to === me || envelope.to === EVERYONE;
	return {
		name: 'context',
		about: envelope.from,
		holds: left === right && addressed && envelope.from !== me,
		equation: `context of the envelope = context of this run, to ${me}`,
		left,
		right: addressed ? right : `${right} to ${me}, not to ${envelope.to}`,
	};
}

/** A body as its receiver reads it; undefined where its seal does not open. */
export function readBody(session: Session, identity: Identity, envelope: Envelope): Body | undefined {
	if (!isSealed(envelope.body)) return envelope.body;
	try {
		const key = messageKey(identity, memberIn(session, envelope.from), envelope, envelope.body);
		return asBody(unseal(envelope, envelope.body, key));
	} catch {
		return undefined;
	}
}

/** A sealed body opened with the key that its receiver published. A plain body needs none. */
export function readBodyWith(envelope: Envelope, key: Hex): Body | undefined {
	return isSealed(envelope.body) ? asBody(unseal(envelope, envelope.body, key)) : envelope.body;
}

function asBody(value: unknown): Body | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
}

export interface Admitted {
	readonly wire: string;
	readonly envelope: Envelope;
	readonly body: Body;
}

/**
 * The door of every side: a wire comes in only if it is an envelope, its tag verifies, its context is this run's and its seal opens.
 * What does not come in counts as not received. `authentication` and `context` are skipped where they are off.
 */
export function admit(
	side: {readonly session: Session; readonly me: string; readonly identity: Identity; readonly checks: Checks},
	wire: string,
	made: Check[],
	binds?: (envelope: Envelope) => Envelope['binds'],
): Admitted | undefined {
	const {session, me, identity, checks} = side;
	const envelope = parseEnvelope(wire);
	if (envelope === undefined || memberOf(session, envelope.from) === undefined) {
		made.push({
			name: 'envelope',
			about: '',
			holds: false,
			equation: 'the bytes are an envelope of a member',
			left: hashText(wire),
			right: '',
		});
		return undefined;
	}
	const holds = (check: Check): boolean => {
		made.push(check);
		return check.holds;
	};
	if (checks.authentication !== false && !holds(checkTag(session, envelope, wire))) return undefined;
	if (checks.context !== false && !holds(checkContext(session, me, envelope, binds?.(envelope)))) return undefined;
	const body = readBody(session, identity, envelope);
	if (body === undefined) {
		made.push({
			name: 'seal',
			about: envelope.from,
			holds: false,
			equation: `the seal of ${envelope.from} opens`,
			left: hashText(wire),
			right: '',
		});
		return undefined;
	}
	return {wire, envelope, body};
}
