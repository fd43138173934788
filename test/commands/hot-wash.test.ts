// `debrief SAVE --hotwash`: what is said is kept beside the save, and `verify` tells of it.
import {copyFileSync, existsSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, expect, test} from 'vitest';
import {readDeclared} from '../../source/report/declared.js';
import {make, moves, newGame} from '../journal/first-light.js';
import {place} from './program.js';

const here = place();

beforeAll(() => {
	copyFileSync(join(process.cwd(), 'saves/examples/lost-on-display.jsonl'), here.path('game.jsonl'));
	make(newGame({path: here.path('open.jsonl')}), moves.slice(0, 8)).close();
});

const wash = (input: string, save = 'game.jsonl') => here.run(['debrief', save, '--hotwash'], {input});

test('answers are declared for the head, by whom and when; a second round adds to them; verify tells of them', async () => {
	const first = await wash(
		'Mara\nThe first on display\n\n\n\nwe froze late\n\nno head was written down\n\na payload changes\nI read it twice\nIdris\n2026-12-01\n\n',
	);
	expect(first).toMatchObject({status: 0, stdout: '', stderr: expect.stringContaining('4 entries, declared by Mara')});
	const file = here.path('game.declared.json');
	expect(statSync(file).mode & 0o777).toBe(0o600);
	const {head, answers, strengths, gaps, commitments} = readDeclared(readFileSync(file, 'utf8'));
	expect(answers).toMatchObject([{answer: 'The first on display', by: 'Mara', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/)}]);
	expect(strengths).toMatchObject([{text: 'we froze late', by: 'Mara'}]);
	expect(gaps).toMatchObject([{text: 'no head was written down'}]);
	expect(commitments).toMatchObject([{when: 'a payload changes', will: 'I read it twice', by: 'Idris', due: '2026-12-01'}]);
	// The end of input ends it, and keeps what was said; nothing that was declared is changed.
	expect((await wash('Ben\n\n\n\n\none more')).status).toBe(0);
	const again = readDeclared(readFileSync(file, 'utf8'));
	expect(again.strengths).toHaveLength(2);
	expect(again.answers).toEqual(answers);
	const {stdout} = await here.run(['verify', 'game.jsonl']);
	expect(stdout).toContain(`head ${head}`);
	expect(stdout).toMatch(/game\.declared\.json holds 5 declared entries for this head, by Mara, Ben, Idris/);
	const debrief = await here.run(['debrief', 'game.jsonl']);
	expect(debrief.stdout).toContain('The first on display');
	expect(debrief.stdout).toContain('I read it twice');
	expect(debrief.stdout).toContain('Idris');
	expect(debrief.stdout).toMatch(/A\.5\.27.*Learning from information security incidents/);
	expect(debrief.stdout).not.toMatch(/compliant|complies/i);
});

test('what belongs to another head, a game that goes on, and silence', async () => {
	const other = {...readDeclared(readFileSync(here.path('game.declared.json'), 'utf8')), head: '0'.repeat(64)};
	copyFileSync(here.path('game.jsonl'), here.path('copy.jsonl'));
	writeFileSync(here.path('copy.declared.json'), JSON.stringify(other));
	expect(await wash('Mara\nyes\n', 'copy.jsonl')).toMatchObject({status: 2, stderr: expect.stringContaining('speaks of another game')});
	expect((await here.run(['verify', 'copy.jsonl'])).stdout).toContain('it does not belong to this save');
	writeFileSync(here.path('copy.declared.json'), 'no json \u001b[31m');
	expect((await here.run(['verify', 'copy.jsonl'])).stdout).toContain('can not be read');
	expect(await wash('', 'open.jsonl')).toMatchObject({status: 2, stderr: expect.stringContaining('The game goes on')});
	expect(existsSync(here.path('open.declared.json'))).toBe(false);
	copyFileSync(here.path('game.jsonl'), here.path('silent.jsonl'));
	expect(await wash('\n\n\n\n\n\n\n\n', 'silent.jsonl')).toMatchObject({status: 0, stderr: expect.stringContaining('Nothing was said')});
	expect(existsSync(here.path('silent.declared.json'))).toBe(false);
});
