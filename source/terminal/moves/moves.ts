/** The menu of moves: key, cost, what it does, what it needs; refused ones stay, marked `x` with their reason. */
import {cell, clipped, exactly, heading, type Line, span} from '../lines.js';
import {extent, windowOf} from '../list.js';
import {widthOf} from '../text.js';
import type {Role, Theme} from '../theme.js';
import {costText, type MenuRow} from './menu.js';

export interface MovesProps {
	readonly rows: readonly MenuRow[];
	readonly title: string;
	readonly right: string;
	readonly cursor: number;
	readonly focused: boolean;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
}

/** One row of the menu. */
export function moveLine(row: MenuRow, isAtCursor: boolean, width: number): Line {
	const {option} = row;
	const {refused} = row;
	const isRefused = refused !== undefined;
	const isWide = width >= 110;
	const does = isWide ? Math.floor((width - 31) * 0.55) : width - 27;
	const base: Role | undefined = isRefused ? 'dim' : isAtCursor ? 'chosen' : undefined;
	const front: Line = [
		span(isAtCursor ? '>' : ' ', 'focus'),
		span(isRefused ? 'x' : ' ', 'bad'),
		span((row.letter ?? '').padStart(2), isRefused ? 'dim' : 'focus'),
		' ',
		cell(option.verb, 16, base),
		cell(costText(option.cost), 5, base),
	];
	if (isWide)
		return clipped(
			[...front, cell(option.does, does, base), ' ', isRefused ? span(`refused: ${refused}`, 'warn') : span(option.needs, 'dim')],
			width,
		);
	return clipped([...front, isRefused ? span(`refused: ${refused}`, 'warn') : span(option.does, base)], width);
}

export function moveLines({rows, title, right, cursor, focused, width, height, theme}: MovesProps): readonly Line[] {
	const isWide = width >= 110;
	const head: readonly Line[] = isWide
		? [
				[
					span(
						`     ${'move'.padEnd(16)}${'cost'.padEnd(5)}${'what it does'.padEnd(Math.floor((width - 31) * 0.55) + 1)}what it needs`,
						'dim',
					),
				],
			]
		: [];
	const window = windowOf(rows.length, height - 1 - head.length, cursor);
	const scrolled = extent(rows.length, window);
	const note = [scrolled, right].filter(text => text !== '').join('  ');
	const hint = widthOf(title) + widthOf(note) + 12 <= width ? note : scrolled;
	const body = rows.slice(window.start, window.end).map((row, index) => moveLine(row, window.start + index === cursor, width));
	return exactly(
		[
			heading(theme, title, width, {focused, right: hint}),
			...head,
			...(body.length > 0 ? body : [[span('   no move is offered now', 'dim')] as Line]),
		],
		height,
	);
}
