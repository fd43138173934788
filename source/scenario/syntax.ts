/**
 * YAML, narrowed to what a scenario needs: mappings, lists, texts, numbers, true and false. Whatever YAML would read
 * as something else than its author meant (tags, anchors, leading zeros, cut texts) is an error with the way out.
 */
import {CST, type Document, isMap, isScalar, isSeq, Lexer, type Node, parseDocument, Scalar, type YAMLMap} from 'yaml';
import type {Diagnostic} from './diagnostic.js';
import type {Finding, Source} from './source.js';
import {explainAll, QUOTE_IT, quoted} from './syntax-messages.js';

const MAX_CHARACTERS = 1024 * 1024;
const MAX_TOKENS = 20_000;
const MAX_DEPTH = 16;

/** A document to read on with, or the findings that stand in its way. Warnings do not. */
export type Syntax =
	| {readonly document: Document; readonly warnings: readonly Diagnostic[]}
	| {readonly diagnostics: readonly Diagnostic[]};

/** Parses a file's text. Time is bounded by the size of the text: nothing is expanded, nothing nests deeply. */
export function parseSyntax(source: Source): Syntax {
	const early = refuseText(source) ?? refuseTokens(source);
	if (early) return {diagnostics: early};
	let document: Document;
	try {
		document = parseDocument(source.text, {
			version: '1.2',
			schema: 'core',
			strict: true,
			uniqueKeys: false,
			stringKeys: true,
			prettyErrors: false,
			logLevel: 'silent',
		});
	} catch {
		return {diagnostics: [source.diagnose(0, tooDeep)]};
	}
	const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
	if (errors.length > 0) return {diagnostics: explainAll(errors, source)};
	if (!isMap(document.contents)) return {diagnostics: [notAMapping(document, source)]};
	const found: Diagnostic[] = [];
	inspect(document.contents, source, 0, found);
	return found.some(({severity}) => severity === 'error') ? {diagnostics: found} : {document, warnings: found};
}

const tooDeep: Finding = {
	code: 'too-deep',
	message: 'the file nests too deeply',
	expected: `at most ${MAX_DEPTH} levels`,
};

/** What can be said before any parsing: size, bytes that are no text, tabs. */
function refuseText(source: Source): Diagnostic[] | undefined {
	const {text} = source;
	if (text.length > MAX_CHARACTERS)
		return [{...source.diagnose(0, {code: 'too-large', message: 'the file is too large', expected: 'at most 1 MiB'}), sourceLine: ''}];
	if (text.trim() === '')
		return [
			source.diagnose(0, {
				code: 'empty-file',
				message: 'the file is empty',
				expected: 'a mapping with at least format, title, parties and requests',
			}),
		];
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
	const strange = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd-\uffff]|\r(?!\n)/.exec(text);
	if (strange)
		return [
			source.diagnose(strange.index, {
				code: 'not-text',
				message: `the file holds a character that is no text (${codePoint(strange[0])})`,
				expected: 'UTF-8 text',
				hint: 'save the file as UTF-8; this may be another kind of file',
			}),
		];
	const tab = /^[ ]*\t[ \t]*(?=\S)/m.exec(text);
	if (tab)
		return [
			source.diagnose(tab.index + tab[0].indexOf('\t'), {
				code: 'yaml-tab',
				message: 'a tab stands in the indentation',
				expected: 'spaces',
				hint: 'YAML is indented with spaces; two a level are usual',
			}),
		];
	return undefined;
}

/** What YAML's words say alone: tags, anchors, aliases, directives, further documents, and bombs. One pass, nothing is built. */
function refuseTokens(source: Source): Diagnostic[] | undefined {
	const found: Diagnostic[] = [];
	const indents: number[] = [];
	let offset = 0;
	let count = 0;
	let flow = 0;
	let dashes = 0;
	let indent: number | undefined = 0;
	let hasContent = false;
	for (const token of new Lexer().lex(source.text)) {
		const type = CST.tokenType(token);
		// The lexer marks the start of documents and scalars with control characters of its own.
		if (token === CST.DOCUMENT || token === CST.SCALAR || token === CST.FLOW_END) continue;
		count += 1;
		if (count > MAX_TOKENS)
			return [
				source.diagnose(offset, {code: 'too-many-values', message: 'the file holds too many values', expected: `at most ${MAX_TOKENS}`}),
			];
		if (type === 'flow-seq-start' || type === 'flow-map-start') flow += 1;
		else if (type === 'flow-seq-end' || type === 'flow-map-end') flow = Math.max(0, flow - 1);
		dashes = type === 'seq-item-ind' ? dashes + 1 : type === 'space' ? dashes : 0;
		if (type === 'newline') indent = 0;
		else if (type === 'space' && indent === 0) indent = token.length;
		else if (type !== 'comment' && indent !== undefined) {
			while ((indents.at(-1) ?? -1) >= indent) indents.pop();
			indents.push(indent);
			indent = undefined;
		}
		if (flow > MAX_DEPTH || dashes > MAX_DEPTH || indents.length > MAX_DEPTH) return [source.diagnose(offset, tooDeep)];
		const finding = refusal(type, token, hasContent, () => quoted(source, offset));
		// A line that goes wrong once goes wrong again: `!frozen && turn` is a tag and then an anchor.
		if (finding && found.length < 20 && found.at(-1)?.line !== source.position(offset).line) found.push(source.diagnose(offset, finding));
		offset += token.length;
		if (!['space', 'newline', 'comment', 'doc-start', 'directive-line'].includes(type ?? '')) hasContent = true;
	}
	return found.length > 0 ? found : undefined;
}

function refusal(type: string | null, token: string, hasContent: boolean, inQuotes: () => string): Finding | undefined {
	switch (type) {
		case 'tag':
			return {
				code: 'yaml-tag',
				message: `"${token}" is read as a YAML tag, and what it belongs to would be changed`,
				hint: `quote this expression: ${inQuotes()}`,
			};
		case 'anchor':
			return {
				code: 'yaml-anchor',
				message: `"${token}" is read as a YAML anchor; anchors are not used here`,
				hint: `quote the value: ${inQuotes()}`,
			};
		case 'alias':
			return {
				code: 'yaml-alias',
				message: `"${token}" is read as a YAML alias; aliases are not used here`,
				hint: `quote the value: ${inQuotes()}`,
			};
		case 'explicit-key-ind':
			return {code: 'yaml-syntax', message: 'a "?" starts a key here', hint: QUOTE_IT};
		case 'directive':
		case 'directive-line':
			return {code: 'yaml-directive', message: `"${token}" is a YAML directive; directives are not used here`, hint: 'remove the line'};
		case 'doc-start':
		case 'doc-end':
			if (!hasContent) return undefined;
			return {
				code: 'yaml-document',
				message: 'a second document starts here',
				expected: 'one scenario a file',
				hint: 'put it into a file of its own',
			};
		default:
			return undefined;
	}
}

function notAMapping(document: Document, source: Source): Diagnostic {
	const {contents} = document;
	const kind = isSeq(contents) ? 'a list' : contents === null || (isScalar(contents) && contents.value === null) ? 'nothing' : 'one text';
	return source.diagnose(contents?.range?.[0] ?? 0, {
		code: 'not-a-mapping',
		message: `the file holds ${kind}`,
		expected: 'a mapping with at least format, title, parties and requests',
		hint: kind === 'one text' ? 'a key is followed by a colon and a space: "title: The late invoice"' : undefined,
	});
}

/** Walks the document for what YAML accepts and an author did not mean. */
function inspect(node: Node | null | undefined, source: Source, depth: number, found: Diagnostic[]): void {
	if (!node || found.length >= 50) return;
	if (depth > MAX_DEPTH) {
		found.push(source.diagnose(node.range?.[0] ?? 0, tooDeep));
		return;
	}
	if (isMap(node)) {
		inspectKeys(node, source, found);
		for (const pair of node.items) inspect(pair.value as Node | null, source, depth + 1, found);
	} else if (isSeq(node)) {
		for (const item of node.items) inspect(item as Node | null, source, depth + 1, found);
	} else if (isScalar(node)) {
		inspectScalar(node, source, found);
	}
}

function inspectKeys(map: YAMLMap, source: Source, found: Diagnostic[]): void {
	const lines = new Map<string, number>();
	for (const {key} of map.items) {
		if (!isScalar(key)) continue;
		const name = String(key.value);
		const offset = key.range?.[0] ?? 0;
		const before = lines.get(name);
		if (name === '<<') {
			found.push(
				source.diagnose(offset, {
					code: 'yaml-merge',
					message: '"<<" merges mappings in YAML 1.1; merging is not used here',
					hint: 'write the keys out',
				}),
			);
		} else if (before !== undefined) {
			found.push(
				source.diagnose(offset, {
					code: 'duplicate-key',
					message: `"${name}" is given twice; the first is on line ${before}`,
					hint: 'keep one of the two, or rename one',
				}),
			);
		} else lines.set(name, source.position(offset).line);
	}
}

const PLAIN_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

function inspectScalar(scalar: Scalar, source: Source, found: Diagnostic[]): void {
	const [start, end] = scalar.range ?? [0, 0];
	const {value} = scalar;
	if (typeof value === 'number' && !PLAIN_NUMBER.test(scalar.source ?? '')) {
		found.push(
			source.diagnose(start, {
				code: 'yaml-number',
				message: `"${scalar.source}" would be read as the number ${value}`,
				expected: 'a number in plain digits, such as 48200 or 0.5',
				hint: `write ${value}, or put it in quotes if it is a text: "${scalar.source}"`,
			}),
		);
	}
	if (typeof value !== 'string') return;
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
	const control = /[\0-\x08\x0b-\x1f\x7f-\x9f]/.exec(value);
	if (control)
		found.push(
			source.diagnose(start, {
				code: 'not-text',
				message: `the text holds a control character (${codePoint(control[0])})`,
				hint: 'remove the escape from the quoted text',
			}),
		);
	const cut = scalar.type === Scalar.PLAIN ? /^[ \t]+(#[^\s#!].*)/.exec(source.text.slice(end, end + 200)) : null;
	if (cut)
		found.push(
			source.diagnose(end + cut[0].indexOf('#'), {
				code: 'cut-at-hash',
				message: `"${(cut[1] ?? '').slice(0, 30)}" is read as a comment; the value ends before it`,
				hint: 'put the whole value in quotes, or write a space after the # of a comment',
			}),
		);
}

function codePoint(character: string): string {
	return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
