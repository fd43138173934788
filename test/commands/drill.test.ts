// What a drill refuses before anything is drawn, and what its table knows while it runs.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {prepareDrill} from '../../source/commands/drill.js';
import {DrillPlayer} from '../../source/commands/drill-player.js';
import {play} from '../../source/commands/play.js';
import {openPlayer} from '../../source/commands/seat.js';
import {verifyGame} from '../../source/journal/re-execution.js';
import {newGame} from '../journal/first-light.js';

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'drill-'));
	writeFileSync(join(folder, 'bad.txt'), 'ada: Mara\nbem: Jun\n');
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

type Given = {readonly drill?: string | true; readonly seed?: string; readonly minutes?: string; readonly rehearsal?: boolean};

test.each<[string, Given, RegExp]>([
	['a typed seed', {drill: true, seed: 'demo'}, /A drill's seed is drawn.*--rehearsal/s],
	['minutes that are none', {drill: true, minutes: 'soon'}, /--minutes is a whole number/],
	['a roster that is not there', {drill: 'nowhere.txt'}, /nowhere\.txt/],
	['a roster with mistakes', {drill: 'bad.txt'}, /bad\.txt:2:1: error: there is no seat "bem"[\s\S]*did you mean "ben"/],
	['minutes without a drill', {minutes: '5'}, /--minutes belongs to a drill/],
	['a rehearsal without a drill', {rehearsal: true}, /--rehearsal belongs to a drill/],
])('%s is refused', async (_, {drill, ...rest}, message) => {
	const file = typeof drill === 'string' ? {drill: join(folder, drill)} : drill ? {drill} : {};
	await expect(play('first-light', {side: 'operators', ...file, ...rest})).rejects.toThrow(message);
});

test('the roster in the README can be played', () => {
	const [, example = ''] = /## A drill in your team[\s\S]*?```text\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
	const path = join(folder, 'readme.txt');
	writeFileSync(path, example);
	const {setup} = prepareDrill('first-light', {drill: path});
	expect(setup.read(setup.lines)).toMatchObject({dark: ['chi'], people: {length: 6}});
	expect(setup.read(setup.lines).problem).toBeUndefined();
	expect(setup.agreed).toEqual({freeze: 'the commander, after asking ada', objectives: ['find out who was fooled, and by what']});
	expect(setup.cards(setup.lines)).toContain('Jun Park and Kim Oh');
});

describe('who plays', () => {
	const {setup} = prepareDrill('first-light', {drill: true});
	test.each([
		[[], 'Nobody plays yet'],
		[['ada: Mara, absent'], 'Nobody plays yet'],
		[['ada: Mara', 'operators: bot careful'], 'A bot plays the operators, and people sit there too'],
		[['ada: bot careful'], 'a bot plays a whole side'],
	])('%j: %s', (lines, problem) => {
		expect(setup.read(lines).problem).toContain(problem);
	});
	test.each([[['ada: Mara']], [['attackers: Eve']], [['ada: Mara', 'attackers: Eve']]])('%j can start', lines => {
		expect(setup.read(lines).problem).toBeUndefined();
	});
	test('a party whose custodians are all absent will not answer', () => {
		expect(setup.read(['commander: Mara', 'ben: Jun, absent', 'ada: Lee, absent', 'ada: Kim']).dark).toEqual(['ben']);
	});
});

test('at a table, beliefs and moves have names, and the one who speaks goes on speaking', async () => {
	const people = [
		{name: 'Mara Lind', function: '', seats: ['commander', 'ada'], isAbsent: false},
		{name: 'Jun Park', function: '', seats: ['ben'], isAbsent: false},
		{name: 'Ines', function: '', seats: ['observer'], isAbsent: false},
	];
	const game = newGame();
	const player = new DrillPlayer(game, {side: 'operators', now: () => '2026-03-02T09:00:00Z'}, {people, minutes: 30});
	expect(await player.begin()).toEqual({ok: true});
	const {drill} = player;
	expect(drill.speakers().map(({name}) => name)).toEqual(['Mara Lind', 'Jun Park']);
	expect(drill.unheard()).toHaveLength(2);
	expect(await drill.believe('Jun Park', 'it is a drill')).toEqual({ok: true});
	expect([drill.unheard().map(({name}) => name), drill.speaker()?.name]).toEqual([['Mara Lind'], 'Mara Lind']);
	expect(player.preview('as jun: freeze')).toEqual({ok: true, cost: 1});
	expect(player.complete('as jun: free')).toMatchObject([{text: 'as jun: freeze'}]);
	expect(await player.submit('as ben: freeze')).toEqual({ok: true});
	expect(drill.speaker()?.name).toBe('Jun Park');
	expect(await player.submit('as eve: unfreeze')).toMatchObject({ok: false, message: expect.stringContaining('Mara Lind, Jun Park')});
	expect(await drill.facilitate('leave "Jun Park"')).toEqual({ok: true});
	expect(drill.speaker()?.name).toBe('Mara Lind');
	expect(await drill.facilitate('freeze')).toMatchObject({ok: false});
	expect(await drill.facilitate('skip')).toEqual({ok: true});
	expect(drill.unheard()).toHaveLength(1);
	expect(game.events.filter(({type}) => type === 'move')).toEqual(
		expect.arrayContaining([
			expect.objectContaining({seat: 'ben', person: 'Jun Park', text: 'freeze'}),
			expect.objectContaining({seat: 'facilitator', person: 'facilitator', text: 'skip'}),
		]),
	);
	expect(drill.truth()).toContain('The world is **liar**');
});

test('a drill that was left or killed opens paused, and its clock has stood meanwhile', async () => {
	const path = join(folder, 'left.jsonl');
	const people = [{name: 'Mara Lind', function: '', seats: ['commander'], isAbsent: false}];
	const agreed = {freeze: 'x', recover: 'y', objectives: ['z'], criteria: []};
	const game = newGame({
		path,
		drill: {minutes: 30, isRehearsal: true, people, agreed},
		roster: [
			{seat: 'operators', side: 'operators', player: 'person'},
			{seat: 'attackers', side: 'attackers', player: 'bot idle'},
		],
	});
	const seating = {side: 'operators', against: 'idle'} as const;
	const first = new DrillPlayer(game, {...seating, now: () => '2026-03-02T09:00:00Z'}, game.opened.drill!);
	await first.begin();
	await first.submit('approve payroll party=ada basis=display');
	game.close();

	const second = await openPlayer(path);
	expect(second.player.view()).toMatchObject({isPaused: true, toMove: false});
	expect(second.player.drill?.clock()).toEqual({left: 1800, isRunning: false});
	expect(await second.player.drill?.facilitate('inject "While we talk."')).toEqual({ok: true});
	expect(await second.player.pause?.(false)).toEqual({ok: true});
	expect(await second.player.submit('as commander: approve payroll party=ben basis=display')).toEqual({ok: true});
	second.leave();
	const third = await openPlayer(path);
	expect(third.player.view().isPaused).toBe(true);
	third.leave();
	expect(verifyGame(readFileSync(path), {allowUnfinished: true})).toMatchObject({ok: true});
});
