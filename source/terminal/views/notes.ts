/** Notes on record and the moves of this turn. */
import type {SeatView} from '../../engine/view.js';
import {keyFor} from '../keymap.js';
import {cell, type Line, span} from '../lines.js';
import {dim, type Laid, labelled, section, sign, type ViewProps, words} from './laid.js';

/** Notes as the view lists them, newest first. */
export function notesInView(view: SeatView): SeatView['notes'] {
	return [...view.notes].reverse();
}

export function notesView({view, cursor, width, theme, keys}: ViewProps): Laid {
	const key = keyFor('pane', 'note', keys);
	const notes = notesInView(view);
	const note = notes[cursor];
	const made =
		view.made.length === 0
			? [dim('none yet')]
			: view.made.map(
					({text, cost, queued}): Line => [
						'  ',
						span(text, 'strong'),
						span(`   cost ${cost}${queued ? ', runs when the turn ends' : ''}`, 'dim'),
					],
				);
	return {
		listTitle: 'Notes, newest first',
		list: notes.map(({turn, text, suspect}, index) => [
			sign(index === cursor),
			cell(`t${turn}`, 4),
			...(suspect === undefined ? [] : [span(`suspects ${suspect}  `, 'warn')]),
			span(text, index === cursor ? 'chosen' : undefined),
		]),
		items: notes.map((_, index) => index),
		title: note ? `Note of turn ${note.turn}` : 'Notes',
		lines: [
			...(note
				? [
						...words(note.text, width, 2, 'strong'),
						...(note.suspect === undefined ? [] : labelled('suspects', note.suspect, width, 'warn')),
						[] as Line,
						...words(
							`${key} writes another note. ${keyFor('pane', 'do', keys)} changes this one: the new text goes on record, and the old one stays there.`,
							width,
							2,
							'dim',
						),
					]
				: words(`None yet. ${key} writes one: what you believe, or whom you suspect. Notes stand beside the truth in the debrief.`, width)),
			...section(theme, `Moves of turn ${view.turn}`, width, made),
		],
	};
}
