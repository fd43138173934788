import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {scenarioJsonSchema} from '../../source/scenario/json-schema.js';

type Node = Readonly<Record<string, unknown>>;

/** Every property of a schema with its path. */
function properties(node: Node, path: string): [string, Node][] {
	const found: [string, Node][] = [];
	for (const [name, child] of Object.entries((node.properties ?? {}) as Record<string, Node>))
		found.push([`${path}.${name}`, child], ...properties(child, `${path}.${name}`));
	for (const key of ['additionalProperties', 'items'])
		if (typeof node[key] === 'object') found.push(...properties(node[key] as Node, `${path}.*`));
	for (const branch of (node.anyOf ?? []) as Node[]) found.push(...properties(branch, path));
	return found;
}

it('describes every key, so that editors can help', () => {
	const all = properties(scenarioJsonSchema(), '');
	expect(all.length).toBeGreaterThan(60);
	expect(all.filter(([, {description}]) => typeof description !== 'string').map(([path]) => path)).toEqual([]);
});

it('is draft 7, refuses unknown keys, and demands little', () => {
	const schema = scenarioJsonSchema();
	expect(schema).toMatchObject({$schema: 'http://json-schema.org/draft-07/schema#', type: 'object', additionalProperties: false});
	expect(schema.required).toEqual(['format', 'title', 'parties', 'requests']);
});

it('describes files as they are written, before defaults and deals', () => {
	const all = new Map(properties(scenarioJsonSchema(), ''));
	expect(all.get('.requests.*.amount')).toMatchObject({anyOf: [{type: 'number'}, {type: 'string'}]});
	expect(all.get('.suite')).toMatchObject({default: 'ed25519', enum: ['ed25519', 'secp256k1']});
});

it('is the one in scenarios/ (run `npm run schema` after a change of the format)', () => {
	expect(JSON.parse(readFileSync('scenarios/scenario.schema.json', 'utf8'))).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});
