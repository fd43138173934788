import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {verifyOutput} from '../../source/ceremony/verify-output.js';
import {debriefOf} from '../../source/report/debrief.js';
import {debriefMarkdown} from '../../source/report/debrief-markdown.js';
import {bar} from '../../source/report/debrief-words.js';
import {historyOf} from '../../source/report/history.js';
import {luckOf} from '../../source/report/luck.js';
import {lineOfMoves, only, type Played, standing} from '../../source/report/played.js';
import {drifted, falseVendor, hardened, idle, inWorldOf, play, replay, scenarioWith, stolen, swapped, won} from './games.js';

const whole = (played: Played) =>
	debriefOf(played, {
		inWorld: inWorldOf(played, lineOfMoves(played)),
		replayWith: moves => replay(played.game, moves),
		replayHardened: controls => hardened(played, controls),
	});

/** Of the game that most of these tests look at; it is played again a dozen times for this. */
const wholeOfSwapped = whole(play(swapped));

test('the debrief of a fixed game', async () => {
	await expect(debriefMarkdown(wholeOfSwapped)).toMatchFileSnapshot('golden/night-desk.md.snap');
});

describe('lines', () => {
	const played = play(won);
	const debrief = debriefOf(played);
	const eventAt = (line: number) => played.entries.find(entry => entry.line === line)?.event;

	test('every line of the timeline is the line of what it tells', () => {
		const others = new Set<string>();
		for (const {line, happened, decided, isMove, knew} of debrief.timeline) {
			const event = eventAt(line);
			if (isMove) expect(event).toMatchObject({type: 'move', text: happened || decided});
			else if (happened === '' && decided === '') expect(event?.type === 'told' && `${event.entry.from}: ${event.entry.text}`).toBe(knew);
			else others.add(event?.type ?? 'no line');
		}
		expect([...others].sort()).toEqual(['act', 'decided', 'ended', 'foothold', 'output-changed', 'output-made']);
		expect(debrief.timeline.length).toBeGreaterThan(30);
	});

	test('every authority move stands at the line where authority moved', () => {
		expect(debrief.authority.map(({line}) => eventAt(line)?.type)).toEqual(
			debrief.authority.map(({what}) =>
				/approves/.test(what) ? 'approved' : /sign/.test(what) ? 'output-made' : /policy/.test(what) ? 'decided' : 'output-changed',
			),
		);
		expect(debrief.authority.length).toBe(played.state.authority.length);
	});

	test('what was taken back is not told as having happened', () => {
		const lines =
			'attackers: end-turn\noperators: approve payroll party=ada basis=display\noperators: takeback\noperators: approve payroll party=chi basis=display\noperators: end-turn';
		const back = play(lines);
		const model = debriefOf(back);
		const moves = model.timeline.filter(({by, isMove}) => isMove && by === 'operators').map(({decided}) => decided);
		expect(moves).toEqual([`approve payroll party=${back.game.deal.partyOf.chi} basis=display`]);
		expect(model.authority).toHaveLength(1);
		expect(model.irregularities.map(({what}) => what).join(' ')).toContain('operators took back: approve payroll');
	});

	test('two takebacks undo two moves', () => {
		const lines =
			'attackers: end-turn\noperators: note "one"\noperators: note "two"\noperators: takeback\noperators: takeback\noperators: note "three"';
		expect(debriefOf(play(lines)).notes.map(({text}) => text)).toEqual(['three']);
	});
});

describe('outcome, objectives, scores', () => {
	test('objectives are evaluated over the truth', () => {
		expect(debriefOf(play(swapped)).objectives.map(({name, result}) => [name, result])).toEqual([
			['payroll in time', 'met'],
			['nothing else leaves', 'not met'],
			['the key stays shared', 'met'],
			['one payment of ours', 'met'],
		]);
	});

	test('what is not due when the exercise is stopped is not reached, what is lost is lost', () => {
		const stopped = debriefOf(play('attackers: end-turn\ntable: stop'));
		expect(stopped.status).toBe('stopped');
		expect(stopped.objectives.map(({result}) => result)).toEqual(['not reached', 'met', 'met', 'not reached']);
		const late = debriefOf(play(`${idle(3)}table: stop`));
		expect(late.objectives[0]?.result).toBe('not met');
	});

	test('times of an unauthorised output', () => {
		const {times} = debriefOf(play(swapped));
		expect(times.map(({what, moment}) => [what, moment?.turn])).toEqual([
			['released', 2],
			['final', 3],
			['noticed', 4],
			['contained', undefined],
		]);
	});

	test('clock times are shown where the game has them', () => {
		const played = play(swapped, {clock: move => `2026-03-02T11:${String(move).padStart(2, '0')}:00+01:00`});
		const text = debriefMarkdown(debriefOf(played));
		expect(text).toContain('| time | 2026-03-02T11:00:00+01:00 to 2026-03-02T11:16:00+01:00, 16 minutes |');
		expect(text).toContain('| date and zone | 2026-03-02, UTC+01:00 |');
		expect(text).toContain('final turn 3, line');
	});

	test.each([
		[0, '..........'],
		[50, '#####.....'],
		[62, '######....'],
		[100, '##########'],
	])('the bar of %i', (score, expected) => {
		expect(bar(score)).toBe(expected);
	});

	test('an unfinished game says so, and scores nothing', () => {
		const model = whole(play('attackers: end-turn\noperators: end-turn'));
		expect(model).toMatchObject({status: 'unfinished', scores: [], worlds: null, alternatives: null});
		const text = debriefMarkdown(model);
		expect(text).toContain('**UNFINISHED: turn 2 of 6.**');
		expect(text).toContain('--unfinished');
	});
});

describe('can the evidence explain it', () => {
	test('what a level keeps, and the move that would have kept the rest', () => {
		const {authority} = debriefOf(play(swapped));
		const admitted = authority.find(({what}) => what === 'the policy admits vendor');
		expect(admitted).toMatchObject({verdict: 'partly', missing: ['rule and reason', 'policy version', 'facts'], log: 'log policy level=2'});
	});

	test('the move that is named does keep it', () => {
		const lines = swapped.replace('operators: approve payroll', 'operators: log policy level=2\noperators: approve payroll');
		const {authority} = debriefOf(play(lines));
		expect(authority.find(({what}) => what === 'the policy admits payroll')?.verdict).toBe('explained');
	});

	test('evidence of a decision that rested on the display says what was displayed, not what was signed', () => {
		const lines = swapped.replace('operators: approve payroll', 'operators: log policy level=2\noperators: approve payroll');
		const {authority} = debriefOf(play(lines));
		const admitted = authority.find(({what}) => what === 'the policy admits vendor');
		expect(admitted).toMatchObject({verdict: 'wrongly explained', missing: [], wrong: [{name: 'facts'}]});
		expect(admitted?.wrong[0]?.says).not.toBe(admitted?.wrong[0]?.truth);
	});

	test('a share that leaves an unlogged machine is unexplained, and one level explains it', () => {
		const scenario = scenarioWith(text => text.replace('  shares: 1\n', '  shares: 0\n'));
		const {authority} = debriefOf(play(stolen, {world: 'insider', scenario}));
		expect(authority[0]).toMatchObject({
			what: expect.stringContaining('a share leaves'),
			verdict: 'unexplained',
			log: 'log shares level=1',
		});
		const logged = stolen.replace('operators: end-turn', 'operators: log shares level=1\noperators: end-turn');
		expect(debriefOf(play(logged, {world: 'insider', scenario})).authority[0]?.verdict).toBe('explained');
	});
});

describe('luck', () => {
	const luck = (lines: string, world: string) => {
		const played = play(lines, {world});
		return luckOf(played, historyOf(played)).join(' ');
	};

	test('a way in that nobody used', () => {
		expect(luck(idle(6), 'liar')).toContain('A way into coordinator stayed open to the end and was never used.');
		expect(luck(swapped, 'liar')).not.toContain('coordinator');
	});

	test('an implant that nobody used, and one share short of the key', () => {
		expect(luck(`attackers: implant party=ben\n${idle(6)}`, 'insider')).toMatch(
			/An implant was on \w+ from turn 1 to the end and was never used/,
		);
		expect(luck(stolen.slice(0, stolen.indexOf('attackers: implant party=ada')) + idle(4), 'insider')).toContain(
			'1 share of the 2 that make the key left; 1 more would have been the key.',
		);
	});

	test('an approval on display that happened to be right', () => {
		const lines = `attackers: end-turn\noperators: approve payroll party=ada basis=display\noperators: approve payroll party=ben basis=display\noperators: sign payroll parties=ada,ben\noperators: end-turn\n${idle(5)}`;
		expect(luck(lines, 'liar')).toContain('payroll (o1) was approved on display alone and happened to be right.');
		expect(luck(won, 'liar')).not.toContain('happened to be right');
	});

	test('a false request that lapsed, and a control that had drifted', () => {
		expect(luck(idle(6), 'caller')).toContain('vendor was false, and lapsed without a decision.');
		expect(luck(idle(6), 'drift')).toContain('The control verify-partials was documented as on and was off to the end');
		expect(luck(drifted, 'drift')).not.toContain('The control verify-partials');
	});
});

describe('the same game otherwise', () => {
	test('a digest in place of display keeps the payment from leaving', () => {
		const {alternatives} = wholeOfSwapped;
		expect(alternatives?.[0]).toMatchObject({choice: expect.stringMatching(/^t2 approve vendor party=\w+ basis=digest$/), result: 'kept'});
		expect(alternatives?.find(({choice}) => choice.includes('call-back'))?.result).toBe('lost');
	});

	test('a call-back and a denial against a false request', () => {
		expect(whole(play(falseVendor, {world: 'caller'})).alternatives?.[0]).toMatchObject({
			choice: 't2 call-back vendor, t3 deny vendor',
			result: 'kept',
		});
	});

	test('cutting a machine off before its share leaves', () => {
		const {alternatives} = whole(play(stolen, {world: 'insider'}));
		expect(alternatives?.find(({choice}) => /^t\d isolate party=/.test(choice))).toMatchObject({result: 'kept', than: 'better'});
		expect(alternatives?.filter(({result}) => result === 'lost')).toEqual([]);
	});

	test('each world once, with the same ending for the one that was dealt', () => {
		const {worlds, outcome} = wholeOfSwapped;
		expect(worlds?.map(({world}) => world)).toEqual(['liar', 'insider', 'caller', 'outage', 'drift']);
		expect(worlds?.find(({isDealt}) => isDealt)).toMatchObject({
			world: 'liar',
			outcome: outcome?.winner,
			reason: outcome?.reason,
			refused: 0,
		});
		expect(worlds?.find(({world}) => world === 'drift')?.refused).toBe(1);
	});

	test('the line of moves plays the same game again', () => {
		const played = play(won);
		expect(replay(played.game, lineOfMoves(played)).state.end).toEqual(played.state.end);
	});
});

test('suspicions are judged by what was true when they were written', () => {
	const lines = 'attackers: end-turn\noperators: note "odd" suspect=coordinator\noperators: note "hm" suspect=ada';
	expect(debriefOf(play(lines)).notes.map(({suspect, wasRight}) => [suspect === 'coordinator', wasRight])).toEqual([
		[true, true],
		[false, false],
	]);
});

describe('check it yourself', () => {
	const run = (commands: readonly string[], folder: string) =>
		execFileSync('sh', ['-ec', commands.join('\n')], {cwd: folder, encoding: 'utf8', stdio: 'pipe'});

	test('the commands verify every output of a game with OpenSSL, the forged one too', () => {
		const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
		try {
			for (const played of [play(won), play(stolen, {world: 'insider'})]) {
				const {outputs} = debriefOf(played);
				expect(outputs.length).toBe(played.state.outputs.length);
				for (const {commands} of outputs) expect(run(commands, folder)).toContain('Signature Verified Successfully');
			}
		} finally {
			rmSync(folder, {recursive: true});
		}
	});

	test('and fail for other bytes', () => {
		const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
		try {
			const [output] = debriefOf(play(won)).outputs;
			const commands = output!.commands.map(command => command.replace(output!.message, output!.message.replace(/^7b/, '7c')));
			expect(() => run(commands, folder)).toThrow();
		} finally {
			rmSync(folder, {recursive: true});
		}
	});

	test('a secp256k1 output verifies with the numbers that its command names', () => {
		const lines = `attackers: end-turn\noperators: approve payroll party=ada basis=digest\noperators: approve payroll party=ben basis=digest\noperators: sign payroll parties=ada,ben\noperators: end-turn`;
		const scenario = scenarioWith(text => text.replace('threshold: 2\n', 'threshold: 2\nsuite: secp256k1\n'));
		const [output] = debriefOf(play(lines, {scenario})).outputs;
		const {publicKey, message, signature, commands} = output!;
		expect(verifyOutput('secp256k1', publicKey, message, signature)).toBe(true);
		// Run where the library is installed already: the first command only installs it.
		expect(run(commands.slice(1), process.cwd()).trim()).toBe('true');
	});
});

test('all entries of a game are told in one timeline order', () => {
	const entries = standing(play(stolen, {world: 'insider'}).entries);
	expect(only(entries, 'turn-began').map(({turn, event}) => turn - event.turn)).toEqual([0, 0, 0, 0, 0]);
});
