// A drill of a team around one screen, on a real pseudo-terminal: from the roster to the debrief.
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {afterEach, expect, test} from 'vitest';
import {verifyGame} from '../../source/journal/re-execution.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {cli, place} from '../commands/program.js';
import {keys, type PseudoTerminal, start} from './pseudo-terminal.js';
import {roster, scenario} from './short-drill.js';

const here = place();
let running: PseudoTerminal | undefined;
afterEach(() => running?.kill('SIGKILL'));

function terminal(...words: string[]): PseudoTerminal {
	const env = Object.fromEntries(Object.entries(here.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
	running = start(process.execPath, [cli, ...words], {cwd: here.folder, env});
	return running;
}

const savePath = () => {
	const folder = here.path('state', 'quorum-call', 'saves');
	return `${folder}/${readdirSync(folder).find(name => name.endsWith('.jsonl'))}`;
};

/** Opens the facilitator's screen and does one thing there. */
async function facilitate(table: PseudoTerminal, verb: string, typed: string): Promise<void> {
	table.press('\u0006');
	await table.until('The facilitator needs the screen');
	table.press(keys.enter);
	await table.until('everything here is on record');
	while (!new RegExp(`^ > ${verb}\\b`, 'm').test(table.text())) {
		const before = table.text();
		table.press(keys.down);
		await table.until(text => text !== before);
	}
	table.press(keys.enter);
	await table.until(' facilitator: ');
	table.press(typed, keys.enter);
	await table.until('It is on record.');
	table.press(keys.esc);
	await table.until('RESPOND');
}

test('two turns with roster, agreement, warm-up, speakers, beliefs, the facilitator, and a debrief that names them', async () => {
	writeFileSync(here.path('two-turns.yaml'), scenario);
	writeFileSync(here.path('roster.txt'), roster);
	const table = terminal('play', 'two-turns.yaml', '--drill', 'roster.txt', '--minutes', '30');
	await table.until('Who sits where?');
	expect(table.text()).toContain('ben: Jun Park, cloud engineer');
	table.press('dora: Eve', keys.enter);
	await table.until('there is no seat "dora"');
	table.press('\u0015', 'observer: Ines Ott', keys.enter);
	await table.until('6 observer: Ines Ott');
	table.press(keys.enter);
	// Answered in the file, and still to be confirmed; the other one has to be answered.
	await table.until(/may freeze: +the commander/);
	table.press(keys.enter);
	await table.until('Who may recover?');
	table.press(keys.enter);
	await table.until('Answer it before the start');
	table.press('Mara and Jun together', keys.enter);
	await table.until('What do you want to find out?');
	table.press('hear everybody once', keys.enter);
	await table.until('[x] hear everybody once');
	table.press(keys.enter);
	await table.until('What will each rating mean?');
	table.press(keys.enter);
	await table.until('Enter start');
	expect(table.text()).toContain('May recover: Mara and Jun together');

	// One turn that does not count: nothing of it is on the disk.
	table.press('w');
	await table.until(/RESPOND .* WARM-UP/);
	expect(readdirSync(here.folder)).not.toContain('state');
	table.press('e');
	await table.until('Enter end the turn');
	table.press(keys.enter);
	await table.until('Mara Lind: I believe');
	table.press(keys.enter, keys.enter);
	await table.until('TURN 1 ENDED');
	table.press(keys.enter);
	await table.until('It was thrown away');

	table.press(keys.enter);
	await table.until('Enter begin');
	table.press(keys.enter);
	await table.until(/RESPOND +Mara Lind .*(30:00|29:\d\d) left/);
	await table.until("chi can't be reached");

	// Whoever speaks stands with the move.
	table.press('@');
	await table.until('WHO SPEAKS');
	table.press('2');
	await table.until('Jun Park (ben) speaks.');
	table.press(':', 'as mara: approve payroll party=ada basis=digest', keys.enter);
	await table.until(/RESPOND +Mara Lind/);
	table.press(':', 'as nobody: freeze', keys.enter);
	await table.until('Nobody here is "nobody"');
	table.press(keys.esc);
	await table.until('e end turn');

	await facilitate(table, 'inject', 'The auditor calls.');
	expect(table.text()).toContain('facilitator: "The auditor');
	// The truth opens on the facilitator's screen alone, and the terminal forgets it.
	expect(table.raw).not.toContain('wombat');
	table.press('\u0006', keys.enter);
	await table.until('everything here is on record');
	table.press(keys.enter);
	await table.until('The world is wombat');
	table.press(keys.esc);
	await table.until('everything here is on record');
	const before = table.raw.length;
	table.press(keys.esc);
	await table.until('RESPOND');
	expect(table.raw.slice(before)).toContain('\u001b[3J');
	// A pause leaves the picture on the screen, to talk about it, and no move is made in it.
	table.press('\u0010');
	await table.until(/PAUSED +Mara Lind .* stands/);
	expect(table.text()).toContain('payroll');
	table.press('e');
	await table.until('Ctrl-P goes on');
	table.press('\u0010');
	await table.until('RESPOND');
	await facilitate(table, 'absent', 'ben turns=1');
	await table.until(/ben +Ben|ben .*dark/);

	table.press('e');
	await table.until('Enter end the turn');
	table.press(keys.enter);
	await table.until('Mara Lind: I believe');
	table.press('somebody is testing us', keys.enter);
	await table.until('Jun Park: I believe');
	table.press('nothing yet', keys.enter);
	await table.until('TURN 1 ENDED');
	table.press(keys.enter);
	await table.until(/turn 2 of 2 +RESPOND/);
	table.press('e');
	await table.until('Enter end the turn');
	table.press(keys.enter);
	await table.until('Mara Lind: I believe');
	table.press(keys.enter, keys.enter);
	await table.until(/TURN 2 ENDED|HOT WASH/);
	if (table.text().includes('TURN 2 ENDED')) table.press(keys.enter);
	await table.until('HOT WASH');
	table.press(keys.tab);
	await table.until('Jun Park: I believe');
	table.press('it went well', keys.enter);
	await table.until('1 answer on record');
	table.press(keys.esc);
	await table.until('DEBRIEF');
	table.press(keys.ctrlC, keys.ctrlC);
	expect(await table.exit).toBe(130);

	const bytes = readFileSync(savePath());
	expect(verifyGame(bytes)).toMatchObject({ok: true, closed: true});
	const game = RecordedGame.load(savePath());
	expect(game.opened.drill).toMatchObject({
		minutes: 30,
		people: expect.arrayContaining([expect.objectContaining({name: 'Ines Ott', seats: ['observer']})]),
		agreed: {freeze: 'the commander', recover: 'Mara and Jun together', objectives: ['see who asks first', 'hear everybody once']},
	});
	const moves = game.events.flatMap(event => (event.type === 'move' ? [event] : []));
	expect(moves.find(({text}) => text.startsWith('approve '))).toMatchObject({
		seat: 'ada',
		person: 'Mara Lind',
		at: expect.any(String),
	});
	expect(moves.find(({text}) => text === 'absent party=ben turns=1')).toMatchObject({
		side: 'table',
		seat: 'facilitator',
		person: 'Sam Roe',
		cost: 0,
	});

	expect(moves.filter(({text}) => text === 'pause' || text === 'resume').map(({side}) => side)).toEqual(['table', 'table']);

	const {stdout} = await here.run(['debrief', savePath()]);
	for (const words of [
		'| Jun Park | cloud engineer | ben |',
		'| Lee Wong | data centre | chi | 0 | absent |',
		'Who may freeze? the commander',
		'I believe somebody is testing us',
		'The auditor calls.',
	])
		expect(stdout).toContain(words);
});
