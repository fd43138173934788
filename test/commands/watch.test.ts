// `watch`: a round after each save, whatever the editor does to the file.
import {once} from 'node:events';
import {renameSync, writeFileSync} from 'node:fs';
import {expect, onTestFinished, test} from 'vitest';
import {boardText} from '../../source/commands/board-text.js';
import {gameLine, type Round, roundLines, roundOf, watchText} from '../../source/commands/watching.js';
import {keys, start} from '../end-to-end/pseudo-terminal.js';
import {lateInvoice} from './late-invoice.js';
import {cli, place} from './program.js';

const here = place();

/** A disk and a clock that do what a test says. */
function scene(first: string | null) {
	let text = first;
	let changed = (): void => {};
	let waiting: (() => void)[] = [];
	const told: string[] = [];
	const looked: string[] = [];
	const stop = watchText(
		{
			read: () => text,
			onChange(run) {
				changed = run;
				return () => {
					changed = () => {};
				};
			},
			soon(run) {
				waiting.push(run);
				return () => {
					waiting = waiting.filter(each => each !== run);
				};
			},
			show: round => void told.push(round.words),
			tell: sentence => void told.push(sentence),
		},
		now => {
			looked.push(now);
			return {diagnostics: [], tests: [], words: now, games: []};
		},
	);
	return {
		told,
		looked,
		stop,
		save(next: string | null, events = 1) {
			text = next;
			for (let event = 0; event < events; event++) changed();
		},
		rest() {
			const now = waiting;
			waiting = [];
			for (const run of now) run();
		},
		waiting: () => waiting.length,
	};
}

test('one round at the start, and one a save, however many events it makes', () => {
	const {told, save, rest, waiting} = scene('a');
	expect(told).toEqual(['a']);
	save('b', 5);
	expect(told).toEqual(['a']);
	expect(waiting()).toBe(1);
	rest();
	expect(told).toEqual(['a', 'b']);
	save('b');
	rest();
	expect(told).toEqual(['a', 'b']);
});

test('a file that is away is waited for, and is looked at again when it is back', () => {
	const {told, save, rest} = scene('a');
	save(null);
	rest();
	save(null);
	rest();
	expect(told).toEqual(['a', 'The file is away; waiting for it.']);
	save('a');
	rest();
	expect(told).toEqual(['a', 'The file is away; waiting for it.', 'a']);
});

test('once it is stopped nothing is looked at any more', () => {
	const {looked, save, rest, stop} = scene('a');
	save('b');
	stop();
	rest();
	save('c');
	rest();
	expect(looked).toEqual(['a']);
});

const look = (text: string, before?: Round, choice = {}) => roundOf(text, 'late.yaml', choice, before);

test('a round has the tests, and the moves of one of them in each world as far as they go', () => {
	const good = look(lateInvoice);
	expect(roundLines(good)).toEqual(['2 tests, all hold.']);
	expect(good.games.map((_, index) => gameLine(good, index))).toEqual([
		'world honest (1 of 2), test "payroll on display": turn 2',
		'world swapped (2 of 2), test "payroll on display": turn 2',
	]);
	const stuck = look(lateInvoice.replace('party=jun basis=display', 'party=idris basis=digest'), good);
	expect(roundLines(stuck)).toEqual(['FAILED payroll on display: line 3: jun has not approved payroll', '2 tests, 1 not.']);
	expect(gameLine(stuck, 0)).toBe(
		'world honest (1 of 2), test "payroll on display": turn 1; stopped at line 3: jun has not approved payroll',
	);
	expect(Object.values(stuck.games[0]!.played.state.requests.payroll!.approvals)).toHaveLength(2);
});

test('a file that does not load is diagnosed, and the games stay where they were', () => {
	const good = look(lateInvoice);
	const broken = look(lateInvoice.replace('turns: 4', 'trns: 4'), good);
	expect(roundLines(broken)[0]).toBe('late.yaml:3:1: error: unknown key "trns" [unknown-key]');
	expect(roundLines(broken).at(-1)).toBe('The file does not load.');
	expect(broken.games).toBe(good.games);
	const renamed = look(lateInvoice.replace('payroll on display', 'payroll'), good, {test: 'on display'});
	expect(roundLines(renamed)).toEqual(['There is no test "on display". There are:', '  payroll', '  nothing without approvals: refused']);
	expect(renamed.games).toBe(good.games);
});

test('the board is text of its size, for the side that looks', () => {
	const {game, state} = look(lateInvoice).games[0]!.played;
	const size = {columns: 80, rows: 22, colour: false, ascii: true};
	const operators = boardText(game, state, {side: 'operators', ...size});
	expect(operators).toHaveLength(22);
	expect(operators[0]).toMatch(/turn 2 of 4 +RESPOND +operators/);
	expect(operators.join('\n')).toMatch(/invoice +t4 +none of 2/);
	expect(boardText(game, state, {side: 'attackers', ...size})[0]).toMatch(/ATTACK +attackers/);
});

test('a real editor: a save by renaming, and Ctrl-C', async () => {
	writeFileSync(here.path('late.yaml'), lateInvoice);
	const child = here.start(['watch', 'late.yaml', '--world', 'swapped']);
	let stdout = '';
	const shows = async (words: string): Promise<void> => {
		while (!stdout.includes(words)) stdout += String((await once(child.stdout!, 'data'))[0]);
	};
	onTestFinished(() => void child.kill('SIGKILL'));
	await shows('2 tests, all hold.');
	await shows('world swapped (1 of 1)');
	writeFileSync(here.path('late.yaml~'), lateInvoice.replace('payroll.signed && outputs', 'payroll.final && outputs'));
	renameSync(here.path('late.yaml~'), here.path('late.yaml'));
	await shows('FAILED payroll on display: payroll.final is false');
	const closed = once(child, 'close');
	child.kill('SIGINT');
	expect((await closed)[0]).toBe(130);
});

test('on a terminal: one world at a time, q quits', async () => {
	writeFileSync(here.path('tty.yaml'), lateInvoice);
	const env = Object.fromEntries(Object.entries(here.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
	const terminal = start(process.execPath, [cli, 'watch', 'tty.yaml'], {cwd: here.folder, env, rows: 30});
	await terminal.until('world honest (1 of 2)');
	terminal.press(keys.tab);
	await terminal.until('world swapped (2 of 2)');
	expect(terminal.text()).toContain('2 tests, all hold.');
	terminal.press('q');
	expect(await terminal.exit).toBe(0);
});
