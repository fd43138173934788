/** What a person can set for the terminal: pure values, their words, and the rules of rebinding keys. The commands layer keeps them. */

import type {Command} from './key-command.js';
import {bindingsOf, type Context, contexts, type Keymap, keyName, type Preset, presets, rebound, typingContexts} from './keymap.js';
import {type Palette, type Theme, themeOf} from './theme.js';

/** What a terminal can draw. */
export interface Abilities {
	readonly colour: boolean;
	/** 24 bits a colour. */
	readonly trueColour: boolean;
	readonly unicode: boolean;
}

export const themeNames = ['sixteen', 'okabe-ito', 'high-contrast', 'mono'] as const satisfies readonly Palette[];
export const animations = ['off', 'slow', 'normal', 'fast'] as const;
export const explanations = ['words', 'equations', 'full'] as const;
export const tipModes = ['first', 'always', 'off'] as const;
/** Keys that no text and no other screen needs. */
export const facilitatorKeys = ['ctrl+f', 'ctrl+g', 'ctrl+t', 'ctrl+y', 'meta+f'] as const;
export const presetNames = Object.keys(presets) as readonly Preset[];

export interface Settings {
	readonly theme: (typeof themeNames)[number];
	/** Draw with ASCII even where the terminal can do more. */
	readonly ascii: boolean;
	/** How fast the messages of a ceremony follow one another. */
	readonly animation: (typeof animations)[number];
	/** How much of the mathematics is told unasked: words, equations with shortened numbers, or every digit. */
	readonly explanation: (typeof explanations)[number];
	readonly keys: Preset;
	/** Own keys: a command's letter in every context that has the command. */
	readonly bindings: Readonly<Partial<Record<Command, string>>>;
	/** When tips are shown: until a first game was played to its end, always, or never. */
	readonly tips: (typeof tipModes)[number];
	/** Lines to be read aloud in the place of screens, from the next start. */
	readonly screenReader: boolean;
	/** The key with which the facilitator of a drill takes the screen; no footer tells it. */
	readonly facilitator: (typeof facilitatorKeys)[number];
}

export const defaultSettings: Settings = {
	theme: 'sixteen',
	ascii: false,
	animation: 'normal',
	explanation: 'equations',
	keys: 'vi',
	bindings: {},
	tips: 'first',
	screenReader: false,
	facilitator: 'ctrl+f',
};

/** Whether a game explains itself: its messages wait one by one, and screens say what their keys do. */
export function hasTips({tips}: Pick<Settings, 'tips'>, isFirstGame: boolean): boolean {
	return tips === 'always' || (tips === 'first' && isFirstGame);
}

/** Messages a second; nothing where messages don't move. */
export function pace({animation}: Pick<Settings, 'animation'>): number | undefined {
	return {off: undefined, slow: 0.7, normal: 1.7, fast: 5}[animation];
}

const maps = new Map<string, Keymap>();

/** The keys that are in force; the same object for the same settings. */
export function keymapOf({keys, bindings}: Pick<Settings, 'keys' | 'bindings'>): Keymap {
	const own = Object.entries(bindings);
	if (own.length === 0) return presets[keys];
	const name = `${keys} ${own.map(entry => entry.join('=')).join(' ')}`;
	const map = maps.get(name) ?? rebound(presets[keys], bindings);
	maps.set(name, map);
	return map;
}

/** The theme that is in force on a terminal. */
export function themeFor({theme, ascii}: Pick<Settings, 'theme' | 'ascii'>, abilities: Abilities): Theme {
	const palette: Palette = !abilities.colour ? 'none' : theme === 'okabe-ito' && !abilities.trueColour ? 'okabe-ito-256' : theme;
	return themeOf(palette, ascii || !abilities.unicode);
}

/** Settings with one choice: what a row of the settings screen changes. */
type Chosen = Exclude<keyof Settings, 'bindings'>;

export interface Choice {
	readonly name: Chosen;
	readonly title: string;
	readonly values: readonly (string | boolean)[];
	/** What each value means. */
	readonly words: Readonly<Record<string, string>>;
}

export const choices: readonly Choice[] = [
	{
		name: 'theme',
		title: 'Colours',
		values: themeNames,
		words: {
			sixteen: "the terminal's own sixteen colours",
			'okabe-ito': 'a palette that colour-blind readers tell apart',
			'high-contrast': 'bright on dark, nothing faint, the cursor inverse',
			mono: 'no colour: weight and underline alone',
		},
	},
	{
		name: 'ascii',
		title: 'Glyphs',
		values: [false, true],
		words: {false: 'lines and arrows where the terminal can', true: 'ASCII alone'},
	},
	{
		name: 'animation',
		title: 'Messages move',
		values: animations,
		words: {
			off: 'not at all: a ceremony is shown whole',
			slow: 'one every second and a half',
			normal: 'a little more than one a second',
			fast: 'five a second',
		},
	},
	{
		name: 'explanation',
		title: 'Explanation',
		values: explanations,
		words: {
			words: 'in words; a key opens the equation',
			equations: 'words and equations with shortened numbers',
			full: 'words and equations with every digit',
		},
	},
	{
		name: 'keys',
		title: 'Keys',
		values: presetNames,
		words: {vi: 'arrows, and h j k l as well', arrows: 'arrows alone: h j k l are free for moves'},
	},
	{
		name: 'tips',
		title: 'Tips',
		values: tipModes,
		words: {first: 'until a game was played to its end', always: 'in every game', off: 'never'},
	},
	{
		name: 'screenReader',
		title: 'Screen reader',
		values: [false, true],
		words: {false: 'screens', true: 'lines to be read aloud, from the next start'},
	},
	{
		name: 'facilitator',
		title: 'Facilitator',
		values: facilitatorKeys,
		words: Object.fromEntries(facilitatorKeys.map(key => [key, "the key with which a drill's facilitator takes the screen"])),
	},
];

/** Settings with the next value of a choice, or the one before. */
export function turned(settings: Settings, {name, values}: Choice, by: 1 | -1): Settings {
	const at = values.indexOf(settings[name]);
	return {...settings, [name]: values[(at + by + values.length) % values.length]};
}

/** Commands whose key can be chosen, with the words and the contexts they have. */
export function rebindable(): readonly {readonly command: Command; readonly words: string; readonly where: readonly Context[]}[] {
	const fixed: ReadonlySet<Command> = new Set(['leave', 'pick', 'help', 'complete', 'switch-side', 'sit-operators', 'sit-attackers']);
	const found = new Map<Command, {words: string; where: Context[]}>();
	for (const context of contexts) {
		if (typingContexts.has(context)) continue;
		for (const {command, words} of bindingsOf(context)) {
			if (fixed.has(command)) continue;
			const known = found.get(command);
			if (known) known.where.push(context);
			else found.set(command, {words, where: [context]});
		}
	}
	return [...found].map(([command, {words, where}]) => ({command, words, where}));
}

/** Why a key can't be given to a command: a sentence; nothing where it can. */
export function conflictOf(map: Keymap, command: Command, key: string): string | undefined {
	if (!/^[!-~]$/.test(key) || /^[1-9?]$/.test(key))
		return `${keyName(key)} has its fixed place. Take a letter or a sign; digits pick parties, and ? explains.`;
	for (const context of contexts) {
		if (typingContexts.has(context)) continue;
		const bindings = bindingsOf(context, map);
		if (!bindings.some(binding => binding.command === command)) continue;
		const other = bindings.find(binding => binding.command !== command && binding.keys.includes(key));
		if (other) return `${keyName(key)} is taken: it means "${other.words}" there. Give that another key first.`;
	}
	return undefined;
}

/** Own keys as text, and back: `end-turn=x why=w`. Entries that make no sense are left out. */
export function bindingsFrom(value: unknown, map: Keymap): Settings['bindings'] {
	if (typeof value !== 'object' || value === null) return {};
	const known = new Set(rebindable().map(({command}) => command));
	const bindings: Partial<Record<Command, string>> = {};
	for (const [command, key] of Object.entries(value)) {
		if (typeof key !== 'string' || !known.has(command as Command)) continue;
		if (conflictOf(map, command as Command, key) === undefined) bindings[command as Command] = key;
	}
	return bindings;
}

const isOneOf = <T>(values: readonly T[], value: unknown): value is T => values.includes(value as T);

/** Settings from what was kept: whatever does not fit is named and left at its default. */
export function settingsFrom(kept: Readonly<Record<string, unknown>>): {readonly settings: Settings; readonly refused: readonly string[]} {
	const refused: string[] = [];
	let settings = defaultSettings;
	for (const {name, values} of choices) {
		const value = kept[name];
		if (value === undefined) continue;
		if (isOneOf(values, value)) settings = {...settings, [name]: value};
		else refused.push(name);
	}
	const bindings = bindingsFrom(kept.bindings, presets[settings.keys]);
	if (kept.bindings !== undefined && Object.keys(bindings).length !== Object.keys(Object(kept.bindings)).length) refused.push('bindings');
	return {settings: {...settings, bindings}, refused};
}
