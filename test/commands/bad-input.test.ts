// What the program says when it is given something wrong: one clear sentence, the right status, and nothing lost.
import {existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync} from 'node:fs';
import {beforeAll, describe, expect, test} from 'vitest';
import {extend, startChain} from '../../source/journal/chain.js';
import {openedPayloads, parseJournal} from '../../source/journal/parse.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {make, moves, newGame} from '../journal/first-light.js';
import {type Ended, place} from './program.js';

const here = place();
let closed: Buffer;
let open: Buffer;

beforeAll(() => {
	for (const [name, count] of [
		['closed', moves.length],
		['open', 8],
	] as const)
		make(newGame({path: here.path(`${name}.jsonl`)}), moves.slice(0, count)).close();
	closed = readFileSync(here.path('closed.jsonl'));
	open = readFileSync(here.path('open.jsonl'));
});

/** Runs the program and expects a complaint: nothing on stdout, no stack, and a message that fits. */
async function complaint(words: readonly string[], status: number, message: RegExp): Promise<Ended> {
	const found = await here.run(words);
	expect(found.stderr).toMatch(message);
	expect(found.stderr).not.toMatch(/^\s+at |node:internal|stopped:/m);
	expect({status: found.status, stdout: found.stdout}).toEqual({status, stdout: ''});
	return found;
}

describe('a command line that makes no sense', () => {
	test.each<[string, RegExp]>([
		['rnu first-light', /^error: unknown command 'rnu'\n.*run/],
		['run', /^error: missing required argument 'scenario'/],
		['run first-light --sed x', /^error: unknown option '--sed'\n.*--seed/],
		['run first-light --suite rsa', /'rsa' is invalid. Allowed choices are ed25519, secp256k1/],
		['transcript closed.jsonl --format pdf', /'pdf' is invalid. Allowed choices are md, jsonl/],
		['play first-light --side judges', /'judges' is invalid. Allowed choices are operators, attackers/],
		['run first-lihgt', /^There is no scenario "first-lihgt"; did you mean "first-light"\?/],
		['run first-light --world lair', /^There is no world "lair" in first-light; expected one of liar, insider/],
		['run first-light --operators carful', /^There is no bot "carful" for the operators; did you mean "careful"\?/],
		['run first-light --seed=', /^The seed is empty\. Give any text/],
		['verify closed.jsonl --head 12ab', /^"12ab" is no head: expected 64 hex digits/],
		['play first-light', /^This needs a terminal/],
	])('%s', async (line, message) => {
		const {stderr} = await complaint(line.split(' '), 2, message);
		expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(3);
	});

	test('help and version are no complaints', async () => {
		expect(await here.run(['--version'])).toEqual({status: 0, stdout: '0.1.0\n', stderr: ''});
		const {status, stdout, stderr} = await here.run(['run', '--help']);
		expect({status, stderr}).toEqual({status: 0, stderr: ''});
		expect(stdout).toContain('--moves <file>');
	});
});

describe('a scenario', () => {
	const minimal = (more = '') => `format: 1
title: Small
parties:
  ada: {domain: office}
  ben: {domain: cloud}
requests:
  rent: {opens: 1, due: 3, by: landlord, amount: 800, to: landlord}
${more}`;

	test.each<[string, string, RegExp]>([
		[
			'a typo',
			'turn: 4',
			/^small\.yaml:8:1: error: unknown key "turn" \[unknown-key\]\n8 \| turn: 4\n {2}\| \^\n[\s\S]*did you mean "turns"\?/,
		],
		['a wrong type', 'turns: two', /^small\.yaml:8:8: error: .*"two"/],
		['an unknown party', 'worlds:\n  plain:\n    deal: |\n      world: way-in at=dora', /^small\.yaml:11:\d+: error: .*"dora"/m],
	])('with %s is shown with its place; check exits 1, run 2', async (_, more, message) => {
		writeFileSync(here.path('small.yaml'), minimal(more));
		const checked = await here.run(['check', 'small.yaml']);
		expect(checked.status).toBe(1);
		expect(checked.stdout).toMatch(message);
		await complaint(['run', 'small.yaml', '--save', 'small.jsonl'], 2, message);
		expect(existsSync(here.path('small.jsonl'))).toBe(false);
	});

	test('that is right is played from its file, and check says so in JSON too', async () => {
		writeFileSync(here.path('small.yaml'), minimal());
		const {status, stdout} = await here.run(['check', 'small.yaml', 'first-light', '--json']);
		expect(status).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({
			ok: true,
			files: [{file: 'small.yaml', ok: true, diagnostics: [{severity: 'note'}, {severity: 'note'}]}, {ok: true}],
		});
		expect((await here.run(['run', 'small.yaml', '--seed', '🜁 a seed', '--save', 'small.jsonl', '--json'])).status).toBe(0);
		expect((await here.run(['verify', 'small.jsonl'])).status).toBe(0);
	});

	test('that is no text, a folder or missing is refused', async () => {
		writeFileSync(here.path('picture.yaml'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0]));
		mkdirSync(here.path('folder.yaml'));
		await complaint(['run', 'picture.yaml'], 2, /^picture\.yaml: This file is not UTF-8 text/);
		await complaint(['check', 'folder.yaml'], 2, /^folder\.yaml: This is a folder, not the scenario/);
		await complaint(['run', 'missing.yaml'], 2, /^missing\.yaml: Can't read the scenario: there is no such file/);
		await complaint(['run', 'first-light', '--moves', 'missing.moves'], 2, /^missing\.moves: Can't read the moves/);
	});
});

describe('a save', () => {
	/** Expects that these bytes are refused by a command, and stay as they are. */
	async function refused(bytes: Uint8Array, words: readonly string[], status: number, message: RegExp): Promise<void> {
		writeFileSync(here.path('bad.jsonl'), bytes);
		const found = await here.run([...words, 'bad.jsonl']);
		expect(`${found.stdout}${found.stderr}`).toMatch(message);
		expect(found.stderr).not.toMatch(/^\s+at |stopped:/m);
		expect(found.status).toBe(status);
		expect(readFileSync(here.path('bad.jsonl')).equals(bytes)).toBe(true);
	}
	const lineOf = (bytes: Buffer, position: number) => bytes.subarray(0, position).filter(byte => byte === 10).length + 1;

	test('that was truncated', async () => {
		const cut = closed.subarray(0, closed.length - 100);
		await refused(cut, ['verify'], 1, /^bad\.jsonl:\d+: The last line has no newline/);
		await refused(Buffer.from(''), ['verify'], 1, /^bad\.jsonl:1: The file is empty/);
		await refused(Buffer.from(''), ['debrief'], 2, /The file is empty\. Expected a save/);
		await refused(closed.subarray(0, 100), ['resume'], 2, /The file has no whole first two lines/);
		const whole = closed.subarray(0, closed.lastIndexOf('\n', closed.length - 2) + 1);
		await refused(whole, ['verify'], 1, /no closing entry.*--unfinished/s);
	});

	test('that was edited in the middle names its line everywhere', async () => {
		const edited = Buffer.from(open);
		const position = Math.floor(open.length * 0.7);
		edited[position] = edited[position]! ^ 1;
		const line = lineOf(edited, position);
		for (const [words, status] of [
			[['verify'], 1],
			[['verify', '--unfinished'], 1],
			[['resume'], 2],
			[['transcript'], 2],
			[['debrief'], 2],
		] as const)
			await refused(edited, words, status, new RegExp(`^bad\\.jsonl:${line}:`));
	});

	test('of another format, or of other rules', async () => {
		await refused(
			Buffer.from(open.toString('utf8').replace('quorum-call/1', 'quorum-call/9')),
			['resume'],
			2,
			/^bad\.jsonl:1: The format is "quorum-call\/9".*Another version of the program wrote it/,
		);
		const payloads = openedPayloads(parseJournal(open));
		const later = extend(startChain('demo'), [{...payloads[0]!, rules: 7}, ...payloads.slice(1)]).lines.join('');
		await refused(Buffer.from(later), ['debrief'], 2, /^bad\.jsonl:1: This game was played by rules 7; this program/);
		await refused(Buffer.from('# Read me\n'), ['resume'], 2, /^bad\.jsonl:1:.* This line is not JSON/);
	});

	test('that is finished is not played on', async () => refused(closed, ['resume'], 2, /^bad\.jsonl:\d+: This game is finished\./));

	test('that another game writes', async () => {
		writeFileSync(here.path('held.jsonl'), open);
		const holder = RecordedGame.resume(here.path('held.jsonl'));
		await complaint(
			['resume', 'held.jsonl'],
			2,
			new RegExp(`^held\\.jsonl: Process ${process.pid} is writing this save`.replace('^held', 'held')),
		);
		expect((await here.run(['verify', 'held.jsonl', '--unfinished'])).status).toBe(0);
		holder.close();
	});

	test('where it can not be written, or would replace a file', async () => {
		writeFileSync(here.path('a-file'), '');
		await complaint(['run', 'first-light', '--save', 'a-file/game.jsonl'], 2, /a-file.*(a file, not a folder)/);
		await complaint(
			['run', 'first-light', '--save', 'closed.jsonl'],
			2,
			/^closed\.jsonl: Can't create the save: a file of this name exists/,
		);
		await complaint(
			['debrief', 'closed.jsonl', '--out', 'closed.jsonl'],
			2,
			/^closed\.jsonl: This file is a save, and writing here would destroy it/,
		);
		await complaint(
			['transcript', 'closed.jsonl', '--out', 'nowhere/x.md'],
			2,
			/^nowhere\/x\.md: Can't write the document: there is no such file or folder/,
		);
		expect(readFileSync(here.path('closed.jsonl')).equals(closed)).toBe(true);
	});

	test('that is missing, or a folder', async () => {
		for (const command of ['verify', 'resume', 'transcript', 'debrief']) {
			await complaint([command, 'missing.jsonl'], 2, /^missing\.jsonl: Can't .*there is no such file or folder/);
			await complaint([command, here.folder], 2, /This is a folder, not a save/);
		}
	});

	test('with a torn last line is cut by resume alone, which says so', async () => {
		writeFileSync(here.path('torn.jsonl'), Buffer.concat([open, Buffer.from('{"commit":"12')]));
		expect((await here.run(['transcript', 'torn.jsonl', '--out', 'torn.md'])).status).toBe(0);
		await complaint(
			['resume', 'torn.jsonl'],
			2,
			/^This needs a terminal.*the save is sound again\. The last line has no newline: it was cut off after 13 bytes/,
		);
		expect(readFileSync(here.path('torn.jsonl')).equals(open)).toBe(true);
		truncateSync(here.path('torn.jsonl'), open.length - 3);
		expect((await here.run(['verify', 'torn.jsonl', '--unfinished'])).status).toBe(1);
	});
});

test('DEBUG=quorum-call shows where an error comes from, another DEBUG does not', async () => {
	expect((await here.run(['verify', 'missing.jsonl'], {env: {DEBUG: 'quorum-call'}})).stderr).toMatch(/^\s+at /m);
	expect((await here.run(['verify', 'missing.jsonl'], {env: {DEBUG: 'express'}})).stderr).not.toMatch(/^\s+at /m);
});
