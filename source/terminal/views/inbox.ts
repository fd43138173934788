/** Everything that this seat was told, newest first, each item whole. */
import type {InboxItem, SeatView} from '../../engine/view.js';
import {equationLines} from '../equation/equation.js';
import {newestFirst} from '../inbox/inbox.js';
import {keyFor} from '../keymap.js';
import {cell, type Line, span} from '../lines.js';
import {dim, type Laid, labelled, type ViewProps, words} from './laid.js';

const kinds: Readonly<Record<InboxItem['kind'], string>> = {
	inject: 'told by the scenario: somebody says so',
	signal: 'a signal of monitoring: it names a station and a kind, never a party',
	answer: 'an answer to a question of yours',
	result: 'the result of a move or a ceremony: computed',
	statement: 'the statement of final outputs',
	note: 'a note',
	question: 'a question to the table',
};

/** Items in the order of the view. */
export function inboxItems(view: SeatView): readonly InboxItem[] {
	return newestFirst(view.inbox);
}

export function inboxView({view, cursor, width, theme, keys}: ViewProps): Laid {
	const items = inboxItems(view);
	const item = items[cursor];
	const list = items.map(({turn, from, text, isNew, equation}, index): Line => {
		const base = index === cursor ? 'chosen' : undefined;
		return [
			span(index === cursor ? '>' : ' ', 'focus'),
			span(isNew ? '* ' : '  ', 'info'),
			cell(`t${turn}`, 4, isNew ? 'strong' : 'dim'),
			cell(from, 15, base),
			span(equation ? `${keyFor('pane', 'why', keys)} ` : '  ', 'info'),
			span(text, base),
		];
	});
	return {
		listTitle: 'Inbox, newest first',
		list,
		items: list.map((_, index) => index),
		title: item ? `t${item.turn} ${item.from}` : 'Inbox',
		lines: item
			? [
					...words(item.kind === 'inject' || item.kind === 'question' ? `"${item.text}"` : item.text, width, 2, 'strong'),
					...labelled('what it is', kinds[item.kind], width, 'dim'),
					...(item.equation ? [[] as Line, ...equationLines(item.equation, {width, isFull: false, theme})] : []),
				]
			: [dim('Nothing has come in yet.')],
	};
}
