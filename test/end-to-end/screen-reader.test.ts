// The game in lines, as a screen reader gets it: a whole turn as a text, nothing but text in the bytes, and every view by its name.
import {expect, test} from 'vitest';
import {bindingsOf} from '../../source/terminal/keymap.js';
import {markdownWords} from '../../source/terminal/linear/spoken.js';
import {place} from '../commands/program.js';
import {cliAt, keys} from './pseudo-terminal.js';

const here = place();
const play = ['play', 'first-light', '--seed', 'demo', '--world', 'liar', '--screen-reader'];

test('a whole turn', async () => {
	const lines = [
		'help',
		'begin',
		'requests',
		'moves approve',
		'approve payroll party=ada basis=digest',
		'approve payroll party=chi basis=digest',
		'sign payroll parties=ada,chi',
		'questions approve payroll party=ben basis=display',
		'hint',
		'end',
		'yes',
		'approve vendor party=ada basis=digest',
		'why verifyPartials',
		'quit',
	];
	const {status, stdout, stderr} = await here.run(play, {input: `${lines.join('\n')}\n`});
	expect([status, stderr]).toEqual([0, '']);
	const text = stdout.replaceAll(/\S+first-light-\w+\.jsonl/g, 'SAVE').replaceAll(/\b[0-9a-f]{64}\b/g, 'HEAD');
	await expect(text).toMatchFileSnapshot('screen-reader-turn.txt');
	// Neither signs that are drawn nor a sequence that moves a cursor.
	expect(text).toMatch(/^[\x20-\x7e\n]*$/);
	expect(text).not.toMatch(/ {3,}|--+|[|<>]{2}/);
});

test('every view is read by its name', async () => {
	const views = bindingsOf('views').flatMap(({command}) => (command.startsWith('view-') ? [command.slice(5)] : []));
	const {stdout} = await here.run(play, {input: `begin\n${views.map(view => `${view}\n`).join('')}quit\n`});
	const parts = stdout.split(/^Turn 1, 3 points, your line:\n/m);
	expect(parts).toHaveLength(views.length + 2);
	for (const [index, view] of views.entries()) {
		expect(parts[index + 1]?.trim(), view).not.toBe('');
		expect(parts[index + 1], view).not.toContain('Refused');
	}
});

test('a document is read with the name of its column before each cell', () => {
	expect(markdownWords('# Debrief\n\n*computed*\n\n| station | score |\n|---|---|\n| shares | 50 |\n\n- **lost**: `x`\n')).toEqual([
		'Heading: Debrief.',
		'station: shares; score: 50.',
		'lost: x',
	]);
});

test('on a terminal it takes no screen of its own, and TERM=dumb is told in lines by itself', async () => {
	const terminal = cliAt({...here, folder: here.folder, env: {...here.env, TERM: 'dumb'}}, 'play', 'first-light', '--seed', 'demo');
	await terminal.until('Type begin, or a view:');
	terminal.press('begin\r');
	await terminal.until('your line:');
	terminal.press('fly\r');
	await terminal.until('Refused: there is no verb "fly"');
	terminal.press(keys.ctrlC);
	expect(await terminal.exit).toBe(130);
	expect(terminal.raw).not.toContain('\u001b');
});
