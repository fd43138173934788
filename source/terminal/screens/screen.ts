/**
 * Screens are data on a stack: the top one gets the keys. Each screen's file has its view and its handler; a handler changes the
 * stack through the desk and plays moves through it. Views get the state as props and change nothing.
 */
import type {EquationView, MoveOption, SeatView, Side} from '../../engine/view.js';
import type {DrillPlan, DrillStep} from '../drill-steps.js';
import type {Command} from '../key-command.js';
import type {Context, Keymap} from '../keymap.js';
import type {Slot} from '../moves/menu.js';
import type {Catalogue, Choice, Later, Outcome, Player, Playing, ReportEntry, SaveEntry, ScenarioEntry} from '../player.js';
import type {Edit, Recall} from '../prompt/edit.js';
import {keymapOf, type Settings} from '../settings.js';
import type {KeyPress} from '../split-keys.js';
import type {Role, Theme} from '../theme.js';
import type {PaneView} from '../views/index.js';
import type {Wash} from './hot-wash-dialogue.js';

/** One thing that is different after a turn, or that was believed in it: what it is about, and what is to be said of it. */
export interface Told {
	readonly about: string;
	readonly text: string;
	readonly role?: Role;
	/** An equation stands behind it. */
	readonly hasWhy?: true;
}

export type PaneName = 'moves' | 'requests' | 'parties' | 'inbox' | 'messages';

/** Lists of the title screen are undefined while they load. */
export type Screen =
	| {readonly kind: 'title'; readonly cursor: number}
	| {readonly kind: 'scenarios'; readonly cursor: number; readonly side: Playing; readonly entries?: readonly ScenarioEntry[]}
	| {readonly kind: 'saves'; readonly cursor: number; readonly entries?: readonly SaveEntry[]}
	| {readonly kind: 'reports'; readonly cursor: number; readonly entries?: readonly ReportEntry[]}
	| {readonly kind: 'opening'; readonly words: string}
	| {readonly kind: 'briefing'; readonly top: number}
	| ReplayScreen
	| {readonly kind: 'paused'}
	| {readonly kind: 'goTo'; readonly edit: Edit}
	/** Nothing of any side is on it. */
	| {readonly kind: 'handOver'; readonly to: Side}
	| BoardScreen
	| {readonly kind: 'prompt'; readonly edit: Edit; readonly recall: Recall}
	| {readonly kind: 'note'; readonly edit: Edit; readonly suspect?: string}
	| ChooseScreen
	| {readonly kind: 'approve'; readonly request: string; readonly party?: string; readonly cursor: number; readonly top: number}
	| ResolveScreen
	| {
			readonly kind: 'equation';
			readonly equations: readonly EquationView[];
			readonly at: number;
			readonly top: number;
			readonly isFull: boolean;
			/** The picture is shown in the place of the numbers. */
			readonly isPicture: boolean;
	  }
	| {readonly kind: 'reader'; readonly title: string; readonly text: string; readonly top: number}
	| {readonly kind: 'pane'; readonly name: PaneView; readonly cursor: number; readonly top: number}
	| {readonly kind: 'views'; readonly cursor: number}
	| {readonly kind: 'moves'; readonly cursor: number; readonly find: string}
	| {readonly kind: 'find'; readonly cursor: number; readonly edit: Edit}
	| {readonly kind: 'endTurn'; readonly top: number}
	| {
			readonly kind: 'turn';
			/** The turn that has ended. */
			readonly ended: number;
			readonly did: readonly Told[];
			readonly believed: readonly Told[];
			readonly changed: readonly Told[];
			readonly told: readonly Told[];
			readonly equations: readonly EquationView[];
			readonly top: number;
	  }
	| {readonly kind: 'confirm'; readonly line: string; readonly top: number}
	| {readonly kind: 'hotWash'; readonly edit: Edit; readonly told: number; readonly wash?: Wash}
	/** Before a drill: the steps, and what was said in them. */
	| {
			readonly kind: 'drill';
			readonly plan: DrillPlan;
			readonly step: DrillStep;
			readonly edit: Edit;
	  }
	| {readonly kind: 'drillReady'; readonly plan: DrillPlan; readonly top: number}
	| {readonly kind: 'speaker'; readonly cursor: number}
	/** Names of those who were not heard in this turn. */
	| {readonly kind: 'beliefs'; readonly queue: readonly string[]; readonly at: number; readonly edit: Edit}
	| {readonly kind: 'facilitatorAsk'}
	| {readonly kind: 'facilitator'; readonly cursor: number}
	| {readonly kind: 'facilitatorLine'; readonly cursor: number; readonly edit: Edit}
	| {readonly kind: 'settings'; readonly cursor: number}
	| {readonly kind: 'keys'; readonly cursor: number}
	| {readonly kind: 'newKey'; readonly command: Command; readonly words: string}
	| {readonly kind: 'quit'}
	| {readonly kind: 'help'; readonly about: Context; readonly top: number};

export interface BoardScreen {
	readonly kind: 'board';
	readonly focus: PaneName;
	/** Selected request. */
	readonly request?: string;
	/** Picked parties; their ids fill the moves' notation. */
	readonly picked: readonly string[];
	/** Row of the menu. */
	readonly move: number;
	readonly inbox: number;
	readonly message: number;
	/** Ceremonies back from the newest. */
	readonly ceremony: number;
	/** A complete line that waits for Enter: from a hint, or from choosing values one by one. */
	readonly draft?: string;
	/** The first of two keys of a move was pressed. */
	readonly isSecond?: true;
}

export interface ReplayScreen {
	readonly kind: 'replay';
	readonly isPlaying: boolean;
	/** Moves a second while it plays. */
	readonly speed: number;
	/** It was said that this seat learns what who plays the game does not know. */
	readonly isWarned: boolean;
	/** First row of the facilitator's page. */
	readonly top: number;
}

/** Choosing the value of one slot of a notation; what is chosen goes on to the next slot or back to the board. */
export interface ChooseScreen {
	readonly kind: 'choose';
	readonly option: MoveOption;
	readonly notation: string;
	readonly slot: Slot;
	readonly cursor: number;
	readonly marked: readonly string[];
}

export interface ResolveScreen {
	readonly kind: 'resolve';
	/** Ceremonies to go through, oldest first. */
	readonly queue: readonly string[];
	readonly at: number;
	/** Message at the cursor. */
	readonly cursor: number;
	/** How many messages have been shown; the result follows the last one. */
	readonly shown: number;
	/** In a first game messages wait one by one; looking back at old ceremonies never waits. */
	readonly isGuided: boolean;
	/** The first refusal's equation has been opened. */
	readonly isExplained: boolean;
	/** Messages follow one another by themselves until a key is pressed. */
	readonly isPlaying?: boolean;
}

export type ScreenOf<K extends Screen['kind']> = Extract<Screen, {readonly kind: K}>;

export interface Game {
	readonly player: Player;
	readonly view: SeatView;
	readonly head: string;
	readonly isFirst: boolean;
	/** Lines this seat submitted, oldest first. */
	readonly history: readonly string[];
	/** What was seen of each ceremony: its status and length. */
	readonly seen: ReadonlyMap<string, string>;
}

export interface Notice {
	readonly tone: 'good' | 'bad' | 'info';
	readonly text: string;
}

export interface Working {
	readonly words: string;
	/** How far it has come. */
	readonly progress?: string;
	/** Since it began; left out where nothing on the screen moves by itself. */
	readonly seconds?: number;
}

export interface DeskState {
	readonly settings: Settings;
	readonly stack: readonly Screen[];
	readonly game?: Game;
	readonly notice?: Notice;
	/** What is being computed, once it takes long enough to be noticed. */
	readonly working?: Working;
	/** Ctrl-C was pressed once. */
	readonly isLeaving: boolean;
	readonly columns: number;
	readonly rows: number;
	/** Counts what must not be seen any more: with each, the terminal forgets all that was shown, its scrollback too. */
	readonly wipes: number;
	/** What the clock of a drill says. */
	readonly clock?: string;
	/** Exit status, once the program is to end. */
	readonly exit?: number;
}

/** What handlers can do. */
export interface Desk {
	readonly state: DeskState;
	readonly catalogue: Catalogue;
	/** Replaces the top screen. */
	set(screen: Screen): void;
	push(screen: Screen): void;
	pop(): void;
	/** Changes the uppermost screen of a kind, wherever it is on the stack; does nothing where it is gone. */
	change<K extends Screen['kind']>(kind: K, change: (screen: ScreenOf<K>) => ScreenOf<K>): void;
	/** Puts a whole new stack. */
	restack(stack: readonly Screen[]): void;
	say(tone: Notice['tone'], text: string): void;
	/** Plays a line and shows what came of it; then does what is still to be done. */
	submit(line: string, then?: (outcome: Outcome) => void): void;
	/**
	 * Does something else with the player, then looks at the game again. While the answer is awaited, screens stay and keys that look work; a second
	 * move is refused. `words` say what is computed.
	 */
	act(what: (player: Player) => Later<Outcome>, then?: (outcome: Outcome) => void, words?: string): void;
	/** Takes the uppermost screen of a kind away, if there is one. */
	close(kind: Screen['kind']): void;
	/** The side that a shared keyboard was handed to sits down. */
	sit(): void;
	/** Goes into a game that is being made, with a screen that says so in the meantime; where it can't be made, the reason becomes a notice. */
	enter(words: string, make: () => Later<Player>, then?: () => void): void;
	/** The terminal forgets all that was shown. */
	wipe(): void;
	/** Opens a game, with a screen that says so in the meantime. */
	open(choice: Choice): void;
	/** Waits for something slow; a failure becomes a notice, after `otherwise`. */
	wait<T>(what: T | Promise<T>, then: (value: T) => void, otherwise?: () => void): void;
	/** Puts settings in force at once, and keeps them. */
	configure(settings: Settings): void;
	leave(status: number): void;
}

/** Handles a press on a screen. `command` is undefined for keys that the context doesn't bind: letters of moves, typed text. */
export type Handler<K extends Screen['kind']> = (desk: Desk, screen: ScreenOf<K>, command: Command | undefined, press: KeyPress) => void;

export interface ScreenProps<K extends Screen['kind']> {
	readonly screen: ScreenOf<K>;
	readonly state: DeskState;
	readonly catalogue: Catalogue;
	readonly theme: Theme;
	readonly columns: number;
	readonly rows: number;
}

/** The position in a list or text after a motion command; undefined for other commands. */
export function motionOf(command: Command | undefined, at: number, count: number, page: number): number | undefined {
	const by = {up: -1, down: 1, 'page-up': -page, 'page-down': page, first: -count, last: count}[command as string];
	return by === undefined ? undefined : Math.max(0, Math.min(Math.max(0, count - 1), at + by));
}

/** A screen of equations, at one of them. */
export function equationsOf(equations: readonly EquationView[], at = 0): ScreenOf<'equation'> {
	return {kind: 'equation', equations, at, top: 0, isFull: false, isPicture: false};
}

/** The game of a screen that is shown only in one, with the keys that are in force. */
export function gameOf(state: DeskState): Game & {readonly keys: Keymap} {
	if (!state.game) throw new Error('a game screen was shown without a game');
	return {...state.game, keys: keymapOf(state.settings)};
}
