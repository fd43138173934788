// A dealer that deals a polynomial of one degree more: where nobody counts commitments, t shares of the new epoch sign nothing, and t+1 do.
import {describe, expect, test} from 'vitest';
import {Play} from './play.js';

const rich = {operators: {points: 9}, attackers: {points: 9}};
const four = {ada: {domain: 'a'}, ben: {domain: 'b'}, chi: {domain: 'c'}, dee: {domain: 'd', holds: false}};
const ceremonies = [
	'refresh',
	'reshare threshold=2 parties=ada,ben,chi,dee',
	'reshare threshold=2 parties=ada,chi,dee',
	'rotate',
	'keygen',
];

function raised(line: string, control: 'on' | 'off'): Play {
	const controls = {'commitment-lengths': control, 'verify-partials': 'on'} as const;
	const deal = line === 'keygen' ? 'world: keygen-attack at=ben by=extra-coefficient' : 'world: implanted at=ben';
	const play = Play.vault({controls, deal, file: {...rich, parties: four}, suite: 'glass'});
	return line === 'keygen' ? play : play.attackers('extra-coefficient party=ben').operators(line).endTurn();
}

describe.each(ceremonies)('in %s', line => {
	test('commitments are counted: the dealer is blamed, and nobody else; what was there signs', () => {
		const play = raised(line, 'on');
		const attacked = play.state.ceremonies[line === 'keygen' ? 0 : 1]!;
		expect(attacked).toMatchObject({status: 'aborted', blamed: [{member: 'ben', check: {name: 'commitmentLength', holds: false}}]});
		expect(attacked.blamed).toHaveLength(1);
		play.sign('payroll', 'ada,chi').endTurn();
		expect(play.stateOf('payroll')).toBe('released');
	});

	test('nobody counts them: every partial holds, their sum is no signature, and the record still says t', () => {
		const play = raised(line, 'off');
		expect(play.state.key).toMatchObject({threshold: 2});
		expect(play.state.key?.commitments).toHaveLength(3);
		play.sign('payroll', 'ada,chi').endTurn();
		expect(play.lastCeremony).toMatchObject({status: 'aborted', blamed: []});
		const checks = (name: string) => play.lastCeremony.checks.filter(check => check.name === name).map(({holds}) => holds);
		expect(checks('verifyPartials')).toEqual([true, true]);
		expect(checks('signature')).toEqual([false]);
	});
});

test('one signer more than the record asks for, and the new epoch signs', () => {
	const play = raised('refresh', 'off').sign('payroll', 'ada,ben,chi').endTurn();
	expect(play.stateOf('payroll')).toBe('released');
});

test('an implant that is gone before the ceremony runs deals nothing', () => {
	const play = Play.vault({controls: {'commitment-lengths': 'off'}, deal: 'world: implanted at=ben', file: rich, suite: 'glass'});
	play.attackers('extra-coefficient party=ben').operators('inspect party=ben depth=full', 'refresh').endTurn();
	expect(play.state.key?.commitments).toHaveLength(2);
});
