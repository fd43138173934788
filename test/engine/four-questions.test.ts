import {createHash} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {fourQuestions} from '../../source/engine/four-questions.js';
import {play, scenarioWith} from '../report/games.js';
import {Play} from './play.js';

const sha256 = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
const shortened = (hex: string) => `${hex.slice(0, 4)}..${hex.slice(-4)}`;
const ask = (lines: string, move: string, options: Parameters<typeof play>[1] = {}) => {
	const {game, state} = play(lines, options);
	const mapped = move.replace(/\b(ada|ben|chi)\b/g, role => game.deal.partyOf[role]!);
	return {questions: fourQuestions(game, state, mapped), state, game};
};
const began = 'attackers: end-turn';

describe('approve', () => {
	test('on display: nothing is proved, approvals of any basis count, bytes are not compared', () => {
		const {questions} = ask(began, 'approve payroll party=ada basis=display');
		expect(questions).toMatchObject({boundary: 'ROUNDS -> POLICY', proof: 'none: a text on a screen that the coordinator draws'});
		expect(questions?.check).toContain('policy rule enough-approvals');
		expect(questions?.check).toContain('control bind payload is documented as off');
		expect(questions?.fooled).toContain('2 partials sign other bytes, and the signature is valid');
		expect(questions?.follows.join(' ')).toContain(
			'has 0 of 2 approvals; with this one the policy would say DENY (enough-approvals: 1 < 2)',
		);
		expect(questions?.follows.join(' ')).toContain('bound to the id payroll and to no bytes');
		expect(questions?.follows.join(' ')).toContain('The log of policy is at level 1: it keeps who approved, not basis and payload hash.');
	});

	test('the second approval would be allowed', () => {
		const {questions} = ask(`${began}\noperators: approve payroll party=ada basis=display`, 'approve payroll party=ben basis=display');
		expect(questions?.follows.join(' ')).toContain('ALLOW (enough-approvals: 2 >= 2)');
	});

	test('a rule of the scenario is named and evaluated', () => {
		const scenario = scenarioWith(text =>
			text.replace('layers:\n', 'policy:\n  seen: approvals.all(a, a.basis != basis.display)\nlayers:\n'),
		);
		const lines = `${began}\noperators: approve payroll party=ada basis=digest`;
		expect(ask(lines, 'approve payroll party=ben basis=display', {scenario}).questions?.follows.join(' ')).toContain('DENY (seen: ');
		const {questions} = ask(lines, 'approve payroll party=ben basis=digest', {scenario});
		expect(questions?.follows.join(' ')).toContain('ALLOW (enough-approvals: 2 >= 2)');
		expect(questions?.check).toContain('policy rules enough-approvals, seen');
	});

	test('on a digest: the device and the hash of what is displayed', () => {
		const {questions, state} = ask(began, 'approve payroll party=ada basis=digest');
		expect(questions?.proof).toContain(shortened(sha256(state.requests.payroll!.displayed)));
		expect(questions?.trusted).toMatch(/^the device of \w+ \(\w+\)/);
	});

	test('on a call-back: the answer decides what proof there is', () => {
		const move = 'approve payroll party=ada basis=callback';
		const before = ask(began, move).questions;
		expect(before?.proof).toBe('none yet: nobody called back');
		expect(before?.follows[0]).toContain('Refused now: nobody called the requester of payroll back');
		const asked = `${began}\noperators: call-back payroll`;
		expect(ask(asked, move).questions?.proof).toContain('the answer comes next turn');
		const {questions, state} = ask(`${asked}\noperators: end-turn\n${began}`, move);
		expect(questions?.proof).toContain(
			`the answer "mine" and the requester's own digest, H ${shortened(state.requests.payroll!.callback!.digest!)}, as displayed`,
		);
		expect(questions?.follows.join(' ')).not.toContain('Refused now');
	});

	test('before a party is chosen', () => {
		expect(ask(began, 'approve payroll party=_ basis=digest').questions?.trusted).toContain('the device of the party');
	});
});

describe('what the operators cannot know changes no word', () => {
	const moves = ['approve vendor party=ada basis=display', 'approve vendor party=ada basis=digest', 'sign vendor parties=ada,ben'];
	const second = `${began}\noperators: end-turn`;

	test.each(moves)('a swapped payload and implants: %s', move => {
		const quiet = ask(`${second}\n${began}`, move).questions;
		const attacked = ask(`attackers: implant party=coordinator\n${second}\nattackers: swap-payload vendor\n${began}`, move).questions;
		expect(attacked).toEqual(quiet);
	});

	test('a control that has drifted, until it is inspected', () => {
		const move = 'sign payroll parties=ada,ben';
		expect(ask(began, move, {world: 'drift'}).questions).toEqual({...ask(began, move, {world: 'insider'}).questions});
		const inspected = ask(`${began}\noperators: inspect control=verify-partials`, move, {world: 'drift'}).questions;
		expect(inspected?.check).toContain('control verify partials is off: only the whole signature is checked, and nobody is named');
	});
});

describe('sign and release', () => {
	test('sign says whose device compares bytes and whose does not', () => {
		const lines = `${began}\noperators: approve payroll party=ada basis=digest\noperators: approve payroll party=ben basis=display`;
		const {questions, game} = ask(lines, 'sign payroll parties=ada,ben');
		const {ada, ben} = game.deal.partyOf;
		expect(questions).toMatchObject({boundary: 'SHARES -> ROUNDS'});
		expect(questions?.check).toContain(`the device of ${ada} refuses other bytes than it approved`);
		expect(questions?.fooled).toContain(`${ben} signs whatever bytes arrive`);
		expect(questions?.follows.join(' ')).toContain('ALLOW (enough-approvals: 2 >= 2)');
		expect(questions?.follows.join(' ')).toContain('is final when turn 2 ends');
	});

	const held = `${began}
		operators: harden independent-verification
		operators: approve payroll party=ada basis=digest
		operators: approve payroll party=ben basis=digest
		operators: end-turn
		${began}
		operators: sign payroll parties=ada,ben
		operators: end-turn
		${began}`;

	test('release with independent verification compares hashes', () => {
		const {questions, state} = ask(held, 'release payroll');
		expect(questions).toMatchObject({boundary: 'POLICY -> OUTPUT', trusted: 'the second machine, to read the signed bytes for itself'});
		expect(questions?.check).toContain(shortened(sha256(state.requests.payroll!.displayed)));
	});

	test('what it foretells of finality comes true', () => {
		const {questions} = ask(held, 'release payroll');
		expect(questions?.follows.join(' ')).toContain('is final when turn 3 ends');
		expect(play(`${held}\noperators: release payroll\noperators: end-turn`).state.outputs[0]).toMatchObject({state: 'final', finalAt: 3});
	});
});

test.each([
	'freeze',
	'call-back payroll',
	'approve payroll party=ada',
	'approve nothing party=ada basis=display',
	'sign vendor parties=ada,ben',
	'release o9',
	'approve "payroll',
	'',
])('no questions for %j', move => {
	expect(ask(began, move).questions).toBeNull();
});

describe('amend', () => {
	const approved = `${began}\noperators: approve payroll party=ada basis=display\noperators: approve payroll party=ben basis=display`;

	test('tells what each open request would meet under the rule that it adds', () => {
		const {questions} = ask(approved, 'amend consents=ada,ben require=digest above=0');
		expect(questions?.boundary).toBe('POLICY, its rules');
		const follows = questions?.follows.join(' ') ?? '';
		expect(follows).toContain('amounts above 0 need the threshold of approvals on digest or better');
		expect(follows).toMatch(/payroll with the approvals it has: now ALLOW \(.*\), then DENY \(the amendment: /);
		expect(ask(approved, 'amend consents=ada,ben require=digest above=100000000').questions?.follows.join(' ')).toMatch(
			/now ALLOW \([^)]*\), then ALLOW/,
		);
	});

	test('an amendment in force counts in the preview of an approval', () => {
		const play = Play.vault({file: {operators: {points: 9}}})
			.operators('amend consents=ada,ben require=digest above=0')
			.endTurn();
		play.operators('approve payroll party=ada basis=display');
		const follows = fourQuestions(play.game, play.state, 'approve payroll party=ben basis=display')?.follows.join(' ');
		expect(follows).toContain('DENY (amendment-2: ');
	});
});
