/**
 * The equations of two-round FROST signing (RFC 9591 section 5), computed once and used for partial signatures, their verification and blame,
 * the extraction of a share from repeated nonces, and the view that shows them to people.
 *
 *   rho_i = H1(PK | H4(m) | H5(list) | i)     R = sum of D_i + rho_i*E_i     c = H2(R | PK | m)
 *   z_i   = r*(d_i + rho_i*e_i) + c*lam_i*y*s_i        r, y: parities of R and of the key, 1 or -1 (BIP 340), always 1 on Ed25519
 *   check: z_i*G = r*(D_i + rho_i*E_i) + c*lam_i*y*Y_i
 */
import {concatBytes} from '@noble/hashes/utils.js';
import {lagrange} from '../sharing/polynomial.js';
import {pointHex, scalarFromHex, scalarHex} from '../sharing/scalars.js';
import type {Draw, Hex, Point, Suite} from '../sharing/suite.js';

/** One signer's public nonces D_i and E_i. */
export interface NonceCommitment {
	readonly index: number;
	readonly hiding: Point;
	readonly binding: Point;
}

/** One signer's secret nonces d_i and e_i. Used once. */
export interface Nonces {
	readonly hiding: bigint;
	readonly binding: bigint;
}

/** What all signers of one list and message agree on, as text, so that it can be stored and shown. */
export interface SigningEquations {
	readonly nonce: Hex;
	readonly nonceSign: 1 | -1;
	readonly keySign: 1 | -1;
	readonly challenge: Hex;
	readonly terms: Readonly<Record<number, {readonly rho: Hex; readonly lambda: Hex}>>;
}

/** d or e = H3(32 bytes of chance | s_i) (RFC 9591 section 4.1): a weak generator alone does not give the nonce away, a repeated one does. */
export function makeNonce(suite: Suite, share: bigint, draw: Draw, label: string): bigint {
	return suite.hash.nonce(concatBytes(draw(label).subarray(0, 32), suite.scalars.toBytes(share)));
}

/** The equations for key C_0, a list of signers' nonce commitments in any order, and a message. */
export function signingEquations(suite: Suite, key: Point, list: readonly NonceCommitment[], message: Uint8Array): SigningEquations {
	const sorted = [...list].sort((a, b) => a.index - b.index);
	const indexes = sorted.map(entry => entry.index);
	const keySign = suite.sign(key);
	const evenKey = keySign === 1 ? key : key.negate();
	const indexBytes = (index: number) => suite.scalars.toBytes(BigInt(index));
	const encoded = sorted.flatMap(({index, hiding, binding}) => [indexBytes(index), hiding.toBytes(), binding.toBytes()]);
	const prefix = concatBytes(evenKey.toBytes(), suite.hash.message(message), suite.hash.list(concatBytes(...encoded)));
	const rhos = indexes.map(index => suite.hash.binding(concatBytes(prefix, indexBytes(index))));
	const bound = suite.combine(
		sorted.map(entry => entry.binding),
		rhos,
	);
	const nonce = sorted.reduce((sum, {hiding}) => sum.add(hiding), bound);
	if (nonce.is0()) throw new Error('the nonces add up to zero: a signer chose its own against the others');
	return {
		nonce: pointHex(nonce),
		nonceSign: suite.sign(nonce),
		keySign,
		challenge: scalarHex(suite, suite.challenge(nonce, evenKey, message)),
		terms: Object.fromEntries(
			indexes.map((index, k) => [
				index,
				{rho: scalarHex(suite, rhos[k] ?? 0n), lambda: scalarHex(suite, lagrange(suite.scalars, indexes, index))},
			]),
		),
	};
}

/** The factors of one signer's equation: of the nonce pair (r and r*rho_i) and of its share (c*lam_i*y). Throws where the index did not sign. */
export function factorsOf(suite: Suite, equations: SigningEquations, index: number): {hiding: bigint; binding: bigint; share: bigint} {
	const term = equations.terms[index];
	if (term === undefined) throw new Error(`index ${index} is not among the signers`);
	const {scalars} = suite;
	const signed = (sign: 1 | -1, value: bigint) => (sign === 1 ? value : scalars.neg(value));
	const weighted = scalars.mul(scalarFromHex(suite, equations.challenge), scalarFromHex(suite, term.lambda));
	return {
		hiding: signed(equations.nonceSign, 1n),
		binding: signed(equations.nonceSign, scalarFromHex(suite, term.rho)),
		share: signed(equations.keySign, weighted),
	};
}

/** z_i, a signer's part of the signature. */
export function partialSignature(suite: Suite, equations: SigningEquations, index: number, nonces: Nonces, share: bigint): bigint {
	const {scalars} = suite;
	const factors = factorsOf(suite, equations, index);
	const nonce = scalars.add(scalars.mul(factors.hiding, nonces.hiding), scalars.mul(factors.binding, nonces.binding));
	return scalars.add(nonce, scalars.mul(factors.share, share));
}

/** z_i*G = r*(D_i + rho_i*E_i) + c*lam_i*y*Y_i, both sides. */
export function checkPartial(
	suite: Suite,
	equations: SigningEquations,
	commitment: NonceCommitment,
	verifyingShare: Point,
	z: bigint,
): {holds: boolean; left: Point; right: Point} {
	const factors = factorsOf(suite, equations, commitment.index);
	const hiding = equations.nonceSign === 1 ? commitment.hiding : commitment.hiding.negate();
	const left = suite.base.multiplyUnsafe(z);
	const right = suite.combine([commitment.binding, verifyingShare], [factors.binding, factors.share]).add(hiding);
	return {holds: left.equals(right), left, right};
}

/** The text of one signer's equation, with the parities that were in force. */
export function partialEquation({nonceSign, keySign}: SigningEquations, index: number): string {
	const nonce = `D${index} + rho${index}*E${index}`;
	const key = `c*lam${index}*${keySign === 1 ? `Y${index}` : `(-Y${index})`}`;
	return `z${index}*G = ${nonceSign === 1 ? nonce : `-(${nonce})`} + ${key}`;
}

/** (R, z) as verifiers take it; z is the sum of the partial signatures. */
export function aggregate(suite: Suite, equations: SigningEquations, partials: readonly bigint[]): Uint8Array {
	const z = partials.reduce((sum, partial) => suite.scalars.add(sum, partial), 0n);
	return suite.signature(Buffer.from(equations.nonce, 'hex'), z);
}
