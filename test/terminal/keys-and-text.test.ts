import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {readEnvironment} from '../../source/terminal/environment.js';
import {beside, cell, clipped, heading, lineWidth, plainText, span, spread} from '../../source/terminal/lines.js';
import {windowOf} from '../../source/terminal/list.js';
import {share} from '../../source/terminal/screens/layout.js';
import {type InkKey, splitKeys} from '../../source/terminal/split-keys.js';
import {clean, pad, sentence, shortHex, truncate, widthOf, wrap} from '../../source/terminal/text.js';
import {themeOf} from '../../source/terminal/theme.js';

const none: InkKey = {};

describe('splitKeys', () => {
	const names = (input: string, key: InkKey = none) => splitKeys(input, key).map(({name}) => name);

	test('takes a burst apart, with the keys that hide in it', () => {
		expect(names('ab\tc\r')).toEqual(['a', 'b', 'tab', 'c', 'enter']);
		expect(names('x\u0003')).toEqual(['x', 'ctrl+c']);
		expect(names('a\r\nb')).toEqual(['a', 'enter', 'b']);
		expect(names('\u007f\u001b')).toEqual(['backspace', 'esc']);
	});

	test('keeps composed characters together and inserts them as they are', () => {
		expect(splitKeys('e\u0301👩‍🚀', none)).toEqual([
			{name: 'e\u0301', text: 'e\u0301'},
			{name: '👩‍🚀', text: '👩‍🚀'},
		]);
		expect(splitKeys(' ', none)).toEqual([{name: 'space', text: ' '}]);
	});

	test('names keys that Ink has recognised', () => {
		expect(names('', {upArrow: true})).toEqual(['up']);
		expect(names('', {tab: true, shift: true})).toEqual(['shift+tab']);
		expect(names('c', {ctrl: true})).toEqual(['ctrl+c']);
		expect(names('', {return: true})).toEqual(['enter']);
	});

	test('ignores releases of keys', () => {
		expect(splitKeys('a', {eventType: 'release'})).toEqual([]);
	});
});

/** Characters that could move the cursor, change modes or reorder text. */
const unsafe = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b]/u;

describe('text from outside', () => {
	test('loses escape sequences and controls, and keeps its words', () => {
		expect(clean('\u001b[31mred\u001b[0m \u001b]0;title\u0007and\tmore\r\nlines')).toBe('red and more lines');
		expect(clean('a\u202eb\u200bc\u009bd\u0000e')).not.toMatch(unsafe);
		expect(clean('a\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\')).toBe('alink');
	});

	test('never reaches the screen with a control, whatever it is', () => {
		fc.assert(
			fc.property(fc.string({unit: 'binary', maxLength: 60}), fc.integer({min: 1, max: 40}), (text, width) => {
				for (const line of [clean(text), truncate(text, width), pad(text, width), ...wrap(text, width)]) expect(line).not.toMatch(unsafe);
				expect(widthOf(truncate(text, width))).toBeLessThanOrEqual(width);
			}),
		);
	});

	test('fills columns by display width', () => {
		expect(pad('日本', 6)).toBe('日本  ');
		expect(truncate('日本語です', 6)).toBe('日本..');
		expect(widthOf(pad('éclair', 9))).toBe(9);
		expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
		expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
		expect(wrap('a\n\nb', 5)).toEqual(['a', '', 'b']);
	});

	test('wraps every text into lines that fit and lose no word', () => {
		fc.assert(
			fc.property(fc.array(fc.stringMatching(/^[a-z日é]{1,12}$/), {maxLength: 12}), fc.integer({min: 2, max: 20}), (words, width) => {
				const lines = wrap(words.join(' '), width);
				for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
				expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
			}),
		);
	});

	test('shortens hex with both ends, and makes phrases sentences', () => {
		expect(shortHex('10c4aabbccdde7b5')).toBe('10c4..e7b5');
		expect(shortHex('abcd')).toBe('abcd');
		expect(sentence('needs two approvals')).toBe('Needs two approvals.');
		expect(sentence('done.', false)).toBe('done.');
	});
});

describe('lines', () => {
	const theme = themeOf('none', true);

	test('cells keep a column free, so that neighbours never touch', () => {
		expect(cell('coordinator', 8).text).toBe('coord.. ');
		expect(cell('ada', 5, 'good')).toEqual({text: 'ada  ', role: 'good'});
	});

	test('a clipped line keeps its roles', () => {
		expect(clipped([span('abc', 'bad'), span('defgh', 'good')], 6)).toEqual([span('abc', 'bad'), span('d..', 'good')]);
	});

	test('the right part gives way', () => {
		expect(plainText(spread(['left'], ['right'], 12))).toBe('left   right');
		expect(plainText(spread(['left'], ['right'], 9))).toBe('left');
	});

	test('headings show which pane has the keys without colour', () => {
		expect(plainText(heading(theme, 'Inbox', 20))).toBe('-- Inbox -----------');
		expect(plainText(heading(theme, 'Inbox', 20, {focused: true}))).toBe('-[Inbox]------------');
		expect(plainText(heading(theme, 'Inbox', 30, {right: '2 new'}))).toBe('-- Inbox ------------ 2 new --');
	});

	test('panes side by side keep their columns', () => {
		const lines = beside(theme, [['ab'], ['日本']], 5, [['x'], ['y']]);
		expect(lines.map(plainText)).toEqual(['ab   |x', '日本 |y']);
		expect(lines.map(lineWidth)).toEqual([7, 7]);
	});

	test('Unicode glyphs take the columns of the ASCII ones', () => {
		const [plain, fancy] = [themeOf('none', true).glyphs, themeOf('none', false).glyphs];
		for (const name of Object.keys(plain) as Array<keyof typeof plain>)
			expect([...fancy[name]].map(widthOf)).toEqual([...plain[name]].map(widthOf));
	});
});

describe('layout', () => {
	test('a window always holds the cursor and no more than its size', () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: 60}), fc.integer({min: 1, max: 20}), fc.nat(59), (count, size, at) => {
				const cursor = Math.min(at, count - 1);
				const {start, end} = windowOf(count, size, cursor);
				expect(end - start).toBe(Math.min(size, count));
				expect(cursor >= start && cursor < end).toBe(true);
			}),
		);
	});

	test('rows are shared out whole, and never below one', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 4, max: 60}),
				fc.array(fc.record({min: fc.integer({min: 1, max: 6}), want: fc.integer({min: 1, max: 20})}), {minLength: 1, maxLength: 4}),
				(rows, asks) => {
					const given = share(rows, asks, 0);
					expect(given.reduce((sum, value) => sum + value, 0)).toBe(rows);
					for (const value of given) expect(value).toBeGreaterThanOrEqual(1);
				},
			),
		);
	});
});

describe('the environment', () => {
	const streams = {stdin: {isTTY: true}, stdout: {isTTY: true}};

	test('NO_COLOR and TERM=dumb take colour away, FORCE_COLOR gives it back', () => {
		const quiet: NodeJS.ProcessEnv = {TERM: 'xterm', NO_COLOR: '1'};
		expect(readEnvironment(quiet, streams).colour).toBe(false);
		expect(quiet.FORCE_COLOR).toBe('0');
		expect(readEnvironment({TERM: 'xterm', NO_COLOR: '1', FORCE_COLOR: '1'}, streams).colour).toBe(true);
		expect(readEnvironment({TERM: 'xterm', NO_COLOR: ''}, streams).colour).toBe(true);
		expect(readEnvironment({TERM: 'xterm', FORCE_COLOR: '0'}, streams).colour).toBe(false);
		expect(readEnvironment({TERM: 'dumb'}, streams)).toEqual({
			colour: false,
			trueColour: false,
			unicode: false,
			linear: true,
			fullScreen: false,
		});
	});

	test('a locale that is not UTF-8 gets ASCII', () => {
		expect(readEnvironment({TERM: 'xterm', LANG: 'C'}, streams).unicode).toBe(false);
		expect(readEnvironment({TERM: 'xterm', LC_ALL: 'POSIX', LANG: 'C.UTF-8'}, streams).unicode).toBe(false);
		expect(readEnvironment({TERM: 'xterm', LANG: 'de_CH.utf8'}, streams).unicode).toBe(true);
	});

	test('there is no full screen without a terminal on both ends', () => {
		expect(readEnvironment({TERM: 'xterm'}, {stdin: {}, stdout: {isTTY: true}}).fullScreen).toBe(false);
		expect(readEnvironment({TERM: 'xterm'}, streams).fullScreen).toBe(true);
	});

	test('fills in what Ink needs of newer Nodes', async () => {
		readEnvironment({TERM: 'xterm'}, streams);
		const {promise, resolve} = (
			Promise as unknown as {withResolvers<T>(): {promise: Promise<T>; resolve: (value: T) => void}}
		).withResolvers<number>();
		resolve(7);
		expect(await promise).toBe(7);
	});
});
