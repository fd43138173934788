/** `verify`: checks a save from its bytes to its joint outputs, believing nothing that is written in it. */
import {basename, dirname, join} from 'node:path';
import type {EventOf} from '../engine/events.js';
import {readJournalFile} from '../journal/file.js';
import {printable} from '../journal/journal-error.js';
import {openedPayloads, parseJournal} from '../journal/parse.js';
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
	const bytes = readJournalFile(save);
	const found = verifyGame(bytes, {allowUnfinished: unfinished, ...(head === undefined ? {} : {head})});
	const branch = found.ok ? branchIn(save, bytes) : null;
	if (json) {
		const {ok, entries, closed, withheld, reexecuted, signedBy, outputs, divergence} = found;
		printJson({ok, entries, head: found.head, closed, withheld, reexecuted, signedBy, outputs, divergence, ...(branch ? {branch} : {})});
	} else print([describe(save, found), ...(branch ? [branchWords(branch)] : [])].join('\n'));
	return found.ok ? 0 : 1;
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
function branchIn(save: string, bytes: Buffer): BranchOf | null {
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

function branchWords({name, of, line, same}: BranchOf): string {
	const compared =
		same === null
			? 'That save does not lie beside it, so nothing was compared.'
			: same
				? 'Those lines are the same, byte for byte.'
				: 'The save of that name beside it has OTHER lines.';
	return `It is branch ${printable(name)} of ${printable(of)}, from line ${line} on. ${compared}`;
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
