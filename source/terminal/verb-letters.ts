/** Letters of moves. They share the board with its commands, so they are given out beside the keymap that is in force. */
import type {Side} from '../engine/view.js';
import {keymap} from './key-bindings.js';
import type {Command} from './key-command.js';
import {bindingsOf, type Keymap, keysFor} from './keymap.js';

/** Letters that verbs ask for first. A side's letters are distinct, and none is a command of the board. */
export const verbLetters: Readonly<Record<Side, Readonly<Record<string, string>>>> = {
	operators: {
		approve: 'a',
		deny: 'd',
		'call-back': 'c',
		sign: 's',
		retry: 'r',
		abort: 'b',
		'discard-nonces': 'x',
		inspect: 'i',
		isolate: 't',
		rejoin: 'y',
		freeze: 'f',
		unfreeze: 'z',
		hold: 'o',
		release: 'g',
		announce: 'w',
		harden: 'p',
		log: 'l',
		review: 'v',
	},
	attackers: {
		phish: 'p',
		bribe: 'b',
		implant: 'i',
		'steal-share': 's',
		'steal-backup': 't',
		'poison-backup': 'o',
		snapshot: 'a',
		'restore-snapshot': 'y',
		drop: 'd',
		delay: 'l',
		eavesdrop: 'v',
		'corrupt-partial': 'c',
		'corrupt-deal': 'f',
		equivocate: 'z',
		'rogue-key': 'g',
		'replay-message': 'r',
		submit: 'w',
		'swap-payload': 'x',
	},
};

/** Verbs that have a key of their own on the board. */
const commandsOfVerbs: Readonly<Record<string, Command>> = {'end-turn': 'end-turn', takeback: 'take-back', note: 'note'};

/**
 * The key of each verb on the board. Verbs without a letter of their own take a free one, of their name if they can; those that are left when
 * all are taken have two keys: the one of the command `more-letters`, then a letter.
 */
export function lettersFor(side: Side, verbs: readonly string[], map: Keymap = keymap): ReadonlyMap<string, string> {
	const letters = new Map<string, string>();
	const taken = new Set<string>(bindingsOf('board', map).flatMap(({keys}) => keys));
	const asking = [...new Set(verbs)].filter(verb => !(verb in commandsOfVerbs));
	for (const verb of asking) {
		const own = verbLetters[side][verb];
		if (own === undefined || taken.has(own)) continue;
		letters.set(verb, own);
		taken.add(own);
	}
	const second = new Set<string>();
	for (const verb of asking) {
		if (letters.has(verb)) continue;
		const free = freeLetter(verb, taken);
		const after = free === undefined ? freeLetter(verb, second) : undefined;
		if (free !== undefined) {
			letters.set(verb, free);
			taken.add(free);
		} else if (after !== undefined) {
			letters.set(verb, `${secondPrefix(map)}${after}`);
			second.add(after);
		}
	}
	return letters;
}

function freeLetter(verb: string, taken: ReadonlySet<string>): string | undefined {
	return [...verb, ...'abcdefghijklmnopqrstuvwxyz'].find(letter => /[a-z]/.test(letter) && !taken.has(letter));
}

/** The key before the letter of a verb that has two keys. */
export function secondPrefix(map: Keymap): string {
	return keysFor('board', 'more-letters', map)[0] ?? '';
}

/** Verbs that menus leave out, because the board has a key for them. */
export function isCommandVerb(verb: string): boolean {
	return verb in commandsOfVerbs;
}
