// What is pasted is text wherever text is typed, and nowhere else anything.
import {afterEach, describe, expect, test} from 'vitest';
import {editOf} from '../../source/terminal/prompt/edit.js';
import {editLine} from '../../source/terminal/prompt/prompt.js';
import {Session} from '../../source/terminal/session.js';
import {splitKeys} from '../../source/terminal/split-keys.js';
import {fakeCatalogue, fakePlayer} from './fixture.js';
import {type Frames, frames, keys} from './frames.js';

let shown: Frames | undefined;
afterEach(() => shown?.end());

test('into a note: one line of 2000 characters goes on record, and the rest is said to be left out', async () => {
	const player = fakePlayer();
	shown = await frames(fakeCatalogue(player), {start: player});
	const {press, paste, until} = shown;
	await until('Moves for refill');
	await press('n');
	await until('note:');
	await paste('first\nsecond\u001b[201\u001b[31m\u0007 日本 '.repeat(1000));
	await until('A line holds 2000 characters');
	await press(keys.enter);
	await until('done: (note)');
	expect(player.lines).toHaveLength(1);
	expect(player.lines[0]).toMatch(/^\(note\) first second 日本 first second/);
	expect([...(player.lines[0] ?? '')].length - '(note) '.length).toBeGreaterThan(1990);
	expect(player.lines[0]).toMatch(/^[^\p{Cc}]{0,2007}$/u);
});

test('where nothing takes text it is left out, and the screen says so', async () => {
	const player = fakePlayer();
	shown = await frames(fakeCatalogue(player), {start: player});
	await shown.until('Moves for refill');
	await shown.press('e');
	await shown.until('END TURN');
	await shown.paste('y\ny\n');
	await shown.until('Nothing takes text here: what was pasted is left out.');
	expect(player.lines).toEqual([]);
});

describe('lines that a terminal sends as keys', () => {
	const desk = () => {
		const player = fakePlayer();
		const session = new Session(fakeCatalogue(player), {columns: 80, rows: 24}, player);
		const read = (input: string, at: number) => session.press(splitKeys(input, {}), at);
		const line = () => {
			const top = session.state.stack.at(-1);
			return top && 'edit' in top ? top.edit.text : top?.kind;
		};
		return {player, session, read, line};
	};

	test.each([
		['on the board', ''],
		['in the prompt', ':'],
	])('make no move %s: the first waits to be read, and the others are said to be left out', (_, before) => {
		const {player, session, read, line} = desk();
		if (before) read(before, 0);
		read('call-back refill\rfreeze\rend-turn\r', 1000);
		// The rest of a long paste comes in reads of its own.
		read('inspect party=ada\r', 1010);
		read('\r', 1020);
		expect(player.lines).toEqual([]);
		expect(line()).toBe('call-back refill');
		expect(session.state.notice?.text).toContain('Of 3 pasted lines the first is here');
		read('\r', 2000);
		expect(player.lines).toEqual(['call-back refill']);
	});

	test.each(['freeze\r', 'call-back refill'])('or one line, %j, press no key of the board', input => {
		const {player, read, line} = desk();
		read(input, 0);
		expect([line(), player.lines]).toEqual([input.trim(), []]);
	});

	test('and what is typed, however it is bundled, is typed', () => {
		const {player, read} = desk();
		read('jjk', 0);
		read(':call-back refill\r', 1000);
		read(':deny refill\r:note "gone"\r', 2000);
		expect(player.lines).toEqual(['call-back refill', 'deny refill', 'note "gone"']);
	});
});

test('help, typed where a move is, lists what could be typed', async () => {
	const player = fakePlayer();
	shown = await frames(fakeCatalogue(player), {start: player});
	await shown.until('Moves for refill');
	await shown.press(':', ...'help', keys.enter);
	await shown.until('ALL MOVES');
	expect(player.lines).toEqual([]);
});

test('a long line keeps its cursor in sight at either end', () => {
	const edit = editOf('日本 abc '.repeat(250));
	const at = (caret: number) =>
		editLine({...edit, caret}, 20)
			.map(part => (typeof part === 'string' ? part : part.text))
			.join('|');
	expect(at(0)).toBe('|日|本 abc 日本 abc 日');
	expect(at(3)).toBe('日本 |a|bc 日本 abc 日');
	expect(at(edit.caret)).toBe(' 日本 abc 日本 abc | |');
});
