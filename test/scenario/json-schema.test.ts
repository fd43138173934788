import {readdirSync, readFileSync} from 'node:fs';
import {Ajv} from 'ajv';
import {describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {vocabulary} from '../../source/engine/vocabulary.js';
import {scenarioJsonSchema} from '../../source/scenario/json-schema.js';

type Node = Readonly<Record<string, unknown>>;

/** Every property of a schema with its path. */
function properties(node: Node, path: string): [string, Node][] {
	const found: [string, Node][] = [];
	for (const [name, child] of Object.entries((node.properties ?? {}) as Record<string, Node>))
		found.push([`${path}.${name}`, child], ...properties(child, `${path}.${name}`));
	// Values of mappings whose keys the author chooses, and entries of lists of mappings, are explained like keys.
	for (const key of ['additionalProperties', 'items']) {
		const child = node[key] as Node | boolean | undefined;
		if (typeof child !== 'object') continue;
		const isListOfTexts = key === 'items' && child.type !== 'object';
		if (!isListOfTexts) found.push([`${path}.*`, child]);
		found.push(...properties(child, `${path}.*`));
	}
	for (const branch of (node.anyOf ?? []) as Node[]) found.push(...properties(branch, path));
	return found;
}

it('describes every key, so that editors can help', () => {
	const all = properties(scenarioJsonSchema(vocabulary), '');
	expect(all.length).toBeGreaterThan(60);
	expect(all.filter(([, {description}]) => typeof description !== 'string').map(([path]) => path)).toEqual([]);
});

it('is draft 7, refuses unknown keys, and demands little', () => {
	const schema = scenarioJsonSchema(vocabulary);
	expect(schema).toMatchObject({$schema: 'http://json-schema.org/draft-07/schema#', type: 'object', additionalProperties: false});
	expect(schema.required).toEqual(['format', 'title', 'parties', 'requests']);
});

it('describes files as they are written, before defaults and deals', () => {
	const all = new Map(properties(scenarioJsonSchema(vocabulary), ''));
	expect(all.get('.requests.*.amount')).toMatchObject({anyOf: [{type: 'number'}, {type: 'string'}]});
	expect(all.get('.suite')).toMatchObject({default: 'ed25519', enum: ['ed25519', 'secp256k1']});
});

it('is the one in scenarios/ (run `npm run schema` after a change of the format)', () => {
	expect(JSON.parse(readFileSync('scenarios/scenario.schema.json', 'utf8'))).toEqual(
		JSON.parse(JSON.stringify(scenarioJsonSchema(vocabulary))),
	);
});

describe('a stock validator', () => {
	const validate = new Ajv({strict: true, allowUnionTypes: true, allErrors: true}).compile(scenarioJsonSchema(vocabulary));
	const shipped = readdirSync('scenarios').filter(name => name.endsWith('.yaml'));

	it.each([...shipped.map(name => `scenarios/${name}`), 'test/scenario/forty-lines.yaml'])('accepts %s', file => {
		validate(parse(readFileSync(file, 'utf8')));
		expect(validate.errors ?? []).toEqual([]);
	});

	it('accepts what the guide builds, step by step', () => {
		const guide = readFileSync('scenarios/README.md', 'utf8');
		const steps = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block!);
		expect(steps).toHaveLength(7);
		// The first step has no requests yet.
		for (let count = 2; count <= steps.length; count += 1) {
			validate(parse(steps.slice(0, count).join('')));
			expect(validate.errors ?? []).toEqual([]);
		}
	});

	// What a schema can see; the rest is said by check.
	it.each([
		'unknown-key',
		'sets-outcome',
		'bad-key',
		'missing-key',
		'wrong-type',
		'wrong-choice',
		'wrong-value',
		'out-of-range',
		'unknown-control',
		'unknown-verb',
		'words-for-true',
		'controls-as-true',
		'moves-as-list',
		'world-as-list',
		'number-as-title',
	])('refuses %s', name => {
		expect(validate(parse(readFileSync(`test/scenario/broken/${name}.yaml`, 'utf8')))).toBe(false);
	});

	it('is told the words of the game, with what they are', () => {
		const all = new Map(properties(scenarioJsonSchema(vocabulary), ''));
		for (const id of vocabulary.controls) expect(all.get(`.controls.${id}`)?.description).toMatch(/^[A-Z].*\.$/);
		const verbs = all.get('.verbs.attackers')?.items as {anyOf: {const: string; description: string}[]};
		expect(verbs.anyOf.map(entry => entry.const)).toEqual(vocabulary.verbs.attackers);
		for (const {description} of verbs.anyOf) expect(description).toMatch(/^[A-Z].*\.$/);
	});
});
