/**
 * The two records held against each other: every authority move, from the truth, and what the organisation's log says of it. The log is what
 * stations wrote down of what they saw, at the level in force then, and what somebody in its machine has made of it since.
 */
import type {Act, AuthorityMove, GameState} from './state.js';

export type Explained = 'explained' | 'partly' | 'unexplained' | 'wrongly explained';

export interface ComparedMove {
	readonly move: AuthorityMove;
	/** Its place in `state.authority`. */
	readonly index: number;
	/** The line that speaks of it, if one is left. */
	readonly line?: Act;
	/** Names of facts that the line has, and has right. */
	readonly kept: readonly string[];
	readonly missing: readonly string[];
	/** Facts of which the line says something that the truth contradicts. */
	readonly wrong: ReadonlyArray<{readonly name: string; readonly says: string; readonly truth: string}>;
	/** False lines of the log that tell another story of the same thing. */
	readonly against: readonly Act[];
	readonly verdict: Explained;
}

export interface Compared {
	readonly moves: readonly ComparedMove[];
	/** Lines with no act behind them: nothing of the kind happened. */
	readonly falseLines: readonly Act[];
}

type Told = Pick<Act, 'turn' | 'station' | 'kind'> & {readonly about?: string | undefined};

/** What a line or a move speaks of, whatever its date. */
function subjectOf({station, kind, about = ''}: Told): string {
	return `${station}|${kind}|${about}`;
}

function wordsOf({turn, station, kind, text, facts = []}: Act): string {
	return JSON.stringify([turn, station, kind, text, facts]);
}

/** Lines that no act stands behind; a line that is there twice needs two acts. */
function linesWithoutAct(evidence: readonly Act[], acts: readonly Act[]): Act[] {
	// While nobody has touched the log its lines are the acts themselves.
	const known = new Set(acts);
	if (evidence.every(line => known.delete(line))) return [];
	const left = new Map<string, number>();
	for (const act of acts) {
		const words = wordsOf(act);
		left.set(words, (left.get(words) ?? 0) + 1);
	}
	return evidence.filter(line => {
		const words = wordsOf(line);
		const count = left.get(words) ?? 0;
		left.set(words, count - 1);
		return count <= 0;
	});
}

function factOf(line: Act, name: string): string | undefined {
	return line.facts?.find(([each]) => each === name)?.[1];
}

/** How many facts of a move a line has right. */
function rightFacts({facts}: AuthorityMove, line: Act): number {
	return facts.filter(({name, value}) => factOf(line, name) === value).length;
}

/**
 * Compares the records of a state. A line speaks of a move when station, kind, subject and turn are the same; where several moves of a turn are
 * alike, each line goes to the one that it fits best.
 */
export function explain({authority, evidence, acts, seen}: Pick<GameState, 'authority' | 'evidence' | 'acts' | 'seen'>): Compared {
	const falseLines = linesWithoutAct(evidence, [...seen, ...acts]);
	const free = new Map<string, Act[]>();
	const keyOf = (told: Told) => `${told.turn}|${subjectOf(told)}`;
	for (const line of evidence) if (line.about !== undefined) free.set(keyOf(line), [...(free.get(keyOf(line)) ?? []), line]);
	const moves = authority.map((move, index): ComparedMove => {
		const lines = free.get(keyOf(move)) ?? [];
		const line = lines.reduce<Act | undefined>(
			(best, each) => (best === undefined || rightFacts(move, each) > rightFacts(move, best) ? each : best),
			undefined,
		);
		if (line) lines.splice(lines.indexOf(line), 1);
		const against = falseLines.filter(each => each !== line && each.about !== undefined && subjectOf(each) === subjectOf(move));
		return compareMove(move, line, against, index);
	});
	return {moves, falseLines};
}

/** A wrong fact in words; hashes by their beginnings. */
export function wrongWords({name, says, truth}: ComparedMove['wrong'][number]): string {
	return `${name}: it says ${shortened(says)}, it was ${shortened(truth)}`;
}

function shortened(text: string): string {
	return /^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 8)}..` : `"${text}"`;
}

function compareMove(move: AuthorityMove, line: Act | undefined, against: readonly Act[], index: number): ComparedMove {
	const kept: string[] = [];
	const missing: string[] = [];
	const wrong: Array<ComparedMove['wrong'][number]> = [];
	for (const {name, value} of move.facts) {
		const says = line && factOf(line, name);
		if (says === undefined) missing.push(name);
		else if (says === value) kept.push(name);
		else wrong.push({name, says, truth: value});
	}
	const verdict =
		wrong.length > 0 || against.length > 0
			? 'wrongly explained'
			: missing.length === 0
				? 'explained'
				: kept.length > 0
					? 'partly'
					: 'unexplained';
	return {move, ...(line ? {line} : {}), kept, missing, wrong, against, verdict, index};
}
