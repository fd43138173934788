/** Who plays a playtest's games, and whom one would expect to win. */
import type {Bot} from '../bots/bot.js';
import {attackerBots, operatorBots} from '../bots/index.js';
import {createDraws} from '../engine/draws.js';
import type {Side} from '../engine/view.js';
import type {Outcome} from './play.js';

export const botsOf: Readonly<Record<Side, Readonly<Record<string, Bot>>>> = {operators: operatorBots, attackers: attackerBots};

/**
 * Lots of ten. Careful operators against the playbook is the game that the author wrote; random play goes where no plan does; the others say
 * what signing on display, stopping everything and doing nothing are worth, and what the scenario does by itself.
 */
const lots: Readonly<Record<Side, Readonly<Record<string, number>>>> = {
	operators: {careful: 4, random: 3, display: 1, freeze: 1, idle: 1},
	attackers: {playbook: 6, random: 3, idle: 1},
};

/** Each bot as often as it has lots. */
const drawn: Readonly<Record<Side, readonly string[]>> = {operators: namesIn('operators'), attackers: namesIn('attackers')};

function namesIn(side: Side): string[] {
	return Object.entries(lots[side]).flatMap(([name, count]) => Array.from({length: count}, () => name));
}

/** What a bot is worth against the others: with more, one expects it to win. */
const strength: Readonly<Record<string, number>> = {careful: 4, playbook: 3, display: 2, random: 2, freeze: 1, idle: 0};

/** Bots that are fixed; the others are drawn game by game. */
export type FixedBots = Readonly<Partial<Record<Side, string>>>;

export interface Seating {
	readonly operators: string;
	readonly attackers: string;
}

/** The seed of one game: it deals the same game to whoever plays it, in whatever order. */
export function seedOf(seed: string, index: number): string {
	return `${seed}/${index}`;
}

/** Who plays game `index`. */
export function seatingOf(seed: string, index: number, fixed: FixedBots): Seating {
	const draws = createDraws(seedOf(seed, index));
	const pick = (side: Side) => fixed[side] ?? draws.pick(`playtest/${side}`, drawn[side]);
	return {operators: pick('operators'), attackers: pick('attackers')};
}

/** Whether the weaker bot won: careful > playbook > display, random > freeze > idle. Nobody's game surprises nobody. */
export function isSurprising({operators, attackers}: Seating, outcome: Outcome): boolean {
	const [own, other] = [strength[operators] ?? 0, strength[attackers] ?? 0];
	return outcome === 'operators' ? own < other : outcome === 'attackers' && other < own;
}
