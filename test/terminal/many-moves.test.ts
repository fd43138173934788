// A station with more moves than there are letters: every one of them is reached by a key or two, and the screen says which.
import {afterEach, expect, test} from 'vitest';
import {catalogue} from '../../source/engine/catalogue.js';
import {menuOf} from '../../source/terminal/moves/menu.js';
import {lettersFor} from '../../source/terminal/verb-letters.js';
import {fakeCatalogue, fakePlayer, view} from './fixture.js';
import {type Frames, frames, keys} from './frames.js';

let shown: Frames | undefined;
afterEach(() => shown?.end());

const freeze = view.moves.find(({verb}) => verb === 'freeze')!;
const verbs = catalogue.filter(({side}) => side === 'operators').map(({name}) => name);
const crowded = {...view, requests: [], moves: verbs.map(verb => ({...freeze, verb, template: verb, ready: [verb]}))};

test('a sign and a letter highlight a move that has two keys; Esc and a wrong letter do nothing', async () => {
	const player = fakePlayer(crowded);
	shown = await frames(fakeCatalogue(player), {start: player, columns: 120, rows: 40});
	const {press, until} = shown;
	const two = [...lettersFor('operators', verbs)].filter(([, letter]) => letter.length === 2);
	expect(two.length).toBeGreaterThan(8);
	const [verb = '', letter = ''] = two.at(-1) ?? [];
	await until('; and a letter: 12 more');
	await press('\u001b[F');
	await until(new RegExp(`^> ${letter} ${verb} `, 'm'));
	await press('\u001b[H');
	await press(';');
	expect((await until('Now a letter:')).replaceAll(/\n +/g, ' ')).toContain(
		two.map(([name, keys]) => `${keys.slice(1)} ${name}`).join(', '),
	);
	await press('\u001b', letter[1] ?? '');
	expect(player.lines).toEqual([]);
	await press(';', '!');
	await until('No move has the keys ; !.');
	await press(';', letter[1] ?? '');
	await until(`: ${verb}`);
	await press(keys.enter);
	await until(`done: ${verb}`);
	expect(player.lines).toEqual([verb]);
});

test('where each move has a letter of its own, the sign says so', async () => {
	shown = await frames(fakeCatalogue(), {start: fakePlayer()});
	await shown.until('Moves for refill');
	await shown.press(';');
	await shown.until('Every move here has one key. m shows all moves.');
});

test('a key that means nothing on a screen says so, and where the keys are told', async () => {
	shown = await frames(fakeCatalogue(), {start: fakePlayer()});
	const {press, until} = shown;
	await until('Moves for refill');
	await press('e', 'x');
	expect(await until('x does nothing here. ? shows the keys.')).toContain('END TURN');
});

test('a move about something that is not on the board yet is offered with what it is about', () => {
	const submit = {
		...freeze,
		verb: 'submit',
		template: 'submit _',
		choices: [{name: 'request', candidates: ['payroll'], optional: false}],
		ready: ['submit refund'],
	};
	const [row] = menuOf({...view, moves: [submit]}, {request: 'payroll', picked: []}, line =>
		line === 'submit refund' ? {ok: true, cost: 1} : {ok: false, message: 'not yours to submit'},
	);
	expect(row).toMatchObject({notation: 'submit refund'});
	expect(row?.refused).toBeUndefined();
});
