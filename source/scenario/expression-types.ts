/**
 * What expressions can talk about: the records, their fields and the variables of each context, as data. The
 * compiler, the checks, the TypeScript types of the facts and the help of `eval` all read these tables.
 */

/** The bases on which a custodian approves, weakest first. */
export const BASES = ['display', 'digest', 'callback'] as const;
export const OUTCOMES = ['open', 'operators', 'attackers', 'neither'] as const;
/** The states of a key in its life (NIST SP 800-57 part 1 section 7), as the organisation knows it. */
export const KEY_STATES = ['preActivation', 'active', 'suspended', 'compromised', 'deactivated', 'destroyed'] as const;

/** Sets of words to which a text is known to belong; a literal outside of its set is an error. */
export type WordSet = 'party' | 'machine' | 'domain' | 'request' | 'computation' | 'basis' | 'status' | 'outcome';

interface Field {
	readonly type: 'int' | 'double' | 'string' | 'bool';
	readonly about: string;
	readonly of?: WordSet;
}

const field = <const T extends Field['type']>(type: T, about: string, of?: WordSet) => ({type, about, of}) as const;

/** Every record and its fields. Whole numbers are `int`, amounts `double`; both compare with `2` and `2.5` alike. */
export const RECORDS = {
	Facts: {
		request: field('string', "the request's id", 'request'),
		by: field('string', 'the requester'),
		to: field('string', 'the receiving account'),
		title: field('string', 'what it is for'),
		amount: field('double', 'the amount'),
	},
	Approval: {
		party: field('string', 'the party whose custodian approved', 'party'),
		custodian: field('string', "the custodian's name"),
		domain: field('string', "the party's domain", 'domain'),
		basis: field('string', 'what the approval rests on', 'basis'),
		turn: field('int', 'the turn in which it was given'),
	},
	Request: {
		open: field('bool', 'has opened and is neither final, denied nor expired'),
		approved: field('bool', 'enough approvals are given'),
		signed: field('bool', 'a joint output exists'),
		released: field('bool', 'the output has been released'),
		final: field('bool', 'the output is final'),
		denied: field('bool', 'the operators denied it'),
		expired: field('bool', 'its deadline has passed'),
		due: field('int', 'the last turn in which it is in time'),
		opened: field('int', 'the turn in which it opened, 0 when it has not'),
		signed_at: field('int', 'the turn in which it was signed, 0 when it was not'),
		final_at: field('int', 'the turn in which it became final, 0 when it is not'),
		amount: field('double', 'the amount it asks for now'),
		to: field('string', 'the account it names now'),
	},
	Output: {
		request: field('string', 'the request it was made for, empty when there is none', 'request'),
		authorised: field('bool', 'the policy allowed exactly these bytes'),
		final: field('bool', 'it is final'),
		turn: field('int', 'the turn in which it was made'),
		to: field('string', 'the account in the signed bytes'),
		amount: field('double', 'the amount in the signed bytes'),
	},
	Party: {
		reachable: field('bool', 'its machine answers'),
		isolated: field('bool', 'the operators have isolated it'),
		share_ok: field('bool', 'its share is sound and of the current epoch'),
		holds: field('bool', 'the record of the key lists it as a holder'),
		epoch: field('int', 'the epoch of the share it holds, 0 when it holds none'),
		old_shares: field('int', 'shares of earlier epochs that its machine did not erase'),
		suspected: field('bool', 'the open suspicion of the operators is about it'),
	},
	Computation: {
		opened: field('int', 'the turn in which it was asked for, 0 when it was not'),
		due: field('int', 'the last turn in which it is in time'),
		done: field('bool', 'the operators had it computed'),
		done_at: field('int', 'the turn in which it was computed, 0 when it was not'),
		in_time: field('bool', 'it was computed by its deadline'),
		missed: field('bool', 'it was required, and its deadline passed'),
		value: field('double', 'the sum, mean, product or price; 1 for a comparison that is true; 0 before it is done'),
		winner: field('string', 'the party that won the auction, empty when there is none', 'party'),
		learned: field('int', 'private inputs that answers to attackers gave away'),
	},
	Policy: {
		version: field('int', 'the version in force, from 1'),
		rules: field('int', 'rules that amendments added'),
		exceptions: field('int', 'exceptions that are left'),
	},
	Key: {
		status: field('string', 'the state of the key as the organisation knows it', 'status'),
		in_force: field('bool', 'it signs requests; a key that was rotated away only signs its sweep and its tombstone'),
		burned: field('bool', 'it was put together on one machine, by a recovery or a whole drill'),
		epoch: field('int', 'the epoch of its shares'),
		threshold: field('int', 'how many of its shares make a signature'),
		holders: field('int', 'how many parties its record lists'),
		swept: field('bool', 'what it guarded has moved to another key'),
		tombstone: field('bool', 'it has signed its own end, and the signature verifies'),
	},
	Exposure: {
		epoch: field('int', 'the epoch'),
		threshold: field('int', 'how many of its shares make the key'),
		in_force: field('bool', 'it is the epoch of the key in force'),
		captured: field('int', 'different shares of it that the attackers hold; all of them where they hold the whole key'),
		left: field('int', 'machines that still have a share of it'),
		backups: field('int', 'parties with a backup of it on the register'),
		anywhere: field('int', 'parties whose share of it exists somewhere: on a machine, in a backup or captured'),
	},
	Attempt: {
		turn: field('int', 'the turn in which the attackers tried it'),
		epoch: field('int', 'the epoch of the shares, or of the key it was tried on'),
		shares: field('int', 'how many shares went into it'),
		holds: field('bool', 'its equation holds: it gave the key, or the bytes it was after'),
		how: field('string', 'what was tried: "shares of one epoch", "shares of several epochs", "rogue key", ...'),
	},
	Backup: {
		party: field('string', 'whose share it is', 'party'),
		epoch: field('int', 'the epoch that the register names'),
		turn: field('int', 'the turn in which it was made, 0 before the game'),
		sound: field('bool', 'what lies there opens, and is the share that the register names'),
		drilled: field('int', 'the turn of its last drill, 0 when there was none'),
		drill_ok: field('bool', 'its last drill found it of use'),
	},
} as const satisfies Record<string, Record<string, Field>>;

export type RecordName = keyof typeof RECORDS;
type Plain<T> = T extends 'int' | 'double' ? number : T extends 'bool' ? boolean : string;
type FactsOf<Name extends RecordName> = {
	readonly [Key in keyof (typeof RECORDS)[Name]]: (typeof RECORDS)[Name][Key] extends {readonly type: infer T} ? Plain<T> : never;
};

/** The facts of one decision of the policy. */
export type DecisionFacts = FactsOf<'Facts'>;
export type ApprovalFacts = FactsOf<'Approval'>;
export type RequestFacts = FactsOf<'Request'>;
export type OutputFacts = FactsOf<'Output'>;
export type PartyFacts = FactsOf<'Party'>;
export type ComputationFacts = FactsOf<'Computation'>;
export type PolicyFacts = FactsOf<'Policy'>;
export type KeyFacts = FactsOf<'Key'>;
export type ExposureFacts = FactsOf<'Exposure'>;
export type AttemptFacts = FactsOf<'Attempt'>;
export type BackupFacts = FactsOf<'Backup'>;

/** What rules and exceptions of the policy are evaluated over. */
export interface PolicyValues {
	readonly facts: DecisionFacts;
	readonly approvals: readonly ApprovalFacts[];
	readonly signers: readonly string[];
	readonly threshold: number;
	readonly turn: number;
	readonly epoch: number;
}
/** What injects and objectives are evaluated over. */
export interface GameValues {
	readonly turn: number;
	readonly turns: number;
	readonly threshold: number;
	readonly frozen: boolean;
	readonly stolen: number;
	readonly requests: Readonly<Record<string, RequestFacts>>;
	readonly outputs: readonly OutputFacts[];
	readonly parties: Readonly<Record<string, PartyFacts>>;
	readonly computations: Readonly<Record<string, ComputationFacts>>;
	readonly policy: PolicyFacts;
	readonly epoch: number;
	readonly key: KeyFacts;
	readonly keys: readonly KeyFacts[];
	readonly exposure: readonly ExposureFacts[];
	readonly attempts: readonly AttemptFacts[];
	readonly backups: readonly BackupFacts[];
	readonly recovered: boolean;
	readonly rotated: boolean;
}
/** What conditions of a playbook are evaluated over. */
export interface PlaybookValues extends GameValues {
	readonly ways_in: readonly string[];
	readonly implants: readonly string[];
	readonly loot: number;
	readonly points: number;
}
/** What expectations of tests are evaluated over. */
export interface TestValues extends GameValues {
	readonly outcome: (typeof OUTCOMES)[number];
}
export interface ContextValues {
	readonly policy: PolicyValues;
	readonly game: GameValues;
	readonly playbook: PlaybookValues;
	readonly test: TestValues;
}
export type ContextName = keyof ContextValues;

/** How a variable's values are shaped: a plain value, a record, a list or a map by id. */
export type Shape =
	| {readonly kind: 'plain'; readonly type: Field['type']; readonly of?: WordSet}
	| {readonly kind: 'record'; readonly record: RecordName}
	| {readonly kind: 'list'; readonly record: RecordName}
	| {readonly kind: 'words'; readonly of: WordSet}
	| {readonly kind: 'map'; readonly record: RecordName; readonly of: WordSet};

export interface Variable {
	readonly shape: Shape;
	readonly about: string;
}

const int = (about: string): Variable => ({shape: {kind: 'plain', type: 'int'}, about});
const flag = (about: string): Variable => ({shape: {kind: 'plain', type: 'bool'}, about});
const turn = int('the turn, from 1');
const threshold = int('how many shares make a signature');

const GAME = {
	turn,
	turns: int('how many turns are played'),
	threshold,
	frozen: flag('the policy is frozen'),
	stolen: int('the most shares of one epoch that the attackers hold'),
	requests: {
		shape: {kind: 'map', record: 'Request', of: 'request'},
		about: 'every request by id; `requests["late-fee"]` for ids with dashes',
	},
	outputs: {shape: {kind: 'list', record: 'Output'}, about: 'every joint output so far, wanted or not'},
	parties: {shape: {kind: 'map', record: 'Party', of: 'party'}, about: 'every party by id'},
	computations: {shape: {kind: 'map', record: 'Computation', of: 'computation'}, about: 'every computation by id'},
	policy: {shape: {kind: 'record', record: 'Policy'}, about: 'the policy as it is in force'},
	epoch: int('the epoch of the shares in force, from 1'),
	key: {shape: {kind: 'record', record: 'Key'}, about: 'the key in force'},
	keys: {shape: {kind: 'list', record: 'Key'}, about: 'every key of the game, oldest first; the last is in force'},
	exposure: {shape: {kind: 'list', record: 'Exposure'}, about: 'every epoch, oldest first: who still has a share of it'},
	attempts: {shape: {kind: 'list', record: 'Attempt'}, about: "the attackers' attempts on captured bytes (the last 64)"},
	backups: {shape: {kind: 'list', record: 'Backup'}, about: 'the register of backups'},
	recovered: flag('the key was put together from backups and signed its sweep'),
	rotated: flag('a new key was made'),
} as const satisfies {readonly [Key in keyof GameValues]: Variable};

/** The variables of each context. Besides them each request's id is a variable wherever `requests` is. */
export const CONTEXTS = {
	policy: {
		facts: {shape: {kind: 'record', record: 'Facts'}, about: 'what the policy sees of the request'},
		approvals: {shape: {kind: 'list', record: 'Approval'}, about: 'the approvals that are bound to these bytes'},
		signers: {shape: {kind: 'words', of: 'party'}, about: 'the parties named to sign'},
		threshold,
		turn,
		epoch: int('the epoch of the shares, from 1'),
	},
	game: GAME,
	playbook: {
		...GAME,
		ways_in: {shape: {kind: 'words', of: 'machine'}, about: 'the machines to which the attackers have a way in'},
		implants: {shape: {kind: 'words', of: 'machine'}, about: 'the machines on which the attackers have an implant'},
		loot: int('how many shares and backups they have captured'),
		points: int('the points they have left'),
	},
	test: {...GAME, outcome: {shape: {kind: 'plain', type: 'string', of: 'outcome'}, about: 'who won, or "open" while the game runs'}},
} as const satisfies {readonly [Key in ContextName]: {readonly [Name in keyof ContextValues[Key]]: Variable}};

/** Enumerations that expressions can name: `basis.display` is the text "display", `status.compromised` the text "compromised". */
export const ENUMERATIONS = {basis: BASES, status: KEY_STATES} as const satisfies Record<string, readonly string[]>;
