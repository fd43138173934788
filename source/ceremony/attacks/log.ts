/** A log in the hands of whoever holds its machine. Both attacks write the log anew, numbers, chain and all, as well as its owner could. */
import {type Anchor, append, checkAnchors, checkChain, type Log} from '../anchored-log.js';
import type {Attack} from './attack.js';

function rewrite(whats: readonly unknown[], chained: boolean): Log {
	return whats.reduce<Log>((log, what) => append(log, what, {chained}), []);
}

function judged(needs: string, result: Log, chained: boolean, anchors: readonly Anchor[]): Attack<Log> {
	return {needs, checks: [...checkChain(result, {chained}), ...checkAnchors(result, anchors)], result};
}

interface Held {
	readonly log: Log;
	readonly chained: boolean;
	/** Heads that were written down where the attackers cannot reach. */
	readonly anchors: readonly Anchor[];
}

/** Takes an entry out. Needs the log's machine; an anchor over the entry gives it away. */
export function trimEntry({log, chained, anchors, seq}: Held & {readonly seq: number}): Attack<Log> {
	const kept = log.filter(entry => entry.seq !== seq).map(({what}) => what);
	return judged("the log's machine, and no anchor after the entry", rewrite(kept, chained), chained, anchors);
}

/** Puts an entry in before the one with this number. Needs the log's machine; an anchor from there on gives it away. */
export function plantEntry({log, chained, anchors, before, what}: Held & {readonly before: number; readonly what: unknown}): Attack<Log> {
	const whats = log.flatMap(entry => (entry.seq === before ? [what, entry.what] : [entry.what]));
	const all = before > log.length ? [...whats, what] : whats;
	return judged("the log's machine, and no anchor after the place", rewrite(all, chained), chained, anchors);
}
