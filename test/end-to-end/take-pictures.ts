/** Plays the beginning of a game in the built program and writes pictures of its six main screens, for the README's gallery. */
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pngOf} from './picture.js';
import {keys, start} from './pseudo-terminal.js';

const folder = 'pictures';
const home = mkdtempSync(join(tmpdir(), 'pictures-'));
const program = start(process.execPath, [join(process.cwd(), 'dist/cli.js'), 'play', 'first-light', '--seed', 'demo', '--world', 'liar'], {
	cols: 120,
	rows: 40,
	cwd: home,
	env: {HOME: home, XDG_STATE_HOME: home, XDG_CONFIG_HOME: home},
});

mkdirSync(folder, {recursive: true});
const picture = (name: string) => writeFileSync(join(folder, `${name}.png`), pngOf(program.terminal));

/** Types a move into the prompt and waits for what it changes on the screen. */
async function move(text: string, seen: string | RegExp): Promise<void> {
	program.press(':');
	await program.until('Enter do');
	program.press(text);
	await program.until(text);
	program.press(keys.enter);
	await program.until(seen);
}

await program.until('BRIEFING');
program.press(keys.enter);
await program.until('RESPOND');
await move('approve payroll party=ada basis=digest', '1:dg');
await move('approve payroll party=chi basis=digest', '3:dg');
await move('sign payroll parties=ada,chi', 'queued');
program.press('e');
await program.until('END');
program.press(keys.enter);
await program.until('message 1 of');
for (const message of [2, 3, 4]) {
	program.press(' ');
	await program.until(`message ${message} of`);
}
picture('resolve');
program.press('s');
await program.until(/message 6 of/);
program.press('=');
await program.until('EQUATION');
picture('equation');
program.press(keys.esc);
await program.until('RESOLVE');
program.press(keys.enter);
await program.until('TURN 1 ENDED');
picture('turn');
program.press(keys.enter);
await program.until('Enter do');
await move('approve vendor party=ada basis=digest', 'DIFFER');
picture('board');
program.press('a');
await program.until('APPROVE vendor');
picture('approve');
program.press(keys.esc);
await program.until('Enter do');
program.press('X');
await program.until('EXPOSURE');
picture('exposure');
program.kill();
await program.exit;
rmSync(home, {recursive: true, force: true});
