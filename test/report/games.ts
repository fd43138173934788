// Games for the tests of reports: lines of moves played by deciding each, with journal lines as a real save would number them.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {splitSide} from '../../source/engine/catalogue.js';
import {decide} from '../../source/engine/decide.js';
import type {GameEvent} from '../../source/engine/events.js';
import {createGame, type Game, initialState} from '../../source/engine/game.js';
import type {GameState} from '../../source/engine/state.js';
import {vocabulary} from '../../source/engine/vocabulary.js';
import {withControls} from '../../source/report/deal-lines.js';
import type {WorldResult} from '../../source/report/debrief.js';
import type {Replayed} from '../../source/report/otherwise.js';
import {lineOfMoves, type Played, type PlayedMove} from '../../source/report/played.js';
import {loadScenario} from '../../source/scenario/load.js';
import type {Scenario} from '../../source/scenario/schema.js';

const textOf = (file: string) => readFileSync(file, 'utf8');
const nightDesk = textOf('test/report/night-desk.yaml');

/** The tests' scenario, changed as text before it is loaded. */
export function scenarioWith(change: (text: string) => string = text => text, original = nightDesk): Scenario {
	const {scenario, diagnostics} = loadScenario(change(original), {file: 'night-desk.yaml', vocabulary});
	if (!scenario) throw new Error(diagnostics.map(({line, message}) => `${line}: ${message}`).join('\n'));
	return scenario;
}

const usual = scenarioWith();

/** The scenario that is shipped, as it stands. */
export function firstLight(): Scenario {
	return scenarioWith(text => text, textOf('scenarios/first-light.yaml'));
}

export interface PlayOptions {
	readonly world?: string;
	readonly seed?: string;
	readonly scenario?: Scenario;
	/** Clock time of each move. */
	readonly clock?: (move: number) => string;
}

/** Plays lines such as `operators: end-turn`, in the role ids of the scenario; a refused line is an error. */
export function play(lines: string, {world = 'liar', seed = 'demo', scenario = usual, clock}: PlayOptions = {}): Played {
	const game = createGame({scenario, seed, world});
	const moves = ['table: begin', ...lines.split('\n').map(line => line.trim())].filter(line => line !== '' && !line.startsWith('#'));
	const events: GameEvent[] = [];
	let state = initialState(game);
	moves.forEach((line, index) => {
		const {side, text} = splitSide(line);
		const decided = decide(game, state, {side, text, isOfFile: true, ...(clock ? {at: clock(index)} : {})});
		if (!decided.ok) throw new Error(`${line}: ${decided.message}`);
		events.push(...decided.events);
		state = decided.state;
	});
	return playedOf(game, state, events);
}

/** A game as its events tell it. Lines 1 and 2 of a journal open the game and seal its seed. The head stands for the journal's. */
export function playedOf(game: Game, state: GameState, events: readonly GameEvent[]): Played {
	const head = createHash('sha256').update(JSON.stringify(events)).digest('hex');
	return {game, state, entries: events.map((event, index) => ({line: index + 3, event})), head, save: 'saves/night-desk.jsonl'};
}

/** Plays a line of moves from the start; what the rules refuse is left out. */
export function replay(game: Game, moves: readonly PlayedMove[]): Replayed {
	const refused: string[] = [];
	let state = initialState(game);
	for (const {side, text} of moves) {
		const decided = decide(game, state, {side, text});
		if (decided.ok) state = decided.state;
		else refused.push(text);
	}
	return {state, refused};
}

/** The game's own moves with controls on from the start. */
export function hardened(played: Played, controls: readonly string[]): Replayed {
	const {scenario, seed, suite, deal} = played.game;
	const game = createGame({scenario: withControls(scenario, deal.world, controls), seed, suite, world: deal.world});
	return replay(game, lineOfMoves(played));
}

export function inWorldOf({game}: Played, moves: readonly PlayedMove[]): (world: string) => WorldResult {
	return world => {
		const {state, refused} = replay(createGame({scenario: game.scenario, seed: game.seed, world}), moves);
		return {...(state.end ? {end: state.end} : {}), refused: refused.filter(text => text !== 'end-turn').length};
	};
}

const rest = 'attackers: end-turn\noperators: end-turn\n';
/** Turns in which nothing is done. */
export const idle = (turns: number): string => rest.repeat(turns);

/** The coordinator swaps the vendor's payload; two parties approve it on display. */
export const swapped = `
attackers: end-turn
operators: approve payroll party=ada basis=digest
operators: approve payroll party=ben basis=display
operators: sign payroll parties=ada,ben
operators: end-turn
attackers: swap-payload vendor
attackers: end-turn
operators: note "The vendor | presses <b>hard</b>" suspect=ben
operators: approve vendor party=ada basis=display
operators: approve vendor party=ben basis=display
operators: sign vendor parties=ada,ben
operators: end-turn
${idle(2)}
`;

/** The vendor's request is false, and nobody calls back. */
export const falseVendor = `
${idle(1)}
attackers: end-turn
operators: approve vendor party=ada basis=digest
operators: approve vendor party=ben basis=digest
operators: sign vendor parties=ada,ben
operators: end-turn
${idle(2)}
`;

/** Two shares leave, one after the other. */
export const stolen = `
attackers: implant party=ben
attackers: end-turn
operators: end-turn
attackers: steal-share party=ben
attackers: phish party=ada
attackers: end-turn
operators: end-turn
attackers: implant party=ada
attackers: end-turn
operators: end-turn
attackers: steal-share party=ada
attackers: end-turn
operators: end-turn
${idle(1)}
`;

/** Every request served on digests, the swap found by one of them. */
export const won = `
attackers: end-turn
operators: approve payroll party=ada basis=digest
operators: approve payroll party=ben basis=digest
operators: sign payroll parties=ada,ben
operators: end-turn
attackers: swap-payload vendor
attackers: end-turn
operators: call-back vendor
operators: approve vendor party=ada basis=digest
operators: end-turn
attackers: end-turn
operators: approve vendor party=ada basis=callback
operators: approve vendor party=ben basis=callback
operators: sign vendor parties=ada,ben
operators: approve tax party=ada basis=digest
operators: approve tax party=ben basis=digest
operators: sign tax parties=ada,ben
operators: end-turn
${idle(3)}
table: close
`;

/** The vendor's payload is swapped while signing is frozen, after two shares left. */
export const stolenUnderFreeze = stolen.replace(
	'attackers: steal-share party=ada\nattackers: end-turn\n',
	match => `${match}operators: freeze\n`,
);

/** Partials are not checked although documented so, and one party sends wrong ones until payroll's deadline. */
export const drifted = `
attackers: implant party=ben
attackers: corrupt-partial party=ben
attackers: end-turn
operators: approve payroll party=ada basis=digest
operators: approve payroll party=ben basis=digest
operators: sign payroll parties=ada,ben
operators: end-turn
attackers: corrupt-partial party=ben
attackers: end-turn
operators: sign payroll parties=ada,ben
operators: end-turn
attackers: corrupt-partial party=ben
attackers: end-turn
operators: sign payroll parties=ada,ben
operators: end-turn
${idle(3)}
`;

/** Signing is frozen until payroll's deadline has passed. */
export const frozen = `
attackers: end-turn
operators: freeze
operators: end-turn
${idle(5)}
`;
