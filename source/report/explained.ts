/** Can the evidence explain it? Each authority move against what the organisation's own logging kept of it. */
import type {Act} from '../engine/state.js';
import type {Station} from '../engine/view.js';
import type {Placed} from './played.js';

export interface AuthorityMove {
	readonly turn: number;
	/** The journal line of the move itself, not of the evidence. */
	readonly line: number;
	readonly station: Station;
	readonly what: string;
	readonly needs: readonly string[];
	readonly kept: readonly string[];
	readonly missing: readonly string[];
	readonly verdict: 'explained' | 'partly' | 'unexplained';
	/** The move that would have kept what is missing; absent when nothing is, or when no log could. */
	readonly log?: string;
}

/** The event that an act of authority reports. */
const reported: Readonly<Record<string, readonly string[]>> = {
	'large transfer': ['captured'],
	approval: ['approved'],
	signing: ['output-made'],
	decision: ['decided'],
	release: ['output-changed'],
};

/** All that a share store can say of a share that leaves is kept at level 1; the other stations keep the rest at level 2. */
function levelThatKeeps(act: Act): 1 | 2 {
	return act.station === 'shares' ? 1 : 2;
}

export function authorityMoves(entries: readonly Placed[]): AuthorityMove[] {
	return entries.flatMap(({event, turn, line}, index): AuthorityMove[] => {
		if (event.type !== 'act' || !event.act.authority) return [];
		const {act} = event;
		const {what, needs} = event.act.authority;
		// A line that attackers took out of the log explains nothing any more.
		const isTrimmed = entries
			.slice(index)
			.some(({event: later}) => later.type === 'log-trimmed' && later.line.turn === act.turn && later.line.authority?.what === what);
		const kept = isTrimmed ? [] : event.act.authority.kept;
		const types = reported[act.kind] ?? [];
		const source = entries.slice(0, index).findLast(each => types.includes(each.event.type));
		const missing = needs.filter(fact => !kept.includes(fact));
		return [
			{
				turn,
				line: source?.line ?? line,
				station: act.station,
				what,
				needs,
				kept,
				missing,
				verdict: missing.length === 0 ? 'explained' : kept.length > 0 ? 'partly' : 'unexplained',
				...(missing.length > 0 && !isTrimmed ? {log: `log ${act.station} level=${levelThatKeeps(act)}`} : {}),
			},
		];
	});
}
