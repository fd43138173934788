/** Settings: what is chosen is in force at once and is kept. Keys of one's own are chosen on a second list. */
import {bindingsOf, keyName, presets} from '../keymap.js';
import {cell, heading, type Line, span} from '../lines.js';
import {windowOf} from '../list.js';
import {choices, conflictOf, keymapOf, rebindable, type Settings, turned} from '../settings.js';
import {wrap} from '../text.js';
import {bodyRows, frameLines} from './frame.js';
import {type Handler, motionOf, type ScreenProps} from './screen.js';

const ownKeys = 'Keys of your own';

function valueWords({words}: (typeof choices)[number], value: string | boolean): string {
	return words[String(value)] ?? '';
}

export function settingsScreen({screen, state, theme, columns, rows}: ScreenProps<'settings'>): readonly Line[] {
	const {settings} = state;
	const row = (index: number, title: string, value: string, about: string): Line => [
		span(index === screen.cursor ? ' > ' : '   ', 'focus'),
		cell(title, 18, index === screen.cursor ? 'chosen' : undefined),
		cell(value, 17, 'strong'),
		span(about, 'dim'),
	];
	const shown = (value: string | boolean): string => (typeof value === 'boolean' ? (value ? 'on' : 'off') : value);
	const titles: Readonly<Record<string, string>> = {ascii: 'ASCII alone'};
	const count = Object.keys(settings.bindings).length;
	const body: readonly Line[] = [
		[],
		...choices.map((choice, index) =>
			row(index, titles[choice.name] ?? choice.title, shown(settings[choice.name]), valueWords(choice, settings[choice.name])),
		),
		row(choices.length, ownKeys, count === 0 ? 'none' : String(count), 'Enter lists all commands'),
		[],
		heading(theme, 'How it looks', columns),
		[
			'   ',
			span('heading', 'heading'),
			'   ',
			span('focus', 'focus'),
			'   ',
			span('+ up', 'good'),
			'   ',
			span('- dark', 'warn'),
			'   ',
			span('! suspect', 'bad'),
			'   ',
			span('info', 'info'),
			'   ',
			span('dim', 'dim'),
			`   ${theme.glyphs.longArrow} ${theme.glyphs.longLitArrow} ${theme.glyphs.full}${theme.glyphs.empty} ${theme.glyphs.bar}${theme.glyphs.rule}`,
		],
		[],
		...wrap(
			'Every colour has a word or a sign beside it. NO_COLOR in the environment turns all colour off, whatever is chosen here.',
			Math.min(columns, 100) - 6,
		).map((line): Line => ['   ', span(line, 'dim')]),
	];
	return frameLines({state, theme, columns, rows, context: 'settings', title: [span('SETTINGS', 'info'), '   kept on this machine'], body});
}

export const handleSettings: Handler<'settings'> = (desk, screen, command, press) => {
	const cursor = motionOf(command, screen.cursor, choices.length + 1, choices.length);
	if (cursor !== undefined) return desk.set({...screen, cursor});
	if (command === 'back') return desk.pop();
	const choice = choices[screen.cursor];
	if (command === 'next' && !choice) return desk.push({kind: 'keys', cursor: 0});
	if (!choice || (command !== 'next' && command !== 'previous')) return;
	const settings = turned(desk.state.settings, choice, command === 'next' ? 1 : -1);
	if (choice.name === 'keys' && press.name.length === 1 && press.name !== ' ')
		desk.say('info', `${press.name} may mean something else now; the arrows stay.`);
	// Own keys that meet a key of the other preset give way.
	desk.configure(choice.name === 'keys' ? withFittingKeys(settings) : settings);
};

function withFittingKeys(settings: Settings): Settings {
	const fitting = Object.entries(settings.bindings).filter(
		([command, key]) => conflictOf(presets[settings.keys], command as keyof Settings['bindings'], key) === undefined,
	);
	return {...settings, bindings: Object.fromEntries(fitting)};
}

function keysOf(settings: Settings, {command, where}: ReturnType<typeof rebindable>[number]): string {
	const found = bindingsOf(where[0] ?? 'board', keymapOf(settings)).find(binding => binding.command === command);
	return found?.keys.map(keyName).join(' ') ?? '';
}

export function keysScreen({screen, state, theme, columns, rows}: ScreenProps<'keys'>): readonly Line[] {
	const commands = rebindable();
	const size = Math.max(1, bodyRows(state) - 2);
	const {start, end} = windowOf(commands.length, size, screen.cursor);
	const body: readonly Line[] = [
		[],
		[span(`   ${'command'.padEnd(28)}${'keys'.padEnd(24)}where`, 'dim')],
		...commands.slice(start, end).map((entry, index): Line => {
			const isAtCursor = start + index === screen.cursor;
			const isOwn = state.settings.bindings[entry.command] !== undefined;
			return [
				span(isAtCursor ? ' > ' : '   ', 'focus'),
				cell(entry.words, 28, isAtCursor ? 'chosen' : undefined),
				cell(`${keysOf(state.settings, entry)}${isOwn ? ' (own)' : ''}`, 24, isOwn ? 'good' : 'strong'),
				span(entry.where.slice(0, 4).join(', ') + (entry.where.length > 4 ? ` and ${entry.where.length - 4} more` : ''), 'dim'),
			];
		}),
	];
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'keys',
		title: [span('KEYS', 'info'), `   ${screen.cursor + 1} of ${commands.length}`],
		right: [span('arrows, Enter and Esc always stay', 'dim')],
		body,
	});
}

export const handleKeys: Handler<'keys'> = (desk, screen, command) => {
	const commands = rebindable();
	const cursor = motionOf(command, screen.cursor, commands.length, 10);
	if (cursor !== undefined) return desk.set({...screen, cursor});
	if (command === 'back') return desk.pop();
	const entry = commands[screen.cursor];
	if (!entry) return;
	if (command === 'do') return desk.push({kind: 'newKey', command: entry.command, words: entry.words});
	if (command === 'erase') {
		const {[entry.command]: own, ...bindings} = desk.state.settings.bindings;
		if (own === undefined) return desk.say('info', 'This command has its first key.');
		const settings = {...desk.state.settings, bindings};
		// Its first key may belong to another command by now.
		const conflict = bindingsOf(entry.where[0] ?? 'board', presets[settings.keys])
			.find(({command: each}) => each === entry.command)
			?.keys.filter(key => key.length === 1)
			.map(key => conflictOf(keymapOf(settings), entry.command, key))
			.find(found => found !== undefined);
		if (conflict !== undefined) return desk.say('bad', conflict);
		desk.configure(settings);
	}
};

export function newKeyScreen({screen, state, theme, columns, rows}: ScreenProps<'newKey'>): readonly Line[] {
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'newKey',
		title: [span('KEY', 'info'), `   ${screen.words}`],
		body: [[], ['   Press the key that shall mean ', span(`"${screen.words}"`, 'strong'), '. Esc leaves everything as it is.']],
	});
}

export const handleNewKey: Handler<'newKey'> = (desk, screen, command, press) => {
	if (command === 'back') return desk.pop();
	const key = press.name;
	const {settings} = desk.state;
	const conflict = conflictOf(keymapOf(settings), screen.command, key);
	if (conflict !== undefined) return desk.say('bad', conflict);
	desk.pop();
	desk.configure({...settings, bindings: {...settings.bindings, [screen.command]: key}});
	desk.say('good', `${keyName(key)} means "${screen.words}" from now on.`);
};
