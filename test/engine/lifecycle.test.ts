// Refresh, reshare and repair as the table plays them: who holds what afterwards, what an abort leaves, and what stays true of stolen shares.
import {describe, expect, test} from 'vitest';
import {Play} from './play.js';

const rich = {operators: {points: 9}, attackers: {points: 9}};
const five = {
	parties: {
		ada: {domain: 'office'},
		ben: {domain: 'cloud'},
		chi: {domain: 'datacentre'},
		dee: {domain: 'office', holds: false},
		eli: {domain: 'cloud', holds: false},
	},
};

const epochs = (play: Play) => Object.fromEntries(Object.entries(play.state.parties).map(([id, {keyShare}]) => [id, keyShare?.epoch ?? 0]));
const shareState = (play: Play, party: string) => (play.state.parties[party]?.machine as {share: string}).share;

/** A payment that these two sign, to its end: the key works. */
function pays(play: Play, parties: string, request = 'vendor'): void {
	play.sign(request, parties).endTurn();
	expect(play.lastCeremony.status).toBe('done');
	expect(play.stateOf(request)).toBe('released');
}

describe('refresh', () => {
	test('gives all holders new shares of the same key, and the machines erase the old ones', () => {
		const play = Play.vault({file: rich});
		const before = play.state;
		play.operators('refresh').endTurn();
		expect(play.lastCeremony).toMatchObject({kind: 'refresh', status: 'done', epoch: 2});
		expect(epochs(play)).toEqual({ada: 2, ben: 2, chi: 2});
		expect(play.state.key?.publicKey).toBe(before.key?.publicKey);
		expect(play.state.parties.ada?.keyShare?.share).not.toBe(before.parties.ada?.keyShare?.share);
		expect(play.state.parties.ada?.older).toBeUndefined();
		expect(play.state.records.map(({epoch}) => epoch)).toEqual([1, 2]);
		pays(play, 'ada,chi');
	});

	test('costs 2 and locks the key for this resolve', () => {
		const play = Play.vault({file: rich}).operators('approve payroll party=ada basis=display', 'approve payroll party=ben basis=display', 'refresh');
		expect(play.view('operators').points.have).toBe(7);
		expect(play.refusal('operators', 'sign payroll parties=ada,ben')).toContain('refresh locks the key');
		expect(play.refusal('operators', 'reshare threshold=2 parties=ada,ben')).toContain('both need the key');
	});
});
