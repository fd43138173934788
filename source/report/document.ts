/**
 * A document as data: sections of paragraphs, lists, tables, equations and figures. Whoever writes one knows nothing of a format, and
 * whoever renders it (document-markdown.ts, document-html.ts) knows nothing of the game; all text in it is taken for text, never for markup.
 */
import type {Html} from './html.js';

/** A run of text: plain, in code letters, or strong. */
export type Run = string | {readonly code: string} | {readonly strong: string};
export type Text = Run | readonly Run[];

export interface Figure {
	readonly is: 'figure';
	/** A word of letters and digits, unlike any other figure's. */
	readonly id: string;
	readonly title: string;
	/** What the picture says, in words: the text alternative. */
	readonly description: string;
	/** For paper and screens. */
	readonly svg: Html;
	/** For Markdown viewers: Mermaid text. */
	readonly mermaid?: string;
	/** For terminals, at most 80 columns; and for Markdown where there is no Mermaid. */
	readonly plain: readonly string[];
}

export type Block =
	| {readonly is: 'paragraph'; readonly text: Text}
	| {readonly is: 'list'; readonly items: readonly Text[]; readonly isNumbered?: boolean}
	/** A table; `title` names it for those who don't see it. */
	| {readonly is: 'table'; readonly title: string; readonly header: readonly string[]; readonly rows: ReadonlyArray<readonly Text[]>}
	/** Lines as they are: numbers or commands. */
	| {readonly is: 'code'; readonly lines: readonly string[]; readonly language?: string}
	| {readonly is: 'quote'; readonly text: Text}
	| {readonly is: 'heading'; readonly text: Text}
	| Figure;

export interface Section {
	/** A word, for links to it. */
	readonly id: string;
	readonly title: string;
	/** Where it comes from: `computed`, or who declared it and when. */
	readonly origin: string;
	readonly blocks: readonly Block[];
}

export interface Document {
	/** What stands across every page of it, behind the text. */
	readonly mark?: string;
	readonly title: string;
	/** What a reader has to know before anything else, strongest first. */
	readonly warnings: readonly Text[];
	readonly sections: readonly Section[];
}

export const paragraph = (...runs: readonly Run[]): Block => ({is: 'paragraph', text: runs});
export const list = (items: readonly Text[]): Block[] => (items.length > 0 ? [{is: 'list', items}] : []);
export const heading = (text: Text): Block => ({is: 'heading', text});
export const codeLines = (lines: readonly string[], language?: string): Block => ({
	is: 'code',
	lines,
	...(language === undefined ? {} : {language}),
});

/** A table, or nothing where it has no rows. */
export function table(title: string, header: readonly string[], rows: ReadonlyArray<readonly Text[]>): Block[] {
	return rows.length > 0 ? [{is: 'table', title, header, rows}] : [];
}

/** The runs of a text. */
export function runsOf(text: Text): readonly Run[] {
	return typeof text === 'object' && Symbol.iterator in text ? text : [text];
}
