/**
 * Where an exercise stands in the frameworks that auditors ask for: each attack and each control with its references. A reference says what an exercise
 * contributes evidence to; it never says that anybody complies with anything.
 *
 * Identifiers and titles are those of the editions named below, and each was looked up there. An attack that ATT&CK has no technique for has none.
 */
import {controls, controlTitle} from '../engine/controls.js';
import {matrix} from '../engine/matrix.js';
import type {Side} from '../engine/view.js';
import {dealtRows} from './deal-lines.js';
import type {DebriefModel} from './debrief.js';
import {only, type Played, standing} from './played.js';

export type FrameworkId = 'attack' | 'aadapt' | 'csf' | 'ccss' | 'iso' | 'soc2' | 'dora';

export const frameworks: Readonly<Record<FrameworkId, {readonly title: string; readonly edition: string}>> = {
	attack: {title: 'MITRE ATT&CK for Enterprise', edition: '17.1'},
	aadapt: {title: 'MITRE AADAPT', edition: '4.4.0'},
	csf: {title: 'NIST Cybersecurity Framework, the categories of SP 800-61 r3', edition: '2.0'},
	ccss: {title: 'CryptoCurrency Security Standard', edition: '9'},
	iso: {title: 'ISO/IEC 27001, Annex A', edition: '2022'},
	soc2: {title: 'SOC 2, trust services criteria', edition: '2017'},
	dora: {title: 'DORA RTS on ICT risk management, (EU) 2024/1774', edition: '2024'},
};

/** Every identifier that is used, with its title. */
export const references: Readonly<Record<FrameworkId, Readonly<Record<string, string>>>> = {
	attack: {
		T1005: 'Data from Local System',
		T1036: 'Masquerading',
		T1040: 'Network Sniffing',
		T1041: 'Exfiltration Over C2 Channel',
		T1070: 'Indicator Removal',
		T1078: 'Valid Accounts',
		T1105: 'Ingress Tool Transfer',
		T1213: 'Data from Information Repositories',
		T1490: 'Inhibit System Recovery',
		T1498: 'Network Denial of Service',
		T1530: 'Data from Cloud Storage',
		'T1548.005': 'Temporary Elevated Cloud Access',
		T1550: 'Use Alternate Authentication Material',
		'T1552.004': 'Private Keys',
		T1554: 'Compromise Host Software Binary',
		T1557: 'Adversary-in-the-Middle',
		'T1565.001': 'Stored Data Manipulation',
		'T1565.002': 'Transmitted Data Manipulation',
		'T1565.003': 'Runtime Data Manipulation',
		T1566: 'Phishing',
		'T1578.004': 'Revert Cloud Instance',
		'T1600.001': 'Reduce Key Space',
		T1656: 'Impersonation',
		T1657: 'Financial Theft',
	},
	// Adversarial Actions in Digital Asset Payment Technologies, where it has a word of its own for what happens here.
	aadapt: {
		ADT3002: 'Aggregate Private Key Generation Data',
		ADT3017: 'Insider-Assisted Access',
		'ADT1552.004': 'Private Keys',
	},
	csf: {
		'DE.AE': 'Adverse Event Analysis',
		'DE.CM': 'Continuous Monitoring',
		'ID.IM': 'Improvement',
		'PR.AA': 'Identity Management, Authentication, and Access Control',
		'PR.DS': 'Data Security',
		'PR.IR': 'Technology Infrastructure Resilience',
		'PR.PS': 'Platform Security',
		'RC.RP': 'Incident Recovery Plan Execution',
		'RS.AN': 'Incident Analysis',
		'RS.CO': 'Incident Response Reporting and Communication',
		'RS.MA': 'Incident Management',
		'RS.MI': 'Incident Mitigation',
	},
	ccss: {
		'1.01': 'Key Material Generation',
		'1.03': 'Key Material Storage',
		'1.04': 'Key Material Access',
		'1.05': 'Key Material Usage',
		'1.06': 'Data Sanitization Documentation',
	},
	iso: {
		'A.5.3': 'Segregation of duties',
		'A.5.24': 'Information security incident management planning and preparation',
		'A.5.25': 'Assessment and decision on information security events',
		'A.5.26': 'Response to information security incidents',
		'A.5.27': 'Learning from information security incidents',
		'A.5.28': 'Collection of evidence',
	},
	soc2: {
		'CC7.1': 'Detection of configuration changes and vulnerabilities',
		'CC7.2': 'Monitoring for anomalies',
		'CC7.3': 'Evaluation of security events',
		'CC7.4': 'Response to identified security incidents',
		'CC7.5': 'Recovery from identified security incidents',
	},
	dora: {
		'Art. 25(2)(a)': 'test scenarios that simulate potential disruptions, severe but plausible',
		'Art. 25(2)(b)': 'testing of services of ICT third-party service providers, with scenarios of their failure',
		'Art. 25(2)(c)': 'scenarios of switchover to redundant capacity, backups and redundant facilities',
		'Art. 25(2)(d)': 'challenging the assumptions of the plans, governance and crisis communication among them',
		'Art. 25(2)(e)': 'verifying that staff and services respond adequately to the scenarios',
	},
};

type Mapping = {readonly [F in FrameworkId]?: readonly string[]};

/** By attack: a verb of the attackers, or what a deal makes possible. */
export const attackMapping: Readonly<Record<string, Mapping>> = {
	phish: {attack: ['T1566'], csf: ['DE.CM']},
	implant: {attack: ['T1105', 'T1554'], csf: ['DE.CM', 'PR.PS']},
	'steal-share': {attack: ['T1552.004', 'T1005', 'T1041'], aadapt: ['ADT1552.004'], csf: ['PR.DS', 'DE.CM'], ccss: ['1.03']},
	bribe: {aadapt: ['ADT3017'], csf: ['PR.AA'], iso: ['A.5.3'], ccss: ['1.05']},
	snapshot: {attack: ['T1005'], csf: ['PR.DS'], ccss: ['1.05']},
	'restore-snapshot': {attack: ['T1578.004'], csf: ['PR.DS', 'PR.PS'], ccss: ['1.05']},
	eavesdrop: {attack: ['T1040'], csf: ['PR.DS']},
	'steal-backup': {attack: ['T1552.004', 'T1530'], aadapt: ['ADT1552.004'], csf: ['PR.DS'], ccss: ['1.03']},
	'poison-backup': {attack: ['T1490', 'T1565.001'], csf: ['PR.DS', 'RC.RP'], ccss: ['1.03']},
	drop: {attack: ['T1498'], csf: ['PR.IR'], dora: ['Art. 25(2)(a)']},
	delay: {attack: ['T1498'], csf: ['PR.IR'], dora: ['Art. 25(2)(a)']},
	partition: {attack: ['T1498'], csf: ['PR.IR'], dora: ['Art. 25(2)(a)']},
	tamper: {attack: ['T1557', 'T1565.002'], csf: ['PR.DS']},
	'corrupt-partial': {attack: ['T1565.003'], csf: ['DE.CM']},
	'corrupt-deal': {attack: ['T1565.003'], csf: ['DE.CM'], ccss: ['1.01']},
	'extra-coefficient': {attack: ['T1565.003'], csf: ['DE.CM'], ccss: ['1.01']},
	equivocate: {attack: ['T1565.003'], csf: ['DE.CM'], ccss: ['1.01']},
	'rogue-key': {attack: ['T1565.003'], csf: ['PR.DS'], ccss: ['1.01']},
	'replay-message': {attack: ['T1557'], csf: ['PR.DS']},
	submit: {attack: ['T1656', 'T1657'], csf: ['PR.AA']},
	'swap-payload': {attack: ['T1565.003', 'T1657'], csf: ['PR.DS'], ccss: ['1.05']},
	'replay-approval': {attack: ['T1550'], csf: ['PR.AA']},
	'use-exception': {attack: ['T1548.005'], csf: ['PR.AA']},
	query: {attack: ['T1213'], csf: ['PR.DS']},
	'trim-log': {attack: ['T1070'], csf: ['DE.AE', 'RS.AN'], iso: ['A.5.28']},
	'plant-entry': {attack: ['T1565.001', 'T1036'], csf: ['DE.AE', 'RS.AN'], iso: ['A.5.28']},
	'weak-generator': {attack: ['T1600.001'], aadapt: ['ADT3002'], csf: ['PR.DS'], ccss: ['1.01']},
	'stuck-generator': {attack: ['T1600.001'], csf: ['PR.DS'], ccss: ['1.05']},
	'stale-backup': {csf: ['RC.RP'], ccss: ['1.03']},
	'keeps-copies': {attack: ['T1078'], csf: ['PR.DS'], ccss: ['1.06', '1.03']},
	'index-zero': {attack: ['T1565.003'], csf: ['PR.DS'], ccss: ['1.01']},
	'index-twice': {attack: ['T1565.003'], csf: ['PR.DS'], ccss: ['1.01']},
	'approval-elsewhere': {attack: ['T1550'], csf: ['PR.AA'], ccss: ['1.05']},
};

/** By control. */
export const controlMapping: Readonly<Record<string, Mapping>> = {
	'verify-partials': {csf: ['DE.CM', 'RS.AN'], soc2: ['CC7.2']},
	'bind-payload': {csf: ['PR.DS'], ccss: ['1.05']},
	'independent-verification': {csf: ['PR.DS'], ccss: ['1.05'], iso: ['A.5.3']},
	'one-time-approvals': {csf: ['PR.AA'], ccss: ['1.05']},
	'distinct-domains': {csf: ['PR.AA'], iso: ['A.5.3'], ccss: ['1.04']},
	timelock: {csf: ['RS.MI'], iso: ['A.5.26']},
	'sealed-transport': {csf: ['PR.DS']},
	'proof-of-possession': {csf: ['PR.DS'], ccss: ['1.01']},
	'echo-broadcast': {csf: ['PR.DS'], ccss: ['1.01']},
	'feldman-check': {csf: ['PR.DS'], ccss: ['1.01']},
	'commitment-lengths': {csf: ['PR.DS'], ccss: ['1.01']},
	'ack-before-erase': {csf: ['PR.IR'], ccss: ['1.06']},
	'erase-old-shares': {csf: ['PR.DS'], ccss: ['1.06']},
	'fingerprinted-backups': {csf: ['RC.RP'], ccss: ['1.03']},
	'nonce-guard': {csf: ['PR.PS'], ccss: ['1.05']},
	'authenticated-envelopes': {csf: ['PR.AA', 'PR.DS']},
	'envelope-context': {csf: ['PR.DS']},
	'bind-context': {csf: ['PR.AA'], ccss: ['1.05']},
	'no-exceptions': {csf: ['PR.AA'], ccss: ['1.04']},
	'minimum-cohort': {csf: ['PR.DS']},
	'decision-log': {csf: ['DE.AE'], iso: ['A.5.28'], soc2: ['CC7.2']},
	'anchored-log': {csf: ['RS.AN'], iso: ['A.5.28']},
};

/** What operators do in answer, by the verb: the objectives of an exercise in a framework's words. */
export const responseMapping: Readonly<Record<string, Mapping>> = {
	'call-back': {csf: ['RS.AN'], iso: ['A.5.25'], soc2: ['CC7.3']},
	inspect: {csf: ['RS.AN'], iso: ['A.5.25'], soc2: ['CC7.3']},
	review: {csf: ['DE.AE', 'RS.AN'], iso: ['A.5.25', 'A.5.28'], soc2: ['CC7.2', 'CC7.3']},
	reconcile: {csf: ['DE.AE', 'RS.AN'], iso: ['A.5.28'], soc2: ['CC7.2']},
	anchor: {csf: ['RS.AN'], iso: ['A.5.28']},
	log: {csf: ['DE.CM'], soc2: ['CC7.2']},
	isolate: {csf: ['RS.MI'], iso: ['A.5.26'], soc2: ['CC7.4']},
	freeze: {csf: ['RS.MI'], iso: ['A.5.26'], soc2: ['CC7.4']},
	hold: {csf: ['RS.MI'], iso: ['A.5.26'], soc2: ['CC7.4']},
	announce: {csf: ['RS.CO'], iso: ['A.5.26'], soc2: ['CC7.4'], dora: ['Art. 25(2)(d)']},
	harden: {csf: ['RS.MI'], iso: ['A.5.26'], soc2: ['CC7.1']},
	refresh: {csf: ['RS.MI'], soc2: ['CC7.4'], ccss: ['1.06']},
	reshare: {csf: ['RS.MI'], soc2: ['CC7.4'], ccss: ['1.04']},
	rotate: {csf: ['RS.MI', 'RC.RP'], soc2: ['CC7.5'], ccss: ['1.01']},
	rejoin: {csf: ['RC.RP'], soc2: ['CC7.5']},
	repair: {csf: ['RC.RP'], soc2: ['CC7.5'], ccss: ['1.03']},
	recover: {csf: ['RC.RP'], soc2: ['CC7.5'], ccss: ['1.03'], dora: ['Art. 25(2)(c)']},
	drill: {csf: ['RC.RP', 'ID.IM'], soc2: ['CC7.5'], ccss: ['1.03'], dora: ['Art. 25(2)(c)']},
	amend: {csf: ['RS.MI'], iso: ['A.5.26']},
};

/** Any exercise, because it was held, recorded and debriefed. */
export const exerciseMapping: Mapping = {
	csf: ['ID.IM', 'RS.MA'],
	iso: ['A.5.24', 'A.5.27'],
	dora: ['Art. 25(2)(a)', 'Art. 25(2)(d)', 'Art. 25(2)(e)'],
};

/** Somebody who was away, and a machine that did not answer. */
export const absenceMapping: Readonly<Record<'custodian' | 'machine', Mapping>> = {
	custodian: {csf: ['PR.IR'], soc2: ['CC7.5']},
	machine: {csf: ['PR.IR'], soc2: ['CC7.5'], dora: ['Art. 25(2)(b)']},
};

export interface Covered {
	readonly framework: FrameworkId;
	readonly id: string;
	readonly title: string;
	/** What of this exercise touches it, and how each went. */
	readonly by: ReadonlyArray<{readonly what: string; readonly went: string}>;
}

export interface Coverage {
	readonly framework: FrameworkId;
	readonly title: string;
	readonly edition: string;
	readonly covered: readonly Covered[];
}

/** What happened in an exercise that a framework has a word for. */
interface Touched {
	readonly what: string;
	readonly went: string;
	readonly mapping: Mapping;
}

/**
 * What an exercise covered and how it went, by framework. Attacks and answers count when they were made, controls when they were on or an attack that they
 * are named against was made.
 */
export function frameworksCovered(
	played: Played,
	{status, failed, times, absences}: Pick<DebriefModel, 'status' | 'failed' | 'times' | 'absences'>,
): readonly Coverage[] {
	const moves = only(standing(played.entries), 'move');
	const made = (side: Side) => {
		const turns = new Map<string, number[]>();
		for (const {event, turn} of moves) {
			if (event.side !== side) continue;
			const verb = event.text.split(' ', 1)[0]!;
			turns.set(verb, [...(turns.get(verb) ?? []), turn]);
		}
		return turns;
	};
	const attacks = made('attackers');
	const touched: Touched[] = [
		...[...attacks].flatMap(([verb, turns]) =>
			attackMapping[verb] ? [{what: `attack: ${verb}`, went: `made in ${turnsOf(turns)}`, mapping: attackMapping[verb]}] : [],
		),
		...dealtRows(played).map(({attack}) => ({what: `attack: ${attack}`, went: 'dealt from the start', mapping: attackMapping[attack]!})),
		...controls.flatMap(({id}) => {
			const {documented, actual} = played.state.controls[id] ?? {documented: false, actual: false};
			const against = matrix.filter(({attack, cells}) => attacks.has(attack) && cells.some(({is, by}) => is === 'control' && by === id));
			if (against.length === 0) return [];
			const went = `${actual ? 'on' : documented ? 'documented as on, and off' : 'off'} at the end; named against ${against.map(({attack}) => attack).join(', ')}`;
			return [{what: `control: ${controlTitle(id)}`, went, mapping: controlMapping[id]!}];
		}),
		...[...made('operators')].flatMap(([verb, turns]) =>
			responseMapping[verb] ? [{what: `response: ${verb}`, went: `in ${turnsOf(turns)}`, mapping: responseMapping[verb]}] : [],
		),
		...absences.map(({party, who, from, to, requests}) => ({
			what: who === 'custodian' ? `absence: the custodian of ${party}` : `absence: the machine of ${party}`,
			went: `in ${from === to ? `turn ${from}` : `turns ${from} to ${to}`}; ${requests.map(({request, isServed}) => `${request} ${isServed ? 'served in time' : 'missed'}`).join(', ') || 'nothing was due'}`,
			mapping: absenceMapping[who],
		})),
		{
			what: 'the exercise itself',
			went: `${status}; ${failed.length === 0 ? 'no assumption failed' : `${failed.length} ${failed.length === 1 ? 'assumption' : 'assumptions'} failed`}${times.some(({what, moment}) => what === 'contained' && !moment) ? '; nobody outside was told' : ''}`,
			mapping: exerciseMapping,
		},
	];
	return (Object.keys(frameworks) as FrameworkId[]).flatMap(framework => {
		const covered = Object.entries(references[framework]).flatMap(([id, title]) => {
			const by = touched.filter(({mapping}) => mapping[framework]?.includes(id)).map(({what, went}) => ({what, went}));
			return by.length === 0 ? [] : [{framework, id, title, by}];
		});
		return covered.length === 0 ? [] : [{framework, ...frameworks[framework], covered}];
	});
}

function turnsOf(turns: readonly number[]): string {
	const all = [...new Set(turns)];
	return `${all.length === 1 ? 'turn' : 'turns'} ${all.join(', ')}`;
}
