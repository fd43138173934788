/** Verbs about the parties themselves: inspect, isolate, rejoin. */
import {controlTitle} from '../controls.js';
import {type Deciding, Refusal} from '../deciding.js';
import {checkShare} from '../share-check.js';
import type {Verb} from '../verb.js';
import {seedAnew} from './machines.js';

/** A targeted act against what is really there is a detection; score and debrief date it from here. */
export function noteDetection(deciding: Deciding, machine: string, what: string): void {
	const foothold = deciding.state.footholds[machine];
	if (foothold && (foothold.wayIn || foothold.implantSince !== undefined) && !deciding.state.detected)
		deciding.emit('keeper', {type: 'detected', turn: deciding.state.turn, what});
}

const inspect: Verb = {
	name: 'inspect',
	side: 'operators',
	station: 'shares',
	parameters: [
		{name: 'party', kind: 'machine', optional: true, about: 'a party, or the coordinator'},
		{name: 'control', kind: 'control', optional: true, insteadOf: 'party', about: 'a control: is it really on?'},
		{
			name: 'depth',
			kind: 'depth',
			optional: true,
			insteadOf: 'control',
			about: 'full: takes the machine out for this turn, finds and removes an implant',
		},
	],
	cost: [1, 2],
	price: (_deciding, {args}) => (args.depth === 'full' ? 2 : 1),
	does: 'party: checks its share against the commitments; depth=full: removes implant and way-in; control: tells whether it is really on',
	needs: 'a reachable party, or a control',
	evidence: {kind: 'inspection', station: 'shares', level: 1, loud: false},
	raises: ['party.inspected', 'inspection.ended'],
	settles: true,
	check(deciding, {args}) {
		if ((args.party === undefined) === (args.control === undefined)) throw new Refusal('name a party or a control, one of the two');
		if (args.control !== undefined) {
			if (!deciding.state.controls[args.control]) throw new Refusal(`there is no control "${args.control}"`);
			if (args.depth !== undefined) throw new Refusal('depth goes with a party');
			return;
		}
		const party = args.party ?? '';
		if (deciding.state.parties[party]) {
			if (args.depth === 'full')
				deciding.need(
					'party',
					party,
					{type: 'party.inspected', isReachable: deciding.isReachable(party)},
					`${party} can't be reached, or is taken out already`,
				);
			else if (!deciding.isReachable(party)) throw new Refusal(`${party} can't be reached`);
			else if (deciding.is('party', party, 'share.none') || deciding.is('party', party, 'share.lost'))
				throw new Refusal(`${party} holds no share to check; depth=full looks at the machine`);
			if (args.depth === 'full' && deciding.state.orders.some(order => order.parties.includes(party)))
				throw new Refusal(`${party} signs when this turn ends; take that order back, or inspect next turn`);
		} else if (deciding.state.footholds[party]) {
			if (args.depth !== 'full') throw new Refusal(`${party} holds no share; inspect it with depth=full`);
			if (deciding.state.orders.some(order => order.verb === 'inspect' && order.parties.includes(party)))
				throw new Refusal(`the inspection of ${party} is ordered already; it runs when the turn ends`);
		} else throw new Refusal(`there is no party "${party}"`);
	},
	run(deciding, {args}) {
		const {state} = deciding;
		if (args.control !== undefined) {
			const control = state.controls[args.control]!;
			deciding.emit('operators', {type: 'control-set', id: args.control, inspected: control.actual});
			const is = control.actual ? 'on' : 'off';
			const drifted = control.actual !== control.documented;
			deciding.tell(
				'operators',
				'result',
				'inspection',
				`${controlTitle(args.control)} is really ${is}${drifted ? `, though it is documented as ${control.documented ? 'on' : 'off'}; harden it` : ', as documented'}.`,
			);
			deciding.act('shares', 'inspection', {level: 1, loud: false}, `control ${args.control} was inspected: ${is}`);
			return;
		}
		const party = args.party ?? '';
		if (args.depth === 'full') {
			if (state.parties[party]) {
				deciding.step('party', party, {type: 'party.inspected', isReachable: true}, `${party} can't be reached`, 'operators');
				deciding.emit('operators', {type: 'party-noted', party, since: state.turn});
			}
			// What is found is found in resolve; the machine is out of every ceremony until then.
			deciding.emit('operators', {
				type: 'ordered',
				order: {text: `inspect party=${party} depth=full`, verb: 'inspect', request: '', parties: [party]},
			});
			noteDetection(deciding, party, `full inspection of ${party}`);
			return;
		}
		const {keyShare} = deciding.party(party);
		if (!keyShare) throw new Refusal('there is no key yet');
		const check = checkShare(keyShare, party);
		deciding.emit('operators', {type: 'party-noted', party, lastCheck: check.holds ? 'ok' : 'BAD'});
		const nonces = deciding.is('party', party, 'nonces.none') ? 'no nonces outstanding' : 'nonces of a signing outstanding';
		deciding.tell(
			'operators',
			'result',
			'inspection',
			`${party}: its share ${check.holds ? 'lies on the committed polynomial' : 'is NOT the one that was committed to; it can make no valid partial'}; ${nonces}. An implant would not show here.`,
			check,
		);
		deciding.act('shares', 'inspection', {level: 1, loud: false}, `${party} was inspected: share ${check.holds ? 'ok' : 'BAD'}`);
	},
};

const isolate: Verb = {
	name: 'isolate',
	side: 'operators',
	station: 'shares',
	parameters: [{name: 'party', kind: 'party', about: 'the party to cut off'}],
	cost: [1, 1],
	does: 'cuts a party off: it signs nothing, and nothing leaves it',
	needs: 'a party that is not isolated',
	evidence: {kind: 'isolation', station: 'shares', level: 1, loud: false},
	raises: ['party.isolated'],
	mayAllow: (deciding, party) => deciding.can('party', party, {type: 'party.isolated'}),
	check(deciding, {args}) {
		const party = args.party ?? '';
		deciding.party(party);
		deciding.need('party', party, {type: 'party.isolated'}, `${party} is isolated or taken out already`);
		if (deciding.state.orders.some(order => order.parties.includes(party)))
			throw new Refusal(`${party} signs when this turn ends; take that order back first`);
	},
	run(deciding, {args}) {
		const party = args.party ?? '';
		noteDetection(deciding, party, `isolation of ${party}`);
		deciding.step('party', party, {type: 'party.isolated'}, `${party} is isolated already`, 'operators');
		deciding.emit('operators', {type: 'party-noted', party, since: deciding.state.turn});
		deciding.act('shares', 'isolation', {level: 1, loud: false}, `${party} was isolated`);
	},
};

const rejoin: Verb = {
	name: 'rejoin',
	side: 'operators',
	station: 'shares',
	parameters: [{name: 'party', kind: 'party', about: 'an isolated party'}],
	cost: [1, 1],
	does: 'rebuilds an isolated party and lets it back: no implant, no way-in, no tapped link; a stolen share stays stolen',
	needs: 'a party isolated in an earlier turn',
	evidence: {kind: 'rejoin', station: 'shares', level: 1, loud: false},
	raises: ['party.rejoined'],
	mayAllow: (deciding, party) => deciding.can('party', party, {type: 'party.rejoined', hasWaited: true}),
	check(deciding, {args}) {
		const party = args.party ?? '';
		const since = deciding.party(party).since ?? 0;
		deciding.need(
			'party',
			party,
			{type: 'party.rejoined', hasWaited: since < deciding.state.turn},
			deciding.is('party', party, 'trust.isolated')
				? `${party} was isolated this turn; it can rejoin from turn ${deciding.state.turn + 1}`
				: `${party} is not isolated`,
		);
	},
	run(deciding, {args}) {
		const party = args.party ?? '';
		deciding.step('party', party, {type: 'party.rejoined', hasWaited: true}, `${party} is not isolated`, 'operators');
		deciding.emit('keeper', {type: 'foothold', machine: party, set: {}, cleared: true});
		seedAnew(deciding, party);
		deciding.act('shares', 'rejoin', {level: 1, loud: false}, `${party} was rebuilt and rejoined`);
	},
};

/** Full inspections ordered this turn: what they find and remove. Runs in resolve, before anything leaves a party. */
export function runInspections(deciding: Deciding): void {
	for (const order of deciding.state.orders.filter(({verb}) => verb === 'inspect')) {
		const machine = order.parties[0]!;
		const {implantSince, wayIn, link} = deciding.state.footholds[machine]!;
		const finds = [
			implantSince === undefined ? undefined : `an implant, there since turn ${implantSince}`,
			wayIn ? 'a way in' : undefined,
		].filter(Boolean);
		// A tap on the line outside is no software of the machine: only the one that an implant gave goes with it.
		const isTapped = link && implantSince === undefined;
		deciding.emit('keeper', {type: 'foothold', machine, set: {link: isTapped}, cleared: true});
		deciding.tell(
			'operators',
			'result',
			'inspection',
			finds.length > 0
				? `Full inspection of ${machine}: found and removed ${finds.join(' and ')}. What left before is gone.`
				: `Full inspection of ${machine}: nothing found. It is clean.`,
		);
		deciding.act(
			'shares',
			'inspection',
			{level: 1, loud: false},
			`${machine} was inspected in full: ${finds.length > 0 ? finds.join(' and ') : 'nothing found'}`,
		);
	}
}

export const custodyVerbs: readonly Verb[] = [inspect, isolate, rejoin];
