import {describe, expect, test} from 'vitest';
import {catalogue} from '../../source/engine/catalogue.js';
import {helpLines} from '../../source/terminal/help/help.js';
import {keymap} from '../../source/terminal/key-bindings.js';
import {bindingsOf, type Context, commandOf, footerOf, keyName} from '../../source/terminal/keymap.js';
import {plainText} from '../../source/terminal/lines.js';
import {widthOf} from '../../source/terminal/text.js';
import {themeOf} from '../../source/terminal/theme.js';
import {lettersFor, verbLetters} from '../../source/terminal/verb-letters.js';
import {view} from './fixture.js';

const contexts = Object.keys(keymap) as Context[];
const theme = themeOf('none', true);

describe('the keymap', () => {
	test.each(contexts)('binds no key twice in %s', context => {
		const keys = bindingsOf(context).flatMap(binding => binding.keys);
		expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
	});

	test.each(contexts)('leaves with Ctrl-C from %s', context => {
		expect(commandOf(context, 'ctrl+c')).toBe('leave');
	});

	test.each(contexts)('is told whole, in uncut words, by the help of %s at 80 columns', context => {
		const help = helpLines(context, {width: 80, theme}).map(plainText).join('\n');
		expect(help).not.toContain('..');
		for (const {keys, words} of bindingsOf(context)) {
			for (const word of words.split(' ')) expect(help).toContain(word);
			for (const key of keys) expect(help).toContain(/^\d$/.test(key) ? '1 to 9' : keyName(key));
		}
	});

	test.each(contexts)('has a footer for %s that fits and names only bound keys', context => {
		const footer = footerOf(context, 79);
		expect(widthOf(footer)).toBeLessThanOrEqual(79);
		for (const part of footer.trim().split('   ').filter(Boolean)) {
			const [name] = part.split(' ');
			expect(bindingsOf(context).some(({keys}) => keyName(keys[0] ?? '') === name)).toBe(true);
		}
		if (commandOf(context, '?') === 'help') expect(footer).toContain('? help');
	});
});

describe('letters of moves', () => {
	const commands = new Set(bindingsOf('board').flatMap(({keys}) => keys as readonly string[]));

	test.each(['operators', 'attackers'] as const)('of %s are distinct and no commands of the board', side => {
		const letters = Object.values(verbLetters[side]);
		expect(new Set(letters).size).toBe(letters.length);
		expect(letters.filter(letter => commands.has(letter))).toEqual([]);
	});

	test('go to every verb of a scenario, with a letter of their own name where none is theirs', () => {
		const letters = lettersFor('operators', ['approve', 'sign', 'refresh', 'recover', 'drill']);
		expect(letters.get('approve')).toBe('a');
		expect(letters.get('sign')).toBe('s');
		expect(letters.get('refresh')).toBe('r');
		expect(letters.get('recover')).toBe('c');
		expect(letters.get('drill')).toBe('d');
	});

	test('a verb with a letter of its own keeps it when others are unlocked', () => {
		const before = lettersFor('operators', ['recover', 'refresh']);
		const after = lettersFor('operators', ['recover', 'refresh', 'retry', 'call-back']);
		expect(before.get('refresh')).not.toBe(undefined);
		expect(after.get('retry')).toBe('r');
		expect(after.get('call-back')).toBe('c');
		expect(new Set(after.values()).size).toBe(4);
	});

	test.each(['operators', 'attackers'] as const)('or two keys, so that every verb of the %s has some', side => {
		const verbs = catalogue.filter(verb => verb.side === side).map(({name}) => name);
		const letters = lettersFor(side, verbs);
		expect(verbs.filter(verb => !letters.has(verb) && !['note', 'takeback', 'end-turn'].includes(verb))).toEqual([]);
		expect(new Set(letters.values()).size).toBe(letters.size);
		const first = [...letters.values()].filter(letter => letter.length === 1);
		expect(first).toHaveLength(18);
		for (const letter of letters.values()) expect(letter).toMatch(/^;?[a-z]$/);
	});

	test('leave out verbs that have a key of their own', () => {
		expect(lettersFor('operators', ['end-turn', 'note', 'takeback']).size).toBe(0);
		expect(commandOf('board', 'e')).toBe('end-turn');
		expect(commandOf('board', 'u')).toBe('take-back');
	});

	test('are listed in the board help', () => {
		const moves = [
			...lettersFor(
				'operators',
				view.moves.map(({verb}) => verb),
			),
		].map(([verb, letter]) => [letter, verb] as const);
		const help = helpLines('board', {width: 80, theme, moves}).map(plainText).join('\n');
		for (const [letter, verb] of moves) expect(help).toMatch(new RegExp(`\\b${letter} +${verb}`));
	});
});
