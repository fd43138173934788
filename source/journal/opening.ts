/** The first two lines of a journal: what everybody may know of a game, and what only its keeper does. */
import {createHash} from 'node:crypto';
import {z} from 'zod';
import program from '../../package.json' with {type: 'json'};
import {createGame, type Game} from '../engine/game.js';
import {vocabulary} from '../engine/vocabulary.js';
import {loadScenario} from '../scenario/load.js';
import type {Scenario} from '../scenario/schema.js';
import {FORMAT, type OpenedPayload, type Payload} from './chain.js';
import {type Drill, drillOf, drillSchema} from './drill.js';
import {JournalError, quoted} from './journal-error.js';

/** Changes whenever the same moves on the same seed lead to other events. */
export const RULES = 3;

/** The seq of the first event: lines 0 and 1 open the game. */
export const FIRST_EVENT = 2;

/** Who plays which seat: `person`, `script` or `bot NAME`. */
const rosterSchema = z.array(z.object({seat: z.string(), side: z.enum(['operators', 'attackers']), player: z.string()}));
export type Roster = z.output<typeof rosterSchema>;

const suiteSchema = z.enum(['ed25519', 'secp256k1']);

const openedSchema = z.object({
	type: z.literal('opened'),
	audience: z.literal('public'),
	format: z.literal(FORMAT),
	rules: z.number(),
	program: z.string(),
	scenario: z.object({
		id: z.string(),
		sha256: z.string(),
		title: z.string(),
		summary: z.string(),
		turns: z.number(),
		threshold: z.number(),
		parties: z.array(z.object({id: z.string(), domain: z.string()})),
	}),
	suite: suiteSchema,
	seedWas: z.enum(['drawn', 'typed']),
	worldChosen: z.boolean(),
	roster: rosterSchema,
	/** Where people sit around a table: who they are, and what they agreed on. */
	drill: drillSchema.optional(),
});
/** Line 0, for everybody. `program` is the version that wrote it. */
export type Opened = Readonly<z.output<typeof openedSchema>>;

const sealedSchema = z.object({
	type: z.literal('sealed'),
	audience: z.literal('keeper'),
	seed: z.string(),
	/** The whole text of the scenario's file, and the file's name without folders. */
	scenario: z.string(),
	scenarioFile: z.string(),
	world: z.string().nullable(),
	suite: suiteSchema,
});
/** Line 1, for the keeper of the game alone: the seed yields every salt and every secret of it. */
export type Sealed = Readonly<z.output<typeof sealedSchema>>;

export interface Opening {
	readonly opened: Opened;
	readonly sealed: Sealed;
	readonly game: Game;
}

export interface OpeningOptions {
	/** A loaded scenario, the text it was loaded from, and the name of its file. */
	readonly scenario: Scenario;
	readonly scenarioText: string;
	readonly scenarioFile: string;
	readonly seed: string;
	/** `drawn` when the seed is 256 random bits, `typed` when somebody chose it and might guess it again. */
	readonly seedWas: Opened['seedWas'];
	readonly world?: string | undefined;
	readonly suite?: Sealed['suite'] | undefined;
	readonly roster?: Roster | undefined;
	readonly drill?: Omit<Drill, 'agreedSha256'> | undefined;
}

/**
 * Deals a game and says what its first two lines hold.
 * @throws {JournalError} for an empty seed and for a world that the scenario does not have.
 */
export function open(options: OpeningOptions): Opening {
	const {scenario, scenarioText, seed, world, suite = options.scenario.suite} = options;
	if (seed === '') throw new JournalError({what: 'The seed is empty.', expected: 'any text of at least one character'});
	const sealed: Sealed = {
		type: 'sealed',
		audience: 'keeper',
		seed,
		scenario: scenarioText,
		scenarioFile: options.scenarioFile.split(/[\\/]/).at(-1)!,
		world: world ?? null,
		suite,
	};
	const {seedWas, roster = [], drill} = options;
	const opened = describe(scenario, sealed, {program: program.version, seedWas, roster, drill});
	return {opened, sealed, game: deal(scenario, sealed)};
}

function deal(scenario: Scenario, {seed, world, suite}: Sealed): Game {
	try {
		return createGame({scenario, seed, suite, ...(world === null ? {} : {world})});
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new JournalError({what: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`, cause: error});
	}
}

type Given = Pick<Opened, 'program' | 'seedWas' | 'roster'> & {readonly drill?: OpeningOptions['drill']};

/** Line 0 follows from line 1, but for the program's version, the roster, what a drill agreed on, and how the seed came to be. */
function describe(scenario: Scenario, sealed: Sealed, given: Given): Opened {
	const {id, title, summary = '', turns, threshold, parties} = scenario;
	return {
		type: 'opened',
		audience: 'public',
		format: FORMAT,
		rules: RULES,
		program: given.program,
		scenario: {
			id,
			sha256: createHash('sha256').update(sealed.scenario, 'utf8').digest('hex'),
			title,
			summary,
			turns,
			threshold,
			parties: Object.entries(parties).map(([party, {domain}]) => ({id: party, domain})),
		},
		suite: sealed.suite,
		seedWas: given.seedWas,
		worldChosen: sealed.world !== null,
		roster: given.roster,
		...(given.drill === undefined ? {} : {drill: drillOf(given.drill)}),
	};
}

/** Line 0 of a journal, without its game: for lists of saves. */
export function readOpened(payload: Payload | undefined): Opened {
	return shaped(openedSchema, payload, 1);
}

/**
 * Rebuilds a game from the first two payloads of its journal. `opened` is what line 0 has to say, whatever it does say.
 * @throws {JournalError} for other rules, for lines of another shape, and for a scenario that this program does not accept.
 */
export function reopen(payloads: readonly OpenedPayload[]): Opening {
	const told = readOpened(payloads[0]);
	if (told.rules !== RULES) {
		throw new JournalError({
			line: 1,
			what: `This game was played by rules ${told.rules}; this program (${program.version}) plays by rules ${RULES}.`,
			next: `Use version ${told.program} of the program.`,
		});
	}
	const sealed = shaped(sealedSchema, payloads[1], 2);
	const scenario = scenarioIn(sealed);
	return {opened: describe(scenario, sealed, told), sealed, game: deal(scenario, sealed)};
}

/** Scenarios that were read from saves, by file name and text: a save is read for its game, and once more to verify it. */
const read = new Map<string, Scenario>();
const most = 16;

function scenarioIn({scenarioFile, scenario: text}: Sealed): Scenario {
	const key = `${scenarioFile}\n${text}`;
	const known = read.get(key);
	if (known) return known;
	const {scenario, diagnostics} = loadScenario(text, {file: scenarioFile, vocabulary, withoutAdvice: true});
	if (!scenario) {
		const first = diagnostics.find(({severity}) => severity === 'error');
		throw new JournalError({line: 2, what: `The scenario in this line has an error: ${first?.message ?? 'it does not load'}.`});
	}
	if (read.size >= most) read.clear();
	read.set(key, scenario);
	return scenario;
}

function shaped<T>(schema: z.ZodType<T>, payload: unknown, line: number): T {
	const parsed = schema.safeParse(payload);
	if (parsed.success) return parsed.data;
	const path = parsed.error.issues[0]?.path.join('.') || 'payload';
	throw new JournalError({
		line,
		what: `The field ${quoted(path).slice(1, -1)} is not what ${line === 1 ? 'the first line' : 'the second line'} of a save holds.`,
		next: 'The save comes from another version of the program or was changed.',
	});
}
