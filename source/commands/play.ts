/** `play` and `resume`: a game in the terminal. */
import {readEnvironment, type TerminalAbilities} from '../terminal/environment.js';
import type {Catalogue, Playing} from '../terminal/player.js';
import {CommandError} from './command-error.js';
import {withRecording} from './recording.js';
import type {Seated} from './seat.js';
import {terminalCatalogue} from './terminal-catalogue.js';

export interface PlayOptions {
	readonly side: Playing;
	readonly seed?: string;
	readonly world?: string;
	readonly suite?: string;
	/** 1 to 4. */
	readonly layer?: string;
	/** A file for a recording of the terminal. */
	readonly record?: string;
}

/** Plays a scenario; without one, the title screen lets you choose. */
export async function play(scenario: string | undefined, options: PlayOptions): Promise<number> {
	const abilities = terminal();
	const catalogue = terminalCatalogue();
	if (scenario === undefined)
		return withRecording(options.record, async () => (await import('../terminal/run.js')).runTerminal(catalogue, abilities));
	const [{newPlayer}] = await Promise.all([import('./seat.js'), catalogue.preferences.load()]);
	return withRecording(options.record, async () => atTerminal(newPlayer(scenario, options), abilities, catalogue));
}

/** Goes on with a save. Without a terminal it says what is wrong with the save, mends a torn end, and goes no further. */
export async function resume(save: string, {record}: Pick<PlayOptions, 'record'> = {}): Promise<number> {
	const abilities = readEnvironment();
	if (!abilities.fullScreen) {
		const {RecordedGame} = await import('../journal/recorded-game.js');
		const recorded = RecordedGame.resume(save);
		recorded.close();
		throw noTerminal(`the save is sound${recorded.mended.length > 0 ? ` again. ${recorded.mended.join(' ')}` : ''}`);
	}
	const catalogue = terminalCatalogue();
	const [{openPlayer}] = await Promise.all([import('./seat.js'), catalogue.preferences.load()]);
	return withRecording(record, async () => atTerminal(openPlayer(save), abilities, catalogue));
}

async function atTerminal({player, leave, mended}: Seated, abilities: TerminalAbilities, catalogue: Catalogue): Promise<number> {
	try {
		for (const sentence of mended) process.stderr.write(`${sentence}\n`);
		return await (await import('../terminal/run.js')).runTerminal(catalogue, abilities, player);
	} finally {
		leave();
	}
}

function terminal(): TerminalAbilities {
	const abilities = readEnvironment();
	if (abilities.fullScreen) return abilities;
	throw noTerminal('play without one: quorum-call run first-light');
}

function noTerminal(instead: string): CommandError {
	return new CommandError(`This needs a terminal in which the cursor can be moved; ${instead}`);
}
