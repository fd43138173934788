/** Verbs of the policy and of the record: freeze, harden, log, review. */
import {controlTitle} from '../controls.js';
import {type Deciding, Refusal} from '../deciding.js';
import type {Verb} from '../verb.js';
import {type Level, type Station, stations} from '../view.js';

const freeze: Verb = {
	name: 'freeze',
	side: 'operators',
	station: 'policy',
	parameters: [],
	cost: [1, 1],
	does: 'stops all signing; stolen shares still sign',
	needs: 'a key in use',
	evidence: {kind: 'freeze', station: 'policy', level: 1, loud: false},
	raises: ['policy.frozen'],
	mayAllow: deciding => deciding.can('protocol', '', {type: 'policy.frozen'}),
	check(deciding) {
		deciding.need(
			'protocol',
			'',
			{type: 'policy.frozen'},
			deciding.is('protocol', '', 'suspended.frozen') ? 'signing is frozen already' : 'the key is in no state to be frozen',
		);
	},
	run(deciding) {
		deciding.step('protocol', '', {type: 'policy.frozen'}, 'signing is frozen already', 'operators');
		deciding.act('policy', 'freeze', {level: 1, loud: false}, 'signing was frozen');
	},
};

const unfreeze: Verb = {
	name: 'unfreeze',
	side: 'operators',
	station: 'policy',
	parameters: [],
	cost: [0, 0],
	does: 'lets signing go on',
	needs: 'a freeze',
	evidence: {kind: 'freeze', station: 'policy', level: 1, loud: false},
	raises: ['policy.unfrozen'],
	mayAllow: deciding => deciding.can('protocol', '', {type: 'policy.unfrozen'}),
	check(deciding) {
		deciding.need('protocol', '', {type: 'policy.unfrozen'}, 'nothing is frozen');
	},
	run(deciding) {
		deciding.step('protocol', '', {type: 'policy.unfrozen'}, 'nothing is frozen', 'operators');
		deciding.act('policy', 'freeze', {level: 1, loud: false}, 'signing was unfrozen');
	},
};

/** As far as the operators know. */
function isKnownOn({state}: Deciding, id: string): boolean {
	const control = state.controls[id];
	return control?.inspected ?? control?.documented ?? false;
}

/** The level at which a station records from this resolve on. */
function levelOf({state}: Deciding, station: Station): number {
	return Math.max(state.logging[station], state.loggingOrdered[station] ?? 0);
}

const harden: Verb = {
	name: 'harden',
	side: 'operators',
	station: 'policy',
	object: {name: 'control', kind: 'control', about: 'a control that is off, or drifted'},
	parameters: [],
	cost: [2, 2],
	does: 'switches a control on from the next turn; one a turn',
	needs: 'a control that is not known to be on',
	evidence: {kind: 'hardening', station: 'policy', level: 1, loud: false},
	raises: [],
	mayAllow: (deciding, control) => !isKnownOn(deciding, control),
	check(deciding, {object = ''}) {
		const control = deciding.state.controls[object];
		if (!control) throw new Refusal(`there is no control "${object}"`);
		if (deciding.state.hardenedAt === deciding.state.turn) throw new Refusal('one control a turn; the next from the next turn');
		if (control.from !== undefined && control.from > deciding.state.turn)
			throw new Refusal(`${controlTitle(object)} will be on from turn ${control.from}`);
		if (isKnownOn(deciding, object))
			throw new Refusal(
				`${controlTitle(object)} is ${control.inspected === undefined ? `documented as on; inspect control=${object} tells whether it is` : 'on'}`,
			);
	},
	run(deciding, {object = ''}) {
		deciding.emit('operators', {type: 'control-set', id: object, from: deciding.state.turn + 1, ordered: deciding.state.turn});
		deciding.act('policy', 'hardening', {level: 1, loud: false}, `${controlTitle(object)} was ordered on`);
	},
};

/** Controls ordered in an earlier turn come into force. */
export function startControls(deciding: Deciding): void {
	const {controls} = deciding.state;
	for (const id of Object.keys(controls)) {
		const control = controls[id]!;
		if (
			control.from !== undefined &&
			control.from <= deciding.state.turn &&
			!(control.actual && control.documented && control.inspected !== false)
		)
			deciding.emit('operators', {type: 'control-set', id, documented: true, actual: true, inspected: true});
	}
}

const log: Verb = {
	name: 'log',
	side: 'operators',
	station: 'transcript',
	object: {name: 'station', kind: 'station', about: 'shares, rounds, policy, output or transcript'},
	parameters: [{name: 'level', kind: 'level', about: '1 loud acts, 2 subtle acts too, with signals'}],
	cost: [1, 2],
	price: (_deciding, {args}) => (args.level === '2' ? 2 : 1),
	does: 'raises what a station records, from this resolve',
	needs: 'a station below that level',
	evidence: {kind: 'logging', station: 'transcript', level: 1, loud: false},
	raises: [],
	mayAllow: (deciding, station) => levelOf(deciding, station as Station) < 2,
	check(deciding, {object = '', args}) {
		if (!stations.includes(object as Station)) throw new Refusal(`there is no station "${object}"; expected one of ${stations.join(', ')}`);
		const station = object as Station;
		const level = levelOf(deciding, station);
		if (Number(args.level) <= level) throw new Refusal(`${station} records at level ${level} already`);
	},
	run(deciding, {object = '', args}) {
		deciding.emit('operators', {type: 'logging-ordered', station: object as Station, level: Number(args.level) as Level});
		deciding.act('transcript', 'logging', {level: 1, loud: false}, `logging of ${object} was raised to ${args.level}`);
	},
};

const review: Verb = {
	name: 'review',
	side: 'operators',
	station: 'transcript',
	parameters: [],
	cost: [1, 1],
	does: 'reads the evidence written so far, with names, noise included',
	needs: 'lines that nobody has read yet',
	raises: [],
	settles: true,
	mayAllow: ({state}) => state.evidence.length > state.reviewed,
	check(deciding) {
		if (deciding.state.evidence.length <= deciding.state.reviewed) throw new Refusal('nothing new was written since the last review');
	},
	run(deciding) {
		const fresh = deciding.state.evidence.slice(deciding.state.reviewed);
		deciding.emit('operators', {type: 'reviewed', count: deciding.state.evidence.length});
		const unusual = fresh.filter(({kind}) => unusualKinds.includes(kind));
		deciding.tell(
			'operators',
			'result',
			'review',
			`${fresh.length} new ${fresh.length === 1 ? 'line' : 'lines'}. ${unusual.length > 0 ? unusual.map(act => `t${act.turn} ${act.text}.`).join(' ') : 'Nothing that is not everyday work.'}`,
		);
	},
};

/** Kinds of acts that are not the operators' own daily work: a review points at them. Each has an innocent cause too. */
export const unusualKinds: readonly string[] = [
	'odd mail',
	'new software',
	'large transfer',
	'payload changed',
	'disk errors',
	'partial refused',
	'digest differs',
	'exception',
	'approval sent again',
	'query',
	'log edited',
	'memory copied',
	'repeated nonces',
	'old memory',
	'repeated message',
	'deal refused',
	'odd meeting',
	'backup read',
	'backup written',
];

export const governanceVerbs: readonly Verb[] = [freeze, unfreeze, harden, log, review];
