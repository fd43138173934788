/**
 * The thread in which heavy work is done, so that the one that draws never waits: it decides moves of one game in step with it, chooses
 * bots' moves, reads saves and makes documents. It keeps a state of its own; files are written by the other thread alone.
 */
import {parentPort} from 'node:worker_threads';
import {fold} from '../engine/apply.js';
import {decide, type Input} from '../engine/decide.js';
import type {Underway} from '../engine/deciding.js';
import type {GameEvent} from '../engine/events.js';
import {createGame, type Game, type GameOptions, initialState} from '../engine/game.js';
import type {GameState} from '../engine/state.js';
import type {Side} from '../engine/view.js';
import {verifyGame} from '../journal/re-execution.js';
import {type LookedAt, type ReadSave, readSave, readToLook} from '../journal/read-save.js';
import {RecordedGame, type Submitted} from '../journal/recorded-game.js';
import type {Verification} from '../journal/verify.js';
import type {DebriefOptions} from './debrief.js';
import {opponent} from './opponents.js';

/** What has happened since this thread was asked last. */
export interface Since {
	/** Whether the last move that was decided here was written down. */
	readonly isTaken: boolean;
	/** What was written besides. */
	readonly events: readonly GameEvent[];
}

/** Of a decision under way. */
export interface Computing extends Underway {
	/** Messages of this ceremony so far. */
	readonly messages: number;
}

/** Lines of a save that are behind, of how many. */
export interface Lines {
	readonly done: number;
	readonly of: number;
}

export type Progress = Computing | Lines;

/** A document, and what is to be said beside it. */
export interface Made {
	readonly text: string;
	readonly said: readonly string[];
}

interface Position {
	readonly game: Game;
	readonly state: GameState;
}

let position: Position | undefined;
/** The state after the last move that was decided here. */
let decided: GameState | undefined;

function catchUp({isTaken, events}: Since): Position {
	if (!position) throw new Error('no game was opened here');
	const from = isTaken && decided ? decided : position.state;
	position = {...position, state: fold(from, events)};
	decided = undefined;
	return position;
}

const work = {
	/** Deals a game again. */
	open(options: GameOptions): void {
		const game = createGame(options);
		position = {game, state: initialState(game)};
	},

	/** Reads a save to go on with it, and stands where it stands. */
	resume(path: string, bytes: Uint8Array): ReadSave {
		const {read, rebuilt} = readSave(path, bytes);
		position = {game: rebuilt.opening.game, state: rebuilt.state};
		return read;
	},

	decide(since: Since, input: Input): Submitted {
		const {game, state} = catchUp(since);
		const found = decide(game, state, input, progressing());
		if (!found.ok) return found;
		decided = found.state;
		return {ok: true, events: found.events};
	},

	/** The next move of a bot; `made` are its side's moves so far. */
	next(since: Since, side: Side, bot: string, made: readonly string[]): string {
		return opponent(side, bot).next({...catchUp(since), made}).text;
	},

	/** Reads a save to look at it. */
	look(path: string, bytes: Uint8Array): LookedAt {
		return readToLook(bytes, path);
	},

	verify(bytes: Uint8Array, options: Parameters<typeof verifyGame>[1]): Verification {
		return verifyGame(bytes, {...options, onLine: verifying()});
	},

	/** The debrief of a save, as the command makes it. */
	async debrief(save: string, options: DebriefOptions): Promise<Made> {
		const {debriefText} = await import('./debrief.js');
		const said: string[] = [];
		return {text: debriefText(save, options, {tell: text => said.push(text), onLine: verifying()}), said};
	},

	/** The debrief of a save for screens; of a game that was just played, which needs no verification, or of any other. */
	async report(save: string, isOwn: boolean): Promise<string> {
		const {debriefOf, loadDebrief} = await import('./debrief.js');
		return isOwn ? debriefOf(RecordedGame.load(save)) : loadDebrief(save);
	},
};

export type Work = typeof work;

/** What a piece of work gives. */
export type Answer<K extends keyof Work> = ReturnType<Work[K]> extends Promise<infer T> ? T : ReturnType<Work[K]>;

export interface Asked {
	readonly id: number;
	readonly name: keyof Work;
	readonly given: readonly unknown[];
}

export type Told =
	| {readonly id: number; readonly done: unknown}
	| {readonly id: number; readonly failed: unknown}
	| {readonly progress: Progress};

/** How often the other thread hears of the same round, in milliseconds. */
const often = 200;

function progressing(): (underway: Underway) => void {
	let last = {ceremony: '', round: 0, at: 0};
	let messages = 0;
	return ({ceremony, kind, round}) => {
		messages = ceremony === last.ceremony ? messages + 1 : 1;
		const at = performance.now();
		if (ceremony === last.ceremony && round <= last.round && at - last.at < often) return;
		last = {ceremony, round, at};
		tell({progress: {ceremony, kind, round, messages}});
	};
}

function verifying(): (line: number, of: number) => void {
	let last = 0;
	return (done, of) => {
		const at = performance.now();
		if (at - last < often && done < of) return;
		last = at;
		tell({progress: {done, of}});
	};
}

function tell(told: Told): void {
	parentPort?.postMessage(told);
}

parentPort?.on('message', async ({id, name, given}: Asked) => {
	try {
		// The other side is typed by the same table: what is given fits what is named.
		tell({id, done: await (work[name] as (...given: readonly unknown[]) => unknown)(...given)});
	} catch (error) {
		tell({id, failed: crossing(error)});
	}
});

/** An error as it can cross to another thread: errors of the journal keep their fault, commands' their status. */
function crossing(error: unknown): unknown {
	if (!(error instanceof Error)) return {message: String(error)};
	const {message, stack} = error;
	const fault = 'fault' in error && typeof error.fault === 'object' ? {fault: {...error.fault, cause: undefined}} : {};
	return {message, stack, ...fault, ...('exitStatus' in error ? {exitStatus: error.exitStatus} : {})};
}
