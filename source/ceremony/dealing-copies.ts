/**
 * Copies of the last rounds' messages that sides pass on to each other: what somebody missed, and complaints to those they accuse. Without them a
 * party that complains to some and accepts towards others would get an honest dealer blamed for not answering what it never heard.
 */
import type {Check} from './api.js';
import {exhibit} from './dealing-judge.js';
import {type DealingState, isStaged, ROUND} from './dealing-state.js';
import {condemn, say} from './dealing-voice.js';
import {type Admitted, type Body, EVERYONE, hashText, parseEnvelope} from './envelope.js';
import {kept, post, type Work} from './side.js';

/** The messages that a message brings: itself, or the copies in it. Questions are answered here, whatever the side's status. */
export function unpack(state: DealingState, work: Work, message: Admitted): readonly Admitted[] {
	const {envelope, body} = message;
	if (envelope.round === ROUND.inquiry) {
		passOn(state, work, envelope.from, body);
		return [];
	}
	if (envelope.round !== ROUND.copies) return [message];
	return copiesIn(state, body).filter(copy => !contradicts(state, work, copy));
}

/** Copies of messages of these members in a round, if this side has any, for one who asks or must know. */
export function sendCopies(state: DealingState, work: Work, to: string, round: number, from: readonly string[]): void {
	const wires = from.map(id => kept(state, round, id)?.wire).filter(wire => wire !== undefined);
	if (wires.length > 0) post(state, work, to, {round: ROUND.copies, body: {wires}, carries: `${wires.length} messages of round ${round}`});
}

function passOn(state: DealingState, work: Work, to: string, {round, missing}: Body): void {
	if (!isStaged(state) || (round !== ROUND.verdict && round !== ROUND.flips) || !Array.isArray(missing)) return;
	sendCopies(
		state,
		work,
		to,
		round,
		state.receivers.filter(id => missing.includes(id)),
	);
}

function copiesIn(state: DealingState, {wires}: Body): Admitted[] {
	return (Array.isArray(wires) ? wires : []).flatMap(wire => {
		const envelope = parseEnvelope(String(wire));
		if (envelope === undefined || (envelope.round !== ROUND.verdict && envelope.round !== ROUND.flips)) return [];
		if (!state.receivers.includes(envelope.from) || envelope.from === state.me) return [];
		const body = exhibit(state, wire, envelope.from, envelope.round, EVERYONE);
		return body === undefined ? [] : [{wire: String(wire), envelope, body}];
	});
}

/** Two different messages that one member signed in one round: proof against it, which everybody gets. */
function contradicts(state: DealingState, work: Work, {wire, envelope}: Admitted): boolean {
	const {round, from} = envelope;
	const mine = kept(state, round, from);
	if (mine === undefined || mine.wire === wire) return false;
	if (kept(state, ROUND.copies, state.me) === undefined)
		say(state, work, ROUND.copies, {wires: [mine.wire]}, `what ${from} said to ${state.me} in round ${round}`);
	if (state.status !== 'waiting') return true;
	const check: Check = {
		name: 'contradiction',
		about: from,
		holds: false,
		equation: `H(round ${round} of ${from}) is the same for all`,
		left: hashText(mine.wire),
		right: hashText(wire),
	};
	condemn(state, work, [{member: from, check, evidence: [mine.wire, wire]}]);
	return true;
}
