/** What a game did that it should not have, as something that a test can look for. */
import {isAuthorised} from '../engine/facts.js';
import type {GameState} from '../engine/state.js';
import {missedRequests} from './missed-findings.js';
import type {Played} from './played.js';

export interface Unsafe {
	readonly kind: 'output' | 'input' | 'missed';
	/** "something leaves that nobody wanted". */
	readonly what: string;
	/** Holds when it is safe, over the game after the moves; and its contrary. */
	readonly safe: string;
	readonly happened: string;
	/** The last turn whose moves matter. */
	readonly turn: number;
}

/** Something left that nobody wanted: a final output, or a private input. */
export function hasLost(state: GameState): boolean {
	return state.exposed.length > 0 || state.outputs.some(output => output.state === 'final' && !isAuthorised(state, output));
}

/** What happened that should not have; null where nothing did. */
export function unsafeOf(played: Played): Unsafe | null {
	const {state} = played;
	const bad = state.outputs.filter(output => output.state === 'final' && !isAuthorised(state, output));
	if (bad.length > 0)
		return {
			kind: 'output',
			what: 'something leaves that nobody wanted',
			safe: '!outputs.exists(o, o.final && !o.authorised)',
			happened: 'outputs.exists(o, o.final && !o.authorised)',
			turn: Math.min(...bad.map(({finalAt, turn: made}) => finalAt || made)),
		};
	const [exposed] = state.exposed;
	if (exposed)
		return {
			kind: 'input',
			what: `answers to ${exposed.computation} give a private input away`,
			safe: `computations["${exposed.computation}"].learned == 0`,
			happened: `computations["${exposed.computation}"].learned > 0`,
			turn: state.turn,
		};
	const [missed] = missedRequests(played);
	if (missed && state.end)
		return {
			kind: 'missed',
			what: `${missed.id} is not signed in time`,
			safe: `requests["${missed.id}"].signed_at > 0 && requests["${missed.id}"].signed_at <= ${missed.due}`,
			happened: `requests["${missed.id}"].signed_at == 0 || requests["${missed.id}"].signed_at > ${missed.due}`,
			turn: missed.due,
		};
	return null;
}
