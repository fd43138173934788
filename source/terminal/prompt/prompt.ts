/** The prompt: the notation of the move about to run, or the line being typed. */
import {type Line, span, spread} from '../lines.js';
import {charactersOf, take, widthOf} from '../text.js';
import type {Role} from '../theme.js';
import type {Edit} from './edit.js';

/** A line being typed with its cursor, scrolled sideways so that the cursor is in sight. */
export function editLine(edit: Edit, width: number): Line {
	const characters = charactersOf(edit.text);
	const under = characters[edit.caret] ?? ' ';
	let start = Math.min(edit.caret, characters.length);
	let room = width - widthOf(under);
	while (start > 0 && widthOf(characters[start - 1] ?? '') <= room) {
		start -= 1;
		room -= widthOf(characters[start] ?? '');
	}
	const shown = characters.slice(start, edit.caret).join('');
	return [span(shown), span(under, 'caret'), span(take(characters.slice(edit.caret + 1, edit.caret + 1 + width).join(''), room))];
}

export interface PromptProps {
	/** What is shown when nothing is typed. */
	readonly notation: string;
	/** The line being typed. */
	readonly edit?: Edit;
	/** What the prompt asks for: `:` for a move. */
	readonly label: string;
	/** Its price, or why it is refused. */
	readonly note: string;
	readonly noteRole?: Role;
	readonly width: number;
}

export function promptLine({notation, edit, label, note, noteRole, width}: PromptProps): Line {
	const shownLabel = ` ${label} `;
	if (edit) {
		const shownNote = note && widthOf(note) < width / 2 ? note : '';
		return spread(
			[span(shownLabel, 'focus'), ...editLine(edit, width - widthOf(shownLabel) - widthOf(shownNote) - 2)],
			shownNote ? [span(`${shownNote} `, noteRole ?? 'dim')] : [],
			width,
		);
	}
	return spread([span(shownLabel, 'focus'), span(notation, 'strong')], [span(note === '' ? '' : `${note} `, noteRole ?? 'dim')], width);
}
