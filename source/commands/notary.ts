/** `notary`: the key of this machine that signs closed journals, the notaries whose names are known here, and texts to sign by hand. */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileError, JournalError} from '../journal/journal-error.js';
import {attestationText, fingerprintOf, type Notary, openNotary, type Signer} from '../journal/notary.js';
import {readOpened} from '../journal/opening.js';
import {loadJournal, sealSave} from '../journal/recorder.js';
import {CommandError} from './command-error.js';
import {print, printJson, tell} from './output.js';
import {configurationFolder} from './preferences.js';

export interface NotaryOptions {
	/** Another key than that of this machine, in PEM. */
	readonly notary?: string;
	/** What this machine's notary calls itself from now on. */
	readonly name?: string;
	/** The public key of another notary, to be known here under `as`. */
	readonly know?: string;
	readonly as?: string;
	/** A closed save that has no signature yet. */
	readonly sign?: string;
	/** A save: print the text that whoever took part can sign with ssh-keygen. */
	readonly attest?: string;
	readonly json?: boolean;
}

interface Kept {
	readonly name: string;
	/** Names by public key. */
	readonly known: Readonly<Record<string, string>>;
}

const unnamed = 'notary';

function keptFile(): string {
	return join(configurationFolder(), 'notaries.json');
}

/** Names that are kept on this machine; none where the file is missing or says nothing that can be read. */
function kept(): Kept {
	try {
		const {name, known} = JSON.parse(readFileSync(keptFile(), 'utf8')) as {name?: unknown; known?: unknown};
		const pairs = Object.entries(known ?? {}).filter((pair): pair is [string, string] => isKey(pair[0]) && typeof pair[1] === 'string');
		return {name: typeof name === 'string' && name !== '' ? name : unnamed, known: Object.fromEntries(pairs)};
	} catch {
		return {name: unnamed, known: {}};
	}
}

function keep(change: Partial<Kept>): void {
	try {
		writeFileSync(keptFile(), `${JSON.stringify({...kept(), ...change}, null, '\t')}\n`, {mode: 0o600});
	} catch (error) {
		throw fileError(error, keptFile(), 'write the names of notaries');
	}
}

/**
 * The notary that signs when a game is closed: the key in a file that somebody named, or this machine's, made on first use.
 * @returns undefined, with a sentence on stderr, where this machine can keep no key: a game is worth more than its signature.
 * @throws {JournalError} for a named file that holds no key, exit status 2
 */
export function notaryFor(file?: string): Notary | undefined {
	const {name} = kept();
	if (file !== undefined) return openNotary(file, {name, create: false});
	try {
		return openNotary(ownKey(), {name, create: true});
	} catch (error) {
		if (!(error instanceof JournalError)) throw error;
		tell(`${error.message} The game will not be signed by a notary.`);
		return undefined;
	}
}

function ownKey(): string {
	return join(configurationFolder(), 'notary.pem');
}

/** What is known here of a signer: the name under which it is kept, "this machine", or null. */
export function knownAs({publicKey}: Pick<Signer, 'publicKey'>): string | null {
	const own = ownPublicKey();
	return kept().known[publicKey] ?? (own === publicKey ? 'this machine' : null);
}

/** Never makes a key: whoever only verifies needs none. */
function ownPublicKey(): string | null {
	try {
		return openNotary(ownKey(), {name: unnamed, create: false}).publicKey;
	} catch {
		return null;
	}
}

export function notary(options: NotaryOptions): number {
	const {name, know, sign, attest, json = false} = options;
	if (attest !== undefined) {
		const {entries, head} = loadJournal(attest);
		process.stdout.write(attestationText(readOpened(entries[0]?.payload).scenario.id, {head, entries: entries.length}));
		return 0;
	}
	if ((know === undefined) !== (options.as === undefined))
		throw new CommandError('To know another notary, give its public key and a name: quorum-call notary --know KEY --as NAME');
	const opened = openNotary(options.notary ?? ownKey(), {name: name ?? kept().name, create: options.notary === undefined});
	if (name !== undefined) keep({name});
	if (know !== undefined) learn(know, options.as ?? '');
	if (sign !== undefined) {
		sealSave(sign, opened);
		tell(`Signed ${sign}.`);
	}
	const {known} = kept();
	const {publicKey} = opened;
	const fingerprint = fingerprintOf(publicKey);
	if (json) printJson({name: opened.name, publicKey, fingerprint, file: options.notary ?? ownKey(), known});
	else
		print(
			[
				`name         ${opened.name}`,
				`public key   ${publicKey}`,
				`fingerprint  ${fingerprint}`,
				`file         ${options.notary ?? ownKey()}`,
				...(Object.keys(known).length === 0
					? []
					: ['', 'Known here:', ...Object.entries(known).map(([key, as]) => `${fingerprintOf(key)}  ${as}`)]),
				'',
				'It signs the head of each game that is closed on this machine. Give the public key to those who verify:',
				`quorum-call verify SAVE --signer ${publicKey}`,
			].join('\n'),
		);
	return 0;
}

function learn(key: string, as: string): void {
	const publicKey = key.trim().toLowerCase();
	if (!isKey(publicKey)) throw new CommandError(`"${key}" is no public key: expected 64 hex digits, as quorum-call notary shows them.`);
	if (!/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,100}$/u.test(as))
		throw new CommandError(`"${as}" is no name: expected one line of 1 to 100 characters.`);
	keep({known: {...kept().known, [publicKey]: as}});
}

function isKey(text: string): boolean {
	return /^[0-9a-f]{64}$/.test(text);
}
