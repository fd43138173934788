// `graph` prints pictures and the matrix from the code.
import {readFileSync, writeFileSync} from 'node:fs';
import {instance} from '@viz-js/viz';
import {expect, test} from 'vitest';
import {toDot} from '../../machines/dot.js';
import {machines} from '../../machines/index.js';
import {type GraphOptions, graph} from '../../source/commands/graph.js';
import {catalogue} from '../../source/engine/catalogue.js';
import {cellName, matrix} from '../../source/engine/matrix.js';
import {changedBy, scenarioDiagram} from '../../source/report/scenario-diagram.js';
import {shipped} from '../bots/play.js';
import {printed} from './capture.js';
import {lateInvoice} from './late-invoice.js';
import {place} from './program.js';

const here = place();

async function drawn(what: string, options: GraphOptions = {}): Promise<string> {
	const {status, stdout} = await printed(() => graph(what, options));
	expect(status).toBe(0);
	return stdout;
}

test.each(['protocol', 'party', 'request', 'exercise'] as const)('%s is a Mermaid picture', async name => {
	const text = await drawn(name);
	expect(text).toMatch(/^stateDiagram-v2\n/);
	expect(await drawn(name, {format: 'md'})).toBe(`\`\`\`mermaid\n${text.trimEnd()}\n\`\`\`\n`);
	expect(JSON.parse(await drawn(name, {format: 'json'}))).toEqual({machine: name, mermaid: text.trimEnd()});
});

test('attacks is a table with a line for each cell, whose columns are in line', async () => {
	const lines = (await drawn('attacks')).trimEnd().split('\n');
	const names = matrix.flatMap(row => row.cells.map(cell => cellName(row, cell)));
	expect(lines.slice(2).map(line => line.split('|').at(-2)?.trim())).toEqual(names);
	expect(new Set(lines.map(({length}) => length)).size).toBe(1);
	expect(lines.find(line => line.includes('rogue-key x proof'))).toContain('| stops');
});

test('attacks are told in lines that a terminal holds, which it gets unasked', async () => {
	const text = await drawn('attacks', {format: 'text'});
	for (const line of text.split('\n')) expect(line.length).toBeLessThan(80);
	for (const {attack, cells} of matrix) {
		const block = text.split('\n\n').find(each => each.startsWith(`${attack}: `) || each.startsWith(`${attack} (`)) ?? '';
		expect(block.match(/^ {2}(stops|exposes) /gm)?.length ?? 0, attack).toBe(cells.length);
	}
	const {isTTY} = process.stdout;
	try {
		process.stdout.isTTY = true;
		expect(await drawn('attacks')).toBe(text);
		expect(await drawn('attacks', {format: 'md'})).toMatch(/^\| attack /);
	} finally {
		process.stdout.isTTY = isTTY;
	}
	await expect(graph('party', {format: 'text'})).rejects.toThrow('party is a picture');
});

test('attacks as JSON names the test of each cell', async () => {
	const {attacks} = JSON.parse(await drawn('attacks', {format: 'json'}));
	expect(attacks[0]).toMatchObject({
		attack: 'phish',
		cells: [{by: 'inspect depth=full', does: 'stops', test: 'phish x inspect depth=full'}],
	});
});

test('every machine is a DOT graph with all of its states, which Graphviz draws without a complaint', async () => {
	const viz = await instance();
	for (const [name, machine] of Object.entries(machines)) {
		const dot = toDot(machine);
		const result = viz.render(dot, {format: 'dot'});
		expect(result, name).toMatchObject({status: 'success', errors: []});
		const states = (node: (typeof machine)['root']): string[] => [
			node.path.join('.'),
			...Object.values(node.states).flatMap(each => states(each as never)),
		];
		for (const path of states(machine.root as never).slice(1))
			expect(dot.includes(`"${path}" [label=`) || dot.includes(`"cluster_${path}"`), `${name}: ${path}`).toBe(true);
	}
});

test('the attacks are a picture too, with an arrow for each cell', async () => {
	const svg = await drawn('attacks', {format: 'svg'});
	expect(svg).toMatch(/^<svg role="img" aria-label="What stops or exposes each attack"/);
	expect(svg.match(/class="edge"/g)).toHaveLength(matrix.flatMap(({cells}) => cells).length);
});

test('a scenario: what a move changes leads to the conditions that read it', () => {
	const {nodes, groups, edges} = scenarioDiagram(shipped('first-light'), ['liar', 'insider']);
	expect(groups.map(({id}) => id)).toEqual(['world_liar', 'world_insider']);
	expect(edges).toContainEqual({from: 'request_vendor', to: 'inject_3', label: 'open, signed'});
	expect(edges).toContainEqual({from: 'plan_liar_1', to: 'request_vendor', label: 'swap-payload'});
	expect(edges).toContainEqual({from: 'plan_insider_2', to: 'fact_captured', label: 'steal-share'});
	expect(edges).toContainEqual({from: 'fact_captured', to: 'plan_insider_3', label: 'loot'});
	expect(edges).toContainEqual({from: 'inject_2', to: 'machine_chi', label: 'maintenance'});
	expect(edges).toContainEqual({from: 'plan_liar_3', to: 'request_refund', label: 'submit'});
	const ids = [...nodes, ...groups.flatMap(group => group.nodes)].map(({id}) => id);
	expect(new Set(ids).size).toBe(ids.length);
	for (const {from, to} of edges) expect([ids.includes(from), ids.includes(to)], `${from} to ${to}`).toEqual([true, true]);
	expect(ids.filter(id => id.startsWith('inject_'))).toEqual(['inject_1', 'inject_2', 'inject_3', 'inject_4', 'inject_6', 'inject_9']);
});

test('the verbs that are said to change something are verbs', () => {
	const verbs = catalogue.map(({name}) => name);
	for (const {verbs: named} of Object.values(changedBy)) for (const name of named) expect(verbs).toContain(name);
});

test('a scenario warns of its spoilers in every format, and hostile texts stay texts', async () => {
	const file = here.path('hostile.yaml');
	writeFileSync(
		file,
		lateInvoice.replace(
			'text: Salaries are late.',
			`text: '"]; x -> y; <script>alert(1)</script> %% \`end\` \\" --> {{ z }} [l](javascript:1)'`,
		),
	);
	const [mermaid, dot, svg, json] = await Promise.all(
		(['mermaid', 'dot', 'svg', 'json'] as const).map(async format => {
			const out = here.path(`out.${format}`);
			await graph(file, {format, out});
			return readFileSync(out, 'utf8');
		}),
	);
	expect(mermaid).toMatch(/^%% Spoilers: /);
	expect(dot).toMatch(/^\/\/ Spoilers: /);
	expect(svg).toMatch(/^<!-- Spoilers: [^-]*-->\n<svg role="img"/);
	expect(JSON.parse(json!).warning).toMatch(/^Spoilers: /);
	expect(await drawn(file, {format: 'md'})).toMatch(/^\*\*Spoilers: /);
	expect(mermaid).not.toMatch(/<script|`end`|\{\{ z/);
	expect(mermaid!.split('\n').filter(line => line.includes('alert'))).toHaveLength(1);
	expect(svg).not.toMatch(/<script|xlink:href|<image|<!DOCTYPE|href=/);
	expect(svg).toContain('&lt;script&gt;');
	expect((await instance()).render(dot!, {format: 'dot'}).errors.filter(({level}) => level === 'error')).toEqual([]);
	expect(svg).not.toContain('<title>x</title>');
});

test('what there is to draw is said where a name is wrong', async () => {
	await expect(graph('protcol')).rejects.toThrow('did you mean "protocol"?');
	await expect(graph('first-light', {world: 'lier'})).rejects.toThrow('did you mean "liar"?');
	await expect(graph('party', {world: 'liar'})).rejects.toThrow('party has no worlds');
});
