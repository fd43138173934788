/**
 * Reports: a game, finished or not, as documents. Everything here is a pure function of the journal's events and the final
 * state. It may import the engine and what lies below it, the journal and the bots, and never decides or applies anything:
 * where a report needs a game played again, whoever asks for the report hands in the function that does.
 *
 * This file is what all of them read: the events with their journal lines, in turns, and what was taken back.
 */
import type {EventOf, GameEvent} from '../engine/events.js';
import type {Game} from '../engine/game.js';
import type {GameState} from '../engine/state.js';

/** An event and its line in the journal, as people count lines: the entry's `seq` + 1. */
export interface Entry {
	readonly line: number;
	readonly event: GameEvent;
}

/** A game as far as it was played. `entries` are its engine events (lines 1 and 2 of a journal are not among them). */
export interface Played {
	readonly game: Game;
	readonly state: GameState;
	readonly entries: readonly Entry[];
	/** Hash of the journal's last line, hex. */
	readonly head: string;
	/** How the journal is named in commands: a path, or a file name. */
	readonly save?: string;
}

/** The move from which an event followed. */
export interface Cause {
	readonly side: EventOf<'move'>['side'];
	readonly seat: string;
	readonly text: string;
	readonly line: number;
	readonly audience: GameEvent['audience'];
}

/** An event in its place: the turn it happened in, the move it followed from, and whether a takeback undid it. */
export interface Placed extends Entry {
	readonly turn: number;
	readonly cause: Cause | null;
	readonly undone: boolean;
	/** Clock time of the move it followed from, where the game was played against a clock. */
	readonly at?: string;
}

/** Puts events in their places. Where lines are missing (a seat's copy), the move that an event followed from is not known. */
export function place(entries: readonly Entry[]): Placed[] {
	const placed: Array<{-readonly [K in keyof Placed]: Placed[K]}> = [];
	let turn = 0;
	let cause: Cause | null = null;
	let at: string | undefined;
	let last: number | undefined;
	// Moves that can still be taken back, as positions in `placed`: apply keeps the state before each of them.
	let open: number[] = [];
	for (const {line, event} of entries) {
		if (last !== undefined && line !== last + 1) cause = null;
		last = line;
		if (event.type === 'turn-began') turn = event.turn;
		if (event.type === 'move' || event.type === 'taken-back' || event.type === 'hint-asked') {
			cause = {side: event.side, seat: event.seat, text: event.text, line, audience: event.audience};
			at = event.at;
		}
		if (event.type === 'move') open.push(placed.length);
		if (event.type === 'branched') cause = null;
		if (event.type === 'settled' || event.type === 'branched') open = [];
		if (event.type === 'taken-back') {
			const from = open.pop();
			if (from !== undefined) for (const each of placed.slice(from)) each.undone = each.event.type !== 'hint-asked';
		}
		placed.push({line, event, turn, cause, undone: false, ...(at === undefined ? {} : {at})});
	}
	return placed;
}

/** What stands: no moves that were taken back, nor what followed from them. */
export function standing(entries: readonly Entry[]): Placed[] {
	return place(entries).filter(({undone, event}) => !undone && event.type !== 'taken-back');
}

/** Entries of one type. */
export function only<T extends GameEvent['type']>(
	placed: readonly Placed[],
	type: T,
): ReadonlyArray<Placed & {readonly event: EventOf<T>}> {
	return placed.filter((each): each is Placed & {readonly event: EventOf<T>} => each.event.type === type);
}

/** A line of a moves file, as it would be played again. */
export interface PlayedMove {
	readonly side: EventOf<'move'>['side'];
	readonly text: string;
	/** The turn in which it was made, 0 before the first. */
	readonly turn: number;
}

/**
 * The game's line of moves, without what was taken back. After the last of them come end-turns enough for a whole game:
 * played elsewhere, a game may last longer than this one did.
 */
export function lineOfMoves({entries, game}: Pick<Played, 'entries' | 'game'>): PlayedMove[] {
	const moves = only(standing(entries), 'move')
		.filter(({event}) => !(event.side === 'table' && event.text === 'close'))
		.map(({event: {side, text}, turn}): PlayedMove => ({side, text, turn}));
	const turn = moves.at(-1)?.turn ?? 0;
	const isStopped = moves.some(({side, text}) => side === 'table' && text === 'stop');
	const rest = isStopped ? 0 : game.scenario.turns - turn + 1;
	for (let more = 0; more < rest; more += 1) {
		moves.push({side: 'attackers', text: 'end-turn', turn: turn + more});
		moves.push({side: 'operators', text: 'end-turn', turn: turn + more});
	}
	return moves;
}
