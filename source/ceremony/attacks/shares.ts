/** What captured shares are worth: quorums of one epoch, mixtures of epochs, fewer than t, and refresh traffic that was not sealed. */
import {evaluate, interpolate} from '../../sharing/polynomial.js';
import {baseTimes, pointFromHex, scalarFromHex, scalarHex} from '../../sharing/scalars.js';
import type {Scalars} from '../../sharing/suite.js';
import {suiteOf} from '../../sharing/suites.js';
import type {Hex, KeyPublic, KeyShare} from '../api.js';
import {tryShares} from '../attack.js';
import {ROUND} from '../dealing-state.js';
import {type Body, parseEnvelope} from '../envelope.js';
import {isSealed} from '../seal.js';
import {type Attack, pointCheck} from './attack.js';

export type Captured = Pick<KeyShare, 'index' | 'epoch' | 'share'>;

/**
 * Every set of `threshold` captured shares with distinct indexes, whatever their epochs; the first that gives the key. Needs t shares of one epoch
 * (of any epoch: a refresh or reshare does not take back what was captured before). Mixed sets are tried too, and miss.
 */
export function reconstruct(options: {
	readonly key: KeyPublic;
	readonly captured: readonly Captured[];
	/** The threshold of the epochs that the shares are of, where it is not the key's. */
	readonly threshold?: number;
}): Attack<{readonly shares: readonly Captured[]; readonly secret?: Hex}> & {readonly tried: number} {
	const {key, captured, threshold = key.threshold} = options;
	const needs = `${threshold} shares of one epoch`;
	let tried = 0;
	let last: ReturnType<typeof tryShares> | undefined;
	// Sets of one epoch come first: they are the ones that can work.
	const sets = [...setsOf(captured, threshold)].sort((a, b) => Number(mixed(a)) - Number(mixed(b)));
	for (const shares of sets) {
		tried++;
		last = tryShares({key, shares});
		if (last.check.holds) return {needs, tried, checks: [last.check], result: {shares, secret: last.candidate}};
	}
	const check = last?.check ?? tryShares({key, shares: []}).check;
	return {needs, tried, checks: [check], result: {shares: []}};
}

/** Shares of more than one epoch. */
export function mixed(shares: readonly Captured[]): boolean {
	return new Set(shares.map(({epoch}) => epoch)).size > 1;
}

function* setsOf(shares: readonly Captured[], size: number, from = 0): Generator<Captured[]> {
	if (size === 0) yield [];
	else
		for (let k = from; k < shares.length; k++)
			for (const rest of setsOf(shares, size - 1, k + 1)) {
				const share = shares[k] as Captured;
				if (!rest.some(({index}) => index === share.index)) yield [share, ...rest];
			}
}

/**
 * What t-1 shares say about the secret, by trying every polynomial of degree t-1 over a small field: how many fit, for each secret. Shamir's answer
 * is that every secret is left, equally often. Throws where there are more than a million polynomials.
 */
export function secretsLeft(
	scalars: Scalars,
	options: {readonly shares: readonly {readonly index: number; readonly value: bigint}[]; readonly threshold: number},
): ReadonlyMap<bigint, number> {
	const {shares, threshold} = options;
	const total = scalars.ORDER ** BigInt(threshold);
	if (total > 1_000_000n) throw new Error(`${total} polynomials are too many to try`);
	const left = new Map<bigint, number>();
	for (let number = 0n; number < total; number++) {
		const polynomial = Array.from({length: threshold}, (_, k) => (number / scalars.ORDER ** BigInt(k)) % scalars.ORDER);
		if (!shares.every(({index, value}) => evaluate(scalars, polynomial, index) === value)) continue;
		const secret = polynomial[0] ?? 0n;
		left.set(secret, (left.get(secret) ?? 0) + 1);
	}
	return left;
}

/**
 * Recorded traffic of a refresh, where it was not sealed, moves captured shares to the new epoch: s'_j = s_j + sum of g_i(j). What a dealer deals to
 * itself does not travel, but its polynomial goes through 0 and through what it dealt to the others. Needs the plain values of that refresh.
 * Shares that cannot be moved are left out.
 */
export function followRefresh(options: {
	readonly before: KeyPublic;
	readonly after: KeyPublic;
	readonly captured: readonly Captured[];
	readonly wires: readonly string[];
	/** Index by id, of everybody who dealt. */
	readonly indexes: Readonly<Record<string, number>>;
}): Attack<readonly Captured[]> {
	const {before, after, captured, wires, indexes} = options;
	const suite = suiteOf(before.suite);
	const {scalars} = suite;
	const dealt = new Map<number, Map<number, bigint>>(Object.values(indexes).map(index => [index, new Map([[0, 0n]])]));
	for (const wire of wires) {
		const envelope = parseEnvelope(wire);
		if (envelope === undefined || envelope.round !== ROUND.values || isSealed(envelope.body)) continue;
		const {value} = envelope.body as Body;
		const [from, to] = [indexes[envelope.from], indexes[envelope.to]];
		if (from === undefined || to === undefined || typeof value !== 'string') continue;
		dealt.get(from)?.set(to, scalarFromHex(suite, value));
	}
	const valueAt = (dealer: number, index: number): bigint | undefined => {
		const points = [...(dealt.get(dealer) ?? [])].map(([at, value]) => ({index: at, value}));
		const known = points.find(point => point.index === index);
		if (known !== undefined) return known.value;
		return points.length < before.threshold ? undefined : interpolate(scalars, points.slice(0, before.threshold), index);
	};
	const moved = captured
		.filter(({epoch}) => epoch === before.epoch)
		.flatMap(({index, share}) => {
			const shifts = [...dealt.keys()].map(dealer => valueAt(dealer, index));
			if (!shifts.every(shift => shift !== undefined)) return [];
			const value = shifts.reduce((sum, shift) => scalars.add(sum, shift), scalarFromHex(suite, share));
			return [{index, epoch: after.epoch, share: scalarHex(suite, value)}];
		});
	const checks = moved.map(({index, share}) =>
		pointCheck(
			'followRefresh',
			`(s${index} + sum of g_i(${index}))*G = Y'${index}`,
			baseTimes(suite, scalarFromHex(suite, share)),
			pointFromHex(suite, after.verifyingShares[index] ?? ''),
		),
	);
	return {needs: 'shares of the old epoch, and the values of the refresh in plain text', checks, result: moved};
}
