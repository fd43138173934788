/**
 * Text measured in terminal columns. Whatever a scenario, a save or a player wrote passes through here before it is drawn, so no
 * escape sequence, control or invisible character of theirs reaches the terminal, and wide characters keep columns in line.
 */
import {stripVTControlCharacters} from 'node:util';
import stringWidth from 'string-width';

const plainAscii = /^[\x20-\x7e]*$/;
// Controls, marks that are not seen, that reorder text or that join characters, halves of characters, and the tones of emoji. Terminals differ in
// the columns of joined and toned emoji and of characters with a variation selector; what is left takes the same columns in all of them.
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]/gu;
const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** One line of harmless text: escape sequences are removed, line breaks and tabs become spaces, joined emoji stand side by side. */
export function clean(text: string): string {
	if (plainAscii.test(text)) return text;
	return stripVTControlCharacters(text)
		.replace(/\r\n|[\n\r\t\u2028\u2029]/g, ' ')
		.replace(unsafe, '');
}

/** Columns that a text takes. */
export function widthOf(text: string): number {
	return plainAscii.test(text) ? text.length : stringWidth(clean(text));
}

/** The characters of a text as a reader counts them. */
export function charactersOf(text: string): string[] {
	return plainAscii.test(text) ? [...text] : Array.from(graphemes.segment(text), part => part.segment);
}

/** Cuts a text to `width` columns; what was cut is marked with `..`. */
export function truncate(text: string, width: number): string {
	const line = clean(text);
	if (widthOf(line) <= width) return line;
	if (width <= 2) return take(line, width);
	return `${take(line, width - 2)}..`;
}

/** As many characters as fit `width` columns. */
export function take(text: string, width: number): string {
	if (width <= 0) return '';
	if (plainAscii.test(text)) return text.slice(0, width);
	let taken = '';
	let used = 0;
	for (const character of charactersOf(text)) {
		const columns = widthOf(character);
		if (used + columns > width) break;
		taken += character;
		used += columns;
	}
	return taken;
}

/** A text in exactly `width` columns, cut or filled with spaces on the right. */
export function pad(text: string, width: number): string {
	const line = truncate(text, width);
	return line + ' '.repeat(Math.max(0, width - widthOf(line)));
}

/** Breaks a text into lines of at most `width` columns, at spaces where it can. Line breaks of the text are kept. */
export function wrap(text: string, width: number): string[] {
	const room = Math.max(1, width);
	return text.split(/\r\n|\n|\r/).flatMap(paragraph => wrapParagraph(clean(paragraph), room));
}

function wrapParagraph(paragraph: string, width: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of paragraph.split(/ +/)) {
		let rest = word;
		const joined = line === '' ? rest : `${line} ${rest}`;
		if (widthOf(joined) <= width) {
			line = joined;
			continue;
		}
		if (line !== '') lines.push(line);
		while (widthOf(rest) > width) {
			const part = take(rest, width) || (charactersOf(rest)[0] ?? '');
			lines.push(part);
			rest = rest.slice(part.length);
		}
		line = rest;
	}
	lines.push(line);
	return lines;
}

/** Hex shortened for a column, with both ends to compare: `228b..f677`. */
export function shortHex(hex: string, ends = 4): string {
	return hex.length <= ends * 2 + 2 ? hex : `${hex.slice(0, ends)}..${hex.slice(-ends)}`;
}

/** A phrase as a sentence: with its full stop, and a capital letter unless it goes on a sentence. */
export function sentence(phrase: string, isStart = true): string {
	const ended = /[.!?:;]["')]?$/.test(phrase) ? phrase : `${phrase}.`;
	return isStart ? ended.charAt(0).toUpperCase() + ended.slice(1) : ended;
}
