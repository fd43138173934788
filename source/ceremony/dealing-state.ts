/** The state of a sharing ceremony's side: who deals, who receives, and which round it waits for. */
import {pointFromHex} from '../sharing/scalars.js';
import type {Point, Suite} from '../sharing/suite.js';
import type {Hex, KeyPublic, KeyShare} from './api.js';
import {canonical, hashText} from './envelope.js';
import {indexOf, kept, type SideBase} from './side.js';

/** The rounds of every ceremony in which something is dealt. 5 is played only after complaints, 6 only when echoes differ. */
export const ROUND = {commitments: 1, echo: 2, values: 3, verdict: 4, answers: 5, originals: 6} as const;

export interface DealingState extends SideBase {
	readonly dealers: readonly string[];
	readonly receivers: readonly string[];
	/** Every dealer proves that it knows its constant. */
	readonly proof: boolean;
	/** The constant that this side deals, where it is not drawn. Gone once it is dealt. */
	secret?: Hex;
	/** The round that this side waits for. */
	round: number;
	/** This side's deal: the value of each receiver. Secret; gone when the ceremony ends. */
	values?: Readonly<Record<string, Hex>>;
	/** Points that this side made or decoded already, by their encoding: decoding is the dearest thing that need not be done twice. */
	points: Record<Hex, string>;
	/** This side saw different echoes, sent its originals and deals no further. */
	disputes: boolean;
	/** What the ceremony made; it counts only when the side is done. A dealer that receives nothing has no share. */
	result?: KeyPublic & Partial<Pick<KeyShare, 'index' | 'share'>>;
}

/** Everybody in the ceremony, dealers and receivers, once each. */
export function participants(state: DealingState): string[] {
	return [...new Set([...state.dealers, ...state.receivers])];
}

/** H(signed round-1 packages in the order of their dealers' indexes): what the echo compares. */
export function echoOf(state: DealingState, wireOf: (dealer: string) => string | undefined): Hex {
	const sorted = [...state.dealers].sort((a, b) => indexOf(state, a) - indexOf(state, b));
	return hashText(canonical(sorted.map(dealer => wireOf(dealer) ?? null)));
}

export function ownEcho(state: DealingState): Hex {
	return echoOf(state, dealer => kept(state, ROUND.commitments, dealer)?.wire);
}

/** What a proof of possession is bound to besides its dealer: the vault, the epoch and this run. */
export function proofContext({session}: DealingState): Uint8Array {
	return Buffer.from(canonical({vault: session.vault, epoch: session.epoch, session: session.id}));
}

/** A point from its text, decoded once in a ceremony. Throws where it is no element of the group. */
export function pointIn(state: DealingState, suite: Suite, text: Hex): Point {
	const known = state.points[text];
	return known === undefined ? pointFromHex(suite, text) : suite.recall(known);
}

export function rememberPoint(state: DealingState, suite: Suite, text: Hex, point: Point): void {
	state.points[text] = suite.remember(point);
}
