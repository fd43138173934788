import {Field} from '@noble/curves/abstract/modular.js';
import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {worked} from '../../../source/ceremony/attacks/attack.js';
import {followRefresh, mixed, reconstruct, secretsLeft} from '../../../source/ceremony/attacks/shares.js';
import {forge, type KeyShare, keyPublicOf, keyShareOf, keySharesOf, verifyOutput} from '../../../source/ceremony/index.js';
import {drop, eavesdrop, network} from '../../../source/ceremony/network.js';
import {evaluate} from '../../../source/sharing/polynomial.js';
import {anyShare, makeVault, runRefresh, runReshare, type Shares, type Vault} from '../same-key.js';
import {drawFrom} from '../table.js';

const SUITES = ['ed25519', 'secp256k1', 'glass'] as const;
const sharesIn = (run: {sides: Readonly<Record<string, {memory: string}>>}): Shares =>
	Object.fromEntries(Object.entries(run.sides).map(([id, {memory}]) => [id, keyShareOf(memory)]));
const pick = (shares: Shares, ...ids: string[]): KeyShare[] => ids.map(id => shares[id] as KeyShare);
const next = (vault: Vault, shares: Shares): Vault => ({...vault, shares});

describe.each(SUITES)('captured shares on %s', suite => {
	const vault = makeVault(suite, 3, 4);
	const key = keyPublicOf(anyShare(vault.shares));
	const plain = network({line: eavesdrop()});
	const run = runRefresh(vault, {sealed: false, carry: plain.carry});
	const after = sharesIn(run);

	test('of one epoch give the key before and after a refresh, mixed ones never', () => {
		for (const held of [vault.shares, after]) {
			const quorum = reconstruct({key, captured: pick(held, 'ada', 'ben', 'dee')});
			expect(worked(quorum)).toBe(true);
			const {signature} = forge({key, shares: quorum.result.shares, message: 'beef', draw: drawFrom('forger')});
			expect(verifyOutput(suite, key.publicKey, 'beef', signature)).toBe(true);
		}
		const mixtures = reconstruct({key, captured: [...pick(vault.shares, 'ada', 'ben'), ...pick(after, 'chi', 'dee')]});
		expect(worked(mixtures)).toBe(false);
		expect(mixtures.tried).toBe(4);
		expect(mixtures.result.shares.every(share => mixed([share]))).toBe(true);
	});

	test('of an old epoch still give the key: a refresh revokes nothing', () => {
		const captured = [...pick(after, 'ada', 'ben'), ...pick(vault.shares, 'ada', 'chi', 'dee')];
		const {result} = reconstruct({key, captured});
		expect(result.shares.map(({epoch}) => epoch)).toEqual([1, 1, 1]);
	});

	test('move to the new epoch with the plain traffic of the refresh, and with sealed traffic do not', () => {
		const indexes = Object.fromEntries(Object.entries(vault.shares).map(([id, {index}]) => [id, index]));
		const wires = plain.state('line').map(({packet}) => packet.wire);
		const options = {before: key, after: keyPublicOf(anyShare(after)), captured: pick(vault.shares, 'ada'), indexes};
		const moved = followRefresh({...options, wires});
		expect(worked(moved)).toBe(true);
		expect(moved.result[0]).toMatchObject({share: after.ada?.share, epoch: 2});
		// One old share and t-1 new ones.
		expect(worked(reconstruct({key, captured: [...moved.result, ...pick(after, 'ben', 'chi')]}))).toBe(true);
		const sealed = network({line: eavesdrop()});
		const closed = sharesIn(runRefresh(vault, {carry: sealed.carry}));
		expect(sealed.state('line').some(({packet, body}) => packet.round === 3 && body !== undefined)).toBe(false);
		const nothing = followRefresh({
			...options,
			after: keyPublicOf(anyShare(closed)),
			wires: sealed.state('line').map(({packet}) => packet.wire),
		});
		expect(nothing.result).toEqual([]);
		expect(worked(nothing)).toBe(false);
	});
});

describe('fewer shares than the threshold', () => {
	test('leave every secret possible, and equally often: all polynomials over a field of 17', () => {
		const scalars = Field(17n);
		fc.assert(
			fc.property(fc.array(fc.bigInt({min: 0n, max: 16n}), {minLength: 3, maxLength: 3}), polynomial => {
				const share = (index: number) => ({index, value: evaluate(scalars, polynomial, index)});
				const left = secretsLeft(scalars, {shares: [share(2), share(5)], threshold: 3});
				expect([...left.values()]).toEqual(Array(17).fill(1));
				const known = secretsLeft(scalars, {shares: [share(2), share(5), share(9)], threshold: 3});
				expect([...known.keys()]).toEqual([polynomial[0]]);
			}),
			{numRuns: 20},
		);
		expect(() => secretsLeft(Field(251n), {shares: [], threshold: 3})).toThrow('too many');
	});
});

describe('an attacker who takes one share a turn, at a threshold of three', () => {
	const falls = (every: number, turns: number): number | undefined => {
		let vault = makeVault('glass', 3, 5, {seed: `mobile ${every}`});
		const key = keyPublicOf(anyShare(vault.shares));
		const captured: KeyShare[] = [];
		const order = ['ada', 'ben', 'chi', 'dee', 'eli'];
		for (let turn = 0; turn < turns; turn++) {
			if (every > 0 && turn > 0 && turn % every === 0) vault = next(vault, sharesIn(runRefresh(vault)));
			captured.push(...pick(vault.shares, order[turn % 5] ?? ''));
			if (worked(reconstruct({key, captured}))) return turn;
		}
		return undefined;
	};

	it('has the key on turn 2 without refresh and with one every three turns, never with one every two', () => {
		expect(falls(0, 6)).toBe(2);
		expect(falls(3, 6)).toBe(2);
		expect(falls(2, 8)).toBeUndefined();
		expect(falls(1, 6)).toBeUndefined();
	});
});

describe('the end of an epoch', () => {
	const vault = makeVault('glass', 2, 3);
	const key = keyPublicOf(anyShare(vault.shares));
	const committee = {threshold: 2, dealers: ['ada', 'ben'], receivers: ['ada', 'ben', 'chi']};
	const held = (run: {sides: Readonly<Record<string, {memory: string}>>}) =>
		Object.values(run.sides).flatMap(({memory}) => keySharesOf(memory));
	const old = (shares: readonly KeyShare[]) => shares.filter(({epoch}) => epoch === 1);

	test('an old quorum survives a reshare whose erasure was skipped', () => {
		const erased = runReshare(vault, committee);
		expect(erased.status).toBe('done');
		expect(old(held(erased))).toEqual([]);
		const kept = runReshare(vault, committee, {checks: {eraseOldShares: false}});
		expect(kept.status).toBe('done');
		expect(worked(reconstruct({key, captured: old(held(kept))}))).toBe(true);
	});

	test('whoever erases before all have acknowledged can lose the key; with acknowledgements it signs on', () => {
		// The values for two of three receivers never arrive: one has the new epoch, two keep the old one.
		const late = () => network({line: drop({from: ['ada', 'ben', 'chi'], to: ['chi', 'ben'], round: [3]})}).carry;
		const careless = runRefresh(makeVault('glass', 3, 3), {carry: late(), checks: {ackBeforeErase: false}});
		const three = keyPublicOf(anyShare(makeVault('glass', 3, 3).shares));
		expect(worked(reconstruct({key: three, captured: held(careless)}))).toBe(false);
		const careful = runRefresh(makeVault('glass', 3, 3), {carry: late()});
		expect(careful.status).toBe('aborted');
		expect(worked(reconstruct({key: three, captured: held(careful)}))).toBe(true);
	});
});
