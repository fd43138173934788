/** The end of a turn and the moves that are asked about: what was believed, what changed, what would follow. */
import {afterEach, describe, expect, test} from 'vitest';
import type {SeatView} from '../../source/engine/view.js';
import {progressOf} from '../../source/terminal/path/progress.js';
import {renderView} from '../../source/terminal/render-view.js';
import {turnOf} from '../../source/terminal/screens/turn.js';
import {ceremony, type FakePlayer, failedPartial, fakeCatalogue, fakePlayer, payroll, view} from './fixture.js';
import {type Frames, frames, keys} from './frames.js';

let shown: Frames | undefined;
afterEach(() => shown?.end());

const board = async (player: FakePlayer, size = {}) => {
	shown = await frames(fakeCatalogue(player), {start: player, ...size});
	await shown.until('Moves for refill');
	return shown;
};

test('what became of a share is told once, and nobody holds one of epoch 0', () => {
	const [ada, ben, chi] = view.parties;
	const before: SeatView = {
		...view,
		parties: [
			{...ada!, epoch: 1},
			{...ben!, epoch: 1},
			{...chi!, epoch: 0, share: 'none'},
		],
	};
	const after: SeatView = {
		...before,
		turn: before.turn + 1,
		parties: [
			{...ada!, epoch: 2, share: '?'},
			{...ben!, epoch: 0, share: 'none'},
			{...chi!, epoch: 2, share: '?'},
		],
	};
	expect(turnOf(before, after).changed.map(({about, text}) => `${about}: ${text}`)).toEqual([
		'ada: share of epoch 1 gave way to epoch 2',
		'ben: holds no share any more; it had one of epoch 1',
		'chi: holds a share now, of epoch 2',
	]);
});

describe('after a turn', () => {
	const before: SeatView = {
		...view,
		notes: [...view.notes, {turn: 4, text: 'chi lies', suspect: 'chi'}],
		made: [{text: 'sign payroll parties=ada,chi', cost: 1, queued: true}],
	};
	const after: SeatView = {
		...before,
		turn: 5,
		evidenceCount: 9,
		made: [],
		requests: before.requests.map(request => (request.id === 'payroll' ? {...request, state: 'final'} : request)),
		parties: before.parties.map(party => (party.id === 'ada' ? {...party, reach: 'dark'} : party)),
		ceremonies: [...before.ceremonies, {...ceremony, id: 'sign-2', status: 'done', blamed: []}],
		decisions: [...before.decisions, {request: 'payroll', turn: 4, verdict: 'deny', rule: 'small', reason: 'too much', facts: []}],
		outputs: [
			{
				id: 'o7',
				request: '',
				turn: 4,
				state: 'final',
				says: 'all of it',
				publicKey: '',
				message: '',
				signature: '',
				statement: 'NOT as displayed',
			},
		],
		inbox: [
			...before.inbox,
			{turn: 5, kind: 'signal', from: 'monitor', text: 'large transfer at shares', isNew: true, equation: failedPartial},
		],
	};

	test('says what is different, what was believed and what was done', async () => {
		const rows = (await renderView(fakePlayer(after), turnOf(before, after), {columns: 80, rows: 40})).join('\n');
		for (const text of [
			/sign payroll +done/,
			/policy, payroll +DENY by small: too much/,
			/payroll +was approved, is final/,
			/output o7 +final, no policy saw it: NOT as displayed/,
			/ada +was up, is dark/,
			/evidence +3 new lines/,
			/monitor +large transfer at shares\. \(= why\)/,
			/suspects chi +chi lies/,
			/foretold +payroll: approved, unsigned/,
			/ran +sign payroll parties=ada,chi/,
		])
			expect(rows).toMatch(text);
		expect(rows).not.toMatch(/refill +was/);
	});

	test('a turn in which nothing happened says so', async () => {
		const calm = {...view, turn: 5, notes: [], forecast: []};
		const rows = (await renderView(fakePlayer(calm), turnOf({...calm, turn: 4}, calm), {columns: 80, rows: 24})).join('\n');
		expect(rows).toContain('nothing that you could see');
		expect(rows).toContain('nothing on record');
	});

	test('comes after the messages and before the board, and Enter goes on', async () => {
		const player = fakePlayer(before);
		player.when('end-turn', () => after);
		const {press, until} = await board(player);
		await press('e', keys.enter);
		await until('message 5 of 5');
		await press(keys.enter);
		await until('TURN 4 ENDED');
		await press('=');
		await until('EQUATION');
		await press('q', keys.enter, keys.enter);
		await until('RESPOND');
	});
});

describe('authority on the path', () => {
	const states = (cursor: number, isDone: boolean, over: Partial<typeof ceremony> = {}, game = view) => {
		const {reached, stations, said} = progressOf(game, {...ceremony, ...over}, cursor, isDone);
		return {reached, said, lines: Object.fromEntries(stations.map(({station, lines, state}) => [station, [state, ...lines]]))};
	};

	test('is in the rounds while messages are sound, and stops there at the one that fails, with its equation', () => {
		expect(states(1, false).lines.rounds).toEqual(['active', 'round 1', '2 checked']);
		const stopped = states(4, true);
		expect(stopped.reached).toBe('rounds');
		expect(stopped.lines.rounds).toEqual(['alert', 'STOPPED HERE', 'blamed chi']);
		expect(stopped.lines.policy?.[1]).toBe('not reached');
		expect(stopped.said).toBe('message 5 REFUSED: z3*G = D3 + rho3*E3 + c*lam3*Y3');
	});

	test('goes on to the output where the policy allows, and stops at the policy where it denies, with the reason', () => {
		const messages = ceremony.messages.slice(0, 4);
		const done = {status: 'done', messages, blamed: []} as const;
		const decision = {request: 'payroll', turn: 3, verdict: 'allow', rule: 'enough-approvals', reason: '2 >= 2', facts: []} as const;
		const output = {id: 'o1', request: 'payroll', turn: 3, state: 'released', says: '', publicKey: '', message: '', signature: ''} as const;
		const allowed = states(3, true, done, {...view, decisions: [decision], outputs: [output]});
		expect(allowed.reached).toBe('output');
		expect(allowed.lines.output).toEqual(['active', 'released', 'o1']);
		const denied = states(3, true, done, {...view, decisions: [{...decision, verdict: 'deny', reason: 'too much'}]});
		expect(denied.reached).toBe('policy');
		expect(denied.lines.policy).toEqual(['alert', 'DENY', 'enough-approvals']);
		expect(denied.said).toContain('DENY by enough-approvals: too much');
		expect(denied.lines.output?.[1]).toBe('none');
	});

	test('goes on past a refused message where the ceremony does', () => {
		const refused = {status: 'done', kind: 'refresh', request: undefined} as const;
		const {reached, lines} = states(4, true, refused);
		expect(reached).toBe('rounds');
		expect(lines.rounds).toEqual(['active', 'done, 1 refused', '4 checked']);
		expect(lines.policy?.[1]).toBe('not asked');
	});

	test('moves with the cursor through the messages', async () => {
		const {press, until} = await board(fakePlayer(), {columns: 120, rows: 40});
		await press('M');
		await until('| [ROUNDS] !');
		await press('b', 'b');
		await until(/\| \[ROUNDS\] +log 2 \|/);
	});
});

describe('a change of the policy', () => {
	const amend = 'amend consents=ada,chi require=digest';

	test('is asked about with the four questions first, from the prompt as from the menu', async () => {
		const player = fakePlayer();
		player.questions = () => ({
			boundary: 'POLICY, its rules',
			trusted: 'ada and chi',
			proof: 'two consents',
			check: 'they are counted',
			fooled: 'any rule can be written',
			follows: ['payroll: now ALLOW, then DENY.'],
		});
		const {press, until} = await board(player);
		await press(':', amend, keys.enter);
		const asked = await until('4 What if it is fooled?');
		expect(asked).toContain('payroll: now ALLOW, then DENY.');
		expect(player.lines).toEqual([]);
		await press('n');
		await until('Moves for refill');
		await press(':', amend, keys.enter);
		await until('4 What if it is fooled?');
		await press(keys.enter);
		await until(`done: ${amend}`);
		expect(player.lines).toEqual([amend]);
	});
});

test('a message without an equation opens the next one of its ceremony', async () => {
	const {press, until} = await board(fakePlayer({...view, requests: [payroll, ...view.requests.slice(1)]}));
	await press('M', 'b', 'b', '=');
	const equation = await until('EQUATION');
	expect(equation).toContain('1 of 2');
	expect(equation).toContain('z1*G');
});
