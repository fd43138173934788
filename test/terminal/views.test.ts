/** Views as text at two sizes, how they scroll, and what a side must not find in them. */
import {afterEach, describe, expect, test} from 'vitest';
import type {SeatView} from '../../source/engine/view.js';
import {bindingsOf} from '../../source/terminal/keymap.js';
import {renderView} from '../../source/terminal/render-view.js';
import {themeOf} from '../../source/terminal/theme.js';
import {attackers, fakeCatalogue, fakePlayer, view} from './fixture.js';
import {type Frames, frames, keys} from './frames.js';

let shown: Frames | undefined;
afterEach(() => shown?.end());

const drawn = async (what: Parameters<typeof renderView>[1], game: SeatView = view, options = {}) =>
	(await renderView(fakePlayer(game), what, {columns: 80, rows: 24, ...options})).join('\n');

const names = [
	'board',
	'requests',
	'parties',
	'policy',
	'evidence',
	'protocol',
	'exposure',
	'notes',
	'inbox',
	'controls',
	'outputs',
	'messages',
] as const;

describe.each([
	[80, 24],
	[120, 40],
] as const)('at %dx%d', (columns, rows) => {
	test.each(names)('%s', async name => {
		expect(`\n${await drawn(name, view, {columns, rows})}\n`).toMatchSnapshot();
	});
	test.each(['board', 'exposure', 'loot', 'evidence'] as const)('%s of the attackers', async name => {
		expect(`\n${await drawn(name, attackers, {columns, rows})}\n`).toMatchSnapshot();
	});
});

test('the tall board has the messages of the last ceremony too, and Tab reaches them', async () => {
	expect(`\n${await drawn('board', view, {rows: 50})}\n`).toMatchSnapshot();
	shown = await frames(fakeCatalogue(), {start: fakePlayer(), rows: 50});
	const {press, until} = shown;
	await until('Moves for refill');
	await press(keys.tab, keys.tab, keys.tab);
	await until('-[Messages]-');
	await press('=');
	await until('NOT EQUAL');
});

test('the picture of an equation takes the place of its numbers and gives them back', async () => {
	const player = fakePlayer(attackers);
	shown = await frames(fakeCatalogue(player), {start: player});
	const {press, until} = shown;
	await until('Moves');
	await press('L', '=');
	const numbers = await until('NOT EQUAL');
	expect(numbers).toMatch(/\+ s1 +ada epoch 1 +t3 +abababab\.\.abababab +steal-share party=ada/);
	await press('p');
	expect(await until('every key is')).toContain('Picture: 1 of 2 points of epoch 1');
	await press('p');
	await until('NOT EQUAL');
});

test('every view has a key on the board, and the same key leads there from another view', async () => {
	shown = await frames(fakeCatalogue(), {start: fakePlayer()});
	const {press, until} = shown;
	await until('Moves for refill');
	const found = bindingsOf('views').filter(({command}) => command.startsWith('view-') && command !== 'view-loot');
	expect(found.map(({command}) => command.slice(5))).toEqual(expect.arrayContaining([...names, 'transcript', 'messages', 'briefing']));
	for (const {keys: bound, words, command} of found) {
		if (command === 'view-board' || command === 'view-messages') continue;
		await press(bound[0] ?? '');
		await until(command === 'view-transcript' ? 'ada approves payroll' : words.toUpperCase());
		if (command === 'view-transcript') await press('q');
	}
	await press('R', 'B');
	await until('Moves for refill');
});

test('a long view says where more is, and shows it page by page', async () => {
	const many = {...view, notes: [{turn: 1, text: 'a long note '.repeat(400)}]};
	shown = await frames(fakeCatalogue(), {start: fakePlayer(many)});
	const {press, until, text} = shown;
	await until('Moves for refill');
	await press('N');
	await until(/-- PgDn for more, \d+ of \d+ --/);
	await press(keys.pageDown);
	await until(/-- PgUp PgDn for more/);
	await press(...Array.from({length: 8}, () => keys.pageDown));
	await until(/-- PgUp for more, (\d+) of \1 --/);
	expect(text()).toContain('Moves of turn 4');
});

test('a list that is longer than its part keeps the selected item in sight and says what it leaves out', async () => {
	const inbox = Array.from({length: 40}, (_, index) => ({...view.inbox[0]!, text: `item ${index}.`, turn: 4}));
	shown = await frames(fakeCatalogue(), {start: fakePlayer({...view, inbox})});
	const {press, until} = shown;
	await until('Moves for refill');
	await press('I', ...Array.from({length: 30}, () => 'j'));
	const frame = await until(/> +t4 +Idris +item 30\./);
	expect(frame).toMatch(/\[Inbox, newest first\]-+ \d+ above, \d+ below/);
});

test('Enter takes a request to the board, picks a party there, and changes a note by a new one', async () => {
	const player = fakePlayer();
	shown = await frames(fakeCatalogue(player), {start: player});
	const {press, until} = shown;
	await until('Moves for refill');
	await press('R');
	await until('REQUESTS');
	await press(keys.enter);
	await until('Moves for payroll');
	await press('P', 'j', 'j', keys.enter);
	await until(/^> 3 chi/m);
	await press('N', keys.enter);
	await until('note, suspecting chi:');
	await press(' yes', keys.enter);
	await until('done: note');
	expect(player.lines).toEqual(['note "The partial was wrong, but was it a lie? yes" suspect=chi']);
});

test('what attackers hold is drawn whole for them', async () => {
	const loot = await drawn('loot', attackers, {rows: 50});
	expect(loot).toContain('c2: ada to coordinator, partial z1, plain');
	expect(loot).toContain('payroll, on digest');
	expect(await drawn('evidence', attackers)).toContain('new software on ada');
	const blind = {...attackers, loot: {...attackers.loot!, machines: [], log: []}};
	expect(await drawn('evidence', blind)).toContain('not known to you');
});

test('glyphs of a wider alphabet move no column', async () => {
	for (const name of ['exposure', 'protocol'] as const) {
		const wide = (await drawn(name, view, {theme: themeOf('none', false)})).split('\n').map(line => line.length);
		const plain = (await drawn(name)).split('\n').map(line => line.length);
		expect(wide).toEqual(plain);
	}
});
