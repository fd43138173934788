import {ed25519_FROST} from '@noble/curves/ed25519.js';
import {schnorr_FROST} from '@noble/curves/secp256k1.js';
import {bytesToHex, hexToBytes} from '@noble/hashes/utils.js';
import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {verifyOutput} from '../../source/ceremony/index.js';
import {
	aggregate,
	checkPartial,
	makeNonce,
	type Nonces,
	partialEquation,
	partialSignature,
	signingEquations,
} from '../../source/ceremony/signing-equations.js';
import {deal, evaluateCommitments} from '../../source/sharing/deal.js';
import {scalarFromHex, scalarHex} from '../../source/sharing/scalars.js';
import type {Suite} from '../../source/sharing/suite.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {drawing, readVectors, type SigningVectors, SKIPPED, VECTORS} from '../sharing/vectors.js';
import {drawFrom, REAL_SUITES} from './table.js';

const FROST = {ed25519: ed25519_FROST, secp256k1: schnorr_FROST} as const;

/** A dealt key, with nonces for these signers. */
function setUp(suite: Suite, seed: string, t: number, n: number, signers: readonly number[]) {
	const receivers = Array.from({length: n}, (_, k) => k + 1);
	const draw = drawFrom(seed);
	const {commitments, values} = deal(suite, {degree: t - 1, receivers, draw, label: 'key'});
	const parties = signers.map(index => {
		const share = values.get(index) ?? 0n;
		const nonces: Nonces = {hiding: makeNonce(suite, share, draw, `d${index}`), binding: makeNonce(suite, share, draw, `e${index}`)};
		const commitment = {index, hiding: suite.base.multiply(nonces.hiding), binding: suite.base.multiply(nonces.binding)};
		return {index, share, nonces, commitment, verifyingShare: evaluateCommitments(commitments, index)};
	});
	return {commitments, parties, receivers, draw};
}

describe.each(REAL_SUITES)('signing equations on %s', name => {
	const suite = suiteOf(name);
	const frost = FROST[name];
	const id = (index: number) => frost.Identifier.fromNumber(index);
	const cases = fc.integer({min: 2, max: 4}).chain(t =>
		fc.record({
			seed: fc.string(),
			t: fc.constant(t),
			signers: fc.uniqueArray(fc.integer({min: 1, max: 5}), {minLength: t, maxLength: t}),
			message: fc.uint8Array({maxLength: 40}),
		}),
	);

	test('nonces, partial signatures and signature are byte for byte those of noble, whatever the parities of R and of the key', () => {
		const parities = new Set<string>();
		fc.assert(
			fc.property(cases, ({seed, t, signers, message}) => {
				const {commitments, parties, receivers, draw} = setUp(suite, seed, t, 5, signers);
				const [key] = commitments;
				if (key === undefined) throw new Error('no key');
				const pub = {
					signers: {min: t, max: 5},
					commitments: commitments.map(point => point.toBytes()),
					verifyingShares: Object.fromEntries(receivers.map(j => [id(j), evaluateCommitments(commitments, j).toBytes()])),
				};
				const secrets = parties.map(({index, share}) => ({identifier: id(index), signingShare: suite.scalars.toBytes(share)}));
				const theirs = parties.map(({index}, k) => {
					const queue = [draw(`d${index}`).subarray(0, 32), draw(`e${index}`).subarray(0, 32)];
					return frost.commit(secrets[k] as (typeof secrets)[number], () => queue.shift() as Uint8Array);
				});
				expect(parties.map(party => scalarHex(suite, party.nonces.hiding))).toEqual(theirs.map(({nonces}) => bytesToHex(nonces.hiding)));
				const list = theirs.map(({commitments: entry}) => entry);
				const equations = signingEquations(
					suite,
					key,
					parties.map(party => party.commitment),
					message,
				);
				parities.add(`${equations.nonceSign} ${equations.keySign}`);
				const partials = parties.map(({index, nonces, share}) => partialSignature(suite, equations, index, nonces, share));
				const theirPartials = theirs.map(({nonces}, k) =>
					frost.signShare(secrets[k] as (typeof secrets)[number], pub, nonces, list, message),
				);
				expect(partials.map(z => scalarHex(suite, z))).toEqual(theirPartials.map(bytesToHex));
				const signature = bytesToHex(aggregate(suite, equations, partials));
				const named = Object.fromEntries(parties.map(({index}, k) => [id(index), theirPartials[k] as Uint8Array]));
				expect(signature).toBe(bytesToHex(frost.aggregate(pub, list, message, named)));
				expect(verifyOutput(name, bytesToHex(suite.publicKey(key)), bytesToHex(message), signature)).toBe(true);
			}),
			{numRuns: 12, seed: 7},
		);
		expect([...parities].sort()).toEqual(name === 'ed25519' ? ['1 1'] : ['-1 -1', '-1 1', '1 -1', '1 1']);
	});

	test('a partial fits its own equation and no other', () => {
		fc.assert(
			fc.property(cases, ({seed, t, signers, message}) => {
				const {commitments, parties} = setUp(suite, seed, t, 5, signers);
				const key = commitments[0] ?? suite.zero;
				const list = parties.map(party => party.commitment);
				const equations = signingEquations(suite, key, list, message);
				const other = signingEquations(suite, key, list, Uint8Array.of(...message, 1));
				for (const [k, {index, nonces, share, commitment, verifyingShare}] of parties.entries()) {
					const z = partialSignature(suite, equations, index, nonces, share);
					expect(checkPartial(suite, equations, commitment, verifyingShare, z).holds).toBe(true);
					expect(checkPartial(suite, equations, commitment, verifyingShare, suite.scalars.add(z, 1n)).holds).toBe(false);
					expect(checkPartial(suite, other, commitment, verifyingShare, z).holds).toBe(false);
					const neighbour = parties[(k + 1) % parties.length]?.verifyingShare ?? suite.zero;
					expect(checkPartial(suite, equations, commitment, neighbour, z).holds).toBe(false);
				}
			}),
			{numRuns: 5},
		);
	});

	it('does not depend on the order of the list', () => {
		const {commitments, parties} = setUp(suite, 'order', 3, 5, [2, 4, 5]);
		const list = parties.map(party => party.commitment);
		const key = commitments[0] ?? suite.zero;
		expect(signingEquations(suite, key, [...list].reverse(), Uint8Array.of(1))).toEqual(
			signingEquations(suite, key, list, Uint8Array.of(1)),
		);
	});

	it('says which parities are in force', () => {
		const plain = {nonce: '', nonceSign: 1, keySign: 1, challenge: '', terms: {}} as const;
		expect(partialEquation(plain, 1)).toBe('z1*G = D1 + rho1*E1 + c*lam1*Y1');
		expect(partialEquation({...plain, nonceSign: -1, keySign: -1}, 2)).toBe('z2*G = -(D2 + rho2*E2) + c*lam2*(-Y2)');
	});

	it.skipIf(VECTORS === undefined)(`gives the published values${SKIPPED}`, () => {
		const {inputs, round_one_outputs, round_two_outputs, final_output} = readVectors<SigningVectors>(name, 'vectors.json');
		const coefficients = inputs.share_polynomial_coefficients.map((hex, k) => [`key coefficient ${k + 1}`, hex]);
		const {commitments, values} = deal(suite, {
			constant: scalarFromHex(suite, inputs.group_secret_key),
			degree: coefficients.length,
			receivers: [1, 2, 3],
			draw: drawing(suite, Object.fromEntries(coefficients)),
			label: 'key',
		});
		const key = commitments[0] ?? suite.zero;
		expect(bytesToHex(key.toBytes())).toBe(inputs.verifying_key_key);
		for (const {identifier, participant_share} of inputs.participant_shares) {
			expect(scalarHex(suite, values.get(identifier) ?? 0n)).toBe(participant_share);
		}
		const parties = round_one_outputs.outputs.map(output => {
			const share = values.get(output.identifier) ?? 0n;
			const nonce = (randomness: string) => makeNonce(suite, share, () => hexToBytes(randomness + randomness), 'nonce');
			const nonces = {hiding: nonce(output.hiding_nonce_randomness), binding: nonce(output.binding_nonce_randomness)};
			expect(scalarHex(suite, nonces.hiding)).toBe(output.hiding_nonce);
			expect(scalarHex(suite, nonces.binding)).toBe(output.binding_nonce);
			const commitment = {
				index: output.identifier,
				hiding: suite.base.multiply(nonces.hiding),
				binding: suite.base.multiply(nonces.binding),
			};
			expect(bytesToHex(commitment.hiding.toBytes())).toBe(output.hiding_nonce_commitment);
			expect(bytesToHex(commitment.binding.toBytes())).toBe(output.binding_nonce_commitment);
			return {index: output.identifier, share, nonces, commitment};
		});
		const list = parties.map(party => party.commitment);
		const equations = signingEquations(suite, key, list, hexToBytes(inputs.message));
		for (const output of round_one_outputs.outputs) expect(equations.terms[output.identifier]?.rho).toBe(output.binding_factor);
		const partials = parties.map(({index, nonces, share}) => partialSignature(suite, equations, index, nonces, share));
		expect(partials.map(z => scalarHex(suite, z))).toEqual(round_two_outputs.outputs.map(output => output.sig_share));
		expect(bytesToHex(aggregate(suite, equations, partials))).toBe(final_output.sig);
	});
});
