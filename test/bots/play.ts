/** Plays whole games with bots, for the tests of bots and of the shipped scenarios. */
import {readFileSync} from 'node:fs';
import type {Bot} from '../../source/bots/bot.js';
import {nextBotMove} from '../../source/bots/drive.js';
import {decide} from '../../source/engine/decide.js';
import {createGame, type Game, type GameOptions, initialState} from '../../source/engine/game.js';
import {phaseOf} from '../../source/engine/seat-view.js';
import type {GameState} from '../../source/engine/state.js';
import type {Side} from '../../source/engine/view.js';
import {vocabulary} from '../../source/engine/vocabulary.js';
import {loadScenario} from '../../source/scenario/load.js';
import type {Scenario} from '../../source/scenario/schema.js';

export function scenarioOf(text: string, file = 'test.yaml'): Scenario {
	const {scenario, diagnostics} = loadScenario(text, {file, vocabulary});
	if (!scenario) throw new Error(diagnostics.map(({line, column, message}) => `${file}:${line}:${column}: ${message}`).join('\n'));
	return scenario;
}

export function shipped(id: string): Scenario {
	return scenarioOf(readFileSync(`scenarios/${id}.yaml`, 'utf8'), `${id}.yaml`);
}

export interface PlayedMove {
	readonly turn: number;
	readonly side: Side;
	readonly text: string;
	readonly reason: string;
}

export interface Played {
	readonly game: Game;
	readonly state: GameState;
	readonly moves: readonly PlayedMove[];
}

/** More moves than any game has: a bot that never ends its turn fails instead of hanging. */
const most = 400;

/** Plays a game to its hot wash. */
export function playGame(options: GameOptions, bots: Readonly<Record<Side, Bot>>): Played {
	const game = createGame(options);
	let state = initialState(game);
	const moves: PlayedMove[] = [];
	const say = (side: Side | 'table', text: string) => {
		const decided = decide(game, state, {side, text});
		if (!decided.ok) throw new Error(`${side}: ${text} was refused: ${decided.message}`);
		state = decided.state;
	};
	say('table', 'begin');
	while (state.end === undefined) {
		const side: Side = phaseOf(state) === 'attack' ? 'attackers' : 'operators';
		const made = moves.filter(move => move.side === side).map(({text}) => text);
		const {text, reason} = nextBotMove(game, state, side, bots[side], made);
		moves.push({turn: state.turn, side, text, reason});
		if (moves.length > most)
			throw new Error(
				`more than ${most} moves: ${moves
					.slice(-5)
					.map(each => each.text)
					.join('; ')}`,
			);
		say(side, text);
	}
	return {game, state, moves};
}
