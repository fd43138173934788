/** The keymap that is in force: the table of keys, as a preset or own keys change it; which command a key gives, and what texts call it. */

import {type Binding, keymap} from './key-bindings.js';
import type {Command} from './key-command.js';

export type Context = keyof typeof keymap;

/** What keys do in each context: the one above, or one made from it. */
export type Keymap = Readonly<Record<Context, readonly Binding[]>>;

export const contexts = Object.keys(keymap) as readonly Context[];

/** Contexts in which keys are text: those that edit a line, and the one that takes any key. */
export const typingContexts: ReadonlySet<Context> = new Set([
	'newKey',
	...contexts.filter(context => keymap[context].some(({command}) => command === 'erase-word')),
]);

/** A keymap in which a context's bindings are changed; contexts of text stay as they are. */
function changed(map: Keymap, change: (binding: Binding) => Binding): Keymap {
	return Object.fromEntries(
		contexts.map(context => [context, typingContexts.has(context) ? map[context] : map[context].map(change)]),
	) as unknown as Keymap;
}

const withoutVi = (binding: Binding): Binding => {
	const keys = binding.keys.filter(key => !['h', 'j', 'k', 'l'].includes(key));
	return keys.length === 0 ? binding : {...binding, keys};
};

/** Keymaps to choose from. */
export const presets = {vi: keymap, arrows: changed(keymap, withoutVi)} as const satisfies Record<string, Keymap>;
export type Preset = keyof typeof presets;

const isNamed = (key: string): boolean => key.length > 1;

/** A keymap with own keys: each takes the place of the command's letters; arrows, Enter and Esc stay, so that nobody is locked out. */
export function rebound(map: Keymap, own: Readonly<Partial<Record<Command, string>>>): Keymap {
	return changed(map, binding => {
		const key = own[binding.command];
		return key === undefined ? binding : {...binding, keys: [key, ...binding.keys.filter(isNamed)]};
	});
}

const lookups = new WeakMap<Keymap, Map<Context, ReadonlyMap<string, Command>>>();

/** The command that a key gives in a context, if any. */
export function commandOf(context: Context, key: string, map: Keymap = keymap): Command | undefined {
	const known = lookups.get(map) ?? new Map<Context, ReadonlyMap<string, Command>>();
	lookups.set(map, known);
	let lookup = known.get(context);
	if (!lookup) {
		lookup = new Map(bindingsOf(context, map).flatMap(({command, keys}) => keys.map(name => [name, command] as const)));
		known.set(context, lookup);
	}
	return lookup.get(key);
}

export function bindingsOf(context: Context, map: Keymap = keymap): readonly Binding[] {
	return map[context];
}

const keyNames: Readonly<Record<string, string>> = {
	up: 'Up',
	down: 'Down',
	left: 'Left',
	right: 'Right',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	home: 'Home',
	end: 'End',
	enter: 'Enter',
	esc: 'Esc',
	tab: 'Tab',
	'shift+tab': 'Shift-Tab',
	space: 'Space',
	backspace: 'Backspace',
	delete: 'Delete',
};

/** A key as people call it. */
export function keyName(key: string): string {
	return keyNames[key] ?? (key.startsWith('ctrl+') ? `Ctrl-${key.slice(5).toUpperCase()}` : key);
}

/** The keys of a command in a context, the one that texts name first. */
export function keysFor(context: Context, command: Command, map: Keymap = keymap): readonly string[] {
	return bindingsOf(context, map).find(binding => binding.command === command)?.keys ?? [];
}

/** The key that texts name for a command of a context. */
export function keyFor(context: Context, command: Command, map: Keymap = keymap): string {
	return keyName(keysFor(context, command, map)[0] ?? '');
}

/** The footer of a context in at most `width` columns: help always last, the rest as far as there is room. `words` replaces a binding's words where a screen knows better. */
export function footerOf(
	context: Context,
	width: number,
	words: Readonly<Partial<Record<Command, string>>> = {},
	map: Keymap = keymap,
): string {
	const shown = bindingsOf(context, map).filter(
		({footer, command}) => (footer === 'always' || (footer === 'wide' && width >= 100)) && words[command] !== '',
	);
	const parts = shown.map(({command, keys, words: said}) => `${keyName(keys[0] ?? '')} ${words[command] ?? said}`);
	const last = shown.at(-1)?.command === 'help' ? parts.pop() : undefined;
	while (parts.length > 0 && joined(parts, last).length > width) parts.pop();
	return joined(parts, last);
}

const joined = (parts: readonly string[], last?: string) => ` ${[...parts, ...(last ? [last] : [])].join('   ')}`;
