/** Folds events into the state. No decision is taken here: an event says what is, apply writes it down. States are replaced, never changed in place. */
import {everyTurn} from './appliers.js';
import {assign, changed, copyCeremony, copyRequest, found, withEntry, withFields, withParty, withRequest} from './copies.js';
import type {Appliers, GameEvent} from './events.js';
import {policyAppliers} from './policy-state.js';
import type {GameState} from './state.js';

const appliers: Appliers = {
	...everyTurn,
	...policyAppliers,
	'game-ends-at': (state, {turn, unauthorised}) =>
		withFields(state, {
			endsAt: turn,
			unauthorisedFinalAt: unauthorised && state.unauthorisedFinalAt === 0 ? state.turn : state.unauthorisedFinalAt,
		}),
	// What was shown and played before is another game's: it can't be taken back here.
	branched: (state, {name}) =>
		withFields(state, {branches: [...(state.branches ?? []), {name, since: state.ceremonies.length}], before: undefined}),
	'hint-asked': state => state,
	stopped: state => withFields(state, {stopped: true}),
	'share-changed'(state, {party, share}) {
		const keyShare = found(state.parties[party]?.keyShare, `the share of ${party}`);
		return withParty(state, party, {keyShare: {...keyShare, share}});
	},
	'shares-kept': (state, {party, older}) => withParty(state, party, {older: older.length === 0 ? undefined : older}),
	'share-gone': (state, {party}) => withParty(state, party, {keyShare: undefined}),
	'key-retiring': (state, {retiring}) => withFields(state, {retiring: [...state.retiring, retiring]}),
	'key-retired'(state, {id, set}) {
		const retiring = changed(
			state.retiring,
			key => key.id === id,
			`key ${id}`,
			key => assign({...key}, set),
		);
		return withFields(state, {retiring});
	},
	'backup-made': (state, {backup}) =>
		withFields(state, {
			counters: {...state.counters, backup: state.counters.backup + 1},
			backups: [...state.backups, backup],
		}),
	'backup-replaced': (state, {id, backup}) => withBackup(state, id, {backup}),
	'backup-drilled': (state, {id, turn, ok}) => withBackup(state, id, {drilled: {turn, ok}}),
	'backups-destroyed': (state, {ids}) => withFields(state, {backups: state.backups.filter(({id}) => !ids.includes(id))}),
	'request-added': (state, {request}) => withFields(state, {requests: withEntry(state.requests, request.id, copyRequest(request))}),
	'party-silent': (state, {party, until, since}) => withParty(state, party, {silentUntil: until, since}),
	'custodian-absent': (state, {party, isAbsent}) => withParty(state, party, {isCustodianAbsent: isAbsent ? true : undefined}),
	'approvals-void'(state, {request, parties}) {
		const {approvals} = found(state.requests[request], `request ${request}`);
		return withRequest(state, request, {approvals: parties === undefined ? [] : approvals.filter(({party}) => !parties.includes(party))});
	},
	'sides-kept'(state, {ceremony, sides, inFlight}) {
		const ceremonies = changed(
			state.ceremonies,
			({id}) => id === ceremony,
			`ceremony ${ceremony}`,
			each => Object.assign(copyCeremony(each), {kept: {sides, inFlight}}),
		);
		return withFields(state, {ceremonies});
	},
	'logging-ordered': (state, {station, level}) => withFields(state, {loggingOrdered: {...state.loggingOrdered, [station]: level}}),
	'logging-set': (state, {levels}) => withFields(state, {logging: {...state.logging, ...levels}, loggingOrdered: {}}),
	noted: (state, {side, turn, text, suspect}) =>
		withFields(state, {notes: [...state.notes, {side, turn, text, ...(suspect === undefined ? {} : {suspect})}]}),
	'phish-landed': state => withFields(state, {phished: []}),
	standing: (state, {order}) => withFields(state, {standing: [...state.standing, order]}),
	captured: (state, {share}) => withFields(state, {loot: [...state.loot, share]}),
	attempted: (state, {attempt}) => withFields(state, {attempts: [...state.attempts, attempt]}),
	bribable: (state, {party}) => withFields(state, {bribable: withItem(state.bribable, party)}),
	bribed: (state, {party}) => withFields(state, {bribed: [...state.bribed, party]}),
	'snapshot-taken': (state, {party, turn, position}) => withFields(state, {snapshots: withEntry(state.snapshots, party, {turn, position})}),
	'set-back': (state, {party, to}) => withParty(state, party, {setBacks: [...(state.parties[party]?.setBacks ?? []), to]}),
	'generator-stuck': (state, {party}) => withParty(state, party, {isStuck: true}),
	'generator-known': (state, {machine}) => withFields(state, {knownGenerators: withItem(state.knownGenerators, machine)}),
	'copies-kept': (state, {party}) => withParty(state, party, {keepsCopies: true}),
	recorded: (state, {recording}) => withFields(state, {recorded: [...state.recorded, recording]}),
	'nonces-shown': (state, {shown}) => withFields(state, {shownNonces: [...state.shownNonces, shown]}),
	'rogue-key-chosen': (state, {party, turn, x}) => withFields(state, {rogueKey: {party, turn, x}}),
	detected: (state, {turn, what}) => (state.detected ? state : withFields(state, {detected: {turn, what}})),
	ended: (state, {end}) => withFields(state, {end}),
	closed: state => state,
};

function withItem(list: readonly string[], item: string): readonly string[] {
	return list.includes(item) ? list : [...list, item];
}

function withBackup(state: GameState, id: string, set: Partial<GameState['backups'][number]>): GameState {
	const backups = changed(
		state.backups,
		each => each.id === id,
		`backup ${id}`,
		each => ({...each, ...set}),
	);
	return withFields(state, {backups});
}

/** The state after an event. */
export function apply(state: GameState, event: GameEvent): GameState {
	return (appliers[event.type] as (state: GameState, event: GameEvent) => GameState)(state, event);
}

/** The state after a list of events. */
export function fold(state: GameState, events: Iterable<GameEvent>): GameState {
	let folded = state;
	for (const event of events) folded = apply(folded, event);
	return folded;
}
