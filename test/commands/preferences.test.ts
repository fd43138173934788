// What is kept of a person's choices: a broken file costs a sentence, never the choices of somebody else's file, and never the game.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {AtKeys} from '../end-to-end/at-keys.js';
import {cliAt} from '../end-to-end/pseudo-terminal.js';
import {place} from './program.js';

const here = place();
const file = () => here.path('config', 'quorum-call', 'config.json');

function kept(text: string): void {
	mkdirSync(here.path('config', 'quorum-call'), {recursive: true});
	writeFileSync(file(), text);
}

test('a file that is no JSON is set aside with a sentence, whole, and settings are kept anew', async () => {
	kept('{"theme": "mono", ');
	const terminal = cliAt(here);
	await terminal.until('QUORUM CALL');
	expect(terminal.text().replace(/\s+/g, ' ')).toMatch(/preferences could not be read .* They were set aside as \S*config\.json\.broken/);
	expect(readFileSync(`${file()}.broken`, 'utf8')).toBe('{"theme": "mono", ');
	const player = new AtKeys(terminal);
	await player.press(',', 'SETTINGS');
	await player.seek('\u001b[C', /Colours +high-contrast/);
	await player.press('q', 'Play a scenario');
	terminal.press('q');
	expect(await terminal.exit).toBe(0);
	expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({theme: 'high-contrast', keys: 'vi'});
	// The next start has nothing to complain of.
	expect((await here.run(['preferences'])).stderr).toBe('');
});

test('a value that does not fit is named, and the others stay', async () => {
	kept('{"theme": "mono", "animation": 7, "played": true}');
	const listed = await here.run(['preferences']);
	expect(listed.stderr).toContain('no value that is known for animation');
	expect(listed.stdout).toMatch(/^theme +mono$/m);
	expect((await here.run(['preferences', 'explanation', 'full'])).status).toBe(0);
	expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({theme: 'mono', explanation: 'full', played: true});
	const refused = await here.run(['preferences', 'tips', 'never']);
	expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('Expected one of: first, always, off.')]);
});
