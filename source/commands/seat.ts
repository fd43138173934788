/** Opens a game for a person at this terminal: a new one, or a save to go on with. */
import type {Side} from '../engine/view.js';
import {RecordedGame} from '../journal/recorded-game.js';
import type {Player, Playing} from '../terminal/player.js';
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
export function newPlayer(scenario: string, options: GameOptions & {readonly side: Playing; readonly layer?: string}): Seated {
	const {side} = options;
	const told = options.layer === undefined ? {} : {layer: Number(options.layer)};
	if (side === 'both') return seat(startGame(openScenario(scenario), {operators: 'person', attackers: 'person'}, options), {side, ...told});
	const other: Side = side === 'operators' ? 'attackers' : 'operators';
	const bot = opponent(other);
	const players = {operators: `bot ${bot.name}`, attackers: `bot ${bot.name}`, [side]: 'person'};
	const recorded = startGame(openScenario(scenario), players, options);
	return seat(recorded, {side, against: bot.name, ...told});
}

/** @throws {JournalError} for a save that can't be played on, exit status 2 */
export function openPlayer(save: string): Seated {
	const recorded = RecordedGame.resume(save, notaryFor());
	return recorded.opened.drill ? drillSeat(recorded) : seat(recorded, seatingOf(recorded));
}

function seat(recorded: RecordedGame, seating: Omit<Seating, 'now'>): Seated {
	try {
		return {player: new GamePlayer(recorded, {...seating, now}), mended: recorded.mended, leave: () => recorded.close()};
	} catch (error) {
		recorded.close();
		throw error;
	}
}
