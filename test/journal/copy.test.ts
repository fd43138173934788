// A seat's own copy of a save: what is sealed in it stays sealed.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {Audience, GameEvent} from '../../source/engine/events.js';
import {commitOf, GENESIS, saltKeyOf, saltOf} from '../../source/journal/chain.js';
import {parseJournal} from '../../source/journal/parse.js';
import {verifyGame} from '../../source/journal/re-execution.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {redact} from '../../source/journal/redact.js';
import {mayRead, type TranscriptSeat} from '../../source/report/transcript.js';

const save = readFileSync('saves/examples/lost-to-shares.jsonl');
const whole = parseJournal(save);
const game = RecordedGame.load(save);
const seats = ['operators', 'attackers', 'public'] as const satisfies readonly TranscriptSeat[];
const copyOf = (seat: TranscriptSeat, bytes: Buffer = save) => redact(bytes, audience => mayRead(seat, audience as Audience));

/** Bytes as somebody might write them down: hex both ways round, base 64 and 10. */
function formsOf(hex: string): string[] {
	const bytes = Buffer.from(hex, 'hex');
	const turned = Buffer.from(bytes).reverse();
	return [bytes, turned].flatMap(each => [
		each.toString('hex'),
		each.toString('hex').toUpperCase(),
		each.toString('base64').replace(/=+$/, ''),
		each.toString('base64url'),
		BigInt(`0x${each.toString('hex')}`).toString(10),
	]);
}

/** Long hex strings anywhere in a value. */
function secretsIn(value: unknown): string[] {
	if (typeof value === 'string') return [...value.matchAll(/[0-9a-f]{64}/g)].map(([hex]) => hex);
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}

describe.each(seats)('the copy of %s', seat => {
	const copy = copyOf(seat);
	const text = copy.toString('utf8');

	test('is authentic, and says how much of it is open', () => {
		const open = whole.entries.filter(({payload, seq}) => seq === 0 || mayRead(seat, payload!.audience as Audience)).length;
		expect(verifyGame(copy)).toMatchObject({ok: true, head: whole.head, withheld: whole.entries.length - open});
	});

	test('holds no seed, scenario text, playbook or deal', () => {
		const {scenario} = game.sealed;
		// The seed of this game is a word of every journal; that of another one is not.
		const other = readFileSync('saves/examples/won-with-care.jsonl');
		const {seed} = RecordedGame.load(other).sealed;
		expect(other.includes(seed)).toBe(true);
		for (const form of [seed, ...formsOf(Buffer.from(seed).toString('hex'))]) expect(copyOf(seat, other).includes(form), form).toBe(false);
		const lines = scenario
			.split('\n')
			.map(line => line.trim())
			.filter(line => /^(world:|attackers:|- when:|deal:)/.test(line) && line.length > 12);
		expect(lines.length).toBeGreaterThan(10);
		for (const line of lines) expect(text.includes(line), line).toBe(false);
	});

	test('holds no share but those that it captured, in no form', () => {
		const captured = game.state.loot.map(({share}) => share);
		const shares = game.events.flatMap(event => (event.type === 'share-stored' ? [event.keyShare.share] : []));
		const hidden = seat === 'attackers' ? shares.filter(share => !captured.includes(share)) : [...shares, ...captured];
		expect(new Set(shares).size).toBe(3);
		for (const form of hidden.flatMap(formsOf)) expect(text.includes(form), form).toBe(false);
	});

	test('holds no line of others: no text, no salt, no hash of it, and no number that stands only there', () => {
		const open = whole.entries.filter(({payload, seq}) => seq === 0 || mayRead(seat, payload!.audience as Audience));
		const known = new Set([...open.flatMap(({payload}) => secretsIn(payload)), ...whole.entries.map(({commit}) => commit)]);
		for (const entry of whole.entries.filter(each => !open.includes(each))) {
			const body = entry.body ?? '';
			const payload = entry.payload as unknown as GameEvent;
			expect(text.includes(body)).toBe(false);
			expect(text.includes(entry.salt!)).toBe(false);
			expect(text.includes(createHash('sha256').update(body).digest('hex'))).toBe(false);
			for (const number of secretsIn(payload))
				if (!known.has(number)) expect(text.includes(number), `line ${entry.seq + 1}: ${number}`).toBe(false);
			if (payload.type === 'move' && payload.text !== 'end-turn')
				expect(text.includes(JSON.stringify(payload.text)), payload.text).toBe(false);
		}
	});
});

/** Tries seeds on a copy, as whoever holds one could: line 1 is open, and its salt follows from the seed. */
function guess(copy: Buffer, seeds: readonly string[]): string | undefined {
	const [first] = parseJournal(copy).entries;
	return seeds.find(seed => saltOf(saltKeyOf(seed), 0, GENESIS, first!.body!) === first!.salt);
}

describe('guessed seeds', () => {
	const seeds = Array.from({length: 1000}, (_, index) => String(index + 1));
	test('a seed that somebody typed is found by who tries it, and line 1 says that it was typed', () => {
		expect(guess(copyOf('operators'), [...seeds, game.sealed.seed])).toBe(game.sealed.seed);
		expect(game.opened.seedWas).toBe('typed');
	});

	test('without the seed a guessed line can not be compared with its commit', () => {
		const copy = copyOf('operators');
		const salts = parseJournal(copy).entries.flatMap(({salt}) => (salt === undefined ? [] : [salt]));
		expect(guess(copy, seeds)).toBeUndefined();
		const sealed = whole.entries.filter(({payload}) => payload?.audience === 'attackers' && payload.type === 'move');
		expect(sealed.length).toBeGreaterThan(5);
		for (const {body, commit} of sealed)
			for (const salt of [...salts, '00'.repeat(32), ...seeds.slice(0, 100).map(seed => saltOf(saltKeyOf(seed), 0, GENESIS, body!))])
				expect(commitOf(salt, body!)).not.toBe(commit);
	});
});
