/**
 * A decision log, plain or chained. In a chain every entry holds the hash of the one before, and a head that somebody else wrote down (an anchor) fixes all
 * up to it. A chain alone binds nobody who can rewrite all of it: without an anchor only clumsy changes are seen.
 */
import type {Check, Hex} from './api.js';
import {canonical} from './canonical.js';
import {hashText} from './envelope.js';

export interface LogEntry {
	readonly seq: number;
	/** Plain JSON. */
	readonly what: unknown;
	/** In a chained log: the hash of the entry before. */
	readonly previous?: Hex;
}

export type Log = readonly LogEntry[];

/** A head as it was written down elsewhere: how long the log was, and the hash of its last entry. */
export interface Anchor {
	readonly length: number;
	readonly head: Hex;
}

const START = '00'.repeat(32);

export function headOf(log: Log): Hex {
	const last = log.at(-1);
	return last === undefined ? START : hashText(canonical(last));
}

export function anchorOf(log: Log): Anchor {
	return {length: log.length, head: headOf(log)};
}

/** A new entry at the end. */
export function append(log: Log, what: unknown, {chained}: {readonly chained: boolean}): Log {
	return [...log, {seq: log.length + 1, what, ...(chained ? {previous: headOf(log)} : {})}];
}

/** The log by itself: numbers without gaps, and in a chained log every entry on the one before. The first failure ends it. */
export function checkChain(log: Log, {chained}: {readonly chained: boolean}): Check[] {
	const checks: Check[] = [];
	for (const [k, entry] of log.entries()) {
		const [left, right] = chained ? [entry.previous ?? '', headOf(log.slice(0, k))] : [String(entry.seq), String(k + 1)];
		const holds = left === right && entry.seq === k + 1;
		const equation = chained ? `entry ${k + 1} holds H(entry ${k})` : `entry ${k + 1} has number ${k + 1}`;
		checks.push({name: 'decisionLog', about: 'log', holds, equation, left, right});
		if (!holds) break;
	}
	return checks;
}

/** The log against heads that were written down: each must still be the hash of its beginning. */
export function checkAnchors(log: Log, anchors: readonly Anchor[]): Check[] {
	return anchors.map(({length, head}) => {
		const left = length > log.length ? '' : headOf(log.slice(0, length));
		return {
			name: 'anchoredLog',
			about: 'log',
			holds: left === head,
			equation: `H(entry ${length}) = the anchor after ${length} entries`,
			left,
			right: head,
		};
	});
}
