/** Where things stand in a file: from offsets, and from paths of the loaded data, to lines and columns. */
import {type Document, isMap, isScalar, isSeq, type Node, type Pair, Scalar} from 'yaml';
import type {Diagnostic} from './diagnostic.js';
import {type DiagnosticCode, diagnosticRegistry} from './diagnostic-codes.js';

/** A path into the loaded data: keys of mappings and indexes of lists. */
export type Path = readonly (string | number)[];

/** What a finding says, without its place. */
export interface Finding {
	readonly code: DiagnosticCode;
	readonly message: string;
	readonly expected?: string;
	readonly hint?: string;
}

/** A file's text and its lines. */
export class Source {
	readonly file: string;
	readonly text: string;
	readonly #starts: readonly number[];

	constructor(file: string, text: string) {
		this.file = file;
		this.text = text;
		const starts = [0];
		for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
		this.#starts = starts;
	}

	/** The line and column, both from 1, of an offset into the text. */
	position(offset: number): {line: number; column: number} {
		const at = Math.min(Math.max(offset, 0), this.text.length);
		let low = 0;
		let high = this.#starts.length - 1;
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if (this.#starts[middle]! <= at) low = middle;
			else high = middle - 1;
		}
		return {line: low + 1, column: at - this.#starts[low]! + 1};
	}

	/** A line by its number from 1, without its end. */
	line(number: number): string {
		const start = this.#starts[number - 1];
		if (start === undefined) return '';
		return this.text.slice(start, (this.#starts[number] ?? this.text.length + 1) - 1).replace(/\r$/, '');
	}

	/** A diagnostic at an offset; how grave it is, the registry says. */
	diagnose(offset: number, {code, message, expected, hint}: Finding): Diagnostic {
		const {line, column} = this.position(offset);
		const {file} = this;
		const rest = {expected: expected && shortened(expected), hint: hint && shortened(hint), sourceLine: this.line(line)};
		return {code, severity: diagnosticRegistry[code].severity, file, line, column, message: shortened(message), ...rest};
	}
}

/** Findings quote the file, and a file can hold words of any length. */
function shortened(text: string): string {
	return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}

/** Finds the places of a document's keys and values by their paths. */
export class Locator {
	readonly source: Source;
	readonly #document: Document;

	constructor(source: Source, document: Document) {
		this.source = source;
		this.#document = document;
	}

	/** A diagnostic at the value of a path (or its key, when the value is missing or empty). */
	atValue(path: Path, finding: Finding): Diagnostic {
		return this.source.diagnose(this.#valueOffset(path), finding);
	}

	/** A diagnostic at the key of a path. */
	atKey(path: Path, finding: Finding): Diagnostic {
		return this.source.diagnose(this.#keyOffset(path), finding);
	}

	/** A diagnostic inside a text; `offset` counts in the text as it was loaded, with quotes, escapes and folds undone. */
	inText(path: Path, text: string, offset: number, finding: Finding): Diagnostic {
		const node = this.node(path);
		if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return this.atValue(path, finding);
		const trimmed = Math.max(0, node.value.indexOf(text));
		return this.source.diagnose(offsetInSource(this.source.text, node as Scalar<string>, trimmed + offset), finding);
	}

	/** What to do when an expression breaks off where YAML saw a comment, or a comma in flow style. */
	cutHint(path: Path): string | undefined {
		const node = this.node(path);
		if (!isScalar(node) || node.type !== Scalar.PLAIN || !node.range) return undefined;
		const after = this.source.text.slice(node.range[1], node.range[1] + 80);
		const quotes = String(node.value).replace(/[^"]/g, '').length;
		if (/^[ \t]+#/.test(after) && quotes % 2 === 1) return 'a # after a space starts a comment; put the whole expression in quotes';
		const parent = this.node(path.slice(0, -1));
		if ((isMap(parent) || isSeq(parent)) && parent.flow && after.startsWith(','))
			return 'a comma inside { } or [ ] ends the value; put the expression in quotes or use block style';
		return undefined;
	}

	/** Whether YAML joined the lines of a text: after >, or where it stands there without quotes or a sign. */
	isFolded(path: Path): boolean {
		const node = this.node(path);
		if (!isScalar(node) || !node.range || node.type === Scalar.BLOCK_LITERAL) return false;
		return this.source.text.slice(node.range[0], node.range[1]).trimEnd().split('\n').length > (node.type === Scalar.BLOCK_FOLDED ? 2 : 1);
	}

	/** The node at a path. */
	node(path: Path): Node | undefined {
		let node = this.#document.contents as Node | null | undefined;
		for (const step of path) {
			if (isMap(node)) node = pairOf(node.items, step)?.value as Node | undefined;
			else if (isSeq(node) && typeof step === 'number') node = node.items[step] as Node | undefined;
			else return undefined;
		}
		return node ?? undefined;
	}

	#valueOffset(path: Path): number {
		const range = this.node(path)?.range;
		return range && range[1] > range[0] ? range[0] : this.#keyOffset(path);
	}

	#keyOffset(path: Path): number {
		if (path.length === 0) return this.#document.contents?.range?.[0] ?? 0;
		const parent = path.slice(0, -1);
		const step = path.at(-1)!;
		const node = this.node(parent);
		if (isMap(node)) {
			const key = pairOf(node.items, step)?.key as Node | undefined;
			if (key?.range) return key.range[0];
		}
		if (isSeq(node) && typeof step === 'number') {
			const range = (node.items[step] as Node | undefined)?.range;
			if (range) return range[0];
		}
		return this.#keyOffset(parent);
	}
}

function pairOf(items: readonly Pair[], step: string | number): Pair | undefined {
	return items.find(({key}) => isScalar(key) && String(key.value) === String(step));
}

/**
 * From an offset in a scalar's text to an offset in the file. Quotes, escapes, indentation and folds are stepped over
 * by matching the visible characters of the text one by one, which is exact but for escapes such as `\u0041`.
 */
export function offsetInSource(file: string, scalar: Scalar<string>, offset: number): number {
	const [start, end] = scalar.range ?? [0, 0];
	const {value} = scalar;
	let at = start;
	if (scalar.type === Scalar.BLOCK_LITERAL || scalar.type === Scalar.BLOCK_FOLDED) at = file.indexOf('\n', start) + 1;
	else if (scalar.type === Scalar.QUOTE_DOUBLE || scalar.type === Scalar.QUOTE_SINGLE) at = start + 1;
	let last = at;
	const wanted = Math.min(offset, value.length);
	for (let index = 0; index <= wanted; index++) {
		const character = value[index];
		if (character === undefined || /\s/.test(character)) {
			if (index === wanted) return Math.min(last, Math.max(start, end - 1));
			continue;
		}
		// An escape is at most ten characters long; whatever is not found that near was written as one.
		const limit = Math.min(end, at + (/\s/.test(value[index - 1] ?? ' ') ? 1000 : 10));
		let found = at;
		while (found < limit && file[found] !== character) found += 1;
		if (found < limit) at = found;
		if (index === wanted) return at;
		at += 1;
		last = at;
	}
	return at;
}
