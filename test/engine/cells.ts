/**
 * How each cell of the attack x control matrix is played: the same attack without and with the control or the move. A player says whether the attackers
 * got what they wanted (where a control exposes: unseen).
 */
import {Field} from '@noble/curves/abstract/modular.js';
import {expect} from 'vitest';
import {secretsLeft} from '../../source/ceremony/index.js';
import {decodePayload} from '../../source/engine/payload.js';
import {evaluate} from '../../source/sharing/polynomial.js';
import {Play} from './play.js';

type Controls = Readonly<Record<string, 'on' | 'off'>>;

interface Options {
	readonly deal?: string;
	readonly controls?: Controls;
	readonly file?: Readonly<Record<string, unknown>>;
}

const requests = {
	payroll: {due: 8},
	vendor: {due: 8},
	rent: {opens: 1, due: 8, by: 'people', amount: 5, to: 'house'},
};

/** A vault in which both sides have points enough, and the attackers a way into ben. */
export function table({deal = 'world: way-in at=ben', controls = {}, file = {}}: Options = {}): Play {
	const rich = {attackers: {points: 9, bribable: ['ada', 'chi']}, operators: {points: 9}, turns: 8};
	return Play.vault({deal, controls, file: {...rich, ...file}, requests});
}

const set = (control: string, isOn: boolean): Controls => ({[control]: isOn ? 'on' : 'off'});
const when = (isOn: boolean, ...lines: readonly string[]) => (isOn ? lines : []);
const can = (play: Play, text: string) => play.attackers().try('attackers', text).ok;

/** Something that pays the attackers was signed and left. */
const isPaid = ({state}: Play) =>
	state.outputs.some(({message, state: where}) => decodePayload(message).to === 'thieves' && where !== 'recalled' && where !== 'held');

function implanted(isOn: boolean, ...moves: readonly string[]): Play {
	return table()
		.attackers('implant party=ben')
		.operators(...when(isOn, moves[0] ?? ''))
		.endTurn()
		.operators(...when(isOn, ...moves.slice(1)))
		.endTurn();
}

function stolen(isOn: boolean, before: readonly string[], during: readonly string[]): boolean {
	const play = table()
		.attackers('implant party=ben')
		.operators(...when(isOn, ...before))
		.endTurn();
	play
		.attackers('steal-share party=ben')
		.operators(...when(isOn, ...during))
		.endTurn();
	return play.state.loot.length > 0;
}

function waits(verb: 'drop' | 'delay', isOn: boolean): boolean {
	const play = table({deal: 'world: link at=ben'}).attackers(`${verb} party=ben`);
	play.operators('approve payroll party=chi basis=display').sign('payroll').endTurn();
	play
		.attackers(`${verb} party=ben`)
		.operators(...when(isOn, 'retry payroll parties=ada,chi'))
		.endTurn();
	return play.state.outputs.length === 0;
}

function onLink(verb: 'drop' | 'delay' | 'tamper' | 'partition', isOn: boolean): boolean {
	const play = table({deal: 'world: link at=ben'})
		.operators(...when(isOn, 'isolate party=ben'))
		.endTurn();
	return can(play.operators(...when(isOn, 'rejoin party=ben')).endTurn(), `${verb} ${verb === 'partition' ? 'parties' : 'party'}=ben`);
}

/** A reshare to 3 of 3 in which chi hears too little; whether too few shares of either epoch are left to sign. */
function halved(order: string, isOn: boolean): boolean {
	const play = table({deal: 'world: link at=chi', controls: set('ack-before-erase', isOn)}).attackers(order);
	play.operators('reshare threshold=3 parties=ada,ben,chi').endTurn();
	return !play.state.records.some(({epoch, threshold}) => {
		const holders = Object.values(play.state.parties).filter(({keyShare}) => keyShare?.epoch === epoch);
		return holders.length >= threshold;
	});
}

/** Keygen with implants in it; `by` is what they do. */
function attackedKeygen(by: string, at: readonly string[], controls: Controls): Play {
	return table({deal: at.map(id => `world: keygen-attack at=${id} by=${by}`).join('\n'), controls});
}

function swapped(controls: Controls = {}): Play {
	return table({deal: 'world: way-in at=coordinator', controls}).attackers('swap-payload payroll');
}

/** The share of ben is stolen, the operators refresh or do not, and then that of ada is. */
function acrossRefresh(isRefreshed: boolean, controls: Controls = {}): Play {
	const play = table({deal: 'world: way-in at=ben\nworld: way-in at=ada', controls})
		.attackers('implant party=ben', 'implant party=ada')
		.endTurn();
	play
		.attackers('steal-share party=ben')
		.endTurn()
		.operators(...when(isRefreshed, 'refresh'))
		.endTurn();
	return play.attackers('steal-share party=ada').endTurn();
}

/** Shares of these parties are taken, one in a turn; `every` is how often the operators refresh. */
function mobile(every: number): Play {
	const ids = ['ada', 'ben', 'chi', 'dee', 'eli'];
	const parties = Object.fromEntries(ids.map(id => [id, {domain: id}]));
	const file = {attackers: {points: 9}, operators: {points: 9}, turns: 8, threshold: 3, parties};
	const play = Play.vault({deal: ids.map(id => `world: way-in at=${id}`).join('\n'), file, suite: 'glass'});
	for (const [k, id] of ids.entries()) {
		const last = ids[k - 1];
		play.attackers(`implant party=${id}`, ...when(last !== undefined, `steal-share party=${last}`));
		play.operators(...when(play.state.turn % every === 0, 'refresh')).endTurn();
		if (isPaid(play)) break;
	}
	return play;
}

/** Every party has its backup in one safe, into which the attackers have a way. */
function withBackups(controls: Controls = {}, names = ['ada', 'ben', 'chi'], dealt = ''): Play {
	const parties = Object.fromEntries(names.map(id => [id, {domain: id, backup: 'safe'}]));
	const play = table({deal: `world: way-in at=safe\nworld: way-in at=ada\n${dealt}`, controls, file: {parties}});
	const missing = names.filter(id => !play.state.backups.some(({party}) => party === id));
	return play.operators(...missing.map(id => `back-up party=${id}`)).endTurn();
}

function replayed(controls: Controls): Play {
	return table({deal: 'world: way-in at=coordinator', controls});
}

/** ada's approval of payroll is shown for vendor, which ben approves. */
function isVendorAllowed(play: Play): boolean {
	play.attackers('replay-approval vendor party=ada of=payroll');
	play.operators('approve vendor party=ben basis=display', 'sign vendor parties=ada,ben').endTurn();
	return play.state.decisions.some(({request, verdict}) => request === 'vendor' && verdict === 'allow');
}

/** A refund needs call-backs, but for an emergency path. */
function excepted(controls: Controls, ...before: readonly string[]): Play {
	const policy = {'refunds-called-back': 'facts.request != "refund" || approvals.all(a, a.basis == basis.callback)'};
	const exceptions = {outage: {when: 'facts.amount < 5000.0', summary: 'a provider is dark'}};
	const play = table({controls, file: {policy, exceptions}})
		.operators(...before)
		.endTurn();
	play.attackers('submit refund');
	if (play.try('attackers', 'use-exception refund exception=outage').ok) play.attackers('use-exception refund exception=outage');
	return play.sign('refund').endTurn();
}

/** The operators anchor the log where they can, the attackers edit it, the operators reconcile: nobody notices. */
function holdsAgainstHeads(isOn: boolean, edit: (play: Play) => void): boolean {
	const logging = {policy: 2, rounds: 2, output: 2, transcript: 2};
	const play = table({deal: 'world: way-in at=log', controls: set('anchored-log', isOn), file: {logging}})
		.sign('payroll')
		.endTurn();
	play.operators('review', ...when(isOn, 'anchor')).endTurn();
	edit(play);
	return play.operators('reconcile').lastTold('operators', 'result').includes('Log and outputs fit.');
}

export const cells: Readonly<Record<string, (isOn: boolean) => boolean>> = {
	'phish x inspect depth=full': isOn => {
		const play = table({deal: ''}).attackers('phish party=ben').endTurn();
		return can(play.operators(...when(isOn, 'inspect party=ben depth=full')).endTurn(), 'implant party=ben');
	},
	'implant x inspect depth=full': isOn => can(implanted(isOn, 'inspect party=ben depth=full'), 'steal-share party=ben'),
	'implant x rejoin': isOn => can(implanted(isOn, 'isolate party=ben', 'rejoin party=ben'), 'steal-share party=ben'),
	'steal-share x isolate': isOn => stolen(isOn, [], ['isolate party=ben']),
	'steal-share x inspect depth=full': isOn => stolen(isOn, [], ['inspect party=ben depth=full']),
	'steal-share x rejoin': isOn => stolen(isOn, ['isolate party=ben'], ['rejoin party=ben']),
	'bribe x distinct-domains': isOn => {
		const parties = {ada: {domain: 'office'}, ben: {domain: 'cloud'}, chi: {domain: 'office'}};
		const play = table({controls: set('distinct-domains', isOn), file: {parties}});
		return isPaid(play.attackers('bribe party=ada', 'bribe party=chi', 'submit refund').endTurn());
	},
	'implant x recover at=elsewhere': isOn => {
		const play = withBackups()
			.attackers('implant party=ada')
			.operators(`recover at=${isOn ? 'ben' : 'ada'}`);
		return isPaid(play.endTurn());
	},
	'steal-share x fewer than t shares': isOn => {
		const parties = ['ada', ...when(!isOn, 'ben')];
		const play = table({deal: 'world: way-in at=ada\nworld: way-in at=ben'})
			.attackers(...parties.map(id => `implant party=${id}`))
			.endTurn();
		play.attackers(...parties.map(id => `steal-share party=${id}`)).endTurn();
		expect(play.state.loot).toHaveLength(parties.length);
		// The same number of shares of the same threshold over a field that is small enough to try every polynomial.
		const scalars = Field(17n);
		const shares = parties.map((_, k) => ({index: k + 1, value: evaluate(scalars, [11n, 5n], k + 1)}));
		const left = secretsLeft(scalars, {shares, threshold: 2});
		expect([...left.values()]).toEqual(isOn ? Array(17).fill(1) : [1]);
		return isPaid(play);
	},
	// A theft during a refresh counts in both epochs: with a refresh every other turn, three of five are of one epoch.
	'steal-share x refresh each turn': isOn => isPaid(mobile(isOn ? 1 : 2)),
	'snapshot x inspect depth=full': isOn => {
		const play = table().attackers('implant party=ben', 'snapshot party=ben').sign('payroll').endTurn();
		return can(play.operators(...when(isOn, 'inspect party=ben depth=full')).endTurn(), 'restore-snapshot party=ben');
	},
	'restore-snapshot x nonce-guard': isOn => {
		const play = table({controls: set('nonce-guard', isOn)})
			.attackers('implant party=ben', 'snapshot party=ben')
			.sign('payroll')
			.endTurn();
		play.attackers('restore-snapshot party=ben').sign('vendor').endTurn();
		// With the guard on the second signing has not begun: there is nothing to set back, and no third.
		if (!isOn) play.attackers('restore-snapshot party=ben').sign('rent');
		play.endTurn();
		return play.state.loot.length > 0;
	},
	'restore-snapshot x fewer than three answers': isOn => {
		const play = table({controls: set('nonce-guard', false)})
			.attackers('implant party=ben', 'snapshot party=ben')
			.sign('payroll')
			.endTurn();
		play.attackers('restore-snapshot party=ben').sign('vendor').endTurn();
		if (!isOn) play.attackers('restore-snapshot party=ben').sign('rent').endTurn();
		return play.state.loot.length > 0;
	},
	'drop x retry': isOn => waits('drop', isOn),
	'drop x rejoin': isOn => onLink('drop', isOn),
	'delay x retry': isOn => waits('delay', isOn),
	'delay x rejoin': isOn => onLink('delay', isOn),
	'corrupt-partial x verify-partials': isOn => {
		const play = table({controls: set('verify-partials', isOn)})
			.attackers('implant party=ben', 'corrupt-partial party=ben')
			.sign('payroll')
			.endTurn();
		return play.lastCeremony.status === 'aborted' && play.lastCeremony.blamed.length === 0;
	},
	'corrupt-deal x feldman-check': isOn => {
		const play = attackedKeygen('corrupt-deal', ['ben'], set('feldman-check', isOn)).sign('payroll', 'ada,ben').endTurn();
		return play.state.outputs.length === 0;
	},
	'extra-coefficient x commitment-lengths': isOn => {
		const play = table({controls: set('commitment-lengths', isOn)}).attackers('implant party=ben', 'extra-coefficient party=ben');
		play.operators('refresh').endTurn().sign('payroll', 'ada,chi').endTurn();
		return play.state.outputs.length === 0;
	},
	'equivocate x echo-broadcast': isOn => {
		const play = attackedKeygen('equivocate', ['ben'], set('echo-broadcast', isOn)).sign('payroll', 'ada,chi').endTurn();
		return play.state.outputs.length === 0;
	},
	'rogue-key x proof-of-possession': isOn =>
		isPaid(attackedKeygen('rogue-key', ['ada', 'ben'], set('proof-of-possession', isOn)).endTurn()),
	'rogue-key x t honest parties': isOn =>
		isPaid(attackedKeygen('rogue-key', isOn ? ['ada'] : ['ada', 'ben'], {'proof-of-possession': 'off'}).endTurn()),
	'replay-message x envelope-context': isOn => {
		const play = table({deal: 'world: link at=ben', controls: set('envelope-context', isOn)});
		play.attackers('eavesdrop party=ben').sign('payroll').endTurn();
		play.attackers('replay-message message=m1').sign('vendor').endTurn();
		return play.lastCeremony.blamed.some(({member}) => member === 'ben');
	},
	'submit x call-back': isOn => {
		const play = table()
			.attackers('submit refund')
			.operators(...when(isOn, 'call-back refund'))
			.endTurn();
		const basis = isOn ? 'callback' : 'display';
		const approvals = ['ada', 'ben'].map(party => `approve refund party=${party} basis=${basis}`);
		if (play.operators().try('operators', approvals[0]!).ok) play.operators(...approvals, 'sign refund parties=ada,ben');
		return isPaid(play.endTurn());
	},
	'swap-payload x approve basis=digest': isOn => {
		const play = swapped();
		for (const party of ['ada', 'ben']) play.operators(`approve payroll party=${party} basis=${isOn ? 'digest' : 'display'}`);
		if (play.try('operators', 'sign payroll parties=ada,ben').ok) play.operators('sign payroll parties=ada,ben');
		return isPaid(play.endTurn());
	},
	'swap-payload x call-back': isOn =>
		isPaid(
			swapped()
				.operators(...when(isOn, 'call-back payroll'))
				.endTurn()
				.sign('payroll', 'ada,ben', isOn ? 'callback' : 'display')
				.endTurn(),
		),
	'swap-payload x bind-payload': isOn => isPaid(swapped(set('bind-payload', isOn)).sign('payroll').endTurn()),
	'swap-payload x independent-verification': isOn => isPaid(swapped(set('independent-verification', isOn)).sign('payroll').endTurn()),
	'steal-share x refresh': isOn => isPaid(acrossRefresh(isOn)),
	'steal-share x erase-old-shares': isOn => isPaid(acrossRefresh(true, set('erase-old-shares', isOn))),
	'eavesdrop x sealed-transport': isOn => {
		const play = table({controls: set('sealed-transport', isOn)})
			.attackers('implant party=ben')
			.endTurn();
		play.attackers('steal-share party=ben').endTurn().attackers('eavesdrop party=ben').operators('refresh').endTurn();
		return play.state.loot.some(({party, epoch}) => party === 'ben' && epoch === 2);
	},
	'bribe x reshare': isOn => {
		const play = table()
			.attackers('bribe party=ada', 'bribe party=chi')
			.operators(...when(isOn, 'reshare threshold=2 parties=ada,ben'))
			.endTurn();
		return isPaid(play.attackers('submit refund').endTurn());
	},
	'steal-backup x destroy-backups': isOn =>
		can(
			withBackups()
				.operators(...when(isOn, 'destroy-backups party=ben'))
				.endTurn(),
			'steal-backup party=ben',
		),
	'steal-backup x refresh': isOn => {
		const play = withBackups()
			.attackers('steal-backup party=ben', 'implant party=ada')
			.operators(...when(isOn, 'refresh'))
			.endTurn();
		return isPaid(play.attackers('steal-share party=ada').endTurn());
	},
	'poison-backup x drill': isOn => {
		const play = withBackups()
			.attackers('poison-backup party=ben')
			.operators(...when(isOn, 'drill'))
			.endTurn();
		return !play.state.backups.some(({drilled}) => drilled?.ok === false);
	},
	'poison-backup x fingerprinted-backups': isOn => {
		// One too many can be found by leaving each out in turn; two can not.
		const play = withBackups(set('fingerprinted-backups', isOn), ['ada', 'ben', 'chi', 'dee']);
		play.attackers('poison-backup party=ben', 'poison-backup party=dee').operators('recover at=chi').endTurn();
		return !JSON.stringify(play.state.protocol).includes('burned');
	},
	'replay-approval x bind-context': isOn =>
		isVendorAllowed(replayed(set('bind-context', isOn)).operators('approve payroll party=ada basis=display')),
	'replay-approval x one-time-approvals': isOn => isVendorAllowed(replayed(set('one-time-approvals', isOn)).sign('payroll')),
	'use-exception x no-exceptions': isOn => isPaid(excepted(set('no-exceptions', isOn))),
	'use-exception x amend drop-exception': isOn => isPaid(excepted({}, ...when(isOn, 'amend consents=ada,ben drop-exception=outage'))),
	'query x minimum-cohort': isOn => {
		const total = {function: 'sum', inputs: {ada: 10, ben: 20, chi: 31}, due: 8, by: 'finance', queries: true, required: false};
		const play = table({controls: set('minimum-cohort', isOn), file: {computations: {total}}});
		play.attackers('query total parties=ada,ben,chi').endTurn().attackers('query total parties=ada,ben').endTurn();
		return play.state.exposed.some(({party, input}) => party === 'chi' && input === '31');
	},
	'trim-log x anchored-log': isOn =>
		holdsAgainstHeads(isOn, play => {
			const line = play.state.evidence.findIndex(({text}) => text.includes('ben approved payroll'));
			play.attackers(`trim-log line=${line + 1}`);
		}),
	'plant-entry x anchored-log': isOn =>
		holdsAgainstHeads(isOn, play => void play.attackers('plant-entry as=new-software party=ben turn=1')),
	'drop x ack-before-erase': isOn => halved('drop party=chi round=3', isOn),
	'partition x ack-before-erase': isOn => halved('partition parties=chi round=3', isOn),
	'partition x rejoin': isOn => onLink('partition', isOn),
	'tamper x rejoin': isOn => onLink('tamper', isOn),
	'tamper x authenticated-envelopes': isOn => {
		const play = table({deal: 'world: link at=ben', controls: set('authenticated-envelopes', isOn)}).attackers('tamper party=ben field=z');
		return play
			.sign('payroll')
			.endTurn()
			.lastCeremony.blamed.some(({member}) => member === 'ben');
	},
	'weak-generator x a dealer with chance of its own': isOn => {
		const weak = ['ada', 'ben', ...when(!isOn, 'chi')].map(id => `world: weak-generator at=${id}`);
		return isPaid(table({deal: weak.join('\n')}).endTurn());
	},
	'stuck-generator x refresh': isOn => {
		const play = table({deal: 'world: stuck-generator party=ben\nworld: link at=ben'});
		play.attackers('eavesdrop party=ben').sign('payroll').endTurn();
		play.operators(...when(isOn, 'refresh')).endTurn();
		play.attackers('eavesdrop party=ben').sign('vendor').endTurn();
		return play.state.loot.length > 0;
	},
	'stale-backup x drill': isOn => {
		const play = withBackups({}, ['ada', 'ben', 'chi'], 'world: stale-backup parties=ben')
			.operators(...when(isOn, 'drill'))
			.endTurn();
		return !play.state.backups.some(({drilled}) => drilled?.ok === false);
	},
	'stale-backup x fingerprinted-backups': isOn => {
		const play = withBackups(set('fingerprinted-backups', isOn), ['ada', 'ben', 'chi', 'dee'], 'world: stale-backup parties=ben,dee');
		play.operators('recover at=chi').endTurn();
		return !JSON.stringify(play.state.protocol).includes('burned');
	},
	'keeps-copies x rotate': isOn => {
		const copies = ['ben', 'chi'].map(id => `world: keeps-copies party=${id}\nworld: implanted at=${id}`).join('\n');
		const dee = {dee: {domain: 'office', holds: false}};
		const parties = {ada: {domain: 'office'}, ben: {domain: 'cloud'}, chi: {domain: 'datacentre'}, ...dee};
		const play = table({deal: copies, file: {parties}})
			.operators(isOn ? 'rotate parties=ada,dee' : 'reshare threshold=2 parties=ada,dee')
			.endTurn();
		if (isOn) play.sign('sweep', 'ada,ben').endTurn().endTurn();
		return isPaid(play.attackers('steal-share party=ben', 'steal-share party=chi').endTurn());
	},
};
