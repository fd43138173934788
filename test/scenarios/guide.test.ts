// The author's guide is up to date, and its tutorial builds what it promises: a file that checks, whose tests pass, and that plays.
import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {attackerBots, operatorBots} from '../../source/bots/index.js';
import {vocabulary} from '../../source/engine/vocabulary.js';
import {playTest} from '../../source/playtest/scenario-test.js';
import {guideParts, withParts} from '../../source/report/author-guide.js';
import {diagnosticRegistry} from '../../source/scenario/diagnostic-codes.js';
import {loadScenario} from '../../source/scenario/load.js';
import type {Scenario} from '../../source/scenario/schema.js';
import {playGame, shipped} from '../bots/play.js';

const guide = readFileSync('scenarios/README.md', 'utf8');
const ids = readdirSync('scenarios')
	.filter(name => name.endsWith('.yaml'))
	.sort()
	.map(name => name.replace(/\.yaml$/, ''));
const parts = guideParts(ids.map(shipped));

describe('generated parts', () => {
	test('are as the code is', () => {
		expect(withParts(guide, parts) === guide, 'scenarios/README.md is out of date: run `npm run guide`').toBe(true);
	});

	test('name every shipped scenario, verb, control and word of an expression', () => {
		for (const id of ids) expect(parts.shipped).toContain(`\`${id}\``);
		for (const verb of vocabulary.verbs.operators) expect(parts.operators).toMatch(new RegExp(`^\\| \`${verb}[ \`]`, 'm'));
		for (const verb of vocabulary.verbs.attackers) expect(parts.attackers).toMatch(new RegExp(`^\\| \`${verb}[ \`]`, 'm'));
		for (const verb of vocabulary.verbs.world) expect(parts.world).toMatch(new RegExp(`^\\| \`world: ${verb}[ \`]`, 'm'));
		for (const control of vocabulary.controls) expect(parts.controls).toMatch(new RegExp(`^\\| \`${control}\` +\\|`, 'm'));
		for (const code of Object.keys(diagnosticRegistry)) expect(parts.diagnostics).toMatch(new RegExp(`^\\| \`${code}\` +\\| \\S`, 'm'));
		for (const word of ['facts', 'ways_in', 'outcome', 'signed_at', 'basis.callback']) expect(parts.expressions).toContain(`\`${word}\``);
		for (const field of ['parties.ID.backup', 'worlds.ID.playbook[].when', 'injects[].ask.by', 'tests[].expect.refused'])
			expect(parts.fields).toMatch(new RegExp(`^\\| \`${field.replace(/[[\].]/g, '\\$&')}\` +\\|.*\\| \\S`, 'm'));
	});

	test('a table has the same columns in each row, whatever stands in its cells', () => {
		const columns = (line: string) => line.replace(/\\\|/g, '').split('|').length;
		for (const part of Object.values(parts)) {
			let width = 0;
			for (const line of part.split('\n')) {
				if (!line.startsWith('|')) width = 0;
				else if (width === 0) width = columns(line);
				else expect(columns(line), line).toBe(width);
			}
		}
	});

	test('marks without a part, and parts without marks, are errors', () => {
		expect(() => withParts('<!-- generated: nothing -->\n<!-- end of nothing -->', {})).toThrow('nothing makes that part');
		expect(() => withParts('', {fields: 'x'})).toThrow('no marks for fields');
		expect(withParts('<!-- generated: a -->\nold\n<!-- end of a -->', {a: 'new $& text'})).toContain('\nnew $& text\n');
	});

	test('its links to its own sections lead somewhere', () => {
		const headings = [...guide.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
			title!
				.toLowerCase()
				.replace(/[^\w -]/g, '')
				.replaceAll(' ', '-'),
		);
		const links = [...guide.matchAll(/\]\(#([^)]*)\)/g)].map(([, link]) => link!);
		expect(links.length).toBeGreaterThan(5);
		expect(links.filter(link => !headings.includes(link))).toEqual([]);
	});
});

describe('the tutorial', () => {
	const tutorial = guide.slice(guide.indexOf('<!-- tutorial -->'), guide.indexOf('<!-- end of tutorial -->'));
	const steps = [...tutorial.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block!);
	const upTo = (step: number) => steps.slice(0, step).join('');
	const loaded = (text: string) => loadScenario(text, {file: 'new-account.yaml', vocabulary});
	const scenario = loaded(upTo(steps.length)).scenario as Scenario;
	const worlds = Object.keys(scenario.worlds);

	test('can be checked and played after each step from the second on, and at its end nothing is left to put right', () => {
		expect(steps).toHaveLength(7);
		expect(loaded(upTo(1)).scenario).toBeUndefined();
		for (let step = 2; step <= steps.length; step += 1) {
			const {diagnostics} = loaded(upTo(step));
			expect(
				diagnostics.filter(({severity}) => severity !== 'note').map(({line, message}) => `step ${step}, line ${line}: ${message}`),
			).toEqual([]);
		}
		expect(loaded(upTo(steps.length)).diagnostics).toEqual([]);
		const {state} = playGame(
			{scenario: loaded(upTo(2)).scenario!, seed: 'a', suite: 'glass'},
			{operators: operatorBots.careful!, attackers: attackerBots.idle!},
		);
		expect(state.end?.outcome).toBe('operators');
	});

	test.each(scenario.tests.map(each => [each.name, each] as const))('its test passes: %s', (_, each) => {
		expect(playTest(scenario, each).because).toBe('');
	});

	test('fifty games of bots: every world is dealt and lost in its way, care wins it, and every inject fires', () => {
		const bots = ['display', 'display', 'idle', 'freeze', 'careful'] as const;
		const games = Array.from({length: 50}, (_, index) => {
			const operators = bots[index % bots.length]!;
			const world = worlds[Math.floor(index / bots.length) % worlds.length]!;
			const {state} = playGame(
				{scenario, seed: `guide-${index}`, world, suite: 'glass'},
				{operators: operatorBots[operators]!, attackers: attackerBots.playbook!},
			);
			return {operators, world, outcome: state.end!.outcome, fired: state.firedInjects};
		});
		const outcomes = (operators: string, world: string) =>
			new Set(games.filter(game => game.operators === operators && game.world === world).map(({outcome}) => outcome));
		for (const world of worlds) expect(outcomes('careful', world), world).toEqual(new Set(['operators']));
		// The policy takes no display for amounts like payroll's, so signing on display serves nobody there.
		expect(outcomes('display', 'quiet')).toEqual(new Set(['neither']));
		for (const world of ['swapped', 'caller']) expect(outcomes('display', world), world).toEqual(new Set(['attackers']));
		expect(outcomes('idle', 'guest')).toEqual(new Set(['attackers']));
		expect([...outcomes('freeze', 'quiet')]).not.toContain('operators');
		expect([...new Set(games.flatMap(({fired}) => fired))].sort()).toEqual(scenario.injects.map((_, index) => index));
	});
});
