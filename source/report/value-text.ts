/** Values of expressions as text: in the file's own notation, on one line. */
import {harmless} from '../scenario/diagnostic.js';
import type {Part} from '../scenario/expression-parts.js';

/** A value on one line; what is longer than `width` is cut. */
export function valueText(value: unknown, width = 100): string {
	const text = harmless(written(value));
	return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

function written(value: unknown): string {
	if (value === undefined) return 'nothing';
	if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
	if (typeof value === 'object' && value !== null)
		return `{${Object.entries(value)
			.map(([key, item]) => `${key}: ${written(item)}`)
			.join(', ')}}`;
	return JSON.stringify(value) ?? String(value);
}

export interface PartLine {
	readonly depth: number;
	readonly text: string;
	/** The value, or why there is none. */
	readonly value: string;
}

/** A part and all that it is made of, a line each; what was said once is not said again. */
export function partLines(part: Part, depth = 0, said = new Set<string>()): PartLine[] {
	if (depth > 0 && said.has(part.text)) return [];
	said.add(part.text);
	const value = part.problem ?? valueText(part.value);
	return [{depth, text: harmless(part.text.replace(/\s+/g, ' ')), value}, ...part.parts.flatMap(each => partLines(each, depth + 1, said))];
}

/** The lines as two columns: what is asked, and its value. */
export function partTable(part: Part): string[] {
	const lines = partLines(part).map(({depth, text, value}) => ({left: `${'  '.repeat(depth)}${text}`, value}));
	const width = Math.min(52, Math.max(...lines.map(({left}) => left.length)));
	return lines.flatMap(({left, value}) =>
		left.length > width ? [left, `${' '.repeat(width)}  ${value}`] : [`${left.padEnd(width)}  ${value}`],
	);
}
