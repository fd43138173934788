/** What the catalogue says of a verb, and how a verb is defined. */
import type {Deciding} from './deciding.js';
import type {Audience} from './events.js';
import type {Move} from './move.js';
import type {Side, Station} from './view.js';

export type ParameterKind =
	| 'party'
	| 'parties'
	| 'request'
	| 'basis'
	| 'control'
	| 'station'
	| 'level'
	| 'machine'
	| 'output'
	| 'depth'
	| 'field'
	| 'threshold'
	| 'source'
	| 'computation'
	| 'exception'
	| 'line'
	| 'recording'
	| 'trace'
	| 'text'
	| 'name'
	| 'number';

export interface Parameter {
	readonly name: string;
	readonly kind: ParameterKind;
	readonly optional?: boolean;
	/** parties: how many make sense; as many as the threshold unless any number does. */
	readonly size?: 'any';
	/** A parameter named before it, beside which it can't stand. */
	readonly insteadOf?: string;
	/** What to give, in a few words: help and errors show it. */
	readonly about: string;
}

export interface Verb {
	readonly name: string;
	/** Whose verb it is. `world` verbs are the deal and the effects of injects; `table` verbs belong to whoever runs the exercise. */
	readonly side: Side | 'world' | 'table';
	readonly station: Station;
	readonly object?: Parameter;
	readonly parameters: readonly Parameter[];
	/** Lowest and highest price in points. */
	readonly cost: readonly [number, number];
	/** The price of this very move; the lowest price when absent. */
	price?(deciding: Deciding, move: Move): number;
	/** What it does and what it needs, each a phrase. */
	readonly does: string;
	readonly needs: string;
	/** What monitoring may record of it. */
	readonly evidence?: {readonly kind: string; readonly station: Station; readonly level: 1 | 2; readonly loud: boolean};
	/** Machine events that it raises. */
	readonly raises: readonly string[];
	/** Controls and moves that stop or expose it, in words for the guide and the matrix. */
	readonly stoppedBy?: string;
	/** True when it shows something hidden or lets time pass: nothing before it can be taken back any more. */
	readonly settles?: boolean;
	/** Who may read that it was made, of a verb of the table; everybody unless this says otherwise. */
	audience?(move: Move): Audience;
	/**
	 * Whether `check` may allow any move of this object now, or of this value of the first parameter where there is no object; '' stands for none.
	 * Cheap, and false is sure: menus and counts ask it before they make moves up, and most of what can be made up has no chance.
	 */
	mayAllow?(deciding: Deciding, word: string): boolean;
	/** Throws a Refusal when the move is not allowed now. Looks only at what the mover could know. */
	check(deciding: Deciding, move: Move): void;
	/** Emits what the move does. Runs after check. */
	run(deciding: Deciding, move: Move): void;
}
