/** Who plays a side that no person plays: bots by name, and how one of them is asked for its next move. */
import type {Bot} from '../bots/bot.js';
import {nextBotMove} from '../bots/drive.js';
import {attackerBots, operatorBots} from '../bots/index.js';
import type {GameEvent} from '../engine/events.js';
import type {Game} from '../engine/game.js';
import type {GameState} from '../engine/state.js';
import type {Side} from '../engine/view.js';
import type {Roster} from '../journal/opening.js';
import {didYouMean} from '../scenario/diagnostic.js';
import {CommandError} from './command-error.js';

const bots: Readonly<Record<Side, Readonly<Record<string, Bot>>>> = {operators: operatorBots, attackers: attackerBots};

/** A game as a bot is asked about it: `made` are its side's moves so far, without those taken back. */
export interface Position {
	readonly game: Game;
	readonly state: GameState;
	readonly made: readonly string[];
}

/** One side of a game, played by a bot. */
export interface Opponent {
	readonly name: string;
	next(position: Position): {readonly text: string; readonly reason: string};
}

/**
 * A bot by name; without one, the bot that plays a side by default.
 * @throws {CommandError} naming the bots that there are.
 */
export function opponent(side: Side, name?: string): Opponent {
	const known = bots[side];
	const names = Object.keys(known);
	const wanted = name ?? names[0]!;
	const bot = Object.hasOwn(known, wanted) ? known[wanted] : undefined;
	if (!bot) {
		const hint = didYouMean(wanted, names);
		throw new CommandError(
			`There is no bot "${wanted}" for the ${side}${hint === undefined ? '.' : `; ${hint}`} Expected one of: ${names.join(', ')}.`,
		);
	}
	return {name: bot.name, next: ({game, state, made}) => nextBotMove(game, state, side, bot, made)};
}

/** The moves of a side so far, without those that were taken back. */
export function movesOf(events: readonly GameEvent[], side: Side): string[] {
	const made: string[] = [];
	for (const event of events) {
		if (event.type === 'move' && event.side === side) made.push(event.text);
		else if (event.type === 'taken-back' && event.side === side) made.pop();
	}
	return made;
}

/** The bot that the roster names for a side; null where a person or a script played it. */
export function rosterBot(roster: Roster, side: Side): string | null {
	return /^bot (\S+)$/.exec(roster.find(entry => entry.side === side)?.player ?? '')?.[1] ?? null;
}
