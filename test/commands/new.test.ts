// `new` writes a file that checks, whose tests pass, and that bots can play, whatever a team's own set-up looks like.
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {attackerBots, operatorBots} from '../../source/bots/index.js';
import {CommandError} from '../../source/commands/command-error.js';
import {type NewOptions, newScenario, starterText} from '../../source/commands/new.js';
import type {Ask} from '../../source/commands/new-questions.js';
import {vocabulary} from '../../source/engine/vocabulary.js';
import {playTest} from '../../source/playtest/scenario-test.js';
import {scenarioJsonSchema} from '../../source/scenario/json-schema.js';
import {loadScenario} from '../../source/scenario/load.js';
import type {Scenario} from '../../source/scenario/schema.js';
import {type Setup, setupProblems} from '../../source/scenario/starter-setup.js';
import {playGame} from '../bots/play.js';

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'new-'));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** Runs the command in the folder; what it prints, and what it says beside it. */
async function made(name: string, options: NewOptions = {}, ask?: Ask): Promise<{printed: string; text: string; file: string}> {
	const written: string[] = [];
	const out = vi.spyOn(process.stdout, 'write').mockImplementation(chunk => written.push(String(chunk)) > 0);
	const messages = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
	const file = options.out ?? join(folder, `${name}.yaml`);
	try {
		expect(await newScenario(name, {...options, out: file}, ask)).toBe(0);
	} finally {
		out.mockRestore();
		messages.mockRestore();
	}
	return {printed: written.join(''), text: readFileSync(file, 'utf8'), file};
}

function load(text: string): Scenario {
	const {scenario, diagnostics} = loadScenario(text, {file: 'own.yaml', vocabulary});
	expect(diagnostics.filter(({severity}) => severity !== 'note').map(({message}) => message)).toEqual([]);
	return scenario!;
}

const ids = ['ada', 'ben', 'chi', 'dee', 'node-1', 'fay', 'gus', 'hal', 'x9'];
const words = fc.oneof(
	fc.constantFrom('yes', '李雷', '🏦 Bank: "A" #1', "O'Neill \\ Söhne", '{ben}', '- x', '0123', '!tag', '&a *b', 'Ñandú', '% @ `', 'null'),
	fc.string({unit: 'grapheme', minLength: 1, maxLength: 12}).filter(
		text =>
			setupProblems({
				...plain,
				title: 'x',
				parties: [
					{id: 'ada', domain: text},
					{id: 'ben', domain: 'b'},
				],
			}).length === 0,
	),
);
const plain: Setup = {
	id: 'own',
	title: 'Own',
	minutes: 30,
	turns: 6,
	threshold: 2,
	parties: ['ada', 'ben', 'chi'].map(id => ({id, domain: id})),
	policy: {},
};
const setups: fc.Arbitrary<Setup> = fc
	.integer({min: 2, max: 9})
	.chain(count =>
		fc.record({
			threshold: fc.integer({min: 2, max: count}),
			turns: fc.integer({min: 3, max: 8}),
			parties: fc.tuple(
				...ids.slice(0, count).map(id =>
					fc.record(
						{
							id: fc.constant(id),
							domain: fc.oneof(fc.constantFrom('bank-a', 'bank-b'), words),
							custodian: words,
							backup: fc.constantFrom('safe-a', 'safe-b'),
						},
						{requiredKeys: ['id', 'domain']},
					),
				),
			),
			coordinator: fc.record({custodian: words, domain: words}, {requiredKeys: []}),
			policy: fc.constantFrom<Setup['policy']>(
				{},
				{called: 'approvals.all(a, a.basis == basis.callback)'},
				{'big-needs-call': 'facts.amount < 10000 || approvals.exists(a, a.basis == "callback")'},
				{last: `approvals.exists(a, a.party == "${ids[count - 1]}")`},
			),
		}),
	)
	.map(parts => ({...plain, ...parts}));

describe('a file for any set-up', () => {
	test.each(['drill', 'short'] as const)('%s: checks, its tests pass, and bots play it to its end', template => {
		fc.assert(
			fc.property(setups, fc.integer({min: 0, max: 9}), (setup, seed) => {
				expect(setupProblems(setup)).toEqual([]);
				const scenario = load(starterText(setup, {template, file: 'own.yaml'}));
				expect(Object.entries(scenario.parties).map(([id, {domain, custodian, backup}]) => ({id, domain, custodian, backup}))).toEqual(
					setup.parties.map(({id, domain, custodian, backup}) => ({
						id,
						domain: domain.trim(),
						custodian: custodian === undefined ? undefined : [custodian.trim()],
						backup,
					})),
				);
				expect(scenario.policy).toEqual(setup.policy);
				expect(scenario.tests.length).toBeGreaterThanOrEqual(2);
				// The cheapest bots: whether a file plays to its end does not hang on how well.
				const [operators, attackers] = [operatorBots.idle!, attackerBots.playbook!];
				const {state} = playGame({scenario, seed: String(seed), suite: 'glass'}, {operators, attackers});
				expect(['operators', 'attackers', 'neither']).toContain(state.end?.outcome);
			}),
			{numRuns: template === 'drill' ? 3 : 2},
		);
	});

	test('its tests can fail: without the check that they are about, they do', () => {
		const scenario = load(starterText(plain, {template: 'drill', file: 'own.yaml'}));
		const swapped = scenario.tests.find(({name}) => name.startsWith('approved on display'))!;
		expect(playTest(scenario, swapped, {suite: 'glass'}).ok).toBe(true);
		const guarded: Scenario = {...scenario, controls: {...scenario.controls, 'bind-payload': 'on'}};
		expect(playTest(guarded, swapped, {suite: 'glass'}).ok).toBe(false);
	});

	test('attackers come through in the worlds that are about them, and a careful table serves the honest one', () => {
		const scenario = load(starterText(plain, {template: 'drill', file: 'own.yaml'}));
		const outcome = (world: string, operators: string) =>
			playGame({scenario, seed: 'a', world, suite: 'glass'}, {operators: operatorBots[operators]!, attackers: attackerBots.playbook!}).state
				.end?.outcome;
		expect(outcome('honest', 'careful')).toBe('operators');
		expect(outcome('swapped', 'display')).toBe('attackers');
		expect(outcome('insider', 'idle')).toBe('attackers');
	});
});

describe('the command', () => {
	test('takes flags, writes the schema beside the file, and says what to do next', async () => {
		const {printed, text, file} = await made('our-vault', {
			parties: 'ada:bank-a:safe-a, ben:bank-b ,chi',
			custodian: ['ada=Mara Olsen'],
			threshold: '3',
			policy: ['facts.amount < 50000', 'no-ada: approvals.all(a, a.party != "ada" || a.basis != basis.display)'],
		});
		expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./scenario.schema.json');
		const scenario = load(text);
		expect(scenario).toMatchObject({
			title: 'Our vault',
			threshold: 3,
			parties: {ada: {custodian: ['Mara Olsen'], backup: 'safe-a'}, chi: {domain: 'chi'}},
		});
		expect(Object.keys(scenario.policy)).toEqual(['rule-1', 'no-ada']);
		expect(JSON.parse(readFileSync(join(folder, 'scenario.schema.json'), 'utf8'))).toEqual(
			JSON.parse(JSON.stringify(scenarioJsonSchema(vocabulary))),
		);
		for (const command of ['check', 'test', 'play']) expect(printed).toContain(`quorum-call ${command} ${file}`);
	});

	test.each(['table', 'sweep', 'turn', 'payroll'])('%s means something else, and is no party', id => {
		const [problem] = setupProblems({
			...plain,
			parties: [
				{id, domain: 'a'},
				{id: 'ben', domain: 'b'},
			],
		});
		expect(problem).toContain(`"${id}"`);
	});

	test('replaces nothing unless it is told to', async () => {
		const file = join(folder, 'mine.yaml');
		writeFileSync(file, 'my notes');
		await expect(made('mine')).rejects.toThrow(/mine\.yaml exists already, and was left as it is/);
		expect(readFileSync(file, 'utf8')).toBe('my notes');
		expect((await made('mine', {force: true})).text).toContain('title: Mine');
	});

	test.each<[string, string, NewOptions, RegExp]>([
		['a name that is no id', 'Our vault', {}, /did you mean our-vault\?/],
		['two parties of one id', 'bad', {parties: 'ada,ada'}, /There are two parties with the id ada/],
		['a threshold that can not hold', 'bad', {threshold: '4'}, /whole number from 2 to 3, the number of parties, got 4/],
		['a place that is a party', 'bad', {parties: 'ada:x:ben,ben'}, /"ben" is the name of something else/],
		['an id that the game needs', 'bad', {parties: 'log,ben'}, /"log" means something else/],
		['a rule that does not read', 'bad', {policy: ['facts.amont < 1']}, /did you mean "amount"/],
		['a rule that nothing passes', 'bad', {policy: ['size(approvals) > 7']}, /With this policy nothing can be signed/],
		['a custodian of nobody', 'bad', {custodian: ['zoe=Z']}, /PARTY being one of ada, ben, chi/],
		['control characters', 'bad', {title: 'a\u001b[31mb'}, /The title is one line/],
	])('refuses %s, and writes nothing', async (_, name, options, message) => {
		await expect(made(name, options)).rejects.toThrow(CommandError);
		await expect(made(name, options)).rejects.toThrow(message);
		expect(existsSync(join(folder, `${name}.yaml`))).toBe(false);
	});
});

describe('questions', () => {
	/** Somebody who answers from a list, and leaves at its end. */
	function answering(answers: readonly string[]): Ask & {readonly heard: string[]} {
		const left = [...answers];
		const heard: string[] = [];
		return {
			heard,
			async question(text) {
				heard.push(text);
				const answer = left.shift();
				if (answer === undefined) throw new CommandError('Nothing was written.', 130);
				return answer;
			},
			say: text => void heard.push(text),
			close() {},
		};
	}

	test('defaults make a file, and an answer that can not be used is asked for again with the reason', async () => {
		const ask = answering([
			'',
			'ada',
			'',
			'',
			'',
			'ada',
			'eve',
			'bank-b',
			'Eve',
			'safe-e',
			'-',
			'9',
			'2',
			'facts.amount < 90000',
			'',
			'1',
			'5',
			'',
		]);
		const {text} = await made('asked', {}, ask);
		expect(load(text)).toMatchObject({
			title: 'Asked',
			threshold: 2,
			turns: 5,
			minutes: 30,
			parties: {ada: {domain: 'bank-a'}, eve: {custodian: ['Eve'], backup: 'safe-e'}},
		});
		const said = ask.heard.join('\n');
		expect(said).toContain('There are two parties with the id ada.');
		expect(said).toContain('The threshold is a whole number from 2 to 2');
		expect(said).toContain('The turns are a whole number from 3 to 50, got 1.');
	});

	test('who leaves in the middle has nothing written, with the status of an interruption', async () => {
		await expect(made('left', {}, answering(['', 'ada']))).rejects.toMatchObject({exitStatus: 130});
		expect(existsSync(join(folder, 'left.yaml'))).toBe(false);
	});
});
