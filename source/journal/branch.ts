/** A branch: a new save that parts from another one after one of its moves. */
import {basename} from 'node:path';
import type {GameEvent} from '../engine/events.js';
import {JournalError} from './journal-error.js';
import {FIRST_EVENT} from './opening.js';
import {copyError, openedPayloads} from './parse.js';
import {startsGroup} from './re-execution.js';
import {rebuild} from './read-save.js';
import {loadJournal, Recorder} from './recorder.js';

/**
 * Writes a branch: a new save with the first `line` lines of another one, byte for byte, and its name. The other save is only read.
 * @param line the last line to keep, counted from 1: the end of a move, or line 2
 * @throws {JournalError} for a line in the middle of a move or after the end of the game, and for saves that can't be loaded.
 */
export function writeBranch(from: string, {line, name, to}: {readonly line: number; readonly name: string; readonly to: string}): void {
	const journal = loadJournal(from);
	const {seed, entries, withheld} = journal;
	if (withheld > 0 || seed === null) throw copyError(from, journal);
	const kept = entries.slice(0, line);
	const after = entries[line]?.payload;
	if (line < FIRST_EVENT || kept.length < line || (after && !startsGroup(after)))
		throw new JournalError({file: from, line, what: 'No move ends with this line.', next: 'Branch at the end of a move.'});
	const {state, missing} = rebuild(from, openedPayloads({entries: kept}));
	if (missing.length > 0 || state.end !== undefined)
		throw new JournalError({file: from, line, what: 'The game does not go on after this line.', next: 'Branch at an earlier move.'});
	const branched: GameEvent = {type: 'branched', audience: 'public', name, of: basename(from), line};
	Recorder.branch(to, {seed, lines: kept.map(({text}) => `${text}\n`), head: kept.at(-1)!.hash}, branched);
}
