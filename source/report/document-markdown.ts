/** A document as Markdown (CommonMark with tables). */
import type {Block, Document, Run, Section, Text} from './document.js';
import {runsOf} from './document.js';
import {block, code, escaped, table} from './markdown.js';

function run(part: Run): string {
	if (typeof part === 'string') {
		// Spaces at the ends of a run are between words; `escaped` trims.
		const [, before = '', after = ''] = /^(\s*)[\s\S]*?(\s*)$/.exec(part) ?? [];
		const text = escaped(part);
		return text === '' ? (part === '' ? '' : ' ') : `${before ? ' ' : ''}${text}${after ? ' ' : ''}`;
	}
	if ('code' in part) return code(part.code);
	const text = escaped(part.strong);
	return text === '' ? '' : `**${text}**`;
}

function inline(text: Text): string {
	return runsOf(text).map(run).join('').trim();
}

/** How diagrams are written: as Mermaid, which viewers of Markdown draw, or as plain text, which a terminal shows. */
export type Diagrams = 'mermaid' | 'plain';

function blockLines(each: Block, diagrams: Diagrams): string[] {
	switch (each.is) {
		case 'paragraph':
			return [inline(each.text), ''];
		case 'heading':
			return [`### ${inline(each.text)}`, ''];
		case 'quote':
			return [`> ${inline(each.text)}`, ''];
		case 'list':
			return [...each.items.map((item, index) => `${each.isNumbered ? `${index + 1}.` : '-'} ${inline(item)}`), ''];
		case 'table':
			return table(
				each.header,
				each.rows.map(row => row.map(inline)),
			);
		case 'code':
			return block(each.lines, each.language);
		case 'figure':
			return [
				`**${escaped(each.title)}**`,
				'',
				escaped(each.description),
				'',
				...(each.mermaid !== undefined && diagrams === 'mermaid' ? block(each.mermaid.split('\n'), 'mermaid') : block(each.plain)),
			];
	}
}

function sectionLines({title, origin, blocks}: Section, diagrams: Diagrams): string[] {
	return [`## ${escaped(title)}`, '', `*${escaped(origin)}*`, '', ...blocks.flatMap(each => blockLines(each, diagrams)), ''];
}

/** The text ends with one line break. */
export function documentMarkdown({title, warnings, sections}: Document, diagrams: Diagrams = 'mermaid'): string {
	const lines = [
		`# ${escaped(title)}`,
		'',
		...warnings.flatMap(text => [inline(text), '']),
		...sections.flatMap(each => sectionLines(each, diagrams)),
	];
	return `${lines
		.join('\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim()}\n`;
}
