/** What the state holds of the policy's versions, of approvals as bytes, of computations, and of anchors over the log; with the events that change it. */
import type {Check} from '../ceremony/api.js';
import type {Approval as SignedApproval} from '../ceremony/approval.js';
import {found, withEntry, withFields} from './copies.js';
import type {Deal} from './deal.js';
import type {Appliers} from './events.js';
import type {Act} from './state.js';
import type {Basis, Side} from './view.js';

export type {SignedApproval};

/** A change of the policy that was agreed on, and the turn from which it holds. */
export interface Amendment {
	readonly from: number;
	readonly consents: readonly string[];
	/** Amounts above this need every approval on this basis, or a stronger one. */
	readonly require?: {readonly basis: Basis; readonly above: number};
	/** An exception that is taken out. */
	readonly drop?: string;
}

export interface PolicyState {
	readonly version: number;
	/** Rules that amendments added, as expressions over the facts of a decision. */
	readonly rules: ReadonlyArray<{readonly name: string; readonly text: string}>;
	readonly dropped: readonly string[];
	/** Agreed on and not in force yet. */
	readonly ordered: readonly Amendment[];
}

/** An exception that somebody invoked for a request: it counts in the turn in which it was invoked. */
export interface ExceptionUse {
	readonly request: string;
	readonly exception: string;
	readonly turn: number;
}

/** An approval's bytes, as the attackers saw them pass. */
export interface RecordedApproval {
	readonly request: string;
	readonly party: string;
	readonly basis: Basis;
	readonly turn: number;
	/** As the approval was kept: what its device bound it to, and what it was shown. */
	readonly binds?: string;
	readonly shown: string;
	readonly signed: SignedApproval;
}

export interface ComputationState {
	readonly id: string;
	/** The turn in which it opened, 0 before. */
	readonly opened: number;
	/** The turn in which the operators had it computed, 0 before. */
	readonly doneAt: number;
	readonly result?: Readonly<Record<string, string>>;
	/** It was not done when its deadline passed. */
	readonly missed?: boolean;
}

/** A question that is answered when the turn resolves. */
export interface Query {
	readonly computation: string;
	readonly cohort: readonly string[];
}

export interface Answer extends Query {
	readonly by: Side;
	readonly turn: number;
	readonly result: Readonly<Record<string, string>>;
}

/** An input that answers gave away together, with the equation that says whose it is. */
export interface Exposed {
	readonly computation: string;
	readonly party: string;
	readonly input: string;
	readonly turn: number;
	readonly check: Check;
}

/** A head of the log, written down where nobody on its machine can change it, with a receipt (a hash) for each line. */
export interface AnchorState {
	readonly turn: number;
	readonly length: number;
	readonly head: string;
	readonly receipts: readonly string[];
}

export interface PolicyRecord {
	readonly policy: PolicyState;
	readonly exceptionsUsed: readonly ExceptionUse[];
	/** Approvals that the attackers recorded. */
	readonly recordedApprovals: readonly RecordedApproval[];
	/** Ids of approvals that a signing has used. */
	readonly usedApprovals: readonly string[];
	readonly computations: Readonly<Record<string, ComputationState>>;
	readonly queries: readonly Query[];
	readonly answers: readonly Answer[];
	readonly exposed: readonly Exposed[];
	/** Lines of evidence as a review read them. */
	readonly read: readonly Act[];
	readonly anchors: readonly AnchorState[];
}

export type PolicyEvent =
	| {type: 'amendment-agreed'; amendment: Amendment}
	| {type: 'policy-amended'; policy: PolicyState}
	| {type: 'exception-used'; use: ExceptionUse}
	| {type: 'approval-recorded'; recorded: RecordedApproval}
	| {type: 'approvals-used'; ids: string[]}
	| {type: 'computation-changed'; id: string; set: Partial<Omit<ComputationState, 'id'>>}
	| {type: 'query-asked'; query: Query}
	| {type: 'queries-done'}
	| {type: 'answered'; answer: Answer}
	| {type: 'input-exposed'; exposed: Exposed}
	/** A line of evidence was taken out: its place from 0, and the line as it was. */
	| {type: 'log-trimmed'; index: number; line: Act}
	| {type: 'log-planted'; index: number; line: Act}
	| {type: 'anchored'; anchor: AnchorState};

export function initialPolicyRecord(deal: Deal): PolicyRecord {
	return {
		policy: {version: 1, rules: [], dropped: [], ordered: []},
		exceptionsUsed: [],
		recordedApprovals: [],
		usedApprovals: [],
		computations: Object.fromEntries(deal.computations.map(({id}) => [id, {id, opened: 0, doneAt: 0}])),
		queries: [],
		answers: [],
		exposed: [],
		read: [],
		anchors: [],
	};
}

/** Writes those events down: a part of apply.ts. */
export const policyAppliers = {
	'amendment-agreed'(state, {amendment}) {
		const {policy} = state;
		return withFields(state, {policy: {...policy, ordered: [...policy.ordered, amendment]}});
	},
	'policy-amended': (state, {policy}) => withFields(state, {policy}),
	'exception-used': (state, {use}) => withFields(state, {exceptionsUsed: [...state.exceptionsUsed, use]}),
	'approval-recorded': (state, {recorded}) => withFields(state, {recordedApprovals: [...state.recordedApprovals, recorded]}),
	'approvals-used': (state, {ids}) => withFields(state, {usedApprovals: [...new Set([...state.usedApprovals, ...ids])]}),
	'computation-changed'(state, {id, set}) {
		const computation = found(state.computations[id], `computation ${id}`);
		return withFields(state, {computations: withEntry(state.computations, id, {...computation, ...set})});
	},
	'query-asked': (state, {query}) => withFields(state, {queries: [...state.queries, query]}),
	'queries-done': state => withFields(state, {queries: []}),
	answered: (state, {answer}) => withFields(state, {answers: [...state.answers, answer]}),
	'input-exposed': (state, {exposed}) => withFields(state, {exposed: [...state.exposed, exposed]}),
	'log-trimmed': (state, {index}) =>
		withFields(state, {
			evidence: state.evidence.toSpliced(index, 1),
			reviewed: index < state.reviewed ? state.reviewed - 1 : state.reviewed,
		}),
	'log-planted': (state, {index, line}) =>
		withFields(state, {
			evidence: state.evidence.toSpliced(index, 0, line),
			reviewed: index < state.reviewed ? state.reviewed + 1 : state.reviewed,
		}),
	anchored: (state, {anchor}) => withFields(state, {anchors: [...state.anchors, anchor]}),
} satisfies Partial<Appliers>;
