/** The state of a sharing ceremony's side: who deals, who receives, and which round it waits for. */
import type {Hex, KeyPublic, KeyShare} from './api.js';
import {quoted} from './canonical.js';
import {hashText} from './envelope.js';
import {type Frame, indexOf, kept, keptWire, type SideBase} from './side.js';

/**
 * The rounds of every ceremony in which something is dealt. 5 is played only after complaints, 6 only when echoes differ, 7 where shares are
 * staged, 8 and 9 only when something is missing at the end, 10 and 11 in repair.
 */
export const ROUND = {
	commitments: 1,
	echo: 2,
	values: 3,
	verdict: 4,
	answers: 5,
	originals: 6,
	flips: 7,
	inquiry: 8,
	copies: 9,
	sums: 10,
	confirmation: 11,
} as const;

/** keygen: all deal a random constant. dealer: one deals the key. refresh: all deal 0. reshare: t deal their weighted share. repair: t split it. */
export type Ceremony = 'keygen' | 'dealer' | 'refresh' | 'reshare' | 'repair';

/** What never changes of a side. */
export interface DealingFrame extends Frame {
	readonly ceremony: Ceremony;
	readonly dealers: readonly string[];
	readonly receivers: readonly string[];
	/** They neither deal nor receive a dealt value, but compare what they heard with the others (the target of a repair). */
	readonly witnesses: readonly string[];
	/** They hear everything, say nothing, and nobody waits for them (who leaves in a reshare without dealing). */
	readonly listeners: readonly string[];
	/** The public record of the key that the ceremony starts from, where there is one. */
	readonly key?: KeyPublic;
}

/** What it takes to judge a package by itself: roles, and points that were decoded before. */
export type Judging = DealingFrame & Pick<SideBase, 'points'>;

export interface DealingState extends SideBase, DealingFrame {
	/** The share of that key. Gone once it is erased. */
	held?: Pick<KeyShare, 'index' | 'share'>;
	/** The constant that a trusted dealer deals, where it is not drawn. Gone once it is dealt. */
	secret?: Hex;
	/** The round that this side waits for. */
	round: number;
	/** This side's deal: the value of each receiver. Secret; gone when the ceremony ends. */
	values?: Readonly<Record<string, Hex>>;
	/** This side saw different echoes, sent its originals and deals no further. */
	disputes: boolean;
	/** What the ceremony made; it counts when the side is done, or has flipped. Whoever receives nothing has no share. */
	result?: KeyPublic & Partial<Pick<KeyShare, 'index' | 'share'>>;
	/** The new epoch is in force on this side. */
	flipped?: boolean;
	/** The round about whose missing messages this side has asked the others. */
	asked?: number;
	/** A repair's helper: the sum of the parts that it got, for the target. Secret; gone once it is sent. */
	sum?: Hex;
}

/** A ceremony that replaces the shares of a key: new ones are staged first. */
export function isStaged({ceremony}: Pick<DealingFrame, 'ceremony'>): boolean {
	return ceremony === 'refresh' || ceremony === 'reshare';
}

/** Everybody who speaks in the ceremony, once each. */
export function participants({dealers, receivers, witnesses}: DealingFrame): string[] {
	return [...new Set([...dealers, ...receivers, ...witnesses])];
}

/** Everybody who hears it. */
export function audience(state: DealingFrame): string[] {
	return [...participants(state), ...state.listeners];
}

/** The public record of the key that the ceremony starts from. Throws in key generation, where there is none. */
export function keyOf({key, session}: DealingFrame): KeyPublic {
	if (key === undefined) throw new Error(`the ceremony ${session.id} starts from no key`);
	return key;
}

/** Indexes in ascending order. */
export function indexesOf(state: DealingFrame, ids: readonly string[]): number[] {
	return ids.map(id => indexOf(state, id)).sort((a, b) => a - b);
}

/** H(signed round-1 packages in the order of their dealers' indexes): what the echo compares. */
export function echoOf(state: DealingState, wireOf: (dealer: string) => string | undefined): Hex {
	const sorted = [...state.dealers].sort((a, b) => indexOf(state, a) - indexOf(state, b));
	return hashWires(sorted.map(dealer => wireOf(dealer) ?? ''));
}

/** No wire has a line break in it. */
export function hashWires(wires: readonly string[]): Hex {
	return hashText(wires.join('\n'));
}

export function ownEcho(state: DealingState): Hex {
	const said = kept(state, ROUND.echo, state.me)?.body.echo;
	if (typeof said === 'string') return said;
	return echoOf(state, dealer => keptWire(state, ROUND.commitments, dealer));
}

/** What a proof of possession is bound to besides its dealer: the vault, the epoch and this run. */
export function proofContext({session}: DealingFrame): Uint8Array {
	return Buffer.from(`{"epoch":${session.epoch},"session":${quoted(session.id)},"vault":${quoted(session.vault)}}`);
}
