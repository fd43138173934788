/** The state of a game: plain data, the fold of its events (apply.ts). Nobody but the engine and its views reads it. */
import type {Blame, Check, Identity, KeyPublic, KeyShare, Packet} from '../ceremony/api.js';
import type {Backup} from '../ceremony/backup.js';
import type {PolicyRecord, SignedApproval} from './policy-state.js';
import type {ModeValue} from './step.js';
import type {Basis, CeremonyKind, Level, Side, Station} from './view.js';

export interface Footholds {
	readonly wayIn: boolean;
	/** The turn in which the implant was placed. */
	readonly implantSince?: number;
	/** A position on the network link of this machine. */
	readonly link: boolean;
}

export interface PartyState {
	readonly machine: ModeValue;
	/** What lies in its share store; undefined before keygen. */
	readonly keyShare?: KeyShare;
	/** Shares of earlier generations that its machine did not erase. Hidden. */
	readonly older?: readonly KeyShare[];
	/** The turn it went dark, was isolated or inspected. */
	readonly since?: number;
	/** Silent until the account phase of this turn, whoever caused it. */
	readonly silentUntil?: number;
	/** The facilitator took its custodian away, and nobody stands in yet. */
	readonly isCustodianAbsent?: boolean;
	readonly digestUsed: number;
	readonly lastCheck?: 'ok' | 'BAD';
	readonly lastPartial?: {readonly turn: number; readonly ok: boolean};
	/** Places at which its generator and memory were set back, or seeded anew: see chance.ts. Hidden. */
	readonly setBacks?: readonly SetBack[];
	/** Its generator gives the same bytes at every draw. Hidden. */
	readonly isStuck?: boolean;
	/** Its custodian copies shares before they are erased. Hidden. */
	readonly keepsCopies?: boolean;
}

/** From its ceremony number `since` on (counted from 0), a machine draws as in its ceremony number `position`. */
export interface SetBack {
	readonly since: number;
	readonly position: number;
	/** Seeded anew instead: nothing is drawn twice, and its count is the module's again. */
	readonly seeded?: boolean;
}

/** A message that somebody on the line has recorded, as it travelled. */
export interface Recording {
	/** `m1`, `m2`, ... */
	readonly id: string;
	readonly turn: number;
	readonly ceremony: string;
	readonly kind: CeremonyState['kind'];
	readonly epoch: number;
	readonly round: number;
	readonly from: string;
	readonly to: string;
	readonly carries: string;
	readonly wire: string;
}

/** The public nonces that a set back machine showed in a ceremony. */
export interface ShownNonces {
	readonly party: string;
	readonly ceremony: string;
	readonly hiding: string;
	readonly binding: string;
}

export interface Approval {
	readonly party: string;
	readonly basis: Basis;
	readonly turn: number;
	/** SHA-256 of the bytes that the custodian's device bound the approval to; absent for display. */
	readonly binds?: string;
	/** SHA-256 of the bytes as displayed (or as the requester gave them) when it was given: what bind-payload compares. */
	readonly shown: string;
	/** The custodian's signed words: what they are meant for, and until when. */
	readonly signed: SignedApproval;
}

export interface RequestState {
	readonly id: string;
	readonly machine: ModeValue;
	readonly title: string;
	readonly requester: string;
	readonly required: boolean;
	readonly opens: number;
	/** The turn in which it opened, 0 before. */
	readonly opened: number;
	readonly due: number;
	/** Who opened it: the requester by the scenario, or the attackers. Hidden. */
	readonly submittedBy: 'requester' | 'attackers';
	/** What the requester truly wants signed, in hex; null when nobody legitimate wants it. Hidden. */
	readonly intent: string | null;
	/** What the coordinator displays. */
	readonly displayed: string;
	/** What the coordinator will send to the signers. Hidden until a device reads it. */
	readonly payload: string;
	/** Digest of the requester's own bytes, once an approval on callback has pinned them. */
	readonly pinned?: string;
	readonly approvals: readonly Approval[];
	readonly digests: ReadonlyArray<{
		readonly party: string;
		readonly turn: number;
		readonly matches: boolean;
		readonly says: string;
		readonly digest: string;
	}>;
	readonly callback?: {
		readonly asked: number;
		readonly answered?: number;
		readonly answer?: 'mine' | 'not mine';
		readonly digest?: string;
		readonly payload?: string;
	};
	/** The turn in which an output of it was first released, and in which it was denied. */
	readonly signedAt: number;
	readonly deniedAt: number;
	/** The retiring key whose sweep this is: it is signed with that key's shares. */
	readonly sweeps?: string;
	/** How it stood at its deadline: for the policy score. */
	readonly judged?: {readonly turn: number; readonly points: number; readonly because: string};
}

export interface MessageRecord {
	readonly n: number;
	readonly round: number;
	readonly from: string;
	readonly to: string;
	readonly carries: string;
	readonly delivered: boolean;
	readonly checks: readonly Check[];
	readonly learned: readonly string[];
}

export interface CeremonyState {
	readonly id: string;
	readonly kind: CeremonyKind;
	readonly turn: number;
	readonly request?: string;
	/** The computation that it runs, and who asked for it. */
	readonly computation?: string;
	readonly asked?: Side;
	readonly parties: readonly string[];
	readonly epoch: number;
	readonly message?: string;
	readonly status: 'running' | 'done' | 'aborted' | 'stalled';
	readonly waitingFor: readonly string[];
	readonly messages: readonly MessageRecord[];
	readonly checks: readonly Check[];
	readonly blamed: readonly Blame[];
	readonly reason: string;
	/** The sides' memories while it is stalled: what each machine keeps, and what is still under way. */
	readonly kept?: {
		readonly sides: Readonly<Record<string, {readonly kind: string; readonly memory: string}>>;
		readonly inFlight: readonly Packet[];
	};
}

export interface OutputState {
	readonly id: string;
	/** Empty for a signature made from captured shares. */
	readonly request: string;
	readonly ceremony: string;
	readonly turn: number;
	readonly message: string;
	readonly signature: string;
	/** The key that signed it, where that is not the first one of the game. */
	readonly publicKey?: string;
	readonly state: 'released' | 'held' | 'recalled' | 'final';
	readonly finalAt: number;
	readonly heldSince: number;
	/** Held by a timelock until this turn's account, and no move releases it before; 0 when it waits for a move. */
	readonly heldUntil: number;
	readonly announcedAt: number;
	readonly verified?: boolean;
}

export interface Decision {
	readonly request: string;
	readonly turn: number;
	readonly verdict: 'allow' | 'deny';
	readonly rule: string;
	readonly reason: string;
	readonly facts: ReadonlyArray<readonly [string, string]>;
	/** Whether the record keeps facts, rule and reason: the decision log is on, or policy logging is 2. */
	readonly kept: boolean;
}

export interface ControlState {
	readonly documented: boolean;
	readonly actual: boolean;
	readonly inspected?: boolean;
	/** On from this turn, once hardening was ordered. */
	readonly from?: number;
}

/** Something that happened at a station and that logging may record. */
export interface Act {
	readonly turn: number;
	readonly station: Station;
	/** What monitoring calls it: the same words for a hostile act and for its innocent cause. */
	readonly kind: string;
	/** The level at which it is recorded; loud acts are pushed as a signal at level 2. */
	readonly level: 1 | 2;
	readonly loud: boolean;
	/** The line as it is written, with names. */
	readonly text: string;
	/** The level in force when it happened. */
	readonly logged: Level;
	/** Where authority moved in it: whom or what the line speaks of, and what it keeps, as the station saw it. */
	readonly about?: string;
	readonly facts?: ReadonlyArray<readonly [name: string, says: string]>;
}

/** Authority crossed a boundary: what really happened, whatever anybody saw of it. */
export interface AuthorityMove {
	readonly turn: number;
	readonly station: Station;
	readonly kind: string;
	/** The words by which a line of the log speaks of it: a request, a party, an output. */
	readonly about: string;
	readonly what: string;
	/** What it takes to explain it, and the level of logging that keeps it; 0 where no log of the organisation can. */
	readonly facts: ReadonlyArray<{readonly name: string; readonly value: string; readonly level: Level}>;
}

export interface Captured {
	readonly party: string;
	readonly index: number;
	readonly epoch: number;
	readonly share: string;
	readonly turn: number;
	readonly how: string;
}

export interface Attempt {
	readonly turn: number;
	readonly epoch: number;
	readonly indices: readonly number[];
	readonly check: Check;
	/** What was tried, where it was not an interpolation of shares of one epoch. */
	readonly how?: string;
}

export interface StandingOrder {
	readonly verb: string;
	readonly party: string;
	readonly turn: number;
	/** The recording that is replayed. */
	readonly message?: string;
	/** drop, partition: the first round that it touches; all when absent. */
	readonly round?: number;
	/** tamper: the field of a message's body that it changes. */
	readonly field?: string;
	/** partition: the side that is cut off from all others. */
	readonly parties?: readonly string[];
}

/** A key after a rotation: it signs its sweep and its tombstone, then its shares go. */
export interface RetiringKey {
	/** Which machine of the protocol speaks of it: `k1`, `k2`, ... */
	readonly id: string;
	readonly key: KeyPublic;
	readonly machine: ModeValue;
	/** The request that moves what it guards. */
	readonly sweep: string;
	/** The key that replaces it. */
	readonly next: string;
	/** The turn in which its sweep became final, 0 before. */
	readonly sweptAt: number;
	readonly tombstone?: {readonly signature: string; readonly turn: number; readonly check: Check};
	/** Too few machines have a share of it to sign a tombstone, ever: since when, and the count. */
	readonly unsigned?: {readonly turn: number; readonly check: Check};
}

/** A line of the backup register and the sealed bytes that lie in the place. */
export interface StoredBackup {
	readonly id: string;
	readonly place: string;
	readonly party: string;
	readonly epoch: number;
	readonly turn: number;
	/** What really lies there; the register above says what was put there. */
	readonly backup: Backup;
	/** What the last drill said. */
	readonly drilled?: {readonly turn: number; readonly ok: boolean};
}

export interface Order {
	readonly text: string;
	readonly verb: string;
	readonly request: string;
	readonly parties: readonly string[];
	/** The computation to run; no request then. */
	readonly computation?: string;
	/** The open ceremony that a retry replaces. */
	readonly retries?: string;
	/** reshare: the new threshold. */
	readonly threshold?: number;
	/** repair: whose share, and from its backup instead of from helpers. recover: the machine it runs on. */
	readonly target?: string;
	readonly fromBackup?: boolean;
}

export interface InboxEntry {
	readonly turn: number;
	readonly kind: 'inject' | 'signal' | 'answer' | 'result' | 'statement' | 'note' | 'question';
	readonly from: string;
	readonly text: string;
	readonly check?: Check;
}

export interface Tally {
	readonly station: Station;
	readonly turn: number;
	readonly points: number;
	readonly because: string;
}

export interface Ending {
	readonly outcome: 'operators' | 'attackers' | 'neither';
	readonly reason: string;
	readonly scores: ReadonlyArray<{readonly station: Station; readonly score: number; readonly because: readonly string[]}>;
}

export interface GameState extends PolicyRecord {
	readonly turn: number;
	readonly exercise: ModeValue;
	readonly protocol: ModeValue;
	/** The turn whose account ends the game. */
	readonly endsAt: number;
	readonly stopped: boolean;
	readonly points: Readonly<Record<Side, number>>;
	readonly counters: {readonly ceremony: number; readonly output: number; readonly backup: number};
	/** Public part of the key; undefined before keygen. */
	readonly key?: Omit<KeyShare, 'share' | 'index'>;
	/** The public record of every generation of shares, oldest first: refresh and reshare keep the public key, rotation changes it. */
	readonly records: readonly KeyPublic[];
	readonly retiring: readonly RetiringKey[];
	readonly backups: readonly StoredBackup[];
	readonly identities: Readonly<Record<string, Identity>>;
	readonly parties: Readonly<Record<string, PartyState>>;
	readonly footholds: Readonly<Record<string, Footholds>>;
	/** Ways in that a phish opens at the next turn. */
	readonly phished: readonly string[];
	readonly requests: Readonly<Record<string, RequestState>>;
	readonly ceremonies: readonly CeremonyState[];
	readonly orders: readonly Order[];
	readonly standing: readonly StandingOrder[];
	readonly loot: readonly Captured[];
	readonly attempts: readonly Attempt[];
	/** Custodians who approve what the attackers want. */
	readonly bribed: readonly string[];
	/** Custodians who take money in this world, besides those that the scenario names. */
	readonly bribable: readonly string[];
	/** Machines whose generators the attackers can run themselves. */
	readonly knownGenerators: readonly string[];
	/** Copies of machines' memories: the place in its run of draws at which each was taken. */
	readonly snapshots: Readonly<Record<string, {readonly turn: number; readonly position: number}>>;
	readonly recorded: readonly Recording[];
	readonly shownNonces: readonly ShownNonces[];
	/** The key that a rogue dealer means to have made, before anybody knows whether it is the one. */
	readonly rogueKey?: {readonly party: string; readonly turn: number; readonly x: string};
	readonly outputs: readonly OutputState[];
	readonly decisions: readonly Decision[];
	readonly controls: Readonly<Record<string, ControlState>>;
	/** Control whose hardening was ordered this turn: one a turn. */
	readonly hardenedAt: number;
	readonly logging: Readonly<Record<Station, Level>>;
	/** Levels ordered this turn, in force from this resolve. */
	readonly loggingOrdered: Readonly<Partial<Record<Station, Level>>>;
	/** What stations saw since evidence was last written, and before: the lines that nobody has touched. */
	readonly acts: readonly Act[];
	readonly seen: readonly Act[];
	/** The log as it stands: written at the level in force, and changed by whoever is in its machine. */
	readonly evidence: readonly Act[];
	/** How many lines of evidence a review has read. */
	readonly reviewed: number;
	readonly inbox: Readonly<Record<Side, readonly InboxEntry[]>>;
	readonly notes: ReadonlyArray<{readonly side: Side; readonly turn: number; readonly text: string; readonly suspect?: string}>;
	/** This turn's moves of each side, as text. */
	readonly made: Readonly<Record<Side, ReadonlyArray<{readonly text: string; readonly cost: number}>>>;
	readonly firedInjects: readonly number[];
	readonly unauthorisedFinalAt: number;
	/** First correct suspicion or targeted act, as [turn, what]. */
	readonly detected?: {readonly turn: number; readonly what: string};
	readonly tallies: readonly Tally[];
	/** Every authority move so far, from the truth. */
	readonly authority: readonly AuthorityMove[];
	readonly end?: Ending;
	/** Of a branch: its name and those of the branches it comes from, each with the number of ceremonies before it. */
	readonly branches?: ReadonlyArray<{readonly name: string; readonly since: number}>;
	/** The state before the last move that may be taken back. Never journaled: replay rebuilds it. */
	readonly before?: GameState;
	/** Clock time of the last move, where the edge gave one. */
	readonly at?: string;
}
