// The shipped scenario, loaded once, and a short game of it to record.
import {readFileSync} from 'node:fs';
import type {Input} from '../../source/engine/decide.js';
import {vocabulary} from '../../source/engine/vocabulary.js';
import {type CreateOptions, RecordedGame} from '../../source/journal/recorded-game.js';
import {loadScenario} from '../../source/scenario/load.js';

const scenarioText = readFileSync('scenarios/first-light.yaml', 'utf8');
const loaded = loadScenario(scenarioText, {file: 'first-light.yaml', vocabulary});
if (!loaded.scenario) throw new Error('scenarios/first-light.yaml does not load');

export const firstLight = {scenario: loaded.scenario, scenarioText, scenarioFile: 'scenarios/first-light.yaml'};

/** A new game in the world `liar`, where nothing hinders the first signing. */
export function newGame(options: Partial<CreateOptions> = {}): RecordedGame {
	return RecordedGame.create({...firstLight, seed: 'demo', world: 'liar', ...options});
}

/** Two turns with a takeback, a signature and a note, then the end: 20 moves. */
export const moves: readonly Input[] = (
	[
		['table', 'begin'],
		['attackers', 'end-turn'],
		['operators', 'approve payroll party=ada basis=digest'],
		['operators', 'approve payroll party=chi basis=display'],
		['operators', 'takeback'],
		['operators', 'approve payroll party=ben basis=display'],
		['operators', 'sign payroll parties=ada,ben'],
		['operators', 'end-turn'],
		['attackers', 'swap-payload vendor'],
		['attackers', 'end-turn'],
		['operators', 'call-back vendor'],
		['operators', 'note "Who reads this: 你好, \\"quoted\\" and a \\\\ too?"'],
		['operators', 'end-turn'],
		['table', 'stop'],
		['table', 'close'],
	] as const
).map(([side, text]) => ({side, text}));

/** Makes moves that the rules take. */
export function make(game: RecordedGame, some: readonly Input[]): RecordedGame {
	for (const move of some) {
		const made = game.submit(move);
		if (!made.ok) throw new Error(`${move.side}: ${move.text}: ${made.message}`);
	}
	return game;
}
