/**
 * The incidents on a key's life, its quorum and its backups: their own tests in two deals, and the shape that every incident keeps. Care wins most games and not all,
 * display wins none, freezing serves nobody, and each world is lost in the way that it is about.
 */
import {describe, expect, test} from 'vitest';
import {attackerBots, operatorBots} from '../../source/bots/index.js';
import {createGame} from '../../source/engine/game.js';
import {seatView} from '../../source/engine/seat-view.js';
import type {GameState} from '../../source/engine/state.js';
import {playTest} from '../../source/playtest/scenario-test.js';
import type {Scenario} from '../../source/scenario/schema.js';
import {playGame, shipped} from '../bots/play.js';

/** The first way in which something left that nobody wanted, by world, when everything is signed as displayed. */
const ways: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'suspicious-custodian': {mole: 'shares', 'wrong-one': 'other bytes', bought: 'false request', 'old-safe': 'shares'},
	// Whoever only displays never gets back to three signers; what the watched coordinator wins, the file's tests show.
	'forced-fallback': {stale: 'shares', poisoned: 'shares', readable: 'shares', watched: 'none'},
	'quorum-change': {keeper: 'shares', hoarders: 'shares', rush: 'other bytes', stranger: 'false request'},
};

function wayOf({outputs, requests}: GameState): string {
	const bad = outputs.find(({message}) => !Object.values(requests).some(({intent}) => intent === message));
	if (bad === undefined) return 'none';
	return bad.request === '' ? 'shares' : requests[bad.request]!.displayed === bad.message ? 'false request' : 'other bytes';
}

function play(scenario: Scenario, world: string, operators: string, seed: string): GameState {
	const bots = {operators: operatorBots[operators]!, attackers: attackerBots.playbook!};
	return playGame({scenario, seed, world, suite: 'glass'}, bots).state;
}

describe.each(Object.keys(ways))('%s', id => {
	const scenario = shipped(id);
	const worlds = Object.keys(scenario.worlds);

	// Roles change their places with the seed, so each line is played in two deals. The group changes no outcome.
	test.each(scenario.tests.map(each => [each.name, each] as const))('%s', (_name, each) => {
		expect(playTest(scenario, each, {suite: 'glass'}).because).toBe('');
		expect(playTest(scenario, {...each, seed: 'another'}, {suite: 'glass'}).because).toBe('');
	});

	test("the first of the file's tests in its own group", () => {
		expect(playTest(scenario, scenario.tests[0]!).because).toBe('');
	});

	test.each(worlds)('%s has a line that wins and a line that loses or shows how', world => {
		const expectations = scenario.tests.filter(each => each.world === world).map(({expect: text}) => String(text));
		expect(expectations.some(text => text.includes('outcome == "operators"'))).toBe(true);
		expect(expectations.some(text => text.includes('outcome == "attackers"'))).toBe(true);
	});

	test('care wins most games and not all of them', () => {
		// Over twenty seeds a world it is nine games of ten, and one for the attackers.
		const games = worlds.flatMap(world => ['3', '4', '5'].map(seed => play(scenario, world, 'careful', `${world}-${seed}`)));
		const count = (outcome: string) => games.filter(({end}) => end!.outcome === outcome).length;
		expect(count('operators') / games.length).toBeGreaterThanOrEqual(0.6);
		expect(count('operators') / games.length).toBeLessThanOrEqual(0.95);
		expect(count('attackers') / games.length).toBeLessThanOrEqual(0.12);
	});

	test.each(worlds)('%s: display, freezing and waiting win nothing', world => {
		const {end, ...state} = play(scenario, world, 'display', 'shape');
		expect(wayOf(state)).toBe(ways[id]![world]);
		expect(end!.outcome).toBe(ways[id]![world] === 'none' ? 'neither' : 'attackers');
		expect(play(scenario, world, 'freeze', 'shape').end!.outcome).toBe('neither');
		expect(play(scenario, world, 'idle', 'shape').end!.outcome).not.toBe('operators');
	});

	test('the first morning is the same in every world', () => {
		const mornings = worlds.map(world => {
			const {game, state} = playTest(scenario, {name: '', world, seed: 'spoiler', moves: '', expect: 'turn == 1'}, {suite: 'glass'});
			const {requests, inbox, controls, parties} = seatView(game, state, 'operators');
			return {
				requests: requests.map(({id: request, required, due}) => [request, required, due]),
				inbox: inbox.map(({text}) => text),
				controls,
				parties,
			};
		});
		for (const morning of mornings) expect({...morning, inbox: []}).toEqual({...mornings[0], inbox: []});
		// Names and amounts are the seed's, the world adds nothing to them.
		for (const {inbox} of mornings) expect(inbox).toEqual(mornings[0]!.inbox);
	});

	test('over seeds, every world is dealt and each of the shuffled plays each role', () => {
		const deals = Array.from({length: 60}, (_, index) => createGame({scenario, seed: `deal-${index}`, suite: 'glass'}).deal);
		expect([...new Set(deals.map(({world}) => world))].sort()).toEqual([...worlds].sort());
		for (const role of scenario.shuffle)
			expect([...new Set(deals.map(({partyOf}) => partyOf[role]))].sort(), role).toEqual([...scenario.shuffle].sort());
	});
});
