import {createHash, createHmac} from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {extend, GENESIS, lineText, startChain} from '../../source/journal/chain.js';
import {add, opening, SEED, toyPayloads} from './toy-game.js';

const sha256 = (...parts: (Buffer | string)[]) =>
	createHash('sha256')
		.update(Buffer.concat(parts.map(part => Buffer.from(part as string))))
		.digest();

describe('the construction', () => {
	test('equals DESIGN section 6, computed here step by step', () => {
		const payloads = toyPayloads([10, 5]);
		const {lines, chain} = extend(startChain(SEED), payloads);
		const key = createHmac('sha256', SEED).update('quorum-call/1/salt').digest();
		const commitTag = sha256('quorum-call/1/commit');
		const lineTag = sha256('quorum-call/1/line');
		let prev = Buffer.alloc(32);
		for (const [index, payload] of payloads.entries()) {
			const number = Buffer.from(index.toString(16).padStart(16, '0'), 'hex');
			const body = Buffer.from(canonicalize(payload)!, 'utf8');
			const salt = createHmac('sha256', key)
				.update(Buffer.concat([number, prev, sha256(body)]))
				.digest();
			const commit = sha256(commitTag, commitTag, salt, body);
			const hash = sha256(lineTag, lineTag, number, prev, commit);
			const [prevHex, commitHex, hashHex, saltHex] = [prev, commit, hash, salt].map(bytes => bytes.toString('hex'));
			expect(lines[index]).toBe(`${canonicalize({seq: index, prev: prevHex, commit: commitHex, hash: hashHex, salt: saltHex, payload})}\n`);
			prev = hash;
		}
		expect(chain).toMatchObject({head: prev.toString('hex'), entries: payloads.length, closed: true});
	});

	test('the vector: one seed, one first line, fixed for ever', () => {
		const {lines} = extend(startChain('test'), [{audience: 'public', format: 'quorum-call/1'}]);
		expect(lines[0]).toMatchInlineSnapshot(`
			"{"commit":"2be1bbcf7abadfb0c663cd5c9756c6b7c1decb93cde3e64d079fa6028246052d","hash":"66d4d7e596b19c56b427030dc936ee5794633733a92f6979664ef2d00fcf3d2b","payload":{"audience":"public","format":"quorum-call/1"},"prev":"0000000000000000000000000000000000000000000000000000000000000000","salt":"e12376d6b764af37acba0e09736bcd6872a801954861492f07d6ead4a48844d8","seq":0}
			"
		`);
	});

	test('a line of our own writing is the canonical JSON of its entry, open and withheld', () => {
		fc.assert(
			fc.property(fc.nat(), fc.dictionary(fc.string({unit: 'grapheme'}), fc.jsonValue({stringUnit: 'grapheme'})), (seq, members) => {
				const hex = sha256(String(seq)).toString('hex');
				const entry = {seq, prev: hex, commit: hex, hash: hex};
				const payload = {...members, audience: 'public'};
				expect(lineText(entry, undefined)).toBe(canonicalize(entry));
				expect(lineText({...entry, salt: hex}, canonicalize(payload))).toBe(canonicalize({...entry, salt: hex, payload}));
			}),
		);
	});

	test('equal seeds give equal heads, at once or in pieces; another seed another head', () => {
		const payloads = toyPayloads([1, 2, 3]);
		const whole = extend(startChain(SEED), payloads);
		let chain = startChain(SEED);
		for (const payload of payloads) chain = extend(chain, [payload]).chain;
		expect(chain).toEqual(whole.chain);
		const other = extend(startChain('another'), opening('another'));
		expect(other.chain.head).not.toBe(extend(startChain(SEED), opening()).chain.head);
		expect(startChain(SEED).head).toBe(GENESIS);
	});

	test('equal payloads have different salts and commits at each place', () => {
		const {lines} = extend(startChain(SEED), [...opening(), add(1), add(1)]);
		const [left, right] = lines.slice(2).map(line => JSON.parse(line));
		expect(left.payload).toEqual(right.payload);
		expect(left.salt).not.toBe(right.salt);
		expect(left.commit).not.toBe(right.commit);
	});
});

describe('what may stand where', () => {
	const started = extend(startChain(SEED), opening()).chain;
	test.each([
		['no format in line 0', startChain(SEED), [{audience: 'public'}], 'line 1: Line 0 holds the format, "quorum-call/1".'],
		['another seed in line 1', startChain('other'), opening(), 'line 2: Line 1 holds the seed of its salts.'],
		['no audience', started, [JSON.parse('{"type":"move"}')], 'line 3: A payload is an object with an audience.'],
		['a list', started, [JSON.parse('[]')], 'line 3: A payload is an object with an audience.'],
		['after the end', started, [{audience: 'public', type: 'closed'}, add(1)], 'line 4: Nothing can follow the closing entry.'],
		['huge', started, [{audience: 'public', text: 'x'.repeat(17 * 1024 * 1024)}], 'line 3: This entry is longer than 16 MiB.'],
	])('%s is refused', (_, chain, payloads, message) => {
		expect(() => extend(chain, payloads)).toThrow(message);
	});
});
