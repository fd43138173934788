// Many games of bots against bots: the same seed gives the same report however it is played, and the report says what happened.
import {pathToFileURL} from 'node:url';
import {describe, expect, test} from 'vitest';
import {decide} from '../../source/engine/decide.js';
import {createGame, initialState} from '../../source/engine/game.js';
import {playtest, replayGame} from '../../source/playtest/index.js';
import {isSurprising, seatingOf, seedOf} from '../../source/playtest/mix.js';
import type {GameRecord} from '../../source/playtest/play.js';
import {reportOf} from '../../source/playtest/report.js';
import {rate} from '../../source/playtest/wilson.js';
import {shipped} from '../bots/play.js';

const scenario = shipped('first-light');
const program = pathToFileURL('dist/playtest-worker.js');

describe('a playtest', () => {
	test('gives the same report for a seed, in this thread and on any number of workers', async () => {
		const options = {games: 14, seed: 'same'};
		const here = await playtest(scenario, options);
		const [one, three] = await Promise.all([1, 3].map(count => playtest(scenario, {...options, workers: {count, program}})));
		expect(one).toEqual(here);
		expect(three).toEqual(here);
		expect(here).toMatchObject({games: 14, complete: true, note: expect.stringContaining('not people')});
		expect(await playtest(scenario, {...options, seed: 'other'})).not.toEqual({...here, seed: 'other'});
	});

	test('counts every game once, by world, by bots and by turns', async () => {
		const report = await playtest(scenario, {games: 10, seed: 'counts'});
		const sum = (list: readonly {games: number}[]) => list.reduce((total, {games}) => total + games, 0);
		expect([report.worlds, report.pairs, report.turns].map(sum)).toEqual([10, 10, 10]);
		const {operators, attackers, neither} = report.outcomes;
		expect(operators.count + attackers.count + neither.count).toBe(10);
		expect(report.scores.map(({station}) => station)).toEqual(['shares', 'rounds', 'policy', 'output', 'transcript']);
		// Every game has the inject of turn 1, and no game ever leaves the briefing unentered.
		expect(report.injects[0]).toMatchObject({number: 1, when: 'at turn 1', fired: 10, of: 10});
		expect(report.neverEntered.find(({machine}) => machine === 'exercise')?.states).toEqual([]);
		expect(report.neverEntered.find(({machine}) => machine === 'protocol')?.states).toContain('destroyed');
	});

	test('plays with the bots and in the world that are named', async () => {
		const report = await playtest(scenario, {games: 4, seed: 'fixed', world: 'liar', bots: {operators: 'idle', attackers: 'idle'}});
		expect(report.worlds.map(({world, games}) => [world, games])).toEqual([['liar', 4]]);
		expect(report.pairs.map(({bots}) => bots)).toEqual([{operators: 'idle', attackers: 'idle'}]);
		expect(report.outcomes.neither.count).toBe(4);
		const chosen = report.moves.filter(move => move.chosen > 0);
		expect(chosen).toEqual([]);
		expect(report.moves.find(({side, verb}) => side === 'operators' && verb === 'approve')?.offered).toBeGreaterThanOrEqual(4);
	});

	test.each([undefined, {count: 2, program}])('that is interrupted reports the games that are over', async workers => {
		const stop = new AbortController();
		const report = await playtest(scenario, {
			games: 400,
			seed: 'stopped',
			bots: {operators: 'freeze', attackers: 'idle'},
			...(workers === undefined ? {} : {workers}),
			signal: stop.signal,
			onProgress: ({done, of}) => {
				expect(of).toBe(400);
				if (done >= 3) stop.abort();
			},
		});
		expect(report.games).toBeGreaterThanOrEqual(3);
		expect(report.games).toBeLessThan(400);
		expect(report).toMatchObject({asked: 400, complete: false});
		expect(report.outcomes.games).toBe(report.games);
	});

	test('of no games at all says so', async () => {
		const stop = new AbortController();
		stop.abort();
		const report = await playtest(scenario, {games: 5, seed: 'none', signal: stop.signal});
		expect(report.games).toBe(0);
		expect(report.findings).toEqual(['No game was played, so nothing can be said.']);
	});

	test('of a world that does not exist is refused, by a worker too', async () => {
		const options = {games: 4, seed: 'x', world: 'atlantis'};
		await expect(playtest(scenario, options)).rejects.toThrow('there is no world "atlantis"');
		await expect(playtest(scenario, {...options, workers: {count: 2, program}})).rejects.toThrow('there is no world "atlantis"');
	});
});

describe('a game of a playtest', () => {
	test('ends the same with the same moves on the suite of the scenario', () => {
		for (const index of [0, 1]) {
			const options = {games: 2, seed: 'real', bots: {operators: 'random', attackers: 'playbook'}};
			const {record, moves} = replayGame(scenario, options, index);
			const game = createGame({scenario, seed: seedOf('real', index), world: record.world});
			expect(game.suite).toBe('ed25519');
			let state = initialState(game);
			for (const move of [{side: 'table', text: 'begin'} as const, ...moves]) {
				const decided = decide(game, state, move);
				if (!decided.ok) throw new Error(`${move.text}: ${decided.message}`);
				state = decided.state;
			}
			expect(state.end).toMatchObject({outcome: record.outcome, reason: record.reason});
			expect(state.turn).toBe(record.turns);
		}
	});

	test('is dealt and seated by the seed and its number', () => {
		const seats = (seed: string) => Array.from({length: 40}, (_, index) => JSON.stringify(seatingOf(seed, index, {})));
		expect(seats('a')).toEqual(seats('a'));
		expect(seats('a')).not.toEqual(seats('b'));
		expect(new Set(seats('a')).size).toBeGreaterThan(5);
		expect(seatingOf('a', 3, {operators: 'display'}).operators).toBe('display');
	});

	test.each([
		['careful', 'playbook', 'attackers', true],
		['careful', 'playbook', 'operators', false],
		['idle', 'random', 'operators', true],
		['display', 'playbook', 'operators', true],
		['display', 'playbook', 'attackers', false],
		['display', 'random', 'operators', false],
		['idle', 'playbook', 'neither', false],
	] as const)('%s against %s won by %s: surprising is %s', (operators, attackers, outcome, expected) => {
		expect(isSurprising({operators, attackers}, outcome)).toBe(expected);
	});
});

describe('a report', () => {
	const record = (index: number, of: Partial<GameRecord> = {}): GameRecord => ({
		index,
		world: 'liar',
		operators: 'careful',
		attackers: 'playbook',
		outcome: 'operators',
		reason: 'all was served',
		turns: 6,
		moves: 40,
		scores: {shares: 100, rounds: 50, policy: 0, output: 100, transcript: 100},
		injects: [],
		states: [],
		verbs: {},
		forced: [],
		parts: 12,
		...of,
	});
	const report = (records: readonly GameRecord[]) => reportOf({scenario, seed: 's', asked: records.length, bots: {}}, records);
	const many = (of: Partial<GameRecord>) => Array.from({length: 10}, (_, index) => record(index, of));

	test('says when nobody ever lost in a world, or won, and which worlds were not dealt', () => {
		expect(report(many({})).findings).toEqual(
			expect.arrayContaining([
				"No operators' bot ever lost in world liar (10 games): nothing there is dangerous enough.",
				'World drift was never dealt. Play more games, or force it with --world drift.',
				'The playbook never beat careful operators in 10 games: it teaches them little.',
			]),
		);
		const lost = report(many({outcome: 'attackers'}));
		expect(lost.findings).toContain("No operators' bot ever won in world liar (10 games): it may not be winnable.");
		expect(lost.findings).toContain('Careful operators lose to the playbook in 10 of 10 games: knowing does not pay.');
		// A handful of games says nothing.
		expect(report([record(0)]).findings.join()).not.toContain('world liar');
	});

	test('says when doing nothing pays, and that a side can only wait', () => {
		expect(report(many({operators: 'idle'})).findings).toContain('Doing nothing wins 10 of 10 games: it should not pay.');
		expect(report(many({operators: 'idle', attackers: 'idle'})).findings.join()).not.toContain('Doing nothing');
		const stuck = report(many({forced: ['operators 2', 'operators 3', 'operators 4', 'attackers 2']}));
		expect(stuck.decisions).toMatchObject({
			all: 120,
			forced: 40,
			places: expect.arrayContaining([{side: 'operators', turn: 3, forced: 10}]),
		});
		expect(stuck.findings).toContain(
			'In 33 % of the decisions the end of the turn was the only legal move, most often the attackers in turn 2.',
		);
	});

	test('names injects that never fired and moves that were never made or chosen', () => {
		const {findings, injects, moves} = report(
			many({verbs: {'operators sign': {offered: 2, chosen: 1}, 'operators deny': {offered: 3, chosen: 0}}, injects: [0]}),
		);
		expect(injects[0]).toMatchObject({fired: 10, of: 10});
		expect(findings).toContain('Inject 2 (at turn 2) never fired in the 10 games in which it could.');
		expect(findings.some(each => /^Inject 4 .* could not fire: its world was never dealt/.test(each))).toBe(true);
		expect(moves.find(({verb}) => verb === 'sign')).toMatchObject({offered: 20, chosen: 10, wonWith: {count: 10, of: 10}});
		expect(findings).toContain('No bot of the operators ever chose: deny.');
		expect(findings.find(each => each.startsWith('The operators could never make'))).toContain('refresh');
	});

	test('shows the five shortest surprising wins, and means with their spread', () => {
		const games = [
			...Array.from({length: 7}, (_, index) => record(index, {operators: 'idle', turns: 6, moves: 30 - index})),
			record(7, {operators: 'random', turns: 4, moves: 60, scores: {shares: 0}}),
			record(8),
		];
		const {surprising, scores} = report(games);
		expect(surprising.map(({index}) => index)).toEqual([7, 6, 5, 4, 3]);
		expect(surprising[0]).toMatchObject({seed: 's/7', winner: 'operators', operators: 'random', turns: 4});
		expect(scores[0]).toMatchObject({station: 'shares', lowest: 0, highest: 100, mean: 800 / 9});
		expect(scores[0]?.spread).toBeCloseTo(31.43, 2);
	});

	// Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
	test.each([
		[81, 263, 0.2553, 0.3662],
		[15, 148, 0.0624, 0.1605],
		[0, 20, 0, 0.1611],
		[1, 29, 0.0061, 0.1718],
	])('Wilson: %i of %i lies between %f and %f', (count, of, low, high) => {
		expect(rate(count, of).low).toBeCloseTo(low, 4);
		expect(rate(count, of).high).toBeCloseTo(high, 4);
		expect(rate(of - count, of).low).toBeCloseTo(1 - high, 4);
	});
});
