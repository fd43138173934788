import type {Ending} from '../engine/state.js';
import type {Side} from '../engine/view.js';
import type {Absence} from './absences.js';
import type {AttackPath} from './attack-path.js';
import type {Communication} from './communication.js';
import type {Declared} from './declared.js';
import type {DrillReport} from './drill.js';
import type {Equation} from './equation.js';
import type {AuthorityMove} from './explained.js';
import type {Finding} from './finding.js';
import type {Coverage} from './frameworks.js';
import type {Moment} from './history.js';
import type {Action, Hardened, Improvement, ReplayHardened} from './improvements.js';
import type {Irregularity} from './irregularities.js';
import type {CeremonyLearned} from './learned.js';
import type {Objective} from './objectives.js';
import type {Alternative, ReplayWith} from './otherwise.js';
import type {OutputCheck} from './output-check.js';
import type {Overview, RecordOfGame} from './overview.js';
import type {Participant} from './participants.js';
import type {Plots} from './plots.js';
import type {StationScore} from './score-moments.js';
import type {SignalStory} from './signals.js';
import type {TimelineRow} from './timeline.js';

/** This game's line of moves in another world: how it ended, and how many moves the rules refused there. */
export interface WorldResult {
	readonly end?: Ending;
	readonly refused: number;
}

export interface DebriefOptions {
	/** Plays this game's line of moves in a world; see `lineOfMoves`. Without it the section is left out. */
	readonly inWorld?: (world: string) => WorldResult;
	/** Plays another line of moves in this game. Without it the section is left out. */
	readonly replayWith?: ReplayWith;
	/** Plays this game's moves with controls on that were off. Without it no control is tried. */
	readonly replayHardened?: ReplayHardened;
	/** What the journal's first lines and its verification say. */
	readonly record?: RecordOfGame;
	readonly declared?: Declared;
}

/** Where a part of the debrief comes from. */
export type Origin =
	| {readonly is: 'computed'; readonly from: 'journal' | 're-run'}
	/** By a seat, during the game; the entries name turn and line. */
	| {readonly is: 'declared'; readonly by: 'the table, during the game'}
	/** By people, beside the journal. Entries may name another source. */
	| {readonly is: 'declared'; readonly by: string; readonly at: string}
	/** Nobody has declared anything yet. */
	| {readonly is: 'not declared'};

/** A moment in the life of an output that nobody legitimate wanted. */
export interface IncidentTime {
	readonly what: 'released' | 'final' | 'noticed' | 'contained';
	/** Absent: never. */
	readonly moment?: Moment;
	readonly how: string;
}

export interface DebriefNote {
	readonly turn: number;
	readonly line: number;
	readonly at?: string;
	readonly side: Side;
	readonly seat: string;
	readonly text: string;
	readonly suspect?: string;
	/** Whether the attackers had a way into the suspected machine, or an implant there, at that moment. */
	readonly wasRight?: boolean;
}

/** What came of it for the organisation that the vault stands for. */
export interface Impact {
	/** What left without being wanted and is final: amount and receiver of each. */
	readonly lost: ReadonlyArray<{readonly output: string; readonly amount: number; readonly to: string; readonly announced: boolean}>;
	readonly served: readonly string[];
	readonly missed: readonly string[];
	/** Shares of one epoch in the attackers' hands, of how many that make the key, and whether they made it. */
	readonly key: {readonly stolen: number; readonly threshold: number; readonly isTheirs: boolean};
	/** Inputs of computations that answers gave away. */
	readonly exposedInputs: number;
	/** In turns: from the first hostile move to the first correct suspicion or targeted act; null: never. */
	readonly turnsToDetect: number | null;
}

/** A question for the table, with its answer or none. */
export interface Answered {
	readonly question: string;
	/** Empty: not answered. */
	readonly answer: string;
	readonly by: string;
	readonly at: string;
}

export interface Statement {
	readonly text: string;
	readonly by: string;
	readonly at: string;
}

/** Version 1. Fields may be added; none changes its meaning without a new number. */
export interface DebriefModel {
	readonly debrief: 1;
	/** finished: to its last turn, or to the turn after an unauthorised output. stopped: ended early by whoever ran it. */
	readonly status: 'finished' | 'stopped' | 'unfinished';
	/** Names and domains were replaced. */
	readonly redacted: boolean;
	/** Where each part comes from. */
	readonly origins: Readonly<Record<string, Origin>>;
	readonly overview: Overview;
	readonly participants: readonly Participant[];
	readonly scope: {
		readonly stations: ReadonlyArray<{
			readonly station: string;
			readonly authorityMoves: number;
			readonly ceremonies: number;
			readonly attacks: number;
		}>;
		readonly attacks: readonly string[];
		readonly declared: string;
		readonly limits: string;
	};
	/** Absent while the game is unfinished. */
	readonly outcome?: {readonly winner: Ending['outcome']; readonly reason: string};
	readonly impact: Impact;
	readonly goals: {readonly operators: string; readonly attackers: string};
	readonly objectives: readonly Objective[];
	readonly ratingCriteria: readonly string[];
	readonly scores: readonly StationScore[];
	/** What failed, the deciding one first. */
	readonly failed: readonly Finding[];
	/** What was tested and held, the strongest first. */
	readonly held: readonly Finding[];
	readonly times: readonly IncidentTime[];
	readonly path: AttackPath;
	readonly timeline: readonly TimelineRow[];
	readonly authority: readonly AuthorityMove[];
	readonly plots: Plots;
	readonly signals: readonly SignalStory[];
	readonly communication: readonly Communication[];
	/** Who and what did not answer, and what was due meanwhile. */
	readonly absences: readonly Absence[];
	readonly learned: readonly CeremonyLearned[];
	readonly attackers: {
		readonly shares: ReadonlyArray<
			{readonly party: string; readonly index: number; readonly epoch: number; readonly share: string; readonly how: string} & Moment
		>;
		readonly summary: string;
		readonly attempts: ReadonlyArray<{readonly equation: Equation} & Moment>;
		readonly machines: ReadonlyArray<{
			readonly machine: string;
			readonly wayIn: boolean;
			readonly implantSince?: number;
			readonly link: boolean;
		}>;
	};
	readonly controls: ReadonlyArray<{readonly id: string; readonly title: string; readonly documented: boolean; readonly actual: boolean}>;
	readonly strengths: {readonly computed: readonly string[]; readonly declared: readonly Statement[]};
	readonly improvements: {readonly computed: readonly Improvement[]; readonly declared: readonly Statement[]};
	readonly luck: readonly string[];
	/** Controls tried alone in this game's own moves; null where nothing was played again. */
	readonly hardened: ReadonlyArray<Omit<Hardened, 'state'>> | null;
	readonly alternatives: ReadonlyArray<Omit<Alternative, 'state'>> | null;
	readonly worlds: ReadonlyArray<{
		readonly world: string;
		readonly summary: string;
		readonly isDealt: boolean;
		readonly outcome: Ending['outcome'] | 'open';
		readonly reason: string;
		readonly refused: number;
	}> | null;
	readonly actions: readonly Action[];
	readonly commitments: ReadonlyArray<{
		readonly when: string;
		readonly will: string;
		readonly due: string;
		readonly by: string;
		readonly at: string;
	}>;
	readonly notes: readonly DebriefNote[];
	readonly answers: readonly Answered[];
	readonly signOff: ReadonlyArray<{readonly name: string; readonly function: string; readonly as: string; readonly at: string}>;
	/** What the exercise covered of the frameworks that auditors ask for, and how it went. */
	readonly frameworks: readonly Coverage[];
	/** How it was played, where a reader should know it before trusting the result. */
	readonly irregularities: readonly Irregularity[];
	/** Of a drill around a table: who sat there, what was agreed before the start, what the facilitator did. */
	readonly drill: DrillReport | null;
	/** First correct suspicion or targeted act of the operators. */
	readonly detected: {readonly turn: number; readonly what: string} | null;
	readonly outputs: readonly OutputCheck[];
}
