/** What happened in a test of a scenario, turn by turn: moves of both sides, and what came of them. */
import {ceremonyName} from '../engine/ceremony-view.js';
import type {EventOf, GameEvent} from '../engine/events.js';
import {isAuthorised} from '../engine/facts.js';
import type {PlayedTest} from '../playtest/scenario-test.js';
import {clean, listed} from './plain-text.js';

/** The lines of the account; those of a turn are indented below it. Parties have the names that the seed dealt. */
export function testAccount({game, state, events, moves}: PlayedTest): string[] {
	const {world, partyOf} = game.deal;
	const dealt = Object.entries(partyOf).filter(([role, party]) => role !== party);
	const ceremonies = new Map<string, EventOf<'ceremony-started'>>();

	function linesOf(event: GameEvent): string[] {
		switch (event.type) {
			case 'turn-began':
				return [`turn ${event.turn}`];
			case 'move':
				return event.side === 'table' || event.text === 'end-turn' ? [] : [`  ${event.side}: ${event.text}`];
			case 'inject-fired':
				return [`    inject ${event.index + 1} of the file fires`];
			case 'ceremony-started':
				ceremonies.set(event.id, event);
				return [];
			case 'ceremony-ended':
				return ceremonyLine(event);
			case 'decided': {
				const {verdict, request, rule, reason} = event.decision;
				return [`    policy: ${verdict} ${request} by ${rule}: ${reason}`];
			}
			case 'captured':
				return [`    the attackers hold the share of ${event.share.party}, epoch ${event.share.epoch}`];
			case 'attempted': {
				const {indices, epoch, how, check} = event.attempt;
				return [
					`    ${how ?? `shares ${indices.join(', ')} of epoch ${epoch}`}: ${check.equation} ${check.holds ? 'holds' : 'does not hold'}`,
				];
			}
			case 'output-changed': {
				const output = state.outputs.find(({id}) => id === event.id);
				if (event.set.state === undefined || !output) return [];
				const whose = isAuthorised(state, output) ? 'authorised' : 'not authorised';
				return [`    ${event.id}${output.request === '' ? '' : ` (${output.request})`} is ${event.set.state}, ${whose}`];
			}
			case 'ended':
				return [`the end: ${event.end.outcome}: ${event.end.reason}`];
			default:
				return [];
		}
	}

	function ceremonyLine({id, status, waitingFor, blamed}: EventOf<'ceremony-ended'>): string[] {
		const started = ceremonies.get(id);
		if (!started || started.kind === 'keygen') return [];
		const waits = waitingFor.length > 0 ? `, waits for ${listed(waitingFor)}` : '';
		const blames = blamed.length > 0 ? `, blames ${listed(blamed.map(({member}) => member))}` : '';
		return [`    ${id} ${ceremonyName(started)}, parties ${started.parties.join(', ')}: ${status}${waits}${blames}`];
	}

	const last = moves.at(-1);
	return [
		`world ${world}, seed ${game.seed}`,
		...(dealt.length > 0
			? [`the seed moved the parties: ${dealt.map(([role, party]) => `${role} of the file is ${party}`).join(', ')}`]
			: []),
		...events.flatMap(linesOf),
		...(last?.refused === undefined ? [] : [`  ${last.side}: ${last.dealt}`, `    refused: ${last.refused}`]),
	].map(line => `${/^ */.exec(line)?.[0]}${clean(line.trimStart())}`);
}
