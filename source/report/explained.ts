/** Can the evidence explain it? Each authority move, with its line in the journal, against what the organisation's own log says of it. */
import {type Compared, type ComparedMove, type Explained, explain} from '../engine/explain.js';
import type {Act} from '../engine/state.js';
import type {Station} from '../engine/view.js';
import {only, type Placed, type Played} from './played.js';

export interface AuthorityMove {
	readonly turn: number;
	/** The journal line of the move itself, not of the evidence. */
	readonly line: number;
	readonly station: Station;
	readonly what: string;
	readonly needs: readonly string[];
	readonly kept: readonly string[];
	readonly missing: readonly string[];
	/** Facts that the log has otherwise than they were. */
	readonly wrong: ComparedMove['wrong'];
	/** False lines of the log on the same matter, as they stand there. */
	readonly against: readonly string[];
	readonly verdict: Explained;
	/** The move that would have kept what is missing; absent when nothing is, or when no log could. */
	readonly log?: string;
}

/** The event that an authority move is, by its kind: where the journal has it, its line is the better one to name. */
const reported: Readonly<Record<string, readonly string[]>> = {
	'large transfer': ['captured'],
	extraction: ['captured'],
	'backup read': ['captured'],
	approval: ['approved'],
	'approval sent again': ['approved'],
	signing: ['output-made'],
	forgery: ['output-made'],
	decision: ['decided'],
	release: ['output-changed'],
};

/** How one line of evidence is quoted. */
function quote({turn, station, text}: Act): string {
	return `turn ${turn}, ${station}: ${text}`;
}

export function authorityMoves(entries: readonly Placed[], state: Played['state']): AuthorityMove[] {
	const {moves}: Compared = explain(state);
	const placed = only(entries, 'authority-moved');
	return moves.flatMap(({move, index, kept, missing, wrong, against, line: told, verdict}): AuthorityMove[] => {
		const here = placed[index];
		if (here === undefined) return [];
		const types = reported[move.kind] ?? [];
		const source = entries.slice(0, entries.indexOf(here)).findLast(each => types.includes(each.event.type));
		const lost = move.facts.filter(({name, level}) => missing.includes(name) && level > 0);
		// Where the line is gone although the level kept it, a higher level would not have helped.
		const level = Math.max(0, ...lost.map(fact => fact.level));
		const isTrimmed = told === undefined && state.seen.some(act => isOf(act, move) && act.logged >= act.level);
		return [
			{
				turn: move.turn,
				line: source?.line ?? here.line,
				station: move.station,
				what: move.what,
				needs: move.facts.map(({name}) => name),
				kept,
				missing,
				wrong,
				against: against.map(quote),
				verdict,
				...(level > 0 && !isTrimmed ? {log: `log ${move.station} level=${level}`} : {}),
			},
		];
	});
}

function isOf(act: Act, {turn, station, kind, about}: ComparedMove['move']): boolean {
	return act.turn === turn && act.station === station && act.kind === kind && act.about === about;
}
