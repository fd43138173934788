/** What a transcript says of one event: the form of it, what it draws on, and the fields that several kinds of events have. */
import type {EventOf, GameEvent} from '../engine/events.js';
import type {Approval} from '../engine/state.js';
import type {Equation} from './equation.js';

/** What earlier readable lines said, for those that refer to it. */
export interface Known {
	epoch: number;
	suite: string;
	publicKey: string;
	threshold: number;
	/** Version of the policy in force, as far as readable lines say; 1 to begin with. */
	policyVersion: string;
	readonly approvals: Map<string, readonly Approval[]>;
	/** By ceremony: its request, parties and message. */
	readonly ceremonies: Map<string, {readonly request: string; readonly parties: readonly string[]; readonly message: string}>;
	/** By output: its request and message. */
	readonly outputs: Map<string, {readonly request: string; readonly message: string; readonly signature: string}>;
	readonly requesters: ReadonlyMap<string, string>;
}

export interface Details {
	/** One sentence or phrase. */
	readonly what: string;
	/** The business requester, where a request is decided, signed or released. */
	readonly asked?: string;
	readonly request?: string;
	readonly facts?: ReadonlyArray<readonly [string, string]>;
	readonly rule?: string;
	/** Version of the policy that decided, or that was in force. */
	readonly policyVersion?: string;
	readonly verdict?: 'allow' | 'deny';
	readonly reason?: string;
	readonly epoch?: number;
	readonly signers?: readonly string[];
	/** Hex SHA-256 of the bytes that are signed. */
	readonly payloadHash?: string;
	/** Each approval with its basis, and the hash it binds; display binds none. */
	readonly approvals?: ReadonlyArray<{readonly party: string; readonly basis: string; readonly turn: number; readonly binds?: string}>;
	readonly output?: {
		readonly id: string;
		readonly message?: string;
		readonly signature?: string;
		readonly publicKey?: string;
		readonly state?: string;
	};
	readonly equations?: readonly Equation[];
	/** Of what a station saw: its kind, and whether the log kept it at the level of then. */
	readonly evidence?: {readonly kind: string; readonly kept: boolean};
}

/** What is said of each type of event; null, or no entry, for bookkeeping. */
export type DetailsByType = {readonly [T in GameEvent['type']]?: (event: EventOf<T>, known: Known) => Details | null};

/** Approvals with what they bind, as `Details` has them. */
export function approvalsOf(approvals: readonly Approval[]): NonNullable<Details['approvals']> {
	return approvals.map(({party, basis, turn, binds}) => ({party, basis, turn, ...(binds === undefined ? {} : {binds})}));
}

/** The request and who asked for it; nothing where there is none. */
export function requestFields(known: Known, request: string): Pick<Details, 'request' | 'asked'> {
	const asked = known.requesters.get(request);
	return request === '' ? {} : {request, ...(asked === undefined ? {} : {asked})};
}
