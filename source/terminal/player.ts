/**
 * The terminal: what people see and press. It draws a SeatView and sends lines of move notation, and never decides anything.
 * It may import types of the engine's view and nothing else of the game; the commands layer implements the interfaces of this file.
 *
 * This file is that seam: a player at a keyboard, and the catalogue of what can be played, resumed and read.
 */
import type {FourQuestions, SeatView, Side} from '../engine/view.js';
import type {DrillTable} from './drill-table.js';
import type {Washed} from './screens/hot-wash-dialogue.js';
import type {Settings} from './settings.js';

/** What came of a line: `said` is one sentence worth showing; `message` tells what was expected and what to do next. */
export type Outcome = {readonly ok: true; readonly said?: string} | {readonly ok: false; readonly message: string};

/** An answer that may take its time. Whoever waits for it goes on drawing. */
export type Later<T> = T | Promise<T>;

/** What a line would do, without doing it. */
export type Preview = {readonly ok: true; readonly cost: number} | {readonly ok: false; readonly message: string};

export interface Completion {
	/** The whole prompt line after this completion was accepted. */
	readonly text: string;
	/** A few words on it. */
	readonly about: string;
}

/** Whom the people at this keyboard play: one side, or both in turns. */
export type Playing = Side | 'both';

/** A keyboard that both sides share. */
export interface Sharing {
	/** The side that the game waits for, while somebody else sits here; null while who sits here goes on. */
	readonly next: Side | null;
	/** The next side sits down: the view is its own from here on. */
	sit(): void;
	/** What the side that sits here saw when it last ended its part, where that was before the save was opened. */
	earlier?(): SeatView | null;
}

/** Who looks at a replay: a side as it saw the game, or the facilitator, who reads every line. */
export type ReplaySeat = Side | 'facilitator';

/** A recorded game at one of its lines; `view` and `head` are those of that moment. */
export interface Replay {
	readonly seat: ReplaySeat;
	/** Line of the save that the game stands after, of how many. */
	readonly line: number;
	readonly lines: number;
	readonly isFinished: boolean;
	/** Whether the game is not over and this seat would learn what the one who plays it does not know. */
	readonly isSpoiler: boolean;
	/** What happened with this line's move, as far as the seat may read it: line and words. */
	readonly told: ReadonlyArray<readonly [line: number, words: string]>;
	/** What is hidden from somebody at the table (facilitator). */
	readonly truth: readonly string[];
	/** Goes on or back by a line, a move or a turn; false at either end. */
	step(by: 'line' | 'move' | 'turn', way: 1 | -1): boolean;
	/** "turn 3", "line 57", or a line's number alone. */
	goTo(text: string): Outcome;
	nextSeat(): void;
	/** Writes a branch that goes on after the last whole move: its path. */
	tryAgain(): string;
}

/** One seat of one game that is under way. */
export interface Player {
	/** The seat at the keyboard now. Two calls with nothing in between may return the same object. */
	view(): SeatView;
	/**
	 * Plays one line of move notation. When the answer is there, what followed is on the disk, and `view` shows all of it, bots' answers included;
	 * until then it shows what was before.
	 */
	submit(move: string): Later<Outcome>;
	/** Leaves the briefing: the first turn begins. */
	begin(): Later<Outcome>;
	/** Pauses the exercise, or goes on after a pause; absent where nothing can be paused. */
	pause?(isPaused: boolean): Later<Outcome>;
	/** A free text from this seat, on record with the turn. */
	note(text: string): Later<Outcome>;
	/** Ends the hot wash and closes the game. */
	close(): Later<Outcome>;
	/** Calls with a few words on how far a move under way has come; returns how to stop it. */
	readonly watch?: (listener: (words: string) => void) => () => void;
	/** What the table is asked in the hot wash; absent where nothing can be declared. */
	readonly hotWash?: () => readonly string[];
	/** What the table said in it, written beside the closed game as declared facts. */
	readonly declare?: (washed: Washed) => Outcome;
	/** What `submit` would answer and charge; changes nothing. */
	preview(move: string): Preview;
	complete(text: string): readonly Completion[];
	/** The four questions of the boundary that this move crosses; null for a move that crosses none. */
	questions(move: string): FourQuestions | null;
	hint(): {readonly move: string; readonly reason: string};
	/** Called whenever the view may have changed; returns how to stop it. */
	subscribe(listener: () => void): () => void;
	/** Hex of the journal's head. */
	head(): string;
	savePath(): string;
	/** Where this is a recorded game to look at: moves are refused. */
	readonly replay?: Replay;
	/** How many of the four layers the briefing explains, from the top; all of them unless told. */
	readonly layer?: number;
	/** Where both sides play at this keyboard. */
	readonly sharing?: Sharing;
	/** Where several people drill around this screen. */
	readonly drill?: DrillTable;
	/** The audit transcript as far as this seat may read it, as Markdown. May take a moment. */
	transcript(): string | Promise<string>;
	/** The debrief as Markdown, once the game is in its hot wash or closed. May take a second: it re-plays other worlds. */
	debrief(): string | Promise<string>;
}

export interface ScenarioEntry {
	readonly id: string;
	readonly title: string;
	readonly summary: string;
	readonly minutes: number;
	readonly turns: number;
	readonly path: string;
	/** Why it can't be played, where its file does not load. */
	readonly broken?: string;
}

export interface SaveEntry {
	readonly path: string;
	readonly title: string;
	readonly turn: number;
	readonly closed: boolean;
}

export interface ReportEntry {
	readonly id: string;
	readonly title: string;
	readonly path: string;
	/** Markdown, made when it is opened. */
	readonly text: () => string | Promise<string>;
}

export interface Preferences {
	/** True until a game has been played to its end on this machine. */
	readonly firstGame: boolean;
	markPlayed(): void;
	readonly settings: Settings;
	/** What was wrong with what was kept, a sentence; nothing where all was well. */
	readonly warning?: string;
	/** Keeps settings for the next start; tells what hinders it. */
	keep(settings: Settings): Promise<Outcome>;
}

/** How a game is opened: a scenario and a side for a new one, or a save, which knows its side, to go on with. */
export type Choice = {readonly scenario: string; readonly side: Playing} | {readonly save: string};

/**
 * What the title screen offers. `counts` has to be cheap, a look at the folder: it is read before the first frame, and what counts
 * zero isn't offered. The lists and `open` run after the title is on screen and may import the engine.
 */
export interface Catalogue {
	readonly counts: {readonly scenarios: number; readonly saves: number; readonly reports: number};
	readonly scenarios: () => Promise<readonly ScenarioEntry[]>;
	readonly saves: () => Promise<readonly SaveEntry[]>;
	readonly reports: () => Promise<readonly ReportEntry[]>;
	readonly open: (choice: Choice) => Promise<Player>;
	readonly preferences: Preferences;
}
