/**
 * What one seat can know: the only thing that screens, bots and hints are given.
 * Built up from nothing by seat-view.ts; a field is here because this seat could know it, never because it was not deleted.
 */

/** The five stations of the path that authority takes, in order. */
export type Station = 'shares' | 'rounds' | 'policy' | 'output' | 'transcript';
export const stations: readonly Station[] = ['shares', 'rounds', 'policy', 'output', 'transcript'];

export type Side = 'operators' | 'attackers';
/**
 * `operators` and `attackers` are whole sides at one keyboard. The observer watches the operators' picture and moves nothing; the facilitator
 * watches it too, and has the truth beside it.
 */
export type Seat = 'operators' | 'attackers' | 'facilitator' | 'observer';
export type Phase = 'briefing' | 'inject' | 'attack' | 'respond' | 'resolve' | 'account' | 'hotWash' | 'closed';
export type Basis = 'display' | 'digest' | 'callback';
export type Level = 0 | 1 | 2;

/**
 * What a picture of an equation is drawn from: counts and indexes, never the numbers of the game. `polynomial`: the points at hand (party index
 * and epoch) against the threshold. `candidates`: how many linear equations there are in how many unknowns (d, e and the share s).
 */
export type PictureView =
	| {
			readonly kind: 'polynomial';
			readonly threshold: number;
			/** How many parties hold a share. */
			readonly holders: number;
			readonly known: ReadonlyArray<{readonly index: number; readonly epoch: number}>;
	  }
	| {readonly kind: 'candidates'; readonly equations: number; readonly unknowns: number};

/** One equation with this game's numbers: what was compared, both sides in hex, and whether they are equal. */
export interface EquationView {
	/** Name of the check: "partial", "feldman", "interpolated key". */
	readonly name: string;
	/** Whom it is about: a party id, "attackers", an output. */
	readonly about: string;
	/** The formula in the field's notation: "z3*G = D3 + rho3*E3 + c*lam3*Y3". */
	readonly equation: string;
	/** Full hex of both sides; screens shorten them. */
	readonly left: string;
	readonly right: string;
	readonly holds: boolean;
	/** What it means here, in one or two sentences. */
	readonly meaning: string;
	/** Where a picture helps: what to draw it from. */
	readonly picture?: PictureView;
}

/** What can be run among the parties. */
export type CeremonyKind = 'keygen' | 'signing' | 'computation' | 'refresh' | 'reshare' | 'repair' | 'rotation' | 'recovery';

export interface StationView {
	readonly station: Station;
	/** One or two short lines of at most 14 characters: "2 of 3 up", "2 must sign". */
	readonly lines: readonly string[];
	/** quiet: nothing to do; active: something happens or waits here; alert: something went wrong here. */
	readonly state: 'quiet' | 'active' | 'alert';
	readonly logging: Level;
}

export interface PartyView {
	readonly id: string;
	/** The digit key that picks it on the board, 1..n. */
	readonly digit: number;
	readonly custodian: string;
	readonly domain: string;
	/** up: answers; dark: does not (since `since`); isolated, inspected: taken out by the operators. */
	readonly reach: 'up' | 'dark' | 'isolated' | 'inspected';
	readonly since?: number;
	readonly suspected: boolean;
	/** The share's epoch as this seat last knew it, and its last known check: ok, BAD, or ? when never checked or not known. */
	readonly epoch: number;
	readonly share: 'ok' | 'BAD' | '?' | 'none';
	/** What the last ceremony said of its partial: "t3 ok", "t3 REFUSED", "none". */
	readonly lastPartial: string;
	readonly nonces: 'none' | 'outstanding' | '?';
	/** It gets no share when the key is made: whoever is to join later. */
	readonly isWithout?: true;
	/** True while its digest of this turn is unused (operators). */
	readonly digestLeft?: boolean;
	/** Attackers: what they hold there. Absent for operators. */
	readonly wayIn?: boolean;
	readonly implantSince?: number;
	readonly captured?: boolean;
}

export interface ApprovalView {
	readonly party: string;
	readonly basis: Basis;
	readonly turn: number;
	/** Hex SHA-256 of the bytes the approval is bound to; absent for display, which binds the request's id and nothing else. */
	readonly binds?: string;
	/** Why it does not count any more: "names epoch 1, and epoch 2 is in force". Absent where it counts as far as is known. */
	readonly stale?: string;
}

export interface DigestView {
	readonly party: string;
	readonly turn: number;
	/** Whether the device said that its bytes are the displayed ones. An implanted device always says so. */
	readonly matches: boolean;
	/** What the device says the bytes mean, and their SHA-256. */
	readonly says: string;
	readonly digest: string;
}

export interface RequestView {
	readonly id: string;
	readonly title: string;
	readonly requester: string;
	/** As the coordinator displays it: "48 200 to 31 staff". */
	readonly displayed: string;
	readonly amount: number;
	readonly to: string;
	readonly opened: number;
	readonly due: number;
	readonly required: boolean;
	/** State of the request's machine: open, approved, queued, signing, stalled, deciding, refused, released, held, recalled, final, denied, expired. */
	readonly state: string;
	readonly station: Station;
	readonly isNew: boolean;
	readonly approvals: readonly ApprovalView[];
	/** This seat sees no approvals, whether or not there are any. */
	readonly isUnseen?: true;
	readonly needs: number;
	readonly digests: readonly DigestView[];
	readonly callback?: {readonly asked: number; readonly answer?: 'mine' | 'not mine'; readonly digest?: string; readonly says?: string};
	readonly pinned: boolean;
}

export interface MessageView {
	readonly n: number;
	readonly round: number;
	readonly from: string;
	readonly to: string;
	readonly carries: string;
	readonly delivered: boolean;
	/** The check that the receiver made: "equation", "valid points"; empty when none was made. */
	readonly check: string;
	readonly result: 'ok' | 'REFUSED' | 'lost' | '-';
	/** One sentence for a player's first game. */
	readonly explains: string;
	/** What its receiver knows now and did not before. */
	readonly learned: readonly string[];
	readonly equations: readonly EquationView[];
}

/** One state of a machine, in the order of the definition: a state follows the one that it lies in. */
export interface ChartState {
	/** Dotted: `active.signing.committing`. */
	readonly path: string;
	/** What leads out of it, and where to. */
	readonly events: ReadonlyArray<readonly [event: string, to: string]>;
}

/** A state machine, and where it stands as far as this seat knows. */
export interface ChartView {
	/** "key", "exercise", or a request's id. */
	readonly id: string;
	readonly about: string;
	readonly states: readonly ChartState[];
	/** Paths of the states it is in now, the outermost first; empty where this seat doesn't know. */
	readonly current: readonly string[];
}

/** Who may still have a share of an epoch, against the threshold. */
export interface ExposureView {
	readonly epoch: number;
	readonly threshold: number;
	readonly parties: readonly string[];
	readonly isInForce: boolean;
	readonly equation: EquationView;
}

/** A line of the register of backups. */
export interface BackupView {
	readonly id: string;
	readonly place: string;
	readonly party: string;
	readonly epoch: number;
	readonly turn: number;
	readonly drilled?: {readonly turn: number; readonly result: 'ok' | 'BAD'};
}

export interface CeremonyView {
	readonly id: string;
	readonly kind: CeremonyKind;
	/** "sign payroll   parties ada,ben   epoch 1" */
	readonly title: string;
	readonly turn: number;
	readonly request?: string;
	readonly parties: readonly string[];
	readonly epoch: number;
	readonly status: 'done' | 'aborted' | 'stalled';
	readonly waitingFor: readonly string[];
	readonly messages: readonly MessageView[];
	readonly blamed: readonly string[];
	/** What came of it, in one to three sentences. */
	readonly result: readonly string[];
	/** What is not known from it: "A lie, a broken machine and a stale share look the same." */
	readonly unknown?: string;
	/** Moves that suggest themselves now, in notation. */
	readonly next: readonly string[];
}

export interface DecisionView {
	readonly request: string;
	readonly turn: number;
	readonly verdict: 'allow' | 'deny';
	readonly rule: string;
	readonly reason: string;
	/** The facts the rule saw: [name, value]. Empty when the decision log is off. */
	readonly facts: ReadonlyArray<readonly [string, string]>;
}

export interface OutputView {
	readonly id: string;
	readonly request: string;
	readonly turn: number;
	readonly state: 'released' | 'held' | 'recalled' | 'final';
	/** What its bytes say, once this seat can read them (the statement, or an independent verification). */
	readonly says: string;
	readonly publicKey: string;
	/** The signed bytes; empty until this seat has read them. */
	readonly message: string;
	readonly signature: string;
	/** Known only from the next turn's statement: does it match a request as displayed? */
	readonly statement?: string;
}

export interface InboxItem {
	readonly turn: number;
	readonly kind: 'inject' | 'signal' | 'answer' | 'result' | 'statement' | 'note' | 'question';
	readonly from: string;
	readonly text: string;
	readonly isNew: boolean;
	readonly equation?: EquationView;
}

export interface ControlView {
	readonly id: string;
	readonly title: string;
	/** As documented; `inspected` says what an inspection found. A control can have drifted. */
	readonly documented: 'on' | 'off';
	readonly inspected?: 'on' | 'off';
	readonly from?: number;
	/** What it checks, and what it costs while it is on. */
	readonly checks: string;
	readonly price: string;
}

export interface EvidenceView {
	readonly turn: number;
	readonly station: Station;
	readonly text: string;
	readonly level: Level;
}

export interface MoveOption {
	readonly verb: string;
	readonly station: Station;
	/** Notation with `_` where a value is still to be chosen: "approve refill party=_ basis=_". */
	readonly template: string;
	readonly cost: readonly [number, number];
	readonly does: string;
	readonly needs: string;
	/** Why it is refused now, in one sentence that says what would help; absent when it is legal. */
	readonly refused?: string;
	/** Names and candidates of what is still to be chosen, in order. */
	readonly choices: ReadonlyArray<{readonly name: string; readonly candidates: readonly string[]; readonly optional: boolean}>;
	/** Complete legal moves of this verb, ready to submit, at most 40 an object. */
	readonly ready: readonly string[];
	/** True for verbs that this request or selection concerns; screens show them first. */
	readonly about?: string;
}

/** Attackers only: captured bytes and the equations they allow. */
export interface LootView {
	readonly shares: ReadonlyArray<{
		readonly party: string;
		readonly index: number;
		readonly epoch: number;
		readonly turn: number;
		readonly how: string;
		readonly share: string;
	}>;
	readonly attempts: readonly EquationView[];
	/** "1 of 2 shares of epoch 1: one more makes the key." */
	readonly summary: string;
	readonly orders: readonly string[];
	/** Messages that were recorded, as somebody on the line reads them. */
	readonly recorded?: ReadonlyArray<{readonly id: string; readonly turn: number; readonly what: string; readonly sealed: boolean}>;
	/** Copies of memories, and the custodians who were paid. */
	readonly snapshots?: ReadonlyArray<{readonly party: string; readonly turn: number}>;
	readonly bribed?: readonly string[];
	readonly machines: ReadonlyArray<{readonly id: string; readonly wayIn: boolean; readonly implantSince?: number; readonly link: boolean}>;
	/** Approvals whose bytes passed a machine of theirs. */
	readonly approvals?: ReadonlyArray<{readonly request: string; readonly party: string; readonly basis: Basis; readonly turn: number}>;
	/** The log as it stands, while they have a way into its machine. */
	readonly log?: readonly EvidenceView[];
	/** Private inputs that answers gave away. */
	readonly inputs?: ReadonlyArray<{
		readonly computation: string;
		readonly party: string;
		readonly input: string;
		readonly equation: EquationView;
	}>;
}

/** A computation on private inputs, as far as everybody at the table knows it. */
export interface ComputationView {
	readonly id: string;
	readonly title: string;
	readonly requester: string;
	/** "the mean of ada, ben and chi" */
	readonly asks: string;
	readonly parties: readonly string[];
	readonly opened: number;
	readonly due: number;
	readonly required: boolean;
	/** Operators: what came out, in words. */
	readonly result?: string;
	readonly missed: boolean;
	/** Analysts, and so attackers, may ask it of parties of their choice. */
	readonly queries: boolean;
}

export interface ScoreView {
	readonly station: Station;
	readonly score: number;
	/** The moments that cost points, each one short sentence. */
	readonly because: readonly string[];
}

export interface EndView {
	readonly outcome: 'operators' | 'attackers' | 'neither';
	readonly reason: string;
	readonly scores: readonly ScoreView[];
	readonly world: string;
}

export interface SeatView {
	readonly seat: Seat;
	readonly side: Side;
	readonly scenario: {
		readonly id: string;
		readonly title: string;
		readonly summary: string;
		readonly minutes: number;
		readonly learn: readonly string[];
		readonly layers: Readonly<Record<string, string>>;
	};
	readonly suite: string;
	readonly threshold: number;
	readonly epoch: number;
	readonly publicKey: string;
	readonly turn: number;
	readonly turns: number;
	readonly phase: Phase;
	/** Present while the exercise is paused; `phase` is the one that it goes on in. */
	readonly isPaused?: true;
	/** True when this seat's side has the move. */
	readonly toMove: boolean;
	readonly points: {readonly have: number; readonly perTurn: number; readonly carry: number};
	readonly goal: string;
	readonly frozen: boolean;
	readonly stations: readonly StationView[];
	readonly shortcuts: {readonly pastPolicy: string; readonly noRecord: string};
	readonly parties: readonly PartyView[];
	readonly requests: readonly RequestView[];
	readonly ceremonies: readonly CeremonyView[];
	readonly decisions: readonly DecisionView[];
	/** Computations that were asked for. */
	readonly computations?: readonly ComputationView[];
	/** The policy as it is in force: its version, rules (operators) and the exceptions that are left. */
	readonly policy?: {
		readonly version: number;
		readonly rules: ReadonlyArray<readonly [name: string, text: string]>;
		readonly exceptions: readonly string[];
		/** When each exception lets something pass (operators). */
		readonly conditions?: ReadonlyArray<readonly [exception: string, text: string]>;
		/** Amendments that are agreed on and not in force yet (operators). */
		readonly pending?: ReadonlyArray<{readonly from: number; readonly words: string}>;
	};
	/** The rule machines with their present states. */
	readonly charts?: readonly ChartView[];
	readonly outputs: readonly OutputView[];
	readonly inbox: readonly InboxItem[];
	readonly controls: readonly ControlView[];
	/** Evidence lines that a review has read (operators). */
	readonly evidence: readonly EvidenceView[];
	readonly evidenceCount: number;
	/** What each station keeps at its level, and what is lost: for the evidence pane. */
	readonly keeps: {readonly kept: string; readonly lost: string};
	readonly notes: ReadonlyArray<{readonly turn: number; readonly text: string; readonly suspect?: string}>;
	/** This side's moves of this turn, in notation; orders run when the turn ends. */
	readonly made: ReadonlyArray<{readonly text: string; readonly cost: number; readonly queued: boolean}>;
	readonly moves: readonly MoveOption[];
	/** Verbs that unlock later: "5 more from turn 2". */
	readonly locked?: string;
	/** What this seat can foretell if the turn ended now, a short sentence each. */
	readonly forecast: readonly string[];
	/** Every generation of shares, oldest first (operators; everybody at the end). */
	readonly exposure: readonly ExposureView[];
	readonly backups: readonly BackupView[];
	readonly canTakeBack: boolean;
	readonly loot?: LootView;
	/** For the facilitator alone. */
	readonly truth?: TruthView;
	readonly end?: EndView;
}

/** What is true, whoever knows it: for the facilitator alone. */
export interface TruthView {
	readonly world: string;
	readonly summary: string;
	/** Machines that the attackers have a way into, an implant on, or whose link they hold. */
	readonly machines: LootView['machines'];
	/** What requesters truly want, beside what the coordinator displays and what would be signed. */
	readonly requests: ReadonlyArray<{
		readonly id: string;
		/** In words; empty where nobody wants it. */
		readonly wants: string;
		readonly displayed: string;
		readonly signs: string;
	}>;
	/** Controls that are not what they are documented as. */
	readonly drifted: ReadonlyArray<{readonly title: string; readonly documented: 'on' | 'off'; readonly actual: 'on' | 'off'}>;
	/** Injects of this world that have not fired yet. */
	readonly coming: ReadonlyArray<{readonly when: string; readonly text: string}>;
	/** Notes of both sides. */
	readonly notes: ReadonlyArray<{readonly side: Side; readonly turn: number; readonly text: string; readonly suspect?: string}>;
	/** Moves of the attackers in this turn. */
	readonly attack: readonly string[];
}

/** Four questions of a boundary (who is trusted, what proof, where is the check, what if it is fooled), for a move about to be made. */
export interface FourQuestions {
	readonly boundary: string;
	readonly trusted: string;
	readonly proof: string;
	readonly check: string;
	readonly fooled: string;
	/** "If you approve": what would follow, a sentence a line. */
	readonly follows: readonly string[];
}
