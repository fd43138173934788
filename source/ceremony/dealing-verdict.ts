/** Rounds 4 and 5 of a sharing ceremony: receivers accept or complain, the accused publish the values in question, all judge. */
import {suiteOf} from '../sharing/suites.js';
import {sendCopies} from './dealing-copies.js';
import {exhibitKey, judgeComplaint} from './dealing-judge.js';
import {valueName} from './dealing-rules.js';
import {type DealingState, isStaged, ROUND} from './dealing-state.js';
import {condemn, say} from './dealing-voice.js';
import type {Body} from './envelope.js';
import {hexField, indexOf, kept, type Work} from './side.js';
import {listed} from './words.js';

interface Complaint {
	readonly complainer: string;
	readonly complaint: Body;
}

/** What came, as it can be shown: the signed envelope, and the key of that one message where it was sealed. */
export function exhibitOf(state: DealingState, round: number, from: string): {readonly wire: string; readonly key: string} {
	const wire = kept(state, round, from)?.wire ?? '';
	return {wire, key: exhibitKey(state, wire)};
}

export function complain(state: DealingState, work: Work, against: readonly string[]): void {
	const complaints = against.map(id => ({against: id, ...exhibitOf(state, ROUND.values, id)}));
	say(state, work, ROUND.verdict, {complaints}, `complaint about ${listed(against)}`);
}

/** Where shares are staged, whoever accepts says of which key. */
function accepts(state: DealingState, body: Body): boolean {
	return isStaged(state) ? hexField(body, 'accept') !== undefined : body.accept === true;
}

/** All complaints of round 4; a verdict that neither accepts nor complains counts as a complaint about nobody. */
export function complaints(state: DealingState): Complaint[] {
	return state.receivers.flatMap(complainer => {
		const body = kept(state, ROUND.verdict, complainer)?.body;
		if (body === undefined || accepts(state, body)) return [];
		return (Array.isArray(body.complaints) && body.complaints.length > 0 ? body.complaints : [{}]).map(complaint => ({
			complainer,
			complaint,
		}));
	});
}

/** Dealers about whom somebody complains. */
export function accusedDealers(state: DealingState): string[] {
	const accused = new Set(complaints(state).map(({complaint}) => String(complaint.against)));
	return state.dealers.filter(id => accused.has(id));
}

/** Those who are accused publish the values in question. They may not have heard of it: the complaint is passed on to them. */
export function answerComplaints(state: DealingState, work: Work): void {
	state.round = ROUND.answers;
	for (const accused of accusedDealers(state)) {
		const about = complaints(state).filter(({complaint, complainer}) => complaint.against === accused && complainer !== state.me);
		if (accused !== state.me && !state.listeners.includes(state.me))
			sendCopies(
				state,
				work,
				accused,
				ROUND.verdict,
				about.map(({complainer}) => complainer).filter(id => id !== accused),
			);
	}
	const mine = complaints(state)
		.filter(({complaint}) => complaint.against === state.me)
		.map(({complainer}) => complainer);
	if (mine.length === 0) return;
	const answers = Object.fromEntries(mine.map(id => [id, state.values?.[id] ?? '']));
	const names = mine.map(id => valueName(state, indexOf(state, state.me), indexOf(state, id)));
	say(state, work, ROUND.answers, {answers}, `the values in question: ${listed(names)}`);
}

export function judgeComplaints(state: DealingState, work: Work): void {
	const suite = suiteOf(state.session.suite);
	condemn(
		state,
		work,
		complaints(state).map(({complainer, complaint}) => judgeComplaint(state, suite, complainer, complaint)),
	);
}
