/** `new`: writes a scenario file to start from, for a team's own parties, places and policy. It asks, or takes what the flags say. */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {isatty} from 'node:tty';
import {decide} from '../engine/decide.js';
import {createGame, type Game, initialState} from '../engine/game.js';
import {quorumFor} from '../engine/policy-oracle.js';
import type {GameState} from '../engine/state.js';
import {vocabulary} from '../engine/vocabulary.js';
import {fileError} from '../journal/journal-error.js';
import {playTest} from '../playtest/scenario-test.js';
import {scenarioJsonSchema} from '../scenario/json-schema.js';
import {loadScenario} from '../scenario/load.js';
import {ID_PATTERN, type Scenario} from '../scenario/schema.js';
import {type StarterOptions, starterFile} from '../scenario/starter.js';
import {policyOf, type Setup, type StarterParty, setupProblems, usualThreshold} from '../scenario/starter-setup.js';
import type {StarterQuorum} from '../scenario/starter-tests.js';
import {CommandError} from './command-error.js';
import {type Ask, askInTerminal, askSetup} from './new-questions.js';
import {print, tell} from './output.js';
import {shown} from './paths.js';

export interface NewOptions {
	readonly template?: StarterOptions['template'];
	readonly title?: string;
	/** `ada:bank-a:safe-a,ben:bank-b`: id, domain, place of the backup. */
	readonly parties?: string;
	/** `ada=Mara Olsen`, as often as needed. */
	readonly custodian?: readonly string[];
	/** `operations:bank-a`: custodian, domain. */
	readonly coordinator?: string;
	readonly threshold?: string;
	/** A rule, or `name: rule`, as often as needed. */
	readonly policy?: readonly string[];
	readonly turns?: string;
	readonly minutes?: string;
	readonly out?: string;
	readonly force?: boolean;
}

const SCHEMA = 'scenario.schema.json';

/**
 * Writes the file and says what to do next.
 * @param ask puts a question to a person; without it there is nobody to ask, and what no flag says has its default
 * @throws {CommandError} for a set-up of which no file can be made; nothing is written then.
 */
export async function newScenario(name: string, options: NewOptions, ask?: Ask): Promise<number> {
	if (!ID_PATTERN.test(name) || name.length > 40) throw new CommandError(`"${name}" can't be the id of a scenario; ${idHint(name)}`);
	const path = options.out ?? `${name}.yaml`;
	// Before the questions: nobody wants to have answered them for nothing.
	if (!options.force && existsSync(path))
		throw new CommandError(`${path} exists already, and was left as it is. Name another file with --out, or replace it with --force.`);
	const asker = ask ?? (options.parties === undefined && isatty(0) && isatty(1) ? askInTerminal() : undefined);
	try {
		const given = setupOf(name, options);
		const setup = asker === undefined ? given : await askSetup(given, asker);
		const text = starterText(setup, {template: options.template ?? 'drill', file: basename(path)});
		writeBoth(path, text, options.force === true);
	} finally {
		asker?.close();
	}
	const file = /\s/.test(shown(path)) ? `'${shown(path)}'` : shown(path);
	print(`Written to ${shown(path)}. Next:\n  quorum-call check ${file}\n  quorum-call test ${file}\n  quorum-call play ${file}`);
	return 0;
}

function idHint(name: string): string {
	const id = name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^[-0-9]+|-+$/g, '')
		.slice(0, 40);
	return ID_PATTERN.test(id) ? `did you mean ${id}?` : 'it is a lower-case word such as late-invoice.';
}

/** The parts of a list that is separated by commas, without what is empty. */
function listOf(text: string): string[] {
	return text
		.split(',')
		.map(part => part.trim())
		.filter(part => part !== '');
}

/** `ada:bank-a:safe-a` as a party. @throws {CommandError} for more parts than that. */
function partyOf(text: string): StarterParty {
	const [id = '', domain = '', backup = '', ...more] = text.split(':').map(part => part.trim());
	if (more.length > 0 || id === '')
		throw new CommandError(`"${text}" is no party: expected ID, ID:DOMAIN or ID:DOMAIN:PLACE, such as ada:bank-a:safe-a.`);
	return {id, domain: domain === '' ? id : domain, ...(backup === '' ? {} : {backup})};
}

function setupOf(name: string, options: NewOptions): Setup {
	const title = options.title ?? `${name[0]!.toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;
	const parties = listOf(options.parties ?? 'ada:bank-a,ben:bank-b,chi:provider').map(partyOf);
	const people = new Map<string, string>();
	for (const text of options.custodian ?? []) {
		const [, id = '', custodian = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
		if (!parties.some(party => party.id === id.trim()))
			throw new CommandError(
				`"${text}" names no custodian: expected PARTY=NAME, PARTY being one of ${parties.map(party => party.id).join(', ')}.`,
			);
		people.set(id.trim(), custodian.trim());
	}
	const [custodian, domain] = (options.coordinator ?? '').split(':').map(part => part.trim());
	return {
		id: name,
		title,
		minutes: Number(options.minutes ?? 30),
		turns: Number(options.turns ?? 6),
		threshold: options.threshold === undefined ? usualThreshold(parties.length) : Number(options.threshold),
		parties: parties.map(party => ({...party, ...(people.has(party.id) ? {custodian: people.get(party.id)!} : {})})),
		coordinator: {...(custodian ? {custodian} : {}), ...(domain ? {domain} : {})},
		policy: policyOf(options.policy ?? []),
	};
}

/**
 * The text of a file that checks, and whose tests pass.
 * @throws {CommandError} with what is wrong with the set-up.
 */
export function starterText(
	setup: Setup,
	{template, file}: {readonly template: StarterOptions['template']; readonly file: string},
): string {
	const problems = setupProblems(setup);
	if (problems.length > 0) throw new CommandError([...problems, 'Nothing was written.'].join('\n'));
	const schema = `./${SCHEMA}`;
	// Who approves in its tests depends on the policy, which can be asked once there is a game: so the file is made twice.
	const guess: StarterQuorum = {parties: setup.parties.slice(0, setup.threshold).map(({id}) => id), basis: 'digest'};
	const draft = loaded(starterFile(setup, {template, schema, payroll: guess}), file);
	const {game, state} = begun(draft);
	const payroll = quorumFor(game, state, {request: 'payroll', bases: ['digest', 'display', 'callback']});
	if (!payroll)
		throw new CommandError(
			`With this policy nothing can be signed: no approvals of these ${setup.parties.length} parties pass ${listed(Object.keys(setup.policy))}. Nothing was written.`,
		);
	const display = quorumFor(game, state, {request: 'invoice', bases: ['display']});
	const text = starterFile(setup, {template, schema, payroll, display});
	const scenario = loaded(text, file);
	for (const test of scenario.tests) {
		const {ok, because} = playTest(scenario, test, {suite: 'glass'});
		if (!ok)
			throw new CommandError(
				`With this set-up a test of the file would fail: ${test.name}: ${because}. Does a rule depend on the turn or on who asks? Start without it, and add it to the file. Nothing was written.`,
			);
	}
	return text;
}

function listed(rules: readonly string[]): string {
	return rules.length === 1 ? `the rule ${rules[0]}` : `the rules ${rules.join(', ')}`;
}

function begun(scenario: Scenario): {game: Game; state: GameState} {
	const game = createGame({scenario, seed: 'new', world: 'honest', suite: 'glass'});
	const decided = decide(game, initialState(game), {side: 'table', text: 'begin'});
	if (!decided.ok) throw new Error(decided.message);
	return {game, state: decided.state};
}

/** A text that should check: where it does not, an answer was wrong in a way that only the check knows. */
function loaded(text: string, file: string): Scenario {
	const {scenario, diagnostics} = loadScenario(text, {file, vocabulary});
	if (scenario) return scenario;
	const said = diagnostics
		.filter(({severity}) => severity === 'error')
		.map(({message, expected, hint, sourceLine}) =>
			[
				`${message}: ${sourceLine.trim()}`,
				...(expected === undefined ? [] : [`  expected ${expected}`]),
				...(hint === undefined ? [] : [`  ${hint}`]),
			].join('\n'),
		);
	throw new CommandError([...said, 'Nothing was written.'].join('\n'));
}

/** The file, and beside it the schema that its first line names, so that editors complete it wherever the two are moved. */
function writeBoth(path: string, text: string, isForced: boolean): void {
	try {
		writeFileSync(path, text, {flag: isForced ? 'w' : 'wx'});
	} catch (error) {
		throw fileError(error, path, 'write the scenario');
	}
	const schema = join(dirname(path), SCHEMA);
	const own = `${JSON.stringify(scenarioJsonSchema(vocabulary), null, '\t')}\n`;
	try {
		if (existsSync(schema)) {
			if (readFileSync(schema, 'utf8') !== own)
				tell(
					`${shown(schema)} is another one than this version's, and was left as it is; renew it with: quorum-call schema > ${shown(schema)}`,
				);
			return;
		}
		writeFileSync(schema, own, {flag: 'wx'});
		tell(`${shown(schema)} lies beside it: with it, editors complete and explain the file as you type.`);
	} catch (error) {
		throw fileError(error, schema, 'write the schema for editors');
	}
}
