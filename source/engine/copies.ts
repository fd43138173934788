/**
 * Copies of what the state is made of, written out field by field. The engine makes a new state for every event; spreading gives each copy a shape of its
 * own in the eyes of V8, and after a few hundred of them every copy and every read of a state takes its slowest path. What is written out has one shape for
 * good. The compiler sees to it that no field is forgotten. A part of apply.ts.
 */
import type {CeremonyState, GameState, PartyState, RequestState} from './state.js';
import type {Side} from './view.js';

/** All fields, the optional ones as undefined where they are not set. */
type Whole<T> = {[K in keyof Required<T>]: T[K]};

/** A state that may still be changed. */
export function copyState(from: GameState): {-readonly [K in keyof GameState]: GameState[K]} {
	const whole: Whole<GameState> = {
		policy: from.policy,
		exceptionsUsed: from.exceptionsUsed,
		recordedApprovals: from.recordedApprovals,
		usedApprovals: from.usedApprovals,
		computations: from.computations,
		queries: from.queries,
		answers: from.answers,
		exposed: from.exposed,
		read: from.read,
		anchors: from.anchors,
		turn: from.turn,
		exercise: from.exercise,
		protocol: from.protocol,
		endsAt: from.endsAt,
		stopped: from.stopped,
		points: from.points,
		counters: from.counters,
		key: from.key,
		records: from.records,
		retiring: from.retiring,
		backups: from.backups,
		identities: from.identities,
		parties: from.parties,
		footholds: from.footholds,
		phished: from.phished,
		requests: from.requests,
		ceremonies: from.ceremonies,
		orders: from.orders,
		standing: from.standing,
		loot: from.loot,
		attempts: from.attempts,
		bribed: from.bribed,
		bribable: from.bribable,
		knownGenerators: from.knownGenerators,
		snapshots: from.snapshots,
		recorded: from.recorded,
		shownNonces: from.shownNonces,
		rogueKey: from.rogueKey,
		outputs: from.outputs,
		decisions: from.decisions,
		controls: from.controls,
		hardenedAt: from.hardenedAt,
		logging: from.logging,
		loggingOrdered: from.loggingOrdered,
		acts: from.acts,
		seen: from.seen,
		evidence: from.evidence,
		reviewed: from.reviewed,
		inbox: from.inbox,
		notes: from.notes,
		made: from.made,
		firedInjects: from.firedInjects,
		unauthorisedFinalAt: from.unauthorisedFinalAt,
		detected: from.detected,
		tallies: from.tallies,
		authority: from.authority,
		end: from.end,
		branches: from.branches,
		before: from.before,
		at: from.at,
	};
	return whole;
}

/** A party that may still be changed. */
export function copyParty(from: PartyState): {-readonly [K in keyof PartyState]: PartyState[K]} {
	const whole: Whole<PartyState> = {
		machine: from.machine,
		keyShare: from.keyShare,
		older: from.older,
		since: from.since,
		silentUntil: from.silentUntil,
		isCustodianAbsent: from.isCustodianAbsent,
		digestUsed: from.digestUsed,
		lastCheck: from.lastCheck,
		lastPartial: from.lastPartial,
		setBacks: from.setBacks,
		isStuck: from.isStuck,
		keepsCopies: from.keepsCopies,
	};
	return whole;
}

/** A request that may still be changed. */
export function copyRequest(from: RequestState): {-readonly [K in keyof RequestState]: RequestState[K]} {
	const whole: Whole<RequestState> = {
		id: from.id,
		machine: from.machine,
		title: from.title,
		requester: from.requester,
		required: from.required,
		opens: from.opens,
		opened: from.opened,
		due: from.due,
		submittedBy: from.submittedBy,
		intent: from.intent,
		displayed: from.displayed,
		payload: from.payload,
		pinned: from.pinned,
		approvals: from.approvals,
		digests: from.digests,
		callback: from.callback,
		signedAt: from.signedAt,
		deniedAt: from.deniedAt,
		sweeps: from.sweeps,
		judged: from.judged,
	};
	return whole;
}

/** A ceremony that may still be changed. */
export function copyCeremony(from: CeremonyState): {-readonly [K in keyof CeremonyState]: CeremonyState[K]} {
	const whole: Whole<CeremonyState> = {
		id: from.id,
		kind: from.kind,
		turn: from.turn,
		request: from.request,
		computation: from.computation,
		asked: from.asked,
		parties: from.parties,
		epoch: from.epoch,
		message: from.message,
		status: from.status,
		waitingFor: from.waitingFor,
		messages: from.messages,
		checks: from.checks,
		blamed: from.blamed,
		reason: from.reason,
		kept: from.kept,
	};
	return whole;
}

/** The state with some fields replaced. */
export function withFields(state: GameState, set: Partial<GameState>): GameState {
	return Object.assign(copyState(state), set);
}

/** The state with one field replaced. */
export function withField<Name extends keyof GameState>(state: GameState, name: Name, value: GameState[Name]): GameState {
	const after = copyState(state);
	after[name] = value;
	return after;
}

/** The record with one entry replaced, or added at the end. */
export function withEntry<T>(from: Readonly<Record<string, T>>, id: string, entry: T): Record<string, T> {
	const record: Record<string, T> = Object.assign({}, from);
	record[id] = entry;
	return record;
}

/** Assigns the fields that are set, leaves the others. */
export function assign<T extends object>(target: T, set: {readonly [K in keyof T]?: unknown}): T {
	const given: Readonly<Record<string, unknown>> = set;
	for (const key of Object.keys(given)) if (given[key] !== undefined) (target as Record<string, unknown>)[key] = given[key];
	return target;
}

export function found<T>(item: T | undefined, what: string): T {
	if (item === undefined) throw new Error(`an event speaks of ${what}, which does not exist`);
	return item;
}

/** The list with the item that `is` finds replaced by what `change` makes of it. */
export function changed<T>(list: readonly T[], is: (item: T) => boolean, what: string, change: (item: T) => T): T[] {
	const index = list.findIndex(is);
	const copy = [...list];
	copy[index] = change(found(list[index], what));
	return copy;
}

export function bySide<T>(both: Readonly<Record<Side, T>>, side: Side, value: T): Record<Side, T> {
	return side === 'operators' ? {operators: value, attackers: both.attackers} : {operators: both.operators, attackers: value};
}

/** A party with some fields replaced; undefined takes one out. */
export function withParty(state: GameState, id: string, set: Partial<GameState['parties'][string]>): GameState {
	const party = Object.assign(copyParty(found(state.parties[id], `party ${id}`)), set);
	return withField(state, 'parties', withEntry(state.parties, id, party));
}

/** A request with the fields replaced that are set. */
export function withRequest(state: GameState, id: string, set: Partial<GameState['requests'][string]>): GameState {
	const request = assign(copyRequest(found(state.requests[id], `request ${id}`)), set);
	return withField(state, 'requests', withEntry(state.requests, id, request));
}
