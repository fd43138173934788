/** The five stations of the path as a side sees them: two short lines each, and whether something happens or went wrong there. */
import {machines} from '../../machines/index.js';
import {knowsOf, seenState} from './facts.js';
import type {Game} from './game.js';
import type {GameState} from './state.js';
import {matches} from './step.js';
import type {Side, Station, StationView} from './view.js';

const requestStates = machines.request.root.states;

/** The station at which a request stands, as its machine says. */
export function stationOf(requestState: string): Station {
	return requestStates[requestState as keyof typeof requestStates]?.meta?.station ?? 'shares';
}

/** How many requests are in one of these states, as a side sees it. */
function count(state: GameState, side: Side, ...names: string[]): number {
	return Object.values(state.requests).filter(request => request.opened > 0 && names.includes(seenState(state, request, side))).length;
}

/** How many shares of the epoch in force the attackers hold. */
function heldOf({loot, key}: GameState): number {
	return new Set(loot.filter(({epoch, index}) => epoch === key?.epoch && index > 0).map(({index}) => index)).size;
}

export function stationViews(game: Game, state: GameState, side: Side): StationView[] {
	const parties = Object.values(state.parties);
	const up = parties.filter(
		({machine}) => matches(machine, 'reach.reachable') && !matches(machine, 'trust.isolated') && !matches(machine, 'trust.inspected'),
	).length;
	const last = state.ceremonies.findLast(({kind}) => kind === 'signing');
	const decided = state.decisions;
	const seen = state.outputs.filter(output => knowsOf(state, output, side));
	const isOperators = side === 'operators';
	const frozen = matches(state.protocol, 'suspended.frozen');
	const threshold = state.key?.threshold ?? game.scenario.threshold;
	const rounds = frozen
		? 'frozen'
		: last?.status === 'stalled'
			? `open ${last.id}`
			: state.orders.some(({verb}) => verb === 'sign')
				? `${state.orders.filter(({verb}) => verb === 'sign').length} queued`
				: 'idle';
	const lastWords = !last
		? 'none yet'
		: last.status === 'done'
			? `signed t${last.turn}`
			: last.status === 'aborted'
				? `aborted t${last.turn}`
				: `waits t${last.turn}`;
	const denied = decided.filter(({verdict}) => verdict === 'deny').length + count(state, side, 'denied');
	const logging = isOperators ? state.logging : ({shares: 0, rounds: 0, policy: 0, output: 0, transcript: 0} as const);
	const toDecide = count(state, side, 'open', 'approved');
	const held = seen.filter(output => output.state === 'held').length;
	const out = seen.filter(output => output.state === 'released' || output.state === 'final').length;
	const unread = isOperators ? state.evidence.length - state.reviewed : 0;
	const lastFailed = last !== undefined && last.status !== 'done' && last.turn >= state.turn - 1;
	const suspicious = isOperators && seen.some(({request}) => request === '');
	return [
		{
			station: 'shares',
			lines: [`${up} of ${parties.length} up`, isOperators ? `${threshold} must sign` : `${heldOf(state)} of ${threshold} held`],
			state: up < threshold ? 'alert' : up < parties.length ? 'active' : 'quiet',
			logging: logging.shares,
		},
		{
			station: 'rounds',
			lines: [isOperators ? rounds : '', isOperators ? lastWords : ''],
			state: lastFailed && isOperators ? 'alert' : rounds === 'idle' ? 'quiet' : 'active',
			logging: logging.rounds,
		},
		{
			station: 'policy',
			lines: [`${toDecide} to decide`, `${isOperators ? denied : count(state, side, 'denied')} denied`],
			state: toDecide > 0 ? 'active' : 'quiet',
			logging: logging.policy,
		},
		{
			station: 'output',
			lines: [`${out} released`, `${held} held`],
			state: suspicious ? 'alert' : held > 0 ? 'active' : 'quiet',
			logging: logging.output,
		},
		{
			station: 'transcript',
			lines: isOperators
				? [`${state.evidence.length} ${state.evidence.length === 1 ? 'line' : 'lines'}`, unread > 0 ? `${unread} unread` : 'all read']
				: ['', ''],
			state: unread > 0 ? 'active' : 'quiet',
			logging: logging.transcript,
		},
	];
}
