/** The state of a computing party, who speaks in which round, and how it speaks. */
import type {Check, Hex} from './api.js';
import type {Circuit, Program} from './computation-circuit.js';
import {type Computed, ROUND} from './computation-dealer.js';
import type {Body} from './envelope.js';
import {blame, keepOwn, kept, made, post, type SideBase, silent, type Work} from './side.js';

export interface ComputingState extends SideBase {
	readonly program: Program;
	/** This party's input, in decimal; gone once it is masked. */
	input?: string;
	/** Cohorts of sums that were answered before, as far as this party knows. */
	readonly answered: readonly (readonly string[])[];
	/** The round that this side waits for. */
	round: number;
	/** From the dealer: secret, gone when the computation ends. */
	preparation?: Hex;
	/** Inputs minus masks, in the order of the input wires. */
	masked?: Hex;
	/** What was opened, round by round. */
	opened: Record<number, Hex>;
	/** The round from which on openings are not yet checked against the MACs. */
	unchecked: number;
	/** This side's MAC share, committed to and not yet revealed. */
	sigma?: {readonly value: Hex; readonly salt: Hex};
	disputes: boolean;
	/** Parties whose silence was outlived. */
	absent: string[];
	result?: Computed;
}

/** The rounds after the echo, in order. */
export function plan({depth}: Circuit) {
	const last = ROUND.layer(depth);
	return {commit: last + 1, reveal: last + 2, outputs: last + 3, commitAgain: last + 4, revealAgain: last + 5, originals: last + 7};
}

export function parties(state: ComputingState): string[] {
	return [...state.session.members].sort((a, b) => a.index - b.index).map(({id}) => id);
}

export function awaited(state: ComputingState): string[] {
	const {round, session, program, absent} = state;
	if (round <= ROUND.proof) return silent(state, round, [session.coordinator?.id ?? '']);
	const speakers = round === ROUND.inputs ? program.cohort : parties(state);
	return silent(state, round, speakers).filter(id => !absent.includes(id));
}

/** The same words to every other party, each sealed to it. */
export function say(state: ComputingState, work: Work, body: Body, carries: string): void {
	keepOwn(state, state.round, {wire: '', opened: body});
	for (const id of parties(state)) if (id !== state.me) post(state, work, id, {round: state.round, body, secret: true, carries});
}

export function accuse(state: ComputingState, work: Work, member: string, check: Check, round: number): void {
	blame(state, member, made(work, check), [kept(state, round, member)?.wire ?? '']);
}
