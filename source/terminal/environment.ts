/**
 * What the terminal can do, read from the environment once, before Ink (and chalk within it) is imported: they look at FORCE_COLOR
 * when they load and know nothing of NO_COLOR. Import this file first; it imports nothing of the terminal.
 */
import isUnicodeSupported from 'is-unicode-supported';

export interface TerminalAbilities {
	readonly colour: boolean;
	/** 24 bits a colour; else 256. */
	readonly trueColour: boolean;
	readonly unicode: boolean;
	/** True where the environment asks for lines to be read aloud: INK_SCREEN_READER=true, or TERM=dumb, which has no cursor to move. */
	readonly linear: boolean;
	/** False where full-screen drawing can't work: no terminal on either end, or TERM=dumb. Play as plain text then. */
	readonly fullScreen: boolean;
}

interface Streams {
	readonly stdin: {readonly isTTY?: boolean};
	readonly stdout: {readonly isTTY?: boolean};
}

/**
 * Reads the environment and prepares it for Ink: FORCE_COLOR wins over NO_COLOR (as in Node), TERM=dumb means neither colour nor
 * full screen. Sets `env.FORCE_COLOR=0` where there is to be no colour, and fills in what Node 20 lacks.
 */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env, streams: Streams = process): TerminalAbilities {
	const isDumb = env.TERM === 'dumb';
	const force = env.FORCE_COLOR;
	const isForced = force !== undefined && force !== '';
	const isRefused = env.NO_COLOR !== undefined && env.NO_COLOR !== '';
	const colour = isForced ? force !== '0' && force !== 'false' : !isRefused && !isDumb;
	if (!colour) env.FORCE_COLOR = '0';
	addPromiseWithResolvers();
	return {
		colour,
		trueColour: /^(truecolor|24bit)$/i.test(env.COLORTERM ?? '') || force === '3',
		unicode: !isDumb && isUnicodeSupported() && !hasOtherEncoding(env),
		linear: env.INK_SCREEN_READER === 'true' || (isDumb && Boolean(streams.stdin.isTTY && streams.stdout.isTTY)),
		fullScreen: !isDumb && Boolean(streams.stdin.isTTY && streams.stdout.isTTY),
	};
}

/** True where the locale names an encoding that is not UTF-8 (`C` is ASCII). Where nothing is set, terminals of today are taken at their word. */
function hasOtherEncoding(env: NodeJS.ProcessEnv): boolean {
	const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
	return Boolean(locale) && !/utf-?8/i.test(locale ?? '');
}

/** Ink 8 waits for frames with Promise.withResolvers, which Node 20 has not. */
function addPromiseWithResolvers(): void {
	if ('withResolvers' in Promise) return;
	Object.defineProperty(Promise, 'withResolvers', {
		configurable: true,
		writable: true,
		value<T>() {
			let resolve: (value: T | PromiseLike<T>) => void = () => {};
			let reject: (reason?: unknown) => void = () => {};
			const promise = new Promise<T>((onValue, onError) => {
				resolve = onValue;
				reject = onError;
			});
			return {promise, resolve, reject};
		},
	});
}
