// The game in lines, as a screen reader gets it: a whole turn as a text, nothing but text in the bytes, and every view by its name.
import {writeFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {bindingsOf} from '../../source/terminal/keymap.js';
import {markdownWords} from '../../source/terminal/linear/spoken.js';
import {place} from '../commands/program.js';
import {cliAt, keys} from './pseudo-terminal.js';
import {roster, scenario} from './short-drill.js';

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

test('a short drill: roster, agreement, warm-up, speakers, the clock on asking, the hidden facilitator, hot wash', async () => {
	writeFileSync(here.path('two-turns.yaml'), scenario);
	writeFileSync(here.path('roster.txt'), roster);
	const before = ['dora: Eve', 'observer: Ines Ott', '', '', '', 'nobody knows', '', ''];
	const warmUp = ['warm up', 'end', 'yes', 'the keys work', ''];
	const turn = ['start', 'begin', 'help', 'who', 'clock', 'as jun: approve payroll party=ben basis=digest'];
	const facilitator = ['facilitator', 'no', 'facilitator', 'yes', 'truth', 'inject "The bank is on the phone."', 'done'];
	const pause = ['pause', 'go on', 'clock'];
	const end = ['end', 'yes', 'somebody lies', 'back', 'end', 'yes', '', 'end', 'yes', '', ''];
	const hotWash = ['as jun: nothing happened', '', 'Mara', 'we asked first', '', 'quit'];
	const lines = [...before, ...warmUp, ...turn, ...facilitator, ...pause, ...end, ...hotWash];
	const drill = [
		'play',
		'two-turns.yaml',
		'--drill',
		'roster.txt',
		'--minutes',
		'30',
		'--rehearsal',
		'--seed',
		'golden',
		'--screen-reader',
	];
	const {status, stdout, stderr} = await here.run(drill, {input: `${lines.join('\n')}\n`});
	expect([status, stderr]).toEqual([0, '']);
	const text = stdout
		.replaceAll(/\S+two-turns-\w+\.jsonl/g, 'SAVE')
		.replaceAll(/\b[0-9a-f]{64}\b/g, 'HEAD')
		.replaceAll(/\b\d+:\d\d left/g, 'MM:SS left');
	await expect(text).toMatchFileSnapshot('screen-reader-drill.txt');
	expect(text).toMatch(/^[\x20-\x7e\n]*$/);
	// The clock is said where it is asked for, and nowhere else; the facilitator's word stands in no help.
	expect(text.match(/MM:SS/g)).toHaveLength(2);
	expect(text).toContain('clock: what the clock says.');
	expect(text).not.toMatch(/^facilitator/m);
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

test('lines that are there before the list is read are answered, to the end of the input', async () => {
	const {status, stdout} = await here.run(['--screen-reader'], {input: 'play 99\nplay 1\nquit\n'});
	expect(status).toBe(0);
	expect(stdout).toContain('That is not among the choices.');
	expect(stdout).toContain('Saved. Go on with: quorum-call resume');
});
