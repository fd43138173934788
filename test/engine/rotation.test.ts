// A new key: the sweep that the old shares sign, the tombstone, and the end of what is left of the old key.
import {describe, expect, test} from 'vitest';
import {verifyOutput} from '../../source/ceremony/index.js';
import {Play} from './play.js';

const rich = {operators: {points: 9}, attackers: {points: 9}, turns: 9};
const shareState = (play: Play, party: string) => (play.state.parties[party]!.machine as {share: string}).share;

/** A rotation, and the sweep signed by these two; its output is released. */
function swept(play: Play, parties = 'ada,ben', line = 'rotate'): Play {
	play.operators(line).endTurn();
	return play.sign('sweep', parties).endTurn();
}

describe('rotate', () => {
	test('makes another key; pending requests need new approvals', () => {
		const play = Play.vault({file: rich}).operators('approve payroll party=ada basis=display', 'approve payroll party=ben basis=display');
		const old = play.state.key!;
		play.operators('rotate').endTurn();
		expect(play.state.key?.publicKey).not.toBe(old.publicKey);
		expect(play.state.key?.epoch).toBe(2);
		expect(play.request('payroll').approvals).toEqual([]);
		expect(play.stateOf('payroll')).toBe('open');
		play.sign('payroll', 'ben,chi').endTurn();
		const output = play.events.findLast(event => event.type === 'output-made');
		expect(output?.publicKey).toBe(play.state.key?.publicKey);
		expect(play.view('operators').outputs.at(-1)?.publicKey).toBe(play.state.key?.publicKey);
	});

	test('the sweep is signed with the old shares, under the old key, and needs approvals', () => {
		const play = Play.vault({file: rich});
		const old = play.state.key!;
		play.operators('rotate').endTurn();
		expect(play.refusal('operators', 'sign sweep parties=ada,ben')).toContain('have not approved sweep');
		play.sign('sweep').endTurn();
		const made = play.events.findLast(event => event.type === 'output-made')!;
		expect(made.publicKey).toBe(old.publicKey);
		expect(verifyOutput(old.suite, old.publicKey, made.output.message, made.output.signature)).toBe(true);
		expect(play.stateOf('sweep')).toBe('released');
		expect(play.refusal('operators', 'rotate')).toContain('sign it first');
	});

	test('once the sweep is final the tombstone is signed, the old shares go, and the key is destroyed', () => {
		const play = swept(Play.vault({file: rich}));
		expect(play.state.retiring[0]?.machine).toEqual({active: 'idle'});
		play.endTurn();
		expect(play.stateOf('sweep')).toBe('final');
		expect(play.state.retiring[0]?.tombstone?.check.holds).toBe(true);
		expect(play.state.retiring[0]?.machine).toBe('destroyed');
		for (const {older, keyShare} of Object.values(play.state.parties)) {
			expect(older).toBeUndefined();
			expect(keyShare?.publicKey).toBe(play.state.key?.publicKey);
		}
		play.finish();
		expect(play.state.outputs.every(({state}) => state === 'final')).toBe(true);
		expect(play.state.unauthorisedFinalAt).toBe(0);
	});

	test('a holder that is left out keeps the old share until it erases it; one that is dark keeps the key from being destroyed', () => {
		const play = swept(
			Play.vault({file: rich, deal: 'world: maintenance party=chi turns=3 turn=2'}),
			'ada,ben',
			'rotate parties=ada,ben',
		).endTurn();
		expect(shareState(play, 'chi')).toBe('stale');
		expect(play.state.retiring[0]?.machine).toBe('deactivated');
		expect(play.lastTold('operators', 'result')).toContain('chi did not confirm');
		play.endTurn().endTurn();
		expect(shareState(play, 'chi')).toBe('none');
		expect(play.state.retiring[0]?.machine).toBe('destroyed');
	});
});

describe('shares of the old key', () => {
	const implanted = (controls: Record<string, 'on' | 'off'> = {}) =>
		Play.vault({deal: 'world: way-in at=ada\nworld: way-in at=ben', controls, file: rich}).attackers(
			'implant party=ada',
			'implant party=ben',
		);

	test('still sign what counts before the sweep is final', () => {
		const play = implanted().operators('rotate').endTurn();
		play.attackers('steal-share party=ada', 'steal-share party=ben').endTurn();
		// Both machines hold both keys now.
		expect(new Set(play.state.loot.map(({epoch}) => epoch))).toEqual(new Set([1, 2]));
		expect(play.state.unauthorisedFinalAt).toBeGreaterThan(0);
	});

	test('sign nothing that counts after the tombstone', () => {
		const play = swept(implanted({'erase-old-shares': 'off'}), 'ada,ben', 'rotate parties=ben,chi').endTurn();
		expect(play.state.retiring[0]?.machine).toBe('deactivated');
		play.attackers('steal-share party=ada', 'steal-share party=ben').endTurn();
		const forged = play.state.outputs.find(({request}) => request === '')!;
		const {key} = play.state.retiring[0]!;
		expect(play.state.attempts.some(({epoch, check}) => epoch === 1 && check.holds)).toBe(true);
		expect(verifyOutput(key.suite, key.publicKey, forged.message, forged.signature)).toBe(true);
		expect(forged.state).toBe('recalled');
		expect(play.state.unauthorisedFinalAt).toBe(0);
		play.operators();
		expect(play.lastTold('operators', 'statement')).toContain('refused');
		expect(play.state.retiring[0]?.machine).toEqual({compromised: {exposed: 'idle'}});
	});
});

test('a key that was exposed is rotated away from, in the turn that is left to contain', () => {
	const play = Play.vault({deal: 'world: way-in at=ada\nworld: way-in at=ben', file: {...rich, turns: 9}});
	play.attackers('implant party=ada', 'implant party=ben').endTurn();
	play.attackers('steal-share party=ada', 'steal-share party=ben').endTurn();
	play.operators('rotate').endTurn();
	expect(play.state.key?.epoch).toBe(2);
	expect(play.state.retiring[0]?.machine).toEqual({compromised: {exposed: 'idle'}});
	expect(play.view('operators').phase).toBe('hotWash');
});

describe('a key that was put together in one place', () => {
	const parties = {
		ada: {domain: 'a', backup: 'safe'},
		ben: {domain: 'b', backup: 'safe'},
		chi: {domain: 'c', backup: 'safe'},
		dee: {domain: 'd', holds: false},
	};
	/** The states that the old key's machine went through. */
	const lifeOf = (play: Play, id: string) =>
		play.events.flatMap(event =>
			event.type === 'stepped' && event.machine === 'protocol' && event.id === id ? [JSON.stringify(event.to)] : [],
		);
	const burned = (deal = '') =>
		Play.vault({deal, file: {...rich, parties}, suite: 'glass'})
			.operators('drill at=ada', 'rotate')
			.endTurn();

	test('signs its sweep and its tombstone step by step, and nothing else; then it is destroyed', () => {
		const play = burned();
		expect(play.state.retiring[0]?.machine).toEqual({compromised: {burned: 'idle'}});
		play.sign('sweep').endTurn();
		const signing = ['committing', 'responding', 'combining'].map(signing => JSON.stringify({compromised: {burned: {signing}}}));
		const idle = JSON.stringify({compromised: {burned: 'idle'}});
		expect(lifeOf(play, 'k1')).toEqual([...signing, idle]);
		play.endTurn();
		expect(lifeOf(play, 'k1')).toEqual([...signing, idle, ...signing, idle]);
		expect(play.state.retiring[0]?.tombstone?.check.holds).toBe(true);
		play.operators('destroy-backups').endTurn();
		expect(play.state.retiring[0]?.machine).toBe('destroyed');
	});

	test('waits for holders that are dark, and signs its tombstone when they are back', () => {
		const play = Play.vault({
			deal: 'world: maintenance party=ben turns=2 turn=2\nworld: maintenance party=chi turns=2 turn=2',
			file: {...rich, parties},
			suite: 'glass',
		});
		play.operators('recover at=ada').endTurn().operators('rotate parties=ada,dee').endTurn();
		expect(play.lastTold('operators', 'result')).toContain('its tombstone waits: 1 of 2 holders');
		expect(play.state.retiring[0]?.unsigned).toBeUndefined();
		play.endTurn(6);
		expect(play.state.retiring[0]?.tombstone?.check.holds).toBe(true);
	});

	test('gets no tombstone where too few machines have a share of it: it says so once, and what it signs still counts', () => {
		const deal = 'world: lose-share party=ben turn=2\nworld: lose-share party=chi turn=2\nworld: way-in at=safe';
		const play = Play.vault({deal, file: {...rich, parties}, suite: 'glass'})
			.operators('recover at=ada')
			.endTurn();
		play.operators('rotate parties=ada,ben,chi').endTurn();
		const [old] = play.state.retiring;
		expect(old).toMatchObject({unsigned: {turn: 2, check: {holds: false, left: '1', right: '2'}}});
		expect(old?.machine).toEqual({compromised: {burned: 'idle'}});
		play.endTurn().endTurn();
		expect(play.told('operators', 'result').filter(text => text.includes('gets no tombstone'))).toHaveLength(1);
		expect(play.state.evidence.map(({kind}) => kind)).toContain('no tombstone');
		// Two of its backups make it, and nobody who receives the payment could know better.
		play.attackers('steal-backup party=ben', 'steal-backup party=chi').endTurn();
		expect(play.state.outputs.find(({request}) => request === '')).toMatchObject({state: 'final'});
	});
});
