/**
 * Many games of bots against bots, and what they say together: the author's wind tunnel. It may import bots and what stands before them; it touches
 * no file and no clock. Games are played on glass (DESIGN section 4), whose outcomes agree with those of the real suites.
 */
import {Worker} from 'node:worker_threads';
import type {Scenario} from '../scenario/schema.js';
import type {FixedBots} from './mix.js';
import {type GameRecord, type PlaytestGame, playOne} from './play.js';
import {type PlaytestReport, reportOf} from './report.js';

export interface PlaytestOptions {
	readonly games: number;
	/** Any text. Game `i` and who plays it follow from the seed and `i` alone. */
	readonly seed: string;
	/** Bots that play every game; without one, they are drawn game by game (mix.ts). */
	readonly bots?: FixedBots;
	/** Forces a world by name. */
	readonly world?: string;
	/** How many threads play, and the program that each runs (worker.ts, built). Without it, this thread plays. */
	readonly workers?: {readonly count: number; readonly program: URL};
	readonly onProgress?: (progress: {readonly done: number; readonly of: number}) => void;
	/** When it aborts, the report is of the games that are over. */
	readonly signal?: AbortSignal;
}

/** Games that a worker is given at a time: few enough that all end together, many enough that asking costs nothing. */
const slice = 4;

/** What a worker is told at its start. */
export type WorkerStart = Omit<PlaytestGame, 'index'>;

/** What a worker is asked, and what it answers. */
export interface Slice {
	readonly from: number;
	readonly to: number;
}
export type Answer = {readonly records: readonly GameRecord[]} | {readonly error: string};

/**
 * Plays the games and reports.
 * @throws {Error} when a game can't be played to its end, which is an error of this program, and for an unknown world.
 */
export async function playtest(scenario: Scenario, options: PlaytestOptions): Promise<PlaytestReport> {
	const {games, seed, bots = {}, world, workers, signal} = options;
	const start: WorkerStart = {scenario, seed, bots, ...(world === undefined ? {} : {world})};
	const records: GameRecord[] = [];
	const note = (some: readonly GameRecord[]) => {
		records.push(...some);
		options.onProgress?.({done: records.length, of: games});
	};
	if (workers === undefined || workers.count < 1) await playHere(start, games, note, signal);
	else await playInWorkers(start, games, note, workers, signal);
	return reportOf({...start, asked: games}, records);
}

/** The game itself again, move by move: what a save is made from. */
export function replayGame(scenario: Scenario, {seed, bots = {}, world}: PlaytestOptions, index: number): ReturnType<typeof playOne> {
	return playOne({scenario, seed, index, bots, ...(world === undefined ? {} : {world})});
}

async function playHere(
	start: WorkerStart,
	games: number,
	note: (records: readonly GameRecord[]) => void,
	signal?: AbortSignal,
): Promise<void> {
	for (let index = 0; index < games && !signal?.aborted; index += 1) {
		note([playOne({...start, index}).record]);
		// Lets signals in.
		await new Promise(resolve => setImmediate(resolve));
	}
}

function playInWorkers(
	start: WorkerStart,
	games: number,
	note: (records: readonly GameRecord[]) => void,
	{count, program}: NonNullable<PlaytestOptions['workers']>,
	signal?: AbortSignal,
): Promise<void> {
	return new Promise((resolve, reject) => {
		let next = 0;
		let open = 0;
		const crew: Worker[] = [];
		const end = (error?: Error) => {
			signal?.removeEventListener('abort', stop);
			void Promise.all(crew.map(worker => worker.terminate())).then(() => (error ? reject(error) : resolve()));
		};
		const stop = () => end();
		const give = (worker: Worker) => {
			if (next >= games) {
				if (open === 0) end();
				return;
			}
			const from = next;
			next = Math.min(games, from + slice);
			open += 1;
			worker.postMessage({from, to: next} satisfies Slice);
		};
		if (signal?.aborted || games === 0) {
			resolve();
			return;
		}
		signal?.addEventListener('abort', stop, {once: true});
		for (let index = 0; index < Math.min(count, Math.ceil(games / slice)); index += 1) {
			const worker = new Worker(program, {workerData: start});
			crew.push(worker);
			worker.on('error', end);
			worker.on('message', (answer: Answer) => {
				open -= 1;
				if ('error' in answer) {
					end(new Error(answer.error));
					return;
				}
				note(answer.records);
				give(worker);
			});
			give(worker);
		}
	});
}
