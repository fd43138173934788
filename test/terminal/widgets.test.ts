import {describe, expect, test} from 'vitest';
import type {SeatView} from '../../source/engine/view.js';
import {choiceLines} from '../../source/terminal/choices/choices.js';
import {controlLines} from '../../source/terminal/controls/controls.js';
import {equationLines, shortEquation, sidesOf} from '../../source/terminal/equation/equation.js';
import {evidenceLines} from '../../source/terminal/evidence/evidence.js';
import {inboxLines} from '../../source/terminal/inbox/inbox.js';
import {type Line, lineWidth, painted, plainText} from '../../source/terminal/lines.js';
import {messagePaneLines, messageTable} from '../../source/terminal/messages/messages.js';
import {fill, isComplete, menuOf, quoted, refusedCandidates, slotsOf} from '../../source/terminal/moves/menu.js';
import {moveLines} from '../../source/terminal/moves/moves.js';
import {partyLines} from '../../source/terminal/parties/parties.js';
import {narrowPath, widePath} from '../../source/terminal/path/path.js';
import {commonStart, edited, editOf, recalled} from '../../source/terminal/prompt/edit.js';
import {editLine} from '../../source/terminal/prompt/prompt.js';
import {renderMarkdown} from '../../source/terminal/reader/markdown.js';
import {requestLines} from '../../source/terminal/requests/requests.js';
import {boardAfter, boardOf} from '../../source/terminal/screens/board-state.js';
import {turnLines} from '../../source/terminal/screens/turn.js';
import {statusLine} from '../../source/terminal/status/status.js';
import {themeOf} from '../../source/terminal/theme.js';
import {briefingLines} from '../../source/terminal/views/briefing.js';
import {ceremony, failedPartial, fakePlayer, view} from './fixture.js';

const theme = themeOf('none', true);
const text = (lines: readonly Line[]): string => lines.map(plainText).join('\n');
const attackers: SeatView = {
	...view,
	side: 'attackers',
	parties: view.parties.map((party, index) => ({
		...party,
		...[{wayIn: true}, {wayIn: true, implantSince: 2}, {captured: true, wayIn: true}][index],
	})),
};

describe('the path', () => {
	test('narrow: five stations, an alert with its sign, both short cuts', () => {
		const lines = narrowPath({...view, hasLevels: true, width: 80, theme});
		expect(lines).toHaveLength(4);
		expect(plainText(lines[0] ?? [])).toMatch(/^ SHARES ! +-> ROUNDS ! +-> POLICY +-> OUTPUT +-> TRANSCRIPT/);
		expect(text(lines)).toContain('1 abort t3');
		expect(text(lines)).toContain('past the policy: none seen');
		expect(text(lines)).toContain('no record: 2 approvals lack a basis');
	});

	test('wide: boxes with levels, and the short cuts end below OUTPUT and TRANSCRIPT', () => {
		const lines = widePath({...view, hasLevels: true, width: 120, theme}).map(plainText);
		expect(lines).toHaveLength(8);
		expect(lines[1]).toContain('| ROUNDS !   log 2 |');
		const output = (lines[1] ?? '').indexOf('OUTPUT');
		const up = (lines[5] ?? '').indexOf('^');
		expect(Math.abs(up - output)).toBeLessThan(10);
		expect(lines[6]).toContain('past the policy: none seen');
		expect(lines[7]).toContain('no record: 2 approvals lack a basis');
	});

	test('moves no column between ASCII and Unicode', () => {
		for (const width of [80, 120]) {
			const ascii = (width === 80 ? narrowPath : widePath)({...view, hasLevels: true, width, theme}).map(lineWidth);
			const fancy = (width === 80 ? narrowPath : widePath)({...view, hasLevels: true, width, theme: themeOf('none', false)}).map(lineWidth);
			expect(fancy).toEqual(ascii);
		}
	});
});

describe('panes', () => {
	const base = {focused: false, theme};

	test('parties: reach and share each with sign and word', () => {
		const lines = text(partyLines({...base, parties: view.parties, side: 'operators', picked: ['ben'], width: 43, height: 5}));
		expect(lines).toMatch(/1 ada +Mara +\+ up +epoch 1 ok/);
		expect(lines).toMatch(/> 2 ben +Idris +- dark t2 +epoch 1 \?/);
		expect(lines).toMatch(/3 chi +Jun +! suspect +epoch 1 BAD/);
	});

	test('parties: attackers read what they hold, not what operators know', () => {
		const lines = text(partyLines({...base, parties: attackers.parties, side: 'attackers', picked: [], width: 62, height: 5}));
		expect(lines).toMatch(/ada .* way in/);
		expect(lines).toMatch(/ben .* implant t2/);
		expect(lines).toMatch(/chi .* share taken/);
		expect(lines).not.toContain('BAD');
	});

	test('parties: attackers see machines that are no parties, and what they hold there', () => {
		const lines = text(
			partyLines({
				...base,
				parties: attackers.parties,
				side: 'attackers',
				machines: [
					{id: 'ada', wayIn: true, link: false},
					{id: 'coordinator', wayIn: true, link: true},
					{id: 'log', wayIn: false, link: false},
				],
				picked: [],
				width: 62,
				height: 7,
			}),
		);
		expect(lines).toMatch(/coordinator +way in, on its link/);
		expect(lines).toMatch(/log +nothing/);
		expect(lines.match(/ada/g)).toHaveLength(1);
	});

	test('parties: more than fit say so and keep the picked one in sight', () => {
		const many = Array.from({length: 9}, (_, index) => ({...view.parties[0]!, id: `p${index + 1}`, digit: index + 1}));
		const lines = text(partyLines({...base, parties: many, side: 'operators', picked: ['p9'], width: 43, height: 5}));
		expect(lines).toContain('7-9 of 9');
		expect(lines).toContain('> 9 p9');
	});

	test('requests: basis of each approval, deadlines due now, open ones first', () => {
		const late = view.requests.map(request => (request.id === 'payroll' ? {...request, due: 4} : request));
		const lines = text(
			requestLines({
				...base,
				requests: [{...late[0]!, id: 'old', state: 'final'}, ...late],
				parties: view.parties,
				turn: 4,
				selected: 'refill',
				width: 62,
				height: 8,
			}),
		);
		expect(lines).toMatch(/payroll +48 200 to 31 staff +t4! +1:dg 3:dg +approved/);
		expect(lines).toMatch(/> refill +12\.00 to hot-wallet-2 +t6 +none of 2 +NEW/);
		expect(lines.indexOf('old')).toBeGreaterThan(lines.indexOf('refill'));
	});

	test('requests: approvals that this seat does not see are not called missing', () => {
		const unseen = [{...view.requests[0]!, state: 'open', approvals: [], isUnseen: true as const}];
		expect(text(requestLines({...base, requests: unseen, parties: view.parties, turn: 4, width: 43, height: 4}))).toMatch(
			/payroll +t5 +\? +open/,
		);
	});

	test('requests: a stale approval has its sign, is explained, and does not count', () => {
		const [payroll] = view.requests;
		const [first, ...others] = payroll!.approvals;
		const requests = [{...payroll!, approvals: [{...first!, stale: 'names epoch 1, and epoch 2 is in force'}, ...others]}];
		const lines = text(requestLines({...base, requests, parties: view.parties, turn: 4, width: 62, height: 6}));
		expect(lines).toMatch(/payroll .* 1:st 3:dg of 2 +approved/);
		expect(lines).toContain('st stale');
	});

	test('inbox: newest first, whole words, a sign for an equation, and what is left out is said', () => {
		const lines = text(inboxLines({...base, inbox: view.inbox, cursor: 0, width: 36, height: 9}));
		expect(lines).toContain('2 new');
		expect(lines.indexOf('Treasury')).toBeLessThan(lines.indexOf('monitor'));
		expect(lines).toContain('(= why)');
		expect(text(inboxLines({...base, inbox: view.inbox, cursor: 0, width: 36, height: 4}))).toContain('more below');
	});

	test('inbox: the cursor can reach the oldest item', () => {
		const lines = text(inboxLines({...base, focused: true, inbox: view.inbox, cursor: 4, width: 36, height: 5}));
		expect(lines).toMatch(/> {2}t2/);
	});

	test('messages: a refusal stays in sight in a short pane', () => {
		const lines = text(messagePaneLines({...base, empty: 'no ceremony has run yet', ceremony, place: '', cursor: 4, width: 57, height: 6}));
		expect(lines).toContain('ABORTED');
		expect(lines).toMatch(/5 +2 +chi +coord +partial z3 +REFUSED/);
		expect(text(messageTable({messages: ceremony.messages, cursor: 4, width: 80, height: 8}))).toMatch(/own D, E in list +ok/);
	});

	test('controls: as documented, and what an inspection found otherwise', () => {
		const lines = text(controlLines({...base, controls: view.controls, width: 62, height: 6}));
		expect(lines).toContain('[on]   verify partials');
		expect(lines).toContain('[off!] feldman check');
		expect(lines).toContain('! 1 not as documented');
		expect(lines).toContain('decision log (t5)');
	});

	test('evidence: what is kept, what is lost, and the levels', () => {
		const lines = text(evidenceLines({...base, stations: view.stations, keeps: view.keeps, count: 6, width: 57, height: 4}));
		expect(lines).toContain('6 entries');
		expect(lines).toMatch(/lost +payload hash, basis of approval, rule and reason/);
		expect(lines).toContain('rounds 2');
	});

	test('status: turn, phase, points and the head, and a freeze', () => {
		expect(plainText(statusLine({view, head: '10c4aabbccdde7b5', width: 80}))).toBe(
			' first-light   turn 4 of 6   RESPOND   operators     2 points   head 10c4..e7b5 ',
		);
		// A long name or a freeze takes the room of the head, never that of the points.
		const long = {...view, frozen: true, scenario: {...view.scenario, id: 'suspicious-custodian'}};
		expect(plainText(statusLine({view: long, head: '10c4aabbccdde7b5', width: 80}))).toMatch(/FROZEN +2 points $/);
		expect(plainText(statusLine({view: {...view, frozen: true}, head: 'ab', width: 120}))).toContain('FROZEN');
		expect(plainText(statusLine({view, head: 'ab', width: 120}))).toContain('goal: payroll by t5, nothing else leaves');
		// A game that no journal keeps has no head to show.
		expect(plainText(statusLine({view, head: '', width: 80}))).toMatch(/operators +2 points $/);
	});

	test('a hostile name is drawn without its escapes', () => {
		const hostile = view.parties.map(party => ({...party, custodian: '\u001b[2J\u001b]0;x\u0007Eve\u202e'}));
		const drawn = partyLines({...base, parties: hostile, side: 'operators', picked: [], width: 43, height: 5})
			.map(line => painted(theme, line))
			.join('\n');
		expect(drawn).toContain('Eve');
		expect(drawn).not.toContain('\u001b');
	});
});

describe('the menu', () => {
	const {preview} = fakePlayer();
	const row = (verb: string, request = 'refill', picked: readonly string[] = []) =>
		menuOf(view, {request, picked}, preview).find(({option}) => option.verb === verb);

	test('speaks of the selected request first', () => {
		expect(
			menuOf(view, {request: 'refill', picked: []}, preview)
				.slice(0, 4)
				.map(({notation}) => notation),
		).toEqual(['approve refill party=_ basis=_', 'deny refill', 'call-back refill', 'sign refill parties=_']);
	});

	test('refuses for this request what the rules allow for another, with their reason', () => {
		expect(row('sign')?.refused).toBe('ada and chi have not approved refill');
		expect(row('sign', 'payroll')?.refused).toBe(undefined);
		expect(row('hold')?.refused).toBe('needs an output that is released and not final');
	});

	test('fills picked parties in', () => {
		expect(row('approve', 'refill', ['chi'])?.notation).toBe('approve refill party=chi basis=_');
		expect(row('sign', 'payroll', ['chi', 'ada'])?.notation).toBe('sign payroll parties=ada,chi');
		expect(row('isolate', 'refill', ['ben'])?.refused).toBe('ben is dark');
	});

	test('a verb that needs one of several options offers whole lines', () => {
		const inspect = row('inspect');
		expect(inspect?.notation).toBe('inspect _');
		const [slot] = slotsOf(inspect!.option, 'inspect _');
		// Whom to look into comes before which control.
		expect(slot?.candidates[0]).toBe('inspect party=ada');
		expect(slot?.candidates.at(-1)).toBe('inspect control=bind-payload');
		expect(slot?.candidates).toContain('inspect party=chi depth=full');
		expect(fill('inspect _', slot!.name, 'inspect party=chi')).toBe('inspect party=chi');
	});

	test('leaves verbs to the keys they have, and marks candidates that lead nowhere', () => {
		expect(row('end-turn')).toBe(undefined);
		const approve = row('approve')!;
		const [party] = slotsOf(approve.option, approve.notation);
		expect([...refusedCandidates(approve.option, approve.notation, party!)]).toEqual(['ben']);
		expect(isComplete('hold _')).toBe(false);
		expect(isComplete('deny refill')).toBe(true);
	});

	test('does not put a request that is seen into a verb that speaks of others', () => {
		const submit = {
			...view,
			side: 'attackers' as const,
			moves: [
				{
					verb: 'submit',
					station: 'policy' as const,
					template: 'submit _',
					cost: [1, 1] as const,
					does: 'x',
					needs: 'y',
					choices: [{name: 'request', candidates: ['payroll'], optional: false}],
					ready: ['submit refund'],
				},
			],
		};
		const [only] = menuOf(submit, {request: 'payroll', picked: []}, preview);
		expect(only?.refused).toBe(undefined);
	});

	test('writes free text as notation does', () => {
		expect(quoted('say "no" \\ now')).toBe('"say \\"no\\" \\\\ now"');
	});

	test('is drawn with key, cost and reasons at both widths', () => {
		const rows = menuOf(view, {request: 'refill', picked: []}, preview);
		const narrow = text(moveLines({rows, title: 'Moves', right: '', cursor: 0, focused: true, width: 80, height: 6, theme}));
		expect(narrow).toMatch(/^> {2}a approve +0-1/m);
		expect(narrow).toMatch(/^ x s sign +1 +refused: ada and chi have not approved refill/m);
		expect(narrow).toMatch(/1-5 of \d+/);
		const wide = text(moveLines({rows, title: 'Moves', right: '', cursor: 0, focused: true, width: 120, height: 8, theme}));
		expect(wide).toContain('what it needs');
		expect(wide).toMatch(/a approve .*a reachable custodian and a basis/);
	});

	test('choices tell what is known of each candidate', () => {
		const props = {view, refused: new Set(['ben']), marked: [], several: false, cursor: 0, preview, width: 80, height: 5, theme};
		const parties = text(choiceLines({...props, title: 'Choose party', name: 'party', candidates: ['ada', 'ben', 'chi']}));
		expect(parties).toMatch(/> {2}1 ada +Mara, bank-a, \+ up/);
		expect(parties).toMatch(/^ x 2 ben/m);
		const long = 'inspect control=independent-verification';
		const lines = text(choiceLines({...props, title: 'Which inspect?', name: 'line', candidates: ['inspect party=ada', long]}));
		expect(lines).toContain('costs 1');
		expect(lines).toContain(`${long} `);
	});
});

test('a line that waits for Enter stays while others put something on record, and goes with a move of its own', () => {
	const board = {...boardOf(view), draft: 'implant party=dee'};
	expect(boardAfter(board, view, {...view}, fakePlayer())).toMatchObject({draft: 'implant party=dee'});
	const moved = {...view, made: [...view.made, {text: 'implant party=dee', cost: 2, queued: false}]};
	expect(boardAfter(board, view, moved, fakePlayer())).not.toHaveProperty('draft');
});

test('the briefing counts those who get a share, and names the others', () => {
	const parties = view.parties.map((party, index) => (index === 2 ? {...party, isWithout: true as const} : party));
	const lines = text(briefingLines({...view, parties}, 80, theme)).replace(/\s+/g, ' ');
	expect(lines).toContain('2 parties hold one share each');
	expect(lines).toContain('chi: no share when the key is made.');
});

test('after a turn, whoever said something is named whole', () => {
	const told = [{about: 'the caretaker of law-firm', text: 'it is in its drawer'}];
	const lines = turnLines({kind: 'turn', ended: 1, did: [], believed: [], changed: [], told, equations: [], top: 0}, 80, theme);
	expect(text(lines)).toMatch(/the caretaker of +it is in its drawer\.\n +law-firm/);
});

describe('the line being typed', () => {
	test('inserts, erases and moves by characters', () => {
		let edit = edited(editOf('ab'), {type: 'insert', text: 'é日'});
		edit = edited(edited(edit, {type: 'left'}), {type: 'erase'});
		expect(edit).toEqual({text: 'ab日', caret: 2});
		expect(edited(editOf('approve payroll '), {type: 'erase-word'}).text).toBe('approve ');
		expect(edited({text: 'abc', caret: 0}, {type: 'erase-forward'}).text).toBe('bc');
		expect(edited(editOf(''), {type: 'erase'})).toEqual({text: '', caret: 0});
	});

	test('makes pasted text one harmless line of bounded length', () => {
		expect(edited(editOf(''), {type: 'insert', text: 'one\ntwo\u001b[31m'}).text).toBe('one two');
		expect(edited(editOf(''), {type: 'insert', text: 'x'.repeat(1_000_000)}).text.length).toBe(2000);
	});

	test('keeps the cursor in sight', () => {
		const line = editLine(editOf('a'.repeat(200)), 20);
		expect(lineWidth(line)).toBeLessThanOrEqual(20);
		expect(line.some(part => typeof part !== 'string' && part.role === 'caret')).toBe(true);
	});

	test('walks through earlier lines and comes back to what was typed', () => {
		const history = ['deny a', 'sign b'];
		const first = recalled(history, {typed: ''}, -1, 'app');
		expect(first.line).toBe('sign b');
		const second = recalled(history, first.recall, -1, first.line);
		expect(second.line).toBe('deny a');
		expect(recalled(history, second.recall, -1, second.line).line).toBe('deny a');
		expect(recalled(history, first.recall, 1, first.line).line).toBe('app');
	});

	test('completes as far as all agree', () => {
		expect(commonStart(['approve payroll', 'approve refill'])).toBe('approve ');
		expect(commonStart([])).toBe('');
	});
});

describe('equations and reports', () => {
	test('an equation shows both sides with numbers and its verdict', () => {
		expect(sidesOf(failedPartial.equation)).toEqual(['z3*G', 'D3 + rho3*E3 + c*lam3*Y3']);
		expect(sidesOf('number of commitments')).toEqual(['left side', 'right side']);
		const short = text(shortEquation(failedPartial, 80));
		expect(short).toMatch(/z3\*G += 228b\.\.f677/);
		expect(short).toContain('NOT EQUAL');
		const full = text(equationLines(failedPartial, {width: 80, isFull: true, theme}));
		expect(full).toContain(failedPartial.left);
		expect(full).toContain(failedPartial.right);
	});

	test('Markdown becomes headings, lists, tables and code that fit', () => {
		const report =
			'# Debrief\n\nThe *world* was **liar** and `c = H(R)`.\n\n## Scores\n\n| station | score | because |\n|---|---:|---|\n| shares | 50 | one share was taken in turn four, and nobody noticed it until the last one |\n\n- first\n  goes on\n- second\n\n```\nq + 1\n```\n> quoted\n';
		const {lines, sections} = renderMarkdown(report, 60, theme);
		const shown = text(lines);
		expect(shown).toContain('DEBRIEF');
		expect(shown).toContain('The world was liar and c = H(R).');
		expect(shown).toMatch(/-- Scores --+/);
		expect(shown).not.toContain('|---');
		expect(shown).toContain('- first goes on');
		expect(shown).toContain('   q + 1');
		expect(sections).toHaveLength(2);
		for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(60);
	});
});
