/** `playtest`: many games of bots against bots, and what they say of a scenario. */
import {randomBytes} from 'node:crypto';
import {accessSync, constants, existsSync, mkdirSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {SingleBar} from 'cli-progress';
import type {Side} from '../engine/view.js';
import {fileError} from '../journal/journal-error.js';
import {RecordedGame} from '../journal/recorded-game.js';
import {type PlaytestOptions as Options, playtest as playGames, replayGame} from '../playtest/index.js';
import type {PlaytestReport, SurprisingWin} from '../playtest/report.js';
import {checkWorld} from './chosen-test.js';
import {CommandError} from './command-error.js';
import {begin} from './drive.js';
import {opponent} from './opponents.js';
import {print, printJson, tell} from './output.js';
import {packageFolder, shown} from './paths.js';
import {playtestText} from './playtest-text.js';
import {checkFile, findScenario, openScenario, type ScenarioFile} from './scenario-files.js';

export interface PlaytestOptions {
	readonly games?: string;
	readonly seed?: string;
	readonly workers?: string;
	readonly world?: string;
	readonly operators?: string;
	readonly attackers?: string;
	/** A folder for the surprising games. */
	readonly saves?: string;
	readonly json?: boolean;
}

const standard = {games: 200};
const most = {games: 1_000_000, workers: 256};
const interrupted = 130;

/**
 * Plays and reports.
 * @returns 0; 1 when the file has an error, which is told as `check` tells it; 130 when it was interrupted, after the report of what there is
 */
export async function playtest(name: string, options: PlaytestOptions): Promise<number> {
	const file = findScenario(name);
	if (checkFile(file).scenario === undefined) {
		const {check} = await import('./check.js');
		return check([name], {json: options.json ?? false});
	}
	const opened = openScenario(name);
	const {scenario} = opened;
	const games = wholeNumber('--games', options.games, standard.games, most.games);
	const count = wholeNumber('--workers', options.workers, availableParallelism(), most.workers);
	const {world} = options;
	checkWorld(scenario, world);
	const bots = {...fixed('operators', options.operators), ...fixed('attackers', options.attackers)};
	if (options.seed === '')
		throw new CommandError('The seed is empty. Give any text of at least one character after --seed, or leave --seed out.');
	if (options.saves !== undefined) makeFolder(options.saves);
	const stop = new AbortController();
	const played: Options = {
		games,
		seed: options.seed ?? randomBytes(8).toString('hex'),
		bots,
		...(world === undefined ? {} : {world}),
		workers: {count, program: pathToFileURL(join(packageFolder(), 'dist', 'playtest-worker.js'))},
		signal: stop.signal,
	};
	const report = await withInterrupt(stop, () => withProgress(games, onProgress => playGames(scenario, {...played, onProgress})));
	const {saves, findings} = options.saves === undefined ? nothingSaved : saveGames(opened, report, played, options.saves);
	const whole = {...report, findings: [...report.findings, ...findings]};
	if (options.json) printJson({...whole, surprising: report.surprising.map(win => ({...win, save: saves.get(win.index) ?? null}))});
	else print(playtestText(whole, saves));
	return report.complete ? 0 : interrupted;
}

function wholeNumber(option: string, given: string | undefined, otherwise: number, largest: number): number {
	if (given === undefined) return otherwise;
	const number = /^\d{1,9}$/.test(given) ? Number(given) : 0;
	if (number < 1 || number > largest) throw new CommandError(`${option} is a whole number from 1 to ${largest}, got "${given}".`);
	return number;
}

function fixed(side: Side, name: string | undefined): Partial<Record<Side, string>> {
	return name === undefined ? {} : {[side]: opponent(side, name).name};
}

/** The first Ctrl-C ends the playtest and leaves its report; the second ends the program. */
async function withInterrupt<T>(stop: AbortController, play: () => Promise<T>): Promise<T> {
	const onInterrupt = () => stop.abort();
	process.removeAllListeners('SIGINT');
	process.once('SIGINT', onInterrupt);
	try {
		return await play();
	} finally {
		process.removeListener('SIGINT', onInterrupt);
	}
}

/** Draws a bar on a terminal; a file or a pipe gets none. */
async function withProgress<T>(games: number, play: (onProgress: NonNullable<Options['onProgress']>) => Promise<T>): Promise<T> {
	if (!process.stderr.isTTY) return play(() => {});
	const bar = new SingleBar({
		format: 'playing {bar} {value} of {total} games, about {eta_formatted} left',
		barCompleteChar: '#',
		barIncompleteChar: '.',
		barsize: 30,
		stream: process.stderr,
		clearOnComplete: true,
		hideCursor: false,
	});
	bar.start(games, 0);
	try {
		return await play(({done}) => bar.update(done));
	} finally {
		bar.stop();
	}
}

interface Saved {
	/** The save of each game, by its number. */
	readonly saves: ReadonlyMap<number, string>;
	readonly findings: readonly string[];
}

const nothingSaved: Saved = {saves: new Map(), findings: []};

/** Makes the folder before a game is played: an hour of games must not end in a folder that can't be written. */
function makeFolder(folder: string): void {
	try {
		mkdirSync(folder, {recursive: true});
		accessSync(folder, constants.W_OK);
	} catch (error) {
		throw fileError(error, folder, 'write saves into the folder');
	}
}

/** A name that no file has yet: no save is ever written over. */
function freePath(folder: string, name: string): string {
	for (let number = 1; ; number += 1) {
		const path = join(folder, `${name}${number === 1 ? '' : `-again-${number}`}.jsonl`);
		if (!existsSync(path)) return path;
	}
}

/** Plays the surprising games again, move by move, on the scenario's own suite and into files. */
function saveGames(file: ScenarioFile, {surprising}: PlaytestReport, played: Options, folder: string): Saved {
	const saves = new Map<number, string>();
	const findings: string[] = [];
	for (const win of surprising) {
		const path = freePath(folder, `${file.scenario.id}-${win.operators}-${win.attackers}-${win.index}`);
		const finding = saveGame(file, win, played, path);
		saves.set(win.index, shown(path));
		if (finding !== undefined) findings.push(finding);
	}
	tell(`${saves.size} ${saves.size === 1 ? 'save' : 'saves'} in ${shown(folder)}.`);
	return {saves, findings};
}

/** @returns a finding where the real suite decides the same moves otherwise: an error of this program, and worth a report */
function saveGame(file: ScenarioFile, win: SurprisingWin, played: Options, path: string): string | undefined {
	const {moves} = replayGame(file.scenario, played, win.index);
	const roster = (['operators', 'attackers'] as const).map(side => ({seat: side, side, player: `bot ${win[side]}`}));
	const recorded = RecordedGame.create({...file, seed: win.seed, world: played.world, roster, path});
	try {
		begin({recorded, opponents: {operators: opponent('operators', win.operators), attackers: opponent('attackers', win.attackers)}});
		for (const {side, text} of moves) {
			const made = recorded.submit({side, text});
			if (!made.ok)
				return `Game ${win.index}: on ${recorded.game.suite} "${side}: ${text}" was refused (${made.message}); on glass it was not.`;
		}
		const outcome = recorded.state.end?.outcome;
		if (outcome !== win.winner)
			return `Game ${win.index}: on ${recorded.game.suite} the same moves end with ${outcome ?? 'no end'}; on glass the ${win.winner} won.`;
		recorded.submit({side: 'table', text: 'close'});
		return undefined;
	} finally {
		recorded.close();
	}
}
