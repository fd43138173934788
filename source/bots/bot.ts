/**
 * Opponents and companions: what plays a side when nobody sits there, and the hint. A bot is given a seat's view and nothing of the
 * state, so it can only know what a player at its seat could. It may import the engine and scenario, and touches no file, clock or chance.
 *
 * This file is what a bot is.
 */
import type {SeatView} from '../engine/view.js';

/** One move in notation, and why, in a sentence that a player can learn from. */
export interface Choice {
	readonly move: string;
	readonly reason: string;
}

/** One entry of the world's playbook, in the words of the dealt game. */
export interface PlaybookStep {
	/** Its moves in notation. */
	readonly moves: readonly string[];
	/** Made once in a game, or in every turn in which it holds. */
	readonly once: boolean;
	/** Whether its condition holds over what the attackers know now. */
	readonly holds: boolean;
}

/** Whether the rules take this move now; it looks only at what the mover could know. */
export type IsLegal = (move: string) => boolean;

/** What the attackers planned, and how far they got. Operators' bots are given an empty one. */
export interface PlaybookSource {
	readonly steps: readonly PlaybookStep[];
	/** Every move that this side has made in the game so far, oldest first. */
	readonly made: readonly string[];
	readonly isLegal: IsLegal;
}

/** Plays one side. It keeps no memory: what was done before is in the view, so a resumed game goes on as it would have. */
export interface Bot {
	readonly name: string;
	/** One sentence on how it plays. */
	readonly about: string;
	/** The next move; `end-turn` when it has done what it wants. */
	next(view: SeatView, playbook: PlaybookSource): Choice;
}
