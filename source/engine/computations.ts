/**
 * Computations on private inputs: asked for by the scenario or by an analyst, run by the parties on shares. Masks, triples and MAC keys come from
 * the coordinator, which is trusted not to look; screens say so. What answers give away together is solved for, and written down as an equation.
 */
import {difference} from '../ceremony/attacks/queries.js';
import {circuitOf, type Program} from '../ceremony/computation-circuit.js';
import {ROUND} from '../ceremony/computation-dealer.js';
import {computedOf, type Packet, runCeremony, type SideState, startComputing, startTriples} from '../ceremony/index.js';
import {suiteOf} from '../sharing/suites.js';
import {checksOf, drawOf, nextCeremony, record, sessionOf} from './ceremonies.js';
import {coordinatorId, type DealtComputation} from './deal.js';
import {type Deciding, keptFrom} from './deciding.js';
import type {Game} from './game.js';
import {carrier} from './line.js';
import type {Query} from './policy-state.js';
import type {Side} from './view.js';

/** Inputs are below 2^20: comparisons and auctions look at so many bits. */
const BITS = 20;

/** What an input that became known costs at the output station. */
const exposure = 25;

export const dealerWords = `Masks, triples and MAC keys were dealt by the ${coordinatorId}, which is trusted not to look`;

export function dealtComputation(deciding: Deciding, id: string): DealtComputation {
	return deciding.game.deal.computations.find(each => each.id === id)!;
}

/** "the mean of ada, ben and chi" */
export function questionWords({function: kind}: DealtComputation, cohort: readonly string[]): string {
	const names = cohort.length < 2 ? cohort.join('') : `${cohort.slice(0, -1).join(', ')} and ${cohort.at(-1)}`;
	return kind === 'compare'
		? `whether ${cohort[0]} is below ${cohort[1]}`
		: `the ${kind === 'auction' ? 'second price' : kind} of ${names}`;
}

/** "sum 31", "mean 15.5 of 2", "yes", "price 20, won by chi" */
export function resultWords({deal}: Game, {function: kind}: DealtComputation, result: Readonly<Record<string, string>>): string {
	if (kind === 'mean') {
		const [sum, count] = [Number(result.sum), Number(result.count)];
		return `mean ${Math.round((100 * sum) / count) / 100} of ${count}`;
	}
	if (kind === 'compare') return result.less === '1' ? 'yes' : 'no';
	if (kind === 'auction')
		return `price ${result.price}, won by ${deal.parties.find(({index}) => String(index) === result.winner)?.id ?? 'nobody'}`;
	return `${kind} ${result[kind]}`;
}

function programOf({function: kind, minimum}: DealtComputation, cohort: readonly string[]): Program {
	if (kind === 'compare') return {kind: 'less', cohort, bits: BITS};
	return kind === 'auction' ? {kind, cohort, bits: BITS} : {kind, cohort, minimum};
}

/** Computations whose turn has come are asked for. */
export function openComputations(deciding: Deciding): void {
	const {turn} = deciding.state;
	for (const computation of deciding.game.deal.computations) {
		const {id, opens, due, requester, title, inputs, queries} = computation;
		if (opens !== turn || deciding.state.computations[id]?.opened !== 0) continue;
		deciding.emit('public', {type: 'computation-changed', id, set: {opened: turn}});
		const asked = questionWords(
			computation,
			inputs.map(([party]) => party),
		);
		deciding.tell(
			'operators',
			'inject',
			requester,
			`Please compute ${id} (${title}): ${asked}, due in turn ${due}. Nobody may learn an input.`,
		);
		if (queries)
			deciding.tell(
				'attackers',
				'result',
				id,
				`You hold an analyst's account: query ${id} parties=... asks for it over parties of your choice.`,
			);
		deciding.act('policy', 'request', {level: 1, loud: false}, `${requester} asked for ${id}`);
	}
}

/** What was not computed by its deadline is missed. */
export function judgeComputations(deciding: Deciding): void {
	for (const {id, due, required} of deciding.game.deal.computations) {
		const {opened, doneAt, missed} = deciding.state.computations[id]!;
		if (required && opened > 0 && doneAt === 0 && !missed && due <= deciding.state.turn)
			deciding.emit('operators', {type: 'computation-changed', id, set: {missed: true}});
	}
}

/** Resolve: what was ordered, then what analysts asked. */
export function runComputations(deciding: Deciding): void {
	for (const {verb, computation, parties} of deciding.state.orders)
		if (verb === 'compute' && computation !== undefined) runComputation(deciding, {computation, cohort: parties}, 'operators');
	const {queries} = deciding.state;
	for (const query of queries) runComputation(deciding, query, 'attackers');
	if (queries.length > 0) deciding.emit('attackers', {type: 'queries-done'});
}

function runComputation(deciding: Deciding, {computation: id, cohort}: Query, asked: Side): void {
	const {game, state} = deciding;
	const dealt = dealtComputation(deciding, id);
	// Everybody who is there computes; the cohort gives inputs.
	const members = game.deal.parties.map(({id: party}) => party).filter(party => deciding.isReachable(party));
	const missing = cohort.filter(party => !members.includes(party));
	const hasThreshold = missing.length === 0 && members.length >= (state.key?.threshold ?? game.scenario.threshold);
	if (!deciding.can('protocol', '', {type: 'computation.started', hasThreshold})) {
		const why = missing.length > 0 ? `${missing.join(' and ')} can't be reached` : 'the parties are busy with another ceremony, or frozen';
		deciding.tell(asked, 'result', coordinatorId, `The computation of ${id} did not start: ${why}.`);
		return;
	}
	const program = programOf(dealt, cohort);
	const ceremony = nextCeremony(deciding);
	deciding.step('protocol', '', {type: 'computation.started', hasThreshold}, 'the parties are busy', 'operators');
	deciding.emit('operators', {
		type: 'ceremony-started',
		id: ceremony,
		kind: 'computation',
		turn: state.turn,
		computation: id,
		asked,
		parties: [...cohort],
		epoch: state.key?.epoch ?? 0,
	});
	const session = sessionOf(deciding, ceremony, members);
	const checks = {...checksOf(deciding), minimumCohort: deciding.control('minimum-cohort')};
	const answered = state.answers.filter(answer => answer.computation === id).map(answer => answer.cohort);
	const inputs = new Map(dealt.inputs);
	const sides: Record<string, SideState> = {
		[coordinatorId]: {kind: 'triples', memory: startTriples({session, identity: state.identities[coordinatorId]!, program, checks})},
	};
	for (const me of members) {
		const input = cohort.includes(me) ? {input: String(inputs.get(me))} : {};
		sides[me] = {
			kind: 'computing',
			memory: startComputing({session, me, identity: state.identities[me]!, program, answered, checks, ...input}),
		};
	}
	const late: Packet[] = [];
	const run = runCeremony({sides, draw: drawOf(deciding, ceremony), carry: carrier(deciding, session, late), closeRounds: true});
	record(deciding, ceremony, run, 0);
	const rounds = Math.max(0, ...run.transits.map(({round}) => round));
	const {depth} = circuitOf(program);
	// A layer is under way as soon as one of its openings is.
	for (let layer = 1; layer <= depth && rounds >= ROUND.layer(layer); layer += 1)
		deciding.step('protocol', '', {type: 'computation.round.closed', hasLayers: true}, 'no inputs were shared', 'operators');
	const isOpening = rounds > ROUND.layer(depth);
	if (isOpening) deciding.step('protocol', '', {type: 'computation.round.closed', hasLayers: false}, 'no inputs were shared', 'operators');
	const isDone = run.status === 'done';
	const failed = Object.values(run.checks)
		.flat()
		.find(({holds}) => !holds);
	const blamed = [...new Set(run.blame.map(({member}) => member))];
	const reason = run.reason ?? (isDone ? '' : `no message came from ${run.waitingFor.join(' and ')}`);
	deciding.emit('operators', {
		type: 'ceremony-ended',
		id: ceremony,
		status: isDone ? 'done' : 'aborted',
		waitingFor: [...run.waitingFor],
		blamed: [...run.blame],
		checks: failed === undefined ? [] : [failed],
		reason,
	});
	const question = questionWords(dealt, cohort);
	if (!isDone) {
		deciding.step('protocol', '', {type: 'computation.aborted'}, 'nothing is computed', 'operators');
		const blame = blamed.length > 0 ? ` Blamed: ${blamed.join(' and ')}.` : '';
		const text = `The computation of ${id} (${ceremony}), ${question}, has no result. ${reason}.${blame}`;
		deciding.tell(asked, 'result', coordinatorId, text, failed);
		deciding.act('rounds', 'computation failed', {level: 1, loud: false}, `${question} for ${id} was not computed`);
		return;
	}
	deciding.step('protocol', '', {type: 'computation.completed'}, 'nothing is computed', 'operators');
	const result = computedOf(run.sides[coordinatorId]!.memory);
	deciding.emit(asked, {type: 'answered', answer: {computation: id, cohort, by: asked, turn: state.turn, result}});
	if (asked === 'operators') deciding.emit('operators', {type: 'computation-changed', id, set: {doneAt: state.turn, result}});
	deciding.tell(
		asked,
		'result',
		coordinatorId,
		`${id} (${ceremony}): ${question} is ${resultWords(deciding.game, dealt, result)}. ${dealerWords}.`,
	);
	deciding.act(
		'rounds',
		'computation',
		{level: 1, loud: false},
		`${members.join(' and ')} computed ${question} for ${asked === 'operators' ? dealt.requester : 'an analyst'}`,
		{
			what: `${members.join(' and ')} answer ${question} for ${id}`,
			about: ceremony,
			facts: [
				...keptFrom(1, {'who asked': asked === 'operators' ? dealt.requester : 'an analyst', time: state.turn}),
				...keptFrom(2, {'inputs of whom': cohort.join(' ')}),
			],
		},
	);
	if (asked === 'attackers') solve(deciding, dealt);
}

/** Combines the attackers' answers: each input that they give away alone, with the equation that says whose it is. */
function solve(deciding: Deciding, {id, inputs}: DealtComputation): void {
	const answers = deciding.state.answers
		.filter(({computation, by}) => computation === id && by === 'attackers')
		.map(({cohort, result}) => ({cohort, sum: result.sum ?? ''}));
	for (const [party] of inputs) {
		if (deciding.state.exposed.some(each => each.computation === id && each.party === party)) continue;
		const {checks, result} = difference(suiteOf(deciding.game.suite), answers, party);
		const check = checks[0]!;
		if (!check.holds || result === undefined) continue;
		deciding.emit('attackers', {type: 'input-exposed', exposed: {computation: id, party, input: result, turn: deciding.state.turn, check}});
		deciding.tell('attackers', 'result', id, `The answers give away the input of ${party}: ${result}.`, check);
		deciding.tally('output', exposure, `answers to ${id} gave away the input of ${party}`);
	}
}
