/**
 * Views: what a seat can look at on a screen of its own, one file a view. Each is a pure function of the seat's view; they import the
 * terminal's widgets and types of the engine's view, and nothing else.
 *
 * A view is a list to move in and the details of what is selected, or details alone. Where they stand and how they scroll is decided here.
 */
import type {SeatView} from '../../engine/view.js';
import type {Keymap} from '../keymap.js';
import {beside, clipped, exactly, heading, type Line, span} from '../lines.js';
import {scrolled, windowOf} from '../list.js';
import {pad, widthOf, wrap} from '../text.js';
import type {Role, Theme} from '../theme.js';

/** What a view is made from. */
export interface ViewProps {
	readonly view: SeatView;
	/** The selected item. */
	readonly cursor: number;
	readonly theme: Theme;
	/** The keys that texts name. */
	readonly keys: Keymap;
	/** Columns of the list, and of the details. */
	readonly listWidth: number;
	readonly width: number;
}

export interface Laid {
	readonly listTitle?: string;
	readonly list?: readonly Line[];
	/** Rows of the list at which items stand; other rows of it can't be selected. */
	readonly items?: readonly number[];
	readonly title: string;
	readonly lines: readonly Line[];
}

export interface Arranged {
	readonly lines: readonly Line[];
	/** How many items can be selected. */
	readonly count: number;
	/** Rows of the details in sight, and all of them. */
	readonly page: number;
	readonly length: number;
}

const isWide = (columns: number): boolean => columns >= 110;

/** Columns of the two parts: side by side where there is room. */
export function widthsOf(columns: number): Pick<ViewProps, 'listWidth' | 'width'> {
	const listWidth = isWide(columns) ? Math.min(64, Math.floor(columns * 0.48)) : columns;
	return {listWidth, width: isWide(columns) ? columns - listWidth - 1 : columns};
}

/** "12-30 of 40", with the keys that show the rest. */
function more(top: number, size: number, length: number): string {
	if (length <= size) return '';
	const keys = [...(top > 0 ? ['PgUp'] : []), ...(top + size < length ? ['PgDn'] : [])].join(' ');
	return `${keys} for more, ${Math.min(length, top + size)} of ${length}`;
}

function detailLines({title, lines}: Laid, top: number, width: number, height: number, theme: Theme): readonly Line[] {
	const size = Math.max(1, height - 1);
	const start = scrolled(top, 0, lines.length, size);
	return exactly(
		[
			heading(theme, title, width, {right: more(start, size, lines.length)}),
			...lines.slice(start, start + size).map(line => clipped(line, width)),
		],
		height,
	);
}

function listLines({listTitle = '', list = [], items = []}: Laid, cursor: number, width: number, height: number, theme: Theme) {
	const size = Math.max(1, height - 1);
	const {start, end} = windowOf(list.length, size, items[cursor] ?? 0);
	const hidden = [...(start > 0 ? [`${start} above`] : []), ...(end < list.length ? [`${list.length - end} below`] : [])].join(', ');
	return exactly(
		[heading(theme, listTitle, width, {focused: true, right: hidden}), ...list.slice(start, end).map(line => clipped(line, width))],
		height,
	);
}

/** A view in exactly `height` rows: details beside their list, or below it, or alone. */
export function arranged(
	laid: Laid,
	options: {readonly cursor: number; readonly top: number; readonly columns: number; readonly height: number; readonly theme: Theme},
): Arranged {
	const {cursor, top, columns, height, theme} = options;
	const {list = [], items = [], lines} = laid;
	const {listWidth, width} = widthsOf(columns);
	const measure = (page: number) => ({count: items.length, page: Math.max(1, page - 1), length: lines.length});
	if (list.length === 0) return {lines: detailLines(laid, top, columns, height, theme), ...measure(height)};
	if (isWide(columns))
		return {
			lines: beside(theme, listLines(laid, cursor, listWidth, height, theme), listWidth, detailLines(laid, top, width, height, theme)),
			...measure(height),
		};
	// The list has what it needs, up to half of the screen and whatever the details leave.
	const half = Math.max(3, Math.floor(height / 2));
	const listHeight = Math.min(list.length + 1, Math.max(half, height - lines.length - 1), height - 2);
	return {
		lines: [...listLines(laid, cursor, columns, listHeight, theme), ...detailLines(laid, top, columns, height - listHeight, theme)],
		...measure(height - listHeight),
	};
}

/** Text broken into rows, indented. */
export function words(text: string, width: number, indent = 2, role?: Role): Line[] {
	return wrap(text, width - indent - 1).map(line => [' '.repeat(indent), span(line, role)]);
}

/** A label and its value, which may take several rows; a longer label moves its value to the right. */
export function labelled(label: string, value: string, width: number, role?: Role): Line[] {
	const indent = Math.max(16, Math.min(widthOf(label) + 4, Math.floor(width / 2)));
	return wrap(value, width - indent - 1).map((line, index) => [
		span(`  ${pad(index === 0 ? label : '', indent - 2)}`, 'dim'),
		span(line, role),
	]);
}

/** A heading inside the details, with an empty row before it. */
export function section(theme: Theme, title: string, width: number, lines: readonly Line[], right = ''): Line[] {
	return [[], heading(theme, title, width, {right}), ...lines];
}

/** The sign before a row of a list. */
export function sign(isAtCursor: boolean) {
	return span(isAtCursor ? '> ' : '  ', 'focus');
}

export const dim = (text: string): Line => [span(`  ${text}`, 'dim')];

/** Notation of mathematics in the theme's alphabet. */
export function mathText(text: string, theme: Theme): string {
	return theme.glyphs.bar === '|' ? text.replaceAll('∪', '+').replaceAll('≤', '<=').replaceAll('≥', '>=') : text;
}
