/**
 * What is wrong with a scenario file, where, what was expected and what to do: one record for every finding, and the
 * one way in which it is shown.
 */
import {closest, distance} from 'fastest-levenshtein';
import stringWidth from 'string-width';
import type {DiagnosticCode, Severity} from './diagnostic-codes.js';

/** One finding. `line` and `column` count from 1; columns are UTF-16 code units, as editors count them. */
export interface Diagnostic {
	/** The kind of finding: diagnosticRegistry says what it means. */
	readonly code: DiagnosticCode;
	readonly severity: Severity;
	readonly file: string;
	readonly line: number;
	readonly column: number;
	readonly message: string;
	/** What would have been right: `a whole number`, `one of "on", "off"`. */
	readonly expected?: string;
	/** What to do next, as a sentence: `did you mean "when"?` */
	readonly hint?: string;
	/** The line of the file, as it is. */
	readonly sourceLine: string;
}

/** Puts a piece of a shown finding into colour; without one, it is plain text. */
export type DiagnosticStyle = (piece: Severity | 'place' | 'message' | 'code' | 'gutter' | 'caret', text: string) => string;

const WINDOW = 120;

/**
 * Shows a diagnostic as text, in actionlint's manner:
 *
 *     late.yaml:9:5: error: unknown key "whn" [unknown-key]
 *     9 |     whn: turn > 2
 *       |     ^
 *       expected one of "at", "when"
 *       did you mean "when"?
 *
 * Control characters in anything shown are made harmless. Tabs stay, so that the caret is right at any tab width.
 */
export function formatDiagnostic(diagnostic: Diagnostic, style: DiagnosticStyle = (_, text) => text): string {
	const {file, line, column, severity, message, code, expected, hint, sourceLine} = diagnostic;
	const lines = [
		`${style('place', `${harmless(file)}:${line}:${column}`)}: ${style(severity, severity)}: ${style('message', harmless(message))} ${style('code', `[${code}]`)}`,
	];
	if (sourceLine.trim() !== '') {
		const {shown, before} = cutAround(sourceLine, column - 1);
		const gutter = ' '.repeat(String(line).length);
		lines.push(
			`${style('gutter', `${line} |`)} ${harmless(shown, true)}`,
			`${style('gutter', `${gutter} |`)} ${blank(harmless(before, true))}${style('caret', '^')}`,
		);
	}
	if (expected !== undefined) lines.push(`  expected ${harmless(expected)}`);
	if (hint !== undefined) lines.push(`  ${harmless(hint)}`);
	return lines.join('\n');
}

/** `1 error, 2 warnings`; the empty text when there is nothing to count. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
	return (['error', 'warning', 'note'] as const)
		.map(severity => ({severity, count: diagnostics.filter(one => one.severity === severity).length}))
		.filter(({count}) => count > 0)
		.map(({severity, count}) => `${count} ${severity}${count === 1 ? '' : 's'}`)
		.join(', ');
}

/** Puts findings in the order of the file; equal places keep their order. */
export function inFileOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
	return [...diagnostics].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** `did you mean "when"?` when a known word is near enough to be meant; otherwise nothing. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
	if (known.length === 0 || word.length === 0 || word.length > 60) return undefined;
	const lower = word.toLowerCase();
	const near = closest(lower, known);
	const allowed = Math.floor(Math.max(word.length, near.length) / 3);
	return distance(lower, near.toLowerCase()) <= allowed ? `did you mean "${near}"?` : undefined;
}

/** A longer list of what was expected is left out where one word of it was surely meant. */
const LONG = 12;

/** What was expected instead of a word, and which of it may have been meant. */
export function suggest(
	word: string,
	known: readonly string[],
): {readonly expected: string | undefined; readonly hint: string | undefined} {
	const hint = didYouMean(word, known);
	return {expected: hint !== undefined && known.length > LONG ? undefined : oneOf(known), hint};
}

/** `one of "a", "b"`; `"a"` for one word; nothing for none. Long lists are cut. */
export function oneOf(words: readonly string[]): string | undefined {
	if (words.length === 0) return undefined;
	const shown = words.slice(0, 24).map(word => `"${word}"`);
	const more = words.length - shown.length;
	return shown.length === 1 ? shown[0] : `one of ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/**
 * Makes a text safe to show: escape sequences, other control characters, and marks that reorder or hide what follows
 * become visible signs of one column.
 */
export function harmless(text: string, keepTabs = false): string {
	let result = '';
	for (const character of text) {
		const code = character.codePointAt(0) ?? 0;
		if (character === '\t') result += keepTabs ? '\t' : ' ';
		else if (code < 0x20) result += String.fromCodePoint(0x2400 + code);
		else if (code === 0x7f) result += '\u2421';
		else if (isHidden(code)) result += '\ufffd';
		else result += character;
	}
	return result;
}

/** C1 controls, zero-width marks, line separators, direction marks, lone surrogates and tag characters. */
function isHidden(code: number): boolean {
	return (
		(code >= 0x80 && code <= 0x9f) ||
		code === 0xad ||
		code === 0x61c ||
		(code >= 0x200b && code <= 0x200f) ||
		(code >= 0x2028 && code <= 0x202e) ||
		(code >= 0x2060 && code <= 0x206f) ||
		(code >= 0xd800 && code <= 0xdfff) ||
		code === 0xfeff ||
		(code >= 0xe0000 && code <= 0xe007f)
	);
}

/** Spaces as wide as a text on a terminal; its tabs stay tabs. */
function blank(text: string): string {
	return text
		.split('\t')
		.map(part => ' '.repeat(stringWidth(part)))
		.join('\t');
}

/** The part of a long line around an index, and what of it stands before the index. */
function cutAround(line: string, index: number): {shown: string; before: string} {
	const at = Math.min(Math.max(index, 0), line.length);
	if (line.length <= WINDOW) return {shown: line, before: line.slice(0, at)};
	const start = Math.max(0, Math.min(at - WINDOW / 2, line.length - WINDOW));
	const end = Math.min(line.length, start + WINDOW);
	const head = start > 0 ? '…' : '';
	return {shown: `${head}${line.slice(start, end)}${end < line.length ? '…' : ''}`, before: `${head}${line.slice(start, at)}`};
}
