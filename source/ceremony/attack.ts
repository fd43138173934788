/**
 * What attackers compute. Nothing here decides whether an attack works: captured bytes go through the same equations as everybody's, and the
 * equation holds or it does not.
 */
import {bytesToHex, hexToBytes} from '@noble/hashes/utils.js';
import {interpolate} from '../sharing/polynomial.js';
import {baseTimes, pointFromHex, pointHex, scalarFromHex, scalarHex} from '../sharing/scalars.js';
import {suiteOf} from '../sharing/suites.js';
import type {Check, Draw, Hex, Identity, KeyPublic, KeyShare, Session} from './api.js';
import {ROUND} from './dealing-state.js';
import {type Body, bindsOf, type Envelope, memberIn, parseEnvelope, readBodyWith, writeEnvelope} from './envelope.js';
import {isSealed, messageKey} from './seal.js';
import {hexField} from './side.js';
import {aggregate, makeNonce, partialSignature, signingEquations} from './signing-equations.js';
import {verifyOutput} from './verify-output.js';

/** A share as it was captured. Its epoch is what the attackers read beside it; mixing epochs is allowed, and fails. */
type Captured = Pick<KeyShare, 'index' | 'epoch' | 'share'>;

/** Interpolates captured shares to a candidate key s and compares s*G with the public key. Throws where an index is repeated. */
export function tryShares({key, shares}: {key: KeyPublic; shares: readonly Captured[]}): {candidate: Hex; check: Check} {
	const suite = suiteOf(key.suite);
	const secret = interpolate(
		suite.scalars,
		shares.map(({index, share}) => ({index, value: scalarFromHex(suite, share)})),
	);
	const left = pointHex(baseTimes(suite, secret));
	const right = key.commitments[0] ?? '';
	const terms = shares.map(({index, epoch}) => `lam${index}*s${index}(epoch ${epoch})`).join(' + ');
	return {
		candidate: scalarHex(suite, secret),
		check: {name: 'reconstruction', about: 'attackers', holds: left === right, equation: `(${terms || '0'})*G = PK`, left, right},
	};
}

/** Signs a message with captured shares: every signer of the ordinary signing is played by the attackers. Throws where an index is repeated. */
export function forge(options: {key: KeyPublic; shares: readonly Captured[]; message: Hex; draw: Draw}): {signature: Hex; holds: boolean} {
	const {key, shares, message, draw} = options;
	const suite = suiteOf(key.suite);
	const signers = shares.map(({index, share: text}) => {
		const share = scalarFromHex(suite, text);
		const label = (kind: string) => `forge ${message} ${index} ${kind}`;
		const nonces = {hiding: makeNonce(suite, share, draw, label('hiding')), binding: makeNonce(suite, share, draw, label('binding'))};
		return {index, share, nonces, hiding: baseTimes(suite, nonces.hiding), binding: baseTimes(suite, nonces.binding)};
	});
	const equations = signingEquations(suite, pointFromHex(suite, key.commitments[0] ?? ''), signers, hexToBytes(message));
	const partials = signers.map(({index, share, nonces}) => partialSignature(suite, equations, index, nonces, share));
	const signature = bytesToHex(aggregate(suite, equations, partials));
	return {signature, holds: verifyOutput(key.suite, key.publicKey, message, signature)};
}

interface Rewriting {
	readonly session: Session;
	/** The implanted sender's own keys: its envelopes are signed (and sealed) properly whatever they say. */
	readonly identity: Identity;
	readonly wire: string;
}

/** An implanted party's envelope with another body; a request to sign is bound to what it now shows. Throws where the wire is no envelope, or its seal is not this identity's. */
export function rewriteEnvelope({session, identity, wire, changeBody}: Rewriting & {readonly changeBody: (body: Body) => Body}): string {
	const envelope = parseEnvelope(wire);
	if (envelope === undefined) throw new Error('these bytes are no envelope');
	const {round, from, to, binds} = envelope;
	const body = changeBody(openOwn(session, identity, envelope));
	const shows = body.list !== undefined && body.message !== undefined;
	return writeEnvelope(session, identity, {round, from, to, body, secret: isSealed(envelope.body), binds: shows ? bindsOf(body) : binds});
}

/** The body of an envelope that this identity sent: a sender can open what it sealed. */
function openOwn(session: Session, identity: Identity, envelope: Envelope): Body {
	if (!isSealed(envelope.body)) return envelope.body;
	const body = readBodyWith(envelope, messageKey(identity, memberIn(session, envelope.to), envelope, envelope.body));
	if (body === undefined) throw new Error(`${envelope.from} did not seal this body`);
	return body;
}

function addTo(session: Session, text: Hex | undefined, amount: bigint): Hex {
	const suite = suiteOf(session.suite);
	return scalarHex(suite, suite.scalars.add(scalarFromHex(suite, text ?? ''), suite.scalars.create(amount)));
}

/** A partial signature that is off by one, signed by its sender. A message that carries no partial is returned as it is. */
export function corruptPartial({session, identity, wire}: Rewriting): string {
	const carries = parseEnvelope(wire)?.body.z !== undefined;
	if (!carries) return wire;
	return rewriteEnvelope({session, identity, wire, changeBody: body => ({...body, z: addTo(session, hexField(body, 'z'), 1n)})});
}

/** A dealt value that is off by one, signed (and sealed) by its dealer. Other messages are returned as they are. */
export function corruptValue({session, identity, wire}: Rewriting): string {
	if (parseEnvelope(wire)?.round !== ROUND.values) return wire;
	return rewriteEnvelope({session, identity, wire, changeBody: body => ({...body, value: addTo(session, hexField(body, 'value'), 1n)})});
}

/**
 * A dealer that shows one receiver another polynomial, g(x) + by*x: D_1 gets by*G, the receiver's value gets by*j. Constant and proof of possession
 * stay as they are, and every equation of that receiver holds. Apply it to all messages to the receivers who shall see the other version.
 */
export function equivocate({session, identity, wire, receiver, by}: Rewriting & {readonly receiver: string; readonly by: bigint}): string {
	const suite = suiteOf(session.suite);
	const round = parseEnvelope(wire)?.round;
	if (round === ROUND.commitments) {
		return rewriteEnvelope({
			session,
			identity,
			wire,
			changeBody: body => {
				const commitments = body.commitments as Hex[];
				// A refresh and a reshare do not send D_0: everybody knows it.
				const slope = commitments.length - (session.threshold - 1);
				const move = (text: Hex) => pointHex(pointFromHex(suite, text).add(suite.base.multiply(by)));
				return {...body, commitments: commitments.map((text, k) => (k === slope ? move(text) : text))};
			},
		});
	}
	if (round !== ROUND.values) return wire;
	const amount = by * BigInt(memberIn(session, receiver).index);
	return rewriteEnvelope({
		session,
		identity,
		wire,
		changeBody: body => ({...body, value: addTo(session, hexField(body, 'value'), amount)}),
	});
}
