// Lines of the deal about generators, backups, copies and custodians: they make bytes and positions true, and what follows from these the equations say.
import {describe, expect, test} from 'vitest';
import {openBackup} from '../../source/ceremony/index.js';
import {backupKeyOf} from '../../source/engine/recovery.js';
import {Play} from './play.js';

const rich = {operators: {points: 9}, attackers: {points: 9}};
const ids = ['ada', 'ben', 'chi'];
const inSafe = Object.fromEntries(ids.map(id => [id, {domain: id, backup: 'safe'}]));

function dealt(deal: string, file: Record<string, unknown> = {}, controls: Record<string, 'on' | 'off'> = {}): Play {
	return Play.vault({deal, controls, file: {...rich, ...file}, suite: 'glass'});
}
const attempt = (play: Play, how: RegExp) => play.state.attempts.find(tried => how.test(tried.how ?? ''));
const forged = ({state}: Play) => state.outputs.filter(({request}) => request === '');
const told = (play: Play) => play.told('operators', 'result').join('\n');

describe('a weak generator at keygen', () => {
	const weak = (...at: readonly string[]) => at.map(id => `world: weak-generator at=${id}`).join('\n');

	test('gives its polynomial away, and no key while another dealer had chance of its own', () => {
		const play = dealt(weak('ada', 'ben')).endTurn();
		expect(attempt(play, /the generator of ben/)?.check).toMatchObject({holds: true, equation: 'a_0*G = D_0 of ben'});
		expect(attempt(play, /2 of 3 dealers/)?.check.holds).toBe(false);
		expect(forged(play)).toEqual([]);
		expect(play.state.loot).toEqual([]);
	});

	test.each([
		['every dealer', weak(...ids), {}],
		['the trusted dealer', weak('coordinator'), {keygen: 'dealer'}],
	])('of %s gives the key', (_who, deal, file) => {
		const play = dealt(deal, file).endTurn();
		expect(attempt(play, /constants of/)?.check).toMatchObject({holds: true, left: play.state.key?.commitments[0]});
		expect(forged(play)).toMatchObject([{state: 'final'}]);
	});

	test('is no help against a key that was made anew by machines with chance of their own', () => {
		const file = {parties: {...inSafe, dee: {domain: 'd', holds: false}, eli: {domain: 'e', holds: false}}};
		const play = dealt(weak('ada'), file).operators('rotate parties=dee,eli').endTurn();
		expect(attempt(play, /1 of 3 dealers/)?.check.holds).toBe(false);
		expect(play.state.attempts.filter(({epoch}) => epoch === play.state.key?.epoch)).toEqual([]);
	});

	test('repeats no nonce: signatures of that machine give nothing away', () => {
		const play = dealt(`${weak('ben')}\nworld: link at=ben`);
		for (const request of ['payroll', 'vendor']) play.attackers('eavesdrop party=ben').sign(request).endTurn();
		expect(play.state.attempts.filter(({how}) => how?.includes('nonce pair'))).toEqual([]);
	});
});

describe('backups as the deal has them', () => {
	const safe = (deal: string, controls: Record<string, 'on' | 'off'> = {}) => dealt(deal, {parties: inSafe}, controls);

	test('stale: the shares were refreshed before the game, and what lies there is a share of the epoch before', () => {
		const play = safe('world: stale-backup parties=ben');
		expect(play.state.turn).toBe(1);
		expect(play.state.records.map(({epoch}) => epoch)).toEqual([1, 2]);
		expect(play.state.backups.map(({party, epoch}) => [party, epoch])).toEqual([
			['ben', 1],
			['ada', 2],
			['chi', 2],
		]);
		const [old] = play.state.backups;
		expect(openBackup(old!.backup, backupKeyOf(play.game))).not.toBe(play.state.parties.ben?.keyShare?.share);
		play.operators('drill').endTurn();
		expect(play.state.backups.map(({drilled}) => drilled?.ok)).toEqual([false, true, true]);
	});

	test.each([
		['two of one epoch before the game', 'parties=ada,ben', true],
		['each of another epoch', 'parties=ada\nworld: stale-backup parties=ben', false],
	])('stale, %s: recovery by fingerprint says by an equation whether they make the key', (_what, line, makes) => {
		const play = safe(`world: stale-backup ${line}`, {'fingerprinted-backups': 'on'}).operators(
			'destroy-backups party=chi',
			'recover at=chi',
		);
		play.endTurn();
		expect(JSON.stringify(play.state.protocol).includes('burned')).toBe(makes);
	});

	test('stale is a matter of the deal: once the game has begun the line does nothing', () => {
		expect(safe('world: stale-backup parties=ben turn=2').endTurn().state.records).toHaveLength(1);
	});

	test.each([
		['poisoned-backup', 'The backup of ben at safe is of no use: s2*G = Y2 of epoch 1 fails'],
		['bad-tape', 'is of no use'],
	])('%s: it is on the register, and nobody knows before it is looked at', (verb, words) => {
		const play = safe(`world: ${verb} party=ben\nworld: lose-share party=ben turn=2`);
		expect(play.view('operators').backups).toEqual(safe('').view('operators').backups);
		play.endTurn().operators('repair party=ben from=backup').endTurn();
		expect(told(play)).toContain(words);
	});
});

describe('people and machines as the deal has them', () => {
	test('a custodian who keeps copies still has a share that everybody believes erased; t of them make the key', () => {
		const both = 'world: keeps-copies party=ada\nworld: keeps-copies party=ben\nworld: implanted at=ada\nworld: implanted at=ben';
		const play = dealt(both).operators('refresh').endTurn();
		expect(play.state.parties.ada?.older?.map(({epoch}) => epoch)).toEqual([1]);
		expect(play.state.parties.chi?.older).toBeUndefined();
		expect(play.view('operators').exposure.map(({parties}) => parties.length)).toEqual([0, 3]);
		// One machine of this epoch and the copies of another: each epoch for itself.
		play.attackers('steal-share party=ada').endTurn();
		expect(play.state.loot.map(({epoch}) => epoch)).toEqual([2, 1]);
		expect(forged(play)).toEqual([]);
	});

	test('who left at a reshare with a copy is half of an old quorum', () => {
		const five = {dee: {domain: 'd', holds: false}, ...inSafe};
		const deal = 'world: keeps-copies party=ben\nworld: way-in at=ben\nworld: keeps-copies party=chi\nworld: implanted at=chi';
		const play = dealt(deal, {parties: five}).operators('reshare threshold=2 parties=ada,dee').endTurn();
		expect(play.state.parties.ben?.keyShare).toBeUndefined();
		expect(play.told('operators', 'result').join('\n')).not.toContain('stale');
		play.attackers('implant party=ben', 'steal-share party=chi').endTurn().attackers('steal-share party=ben').endTurn();
		expect(play.state.attempts.at(-1)).toMatchObject({epoch: 1, check: {holds: true}});
		expect(forged(play)).toHaveLength(1);
	});

	test('an implant from before the game needs no turn to settle, and leaves no trace', () => {
		const play = dealt('world: implanted at=ben', {logging: {shares: 2}})
			.attackers('steal-share party=ben')
			.endTurn();
		expect(play.state.loot.map(({party}) => party)).toEqual(['ben']);
		expect(play.state.evidence.map(({kind}) => kind)).not.toContain('new software');
	});

	test.each([
		['bribable', ['bribe party=ben']],
		['bribed', []],
	])('%s: the custodian approves what pays the attackers', (verb, moves) => {
		const play = dealt(`world: ${verb} party=ben`).attackers(...moves, 'submit refund', 'end-turn');
		expect(play.request('refund').approvals.map(({party}) => party)).toEqual(['ben']);
		expect(dealt('').refusal('attackers', 'bribe party=ben')).toContain('takes no money');
	});

	test.each([
		['media-check', 'steal-backup party=ada'],
		['media-renewal', 'poison-backup party=ada'],
	])('%s reads like its attack', (cause, attack) => {
		const logging = {shares: 2};
		const hostile = dealt('world: way-in at=safe', {parties: inSafe, logging}).attackers(attack).endTurn();
		const innocent = dealt(`world: ${cause} party=ada`, {parties: inSafe, logging}).endTurn();
		const lines = (play: Play) => play.state.evidence.filter(({kind}) => kind.startsWith('backup ')).map(({kind, text}) => [kind, text]);
		expect(lines(hostile)).toHaveLength(1);
		expect(lines(innocent)).toEqual(lines(hostile));
	});
});
