// What a player waits for, on a real pseudo-terminal: the first frame of the program and the answer to a key, each over a bare Ink hello.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import pty from '@lydell/node-pty';
import {ReplayPlayer} from '../../source/commands/replay-player.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import type {Row} from './row.js';

const starts = 21;
const presses = 80;
const down = '\u001b[B';
const up = '\u001b[A';

function median(values: readonly number[]): number {
	const sorted = [...values].sort((left, right) => left - right);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** A program on a pseudo-terminal, timed by the bytes that it writes; nothing interprets them. */
class Timed {
	readonly #process: pty.IPty;
	readonly #started = performance.now();
	#seen = '';
	#wanted: {readonly text: string; readonly resolve: (took: number) => void; readonly since: number} | undefined;
	readonly exit: Promise<void>;

	constructor(script: string, args: readonly string[], size: {cols: number; rows: number}, folder: string) {
		const env: Record<string, string> = {
			PATH: process.env.PATH ?? '',
			TERM: 'xterm-256color',
			LANG: 'C.UTF-8',
			HOME: folder,
			XDG_STATE_HOME: folder,
			XDG_CONFIG_HOME: folder,
		};
		this.#process = pty.spawn(process.execPath, [script, ...args], {...size, name: 'xterm-256color', env, cwd: folder});
		this.#process.onData(data => {
			this.#seen += data;
			const wanted = this.#wanted;
			if (!wanted || !this.#seen.includes(wanted.text)) return;
			this.#wanted = undefined;
			wanted.resolve(performance.now() - wanted.since);
		});
		this.exit = new Promise(resolve => this.#process.onExit(() => resolve()));
	}

	/** Milliseconds from the start of the process until it has written `text`. */
	firstFrame(text: string): Promise<number> {
		return this.#until(text, this.#started);
	}

	/** Milliseconds from a key until the program writes `text` (anything, when it is empty). */
	answer(key: string, text = ''): Promise<number> {
		this.#seen = '';
		const answered = this.#until(text, performance.now());
		this.#process.write(key);
		return answered;
	}

	/** Bytes that were written since the last key, once nothing more of a frame is due. */
	get written(): number {
		return Buffer.byteLength(this.#seen);
	}

	#until(text: string, since: number): Promise<number> {
		return new Promise(resolve => {
			this.#wanted = {text, resolve, since};
		});
	}

	kill(): void {
		this.#process.kill('SIGKILL');
	}
}

async function keyToFrame(program: Timed): Promise<number> {
	const times: number[] = [];
	for (let index = 0; index < presses; index += 1) times.push(await program.answer(index % 2 === 0 ? down : up));
	return median(times);
}

const endOfFrame = '\u001b[?2026l';

/** Bytes for each message of a ceremony at 120x40, and for the whole screen that came before them. */
async function resolveBytes(script: string, folder: string): Promise<{readonly whole: number; readonly step: number}> {
	const game = new Timed(script, ['play', 'first-light', '--seed', 'bench'], {cols: 120, rows: 40}, folder);
	await game.firstFrame('BRIEFING');
	await game.answer('\r', 'RESPOND');
	for (const line of [
		'approve payroll party=ada basis=display',
		'approve payroll party=ben basis=display',
		'sign payroll parties=ada,ben',
	]) {
		await game.answer(':', 'complete');
		await game.answer(`${line}\r`, line.startsWith('sign') ? 'queued' : 'Done');
	}
	await game.answer('e', 'END TURN');
	await game.answer('\r', 'RESOLVE');
	const whole = 120 * 40;
	const steps: number[] = [];
	for (let message = 2; message <= 6; message += 1) {
		await game.answer(' ', endOfFrame);
		steps.push(game.written);
	}
	game.kill();
	await game.exit;
	return {whole, step: median(steps)};
}

const turns = 200;

/** A finished game of that many turns, stepped through from end to end and back: how much more memory the third pass holds than the first. */
function replayGrowth(folder: string): Row {
	const run = (...words: readonly string[]) =>
		execFileSync(process.execPath, [join(process.cwd(), 'dist/cli.js'), ...words], {cwd: folder, stdio: 'pipe'});
	run('new', 'long', '--template', 'short');
	const file = join(folder, 'long.yaml');
	writeFileSync(file, readFileSync(file, 'utf8').replace(/^turns: \d+$/m, `turns: ${turns}`));
	const save = join(folder, 'long.jsonl');
	run('run', file, '--seed', 'bench', '--operators', 'careful', '--attackers', 'idle', '--save', save);
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const player = new ReplayPlayer(RecordedGame.load(save));
	const pass = (): number => {
		while (player.step('move', 1)) player.view();
		while (player.step('turn', -1)) player.view();
		collect();
		return process.memoryUsage().heapUsed;
	};
	pass();
	const first = pass();
	pass();
	const third = pass();
	return {
		what: `replay of ${turns} turns there and back: memory after two more passes`,
		value: `${(third / 2 ** 20).toFixed(1)} MB`,
		ratio: third / first,
		budget: 1.02,
		note: `${player.lines} lines, before ${(first / 2 ** 20).toFixed(1)} MB`,
	};
}

export async function rows(): Promise<Row[]> {
	const folder = mkdtempSync(join(tmpdir(), 'terminal-bench-'));
	const scripts = {hello: join(process.cwd(), 'dist/bench/hello.js'), game: join(process.cwd(), 'dist/cli.js')};
	const size = {cols: 80, rows: 24};
	try {
		const times: Record<'hello' | 'game', number[]> = {hello: [], game: []};
		for (let index = 0; index < starts; index += 1) {
			for (const [name, text] of [
				['hello', 'hello'],
				['game', 'QUORUM CALL'],
			] as const) {
				const program = new Timed(scripts[name], [], size, folder);
				times[name].push(await program.firstFrame(text));
				program.kill();
				await program.exit;
			}
		}
		const large = {cols: 120, rows: 40};
		const hello = new Timed(scripts.hello, [], large, folder);
		await hello.firstFrame('hello');
		const game = new Timed(scripts.game, ['play', 'first-light', '--seed', 'bench'], large, folder);
		await game.firstFrame('BRIEFING');
		await game.answer('\r', 'RESPOND');
		// Once to warm up, then alternately, so that a busy machine hits both.
		const keys: Record<'hello' | 'game', number[]> = {hello: [], game: []};
		for (let round = 0; round < 4; round += 1) {
			const [first, second] = [await keyToFrame(hello), await keyToFrame(game)];
			if (round === 0) continue;
			keys.hello.push(first);
			keys.game.push(second);
		}
		for (const program of [hello, game]) program.kill();
		await Promise.all([hello.exit, game.exit]);
		const {whole, step} = await resolveBytes(scripts.game, folder);
		const [bareStart, start, bareKey, key] = [median(times.hello), median(times.game), median(keys.hello), median(keys.game)];
		return [
			{
				what: 'first frame over a bare Ink hello',
				value: `${start.toFixed(0)} ms`,
				ratio: start / bareStart,
				budget: 1.3,
				note: `hello ${bareStart.toFixed(0)} ms`,
			},
			{
				what: 'key press to frame on the board at 120x40 over a bare Ink hello',
				value: `${key.toFixed(1)} ms`,
				ratio: key / bareKey,
				budget: 3,
				note: `hello ${bareKey.toFixed(1)} ms`,
			},
			{
				what: 'bytes for one more message of a resolve at 120x40 over its cells',
				value: `${step} bytes`,
				ratio: step / whole,
				budget: 0.5,
				note: `${whole} cells`,
			},
			replayGrowth(folder),
		];
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}
