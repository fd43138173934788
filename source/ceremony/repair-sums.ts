/**
 * The end of a repair: each helper sends the sum of its parts to the target, which adds them up to its share and checks it against the key. Sums and
 * packages are looked at one by one only where that fails. The target learns one share, the helpers learn nothing.
 */
import {baseTimes, scalarFromHex, scalarHex, sidesHex} from '../sharing/scalars.js';
import type {Point, Suite} from '../sharing/suite.js';
import {suiteOf} from '../sharing/suites.js';
import type {Blame, Check, KeyPublic} from './api.js';
import {failedPackage} from './dealing-collect.js';
import {exhibit, judgeAccusation, pointsFor} from './dealing-judge.js';
import {verifyingPoint} from './dealing-rules.js';
import {type DealingState, keyOf, ROUND} from './dealing-state.js';
import {exhibitOf} from './dealing-verdict.js';
import {accuse, condemn, say} from './dealing-voice.js';
import {type Body, hashText} from './envelope.js';
import {abort, asHex, indexOf, kept, made, post, type Work} from './side.js';

function targetOf({witnesses}: DealingState): string {
	return witnesses[0] ?? '';
}

/** Helpers post their sums; the target waits for them. */
export function sendSum(state: DealingState, work: Work): void {
	const target = targetOf(state);
	if (state.me === target) {
		state.round = ROUND.sums;
		return;
	}
	state.round = ROUND.confirmation;
	const carries = `sigma${indexOf(state, state.me)}, ${state.session.sealed ? 'sealed' : 'in plain text'}`;
	post(state, work, target, {round: ROUND.sums, body: {sum: state.sum}, secret: true, carries});
	delete state.sum;
}

/** The record of the key with the target's verifying share in it. */
function recordWith(state: DealingState, suite: Suite): KeyPublic {
	const key = keyOf(state);
	const index = indexOf(state, targetOf(state));
	const point = key.verifyingShares[index] ?? Buffer.from(verifyingPoint(state, suite, index).toBytes()).toString('hex');
	return {...key, verifyingShares: {...key.verifyingShares, [index]: point}};
}

/** sigma_j*G = sum of Delta_ij: the helper sent what it got. */
function judgeSum(state: DealingState, suite: Suite, helper: string, text: unknown): Check {
	const j = indexOf(state, helper);
	try {
		const value = scalarFromHex(suite, asHex(text) ?? '');
		const right = state.dealers
			.flatMap(dealer => pointsFor(state, suite, kept(state, ROUND.commitments, dealer)?.body ?? {}, helper))
			.reduce((sum: Point, point) => sum.add(point), suite.zero);
		const left = baseTimes(suite, value);
		const terms = state.dealers.map(dealer => `Delta${indexOf(state, dealer)}${j}`).join(' + ');
		return {name: 'sum', about: helper, equation: `sigma${j}*G = ${terms}`, ...sidesHex({holds: left.equals(right), left, right})};
	} catch {
		return {name: 'encoding', about: helper, holds: false, equation: `sigma${j} is a scalar`, left: String(text), right: ''};
	}
}

/** The target has all sums. */
export function addSums(state: DealingState, work: Work): void {
	const suite = suiteOf(state.session.suite);
	const index = indexOf(state, state.me);
	const texts = state.receivers.map(helper => kept(state, ROUND.sums, helper)?.body.sum);
	const share = shareOf(suite, texts);
	if (share !== undefined) {
		const left = baseTimes(suite, share);
		const right = verifyingPoint(state, suite, index);
		const equation = `(${state.receivers.map(id => `sigma${indexOf(state, id)}`).join(' + ')})*G = Y${index}`;
		const check = made(work, {name: 'repair', about: state.me, equation, ...sidesHex({holds: left.equals(right), left, right})});
		if (check.holds) {
			state.result = {...recordWith(state, suite), index, share: scalarHex(suite, share)};
			state.status = 'done';
			work.learned.push(`its share s${index}, and nothing else`);
			say(state, work, ROUND.confirmation, {accept: true}, `${state.me} has its share`);
			return;
		}
	}
	const wrong = state.receivers
		.map(helper => made(work, judgeSum(state, suite, helper, kept(state, ROUND.sums, helper)?.body.sum)))
		.find(check => !check.holds);
	if (wrong !== undefined) {
		const shown = exhibitOf(state, ROUND.sums, wrong.about);
		say(state, work, ROUND.confirmation, {accuse: wrong.about, sum: shown}, `accusation of ${wrong.about}: ${wrong.name}`);
		condemn(state, work, [{member: wrong.about, check: wrong, evidence: sumEvidence(state, shown.wire)}], true);
		return;
	}
	const failed = failedPackage(state, suite);
	if (failed !== undefined) accuse(state, work, ROUND.confirmation, failed.about, made(work, failed));
	else abort(state, `every message holds, but the record of the key does not: the sum is not Y${index}`);
}

function shareOf(suite: Suite, texts: readonly unknown[]): bigint | undefined {
	try {
		return texts.reduce((sum: bigint, text) => suite.scalars.add(sum, scalarFromHex(suite, asHex(text) ?? '')), 0n);
	} catch {
		return undefined;
	}
}

function sumEvidence(state: DealingState, wire: string): string[] {
	return [...state.dealers.map(dealer => kept(state, ROUND.commitments, dealer)?.wire ?? ''), wire];
}

/** What the target says in the end: it has its share, or somebody is at fault; or it is, because what it shows fails nothing. */
export function hearConfirmation(state: DealingState, work: Work): void {
	const suite = suiteOf(state.session.suite);
	const target = targetOf(state);
	const {body, wire} = kept(state, ROUND.confirmation, target) ?? {body: {}, wire: ''};
	if (body.accept === true) {
		state.result = recordWith(state, suite);
		state.status = 'done';
	} else if (body.sum === undefined) condemn(state, work, [judgeAccusation(state, suite, target, body, wire)]);
	else condemn(state, work, [judgeSumAccusation(state, suite, target, body, wire)]);
}

function judgeSumAccusation(state: DealingState, suite: Suite, target: string, body: Body, wire: string): Blame {
	const accused = String(body.accuse);
	const {wire: shown, key} = (body.sum ?? {}) as Body;
	const exhibited = state.receivers.includes(accused) ? exhibit(state, shown, accused, ROUND.sums, target, asHex(key)) : undefined;
	const check = exhibited === undefined ? undefined : judgeSum(state, suite, accused, exhibited.sum);
	if (check?.holds === false) return {member: accused, check, evidence: sumEvidence(state, String(shown))};
	const equation = `the sum that ${target} shows of ${accused} fails: ${check?.equation ?? 'no such message'}`;
	const {left, right} = check ?? {left: hashText(String(shown)), right: ''};
	return {member: target, check: {name: 'accusation', about: target, holds: false, equation, left, right}, evidence: [wire]};
}
