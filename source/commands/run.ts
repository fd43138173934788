/** `run`: a game without a terminal. Moves come from a file or from stdin, bots play on from there, and the result is text or JSON. */
import {isAuthorised} from '../engine/facts.js';
import {JournalError} from '../journal/journal-error.js';
import type {RecordedGame} from '../journal/recorded-game.js';
import {CommandError} from './command-error.js';
import {begin, playOut, playSteps, type Table} from './drive.js';
import {parseMoves, type Step} from './moves-file.js';
import {opponent} from './opponents.js';
import {print, printJson} from './output.js';
import {shown} from './paths.js';
import {plainAccount} from './reports.js';
import {openScenario, readText, type ScenarioFile} from './scenario-files.js';
import {type GameOptions, startGame} from './start.js';

export interface RunOptions extends GameOptions {
	/** A moves file, or `-` for stdin. */
	readonly moves?: string;
	readonly operators?: string;
	readonly attackers?: string;
	readonly json?: boolean;
}

/**
 * Plays a game to its end and shows what came of it.
 * @throws {CommandError} where a line of the moves file is refused; the save then holds what was played before it.
 */
export async function run(name: string, options: RunOptions): Promise<number> {
	const file = openScenario(name);
	const steps = await readSteps(file, options.moves);
	const opponents = {operators: opponent('operators', options.operators), attackers: opponent('attackers', options.attackers)};
	const speaks = (side: string) => steps.some(step => step.kind === 'move' && step.side === side);
	const player = (side: 'operators' | 'attackers') => `${speaks(side) ? 'script, then ' : ''}bot ${opponents[side].name}`;
	const recorded = startGame(file, {operators: player('operators'), attackers: player('attackers')}, options);
	try {
		await playWhole({recorded, opponents}, steps);
	} finally {
		recorded.close();
	}
	if (options.json) printJson(resultOf(recorded));
	else print(plainAccount(recorded));
	return 0;
}

async function playWhole(table: Table, steps: readonly Step[]): Promise<void> {
	try {
		begin(table);
		await playSteps(table, steps);
		await playOut(table);
	} catch (error) {
		if (!(error instanceof CommandError)) throw error;
		const {path} = table.recorded;
		const kept = path === undefined ? '' : `\nWhat was played before it is saved. Go on with: quorum-call resume ${shown(path)}`;
		throw new CommandError(`${error.message}${kept}`, error.exitStatus);
	}
}

async function readSteps({scenario}: ScenarioFile, from: string | undefined): Promise<Step[]> {
	if (from === undefined) return [];
	const places = Object.values(scenario.parties).flatMap(({backup}) => backup ?? []);
	const names = {parties: Object.keys(scenario.parties), requests: Object.keys(scenario.requests), places};
	return from === '-' ? parseMoves(await readStdin(), 'stdin', names) : parseMoves(readText(from, 'the moves'), from, names);
}

async function readStdin(): Promise<string> {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
	} catch (error) {
		throw new JournalError({what: 'The moves could not be read from stdin.', next: 'Give them as a file.', cause: error});
	}
	try {
		return new TextDecoder('utf-8', {fatal: true}).decode(Buffer.concat(chunks));
	} catch {
		throw new CommandError('stdin: The moves are not UTF-8 text.');
	}
}

/** What `run --json` answers. Bytes are in hexadecimal; `message` is exactly what was signed. */
export function resultOf({state, events, head, path}: RecordedGame) {
	const end = state.end!;
	return {
		outcome: end.outcome,
		reason: end.reason,
		turns: state.turn,
		scores: Object.fromEntries(end.scores.map(({station, score}) => [station, score])),
		head,
		save: path ?? null,
		outputs: state.outputs
			.filter(output => output.state === 'released' || output.state === 'final')
			.flatMap(output => {
				const made = events.find(event => event.type === 'output-made' && event.output.id === output.id);
				if (made?.type !== 'output-made') return [];
				const {request, message, signature} = output;
				return [{request, authorised: isAuthorised(state, output), suite: made.suite, publicKey: made.publicKey, message, signature}];
			}),
	};
}
