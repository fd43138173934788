// A branch: the first lines of another save, byte for byte, and from there a game of its own with nonces of its own.
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {EventOf} from '../../source/engine/events.js';
import {writeBranch} from '../../source/journal/branch.js';
import {verifyGame} from '../../source/journal/re-execution.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {make, moves, newGame} from './first-light.js';

let folder = '';
let parent = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'quorum-call-'));
	parent = join(folder, 'parent.jsonl');
	make(newGame({path: parent}), moves).close();
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').slice(0, -1);

/** The line after which the signing is still to be ordered. */
const beforeSigning = () =>
	RecordedGame.load(parent).entries.find(({event}) => event.type === 'move' && event.text.startsWith('sign payroll'))!.line - 1;

const signature = (game: RecordedGame) =>
	game.events.find((event): event is EventOf<'output-made'> => event.type === 'output-made')!.output;

test('keeps the lines before it byte for byte, leaves the other save alone, and verifies', () => {
	const before = readFileSync(parent);
	const line = beforeSigning();
	const path = join(folder, 'again.jsonl');
	writeBranch(parent, {line, name: 'again', to: path});
	expect(linesOf(path).slice(0, line)).toEqual(linesOf(parent).slice(0, line));
	expect(linesOf(path)).toHaveLength(line + 1);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(readFileSync(parent).equals(before)).toBe(true);
	const game = RecordedGame.resume(path);
	expect(game.branches).toMatchObject([{name: 'again', of: 'parent.jsonl', line}]);
	// What was done in the other game can't be taken back in this one.
	expect(game.submit({side: 'operators', text: 'takeback'})).toMatchObject({ok: false});
	make(game, moves.slice(6));
	game.close();
	expect(verifyGame(readFileSync(path))).toMatchObject({ok: true, reexecuted: true, closed: true});

	// The same moves: the same world and key and message, and other nonces.
	const first = RecordedGame.load(parent);
	expect(game.game.deal).toEqual(first.game.deal);
	expect(signature(game).message).toBe(signature(first).message);
	expect(signature(game).signature.slice(0, 64)).not.toBe(signature(first).signature.slice(0, 64));
	expect(game.state.key).toEqual(first.state.key);
});

test('two branches of one line, and a branch of a branch, draw nonces of their own', () => {
	const line = beforeSigning();
	const sign = (from: string, at: number, name: string) => {
		const to = join(folder, `${name}.jsonl`);
		writeBranch(from, {line: at, name, to});
		const game = RecordedGame.resume(to);
		make(game, moves.slice(6, 8));
		game.close();
		return signature(game).signature.slice(0, 64);
	};
	const nonces = [sign(parent, line, 'one'), sign(parent, line, 'two'), sign(join(folder, 'one.jsonl'), line + 1, 'three')];
	expect(new Set(nonces).size).toBe(3);
	expect(verifyGame(readFileSync(join(folder, 'three.jsonl')), {allowUnfinished: true})).toMatchObject({ok: true, reexecuted: true});
});

test('a branch whose line or name is changed does not hold', () => {
	const line = beforeSigning();
	const path = join(folder, 'changed.jsonl');
	writeBranch(parent, {line, name: 'changed', to: path});
	writeFileSync(path, readFileSync(path, 'utf8').replace('"name":"changed"', '"name":"chamged"'));
	expect(verifyGame(readFileSync(path), {allowUnfinished: true})).toMatchObject({ok: false, divergence: {line: line + 1}});
});

test('refuses lines after which no game goes on', () => {
	const line = beforeSigning();
	const to = join(folder, 'refused.jsonl');
	const total = linesOf(parent).length;
	for (const wrong of [0, 1, total, total + 5, RecordedGame.load(parent).entries.findLast(({event}) => event.type === 'ended')!.line])
		expect(() => writeBranch(parent, {line: wrong, name: 'x', to}), String(wrong)).toThrow(/line|move|go on/);
	const inside = RecordedGame.load(parent).entries.find(({event, line: at}) => at > line + 1 && event.type !== 'move')!.line;
	expect(() => writeBranch(parent, {line: inside, name: 'x', to})).toThrow('No move ends with this line');
	expect(() => statSync(to)).toThrow();
});
