/** COLLECT and CHECK at the end of a sharing ceremony: pure functions of what a side holds. */
import {checkDeal, collect, evaluateCommitmentsAt, normaliseKey, type Received} from '../sharing/deal.js';
import {baseTimes, pointHex, scalarFromHex, scalarHex, sidesHex} from '../sharing/scalars.js';
import type {Point, Suite} from '../sharing/suite.js';
import type {Check, Hex} from './api.js';
import {judgePackage, judgeValue, pointsFor} from './dealing-judge.js';
import {checkShare, heldShare, oldCommitments, shareEquation} from './dealing-rules.js';
import {type DealingState, isStaged, keyOf, ROUND} from './dealing-state.js';
import type {Body} from './envelope.js';
import {asHex, indexOf, isOn, kept} from './side.js';
import {checkSubgroup} from './signing-list.js';

interface OneDeal {
	readonly dealer: string;
	readonly commitments: readonly Point[];
	/** As it came; no scalar where the dealer sent something else. */
	readonly text: unknown;
	readonly value: bigint | undefined;
}

/** What came of all deals. `failed` is a check on a dealer that everybody can repeat, `against` are dealers whose value only this side saw. */
export interface Collected {
	readonly checks: readonly Check[];
	readonly failed?: Check;
	readonly against: readonly string[];
	/** The share and its commitments; in a repair the sum of the parts and of their points. */
	readonly sum: Received;
	/** The key, where it was needed for the check. */
	readonly key?: NewKey;
	/** Every deal holds, and yet the share does not fit: what this side held or knew before was wrong. */
	readonly unfit?: Check;
}

function packageOf(state: DealingState, dealer: string): Body {
	return kept(state, ROUND.commitments, dealer)?.body ?? {};
}

function readDeal(state: DealingState, suite: Suite, dealer: string): OneDeal {
	const text = kept(state, ROUND.values, dealer)?.body.value;
	const commitments = pointsFor(state, suite, packageOf(state, dealer), state.me);
	// A dealer that receives nothing adds up commitments only.
	if (!state.receivers.includes(state.me)) return {dealer, commitments, text, value: 0n};
	try {
		return {dealer, commitments, text, value: scalarFromHex(suite, asHex(text) ?? '')};
	} catch {
		return {dealer, commitments, text, value: undefined};
	}
}

/** The first failing check on a dealer's signed package, made when the sum of all packages does not hold. */
export function failedPackage(state: DealingState, suite: Suite): Check | undefined {
	return state.dealers
		.flatMap(dealer => judgePackage(state, suite, dealer, packageOf(state, dealer), name => name === 'subgroup'))
		.find(check => !check.holds);
}

/** Index by index: the sum of what was dealt on top of what stays. */
function ontoOld(state: DealingState, suite: Suite, {index, value, commitments}: Received): Received {
	if (state.ceremony === 'reshare') return {index, value, commitments: [...oldCommitments(state, suite, 1), ...commitments]};
	const old = oldCommitments(state, suite);
	const mine = state.held === undefined ? 0n : heldShare(state, suite);
	return collect(suite, index, [
		{value, commitments: [suite.zero, ...commitments]},
		{value: mine, commitments: old},
	]);
}

/**
 * Adds up all deals. The subgroup of the summed commitments and the summed value are checked once; only where a sum fails is each deal looked at.
 * That is sound for the share that comes out (crypto of sums: both equations are linear).
 */
export function collectDeals(state: DealingState, suite: Suite): Collected {
	const me = indexOf(state, state.me);
	const nothing = {checks: [], against: [], sum: {index: me, value: 0n, commitments: []}};
	let deals: readonly OneDeal[];
	try {
		deals = state.dealers.map(dealer => readDeal(state, suite, dealer));
	} catch {
		const failed = failedPackage(state, suite);
		return {...nothing, failed, checks: failed === undefined ? [] : [failed]};
	}
	const dealt = collect(
		suite,
		me,
		deals.map(({commitments, value = 0n}) => ({commitments, value})),
	);
	// In a repair every point is pinned by an equation with a known scalar.
	const checks = isOn(state, 'subgroup') && state.ceremony !== 'repair' ? subgroupChecks(state, suite, dealt) : [];
	if (checks.some(check => !check.holds)) {
		const failed = failedPackage(state, suite);
		if (failed !== undefined) return {...nothing, checks: [...checks, failed], failed};
	}
	const unreadable = deals.filter(({value}) => value === undefined).map(({dealer}) => dealer);
	const sum = isStaged(state) ? ontoOld(state, suite, dealt) : dealt;
	if (unreadable.length > 0 || !state.receivers.includes(state.me) || !isOn(state, 'feldman')) return {checks, against: unreadable, sum};
	const key = state.ceremony === 'repair' || (sum.commitments[0]?.is0() ?? true) ? undefined : newKey(state, suite, sum);
	const whole = key === undefined ? checkParts(state, suite, sum) : checkOwnShare(state, suite, key);
	if (whole.holds) return {checks: [...checks, whole], against: [], sum, key};
	const each = deals.map(({dealer, commitments, text}) => judgeValue(state, suite, dealer, state.me, commitments, text));
	const against = each.filter(check => !check.holds).map(check => check.about);
	return {checks: [...checks, whole, ...each], against, sum, ...(against.length === 0 ? {unfit: whole} : {})};
}

function subgroupChecks(state: DealingState, suite: Suite, {commitments}: Received): Check[] {
	return commitments.map((point, at) => checkSubgroup(suite, point, isStaged(state) ? `(sum of D_${at + 1})` : `C${at}`, state.me));
}

/** What a helper of a repair got: the sum of delta_ij times G = the sum of Delta_ij. Deals that add up to the zero key are checked in the same way. */
function checkParts(state: DealingState, suite: Suite, sum: Received): Check {
	if (state.ceremony !== 'repair') return checkShare(suite, state.me, sum);
	const {index, value, commitments} = sum;
	const equation = `sigma${index}*G = sum of Delta_i${index}`;
	// A polynomial of one coefficient is that coefficient everywhere.
	return {name: 'feldman', about: state.me, equation, ...sidesHex(checkDeal(suite, {index, value, commitments}))};
}

/** The key that comes out: this side's share, the commitments, and the verifying share of every receiver, as points and as text. */
export interface NewKey extends Received {
	readonly texts: readonly Hex[];
	/** Of the commitments, where the group has them: see `Suite.decode`. */
	readonly roots?: readonly Hex[];
	readonly verifying: ReadonlyMap<number, {readonly point: Point; readonly text: Hex}>;
}

/** All points are encoded together, with one inversion. Throws on a sum that is zero. */
export function newKey(state: DealingState, suite: Suite, sum: Received): NewKey {
	const {index, value, commitments} = isStaged(state) ? sum : normaliseKey(suite, sum);
	const indexes = state.receivers.map(id => indexOf(state, id));
	const points = evaluateCommitmentsAt(commitments, indexes);
	const prepared = suite.prepare([...commitments, ...points]);
	const texts = prepared.map(pointHex);
	const verifying = indexes.map((j, k) => [j, {point: points[k] ?? suite.zero, text: texts[commitments.length + k] ?? ''}] as const);
	return {
		index,
		value,
		commitments,
		texts: texts.slice(0, commitments.length),
		...(suite.rootOf && {roots: prepared.slice(0, commitments.length).map(suite.rootOf)}),
		verifying: new Map(verifying),
	};
}

/** s_j*G = C(j), which is in the record of the key already. */
function checkOwnShare(state: DealingState, suite: Suite, {index, value, commitments, verifying}: NewKey): Check {
	const {point: right, text} = verifying.get(index) ?? {point: suite.zero, text: ''};
	const left = baseTimes(suite, value);
	const holds = left.equals(right);
	const equation = shareEquation(index, commitments.length);
	return {name: 'feldman', about: state.me, holds, equation, left: holds ? text : pointHex(left), right: text};
}

/** The key as this side will use it once everybody has accepted. */
export function resultOf(state: DealingState, suite: Suite, {index, value, commitments, texts, roots, verifying}: NewKey): Made {
	const {session, receivers, me} = state;
	return {
		suite: session.suite,
		epoch: session.epoch,
		threshold: session.threshold,
		commitments: texts,
		...(roots === undefined ? {} : {roots}),
		publicKey: isStaged(state) ? keyOf(state).publicKey : Buffer.from(suite.publicKey(commitments[0] ?? suite.zero)).toString('hex'),
		verifyingShares: Object.fromEntries([...verifying].map(([j, {text}]) => [j, text])),
		...(receivers.includes(me) ? {index, share: scalarHex(suite, value)} : {}),
	};
}

type Made = NonNullable<DealingState['result']>;
