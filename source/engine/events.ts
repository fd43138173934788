/** Events: everything that can happen to the state, one journal line each. `apply` folds them; nothing else changes a state. */
import type {MachineName} from '../../machines/index.js';
import type {Blame, Check, Identity, KeyShare, Packet} from '../ceremony/api.js';
import type {PolicyEvent} from './policy-state.js';
import type {
	Act,
	Approval,
	Attempt,
	AuthorityMove,
	Captured,
	Decision,
	Ending,
	Footholds,
	GameState,
	InboxEntry,
	MessageRecord,
	Order,
	OutputState,
	Recording,
	RequestState,
	RetiringKey,
	SetBack,
	ShownNonces,
	StandingOrder,
	StoredBackup,
	Tally,
} from './state.js';
import type {ModeValue} from './step.js';
import type {CeremonyKind, Level, Side, Station} from './view.js';

/** Who may read a line of the journal: everybody, one side, or only the keeper of the game. */
export type Audience = 'public' | 'operators' | 'attackers' | 'keeper';

type Body =
	/** A move of a seat; its cost is paid. `person` spoke for the seat in a drill; `at` is clock time given by the edge. */
	| {type: 'move'; side: Side | 'table'; seat: string; person?: string; text: string; cost: number; at?: string}
	| {type: 'taken-back'; side: Side; seat: string; person?: string; text: string; at?: string}
	/** A side let the program suggest a move. Changes nothing and takes no move's place; whoever reads the game should know. */
	| {type: 'hint-asked'; side: 'table'; seat: string; text: string; by: Side; at?: string}
	/** The last move revealed something or started something: it can't be taken back any more. */
	| {type: 'settled'}
	| PolicyEvent
	/** A state machine took an event. `to` is its new state value. */
	| {type: 'stepped'; machine: MachineName; id: string; event: string; to: ModeValue}
	/** From here on another game than that of the save `of`, whose first `line` lines stand before this one. The name enters the draws of what is run from now on. */
	| {type: 'branched'; name: string; of: string; line: number}
	| {type: 'turn-began'; turn: number}
	/** A side's points at the beginning of a turn; the other side is not told. */
	| {type: 'points'; side: Side; have: number}
	| {type: 'game-ends-at'; turn: number; unauthorised: boolean}
	| {type: 'stopped'}
	| {type: 'identities'; identities: Record<string, Identity>}
	| {type: 'key-made'; key: Omit<KeyShare, 'share' | 'index'>}
	| {type: 'share-stored'; party: string; keyShare: KeyShare}
	| {type: 'share-changed'; party: string; share: string}
	/** What a machine keeps of earlier generations, after a ceremony or an erasure. */
	| {type: 'shares-kept'; party: string; older: KeyShare[]}
	| {type: 'share-gone'; party: string}
	/** A rotation made a new key; from here this one only sweeps and signs its tombstone. */
	| {type: 'key-retiring'; retiring: RetiringKey}
	| {type: 'key-retired'; id: string; set: Partial<Pick<RetiringKey, 'sweptAt' | 'tombstone' | 'unsigned'>>}
	| {type: 'backup-made'; backup: StoredBackup}
	/** What lies in a place changed under its line of the register. */
	| {type: 'backup-replaced'; id: string; backup: StoredBackup['backup']}
	| {type: 'backup-drilled'; id: string; turn: number; ok: boolean}
	| {type: 'backups-destroyed'; ids: string[]}
	/** A request that is of this game and not of the scenario: the sweep to a new key. */
	| {type: 'request-added'; request: RequestState}
	| {type: 'party-silent'; party: string; until: number; since: number}
	| {type: 'custodian-absent'; party: string; isAbsent: boolean}
	| {type: 'party-noted'; party: string; since?: number; lastCheck?: 'ok' | 'BAD'; lastPartial?: {turn: number; ok: boolean}}
	| {type: 'request-changed'; id: string; set: Partial<Omit<RequestState, 'id' | 'machine' | 'approvals' | 'digests'>>}
	| {type: 'approved'; request: string; approval: Approval}
	/** All approvals, or those of some parties. */
	| {type: 'approvals-void'; request: string; parties?: string[]}
	| {type: 'digest-read'; request: string; party: string; turn: number; matches: boolean; says: string; digest: string}
	| {type: 'ordered'; order: Order}
	| {type: 'orders-done'}
	| {
			type: 'ceremony-started';
			id: string;
			kind: CeremonyKind;
			turn: number;
			request?: string;
			computation?: string;
			asked?: Side;
			parties: string[];
			epoch: number;
			message?: string;
	  }
	| {type: 'message'; ceremony: string; record: MessageRecord; wire: string}
	| {
			type: 'ceremony-ended';
			id: string;
			status: 'done' | 'aborted' | 'stalled';
			waitingFor: string[];
			blamed: Blame[];
			checks: Check[];
			reason: string;
	  }
	| {type: 'sides-kept'; ceremony: string; sides: Record<string, {kind: string; memory: string}>; inFlight: Packet[]}
	| {type: 'output-made'; output: OutputState; publicKey: string; suite: string; authorised?: boolean}
	| {
			type: 'output-changed';
			id: string;
			set: Partial<Pick<OutputState, 'state' | 'finalAt' | 'heldSince' | 'heldUntil' | 'announcedAt' | 'verified'>>;
	  }
	| {type: 'decided'; decision: Decision}
	| {type: 'control-set'; id: string; documented?: boolean; actual?: boolean; inspected?: boolean; from?: number; ordered?: number}
	| {type: 'logging-ordered'; station: Station; level: Level}
	| {type: 'logging-set'; levels: Partial<Record<Station, Level>>}
	/** The truth of an authority move; what a station saw of it is an act. */
	| {type: 'authority-moved'; move: AuthorityMove}
	| {type: 'act'; act: Act}
	| {type: 'evidence-written'; lines: Act[]}
	| {type: 'reviewed'; count: number}
	| {type: 'told'; side: Side; entry: InboxEntry}
	| {type: 'noted'; side: Side; turn: number; text: string; suspect?: string}
	| {type: 'foothold'; machine: string; set: Partial<Footholds>; cleared?: boolean}
	| {type: 'phished'; machine: string}
	| {type: 'phish-landed'}
	| {type: 'standing'; order: StandingOrder}
	| {type: 'standing-lapsed'}
	| {type: 'captured'; share: Captured}
	| {type: 'attempted'; attempt: Attempt}
	| {type: 'bribable'; party: string}
	| {type: 'bribed'; party: string}
	| {type: 'snapshot-taken'; party: string; turn: number; position: number}
	| {type: 'set-back'; party: string; to: SetBack}
	| {type: 'generator-stuck'; party: string}
	/** The attackers know what a machine's generator draws. */
	| {type: 'generator-known'; machine: string}
	/** From now on a custodian copies every share before the machine erases it. */
	| {type: 'copies-kept'; party: string}
	| {type: 'recorded'; recording: Recording}
	| {type: 'nonces-shown'; shown: ShownNonces}
	| {type: 'rogue-key-chosen'; party: string; turn: number; x: string}
	| {type: 'inject-fired'; index: number}
	| {type: 'detected'; turn: number; what: string}
	| {type: 'tallied'; tally: Tally}
	| {type: 'ended'; end: Ending}
	| {type: 'closed'; outcome: Ending['outcome']; reason: string; turns: number; scores: Record<Station, number>; signed?: true};

export type GameEvent = Body & {readonly audience: Audience};
export type EventOf<T extends GameEvent['type']> = Extract<GameEvent, {type: T}>;

/** What each event makes of a state. */
export type Appliers = {readonly [T in GameEvent['type']]: (state: GameState, event: EventOf<T>) => GameState};
