/** COLLECT and CHECK at the end of a sharing ceremony: pure functions of what a side holds. */
import {checkDeal, collect, evaluateCommitments, normaliseKey, type Received} from '../sharing/deal.js';
import {pointsHex, scalarFromHex, scalarHex, sidesHex} from '../sharing/scalars.js';
import type {Point, Suite} from '../sharing/suite.js';
import type {Check} from './api.js';
import {commitmentsIn, judgePackage, judgeValue, polynomialText} from './dealing-judge.js';
import {type DealingState, ROUND} from './dealing-state.js';
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
	readonly sum: Received;
}

function packageOf(state: DealingState, dealer: string): Body {
	return kept(state, ROUND.commitments, dealer)?.body ?? {};
}

function readDeal(state: DealingState, suite: Suite, dealer: string): OneDeal {
	const text = kept(state, ROUND.values, dealer)?.body.value;
	const commitments = commitmentsIn(state, suite, packageOf(state, dealer));
	// A dealer that receives nothing adds up commitments only.
	if (!state.receivers.includes(state.me)) return {dealer, commitments, text, value: 0n};
	try {
		return {dealer, commitments, text, value: scalarFromHex(suite, asHex(text) ?? '')};
	} catch {
		return {dealer, commitments, text, value: undefined};
	}
}

/** The first failing check on a dealer's signed package, made when the sum of all packages does not hold. */
function failedPackage(state: DealingState, suite: Suite, dealers: readonly string[]): Check | undefined {
	return dealers
		.flatMap(dealer => judgePackage(state, suite, dealer, packageOf(state, dealer), name => name === 'subgroup'))
		.find(check => !check.holds);
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
		const failed = failedPackage(state, suite, state.dealers);
		return {...nothing, failed, checks: failed === undefined ? [] : [failed]};
	}
	const sum = collect(
		suite,
		me,
		deals.map(({commitments, value = 0n}) => ({commitments, value})),
	);
	const checks = isOn(state, 'subgroup') ? sum.commitments.map((point, k) => checkSubgroup(suite, point, `C${k}`, state.me)) : [];
	if (checks.some(check => !check.holds)) {
		const failed = failedPackage(state, suite, state.dealers);
		if (failed !== undefined) return {...nothing, checks: [...checks, failed], failed};
	}
	const unreadable = deals.filter(({value}) => value === undefined).map(({dealer}) => dealer);
	if (unreadable.length > 0 || !state.receivers.includes(state.me) || !isOn(state, 'feldman')) return {checks, against: unreadable, sum};
	const whole = checkSum(suite, state.me, sum);
	if (whole.holds) return {checks: [...checks, whole], against: [], sum};
	const each = deals.map(({dealer, commitments, text}) => judgeValue(suite, dealer, indexOf(state, dealer), me, commitments, text));
	return {checks: [...checks, whole, ...each], against: each.filter(check => !check.holds).map(check => check.about), sum};
}

function checkSum(suite: Suite, about: string, sum: Received): Check {
	const equation = `s${sum.index}*G = ${polynomialText('C', sum.commitments.length, sum.index)}`;
	return {name: 'feldman', about, equation, ...sidesHex(checkDeal(suite, sum))};
}

/** The key as this side will use it once everybody has accepted. Throws on a sum that is zero. */
export function resultOf(state: DealingState, suite: Suite, sum: Received): NonNullable<DealingState['result']> {
	const {session, receivers, me} = state;
	const {index, value, commitments} = normaliseKey(suite, sum);
	const indexes = receivers.map(id => indexOf(state, id));
	const texts = pointsHex(suite, [...commitments, ...indexes.map(j => evaluateCommitments(commitments, j))]);
	return {
		suite: session.suite,
		epoch: session.epoch,
		threshold: session.threshold,
		commitments: texts.slice(0, commitments.length),
		publicKey: Buffer.from(suite.publicKey(commitments[0] ?? suite.zero)).toString('hex'),
		verifyingShares: Object.fromEntries(indexes.map((j, k) => [j, texts[commitments.length + k] ?? ''])),
		...(receivers.includes(me) ? {index, share: scalarHex(suite, value)} : {}),
	};
}
