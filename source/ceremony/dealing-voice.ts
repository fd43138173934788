/** What a side says to all in a sharing ceremony: broadcasts, accusations, and the end by blame. */
import type {Blame, Check} from './api.js';
import {audience, type DealingState, ROUND} from './dealing-state.js';
import type {Body} from './envelope.js';
import {abort, blame, blameText, broadcast, keepOwn, kept, made, type Work} from './side.js';

/** One message to everybody. Listeners stay silent. */
export function say(state: DealingState, work: Work, round: number, body: Body, carries: string): void {
	if (state.listeners.includes(state.me)) return;
	keepOwn(state, round, {wire: broadcast(state, work, audience(state), {round, body, carries})});
}

/** A package that fails in public: show it to all, and stop. */
export function accuse(state: DealingState, work: Work, round: number, accused: string, check: Check): void {
	const wire = kept(state, ROUND.commitments, accused)?.wire ?? '';
	say(state, work, round, {accuse: accused, wire}, `accusation of ${accused}: ${check.name}`);
	condemn(state, work, [{member: accused, check, evidence: [wire]}], true);
}

/** Ends the ceremony with these blames; `recorded` ones are among the checks already. */
export function condemn(state: DealingState, work: Work, found: readonly Blame[], recorded = false): void {
	for (const {member, check, evidence} of found) blame(state, member, recorded ? check : made(work, check), evidence);
	abort(state, blameText(state));
}
