// The facilitator's verbs are moves on record: they tell, they take a custodian away, they drive time, and they set no outcome.
import {describe, expect, test} from 'vitest';
import {seatView} from '../../source/engine/seat-view.js';
import {Play} from './play.js';

const inboxOf = (play: Play, side: 'operators' | 'attackers') => play.view(side).inbox.map(({from, text}) => `${from}: ${text}`);

describe('telling', () => {
	test('an inject reaches the side it is for, and no other', () => {
		const play = Play.vault().table('inject "The press calls." from="Front desk" to=ben', 'inject "Your mule is gone." to=attackers');
		expect(inboxOf(play, 'operators')).toContain('Front desk: To ben: The press calls.');
		expect(inboxOf(play, 'attackers')).toContain('facilitator: Your mule is gone.');
		expect(inboxOf(play, 'operators').join()).not.toContain('mule');
		expect(inboxOf(play, 'attackers').join()).not.toContain('press');
		const moves = play.events.filter(({type}) => type === 'move').slice(-2);
		expect(moves.map(({audience}) => audience)).toEqual(['operators', 'attackers']);
		expect(moves).toMatchObject([{side: 'table', cost: 0}, {side: 'table'}]);
	});

	test('a note of the facilitator is for the keeper until the debrief', () => {
		const play = Play.vault().table('note "Ben hesitates."');
		expect(play.events.findLast(({type}) => type === 'move')).toMatchObject({audience: 'keeper', text: 'note "Ben hesitates."'});
	});

	test.each([
		['hint "Look." to=dora', /there is no seat "dora"/],
		['extend minutes=0', /minutes is 1 to 240/],
		['join "Eve" seat=throne', /there is no seat "throne"/],
		['replace party=ben', /the custodian of ben is not absent/],
	])('%s is refused', (line, message) => {
		expect(Play.vault().refusal('table', line)).toMatch(message);
	});

	test('before the first turn nobody can be told anything', () => {
		expect(new Play().try('table', 'hint "Look."')).toMatchObject({ok: false, message: 'no turn is under way'});
	});
});

describe('a custodian who is absent', () => {
	test("can't be asked, until a deputy stands in", () => {
		const play = Play.vault().operators().table('absent party=ben');
		expect(play.view('operators').parties.find(({id}) => id === 'ben')?.reach).toBe('dark');
		expect(play.refusal('operators', 'approve payroll party=ben basis=display')).toMatch(/ben/);
		play.endTurn(3).operators();
		expect(play.view('operators').parties.find(({id}) => id === 'ben')?.reach).toBe('dark');
		play.table('replace party=ben by="Kim Oh"').operators('approve payroll party=ben basis=display');
		expect(inboxOf(play, 'operators')).toContain('facilitator: Kim Oh answers for ben now.');
	});

	test('comes back by the clock of turns, and is not replaced then', () => {
		const play = Play.vault().operators().table('absent party=ben turns=1').endTurn(2).operators();
		expect(play.view('operators').parties.find(({id}) => id === 'ben')?.reach).toBe('up');
		expect(play.refusal('table', 'replace party=ben')).toBe('ben answers again');
	});

	test('is not brought back by taking a move back', () => {
		const play = Play.vault().operators('approve payroll party=ada basis=display').table('absent party=ben');
		expect(play.refusal('operators', 'takeback')).toMatch(/nothing to take back/);
	});
});

test('skip ends the turn for both sides, and what was ordered runs', () => {
	const play = Play.vault().table('skip');
	expect(play.state.turn).toBe(2);
	play
		.operators('approve payroll party=ada basis=display', 'approve payroll party=ben basis=display', 'sign payroll parties=ada,ben')
		.table('skip');
	expect(play.state.turn).toBe(3);
	expect(play.state.outputs).toHaveLength(1);
});

test('the facilitator sees the truth, the observer what the operators see, and neither has a move', () => {
	const play = Play.vault({deal: 'world: way-in at=ben', requests: {vendor: {legitimate: false}}, controls: {'verify-partials': 'on'}});
	play.operators();
	const truth = seatView(play.game, play.state, 'facilitator');
	expect(truth.truth).toMatchObject({
		world: 'plain',
		machines: [{id: 'ben', wayIn: true}],
		requests: expect.arrayContaining([expect.objectContaining({id: 'vendor', wants: ''})]),
	});
	// What the attackers took: nothing yet, and that is said.
	expect(truth.loot).toMatchObject({shares: [], attempts: []});
	const observer = seatView(play.game, play.state, 'observer');
	expect(observer.truth).toBeUndefined();
	expect(observer.loot).toBeUndefined();
	expect(JSON.stringify(observer.requests)).toBe(JSON.stringify(play.view('operators').requests));
	for (const view of [truth, observer]) expect([view.toMove, view.moves]).toEqual([false, []]);
	expect(play.view('operators').truth).toBeUndefined();
	expect(play.view('attackers').truth).toBeUndefined();
});
