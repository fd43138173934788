/**
 * Events of every turn, and how the state after one is made: copies with fields replaced, which cost a tenth of what drafts of the state would. A part of
 * apply.ts, which has the other events.
 */

import {
	assign,
	bySide,
	changed,
	copyCeremony,
	copyState,
	found,
	withEntry,
	withField,
	withFields,
	withParty,
	withRequest,
} from './copies.js';
import type {Appliers} from './events.js';
import type {GameState} from './state.js';

export const everyTurn = {
	move(state, {side, text, cost, at}) {
		const after = copyState(state);
		after.before = state;
		if (at !== undefined) after.at = at;
		if (side === 'table') return after;
		const {points, made} = state;
		after.points = bySide(points, side, points[side] - cost);
		after.made = bySide(made, side, [...made[side], {text, cost}]);
		return after;
	},
	// What was taken back is undone except for the counters: nonces and attempts are never used twice.
	'taken-back': state => withFields(found(state.before, 'a move that can be taken back'), {counters: state.counters}),
	// Not deleted: that would turn the state into a hash table, and every read of it would be slow from there on.
	settled: state => withField(state, 'before', undefined),
	stepped(state, {machine, id, to}) {
		if (machine === 'exercise') return withField(state, 'exercise', to);
		if (machine === 'party') return withParty(state, id, {machine: to});
		if (machine === 'request') return withRequest(state, id, {machine: to});
		if (id === '') return withField(state, 'protocol', to);
		const retiring = changed(
			state.retiring,
			key => key.id === id,
			`key ${id}`,
			key => ({...key, machine: to}),
		);
		return withFields(state, {retiring});
	},
	'turn-began': (state, {turn}) => withFields(state, {turn, made: {operators: [], attackers: []}}),
	points: (state, {side, have}) => withField(state, 'points', bySide(state.points, side, have)),
	'party-noted': (state, {party, since, lastCheck, lastPartial}) => withParty(state, party, assign({}, {since, lastCheck, lastPartial})),
	'request-changed': (state, {id, set}) => withRequest(state, id, set),
	approved(state, {request: id, approval}) {
		const {approvals} = found(state.requests[id], `request ${id}`);
		return withRequest(state, id, {approvals: [...approvals.filter(({party}) => party !== approval.party), approval]});
	},
	ordered: (state, {order}) => withFields(state, {orders: [...state.orders, order]}),
	'orders-done': state => withFields(state, {orders: []}),
	message(state, {ceremony, record}) {
		const ceremonies = changed(
			state.ceremonies,
			({id}) => id === ceremony,
			`ceremony ${ceremony}`,
			each => Object.assign(copyCeremony(each), {messages: [...each.messages, record]}),
		);
		return withField(state, 'ceremonies', ceremonies);
	},
	'output-changed'(state, {id, set}) {
		const outputs = changed(
			state.outputs,
			output => output.id === id,
			`output ${id}`,
			output => assign({...output}, set),
		);
		return withFields(state, {outputs});
	},
	act: (state, {act}) => withField(state, 'acts', [...state.acts, act]),
	'authority-moved': (state, {move}) => withField(state, 'authority', [...state.authority, move]),
	told: (state, {side, entry}) => withField(state, 'inbox', bySide(state.inbox, side, [...state.inbox[side], entry])),
	foothold(state, {machine, set, cleared}) {
		const after = cleared ? {wayIn: false, link: false, ...set} : {...found(state.footholds[machine], `machine ${machine}`), ...set};
		return withFields(state, {footholds: withEntry(state.footholds, machine, after)});
	},
	'standing-lapsed': state => withFields(state, {standing: []}),
	'evidence-written': (state, {lines}) =>
		withFields(state, {evidence: [...state.evidence, ...lines], seen: [...state.seen, ...state.acts], acts: []}),
	'inject-fired': (state, {index}) => withFields(state, {firedInjects: [...state.firedInjects, index]}),
	reviewed: (state, {count}) => withFields(state, {read: [...state.read, ...state.evidence.slice(state.reviewed, count)], reviewed: count}),
	decided: (state, {decision}) => withFields(state, {decisions: [...state.decisions, decision]}),
	'output-made'(state, {output}) {
		const {counters, outputs} = state;
		return withFields(state, {counters: {...counters, output: counters.output + 1}, outputs: [...outputs, output]});
	},
	identities: (state, {identities}) => withFields(state, {identities}),
	// A repair adds a holder to the record of the same generation.
	'key-made': (state, {key}) => withFields(state, {key, records: [...state.records.filter(({epoch}) => epoch !== key.epoch), key]}),
	'control-set'(state, {id, documented, actual, inspected, from, ordered}) {
		const control = assign({...found(state.controls[id], `control ${id}`)}, {documented, actual, inspected, from});
		const controls = withEntry(state.controls, id, control);
		return withFields(state, ordered === undefined ? {controls} : {controls, hardenedAt: ordered});
	},
	phished: (state, {machine}) => withFields(state, {phished: [...state.phished, machine]}),
	tallied: (state, {tally}) => withFields(state, {tallies: [...state.tallies, tally]}),
	'share-stored': (state, {party, keyShare}) => withParty(state, party, {keyShare}),
	'digest-read'(state, {request: id, party, turn, matches, says, digest}) {
		const {digests} = found(state.requests[id], `request ${id}`);
		return withParty(withRequest(state, id, {digests: [...digests, {party, turn, matches, says, digest}]}), party, {digestUsed: turn});
	},
	'ceremony-started'(state, {id, kind, turn, request, computation, asked, parties, epoch, message}) {
		const {counters, ceremonies} = state;
		const ceremony: GameState['ceremonies'][number] = {
			id,
			kind,
			turn,
			...(request === undefined ? {} : {request}),
			...(computation === undefined ? {} : {computation}),
			...(asked === undefined ? {} : {asked}),
			parties,
			epoch,
			...(message === undefined ? {} : {message}),
			status: 'running',
			waitingFor: [],
			messages: [],
			checks: [],
			blamed: [],
			reason: '',
		};
		return withFields(state, {
			counters: {...counters, ceremony: counters.ceremony + 1},
			ceremonies: [...ceremonies, copyCeremony(ceremony)],
		});
	},
	'ceremony-ended'(state, {id, status, waitingFor, blamed, checks, reason}) {
		const ceremonies = changed(
			state.ceremonies,
			each => each.id === id,
			`ceremony ${id}`,
			each => Object.assign(copyCeremony(each), {status, waitingFor, blamed, checks, reason, kept: undefined}),
		);
		return withFields(state, {ceremonies});
	},
} satisfies Partial<Appliers>;
