/** Opens a game for a person at this terminal: a new one, or a save to go on with. */
import type {Side} from '../engine/view.js';
import type {RecordedGame} from '../journal/recorded-game.js';
import type {Player, Playing} from '../terminal/player.js';
import {type Decider, ThreadDecider} from './decider.js';
import {drillSeat} from './drill-player.js';
import {GamePlayer, type Seating, seatingOf} from './game-player.js';
import {notaryFor} from './notary.js';
import {opponent} from './opponents.js';
import {openScenario} from './scenario-files.js';
import {type GameOptions, startGame} from './start.js';

export interface Seated {
	readonly player: Player;
	/** What resuming mended, a sentence each. */
	readonly mended: readonly string[];
	/** Closes the save and releases its lock; a second call does nothing. */
	leave(): void;
}

const now = (): string => new Date().toISOString();

/** @throws {CommandError} or {JournalError}, exit status 2 */
export async function newPlayer(
	scenario: string,
	options: GameOptions & {readonly side: Playing; readonly layer?: string},
): Promise<Seated> {
	const {side} = options;
	const told = options.layer === undefined ? {} : {layer: Number(options.layer)};
	if (side === 'both') {
		const recorded = startGame(openScenario(scenario), {operators: 'person', attackers: 'person'}, options);
		return seat(recorded, ThreadDecider.for(recorded), {side, ...told});
	}
	const other: Side = side === 'operators' ? 'attackers' : 'operators';
	const bot = opponent(other);
	const players = {operators: `bot ${bot.name}`, attackers: `bot ${bot.name}`, [side]: 'person'};
	const recorded = startGame(openScenario(scenario), players, options);
	return seat(recorded, ThreadDecider.for(recorded), {side, against: bot.name, ...told});
}

/** @throws {JournalError} for a save that can't be played on, exit status 2 */
export async function openPlayer(save: string): Promise<Seated> {
	const {recorded, decider} = await ThreadDecider.resume(save, notaryFor());
	return recorded.opened.drill ? drillSeat(recorded, decider) : seat(recorded, decider, seatingOf(recorded));
}

async function seat(recorded: RecordedGame, decider: Decider, seating: Omit<Seating, 'now' | 'decider'>): Promise<Seated> {
	const leave = (): void => {
		decider.end();
		recorded.close();
	};
	try {
		return {player: await new GamePlayer(recorded, {...seating, now, decider}).ready(), mended: recorded.mended, leave};
	} catch (error) {
		leave();
		throw error;
	}
}
