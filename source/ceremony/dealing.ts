/**
 * A member's side of every ceremony in which something is dealt: key generation (Pedersen 1991, with proofs of possession as in FROST's PedPoP) and
 * the trusted dealer. Dealers commit in round 1, all compare what they got in round 2, values travel in round 3, receivers accept or complain
 * in round 4, and the accused answer in round 5. It ends in a share for every receiver, or names who failed which equation.
 */
import {deal} from '../sharing/deal.js';
import {provePossession} from '../sharing/possession.js';
import {pointHex, scalarFromHex, scalarHex} from '../sharing/scalars.js';
import {suiteOf} from '../sharing/suites.js';
import type {Blame, Check, Draw, Side, Step} from './api.js';
import {collectDeals, resultOf} from './dealing-collect.js';
import {judgeAccusation, judgeComplaint, judgeEcho, judgeOriginals, judgePackage} from './dealing-judge.js';
import {type DealingState, ownEcho, participants, proofContext, ROUND, rememberPoint} from './dealing-state.js';
import {type Admitted, admit, type Body, memberIn, parseEnvelope} from './envelope.js';
import {isSealed, messageKey} from './seal.js';
import {
	abort,
	blame,
	blameText,
	broadcast,
	forget,
	indexOf,
	isOn,
	keep,
	keepOwn,
	kept,
	listed,
	made,
	newWork,
	post,
	silent,
	toStep,
	type Work,
} from './side.js';

export const dealingSide: Side = {
	open(memory, draw) {
		return act(memory, (state, work) => {
			if (state.dealers.includes(state.me)) commit(state, work, draw);
			advance(state, work);
		});
	},
	receive(memory, wire) {
		return act(memory, (state, work) => {
			const message = admit(state, wire, work.checks);
			if (message === undefined || state.status !== 'waiting' || !mayspeak(state, message.envelope.round, message.envelope.from)) return;
			if (!keep(state, message)) return;
			take(state, work, message);
			if (state.status === 'waiting') advance(state, work);
		});
	},
	close(memory) {
		return act(memory, (state, work) => {
			if (state.status === 'waiting') closeRound(state, work);
		});
	},
};

function act(memory: string, call: (state: DealingState, work: Work) => void): Step {
	const state: DealingState = JSON.parse(memory);
	const work = newWork();
	call(state, work);
	if (state.status !== 'waiting') {
		delete state.values;
		delete state.secret;
	}
	if (state.status === 'aborted') delete state.result;
	return toStep(state, work, awaited(state));
}

/** Whose message the current round still needs. */
function awaited(state: DealingState): string[] {
	const {round, dealers, receivers, me} = state;
	if (state.disputes) return silent(state, ROUND.originals, disagreeing(state));
	if (round === ROUND.commitments) return silent(state, round, dealers);
	if (round === ROUND.echo) return silent(state, round, participants(state));
	if (round === ROUND.values) return receivers.includes(me) ? silent(state, round, dealers) : [];
	if (round === ROUND.verdict) return silent(state, round, receivers);
	return silent(
		state,
		round,
		[...new Set(complaints(state).map(({complaint}) => String(complaint.against)))].filter(id => dealers.includes(id)),
	);
}

function mayspeak(state: DealingState, round: number, from: string): boolean {
	if (round === ROUND.commitments || round === ROUND.values || round === ROUND.answers) return state.dealers.includes(from);
	return participants(state).includes(from) && Object.values<number>(ROUND).includes(round);
}

function say(state: DealingState, work: Work, round: number, body: Body, carries: string): void {
	keepOwn(state, round, {wire: broadcast(state, work, participants(state), {round, body, carries})});
}

/** Round 1: DEAL, and publish the commitments with a proof of possession. */
function commit(state: DealingState, work: Work, draw: Draw): void {
	const {session, me} = state;
	const suite = suiteOf(session.suite);
	const label = `${session.id} deal`;
	const index = indexOf(state, me);
	const dealt = deal(suite, {
		constant: state.secret === undefined ? undefined : scalarFromHex(suite, state.secret),
		degree: session.threshold - 1,
		receivers: state.receivers.map(id => indexOf(state, id)),
		draw,
		label,
	});
	const valueFor = (id: string) => scalarHex(suite, dealt.values.get(indexOf(state, id)) ?? 0n);
	state.values = Object.fromEntries(state.receivers.map(id => [id, valueFor(id)]));
	delete state.secret;
	const prepared = suite.prepare(dealt.commitments);
	const commitments = prepared.map(pointHex);
	for (const [k, point] of prepared.entries()) rememberPoint(state, suite, commitments[k] ?? '', point);
	const [key] = prepared;
	if (state.proof && key !== undefined) {
		const proof = provePossession(suite, {index, constant: dealt.constant, key, context: proofContext(state), draw, label});
		const body = {commitments, proof: {nonce: pointHex(proof.nonce), z: scalarHex(suite, proof.z)}};
		say(state, work, ROUND.commitments, body, `${commitments.length} commitments of ${me} and a proof of possession`);
	} else say(state, work, ROUND.commitments, {commitments}, `${commitments.length} commitments of ${me}`);
	work.learned.push(`the polynomial it dealt: one value for each of ${listed(state.receivers)}`);
}

/** What is judged as soon as it arrives. */
function take(state: DealingState, work: Work, {wire, envelope, body}: Admitted): void {
	const suite = suiteOf(state.session.suite);
	const {round, from} = envelope;
	if ((round === ROUND.echo || round === ROUND.verdict) && body.accuse !== undefined) {
		condemn(state, work, [judgeAccusation(state, suite, from, body, wire)]);
	} else if (round === ROUND.commitments) {
		const checks = judgePackage(state, suite, from, body, name => name !== 'subgroup' && isOn(state, name));
		work.checks.push(...checks);
		const failed = checks.find(check => !check.holds);
		if (failed !== undefined) accuse(state, work, ROUND.echo, from, failed);
		else work.learned.push(`the commitments of ${from}`);
	} else if (round === ROUND.originals) {
		if (kept(state, ROUND.originals, state.me) === undefined) showOriginals(state, work);
		const proof = judgeOriginals(state, body);
		if (proof !== undefined) condemn(state, work, [proof]);
	} else if (round === ROUND.values) {
		work.learned.push(`the value that ${from} dealt to it${state.session.sealed ? '' : ', as everybody on the line could read it'}`);
	}
}

/** A package that fails in public: show it to all, and stop. */
function accuse(state: DealingState, work: Work, round: number, accused: string, check: Check): void {
	const wire = kept(state, ROUND.commitments, accused)?.wire ?? '';
	say(state, work, round, {accuse: accused, wire}, `accusation of ${accused}: ${check.name}`);
	condemn(state, work, [{member: accused, check, evidence: [wire]}], true);
}

function condemn(state: DealingState, work: Work, found: readonly Blame[], recorded = false): void {
	for (const {member, check, evidence} of found) blame(state, member, recorded ? check : made(work, check), evidence);
	abort(state, blameText(state));
}

/** Goes on for as long as the current round is complete. */
function advance(state: DealingState, work: Work): void {
	while (state.status === 'waiting' && awaited(state).length === 0) {
		if (state.disputes) settleDispute(state, work);
		else if (state.round === ROUND.commitments) {
			say(state, work, ROUND.echo, {echo: ownEcho(state)}, 'hash of all commitments');
			state.round = ROUND.echo;
		} else if (state.round === ROUND.echo) compareEchoes(state, work);
		else if (state.round === ROUND.values) finishDeal(state, work);
		else if (state.round === ROUND.verdict) hearVerdicts(state, work);
		else judgeComplaints(state, work);
	}
}

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
			const carries = `value s${indexOf(state, state.me)}${indexOf(state, receiver)}, ${state.session.sealed ? 'sealed' : 'in plain text'}`;
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
	const suite = suiteOf(state.session.suite);
	const {checks, failed, against, sum} = collectDeals(state, suite);
	work.checks.push(...checks);
	state.round = ROUND.verdict;
	if (failed !== undefined) accuse(state, work, ROUND.verdict, failed.about, failed);
	else if (against.length > 0) complain(state, work, against);
	else if (sum.commitments[0]?.is0() ?? true) abort(state, 'the deals add up to the zero key');
	else {
		state.result = resultOf(state, suite, sum);
		forget(state, ROUND.values);
		state.points = {};
		work.learned.push(`the public key ${state.result.publicKey.slice(0, 16)}...`);
		if (state.result.share !== undefined) work.learned.push(`its share s${state.result.index}`);
		if (state.dealers.length === 1 && state.dealers[0] === state.me)
			work.learned.push('the whole secret key and every share: it dealt them');
		if (state.receivers.includes(state.me)) say(state, work, ROUND.verdict, {accept: true}, 'accepts its share');
	}
}

/** A complaint shows what came: the signed envelope, and the key of that one message where it was sealed. */
function complain(state: DealingState, work: Work, against: readonly string[]): void {
	const list = against.map(id => {
		const wire = kept(state, ROUND.values, id)?.wire ?? '';
		const envelope = parseEnvelope(wire);
		const sealed = envelope !== undefined && isSealed(envelope.body) ? envelope.body : undefined;
		const key =
			envelope === undefined || sealed === undefined ? '' : messageKey(state.identity, memberIn(state.session, id), envelope, sealed);
		return {against: id, wire, key};
	});
	say(state, work, ROUND.verdict, {complaints: list}, `complaint about ${listed(against)}`);
}

interface Complaint {
	readonly complainer: string;
	readonly complaint: Body;
}

/** All complaints of round 4; a verdict that neither accepts nor complains counts as a complaint about nobody. */
function complaints(state: DealingState): Complaint[] {
	return state.receivers.flatMap(complainer => {
		const body = kept(state, ROUND.verdict, complainer)?.body;
		if (body === undefined || body.accept === true) return [];
		return (Array.isArray(body.complaints) && body.complaints.length > 0 ? body.complaints : [{}]).map(complaint => ({
			complainer,
			complaint,
		}));
	});
}

/** Round 4: all accept, or those who are accused publish the values in question. */
function hearVerdicts(state: DealingState, work: Work): void {
	const list = complaints(state);
	if (list.length === 0) {
		state.status = 'done';
		return;
	}
	state.round = ROUND.answers;
	const mine = list.filter(({complaint}) => complaint.against === state.me).map(({complainer}) => complainer);
	if (mine.length === 0) return;
	const answers = Object.fromEntries(mine.map(id => [id, state.values?.[id] ?? '']));
	say(
		state,
		work,
		ROUND.answers,
		{answers},
		`the values in question: ${listed(mine.map(id => `s${indexOf(state, state.me)}${indexOf(state, id)}`))}`,
	);
}

function judgeComplaints(state: DealingState, work: Work): void {
	const suite = suiteOf(state.session.suite);
	condemn(
		state,
		work,
		complaints(state).map(({complainer, complaint}) => judgeComplaint(state, suite, complainer, complaint)),
	);
}

/** Time is over. Silence is no proof of guilt, except of somebody who had to answer. */
function closeRound(state: DealingState, work: Work): void {
	if (state.disputes) settleDispute(state, work);
	else if (state.round === ROUND.answers) judgeComplaints(state, work);
	else if (state.round === ROUND.verdict && complaints(state).length > 0) hearVerdicts(state, work);
	else abort(state, `${listed(awaited(state))} silent in round ${state.round}`);
}
