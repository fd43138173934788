/** What the state holds of the policy's versions, of approvals as bytes, of computations, and of anchors over the log; with the events that change it. */
import type {Draft} from 'immer';
import type {Check} from '../ceremony/api.js';
import type {Approval as SignedApproval} from '../ceremony/approval.js';
import type {Deal} from './deal.js';
import type {Act, GameState} from './state.js';
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

type State = Draft<GameState>;
type PolicyAppliers = {readonly [T in PolicyEvent['type']]: (state: State, event: Extract<PolicyEvent, {type: T}>) => void};

const mutable = <T>(value: T) => value as Draft<T>;

/** Writes those events down: a part of apply.ts. */
export const policyAppliers: PolicyAppliers = {
	'amendment-agreed'(state, {amendment}) {
		state.policy.ordered.push(mutable(amendment));
	},
	'policy-amended'(state, {policy}) {
		state.policy = mutable(policy);
	},
	'exception-used'(state, {use}) {
		state.exceptionsUsed.push(use);
	},
	'approval-recorded'(state, {recorded}) {
		state.recordedApprovals.push(recorded);
	},
	'approvals-used'(state, {ids}) {
		state.usedApprovals.push(...ids.filter(id => !state.usedApprovals.includes(id)));
	},
	'computation-changed'(state, {id, set}) {
		const computation = state.computations[id];
		if (!computation) throw new Error(`an event speaks of computation ${id}, which does not exist`);
		Object.assign(computation, set);
	},
	'query-asked'(state, {query}) {
		state.queries.push(mutable(query));
	},
	'queries-done'(state) {
		state.queries = [];
	},
	answered(state, {answer}) {
		state.answers.push(mutable(answer));
	},
	'input-exposed'(state, {exposed}) {
		state.exposed.push(exposed);
	},
	'log-trimmed'(state, {index}) {
		state.evidence.splice(index, 1);
		if (index < state.reviewed) state.reviewed -= 1;
	},
	'log-planted'(state, {index, line}) {
		state.evidence.splice(index, 0, mutable(line));
		if (index < state.reviewed) state.reviewed += 1;
	},
	anchored(state, {anchor}) {
		state.anchors.push(mutable(anchor));
	},
};
