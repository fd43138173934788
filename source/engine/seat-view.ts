/**
 * The view of a seat, built up from nothing: every field is written here because this seat could know it. A new field of
 * the state is hidden until somebody decides here that a seat sees it.
 */

import type {Check} from '../ceremony/api.js';
import {parseEnvelope} from '../ceremony/envelope.js';
import {isSealed} from '../ceremony/seal.js';
import {amendmentWords} from './amendments.js';
import {ceremonyView} from './ceremony-view.js';
import {chartViews} from './charts.js';
import {questionWords, resultWords} from './computations.js';
import {controls, isKnownOn} from './controls.js';
import {logId} from './deal.js';
import {equationView} from './equations.js';
import {backupViews, exposureViews} from './exposure.js';
import {knowsOf, seenState} from './facts.js';
import {forecast} from './forecast.js';
import type {Game} from './game.js';
import {withLater} from './later.js';
import {readPayload} from './moves/approvals.js';
import {orderText} from './moves/standing.js';
import {canTakeBack} from './moves/table.js';
import {lockedWords, moveOptions} from './options.js';
import {decodePayload} from './payload.js';
import {pictureOf} from './pictures.js';
import {staleReason} from './signed-approvals.js';
import type {GameState, InboxEntry, OutputState, RequestState} from './state.js';
import {stationOf, stationViews} from './station-view.js';
import {matches} from './step.js';
import {footholdViews, truthView} from './truth-view.js';
import type {
	ComputationView,
	ControlView,
	EquationView,
	InboxItem,
	LootView,
	OutputView,
	PartyView,
	Phase,
	RequestView,
	Seat,
	SeatView,
	Side,
	TruthView,
} from './view.js';

/** The phase in words of the exercise machine. */
export function phaseOf(state: GameState): Phase {
	const {exercise} = state;
	if (typeof exercise === 'string') return exercise as Phase;
	const inner = Object.values(exercise)[0];
	return String(inner) as Phase;
}

/** What the last inspection or ceremony said of a party, as far as the operators looked. */
function partyViews(game: Game, state: GameState, side: Side): PartyView[] {
	return game.deal.parties.map(({id, index, custodian, domain}): PartyView => {
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

function requestView(state: GameState, request: RequestState, side: Side): RequestView {
	const {callback, pinned} = request;
	const {amount, to} = decodePayload(request.displayed);
	const seen = seenState(state, request, side);
	const base = {
		id: request.id,
		title: request.title,
		requester: request.requester,
		displayed: readPayload(request.displayed),
		amount,
		to,
		opened: request.opened,
		due: request.due,
		state: seen,
		station: stationOf(seen),
		isNew: request.opened === state.turn,
		needs: state.key?.threshold ?? 0,
		pinned: pinned !== undefined,
	} as const;
	// The attackers see what is on the table, not on what it was approved.
	if (side === 'attackers') return Object.assign(base, {required: false, approvals: [], digests: []});
	const view: RequestView = Object.assign(base, {
		required: request.required,
		// What the device says it is bound to; what a fooled one is really bound to shows when it signs.
		approvals: request.approvals.map(approval => {
			const {party, basis, turn, binds, shown} = approval;
			const stale = isKnownOn(state, 'bind-context') ? staleReason(state, approval) : undefined;
			return {party, basis, turn, ...(binds === undefined ? {} : {binds: shown}), ...(stale === undefined ? {} : {stale})};
		}),
		digests: request.digests,
	});
	if (callback === undefined) return view;
	return {
		...view,
		callback: {
			asked: callback.asked,
			...(callback.answer === undefined ? {} : {answer: callback.answer}),
			...(callback.digest === undefined ? {} : {digest: callback.digest}),
			...(callback.payload === undefined ? {} : {says: readPayload(callback.payload)}),
		},
	};
}

function outputView(state: GameState, output: OutputState, publicKey: string): OutputView {
	// Operators read the bytes of an output on the next turn's statement, or when they were verified independently.
	const isKnown = output.verified !== undefined || (output.state === 'final' && output.finalAt < state.turn) || state.end !== undefined;
	const request = state.requests[output.request];
	const says = isKnown ? readPayload(output.message) : request ? `as displayed: ${readPayload(request.displayed)}` : 'not read yet';
	return {
		id: output.id,
		request: output.request,
		turn: output.turn,
		state: output.state,
		says,
		publicKey,
		message: isKnown ? output.message : '',
		signature: output.signature,
		...(isKnown ? {statement: request?.displayed === output.message ? 'as displayed' : 'NOT as displayed'} : {}),
	};
}

function outputViews(state: GameState, side: Side): OutputView[] {
	return state.outputs
		.filter(output => knowsOf(state, output, side))

		.map(output => outputView(state, output, output.publicKey ?? state.records[0]?.publicKey ?? ''));
}

/** An equation with what its picture is drawn from. */
function picturedView(game: Game, state: GameState, check: Check): EquationView {
	const picture = pictureOf(check, {
		holders: game.deal.parties.length,
		thresholdOf: epoch => state.records.find(record => record.epoch === epoch)?.threshold ?? game.scenario.threshold,
	});
	return picture === undefined ? equationView(check) : {...equationView(check), picture};
}

function inboxItem(game: Game, state: GameState, {turn, kind, from, text, check}: InboxEntry): InboxItem {
	const item = {turn, kind, from, text, isNew: turn === state.turn};
	return check === undefined
		? item
		: withLater<typeof item, {equation: EquationView}>(item, {equation: () => picturedView(game, state, check)});
}

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

/** What only the operators' seats see. */
type OperatorsView = Pick<SeatView, 'ceremonies' | 'decisions' | 'controls' | 'evidence' | 'forecast'>;

function operatorsView(game: Game, state: GameState, toMove: boolean): {readonly [K in keyof OperatorsView]: () => OperatorsView[K]} {
	return {
		ceremonies: () => state.ceremonies.filter(({status}) => status !== 'running').map(ceremony => ceremonyView(state, ceremony)),
		// A decision's facts are on the table in the turn after it; later they are there if a log kept them.
		decisions: () =>
			state.decisions.map(({kept, ...decision}) => (kept || decision.turn >= state.turn - 1 ? decision : {...decision, facts: []})),
		controls: () => controlViews(game, state),
		evidence: () => state.evidence.slice(0, state.reviewed).map(({turn, station, text, level}) => ({turn, station, text, level})),
		forecast: () => (toMove ? forecast(state) : []),
	};
}

const nothing = (): [] => [];
const operatorsOnly = {ceremonies: nothing, decisions: nothing, controls: nothing, evidence: nothing, forecast: nothing};

/** Whether a seat's side has the move. */
function hasMove(phase: Phase, side: Side): boolean {
	return phase === (side === 'operators' ? 'respond' : 'attack');
}

/** What a seat sees now. Facilitator and observer see the operators' picture and have no moves; the facilitator has the truth beside it. */
export function seatView(game: Game, state: GameState, seat: Seat): SeatView {
	const side: Side = seat === 'attackers' ? 'attackers' : 'operators';
	const {scenario, deal} = game;
	const phase = phaseOf(state);
	const isOperators = side === 'operators';
	const plays = seat === side;
	const isPaused = matches(state.exercise, 'paused');
	const toMove = plays && !isPaused && hasMove(phase, side);
	const locked = lockedWords(game, state, side);
	const now = {
		seat,
		side,
		scenario: {
			id: scenario.id,
			title: scenario.title,
			summary: scenario.summary ?? '',
			minutes: scenario.minutes,
			learn: scenario.learn,
			layers: {...scenario.layers},
		},
		suite: game.suite,
		threshold: state.key?.threshold ?? scenario.threshold,
		epoch: state.key?.epoch ?? 0,
		publicKey: state.key?.publicKey ?? '',
		turn: state.turn,
		turns: Math.max(scenario.turns, state.turn),
		phase,
		...(isPaused ? {isPaused} : {}),
		toMove,
		points: {have: state.points[side], perTurn: scenario[side].points, carry: isOperators ? 1 : 2},
		goal: scenario[side].goal ?? '',
		frozen: matches(state.protocol, 'suspended.frozen'),
		evidenceCount: isOperators ? state.evidence.length : 0,
		keeps: isOperators ? keeps[state.logging.policy === 2 ? 'full' : state.logging.policy === 1 ? 'low' : 'none'] : {kept: '', lost: ''},
		canTakeBack: toMove && canTakeBack(state, side),
	};
	if (locked !== undefined) Object.assign(now, {locked});
	if (state.end) Object.assign(now, {end: {...state.end, world: deal.world}});
	const owned = isOperators ? operatorsView(game, state, toMove) : operatorsOnly;
	const view = withLater<typeof now, Omit<SeatView, keyof typeof now | 'locked' | 'end' | 'loot'>>(now, {
		ceremonies: owned.ceremonies,
		decisions: owned.decisions,
		controls: owned.controls,
		evidence: owned.evidence,
		forecast: owned.forecast,
		stations: () => stationViews(game, state, side),
		shortcuts: () => ({
			pastPolicy: outputViews(state, side).some(({request}) => request === '') ? 'an output that no policy saw' : 'none seen',
			noRecord: isOperators ? weakRecord(state) : '',
		}),
		parties: () => partyViews(game, state, side),
		requests: () =>
			Object.values(state.requests)
				.filter(({opened}) => opened > 0)
				.map(request => requestView(state, request, side)),
		computations: () => computationViews(game, state, side),
		policy: () => policyView(game, state, side),
		charts: () => chartViews(state, side),
		outputs: () => outputViews(state, side),
		exposure: () => exposureViews(game, state, side),
		backups: () => backupViews(state, side),
		inbox: () => state.inbox[side].map(entry => inboxItem(game, state, entry)),
		notes: () =>
			state.notes
				.filter(note => note.side === side)
				.map(({turn, text, suspect}) => ({turn, text, ...(suspect === undefined ? {} : {suspect})})),
		made: () =>
			state.made[side].map(({text, cost}) => ({
				text,
				cost,
				queued: state.orders.some(order => order.text === text) || state.standing.some(order => text === orderText(order)),
			})),
		moves: () => (toMove || (plays && phase === 'hotWash') ? moveOptions(game, state, side) : []),
	});
	if (seat === 'facilitator')
		return withLater<SeatView, {loot: LootView; truth: TruthView}>(view, {
			loot: () => lootView(game, state),
			truth: () => truthView(game, state),
		});
	return isOperators ? view : withLater<SeatView, {loot: LootView}>(view, {loot: () => lootView(game, state)});
}

/** Approvals that rest on nothing but a display: decisions that the record can't explain. */
function weakRecord(state: GameState): string {
	const weak = Object.values(state.requests).flatMap(({approvals}) => approvals.filter(({basis}) => basis === 'display')).length;
	return weak === 0 ? 'none' : `${weak} on display`;
}
