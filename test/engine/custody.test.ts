import {describe, expect, test} from 'vitest';
import {Play} from './play.js';

const rich = {attackers: {points: 9}, operators: {points: 9}};
const wayIn = {deal: 'world: way-in at=ben', file: rich};

describe('inspect', () => {
	test('party: 1 point, checks the share and the nonces, and sees no implant', () => {
		const play = Play.vault(wayIn).attackers('implant party=ben').operators('inspect party=ben');
		expect(play.state.points.operators).toBe(8);
		expect(play.lastTold('operators', 'result')).toMatch(/ben: its share lies on the committed polynomial; no nonces outstanding/);
		expect(play.state.inbox.operators.at(-1)?.check).toMatchObject({name: 'share', holds: true, equation: 's2*G = Y2'});
		expect(play.endTurn().state.footholds.ben).toMatchObject({wayIn: true, implantSince: 1});
	});

	test('party: finds a bad disk by its equation, and nonces that are outstanding', () => {
		const play = Play.vault({deal: 'world: bad-disk party=ben\nworld: link at=chi', file: rich}).operators('inspect party=ben');
		const {check} = play.state.inbox.operators.at(-1)!;
		expect(check).toMatchObject({holds: false});
		expect(check?.left).not.toBe(check?.right);
		expect(play.view('operators').parties[1]).toMatchObject({share: 'BAD'});
		play.endTurn().attackers('drop party=chi').sign('payroll', 'ada,chi').endTurn().operators('inspect party=ada');
		expect(play.lastTold('operators', 'result')).toContain('nonces of a signing outstanding');
	});

	test('depth=full: 2 points, takes the party out for this resolve, finds and removes implant and way-in', () => {
		const play = Play.vault(wayIn).attackers('implant party=ben').operators('inspect party=ben depth=full');
		expect(play.state.points.operators).toBe(7);
		expect(play.refusal('operators', 'approve payroll party=ben basis=display')).toContain("can't be reached");
		expect(play.refusal('operators', 'inspect party=ben depth=full')).toContain('taken out already');
		play.endTurn();
		expect(play.told('operators', 'result').join()).toContain('found and removed an implant, there since turn 1 and a way in');
		expect(play.state.footholds.ben).toEqual({wayIn: false, link: false});
		play.operators('approve payroll party=ben basis=display');
	});

	test('depth=full: of the coordinator, once a turn; what it had changed stays changed', () => {
		const play = Play.vault({...wayIn, deal: 'world: way-in at=coordinator'}).attackers('swap-payload payroll');
		play.operators('inspect party=coordinator depth=full');
		expect(play.refusal('operators', 'inspect party=coordinator depth=full')).toContain('ordered already');
		play.endTurn();
		expect(play.state.footholds.coordinator?.wayIn).toBe(false);
		expect(play.request('payroll').payload).not.toBe(play.request('payroll').displayed);
		expect(play.refusal('operators', 'inspect party=coordinator')).toContain('depth=full');
	});

	test('depth=full: not of a party that signs when the turn ends', () => {
		const play = Play.vault(wayIn).sign('payroll');
		expect(play.refusal('operators', 'inspect party=ada depth=full')).toContain('signs when this turn ends');
		expect(play.refusal('operators', 'isolate party=ada')).toContain('signs when this turn ends');
	});

	test('control: 1 point, tells whether a control that is documented as on really is', () => {
		const play = Play.vault({deal: 'world: drift control=verify-partials', file: rich});
		play.operators('inspect control=verify-partials', 'inspect control=feldman-check', 'inspect control=timelock');
		expect(play.state.points.operators).toBe(6);
		expect(play.told('operators', 'result')).toEqual([
			'verify partials is really off, though it is documented as on; harden it.',
			'feldman check is really on, as documented.',
			'timelock is really off, as documented.',
		]);
		expect(play.view('operators').controls.find(({id}) => id === 'verify-partials')).toMatchObject({documented: 'on', inspected: 'off'});
	});

	test('names one thing, and a party that is up', () => {
		const play = Play.vault({deal: 'world: maintenance party=chi turns=1'}).operators('isolate party=ada');
		for (const line of ['inspect', 'inspect party=ada control=timelock'])
			expect(play.refusal('operators', line)).toContain('one of the two');
		for (const line of ['inspect party=chi', 'inspect party=chi depth=full', 'inspect party=ada'])
			expect(play.refusal('operators', line)).toContain("can't be reached");
	});
});

describe('a tapped line', () => {
	const tapped = {deal: 'world: link at=ben', file: rich};

	test('outlives a full inspection of the machine, which finds nothing and is no over-reaction', () => {
		const play = Play.vault(tapped).operators('inspect party=ben depth=full').endTurn();
		expect(play.told('operators', 'result').join()).toContain('nothing found');
		expect(play.state.tallies).toEqual([]);
		play.attackers('drop party=ben').sign('payroll').endTurn();
		expect(play.lastCeremony.status).toBe('stalled');
	});

	test('of an implant goes with the implant', () => {
		const play = Play.vault(wayIn).attackers('implant party=ben').operators('inspect party=ben depth=full').endTurn();
		expect(play.refusal('attackers', 'drop party=ben')).toContain('not on the link');
	});

	test('of a machine that was rebuilt in this turn drops nothing any more', () => {
		const play = Play.vault(tapped)
			.operators('isolate party=ben')
			.endTurn()
			.attackers('drop party=ben')
			.operators('rejoin party=ben')
			.sign('payroll')
			.endTurn();
		expect(play.lastCeremony.status).toBe('done');
	});
});

describe('isolate and rejoin', () => {
	test('a party that goes dark while it is cut off rejoins no later', () => {
		const play = Play.vault({deal: 'world: maintenance party=ben turns=1 turn=2', file: rich}).operators('isolate party=ben').endTurn();
		play.operators('rejoin party=ben').endTurn().operators('approve payroll party=ben basis=display');
	});

	test('an isolated party neither signs nor approves, and rejoins from the next turn on, rebuilt', () => {
		const play = Play.vault({...wayIn, deal: 'world: way-in at=ben\nworld: link at=ben'}).attackers('implant party=ben');
		play.operators('isolate party=ben');
		expect(play.state.points.operators).toBe(8);
		expect(play.refusal('operators', 'approve payroll party=ben basis=display')).toContain("can't be reached");
		expect(play.refusal('operators', 'rejoin party=ben')).toContain('from turn 2');
		expect(play.refusal('operators', 'rejoin party=ada')).toContain('not isolated');
		play.endTurn();
		expect(play.state.footholds.ben).toMatchObject({wayIn: true, link: true, implantSince: 1});
		play.operators('rejoin party=ben', 'approve payroll party=ben basis=display');
		expect(play.state.footholds.ben).toEqual({wayIn: false, link: false});
	});

	test('a share that was stolen stays stolen', () => {
		const play = Play.vault(wayIn).attackers('implant party=ben').endTurn().attackers('steal-share party=ben').endTurn();
		play.operators('isolate party=ben').endTurn().operators('rejoin party=ben').endTurn();
		expect(play.state.loot).toMatchObject([{party: 'ben', epoch: 1}]);
	});

	test('what waits with its position ends: nothing is dropped on a rebuilt link', () => {
		const play = Play.vault({deal: 'world: link at=ben', file: rich})
			.operators('isolate party=ben')
			.endTurn()
			.operators('rejoin party=ben')
			.endTurn();
		expect(play.refusal('attackers', 'drop party=ben')).toContain('not on the link');
	});
});
