// While a move is computed elsewhere, the screen says so, keys that look work at once, and a second move is refused.
import {afterEach, describe, expect, test} from 'vitest';
import type {Outcome, Player} from '../../source/terminal/player.js';
import {fakeCatalogue, fakePlayer} from './fixture.js';
import {type Frames, frames, keys} from './frames.js';

let shown: Frames | undefined;
afterEach(() => shown?.end());

/** A player whose answers come when they are let go. */
function slowly(settings = {}) {
	const player = fakePlayer();
	player.when('end-turn', now => ({...now, turn: now.turn + 1}));
	const held: (() => void)[] = [];
	let say: (words: string) => void = () => {};
	const slow: Player = {
		...player,
		submit: line => new Promise<Outcome>(resolve => held.push(() => resolve(player.submit(line)))),
		watch(listener) {
			say = listener;
			return () => {
				say = () => {};
			};
		},
	};
	return {
		player,
		slow,
		catalogue: fakeCatalogue(slow, settings),
		progress: (words: string) => say(words),
		answer: () => held.shift()?.(),
	};
}

async function endingTurn() {
	const all = slowly();
	shown = await frames(all.catalogue, {start: all.slow});
	await shown.until('Moves for refill');
	await shown.press('e');
	await shown.until('END TURN');
	await shown.press(keys.enter);
	await shown.until('Computing: the turn ends, 3 parties do their part.');
	return {...all, screen: shown};
}

describe('while a turn is computed', () => {
	test('it says how far it has come, and the next screen comes by itself', async () => {
		const {screen, progress, answer, player} = await endingTurn();
		progress('refresh c7, round 2, 40 messages');
		await screen.until(/refresh c7, round 2, 40\s+messages/);
		expect(player.lines).toEqual([]);
		answer();
		expect(await screen.until('TURN 4 ENDED')).not.toContain('Computing');
		expect(player.lines).toEqual(['end-turn']);
	});

	test('help, views and settings open and close', async () => {
		const {screen, answer} = await endingTurn();
		await screen.press('?');
		expect(await screen.until('HELP')).toContain('Computing');
		await screen.press('q', 'n', 'P');
		expect(await screen.until('PARTIES')).toContain('Computing');
		await screen.press('q', ',');
		expect(await screen.until('SETTINGS')).toContain('Computing');
		answer();
		await screen.until('TURN 4 ENDED');
	});

	test('another move is refused and costs nothing, and no typed word is lost', async () => {
		const {screen, answer, player} = await endingTurn();
		await screen.press('e');
		await screen.until('END TURN');
		await screen.press(keys.enter);
		await screen.until('Not yet: the last move is still being computed.');
		await screen.press('n', ':', ...'note "he lies"', keys.enter);
		const board = await screen.until('Not yet');
		expect(board).toContain(': note "he lies"');
		expect(player.lines).toEqual([]);
		answer();
		await screen.until('TURN 4 ENDED');
		expect(player.lines).toEqual(['end-turn']);
	});

	test('Ctrl-C twice leaves at once, and what comes afterwards changes nothing', async () => {
		const {screen, answer} = await endingTurn();
		await screen.press(keys.ctrlC);
		await screen.until('Press Ctrl-C again to leave');
		await screen.press(keys.ctrlC);
		expect(screen.session.state.exit).toBe(130);
		const before = screen.session.state.stack;
		answer();
		await new Promise(resolve => setImmediate(resolve));
		expect(screen.session.state.stack).toBe(before);
	});
});

test('keys in one read wait for a move that is answered at once', async () => {
	const {catalogue, slow, player, answer} = slowly();
	shown = await frames(catalogue, {start: slow});
	await shown.until('Moves for refill');
	await shown.press(':deny refill\r:note "gone"\r');
	answer();
	await shown.until('done: deny refill');
	answer();
	await shown.until('done: note "gone"');
	expect(player.lines).toEqual(['deny refill', 'note "gone"']);
});
