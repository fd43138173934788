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
const shareState = (play: Play, party: string) => (play.state.parties[party]!.machine as {share: string}).share;

/** A payment that these two sign, to its end: the key works. */
function pays(play: Play, parties: string, request = 'vendor'): void {
	play.sign(request, parties).endTurn();
	expect(play.lastCeremony.status).toBe('done');
	expect(play.stateOf(request)).toBe('released');
}

test('what a dealer sends and a receiver answers is told in a sentence, of the key and of new shares', () => {
	const play = Play.vault({file: {operators: {points: 9}}})
		.operators('refresh')
		.endTurn();
	const {ceremonies} = play.view('operators');
	const told = (kind: string, round: number) =>
		ceremonies.find(each => each.kind === kind)!.messages.find(message => message.round === round)?.explains;
	expect(told('keygen', 1)).toContain('commits to its polynomial and proves that it knows the constant');
	expect(told('refresh', 1)).toContain('commits to a polynomial of its own');
	for (const {check} of ceremonies.flatMap(({messages}) => messages)) expect(check).not.toMatch(/[a-z][A-Z][a-z]/);
});

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
		const play = Play.vault({file: rich}).operators(
			'approve payroll party=ada basis=display',
			'approve payroll party=ben basis=display',
			'refresh',
		);
		expect(play.view('operators').points.have).toBe(7);
		expect(play.refusal('operators', 'sign payroll parties=ada,ben')).toContain('refresh locks the key');
		expect(play.refusal('operators', 'reshare threshold=2 parties=ada,ben')).toContain('both need the key');
	});
});

describe('a holder that misses a refresh', () => {
	test('is left with a stale share: it approves and signs nothing until it is repaired', () => {
		const play = Play.vault({file: rich}).operators('refresh parties=ada,ben').endTurn();
		expect(epochs(play)).toEqual({ada: 2, ben: 2, chi: 1});
		expect(shareState(play, 'chi')).toBe('stale');
		expect(play.refusal('operators', 'approve payroll party=chi basis=display')).toContain('no share of epoch 2');
		play.operators('repair party=chi').endTurn();
		expect(play.lastCeremony).toMatchObject({kind: 'repair', status: 'done'});
		expect(epochs(play)).toEqual({ada: 2, ben: 2, chi: 2});
		pays(play, 'ben,chi');
	});

	test('counts in the exposure of the old epoch', () => {
		const play = Play.vault({file: rich, controls: {'erase-old-shares': 'on'}})
			.operators('refresh parties=ada,ben')
			.endTurn();
		expect(play.view('operators').exposure).toMatchObject([
			{epoch: 1, parties: ['chi'], equation: {holds: true}},
			{epoch: 2, parties: ['ada', 'ben'], isInForce: true, equation: {holds: false}},
		]);
	});
});

describe('an abort', () => {
	test.each(['refresh', 'reshare threshold=2 parties=ada,ben,chi', 'rotate'])(
		'of %s by a lost message leaves the old epoch signing',
		line => {
			const play = Play.vault({deal: 'world: link at=chi', file: rich}).attackers('drop party=chi');
			play.operators(line).endTurn();
			expect(play.lastCeremony.status).toBe('aborted');
			expect(epochs(play)).toEqual({ada: 1, ben: 1, chi: 1});
			expect(play.lastTold('operators', 'result')).toContain('all shares are as they were');
			pays(play, 'ada,ben');
		},
	);

	test('by a wrong deal names its dealer', () => {
		const play = Play.vault({deal: 'world: way-in at=ben', file: rich}).attackers('implant party=ben', 'corrupt-deal party=ben');
		play.operators('refresh').endTurn();
		expect(play.lastCeremony.blamed.map(({member}) => member)).toContain('ben');
		expect(play.lastCeremony.blamed.map(({member}) => member)).not.toContain('ada');
		pays(play, 'ada,chi');
	});
});

describe('ack before erase', () => {
	const start = (control: 'on' | 'off') =>
		Play.vault({deal: 'world: link at=chi', file: rich, controls: {'ack-before-erase': control}}).attackers('drop party=chi round=3');

	test('on: one receiver that goes dark aborts, and everybody keeps what it had', () => {
		const play = start('on').operators('reshare threshold=3 parties=ada,ben,chi').endTurn();
		expect(play.lastCeremony.status).toBe('aborted');
		expect(epochs(play)).toEqual({ada: 1, ben: 1, chi: 1});
		pays(play, 'ada,ben');
	});

	test('off: the others have erased, and too few are left of either epoch', () => {
		const play = start('off').operators('reshare threshold=3 parties=ada,ben,chi').endTurn();
		expect(epochs(play)).toEqual({ada: 2, ben: 2, chi: 1});
		expect(shareState(play, 'chi')).toBe('stale');
		expect(play.state.key).toMatchObject({epoch: 2, threshold: 3});
		play.operators('approve vendor party=ada basis=display', 'approve vendor party=ben basis=display');
		expect(play.refusal('operators', 'sign vendor parties=ada,ben')).toContain('needs 3 parties');
		expect(play.refusal('operators', 'refresh')).toContain('needs 3 holders');
	});
});

describe('reshare', () => {
	test('to a new committee and threshold: parties join, leave, and the public key stays', () => {
		const play = Play.vault({file: {...rich, ...five}});
		const {publicKey} = play.state.key!;
		expect(play.state.parties.dee?.keyShare).toBeUndefined();
		play.operators('approve payroll party=ada basis=display', 'approve payroll party=chi basis=display');
		play.operators('reshare threshold=3 parties=ben,chi,dee,eli').endTurn();
		expect(epochs(play)).toEqual({ada: 0, ben: 2, chi: 2, dee: 2, eli: 2});
		expect(shareState(play, 'ada')).toBe('none');
		expect(play.state.key).toMatchObject({publicKey, threshold: 3, epoch: 2});
		expect(play.request('payroll').approvals.map(({party}) => party)).toEqual(['chi']);
		expect(play.stateOf('payroll')).toBe('open');
		expect(play.refusal('operators', 'approve payroll party=ada basis=display')).toContain('no share');
		pays(play, 'chi,dee,eli');
		expect(play.refusal('operators', 'reshare threshold=2 parties=ada,ben')).toContain('for good');
	});

	test('wants a threshold that the committee can meet', () => {
		const play = Play.vault({file: rich});
		expect(play.refusal('operators', 'reshare threshold=4 parties=ada,ben,chi')).toContain('from 2 to the number of holders 3');
	});

	test.each([
		['on', 0],
		['off', 1],
	] as const)('erase old shares %s: two that left keep %i key', (control, forged) => {
		const play = Play.vault({
			deal: 'world: way-in at=ada\nworld: way-in at=ben',
			controls: {'erase-old-shares': control},
			file: {...rich, ...five},
		});
		play.attackers('implant party=ada', 'implant party=ben').operators('reshare threshold=2 parties=chi,dee,eli').endTurn();
		if (control === 'off') play.attackers('steal-share party=ada', 'steal-share party=ben');
		else expect(play.state.parties.ada?.keyShare).toBeUndefined();
		play.endTurn();
		expect(play.state.outputs.filter(({request}) => request === '')).toHaveLength(forged);
		if (forged) expect(play.state.attempts.at(-1)?.check).toMatchObject({holds: true});
	});
});

describe('stolen shares and epochs', () => {
	const implanted = () =>
		Play.vault({deal: 'world: way-in at=ada\nworld: way-in at=ben', file: rich})
			.attackers('implant party=ada', 'implant party=ben')
			.endTurn();

	test('a refresh in time makes one share worthless: shares of two epochs are not the key', () => {
		const play = implanted().attackers('steal-share party=ada').endTurn().operators('refresh').endTurn();
		play.attackers('steal-share party=ben').endTurn();
		expect(play.state.loot.map(({party, epoch}) => [party, epoch])).toEqual([
			['ada', 1],
			['ben', 2],
		]);
		expect(play.state.outputs).toEqual([]);
	});

	test('whoever is inside during a refresh has the shares of both epochs', () => {
		const play = implanted().attackers('steal-share party=ada').operators('refresh').endTurn();
		expect(play.state.loot.map(({party, epoch}) => [party, epoch])).toEqual([
			['ada', 1],
			['ada', 2],
		]);
	});

	test('refresh does not revoke: two shares of the old epoch still make the key', () => {
		const play = implanted().attackers('steal-share party=ada', 'steal-share party=ben').operators('refresh').endTurn();
		const forged = play.state.outputs.find(({request}) => request === '');
		expect(forged).toMatchObject({state: 'final'});
		expect(play.state.attempts.some(({epoch, check}) => epoch === 1 && check.holds)).toBe(true);
	});
});

describe('repair', () => {
	test('needs t sound helpers: one with a bad disk is named, and the lost share stays lost', () => {
		const play = Play.vault({deal: 'world: bad-disk party=ada\nworld: lose-share party=chi', file: rich});
		expect(shareState(play, 'chi')).toBe('lost');
		expect(play.refusal('operators', 'inspect party=chi')).toContain('no share');
		const before = play.state.parties.ada?.keyShare?.share;
		expect(play.refusal('operators', 'repair party=ada')).toContain('needs 2 helpers, got 1');
		expect(play.refusal('operators', 'repair party=chi parties=ada,chi')).toContain("can't help itself");
		play.operators('repair party=chi').endTurn();
		expect(play.lastCeremony.status).toBe('aborted');
		expect(play.lastCeremony.blamed.map(({member}) => member)).toEqual(['ada']);
		expect(play.state.parties.ada?.keyShare?.share).toBe(before);
	});

	test('locks the key and needs a target that answers', () => {
		const play = Play.vault({deal: 'world: maintenance party=chi turns=1', file: rich});
		expect(play.refusal('operators', 'repair party=chi')).toContain("can't be reached");
		play.endTurn().operators('repair party=chi');
		expect(play.refusal('operators', 'rotate')).toContain('both need the key');
	});
});
