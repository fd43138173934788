/**
 * What expressions can talk about: the records, their fields and the variables of each context, as data. The
 * compiler, the checks, the TypeScript types of the facts and the help of `eval` all read these tables.
 */

/** The bases on which a custodian approves, weakest first. */
export const BASES = ['display', 'digest', 'callback'] as const;
export const OUTCOMES = ['open', 'operators', 'attackers', 'neither'] as const;

/** Sets of words to which a text is known to belong; a literal outside of its set is an error. */
export type WordSet = 'party' | 'machine' | 'domain' | 'request' | 'basis' | 'outcome';

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
const turn = int('the turn, from 1');
const threshold = int('how many shares make a signature');

const GAME = {
	turn,
	turns: int('how many turns are played'),
	threshold,
	frozen: {shape: {kind: 'plain', type: 'bool'}, about: 'the policy is frozen'},
	stolen: int('the most shares of one epoch that the attackers hold'),
	requests: {
		shape: {kind: 'map', record: 'Request', of: 'request'},
		about: 'every request by id; `requests["late-fee"]` for ids with dashes',
	},
	outputs: {shape: {kind: 'list', record: 'Output'}, about: 'every joint output so far, wanted or not'},
	parties: {shape: {kind: 'map', record: 'Party', of: 'party'}, about: 'every party by id'},
} as const satisfies {readonly [Key in keyof GameValues]: Variable};

/** The variables of each context. Besides them each request's id is a variable wherever `requests` is. */
export const CONTEXTS = {
	policy: {
		facts: {shape: {kind: 'record', record: 'Facts'}, about: 'what the policy sees of the request'},
		approvals: {shape: {kind: 'list', record: 'Approval'}, about: 'the approvals that are bound to these bytes'},
		signers: {shape: {kind: 'words', of: 'party'}, about: 'the parties named to sign'},
		threshold,
		turn,
		epoch: int('the epoch of the shares, from 0'),
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

/** Enumerations that expressions can name: `basis.display` is the text "display". */
export const ENUMERATIONS = {basis: BASES} as const satisfies Record<string, readonly string[]>;
