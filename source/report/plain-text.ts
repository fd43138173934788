/** Text that others wrote, made harmless, and lines of a given width. */
import {stripVTControlCharacters} from 'node:util';
import stringWidth from 'string-width';

export {listed} from '../ceremony/words.js';

// Controls, and format characters: soft hyphen, zero-width and byte-order marks, and the marks that reorder text.
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** One line without escape sequences, controls and invisible marks; line breaks and tabs become spaces. */
export function clean(text: string): string {
	return stripVTControlCharacters(text)
		.replace(/\r\n|[\n\r\t\u2028\u2029]/g, ' ')
		.replace(unsafe, '');
}

/** Hex with both ends to compare: `228b..f677`. */
export function short(hex: string, ends = 4): string {
	return hex.length <= ends * 2 + 2 ? hex : `${hex.slice(0, ends)}..${hex.slice(-ends)}`;
}

/** As many characters of a word as fit `width` columns, at least one. */
function head(word: string, width: number): string {
	let taken = '';
	for (const character of word) {
		if (taken !== '' && stringWidth(taken + character) > width) break;
		taken += character;
	}
	return taken;
}

/**
 * Lines of at most `width` columns, broken at spaces where possible.
 * @param first what the first line begins with, `rest` the others: a mark and an indent.
 */
export function wrap(text: string, width: number, first = '', rest = first): string[] {
	const lines: string[] = [];
	let line = first;
	let isEmpty = true;
	const flush = () => {
		lines.push(line.trimEnd());
		line = rest;
		isEmpty = true;
	};
	for (let word of clean(text).split(/ +/).filter(Boolean)) {
		if (!isEmpty && stringWidth(line) + 1 + stringWidth(word) > width) flush();
		while (stringWidth(line) + stringWidth(word) + (isEmpty ? 0 : 1) > width) {
			const part = head(word, Math.max(1, width - stringWidth(line)));
			if (part === word) break;
			line += part;
			word = word.slice(part.length);
			flush();
		}
		line += isEmpty ? word : ` ${word}`;
		isEmpty = false;
	}
	if (!isEmpty || lines.length === 0) flush();
	return lines;
}

/** "1 share", "2 shares". */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}

/** Words with a full stop. They may begin with an id, so no capital is put in. */
export function stopped(words: string): string {
	return /[.!?]$/.test(words) ? words : `${words}.`;
}

/** A word that a shell takes as it is. */
export function shellWord(text: string): string {
	return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
