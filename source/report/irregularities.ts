/** How a game was played, as far as a reader should know it before trusting the result: what was chosen by hand, tried again, helped or led. */
import type {Opened} from '../journal/opening.js';
import {type Entry, place} from './played.js';

export interface Irregularity {
	readonly kind: 'seed' | 'world' | 'branch' | 'takeback' | 'hint' | 'facilitator';
	/** Line of the journal; 1 for what its first line says of the whole game. */
	readonly line: number;
	readonly turn: number;
	/** A phrase: text of others in it is not made harmless. */
	readonly what: string;
}

/** What line 1 says of how the game came to be; a branch names its parent there or in an entry of its own. */
export type Origin = Pick<Opened, 'seedWas' | 'worldChosen'>;

/** Table moves that every game has. */
const usual = ['begin', 'close'];

/** Everything of a game that is no plain play: in the order of the journal, what was chosen before it first. */
export function irregularities(origin: Origin, entries: readonly Entry[]): Irregularity[] {
	const whole = (kind: Irregularity['kind'], what: string): Irregularity => ({kind, line: 1, turn: 0, what});
	const found: Irregularity[] = [];
	if (origin.seedWas === 'typed') found.push(whole('seed', 'the seed was typed: whoever knows or guesses it knows the deal'));
	if (origin.worldChosen) found.push(whole('world', 'the world was chosen by hand, not dealt'));
	for (const {event, line, turn} of place(entries)) {
		if (event.type === 'branched')
			found.push({kind: 'branch', line, turn, what: `branch ${event.name} of ${event.of}: played again from its line ${event.line}`});
		if (event.type === 'taken-back') found.push({kind: 'takeback', line, turn, what: `${event.side} took back: ${event.text}`});
		if (event.type === 'hint-asked') found.push({kind: 'hint', line, turn, what: `${event.by} were shown a suggestion of the program`});
		if (event.type === 'move' && event.side === 'table' && !usual.includes(event.text.split(' ', 1)[0] ?? ''))
			found.push({kind: 'facilitator', line, turn, what: `whoever ran the exercise: ${event.text}`});
	}
	return found;
}
