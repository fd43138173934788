// Whole games of first-light in the built program, as somebody at a keyboard plays them: keys alone, on a terminal of 80x24.
import {readdirSync, readFileSync, statSync} from 'node:fs';
import {afterEach, expect, test} from 'vitest';
import {verifyGame} from '../../source/journal/re-execution.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {place} from '../commands/program.js';
import {AtKeys} from './at-keys.js';
import {cliAt, keys, type PseudoTerminal} from './pseudo-terminal.js';

const here = place();
let terminal: PseudoTerminal | undefined;
afterEach(({task}) => {
	if (task.result?.state === 'fail') console.log(terminal?.text());
	terminal?.kill('SIGKILL');
});

/** The newest save, by its time. */
function lastSave(): string {
	const folder = here.path('state', 'quorum-call', 'saves');
	const paths = readdirSync(folder)
		.filter(name => name.endsWith('.jsonl'))
		.map(name => `${folder}/${name}`);
	return paths.sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs).at(-1) ?? '';
}

test('a game won with keys alone: digests, call-backs, and a full inspection after an egress signal', async () => {
	terminal = cliAt(here, 'play', 'first-light', '--seed', 'careful 1', '--world', 'insider');
	const player = new AtKeys(terminal);
	await player.begin();
	await player.approve('payroll', 1, 'ada', 'digest');
	await player.approve('payroll', 2, 'ben', 'digest');
	await player.sign('payroll', 'ada,ben');
	expect(await player.endTurn()).toContain('Result: DONE');
	await player.callBack('vendor');
	await player.inspectFully('chi');
	await player.endTurn();
	await player.callBack('tax');
	await player.inspectFully('ben');
	await player.endTurn();
	await player.approve('vendor', 2, 'ben', 'callback');
	await player.approve('vendor', 3, 'chi', 'callback');
	await player.sign('vendor', 'ben,chi');
	await player.approve('tax', 2, 'ben', 'callback');
	await player.approve('tax', 3, 'chi', 'callback');
	await player.inspectFully('ada');
	await player.endTurn();
	await player.sign('tax', 'ben,chi');
	await player.endTurn();
	await player.inspectFully('ben');
	expect(await player.endTurn()).toContain('HOT WASH');
	await player.debrief();
	await player.seek(']', '── Outcome');
	expect(player.text()).toContain('The operators won');
	terminal.press('q');
	expect(await terminal.exit).toBe(0);
	expect(verifyGame(readFileSync(lastSave()))).toMatchObject({ok: true, closed: true, reexecuted: true});
});

test('the same table lost by trusting the display: what was signed is not what was shown', async () => {
	terminal = cliAt(here, 'play', 'first-light', '--seed', 'display', '--world', 'liar');
	const player = new AtKeys(terminal);
	await player.begin();
	await player.endTurn();
	await player.approve('vendor', 1, 'ada', 'display');
	await player.approve('vendor', 2, 'ben', 'display');
	await player.sign('vendor', 'ada,ben');
	// Every check of the ceremony holds, and the policy allows it: nothing on the screen says that the bytes are others.
	const report = await player.endTurn();
	expect(report).toContain('Result: DONE');
	expect(report).toMatch(/ALLOW/);
	await player.endTurn();
	expect(await player.endTurn()).toContain('HOT WASH');
	terminal.press(keys.ctrlC, keys.ctrlC);
	expect(await terminal.exit).toBe(130);
	const ended = RecordedGame.load(lastSave());
	expect(ended.state.end).toMatchObject({outcome: 'attackers', reason: expect.stringContaining('vendor was signed with bytes')});
});

test('as attackers, keys alone: what careful operators inspect does not leave, and they win', async () => {
	terminal = cliAt(here, 'play', 'first-light', '--side', 'attackers', '--seed', 'demo', '--world', 'insider');
	const player = new AtKeys(terminal);
	await player.begin();
	await player.against(3, 'i', 'implant party=chi');
	await player.endTurn();
	// A move that is refused says why for the party that is picked.
	terminal.press('1', 's');
	await terminal.until('refused: you have no implant on ada');
	await player.against(3, 's', 'steal-share party=chi');
	expect(await player.endTurn()).toContain('The share of chi did not leave: your implant is gone.');
	for (let turn = 3; turn < 6; turn++) await player.endTurn();
	expect(await player.endTurn()).toContain('HOT WASH');
	await player.debrief();
	expect(player.text()).toMatch(/Outcome +payroll, vendor, tax served in time, and nothing unauthorised/);
	terminal.press('q');
	expect(await terminal.exit).toBe(0);
	const ended = RecordedGame.load(lastSave());
	expect(ended.state.end).toMatchObject({outcome: 'operators'});
});

test('a storm of sizes while messages are shown, then SIGTERM: each size is drawn whole, and nothing is lost', async () => {
	terminal = cliAt(here, 'play', 'first-light', '--seed', 'careful 1', '--world', 'insider');
	const player = new AtKeys(terminal);
	await player.begin();
	await player.approve('payroll', 1, 'ada', 'digest');
	await player.approve('payroll', 2, 'ben', 'digest');
	await player.sign('payroll', 'ada,ben');
	await player.press('e', 'END TURN');
	await player.press(keys.enter, 'message 1 of');
	for (const [columns, rows] of [
		[120, 40],
		[60, 15],
		[81, 25],
		[200, 60],
		[1, 1],
		[132, 24],
		[60, 15],
	] as const) {
		terminal.resize(columns, rows);
	}
	terminal.press(' ');
	await terminal.until(text => text.trim() === 'needs 80x24, now 60x15');
	terminal.resize(80, 24);
	await terminal.until(/RESOLVE.*message [1-6] of/);
	expect(terminal.screen()[23]).toContain('? help');
	expect(terminal.screen().every(row => row.length <= 80)).toBe(true);
	process.kill(terminal.pid, 'SIGTERM');
	expect(await terminal.exit).toBe(143);
	expect(terminal.isAlternate()).toBe(false);
	expect(terminal.raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(terminal.raw.lastIndexOf('\u001b[?25l'));
	expect(verifyGame(readFileSync(lastSave()), {allowUnfinished: true})).toMatchObject({ok: true, reexecuted: true});
	expect(RecordedGame.load(lastSave()).state.turn).toBe(2);
});
