// `debrief`: formats, what people declare, saves that do not hold, unfinished games, and names that are nobody's business.
import {readFileSync, writeFileSync} from 'node:fs';
import {beforeAll, describe, expect, test} from 'vitest';
import type {RecordedGame} from '../../source/journal/recorded-game.js';
import type {DebriefModel} from '../../source/report/debrief.js';
import {make, moves, newGame} from '../journal/first-light.js';
import {place} from './program.js';

const here = place();
let open: RecordedGame;
let bytes: Buffer;

beforeAll(() => {
	// Unfinished, so that nothing has to be played again.
	open = make(newGame({path: here.path('open.jsonl')}), moves.slice(0, 8));
	open.close();
	bytes = readFileSync(here.path('open.jsonl'));
});

async function text(...words: string[]): Promise<string> {
	const {status, stdout, stderr} = await here.run(['debrief', ...words]);
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
	return stdout;
}

describe('an unfinished game', () => {
	test('says so on top in each format', async () => {
		expect(await text('open.jsonl')).toMatch(/^# Debrief: First light\n\n\*\*UNFINISHED: turn 2 of 6\.\*\*/);
		const html = await text('open.jsonl', '--format', 'html');
		expect(html.slice(0, html.indexOf('<nav'))).toContain('<strong>UNFINISHED: turn 2 of 6.</strong>');
		const json = JSON.parse(await text('open.jsonl', '--format', 'json')) as DebriefModel;
		expect(json).toMatchObject({debrief: 1, status: 'unfinished', overview: {verification: {ok: true, reexecuted: true}}});
	});

	test('goes to a file with --out', async () => {
		const {status, stderr, stdout} = await here.run(['debrief', 'open.jsonl', '--format', 'html', '--out', 'debrief.html']);
		expect({status, stdout, stderr}).toEqual({status: 0, stdout: '', stderr: 'Written to debrief.html.\n'});
		expect(readFileSync(here.path('debrief.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
	});
});

describe('a save that does not hold', () => {
	test('gives none unless forced, and then says so on top in each format', async () => {
		const edited = Buffer.from(bytes);
		const at = Math.floor(bytes.length * 0.7);
		edited[at] = edited[at]! ^ 1;
		writeFileSync(here.path('edited.jsonl'), edited);
		const refused = await here.run(['debrief', 'edited.jsonl', '--out', 'none.md']);
		expect(refused.stdout).toBe('');
		expect(refused.stderr).toMatch(/^edited\.jsonl:\d+:.*With --force one is made of what is left/s);
		expect(refused.status).not.toBe(0);
		expect(await text('edited.jsonl', '--force')).toMatch(/^# Debrief: First light\n\n\*\*THIS SAVE DOES NOT VERIFY\.\*\* Line \d+/);
		expect(await text('edited.jsonl', '--force', '--format', 'html')).toMatch(
			/<h1>[^\n]*\n<p class="warning"><strong>THIS SAVE DOES NOT VERIFY\./,
		);
		// Every section says so, and in HTML every page: one alone can not be filed as something else.
		const sections = (await text('edited.jsonl', '--force')).match(/^## .*\n\n\*.*\*$/gm)!;
		expect(sections.filter(each => !each.endsWith('; DOES NOT VERIFY*'))).toEqual([]);
		expect(await text('edited.jsonl', '--force', '--format', 'html')).toContain('<body data-mark="DOES NOT VERIFY">');
		const model = JSON.parse(await text('edited.jsonl', '--force', '--format', 'json')) as DebriefModel;
		expect(model.overview.verification).toMatchObject({ok: false, divergence: {line: expect.any(Number)}});
	});

	test('a file that is no save stays one, forced or not', async () => {
		writeFileSync(here.path('notes.txt'), 'nothing of ours\n');
		const {status, stderr} = await here.run(['debrief', 'notes.txt', '--force']);
		expect(status).toBe(2);
		expect(stderr).toMatch(/^notes\.txt:1:/);
	});
});

describe('--redact', () => {
	test('no name of a person, a party, a domain or a place is left in any format', async () => {
		const {parties, coordinator, requests} = open.game.deal;
		const names = [
			...parties.flatMap(({id, custodian, domain}) => [id, custodian, domain]),
			coordinator.domain,
			...requests.map(({requester}) => requester),
		];
		for (const format of ['md', 'html', 'json']) {
			const plain = await text('open.jsonl', '--format', format);
			const without = await text('open.jsonl', '--format', format, '--redact');
			for (const name of names) {
				const word = new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'i');
				expect(without, `${format}: ${name}`).not.toMatch(word);
			}
			expect(plain).toContain(parties[0]!.custodian);
			expect(without).toContain('party-1');
			expect(without).not.toContain('open.jsonl');
		}
	});
});

describe('--declared', () => {
	const declared = (more: Record<string, unknown> = {}) => ({
		declared: 1,
		head: open.head,
		by: 'Mx Example',
		at: '2026-03-02T12:00:00+01:00',
		exercise: {place: 'room 4', plan: {title: 'Key compromise plan', version: '3', followed: ['2.1']}},
		participants: [{name: 'Mx Example', function: 'security lead', seat: 'operators'}],
		commitments: [{when: 'a digest differs', will: 'call the requester'}],
		signOff: [{name: 'Mx Other', as: 'approver', at: '2026-03-03'}],
		...more,
	});

	test('is shown as declared, by whom and when, apart from what was computed', async () => {
		writeFileSync(here.path('declared.json'), JSON.stringify(declared()));
		const found = await text('open.jsonl', '--declared', 'declared.json');
		expect(found).toContain('| place | room 4 |');
		expect(found).toContain('| plan under test | Key compromise plan, version 3; followed: 2.1 |');
		expect(found).toContain('When a digest differs, I will call the requester (declared by Mx Example, 2026-03-02T12:00:00+01:00)');
		expect(found).toContain('| Mx Other |');
		const {origins} = JSON.parse(await text('open.jsonl', '--declared', 'declared.json', '--format', 'json')) as DebriefModel;
		expect(origins.commitments).toEqual({is: 'declared', by: 'Mx Example', at: '2026-03-02T12:00:00+01:00'});
		expect(origins.answers).toEqual({is: 'not declared'});
		expect(origins.scores).toEqual({is: 'computed', from: 'journal'});
	});

	test.each([
		['that speaks of another game', () => declared({head: 'ab'.repeat(32)}), /^declared\.json: it speaks of another game/],
		['with a field that nobody knows', () => declared({extra: 1}), /^declared\.json: .*[Uu]nrecognized key/],
		['with a rating that is none', () => declared({ratings: [{objective: 'x', rating: 'Q'}]}), /^declared\.json: ratings\.0\.rating/],
	])('a file %s is refused', async (_, content, message) => {
		writeFileSync(here.path('declared.json'), JSON.stringify(content()));
		const {status, stderr, stdout} = await here.run(['debrief', 'open.jsonl', '--declared', 'declared.json']);
		expect({status, stdout}).toEqual({status: 2, stdout: ''});
		expect(stderr).toMatch(message);
	});

	test('a file that is no JSON is refused', async () => {
		writeFileSync(here.path('declared.json'), '{');
		const {status, stderr} = await here.run(['debrief', 'open.jsonl', '--declared', 'declared.json']);
		expect(status).toBe(2);
		expect(stderr).toMatch(/^declared\.json: it is not JSON/);
	});
});
