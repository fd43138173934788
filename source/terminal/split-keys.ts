/**
 * From what Ink reports to single key presses. Fast typing, tmux and slow links deliver several keys in one read: `abc` comes as one
 * input and `ab<Tab>` never as a Tab. Everything the terminal does with keys starts from the presses made here.
 */
import {charactersOf} from './text.js';

/** One key: `name` is what keymaps bind (`a`, `A`, `enter`, `up`, `ctrl+c`); `text` is what a prompt inserts, absent for keys that insert nothing. */
export interface KeyPress {
	readonly name: string;
	readonly text?: string;
}

/** The part of Ink's `Key` that is read here. */
export interface InkKey {
	readonly upArrow?: boolean;
	readonly downArrow?: boolean;
	readonly leftArrow?: boolean;
	readonly rightArrow?: boolean;
	readonly pageDown?: boolean;
	readonly pageUp?: boolean;
	readonly home?: boolean;
	readonly end?: boolean;
	readonly return?: boolean;
	readonly escape?: boolean;
	readonly ctrl?: boolean;
	readonly shift?: boolean;
	readonly tab?: boolean;
	readonly backspace?: boolean;
	readonly delete?: boolean;
	readonly meta?: boolean;
	readonly eventType?: 'press' | 'repeat' | 'release';
}

const named: ReadonlyArray<readonly [keyof InkKey, string]> = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageDown', 'pagedown'],
	['pageUp', 'pageup'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'esc'],
	['tab', 'tab'],
	['backspace', 'backspace'],
	['delete', 'delete'],
];

/** The presses in one input event, in order. */
export function splitKeys(input: string, key: InkKey): KeyPress[] {
	if (key.eventType === 'release') return [];
	const name = named.find(([flag]) => key[flag]);
	if (name) return [{name: key.shift && name[1] === 'tab' ? 'shift+tab' : name[1]}];
	if (key.ctrl) return input === '' ? [] : [{name: `ctrl+${input.toLowerCase()}`}];
	if (key.meta) return input === '' ? [] : [{name: `meta+${input}`}];
	return charactersOf(input.replaceAll('\r\n', '\r')).map(pressOf);
}

function pressOf(character: string): KeyPress {
	const code = character.codePointAt(0) ?? 0;
	if (character === '\r' || character === '\n') return {name: 'enter'};
	if (character === '\t') return {name: 'tab'};
	if (character === '\u001b') return {name: 'esc'};
	if (character === '\u007f' || character === '\b') return {name: 'backspace'};
	if (code < 32) return {name: `ctrl+${String.fromCharCode(code + 96)}`};
	return {name: character === ' ' ? 'space' : character, text: character};
}

/** The text of presses that only write; undefined where one of them does something else. */
export function textOf(presses: readonly KeyPress[]): string | undefined {
	const parts = presses.map(({name, text}) => text ?? (name === 'enter' ? '\n' : name === 'tab' ? '\t' : undefined));
	return parts.every(part => part !== undefined) ? parts.join('') : undefined;
}

/**
 * Whether a text that came in one read was pasted into a terminal that does not tell pastes from keys. Nobody types on behind the end of a line within
 * one read; and where keys are commands, nobody types words, or a whole line.
 * @param takesText whether there is a line to write in
 */
export function isPasted(text: string, takesText: boolean): boolean {
	const lines = text.split('\n').map(line => line.trim());
	// A colon asks for a line, and the line may follow at once.
	const goesOn = lines.slice(1).some(line => line !== '' && !line.startsWith(':'));
	if (goesOn) return lines.some(line => line.length > 1);
	if (takesText || text.startsWith(':')) return false;
	// A key that is held down comes many times in one read.
	return lines.some(line => new Set(line).size > (lines.length > 1 ? 3 : 5) && (lines.length > 1 || line.includes(' ')));
}
