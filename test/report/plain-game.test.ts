import {expect, test} from 'vitest';
import {plainGame, plainTeller} from '../../source/report/plain-game.js';
import {drifted, play, stolen, swapped, won} from './games.js';

test('tells what was heard, done and computed, in the order of play', () => {
	const text = plainGame(play(swapped));
	const order = [
		'Night desk, turn 1 of 6',
		' Heard',
		' Done',
		'sign payroll parties=',
		' Came of it',
		'policy: ALLOW payroll',
		'Night desk, turn 2 of 6',
		'policy: ALLOW vendor',
		'The end',
		'The attackers won',
		'OUTPUT      20  ##........',
		'The assumption that failed: "What the coordinator displays',
	];
	const places = order.map(words => text.indexOf(words));
	expect(places).not.toContain(-1);
	expect(places).toEqual([...places].sort((a, b) => a - b));
});

test('a ceremony stands with the equation that decided it', () => {
	const ok = plainGame(play(won));
	expect(ok).toMatch(
		/c2 sign payroll, parties \w+, \w+: done\n +z\*G = R \+ c\*PK, by a stock verifier\n +signature [0-9a-f]{4}\.\.[0-9a-f]{4}, public key .*, VALID/,
	);
	const refused = plainGame(play(drifted, {world: 'insider'}));
	expect(refused).toMatch(/: aborted\n +z\d\*G = D\d \+ rho\d\*E\d \+ c\*lam\d\*Y\d\n.*NOT EQUAL/);
});

test('it does not tell what the attackers do', () => {
	const text = plainGame(play(stolen, {world: 'insider'}));
	expect(text).not.toMatch(/steal-share|implant party=|phish party=/);
});

test('told as it is played, it is the same text', () => {
	const played = play(won);
	const teller = plainTeller(played.game);
	const lines = played.entries.flatMap(({event}) => teller.tell([event]));
	expect(plainGame(played).startsWith(lines.join('\n').trim())).toBe(true);
});

test('an unfinished game says so', () => {
	expect(plainGame(play('attackers: end-turn\noperators: end-turn'))).toContain('The game is unfinished: turn 2 of 6.');
});
