// What holds in every game, however it is played: both sides choose at random among the moves that their view offers.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fold} from '../../source/engine/apply.js';
import {initialState} from '../../source/engine/game.js';
import type {MoveOption, Side} from '../../source/engine/view.js';
import {begin, playRandomly, type RandomGame, withoutBefore} from './random-play.js';

// Shrinking a game costs minutes; the seed of a failure is in its message.
fc.configureGlobal({endOnFailure: true});

const choices = fc.array(fc.nat(100_000), {minLength: 30, maxLength: 80});
const seed = fc.constantFrom('one', 'two', 'three', 'four');
const games: fc.Arbitrary<RandomGame> = fc.oneof(
	fc.record({
		vault: fc.constant('first-light' as const),
		seed,
		world: fc.constantFrom('liar', 'insider', 'caller', 'outage', 'drift'),
		choices,
	}),
	fc.record({vault: fc.constantFrom('busy' as const, 'strict' as const, 'dealer' as const), seed, choices}),
);

/** Every way to fill in what a refused option leaves open, at most `most` of them. */
function filled({verb, template, choices: open}: MoveOption, most: number): string[] {
	const [first, object = ''] = template.split(' ');
	let lines = [object.startsWith('_') || object.startsWith('"') ? '' : first!];
	const hasObject = lines[0] === '';
	if (hasObject) lines = [''];
	for (const [index, {name, candidates, optional}] of open.entries()) {
		const words = candidates.map(candidate => (hasObject && index === 0 ? `${verb} ${candidate}` : ` ${name}=${candidate}`));
		lines = lines.flatMap(line => [...(optional ? [line] : []), ...words.map(word => line + word)]).slice(0, most);
	}
	return lines.filter(line => line !== '');
}

describe('random legal play', () => {
	test('ends within eight turns, without an error, and nobody has fewer than no points', () => {
		fc.assert(
			fc.property(games, game => {
				const {play} = playRandomly(game, ({state}) => {
					expect(state.points.operators).toBeGreaterThanOrEqual(0);
					expect(state.points.attackers).toBeGreaterThanOrEqual(0);
				});
				expect(play.state.end).toMatchObject({
					outcome: expect.stringMatching(/^(operators|attackers|neither)$/),
					reason: expect.stringMatching(/\w/),
				});
				expect(play.state.turn).toBeLessThanOrEqual(8);
				play.table('close');
			}),
			{numRuns: 14},
		);
	});

	test('what is ready is accepted, and what is refused is refused', () => {
		fc.assert(
			fc.property(games, game => {
				let count = 0;
				playRandomly(game, (play, side, view) => {
					for (const option of view.moves) {
						// A resolve is costly to run and end-turn is made at every turn's end anyway.
						if (option.verb === 'end-turn') continue;
						for (const line of option.ready.filter((_, index) => (index + count) % 5 === 0)) {
							const decided = play.try(side, line);
							expect(decided.ok ? 'accepted' : decided.message, `${side}: ${line}`).toBe('accepted');
						}
						if (option.refused === undefined) continue;
						for (const line of filled(option, 60)) expect(play.try(side, line).ok, `${side}: ${line}: ${option.refused}`).toBe(false);
					}
					count += 1;
				});
			}),
			{numRuns: 6},
		);
	});

	test('a side that is not to move can only write a note', () => {
		fc.assert(
			fc.property(games, game => {
				playRandomly(game, (play, side) => {
					const other: Side = side === 'operators' ? 'attackers' : 'operators';
					const view = play.view(other);
					expect(view.toMove).toBe(false);
					expect(view.moves).toEqual([]);
					expect(view.canTakeBack).toBe(false);
					expect(play.try(other, 'end-turn').ok).toBe(false);
					expect(play.try(other, 'takeback').ok).toBe(false);
					expect(play.try(other, 'note "still here"').ok).toBe(true);
				});
			}),
			{numRuns: 5},
		);
	});

	test('the state is the fold of the events, and the same moves give the same events', () => {
		fc.assert(
			fc.property(games, game => {
				const {play, lines} = playRandomly(game);
				expect(withoutBefore(fold(initialState(play.game), play.events))).toEqual(withoutBefore(play.state));
				const again = begin(game);
				for (const [side, line] of lines) again.say(side, line);
				again.finish();
				expect(again.events).toEqual(play.events);
			}),
			{numRuns: 5},
		);
	});

	test('events are plain JSON: they fold the same after a journal has written and read them', () => {
		fc.assert(
			fc.property(games, game => {
				const {play} = playRandomly(game);
				expect(withoutBefore(fold(initialState(play.game), JSON.parse(JSON.stringify(play.events))))).toEqual(withoutBefore(play.state));
			}),
			{numRuns: 3},
		);
	});
});
