// The attackers' ladder: way-in, implant, share. Whether the captured bytes are the key, an equation says.
import {createPublicKey, verify} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {verifyOutput} from '../../source/ceremony/index.js';
import {decodePayload} from '../../source/engine/payload.js';
import {Play} from './play.js';

const rich = {attackers: {points: 9}, operators: {points: 9}};
const one = {deal: 'world: way-in at=ben', file: rich};
const two = {deal: 'world: way-in at=ada\nworld: way-in at=ben', file: rich};

/** The attackers are ready to take these shares in turn 2. */
function planted(options: typeof two, ...parties: string[]): Play {
	return Play.vault(options)
		.attackers(...parties.map(party => `implant party=${party}`))
		.endTurn();
}

describe('the ladder to a share', () => {
	test('phish opens a way in from the next turn', () => {
		const play = Play.vault({file: rich}).attackers('phish party=chi');
		expect(play.refusal('attackers', 'implant party=chi')).toContain('no way into chi');
		expect(play.refusal('attackers', 'phish party=chi')).toContain('opens next turn');
		play.endTurn().attackers('implant party=chi');
		expect(play.refusal('attackers', 'phish party=chi')).toContain('already');
	});

	test('implant needs a way in, and puts them on the link', () => {
		const play = Play.vault(one);
		expect(play.refusal('attackers', 'implant party=ada')).toContain('no way into ada');
		expect(play.refusal('attackers', 'drop party=ben')).toContain('not on the link');
		play.attackers('implant party=ben', 'drop party=ben');
		expect(play.refusal('attackers', 'implant party=ben')).toContain('since turn 1');
	});

	test('steal-share needs an implant of an earlier turn, and leaves in resolve', () => {
		const play = Play.vault(one);
		expect(play.refusal('attackers', 'steal-share party=ben')).toContain('no implant on ben');
		play.attackers('implant party=ben');
		expect(play.refusal('attackers', 'steal-share party=ben')).toContain('from turn 2');
		play.endTurn().attackers('steal-share party=ben');
		expect(play.state.loot).toEqual([]);
		play.endTurn();
		expect(play.state.loot).toEqual([
			expect.objectContaining({party: 'ben', epoch: 1, turn: 2, share: play.state.parties.ben!.keyShare!.share}),
		]);
	});

	test.each(['isolate party=ben', 'inspect party=ben depth=full'])('%s in the same turn stops it', move => {
		const play = planted(one, 'ben').attackers('steal-share party=ben').operators(move).endTurn();
		expect(play.state.loot).toEqual([]);
		expect(play.lastTold('attackers', 'result')).toContain('did not leave');
	});

	test('rejoin stops it, and an inspection of the share does not', () => {
		const rebuilt = planted(one, 'ben')
			.operators('isolate party=ben')
			.endTurn()
			.attackers('steal-share party=ben')
			.operators('rejoin party=ben')
			.endTurn();
		expect(rebuilt.state.loot).toEqual([]);
		expect(planted(one, 'ben').attackers('steal-share party=ben').operators('inspect party=ben').endTurn().state.loot).toHaveLength(1);
	});

	test('the log and the coordinator hold no share', () => {
		const play = Play.vault({...one, deal: 'world: way-in at=coordinator\nworld: way-in at=log'}).attackers(
			'implant party=coordinator',
			'implant party=log',
		);
		expect(play.try('attackers', 'steal-share party=coordinator').ok).toBe(false);
		expect(play.try('attackers', 'drop party=log').ok).toBe(false);
	});
});

describe('captured bytes', () => {
	test('one share of two says nothing: the interpolation is not the key, and nothing is signed', () => {
		const play = planted(one, 'ben').attackers('steal-share party=ben').endTurn();
		const [attempt] = play.state.attempts;
		expect(attempt?.check).toMatchObject({name: 'reconstruction', holds: false, right: play.state.key?.commitments[0]});
		expect(attempt?.check.left).not.toBe(attempt?.check.right);
		expect(play.lastTold('attackers', 'result')).toBe('1 of 2 shares of epoch 1: every key is still possible.');
		expect(play.view('attackers').loot?.summary).toBe('1 of 2 shares of epoch 1: 1 more makes the key');
		expect(play.state.outputs).toEqual([]);
	});

	test('two shares of one epoch are the key: what it signs verifies for anybody, and is final at once', () => {
		const play = Play.vault({...two, file: {...rich, suite: 'ed25519'}})
			.attackers('implant party=ada', 'implant party=ben')
			.endTurn();
		play.attackers('steal-share party=ada', 'steal-share party=ben').endTurn();
		expect(play.state.attempts.at(-1)?.check).toMatchObject({holds: true, left: play.state.key?.commitments[0]});
		const [output] = play.state.outputs;
		expect(output).toMatchObject({request: '', state: 'final', finalAt: 2});
		expect(decodePayload(output!.message)).toMatchObject({to: 'thieves', text: 'all of it'});
		const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(play.state.key!.publicKey, 'hex')]);
		const key = createPublicKey({key: der, format: 'der', type: 'spki'});
		const bytes = Buffer.from(output!.message, 'hex');
		expect(verify(null, bytes, key, Buffer.from(output!.signature, 'hex'))).toBe(true);
		expect(verify(null, Buffer.concat([bytes, Buffer.from([0])]), key, Buffer.from(output!.signature, 'hex'))).toBe(false);
	});

	test('so they are in the other suite, and over two turns', () => {
		const play = planted(two, 'ada', 'ben').attackers('steal-share party=ada').endTurn().attackers('steal-share party=ben').endTurn();
		expect(play.state.attempts.map(({check}) => check.holds)).toEqual([false, true]);
		const {message, signature} = play.state.outputs[0]!;
		expect(verifyOutput('secp256k1', play.state.key!.publicKey, message, signature)).toBe(true);
	});

	test('freeze stops the policy, not mathematics', () => {
		const play = planted(two, 'ada', 'ben')
			.operators('freeze')
			.endTurn()
			.attackers('steal-share party=ada', 'steal-share party=ben')
			.endTurn();
		expect(play.state.outputs).toMatchObject([{request: '', state: 'final'}]);
	});

	test('a share that a bad disk spoilt makes no key with one other', () => {
		const play = planted({...two, deal: `${two.deal}\nworld: bad-disk party=ben`}, 'ada', 'ben')
			.attackers('steal-share party=ada', 'steal-share party=ben')
			.endTurn();
		expect(play.state.attempts.at(-1)?.check.holds).toBe(false);
		expect(play.lastTold('attackers', 'result')).toContain('one of them is not sound');
		expect(play.state.outputs).toEqual([]);
	});

	test('and is left out where two sound ones are there', () => {
		const all = {...two, deal: `${two.deal}\nworld: way-in at=chi\nworld: bad-disk party=ben`};
		const play = planted(all, 'ada', 'ben', 'chi')
			.attackers('steal-share party=ada', 'steal-share party=ben', 'steal-share party=chi')
			.endTurn();
		expect(play.state.attempts.at(-1)).toMatchObject({indices: [1, 3], check: {holds: true}});
		expect(play.state.outputs).toMatchObject([{request: '', state: 'final'}]);
	});

	test('three of five need three', () => {
		const parties = Object.fromEntries(['ada', 'ben', 'chi', 'dee', 'eli'].map(id => [id, {domain: id}]));
		const deal = ['ada', 'ben', 'chi'].map(id => `world: way-in at=${id}`).join('\n');
		const play = planted({deal, file: {...rich, parties, threshold: 3} as typeof rich}, 'ada', 'ben', 'chi');
		play.attackers('steal-share party=ada', 'steal-share party=ben').endTurn();
		expect(play.state.outputs).toEqual([]);
		play.attackers('steal-share party=chi').endTurn();
		expect(play.state.outputs).toHaveLength(1);
	});
});

describe('other attacks', () => {
	test('submit puts one request of theirs on the table at a time, to their account', () => {
		const play = Play.vault({requests: {bonus: {opens: 0, due: 6, by: 'people', amount: 5, to: 'staff', required: false}}}).attackers(
			'submit refund',
		);
		expect(play.refusal('attackers', 'submit bonus')).toContain('still open');
		expect(play.refusal('attackers', 'submit payroll')).toContain('not yours');
		play.operators();
		expect(play.view('operators').requests.find(({id}) => id === 'refund')).toMatchObject({to: 'thieves', isNew: true});
		play.operators('deny refund').endTurn().attackers('submit bonus');
	});

	test('swap-payload needs a way into the coordinator and an open request that is as displayed', () => {
		const play = Play.vault();
		expect(play.refusal('attackers', 'swap-payload payroll')).toContain('no way into the coordinator');
		const on = Play.vault({...one, deal: 'world: way-in at=coordinator'}).attackers('swap-payload payroll');
		expect(on.refusal('attackers', 'swap-payload payroll')).toContain('not the displayed one already');
		on.operators('deny vendor').endTurn();
		expect(on.refusal('attackers', 'swap-payload vendor')).toContain('not open any more');
	});

	test('standing orders lapse at the end of the turn', () => {
		const play = planted(one, 'ben').attackers('drop party=ben', 'corrupt-partial party=ben');
		expect(play.view('attackers').loot?.orders).toEqual(['drop party=ben', 'corrupt-partial party=ben']);
		expect(play.endTurn().view('attackers').loot?.orders).toEqual([]);
	});
});
