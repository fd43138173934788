/** Where the parts of a scenario stand in its file, for whoever speaks of them after it was loaded. */
import {Locator, Source} from './source.js';
import {parseSyntax} from './syntax.js';

/**
 * The places of a file that loads.
 * @throws {Error} for a text that is no scenario; loading would have said so.
 */
export function placesOf(text: string, file: string): Locator {
	const source = new Source(file, text.replace(/^\ufeff/, ''));
	const syntax = parseSyntax(source);
	if ('diagnostics' in syntax) throw new Error(`${file} is no scenario file`);
	return new Locator(source, syntax.document);
}
