/** The terminal as a program on a pseudo-terminal: what Ink, the painter and the process do together. The game behind it is a fixture. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build} from 'esbuild';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {pngOf, svgOf} from './picture.js';
import {keys, type Options, type PseudoTerminal, start} from './pseudo-terminal.js';

let folder = '';
let running: PseudoTerminal | undefined;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'quorum-call-'));
	await build({
		entryPoints: {program: 'test/terminal/fixture-program.tsx'},
		outdir: folder,
		outExtension: {'.js': '.mjs'},
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		target: 'node20.19',
		jsx: 'automatic',
		define: {'process.env.NODE_ENV': '"production"'},
		alias: {'react-devtools-core': './source/terminal/no-devtools.ts'},
		banner: {js: "import {createRequire as __createRequire} from 'node:module';const require = __createRequire(import.meta.url);"},
	});
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));
afterEach(() => running?.kill('SIGKILL'));

function open(fixture: string, options: Options = {}): PseudoTerminal {
	running = start(process.execPath, [join(folder, 'program.mjs')], {...options, env: {FIXTURE: fixture, ...options.env}});
	return running;
}

const board = 'Moves for refill';

describe('a game on a terminal', () => {
	test('is drawn on a screen of its own, follows keys, and gives the screen back', async () => {
		const terminal = open('board');
		await terminal.until(board);
		expect(terminal.isAlternate()).toBe(true);
		terminal.press('3');
		await terminal.until('approve refill party=chi');
		terminal.press(keys.down);
		await terminal.until(': deny refill');
		terminal.press('q');
		await terminal.until('Leave the game?');
		terminal.press('y');
		expect(await terminal.exit).toBe(0);
		expect(terminal.isAlternate()).toBe(false);
		expect(terminal.text()).toContain('quorum-call resume saves/first-light-a1b2.jsonl');
		expect(terminal.raw).toContain('\u001b[?25h');
	});

	test('every row is as wide as it was laid out, the last column included', async () => {
		const terminal = open('board', {cols: 120, rows: 40});
		await terminal.until('what it needs');
		const [status, rule] = terminal.screen();
		expect(status).toContain('goal: payroll by t5');
		expect(rule?.length).toBe(120);
		expect(terminal.screen()[39]).toContain('head 10c4..e7b5');
	});

	test('says what it needs when it is made small, and recovers at any size', async () => {
		const terminal = open('board');
		await terminal.until(board);
		terminal.resize(40, 10);
		await terminal.until(/^needs 80x24, now 40x10\n*$/);
		terminal.resize(1, 1);
		await terminal.until(/^n$/);
		terminal.resize(120, 40);
		await terminal.until('what it needs');
		terminal.resize(80, 24);
		await terminal.until(text => text.includes(board) && !text.includes('what it needs'));
		expect(terminal.screen()[0]).toContain('first-light   turn 4 of 6');
		expect(terminal.screen()[23]).toContain('? help');
	});

	test('Ctrl-C twice leaves with 130, hidden in a burst or not', async () => {
		const terminal = open('board');
		await terminal.until(board);
		terminal.press(`j${keys.ctrlC}`);
		await terminal.until('Press Ctrl-C again to leave; the game is saved.');
		terminal.press(keys.ctrlC);
		expect(await terminal.exit).toBe(130);
		expect(terminal.isAlternate()).toBe(false);
	});

	test('pasted text is one line of the prompt, not a row of keys', async () => {
		const terminal = open('board');
		await terminal.until(board);
		terminal.paste('note "q e y"\n');
		await terminal.until(': note "q e y"');
		terminal.press(keys.enter);
		await terminal.until('done: note "q e y"');
	});

	test('twenty thousand pasted characters with keys and escape sequences in them are text, cut at a limit that is told', async () => {
		const terminal = open('board');
		await terminal.until(board);
		const {length} = terminal.raw;
		const hostile = 'e\nq\ry\u0003\u001b[A\u001b]0;owned\u0007\u001b[2J\u001b[31mred\u009b1m\u0000\t日本 ';
		terminal.paste(`note "${hostile.repeat(Math.ceil(20_000 / hostile.length))}`);
		await terminal.until('A line holds 2000 characters: what was pasted beyond that is left out.');
		expect(terminal.text()).toMatch(/: .*e q y.*red.*日本/);
		const written = terminal.raw.slice(length);
		for (const part of ['owned', '\u001b[31m', '\u009b', '\u0003', '\u0000', '\u0007']) expect(written).not.toContain(part);
		terminal.press(keys.home);
		await terminal.until(/: note "e q y/);
		// Nothing of it was a key: the game stands where it stood.
		terminal.press(keys.esc);
		await terminal.until(board);
		expect(terminal.text()).toContain('turn 4 of 6');
	});
});

describe('when something breaks', () => {
	test.each([
		['throw', 'in a key handler', 'the handler broke'],
		['reject', 'in a promise', 'a promise nobody awaited failed'],
	])('%s: an error %s ends with its message, without a stack, the screen restored', async (fixture, _, message) => {
		const terminal = open(fixture);
		await terminal.until(board);
		terminal.press(keys.down, keys.enter);
		expect(await terminal.exit).toBe(1);
		expect(terminal.isAlternate()).toBe(false);
		expect(terminal.text()).toContain(message);
		expect(terminal.text()).toContain('quorum-call resume saves/first-light-a1b2.jsonl');
		expect(terminal.text()).not.toMatch(/^\s+at /m);
	});

	test('with DEBUG the stack is there', async () => {
		const terminal = open('throw', {env: {DEBUG: '1'}});
		await terminal.until(board);
		terminal.press(keys.down, keys.enter);
		expect(await terminal.exit).toBe(1);
		expect(terminal.text()).toMatch(/^\s+at /m);
	});

	test('an error while drawing does the same', async () => {
		const terminal = open('draw');
		expect(await terminal.exit).toBe(1);
		expect(terminal.isAlternate()).toBe(false);
		expect(terminal.text()).toContain('quorum-call stopped: the view broke');
	});

	test('SIGTERM gives the screen back', async () => {
		const terminal = open('board');
		await terminal.until(board);
		process.kill(terminal.pid, 'SIGTERM');
		await terminal.exit;
		expect(terminal.isAlternate()).toBe(false);
		expect(terminal.raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(terminal.raw.lastIndexOf('\u001b[?25l'));
	});
});

describe('colour', () => {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are what is looked for.
	const colours = /\u001b\[(?:[1-9;]|3\d|9\d)[\d;]*m/;

	test('is there, and with NO_COLOR it is not', async () => {
		const coloured = open('board');
		await coloured.until(board);
		expect(coloured.raw).toMatch(colours);
		coloured.kill('SIGKILL');
		const plain = open('board', {env: {NO_COLOR: '1'}});
		await plain.until(board);
		expect(plain.raw).not.toMatch(colours);
		expect(plain.text()).toContain('! suspect');
	});

	test('glyphs are ASCII where the terminal knows no more', async () => {
		const terminal = open('board', {env: {TERM: 'linux'}});
		await terminal.until(board);
		expect(terminal.text()).toMatch(/^[\x20-\x7e\n]*$/);
	});
});

test('a screen becomes a picture', async () => {
	const terminal = open('title');
	await terminal.until('Play a scenario');
	const svg = svgOf(terminal.terminal);
	expect(svg).toContain('<svg');
	expect(svg.match(/<text /g)?.length).toBeGreaterThan(20);
	expect([...pngOf(terminal.terminal).slice(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
	terminal.press('q');
	expect(await terminal.exit).toBe(0);
});
