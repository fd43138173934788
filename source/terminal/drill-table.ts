/** The seam of a drill around one screen: what stands before it, and what a table of several people adds to a player. */
import type {Completion, Later, Outcome, Player} from './player.js';

export interface DrillPerson {
	readonly name: string;
	/** What the person does in the organisation. */
	readonly function: string;
	readonly seats: readonly string[];
	readonly isAbsent: boolean;
}

/** What the table fixes before the start. */
export interface DrillAgreed {
	readonly freeze: string;
	readonly recover: string;
	readonly objectives: readonly string[];
	readonly criteria: readonly string[];
}

/** A roster as it was read: who sits where, in words, or the first thing that is wrong with it. */
export interface DrillRoster {
	readonly people: readonly DrillPerson[];
	/** Parties that will not answer, because all of their custodians are absent. */
	readonly dark: readonly string[];
	/** A sentence on what is wrong or still missing. */
	readonly problem?: string;
}

export interface DrillSetup {
	readonly title: string;
	readonly minutes: number;
	readonly isRehearsal: boolean;
	/** Lines of the roster file; none where it is asked for. */
	readonly lines: readonly string[];
	/** Seats that people can have. */
	readonly seats: readonly string[];
	/** What was agreed in the roster file already. */
	readonly agreed: Partial<DrillAgreed>;
	/** Objectives and rating criteria to choose from. */
	readonly objectives: readonly string[];
	readonly criteria: readonly string[];
	read(lines: readonly string[]): DrillRoster;
	/** The role cards of these people, as Markdown. */
	cards(lines: readonly string[]): string;
	/** A game in memory, begun, of which nothing is kept. */
	warmUp(lines: readonly string[]): Later<Player>;
	/** Starts the exercise and its record. */
	start(lines: readonly string[], agreed: DrillAgreed): Later<Player>;
}

/** What a table of several people adds to the player at its keyboard. */
export interface DrillTable {
	/** One turn that does not count. */
	readonly isWarmUp: boolean;
	/** Who is here and plays the side at the keyboard. */
	speakers(): readonly DrillPerson[];
	/** For whom moves are made now. */
	speaker(): DrillPerson | undefined;
	speak(name: string): void;
	/** Those of the side at the keyboard who have not said in this turn what they believe. */
	unheard(): readonly DrillPerson[];
	believe(name: string, text: string): Later<Outcome>;
	/** Seconds that are left, negative when over; it stands outside of turns and in a pause. */
	clock(): {readonly left: number; readonly isRunning: boolean};
	/** What the facilitator can do, as lines to be filled in. */
	readonly actions: ReadonlyArray<{readonly line: string; readonly about: string}>;
	facilitate(line: string): Later<Outcome>;
	completeAction(line: string): readonly Completion[];
	/** What is true and hidden, as Markdown. */
	truth(): string;
}

/** `41:20 left` while the clock runs, `41:20 stands` while it does not; `over by 2:05`. */
export function clockWords({left, isRunning}: ReturnType<DrillTable['clock']>): string {
	const seconds = Math.abs(left);
	const shown = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
	return left < 0 ? `over by ${shown}` : `${shown} ${isRunning ? 'left' : 'stands'}`;
}

const spoken = /^\s*as\s+([^:"]+):\s*(.*)$/i;

/** `as jun: MOVE` in its parts; without a name where nobody is named. */
export function spokenLine(line: string): {readonly name?: string; readonly move: string} {
	const [, name, move] = spoken.exec(line) ?? [];
	return name === undefined || move === undefined ? {move: line} : {name: name.trim(), move};
}
