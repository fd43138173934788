/** How the game was played, where that bears on what it shows: takebacks, interventions, chosen seeds and worlds, forced moves. */
import {only, type Played, place} from './played.js';

export interface Irregularity {
	readonly what: string;
	/** Journal lines; empty where it is not a line's doing. */
	readonly lines: readonly number[];
}

export interface Opening {
	/** typed: somebody chose the seed, and could have tried it before. */
	readonly seedWas?: 'drawn' | 'typed';
}

/** Everything that a reader should know before trusting the game as a test; none is a fault by itself. */
export function irregularitiesOf({game, entries}: Played, {seedWas}: Opening = {}): Irregularity[] {
	const placed = place(entries);
	const table = only(placed, 'move').filter(({event: {side, text}}) => side === 'table' && text !== 'begin' && text !== 'close');
	return [
		...(seedWas === 'typed'
			? [{what: 'The seed was typed: whoever knew it could have played this game before, and can guess what was dealt.', lines: [1]}]
			: []),
		...(game.deal.worldChosen ? [{what: 'The world was chosen, not dealt.', lines: [1]}] : []),
		...only(placed, 'taken-back').map(({event, turn, line}) => ({
			what: `Taken back in turn ${turn} by the ${event.side}: ${event.text}.`,
			lines: [line],
		})),
		...table.map(({event, turn, line}) => ({what: `Whoever ran the exercise, in turn ${turn}: ${event.text}.`, lines: [line]})),
	];
}
