/** The state as expressions see it: facts for injects, objectives, playbooks and tests of a scenario. Role ids throughout. */
import type {
	ComputationFacts,
	GameValues,
	OutputFacts,
	PartyFacts,
	PlaybookValues,
	PolicyFacts,
	RequestFacts,
	TestValues,
} from '../scenario/expression.js';
import {withFields} from './copies.js';
import {coordinatorId} from './deal.js';
import type {Game} from './game.js';
import {type Known, keyFacts, knownKeyFacts, mapValues, roleOf, type Told} from './key-facts.js';
import {isHolder} from './keys.js';
import {laterFrom, type Recipe} from './later.js';
import {decodePayload} from './payload.js';
import type {ComputationState} from './policy-state.js';
import type {GameState, OutputState, RequestState} from './state.js';
import {matches} from './step.js';
import type {Side} from './view.js';

/** Whether the signed bytes are exactly what a legitimate requester of this game wants signed. */
export function isAuthorised(state: GameState, output: OutputState): boolean {
	return Object.values(state.requests).some(({intent}) => intent !== null && intent === output.message);
}

/** Distinct shares of the epoch of which the attackers hold most. */
export function mostStolen(state: GameState): number {
	// Index 0 is the key itself.
	if (state.loot.some(({index}) => index === 0)) return state.key?.threshold ?? 0;
	const byEpoch = new Map<number, Set<number>>();
	for (const {epoch, index} of state.loot) byEpoch.set(epoch, (byEpoch.get(epoch) ?? new Set()).add(index));
	return Math.max(0, ...[...byEpoch.values()].map(({size}) => size));
}

/** Whether a party's share is of the current epoch and lies on the committed polynomial, as its last known check said. */
function partyFacts(game: Game, state: GameState, id: string): PartyFacts {
	const party = state.parties[id]!;
	const isolated = matches(party.machine, 'trust.isolated') || matches(party.machine, 'trust.inspected');
	return {
		reachable: matches(party.machine, 'reach.reachable') && !isolated,
		isolated,
		share_ok: party.keyShare !== undefined && party.lastCheck !== 'BAD' && party.keyShare.epoch === state.key?.epoch,
		holds: isHolder(game, id, state.key),
		epoch: party.keyShare?.epoch ?? 0,
		old_shares: party.older?.length ?? 0,
		suspected: matches(party.machine, 'trust.suspected'),
	};
}

function requestFacts(state: GameState, id: string): RequestFacts {
	const {machine, opened, due, signedAt, displayed} = state.requests[id]!;
	const mode = String(machine);
	const {amount, to} = decodePayload(displayed);
	const output = state.outputs.findLast(({request}) => request === id);
	return {
		open: opened > 0 && !['final', 'denied', 'expired', 'recalled'].includes(mode),
		approved: !['scheduled', 'open', 'denied', 'expired'].includes(mode),
		signed: signedAt > 0,
		released: output !== undefined && (output.state === 'released' || output.state === 'final'),
		final: mode === 'final',
		denied: mode === 'denied',
		expired: mode === 'expired',
		due,
		opened,
		signed_at: signedAt,
		final_at: output?.finalAt ?? 0,
		amount,
		to,
	};
}

/** What a computation came to, as a number: whoever compares it need not know how each function answers. */
function numberOf({result}: ComputationState): number {
	if (result === undefined) return 0;
	if (result.count !== undefined) return Number(result.sum) / Number(result.count);
	return Number(result.sum ?? result.product ?? result.price ?? result.less ?? 0);
}

function computationFacts(game: Game, state: GameState): Record<string, ComputationFacts> {
	return Object.fromEntries(
		game.deal.computations.map(({id, due}) => {
			const computation = state.computations[id]!;
			const {opened, doneAt, missed = false, result} = computation;
			const winner = game.deal.parties.find(({index}) => String(index) === result?.winner)?.id;
			return [
				id,
				{
					opened,
					due,
					done: doneAt > 0,
					done_at: doneAt,
					in_time: doneAt > 0 && doneAt <= due,
					missed,
					value: numberOf(computation),
					winner: winner === undefined ? '' : roleOf(game, winner),
					learned: state.exposed.filter(each => each.computation === id).length,
				},
			];
		}),
	);
}

function policyFacts({scenario}: Game, {policy}: GameState): PolicyFacts {
	const exceptions = Object.keys(scenario.exceptions).filter(name => !policy.dropped.includes(name));
	return {version: policy.version, rules: policy.rules.length, exceptions: exceptions.length};
}

const gameFacts: Recipe<Told, GameValues> = {
	turn: ({state}) => state.turn,
	turns: ({game}) => game.scenario.turns,
	threshold: ({game, state}) => state.key?.threshold ?? game.scenario.threshold,
	frozen: ({state}) => matches(state.protocol, 'suspended.frozen'),
	stolen: ({state}) => mostStolen(state),
	requests: ({state}) => mapValues(state.requests, ({id}) => requestFacts(state, id)),
	outputs: ({state}) =>
		state.outputs
			.filter(output => output.state !== 'recalled')
			.map((output): OutputFacts => {
				const {amount, to} = decodePayload(output.message);
				return {
					request: output.request,
					authorised: isAuthorised(state, output),
					final: output.state === 'final',
					turn: output.turn,
					to,
					amount,
				};
			}),
	parties: ({game, state}) => mapValues(game.deal.partyOf, id => partyFacts(game, state, id)),
	computations: ({game, state}) => computationFacts(game, state),
	policy: ({game, state}) => policyFacts(game, state),
	...keyFacts,
};

const games = laterFrom(gameFacts);

/** What expressions can speak of. A fact is worked out when an expression asks for it: most ask for two or three. */
export function gameValues(game: Game, state: GameState): GameValues {
	return games.glance({game, state});
}

/** States of a request on its way from the table to the outside. */
const underWay = ['approved', 'queued', 'signing', 'stalled', 'deciding', 'refused', 'released', 'held'];

/**
 * The state of a request as a side sees it. Everybody sees whether it is on the table; how far it has come, attackers see only while they have a
 * way into the coordinator, which relays approvals and outputs.
 */
export function seenState(state: GameState, {machine}: Pick<RequestState, 'machine'>, side: Side): string {
	const mode = String(machine);
	const seesAll = side === 'operators' || state.end !== undefined || state.footholds[coordinatorId]?.wayIn === true;
	return !seesAll && underWay.includes(mode) ? 'open' : mode;
}

/** Whether a side knows of an output: operators hear of a signature from captured shares by the statement, attackers of all others. */
export function knowsOf(state: GameState, output: OutputState, side: Side): boolean {
	if (state.end) return true;
	if (side === 'attackers') return output.request === '' || (output.state === 'final' && output.finalAt < state.turn);
	return output.request !== '' || (output.finalAt || output.turn) < state.turn;
}

function knownRequest(state: GameState, id: string, request: RequestFacts): RequestFacts {
	if (request.opened === 0) return {...request, amount: 0, to: ''};
	const isHidden = seenState(state, state.requests[id]!, 'attackers') !== String(state.requests[id]!.machine);
	return isHidden ? {...request, approved: false, signed: false, released: false, signed_at: 0} : requestFacts(state, id);
}

const playbooks = laterFrom<Known, PlaybookValues>({
	turn: ({facts}) => facts.turn,
	turns: ({facts}) => facts.turns,
	threshold: ({facts}) => facts.threshold,
	frozen: ({facts}) => facts.frozen,
	stolen: ({facts}) => facts.stolen,
	outputs: ({facts}) => facts.outputs,
	// Nobody outside knows of a request before it is on the table, how far it is on its way, whether a share is sound, nor whom the operators suspect.
	requests: ({state, facts}) => mapValues(facts.requests, (request, id) => knownRequest(state, id, request)),
	parties: ({state, facts}) =>
		mapValues(facts.parties, party => ({
			...party,
			share_ok: true,
			epoch: party.holds ? (state.key?.epoch ?? 0) : 0,
			old_shares: 0,
			suspected: false,
		})),
	computations: ({facts}) =>
		mapValues(facts.computations, computation => ({
			...computation,
			done: false,
			done_at: 0,
			in_time: false,
			missed: false,
			value: 0,
			winner: '',
		})),
	policy: ({facts}) => ({...facts.policy, rules: 0}),
	...knownKeyFacts,
	ways_in: ({game, state}) => machinesWhere(game, state, ({wayIn}) => wayIn),
	implants: ({game, state}) => machinesWhere(game, state, ({implantSince}) => implantSince !== undefined),
	loot: ({state}) => state.loot.length,
	points: ({state}) => state.points.attackers,
});

/** Machines on which the attackers have a foothold of a kind, under the ids of the file. */
function machinesWhere(game: Game, {footholds}: GameState, is: (foothold: GameState['footholds'][string]) => boolean): string[] {
	return Object.keys(footholds)
		.filter(id => is(footholds[id]!))
		.map(id => roleOf(game, id));
}

/** For the attackers' playbook: what the attackers know, under the ids of the file. */
export function playbookValues(game: Game, state: GameState): PlaybookValues {
	const known = withFields(state, {outputs: state.outputs.filter(output => knowsOf(state, output, 'attackers'))});
	return playbooks.glance({game, state, facts: gameValues(game, known)});
}

const tests = laterFrom<Told, TestValues>({...gameFacts, outcome: ({state}) => state.end?.outcome ?? 'open'});

export function testValues(game: Game, state: GameState): TestValues {
	return tests.glance({game, state});
}
