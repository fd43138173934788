/** "Try again from here": a new save that parts from another one after one of its lines. The other save stays as it is. */
import {randomBytes} from 'node:crypto';
import {basename, dirname, join} from 'node:path';
import type {EventOf} from '../engine/events.js';
import {writeBranch} from '../journal/branch.js';
import {readJournalFile} from '../journal/file.js';
import {printable} from '../journal/journal-error.js';
import {openedPayloads, parseJournal} from '../journal/parse.js';
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
	writeBranch(from, {line, name: randomBytes(4).toString('hex'), to});
	return to;
}

interface BranchOf {
	readonly name: string;
	/** The save that it comes from, and how many lines of it. */
	readonly of: string;
	readonly line: number;
	/** Whether these lines are those of the save of this name beside it; null where there is none. */
	readonly same: boolean | null;
}

/** What a save is a branch of, by its own word; the lines are compared with those of the other save where it lies beside it. */
export function branchIn(save: string, bytes: Buffer): BranchOf | null {
	const payload = openedPayloads(parseJournal(bytes)).findLast(({type}) => type === 'branched');
	if (!payload) return null;
	const {name, of, line} = payload as unknown as EventOf<'branched'>;
	return {name, of, line, same: isSame(bytes, join(dirname(save), basename(of)), line)};
}

function isSame(bytes: Buffer, parent: string, lines: number): boolean | null {
	let other: Buffer;
	try {
		other = readJournalFile(parent);
	} catch {
		return null;
	}
	let end = 0;
	for (let line = 0; line < lines; line++) end = bytes.indexOf(10, end) + 1;
	return bytes.subarray(0, end).equals(other.subarray(0, end));
}

/** The same in words. */
export function branchWords({name, of, line, same}: BranchOf): string {
	const compared =
		same === null
			? 'That save does not lie beside it, so nothing was compared.'
			: same
				? 'Those lines are the same, byte for byte.'
				: 'The save of that name beside it has OTHER lines.';
	return `It is branch ${printable(name)} of ${printable(of)}, from line ${line} on. ${compared}`;
}
