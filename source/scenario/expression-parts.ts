/** Why an expression has the value it has: the values of what it is made of, as a tree to show. */
import type {ContextName, ContextValues, Vocabulary} from './expression.js';
import {callOf, children, MACROS, type TreeNode} from './expression-rules.js';

/** A part of an expression and its value, or why it has none. */
export interface Part {
	readonly text: string;
	readonly value?: unknown;
	readonly problem?: string;
	readonly parts: readonly Part[];
	/** All of its parts have to hold: `a && b && c`. */
	readonly isAll?: true;
}

/** The first part of `a && b && c` that does not hold; the whole of anything else. */
export function firstToFail(part: Part): Part {
	const failing = part.isAll ? part.parts.find(({value}) => value !== true) : undefined;
	return failing ? firstToFail(failing) : part;
}

/** Lists can be long, and the first few entries tell the story. */
const MAX_ENTRIES = 6;

/**
 * Takes an expression apart: both sides of `&&` and of comparisons, the fields that they read, and for `all`, `exists` and their like what
 * each entry of the list gives. Literals are left out.
 * @param text an expression that compiles in this context
 */
export function explainExpression<Name extends ContextName>(
	text: string,
	context: Name,
	vocabulary: Vocabulary,
	values: ContextValues[Name],
): Part {
	const compiled = vocabulary.compileAny(text, context);
	if (!compiled.ok) return {text, problem: compiled.diagnostics[0]?.message ?? 'it does not compile', parts: []};
	const evaluate = (part: string): Pick<Part, 'value' | 'problem'> => {
		const found = vocabulary.compileAny(part, context);
		if (!found.ok) return {problem: found.diagnostics[0]?.message ?? 'it does not compile'};
		const result = found.evaluate(values);
		return result.ok ? {value: result.value} : {problem: result.message};
	};
	const textOf = (node: TreeNode): string => sliceOf(text, node);

	function explained(node: TreeNode, written = textOf(node)): Part {
		const parts = operandsOf(node).filter(({op}) => op !== 'value' && op !== 'list');
		const joins = node.op === '&&' ? ({isAll: true} as const) : {};
		return {text: written, ...evaluate(written), parts: [...parts.map(part => explained(part)), ...entriesOf(node)], ...joins};
	}

	/** What a macro gives for each entry of its list. */
	function entriesOf(node: TreeNode): Part[] {
		const call = callOf(node);
		if (call?.receiver === undefined || !MACROS.includes(call.name)) return [];
		const [name, body] = call.args;
		if (name === undefined || body === undefined) return [];
		const list = textOf(call.receiver);
		const predicate = textOf(body);
		const entries = evaluate(list).value;
		const held = evaluate(`${list}.map(${textOf(name)}, ${predicate})`).value;
		if (!Array.isArray(held)) return [];
		const keys: readonly unknown[] = Array.isArray(entries) ? entries : Object.keys(entries ?? {});
		// What decides comes first: the entries that break an `all`, or that make an `exists` hold.
		const deciding = call.name !== 'all';
		const order = keys.map((_, index) => index).sort((a, b) => Number(held[b] === deciding) - Number(held[a] === deciding) || a - b);
		return order.slice(0, MAX_ENTRIES).map(index => ({
			text: `${predicate}, for ${textOf(name)} = ${Array.isArray(entries) ? `${list}[${index}]` : `"${String(keys[index])}"`}`,
			value: held[index],
			parts: Array.isArray(entries) ? [{text: `${list}[${index}]`, value: keys[index], parts: []}] : [],
		}));
	}

	return explained(compiled.tree, text.trim());
}

/** The parts of a node whose values explain its own. A chain of fields is one part; a macro's body is told entry by entry. */
function operandsOf(node: TreeNode): readonly TreeNode[] {
	const call = callOf(node);
	if (call?.receiver !== undefined) return MACROS.includes(call.name) ? [call.receiver] : [call.receiver, ...call.args];
	if (call) return call.args;
	if (node.op === 'id' || node.op === 'value' || node.op === 'list') return [];
	const args = Array.isArray(node.args) ? (node.args as unknown[]) : [node.args];
	if (node.op === '.' || node.op === '[]') return isChain(node) ? [] : args.filter(isNode);
	// a && b && c is ((a && b) && c) to the parser, and one list to its reader.
	return args.filter(isNode).flatMap(each => (each.op === node.op && (node.op === '&&' || node.op === '||') ? operandsOf(each) : [each]));
}

function isNode(value: unknown): value is TreeNode {
	return typeof value === 'object' && value !== null && 'op' in value;
}

/** Whether a node is a name, or fields and literal keys after a name. */
function isChain(node: TreeNode): boolean {
	if (node.op === 'id') return true;
	if (node.op !== '.' && node.op !== '[]') return false;
	const [base, key] = node.args as [TreeNode, string | TreeNode];
	return isChain(base) && (typeof key === 'string' || key.op === 'value');
}

/** The text of a node. Its ends leave out parentheses: what is open at either end is closed by widening. */
function sliceOf(text: string, {start, end}: TreeNode): string {
	let from = start;
	let to = end;
	for (;;) {
		const {opened, closed} = parenthesesOf(text.slice(from, to));
		if (opened === 0 && closed === 0) return text.slice(from, to).trim();
		const before = text.lastIndexOf('(', from - 1);
		const after = text.indexOf(')', to);
		if (closed > 0 && before >= 0 && from > 0) from = before;
		else if (opened > 0 && after >= 0) to = after + 1;
		else return text.slice(from, to).trim();
	}
}

/** How many parentheses a text leaves open, and how many it closes that it did not open; those in quotes do not count. */
function parenthesesOf(text: string): {opened: number; closed: number} {
	let opened = 0;
	let closed = 0;
	for (const [token] of text.matchAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[()]/g)) {
		if (token === '(') opened++;
		else if (token === ')' && opened > 0) opened--;
		else if (token === ')') closed++;
	}
	return {opened, closed};
}

/**
 * What an expression reads, as paths: `vendor.open && parties["ada"].reachable` reads `vendor, open` and `parties, ada, reachable`. Names that
 * `all`, `exists` and their like bind are no facts.
 */
export function readsOf(tree: TreeNode): string[][] {
	const found = new Map<string, string[]>();
	const visit = (node: TreeNode, bound: ReadonlySet<string>): void => {
		if (isChain(node)) {
			const path = pathOf(node);
			if (!bound.has(path[0]!)) found.set(path.join(' '), path);
			return;
		}
		const call = callOf(node);
		if (call?.receiver !== undefined && MACROS.includes(call.name)) {
			visit(call.receiver, bound);
			const [name, ...body] = call.args;
			const inside = name?.op === 'id' ? new Set([...bound, String(name.args)]) : bound;
			for (const each of body) visit(each, inside);
			return;
		}
		for (const each of children(node)) visit(each, bound);
	};
	visit(tree, new Set());
	return [...found.values()];
}

/** The steps of a chain: a name, then its fields and keys. */
function pathOf(node: TreeNode): string[] {
	if (node.op === 'id') return [String(node.args)];
	const [base, key] = node.args as [TreeNode, string | TreeNode];
	return [...pathOf(base), typeof key === 'string' ? key : String(key.args)];
}
