/** Verbs on private inputs: the operators have a computation run, the attackers ask as analysts. Both are answered when the turn resolves. */

import {listed} from '../../ceremony/words.js';
import {dealtComputation, questionWords} from '../computations.js';
import {type Deciding, Refusal} from '../deciding.js';
import type {Move} from '../move.js';
import type {Parameter, Verb} from '../verb.js';

const computation: Parameter = {name: 'computation', kind: 'computation', about: 'a computation that was asked for'};

/** The computation of a move and the parties that it names; all that have an input where it names none. */
function read(deciding: Deciding, {object = '', args}: Move) {
	const state = deciding.state.computations[object];
	const open = Object.values(deciding.state.computations).filter(({opened}) => opened > 0);
	if (!state || state.opened === 0)
		throw new Refusal(
			`there is no computation "${object}" on the table; ${open.length > 0 ? `expected one of ${open.map(({id}) => id).join(', ')}` : 'none was asked for yet'}`,
		);
	const dealt = dealtComputation(deciding, object);
	const owners = dealt.inputs.map(([party]) => party);
	const cohort = args.parties === undefined ? owners : args.parties.split(',').filter(Boolean);
	if (new Set(cohort).size !== cohort.length) throw new Refusal('a party is named twice');
	for (const party of cohort) {
		deciding.party(party);
		if (!owners.includes(party)) throw new Refusal(`${party} has no input for ${object}; ${owners.join(', ')} have`);
	}
	if (cohort.length === 0) throw new Refusal('name a party whose input counts');
	return {state, dealt, cohort};
}

const compute: Verb = {
	name: 'compute',
	side: 'operators',
	station: 'rounds',
	object: computation,
	parameters: [{name: 'parties', kind: 'parties', optional: true, about: 'whose inputs count (default: all that have one)'}],
	cost: [1, 1],
	does: 'runs it on private inputs when the turn ends',
	needs: 'a computation asked for; reachable parties',
	evidence: {kind: 'computation', station: 'rounds', level: 1, loud: false},
	raises: ['computation.started', 'computation.round.closed', 'computation.completed', 'computation.aborted'],
	check(deciding, move) {
		const {dealt, cohort, state} = read(deciding, move);
		const {id} = dealt;
		if (state.doneAt > 0) throw new Refusal(`${id} was computed in turn ${state.doneAt}`);
		if (deciding.state.orders.some(order => order.computation === id))
			throw new Refusal(`the computation of ${id} is ordered already; it runs when the turn ends`);
		const isPair = dealt.function === 'compare' || dealt.function === 'auction' || dealt.function === 'product';
		if (isPair && cohort.length < 2) throw new Refusal(`${id} takes the inputs of two parties at least`);
		const dark = cohort.filter(party => !deciding.isReachable(party));
		const up = deciding.game.deal.parties.filter(party => deciding.isReachable(party.id)).length;
		const threshold = deciding.state.key?.threshold ?? deciding.game.scenario.threshold;
		deciding.need(
			'protocol',
			'',
			{type: 'computation.started', hasThreshold: dark.length === 0 && up >= threshold},
			dark.length > 0
				? `${listed(dark)} can't be reached`
				: up < threshold
					? `needs ${threshold} parties that compute, ${up} can be reached`
					: deciding.is('protocol', '', 'suspended.frozen')
						? 'the parties are frozen; unfreeze first'
						: 'the parties are busy with another ceremony',
		);
	},
	run(deciding, move) {
		const {dealt, cohort} = read(deciding, move);
		const text = `compute ${dealt.id}${move.args.parties === undefined ? '' : ` parties=${cohort.join(',')}`}`;
		deciding.emit('operators', {type: 'ordered', order: {text, verb: 'compute', request: '', computation: dealt.id, parties: cohort}});
	},
};

const query: Verb = {
	name: 'query',
	side: 'attackers',
	station: 'output',
	object: computation,
	parameters: [{name: 'parties', kind: 'parties', about: 'whose inputs count'}],
	cost: [1, 1],
	does: 'asks a sum or mean over parties you choose',
	needs: "an analyst's account on a computation",
	evidence: {kind: 'query', station: 'policy', level: 1, loud: false},
	raises: ['computation.started', 'computation.round.closed', 'computation.completed', 'computation.aborted'],
	stoppedBy: 'minimum cohort',
	check(deciding, move) {
		const {dealt, cohort} = read(deciding, move);
		if (!dealt.queries) throw new Refusal(`analysts have no account on ${dealt.id}`);
		const same = deciding.state.queries.some(
			each => each.computation === dealt.id && [...each.cohort].sort().join() === [...cohort].sort().join(),
		);
		if (same) throw new Refusal('that is asked already this turn');
	},
	run(deciding, move) {
		const {dealt, cohort} = read(deciding, move);
		deciding.emit('attackers', {type: 'query-asked', query: {computation: dealt.id, cohort}});
		deciding.act('policy', 'query', {level: 1, loud: false}, `an analyst asked ${questionWords(dealt, cohort)} for ${dealt.id}`);
	},
};

export const computationVerbs: readonly Verb[] = [compute, query];
