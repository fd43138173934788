/**
 * A program on a pseudo-terminal, seen as a user sees it: what is on the screen, in which colours, and what happens when keys are
 * pressed. Nothing here sleeps: `until` looks again whenever the program has written something.
 */
import {resolve} from 'node:path';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';

export interface Options {
	readonly cols?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
}

/** Keys as terminals send them. */
export const keys = {
	up: '\u001b[A',
	down: '\u001b[B',
	right: '\u001b[C',
	left: '\u001b[D',
	enter: '\r',
	esc: '\u001b',
	tab: '\t',
	shiftTab: '\u001b[Z',
	backspace: '\u007f',
	home: '\u001b[H',
	end: '\u001b[F',
	pageDown: '\u001b[6~',
	pageUp: '\u001b[5~',
	ctrlC: '\u0003',
} as const;

export class PseudoTerminal {
	readonly #process: pty.IPty;
	readonly terminal: xterm.Terminal;
	readonly #looking = new Set<() => void>();
	/** Settles with the exit status, or 128 + the signal that ended the program. */
	readonly exit: Promise<number>;
	#exited: number | undefined;
	/** Everything the program wrote, control sequences included. */
	raw = '';

	constructor(command: string, args: readonly string[], {cols = 80, rows = 24, env = {}, cwd}: Options = {}) {
		const inherited = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
		for (const name of ['CI', 'NO_COLOR', 'FORCE_COLOR', 'CONTINUOUS_INTEGRATION']) delete inherited[name];
		this.terminal = new xterm.Terminal({cols, rows, allowProposedApi: true, scrollback: 1000});
		this.#process = pty.spawn(command, [...args], {
			cols,
			rows,
			name: env.TERM ?? 'xterm-256color',
			env: {...inherited, LANG: 'C.UTF-8', ...env},
			...(cwd === undefined ? {} : {cwd}),
		});
		this.#process.onData(data => {
			this.raw += data;
			// A frame that has begun and not ended (DEC mode 2026) is not looked at.
			const isWhole = this.raw.lastIndexOf('\u001b[?2026h') <= this.raw.lastIndexOf('\u001b[?2026l');
			this.terminal.write(data, () => isWhole && this.#look());
		});
		// A terminal answers queries (cursor position, device attributes).
		this.terminal.onData(data => this.#exited === undefined && this.#process.write(data));
		this.exit = new Promise(resolve => {
			this.#process.onExit(({exitCode, signal}) => {
				this.#exited = signal ? 128 + signal : exitCode;
				this.terminal.write('', () => {
					this.#look();
					resolve(this.#exited ?? 0);
				});
			});
		});
	}

	get pid(): number {
		return this.#process.pid;
	}

	/** The rows of the screen, without trailing spaces. */
	screen(): readonly string[] {
		const {active} = this.terminal.buffer;
		return Array.from({length: this.terminal.rows}, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '');
	}

	text(): string {
		return this.screen().join('\n');
	}

	/** Whether the program has the alternate screen. */
	isAlternate(): boolean {
		return this.terminal.buffer.active.type === 'alternate';
	}

	/**
	 * Resolves when the screen holds a text, matches a pattern or satisfies a test.
	 * @throws {Error} with the screen, when the program ends without having shown it.
	 */
	until(expected: string | RegExp | ((text: string) => boolean)): Promise<void> {
		const holds = (): boolean => {
			const text = this.text();
			return typeof expected === 'string' ? text.includes(expected) : typeof expected === 'function' ? expected(text) : expected.test(text);
		};
		return new Promise((resolve, reject) => {
			const look = (): void => {
				if (holds()) {
					this.#looking.delete(look);
					resolve();
				} else if (this.#exited !== undefined) {
					this.#looking.delete(look);
					reject(new Error(`the program ended (${this.#exited}) and never showed ${String(expected)}:\n${this.text()}`));
				}
			};
			this.#looking.add(look);
			look();
		});
	}

	press(...sent: readonly string[]): void {
		for (const key of sent) this.#process.write(key);
	}

	/** Pastes as a terminal with bracketed paste does. */
	paste(text: string): void {
		this.#process.write(`\u001b[200~${text}\u001b[201~`);
	}

	resize(cols: number, rows: number): void {
		this.terminal.resize(cols, rows);
		this.#process.resize(cols, rows);
	}

	kill(signal?: string): void {
		if (this.#exited === undefined) this.#process.kill(signal);
	}

	#look(): void {
		for (const look of [...this.#looking]) look();
	}
}

/** Starts a program on a pseudo-terminal of its own. */
export function start(command: string, args: readonly string[], options: Options = {}): PseudoTerminal {
	return new PseudoTerminal(command, args, options);
}

/** The built program in a place of its own, with its saves and preferences there. */
export function cliAt(
	{folder, env}: {readonly folder: string; readonly env: NodeJS.ProcessEnv},
	...words: readonly string[]
): PseudoTerminal {
	const defined = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
	return start(process.execPath, [resolve('dist/cli.js'), ...words], {cwd: folder, env: defined});
}
