// Attackers on machines and lines: copies of memories, recordings, replayed messages, bribed custodians, and a keygen with an implant in it.
// What they win, equations say; each control is one check, played off and on.
import {describe, expect, test} from 'vitest';
import {Play} from './play.js';

const rich = {attackers: {points: 9, bribable: ['ada', 'chi']}, operators: {points: 9}};
type Setting = 'on' | 'off';
const both = ['off', 'on'] as const;

/** Requests that can each be signed in a turn of their own. */
const four = {
	payroll: {due: 8},
	vendor: {due: 8},
	rent: {opens: 1, due: 8, by: 'people', amount: 5, to: 'house'},
	fees: {opens: 1, due: 8, by: 'people', amount: 6, to: 'bank'},
};

interface Options {
	readonly deal?: string;
	readonly controls?: Readonly<Record<string, Setting>>;
	readonly file?: Readonly<Record<string, unknown>>;
}

function table({deal = 'world: way-in at=ben', controls = {}, file = {}}: Options = {}): Play {
	return Play.vault({deal, controls, file: {...rich, turns: 8, ...file}, requests: four});
}

describe('a machine that is set back', () => {
	/** ben signs, is set back, signs, is set back, signs. */
	function setBackTwice(play: Play): Play {
		play.attackers('implant party=ben', 'snapshot party=ben').sign('payroll').endTurn();
		play.attackers('restore-snapshot party=ben').sign('vendor').endTurn();
		return play.attackers('restore-snapshot party=ben').sign('rent').endTurn();
	}

	test('snapshot and restore-snapshot need an implant, a copy, and draws since then', () => {
		const play = table();
		expect(play.refusal('attackers', 'snapshot party=ben')).toContain('no implant on ben');
		play.attackers('implant party=ben');
		expect(play.refusal('attackers', 'restore-snapshot party=ben')).toContain('no copy');
		play.attackers('snapshot party=ben');
		expect(play.refusal('attackers', 'snapshot party=ben')).toContain('as good as a new one');
		expect(play.refusal('attackers', 'restore-snapshot party=ben')).toContain('nothing would repeat');
	});

	test('three answers on one nonce pair give the share; two leave a line of candidates', () => {
		const play = setBackTwice(table());
		const attempts = play.state.attempts.filter(({how}) => how?.includes('nonce pair'));
		expect(attempts.map(({how, check}) => [how, check.holds])).toEqual([
			['2 answers on one nonce pair', false],
			['3 answers on one nonce pair', true],
		]);
		expect(play.state.loot).toMatchObject([{party: 'ben', index: 2, share: play.state.parties.ben!.keyShare!.share}]);
		expect(play.told('attackers', 'result').join()).toContain('every share still fits');
		expect(play.state.attempts.at(-1)).toMatchObject({indices: [2], check: {name: 'reconstruction', holds: false}});
	});

	test('a share from nonces and a stolen one are the key', () => {
		const play = table({deal: 'world: way-in at=ben\nworld: way-in at=ada'});
		setBackTwice(play).attackers('implant party=ada').endTurn().attackers('steal-share party=ada').endTurn();
		expect(play.state.outputs.at(-1)).toMatchObject({request: '', state: 'final'});
	});

	test.each(both)('nonce guard %s', setting => {
		const play = table({controls: {'nonce-guard': setting}});
		play.attackers('implant party=ben', 'snapshot party=ben').sign('payroll').endTurn();
		play.attackers('restore-snapshot party=ben').sign('vendor').endTurn();
		const [first, second] = play.state.shownNonces;
		if (setting === 'off') {
			expect(second).toMatchObject({hiding: first!.hiding, binding: first!.binding});
			expect(play.state.evidence.map(({text}) => text)).toContainEqual(
				expect.stringContaining('ben showed the commitments D, E of c2 again in c3'),
			);
			return;
		}
		expect(second).toBeUndefined();
		expect(play.stateOf('vendor')).toBe('approved');
		expect(play.state.inbox.operators.findLast(({check}) => check)?.check).toMatchObject({
			name: 'nonceGuard',
			holds: false,
			left: '1',
			right: '2',
		});
		expect(play.refusal('operators', 'sign vendor parties=ada,ben')).toContain('still holds nonces');
		play.operators('discard-nonces party=ben', 'sign vendor parties=ada,ben').endTurn();
		expect(play.stateOf('vendor')).toBe('released');
		expect(play.state.shownNonces.map(({hiding}) => hiding === first!.hiding)).toEqual([true, false]);
		expect(play.state.attempts).toEqual([]);
	});

	test('rejoin seeds a machine anew', () => {
		const play = table();
		play.attackers('implant party=ben', 'snapshot party=ben').sign('payroll').endTurn();
		play.attackers('restore-snapshot party=ben').operators('isolate party=ben').endTurn();
		play.operators('rejoin party=ben').sign('vendor').endTurn();
		expect(new Set(play.state.shownNonces.map(({hiding}) => hiding)).size).toBe(2);
	});

	test('an innocent restore leaves the same trace', () => {
		const play = table({deal: 'world: rollback party=ben turn=2'}).sign('payroll').endTurn();
		play.sign('vendor').endTurn();
		play.sign('rent').endTurn();
		expect(play.state.loot).toEqual([]);
	});
});

describe('a stuck generator', () => {
	test('makes d = e, and two answers give the share', () => {
		const play = table({deal: 'world: stuck-generator party=ben\nworld: link at=ben'});
		play.attackers('eavesdrop party=ben').sign('payroll').endTurn();
		play.attackers('eavesdrop party=ben').sign('vendor').endTurn();
		expect(play.state.shownNonces.every(({hiding, binding}) => hiding === binding)).toBe(true);
		expect(play.state.loot).toMatchObject([
			{party: 'ben', how: '2 answers on one nonce pair', share: play.state.parties.ben!.keyShare!.share},
		]);
	});

	test('two answers of a sound one give nothing to solve', () => {
		const play = table({deal: 'world: link at=ben'});
		play.attackers('eavesdrop party=ben').sign('payroll').endTurn();
		play.attackers('eavesdrop party=ben').sign('vendor').endTurn();
		expect([play.state.attempts, play.state.loot]).toEqual([[], []]);
	});
});

describe('recordings', () => {
	test('eavesdrop needs a link, and records what passes it in this resolve', () => {
		const play = table({deal: 'world: link at=ben'});
		expect(play.refusal('attackers', 'eavesdrop party=ada')).toContain('not on the link');
		play.attackers('eavesdrop party=ben').sign('payroll').endTurn();
		const recorded = play.state.recorded;
		expect(recorded.map(({from, to, round}) => `${from} ${to} ${round}`)).toEqual([
			'ben coordinator 1',
			'coordinator ben 2',
			'ben coordinator 2',
		]);
		play.sign('vendor').endTurn();
		expect(play.state.recorded).toHaveLength(recorded.length);
	});

	test('replay-message needs a recorded message', () => {
		const play = table({deal: 'world: link at=ben'});
		expect(play.refusal('attackers', 'replay-message message=m1')).toContain('recorded no message');
		play.attackers('eavesdrop party=ben').sign('payroll').endTurn();
		expect(play.refusal('attackers', 'replay-message message=m9')).toContain('no recording "m9"');
		play.attackers('replay-message message=m1');
		expect(play.refusal('attackers', 'replay-message message=m1')).toContain('ordered already');
	});

	test.each(both)('an old message is replayed, envelope context %s', setting => {
		const play = table({deal: 'world: link at=ben', controls: {'envelope-context': setting}});
		play.attackers('eavesdrop party=ben').sign('payroll').endTurn();
		play.attackers('replay-message message=m1').sign('vendor').endTurn();
		const {status, blamed, messages} = play.lastCeremony;
		const failed = messages.flatMap(({checks}) => checks).filter(({holds}) => !holds);
		if (setting === 'on') {
			expect([status, failed.map(({name}) => name)]).toEqual(['done', ['context']]);
			return;
		}
		// ben's own signature under old commitments speaks against it: an honest party is blamed.
		expect([status, blamed.map(({member, check}) => `${member} ${check.name}`)]).toEqual(['aborted', ['ben ownCommitment']]);
	});
});

describe('bribed custodians', () => {
	const parties = {ada: {domain: 'office'}, ben: {domain: 'cloud'}, chi: {domain: 'office'}};
	const bought = (controls: Readonly<Record<string, Setting>>) =>
		table({controls, file: {parties}}).attackers('bribe party=ada', 'bribe party=chi', 'submit refund').endTurn();

	test('bribe takes only whom the scenario names, once', () => {
		const play = table();
		expect(play.refusal('attackers', 'bribe party=ben')).toContain('takes no money');
		play.attackers('bribe party=ada');
		expect(play.refusal('attackers', 'bribe party=ada')).toContain('yours already');
		expect(Play.vault().refusal('attackers', 'bribe party=ada')).toContain('takes no money');
	});

	test('one approves what pays the attackers, and nothing else', () => {
		const play = table().attackers('bribe party=ada', 'submit refund').endTurn();
		expect(play.request('refund').approvals).toMatchObject([{party: 'ada', basis: 'display'}]);
		expect(play.request('payroll').approvals).toEqual([]);
		expect(play.state.outputs).toEqual([]);
	});

	test.each(both)('two of one domain are a quorum, distinct domains %s', setting => {
		const play = bought({'distinct-domains': setting});
		expect(play.state.decisions).toMatchObject([
			setting === 'off' ? {request: 'refund', verdict: 'allow'} : {request: 'refund', verdict: 'deny', rule: 'distinct-domains'},
		]);
		expect(play.state.outputs).toMatchObject([{state: setting === 'off' ? 'released' : 'recalled'}]);
		expect(play.finish().state.end?.outcome === 'attackers').toBe(setting === 'off');
	});
});

describe('a keygen with an implant in it', () => {
	const attack = (by: string, at: readonly string[], controls: Readonly<Record<string, Setting>>) =>
		table({deal: at.map(id => `world: keygen-attack at=${id} by=${by}`).join('\n'), controls});
	const blamed = (play: Play) => play.state.ceremonies[0]?.blamed.map(({member, check}) => `${member} ${check.name}`);

	test.each(both)('corrupt-deal, Feldman check %s', setting => {
		const play = attack('corrupt-deal', ['ben'], {'feldman-check': setting});
		if (setting === 'on') {
			expect([play.state.ceremonies.map(({status}) => status), blamed(play)]).toEqual([['aborted', 'done'], ['ben feldman']]);
			expect(play.state.footholds.ben).toEqual({wayIn: false, link: false});
			expect(play.sign('payroll').endTurn().state.outputs).toMatchObject([{state: 'released'}]);
			return;
		}
		expect(play.sign('payroll').endTurn().lastCeremony).toMatchObject({status: 'aborted', blamed: [{member: 'ada'}]});
	});

	test.each(both)('equivocate, echo broadcast %s', setting => {
		const play = attack('equivocate', ['ben'], {'echo-broadcast': setting});
		if (setting === 'on') {
			expect(blamed(play)).toEqual(['ben echo']);
			expect(play.sign('payroll', 'ada,chi').endTurn().state.outputs).toMatchObject([{state: 'released'}]);
			return;
		}
		// chi was shown another polynomial: its share is sound by what it saw, and useless to the others.
		const {ada, chi} = play.state.parties;
		expect(chi!.keyShare!.commitments).not.toEqual(ada!.keyShare!.commitments);
		expect(play.sign('payroll', 'ada,chi').endTurn().lastCeremony).toMatchObject({status: 'aborted', blamed: [{member: 'chi'}]});
	});

	test.each(both)('rogue-key with one honest party, proof of possession %s', setting => {
		const play = attack('rogue-key', ['ada', 'ben'], {'proof-of-possession': setting}).endTurn();
		const own = play.state.attempts.find(({how}) => how === 'rogue key');
		if (setting === 'on') {
			expect([blamed(play), own?.check.holds]).toEqual([['ada proofOfPossession'], false]);
			expect(play.state.outputs).toEqual([]);
			return;
		}
		expect(own?.check).toMatchObject({equation: 'x*G = PK', holds: true});
		expect(play.state.outputs).toMatchObject([{request: '', state: 'final', finalAt: 1}]);
	});

	test('rogue-key fails against two honest parties, with no proof asked for', () => {
		const play = attack('rogue-key', ['ada'], {'proof-of-possession': 'off'}).endTurn();
		expect(blamed(play)).toEqual(['ada feldman']);
		expect(play.state.outputs).toEqual([]);
	});
});

describe('implants in later ceremonies', () => {
	test.each(both)('rogue-key in a rotation, proof of possession %s', setting => {
		const play = table({deal: 'world: way-in at=ada\nworld: way-in at=ben', controls: {'proof-of-possession': setting}});
		const old = play.state.key!.publicKey;
		play.attackers('implant party=ada', 'implant party=ben').endTurn();
		play.attackers('rogue-key party=ada').operators('rotate').endTurn();
		const own = play.state.attempts.find(({how}) => how === 'rogue key');
		if (setting === 'on') {
			expect([play.state.key!.publicKey, own?.check.holds, play.state.outputs]).toEqual([old, false, []]);
			return;
		}
		expect(play.state.key!.publicKey).not.toBe(old);
		expect(own?.check.holds).toBe(true);
		expect(play.state.outputs.at(-1)).toMatchObject({request: '', state: 'final'});
	});

	test.each(both)('corrupt-deal in a refresh, Feldman check %s', setting => {
		const play = table({controls: {'feldman-check': setting}})
			.attackers('implant party=ben', 'corrupt-deal party=ben')
			.operators('refresh')
			.endTurn();
		expect(play.state.key!.epoch).toBe(setting === 'on' ? 1 : 2);
		expect(play.sign('payroll', 'ada,chi').endTurn().state.outputs).toHaveLength(setting === 'on' ? 1 : 0);
	});

	test('equivocate in a refresh is proven by echo broadcast', () => {
		const play = table().attackers('implant party=ben', 'equivocate party=ben').operators('refresh').endTurn();
		expect(play.lastCeremony).toMatchObject({status: 'aborted', blamed: [{member: 'ben', check: {name: 'echo'}}]});
	});

	test('a share that an equivocating dealer fitted to another record takes no part in the next refresh, and is named', () => {
		const play = table({controls: {'echo-broadcast': 'off'}})
			.attackers('implant party=ben', 'equivocate party=ben')
			.operators('refresh')
			.endTurn();
		const {key, parties} = play.state;
		const misled = Object.keys(parties).filter(id => parties[id]!.keyShare!.commitments.join() !== key!.commitments.join());
		expect(misled.length).toBeGreaterThan(0);
		play.operators('refresh').endTurn();
		expect(play.state.key!.epoch).toBe(key!.epoch);
		const told = play.state.inbox.operators.map(({text}) => text).join(' ');
		expect(told).toContain(
			`${misled.join(' and ')} ${misled.length === 1 ? 'holds' : 'hold'} no share that fits the key in force: repair that first`,
		);
	});

	test.each(both)('plain values of a refresh move a stolen share to the new epoch, sealed transport %s', setting => {
		const play = table({controls: {'sealed-transport': setting}})
			.attackers('implant party=ben')
			.endTurn();
		play.attackers('steal-share party=ben').endTurn().attackers('eavesdrop party=ben').operators('refresh').endTurn();
		const moved = play.state.loot.filter(({epoch}) => epoch === 2);
		expect(moved).toMatchObject(setting === 'on' ? [] : [{party: 'ben', share: play.state.parties.ben!.keyShare!.share}]);
		expect(play.view('attackers').loot?.recorded?.some(({sealed}) => sealed)).toBe(setting === 'on');
	});

	test('shares of two epochs are tried together, and miss', () => {
		const play = table({deal: 'world: way-in at=ada\nworld: way-in at=ben'}).attackers('implant party=ada', 'implant party=ben').endTurn();
		play.attackers('steal-share party=ben').endTurn().operators('refresh').endTurn().attackers('steal-share party=ada').endTurn();
		const mixed = play.state.attempts.find(({how}) => how === 'shares of several epochs');
		expect(mixed?.check).toMatchObject({holds: false, right: play.state.key!.commitments[0]});
		expect(play.state.outputs).toEqual([]);
	});
});

describe('where backups lie', () => {
	const kept = () => {
		const parties = Object.fromEntries(['ada', 'ben', 'chi'].map(id => [id, {domain: id, backup: 'safe'}]));
		const play = table({deal: 'world: way-in at=safe', file: {parties}});
		const missing = ['ada', 'ben'].filter(id => !play.state.backups.some(({party}) => party === id));
		return play.operators(...missing.map(id => `back-up party=${id}`)).endTurn();
	};

	test('steal-backup opens what lies there; two of one epoch are the key', () => {
		const play = kept().attackers('steal-backup party=ben');
		expect(play.state.loot).toMatchObject([{party: 'ben', epoch: 1, share: play.state.parties.ben!.keyShare!.share}]);
		expect(play.refusal('attackers', 'steal-backup party=ben')).toContain('already');
		expect(play.endTurn().state.outputs).toEqual([]);
		play.attackers('steal-backup party=ada').endTurn();
		expect(play.state.outputs).toMatchObject([{request: '', state: 'final'}]);
	});

	test('both need a way in there, and a backup', () => {
		const play = table({file: {parties: {ada: {domain: 'a', backup: 'safe'}, ben: {domain: 'b'}, chi: {domain: 'c'}}}});
		expect(play.refusal('attackers', 'steal-backup party=ada')).toContain('no way into safe');
		expect(play.refusal('attackers', 'poison-backup party=ben')).toContain('no place keeps');
	});

	test('poison-backup leaves the register as it is, and a drill finds it by its equation', () => {
		const play = kept();
		const before = play.view('operators').backups;
		play.attackers('poison-backup party=ben');
		expect(play.view('operators').backups).toEqual(before);
		play.operators('drill party=ben');
		expect(play.state.inbox.operators.findLast(({check}) => check)?.check).toMatchObject({name: 'share', about: 'ben', holds: false});
	});
});

describe('orders on links', () => {
	test('partition cuts one side off from all others, at the links of that side', () => {
		const play = table({deal: 'world: link at=ben\nworld: link at=chi'});
		expect(play.refusal('attackers', 'partition parties=ada,ben')).toContain('not on the link of ada');
		play.attackers('partition parties=ben,chi');
		expect(play.view('attackers').points.have).toBe(7);
		expect(play.view('attackers').loot?.orders).toEqual(['partition parties=ben,chi']);
		play.operators('refresh').endTurn();
		const passed = play.lastCeremony.messages.filter(({delivered}) => delivered).map(({from, to}) => `${from} ${to}`);
		expect([...new Set(passed)].sort()).toEqual(['ben chi', 'chi ben']);
		expect(play.lastCeremony).toMatchObject({status: 'aborted', blamed: []});
		play.sign('payroll').endTurn();
		expect(play.stateOf('payroll')).toBe('released');
	});

	test.each(['z', 'hiding', 'binding', 'value', 'commitments'])(
		'a field "%s" that is changed on the line counts as not received',
		field => {
			const play = table({deal: 'world: link at=ben', file: {logging: {rounds: 2}}}).attackers(`tamper party=ben field=${field}`);
			const isDealt = ['value', 'commitments'].includes(field);
			if (isDealt) play.operators('refresh').endTurn();
			else play.sign('payroll').endTurn();
			expect(play.lastCeremony.blamed).toEqual([]);
			// A sealed value is no field that anybody on the line can find.
			const sealed = field === 'value';
			expect(play.lastCeremony.status).toBe(sealed ? 'done' : isDealt ? 'aborted' : 'stalled');
			expect(play.state.evidence.some(({kind}) => kind === 'bad envelope')).toBe(!sealed);
		},
	);

	test('tamper takes fields of messages only', () => {
		expect(table({deal: 'world: link at=ben'}).refusal('attackers', 'tamper party=ben field=tag')).toContain('"tag" is no field');
	});
});
