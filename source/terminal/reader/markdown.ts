/** Markdown as lines for the terminal: the part of it that reports use (headings, lists, tables, quotes, code, emphasis). */
import {clipped, heading, type Line, lineWidth, type Span, span} from '../lines.js';
import {charactersOf, clean, widthOf, wrap} from '../text.js';
import type {Role, Theme} from '../theme.js';

export interface Rendered {
	readonly lines: readonly Line[];
	/** Rows at which sections begin. */
	readonly sections: readonly number[];
}

/** Lays Markdown out in `width` columns. */
export function renderMarkdown(text: string, width: number, theme: Theme): Rendered {
	const source = text.split(/\r\n|\n|\r/);
	const lines: Line[] = [];
	const sections: number[] = [];
	let paragraph: string[] = [];
	const flush = (): void => {
		if (paragraph.length > 0) lines.push(...wrapInline(paragraph.join(' '), width - 2, ' ', ' '));
		paragraph = [];
	};
	const blank = (): void => {
		flush();
		if (lines.length > 0 && lineWidth(lines.at(-1) ?? []) > 0) lines.push([]);
	};
	for (let index = 0; index < source.length; index++) {
		const line = source[index] ?? '';
		const title = /^(#{1,6})\s+(.*)$/.exec(line);
		const item = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/.exec(line);
		if (/^\s*(```|~~~)/.test(line)) {
			flush();
			for (index += 1; index < source.length && !/^\s*(```|~~~)/.test(source[index] ?? ''); index++)
				lines.push(clipped([span(`   ${clean(source[index] ?? '')}`, 'info')], width));
		} else if (title) {
			blank();
			sections.push(lines.length);
			const words = plainInline(title[2] ?? '');
			lines.push((title[1] ?? '').length === 1 ? [' ', span(words.toUpperCase(), 'heading')] : heading(theme, words, width));
		} else if (/^\s*\|/.test(line)) {
			flush();
			const rows: string[] = [];
			for (; index < source.length && /^\s*\|/.test(source[index] ?? ''); index++) rows.push(source[index] ?? '');
			index -= 1;
			lines.push(...table(rows, width));
		} else if (/^\s*$/.test(line)) blank();
		else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
			flush();
			lines.push([span(theme.glyphs.rule.repeat(width), 'dim')]);
		} else if (item) {
			flush();
			let words = item[3] ?? '';
			while (/^\s{2,}\S/.test(source[index + 1] ?? '') && !/^\s*([-*+]|\d+[.)])\s/.test(source[index + 1] ?? '')) {
				index += 1;
				words += ` ${(source[index] ?? '').trim()}`;
			}
			const mark = /\d/.test(item[2] ?? '') ? `${item[2]} ` : `${theme.glyphs.bullet} `;
			const indent = ` ${item[1] ?? ''}`;
			lines.push(...wrapInline(words, width - indent.length - mark.length - 1, indent + mark, ' '.repeat(indent.length + mark.length)));
		} else if (/^\s*>/.test(line)) {
			flush();
			lines.push(...wrapInline(line.replace(/^\s*>\s?/, ''), width - 5, `  ${theme.glyphs.bar} `, `  ${theme.glyphs.bar} `));
		} else paragraph.push(line.trim());
	}
	blank();
	return {lines, sections};
}

/** A run of text without its Markdown signs. */
function plainInline(text: string): string {
	return inline(text)
		.map(({text: part}) => part)
		.join('');
}

/** Emphasis and code of one run of text. Links keep their words. */
function inline(text: string): Span[] {
	const spans: Span[] = [];
	const pattern = /\*\*(.+?)\*\*|__(.+?)__|`([^`]+)`|\[([^\]]+)\]\([^)]*\)|(?<![\w*])\*([^*\s][^*]*)\*(?!\w)/g;
	let from = 0;
	for (const match of text.matchAll(pattern)) {
		if (match.index > from) spans.push(span(text.slice(from, match.index)));
		const role: Role | undefined = (match[1] ?? match[2]) ? 'strong' : match[3] ? 'info' : undefined;
		spans.push(span(match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5] ?? '', role));
		from = match.index + match[0].length;
	}
	if (from < text.length) spans.push(span(text.slice(from)));
	return spans.map(part => ({...part, text: part.text.replace(/\\([\\`*_{}[\]()#+.!|<>-])/g, '$1')}));
}

/** Wraps a run of text and keeps the roles of its parts. */
function wrapInline(text: string, width: number, first: string, rest: string): Line[] {
	const parts = inline(text.replace(/\s+/g, ' ').trim());
	const roles: Array<Role | undefined> = parts.flatMap(part => charactersOf(part.text).map(() => part.role));
	const characters = parts.flatMap(part => charactersOf(part.text));
	let at = 0;
	return wrap(characters.join(''), width).map((wrapped, index): Line => {
		const spans: Array<{text: string; role?: Role}> = [];
		for (const character of charactersOf(wrapped)) {
			while (at < characters.length && characters[at] !== character) at += 1;
			const role = roles[at];
			const open = spans.at(-1);
			if (open && open.role === role) open.text += character;
			else spans.push({text: character, role});
			at += 1;
		}
		return [index === 0 ? first : rest, ...spans];
	});
}

/** A table with its columns as wide as their texts, the widest cut back until all fit; cells wrap. */
function table(rows: readonly string[], width: number): Line[] {
	const cells = rows
		.map(row =>
			row
				.trim()
				.replace(/^\||\|$/g, '')
				.split(/(?<!\\)\|/)
				.map(text => plainInline(text.trim())),
		)
		.filter(row => !row.every(text => /^:?-+:?$/.test(text)));
	const count = Math.max(...cells.map(row => row.length));
	const widths = Array.from({length: count}, (_, column) => Math.max(1, ...cells.map(row => widthOf(row[column] ?? ''))));
	const total = (): number => widths.reduce((sum, value) => sum + value + 2, 1);
	while (total() > width && Math.max(...widths) > 4) widths[widths.indexOf(Math.max(...widths))]! -= 1;
	return cells.flatMap((row, index) => {
		const wrapped = widths.map((columns, column) => wrap(row[column] ?? '', columns));
		const height = Math.max(...wrapped.map(({length}) => length));
		return Array.from(
			{length: height},
			(_, at): Line =>
				clipped(
					[
						' ',
						...widths.map((columns, column) =>
							span(
								(wrapped[column]?.[at] ?? '') + ' '.repeat(columns + 2 - widthOf(wrapped[column]?.[at] ?? '')),
								index === 0 ? 'heading' : undefined,
							),
						),
					],
					width,
				),
		);
	});
}
