/** `verify`: checks a save from its bytes to its joint outputs, believing nothing that is written in it. */
import {readJournalFile} from '../journal/file.js';
import {verifyGame} from '../journal/re-execution.js';
import type {Verification} from '../journal/verify.js';
import {CommandError} from './command-error.js';
import {print, printJson} from './output.js';

export interface VerifyOptions {
	readonly json?: boolean;
	/** A head that somebody wrote down. */
	readonly head?: string;
	/** Accept a journal that has no closing entry yet. */
	readonly unfinished?: boolean;
}

/** Exit status 0 when everything holds, 1 at the first divergence. */
export function verify(save: string, {json = false, head, unfinished = false}: VerifyOptions): number {
	if (head !== undefined && !/^\s*[0-9a-f]{64}\s*$/i.test(head))
		throw new CommandError(`"${head}" is no head: expected 64 hex digits after --head, as the game and verify show them.`);
	const found = verifyGame(readJournalFile(save), {allowUnfinished: unfinished, ...(head === undefined ? {} : {head})});
	if (json) {
		const {ok, entries, closed, withheld, reexecuted, signedBy, outputs, divergence} = found;
		printJson({ok, entries, head: found.head, closed, withheld, reexecuted, signedBy, outputs, divergence});
	} else print(describe(save, found));
	return found.ok ? 0 : 1;
}

function describe(save: string, found: Verification): string {
	const {ok, entries, head, closed, withheld, reexecuted, outputs, divergence, headLine} = found;
	if (divergence) {
		const next = divergence.field === 'closed' ? ' Verify it with --unfinished, if the game is not over.' : ' The save does not hold.';
		return `${save}:${divergence.line}: ${divergence.message} (field ${divergence.field})${next}`;
	}
	if (!ok) return `${save}: The save does not hold.`;
	const lines = [
		`${save}: holds. ${entries} entries, ${closed ? 'closed' : 'not closed yet'}.`,
		`head ${head}`,
		...(headLine ? [`The head that you gave is that of line ${headLine}.`] : []),
		withheld > 0
			? `${withheld} entries are withheld: chain and open entries were checked, and nothing was re-executed.`
			: reexecuted
				? 'Every entry was computed again from the seed, the scenario and the moves, and is the same.'
				: 'Nothing was re-executed.',
		outputs.checked === 0
			? 'No joint output was made.'
			: `${outputs.valid} of ${outputs.checked} joint outputs verify under their public key.`,
		"A chain can't stop its owner from writing all of it anew: compare the head with one that somebody else wrote down.",
	];
	return lines.join('\n');
}
