/** The state as expressions see it: facts for injects, objectives, playbooks and tests of a scenario. Role ids throughout. */
import type {GameValues, OutputFacts, PartyFacts, PlaybookValues, RequestFacts, TestValues} from '../scenario/expression.js';
import type {Game} from './game.js';
import {decodePayload} from './payload.js';
import type {GameState, OutputState} from './state.js';
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
function partyFacts(state: GameState, id: string): PartyFacts {
	const party = state.parties[id]!;
	const isolated = matches(party.machine, 'trust.isolated') || matches(party.machine, 'trust.inspected');
	return {
		reachable: matches(party.machine, 'reach.reachable') && !isolated,
		isolated,
		share_ok: party.keyShare !== undefined && party.lastCheck !== 'BAD' && party.keyShare.epoch === state.key?.epoch,
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

export function gameValues(game: Game, state: GameState): GameValues {
	return {
		turn: state.turn,
		turns: game.scenario.turns,
		threshold: game.scenario.threshold,
		frozen: matches(state.protocol, 'suspended.frozen'),
		stolen: mostStolen(state),
		requests: Object.fromEntries(Object.keys(state.requests).map(id => [id, requestFacts(state, id)])),
		outputs: state.outputs
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
		parties: Object.fromEntries(Object.entries(game.deal.partyOf).map(([role, id]) => [role, partyFacts(state, id)])),
	};
}

/** Whether a side knows of an output: operators hear of a signature from captured shares by the statement, attackers of all others. */
export function knowsOf(state: GameState, output: OutputState, side: Side): boolean {
	if (state.end) return true;
	if (side === 'attackers') return output.request === '' || (output.state === 'final' && output.finalAt < state.turn);
	return output.request !== '' || (output.finalAt || output.turn) < state.turn;
}

/** For the attackers' playbook: what the attackers know, under the ids of the file. */
export function playbookValues(game: Game, state: GameState): PlaybookValues {
	const roles = Object.fromEntries(Object.entries(game.deal.partyOf).map(([role, id]) => [id, role]));
	const machines = Object.entries(state.footholds);
	const known = state.outputs.filter(output => knowsOf(state, output, 'attackers'));
	const values = gameValues(game, {...state, outputs: known});
	return {
		...values,
		// Nobody outside knows of a request before it is on the table, nor whether a share is sound.
		requests: Object.fromEntries(
			Object.entries(values.requests).map(([id, facts]) => [id, facts.opened > 0 ? facts : {...facts, amount: 0, to: ''}]),
		),
		parties: Object.fromEntries(Object.entries(values.parties).map(([id, facts]) => [id, {...facts, share_ok: true}])),
		ways_in: machines.filter(([, {wayIn}]) => wayIn).map(([id]) => roles[id] ?? id),
		implants: machines.filter(([, {implantSince}]) => implantSince !== undefined).map(([id]) => roles[id] ?? id),
		loot: state.loot.length,
		points: state.points.attackers,
	};
}

export function testValues(game: Game, state: GameState): TestValues {
	return {...gameValues(game, state), outcome: state.end?.outcome ?? 'open'};
}
