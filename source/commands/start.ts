/** Starts a game that is written down: where its save goes, and who plays. */
import type {Side} from '../engine/view.js';
import {JournalError} from '../journal/journal-error.js';
import {type CreateOptions, RecordedGame} from '../journal/recorded-game.js';
import {newSavePath, savesFolder} from '../journal/saves-folder.js';
import {CommandError} from './command-error.js';
import {notaryFor} from './notary.js';
import type {ScenarioFile} from './scenario-files.js';

export interface GameOptions {
	readonly seed?: string;
	readonly world?: string;
	readonly suite?: string;
	/** The save's file; left out, a new name in the folder of saves. */
	readonly save?: string;
	/** The key, in PEM, that signs the closed journal; left out, this machine's own. */
	readonly notary?: string;
}

export const suites = ['ed25519', 'secp256k1'] as const;

/**
 * Deals a game and starts its save.
 * @param players who plays each side: `person`, `script` or `bot NAME`
 * @param drill who sits around the table, and what they agreed on
 * @throws {CommandError} or {JournalError}, exit status 2
 */
export function startGame(
	file: ScenarioFile,
	players: Readonly<Record<Side, string>>,
	options: GameOptions,
	drill?: CreateOptions['drill'],
): RecordedGame {
	return RecordedGame.create({
		...dealOf(file, players, options),
		drill,
		path: options.save ?? newSavePath(savesFolder(), file.scenario.id),
	});
}

/** The same, in memory where the folder of saves can't be written; `why` says so. */
export function startAnyway(
	file: ScenarioFile,
	players: Readonly<Record<Side, string>>,
	options: GameOptions,
): {readonly recorded: RecordedGame; readonly why?: string} {
	try {
		return {recorded: startGame(file, players, options)};
	} catch (error) {
		if (!(error instanceof JournalError) || error.file === undefined) throw error;
		return {recorded: RecordedGame.create(dealOf(file, players, options)), why: error.message};
	}
}

function dealOf(file: ScenarioFile, players: Readonly<Record<Side, string>>, {seed, world, suite, notary}: GameOptions) {
	if (seed === '') throw new CommandError('The seed is empty. Give any text of at least one character after --seed, or leave --seed out.');
	const known = suites.find(name => name === suite);
	if (suite !== undefined && !known) throw new CommandError(`There is no suite "${suite}". Expected one of: ${suites.join(', ')}.`);
	return {
		...file,
		seed,
		world,
		suite: known,
		notary: notaryFor(notary),
		roster: (['operators', 'attackers'] as const).map(side => ({seat: side, side, player: players[side]})),
	};
}
