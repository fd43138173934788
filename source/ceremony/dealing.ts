/**
 * A member's side of every ceremony in which something is dealt: key generation (Pedersen 1991, with proofs of possession as in FROST's PedPoP), the
 * trusted dealer, refresh, reshare and repair. Dealers commit in round 1, all compare what they got in round 2, values travel in round 3, receivers
 * accept or complain in round 4, and the accused answer in round 5. It ends in a share for every receiver, or names who failed which equation.
 */
import {possessionNonce, provePossession} from '../sharing/possession.js';
import {pointHex, scalarHex} from '../sharing/scalars.js';
import type {Point, Suite} from '../sharing/suite.js';
import {suiteOf} from '../sharing/suites.js';
import type {Check, Draw, Side, Step} from './api.js';
import {collectDeals, newKey, resultOf} from './dealing-collect.js';
import {unpack} from './dealing-copies.js';
import {judgeAccusation, judgeEcho, judgeOriginals, judgePackage} from './dealing-judge.js';
import {dealOf, packageText, valueName} from './dealing-rules.js';
import {type DealingFrame, type DealingState, isStaged, type Judging, ownEcho, participants, proofContext, ROUND} from './dealing-state.js';
import {accusedDealers, answerComplaints, complain, complaints, judgeComplaints} from './dealing-verdict.js';
import {accuse, condemn, say} from './dealing-voice.js';
import {type Admitted, admit, type Envelope} from './envelope.js';
import {doorOf, isFirst, keptAside, readMemory, still, toStep} from './memory.js';
import {addSums, hearConfirmation, sendSum} from './repair-sums.js';
import {abort, forget, indexOf, isOn, keep, keepOwn, kept, made, newWork, post, rememberPoint, silent, type Work} from './side.js';
import {acknowledge, closeStaged, hearAcknowledgements, hearFlips} from './staging.js';
import {listed} from './words.js';

export const dealingSide: Side = {
	open(memory, draw) {
		const work = newWork();
		return act(memory, work, state => {
			if (state.dealers.includes(state.me)) commit(state, work, draw);
			advance(state, work);
		});
	},
	receive(memory, wire) {
		const door = doorOf<DealingFrame>(memory);
		const work = newWork();
		const message = admit(door.frame, wire, work.checks);
		const waits = door.awaited.length > 0;
		if (message === undefined || !mayspeak(door.frame, message.envelope))
			return waits ? still(memory, door, work) : act(memory, work, undefined, door);
		const {envelope, body} = message;
		if (!waits || envelope.round === ROUND.inquiry || envelope.round === ROUND.copies) {
			const takeAll = (state: DealingState) => {
				for (const each of unpack(state, work, message))
					if (state.status === 'waiting' && keep(state, each)) take(state, work, each, hear(state, work, each));
				advance(state, work);
			};
			return act(memory, work, takeAll, door);
		}
		if (!isFirst(memory, door, envelope)) return still(memory, door, work);
		const points = {};
		const failed = hear({points, ...door.frame}, work, message);
		const isQuiet = failed === undefined && envelope.round !== ROUND.originals && body.accuse === undefined;
		const aside = isQuiet ? keptAside(memory, door, work, message, points) : undefined;
		if (aside !== undefined) return aside;
		const takeLast = (state: DealingState) => {
			keep(state, message);
			Object.assign(state.points, points);
			take(state, work, message, failed);
			advance(state, work);
		};
		return act(memory, work, takeLast, door);
	},
	close(memory) {
		const work = newWork();
		return act(memory, work, state => {
			if (state.status === 'waiting') closeRound(state, work);
		});
	},
};

function act(memory: string, work: Work, call?: (state: DealingState) => void, door = doorOf<DealingFrame>(memory)): Step {
	const state = readMemory<DealingState>(memory, door);
	call?.(state);
	if (state.status !== 'waiting') settle(state);
	return toStep(state, work, memory, {round: state.disputes ? ROUND.originals : state.round, waitingFor: awaited(state)});
}

/** It is over: what can still be asked for stays, which is what was said in the last rounds. */
function settle(state: DealingState): void {
	delete state.values;
	delete state.secret;
	delete state.sum;
	if (state.status === 'aborted' && state.flipped !== true) delete state.result;
	state.points = {};
	for (const round of Object.values(ROUND)) if (!LAST.includes(round)) forget(state, round);
}

const LAST: readonly number[] = [ROUND.verdict, ROUND.flips, ROUND.copies];

/** Whose message the current round still needs. */
function awaited(state: DealingState): string[] {
	const {round, dealers, receivers, witnesses, me} = state;
	if (state.disputes) return silent(state, ROUND.originals, disagreeing(state));
	if (round === ROUND.commitments) return silent(state, round, dealers);
	if (round === ROUND.echo) return silent(state, round, participants(state));
	if (round === ROUND.values) return receivers.includes(me) ? silent(state, round, dealers) : [];
	if (round === ROUND.verdict || round === ROUND.flips || round === ROUND.sums) return silent(state, round, receivers);
	if (round === ROUND.confirmation) return silent(state, round, witnesses);
	return silent(state, round, accusedDealers(state));
}

function mayspeak(state: DealingFrame, {round, from}: Pick<Envelope, 'round' | 'from'>): boolean {
	if (round === ROUND.commitments || round === ROUND.values || round === ROUND.answers) return state.dealers.includes(from);
	if (round === ROUND.flips || round === ROUND.sums) return state.receivers.includes(from);
	if (round === ROUND.confirmation) return state.witnesses.includes(from);
	return participants(state).includes(from) && Object.values<number>(ROUND).includes(round);
}

/** Round 1: DEAL, and publish the commitments, in key generation with a proof of possession. */
function commit(state: DealingState, work: Work, draw: Draw): void {
	const {session, me} = state;
	const suite = suiteOf(session.suite);
	const label = `${session.id} deal`;
	const dealt = dealOf(state, suite, draw, label);
	const valueFor = (id: string) => scalarHex(suite, dealt.values.get(indexOf(state, id)) ?? 0n);
	state.values = Object.fromEntries(state.receivers.map(id => [id, valueFor(id)]));
	delete state.secret;
	// All points are encoded with one inversion, that of the proof too.
	const fresh = state.ceremony === 'keygen' ? possessionNonce(suite, draw, label) : undefined;
	const prepared = [...suite.prepare(fresh === undefined ? dealt.commitments : [...dealt.commitments, fresh.nonce])];
	const roots = suite.rootOf && {roots: prepared.map(suite.rootOf)};
	const nonce = fresh && prepared.pop();
	const commitments = prepared.map(pointHex);
	for (const [k, point] of prepared.entries()) rememberPoint(state, suite, commitments[k] ?? '', point);
	const [key] = prepared;
	if (fresh !== undefined && nonce !== undefined && key !== undefined && dealt.constant !== undefined) {
		const proof = proofOf(state, suite, {constant: dealt.constant, key, k: fresh.k, nonce});
		const carries = `${commitments.length} commitments of ${me} and a proof of possession`;
		say(state, work, ROUND.commitments, {commitments, proof, ...roots}, carries);
	} else say(state, work, ROUND.commitments, {commitments, ...roots}, `${commitments.length} commitments of ${me}`);
	work.learned.push(`${packageText(state)}: one value for each of ${listed(state.receivers)}`);
}

function proofOf(state: DealingState, suite: Suite, options: {constant: bigint; key: Point; k: bigint; nonce: Point}) {
	const {nonce, z} = provePossession(suite, {index: indexOf(state, state.me), context: proofContext(state), ...options});
	return {nonce: pointHex(nonce), z: scalarHex(suite, z)};
}

/** What is judged as soon as it arrives, by itself: gives the check that failed. Points that are decoded for it are put into `side.points`. */
function hear(side: Judging, work: Work, {envelope, body}: Admitted): Check | undefined {
	const {round, from} = envelope;
	if (round === ROUND.commitments) {
		const suite = suiteOf(side.session.suite);
		const checks = judgePackage(side, suite, from, body, name => name !== 'subgroup' && isOn(side, name));
		work.checks.push(...checks);
		const failed = checks.find(check => !check.holds);
		if (failed !== undefined) return failed;
		work.learned.push(`the commitments of ${from}`);
	} else if (round === ROUND.values || round === ROUND.sums) {
		const what = round === ROUND.values ? `the value that ${from} dealt to it` : `the sum of ${from}`;
		work.learned.push(`${what}${side.session.sealed ? '' : ', as everybody on the line could read it'}`);
	}
	return undefined;
}

/** What changes a side's plans as soon as it arrives: a check that failed, an accusation, a dispute. */
function take(state: DealingState, work: Work, {wire, envelope, body}: Admitted, failed: Check | undefined): void {
	const {round, from} = envelope;
	if (failed !== undefined) accuse(state, work, ROUND.echo, from, failed);
	else if ((round === ROUND.echo || round === ROUND.verdict) && body.accuse !== undefined) {
		condemn(state, work, [judgeAccusation(state, suiteOf(state.session.suite), from, body, wire)]);
	} else if (round === ROUND.originals) {
		if (kept(state, ROUND.originals, state.me) === undefined) showOriginals(state, work);
		const proof = judgeOriginals(state, body);
		if (proof !== undefined) condemn(state, work, [proof]);
	}
}

/** Goes on for as long as the current round is complete. */
function advance(state: DealingState, work: Work): void {
	while (state.status === 'waiting' && awaited(state).length === 0) {
		if (state.disputes) settleDispute(state, work);
		else NEXT[state.round]?.(state, work);
	}
}

/** What follows when a round is complete. */
const NEXT: Readonly<Record<number, (state: DealingState, work: Work) => void>> = {
	[ROUND.commitments]: (state, work) => {
		say(state, work, ROUND.echo, {echo: ownEcho(state)}, 'hash of all commitments');
		state.round = ROUND.echo;
	},
	[ROUND.echo]: compareEchoes,
	[ROUND.values]: finishDeal,
	[ROUND.verdict]: hearVerdicts,
	[ROUND.answers]: judgeComplaints,
	[ROUND.flips]: hearFlips,
	[ROUND.sums]: addSums,
	[ROUND.confirmation]: hearConfirmation,
};

function disagreeing(state: DealingState): string[] {
	const echo = ownEcho(state);
	return participants(state).filter(id => id !== state.me && kept(state, ROUND.echo, id)?.body.echo !== echo);
}

/** Round 2: everybody saw the same commitments. Only then do values leave. */
function compareEchoes(state: DealingState, work: Work): void {
	if (isOn(state, 'echo') && !echoesAgree(state, work)) {
		state.disputes = true;
		if (kept(state, ROUND.originals, state.me) === undefined) showOriginals(state, work);
		return;
	}
	state.round = ROUND.values;
	for (const [receiver, value] of Object.entries(state.values ?? {})) {
		if (receiver === state.me) keepOwn(state, ROUND.values, {wire: '', opened: {value}});
		else {
			const name = valueName(state, indexOf(state, state.me), indexOf(state, receiver));
			const carries = `value ${name}, ${state.session.sealed ? 'sealed' : 'in plain text'}`;
			post(state, work, receiver, {round: ROUND.values, body: {value}, secret: true, carries});
		}
	}
}

function echoesAgree(state: DealingState, work: Work): boolean {
	const right = ownEcho(state);
	const checks = participants(state)
		.filter(id => id !== state.me)
		.map(about => {
			const left = String(kept(state, ROUND.echo, about)?.body.echo);
			return made(work, {
				name: 'echo',
				about,
				holds: left === right,
				equation: `H(round 1 as ${about} got it) = H(round 1 as ${state.me} got it)`,
				left,
				right,
			});
		});
	return checks.every(check => check.holds);
}

function showOriginals(state: DealingState, work: Work): void {
	const wires = [ROUND.commitments, ROUND.echo]
		.flatMap(round => participants(state).map(id => kept(state, round, id)?.wire))
		.filter(wire => wire !== undefined);
	say(state, work, ROUND.originals, {wires}, 'all signed messages of rounds 1 and 2');
}

/** All originals are in, and nobody was caught with two versions: whoever cannot account for its echo is at fault. */
function settleDispute(state: DealingState, work: Work): void {
	const found = disagreeing(state)
		.map(id => judgeEcho(state, id))
		.filter(fault => fault !== undefined);
	if (found.length > 0) condemn(state, work, found);
	else abort(state, 'the echoes differ, and the originals do not show whose fault it is');
}

/** Round 3: all values are in. Either the sum holds, or a dealer failed in public, or this receiver complains about what it got. */
function finishDeal(state: DealingState, work: Work): void {
	state.round = ROUND.verdict;
	// A trusted dealer computes the key's record as well; elsewhere whoever receives nothing has nothing to add up.
	if (!state.receivers.includes(state.me) && state.ceremony !== 'dealer') return;
	const suite = suiteOf(state.session.suite);
	const {checks, failed, against, sum, key, unfit} = collectDeals(state, suite);
	work.checks.push(...checks);
	if (failed !== undefined) accuse(state, work, ROUND.verdict, failed.about, failed);
	else if (against.length > 0) complain(state, work, against);
	else if (unfit !== undefined) abort(state, `every deal holds, but what ${state.me} had before does not fit: ${unfit.equation}`);
	else if (sum.commitments[0]?.is0() ?? true) abort(state, 'the deals add up to the zero key');
	else {
		if (state.ceremony === 'repair') state.sum = scalarHex(suite, sum.value);
		else state.result = resultOf(state, suite, key ?? newKey(state, suite, sum));
		forget(state, ROUND.values);
		state.points = {};
		accept(state, work);
	}
}

function accept(state: DealingState, work: Work): void {
	const {result, me, dealers, receivers} = state;
	if (isStaged(state)) {
		acknowledge(state, work);
		return;
	}
	if (result !== undefined) {
		work.learned.push(`the public key ${result.publicKey.slice(0, 16)}...`);
		if (result.share !== undefined) work.learned.push(`its share s${result.index}`);
		if (dealers.length === 1 && dealers[0] === me) work.learned.push('the whole secret key and every share: it dealt them');
	}
	if (receivers.includes(me))
		say(state, work, ROUND.verdict, {accept: true}, result === undefined ? 'accepts its parts' : 'accepts its share');
}

/** Round 4: somebody complains, or all accept and the ceremony goes on as its kind does. */
function hearVerdicts(state: DealingState, work: Work): void {
	if (complaints(state).length > 0) answerComplaints(state, work);
	else if (isStaged(state)) hearAcknowledgements(state, work);
	else if (state.ceremony === 'repair') sendSum(state, work);
	else state.status = 'done';
}

/** Time is over. Silence is no proof of guilt, except of somebody who had to answer. */
function closeRound(state: DealingState, work: Work): void {
	if (state.disputes) settleDispute(state, work);
	else if (state.round === ROUND.answers) judgeComplaints(state, work);
	else if (state.round === ROUND.verdict && complaints(state).length > 0) hearVerdicts(state, work);
	else if (isStaged(state) && (state.round === ROUND.verdict || state.round === ROUND.flips)) closeStaged(state, work);
	else abort(state, `${listed(awaited(state))} silent in round ${state.round}`);
}
