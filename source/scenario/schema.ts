/**
 * The one definition of the scenario format: types, validation and the published JSON Schema all come from it.
 * Structure only; what needs other parts of the file or the game's catalogue (does this party exist, does this
 * move parse) is in check.ts.
 */
import {z} from 'zod';

/** Seats an inject can be addressed to besides the parties' own: two sides, and the single seats without a share. */
export const SEATS = ['operators', 'attackers', 'commander', 'facilitator', 'observer'] as const;

/** Ids are lower-case words, so that they read the same in moves, in expressions and on the board. */
export const ID_PATTERN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const AMOUNT_RANGE = /^(\d{1,12}(?:\.\d{1,2})?)\.\.(\d{1,12}(?:\.\d{1,2})?)$/;

const text = z.string().trim().min(1).max(4000);
const line = z.string().trim().min(1).max(200);
const id = z.string().regex(ID_PATTERN, {error: 'a lower-case word such as "ada" or "safe-a"'}).max(40);
/** The most turns that a scenario may have. */
export const MOST_TURNS = 200;
const turn = z.int().min(1).max(MOST_TURNS);

/** A CEL expression; its meaning is checked by check.ts. */
const expression = z
	.string()
	.trim()
	.min(1)
	.max(2000)
	.meta({title: 'CEL expression', description: 'A CEL expression. Put it in quotes when it starts with ! or holds a # after a space.'});
/** Moves, one a line, as in a moves file. */
const moves = z
	.string()
	.max(20_000)
	.meta({title: 'moves, one a line', description: 'Moves, one a line: write | and put them on the lines below.'});
/** A mapping of at most so many entries: a file that has more is no scenario, and must not take long. */
function some<Key extends z.core.$ZodRecordKey, Value extends z.core.$ZodType>(key: Key, value: Value, most: number) {
	return z
		.record(key, value)
		.refine(entries => Object.keys(entries).length <= most, {error: `at most ${most} entries`})
		.meta({maxProperties: most});
}
/** One text, or a list of texts from which the seed deals one. Always a list once loaded. */
const pool = z.union([line, z.array(line).min(1).max(64)]).transform(value => (typeof value === 'string' ? [value] : value));
const seats = z.union([id, z.array(id).min(1).max(20)]).transform(value => (typeof value === 'string' ? [value] : value));
/** True or false in every world, or the names of the worlds in which it is true. */
const inWorlds = z.union([z.boolean(), z.array(id).max(20)]);

/** An amount: `800`, or `"500..900"` for one dealt by the seed. Always `{low, high}` once loaded. */
const amount = z
	.union([z.number().min(0).max(1e12), z.string().regex(AMOUNT_RANGE, {error: 'a number such as 48200, or a range such as "500..900"'})])
	.transform(value => {
		if (typeof value === 'number') return {low: value, high: value};
		const [, low, high] = AMOUNT_RANGE.exec(value) ?? [];
		return {low: Number(low), high: Number(high)};
	});

const party = z
	.strictObject({
		custodian: pool.optional().describe('The person who answers for the share. A list is a pool from which the seed deals one name.'),
		domain: line.describe('Who administers the machine (an organisation, a cloud account). Parties of one domain can fall together.'),
		at: line.optional().describe('Where the share lies, in words: "a hardware module in rack 4".'),
		backup: id
			.optional()
			.describe("The place where a backup of the share is kept. Parties may share a place; that is often the scenario's point."),
		holds: z
			.boolean()
			.default(true)
			.describe('Whether it holds a share from the start. One that does not takes no part in keygen and can join by reshare.'),
	})
	.describe('A party: holds one share of the key.');

const coordinator = z
	.strictObject({
		custodian: pool.optional().describe('The person who answers for the coordinator.'),
		domain: line.optional().describe("Who administers the coordinator's machine."),
	})
	.describe('The coordinator: relays messages and shows the payload. It holds no share.');

const exception = z
	.strictObject({
		when: expression.describe('When the exception lets a request pass although a rule says no, over the same facts as the rules.'),
		summary: line.optional().describe('Why the organisation has this exception.'),
	})
	.describe('An emergency path past the policy.');

const request = z
	.strictObject({
		opens: z
			.int()
			.min(0)
			.max(MOST_TURNS)
			.describe('The turn in which the request opens. 0: it never opens by itself (attackers may submit it).'),
		due: turn.describe('The last turn in which it can be signed in time.'),
		by: pool.describe('The requester. A list is a pool from which the seed deals one.'),
		title: pool.optional().describe('What it is for, in words.'),
		amount: amount.describe('The amount: a number, or a range such as "500..900" from which the seed deals one.'),
		to: pool.describe('The receiving account. A list is a pool from which the seed deals one.'),
		required: inWorlds
			.default(true)
			.describe('Whether the operators must serve it in time: true, false, or the worlds in which they must.'),
		legitimate: inWorlds.default(true).describe('Whether the requester really means it: true, false, or the worlds in which it is meant.'),
		only: z.array(id).min(1).max(20).optional().describe('The worlds in which it opens by itself (default: all).'),
	})
	.describe('A request: a business wish for a joint output.');

const computation = z
	.strictObject({
		function: z
			.enum(['sum', 'mean', 'product', 'compare', 'auction'])
			.describe(
				'What is computed: the sum, mean or product of all inputs; whether the first is below the second; the second highest bid and its winner.',
			),
		inputs: z
			.record(id, z.int().min(0).max(1_000_000).describe('The private input of this party.'))
			.describe('The private input of each party, a whole number that no other party learns.'),
		opens: turn.default(1).describe('The turn in which it is asked for.'),
		due: turn.describe('The last turn in which it can be computed in time.'),
		by: pool.describe('Who asks for it. A list is a pool from which the seed deals one.'),
		title: pool.optional().describe('What it is for, in words.'),
		required: z.boolean().default(true).describe('Whether the operators must have it computed in time.'),
		queries: z
			.boolean()
			.default(false)
			.describe('Whether analysts may ask it of parties of their choice; the attackers hold such an account (sum and mean).'),
		minimum: z.int().min(1).max(15).default(2).describe('The smallest number of inputs that the control minimum-cohort answers for.'),
	})
	.describe('A computation on private inputs: everybody learns the result, and nobody an input.');

const play = z
	.strictObject({
		when: expression
			.optional()
			.describe(
				"The condition, over what the attackers know. Without one the moves are made on the attackers' first turn that can pay for them.",
			),
		do: moves.describe('Moves of the attackers, one a line: `attackers: implant party=chi`.'),
		once: z.boolean().default(true).describe('Make these moves once (true), or every time the condition holds.'),
	})
	.describe("One entry of the attackers' playbook; entries are tried in order.");

const world = z
	.strictObject({
		summary: text.optional().describe('For the debrief: what was true in this world.'),
		weight: z.int().min(1).max(1000).default(1).describe('How often this world is dealt, compared with the others.'),
		deal: moves
			.default('')
			.describe('What is true from the start or at a turn, one line each: `world: way-in at=ben`, `world: bad-disk party=ben turn=4`.'),
		playbook: z
			.array(play)
			.max(64)
			.default([])
			.describe("The attackers' plan when a bot plays them. An empty list says that nothing is planned."),
	})
	.describe('One of the worlds of which the seed deals one. Players learn which in the debrief.');

const injectText = z
	.union([text, z.record(z.union([id, z.literal('default')]), text.describe('What is said in this world; under default: in the others.'))])
	.transform((value): Readonly<Record<string, string>> => (typeof value === 'string' ? {default: value} : value));

const inject = z
	.strictObject({
		at: turn.optional().describe('The turn in which it fires. Give `at` or `when`, one of the two.'),
		when: expression.optional().describe('It fires once, in the first turn in which this holds. Give `at` or `when`, one of the two.'),
		to: seats
			.prefault('operators')
			.describe('Who is told: sides (operators, attackers), seats (commander, facilitator, observer) or parties. Default: operators.'),
		from: line.optional().describe('Who says it.'),
		text: injectText.describe('What is said. A map gives each world its own text: `{insider: ..., default: ...}`.'),
		do: moves.optional().describe('Effects: moves at no cost, one a line. Nothing in a file can set an outcome.'),
		worlds: z.array(id).min(1).max(20).optional().describe('The worlds in which it fires (default: all).'),
		ask: z
			.strictObject({
				by: turn.describe('The turn by which an answer is expected.'),
				text: text.describe('The question.'),
			})
			.optional()
			.describe('A question the table answers in its own words.'),
	})
	.describe('An inject: what the scenario tells the table.');

const points = z.int().min(1).max(9).default(3).describe('Points a turn.');
const attackers = z
	.strictObject({
		goal: text.optional().describe('What the attackers are after, as their briefing says it.'),
		points,
		account: pool.optional().describe("The attackers' account, to which their payments go. A list is a pool."),
		message: line.optional().describe('What they sign once they can sign anything.'),
		bribable: z.array(id).max(15).optional().describe('Parties whose custodians take money. Nobody else does.'),
	})
	.describe('The attackers.');
const operators = z
	.strictObject({goal: text.optional().describe('What the operators are asked to do, as their briefing says it.'), points})
	.describe('The operators.');

const level = z.literal([0, 1, 2]);
const logging = z
	.strictObject({
		shares: level.default(1).describe('Share stores.'),
		rounds: level.default(1).describe('Protocol rounds.'),
		policy: level.default(1).describe('Decisions of the policy.'),
		output: level.default(1).describe('Joint outputs.'),
		transcript: level.default(1).describe('The audit record itself.'),
	})
	.describe('How much each station records at the start: 0 nothing, 1 loud acts, 2 subtle acts too, with signals.');

const objectives = some(line.max(80), expression, 32);
const verbList = z.array(id).min(1).max(12);

const scenarioTest = z
	.strictObject({
		name: line.describe('What the test shows.'),
		world: id.optional().describe('The world to play in (default: the one that the seed deals).'),
		seed: z.string().min(1).max(200).default('test').describe('The seed.'),
		moves: moves.default('').describe('Lines as in a moves file; `turn 3` plays on to turn 3.'),
		refusals: z
			.enum(['stop', 'skip'])
			.optional()
			.describe(
				'What a move that the rules refuse does: it ends the test (stop, the default), or nothing (skip), as where a control may refuse an attack.',
			),
		expect: z
			.union([expression, z.strictObject({refused: line.describe('Words that the refusal of the last move must contain.')})])
			.describe('An expression over the game after the last move, or `{refused: text}`.'),
	})
	.describe('A test that `quorum-call test` runs.');

/** Format 1 of a scenario file. Everything but title, parties and requests has a default. */
export const scenarioSchema = z
	.strictObject({
		format: z.literal(1).describe('The version of this format: 1.'),
		id: id.optional().describe("The scenario's id (default: the file's name)."),
		title: line.describe('The title.'),
		summary: text.optional().describe('What the exercise is about, in a few sentences and without spoilers.'),
		minutes: z.int().min(1).max(600).default(30).describe("The table's clock, in minutes. The rules count turns."),
		turns: turn.default(6).describe('How many turns are played.'),
		suite: z.enum(['ed25519', 'secp256k1']).default('ed25519').describe('The group and signature scheme.'),
		threshold: z.int().min(2).max(15).default(2).describe('How many shares make a signature.'),
		keygen: z.enum(['parties', 'dealer']).default('parties').describe('Who made the key: the parties together, or one trusted dealer.'),
		learn: z.array(line).max(12).default([]).describe('Learning objectives.'),
		incident: text.optional().describe('The real incident behind the scenario, with its source.'),
		parties: z.record(id, party).describe('The parties by id; ids are the names in moves and expressions.'),
		coordinator: coordinator.prefault({}),
		shuffle: z
			.array(id)
			.max(15)
			.default([])
			.describe(
				'Parties whose places in worlds, injects and playbooks the seed permutes, so that worlds cannot be learned by heart. Rules of the policy always speak of the parties themselves.',
			),
		policy: some(id, expression, 32)
			.default({})
			.describe(
				'Rules of the policy by name, over the facts of a decision. The rule enough-approvals: size(approvals) >= threshold always exists.',
			),
		exceptions: some(id, exception, 16).default({}).describe('Emergency paths past the policy, by name.'),
		controls: z
			.record(id, z.enum(['on', 'off']))
			.default({})
			.describe('Controls as they are documented at the start. In a world, `world: drift control=...` makes the truth differ.'),
		logging: logging.prefault({}),
		requests: z.record(id, request).describe('The requests by id.'),
		computations: some(id, computation, 24).default({}).describe('Computations on private inputs, by id.'),
		worlds: z
			.record(id, world)
			.default({plain: {weight: 1, deal: '', playbook: []}})
			.describe('The worlds of which the seed deals one.'),
		injects: z.array(inject).max(64).default([]).describe('What the scenario tells the table, and when.'),
		attackers: attackers.prefault({}),
		operators: operators.prefault({}),
		objectives: z
			.strictObject({
				operators: objectives.default({}).describe("The operators' objectives: a name and an expression that holds when it is met."),
				attackers: objectives.default({}).describe("The attackers' objectives."),
			})
			.prefault({})
			.describe('Objectives of both sides, shown in the debrief.'),
		layers: z
			.strictObject({
				business: text.optional().describe('Business approval.'),
				protocol: text.optional().describe('The MPC protocol.'),
				network: text.optional().describe('Network transport.'),
				storage: text.optional().describe('Share storage.'),
			})
			.optional()
			.describe('What players should know of each layer in this scenario.'),
		questions: z.array(line).max(20).default([]).describe('Questions for the debrief.'),
		verbs: z
			.strictObject({
				operators: verbList.optional().describe("The operators' verbs, at most 12."),
				attackers: verbList.optional().describe("The attackers' verbs, at most 12."),
			})
			.optional()
			.describe('The verbs each side may use (default: all that the rules offer).'),
		unlock: z
			.record(
				z.string().regex(/^([1-9]|[1-9]\d|1\d\d|200)$/, {error: 'a turn'}),
				z.array(id).min(1).max(24).describe('Verbs that are offered from this turn on.'),
			)
			.optional()
			.describe('Verbs that become available at a turn: `{2: [freeze, inspect]}`.'),
		tests: z.array(scenarioTest).max(200).default([]).describe('Tests of the scenario itself.'),
	})
	.describe('A Quorum Call scenario.');

type Parsed = z.output<typeof scenarioSchema>;
/** A loaded scenario: every default filled in, `id` always there. Role ids throughout; the engine deals and maps them. */
export type Scenario = Omit<Parsed, 'id'> & {readonly id: string};

/** Why a move line was not accepted; `column` counts from 1 in the line as it was given. */
export interface MoveProblem {
	readonly ok: false;
	readonly message: string;
	readonly column: number;
	readonly expected?: string | undefined;
	readonly hint?: string | undefined;
}

/** A move as it was read. */
export interface ParsedMove {
	readonly side: string;
	readonly verb: string;
	readonly object?: string;
	readonly args: Readonly<Record<string, string>>;
}

/** The words the engine hands to the loader, so that scenario code needs nothing of the engine. */
export interface GameVocabulary {
	/** Ids of the controls. */
	readonly controls: readonly string[];
	/** Verbs of each side, and of the world (the deal). */
	readonly verbs: {readonly operators: readonly string[]; readonly attackers: readonly string[]; readonly world: readonly string[]};
	/** Reads one line of a moves file (`operators: ...`, `attackers: ...`, `world: ...`) against the parties and requests of a scenario. */
	parseMove(line: string, names: MoveNames): {readonly ok: true; readonly move: ParsedMove} | MoveProblem;
	/** What a control checks and what a verb does, in a phrase, for editors. */
	about(kind: 'control' | 'verb', id: string): string;
	/** The lowest price of a verb of the attackers, in points. */
	priceOf(verb: string): number;
	/** Verbs that a side has whatever the scenario offers. */
	readonly always: readonly string[];
	/** Controls that are on where a scenario does not name them. */
	readonly standardControls: readonly string[];
	/** Points that the attackers can carry over to their next turn. */
	readonly carriedOver: number;
}

/** The names that move lines of one scenario may use. */
export interface MoveNames {
	readonly parties: readonly string[];
	readonly requests: readonly string[];
	/** Places of backups. */
	readonly places: readonly string[];
	readonly exceptions: readonly string[];
	readonly computations: readonly string[];
}

/** Whether something given as `true`, `false` or a list of worlds holds in a world. */
export function holdsIn(value: boolean | readonly string[], world: string): boolean {
	return typeof value === 'boolean' ? value : value.includes(world);
}

/** An inject's text in a world; the empty text where the file gives none for it. */
export function textIn(text: Readonly<Record<string, string>>, world: string): string {
	return Object.hasOwn(text, world) ? (text[world] ?? '') : (text.default ?? '');
}
