/**
 * The shapes that a ceremony's driver sees. Everything in them is plain JSON, hexadecimal text is lowercase.
 * Functions are in index.ts; README.md tells how a side is driven and how an envelope is built.
 */
import type {Draw, Hex, SuiteName} from '../sharing/suite.js';

export type {Draw, Hex, SuiteName};

/** A machine's long-term keys: 32 raw bytes each. Ed25519 signs its envelopes, X25519 seals private bodies to it. */
export interface Identity {
	readonly signing: {readonly secret: Hex; readonly public: Hex};
	readonly sealing: {readonly secret: Hex; readonly public: Hex};
}

/** What all others know of a machine. Parties have index 1..n; the coordinator (or trusted dealer) has index 0. */
export interface Member {
	readonly id: string;
	readonly index: number;
	readonly signing: Hex;
	readonly sealing: Hex;
}

/** One run of a protocol. `id` must never repeat: it separates envelopes and draws of one run from those of another. */
export interface Session {
	readonly id: string;
	readonly suite: SuiteName;
	readonly vault: string;
	readonly epoch: number;
	readonly threshold: number;
	readonly members: readonly Member[];
	readonly coordinator?: Member;
	/** Sealed transport: private bodies are encrypted to their receiver; otherwise they travel as plain text. */
	readonly sealed: boolean;
}

/** The public part of a key. `commitments` are C_0..C_{t-1}; `publicKey` is what stock verifiers take (C_0 or its x). */
export interface KeyPublic {
	readonly suite: SuiteName;
	readonly epoch: number;
	readonly threshold: number;
	readonly commitments: readonly Hex[];
	/** Of the commitments, in their order: what saves a square root when one of them is decoded. They are checked where they are used. */
	readonly roots?: readonly Hex[];
	readonly publicKey: Hex;
	/** Y_j = s_j*G by party index. */
	readonly verifyingShares: Readonly<Record<number, Hex>>;
}

export interface KeyShare extends KeyPublic {
	readonly index: number;
	readonly share: Hex;
}

/**
 * Checks that a side makes; each has one call site, and off means that the call is not made.
 * - authentication: the envelope's tag verifies under its sender's key (bad: counts as not received)
 * - context: session, epoch, sender and receiver are this run's; in signing also H(list) and H(message) (bad: not received)
 * - commitmentLength: a deal has exactly t commitments
 * - proofOfPossession: its dealer knows the constant it commits to (keygen)
 * - echo: all received the same signed commitments
 * - subgroup: no point has a torsion part (ed25519)
 * - feldman: sub-shares lie on the committed polynomials
 * - approval: the coordinator's message is the one this party approved
 * - verifyPartials: the coordinator checks each partial signature when it arrives
 * - minimumCohort: a sum is of enough inputs, and no answers combine to one input alone (computation)
 * - bits: inputs that must be bits are (computation)
 * - robustOpening: the shares of what is opened lie on one polynomial of degree t-1 (computation)
 * - macs: what was opened is what was authenticated (computation)
 * - ackBeforeErase: an old share is erased when all receivers have the new one (off: each side erases as soon as it has its own)
 * - eraseOldShares: an old share is erased at all
 * - verifyDeposits: a share fits its commitments when its backup is made
 * - fingerprintedBackups: only backups of one generation are tried together
 */
export type CheckName =
	| 'authentication'
	| 'context'
	| 'commitmentLength'
	| 'proofOfPossession'
	| 'echo'
	| 'subgroup'
	| 'feldman'
	| 'approval'
	| 'verifyPartials'
	| 'minimumCohort'
	| 'bits'
	| 'robustOpening'
	| 'macs'
	| 'ackBeforeErase'
	| 'eraseOldShares'
	| 'verifyDeposits'
	| 'fingerprintedBackups';

/** A check that is not named is on. */
export type Checks = Readonly<Partial<Record<CheckName, boolean>>>;

/** A check that was made: an equation with both of its sides as computed. */
export interface Check {
	/** A CheckName, or the name of a check that is always made (`encoding`, `nonce`, `signature`, `dispute`, `answer`, ...). */
	readonly name: string;
	/** The member whose message is checked. */
	readonly about: string;
	readonly holds: boolean;
	/** `z1*G = D1 + rho1*E1 + c*lam1*Y1` */
	readonly equation: string;
	readonly left: Hex;
	readonly right: Hex;
}

/** Who failed which check, with the signed wires that prove it to anyone who knows the session. */
export interface Blame {
	readonly member: string;
	readonly check: Check;
	readonly evidence: readonly string[];
}

/** One message on its way. A broadcast is one packet per receiver, all with the same wire. */
export interface Packet {
	readonly from: string;
	readonly to: string;
	readonly round: number;
	readonly wire: string;
	/** A few words: `commitments D1, E1`. */
	readonly carries: string;
}

export type Status = 'waiting' | 'done' | 'aborted';

/** What one call of a side gives. `checks`, `learned` and `send` are of this call; status, blame and reason are the side's state after it. */
export interface Step {
	/** The side's whole state as text. Nothing else survives between two calls. */
	readonly memory: string;
	readonly send: readonly Packet[];
	readonly checks: readonly Check[];
	/** What this side knows now and did not before, in words. */
	readonly learned: readonly string[];
	readonly status: Status;
	/** Members whose message this side still needs. */
	readonly waitingFor: readonly string[];
	readonly blame: readonly Blame[];
	readonly reason?: string;
}

/** A party's side of a protocol: three pure functions of its memory and of bytes addressed to it. */
export interface Side {
	/** The first call. */
	open(memory: string, draw: Draw): Step;
	receive(memory: string, wire: string, draw: Draw): Step;
	/** The round's time is over: whoever has not spoken is silent. */
	close(memory: string, draw: Draw): Step;
}

/**
 * keygen: every party deals. dealer, receiver: a trusted dealer and its parties. refresh, reshare, repair: any member of one.
 * signing: a party. coordinating: the coordinator of a signing.
 * computing: a party. triples: the coordinator, which deals masks, triples and MAC key shares for a computation.
 */
export type SideKind =
	| 'keygen'
	| 'dealer'
	| 'receiver'
	| 'refresh'
	| 'reshare'
	| 'repair'
	| 'signing'
	| 'coordinating'
	| 'computing'
	| 'triples';

export interface SideState {
	readonly kind: SideKind;
	readonly memory: string;
}

/** A packet as it was delivered (or dropped), with what its receiver made of it. */
export interface Transit extends Packet {
	readonly n: number;
	/** Handed to its receiver. One that fails authentication or context was delivered and counts as not received: see `checks`. */
	readonly delivered: boolean;
	readonly checks: readonly Check[];
	readonly learned: readonly string[];
}

export interface CeremonyRun {
	readonly sides: Readonly<Record<string, SideState>>;
	readonly transits: readonly Transit[];
	/** aborted as soon as one side aborted, done when all are done, else waiting. */
	readonly status: Status;
	readonly waitingFor: readonly string[];
	readonly blame: readonly Blame[];
	readonly reason?: string;
	/** By member: what it learned, and in which round. */
	readonly learned: Readonly<Record<string, readonly {readonly round: number; readonly what: string}[]>>;
	/** By member: all checks it made, in order. */
	readonly checks: Readonly<Record<string, readonly Check[]>>;
}
