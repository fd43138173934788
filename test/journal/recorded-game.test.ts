import {createPublicKey, verify} from 'node:crypto';
import {copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {extend, type OpenedPayload, type Payload, startChain} from '../../source/journal/chain.js';
import {JournalError} from '../../source/journal/journal-error.js';
import {openedPayloads, parseJournal} from '../../source/journal/parse.js';
import {verifyGame} from '../../source/journal/re-execution.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {redact} from '../../source/journal/redact.js';
import {verifyJournal} from '../../source/journal/verify.js';
import {make, moves, newGame} from './first-light.js';

let folder: string;
let path: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'recorded-'));
	path = join(folder, 'game.jsonl');
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** The bytes of a whole, closed game. */
function finished(): Buffer {
	const file = join(folder, 'finished.jsonl');
	if (!existsSync(file)) make(newGame({path: file}), moves).close();
	return readFileSync(file);
}

function payloadsOf(bytes: Uint8Array): OpenedPayload[] {
	return openedPayloads(parseJournal(bytes));
}

/** The journal that somebody with the seed would forge from other payloads: its chain is sound. */
function forged(payloads: readonly Payload[]): Buffer {
	return Buffer.from(extend(startChain('demo'), payloads).lines.join(''));
}

function failure(call: () => unknown): JournalError {
	try {
		call();
	} catch (error) {
		if (error instanceof JournalError) return error;
		throw error;
	}
	return expect.fail('nothing was thrown');
}

describe('a new game', () => {
	test('opens with what everybody may know, and seals the rest', () => {
		const game = newGame({path, roster: [{seat: 'operators', side: 'operators', player: 'person'}]});
		game.close();
		const [opened, sealed, ...rest] = payloadsOf(readFileSync(path));
		expect(rest).toEqual([]);
		expect(opened).toMatchObject({
			type: 'opened',
			audience: 'public',
			format: 'quorum-call/1',
			scenario: {id: 'first-light', title: 'First light', turns: 6, threshold: 2, parties: [{id: 'ada'}, {id: 'ben'}, {id: 'chi'}]},
			suite: 'ed25519',
			seedWas: 'typed',
			worldChosen: true,
			roster: [{player: 'person'}],
		});
		expect(JSON.stringify(opened)).not.toMatch(/demo|liar/);
		expect(sealed).toMatchObject({type: 'sealed', audience: 'keeper', seed: 'demo', world: 'liar', scenarioFile: 'first-light.yaml'});
		expect(sealed?.scenario).toBe(readFileSync('scenarios/first-light.yaml', 'utf8'));
	});

	test('draws 256 random bits where no seed is given, and says that it did', () => {
		const [one, two] = [newGame({seed: undefined}), newGame({seed: undefined})];
		expect(one.sealed.seed).toMatch(/^[0-9a-f]{64}$/);
		expect(one.sealed.seed).not.toBe(two.sealed.seed);
		expect(one.opened.seedWas).toBe('drawn');
	});

	test.each([' ', 'two words', '🜁 ünïcode', 'line\nbreak', '"quotes" \\ and {}', 'x'.repeat(500), '0'])(
		'takes the seed %j as it is',
		seed => {
			const file = make(newGame({seed, path, world: undefined}), moves.slice(0, 2));
			file.close();
			expect(RecordedGame.load(path).sealed.seed).toBe(seed);
			expect(verifyGame(readFileSync(path), {allowUnfinished: true}).ok).toBe(true);
		},
	);

	test('refuses an empty seed and a world that there is not, and leaves no file behind', () => {
		expect(failure(() => newGame({seed: '', path})).message).toContain('The seed is empty');
		expect(failure(() => newGame({world: 'lair', path})).message).toContain('There is no world "lair"');
		expect(existsSync(path)).toBe(false);
	});

	test('has the same head for the same seed, on the disk and in memory, and another for another', () => {
		const [disk, memory, other] = [newGame({path}), newGame(), newGame({seed: 'demo2'})].map(game => make(game, moves));
		expect(disk!.head).toBe(memory!.head);
		expect(other!.head).not.toBe(disk!.head);
		expect(JSON.parse(readFileSync(path, 'utf8').trimEnd().split('\n').at(-1)!).hash).toBe(disk!.head);
		disk!.close();
	});
});

describe('a move', () => {
	test('that is refused leaves the save and the game as they were', () => {
		const game = make(newGame({path}), moves.slice(0, 2));
		const [bytes, state] = [readFileSync(path), game.state];
		for (const [side, text, says] of [
			['operators', 'aprove payroll', 'there is no verb "aprove"'],
			['attackers', 'end-turn', "not the attackers' turn"],
			['operators', 'levitate', 'levitate'],
			['operators', 'approve payroll party=ada', 'needs basis='],
			['operators', `note "half ${'\ud800'}"`, 'half of a character'],
		] as const) {
			const made = game.submit({side, text});
			expect(made).toMatchObject({ok: false, message: expect.stringContaining(says)});
		}
		expect(readFileSync(path).equals(bytes)).toBe(true);
		expect(game.state).toBe(state);
		game.close();
	});

	test('that costs too much is refused with what is left', () => {
		const game = make(newGame(), moves.slice(0, 2));
		make(game, [
			{side: 'operators', text: 'inspect party=ada depth=full'},
			{side: 'operators', text: 'inspect party=ben'},
		]);
		expect(game.submit({side: 'operators', text: 'inspect party=chi'})).toMatchObject({
			ok: false,
			message: expect.stringContaining('costs 1, you have 0'),
		});
	});

	test('is on the disk with all that followed from it, line by line, when submit returns', () => {
		const game = newGame({path});
		let lines = 2;
		for (const move of moves) {
			const made = game.submit(move);
			lines += made.ok ? made.events.length : 0;
			expect(readFileSync(path, 'utf8').split('\n').length - 1).toBe(lines);
		}
		expect(game.entries.at(-1)).toMatchObject({line: lines, event: {type: 'closed'}});
		expect(game.isClosed).toBe(true);
		game.close();
	});

	test('keeps its clock time, and re-execution reads it', () => {
		const game = newGame({path});
		make(game, [{side: 'table', text: 'begin', at: '2031-05-06T07:08:09.000Z'}]);
		game.close();
		expect(payloadsOf(readFileSync(path))[2]).toMatchObject({type: 'move', text: 'begin', at: '2031-05-06T07:08:09.000Z'});
		expect(verifyGame(readFileSync(path), {allowUnfinished: true})).toMatchObject({ok: true, reexecuted: true});
	});

	test('that the disk refuses is not made', () => {
		const game = make(newGame({path}), moves.slice(0, 2));
		const {state} = game;
		writeFileSync(path, '');
		expect(() => game.submit(moves[2]!)).toThrow(/changed the save/);
		expect(game.state).toBe(state);
		game.close();
	});
});

describe('resuming', () => {
	test('at any move gives the state that was left, and plays on to the same end', () => {
		const whole = make(newGame(), moves);
		for (const count of [0, 1, 4, 5, 7, 9, 13]) {
			const file = join(folder, `${count}.jsonl`);
			const left = make(newGame({path: file}), moves.slice(0, count));
			left.close();
			const resumed = RecordedGame.resume(file);
			expect(resumed.mended).toEqual([]);
			expect(resumed.state).toEqual(left.state);
			expect(resumed.events).toEqual(left.events);
			make(resumed, moves.slice(count));
			expect(resumed.head).toBe(whole.head);
			resumed.close();
		}
	});

	test('a save that was cut off anywhere ends at a whole move, and the game plays on to the same end', () => {
		const bytes = finished();
		const whole = make(newGame(), moves);
		const start = bytes.indexOf('\n', bytes.indexOf('\n') + 1) + 1;
		const lines = bytes.toString('latin1').split('\n');
		fc.assert(
			fc.property(fc.integer({min: start, max: bytes.length - lines.at(-2)!.length - 2}), size => {
				writeFileSync(path, bytes.subarray(0, size));
				const resumed = RecordedGame.resume(path);
				const made = resumed.events.filter(({type}) => type === 'move' || type === 'taken-back').length;
				const isTorn = bytes[size - 1] !== 10;
				expect(resumed.mended.some(sentence => sentence.includes('was cut off'))).toBe(isTorn);
				expect(resumed.events).toEqual(whole.events.slice(0, resumed.events.length));
				expect(['move', 'taken-back', undefined]).toContain(whole.events[resumed.events.length]?.type);
				make(resumed, moves.slice(made));
				resumed.close();
				expect(resumed.head).toBe(whole.head);
				expect(readFileSync(path).equals(bytes)).toBe(true);
			}),
			{numRuns: 40},
		);
	});

	test('writes what a crash kept from the disk, and says so', () => {
		make(newGame({path}), moves.slice(0, 7)).close();
		const lines = readFileSync(path, 'utf8').split('\n');
		const whole = readFileSync(path);
		truncateSync(path, Buffer.byteLength(`${lines.slice(0, -2).join('\n')}\n`));
		const resumed = RecordedGame.resume(path);
		resumed.close();
		expect(resumed.mended).toEqual([expect.stringMatching(/^The last move was half written: 1 /)]);
		expect(readFileSync(path).equals(whole)).toBe(true);
	});

	test('is refused for a finished game, a locked one, a copy of a seat and damage, and changes nothing', () => {
		const bytes = finished();
		const refused = (content: Uint8Array): string => {
			writeFileSync(path, content);
			const {message, exitStatus} = failure(() => RecordedGame.resume(path));
			expect(exitStatus).toBe(2);
			expect(readFileSync(path).equals(content)).toBe(true);
			return message;
		};
		expect(refused(bytes)).toContain('This game is finished.');
		expect(refused(redact(bytes, audience => audience === 'public'))).toContain('finished');
		const open = forged(payloadsOf(bytes).slice(0, -3));
		expect(refused(redact(open, audience => audience === 'public'))).toContain("a seat's copy");
		const edited = Buffer.from(open);
		edited[5000] = edited[5000]! ^ 1;
		expect(refused(edited)).toMatch(/game\.jsonl:\d+/);
		expect(refused(Buffer.from('not a save\n'))).toContain('not JSON');
		writeFileSync(path, open);
		const holder = RecordedGame.resume(path);
		expect(failure(() => RecordedGame.resume(path)).message).toContain('is writing this save');
		holder.close();
		expect(RecordedGame.resume(path).close()).toBeUndefined();
	});

	test('is refused where the save makes no game by these rules, with the line', () => {
		const payloads = payloadsOf(finished()).slice(0, -1);
		const refused = (change: (payloads: OpenedPayload[]) => void): string => {
			const changed = structuredClone(payloads);
			change(changed);
			writeFileSync(path, forged(changed));
			return failure(() => RecordedGame.resume(path)).message;
		};
		expect(refused(([first]) => Object.assign(first!, {rules: 99}))).toMatch(/game\.jsonl:1: This game was played by rules 99/);
		expect(refused(([first]) => Object.assign(first!, {suite: 'rsa'}))).toContain('The field suite');
		expect(refused(([, second]) => Object.assign(second!, {scenario: 'format: 2'}))).toMatch(/game\.jsonl:2: The scenario in this line/);
		expect(refused(([, second]) => Object.assign(second!, {world: 'lair'}))).toContain('There is no world "lair"');
		expect(refused(changed => Object.assign(changed.findLast(({type}) => type === 'move')!, {text: 'fly'}))).toContain('refuse "fly"');
		expect(refused(changed => Object.assign(changed.at(-1)!, {extra: 1}))).toContain('re-execution gives nothing (field payload.extra)');
		expect(refused(changed => Object.assign(changed[8]!, {type: 'output-changed', id: 'o9', set: {}}))).toContain('makes no game');
	});
});

describe('reading', () => {
	test('gives the game as it was left, and takes no moves', () => {
		const bytes = finished();
		const played = make(newGame(), moves);
		const read = RecordedGame.load(join(folder, 'finished.jsonl'));
		expect(read.state).toEqual(played.state);
		expect(read.head).toBe(played.head);
		expect(read.isClosed).toBe(true);
		expect(RecordedGame.load(bytes).events).toEqual(played.events);
		writeFileSync(path, forged(payloadsOf(bytes).slice(0, 60)));
		const open = RecordedGame.load(path);
		expect(() => open.submit({side: 'operators', text: 'note "x"'})).toThrow(/opened to be read/);
	});

	test('needs no right to write and takes no lock', () => {
		finished();
		copyFileSync(join(folder, 'finished.jsonl'), path);
		const before = statSync(path).mtimeMs;
		RecordedGame.load(path);
		expect(existsSync(`${path}.lock`)).toBe(false);
		expect(statSync(path).mtimeMs).toBe(before);
	});
});

describe('verification', () => {
	test('holds for what was played, and checks each output', () => {
		expect(verifyGame(finished())).toMatchObject({
			ok: true,
			closed: true,
			reexecuted: true,
			withheld: 0,
			outputs: {checked: 1, valid: 1},
			divergence: null,
		});
	});

	test('a change of any byte names its line', () => {
		const bytes = finished();
		const lineAt = (position: number): number => bytes.subarray(0, position).filter(byte => byte === 10).length + 1;
		const ends = [...bytes.keys()].filter(position => bytes[position] === 10);
		const edges = ends.flatMap(end => [end, end - 1, end + 1]).filter(position => position < bytes.length);
		const step = Math.ceil(edges.length / 150);
		const sampled = [0, bytes.length - 1, ...edges.filter((_, index) => index % step === 0)];
		for (let index = 0; sampled.length < 300; index++) sampled.push((index * 7919 * 31) % bytes.length);
		for (const position of sampled) {
			const changed = Buffer.from(bytes);
			changed[position] = changed[position]! ^ (1 << (position % 7));
			// Each is caught by the bytes of its own line; of some, the whole verification is asked too.
			const {ok, divergence} = position % 10 === 0 ? verifyGame(changed) : verifyJournal(changed);
			expect({position, ok, line: divergence?.line}).toEqual({position, ok: false, line: lineAt(position)});
		}
	});

	test.each<[string, (payloads: OpenedPayload[]) => unknown, RegExp]>([
		['a price', all => Object.assign(all.find(({text}) => text === 'call-back vendor')!, {cost: 0}), /^payload\.cost$/],
		[
			'a basis',
			all => Object.assign(all.find(({type}) => type === 'approved')!.approval as object, {basis: 'callback'}),
			/^payload\.approval\.basis$/,
		],
		['the outcome', all => Object.assign(all.at(-1)!, {outcome: 'attackers'}), /^payload\.outcome$/],
		['a score', all => Object.assign(all.at(-1)!.scores as object, {policy: 1}), /^payload\.scores\.policy$/],
		['a world', all => Object.assign(all[1]!, {world: 'drift'}), /^payload/],
		['the title', all => Object.assign(all[0]!.scenario as object, {title: 'Last light'}), /^payload\.scenario\.title$/],
		['a line left out', all => all.splice(40, 1), /^payload/],
		['a line put in', all => all.splice(-1, 0, {type: 'detected', audience: 'keeper', turn: 1, what: 'everything'}), /^payload/],
		[
			'a move left out',
			all =>
				all.splice(
					all.findIndex(({text}) => text === 'call-back vendor'),
					1,
				),
			/^payload/,
		],
		[
			'another signature',
			all => Object.assign(all.find(({type}) => type === 'output-made')!.output as object, {signature: '00'.repeat(64)}),
			/^payload\.output\.signature$/,
		],
	])('a journal forged with its own seed does not get away with %s', (_, change, field) => {
		const payloads = structuredClone(payloadsOf(finished()));
		change(payloads);
		const {ok, divergence, reexecuted} = verifyGame(forged(payloads));
		expect(ok).toBe(false);
		expect(reexecuted).toBe(false);
		expect(divergence?.field).toMatch(field);
	});

	test('an unfinished game holds only when that is asked for', () => {
		make(newGame({path}), moves.slice(0, 6)).close();
		expect(verifyGame(readFileSync(path))).toMatchObject({ok: false, closed: false, divergence: {field: 'closed'}});
		expect(verifyGame(readFileSync(path), {allowUnfinished: true})).toMatchObject({ok: true, closed: false});
	});

	test('a copy of a seat is checked as far as it is open', () => {
		const copy = redact(finished(), audience => audience === 'public' || audience === 'operators');
		const {ok, withheld, reexecuted, outputs} = verifyGame(copy);
		expect({ok, reexecuted, outputs}).toEqual({ok: true, reexecuted: false, outputs: {checked: 1, valid: 1}});
		expect(withheld).toBeGreaterThan(10);
		expect(copy.includes('"seed"')).toBe(false);
	});

	test('a copy of a seat with another signature does not, although nothing is re-executed', () => {
		const payloads = structuredClone(payloadsOf(finished()));
		const line = payloads.findIndex(({type}) => type === 'output-made');
		Object.assign(payloads[line]!.output as object, {signature: '00'.repeat(64)});
		const {ok, outputs, divergence} = verifyGame(redact(forged(payloads), audience => audience !== 'keeper'));
		expect({ok, outputs}).toEqual({ok: false, outputs: {checked: 1, valid: 0}});
		expect(divergence).toMatchObject({line: line + 1, field: 'payload.output.signature'});
	});

	test('a joint output is an ordinary Ed25519 signature', () => {
		const made = payloadsOf(finished()).find(({type}) => type === 'output-made') as unknown as {
			publicKey: string;
			output: {message: string; signature: string};
		};
		const key = createPublicKey({key: Buffer.from(`302a300506032b6570032100${made.publicKey}`, 'hex'), format: 'der', type: 'spki'});
		const message = Buffer.from(made.output.message, 'hex');
		expect(verify(null, message, key, Buffer.from(made.output.signature, 'hex'))).toBe(true);
		message[0]! ^= 1;
		expect(verify(null, message, key, Buffer.from(made.output.signature, 'hex'))).toBe(false);
	});
});
