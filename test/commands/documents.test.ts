// `saves`, `verify`, `transcript` and `debrief` on games that were played.
import {readFileSync, writeFileSync} from 'node:fs';
import {beforeAll, expect, test} from 'vitest';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {redact} from '../../source/journal/redact.js';
import {make, moves, newGame} from '../journal/first-light.js';
import {place} from './program.js';

const here = place();
let head: string;

beforeAll(() => {
	const game = make(newGame({path: here.path('saves', 'done.jsonl')}), moves);
	head = game.head;
	game.close();
	make(newGame({path: here.path('saves', 'open.jsonl')}), moves.slice(0, 8)).close();
	newGame({path: here.path('saves', 'new.jsonl')}).close();
	writeFileSync(here.path('saves', 'other.jsonl'), 'nothing of ours\n');
});

async function text(...words: string[]): Promise<string> {
	const {status, stdout, stderr} = await here.run(words);
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
	return stdout;
}

test('saves lists what lies there, and how far each game is', async () => {
	const lines = (await text('saves')).split('\n');
	const row = (name: string) => lines.find(line => line.endsWith(`saves/${name}.jsonl`));
	expect(row('done')).toMatch(/^First light +finished, turn 3, outcome: \w+ +\d{4}-\d\d-\d\d \d\d:\d\d UTC/);
	expect(row('open')).toMatch(/^First light +turn 2 of 6/);
	expect(row('new')).toMatch(/^First light +in the briefing/);
	expect(row('other')).toMatch(/^\? +not a whole save/);
});

test('verify tells people the same, and how much it could check', async () => {
	const whole = await text('verify', 'saves/done.jsonl', '--head', head);
	expect(whole).toContain(`head ${head}`);
	expect(whole).toContain('Every entry was computed again');
	expect(whole).toContain('1 of 1 joint outputs verify');
	writeFileSync(
		here.path('copy.jsonl'),
		redact(readFileSync(here.path('saves', 'done.jsonl')), audience => audience === 'public'),
	);
	expect(await text('verify', 'copy.jsonl')).toMatch(
		/\d+ entries are withheld: chain and open entries were checked, and nothing was re-executed/,
	);
	const other = await here.run(['verify', 'saves/done.jsonl', '--head', '0'.repeat(64)]);
	expect(other).toMatchObject({status: 1, stdout: expect.stringContaining('No entry has the head 0000')});
});

test('a transcript holds the lines of its seat, with their numbers in the save', async () => {
	const all = RecordedGame.load(here.path('saves', 'done.jsonl')).entries;
	for (const [seat, audiences] of [
		['facilitator', ['public', 'operators', 'attackers', 'keeper']],
		['operators', ['public', 'operators']],
		['attackers', ['public', 'attackers']],
		['public', ['public']],
	] as const) {
		const [first, ...records] = (await text('transcript', 'saves/done.jsonl', '--seat', seat, '--format', 'jsonl'))
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line) as {line: number; audience: string; head: string; scenario: object});
		expect(first).toMatchObject({head, scenario: {id: 'first-light'}});
		expect(Object.keys(first!.scenario)).toEqual(['id', 'title']);
		expect(records.map(({line}) => line)).toEqual(
			all.filter(({event}) => audiences.includes(event.audience as never)).map(({line}) => line),
		);
	}
});

test("a seat's own copy is written once, verifies, and gives the seat's transcript", async () => {
	const words = ['transcript', 'saves/done.jsonl', '--seat', 'operators', '--redacted', 'own.jsonl'];
	expect(await here.run(words)).toMatchObject({status: 0, stdout: '', stderr: expect.stringMatching(/lines are open.*\n.*was typed/)});
	expect(await text('verify', 'own.jsonl')).toContain('whoever guesses it can open them');
	expect(await text('transcript', 'own.jsonl', '--seat', 'operators')).toContain('approve payroll party=ada basis=digest');
	expect(await here.run(words)).toMatchObject({status: 2, stderr: expect.stringContaining('a file of this name exists')});
	const everything = await here.run(['transcript', 'saves/done.jsonl', '--redacted', 'all.jsonl']);
	expect(everything).toMatchObject({status: 2, stderr: expect.stringContaining('nothing to seal')});
});

test("the operators' transcript tells nothing of the attackers, from a save or from a seat's copy", async () => {
	writeFileSync(
		here.path('seat.jsonl'),
		redact(readFileSync(here.path('saves', 'done.jsonl')), audience => audience === 'public' || audience === 'operators'),
	);
	const own = await text('transcript', 'saves/done.jsonl', '--seat', 'operators');
	expect(own).toMatch(/^# Transcript: First light\n/);
	expect(own).toContain('approve payroll party=ada basis=digest');
	expect(own).not.toContain('swap-payload');
	expect(await text('transcript', 'seat.jsonl', '--seat', 'operators')).toContain('approve payroll party=ada basis=digest');
	expect(await here.run(['debrief', 'seat.jsonl'])).toMatchObject({status: 2, stderr: expect.stringContaining("a seat's copy")});
});

test('a debrief names the world, plays the moves in the others, and is written where it is asked for', async () => {
	const {status, stdout, stderr} = await here.run(['debrief', 'saves/done.jsonl', '--out', 'debrief.md']);
	expect({status, stdout, stderr}).toEqual({status: 0, stdout: '', stderr: 'Written to debrief.md.\n'});
	const document = readFileSync(here.path('debrief.md'), 'utf8');
	expect(document).toMatch(/^# Debrief: First light\n/);
	for (const world of ['liar', 'insider', 'caller', 'outage', 'drift']) expect(document).toContain(world);
	expect(document).toContain(`quorum-call verify saves/done.jsonl --head ${head}`);
});

test('a game that is not over has a debrief that says so', async () => {
	expect(await text('debrief', 'saves/open.jsonl')).toMatch(/unfinished/i);
});
