/** Messages of a party that is implanted, and messages in the name of one that is not. */
import type {Identity, Session} from '../api.js';
import {type Body, parseEnvelope, writeEnvelope} from '../envelope.js';
import {readMemory, writeMemory} from '../memory.js';
import {isSealed} from '../seal.js';

/**
 * An implanted dealer that deals a polynomial of one degree more: one commitment too many, and values that fit it. Where nobody counts commitments,
 * t shares of the new epoch no longer make the key. Needs write access to one dealer's memory before the ceremony opens: its machine believes in
 * a threshold of t+1, and minds nothing that the others do.
 */
export function raiseThreshold(memory: string): string {
	const state = readMemory(memory);
	const {session, checks} = state;
	return writeMemory({...state, session: {...session, threshold: session.threshold + 1}, checks: {...checks, commitmentLength: false}});
}

/**
 * A message with another body in a victim's name, by somebody who has keys, but not the victim's. It passes only where nobody checks tags; then what
 * it says is held against the victim. A sealed body is replaced by a plain one: nobody else can seal it.
 */
export function impersonate(options: {
	readonly session: Session;
	/** The attackers' own keys. */
	readonly identity: Identity;
	readonly wire: string;
	readonly changeBody: (body: Body) => Body;
}): string {
	const {session, identity, wire, changeBody} = options;
	const envelope = parseEnvelope(wire);
	if (envelope === undefined) throw new Error('these bytes are no envelope');
	const {round, from, to, body, binds} = envelope;
	return writeEnvelope(session, identity, {round, from, to, body: changeBody(isSealed(body) ? {} : body), binds});
}
