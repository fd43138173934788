// The notary: its key, who is known, and what verify says of a signature.
import {execFileSync, spawnSync} from 'node:child_process';
import {copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {checkTrailer, notaryText} from '../../source/journal/notary.js';
import {cli, place} from './program.js';

const here = place();
const lines = 'operators: end-turn\n';
const run = async (...words: string[]) => {
	const ended = await here.run(words, {input: lines});
	if (ended.status !== 0) throw new Error(ended.stderr);
	return ended.stdout;
};
const verified = async (save: string, ...more: string[]) =>
	JSON.parse((await here.run(['verify', save, '--json', ...more])).stdout) as {
		ok: boolean;
		head: string;
		signedBy: {publicKey: string; name: string; known: string | null} | null;
		divergence: {field: string} | null;
	};

beforeAll(async () => {
	await run('run', 'first-light', '--seed', 'a', '--operators', 'display', '--save', 'a.jsonl', '--json');
});

test('the key is made on first use, for its owner alone', async () => {
	const file = here.path('config', 'quorum-call', 'notary.pem');
	expect(existsSync(file)).toBe(true);
	expect(statSync(file).mode & 0o777).toBe(0o600);
	const {publicKey} = JSON.parse(await run('notary', '--json')) as {publicKey: string};
	expect(await verified('a.jsonl')).toMatchObject({ok: true, signedBy: {publicKey, known: 'this machine'}});
	expect(await run('verify', 'a.jsonl', '--signer', publicKey)).toContain('known here as this machine');
});

test('another key signs with another trailer and the same head; it is known once it was named', async () => {
	execFileSync('sh', ['-c', `umask 077; openssl genpkey -algorithm ed25519 -out "${here.path('other.pem')}"`]);
	await run('run', 'first-light', '--seed', 'a', '--operators', 'display', '--save', 'b.jsonl', '--json', '--notary', 'other.pem');
	const [own, other] = [await verified('a.jsonl'), await verified('b.jsonl')];
	expect(other.head).toBe(own.head);
	expect(other).toMatchObject({ok: true, signedBy: {known: null}});
	expect(await run('verify', 'b.jsonl')).toContain('not known here and calls itself "notary"');
	expect(await verified('b.jsonl', '--signer', own.signedBy!.publicKey)).toMatchObject({ok: false, divergence: {field: 'trailer'}});
	await run('notary', '--know', other.signedBy!.publicKey, '--as', 'Bank B');
	expect((await verified('b.jsonl')).signedBy?.known).toBe('Bank B');
});

test('a signature that was removed is missed, and can be made again only by signing', async () => {
	const whole = readFileSync(here.path('a.jsonl'), 'utf8').trimEnd().split('\n');
	writeFileSync(here.path('cut.jsonl'), `${whole.slice(0, -1).join('\n')}\n`);
	expect(await verified('cut.jsonl')).toMatchObject({ok: false, signedBy: null, divergence: {field: 'trailer'}});
	expect((await here.run(['notary', '--sign', 'cut.jsonl'])).stderr).toContain('Signed cut.jsonl');
	expect(readFileSync(here.path('cut.jsonl'), 'utf8').trimEnd().split('\n')).toEqual(whole);
	expect((await here.run(['notary', '--sign', 'cut.jsonl'])).status).toBe(2);
});

test('OpenSSL checks the signature over the text that the manual gives', () => {
	const {trailer} = JSON.parse(readFileSync(here.path('a.jsonl'), 'utf8').trimEnd().split('\n').at(-1)!);
	const signed = {head: trailer.head as string, entries: trailer.entries as number};
	expect(checkTrailer(trailer, signed)).toHaveProperty('signer');
	writeFileSync(here.path('text'), notaryText(signed, trailer.name));
	writeFileSync(here.path('sig'), Buffer.from(trailer.signature, 'hex'));
	writeFileSync(here.path('key.der'), Buffer.from(`302a300506032b6570032100${trailer.publicKey}`, 'hex'));
	const said = execFileSync('sh', ['-c', 'openssl pkeyutl -verify -pubin -inkey key.der -keyform DER -rawin -in text -sigfile sig'], {
		cwd: here.folder,
	});
	expect(said.toString()).toContain('Verified Successfully');
});

test('heads come as lines for a ticket, and as a text to sign with ssh-keygen', async () => {
	const said = await run('verify', 'a.jsonl');
	const {head} = await verified('a.jsonl');
	expect(said).toMatch(/quorum-call first-light start: line 2, head [0-9a-f]{64}/);
	expect(said).toContain(`head ${head}\n`);
	expect(await run('notary', '--attest', 'a.jsonl')).toMatch(
		new RegExp(`^I took part in this exercise\\.\nquorum-call/1 first-light\nline \\d+ head ${head}\n$`),
	);
});

/** What a machine needs for the commands that the debrief prints; Debian has each in a package of its own. */
const missing = ['openssl', 'ssh-keygen'].filter(tool => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);

describe.skipIf(missing.length > 0)(
	`the commands that a debrief prints${missing.length > 0 ? `, skipped: no ${missing.join(', ')}` : ''}`,
	() => {
		let blocks: string[] = [];
		/** Runs a block as somebody would who copies it. */
		const shell = (block: string) => {
			const env = {...here.env, PATH: `${here.folder}:${process.env.PATH}`};
			const {status, stdout, stderr} = spawnSync('sh', ['-ec', block], {cwd: here.folder, env, encoding: 'utf8'});
			return {status, said: `${stdout}${stderr}`};
		};

		beforeAll(async () => {
			const page = await run('debrief', 'a.jsonl');
			blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!);
			writeFileSync(here.path('quorum-call'), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`, {mode: 0o755});
			mkdirSync(here.path('.ssh'));
			execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', here.path('.ssh', 'id_ed25519')]);
		});

		const one = (word: string) => {
			const found = blocks.filter(block => block.includes(word));
			expect(found, word).toHaveLength(1);
			return found[0]!;
		};

		test('a participant attests the head with ssh-keygen, and the signature is good', () => {
			expect(shell(one('ssh-keygen'))).toEqual({status: 0, said: expect.stringContaining('Good "quorum-call" signature')});
		});

		test('the save verifies, an authority stamps its head, and verify says when', () => {
			const [verify = '', ask = '', read = '', ...more] = one('openssl ts').trimEnd().split('\n');
			expect(more).toEqual([]);
			expect(shell(verify)).toMatchObject({status: 0, said: expect.stringContaining('holds.')});
			expect(shell(ask).status).toBe(0);
			execFileSync('bash', [resolve('test/journal/timestamps/make.sh')], {cwd: here.folder, stdio: 'ignore'});
			copyFileSync(here.path('root.pem'), here.path('authority.pem'));
			expect(shell(read)).toEqual({
				status: 0,
				said: expect.stringMatching(
					/CN=Practice Stamps, O=Practice had the head of line \d+ at 20.*CN=Practice Root, O=Practice, which you trust, vouches for it/,
				),
			});
			const json = JSON.parse(shell(`${read} --json`).said) as {ok: boolean; timestamp: {covers: string; trustedBy: string}};
			expect(json).toMatchObject({ok: true, timestamp: {trustedBy: 'CN=Practice Root, O=Practice'}});
			// Of another save it says nothing, and verify fails.
			writeFileSync(here.path('z.jsonl'), readFileSync('saves/examples/frozen.jsonl'));
			expect(shell(read.replace('a.jsonl', 'z.jsonl'))).toEqual({status: 1, said: expect.stringContaining('that is no head of this save')});
		});
	},
);

test.each([
	[['verify', 'a.jsonl', '--timestamp', 'nowhere.tsr'], 'no such file'],
	[['verify', 'a.jsonl', '--tsa-cert', 'root.pem'], 'give that as well, with --timestamp'],
	[['notary', '--know', 'abc', '--as', 'x'], 'no public key'],
	[['notary', '--know', 'abc'], 'give its public key and a name'],
	[['notary', '--name', 'two\nlines'], 'no name for a notary'],
	[['notary', '--notary', 'nowhere.pem'], 'no such file'],
	[['notary', '--notary', 'a.jsonl'], 'may read this key|no Ed25519 private key'],
	[['verify', 'a.jsonl', '--signer', 'me'], 'is no notary'],
])('%j is refused in words', async (words, message) => {
	const {status, stderr} = await here.run(words);
	expect({status, stderr}).toEqual({status: 2, stderr: expect.stringMatching(message)});
	expect(stderr).not.toMatch(/\n\s+at /);
});

test('where no key can be kept, the game is played and closed without a signature', async () => {
	writeFileSync(here.path('file'), '');
	const env = {XDG_CONFIG_HOME: here.path('file')};
	const {status, stderr} = await here.run(['run', 'first-light', '--seed', 'b', '--operators', 'freeze', '--save', 'c.jsonl', '--json'], {
		env,
	});
	expect({status, stderr}).toEqual({status: 0, stderr: expect.stringContaining('will not be signed')});
	expect(await verified('c.jsonl')).toMatchObject({ok: true, signedBy: null});
});
