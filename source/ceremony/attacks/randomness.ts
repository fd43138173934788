/** Machines whose chance is known: a polynomial dealt with it can be dealt again by anybody who knows the same chance. */
import {deal, normaliseKey} from '../../sharing/deal.js';
import {baseTimes, pointFromHex, pointHex, scalarFromHex, scalarHex} from '../../sharing/scalars.js';
import {suiteOf} from '../../sharing/suites.js';
import type {Draw, Hex, KeyPublic, Session} from '../api.js';
import {parseEnvelope} from '../envelope.js';
import {makeNonce} from '../signing-equations.js';
import {type Attack, pointCheck, textCheck} from './attack.js';

/**
 * Deals a keygen's polynomial again, from the generator's state, and compares it with the commitments that were published. Needs what the machine's
 * generator gave (a guessed seed, a stuck source). Gives the dealer's constant and every value it dealt.
 */
export function regenerateDeal(options: {
	readonly session: Session;
	/** The guess at the machine's generator. */
	readonly draw: Draw;
	/** The dealer's message of round 1. */
	readonly wire: string;
}): Attack<{readonly constant: Hex; readonly values: Readonly<Record<number, Hex>>}> {
	const {session, draw, wire} = options;
	const suite = suiteOf(session.suite);
	const dealt = deal(suite, {
		degree: session.threshold - 1,
		receivers: session.members.map(({index}) => index),
		draw,
		label: `${session.id} deal`,
	});
	const envelope = parseEnvelope(wire);
	const shown = envelope?.body.commitments;
	return {
		needs: "the state of the dealer's generator",
		checks: dealt.commitments.map((point, k) =>
			textCheck('regenerate', `a_${k}*G = D_${k} of ${envelope?.from}`, pointHex(point), String((Array.isArray(shown) ? shown : [])[k])),
		),
		result: {
			constant: scalarHex(suite, dealt.constant),
			values: Object.fromEntries([...dealt.values].map(([index, value]) => [index, scalarHex(suite, value)])),
		},
	};
}

/** The secret key from every dealer's constant, in the form that verifiers expect (BIP 341 where the suite has it). Needs all dealers' constants. */
export function keyFromConstants(key: KeyPublic, constants: readonly Hex[]): Attack<Hex> {
	const suite = suiteOf(key.suite);
	const sum = constants.reduce((total, text) => suite.scalars.add(total, scalarFromHex(suite, text)), 0n);
	const {value} = normaliseKey(suite, {index: 0, value: sum, commitments: [baseTimes(suite, sum)]});
	const right = pointFromHex(suite, key.commitments[0] ?? '');
	return {
		needs: 'the constants of all dealers',
		checks: [pointCheck('regenerate', '(sum of a_i0)*G = PK', baseTimes(suite, value), right)],
		result: scalarHex(suite, value),
	};
}

/**
 * Draws a signer's hiding nonce again. RFC 9591 hashes the share into the nonce (H3), so a known generator is not enough without the share, which
 * is what would be won. Needs the generator's state and, to succeed, the share.
 */
export function regenerateNonce(options: {
	readonly session: Session;
	readonly draw: Draw;
	/** D as it was published. */
	readonly hiding: Hex;
	/** A guess at the share. */
	readonly share: Hex;
}): Attack<Hex> {
	const {session, draw, hiding, share} = options;
	const suite = suiteOf(session.suite);
	const nonce = makeNonce(suite, scalarFromHex(suite, share), draw, `${session.id} hiding nonce`);
	return {
		needs: "the state of the signer's generator and its share",
		checks: [pointCheck('regenerate', 'H3(chance | s)*G = D', baseTimes(suite, nonce), pointFromHex(suite, hiding))],
		result: scalarHex(suite, nonce),
	};
}
