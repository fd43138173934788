import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {
	fingerprintOf,
	type KeyShare,
	keyPublicOf,
	keyShareOf,
	keySharesOf,
	settledShares,
	startRefresh,
	tryShares,
} from '../../source/ceremony/index.js';
import {interpolate, lagrange} from '../../source/sharing/polynomial.js';
import {pointHex, scalarFromHex} from '../../source/sharing/scalars.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {anyShare, makeVault, runRefresh, runRepair, runReshare, type Shares, signs, type Vault, vaultOf} from './same-key.js';
import {NAMES} from './table.js';

const RUNS = {glass: 200, ed25519: 10, secp256k1: 10} as const;
const SUITES = ['glass', 'ed25519', 'secp256k1'] as const;

function subsets<T>(items: readonly T[], size: number): T[][] {
	if (size === 0) return [[]];
	return items.flatMap((item, k) => subsets(items.slice(k + 1), size - 1).map(rest => [item, ...rest]));
}

const hits = (key: KeyShare, shares: readonly KeyShare[]) => tryShares({key, shares}).check.holds;

/** Every t shares give the key, no t-1 do, and all public points fit (properties 1 and 2). */
function expectSound(shares: Shares): void {
	const list = Object.values(shares);
	const [key] = list;
	if (key === undefined) throw new Error('no shares');
	const suite = suiteOf(key.suite);
	for (const share of list) {
		expect(keyPublicOf(share)).toEqual(keyPublicOf(key));
		expect(pointHex(suite.base.multiply(scalarFromHex(suite, share.share)))).toBe(key.verifyingShares[share.index]);
	}
	for (const subset of subsets(list, key.threshold)) {
		expect(hits(key, subset)).toBe(true);
		const indexes = subset.map(({index}) => index);
		const sum = subset.reduce(
			(total, {index}) =>
				total.add(
					suite.decode(Buffer.from(key.verifyingShares[index] ?? '', 'hex')).multiplyUnsafe(lagrange(suite.scalars, indexes, index)),
				),
			suite.zero,
		);
		expect(pointHex(sum)).toBe(key.commitments[0]);
	}
	for (const subset of subsets(list, key.threshold - 1)) expect(hits(key, subset)).toBe(false);
}

/** Keys are made once for each size and seed; what is done with them is drawn anew in every case, from a session of its own. */
const seeds = fc.constantFrom('a', 'b', 'c', 'd');

const sound = new Set<Vault>();

function soundVault(suite: (typeof SUITES)[number], t: number, n: number, seed: string): Vault {
	const vault = vaultOf(suite, t, n, seed);
	if (!sound.has(vault)) expectSound(vault.shares);
	sound.add(vault);
	return vault;
}

/** Threshold, parties, seed, sealed or not. Up to seven parties, most of the time few: what a ceremony costs grows with their square. */
const upTo = (most: number) =>
	fc.integer({min: 2, max: most}).chain(t => fc.tuple(fc.constant(t), fc.integer({min: t, max: most}), seeds, fc.boolean()));
const sizes = fc.oneof({weight: 18, arbitrary: upTo(4)}, {weight: 2, arbitrary: upTo(5)}, {weight: 1, arbitrary: upTo(7)});
const sizesOn = (suite: (typeof SUITES)[number]) => (suite === 'glass' ? sizes : upTo(3));

describe.each(SUITES)('on %s', suite => {
	const runs = {numRuns: RUNS[suite]};

	test('a refresh changes every share and not the key; shares of two epochs never fit together, old ones still do', () => {
		fc.assert(
			fc.property(sizesOn(suite), fc.nat(), ([t, n, seed, sealed], pick) => {
				const vault = soundVault(suite, t, n, seed);
				const run = runRefresh(vault, {sealed, session: `refresh ${pick}`});
				expect(run).toMatchObject({status: 'done', blame: [], waitingFor: []});
				const shares = settledShares(run);
				expectSound(shares);
				const [old, fresh] = [Object.values(vault.shares), Object.values(shares)];
				expect(fresh.map(({publicKey}) => publicKey)).toEqual(old.map(({publicKey}) => publicKey));
				for (const [k, share] of fresh.entries()) expect(share.share).not.toBe(old[k]?.share);
				expect(Object.values(run.sides).flatMap(({memory}) => keySharesOf(memory).map(({epoch}) => epoch))).toEqual(fresh.map(() => 2));
				// Pure old still hits: refresh does not revoke. Mixed misses, at every place where the cut may be.
				expect(hits(anyShare(vault.shares), old.slice(0, t))).toBe(true);
				const cut = 1 + (pick % (t - 1 || 1));
				expect(hits(anyShare(shares), [...old.slice(0, cut), ...fresh.slice(cut, t)])).toBe(false);
				expect(signs(vault, shares)).toBe(true);
			}),
			runs,
		);
	});

	test('a reshare to any threshold and committee keeps the key; t of the new shares sign, t-1 do not, and old ones do not mix with them', () => {
		const change = fc.tuple(sizesOn(suite), fc.integer({min: 2, max: suite === 'glass' ? 5 : 4}), fc.nat(), fc.nat(), fc.nat());
		fc.assert(
			fc.property(change, ([[t, n, seed, sealed], n2, t2, shift, first]) => {
				const vault = soundVault(suite, t, n, seed);
				const receivers = NAMES.slice(0, 9)
					.slice(shift % (9 - n2 + 1))
					.slice(0, n2);
				const threshold = 2 + (t2 % (n2 - 1));
				const dealers = NAMES.slice(0, n)
					.slice(first % (n - t + 1))
					.slice(0, t);
				const run = runReshare(vault, {threshold, dealers, receivers}, {sealed, session: `reshare ${shift} ${first}`});
				expect(run).toMatchObject({status: 'done', blame: []});
				const shares = settledShares(run);
				expect(Object.keys(shares).sort()).toEqual([...receivers].sort());
				expectSound(shares);
				expect(anyShare(shares)).toMatchObject({threshold, epoch: 2, publicKey: anyShare(vault.shares).publicKey});
				// Who leaves has erased; nobody has a share of epoch 1 any more.
				for (const [id, {memory}] of Object.entries(run.sides))
					expect(keySharesOf(memory).map(({epoch}) => epoch)).toEqual(receivers.includes(id) ? [2] : []);
				const old = Object.values(vault.shares).slice(0, Math.max(1, threshold - 1));
				const fresh = Object.values(shares).filter(({index}) => !old.some(share => share.index === index));
				if (old.length < t && fresh.length > 0)
					expect(hits(anyShare(shares), [...old, ...fresh].slice(0, Math.max(t, threshold)))).toBe(false);
				expect(signs(vault, shares)).toBe(true);
			}),
			runs,
		);
	});

	test('a repair gives the share back, or a new index its own, and shows the helpers nothing', () => {
		fc.assert(
			fc.property(sizesOn(suite), fc.nat(), fc.nat(), ([t, n, seed, sealed], first, where) => {
				const vault = soundVault(suite, t, n, seed);
				const target = NAMES[where % (n + 2)] ?? '';
				const able = NAMES.slice(0, n).filter(id => id !== target);
				if (able.length < t) return;
				const helpers = able.slice(first % (able.length - t + 1)).slice(0, t);
				const run = runRepair(vault, {helpers, target}, {sealed, session: `repair ${first} ${where}`});
				expect(run).toMatchObject({status: 'done', blame: []});
				const repaired = keyShareOf(run.sides[target]?.memory ?? '');
				const suiteObject = suiteOf(suite);
				const all = Object.values(vault.shares).map(({index, share}) => ({index, value: scalarFromHex(suiteObject, share)}));
				expect(scalarFromHex(suiteObject, repaired.share)).toBe(interpolate(suiteObject.scalars, all.slice(0, t), repaired.index));
				if (target in vault.shares) expect(repaired).toEqual(vault.shares[target]);
				const after = Object.fromEntries(Object.entries(run.sides).map(([id, {memory}]) => [id, keyShareOf(memory)]));
				expectSound(after);
				// On glass the target's public point is its share.
				if (suite !== 'glass') for (const id of helpers) expect(run.sides[id]?.memory).not.toContain(repaired.share);
				expect(run.learned[target]?.map(({what}) => what)).toContain(`its share s${repaired.index}, and nothing else`);
			}),
			runs,
		);
	});
});

describe('what a repair shows', () => {
	test.each(SUITES)('the target and t-2 helpers together: every candidate for the key fits all that they saw, on %s', name => {
		const suite = suiteOf(name);
		const {scalars} = suite;
		fc.assert(
			fc.property(
				fc.integer({min: 2, max: 4}),
				seeds,
				fc.nat(),
				fc.bigInt({min: 0n, max: scalars.ORDER - 1n}),
				(t, seed, session, candidate) => {
					const vault = vaultOf(name, t, t + 1, seed);
					const helpers = NAMES.slice(0, t);
					const target = NAMES[t] ?? '';
					// In plain text, so that the test can read what each of them got; the coalition uses only what was addressed to it.
					const run = runRepair(vault, {helpers, target}, {sealed: false, session: `repair ${session}`});
					const got = (round: number, to: string) =>
						new Map(
							run.transits
								.filter(transit => transit.round === round && transit.to === to)
								.map(({from, wire}) => [
									from,
									scalarFromHex(suite, Object.values(JSON.parse(wire).body as Record<string, string>)[0] ?? ''),
								]),
						);
					const [a, b] = helpers.slice(-2) as [string, string];
					const friends = helpers.slice(0, -2);
					const indexOf = (id: string) => NAMES.indexOf(id) + 1;
					const value = (id: string) => scalarFromHex(suite, vault.shares[id]?.share ?? '');
					const repaired = scalarFromHex(suite, keyShareOf(run.sides[target]?.memory ?? '').share);
					const known = [...friends.map(id => ({index: indexOf(id), value: value(id)})), {index: indexOf(target), value: repaired}];
					const through = [{index: 0, value: candidate}, ...known];
					const zeta = (id: string) => lagrange(scalars, helpers.map(indexOf), indexOf(id), indexOf(target));
					const sub = (x: bigint, ...rest: bigint[]) => rest.reduce((sum, y) => scalars.sub(sum, y), x);
					// What a and b sent to the friends, and what the friends sent to a and b (they made it themselves, it is in their rows).
					const toFriends = (id: string) => friends.map(friend => got(3, friend).get(id) ?? 0n);
					const fromFriends = (id: string) => friends.map(friend => got(3, id).get(friend) ?? 0n);
					const row = (id: string) => sub(scalars.mul(zeta(id), interpolate(scalars, through, indexOf(id))), ...toFriends(id));
					const column = (id: string) => sub(got(10, target).get(id) ?? 0n, ...fromFriends(id));
					// Four unknown parts between a and b; the two rows and two columns leave one free, for every candidate.
					const aa = 7n;
					const [ab, ba] = [sub(row(a), aa), sub(column(a), aa)];
					expect(scalars.add(ab, sub(row(b), ba))).toBe(column(b));
				},
			),
			{numRuns: RUNS[name]},
		);
	});
});

describe('who missed a refresh', () => {
	const vault = makeVault('glass', 2, 3);
	const run = runRefresh(vault, {members: ['ada', 'ben']});
	const fresh = settledShares(run);

	it('is left with an old share, which its epoch and fingerprint tell', () => {
		const chi = vault.shares.chi as KeyShare;
		expect(Object.keys(fresh)).toEqual(['ada', 'ben']);
		expect(fingerprintOf(chi)).not.toBe(fingerprintOf(anyShare(fresh)));
		expect(hits(anyShare(fresh), [chi, fresh.ada as KeyShare])).toBe(false);
		const {table} = vault;
		const session = {...table.session('refresh-3'), epoch: 3};
		const start = () => startRefresh({session, me: 'chi', identity: table.identity('chi'), key: anyShare(fresh), keyShare: chi});
		expect(start).toThrow('chi holds a share of epoch 1, which does not fit this key of epoch 2: repair it first');
	});

	it('is repaired by those who took part', () => {
		const repair = runRepair({...vault, shares: fresh}, {helpers: ['ada', 'ben'], target: 'chi'});
		const shares = Object.fromEntries(Object.entries(repair.sides).map(([id, {memory}]) => [id, keyShareOf(memory)]));
		expectSound(shares);
		expect(signs(vault, shares, ['ben', 'chi'])).toBe(true);
	});
});

describe('old shares', () => {
	const vault = makeVault('glass', 2, 3);

	it('stay on the machines where nobody erases, and make the key as before', () => {
		const run = runRefresh(vault, {checks: {eraseOldShares: false}});
		const kept = Object.values(run.sides).map(({memory}) => keySharesOf(memory));
		expect(kept.map(shares => shares.map(({epoch}) => epoch))).toEqual([
			[2, 1],
			[2, 1],
			[2, 1],
		]);
		expect(hits(anyShare(vault.shares), kept.map(([, old]) => old as KeyShare).slice(0, 2))).toBe(true);
	});

	it('of a broken machine spoil no refresh: it notices before anybody flips', () => {
		const ada = vault.shares.ada as KeyShare;
		const broken: Vault = {...vault, shares: {...vault.shares, ada: {...ada, share: (vault.shares.ben as KeyShare).share}}};
		const run = runRefresh(broken);
		expect(run).toMatchObject({status: 'aborted', blame: []});
		expect(Object.values(settledShares(run)).map(({epoch}) => epoch)).toEqual([1, 1, 1]);
		expect(run.checks.ada?.at(-1)).toMatchObject({about: 'chi', holds: true});
		expect(run.checks.ada?.some(check => check.name === 'feldman' && !check.holds)).toBe(true);
	});
});
