// Fifteen parties compute for as long as it takes to notice. Meanwhile the player looks around, or leaves, and nothing is lost.
import {readdirSync, writeFileSync} from 'node:fs';
import {afterEach, expect, test} from 'vitest';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {place} from '../commands/program.js';
import {cliAt, keys, type PseudoTerminal} from './pseudo-terminal.js';

const names = ['ada', 'ben', 'chi', 'dov', 'eve', 'fay', 'gus', 'hal', 'ira', 'jan', 'kim', 'lou', 'mia', 'ned', 'oda'];
const scenario = `format: 1
title: Fifteen
turns: 3
minutes: 10
threshold: 8
parties:
${names.map(name => `  ${name}: {domain: of-${name}}`).join('\n')}
requests:
  payroll: {opens: 1, due: 3, by: Payroll office, amount: 8000, to: staff}
worlds:
  honest: {}
objectives:
  operators: {payroll: payroll.signed}
`;

const here = place();
let terminal: PseudoTerminal;
afterEach(() => terminal.kill('SIGKILL'));

const savePath = () => {
	const folder = here.path('state', 'quorum-call', 'saves');
	return `${folder}/${readdirSync(folder).find(name => name.endsWith('.jsonl'))}`;
};

/** Ends the turn and looks at the parties while that is computed. */
async function lookWhileTheTurnEnds(): Promise<void> {
	terminal.press('e');
	await terminal.until('END TURN');
	terminal.press(keys.enter);
	await terminal.until('Computing');
	terminal.press('n');
	await terminal.until(text => text.includes('Computing') && text.includes('turn 1 of 3'));
	terminal.press('P');
	await terminal.until(text => text.includes('PARTIES') && text.includes('Computing'));
	// The result comes as a screen of its own: it is not there yet.
	expect(terminal.text()).not.toMatch(/RESOLVE|ENDED/);
}

test('help and views open before the result is there; a signal in the middle leaves the terminal and the save whole', async () => {
	writeFileSync(here.path('fifteen.yaml'), scenario);
	terminal = cliAt(here, 'play', 'fifteen.yaml', '--seed', 'fifteen');
	await terminal.until('Enter begin');
	terminal.press(keys.enter);
	await terminal.until(/Computing.*15 parties make the key together/);
	terminal.press('?');
	await terminal.until(text => text.includes('HELP') && /Computing[\s\S]*keygen\s+c1,\s+round \d/.test(text));
	// The key is made while the help is read, and the board lies below it.
	await terminal.until(text => text.includes('HELP') && !text.includes('Computing'));
	terminal.press(keys.esc);
	await terminal.until('turn 1 of 3');
	terminal.press(':', 'refresh');
	await terminal.until('\n : refresh');
	terminal.press(keys.enter);
	await terminal.until('Queued: refresh');
	await lookWhileTheTurnEnds();
	process.kill(terminal.pid, 'SIGTERM');
	expect(await terminal.exit).toBe(128 + 15);
	expect(terminal.isAlternate()).toBe(false);
	expect(terminal.raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(terminal.raw.lastIndexOf('\u001b[?25l'));
	// Nothing of a move is on the disk before all of it is.
	expect(RecordedGame.load(savePath()).events.findLast(({type}) => type === 'move')).toMatchObject({text: 'refresh'});

	terminal = cliAt(here, 'resume', savePath());
	await terminal.until('turn 1 of 3');
	await lookWhileTheTurnEnds();
	terminal.press(keys.ctrlC);
	await terminal.until('Press Ctrl-C again to leave');
	terminal.press(keys.ctrlC);
	expect(await terminal.exit).toBe(130);
	expect(terminal.isAlternate()).toBe(false);
	expect(terminal.text()).toContain('quorum-call resume');
	expect(RecordedGame.load(savePath()).events.findLast(({type}) => type === 'move')).toMatchObject({text: 'refresh'});

	// A command that computes all of it again says how far it has come, and can be stopped.
	terminal = cliAt(here, 'verify', savePath(), '--unfinished');
	await terminal.until(/^Verifying: /m);
	terminal.press(keys.ctrlC);
	expect(await terminal.exit).toBe(130);
	expect(terminal.text()).not.toContain('holds');
});
