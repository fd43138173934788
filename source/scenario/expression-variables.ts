/** The variables of expressions: which there are in each context, of which shape, and how help tells them. */
import {describeType} from './expression-messages.js';
import {type TreeNode, walk} from './expression-rules.js';
import {CONTEXTS, type ContextName, ENUMERATIONS, RECORDS, type Shape, type Variable} from './expression-types.js';

/** A variable as help shows it. */
export interface VariableHelp {
	readonly name: string;
	readonly type: string;
	readonly about: string;
}

const CEL_WORDS =
	'as break const continue else false for function if import in let loop null package namespace prototype return true var void while bool bytes cel constructor double duration dyn google int list map null_type optional string timestamp type uint';

/** Words that cannot be ids of parties or requests, because expressions mean something else by them. */
export const RESERVED_WORDS: readonly string[] = [
	...new Set([
		...CEL_WORDS.split(' '),
		...Object.values(CONTEXTS).flatMap(variables => Object.keys(variables)),
		...Object.keys(ENUMERATIONS),
	]),
];

/** Variables of a context by name, requests among them wherever the context knows requests. */
export function shapesOf(context: ContextName, requests: readonly string[]): ReadonlyMap<string, Shape> {
	const variables: Readonly<Record<string, Variable>> = CONTEXTS[context];
	const shapes = new Map(Object.entries(variables).map(([name, {shape}]) => [name, shape]));
	if (shapes.has('requests')) {
		for (const id of requests) if (isVariableName(id) && !RESERVED_WORDS.includes(id)) shapes.set(id, {kind: 'record', record: 'Request'});
	}
	return shapes;
}

function isVariableName(id: string): boolean {
	return /^[a-z][a-z0-9_]*$/.test(id);
}

export function typeOf(shape: Shape): string {
	switch (shape.kind) {
		case 'plain':
			return shape.type;
		case 'record':
			return shape.record;
		case 'list':
			return `list<${shape.record}>`;
		case 'words':
			return 'list<string>';
		case 'map':
			return `map<string, ${shape.record}>`;
	}
}

export function usedVariables(tree: TreeNode, shapes: ReadonlyMap<string, Shape>): Map<string, Shape> {
	const used = new Map<string, Shape>();
	walk(tree, node => {
		const shape = node.op === 'id' ? shapes.get(node.args as string) : undefined;
		if (shape) used.set(node.args as string, shape);
	});
	return used;
}

/** A request's own variable is its record among `requests`. */
export function factOf(name: string, shape: Shape, values: Readonly<Record<string, unknown>>, requests: readonly string[]): unknown {
	if (shape.kind !== 'record' || shape.record !== 'Request' || !requests.includes(name)) return values[name];
	const all = values.requests;
	return typeof all === 'object' && all !== null && Object.hasOwn(all, name) ? (all as Record<string, unknown>)[name] : undefined;
}

export function helpOf(context: ContextName, requests: readonly string[]): VariableHelp[] {
	const variables: Readonly<Record<string, Variable>> = CONTEXTS[context];
	const help: VariableHelp[] = [];
	const fieldsOf = (prefix: string, record: keyof typeof RECORDS) => {
		for (const [key, {type, about}] of Object.entries(RECORDS[record]))
			help.push({name: `${prefix}.${key}`, type: describeType(type), about});
	};
	for (const [name, {shape, about}] of Object.entries(variables)) {
		help.push({name, type: describeType(typeOf(shape)), about});
		if (shape.kind === 'record') fieldsOf(name, shape.record);
		else if (shape.kind === 'list') fieldsOf(`${name}[0]`, shape.record);
		else if (shape.kind === 'map')
			fieldsOf(name === 'requests' ? (requests.find(isVariableName) ?? 'requests["…"]') : `${name}.…`, shape.record);
	}
	return help;
}
