/** Pasted text: how it is told from pressed keys where the terminal sends both alike, and which screen takes it. */
import {emptyEdit, pasted} from '../prompt/edit.js';
import {isPasted, type KeyPress, textOf} from '../split-keys.js';
import type {DeskState, Notice, Screen} from './screen.js';

/** Milliseconds within which reads belong to one paste: nobody presses Enter behind it as fast. */
const onePaste = 40;

/** Finds what was pasted into a terminal that sends it as keys: pressed, it would make moves unseen. */
export class PasteWatch {
	/** When a text that came as keys was taken for pasted: a long one comes in several reads. */
	#pastedAt = Number.NEGATIVE_INFINITY;

	/**
	 * The text of a read that was pasted; undefined where keys were pressed.
	 * @param at milliseconds on a clock that never goes back
	 */
	textIn(presses: readonly KeyPress[], at: number, top: Screen | undefined): {readonly text: string; readonly goesOn: boolean} | undefined {
		const text = textOf(presses);
		const goesOn = at - this.#pastedAt < onePaste;
		if (text === undefined || !(goesOn || isPasted(text, top !== undefined && 'edit' in top))) return undefined;
		this.#pastedAt = at;
		return {text, goesOn};
	}
}

/**
 * What becomes of the desk: the text goes into the line being typed, or the board opens the prompt with it; elsewhere it is left out.
 * @param goesOn the rest of a long paste: where a move is typed, its first line is there already
 */
export function afterPaste({stack}: Pick<DeskState, 'stack'>, text: string, goesOn = false): Partial<DeskState> {
	const top = stack.at(-1);
	if (!top) return {};
	const lines = text.split(/[\r\n]+/).filter(line => line.trim() !== '');
	// A text in quotes may have several lines.
	const isQuoted = (lines[0]?.split('"').length ?? 1) % 2 === 0;
	const isMove = !isQuoted && (top.kind === 'board' || top.kind === 'prompt' || top.kind === 'facilitatorLine');
	if (isMove && goesOn) return {};
	const {edit, notice} = pasted('edit' in top ? top.edit : emptyEdit, isMove ? (lines[0] ?? '').replace(/^\s*:/, '') : text);
	const said: Partial<DeskState> =
		isMove && lines.length > 1
			? {notice: info(`Of ${lines.length} pasted lines the first is here, and nothing was done: a move is one line, and Enter does it.`)}
			: notice === undefined
				? {}
				: {notice: info(notice)};
	if (top.kind === 'board') return {stack: [...stack, {kind: 'prompt', edit, recall: {typed: ''}}], ...said};
	if ('edit' in top) return {stack: [...stack.slice(0, -1), {...top, edit}], ...said};
	return {notice: info('Nothing takes text here: what was pasted is left out.')};
}

const info = (text: string): Notice => ({tone: 'info', text});
