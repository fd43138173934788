// The title is there before the program that draws it: the same screen, to which keys can be pressed at once.
import {afterEach, expect, test} from 'vitest';
import {place} from '../commands/program.js';
import {cliAt, keys, type PseudoTerminal} from './pseudo-terminal.js';

const here = place();
let terminal: PseudoTerminal;
afterEach(() => terminal.kill('SIGKILL'));

/** Ends each frame of the app; the title that is written ahead of it has none. */
const endOfFrame = '\u001b[?2026l';

test('what is drawn first is what stays, and a key that is pressed to it is not lost', async () => {
	terminal = cliAt(here);
	await terminal.until('QUORUM CALL');
	const first = terminal.text();
	await terminal.until(() => terminal.raw.split(endOfFrame).length > 2);
	expect(terminal.text()).toBe(first);
	expect(terminal.raw.indexOf('QUORUM CALL')).toBeLessThan(terminal.raw.indexOf('\u001b[?2026h'));
	expect(terminal.raw.split('\u001b[?1049h')).toHaveLength(2);

	const second = cliAt(here);
	terminal.kill('SIGKILL');
	terminal = second;
	await terminal.until('QUORUM CALL');
	terminal.press(keys.down, keys.down, keys.enter);
	await terminal.until('SETTINGS');
});

test('a signal at the first frame gives the screen back', async () => {
	terminal = cliAt(here);
	await terminal.until('QUORUM CALL');
	process.kill(terminal.pid, 'SIGTERM');
	expect(await terminal.exit).toBe(128 + 15);
	expect(terminal.isAlternate()).toBe(false);
	expect(terminal.raw.lastIndexOf('\u001b[?25h')).toBeGreaterThan(terminal.raw.lastIndexOf('\u001b[?25l'));
});
