// Settings: in force at once, kept, and keys of one's own that can't take another's place.
import {afterEach, describe, expect, test} from 'vitest';
import {commandOf, contexts, footerOf, presets, rebound, typingContexts} from '../../source/terminal/keymap.js';
import {resolveOf} from '../../source/terminal/screens/resolve.js';
import {
	choices,
	conflictOf,
	defaultSettings,
	keymapOf,
	rebindable,
	type Settings,
	settingsFrom,
	themeFor,
} from '../../source/terminal/settings.js';
import {lettersFor} from '../../source/terminal/verb-letters.js';
import {ceremony, fakeCatalogue, fakePlayer, view} from './fixture.js';
import {type Frames, frames, keys} from './frames.js';

let shown: Frames | undefined;
afterEach(() => shown?.end());

const down = (count: number) => Array.from({length: count}, () => keys.down);
const rowOf = (name: string) => choices.findIndex(choice => choice.name === name);

test('a comma opens them in a game, each row turns with right and left, and what is chosen is kept', async () => {
	const catalogue = fakeCatalogue();
	shown = await frames(catalogue, {start: fakePlayer()});
	const {press, until, session} = shown;
	await until('Moves for refill');
	await press(',');
	await until('SETTINGS');
	await press(keys.right);
	await until(/> Colours +okabe-ito/);
	await press(keys.left, keys.left);
	await until(/> Colours +mono/);
	expect(catalogue.kept.map(({theme}) => theme)).toEqual(['okabe-ito', 'sixteen', 'mono']);
	expect(session.state.settings.theme).toBe('mono');
	await press('q');
	await until('Moves for refill');
});

test('arrows alone leave j and k to the moves, at once', async () => {
	shown = await frames(fakeCatalogue(), {start: fakePlayer()});
	const {press, until, session} = shown;
	await until(': approve refill');
	await press('j');
	await until(': deny refill');
	await press('k', ',', ...down(rowOf('keys')), keys.right, 'q');
	expect(session.state.settings.keys).toBe('arrows');
	await press('j');
	expect(await until('No move has the key j here')).toContain(': approve refill');
	await press(keys.down);
	await until(': deny refill');
});

test('a command gets another key, its old letter is free, and a key that is taken is refused with what it means', async () => {
	const catalogue = fakeCatalogue();
	shown = await frames(catalogue, {start: fakePlayer()});
	const {press, until} = shown;
	await until('Moves for refill');
	await press(',', ...down(choices.length), keys.right);
	await until('KEYS');
	await press(...down(rebindable().findIndex(({command}) => command === 'end-turn')));
	await until(/> end turn +e /);
	await press(keys.right, keys.enter);
	await until('Press the key that shall mean "end turn"');
	await press('u');
	await until('u is taken: it means "take back" there.');
	await press('9');
	await until('9 has its fixed place.');
	await press('a');
	await until(/> end turn +a \(own\)/);
	await press('q', 'q');
	const board = await until(/a end turn/);
	// The letter of the move "approve" gives way.
	expect(board).toMatch(/> {2}(?!a)\S approve/);
	await press('a');
	await until('END TURN');
	expect(catalogue.kept.at(-1)?.bindings).toEqual({'end-turn': 'a'});
});

describe('keys', () => {
	test.each(Object.entries(presets))('of the preset %s mean one thing each, in every context', (_, map) => {
		for (const context of contexts) {
			const bound = map[context].flatMap(binding => binding.keys);
			expect(new Set(bound).size, context).toBe(bound.length);
		}
	});

	test('no command that can be rebound loses its arrows, Enter or Esc, and each still has a key', () => {
		for (const {command, where} of rebindable()) {
			const map = rebound(presets.vi, {[command]: '~'});
			for (const context of where) {
				const before = presets.vi[context].filter(binding => binding.command === command).flatMap(({keys: bound}) => bound);
				expect(commandOf(context, '~', map)).toBe(command);
				for (const key of before.filter(name => name.length > 1)) expect(commandOf(context, key, map)).toBe(command);
			}
		}
		for (const context of typingContexts) expect(rebound(presets.vi, {back: '~'})[context]).toBe(presets.vi[context]);
	});

	test('footers and letters follow', () => {
		const map = keymapOf({keys: 'vi', bindings: {'end-turn': 'a', hint: '!'}});
		expect(footerOf('board', 200, {}, map)).toContain('a end turn');
		expect(lettersFor('operators', ['approve', 'deny'], map).get('approve')).not.toBe('a');
		expect(conflictOf(map, 'note', 'a')).toContain('"end turn"');
		expect(conflictOf(map, 'note', 'e')).toBeUndefined();
		expect(conflictOf(map, 'note', 'enter')).toContain('Enter has its fixed place');
	});
});

test('what was kept and does not fit is named and left at its default', () => {
	const {settings, refused} = settingsFrom({
		theme: 'pink',
		animation: 'fast',
		tips: 3,
		keys: 'arrows',
		bindings: {'end-turn': 'x', why: 'x1', dance: 'd'},
	});
	expect(refused).toEqual(['theme', 'tips', 'bindings']);
	expect(settings).toEqual({...defaultSettings, animation: 'fast', keys: 'arrows', bindings: {'end-turn': 'x'}} satisfies Settings);
});

test('colours fit the terminal: fewer where it has fewer, none where none are wanted', () => {
	const of = (theme: Settings['theme'], colour: boolean, trueColour: boolean) =>
		themeFor({theme, ascii: false}, {colour, trueColour, unicode: true}).name;
	expect(of('okabe-ito', true, true)).toBe('okabe-ito');
	expect(of('okabe-ito', true, false)).toBe('okabe-ito-256');
	expect(of('high-contrast', false, true)).toBe('none');
});

describe('messages that come by themselves', () => {
	const start = async (settings: Partial<Settings>, isFirst = false) => {
		const player = fakePlayer();
		player.when('end-turn', now => ({
			...now,
			turn: now.turn + 1,
			ceremonies: [...now.ceremonies, {...ceremony, id: 'sign-new', turn: now.turn}],
		}));
		const catalogue = fakeCatalogue(player, {}, isFirst);
		const preferences = {...catalogue.preferences, settings: {...defaultSettings, animation: 'off' as const, ...settings}};
		shown = await frames({...catalogue, preferences}, {start: player});
		await shown.until('Moves for refill');
		await shown.press('e', keys.enter);
		return shown;
	};
	const count = ceremony.messages.length;

	test('one at each tick, up to what was refused; then they rest', async () => {
		const {session, until} = await start({animation: 'slow'});
		await until(`message 1 of ${count}`);
		session.tick();
		expect(await until(`message 2 of ${count}`)).not.toContain('Result:');
		for (let index = 0; index < count; index += 1) session.tick();
		expect(await until('Result:')).toContain('REFUSED');
		expect(session.state.stack.at(-1)).toMatchObject({kind: 'resolve', isPlaying: false});
	});

	test('a key takes over, and Enter shows the rest', async () => {
		const {session, press, until} = await start({animation: 'slow'});
		await until(`message 1 of ${count}`);
		await press(' ');
		await until(`message 2 of ${count}`);
		session.tick();
		expect(session.state.stack.at(-1)).toMatchObject({kind: 'resolve', cursor: 1, isPlaying: false});
		await press(keys.enter);
		await until(`message 3 of ${count}`);
	});

	test('off shows all at once; tips make them wait, unless they are off', async () => {
		expect(await (await start({})).until('Result:')).toContain('REFUSED');
		shown?.end();
		expect(await (await start({animation: 'fast'}, true)).until('message 1 of')).toContain('message 1 of');
		expect(shown?.session.state.stack.at(-1)).toMatchObject({isGuided: true});
		expect(shown?.session.state.stack.at(-1)).not.toHaveProperty('isPlaying');
		shown?.end();
		await (await start({tips: 'off'}, true)).until('Result:');
	});
});

test('the amount of explanation decides which numbers stand under a message', async () => {
	const {renderView} = await import('../../source/terminal/render-view.js');
	const drawn = async (explanation: Settings['explanation']) =>
		(
			await renderView(fakePlayer(), resolveOf(view, [ceremony.id], false), {
				columns: 100,
				rows: 40,
				settings: {...defaultSettings, explanation},
			})
		).join('\n');
	const refused = ceremony.messages.find(({result}) => result === 'REFUSED')?.equations[0];
	expect(await drawn('words')).not.toContain('NOT EQUAL');
	expect(await drawn('equations')).toContain('NOT EQUAL');
	expect(await drawn('equations')).not.toContain(refused?.left);
	expect((await drawn('full')).replace(/\n +/g, '')).toContain(refused?.left.slice(0, 64));
});
