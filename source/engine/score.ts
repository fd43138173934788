/** Deadlines, scores by station and the outcome: from the truth, never from what the table believed. */
import type {Deciding} from './deciding.js';
import {explain, wrongWords} from './explain.js';
import {isAuthorised, mostStolen} from './facts.js';
import type {Game} from './game.js';
import type {Ending, GameState, RequestState} from './state.js';
import {matches} from './step.js';
import {type Station, stations} from './view.js';

/** What each turn of caution costs that hit somebody sound or something legitimate. */
const overreaction = 15;

/** What a false line in the evidence takes off the transcript. */
const falseLine = 10;

/** At the end of a turn: deadlines are judged once, and over-reactions cost points at their station. */
export function judgeRequests(deciding: Deciding): void {
	const {state} = deciding;
	for (const request of Object.values(state.requests)) {
		if (request.opened === 0) continue;
		if (request.due <= state.turn && request.judged === undefined) judge(deciding, request);
		if (request.intent !== null && isWaiting(request) && matches(state.protocol, 'suspended.frozen'))
			deciding.tally('policy', overreaction, `${request.id} waited under the freeze`);
	}
	for (const [id, party] of Object.entries(state.parties)) {
		const foothold = state.footholds[id];
		const isSound = foothold?.implantSince === undefined && !foothold?.wayIn && !foothold?.link;
		if (matches(party.machine, 'trust.isolated') && isSound && !state.loot.some(share => share.party === id))
			deciding.tally('shares', overreaction, `${id} was isolated and sound`);
	}
	for (const output of state.outputs)
		if (output.state === 'held' && output.heldSince < state.turn && isAuthorised(state, output))
			deciding.tally('output', overreaction, `${output.id} was held and legitimate`);
}

/** It is on the table and neither signed nor closed. */
function isWaiting({machine}: RequestState): boolean {
	return ['open', 'approved', 'queued', 'stalled'].includes(String(machine));
}

function judge(deciding: Deciding, request: RequestState): void {
	const {turn} = deciding.state;
	const {points, because} = verdictOn(deciding.state, request);
	deciding.emit('keeper', {type: 'request-changed', id: request.id, set: {judged: {turn, points, because}}});
	deciding.offer('request', request.id, {type: 'request.expired'}, 'operators');
}

/** Was the decision on a request right, and could its basis know? */
function verdictOn(state: GameState, request: RequestState): {points: number; because: string} {
	const {id} = request;
	const output = state.outputs.findLast(each => each.request === id && each.state !== 'recalled');
	const allowed = state.decisions.findLast(decision => decision.request === id && decision.verdict === 'allow');
	const bases = allowed?.facts.find(([name]) => name === 'approvals')?.[1] ?? '';
	const knew = /:(digest|callback)/.test(bases) || output?.verified === true;
	if (output) {
		if (!isAuthorised(state, output)) return {points: 0, because: `${id}: bytes were signed that nobody legitimate wanted`};
		return knew
			? {points: 1, because: `${id}: right, on a basis that could know`}
			: {points: 0.5, because: `${id}: right, but display could not know it`};
	}
	if (request.intent !== null)
		return {
			points: 0,
			because: request.deniedAt > 0 ? `${id}: legitimate, and denied` : `${id}: legitimate, and not signed by its deadline`,
		};
	const warned = request.callback?.answer === 'not mine' || request.digests.some(({matches: same}) => !same);
	if (request.deniedAt > 0)
		return warned
			? {points: 1, because: `${id}: false, and denied knowing it`}
			: {points: 0.5, because: `${id}: false, and denied without asking`};
	const refused = state.decisions.some(decision => decision.request === id && decision.verdict === 'deny');
	return refused
		? {points: 1, because: `${id}: false, and the policy denied it`}
		: {points: 0, because: `${id}: false, and left undecided`};
}

/** Computations that were due, and which of them were done. */
function computationsReached(game: Game, state: GameState): {readonly due: readonly string[]; readonly missed: readonly string[]} {
	const required = game.deal.computations.filter(({id, required: isRequired}) => isRequired && (state.computations[id]?.opened ?? 0) > 0);
	const missed = required.filter(({id}) => state.computations[id]!.missed).map(({id}) => id);
	return {due: required.map(({id}) => id).filter(id => missed.includes(id) || state.computations[id]!.doneAt > 0), missed};
}

interface Part {
	/** null: nothing to judge. */
	score: number | null;
	readonly because: string[];
}

function sharesPart(state: GameState, threshold: number): Part {
	const stolen = mostStolen(state);
	const because: string[] = [];
	let score = Math.round(100 * Math.max(0, 1 - stolen / threshold));
	if (stolen > 0) because.push(`${stolen} of the ${threshold} shares that make the key were captured`);
	for (const [machine, {implantSince}] of Object.entries(state.footholds)) {
		if (implantSince === undefined) continue;
		score -= overreaction;
		because.push(`an implant on ${machine} since turn ${implantSince} was never removed`);
	}
	return {score, because};
}

function roundsPart(game: Game, state: GameState): Part {
	const due = requestsReached(state);
	const computations = computationsReached(game, state);
	const count = due.length + computations.due.length;
	if (count === 0) return {score: null, because: []};
	const late = due.filter(request => !isServed(state, request));
	return {
		score: Math.round((100 * (count - late.length - computations.missed.length)) / count),
		because: [
			...late.map(({id, due: turn}) => `${id} was not served by turn ${turn}`),
			...computations.missed.map(id => `${id} was not computed in time`),
		],
	};
}

function policyPart(state: GameState): Part {
	// A decision taken before its deadline counts although the game ended first; what nobody decided by then is not reached.
	const judged = Object.values(state.requests).flatMap(request =>
		request.judged ? [request.judged] : request.signedAt > 0 || request.deniedAt > 0 ? [verdictOn(state, request)] : [],
	);
	if (judged.length === 0) return {score: null, because: []};
	const sum = judged.reduce((total, {points}) => total + points, 0);
	return {score: Math.round((100 * sum) / judged.length), because: judged.filter(({points}) => points < 1).map(({because}) => because)};
}

function outputPart(state: GameState): Part {
	if (state.outputs.length === 0) return {score: null, because: []};
	const because: string[] = [];
	let score = 100;
	for (const output of state.outputs) {
		const isRight = isAuthorised(state, output);
		if (!isRight && output.state === 'final') {
			score -= output.announcedAt > 0 ? 60 : 80;
			because.push(
				`${output.id} was not authorised and became final in turn ${output.finalAt}${output.announcedAt > 0 ? `; announced in turn ${output.announcedAt}` : ', and nobody outside was told'}`,
			);
		}
		if (isRight && output.state === 'recalled' && output.announcedAt > 0) {
			score -= 30;
			because.push(`${output.id} was legitimate and was recalled`);
		}
	}
	return {score, because};
}

/**
 * What share of the facts that explain the authority moves the evidence keeps, and keeps right. A fact that it has wrong counts as one that it
 * lacks; a line that speaks of something that never happened costs points besides.
 */
function transcriptPart(state: GameState): Part {
	const {moves, falseLines} = explain(state);
	const needed = moves.reduce((sum, {move}) => sum + move.facts.length, 0);
	if (needed === 0) return {score: null, because: []};
	const kept = moves.reduce((sum, each) => sum + each.kept.length, 0);
	const missing = moves.reduce((sum, each) => sum + each.missing.length, 0);
	const wrong = moves.flatMap(({move, wrong: facts}) => facts.map(fact => ({move, ...fact})));
	return {
		score: Math.round((100 * kept) / needed) - falseLine * falseLines.length,
		because: [
			...(missing > 0 ? [`${missing} of ${needed} facts that explain the authority moves were not kept`] : []),
			...wrong.map(({move: {turn, what}, ...fact}) => `turn ${turn}: ${what}, and the evidence is wrong on ${wrongWords(fact)}`),
			...falseLines.map(({turn, text}) => `turn ${turn}: the evidence says "${text}", which never happened (-${falseLine})`),
		],
	};
}

function isRequired(request: RequestState): boolean {
	return request.required && request.intent !== null && request.opened > 0;
}

/** Required requests that were served, or whose deadline has passed; in a turn that was stopped no deadline passes. */
function requestsReached(state: GameState): RequestState[] {
	const last = state.stopped ? state.turn - 1 : state.turn;
	return Object.values(state.requests).filter(request => isRequired(request) && (request.due <= last || isServed(state, request)));
}

/** Served in time: an output with exactly the intended bytes was signed by the deadline and left. */
function isServed(state: GameState, request: RequestState): boolean {
	return state.outputs.some(
		output =>
			output.request === request.id &&
			(output.state === 'released' || output.state === 'final') &&
			output.turn <= request.due &&
			output.message === request.intent,
	);
}

/** The outcome and the scores of a game that is over. */
export function scoreGame(game: Game, state: GameState): Ending {
	const bad = state.outputs.find(output => output.state === 'final' && !isAuthorised(state, output));
	const reached = requestsReached(state);
	const missed = [...reached.filter(request => !isServed(state, request)), ...computationsReached(game, state).missed.map(id => ({id}))];
	const early = Object.values(state.requests).filter(
		request => request.required && request.intent !== null && request.opens > 0 && !reached.includes(request),
	);
	const rest = early.length === 0 ? '' : `; ${early.map(({id}) => id).join(' and ')} ${early.length > 1 ? 'were' : 'was'} not reached`;
	const outcome = bad ? 'attackers' : missed.length > 0 ? 'neither' : 'operators';
	const reason = bad
		? `${bad.request === '' ? 'a payment that no request asked for' : bad.request} was signed with bytes that nobody legitimate wanted, and became final in turn ${bad.finalAt}`
		: missed.length > 0
			? `nothing unauthorised left, but ${missed.map(({id}) => id).join(' and ')} ${missed.length > 1 ? 'were' : 'was'} not served in time${rest}`
			: `${reached.length > 0 ? `${reached.map(({id}) => id).join(', ')} served in time` : 'no request was due'}, and nothing unauthorised became final${rest}`;
	const parts: Record<Station, Part> = {
		shares: sharesPart(state, game.scenario.threshold),
		rounds: roundsPart(game, state),
		policy: policyPart(state),
		output: outputPart(state),
		transcript: transcriptPart(state),
	};
	const fallback = parts.rounds.score ?? 100;
	return {
		outcome,
		reason,
		scores: stations.map(station => {
			const {score, because} = parts[station];
			const tallies = state.tallies.filter(tally => tally.station === station);
			const lost = tallies.reduce((sum, {points}) => sum + points, 0);
			return {
				station,
				score: Math.max(0, Math.min(100, (score ?? fallback) - lost)),
				because: [...because, ...tallies.map(({turn, because: why, points}) => `turn ${turn}: ${why} (-${points})`)],
			};
		}),
	};
}
