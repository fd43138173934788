/** Building blocks of Markdown. Text that others wrote goes through `escaped`, so that it can't become markup, a link or a row. */
import {clean} from './plain-text.js';

/** One line of text in which no character means anything to Markdown (CommonMark with tables and automatic links). */
export function escaped(text: string): string {
	return clean(text)
		.trim()
		.replace(/[\\`*_[\]<|#~]/g, '\\$&')
		.replace(/&(?=#?\w+;)/g, '\\&')
		.replace(/:\/\//g, '\\://')
		.replace(/\bwww\./gi, match => `${match.slice(0, 3)}\\.`)
		.replace(/^[-+=>]/, '\\$&')
		.replace(/^(\d+)([.)])/, '$1\\$2');
}

/** A move, a name or an expression in code letters, in which only a backtick and (in tables) a bar mean something. */
export function code(text: string): string {
	const line = clean(text).trim();
	return line === '' || /[`|]/.test(line) ? escaped(line) : `\`${line}\``;
}

/** A table. Cells are Markdown already; a cell's line breaks become spaces. */
export function table(header: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
	const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replace(/\n/g, ' ')).join(' | ')} |`;
	return [line(header), line(header.map(() => '---')), ...rows.map(line), ''];
}

/** A block of commands or numbers, shown as it is. The fence is longer than any in it. */
export function block(lines: readonly string[], language = ''): string[] {
	const longest = Math.max(2, ...lines.flatMap(line => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
	const fence = '`'.repeat(longest + 1);
	return [`${fence}${language}`, ...lines.map(clean), fence, ''];
}
