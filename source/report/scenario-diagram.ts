/**
 * A scenario as a picture: what happens by itself (deal, injects, requests), what the attackers plan, and what triggers what: an arrow
 * leads from a move to what it changes, and from there to each condition that reads it.
 */
import {parseMove, splitSide, verbOf} from '../engine/catalogue.js';
import {type ContextName, vocabularyOf} from '../scenario/expression.js';
import {readsOf} from '../scenario/expression-parts.js';
import {moveLines} from '../scenario/move-lines.js';
import type {Scenario} from '../scenario/schema.js';
import type {Diagram, DiagramEdge, DiagramNode} from './diagram.js';
import {listed} from './plain-text.js';

/** Things that no move names, and the verbs that change them. What a move names (a request, a machine), it changes anyway. */
export const changedBy: Readonly<
	Record<string, {readonly title: string; readonly reads: readonly string[]; readonly verbs: readonly string[]}>
> = {
	frozen: {title: 'frozen', reads: ['frozen'], verbs: ['freeze', 'unfreeze']},
	footholds: {
		title: 'ways in and implants',
		reads: ['ways_in', 'implants'],
		verbs: ['way-in', 'phish', 'implant', 'inspect', 'rejoin'],
	},
	captured: {
		title: 'captured shares',
		reads: ['stolen', 'loot'],
		verbs: ['steal-share', 'steal-backup', 'corrupt-deal', 'rogue-key', 'stuck-generator', 'memory-dump', 'keygen-attack'],
	},
	outputs: {
		title: 'joint outputs',
		reads: ['outputs', 'outcome'],
		verbs: ['sign', 'retry', 'hold', 'release', 'announce', 'swap-payload', 'use-exception', 'bribe'],
	},
};

const most = 64;
const cut = (text: string): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
/** A word that every drawing program takes as a name. */
const word = (prefix: string, text: string): string =>
	`${prefix}_${text.replace(/[^A-Za-z0-9]/g, character => `_${character.codePointAt(0)?.toString(16)}_`)}`;

/**
 * Draws a scenario.
 * @param only worlds to draw; all when left out
 */
export function scenarioDiagram(scenario: Scenario, only?: readonly string[]): Diagram {
	const worlds = Object.entries(scenario.worlds).filter(([name]) => only === undefined || only.includes(name));
	const names = worlds.map(([name]) => name);
	const edges: DiagramEdge[] = [];
	const things = new Map<string, DiagramNode>();
	const parties = Object.keys(scenario.parties);
	const requests = Object.keys(scenario.requests);
	const vocabulary = vocabularyOf(scenario);
	const moveNames = {
		parties,
		requests: [...requests, 'sweep'],
		places: Object.values(scenario.parties).flatMap(({backup}) => backup ?? []),
	};

	const touch = (id: string, lines: readonly string[], shape: DiagramNode['shape']): string => {
		if (!things.has(id)) things.set(id, {id, lines, shape});
		return id;
	};
	const machine = (id: string): string => touch(word('machine', id), [id], 'ellipse');
	const thing = (name: string): string => touch(word('fact', name), [changedBy[name]?.title ?? name], 'ellipse');
	const request = (id: string): string => word('request', id);
	const computations = Object.keys(scenario.computations);
	const computation = (id: string): string => word('computation', id);
	const inNames = (value: readonly string[]): boolean => value.some(name => names.includes(name));

	/** Arrows from a node to what its moves change. */
	function writes(from: string, block: string): void {
		const labels = new Map<string, Set<string>>();
		const add = (to: string, verb: string) => void labels.set(to, (labels.get(to) ?? new Set()).add(verb));
		for (const line of moveLines(block)) {
			const {side, text} = splitSide(line);
			const move = parseMove(text, side, moveNames);
			const verb = verbOf(move.verb, side);
			for (const parameter of [...(verb?.object ? [verb.object] : []), ...(verb?.parameters ?? [])]) {
				const value = parameter === verb?.object ? move.object : move.args[parameter.name];
				if (value === undefined) continue;
				if (parameter.kind === 'request' && requests.includes(value)) add(request(value), move.verb);
				if (parameter.kind === 'computation' && computations.includes(value)) add(computation(value), move.verb);
				if (['party', 'parties', 'machine'].includes(parameter.kind)) for (const id of value.split(',')) add(machine(id), move.verb);
			}
			for (const [name, {verbs}] of Object.entries(changedBy)) if (verbs.includes(move.verb)) add(thing(name), move.verb);
		}
		for (const [to, verbs] of labels) edges.push({from, to, label: [...verbs].join(', ')});
	}

	/** Arrows to a node from what its condition reads. */
	function reads(to: string, expression: string, context: ContextName): void {
		const compiled = vocabulary.compileAny(expression, context);
		if (!compiled.ok) return;
		const labels = new Map<string, Set<string>>();
		const add = (from: string, field: string) => void labels.set(from, (labels.get(from) ?? new Set()).add(field));
		for (const [name = '', ...path] of readsOf(compiled.tree)) {
			const known = Object.entries(changedBy).find(([, {reads: facts}]) => facts.includes(name));
			if (requests.includes(name)) add(request(name), path.join('.'));
			else if (name === 'requests' && requests.includes(path[0] ?? '')) add(request(path[0]!), path.slice(1).join('.'));
			else if (name === 'requests') for (const id of requests) add(request(id), '');
			else if (name === 'computations' && computations.includes(path[0] ?? '')) add(computation(path[0]!), path.slice(1).join('.'));
			else if (name === 'computations') for (const id of computations) add(computation(id), '');
			else if (name === 'parties' && parties.includes(path[0] ?? '')) add(machine(path[0]!), path.slice(1).join('.'));
			else if (name === 'parties') for (const id of parties) add(machine(id), '');
			else if (known) add(thing(known[0]), name);
		}
		for (const [from, fields] of labels) edges.push({from, to, label: [...fields].filter(Boolean).join(', ')});
	}

	const requestNodes = Object.entries(scenario.requests).map(([id, {opens, due, required, legitimate, only: where}]): DiagramNode => {
		const inWorlds = (value: boolean | readonly string[], yes: string, no: string): string =>
			typeof value === 'boolean' ? (value ? yes : no) : `${yes} in ${listed(value)}`;
		return {
			id: request(id),
			lines: [
				`request ${id}`,
				opens === 0 ? `opens when somebody submits it, due ${due}` : `opens ${opens}, due ${due}`,
				`${inWorlds(required, 'required', 'not required')}, ${inWorlds(legitimate, 'legitimate', 'not legitimate')}`,
				...(where ? [`opens by itself in ${listed(where)}`] : []),
			],
			shape: 'box',
		};
	});

	const computationNodes = Object.entries(scenario.computations).map(
		([id, {function: what, opens, due, required}]): DiagramNode => ({
			id: computation(id),
			lines: [`computation ${id}: ${what}`, `opens ${opens}, due ${due}`, required ? 'required' : 'not required'],
			shape: 'box',
		}),
	);

	const injectNodes = scenario.injects.flatMap((inject, index): DiagramNode[] => {
		const {at, when, to, from, text, do: effects, ask, worlds: where} = inject;
		if (where && !inNames(where)) return [];
		const id = `inject_${index + 1}`;
		if (when !== undefined) reads(id, when, 'game');
		if (effects !== undefined) writes(id, effects);
		const said = Object.values(text)[0] ?? '';
		return [
			{
				id,
				lines: [
					`inject ${index + 1}, ${at === undefined ? cut(`when ${when}`) : `turn ${at}`}`,
					`to ${listed(to)}${where ? `, in ${listed(where)}` : ''}`,
					cut(`${from ?? 'the scenario'}: ${said}`),
					...(ask ? [cut(`asks by turn ${ask.by}: ${ask.text}`)] : []),
				],
				shape: 'note',
			},
		];
	});

	const groups = worlds.map(([name, {weight, deal, playbook}]) => {
		const nodes: DiagramNode[] = [];
		const lines = moveLines(deal);
		if (lines.length > 0) {
			const id = word('deal', name);
			nodes.push({id, lines: ['the deal', ...lines.map(line => cut(line.replace(/^world:\s*/, '')))], shape: 'box'});
			writes(id, deal);
		}
		playbook.forEach(({when, do: block, once}, index) => {
			const id = `${word('plan', name)}_${index + 1}`;
			const moves = moveLines(block).map(line => cut(line.replace(/^attackers:\s*/, '')));
			const head = `${index + 1}. ${when === undefined ? 'as soon as it can be paid' : cut(`when ${when}`)}${once ? '' : ', each time'}`;
			nodes.push({id, lines: [head, ...moves], shape: 'round'});
			if (when !== undefined) reads(id, when, 'playbook');
			writes(id, block);
		});
		if (nodes.length === 0) nodes.push({id: word('plan', name), lines: ['nothing is dealt or planned'], shape: 'round'});
		return {id: word('world', name), title: `world ${name}, weight ${weight}`, nodes};
	});

	const goals = (['operators', 'attackers'] as const).flatMap(side =>
		Object.entries(scenario.objectives[side]).map(([name, expression], index): DiagramNode => {
			const id = `objective_${side}_${index + 1}`;
			reads(id, expression, 'game');
			return {id, lines: [`objective of the ${side}`, cut(name)], shape: 'hexagon'};
		}),
	);

	// The operators' moves are not in the file: what of theirs a condition waits for is drawn from one node.
	const table: DiagramNode = {id: 'operators', lines: ["the operators' moves"], shape: 'round'};
	const isRead = (id: string): boolean => edges.some(({from}) => from === id);
	const theirs: DiagramEdge[] = [
		...requestNodes.map(({id}) => ({to: id, label: 'approve, deny, sign'})),
		...computationNodes.map(({id}) => ({to: id, label: 'compute'})),
		...Object.entries(changedBy).map(([name, {verbs}]) => ({
			to: word('fact', name),
			label: verbs.filter(verb => verbOf(verb, 'operators')).join(', '),
		})),
	]
		.filter(({to, label}) => isRead(to) && label !== '')
		.map(edge => ({from: table.id, ...edge, isDashed: true}));
	const drawn = new Set(
		[...requestNodes, ...computationNodes, ...injectNodes, ...goals, ...things.values(), ...groups.flatMap(({nodes}) => nodes)].map(
			({id}) => id,
		),
	);
	return {
		title: `${scenario.title}: what triggers what${only === undefined ? '' : `, in ${listed(names)}`}`,
		warning: 'Spoilers: this picture shows the worlds, the deal and the plan of the attackers. It is for authors and facilitators.',
		nodes: [...requestNodes, ...computationNodes, ...injectNodes, ...things.values(), ...goals, ...(theirs.length > 0 ? [table] : [])],
		groups,
		edges: [...edges.filter(({from, to}) => drawn.has(from) && drawn.has(to)), ...theirs],
	};
}
