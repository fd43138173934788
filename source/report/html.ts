/** HTML and SVG as text: a tagged template in which every value is escaped, unless it is markup made by this template itself. */
import {clean} from './plain-text.js';

/** Markup that may stand as it is. Only this file makes it. */
export class Html {
	constructor(readonly text: string) {}

	toString(): string {
		return this.text;
	}
}

type Value = Html | string | number | readonly Value[] | null | undefined | false;

/** Text of others inside an element or a quoted attribute: no character of it means anything, and no control character is left. */
export function escapedHtml(text: string): string {
	return clean(text).replace(/[&<>"'`]/g, character => `&#${character.codePointAt(0)};`);
}

function written(value: Value): string {
	if (value === null || value === undefined || value === false) return '';
	if (value instanceof Html) return value.text;
	if (typeof value === 'object') return value.map(written).join('');
	return escapedHtml(String(value));
}

/** Markup with values in it: texts and numbers are escaped, lists are put one after the other, null and false are nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
	return new Html(parts.map((part, index) => (index < values.length ? part + written(values[index]) : part)).join(''));
}

/** Markup with a line break between its parts. */
export function lines(parts: readonly Html[]): Html {
	return new Html(parts.map(({text}) => text).join('\n'));
}

/** Lines of text as they are, for `pre`: each is escaped by itself, so that the breaks between them stay. */
export function preformatted(texts: readonly string[]): Html {
	return new Html(texts.map(escapedHtml).join('\n'));
}
