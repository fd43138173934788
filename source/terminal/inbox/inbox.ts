/** The inbox: what this seat was told, newest first. */
import type {InboxItem, SeatView} from '../../engine/view.js';
import type {Keymap} from '../keymap.js';
import {keyFor} from '../keymap.js';
import {cell, clipped, exactly, heading, type Line, span} from '../lines.js';
import {wrap} from '../text.js';
import type {Role, Theme} from '../theme.js';

export interface InboxProps {
	readonly inbox: SeatView['inbox'];
	readonly cursor: number;
	readonly focused: boolean;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
	readonly keys?: Keymap | undefined;
}

const kindRoles: Readonly<Partial<Record<InboxItem['kind'], Role>>> = {signal: 'warn', answer: 'info', statement: 'info', question: 'info'};

/** Columns of a sender's name where it has a column. */
const senderWidth = 14;

/** Newest first; items of one turn stay in the order in which they came. */
export function newestFirst(inbox: SeatView['inbox']): readonly InboxItem[] {
	return [...inbox].sort((a, b) => b.turn - a.turn);
}

/** The rows of one item: turn and sender, and beside them its text. */
export function itemLines(
	item: InboxItem,
	width: number,
	isAtCursor: boolean,
	rows = Number.POSITIVE_INFINITY,
	keys?: Keymap,
): readonly Line[] {
	const said = item.kind === 'inject' || item.kind === 'question' ? `"${item.text}"` : item.text;
	const text = item.equation ? `${said} (${keyFor('board', 'why', keys)} why)` : said;
	const front: Line = [
		span(isAtCursor ? '>' : ' ', 'focus'),
		span(item.isNew ? '* ' : '  ', 'info'),
		cell(`t${item.turn}`, 4, item.isNew ? 'strong' : 'dim'),
	];
	const role = kindRoles[item.kind] ?? 'strong';
	const isWide = width >= 56;
	// Beside its text where there is room, else in front of it: a narrow column of text would take twice the rows.
	const wrapped = isWide ? wrap(text, width - 7 - senderWidth) : wrap(`${item.from}: ${text}`, width - 7);
	const shown = wrapped.length > rows ? [...wrapped.slice(0, rows - 1), `${wrapped[rows - 1] ?? ''} ..`] : wrapped;
	return shown
		.map((row, index): Line => {
			if (isWide) return index === 0 ? [...front, cell(item.from, senderWidth, role), span(row)] : [' '.repeat(7 + senderWidth), span(row)];
			if (index > 0) return [' '.repeat(7), span(row)];
			const sender = row.startsWith(`${item.from}:`) ? item.from : '';
			return [...front, span(sender, role), span(row.slice(sender.length))];
		})
		.map(line => clipped(line, width));
}

export function inboxLines({inbox, cursor, focused, width, height, theme, keys}: InboxProps): readonly Line[] {
	const items = newestFirst(inbox);
	const fresh = items.filter(({isNew}) => isNew).length;
	const title = heading(theme, 'Inbox', width, {focused, right: fresh > 0 ? `${fresh} new` : ''});
	if (items.length === 0) return exactly([title, [span('   nothing yet', 'dim')]], height);
	const at = focused ? Math.min(cursor, items.length - 1) : 0;
	const blocks = items.map((item, index) => itemLines(item, width, focused && index === at, Math.max(2, Math.min(6, height - 1)), keys));
	const size = height - 1;
	// The item at the cursor is shown whole, with as many of the items before it as fit.
	let start = at;
	let used = blocks[at]?.length ?? 0;
	while (start > 0 && used + (blocks[start - 1]?.length ?? 0) <= size) {
		start -= 1;
		used += blocks[start]?.length ?? 0;
	}
	const body = blocks.slice(start).flat();
	const lines = [title, ...body.slice(0, size)];
	const isCut = body.length > size;
	if (isCut && size > 1) lines[lines.length - 1] = clipped([...(lines.at(-1) ?? [])], width);
	return exactly(
		isCut
			? [heading(theme, 'Inbox', width, {focused, right: fresh > 0 ? `${fresh} new, more below` : 'more below'}), ...lines.slice(1)]
			: lines,
		height,
	);
}
