/**
 * The view of a seat, built up from nothing: every field is written here because this seat could know it. A new field of
 * the state is hidden until somebody decides here that a seat sees it.
 */

import type {Check} from '../ceremony/api.js';
import {parseEnvelope} from '../ceremony/envelope.js';
import {isSealed} from '../ceremony/seal.js';
import {amendmentWords} from './amendments.js';
import {ceremonyViews} from './ceremony-view.js';
import {chartViews} from './charts.js';
import {questionWords, resultWords} from './computations.js';
import {controls} from './controls.js';
import {logId} from './deal.js';
import {equationView} from './equations.js';
import {backupViews, exposureViews} from './exposure.js';
import {knowsOf} from './facts.js';
import {forecast} from './forecast.js';
import type {Game} from './game.js';
import {laterFrom} from './later.js';
import {orderText} from './moves/standing.js';
import {canTakeBack} from './moves/table.js';
import {lockedWords, moveOptions} from './options.js';
import {pictureOf} from './pictures.js';
import {outputViews, requestViews} from './request-view.js';
import type {GameState, InboxEntry} from './state.js';
import {stationViews} from './station-view.js';
import {matches} from './step.js';
import {footholdViews, truthView} from './truth-view.js';
import type {ComputationView, ControlView, EquationView, InboxItem, LootView, PartyView, Phase, Seat, SeatView, Side} from './view.js';

/** The phase in words of the exercise machine. */
export function phaseOf(state: GameState): Phase {
	const {exercise} = state;
	if (typeof exercise === 'string') return exercise as Phase;
	const inner = Object.values(exercise)[0];
	return String(inner) as Phase;
}

/** What the last inspection or ceremony said of a party, as far as the operators looked. */
function partyViews(game: Game, state: GameState, side: Side): PartyView[] {
	return game.deal.parties.map(({id, index, custodian, domain, holds}): PartyView => {
		const party = state.parties[id]!;
		const foothold = state.footholds[id];
		const reach = matches(party.machine, 'trust.isolated')
			? 'isolated'
			: matches(party.machine, 'trust.inspected')
				? 'inspected'
				: matches(party.machine, 'reach.unreachable')
					? 'dark'
					: 'up';
		const base = {
			id,
			digit: index,
			custodian,
			domain,
			reach,
			epoch: party.keyShare?.epoch ?? 0,
			lastPartial: party.lastPartial === undefined ? 'none' : `t${party.lastPartial.turn} ${party.lastPartial.ok ? 'ok' : 'REFUSED'}`,
		} as const;
		if (!holds) Object.assign(base, {isWithout: true});
		const since = reach === 'up' || party.since === undefined ? undefined : {since: party.since};
		const nonces = matches(party.machine, 'nonces.outstanding') ? 'outstanding' : 'none';
		if (side === 'operators') {
			const refused = party.lastPartial?.ok === false;
			const seen: PartyView = Object.assign(base, {
				suspected: openSuspicion(state) === id,
				share:
					party.keyShare === undefined
						? 'none'
						: party.lastCheck === 'BAD' || refused
							? 'BAD'
							: party.lastCheck === 'ok'
								? 'ok'
								: party.lastPartial?.ok
									? 'ok'
									: '?',
				nonces: reach === 'dark' ? '?' : nonces,
				digestLeft: party.digestUsed !== state.turn,
			} as const);
			return since === undefined ? seen : Object.assign(seen, since);
		}
		return {
			...base,
			...since,
			lastPartial: 'none',
			suspected: false,
			share: '?',
			nonces: '?',
			wayIn: foothold?.wayIn ?? false,
			...(foothold?.implantSince === undefined ? {} : {implantSince: foothold.implantSince}),
			captured: state.loot.some(share => share.party === id),
		};
	});
}

/** The operators' one open suspicion. */
export function openSuspicion(state: GameState): string | undefined {
	return state.notes.findLast(({side, suspect}) => side === 'operators' && suspect !== undefined)?.suspect;
}

/** An equation with what its picture is drawn from. */
function picturedView(game: Game, state: GameState, check: Check): EquationView {
	const picture = pictureOf(check, {
		holders: game.deal.parties.length,
		thresholdOf: epoch => state.records.find(record => record.epoch === epoch)?.threshold ?? game.scenario.threshold,
	});
	return picture === undefined ? equationView(check) : {...equationView(check), picture};
}

interface InboxSource {
	readonly game: Game;
	readonly state: GameState;
	readonly entry: InboxEntry;
}

const inboxItems = laterFrom<InboxSource, InboxItem>(
	{
		turn: ({entry}) => entry.turn,
		kind: ({entry}) => entry.kind,
		from: ({entry}) => entry.from,
		text: ({entry}) => entry.text,
		isNew: ({state, entry}) => entry.turn === state.turn,
		equation: ({game, state, entry: {check}}) => check && picturedView(game, state, check),
	},
	{equation: ({entry}) => entry.check === undefined},
);

function lootView(game: Game, state: GameState): LootView {
	const threshold = game.scenario.threshold;
	const epochs = [...new Set(state.loot.map(({epoch}) => epoch))];
	const counts = epochs.map(epoch => ({
		epoch,
		count: new Set(state.loot.filter(share => share.epoch === epoch).map(({index}) => index)).size,
	}));
	return {
		shares: state.loot,
		attempts: state.attempts.map(({check}) => picturedView(game, state, check)),
		summary:
			counts.length === 0
				? `no share yet; ${threshold} of one epoch make the key`
				: counts
						.map(
							({epoch, count}) =>
								`${count} of ${threshold} shares of epoch ${epoch}${count >= threshold ? ': the key' : `: ${threshold - count} more ${threshold - count === 1 ? 'makes' : 'make'} the key`}`,
						)
						.join('; '),
		orders: state.standing.map(orderText),
		recorded: state.recorded.map(({id, turn, ceremony, from, to, carries, wire}) => ({
			id,
			turn,
			what: `${ceremony}: ${from} to ${to}, ${carries}`,
			sealed: isSealed(parseEnvelope(wire)?.body ?? {}),
		})),
		snapshots: Object.entries(state.snapshots).map(([party, {turn}]) => ({party, turn})),
		bribed: state.bribed,
		machines: footholdViews(state),
		approvals: state.recordedApprovals.map(({request, party, basis, turn}) => ({request, party, basis, turn})),
		// Whoever is on the log's machine reads it.
		log: state.footholds[logId]?.wayIn ? state.evidence.map(({turn, station, text, level}) => ({turn, station, text, level})) : [],
		inputs: state.exposed.map(({computation, party, input, check}) => ({computation, party, input, equation: equationView(check)})),
	};
}

function computationViews(game: Game, state: GameState, side: Side): ComputationView[] {
	return game.deal.computations.flatMap((dealt): ComputationView[] => {
		const {id, title, requester, inputs, due, required, queries} = dealt;
		const {opened, result, missed = false} = state.computations[id]!;
		if (opened === 0) return [];
		const parties = inputs.map(([party]) => party);
		return [
			{
				id,
				title,
				requester,
				asks: questionWords(dealt, parties),
				parties,
				opened,
				due,
				required,
				missed,
				queries,
				...(side === 'operators' && result !== undefined ? {result: resultWords(game, dealt, result)} : {}),
			},
		];
	});
}

const keeps = {
	low: {kept: 'who asked, decision, time, signers', lost: 'payload hash, basis of approval, rule and reason'},
	full: {kept: 'who asked, decision, time, signers, payload hash, basis, rule and reason', lost: 'nothing that policy sees'},
	none: {kept: 'nothing', lost: 'who asked, decision, time, signers, payload hash, basis, rule and reason'},
} as const;

function policyView({scenario}: Game, {policy}: GameState, side: Side): NonNullable<SeatView['policy']> {
	return {
		version: policy.version,
		rules:
			side === 'operators'
				? [...Object.entries(scenario.policy), ...policy.rules.map(({name, text}): [string, string] => [name, text])]
				: [],
		exceptions: Object.keys(scenario.exceptions).filter(name => !policy.dropped.includes(name)),
		...(side === 'operators'
			? {
					conditions: Object.entries(scenario.exceptions)
						.filter(([name]) => !policy.dropped.includes(name))
						.map(([name, {when}]): [string, string] => [name, when]),
					pending: policy.ordered.map(amendment => ({from: amendment.from, words: amendmentWords(amendment)})),
				}
			: {}),
	};
}

function controlViews({scenario}: Game, state: GameState): ControlView[] {
	return controls
		.filter(({id}) => id in scenario.controls)
		.map(({id, title, checks, price}) => {
			const {documented, inspected, from} = state.controls[id]!;
			return {
				id,
				title,
				checks,
				price,
				documented: documented ? ('on' as const) : ('off' as const),
				...(inspected === undefined ? {} : {inspected: inspected ? ('on' as const) : ('off' as const)}),
				...(from === undefined ? {} : {from}),
			};
		});
}

/** Whether a seat's side has the move. */
function hasMove(phase: Phase, side: Side): boolean {
	return phase === (side === 'operators' ? 'respond' : 'attack');
}

/** What a view is made from. */
interface Source {
	readonly game: Game;
	readonly state: GameState;
	readonly seat: Seat;
	readonly side: Side;
	readonly isOperators: boolean;
	readonly phase: Phase;
	readonly isPaused: boolean;
	readonly toMove: boolean;
	readonly as: 'whole' | 'glance';
}

function sourceOf(game: Game, state: GameState, seat: Seat, as: Source['as']): Source {
	const side: Side = seat === 'attackers' ? 'attackers' : 'operators';
	const phase = phaseOf(state);
	const isPaused = matches(state.exercise, 'paused');
	const toMove = seat === side && !isPaused && hasMove(phase, side);
	return {game, state, seat, side, isOperators: side === 'operators', phase, isPaused, toMove, as};
}

const views = laterFrom<Source, SeatView>(
	{
		seat: ({seat}) => seat,
		side: ({side}) => side,
		scenario: ({game: {scenario}}) => ({
			id: scenario.id,
			title: scenario.title,
			summary: scenario.summary ?? '',
			minutes: scenario.minutes,
			learn: scenario.learn,
			layers: {...scenario.layers},
		}),
		suite: ({game}) => game.suite,
		threshold: ({game, state}) => state.key?.threshold ?? game.scenario.threshold,
		epoch: ({state}) => state.key?.epoch ?? 0,
		publicKey: ({state}) => state.key?.publicKey ?? '',
		turn: ({state}) => state.turn,
		turns: ({game, state}) => Math.max(game.scenario.turns, state.turn),
		phase: ({phase}) => phase,
		isPaused: ({isPaused}) => isPaused || undefined,
		toMove: ({toMove}) => toMove,
		points: ({game: {scenario}, state, side, isOperators}) => ({
			have: state.points[side],
			perTurn: scenario[side].points,
			carry: isOperators ? 1 : 2,
		}),
		goal: ({game: {scenario}, side}) => scenario[side].goal ?? '',
		frozen: ({state}) => matches(state.protocol, 'suspended.frozen'),
		evidenceCount: ({state, isOperators}) => (isOperators ? state.evidence.length : 0),
		keeps: ({state, isOperators}) =>
			isOperators ? keeps[state.logging.policy === 2 ? 'full' : state.logging.policy === 1 ? 'low' : 'none'] : {kept: '', lost: ''},
		canTakeBack: ({state, side, toMove}) => toMove && canTakeBack(state, side),
		locked: ({game, state, side}) => lockedWords(game, state, side),
		end: ({game, state}) => state.end && {...state.end, world: game.deal.world},
		ceremonies: ({state, isOperators, as}) =>
			isOperators ? state.ceremonies.filter(({status}) => status !== 'running').map(ceremony => ceremonyViews[as]({state, ceremony})) : [],
		// A decision's facts are on the table in the turn after it; later they are there if a log kept them.
		decisions: ({state, isOperators}) =>
			isOperators
				? state.decisions.map(({kept, ...decision}) => (kept || decision.turn >= state.turn - 1 ? decision : {...decision, facts: []}))
				: [],
		controls: ({game, state, isOperators}) => (isOperators ? controlViews(game, state) : []),
		evidence: ({state, isOperators}) =>
			isOperators ? state.evidence.slice(0, state.reviewed).map(({turn, station, text, level}) => ({turn, station, text, level})) : [],
		forecast: ({game, state, isOperators, toMove}) => (isOperators && toMove ? forecast(state, game.scenario.turns) : []),
		stations: ({game, state, side}) => stationViews(game, state, side),
		shortcuts: ({state, side, isOperators}) => ({
			pastPolicy: state.outputs.some(output => output.request === '' && knowsOf(state, output, side))
				? 'an output that no policy saw'
				: 'none seen',
			noRecord: isOperators ? weakRecord(state) : '',
		}),
		parties: ({game, state, side}) => partyViews(game, state, side),
		requests: ({state, side, as}) =>
			Object.values(state.requests)
				.filter(({opened}) => opened > 0)
				.map(request => requestViews[as]({state, request, side})),
		computations: ({game, state, side}) => computationViews(game, state, side),
		policy: ({game, state, side}) => policyView(game, state, side),
		charts: ({state, side}) => chartViews(state, side),
		outputs: ({state, side, as}) => outputViews(state, side, as),
		exposure: ({game, state, side}) => exposureViews(game, state, side),
		backups: ({state, side}) => backupViews(state, side),
		inbox: ({game, state, side, as}) => state.inbox[side].map(entry => inboxItems[as]({game, state, entry})),
		notes: ({state, side}) =>
			state.notes
				.filter(note => note.side === side)
				.map(({turn, text, suspect}) => ({turn, text, ...(suspect === undefined ? {} : {suspect})})),
		made: ({state, side}) =>
			state.made[side].map(({text, cost}) => ({
				text,
				cost,
				queued: state.orders.some(order => order.text === text) || state.standing.some(order => text === orderText(order)),
			})),
		moves: ({game, state, seat, side, toMove, phase, as}) =>
			toMove || (seat === side && phase === 'hotWash') ? moveOptions(game, state, side, as) : [],
		loot: ({game, state, seat}) => (seat === 'attackers' || seat === 'facilitator' ? lootView(game, state) : undefined),
		truth: ({game, state, seat}) => (seat === 'facilitator' ? truthView(game, state) : undefined),
	},
	{
		isPaused: ({isPaused}) => !isPaused,
		locked: ({game, state, side}) => lockedWords(game, state, side) === undefined,
		end: ({state}) => state.end === undefined,
		loot: ({seat}) => seat !== 'attackers' && seat !== 'facilitator',
		truth: ({seat}) => seat !== 'facilitator',
	},
);

/** What a seat sees now. Facilitator and observer see the operators' picture and have no moves; the facilitator has the truth beside it. */
export function seatView(game: Game, state: GameState, seat: Seat): SeatView {
	return views.whole(sourceOf(game, state, seat, 'whole'));
}

/** The same view for a bot, which reads some of its fields at each of its moves. It can't be listed, copied or printed. */
export function seatGlance(game: Game, state: GameState, seat: Seat): SeatView {
	return views.glance(sourceOf(game, state, seat, 'glance'));
}

/** Approvals that rest on nothing but a display: decisions that the record can't explain. */
function weakRecord(state: GameState): string {
	const weak = Object.values(state.requests).flatMap(({approvals}) => approvals.filter(({basis}) => basis === 'display')).length;
	return weak === 0 ? 'none' : `${weak} on display`;
}
