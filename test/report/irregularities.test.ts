// What a reader should know of how a game was played.
import {expect, test} from 'vitest';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {irregularities} from '../../source/report/irregularities.js';
import {firstLight, make, newGame} from '../journal/first-light.js';

test('a drawn seed and plain play are nothing to tell', () => {
	const game = make(RecordedGame.create({...firstLight}), [
		{side: 'table', text: 'begin'},
		{side: 'attackers', text: 'end-turn'},
	]);
	expect(irregularities(game.opened, game.entries)).toEqual([]);
});

test('a typed seed, a chosen world, a takeback, a hint and the facilitator are listed with their lines', () => {
	const game = make(newGame(), [
		{side: 'table', text: 'begin'},
		{side: 'attackers', text: 'end-turn'},
		{side: 'operators', text: 'approve payroll party=chi basis=display'},
		{side: 'table', text: 'ask-hint side=operators'},
		{side: 'operators', text: 'takeback'},
		{side: 'table', text: 'stop'},
		{side: 'table', text: 'close'},
	]);
	const found = irregularities(game.opened, game.entries);
	expect(found.map(({kind, turn}) => [kind, turn])).toEqual([
		['seed', 0],
		['world', 0],
		['hint', 1],
		['takeback', 1],
		['facilitator', 1],
	]);
	for (const {line, kind} of found.slice(2)) {
		const {event} = game.entries.find(each => each.line === line)!;
		expect(event.type).toBe({hint: 'hint-asked', takeback: 'taken-back', facilitator: 'move'}[kind as 'hint']);
	}
	// The suggestion stood between the move and its takeback, and the approval is gone all the same.
	expect(game.state.requests.payroll?.approvals).toEqual([]);
});

test('a suggestion outside of a turn, or for nobody, is refused', () => {
	const game = newGame();
	expect(game.submit({side: 'table', text: 'ask-hint side=operators'}).ok).toBe(false);
	make(game, [{side: 'table', text: 'begin'}]);
	expect(game.submit({side: 'table', text: 'ask-hint side=nobody'}).ok).toBe(false);
});
