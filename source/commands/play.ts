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
	/** A drill around this screen: the path of a roster, or true where it is asked for. */
	readonly drill?: string | true;
	/** Of a drill: what the clock starts with. */
	readonly minutes?: string;
	readonly rehearsal?: boolean;
	/** A file for a recording of the terminal. */
	readonly record?: string;
	/** Lines to be read aloud in the place of screens. */
	readonly screenReader?: boolean;
}

/** Plays a scenario; without one, the title screen lets you choose. */
export async function play(scenario: string | undefined, options: PlayOptions): Promise<number> {
	if (options.drill !== undefined) return drill(scenario, options);
	for (const name of ['minutes', 'rehearsal'] as const)
		if (options[name] !== undefined)
			throw new CommandError(`--${name} belongs to a drill; give --drill, with or without the file of a roster.`);
	const abilities = readEnvironment();
	const catalogue = terminalCatalogue();
	if (wantsLines(options, abilities, catalogue)) {
		const {runLinear} = await import('../terminal/linear/run-linear.js');
		if (scenario === undefined) return runLinear(catalogue);
		const [{newPlayer}] = await Promise.all([import('./seat.js'), catalogue.preferences.load()]);
		return inLines(await newPlayer(scenario, options), catalogue);
	}
	if (!abilities.fullScreen) throw noTerminal(`play without one: quorum-call run ${scenario ?? 'first-light'}, or with --screen-reader`);
	if (scenario === undefined) return withRecording(options.record, async () => (await import('./title.js')).atTitle(catalogue, abilities));
	const [{newPlayer}] = await Promise.all([import('./seat.js'), catalogue.preferences.load()]);
	return withRecording(options.record, async () => atTerminal(await newPlayer(scenario, options), abilities, catalogue));
}

/** A drill of a team around this screen. What is wrong with its roster is said before anything is drawn. */
async function drill(scenario: string | undefined, options: PlayOptions): Promise<number> {
	if (scenario === undefined) throw new CommandError('Name the scenario of the drill: quorum-call play first-light --drill roster.txt');
	const {prepareDrill} = await import('./drill.js');
	const {setup, leave} = prepareDrill(scenario, options);
	const abilities = readEnvironment();
	const catalogue = terminalCatalogue();
	await catalogue.preferences.load();
	try {
		if (wantsLines(options, abilities, catalogue))
			return await (await import('../terminal/linear/run-linear.js')).runLinear(catalogue, setup);
		if (!abilities.fullScreen) throw noTerminal('a drill is held around one screen, or told in lines with --screen-reader');
		return await withRecording(options.record, async () => (await import('../terminal/run.js')).runTerminal(catalogue, abilities, setup));
	} finally {
		leave();
	}
}

/** Goes on with a save. Without a terminal it says what is wrong with the save, mends a torn end, and goes no further. */
export async function resume(save: string, {record, ...options}: Pick<PlayOptions, 'record' | 'screenReader'> = {}): Promise<number> {
	const abilities = readEnvironment();
	const catalogue = terminalCatalogue();
	if (wantsLines(options, abilities, catalogue)) {
		const [{openPlayer}] = await Promise.all([import('./seat.js'), catalogue.preferences.load()]);
		return inLines(await openPlayer(save), catalogue);
	}
	if (!abilities.fullScreen) {
		const {RecordedGame} = await import('../journal/recorded-game.js');
		const recorded = RecordedGame.resume(save);
		recorded.close();
		throw noTerminal(`the save is sound${recorded.mended.length > 0 ? ` again. ${recorded.mended.join(' ')}` : ''}`);
	}
	const [{openPlayer}] = await Promise.all([import('./seat.js'), catalogue.preferences.load()]);
	const {withLine} = await import('./aside.js');
	const seated = await withLine(`Opening ${save}`, () => openPlayer(save));
	return withRecording(record, () => atTerminal(seated, abilities, catalogue));
}

async function atTerminal({player, leave, mended}: Seated, abilities: TerminalAbilities, catalogue: Catalogue): Promise<number> {
	try {
		for (const sentence of mended) process.stderr.write(`${sentence}\n`);
		return await (await import('../terminal/run.js')).runTerminal(catalogue, abilities, player);
	} finally {
		leave();
	}
}

/** Whether the game is told in lines: asked for, kept as a preference, or all that the terminal can show. */
export function wantsLines(
	{screenReader}: Pick<PlayOptions, 'screenReader'>,
	{linear}: Pick<TerminalAbilities, 'linear'>,
	{preferences}: Pick<Catalogue, 'preferences'>,
): boolean {
	return screenReader === true || linear || (preferences.settings.screenReader && process.stdin.isTTY === true);
}

async function inLines({player, leave, mended}: Seated, catalogue: Catalogue): Promise<number> {
	try {
		for (const sentence of mended) process.stdout.write(`${sentence}\n`);
		return await (await import('../terminal/linear/run-linear.js')).runLinear(catalogue, player);
	} finally {
		leave();
	}
}

function noTerminal(instead: string): CommandError {
	return new CommandError(`This needs a terminal in which the cursor can be moved; ${instead}`);
}
