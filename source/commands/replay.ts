/** `replay`: steps through a save as a seat saw it; without a terminal, the steps as text. With `--branch`, "try again from here". */
import {readJournalFile} from '../journal/file.js';
import {RecordedGame} from '../journal/recorded-game.js';
import {readEnvironment} from '../terminal/environment.js';
import type {ReplaySeat} from '../terminal/player.js';
import {aside} from './aside.js';
import {branchSave} from './branch.js';
import {CommandError} from './command-error.js';
import {print, tell} from './output.js';
import {shown} from './paths.js';
import {withRecording} from './recording.js';
import {ownSeat, ReplayPlayer, recordsOf, spoils} from './replay-player.js';
import {terminalCatalogue} from './terminal-catalogue.js';

export interface ReplayOptions {
	readonly seat?: ReplaySeat;
	/** The line after which a branch begins. */
	readonly branch?: string;
	readonly record?: string;
}

/** @throws {CommandError} or {JournalError}, exit status 2 */
export async function replay(save: string, {seat, branch, record}: ReplayOptions): Promise<number> {
	if (branch !== undefined) {
		if (!/^\d{1,7}$/.test(branch)) throw new CommandError(`"${branch}" is no line: expected a number after --branch.`);
		const path = branchSave(save, Number(branch));
		print(shown(path));
		tell(`The branch goes on after line ${branch}: quorum-call resume ${shown(path)}`);
		return 0;
	}
	const abilities = readEnvironment();
	if (!abilities.fullScreen) {
		const recorded = RecordedGame.load(save);
		if (record !== undefined) throw new CommandError('There is nothing to record: this is no terminal.');
		tellSteps(recorded, seat ?? ownSeat(recorded));
		return 0;
	}
	const catalogue = terminalCatalogue();
	const found = await aside('Opening the save', 'look', save, readJournalFile(save));
	const player = new ReplayPlayer(RecordedGame.from(save, found), seat, found.heads);
	const {runTerminal} = await import('../terminal/run.js');
	return withRecording(record, () => runTerminal(catalogue, abilities, player));
}

function tellSteps(recorded: RecordedGame, seat: ReplaySeat): void {
	const {opened, path = '', state} = recorded;
	if (spoils(recorded, seat)) tell('This game is not over, and the replay tells what who plays it does not know.');
	print(`${opened.scenario.title}, as ${seat === 'facilitator' ? 'the facilitator reads it' : `the ${seat} saw it`}: ${shown(path)}`);
	let turn = -1;
	for (const record of recordsOf(recorded, seat)) {
		if (record.turn !== turn) print(`\n${record.turn === 0 ? 'Before the first turn' : `Turn ${record.turn}`}`);
		turn = record.turn;
		const isMove = record.type === 'move' || record.type === 'taken-back';
		const words = `${record.what}${record.takenBack ? ' (taken back)' : ''}`;
		print(`${String(record.line).padStart(6)}  ${isMove ? '' : '  '}${words}`);
	}
	if (state.end === undefined) print('\nThe game is not over.');
}
