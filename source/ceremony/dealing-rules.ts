/**
 * What each ceremony deals, and the equation of its receivers. The rounds are the same for all; this is where they differ.
 *
 *   keygen, dealer   v random or the key          D_i0 .. D_i,t-1 travel
 *   refresh          v = 0 (Herzberg et al. 1995)  D_i0 = O is implied; the same t, so that nothing else than the shares changes
 *   reshare          v = lambda_i*s_i (Desmedt and Jajodia 1997; Wong, Wang and Wing 2002)   D_i0 = lambda_i*Y_i is derived, not sent
 *   repair           zeta_i*s_i is split into parts (Stinson and Wei 2018)                    Delta_ij travel, one for each helper
 */
import {checkDeal, type Deal, deal, evaluateCommitments} from '../sharing/deal.js';
import {lagrange} from '../sharing/polynomial.js';
import {baseTimes, pointFromHex, scalarFromHex, sidesHex} from '../sharing/scalars.js';
import {split} from '../sharing/split.js';
import type {Draw, Point, Suite} from '../sharing/suite.js';
import type {Check} from './api.js';
import {type DealingFrame, type DealingState, indexesOf, isStaged, keyOf} from './dealing-state.js';
import {indexOf} from './side.js';

/** Where the shares of all dealers are added up: at 0 for the key, at the target's index for its share. */
function destination(state: DealingFrame): number {
	return state.ceremony === 'repair' ? (indexesOf(state, state.witnesses)[0] ?? 0) : 0;
}

function weight(state: DealingFrame, suite: Suite, dealer: number): bigint {
	return lagrange(suite.scalars, indexesOf(state, state.dealers), dealer, destination(state));
}

/** This side's share of the old key. Throws where it holds none. */
export function heldShare(state: DealingState, suite: Suite): bigint {
	if (state.held === undefined) throw new Error(`${state.me} holds no share that it could deal`);
	return scalarFromHex(suite, state.held.share);
}

/** DEAL, as this ceremony does it. */
export function dealOf(
	state: DealingState,
	suite: Suite,
	draw: Draw,
	label: string,
): Pick<Deal, 'commitments' | 'values'> & {constant?: bigint} {
	const {session, ceremony, me} = state;
	const receivers = indexesOf(state, state.receivers);
	const degree = session.threshold - 1;
	const weighted = () => suite.scalars.mul(weight(state, suite, indexOf(state, me)), heldShare(state, suite));
	if (ceremony === 'repair') return split(suite, {term: weighted(), indexes: receivers, draw, label});
	if (ceremony === 'refresh') return deal(suite, {constant: 0n, implied: true, degree, receivers, draw, label});
	if (ceremony === 'reshare') return deal(suite, {constant: weighted(), implied: true, degree, receivers, draw, label});
	const constant = state.secret === undefined ? undefined : scalarFromHex(suite, state.secret);
	return deal(suite, {constant, degree, receivers, draw, label});
}

/** How many points a dealer's package has. */
export function packageLength(state: DealingFrame): {readonly count: number; readonly text: string} {
	const {threshold} = state.session;
	return isStaged(state) ? {count: threshold - 1, text: 't - 1'} : {count: threshold, text: 't'};
}

/** Y_i of the old key: from its record, else from its commitments (an index that is new, or that missed a refresh). */
export function verifyingPoint(state: DealingFrame, suite: Suite, index: number): Point {
	const known = keyOf(state).verifyingShares[index];
	return known === undefined ? evaluateCommitments(oldCommitments(state, suite), index) : pointFromHex(suite, known);
}

/** The point of a dealer's weighted share, which anybody can compute: lambda_i*Y_i, or zeta_i*Y_i at the target. */
export function weightedPoint(state: DealingFrame, suite: Suite, dealer: number): Point {
	return verifyingPoint(state, suite, dealer).multiplyUnsafe(weight(state, suite, dealer));
}

/** `C0 + 2*C1 + 2^2*C2` */
export function polynomialText(name: string, length: number, index: number, first = 0): string {
	const terms = Array.from({length}, (_, at) => at + first);
	return terms.map(k => (k === 0 ? `${name}0` : `${index}${k === 1 ? '' : `^${k}`}*${name}${k}`)).join(' + ');
}

/** Where a receiver's part stands in a repair's package. */
export function placeOf(state: DealingFrame, index: number): number {
	return indexesOf(state, state.receivers).indexOf(index);
}

/** CHECK of one dealer's value for one receiver against the points of the package that concern the receiver, both sides of the equation. */
export function checkValue(
	state: DealingFrame,
	suite: Suite,
	options: {dealer: number; index: number; sent: readonly Point[]; value: bigint},
) {
	const {ceremony} = state;
	const {dealer, index, sent, value} = options;
	const of = `${dealer}${index}`;
	if (ceremony === 'repair') {
		const left = baseTimes(suite, value);
		const right = sent[0] ?? suite.zero;
		return {equation: `delta${of}*G = Delta${of}`, ...sidesHex({holds: left.equals(right), left, right})};
	}
	const higher = polynomialText(`D${dealer}_`, sent.length, index, 1);
	if (ceremony === 'refresh') {
		const sides = checkDeal(suite, {index, value, commitments: [suite.zero, ...sent]});
		return {equation: `s${of}*G = ${higher}`, ...sidesHex(sides)};
	}
	if (ceremony === 'reshare') {
		const sides = checkDeal(suite, {index, value, commitments: [weightedPoint(state, suite, dealer), ...sent]});
		return {equation: `s${of}*G = lam${dealer}*Y${dealer} + ${higher}`, ...sidesHex(sides)};
	}
	const sides = checkDeal(suite, {index, value, commitments: sent});
	return {equation: `s${of}*G = ${polynomialText(`D${dealer}_`, sent.length, index)}`, ...sidesHex(sides)};
}

/** What a value is called in words and equations. */
export function valueName({ceremony}: DealingFrame, dealer: number, receiver: number): string {
	return `${ceremony === 'repair' ? 'delta' : 's'}${dealer}${receiver}`;
}

/** A helper's parts must add up to its weighted share: the sum of Delta_ij = zeta_i*Y_i. */
export function checkSplit(state: DealingFrame, suite: Suite, about: string, sent: readonly Point[]): Check {
	const dealer = indexOf(state, about);
	const left = sent.reduce((sum, point) => sum.add(point), suite.zero);
	const right = weightedPoint(state, suite, dealer);
	const terms = indexesOf(state, state.receivers).map(j => `Delta${dealer}${j}`);
	const equation = `${terms.join(' + ')} = zeta${dealer}*Y${dealer}`;
	return {name: 'split', about, equation, ...sidesHex({holds: left.equals(right), left, right})};
}

/** A finished share against the commitments of its key. */
export function checkShare(suite: Suite, about: string, share: {index: number; value: bigint; commitments: readonly Point[]}): Check {
	return {name: 'feldman', about, equation: shareEquation(share.index, share.commitments.length), ...sidesHex(checkDeal(suite, share))};
}

/** `s2*G = C0 + 2*C1` */
export function shareEquation(index: number, commitments: number): string {
	return `s${index}*G = ${polynomialText('C', commitments, index)}`;
}

/** The text of a point in a package by its place. */
export function pointName(state: DealingFrame, dealer: number, k: number): string {
	if (state.ceremony === 'repair') return `Delta${dealer}${indexesOf(state, state.receivers)[k] ?? '?'}`;
	return `D${dealer}_${isStaged(state) ? k + 1 : k}`;
}

/** Old commitments as points: all, or the first few. */
export function oldCommitments(state: DealingFrame, suite: Suite, count?: number): Point[] {
	const {commitments, roots} = keyOf(state);
	return commitments.slice(0, count).map((text, k) => pointFromHex(suite, text, roots?.[k]));
}

/** What a dealer knows of its own deal, in words. */
export function packageText({ceremony}: DealingFrame): string {
	if (ceremony === 'refresh') return 'the polynomial through 0 that it dealt';
	if (ceremony === 'repair') return 'the parts of its weighted share';
	return 'the polynomial it dealt';
}
