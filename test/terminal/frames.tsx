/** The app on a screen of a given size without a terminal, for tests that press keys and read frames. */
import {render} from 'ink-testing-library';
import {App} from '../../source/terminal/app.js';
import type {Catalogue, Player} from '../../source/terminal/player.js';
import {Session} from '../../source/terminal/session.js';

export interface Frames {
	readonly session: Session;
	/** The last frame. */
	text(): string;
	press(...keys: readonly string[]): Promise<void>;
	paste(text: string): Promise<void>;
	/** Resolves with the frame that holds a text; every frame that is drawn is looked at, none is waited for by the clock. */
	until(expected: string | RegExp): Promise<string>;
	resize(columns: number, rows: number): void;
	end(): void;
}

/** Mounts the app in plain ASCII without colour. */
export async function frames(
	catalogue: Catalogue,
	options: {readonly columns?: number; readonly rows?: number; readonly start?: Player} = {},
): Promise<Frames> {
	const {columns = 80, rows = 24, start} = options;
	const session = new Session(catalogue, {columns, rows}, start);
	const shown = render(<App session={session} abilities={{colour: false, trueColour: false, unicode: false}} />);
	const looking = new Set<() => void>();
	const {write} = shown.stdout;
	shown.stdout.write = frame => {
		write(frame);
		for (const look of [...looking]) look();
	};
	const resize = (wide: number, high: number): void => {
		Object.defineProperty(shown.stdout, 'columns', {configurable: true, value: wide});
		Object.defineProperty(shown.stdout, 'rows', {configurable: true, value: high});
		shown.stdout.emit('resize');
	};
	const text = (): string => shown.lastFrame() ?? '';
	const until = (expected: string | RegExp): Promise<string> =>
		new Promise(resolve => {
			const look = (): void => {
				const frame = text();
				if (!(typeof expected === 'string' ? frame.includes(expected) : expected.test(frame))) return;
				looking.delete(look);
				resolve(frame);
			};
			looking.add(look);
			look();
		});
	// Ink listens to the keyboard once its effects have run.
	if (shown.stdin.listenerCount('readable') === 0)
		await new Promise<void>(resolve => shown.stdin.on('newListener', name => name === 'readable' && resolve()));
	await new Promise(resolve => setImmediate(resolve));
	resize(columns, rows);
	const send = async (data: string): Promise<void> => {
		shown.stdin.write(data);
		await new Promise(resolve => setImmediate(resolve));
	};
	return {
		session,
		text,
		until,
		resize,
		async press(...keys) {
			for (const key of keys) await send(key);
		},
		paste: pasted => send(`\u001b[200~${pasted}\u001b[201~`),
		end: () => shown.unmount(),
	};
}

export const keys = {
	up: '\u001b[A',
	down: '\u001b[B',
	right: '\u001b[C',
	left: '\u001b[D',
	enter: '\r',
	tab: '\t',
	shiftTab: '\u001b[Z',
	backspace: '\u007f',
	ctrlC: '\u0003',
	pageDown: '\u001b[6~',
} as const;
