/** Lines of text with roles: what every view is made of. Views are functions from a seat's view to lines; nothing here draws. */
import {clean, pad, truncate, widthOf} from './text.js';
import {paint, type Role, type Theme} from './theme.js';

export interface Span {
	readonly text: string;
	readonly role?: Role;
}

/** One row of the screen. A bare string is plain text. */
export type Line = ReadonlyArray<Span | string>;

/** A piece of a line with a role. */
export function span(text: string, role?: Role): Span {
	return role === undefined ? {text: clean(text)} : {text: clean(text), role};
}

/** One cell of a table: exactly `width` columns, of which the last stays empty. */
export function cell(text: string, width: number, role?: Role): Span {
	const filled = pad(truncate(text, width - 1), width);
	return role === undefined ? {text: filled} : {text: filled, role};
}

export function lineWidth(line: Line): number {
	let width = 0;
	for (const part of line) width += widthOf(typeof part === 'string' ? part : part.text);
	return width;
}

/** A line without its roles. */
export function plainText(line: Line): string {
	return line.map(part => (typeof part === 'string' ? part : part.text)).join('');
}

/** A line cut to `width` columns. */
export function clipped(line: Line, width: number): Line {
	if (lineWidth(line) <= width) return line;
	const fitted: Span[] = [];
	let room = width;
	for (const part of line) {
		const {text, role} = typeof part === 'string' ? {text: part, role: undefined} : part;
		const used = widthOf(text);
		if (used > room) {
			fitted.push(span(truncate(text, room), role));
			break;
		}
		fitted.push(span(text, role));
		room -= used;
	}
	return fitted;
}

/** Left and right parts on one line of `width` columns; the right one gives way when both don't fit. */
export function spread(left: Line, right: Line, width: number): Line {
	const gap = width - lineWidth(left) - lineWidth(right);
	return gap < 1 ? clipped(left, width) : [...left, ' '.repeat(gap), ...right];
}

/** A heading with a rule through the rest of the row: `-- Parties ------ 2 new --`. A pane that has the keys shows it in brackets. */
export function heading(
	theme: Theme,
	title: string,
	width: number,
	options: {readonly right?: string; readonly focused?: boolean} = {},
): Line {
	const {rule} = theme.glyphs;
	const right = options.right && widthOf(options.right) + widthOf(title) + 10 <= width ? options.right : '';
	const shown = truncate(title, Math.max(1, width - 6 - (right ? widthOf(right) + 4 : 0)));
	const opening: Line = options.focused
		? [span(`${rule}[`, 'focus'), span(shown, 'focus'), span(']', 'focus')]
		: [span(`${rule}${rule} `, 'dim'), span(shown, 'heading'), ' '];
	const closing: Line = right ? [` ${right} `, span(rule + rule, 'dim')] : [];
	const room = Math.max(0, width - lineWidth(opening) - lineWidth(closing));
	return [...opening, span(rule.repeat(room), options.focused ? 'focus' : 'dim'), ...closing];
}

export function ruleLine(theme: Theme, width: number): Line {
	return [span(theme.glyphs.rule.repeat(width), 'dim')];
}

/** Exactly `height` lines: cut, or filled with empty ones. */
export function exactly(lines: readonly Line[], height: number): readonly Line[] {
	if (lines.length >= height) return lines.slice(0, height);
	return [...lines, ...Array.from({length: height - lines.length}, (): Line => [])];
}

/** One row painted: a string with its SGR codes. Spaces at the end are left out, there is nothing to see in them. */
export function painted(theme: Theme, line: Line): string {
	let text = '';
	for (const part of line) text += typeof part === 'string' ? clean(part) : paint(theme, part.role, clean(part.text));
	return text.trimEnd();
}

/** Two panes side by side: the left one filled up to its width, then a bar. Both have the same number of lines. */
export function beside(theme: Theme, left: readonly Line[], width: number, right: readonly Line[]): readonly Line[] {
	return left.map((line, index) => [
		...line,
		' '.repeat(Math.max(0, width - lineWidth(line))),
		span(theme.glyphs.bar, 'dim'),
		...(right[index] ?? []),
	]);
}

/** Keeps a pane's last lines and gives them again while its props are the same: a key that moves one cursor redraws one pane. */
export function remembered<P extends object>(draw: (props: P) => readonly Line[]): (props: P) => readonly Line[] {
	let last: {readonly props: P; readonly lines: readonly Line[]} | undefined;
	return props => {
		if (last && isSame(last.props, props)) return last.lines;
		last = {props, lines: draw(props)};
		return last.lines;
	};
}

function isSame<P extends object>(a: P, b: P): boolean {
	return (Object.keys(b) as Array<keyof P>).every(name => Object.is(a[name], b[name]));
}
