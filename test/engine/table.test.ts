// Points, takebacks, notes, freezes, and what a scenario offers: the rules of the table.
import {describe, expect, test} from 'vitest';
import {Play, vault} from './play.js';

const rich = {attackers: {points: 9}, operators: {points: 9}};

describe('points', () => {
	test('three a turn; operators carry over at most one, attackers at most two', () => {
		const play = Play.vault();
		expect(play.state.points).toEqual({operators: 3, attackers: 3});
		expect(play.endTurn().state.points).toEqual({operators: 4, attackers: 5});
		expect(play.endTurn().state.points).toEqual({operators: 4, attackers: 5});
		play.attackers('phish party=ada', 'phish party=ben').operators('freeze', 'isolate party=chi', 'log rounds level=2');
		expect(play.state.points).toEqual({operators: 0, attackers: 1});
		expect(play.endTurn().state.points).toEqual({operators: 3, attackers: 4});
	});

	test('a move that costs more than is there is refused, one that costs nothing is not', () => {
		const play = Play.vault().operators('isolate party=chi', 'freeze');
		expect(play.refusal('operators', 'harden timelock')).toBe('costs 2, you have 1');
		play.operators('call-back payroll');
		expect(play.refusal('operators', 'call-back vendor')).toBe('costs 1, you have 0');
		play.operators('unfreeze', 'approve payroll party=ada basis=digest', 'note suspect=chi');
	});

	test.each([
		['operators', 'approve payroll party=ada basis=display', 0],
		['operators', 'approve payroll party=ada basis=digest', 0],
		['operators', 'deny payroll', 0],
		['operators', 'call-back payroll', 1],
		['operators', 'inspect party=ada', 1],
		['operators', 'inspect party=ada depth=full', 2],
		['operators', 'inspect control=timelock', 1],
		['operators', 'isolate party=ada', 1],
		['operators', 'freeze', 1],
		['operators', 'harden timelock', 2],
		['operators', 'log rounds level=2', 2],
		['operators', 'note suspect=ada', 0],
		['attackers', 'phish party=chi', 2],
		['attackers', 'implant party=ada', 2],
		['attackers', 'drop party=ben', 1],
		['attackers', 'delay party=ben', 1],
		['attackers', 'submit refund', 1],
		['attackers', 'swap-payload payroll', 1],
	] as const)('%s: %s costs %i', (side, line, cost) => {
		const play = Play.vault({deal: 'world: way-in at=ada\nworld: way-in at=coordinator\nworld: link at=ben'});
		play[side](line);
		expect(play.state.points[side]).toBe(3 - cost);
	});
});

describe('takeback', () => {
	test('takes this side’s last moves of the turn back, one by one, points and all', () => {
		const play = Play.vault();
		const start = play.operators().view('operators');
		play.operators('isolate party=chi', 'call-back payroll', 'takeback', 'takeback');
		expect(play.view('operators')).toEqual(start);
		expect(play.refusal('operators', 'takeback')).toContain('nothing to take back');
	});

	test.each(['approve payroll party=ada basis=digest', 'inspect party=ada', 'inspect control=timelock', 'inspect party=ada depth=full'])(
		'is refused after %s, which has shown something',
		move => {
			const play = Play.vault().operators('isolate party=chi', move);
			expect(play.view('operators').canTakeBack).toBe(false);
			expect(play.refusal('operators', 'takeback')).toContain('shown something');
		},
	);

	test('is refused after a review, a release and an announcement', () => {
		const read = Play.vault().endTurn().operators('review');
		const released = Play.vault({controls: {'independent-verification': 'on'}})
			.sign('payroll')
			.endTurn()
			.operators('release payroll');
		const announced = Play.vault().sign('payroll').endTurn().operators('announce payroll to=bank');
		for (const play of [read, released, announced]) expect(play.refusal('operators', 'takeback')).toContain('nothing to take back');
	});

	test('does not reach into the turn before, nor over to the other side', () => {
		const play = Play.vault().attackers('submit refund').operators();
		expect(play.refusal('operators', 'takeback')).toContain('nothing');
		play.operators('isolate party=chi').say('attackers', 'note "they cut chi off"');
		expect(play.refusal('operators', 'takeback')).toContain('the other side has written');
		expect(play.try('attackers', 'takeback').ok).toBe(false);
		play.operators('freeze', 'takeback').endTurn();
		expect(play.refusal('attackers', 'takeback')).toContain('nothing');
	});

	test('never rewinds the counters of ceremonies and outputs', () => {
		const play = Play.vault({file: rich}).sign('payroll').operators('takeback', 'sign payroll parties=ada,ben').endTurn();
		play.operators('isolate party=chi', 'takeback');
		expect(play.state.counters).toMatchObject({ceremony: 2, output: 1});
		expect(play.sign('vendor').endTurn().lastCeremony.id).toBe('c3');
	});

	test('works for the attackers, who see nothing of the operators in between', () => {
		const play = Play.vault().attackers('submit refund', 'takeback').operators();
		expect(play.view('operators').requests.map(({id}) => id)).toEqual(['payroll', 'vendor']);
		expect(
			play
				.view('operators')
				.inbox.map(({text}) => text)
				.join(),
		).not.toContain('refund');
	});
});

describe('notes', () => {
	test('one suspicion is open at a time', () => {
		const play = Play.vault().operators('note suspect=ada', 'note "or rather" suspect=ben');
		expect(
			play
				.view('operators')
				.parties.filter(({suspected}) => suspected)
				.map(({id}) => id),
		).toEqual(['ben']);
		expect(play.state.parties.ada?.machine).toMatchObject({trust: 'trusted'});
		play.operators('note suspect=coordinator');
		expect(play.state.parties.ben?.machine).toMatchObject({trust: 'trusted'});
	});

	test('need a text or a suspect, and are the side’s own', () => {
		const play = Play.vault().attackers('note "ours"').operators('note "theirs"');
		expect(play.refusal('operators', 'note')).toContain('write a text');
		expect(play.view('operators').notes.map(({text}) => text)).toEqual(['theirs']);
		expect(play.view('attackers').notes.map(({text}) => text)).toEqual(['ours']);
	});

	test('suspicions are offered in the menu', () => {
		expect(
			Play.vault()
				.operators()
				.view('operators')
				.moves.find(({verb}) => verb === 'note')?.ready,
		).toContain('note suspect=ben');
	});
});

describe('freeze', () => {
	test('stops signing until it is lifted, for nothing', () => {
		const play = Play.vault().operators('approve payroll party=ada basis=display', 'approve payroll party=ben basis=display', 'freeze');
		expect(play.view('operators').frozen).toBe(true);
		expect(play.refusal('operators', 'sign payroll parties=ada,ben')).toContain('unfreeze first');
		expect(play.refusal('operators', 'freeze')).toContain('frozen already');
		play.operators('unfreeze', 'sign payroll parties=ada,ben').endTurn();
		expect(play.lastCeremony.status).toBe('done');
		expect(play.refusal('operators', 'unfreeze')).toContain('nothing is frozen');
	});

	test('over a signing that waits: it neither goes on nor is lost', () => {
		const play = Play.vault({deal: 'world: link at=ben', file: rich, requests: {payroll: {due: 6}}})
			.attackers('delay party=ben')
			.sign('payroll')
			.endTurn();
		play.operators('freeze').endTurn();
		expect(play.lastCeremony.status).toBe('stalled');
		play.operators('unfreeze').endTurn();
		expect(play.lastCeremony.status).toBe('done');
	});
});

describe('what a scenario offers', () => {
	const offering = vault({file: {verbs: {operators: ['approve', 'sign']}, unlock: {2: ['freeze', 'unfreeze'], 3: ['inspect']}}});

	test('verbs that are not listed are neither offered nor accepted', () => {
		const play = Play.begin({scenario: offering}).operators();
		expect(play.view('operators').moves.map(({verb}) => verb)).toEqual(['approve', 'sign', 'note', 'takeback', 'end-turn']);
		expect(play.refusal('operators', 'isolate party=ada')).toBe('isolate is not offered in this scenario');
	});

	test('verbs unlock at their turn, and the menu counts them before', () => {
		const play = Play.begin({scenario: offering}).operators();
		expect(play.refusal('operators', 'freeze')).toBe('freeze is offered from turn 2');
		expect(play.view('operators').locked).toBe('2 more from turn 2, 1 more from turn 3');
		play.endTurn().operators('freeze');
		expect(play.view('operators').locked).toBe('1 more from turn 3');
	});

	test('the other side is not limited by them', () => {
		const play = Play.begin({scenario: offering});
		expect(play.view('attackers').moves.map(({verb}) => verb)).toContain('phish');
	});
});

describe('out of turn', () => {
	test('every refusal says whose turn it is', () => {
		const play = new Play();
		expect(play.try('attackers', 'phish party=ada')).toMatchObject({ok: false, message: 'the exercise has not begun; begin it first'});
		play.table('begin');
		expect(play.try('operators', 'freeze')).toMatchObject({ok: false, message: "it is not the operators' turn to move"});
		expect(play.try('table', 'begin')).toMatchObject({ok: false, message: 'the exercise has begun already'});
		expect(play.try('table', 'close')).toMatchObject({ok: false});
	});

	test('verbs of the world belong to nobody at the table', () => {
		expect(Play.vault().try('table', 'way-in at=ada')).toMatchObject({ok: false, message: expect.stringContaining('a verb of the world')});
	});
});
