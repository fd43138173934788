/** Documents are made of saves that hold: what says otherwise ends a command before it has made anything. */
import {readJournalFile} from '../journal/file.js';
import {verifyGame} from '../journal/re-execution.js';
import type {Verification} from '../journal/verify.js';
import {aside, isAttended} from './aside.js';
import {CommandError} from './command-error.js';

/** What does not hold in a save; null where all of it does. An unfinished game can hold. */
export async function divergenceOf(save: string): Promise<Verification['divergence']> {
	return (await verification(readJournalFile(save), {allowUnfinished: true})).divergence;
}

/** Verifies a save; where somebody waits for it, in another thread, and says how far it has come. */
export async function verification(bytes: Uint8Array, options: Parameters<typeof verifyGame>[1]): Promise<Verification> {
	return isAttended() ? aside('Verifying', 'verify', bytes, options) : verifyGame(bytes, options);
}

/** @throws {CommandError} with status 1 for a save that does not hold; `then` says what that means. */
export async function trustedSave(save: string, then: string): Promise<void> {
	const divergence = await divergenceOf(save);
	if (divergence) throw new CommandError(`${save}:${divergence.line}: ${divergence.message} The save does not hold. ${then}`, 1);
}
