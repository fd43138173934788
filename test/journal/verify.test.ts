import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {commitOf, hashOf, lineText, saltKeyOf, saltOf} from '../../source/journal/chain.js';
import {fingerprintOf, notarise} from '../../source/journal/notary.js';
import {redact} from '../../source/journal/redact.js';
import {verifyJournal} from '../../source/journal/verify.js';
import {notary, otherNotary} from './notaries.js';
import {
	add,
	consequences,
	journalOf,
	opening,
	reexecute,
	SEED,
	type ToyPayload,
	toyJournal,
	toyPayloads,
	verifyToyOutput,
} from './toy-game.js';

const checks = {reexecute, verifyOutput: verifyToyOutput};
const whole = toyJournal();
const seat = redact(whole, audience => audience === 'public' || audience === 'ben');
const linesOf = (bytes: Buffer) => bytes.toString('utf8').split('\n').slice(0, -1);
const fromLines = (lines: readonly string[]) => Buffer.from(lines.map(line => `${line}\n`).join(''));
const lineAt = (bytes: Buffer, position: number) => bytes.subarray(0, position).filter(byte => byte === 10).length + 1;

/** What a forger does who knows the construction: new salt, commit and hash for every line, with any salts' key. */
function forge(payloads: readonly ToyPayload[], seed = SEED): Buffer {
	let prev = '00'.repeat(32);
	const lines = payloads.map((payload, seq) => {
		const body = JSON.stringify(sorted(payload));
		const salt = saltOf(saltKeyOf(seed), seq, prev, body);
		const commit = commitOf(salt, body);
		const hash = hashOf(seq, prev, commit);
		const line = lineText({seq, prev, commit, hash, salt}, body);
		prev = hash;
		return line;
	});
	return fromLines(lines);
}

function sorted(value: object): object {
	return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

describe('a sound journal', () => {
	test('verifies: chain, re-execution, outputs', () => {
		expect(verifyJournal(whole, checks)).toEqual({
			ok: true,
			entries: 13,
			head: JSON.parse(linesOf(whole).at(-1)!).hash,
			closed: true,
			withheld: 0,
			reexecuted: true,
			signedBy: null,
			outputs: {checked: 2, valid: 2},
			divergence: null,
		});
	});

	test('a seat has a copy that verifies without the withheld payloads, and says how many there are', () => {
		const report = verifyJournal(seat, checks);
		expect(report).toMatchObject({ok: true, closed: true, reexecuted: false, outputs: {checked: 2, valid: 2}, divergence: null});
		expect(report.withheld).toBe(5);
		expect(report.head).toBe(verifyJournal(whole).head);
		expect(seat.includes(SEED)).toBe(false);
		expect(seat.includes('"type":"move"')).toBe(false);
		expect(seat.includes('after')).toBe(true);
	});

	test('a copy of a copy withholds at least as much, and line 1 stays open', () => {
		const copy = redact(seat, () => false);
		expect(verifyJournal(copy, {allowUnfinished: true})).toMatchObject({ok: true, withheld: 12, entries: 13});
		expect(redact(seat, () => true).equals(seat)).toBe(true);
	});

	test('an unfinished one is refused unless that is allowed; what its last move lacks is no divergence', () => {
		const unfinished = toyJournal([3, 7], false);
		expect(verifyJournal(unfinished, checks)).toMatchObject({ok: false, closed: false, divergence: {line: 7, field: 'closed'}});
		expect(verifyJournal(unfinished, {...checks, allowUnfinished: true})).toMatchObject({ok: true, closed: false, reexecuted: true});
		const halfMove = fromLines(linesOf(unfinished).slice(0, -1));
		expect(verifyJournal(halfMove, {...checks, allowUnfinished: true})).toMatchObject({ok: true, reexecuted: true, entries: 6});
	});

	test('a head that somebody wrote down, at the end or earlier, is found; another is not', () => {
		const hashes = linesOf(whole).map(line => JSON.parse(line).hash as string);
		expect(verifyJournal(whole, {head: hashes.at(-1)!})).toMatchObject({ok: true, headLine: 13});
		expect(verifyJournal(whole, {head: ` ${hashes[4]!.toUpperCase()}\n`})).toMatchObject({ok: true, headLine: 5});
		const other = verifyJournal(toyJournal([3, 7, 4, 6]), {head: hashes.at(-1)!});
		expect(other).toMatchObject({ok: false, headLine: null, divergence: {field: 'head'}});
	});
});

describe('one changed byte', () => {
	test.each([
		['a whole save', whole],
		["a seat's copy", seat],
	])('anywhere in %s is caught and its line named', (_, bytes) => {
		fc.assert(
			fc.property(fc.nat(bytes.length - 1), fc.integer({min: 1, max: 255}), (position, change) => {
				const changed = Buffer.from(bytes);
				changed[position] = changed[position]! ^ change;
				const report = verifyJournal(changed, checks);
				expect(report.ok).toBe(false);
				expect(report.divergence?.line).toBe(lineAt(bytes, position));
			}),
			{
				numRuns: 1500,
				examples: [
					[bytes.length - 1, 1],
					[bytes.length - 2, 1],
					[0, 1],
					[0, 0x20],
					[bytes.length - 1, 0x07],
				],
			},
		);
	});

	test('at every single position: one bit, upper case, and a newline', () => {
		for (let position = 0; position < seat.length; position++) {
			for (const value of [seat[position]! ^ 1, seat[position]! ^ 0x20, 10]) {
				if (value === seat[position]) continue;
				const changed = Buffer.from(seat);
				changed[position] = value;
				const report = verifyJournal(changed);
				if (report.ok || report.divergence?.line !== lineAt(seat, position))
					expect.fail(`byte ${position} set to ${value}: ${JSON.stringify(report.divergence)}`);
			}
		}
	});
});

describe('lines removed, moved or added', () => {
	const count = linesOf(whole).length;

	test('a removed line is caught at its place; a removed end as a missing end', () => {
		fc.assert(
			fc.property(fc.constantFrom(whole, seat), fc.nat(count - 1), (bytes, index) => {
				const lines = linesOf(bytes);
				lines.splice(index, 1);
				const report = verifyJournal(fromLines(lines), checks);
				expect(report.ok).toBe(false);
				expect(report.divergence).toMatchObject(index === count - 1 ? {line: count - 1, field: 'closed'} : {line: index + 1});
			}),
		);
	});

	test('swapped lines are caught at the first of them', () => {
		fc.assert(
			fc.property(fc.constantFrom(whole, seat), fc.uniqueArray(fc.nat(count - 1), {minLength: 2, maxLength: 2}), (bytes, [left, right]) => {
				const lines = linesOf(bytes);
				[lines[left!], lines[right!]] = [lines[right!]!, lines[left!]!];
				expect(verifyJournal(fromLines(lines), checks)).toMatchObject({ok: false, divergence: {line: Math.min(left!, right!) + 1}});
			}),
		);
	});

	test('an inserted line is caught where it stands', () => {
		const foreign = linesOf(journalOf(opening('other'), 'other'))[1]!;
		fc.assert(
			fc.property(fc.integer({min: 0, max: count}), fc.constantFrom(foreign, '', '{}', '[]', 'null', '"text"', ' '), (index, inserted) => {
				const lines = linesOf(whole);
				lines.splice(index, 0, inserted);
				expect(verifyJournal(fromLines(lines), checks)).toMatchObject({ok: false, divergence: {line: index + 1}});
			}),
		);
	});

	test('a save cut short anywhere is not ok, finished or not', () => {
		fc.assert(
			fc.property(fc.nat(whole.length - 1), length => {
				const cut = whole.subarray(0, length);
				expect(verifyJournal(cut, checks).ok).toBe(false);
				if (length > 0 && cut.at(-1) !== 10) {
					const report = verifyJournal(cut, {...checks, allowUnfinished: true});
					expect(report.divergence).toMatchObject({line: lineAt(whole, length - 1), field: 'newline'});
				}
			}),
		);
	});
});

describe('JSON that says the same in other bytes', () => {
	const lines = linesOf(whole);
	const at = (index: number, change: (line: string) => string) =>
		fromLines(lines.map((line, place) => (place === index ? change(line) : line)));
	test.each([
		['a number', (line: string) => line.replace('"add":3', '"add":3.0'), 'line'],
		['an exponent', (line: string) => line.replace('"add":3', '"add":3e0'), 'line'],
		['a key twice', (line: string) => line.replace('"add":3', '"add":3,"add":3'), 'line'],
		['a payload twice', (line: string) => line.replace('"payload":', '"payload":{"audience":"x"},"payload":'), 'line'],
		['white space', (line: string) => line.replace('"add":3', '"add": 3'), 'line'],
		['white space at the end', (line: string) => `${line}\r`, 'line'],
		['an escape', (line: string) => line.replace('"move"', '"\\u006dove"'), 'line'],
		['another order', (line: string) => line.replace(/^\{("commit":"\w+"),("hash":"\w+")/, '{$2,$1'), 'line'],
		['a field more', (line: string) => line.replace(/\}$/, ',"zed":1}'), 'zed'],
		['a field less', (line: string) => line.replace(/"salt":"\w+",/, ''), 'salt'],
		['upper-case hex', (line: string) => line.replace(/"salt":"\w+"/, text => text.toUpperCase().replace('SALT', 'salt')), 'salt'],
		['a byte order mark', (line: string) => `\ufeff${line}`, 'line'],
		['a number beyond a double', (line: string) => line.replace('"add":3', '"add":1e999'), 'payload'],
		['half a surrogate pair', (line: string) => line.replace('"move"', '"\\ud800"'), 'payload'],
		['deep nesting', (line: string) => line.replace('"add":3', `"add":${'['.repeat(9999)}${']'.repeat(9999)}`), 'payload'],
	])('%s is caught', (_, change, field) => {
		const changed = at(2, change);
		expect(changed.equals(whole)).toBe(false);
		expect(verifyJournal(changed, checks)).toMatchObject({ok: false, divergence: {line: 3, field}});
	});

	test('a column is named where it is known', () => {
		expect(verifyJournal(at(2, line => line.replace('{', '{ ')))?.divergence?.message).toMatch(/^Column 2: /);
	});

	test('a message shows no control characters of the file', () => {
		const report = verifyJournal(at(0, line => line.replace('"quorum-call/1"', '"\\u001b[31mred\\u009b"')));
		expect(report.divergence).toMatchObject({line: 1, field: 'payload.format'});
		expect(report.divergence?.message).not.toMatch(/\p{Cc}/u);
	});
});

describe('a journal written anew by someone who knows how', () => {
	test('the toy forger is right: without a change it gives the same bytes', () => {
		expect(forge(toyPayloads([3, 7, 4, 16])).equals(whole)).toBe(true);
	});

	test('a changed consequence is named by line and field', () => {
		const payloads = toyPayloads([3, 7, 4, 16]).map(payload =>
			payload.type === 'total' && payload.total === 14 ? {...payload, total: 15} : payload,
		);
		const report = verifyJournal(forge(payloads), checks);
		expect(report).toMatchObject({ok: false, reexecuted: false, divergence: {line: 9, field: 'payload.total'}});
		expect(report.divergence?.message).toBe('The journal says 15; re-execution gives 14.');
	});

	test('a changed move is named by the first consequence that no longer follows', () => {
		const payloads = toyPayloads([3, 7, 4, 16]).map(payload => (payload.add === 7 ? {...payload, add: 8} : payload));
		expect(verifyJournal(forge(payloads), checks).divergence).toMatchObject({line: 6, field: 'payload.audience'});
	});

	test('a move that the game refuses stops re-execution at its line, in its words', () => {
		const payloads = toyPayloads([3, 7]).map(payload => (payload.add === 7 ? {...payload, add: 'many'} : payload));
		const report = verifyJournal(forge(payloads), checks);
		expect(report.divergence).toEqual({line: 5, field: 'payload', message: 'Re-execution stops here: A move adds a whole number.'});
	});

	test('an entry that nothing caused, and one that is missing', () => {
		const extra = toyPayloads([3]);
		extra.splice(4, 0, {audience: 'public', type: 'total', total: 99});
		expect(verifyJournal(forge(extra), checks).divergence).toMatchObject({line: 5, field: 'payload.total'});
		const step = consequences(0, add(3)).payloads;
		const missing = forge([...opening(), step[0]!, {audience: 'public', type: 'closed', total: 3}]);
		expect(verifyJournal(missing, checks)).toMatchObject({ok: false, divergence: {line: 4}});
		const uncaused = forge([...toyPayloads([3], false), {audience: 'public', type: 'rumour'}]);
		expect(verifyJournal(uncaused, {...checks, allowUnfinished: true}).divergence).toEqual({
			line: 5,
			field: 'payload',
			message: 'Re-execution yields no entry here.',
		});
		const cutEnd = forge([...opening(), step[0]!, {audience: 'public', type: 'closed'}]);
		function* withEpilogue() {
			yield* [...opening(), step[0]!, {audience: 'public', type: 'closed'}, {audience: 'public', type: 'more'}];
		}
		expect(verifyJournal(cutEnd, {reexecute: withEpilogue}).divergence).toMatchObject({line: 5, field: 'payload'});
	});

	test('an output that does not verify is counted and named, in a seat too', () => {
		const payloads = toyPayloads([3, 7]).map(payload => (payload.type === 'output' ? {...payload, signature: '00'.repeat(64)} : payload));
		const forged = forge(payloads);
		expect(verifyJournal(forged, {verifyOutput: verifyToyOutput})).toMatchObject({
			ok: false,
			outputs: {checked: 1, valid: 0},
			divergence: {line: 7, field: 'payload.signature'},
		});
		const copy = redact(forged, audience => audience === 'public');
		expect(verifyJournal(copy, checks)).toMatchObject({ok: false, divergence: {line: 7, field: 'payload.signature'}});
		const crash = () => {
			throw new Error('no such suite');
		};
		expect(verifyJournal(forged, {verifyOutput: payload => (payload.type === 'output' ? crash() : null)}).divergence?.message).toContain(
			'no such suite',
		);
	});

	test('salts that the seed does not yield', () => {
		const forged = forge(toyPayloads([3, 7]), 'salts of my own');
		expect(verifyJournal(forged, checks)).toMatchObject({ok: false, divergence: {line: 1, field: 'salt'}});
		const lines = linesOf(toyJournal([3], false));
		const last = JSON.parse(lines.at(-1)!);
		const body = JSON.stringify(sorted(last.payload));
		const salt = '11'.repeat(32);
		const commit = commitOf(salt, body);
		lines[lines.length - 1] = lineText({...last, salt, commit, hash: hashOf(last.seq, last.prev, commit)}, body);
		expect(verifyJournal(fromLines(lines), {allowUnfinished: true})).toMatchObject({ok: false, divergence: {line: 4, field: 'salt'}});
	});

	test('the earliest line counts: a forged consequence before a break of the chain', () => {
		const payloads = toyPayloads([3, 7]).map(payload => (payload.total === 3 ? {...payload, total: 4} : payload));
		const lines = linesOf(forge(payloads));
		lines.splice(6, 1);
		expect(verifyJournal(fromLines(lines), checks).divergence).toMatchObject({line: 4, field: 'payload.total'});
		expect(verifyJournal(fromLines(lines)).divergence).toMatchObject({line: 7, field: 'seq'});
	});
});

describe('a line after the closing entry', () => {
	const {head, entries} = verifyJournal(whole);
	const trailer = Buffer.from(notarise(notary('Bank A'), {head, entries}));
	const signed = Buffer.concat([whole, trailer]);

	test('is the signature of a notary over the head, and says whose', () => {
		const {publicKey} = notary('Bank A');
		const signedBy = {publicKey, fingerprint: fingerprintOf(publicKey), name: 'Bank A'};
		expect(verifyJournal(signed, checks)).toMatchObject({ok: true, signedBy, entries: 13, head});
		expect(verifyJournal(whole, checks)).toMatchObject({ok: true, signedBy: null, head});
		expect(verifyJournal(Buffer.concat([signed, trailer]))).toMatchObject({ok: false, divergence: {line: 15}});
		const copy = redact(signed, audience => audience === 'public');
		expect(verifyJournal(copy)).toMatchObject({ok: true, signedBy});
	});

	test('is demanded with a public key or a fingerprint, in any case and without dashes', () => {
		const {publicKey} = notary('Bank A');
		const fingerprint = fingerprintOf(publicKey);
		for (const signer of [publicKey, publicKey.toUpperCase(), fingerprint, fingerprint.replaceAll('-', '')])
			expect(verifyJournal(signed, {signer})).toMatchObject({ok: true});
		expect(verifyJournal(signed, {signer: '0'.repeat(64)})).toMatchObject({ok: false, divergence: {line: 14, field: 'trailer'}});
		expect(verifyJournal(whole, {signer: publicKey})).toMatchObject({ok: false, divergence: {line: 14, field: 'trailer'}});
		expect(verifyJournal(toyJournal([3, 7], false), {signer: publicKey, allowUnfinished: true}).ok).toBe(false);
	});

	test('does not fit another journal, another name, another key or another byte', () => {
		const other = toyJournal([3, 7, 4, 6]);
		expect(verifyJournal(Buffer.concat([other, trailer]))).toMatchObject({ok: false, signedBy: null, divergence: {field: 'trailer'}});
		const change = (from: string, to: string) => Buffer.from(trailer.toString('utf8').replace(from, to));
		const another = Buffer.from(notarise(otherNotary, {head, entries})).toString('utf8');
		for (const line of [
			change('Bank A', 'Bank B'),
			change(notary('Bank A').publicKey, otherNotary.publicKey),
			change('"entries":13', '"entries":12'),
			change('notary"', 'notarx"'),
			change('"entries"', '"aside":1,"entries"'),
			Buffer.from(another.replace(otherNotary.publicKey, notary('Bank A').publicKey)),
		])
			expect(verifyJournal(Buffer.concat([whole, line]))).toMatchObject({ok: false, signedBy: null, divergence: {line: 14}});
		fc.assert(
			fc.property(fc.nat(trailer.length - 1), fc.integer({min: 1, max: 255}), (position, bits) => {
				const changed = Buffer.from(trailer);
				changed[position] = changed[position]! ^ bits;
				expect(verifyJournal(Buffer.concat([whole, changed]))).toMatchObject({ok: false, signedBy: null});
			}),
		);
	});

	test('a public key that is no point of the curve is an answer, not an error', () => {
		const line = trailer.toString('utf8').replace(notary('Bank A').publicKey, 'ff'.repeat(32));
		expect(verifyJournal(Buffer.concat([whole, Buffer.from(line)]))).toMatchObject({ok: false, divergence: {line: 14, field: 'trailer'}});
	});

	test.each(['{"seq":13}', '{"trailer":1}', '{"trailer":{}}', '{"trailer":{},"x":1}', '{ "trailer":{}}'])('%s is not one', line => {
		expect(verifyJournal(Buffer.concat([whole, Buffer.from(`${line}\n`)]))).toMatchObject({ok: false, divergence: {line: 14}});
	});
});

describe('files that are no journal', () => {
	test.each([
		['empty', Buffer.alloc(0), 'The file is empty.'],
		['a newline', Buffer.from('\n'), 'This line is not JSON.'],
		['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0xff, 0xfe, 10, 0, 1]), 'This line is not UTF-8 text.'],
		['binary without a newline', Buffer.alloc(5000, 0xff), 'The file holds no whole line of a journal.'],
		['other JSON', Buffer.from('{"name":"x"}\n'), 'Line 1 of a save is open and holds its format; this line does not.'],
		[
			'a future format',
			Buffer.from('{"payload":{"audience":"public","format":"quorum-call/2"}}\n'),
			'Another version of the program wrote it',
		],
		['a huge line', Buffer.concat([Buffer.alloc(17 * 1024 * 1024, 0x61), Buffer.from('\n')]), 'This line is longer than 16 MiB'],
	])('%s', (_, bytes, message) => {
		const report = verifyJournal(bytes, checks);
		expect(report).toMatchObject({ok: false, entries: 0, reexecuted: false, divergence: {line: 1}});
		expect(report.divergence?.message).toContain(message);
	});

	test('random bytes never throw', () => {
		fc.assert(fc.property(fc.uint8Array({maxLength: 300}), bytes => verifyJournal(bytes, checks).ok === false));
	});

	test('a copy of a damaged or torn journal is refused', () => {
		expect(() => redact(whole.subarray(0, -1), () => true)).toThrow('line 13: The last line has no newline');
		expect(() => redact(whole.subarray(1), () => true)).toThrow(/^line 1:\d+: This line is not JSON/);
		expect(() => redact(Buffer.alloc(0), () => true)).toThrow('The journal is empty.');
	});
});

test('long payloads verify', () => {
	const payloads = [...opening(), {audience: 'public', type: 'text', text: 'ä€😀'.repeat(400_000)}, {audience: 'public', type: 'closed'}];
	expect(verifyJournal(journalOf(payloads)).ok).toBe(true);
});
