/** "Try again from here": a new save that parts from another one after one of its lines. The other save stays as it is. */
import {randomBytes} from 'node:crypto';
import {RecordedGame} from '../journal/recorded-game.js';
import {newSavePath, savesFolder} from '../journal/saves-folder.js';

/**
 * @param line the last line to keep, counted from 1
 * @returns the new save's path
 * @throws {JournalError} for a line after which no game goes on
 */
export function branchSave(from: string, line: number): string {
	const to = newSavePath(savesFolder(), RecordedGame.load(from).game.scenario.id);
	// Random, so that no two branches of one game ever draw the same nonces.
	RecordedGame.branch(from, {line, name: randomBytes(4).toString('hex'), to});
	return to;
}
