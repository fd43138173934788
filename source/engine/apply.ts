/** Folds events into the state. No decision is taken here: an event says what is, apply writes it down. */
import {produce, setAutoFreeze} from 'immer';
import {copyState} from './copies.js';
import type {EventOf, GameEvent} from './events.js';
import {assign, found, type OftenApplied, oftenApplied} from './often-applied.js';
import {policyAppliers} from './policy-state.js';
import type {GameState, StateDraft} from './state.js';

// States are replaced, never changed in place; freezing every one of them would cost more than the fold itself.
setAutoFreeze(false);

/** Events that come seldom change a draft: it reads better, and costs a proxy for each object that is touched. */
type Appliers = {readonly [T in Exclude<GameEvent['type'], OftenApplied>]: (state: StateDraft, event: EventOf<T>) => void};

const appliers: Appliers = {
	...policyAppliers,
	'game-ends-at'(state, {turn, unauthorised}) {
		state.endsAt = turn;
		if (unauthorised && state.unauthorisedFinalAt === 0) state.unauthorisedFinalAt = state.turn;
	},
	branched(state, {name}) {
		state.branches = [...(state.branches ?? []), {name, since: state.ceremonies.length}];
		// What was shown and played before is another game's: it can't be taken back here.
		delete state.before;
	},
	'hint-asked'() {},
	stopped(state) {
		state.stopped = true;
	},
	'share-changed'(state, {party, share}) {
		found(state.parties[party]?.keyShare, `the share of ${party}`).share = share;
	},
	'shares-kept'(state, {party, older}) {
		const holder = found(state.parties[party], `party ${party}`);
		if (older.length === 0) delete holder.older;
		else holder.older = older as NonNullable<StateDraft['parties'][string]['older']>;
	},
	'share-gone'(state, {party}) {
		delete found(state.parties[party], `party ${party}`).keyShare;
	},
	'key-retiring'(state, {retiring}) {
		state.retiring.push(retiring as StateDraft['retiring'][number]);
	},
	'key-retired'(state, {id, set}) {
		assign(
			found(
				state.retiring.find(key => key.id === id),
				`key ${id}`,
			),
			set,
		);
	},
	'backup-made'(state, {backup}) {
		state.counters.backup += 1;
		state.backups.push(backup);
	},
	'backup-replaced'(state, {id, backup}) {
		const stored = found(
			state.backups.find(each => each.id === id),
			`backup ${id}`,
		);
		stored.backup = backup;
	},
	'backup-drilled'(state, {id, turn, ok}) {
		const stored = found(
			state.backups.find(each => each.id === id),
			`backup ${id}`,
		);
		stored.drilled = {turn, ok};
	},
	'backups-destroyed'(state, {ids}) {
		state.backups = state.backups.filter(({id}) => !ids.includes(id));
	},
	'request-added'(state, {request}) {
		state.requests[request.id] = request as StateDraft['requests'][string];
	},
	'party-silent'(state, {party, until, since}) {
		assign(found(state.parties[party], `party ${party}`), {silentUntil: until, since});
	},
	'custodian-absent'(state, {party, isAbsent}) {
		const holder = found(state.parties[party], `party ${party}`);
		if (isAbsent) holder.isCustodianAbsent = true;
		else delete holder.isCustodianAbsent;
	},
	'approvals-void'(state, {request, parties}) {
		const voided = found(state.requests[request], `request ${request}`);
		voided.approvals = parties === undefined ? [] : voided.approvals.filter(({party}) => !parties.includes(party));
	},
	'sides-kept'(state, {ceremony, sides, inFlight}) {
		found(
			state.ceremonies.find(({id}) => id === ceremony),
			`ceremony ${ceremony}`,
		).kept = {sides, inFlight: inFlight as StateDraft['ceremonies'][number]['kept'] extends {inFlight: infer T} | undefined ? T : never};
	},
	'logging-ordered'(state, {station, level}) {
		state.loggingOrdered[station] = level;
	},
	'logging-set'(state, {levels}) {
		Object.assign(state.logging, levels);
		state.loggingOrdered = {};
	},
	noted(state, {side, turn, text, suspect}) {
		state.notes.push({side, turn, text, ...(suspect === undefined ? {} : {suspect})});
	},
	'phish-landed'(state) {
		state.phished = [];
	},
	standing(state, {order}) {
		state.standing.push(order as StateDraft['standing'][number]);
	},
	captured(state, {share}) {
		state.loot.push(share);
	},
	attempted(state, {attempt}) {
		state.attempts.push(attempt as StateDraft['attempts'][number]);
	},
	bribable(state, {party}) {
		if (!state.bribable.includes(party)) state.bribable.push(party);
	},
	bribed(state, {party}) {
		state.bribed.push(party);
	},
	'snapshot-taken'(state, {party, turn, position}) {
		state.snapshots[party] = {turn, position};
	},
	'set-back'(state, {party, to}) {
		const machine = found(state.parties[party], `party ${party}`);
		machine.setBacks = [...(machine.setBacks ?? []), to];
	},
	'generator-stuck'(state, {party}) {
		found(state.parties[party], `party ${party}`).isStuck = true;
	},
	'generator-known'(state, {machine}) {
		if (!state.knownGenerators.includes(machine)) state.knownGenerators.push(machine);
	},
	'copies-kept'(state, {party}) {
		found(state.parties[party], `party ${party}`).keepsCopies = true;
	},
	recorded(state, {recording}) {
		state.recorded.push(recording);
	},
	'nonces-shown'(state, {shown}) {
		state.shownNonces.push(shown);
	},
	'rogue-key-chosen'(state, {party, turn, x}) {
		state.rogueKey = {party, turn, x};
	},
	detected(state, {turn, what}) {
		state.detected ??= {turn, what};
	},
	ended(state, {end}) {
		state.end = end as NonNullable<StateDraft['end']>;
	},
	closed() {},
};

function isOften(event: GameEvent): event is EventOf<OftenApplied> {
	return Object.hasOwn(oftenApplied, event.type);
}

/** The state after an event. */
export function apply(state: GameState, event: GameEvent): GameState {
	if (isOften(event)) return (oftenApplied[event.type] as (state: GameState, event: GameEvent) => GameState)(state, event);
	const applier = appliers[event.type] as (draft: StateDraft, event: GameEvent) => void;
	return copyState(produce(state, draft => applier(draft, event)));
}

/** The state after a list of events. */
export function fold(state: GameState, events: Iterable<GameEvent>): GameState {
	let folded = state;
	for (const event of events) folded = apply(folded, event);
	return folded;
}
