/** Documents are made of saves that hold: what says otherwise ends a command before it has made anything. */
import {readJournalFile} from '../journal/file.js';
import {verifyGame} from '../journal/re-execution.js';
import type {Verification} from '../journal/verify.js';
import {CommandError} from './command-error.js';

/** What does not hold in a save; null where all of it does. An unfinished game can hold. */
export function divergenceOf(save: string): Verification['divergence'] {
	return verifyGame(readJournalFile(save), {allowUnfinished: true}).divergence;
}

/** @throws {CommandError} with status 1 for a save that does not hold; `then` says what that means. */
export function trustedSave(save: string, then: string): void {
	const divergence = divergenceOf(save);
	if (divergence) throw new CommandError(`${save}:${divergence.line}: ${divergence.message} The save does not hold. ${then}`, 1);
}
