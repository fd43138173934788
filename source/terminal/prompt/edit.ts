/** Editing one line of text: pure functions over the text and the place of the cursor. */
import {charactersOf, clean} from '../text.js';

/** `caret` counts characters before the cursor, as a reader counts them. */
export interface Edit {
	readonly text: string;
	readonly caret: number;
}

export const emptyEdit: Edit = {text: '', caret: 0};

/** A line with the cursor at its end. */
export function editOf(text: string): Edit {
	return edited(emptyEdit, {type: 'insert', text});
}

/** A line with a pasted text in it, and what has to be said of that: line breaks become spaces, and what is too long is cut. */
export function pasted(edit: Edit, text: string): {readonly edit: Edit; readonly notice?: string} {
	// A book is not taken apart to its last character.
	const whole = charactersOf(clean(text.trimEnd().slice(0, longest * 50)));
	const room = longest - charactersOf(edit.text).length;
	const next = edited(edit, {type: 'insert', text: whole.slice(0, room).join('')});
	if (whole.length <= room) return {edit: next};
	return {edit: next, notice: `A line holds ${longest} characters: what was pasted beyond that is left out.`};
}

export type EditAction =
	| {readonly type: 'insert'; readonly text: string}
	| {readonly type: 'erase' | 'erase-forward' | 'erase-word' | 'erase-line' | 'left' | 'right' | 'first' | 'last'};

/** Longer lines are cut: no move needs more, and a pasted book should not stall the screen. */
const longest = 2000;

export function edited(edit: Edit, action: EditAction): Edit {
	const characters = charactersOf(edit.text);
	const {caret} = edit;
	const before = characters.slice(0, caret);
	const after = characters.slice(caret);
	switch (action.type) {
		case 'insert': {
			const inserted = charactersOf(clean(action.text)).slice(0, Math.max(0, longest - characters.length));
			// A mark that is typed after its letter joins it.
			const start = [...before, ...inserted].join('');
			return {text: start + after.join(''), caret: charactersOf(start).length};
		}
		case 'erase':
			return caret === 0 ? edit : {text: [...before.slice(0, -1), ...after].join(''), caret: caret - 1};
		case 'erase-forward':
			return {text: [...before, ...after.slice(1)].join(''), caret};
		case 'erase-word': {
			const kept = before.join('').replace(/\S+\s*$/u, '');
			return {text: kept + after.join(''), caret: charactersOf(kept).length};
		}
		case 'erase-line':
			return emptyEdit;
		case 'left':
			return {...edit, caret: Math.max(0, caret - 1)};
		case 'right':
			return {...edit, caret: Math.min(characters.length, caret + 1)};
		case 'first':
			return {...edit, caret: 0};
		case 'last':
			return {...edit, caret: characters.length};
	}
}

const commands: ReadonlySet<string> = new Set(['erase', 'erase-forward', 'erase-word', 'erase-line', 'left', 'right', 'first', 'last']);

/** The edit that a command or a typed text makes; undefined when it makes none. */
export function editFor(edit: Edit, command: string | undefined, typed: string | undefined): Edit | undefined {
	if (command !== undefined) return commands.has(command) ? edited(edit, {type: command} as EditAction) : undefined;
	return typed === undefined ? undefined : edited(edit, {type: 'insert', text: typed});
}

/** The text that all completions begin with. */
export function commonStart(texts: readonly string[]): string {
	let start = texts[0] ?? '';
	for (const text of texts) while (!text.startsWith(start)) start = start.slice(0, -1);
	return start;
}

/** Earlier lines, walked with Up and Down. `at` is undefined on the line being typed, which is kept in `typed`. */
export interface Recall {
	readonly at?: number;
	readonly typed: string;
}

/** One step back (-1) or forth (1) in the history; the line to show with it. */
export function recalled(
	history: readonly string[],
	recall: Recall,
	by: -1 | 1,
	current: string,
): {readonly recall: Recall; readonly line: string} {
	const typed = recall.at === undefined ? current : recall.typed;
	const at = (recall.at ?? history.length) + by;
	if (at >= history.length) return {recall: {typed}, line: typed};
	const held = Math.max(0, at);
	return {recall: {at: held, typed}, line: history[held] ?? current};
}
