import {expect, test} from 'vitest';
import {begin, playOut} from '../../source/commands/drive.js';
import {opponent} from '../../source/commands/opponents.js';
import {otherwise} from '../../source/commands/otherwise.js';
import {openScenario} from '../../source/commands/scenario-files.js';
import {decide} from '../../source/engine/decide.js';
import {createGame, type Game, initialState} from '../../source/engine/game.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {lineOfMoves, type PlayedMove} from '../../source/report/played.js';

const opponents = {operators: opponent('operators'), attackers: opponent('attackers')};
const recorded = RecordedGame.create({...openScenario('first-light'), seed: 'otherwise'});
begin({recorded, opponents});
for (const [side, text] of [
	['attackers', 'end-turn'],
	['operators', 'freeze'],
	['operators', 'takeback'],
	['operators', 'harden bind-payload'],
	['operators', 'end-turn'],
] as const)
	expect(recorded.submit({side, text})).toMatchObject({ok: true});
await playOut({recorded, opponents});

/** The line decided from its beginning, move by move. */
function decided(game: Game, line: readonly PlayedMove[]) {
	let state = initialState(game);
	let refused = 0;
	for (const {side, text} of line) {
		const made = decide(game, state, {side, text});
		if (made.ok) state = made.state;
		else if (text !== 'end-turn') refused += 1;
	}
	return {state, refused};
}

test('another line of moves comes to what it comes to when it is decided from the beginning, a takeback or not', () => {
	const {game, entries} = recorded;
	const {replayWith} = otherwise(recorded);
	const line = lineOfMoves({entries, game});
	const first = line.findIndex(({text}) => text.startsWith('harden'));
	// The second line stands by the move that was taken back.
	for (const other of [line.toSpliced(first, 1), line.toSpliced(first, 0, {side: 'operators', text: 'freeze', turn: 1})]) {
		const {state, refused} = replayWith(other);
		const again = decided(game, other);
		expect(state).toEqual(again.state);
		expect(refused).toHaveLength(again.refused);
	}
});

test('another world ends as it does on the real suite', () => {
	const {game, entries} = recorded;
	const {inWorld} = otherwise(recorded);
	for (const world of Object.keys(game.scenario.worlds).slice(0, 2)) {
		const {scenario, seed, suite} = game;
		const {state, refused} = decided(createGame({scenario, seed, suite, world}), lineOfMoves({entries, game}));
		expect(inWorld(world)).toEqual({end: state.end, refused});
	}
});
