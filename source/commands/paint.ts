/** Colour in what commands print as text: on a terminal that wants it, and never in files and pipes unless FORCE_COLOR says so. */
import {isatty} from 'node:tty';
import {styleText} from 'node:util';
import isUnicodeSupported from 'is-unicode-supported';

type Style = 'green' | 'red' | 'yellow' | 'dim' | 'bold';

export interface Paint {
	/** The text in a style, or as it is. */
	(style: Style, text: string): string;
	readonly marks: {readonly ok: string; readonly bad: string};
}

/** @param isTerminal whether the text goes to a terminal; stdout's own answer by default */
export function createPaint(env: NodeJS.ProcessEnv = process.env, isTerminal = isatty(1)): Paint {
	const {FORCE_COLOR: force, NO_COLOR: refused, TERM: terminal} = env;
	const isColoured = force ? force !== '0' && force !== 'false' : isTerminal && !refused && terminal !== 'dumb';
	const paint = (style: Style, text: string): string => (isColoured ? styleText(style, text, {validateStream: false}) : text);
	const marks = isTerminal && isUnicodeSupported() ? {ok: '✓', bad: '✗'} : {ok: 'ok', bad: 'FAILED'};
	return Object.assign(paint, {marks});
}
