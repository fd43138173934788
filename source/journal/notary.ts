/**
 * The notary: an Ed25519 key of this machine that signs the head of a closed journal. The signature is a line after the closing entry, outside
 * the chain, so that equal games have equal heads whoever ran them. It tells that the holder of the key had this head; when, and that no other
 * game was signed instead, it does not tell: heads in somebody else's hands do.
 */
import {createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify} from 'node:crypto';
import {chmodSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {canonicalText} from './canonical.js';
import {fileError, JournalError, printable, quoted} from './journal-error.js';

const FORMAT = 'quorum-call/1/notary';
const LONGEST_NAME = 100;
/** What stands before the 32 bytes of an Ed25519 public key in its SubjectPublicKeyInfo (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

export interface Notary {
	readonly key: KeyObject;
	/** 32 bytes, hex. */
	readonly publicKey: string;
	/** What the notary calls itself; nobody checks that. */
	readonly name: string;
}

/** Who signed, as the signature itself says. */
export interface Signer {
	readonly publicKey: string;
	readonly fingerprint: string;
	readonly name: string;
}

/** What is signed: a head and how many entries lead to it. */
export interface Signed {
	readonly head: string;
	readonly entries: number;
}

/** The first 16 bytes of SHA-256 of the public key, in groups that can be read aloud. */
export function fingerprintOf(publicKey: string): string {
	const digest = createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex').slice(0, 32);
	return digest.replace(/(.{4})(?=.)/g, '$1-');
}

/** The exact bytes that a notary signs, in UTF-8: four lines, each with its newline. */
export function notaryText({head, entries}: Signed, name: string): string {
	return `${FORMAT}\nhead ${head}\nentries ${entries}\nname ${name}\n`;
}

/** The exact text that whoever took part can sign with a key of their own (`ssh-keygen -Y sign -n quorum-call`). */
export function attestationText(scenario: string, {head, entries}: Signed): string {
	return `I took part in this exercise.\nquorum-call/1 ${printable(scenario)}\nline ${entries} head ${head}\n`;
}

/** A head as a line for a ticket or a mail. */
export function headLine(what: 'start' | 'end' | 'so far', scenario: string, {head, entries}: Signed): string {
	return `quorum-call ${printable(scenario)} ${what}: line ${entries}, head ${head}`;
}

/** The trailer with its newline. */
export function notarise(notary: Notary, signed: Signed): string {
	const signature = sign(null, Buffer.from(notaryText(signed, notary.name), 'utf8'), notary.key).toString('hex');
	const {publicKey, name} = notary;
	return `${canonicalText({trailer: {format: FORMAT, head: signed.head, entries: signed.entries, name, publicKey, signature}}, 'line')}\n`;
}

/** Checks a trailer against the head and the number of entries before it. */
export function checkTrailer(
	trailer: Readonly<Record<string, unknown>>,
	signed: Signed,
): {readonly signer: Signer} | {readonly problem: string} {
	const {format, head, entries, name, publicKey, signature, ...rest} = trailer;
	const [more] = Object.keys(rest);
	if (more !== undefined) return {problem: `A signature has no field ${quoted(more)}.`};
	if (format !== FORMAT) return {problem: `The trailer is ${quoted(format)}; this program reads "${FORMAT}".`};
	if (head !== signed.head || entries !== signed.entries) return {problem: 'The signature is over another head than that of this journal.'};
	if (!isHex(publicKey, 32) || !isHex(signature, 64)) return {problem: 'The signature or its public key is not hex of the right length.'};
	if (!isName(name)) return {problem: 'The name in the signature is not one line of text.'};
	const key = createPublicKey({key: Buffer.concat([SPKI, Buffer.from(publicKey, 'hex')]), format: 'der', type: 'spki'});
	const holds = verify(null, Buffer.from(notaryText(signed, name), 'utf8'), key, Buffer.from(signature, 'hex'));
	return holds ? {signer: {publicKey, fingerprint: fingerprintOf(publicKey), name}} : {problem: "The notary's signature does not verify."};
}

/**
 * Reads the key of this machine, or of a file in PEM (PKCS #8), and makes one of mode 0600 where the file is missing.
 * @throws JournalError for a file that can't be read or written, that others can read, or that holds no Ed25519 key.
 */
export function openNotary(path: string, {name, create}: {readonly name: string; readonly create: boolean}): Notary {
	if (!isName(name))
		throw new JournalError({what: `${quoted(name)} is no name for a notary.`, expected: 'one line of 1 to 100 characters'});
	const pem = readKey(path) ?? (create ? makeKey(path) : undefined);
	if (pem === undefined) throw new JournalError({file: path, what: 'There is no such file.', expected: 'a private key in PEM'});
	let key: KeyObject;
	try {
		key = createPrivateKey(pem);
	} catch (error) {
		throw notAKey(path, error);
	}
	if (key.asymmetricKeyType !== 'ed25519') throw notAKey(path);
	return {key, name, publicKey: createPublicKey(key).export({format: 'der', type: 'spki'}).subarray(SPKI.length).toString('hex')};
}

function notAKey(path: string, cause?: unknown): JournalError {
	return new JournalError({
		file: path,
		what: 'This is no Ed25519 private key in PEM.',
		next: 'Make one with: openssl genpkey -algorithm ed25519 -out FILE',
		...(cause === undefined ? {} : {cause}),
	});
}

function readKey(path: string): string | undefined {
	try {
		if (statSync(path, {throwIfNoEntry: false}) === undefined) return undefined;
		if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
			throw new JournalError({
				file: path,
				what: 'Others on this machine may read this key.',
				next: `Take that from them with: chmod 600 ${path}`,
			});
		}
		return readFileSync(path, 'utf8');
	} catch (error) {
		throw fileError(error, path, "read the notary's key");
	}
}

function makeKey(path: string): string {
	const pem = generateKeyPairSync('ed25519').privateKey.export({format: 'pem', type: 'pkcs8'}).toString();
	try {
		mkdirSync(dirname(path), {recursive: true, mode: 0o700});
		writeFileSync(path, pem, {mode: 0o600, flag: 'wx'});
		chmodSync(path, 0o600);
		return pem;
	} catch (error) {
		throw fileError(error, path, "write the notary's key");
	}
}

function isHex(value: unknown, bytes: number): value is string {
	return typeof value === 'string' && value.length === 2 * bytes && /^[0-9a-f]+$/.test(value);
}

function isName(value: unknown): value is string {
	return (
		typeof value === 'string' && value.length > 0 && value.length <= LONGEST_NAME && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u.test(value)
	);
}
