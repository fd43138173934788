// Nobody changes a closed save, or a seat's copy of it, without verify saying so.
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {commitOf, hashOf, lineText} from '../../source/journal/chain.js';
import {parseJournal} from '../../source/journal/parse.js';
import {verifyGame} from '../../source/journal/re-execution.js';
import {redact} from '../../source/journal/redact.js';
import {verifyJournal} from '../../source/journal/verify.js';

// The shortest of the examples, with its notary's line.
const save = readFileSync('saves/examples/frozen.jsonl');
const copy = redact(save, audience => audience === 'public' || audience === 'operators');
const linesOf = (bytes: Buffer) => bytes.toString('utf8').split('\n').slice(0, -1);
const fromLines = (lines: readonly string[]) => Buffer.from(lines.map(line => `${line}\n`).join(''));

/** Chain, commits and signature: what verify asks first. It computes the game again where these hold, which can only find more. */
function isCaught(bytes: Buffer): boolean {
	return !verifyJournal(bytes).ok;
}

test('the save and the copy are sound, so that every finding below is of the change', () => {
	expect(verifyGame(save)).toMatchObject({ok: true, reexecuted: true, signedBy: {name: 'quorum-call examples'}});
	expect(verifyGame(copy)).toMatchObject({ok: true, reexecuted: false, signedBy: {name: 'quorum-call examples'}});
});

describe.each([
	['a closed save', save],
	["a seat's copy", copy],
])('%s', (_, bytes) => {
	const lines = linesOf(bytes);
	const changes: Readonly<Record<string, (index: number) => readonly string[]>> = {
		changed: index =>
			lines.with(
				index,
				lines[index]!.replace(/[0-9a-f](?=")/, digit => (digit === '0' ? '1' : '0')),
			),
		removed: index => lines.toSpliced(index, 1),
		swapped: index => lines.with(index, lines[(index + 1) % lines.length]!).with((index + 1) % lines.length, lines[index]!),
		'written twice': index => lines.toSpliced(index, 0, lines[index]!),
		'cut off after it': index => lines.slice(0, index),
	};

	test.each(Object.keys(changes))('each line %s is caught, the last one too', name => {
		const missed = lines.flatMap((_line, index) => (isCaught(fromLines(changes[name]!(index))) ? [] : [index + 1]));
		expect(missed).toEqual([]);
	});

	test('any other byte, anywhere, is caught: 250 of them', () => {
		fc.assert(
			fc.property(fc.nat(bytes.length - 1), fc.integer({min: 1, max: 255}), (position, bits) => {
				const changed = Buffer.from(bytes);
				changed[position] = changed[position]! ^ bits;
				expect(isCaught(changed)).toBe(true);
			}),
			{numRuns: 250},
		);
	});

	test('verify itself says so, with the line', () => {
		const index = Math.floor(lines.length / 2);
		expect(verifyGame(fromLines(changes.removed!(index)))).toMatchObject({ok: false, divergence: {line: index + 1}});
	});
});

/** What a forger does who knows the construction: another payload in one open line, and every line after it chained anew. */
function forge(bytes: Buffer, at: number, change: (body: string) => string): Buffer {
	const {entries} = parseJournal(bytes);
	let prev = '00'.repeat(32);
	const lines = entries.map(entry => {
		const body = entry.seq === at && entry.body !== undefined ? change(entry.body) : entry.body;
		const commit = body === undefined ? entry.commit : commitOf(entry.salt!, body);
		const line = {
			seq: entry.seq,
			prev,
			commit,
			hash: hashOf(entry.seq, prev, commit),
			...(entry.salt === undefined ? {} : {salt: entry.salt}),
		};
		prev = line.hash;
		return lineText(line, body);
	});
	return fromLines([...lines, ...linesOf(bytes).slice(entries.length)]);
}

describe('a line of a copy that is forged, with everything after it chained anew', () => {
	const {entries, head} = parseJournal(copy);
	const told = entries.findIndex(({payload}) => payload?.type === 'told');
	const forged = forge(copy, told, body => body.replace(/"text":"[^"]*"/, '"text":"All is well."'));

	test("is caught by the notary's signature", () => {
		expect(forged.equals(copy)).toBe(false);
		expect(verifyGame(forged)).toMatchObject({ok: false, divergence: {line: entries.length + 1, field: 'trailer'}});
	});

	test('and without that line by its absence, and by the head that somebody wrote down', () => {
		const stripped = fromLines(linesOf(forged).slice(0, -1));
		expect(verifyGame(stripped)).toMatchObject({ok: false, divergence: {field: 'trailer'}});
		const silent = forge(stripped, entries.length - 1, body => body.replace('"signed":true,', ''));
		expect(verifyGame(silent, {head})).toMatchObject({ok: false, divergence: {field: 'head'}});
		expect(verifyGame(silent, {signer: verifyGame(save).signedBy!.publicKey}).ok).toBe(false);
	});

	test('in a whole save the seed gives it away: the salt is another', () => {
		expect(verifyGame(forge(save, told, body => body.replace(/"text":"[^"]*"/, '"text":"All is well."')))).toMatchObject({
			ok: false,
			divergence: {line: told + 1, field: 'salt'},
		});
	});
});
