/** `verify`: checks a save from its bytes to its joint outputs, believing nothing that is written in it. */
import {readJournalFile} from '../journal/file.js';
import {headLine} from '../journal/notary.js';
import {readOpened} from '../journal/opening.js';
import {parseJournal} from '../journal/parse.js';
import type {Verification} from '../journal/verify.js';
import {branchIn, branchWords} from './branch.js';
import {CommandError} from './command-error.js';
import {declaredWords} from './declared-file.js';
import {knownAs} from './notary.js';
import {print, printJson} from './output.js';
import {stamped} from './stamped.js';
import {verification} from './trusted-save.js';

export interface VerifyOptions {
	readonly json?: boolean;
	/** A head that somebody wrote down. */
	readonly head?: string;
	/** The notary that must have signed: its public key or fingerprint. */
	readonly signer?: string;
	/** A file with a timestamp (RFC 3161) of a head of this save, and one with certificates of who vouches for the authority. */
	readonly timestamp?: string;
	readonly tsaCert?: string;
	/** Accept a journal that has no closing entry yet. */
	readonly unfinished?: boolean;
}

/** Exit status 0 when everything holds, 1 at the first divergence. */
export async function verify(
	save: string,
	{json = false, head, signer, timestamp: file, tsaCert, unfinished = false}: VerifyOptions,
): Promise<number> {
	if (head !== undefined && !/^\s*[0-9a-f]{64}\s*$/i.test(head))
		throw new CommandError(`"${head}" is no head: expected 64 hex digits after --head, as the game and verify show them.`);
	if (signer !== undefined && !/^([0-9a-f]{64}|[0-9a-f]{32})$/i.test(signer.replaceAll('-', '').trim()))
		throw new CommandError(
			`"${signer}" is no notary: expected a public key or a fingerprint after --signer, as quorum-call notary shows them.`,
		);
	if (tsaCert !== undefined && file === undefined)
		throw new CommandError('--tsa-cert says who vouches for a timestamp: give that as well, with --timestamp FILE.');
	const bytes = readJournalFile(save);
	const found = await verification(bytes, {
		allowUnfinished: unfinished,
		...(head === undefined ? {} : {head}),
		...(signer === undefined ? {} : {signer}),
	});
	const branch = found.ok ? branchIn(save, bytes) : null;
	const stamp = found.ok && file !== undefined ? await stamped(bytes, file, tsaCert) : null;
	// Everything that was asked for has to hold.
	const ok = found.ok && stamp?.timestamp !== null;
	if (json) {
		const {entries, closed, withheld, reexecuted, outputs, divergence} = found;
		const stampJson = stamp === null ? {} : stamp.timestamp ? {timestamp: stamp.timestamp} : {timestamp: null, problem: stamp.problem};
		const signedBy = found.signedBy && {...found.signedBy, known: knownAs(found.signedBy)};
		printJson({
			ok,
			entries,
			head: found.head,
			closed,
			withheld,
			reexecuted,
			signedBy,
			outputs,
			divergence,
			...(branch ? {branch} : {}),
			...stampJson,
		});
	} else {
		const beside = found.ok ? declaredWords(save, found.head) : undefined;
		const more = [branch && branchWords(branch), beside, stamp && (stamp.timestamp ? stamp.words : stamp.problem)];
		print([describe(save, found, bytes), ...more.filter(each => typeof each === 'string')].join('\n'));
	}
	return ok ? 0 : 1;
}

function describe(save: string, found: Verification, bytes: Uint8Array): string {
	const {ok, entries, head, closed, withheld, reexecuted, outputs, divergence, headLine: given} = found;
	if (divergence) {
		const next = divergence.field === 'closed' ? ' Verify it with --unfinished, if the game is not over.' : ' The save does not hold.';
		return `${save}:${divergence.line}: ${divergence.message} (field ${divergence.field})${next}`;
	}
	if (!ok) return `${save}: The save does not hold.`;
	const lines = [
		`${save}: holds. ${entries} entries, ${closed ? 'closed' : 'not closed yet'}.`,
		`head ${head}`,
		...(given ? [`The head that you gave is that of line ${given}.`] : []),
		signedWords(found),
		withheld > 0
			? `${withheld} entries are withheld: chain and open entries were checked, and nothing was re-executed.${guessable(bytes)}`
			: reexecuted
				? 'Every entry was computed again from the seed, the scenario and the moves, and is the same.'
				: 'Nothing was re-executed.',
		outputs.checked === 0
			? 'No joint output was made.'
			: `${outputs.valid} of ${outputs.checked} joint outputs verify under their public key.`,
		"A chain can't stop its owner from writing all of it anew: compare the head with one that somebody else wrote down.",
		'For a ticket or a mail:',
		...ticketLines(bytes).map(line => `  ${line}`),
		`For a timestamp of an authority (RFC 3161): openssl ts -query -digest ${head} -sha256 -cert -out head.tsq`,
	];
	return lines.join('\n');
}

/** A seat's copy of a game whose seed somebody typed is sealed only as well as that seed is. */
function guessable(bytes: Uint8Array): string {
	const {entries} = parseJournal(bytes);
	return readOpened(entries[0]?.payload).seedWas === 'typed' ? ' Its seed was typed: whoever guesses it can open them.' : '';
}

function signedWords({signedBy, closed}: Verification): string {
	if (!signedBy) return closed ? 'No notary signed it.' : 'No notary has signed it: that is done when it is closed.';
	const known = knownAs(signedBy);
	const who = known === null ? `which is not known here and calls itself "${signedBy.name}"` : `known here as ${known}`;
	return `Signed by the notary ${signedBy.fingerprint}, ${who}.`;
}

/** The heads at the start (after the two lines that open a game) and now, to be written down where nobody can change them. */
function ticketLines(bytes: Uint8Array): string[] {
	const {entries, head, closed} = parseJournal(bytes);
	const {id} = readOpened(entries[0]?.payload).scenario;
	const start = entries[1];
	return [
		...(start ? [headLine('start', id, {head: start.hash, entries: 2})] : []),
		...(entries.length > 2 ? [headLine(closed ? 'end' : 'so far', id, {head, entries: entries.length})] : []),
	];
}
