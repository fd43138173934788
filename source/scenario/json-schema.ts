/** The published JSON Schema of scenario files, for completion in editors. */
import {z} from 'zod';
import {type GameVocabulary, SEATS, scenarioSchema} from './schema.js';

type Node = Record<string, unknown>;

/**
 * JSON Schema of format 1, draft 7: the newest draft that YAML editors read reliably. It describes files as they are
 * written, before defaults. With the game's words, controls and verbs are listed in it, each with what it is, so that editors
 * complete them.
 */
export function scenarioJsonSchema(words?: Pick<GameVocabulary, 'controls' | 'verbs' | 'about'>): Record<string, unknown> {
	const {$schema, ...rest} = z.toJSONSchema(scenarioSchema, {target: 'draft-7', io: 'input'}) as Node & {$schema: string};
	const properties = rest.properties as Record<string, Node>;
	if (words) addWords(properties, words);
	const inject = properties.injects!.items as {properties: Record<string, Node>};
	inject.properties.to = {...inject.properties.to, examples: [...SEATS]};
	return {$schema, title: 'Quorum Call scenario, format 1', ...rest};
}

function addWords(properties: Record<string, Node>, {controls, verbs, about}: Pick<GameVocabulary, 'controls' | 'verbs' | 'about'>): void {
	const control = (properties.controls!.additionalProperties ?? {}) as Node;
	properties.controls = {
		...withoutNames(properties.controls!),
		properties: Object.fromEntries(controls.map(id => [id, {...control, description: about('control', id)}])),
		additionalProperties: false,
	};
	const oneOfVerbs = (names: readonly string[]) => ({anyOf: names.map(name => ({const: name, description: about('verb', name)}))});
	const sides = properties.verbs!.properties as Record<'operators' | 'attackers', Node>;
	for (const side of ['operators', 'attackers'] as const) sides[side] = {...sides[side], items: oneOfVerbs(verbs[side])};
	const unlock = properties.unlock!.additionalProperties as Node;
	properties.unlock!.additionalProperties = {...unlock, items: oneOfVerbs([...new Set([...verbs.operators, ...verbs.attackers])])};
}

/** Names that are all listed need no pattern. */
function withoutNames({propertyNames: _, ...node}: Node): Node {
	return node;
}
