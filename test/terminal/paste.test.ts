// What is pasted is text wherever text is typed, and nowhere else anything.
import {afterEach, expect, test} from 'vitest';
import {editOf} from '../../source/terminal/prompt/edit.js';
import {editLine} from '../../source/terminal/prompt/prompt.js';
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
