/**
 * Rules that expressions obey beyond their types: which functions exist, how deeply lists are walked, and that a
 * literal which stands for a party, a request or a basis names one. They walk the syntax tree that expression.ts hands in.
 */
import {suggest} from './diagnostic.js';
import type {DiagnosticCode} from './diagnostic-codes.js';
import {RECORDS, type RecordName, type Shape, type WordSet} from './expression-types.js';

/** A node of the syntax tree: what these rules need of it. `checkedType` is there once types are checked. */
export interface TreeNode {
	readonly op: string;
	readonly args: unknown;
	readonly start: number;
	readonly end: number;
	readonly checkedType?: {readonly name: string; readonly kind: string};
}

type ExpressionCode = Extract<DiagnosticCode, `expression-${string}`>;

/** What is wrong with an expression; `offset` counts from 0 in its text. */
export interface ExpressionProblem {
	readonly code: ExpressionCode;
	readonly message: string;
	readonly offset: number;
	readonly expected?: string;
	readonly hint?: string;
}

export type Words = Readonly<Record<WordSet, readonly string[]>>;

export const MACROS: readonly string[] = ['all', 'exists', 'exists_one', 'filter', 'map'];
export const FUNCTIONS: readonly string[] = ['size', 'string', 'int', 'double'];
export const METHODS: readonly string[] = ['size', 'contains', 'startsWith', 'endsWith', 'lowerAscii', 'upperAscii', ...MACROS];
export const MAX_NESTING = 2;

export const REFUSED: Readonly<Record<string, string>> = {
	matches: 'a pattern can take for ever to match; use contains, startsWith or endsWith',
	dyn: 'it would switch the check of types off',
	has: 'every field is always there; compare its value, such as payroll.signed_at == 0',
	timestamp: 'the game knows turns and no clock; compare turns',
	duration: 'the game knows turns and no clock; compare turns',
	bind: 'write the expression out',
};

/** Children of a node, macros' bodies among them. */
export function children({args}: TreeNode): TreeNode[] {
	const found: TreeNode[] = [];
	const collect = (value: unknown): void => {
		if (Array.isArray(value)) for (const item of value) collect(item);
		else if (typeof value === 'object' && value !== null && 'op' in value) found.push(value as TreeNode);
	};
	collect(args);
	return found;
}

/** A node and all below it. The tree is as deep as the text is long at most, and texts are short. */
export function walk(node: TreeNode, visit: (node: TreeNode) => void): void {
	visit(node);
	for (const child of children(node)) walk(child, visit);
}

export interface Call {
	readonly name: string;
	readonly receiver?: TreeNode;
	readonly args: readonly TreeNode[];
}

export function callOf(node: TreeNode): Call | undefined {
	if (node.op === 'call') {
		const [name, args] = node.args as [string, TreeNode[]];
		return {name, args};
	}
	if (node.op === 'rcall') {
		const [name, receiver, args] = node.args as [string, TreeNode, TreeNode[]];
		return {name, receiver, args};
	}
	return undefined;
}

/** Where a call's name stands. */
function nameOffset(text: string, node: TreeNode, {name, receiver}: Call): number {
	if (!receiver) return node.start;
	const found = text.indexOf(name, receiver.end);
	return found < 0 ? node.start : found;
}

/** Refuses functions that are not on the list, and macros that nest more than twice. Needs no types. */
export function checkCalls(text: string, tree: TreeNode): ExpressionProblem[] {
	const problems: ExpressionProblem[] = [];
	const visit = (node: TreeNode, nesting: number): void => {
		const call = callOf(node);
		const isMacro = call?.receiver !== undefined && MACROS.includes(call.name);
		if (call) {
			const known = call.receiver ? METHODS : FUNCTIONS;
			const offset = nameOffset(text, node, call);
			if (!known.includes(call.name)) problems.push(unknownFunction(call, known, offset));
			else if (isMacro && nesting >= MAX_NESTING)
				problems.push({
					code: 'expression-nesting',
					message: `"${call.name}" nests ${nesting + 1} deep`,
					offset,
					expected: `at most ${MAX_NESTING} of ${MACROS.join(', ')} inside each other`,
				});
		}
		for (const child of children(node)) visit(child, isMacro && child !== call?.receiver ? nesting + 1 : nesting);
	};
	visit(tree, 0);
	return problems;
}

function unknownFunction({name, receiver}: Call, known: readonly string[], offset: number): ExpressionProblem {
	const isTime = /^get[A-Z]/.test(name);
	const why = isTime ? REFUSED.timestamp : Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
	return why === undefined
		? {
				code: 'expression-unknown-function',
				message: `there is no function "${name}"${receiver ? ' after a point' : ''}`,
				offset,
				...suggest(name, known),
			}
		: {code: 'expression-refused', message: `"${name}" is refused here`, offset, hint: why};
}

/**
 * Refuses what could take for ever although it nests little: texts and lists that grow by joining them, and records compared
 * field by field. Needs types.
 */
export function checkWhole(tree: TreeNode): ExpressionProblem[] {
	const problems: ExpressionProblem[] = [];
	const isWhole = ({checkedType}: TreeNode) =>
		['list', 'map', 'message'].includes(checkedType?.kind ?? '') && !/^list<(string|int|double|bool|dyn)>$/.test(checkedType?.name ?? '');
	walk(tree, node => {
		const type = node.checkedType?.name ?? '';
		if (/list<list<list/.test(type)) {
			problems.push({
				code: 'expression-nesting',
				message: 'lists of lists of lists are not made here',
				offset: node.start,
				expected: 'a list of plain values or of records',
			});
			return;
		}
		if (node.op === '+' && (type === 'string' || type.startsWith('list')))
			problems.push({
				code: 'expression-refused',
				message: `${type === 'string' ? 'texts' : 'lists'} are not joined here, because they could grow without bounds`,
				offset: node.start,
				hint: 'compare each of them by itself',
			});
		if (node.op !== '==' && node.op !== '!=' && node.op !== 'in') return;
		const [left, right] = node.args as [TreeNode, TreeNode];
		if (isWhole(left) || (node.op !== 'in' && isWhole(right)))
			problems.push({
				code: 'expression-refused',
				message: 'lists and records are not compared whole',
				offset: node.start,
				hint: 'compare their fields, or size(...)',
			});
	});
	return problems.slice(0, 1);
}

/** The set of words to which the text of a node belongs, when it is known. */
function wordSetOf(node: TreeNode, variables: ReadonlyMap<string, Shape>): WordSet | undefined {
	if (node.op === 'id') {
		const shape = variables.get(node.args as string);
		return shape?.kind === 'plain' || shape?.kind === 'words' ? shape.of : undefined;
	}
	if (node.op !== '.' && node.op !== '[]') return undefined;
	const [base, key] = node.args as [TreeNode, string | TreeNode];
	const name = typeof key === 'string' ? key : literalText(key);
	const record = base.checkedType?.name ?? '';
	if (name === undefined || !Object.hasOwn(RECORDS, record)) return undefined;
	const fields: Readonly<Record<string, {readonly of?: WordSet}>> = RECORDS[record as RecordName];
	return Object.hasOwn(fields, name) ? fields[name]?.of : undefined;
}

export function literalText(node: TreeNode): string | undefined {
	return node.op === 'value' && typeof node.args === 'string' ? node.args : undefined;
}

const NOUNS: Readonly<Record<WordSet, string>> = {
	party: 'party',
	machine: 'machine',
	domain: 'domain',
	request: 'request',
	computation: 'computation',
	basis: 'basis',
	status: 'state of a key',
	outcome: 'outcome',
};

/** Checks literals that stand for words of a known set, and keys of maps. Needs types. */
export function checkWords(tree: TreeNode, variables: ReadonlyMap<string, Shape>, words: Words): ExpressionProblem[] {
	const problems: ExpressionProblem[] = [];
	const demand = (word: string, set: WordSet, offset: number): void => {
		if (word === '' || words[set].includes(word)) return;
		problems.push({
			code: 'expression-unknown-word',
			message: `there is no ${NOUNS[set]} "${word}"`,
			offset,
			...suggest(word, words[set]),
		});
	};
	const demandLiterals = (node: TreeNode, set: WordSet | undefined): void => {
		if (set === undefined) return;
		const word = literalText(node);
		if (word !== undefined) demand(word, set, node.start);
		else if (node.op === 'list') for (const item of children(node)) demandLiterals(item, set);
	};
	walk(tree, node => {
		if (node.op === '==' || node.op === '!=' || node.op === 'in') {
			const [left, right] = node.args as [TreeNode, TreeNode];
			demandLiterals(right, wordSetOf(left, variables));
			demandLiterals(left, wordSetOf(right, variables));
			const map = right.op === 'id' ? variables.get(right.args as string) : undefined;
			if (node.op === 'in' && map?.kind === 'map') demandLiterals(left, map.of);
		} else if (node.op === '.' || node.op === '[]') {
			const [base, key] = node.args as [TreeNode, string | TreeNode];
			const map = base.op === 'id' ? variables.get(base.args as string) : undefined;
			if (map?.kind !== 'map') return;
			if (typeof key === 'string') demand(key, map.of, node.end - key.length);
			else demandLiterals(key, map.of);
		}
	});
	return problems;
}

/** Warns of `payroll.signed_at <= payroll.due`, which is true of a request that was never signed. */
export function checkUnset(text: string, tree: TreeNode): ExpressionProblem[] {
	const problems: ExpressionProblem[] = [];
	walk(tree, node => {
		if (!['<', '<=', '>', '>='].includes(node.op)) return;
		const [left, right] = node.args as [TreeNode, TreeNode];
		const smaller = node.op.startsWith('<') ? left : right;
		if (smaller.op !== '.') return;
		const [, key] = smaller.args as [TreeNode, string];
		if (key !== 'signed_at' && key !== 'final_at' && key !== 'opened') return;
		const written = text.slice(smaller.start, smaller.end);
		const flag = key === 'opened' ? undefined : `${text.slice(smaller.start, smaller.end - key.length)}${key.replace('_at', '')}`;
		const rest = text.slice(0, smaller.start) + text.slice(smaller.end);
		if (rest.includes(written) || (flag !== undefined && new RegExp(`${literally(flag)}(?!\\w)`).test(rest))) return;
		problems.push({
			code: 'expression-unset-turn',
			message: `"${written}" is 0 as long as it has not happened, and then this holds too`,
			offset: smaller.start,
			hint: `write ${flag ?? `${written} > 0`} && ${text.slice(node.start, node.end)}`,
		});
	});
	return problems;
}

function literally(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
