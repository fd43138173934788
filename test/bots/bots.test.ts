import {describe, expect, test} from 'vitest';
import {playbook} from '../../source/bots/attackers.js';
import type {Bot, PlaybookSource, PlaybookStep} from '../../source/bots/bot.js';
import {nextBotMove} from '../../source/bots/drive.js';
import {hint} from '../../source/bots/hint.js';
import {attackerBots, operatorBots} from '../../source/bots/index.js';
import {cleanSince, fullInspections, suspicions} from '../../source/bots/reading.js';
import {decide} from '../../source/engine/decide.js';
import {createGame, type Game, initialState} from '../../source/engine/game.js';
import {phaseOf, seatView} from '../../source/engine/seat-view.js';
import type {GameState} from '../../source/engine/state.js';
import type {SeatView, Side} from '../../source/engine/view.js';
import {playGame, shipped} from './play.js';

const scenario = shipped('first-light');

/** A game in a world after lines of the file, roles as in the file. */
function gameAfter(world: string, lines: readonly string[], seed = 'bots'): {game: Game; state: GameState; role(id: string): string} {
	const game = createGame({scenario, seed, world});
	let state = initialState(game);
	for (const line of ['table: begin', ...lines]) {
		const [side = '', text = ''] = line.split(': ');
		const decided = decide(game, state, {side: side as Side | 'table', text, isOfFile: true});
		if (!decided.ok) throw new Error(`${line}: ${decided.message}`);
		state = decided.state;
	}
	return {game, state, role: id => game.deal.partyOf[id]!};
}

const turn = ['attackers: end-turn', 'operators: end-turn'];

describe('what is read off a view', () => {
	test('traces of a review become suspicions, until a full inspection answers them', () => {
		const begun = [
			'attackers: implant party=ben',
			...turn,
			'attackers: steal-share party=ben',
			...turn,
			'attackers: phish party=coordinator',
			...turn,
			'attackers: end-turn',
			'operators: review',
		];
		const before = gameAfter('insider', begun);
		const view = seatView(before.game, before.state, 'operators');
		const [ben, ada] = [before.role('ben'), before.role('ada')];
		expect(suspicions(view)).toEqual(
			expect.arrayContaining([
				{machine: ben, trace: 'new software', turn: 1},
				{machine: ben, trace: 'large transfer', turn: 2},
				{machine: ada, trace: 'new software', turn: 1},
				{machine: 'coordinator', trace: 'odd mail', turn: 3},
			]),
		);
		const looked = gameAfter('insider', [
			...begun,
			'operators: inspect party=ben depth=full',
			'operators: end-turn',
			'attackers: end-turn',
		]);
		const cleared = seatView(looked.game, looked.state, 'operators');
		expect(fullInspections(cleared, ben)).toEqual([{turn: 4, found: true, implant: true}]);
		expect(cleanSince(cleared, ben)).toBe(4);
		expect(suspicions(cleared).map(({machine}) => machine)).not.toContain(ben);
		expect(suspicions(cleared).map(({machine}) => machine)).toContain(ada);
	});

	test('a clean machine is not a found implant, and an inspection of this turn counts at once', () => {
		const {game, state, role} = gameAfter('insider', ['attackers: end-turn', 'operators: inspect party=ada depth=full']);
		expect(cleanSince(seatView(game, state, 'operators'), role('ada'))).toBe(1);
		const next = gameAfter('insider', ['attackers: end-turn', 'operators: inspect party=ada depth=full', 'operators: end-turn']);
		expect(fullInspections(seatView(next.game, next.state, 'operators'), next.role('ada'))).toEqual([
			{turn: 1, found: false, implant: false},
		]);
	});
});

describe('the careful operator', () => {
	const nextOf = (world: string, lines: readonly string[]) => {
		const {game, state, role} = gameAfter(world, lines);
		return {...nextBotMove(game, state, 'operators', operatorBots.careful!, []), role};
	};

	test('binds the first approval to bytes', () => {
		expect(nextOf('liar', ['attackers: end-turn']).text).toMatch(/^approve payroll party=\w+ basis=digest$/);
	});

	test('asks the requester when a device reads other bytes than are displayed', () => {
		const {text, reason} = nextOf('liar', [
			'attackers: swap-payload payroll',
			'attackers: end-turn',
			'operators: approve payroll party=ada basis=digest',
		]);
		expect(text).toBe('call-back payroll');
		expect(reason).toContain('other bytes than payroll displays');
	});

	test('denies what its requester disowns, and says why a signature would not help', () => {
		const {text, reason} = nextOf('caller', [
			...turn,
			'attackers: end-turn',
			'operators: call-back vendor',
			'operators: end-turn',
			'attackers: end-turn',
		]);
		expect(text).toBe('deny vendor');
		expect(reason).toContain('never asked for vendor');
	});

	test('signs with the parties that are up, and names the one that is dark', () => {
		const {text, reason, role} = nextOf('liar', [
			...turn,
			'attackers: end-turn',
			'operators: approve payroll party=ada basis=digest',
			'operators: approve payroll party=ben basis=digest',
		]);
		expect(text).toMatch(/^sign payroll parties=/);
		expect(text).not.toContain(role('chi'));
		expect(reason).toContain(`${role('chi')} is dark`);
	});

	test('after a failed signing that named nobody, finds out who before the same two sign again', () => {
		const failed = [
			'attackers: implant party=ben',
			'attackers: corrupt-partial party=ben',
			'attackers: end-turn',
			'operators: approve payroll party=ada basis=digest',
			'operators: approve payroll party=ben basis=digest',
			'operators: sign payroll parties=ada,ben',
			'operators: end-turn',
			'attackers: end-turn',
		];
		const {game, state, role} = gameAfter('drift', failed);
		const made: string[] = [];
		let now = state;
		for (;;) {
			const {text} = nextBotMove(game, now, 'operators', operatorBots.careful!, made);
			if (text === 'end-turn') break;
			made.push(text);
			const decided = decide(game, now, {side: 'operators', text});
			if (!decided.ok) throw new Error(decided.message);
			now = decided.state;
		}
		expect(made).toContain('review');
		expect(
			made
				.filter(text => text.startsWith('inspect'))
				.every(text => [role('ada'), role('ben')].some(id => text === `inspect party=${id} depth=full`)),
		).toBe(true);
		expect(made.join()).toContain('inspect party=');
		expect(made.join()).not.toContain('sign payroll');
	});

	test('inspects the control that should have named somebody, once there are points for it', () => {
		const {moves} = playGame({scenario, seed: 's1', world: 'drift'}, {operators: operatorBots.careful!, attackers: attackerBots.playbook!});
		expect(moves.map(({text}) => text)).toContain('inspect control=verify-partials');
	});

	test('a payment that nobody asked for is announced', () => {
		const {text} = nextOf('liar', [
			...turn,
			'attackers: swap-payload vendor',
			'attackers: end-turn',
			'operators: approve vendor party=ada basis=display',
			'operators: approve vendor party=ben basis=display',
			'operators: sign vendor parties=ada,ben',
			'operators: end-turn',
			...turn,
			'attackers: end-turn',
		]);
		expect(text).toBe('announce o1 to=requester');
	});
});

describe('the playbook', () => {
	const source = (
		steps: readonly Partial<PlaybookStep>[],
		made: readonly string[] = [],
		illegal: readonly string[] = [],
	): PlaybookSource => ({
		steps: steps.map(step => ({moves: ['phish party=ada'], once: true, holds: true, ...step})),
		made,
		isLegal: move => !illegal.includes(move),
	});
	const view = (made: readonly string[] = []) => ({made: made.map(text => ({text, cost: 1, queued: false}))}) as unknown as SeatView;
	const next = (from: PlaybookSource, made: readonly string[] = []) => playbook.next(view(made), from).move;

	test('takes the first entry that holds and can be made', () => {
		const steps = [{moves: ['a'], holds: false}, {moves: ['b']}, {moves: ['c']}];
		expect(next(source(steps))).toBe('b');
		expect(next(source(steps, [], ['b']))).toBe('c');
		expect(next(source(steps, ['b', 'c']))).toBe('end-turn');
	});

	test('goes on with an entry that was begun, whatever became of its condition', () => {
		expect(next(source([{moves: ['a', 'b'], holds: false}], ['a']))).toBe('b');
		expect(next(source([{moves: ['a', 'b'], holds: false}]))).toBe('end-turn');
	});

	test('makes an entry once in a game, or once a turn where it repeats', () => {
		const steps = [{moves: ['a'], once: false}];
		expect(next(source(steps, ['a']))).toBe('a');
		expect(next(source(steps, ['a']), ['a'])).toBe('end-turn');
	});

	test('two entries with the same move are two moves', () => {
		const steps = [{moves: ['a']}, {moves: ['a']}];
		expect(next(source(steps, ['a']))).toBe('a');
		expect(next(source(steps, ['a', 'a']))).toBe('end-turn');
	});

	test('speaks of the dealt parties and waits while its conditions do not hold', () => {
		// In this deal another party plays the role of ben.
		const seed = 's0';
		const {game, state, role} = gameAfter('insider', [], seed);
		expect(role('ben')).not.toBe('ben');
		const first = nextBotMove(game, state, 'attackers', attackerBots.playbook!, []);
		expect(first.text).toBe(`implant party=${role('ben')}`);
		const second = gameAfter('insider', ['attackers: implant party=ben'], seed);
		expect(nextBotMove(second.game, second.state, 'attackers', attackerBots.playbook!, [first.text]).text).toBe('end-turn');
	});

	test('the same moves follow whether a game is played through or resumed at any move', () => {
		const {game, moves} = playGame(
			{scenario, seed: 'resume', world: 'drift'},
			{operators: operatorBots.idle!, attackers: attackerBots.playbook!},
		);
		// A resumed game knows what is in its journal: the scenario, the seed and the moves.
		const fresh = createGame({scenario, seed: 'resume', world: 'drift'});
		const begun = decide(fresh, initialState(fresh), {side: 'table', text: 'begin'});
		if (!begun.ok) throw new Error(begun.message);
		let state = begun.state;
		const made: string[] = [];
		for (const {side, text} of moves) {
			if (side === 'attackers') {
				expect(nextBotMove(fresh, JSON.parse(JSON.stringify(state)), side, attackerBots.playbook!, [...made]).text).toBe(text);
				made.push(text);
			}
			const decided = decide(fresh, state, {side, text});
			if (!decided.ok) throw new Error(decided.message);
			state = decided.state;
		}
		expect(game.deal).toEqual(fresh.deal);
		expect(made.filter(text => text !== 'end-turn').length).toBeGreaterThan(6);
	});
});

describe('the driver', () => {
	test('a refused or unreadable move becomes end-turn', () => {
		const {game, state} = gameAfter('liar', ['attackers: end-turn']);
		for (const move of ['sign payroll parties=ada,ben', 'sing payroll', '', 'approve payroll party=zed basis=digest']) {
			const bot: Bot = {name: 'odd', about: '', next: () => ({move, reason: 'because'})};
			expect(nextBotMove(game, state, 'operators', bot, []).text).toBe('end-turn');
		}
	});

	test('every move of every bot is made as it is, with a reason in a sentence', () => {
		for (const operators of Object.values(operatorBots)) {
			const {moves} = playGame({scenario, seed: 'reasons', world: 'outage'}, {operators, attackers: attackerBots.playbook!});
			for (const {text, reason} of moves) {
				expect(reason, text).toMatch(/^[A-Z0-9a-z].{20,}\.$/);
				expect(reason, text).not.toMatch(/undefined|nobody approved|\bnull\b/);
			}
		}
	});

	test('bots are known by their names', () => {
		expect(Object.keys(operatorBots)).toEqual(['careful', 'display', 'freeze', 'idle', 'random']);
		expect(Object.keys(attackerBots)).toEqual(['playbook', 'idle', 'random']);
		for (const [name, bot] of [...Object.entries(operatorBots), ...Object.entries(attackerBots)]) expect(bot.name).toBe(name);
	});
});

describe('random', () => {
	const play = (seed: string) => {
		const bots = {operators: operatorBots.random!, attackers: attackerBots.random!};
		return playGame({scenario, seed, suite: 'glass', world: 'insider'}, bots).moves;
	};
	const [first, again, other] = [play('one'), play('one'), play('two')];

	test('makes the same moves in the same game, and others in another', () => {
		expect(again).toEqual(first);
		expect(other.map(({text}) => text)).not.toEqual(first.map(({text}) => text));
	});

	test('does much that others do not, and never words or takebacks', () => {
		const verbs = new Set([...first, ...other].map(({text}) => text.split(' ')[0]!));
		expect(verbs.size).toBeGreaterThan(12);
		expect([...verbs]).not.toEqual(expect.arrayContaining(['note']));
		expect([...verbs]).not.toEqual(expect.arrayContaining(['takeback']));
		// It plays on until it chooses the end of its turn.
		expect(first.filter(({text}) => text === 'end-turn').length).toBeLessThan(first.length / 2);
	});
});

describe('a hint', () => {
	test('is a move that the rules take, for either side, all through a game', () => {
		const game = createGame({scenario, seed: 'hints', world: 'insider'});
		const begun = decide(game, initialState(game), {side: 'table', text: 'begin'});
		if (!begun.ok) throw new Error(begun.message);
		let state = begun.state;
		const made = {operators: new Set<string>(), attackers: new Set<string>()};
		while (state.end === undefined) {
			const side: Side = phaseOf(state) === 'attack' ? 'attackers' : 'operators';
			const {move, reason} = hint(seatView(game, state, side));
			expect(reason).toMatch(/\.$/);
			const decided = decide(game, state, {side, text: move});
			if (!decided.ok) throw new Error(`${move}: ${decided.message}`);
			made[side].add(move.split(' ')[0]!);
			state = decided.state;
		}
		expect([...made.attackers]).toEqual(expect.arrayContaining(['implant', 'steal-share', 'phish', 'end-turn']));
		expect([...made.operators]).toEqual(expect.arrayContaining(['approve', 'sign', 'call-back', 'review', 'end-turn']));
	});

	test('out of turn it says so', () => {
		const {game, state} = gameAfter('liar', []);
		expect(hint(seatView(game, state, 'operators'))).toEqual({move: 'end-turn', reason: 'It is not your turn to move.'});
	});
});
