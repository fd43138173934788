/** The app from its title to its debrief, driven by keys. */

import {afterEach, describe, expect, test} from 'vitest';
import type {SeatView} from '../../source/engine/view.js';
import type {Outcome} from '../../source/terminal/player.js';
import type {Washed} from '../../source/terminal/screens/hot-wash-dialogue.js';
import {ceremony, type FakePlayer, fakeCatalogue, fakePlayer, view} from './fixture.js';
import {type Frames, frames, keys} from './frames.js';

let shown: Frames | undefined;
afterEach(() => shown?.end());

/** A player whose turn ends with one more ceremony. */
function signingPlayer(start: SeatView = view): FakePlayer {
	const player = fakePlayer(start);
	player.when('end-turn', now => ({
		...now,
		turn: now.turn + 1,
		ceremonies: [...now.ceremonies, {...ceremony, id: `sign-t${now.turn}`, turn: now.turn}],
	}));
	return player;
}

const atBoard = async (player: FakePlayer = signingPlayer(), size = {}) => {
	shown = await frames(fakeCatalogue(player), {start: player, ...size});
	await shown.until('Moves for refill');
	return shown;
};

describe('from the title', () => {
	test('offers only what exists', async () => {
		shown = await frames(fakeCatalogue(fakePlayer(), {counts: {scenarios: 1, saves: 0, reports: 0}}));
		const title = await shown.until('Play a scenario');
		expect(title).not.toContain('Go on with');
		expect(title).not.toContain('report');
		expect(title).toContain('Practice keys only');
	});

	test('plays a scenario on a chosen side: briefing, then the board', async () => {
		const player = fakePlayer({...view, phase: 'briefing', turn: 0});
		player.when('(begin)', now => ({...now, phase: 'respond', turn: 1}));
		const catalogue = fakeCatalogue(player, {}, true);
		shown = await frames(catalogue);
		await shown.press(keys.enter);
		await shown.until('the operators');
		await shown.press('a');
		await shown.until('the attackers');
		await shown.press(keys.enter);
		const briefing = await shown.until('BRIEFING');
		expect(catalogue.opened).toEqual([{scenario: 'first-light', side: 'attackers'}]);
		expect(briefing).toContain('payroll by t5, nothing else leaves');
		await shown.press(keys.enter);
		const board = await shown.until('turn 1 of 6');
		expect(board).toContain('h gives a hint');
	});

	test('begins on the board: what ran before the first turn is not shown by itself, and the tip speaks of what is there', async () => {
		const player = fakePlayer({...view, phase: 'briefing', turn: 0, ceremonies: []});
		player.when('(begin)', now => ({
			...now,
			phase: 'respond',
			turn: 1,
			ceremonies: [{...ceremony, id: 'refresh-t0', kind: 'refresh', turn: 0}],
		}));
		shown = await frames(fakeCatalogue(player, {}, true), {start: player});
		await shown.until('BRIEFING');
		await shown.press(keys.enter);
		const board = await shown.until('turn 1 of 6');
		expect(board).toContain('Enter does the highlighted move');
		expect(board).not.toContain('RESOLVE');
	});

	test('tells why a game could not be opened, and stays', async () => {
		shown = await frames(
			fakeCatalogue(fakePlayer(), {open: async () => Promise.reject(new Error('saves/x.jsonl:3:1: the line is torn; resume cuts it'))}),
		);
		await shown.press(keys.enter);
		await shown.until('first-light');
		await shown.press(keys.enter);
		expect(await shown.until('the line is torn')).toContain('SCENARIOS');
	});

	test('a report that takes its time is read where it was asked for, and nowhere else', async () => {
		const made: ((text: string) => void)[] = [];
		const report = (path: string) => ({
			id: path,
			title: 'First light',
			path,
			text: () => new Promise<string>(resolve => made.push(resolve)),
		});
		shown = await frames(fakeCatalogue(fakePlayer(), {reports: async () => [report('one.jsonl'), report('two.jsonl')]}));
		await shown.press(keys.down, keys.enter);
		await shown.until('two.jsonl');
		await shown.press(keys.enter);
		await shown.until('one.jsonl is verified, and its report is made');
		await shown.press('q', keys.down, keys.enter);
		await shown.until('two.jsonl is verified');
		await shown.press(keys.down);
		made[0]?.('The first report.');
		made[1]?.('The second report.');
		expect(await shown.until(/The \w+ report/)).toContain('The second report');
	});

	test('reads a finished report and comes back', async () => {
		shown = await frames(fakeCatalogue());
		await shown.press(keys.down, keys.enter);
		await shown.until('an example');
		await shown.press(keys.enter);
		await shown.until('A finished report.');
		await shown.press('q');
		await shown.until('REPORTS');
	});
});

describe('on the board', () => {
	test('the prompt shows the line before it runs, and a digit puts a party in', async () => {
		const {press, until} = await atBoard();
		await until(': approve refill party=_ basis=_');
		await press('3');
		await until(': approve refill party=chi basis=_');
		await press(keys.down);
		await until(': deny refill');
	});

	test('approves on a basis, with its questions, and says what the device answered', async () => {
		const player = signingPlayer();
		player.when('approve refill party=ada basis=digest', now => ({
			...now,
			requests: now.requests.map(request =>
				request.id === 'refill'
					? {...request, digests: [{party: 'ada', turn: 4, matches: false, says: '9.00 to mallory', digest: 'ff'.repeat(32)}]}
					: request,
			),
		}));
		const {press, until} = await atBoard({...player, submit: line => ({...player.submit(line), said: undefined})});
		await press('a');
		const approve = await until('Four questions for display');
		expect(approve).toContain('x  callback');
		expect(approve).toContain('refused: call back first');
		await press(keys.down);
		await until(': approve refill party=ada basis=digest');
		await press(keys.enter);
		const board = await until("ada's device says that its bytes DIFFER");
		expect(board).toMatch(/9\.00 to\s+mallory/);
		expect(player.lines).toEqual(['approve refill party=ada basis=digest']);
	});

	test('a refused move tells its reason and plays nothing', async () => {
		const player = signingPlayer();
		const {press, until} = await atBoard(player);
		await press(keys.down, keys.down, keys.down, keys.enter);
		await until('Refused: ada and chi have not approved refill.');
		expect(player.lines).toEqual([]);
	});

	test('asks for what is missing, value by value, and waits for Enter', async () => {
		const player = signingPlayer();
		const {press, until} = await atBoard(player);
		await press('l');
		await until('Choose station for log');
		await press(keys.enter);
		await until('Choose level for log');
		await press(keys.down, keys.enter);
		await until(': log shares level=2');
		expect(player.lines).toEqual([]);
		await press(keys.enter);
		await until('done: log shares level=2');
		expect(player.lines).toEqual(['log shares level=2']);
	});

	test('a burst of keys in one read does what the keys do one by one', async () => {
		const player = signingPlayer();
		const {press, until} = await atBoard(player);
		await press(':deny refill\r');
		await until('done: deny refill');
		expect(player.lines).toEqual(['deny refill']);
	});

	test('types, completes, recalls and pastes lines', async () => {
		const player = signingPlayer();
		const {press, until, paste} = await atBoard(player);
		await press(':', 'app', keys.tab);
		await until('approve re');
		await press('p', keys.tab);
		await until(/: approve payroll/);
		await press(keys.enter);
		await until('done: approve payroll');
		await press(':', keys.up);
		await until(/^ : approve payroll/m);
		await press('\u0015');
		await paste('inspect party=ada\n');
		await until(/^ : inspect party=ada/m);
		await press(keys.enter);
		await until('done: inspect party=ada');
	});

	test('Tab goes on to the next word where the one before is whole', async () => {
		const player = signingPlayer();
		player.complete = text =>
			['deny', 'deny refill']
				.filter(line => line.startsWith(text) && line.split(' ').length === text.split(' ').length)
				.map(line => ({text: line, about: ''}));
		const {press, until} = await atBoard(player);
		await press(':', 'de', keys.tab, keys.tab);
		await until(/^ : deny refill/m);
		await press(keys.enter);
		await until('done: deny refill');
	});

	test('a capital letter without a view says where the views are', async () => {
		const {press, until} = await atBoard();
		await press('Z');
		await until('No view has the key Z. V lists all views.');
	});

	test('a line with a mistake stays to be mended', async () => {
		const player = signingPlayer();
		player.when('deny payrol', () => {
			throw new Error('there is no request "payrol"; did you mean "payroll"?');
		});
		const {press, until} = await atBoard(player);
		await press(':', 'deny payrol', keys.enter);
		await until('did you mean "payroll"?');
		await press('l', keys.enter);
		await until('done: deny payroll');
	});

	test('pasting on the board opens the prompt and runs nothing', async () => {
		const player = signingPlayer();
		const {paste, until} = await atBoard(player);
		await paste('eeee qqqq');
		await until(/^ : eeee qqqq/m);
		expect(player.lines).toEqual([]);
	});

	test('notes can suspect somebody', async () => {
		const player = signingPlayer();
		const {press, until} = await atBoard(player);
		await press('n', keys.tab, keys.tab, 'it "lied"');
		await until('note, suspecting ben:');
		await press(keys.enter);
		await until('done: note');
		expect(player.lines).toEqual(['note "it \\"lied\\"" suspect=ben']);
	});

	test('a hint waits in the prompt for Enter', async () => {
		const player = signingPlayer();
		const {press, until} = await atBoard(player);
		await press('h');
		await until('nobody has looked at its share');
		await until(': inspect party=chi');
		await press(keys.enter);
		await until('done: inspect party=chi');
	});

	test('= tells why: an equation behind a message, the record of a request', async () => {
		const {press, until} = await atBoard();
		await press('=');
		expect(await until('MOVE   approve')).toContain('Who is trusted? The coordinator');
		await press('q', 'I', keys.down, keys.enter);
		const equation = await until('EQUATION');
		expect(equation).toContain('s3*G = Y3');
		await press('f');
		await until('228b61d0c5a9f3417e0d8a52b6c1e94f7a3d20b85c6e1f94d7a8b3c25e60f677');
	});

	test('Tab goes through the panes and shows which has the keys', async () => {
		const {press, until} = await atBoard();
		await press(keys.tab);
		await until('-[Requests]-');
		await press(keys.up);
		await until('Moves for payroll');
		await press(keys.shiftTab);
		await until('-[Moves for payroll');
	});

	test('all moves are found by a few letters and taken to the board', async () => {
		const {press, until} = await atBoard();
		await press('/', 'cuts off');
		await until('1 found');
		await press(keys.enter);
		await until(': isolate party=_');
	});

	test('help lists the moves of this game with their keys', async () => {
		const {press, until} = await atBoard();
		await press('?', keys.pageDown);
		await until(/a +approve/);
		await press(keys.pageDown);
		await until('saves/first-light-a1b2.jsonl');
	});

	test('what another seat does appears by itself', async () => {
		const player = signingPlayer();
		const {until} = await atBoard(player);
		player.become({...view, inbox: [...view.inbox, {turn: 4, kind: 'signal', from: 'monitor', text: 'egress at a party', isNew: true}]});
		await until('egress at a party');
	});
});

describe('a turn', () => {
	test('shows what is queued before it ends', async () => {
		const player = signingPlayer({...view, made: [{text: 'sign payroll parties=ada,chi', cost: 1, queued: true}]});
		const {press, until} = await atBoard(player);
		await press('e');
		const question = await until('Runs when the turn ends');
		expect(question).toContain('sign payroll parties=ada,chi');
		await press('n');
		await until('Moves for refill');
		expect(player.lines).toEqual([]);
	});

	test('in a first game messages wait one by one, and the first refusal opens its equation', async () => {
		const player = signingPlayer();
		const catalogue = fakeCatalogue(player, {}, true);
		shown = await frames(catalogue, {start: player});
		const {press, until, text} = shown;
		await until('Moves for refill');
		await press('e', keys.enter);
		const first = await until('message 1 of 5');
		expect(first).toContain('Ada commits to two fresh nonces');
		expect(first).not.toContain('REFUSED');
		expect(first).not.toContain('Result');
		await press(' ', ' ');
		expect(text()).toContain('message 3 of 5');
		await press(' ', ' ');
		const equation = await until('EQUATION');
		expect(equation).toContain('NOT EQUAL');
		await press(keys.enter);
		const result = await until('Result: ABORTED');
		expect(result).toContain('Why message 5 was refused');
		expect(result).toContain('inspect party=chi');
		await press(keys.enter);
		await until('turn 5 of 6');
	});

	test('later the whole ceremony is there at once, at what was refused', async () => {
		const {press, until} = await atBoard();
		await press('e', keys.enter);
		const resolve = await until('Result: ABORTED');
		expect(resolve).toContain('message 5 of 5');
		await press('b');
		await until('message 4 of 5');
		await press(keys.enter);
		await until('turn 5 of 6');
	});

	test('ends the game with the hot wash, a note, and the debrief', async () => {
		const player = fakePlayer();
		player.when('end-turn', now => ({...now, phase: 'hotWash'}));
		player.when('(close)', now => ({...now, phase: 'closed'}));
		const catalogue = fakeCatalogue(player, {}, true);
		shown = await frames(catalogue, {start: player});
		const {press, until} = shown;
		await until('Moves for refill');
		await press('e', keys.enter);
		await until('the game is over');
		await press(keys.enter);
		await until('HOT WASH');
		expect(catalogue.played()).toBe(true);
		await press('ben was fooled', keys.enter);
		await until('1 answer on record');
		await press(keys.enter);
		const debrief = await until('The world was liar.');
		expect(debrief).toContain('DEBRIEF');
		expect(player.lines).toEqual(['end-turn', '(note) ben was fooled', '(close)']);
	});

	test('the hot wash asks on, and what was said is declared when the game is closed', async () => {
		const declared: Washed[] = [];
		const fake = fakePlayer();
		const player = {
			...fake,
			hotWash: () => ['Who may freeze?'],
			declare: (washed: Washed): Outcome => {
				declared.push(washed);
				return {ok: true, said: 'Written.'};
			},
		};
		player.when('end-turn', now => ({...now, phase: 'hotWash'}));
		player.when('(close)', now => ({...now, phase: 'closed'}));
		shown = await frames(fakeCatalogue(player, {}), {start: player});
		const {press, until} = shown;
		await until('Moves for refill');
		await press('e', keys.enter);
		await until('the game is over');
		await press(keys.enter);
		await until('HOT WASH');
		await press(keys.enter);
		await until('Who answers?');
		await press('Mara', keys.enter);
		await until('Who may freeze?');
		await press('the commander', keys.enter);
		await until('1 entry so far, declared by Mara.');
		await press('\u001b');
		await until('The world was liar.');
		expect(declared).toMatchObject([{by: 'Mara', answers: [{question: 'Who may freeze?', answer: 'the commander'}]}]);
		expect(fake.lines.at(-1)).toBe('(close)');
	});
});

describe('leaving and sizes', () => {
	test('q asks first and tells how to go on', async () => {
		const {press, until, session} = await atBoard();
		await press('q');
		expect(await until('LEAVE')).toContain('quorum-call resume saves/first-light-a1b2.jsonl');
		await press('n');
		await until('Moves for refill');
		expect(session.state.exit).toBe(undefined);
		await press('q', 'y');
		expect(session.state.exit).toBe(0);
	});

	test('Ctrl-C leaves when pressed twice in a row, and only then', async () => {
		const {press, until, session} = await atBoard();
		await press(keys.ctrlC);
		await until('Press Ctrl-C again to leave; the game is saved.');
		await press('j');
		expect(session.state.exit).toBe(undefined);
		await press(keys.ctrlC, keys.ctrlC);
		expect(session.state.exit).toBe(130);
	});

	test.each([
		[40, 10],
		[79, 24],
		[80, 23],
		[1, 1],
	])('at %dx%d it says what it needs, makes no move, and recovers', async (columns, rows) => {
		const player = signingPlayer();
		const {press, until, resize, text} = await atBoard(player);
		resize(columns, rows);
		await until(new RegExp(`^${`needs 80x24, now ${columns}x${rows}`.slice(0, columns)}$`));
		await press(':', 'deny refill', keys.enter);
		expect(player.lines).toEqual([]);
		expect(text().split('\n').length).toBeLessThanOrEqual(rows);
		resize(120, 40);
		await until('what it needs');
	});
});
