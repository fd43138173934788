// Backups: what is deposited, what a drill finds, what can be restored and recovered from them, and what that does to the key.
import {describe, expect, test} from 'vitest';
import {verifyOutput} from '../../source/ceremony/index.js';
import {Play} from './play.js';

const rich = {
	operators: {points: 9},
	attackers: {points: 9},
	turns: 9,
	parties: {
		ada: {domain: 'office', backup: 'safe-a'},
		ben: {domain: 'cloud', backup: 'safe-b'},
		chi: {domain: 'datacentre'},
	},
};
const vault = (deal = '', controls: Record<string, 'on' | 'off'> = {}) => Play.vault({deal, controls, file: rich});

test('a party with a place has a backup from the start, and one without has none', () => {
	const play = vault();
	expect(play.view('operators').backups).toMatchObject([
		{party: 'ada', place: 'safe-a', epoch: 1},
		{party: 'ben', place: 'safe-b', epoch: 1},
	]);
	expect(play.refusal('operators', 'back-up party=chi')).toContain('no place');
	const text = JSON.stringify(play.view('operators'));
	expect(text).not.toContain(play.state.parties.ada!.keyShare!.share);
});

describe('back-up', () => {
	test('deposits the share of the epoch in force', () => {
		const play = vault().operators('refresh').endTurn().operators('back-up party=ada');
		expect(play.state.backups.at(-1)).toMatchObject({party: 'ada', epoch: 2, place: 'safe-a'});
	});

	test('refuses to deposit a share that does not fit its commitment', () => {
		const play = vault('world: bad-disk party=ada').operators('back-up party=ada');
		expect(play.state.backups).toHaveLength(2);
		expect(play.lastTold('operators', 'result')).toContain('nothing was deposited');
	});
});

describe('drill', () => {
	test('tells a current backup from a stale one', () => {
		const play = vault('', {'fingerprinted-backups': 'on'}).operators('drill');
		expect(play.view('operators').backups.map(({drilled}) => drilled?.result)).toEqual(['ok', 'ok']);
		play.operators('refresh').endTurn().operators('back-up party=ben', 'drill');
		expect(play.view('operators').backups.map(({drilled}) => drilled?.result)).toEqual(['BAD', 'BAD', 'ok']);
	});

	test('a whole one burns the key, and an implant there has it', () => {
		const quiet = vault().operators('drill at=coordinator');
		expect(quiet.state.protocol).toEqual({compromised: {burned: 'idle'}});
		expect(quiet.state.loot).toEqual([]);
		expect(quiet.refusal('operators', 'drill at=coordinator')).toContain('compromised');
		const watched = vault('world: way-in at=coordinator')
			.attackers('implant party=coordinator')
			.operators('drill at=coordinator')
			.endTurn();
		expect(watched.state.loot).toMatchObject([{party: 'coordinator', index: 0}]);
		expect(watched.state.attempts.at(-1)?.check).toMatchObject({holds: true, equation: 'k*G = PK'});
		expect(watched.state.outputs).toMatchObject([{request: '', state: 'final'}]);
	});
});

describe('repair from a backup', () => {
	test('restores a lost share without helpers', () => {
		const play = vault('world: lose-share party=ada').operators('repair party=ada from=backup').endTurn();
		expect(play.state.parties.ada?.keyShare?.epoch).toBe(1);
		play.sign('vendor', 'ada,chi').endTurn();
		expect(play.stateOf('vendor')).toBe('released');
	});

	test.each(['on', 'off'] as const)('of an earlier epoch restores nothing (fingerprints %s)', control => {
		const play = vault('world: lose-share party=ada turn=2', {'fingerprinted-backups': control}).operators('refresh').endTurn();
		play.operators('repair party=ada from=backup').endTurn();
		expect(play.state.parties.ada?.keyShare).toBeUndefined();
		expect(play.lastTold('operators', 'result')).toContain('of no use');
	});
});

describe('recover', () => {
	test('sweeps at once, burns the key and names the machine', () => {
		const play = vault().operators('recover at=coordinator').endTurn();
		const {key} = play.state;
		expect(play.state.protocol).toEqual({compromised: {burned: 'idle'}});
		const [sweep] = play.state.outputs;
		expect(sweep).toMatchObject({request: 'sweep', state: 'final'});
		expect(verifyOutput(key!.suite, key!.publicKey, sweep!.message, sweep!.signature)).toBe(true);
		expect(play.state.unauthorisedFinalAt).toBe(0);
		play.operators('approve payroll party=ada basis=display', 'approve payroll party=ben basis=display');
		expect(play.refusal('operators', 'sign payroll parties=ada,ben')).toContain('compromised');
		play.operators('rotate').endTurn();
		expect(play.state.retiring[0]).toMatchObject({sweep: 'sweep'});
		expect(play.state.retiring[0]?.sweptAt).toBeGreaterThan(0);
		play.sign('vendor', 'ben,chi').endTurn();
		expect(play.stateOf('vendor')).toBe('released');
	});

	test('an implant on that machine has the key', () => {
		const play = vault('world: way-in at=chi').attackers('implant party=chi').operators('recover at=chi').endTurn();
		expect(play.state.loot).toMatchObject([{party: 'chi', index: 0}]);
		expect(play.state.outputs.find(({request}) => request === '')).toMatchObject({state: 'final'});
	});

	test('works while the policy is frozen, and goes back to that where it fails', () => {
		const mixed = () => vault('', {'fingerprinted-backups': 'off'}).operators('refresh').endTurn().operators('back-up party=ben');
		const frozen = mixed().operators('freeze', 'recover at=ada').endTurn();
		expect(frozen.state.protocol).toEqual({suspended: {frozen: 'idle'}});
		const open = mixed().operators('recover at=ada').endTurn();
		expect(open.state.protocol).toEqual({active: 'idle'});
		expect(open.state.outputs).toEqual([]);
	});

	test.each([
		['on', 'burned'],
		['off', 'idle'],
	] as const)('with a backup of another epoch between them (fingerprints %s)', (control, ends) => {
		const play = vault('', {'fingerprinted-backups': control}).operators('refresh').endTurn().operators('back-up party=ada').endTurn();
		play.operators('recover at=ada').endTurn();
		expect(JSON.stringify(play.state.protocol)).toContain(ends);
	});

	test('needs backups of as many parties as the threshold', () => {
		const play = vault().operators('destroy-backups party=ada');
		expect(play.refusal('operators', 'recover at=ada')).toContain('needs backups of 2 parties, has 1');
		expect(play.refusal('operators', 'recover at=log')).toContain('no party');
	});
});

describe('destroy-backups', () => {
	test('erases those of earlier epochs, or all of a party', () => {
		const play = vault();
		expect(play.refusal('operators', 'destroy-backups')).toContain('no backup of an earlier epoch');
		play.operators('refresh').endTurn().operators('back-up party=ada', 'destroy-backups');
		expect(play.state.backups.map(({party, epoch}) => [party, epoch])).toEqual([['ada', 2]]);
	});

	test('is what the end of a rotated key waits for', () => {
		const play = vault().operators('rotate').endTurn().sign('sweep').endTurn().endTurn();
		expect(play.state.retiring[0]?.machine).toBe('deactivated');
		play.operators('destroy-backups').endTurn();
		expect(play.state.retiring[0]?.machine).toBe('destroyed');
	});
});
