/** A recorded game to step through: the same views that its seats had, at any line. Nothing of it can be changed; a branch is a save of its own. */
import {apply} from '../engine/apply.js';
import {type Game, initialState} from '../engine/game.js';
import {phaseOf, seatView} from '../engine/seat-view.js';
import type {GameState} from '../engine/state.js';
import {type SeatView, stations} from '../engine/view.js';
import {startsGroup} from '../journal/re-execution.js';
import type {RecordedGame} from '../journal/recorded-game.js';
import {loadJournal} from '../journal/recorder.js';
import {transcriptOf} from '../report/transcript.js';
import type {Outcome, Player, Preview, Replay, ReplaySeat} from '../terminal/player.js';
import {branchSave} from './branch.js';
import {previewOf, seatingOf} from './game-player.js';
import {reportOf} from './thread.js';

/** Lines 1 and 2 open the game; the events follow. */
const OPENING = 2;

const refused: Outcome = {ok: false, message: 'This is a replay: nothing is changed here. a tries again from here, in a save of its own.'};

/** The seat that a replay begins with: the one that a person played. */
export function ownSeat(recorded: RecordedGame): ReplaySeat {
	const {side} = seatingOf(recorded);
	return side === 'both' ? 'operators' : side;
}

function headsOf({path}: RecordedGame): string[] {
	return path === undefined ? [] : loadJournal(path).entries.map(({hash}) => hash);
}

/** Whether an unfinished game would be spoiled for who plays it. */
export function spoils(recorded: RecordedGame, seat: ReplaySeat): boolean {
	const {side} = seatingOf(recorded);
	return recorded.state.end === undefined && seat !== side;
}

export class ReplayPlayer implements Player, Replay {
	readonly #recorded: RecordedGame;
	readonly #listeners = new Set<() => void>();
	/** States at the beginning of turns, by the number of events before them: enough to be anywhere at once, and no more. */
	readonly #kept = new Map<number, GameState>();
	/** Numbers of events after which a move is whole. */
	readonly #ends: readonly number[];
	readonly #turns: ReadonlyMap<number, number>;
	/** Head of the journal after each line. */
	readonly #heads: readonly string[];
	#state: GameState;
	/** Events that have happened. */
	#at = 0;
	#view: SeatView | null = null;
	#told: ReadonlyArray<readonly [number, string]> | null = null;
	seat: ReplaySeat;

	/** @param heads head of the journal after each line; read from the save where they are left out */
	constructor(recorded: RecordedGame, seat: ReplaySeat = ownSeat(recorded), heads: readonly string[] = headsOf(recorded)) {
		const {game, events} = recorded;
		this.#recorded = recorded;
		this.seat = seat;
		this.#heads = heads;
		this.#state = initialState(game);
		this.#kept.set(0, this.#state);
		const turns = new Map<number, number>([[0, 0]]);
		const ends = [0];
		let state = this.#state;
		events.forEach((event, index) => {
			state = apply(state, event);
			const next = events[index + 1];
			if (next !== undefined && !startsGroup(next)) return;
			ends.push(index + 1);
			if (turns.has(state.turn)) return;
			turns.set(state.turn, index + 1);
			this.#kept.set(index + 1, state);
		});
		this.#ends = ends;
		this.#turns = turns;
	}

	get replay(): Replay {
		return this;
	}

	get line(): number {
		return this.#at + OPENING;
	}

	get lines(): number {
		return this.#recorded.events.length + OPENING;
	}

	get isFinished(): boolean {
		return this.#recorded.state.end !== undefined;
	}

	get isSpoiler(): boolean {
		return spoils(this.#recorded, this.seat);
	}

	get told(): ReadonlyArray<readonly [number, string]> {
		this.#told ??= this.#tell();
		return this.#told;
	}

	get truth(): readonly string[] {
		return this.seat === 'facilitator' ? truthOf(this.#recorded.game, this.#state) : [];
	}

	step(by: 'line' | 'move' | 'turn', way: 1 | -1): boolean {
		const from = this.#at;
		const stops = by === 'move' ? this.#ends : [...this.#turns.values(), this.#recorded.events.length];
		const line = Math.max(0, Math.min(this.#recorded.events.length, from + way));
		const to = by === 'line' ? line : way > 0 ? stops.find(stop => stop > from) : stops.findLast(stop => stop < from);
		if (to === undefined || to === from) return false;
		this.#go(to);
		return true;
	}

	goTo(text: string): Outcome {
		const [, unit = 'line', digits = ''] = /^\s*(?:(line|turn)\s+)?(\d{1,7})\s*$/i.exec(text) ?? [];
		const number = Number(digits);
		if (digits === '') return {ok: false, message: `"${text}" is no place in a game: write turn 3, or line 57.`};
		if (unit.toLowerCase() === 'turn') {
			const at = this.#turns.get(number);
			if (at === undefined) return {ok: false, message: `There is no turn ${number}; the last one is ${Math.max(...this.#turns.keys())}.`};
			this.#go(at);
			return {ok: true};
		}
		if (number < OPENING || number > this.lines)
			return {ok: false, message: `There is no line ${number} to go to; they are ${OPENING} to ${this.lines}.`};
		this.#go(number - OPENING);
		return {ok: true};
	}

	nextSeat(): void {
		const seats = ['operators', 'attackers', 'facilitator'] as const;
		this.seat = seats[(seats.indexOf(this.seat) + 1) % seats.length] ?? 'operators';
		this.#changed();
	}

	tryAgain(): string {
		const whole = this.#ends.findLast(end => end <= this.#at) ?? 0;
		return branchSave(this.#recorded.path ?? '', whole + OPENING);
	}

	view(): SeatView {
		this.#view ??= seatView(this.#recorded.game, this.#state, this.seat);
		return this.#view;
	}

	submit(): Outcome {
		return refused;
	}

	begin(): Outcome {
		return refused;
	}

	note(): Outcome {
		return refused;
	}

	close(): Outcome {
		return refused;
	}

	/** What the move would have come to then. */
	preview(text: string): Preview {
		return previewOf(this.#recorded.game, this.#state, this.view().side, text);
	}

	complete(): [] {
		return [];
	}

	questions(): null {
		return null;
	}

	hint(): {readonly move: string; readonly reason: string} {
		return {move: 'end-turn', reason: 'This is a replay.'};
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	head(): string {
		return this.#heads[this.line - 1] ?? this.#recorded.head;
	}

	savePath(): string {
		return this.#recorded.path ?? '';
	}

	transcript(): string {
		return this.told.map(([line, words]) => `- ${line}: ${words}`).join('\n');
	}

	async debrief(): Promise<string> {
		return this.isFinished ? reportOf(this.savePath(), true) : 'The game is not over.';
	}

	#go(to: number): void {
		const start = [...this.#kept.keys()].findLast(at => at <= to && (at > this.#at || to < this.#at)) ?? (to < this.#at ? 0 : this.#at);
		let state = start === this.#at ? this.#state : (this.#kept.get(start) ?? this.#state);
		for (const event of this.#recorded.events.slice(start, to)) state = apply(state, event);
		this.#state = state;
		this.#at = to;
		this.#changed();
	}

	#changed(): void {
		this.#view = null;
		this.#told = null;
		for (const listener of this.#listeners) listener();
	}

	/** The records of the move that the game stands in or after. */
	#tell(): ReadonlyArray<readonly [number, string]> {
		const start = this.#ends.findLast(end => end < this.#at) ?? 0;
		return recordsOf(this.#recorded, this.seat)
			.filter(({line}) => line > start + OPENING && line <= this.line)
			.map(({line, what}) => [line, what]);
	}
}

/** Every line that a seat may read, in words, without bookkeeping. */
export function recordsOf({entries, head, opened, game}: RecordedGame, seat: ReplaySeat) {
	const {id, title} = opened.scenario;
	return transcriptOf({entries, head, scenario: {id, title}, deal: game.deal, seat}).records.filter(({isBookkeeping}) => !isBookkeeping);
}

/** What somebody at the table does not know: the world, what attackers hold, controls that drifted, bytes that are not what is shown. */
function truthOf(game: Game, state: GameState): string[] {
	const machines = Object.entries(state.footholds).flatMap(([id, {wayIn, link, implantSince}]) => {
		const held = [
			...(wayIn ? ['a way in'] : []),
			...(implantSince === undefined ? [] : [`an implant since turn ${implantSince}`]),
			...(link ? ['the line'] : []),
		];
		return held.length === 0 ? [] : [`Attackers have ${held.join(' and ')} at ${id}.`];
	});
	const shares = state.loot.map(({party, epoch, turn}) => `Attackers hold the share of ${party}, epoch ${epoch}, since turn ${turn}.`);
	const drifted = Object.entries(state.controls).flatMap(([id, {documented, actual}]) =>
		documented === actual ? [] : [`The control ${id} is documented as ${documented ? 'on' : 'off'} and is ${actual ? 'on' : 'off'}.`],
	);
	const requests = Object.values(state.requests)
		.filter(({opened}) => opened > 0)
		.flatMap(({id, displayed, payload, intent}) => [
			...(payload === displayed ? [] : [`The bytes of ${id} are not those that the coordinator shows.`]),
			...(intent === payload ? [] : [intent === null ? `Nobody asked for ${id}.` : `The bytes of ${id} are not what its requester wants.`]),
		]);
	const silent = stations.filter(station => state.logging[station] === 0).map(station => `Nothing is logged at ${station}.`);
	const phase = phaseOf(state);
	return [`The world is ${game.deal.world}. The phase is ${phase}.`, ...machines, ...shares, ...drifted, ...requests, ...silent];
}
