/** A person's seat at a recorded game: what the terminal's screens show and submit. A bot plays the other side. */
import {hint} from '../bots/hint.js';
import {fold} from '../engine/apply.js';
import {verbOf} from '../engine/catalogue.js';
import {complete} from '../engine/complete.js';
import {checkMove, hintOf, readMove} from '../engine/decide.js';
import {Deciding, Refusal} from '../engine/deciding.js';
import {fourQuestions} from '../engine/four-questions.js';
import type {Game} from '../engine/game.js';
import {initialState} from '../engine/game.js';
import {NotationError, printMove} from '../engine/move.js';
import {seatView} from '../engine/seat-view.js';
import type {GameState} from '../engine/state.js';
import type {FourQuestions, SeatView, Side} from '../engine/view.js';
import {JournalError} from '../journal/journal-error.js';
import {startsGroup} from '../journal/re-execution.js';
import type {RecordedGame} from '../journal/recorded-game.js';
import {questionsOf} from '../report/hot-wash.js';
import type {Completion, Outcome, Player, Playing, Preview, Sharing} from '../terminal/player.js';
import type {Washed} from '../terminal/screens/hot-wash-dialogue.js';
import {CommandError} from './command-error.js';
import {debriefOf} from './debrief.js';
import type {Decider} from './decider.js';
import {declare} from './declared-file.js';
import {phase, playPart, sideToMove, submitTo, type Table} from './drive.js';
import {opponent, rosterBot} from './opponents.js';
import {shown} from './paths.js';
import {transcriptText} from './reports.js';
import {ThreadEnded} from './thread.js';

export interface Seating {
	readonly side: Playing;
	/** The bot of the other side; without one, the default. */
	readonly against?: string | undefined;
	/** How many of the four layers the briefing explains. */
	readonly layer?: number;
	/** Clock time for each move. */
	readonly now: () => string;
	/** Who decides moves; without one, this thread does. */
	readonly decider?: Decider;
	/** Who speaks for the side at the keyboard, where people are named. */
	readonly speaker?: (side: Side, move: string) => Spoken | undefined;
}

/** A seat and the person who speaks for it. */
export interface Spoken {
	readonly seat: string;
	readonly person: string;
}

export class GamePlayer implements Player {
	readonly #recorded: RecordedGame;
	readonly #seating: Seating;
	readonly #table: Table;
	readonly #listeners = new Set<() => void>();
	readonly sharing?: Sharing;
	readonly layer?: number;
	/** The turn in which a suggestion went on record last: one line a turn says enough. */
	#hinted = 0;
	#view: SeatView | null = null;
	/** Events of the game when it was opened. */
	readonly #loaded: number;
	/** Who sits at the keyboard. */
	#seat: Side;
	/** At a shared keyboard the operators read the briefing first, and are the first to say what they believe in the hot wash. */
	#isRead = false;
	/** Settles when the last move is made: one is made after another. */
	#last: Promise<unknown> = Promise.resolve();

	/** Takes a seat; `ready` makes it ready to be looked at. At a shared keyboard nobody sits until `sharing.sit`. */
	constructor(recorded: RecordedGame, seating: Seating) {
		this.#recorded = recorded;
		this.#loaded = recorded.events.length;
		this.#seating = seating;
		const {side, against, layer, decider} = seating;
		if (layer !== undefined) this.layer = layer;
		const bot = opponent(side === 'operators' ? 'attackers' : 'operators', against);
		this.#table = {recorded, opponents: {operators: bot, attackers: bot}, now: seating.now, decider};
		this.#seat = side === 'both' ? this.#waitsFor('operators') : side;
		if (side === 'both') this.sharing = this.#share();
	}

	/** Where it is a bot's turn (a resumed game), it plays first. */
	async ready(): Promise<this> {
		await this.#letOthersMove();
		this.#view = null;
		return this;
	}

	#share(): Sharing {
		let isTaken = false;
		const next = (): Side | null => {
			const side = this.#waitsFor(this.#seat);
			return isTaken && side === this.#seat ? null : side;
		};
		return {
			get next() {
				return next();
			},
			sit: () => {
				this.#seat = this.#waitsFor(this.#seat);
				this.#view = null;
				isTaken = true;
			},
			earlier: () => this.#earlier(),
		};
	}

	/** A save that is gone on with: the view after the seat's last end of its part. */
	#earlier(): SeatView | null {
		const {game, events} = this.#recorded;
		const known = events.slice(0, this.#loaded);
		const last = known.findLastIndex(event => event.type === 'move' && event.side === this.#seat && event.text.startsWith('end-turn'));
		if (last < 0) return null;
		const next = known.findIndex((event, index) => index > last && startsGroup(event));
		return seatView(game, fold(initialState(game), known.slice(0, next < 0 ? known.length : next)), this.#seat);
	}

	/** The side that the game waits for; `seat` where it waits for nobody in particular. */
	#waitsFor(seat: Side): Side {
		const now = phase(this.#table);
		if (now === 'briefing' || now === 'hotWash') return this.#isRead ? 'attackers' : 'operators';
		return sideToMove(this.#table) ?? seat;
	}

	/** Whether the operators are through with something that the attackers read after them. */
	#isFirstReader(): boolean {
		return this.sharing !== undefined && this.#seat === 'operators';
	}

	#readFirst(): Outcome {
		this.#isRead = true;
		return {ok: true};
	}

	view(): SeatView {
		const {game, state} = this.#recorded;
		this.#view ??= seatView(game, state, this.#seat);
		return this.#view;
	}

	submit(move: string): Promise<Outcome> {
		return this.#make(this.#seat, move);
	}

	async begin(): Promise<Outcome> {
		if (this.#isFirstReader()) return this.#readFirst();
		const begun = await this.#make('table', 'begin');
		if (begun.ok) this.#isRead = false;
		return begun;
	}

	pause(isPaused: boolean): Promise<Outcome> {
		return this.#make('table', isPaused ? 'pause' : 'resume');
	}

	note(text: string): Promise<Outcome> {
		return this.#make(this.#seat, printMove({verb: 'note', object: text, args: {}}));
	}

	async close(): Promise<Outcome> {
		if (this.#isFirstReader()) return this.#readFirst();
		const closed = await this.#make('table', 'close');
		if (closed.ok) this.#recorded.close();
		return closed;
	}

	hotWash(): readonly string[] {
		return questionsOf(this.#recorded);
	}

	declare(washed: Washed): Outcome {
		const {path, head} = this.#recorded;
		if (path === undefined) return {ok: false, message: 'This game has no save, and what is said of it can not be kept.'};
		try {
			return {ok: true, said: `Written to ${shown(declare(path, head, washed, this.#seating.now()))}.`};
		} catch (error) {
			if (error instanceof JournalError || error instanceof CommandError) return {ok: false, message: error.message};
			throw error;
		}
	}

	preview(text: string): Preview {
		return previewOf(this.#recorded.game, this.#recorded.state, this.#seat, text);
	}

	complete(text: string): readonly Completion[] {
		return complete(this.#recorded.game, this.#recorded.state, this.#seat, text);
	}

	questions(move: string): FourQuestions | null {
		return fourQuestions(this.#recorded.game, this.#recorded.state, move);
	}

	hint(): {readonly move: string; readonly reason: string} {
		const view = this.view();
		if (view.toMove) this.#noteHint();
		return hint(view);
	}

	/** A suggestion goes on record; where the disk refuses that, the next move will say so. */
	#noteHint(): void {
		const {turn} = this.#recorded.state;
		if (this.#hinted === turn) return;
		this.#hinted = turn;
		this.#make('table', `ask-hint side=${this.#seat}`).catch((error: unknown) => {
			if (!(error instanceof ThreadEnded)) throw error;
		});
	}

	/** What is being computed, in words. */
	readonly watch = (listener: (words: string) => void): (() => void) =>
		this.#seating.decider?.watch(({ceremony, kind, round, messages}) =>
			listener(`${kind} ${ceremony}, round ${round}, ${messages} ${messages === 1 ? 'message' : 'messages'}`),
		) ?? (() => {});

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	head(): string {
		return this.#recorded.head;
	}

	savePath(): string {
		return this.#recorded.path ?? '';
	}

	transcript(): string {
		return transcriptText(this.#recorded, this.#seat);
	}

	async debrief(): Promise<string> {
		const {decider} = this.#seating;
		const {path} = this.#recorded;
		return decider && path !== undefined ? decider.debrief(path) : debriefOf(this.#recorded);
	}

	/** A move of whoever runs the exercise, for the seat and in the name of a person. */
	run(text: string, spoken?: Spoken): Promise<Outcome> {
		return this.#make('table', text, spoken);
	}

	#make(side: Side | 'table', text: string, spoken = side === 'table' ? undefined : this.#seating.speaker?.(side, text)): Promise<Outcome> {
		const made = this.#last.then(() => this.#makeNow(side, text, spoken));
		this.#last = made.catch(() => {});
		return made;
	}

	async #makeNow(side: Side | 'table', text: string, spoken: Spoken | undefined): Promise<Outcome> {
		// What is shown while others compute is what was true before.
		this.view();
		try {
			// Where the disk refused in the middle of the other side's moves, they are still to be made.
			await this.#letOthersMove();
			const made = await submitTo(this.#table, {side, ...spoken, text, at: this.#seating.now()});
			if (!made.ok) return {ok: false, message: withHint(made.message, made.hint)};
			await this.#letOthersMove();
			return {ok: true};
		} catch (error) {
			// The disk refuses: the game stands where it stood, and the player can free some space and try again.
			if (error instanceof JournalError) return {ok: false, message: error.message};
			throw error;
		} finally {
			this.#view = null;
			for (const listener of this.#listeners) listener();
		}
	}

	async #letOthersMove(): Promise<void> {
		const side = sideToMove(this.#table);
		const {side: played} = this.#seating;
		if (side && played !== 'both' && side !== played) await playPart(this.#table, side);
	}
}

/** What a line would cost, or why it is refused; nothing is decided. */
export function previewOf(game: Game, state: GameState, side: Side, text: string): Preview {
	try {
		const move = readMove(game, state, {side, text});
		return {ok: true, cost: checkMove(new Deciding(game, state), verbOf(move.verb, side)!, move)};
	} catch (error) {
		if (error instanceof Refusal) return {ok: false, message: error.message};
		if (error instanceof NotationError) return {ok: false, message: withHint(error.message, hintOf(error, side))};
		throw error;
	}
}

function withHint(message: string, hint: string | undefined): string {
	return hint === undefined ? message : `${message}; ${hint}`;
}

/** The side that a person plays in a save, and the bot against it; operators where the save names no person, both where it names two. */
export function seatingOf({opened}: RecordedGame): Pick<Seating, 'side' | 'against'> {
	const [side = 'operators', second] = opened.roster.flatMap(entry => (entry.player === 'person' ? [entry.side] : []));
	if (second !== undefined && second !== side) return {side: 'both'};
	const against = rosterBot(opened.roster, side === 'operators' ? 'attackers' : 'operators');
	return {side, ...(against === null ? {} : {against})};
}
