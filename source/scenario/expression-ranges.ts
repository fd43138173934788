/**
 * What an expression can come to, whatever happens in a game: each value is replaced by the range it lies in, and the
 * expression is evaluated over ranges (interval arithmetic, Moore 1966). Ranges are never too small, so "cannot be true" is
 * certain; that two parts of an expression depend on each other is not seen.
 */

import type {TreeNode} from './expression-rules.js';
import {RECORDS, type RecordName, type Shape} from './expression-types.js';
import {MAX_LIST} from './expression-values.js';

/** The values that something can take. Numbers from `low` to `high`; lists by their size and what an entry can be. */
export type Range =
	| {readonly kind: 'bool'; readonly canBeTrue: boolean; readonly canBeFalse: boolean}
	| {readonly kind: 'number'; readonly low: number; readonly high: number}
	| {readonly kind: 'text'; readonly among?: readonly string[]}
	| {readonly kind: 'list'; readonly low: number; readonly high: number; readonly entry: Range}
	| {readonly kind: 'record'; readonly fields: Readonly<Record<string, Range>>; readonly others?: Range}
	| {readonly kind: 'any'};

/** Ranges of variables by name. */
export type Ranges = Readonly<Record<string, Range>>;

const any: Range = {kind: 'any'};
const boolean = (canBeTrue: boolean, canBeFalse: boolean): Range => ({kind: 'bool', canBeTrue, canBeFalse});
export const either = boolean(true, true);
export const never = boolean(false, true);
export const number = (low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY): Range => ({kind: 'number', low, high});

/** Whatever a variable of a shape can be, when nothing more is known of it. */
export function rangeOfShape(shape: Shape): Range {
	switch (shape.kind) {
		case 'plain':
			return plain(shape.type);
		case 'record':
			return rangeOfRecord(shape.record);
		case 'list':
			return {kind: 'list', low: 0, high: MAX_LIST, entry: rangeOfRecord(shape.record)};
		case 'words':
			return {kind: 'list', low: 0, high: MAX_LIST, entry: {kind: 'text'}};
		case 'map':
			return {kind: 'record', fields: {}, others: rangeOfRecord(shape.record)};
	}
}

/** A record of any values, but for the fields that are given. */
export function rangeOfRecord(record: RecordName, known: Ranges = {}): Range {
	const fields = Object.entries(RECORDS[record]).map(([name, {type}]) => [name, known[name] ?? plain(type)]);
	return {kind: 'record', fields: Object.fromEntries(fields)};
}

function plain(type: 'int' | 'double' | 'string' | 'bool'): Range {
	return type === 'bool' ? either : type === 'string' ? {kind: 'text'} : number();
}

/** The range of an expression whose types are right. */
export function rangeOf(node: TreeNode, scope: Ranges): Range {
	const list = (Array.isArray(node.args) ? node.args : [node.args]) as TreeNode[];
	const of = (child: TreeNode) => rangeOf(child, scope);
	switch (node.op) {
		case 'value':
			return constant(node.args);
		case 'id':
			return Object.hasOwn(scope, node.args as string) ? scope[node.args as string]! : any;
		case '.':
		case '[]':
			return entryOf(of(list[0]!), list[1] as TreeNode | string);
		case '!_': {
			const {canBeTrue, canBeFalse} = truth(of(list[0]!));
			return boolean(canBeFalse, canBeTrue);
		}
		case '-_': {
			const range = of(list[0]!);
			return range.kind === 'number' ? number(-range.high, -range.low) : any;
		}
		case '&&': {
			const parts = list.map(child => truth(of(child)));
			return boolean(
				parts.every(part => part.canBeTrue),
				parts.some(part => part.canBeFalse),
			);
		}
		case '||': {
			const parts = list.map(child => truth(of(child)));
			return boolean(
				parts.some(part => part.canBeTrue),
				parts.every(part => part.canBeFalse),
			);
		}
		case '?:': {
			const condition = truth(of(list[0]!));
			if (!condition.canBeFalse) return of(list[1]!);
			return condition.canBeTrue ? join(of(list[1]!), of(list[2]!)) : of(list[2]!);
		}
		case 'list':
			return {kind: 'list', low: list.length, high: list.length, entry: list.map(of).reduce(join, list.length === 0 ? any : of(list[0]!))};
		case 'in':
			return contains(of(list[0]!), of(list[1]!), list[1]!.op === 'list');
		case 'call':
		case 'rcall':
			return call(node, scope);
		default:
			return list.length === 2 ? operation(node.op, of(list[0]!), of(list[1]!)) : any;
	}
}

/** What a range says as a condition. */
export function truth(range: Range): {readonly canBeTrue: boolean; readonly canBeFalse: boolean} {
	if (range.kind !== 'bool') return {canBeTrue: true, canBeFalse: true};
	const {canBeTrue, canBeFalse} = range;
	return {canBeTrue, canBeFalse};
}

function constant(value: unknown): Range {
	if (typeof value === 'boolean') return boolean(value, !value);
	if (typeof value === 'string') return {kind: 'text', among: [value]};
	return typeof value === 'bigint' || typeof value === 'number' ? number(Number(value), Number(value)) : any;
}

function entryOf(base: Range, key: TreeNode | string): Range {
	if (base.kind === 'list') return base.entry;
	if (base.kind !== 'record') return any;
	const name = typeof key === 'string' ? key : key.op === 'value' ? String(key.args) : undefined;
	return name !== undefined && Object.hasOwn(base.fields, name) ? base.fields[name]! : (base.others ?? any);
}

function join(left: Range, right: Range): Range {
	if (left.kind === 'bool' && right.kind === 'bool') return boolean(left.canBeTrue || right.canBeTrue, left.canBeFalse || right.canBeFalse);
	if (left.kind === 'number' && right.kind === 'number') return number(Math.min(left.low, right.low), Math.max(left.high, right.high));
	if (left.kind === 'text' && right.kind === 'text')
		return left.among && right.among ? {kind: 'text', among: [...new Set([...left.among, ...right.among])]} : {kind: 'text'};
	return any;
}

function operation(op: string, left: Range, right: Range): Range {
	if (op === '==') return equals(left, right);
	if (op === '!=') {
		const {canBeTrue, canBeFalse} = truth(equals(left, right));
		return boolean(canBeFalse, canBeTrue);
	}
	if (left.kind !== 'number' || right.kind !== 'number') return ['<', '<=', '>', '>='].includes(op) ? either : any;
	switch (op) {
		case '<':
			return boolean(left.low < right.high, left.high >= right.low);
		case '<=':
			return boolean(left.low <= right.high, left.high > right.low);
		case '>':
			return boolean(left.high > right.low, left.low <= right.high);
		case '>=':
			return boolean(left.high >= right.low, left.low < right.high);
		case '+':
			return number(left.low + right.low, left.high + right.high);
		case '-':
			return number(left.low - right.high, left.high - right.low);
		default:
			return number();
	}
}

function equals(left: Range, right: Range): Range {
	if (left.kind === 'number' && right.kind === 'number')
		return boolean(
			left.low <= right.high && right.low <= left.high,
			!(left.low === left.high && right.low === right.high && left.low === right.low),
		);
	if (left.kind === 'text' && right.kind === 'text' && left.among && right.among) {
		const {among} = right;
		return boolean(
			left.among.some(word => among.includes(word)),
			!(left.among.length === 1 && among.length === 1 && left.among[0] === among[0]),
		);
	}
	if (left.kind === 'bool' && right.kind === 'bool')
		return boolean(
			(left.canBeTrue && right.canBeTrue) || (left.canBeFalse && right.canBeFalse),
			(left.canBeTrue && right.canBeFalse) || (left.canBeFalse && right.canBeTrue),
		);
	return either;
}

/** `isLiteral`: the list is written out, so that each of its words is surely in it. */
function contains(item: Range, list: Range, isLiteral: boolean): Range {
	if (list.kind !== 'list') return either;
	const canBeTrue = list.high > 0 && truth(equals(item, list.entry)).canBeTrue;
	const isSure =
		isLiteral && item.kind === 'text' && list.entry.kind === 'text' && list.entry.among && item.among
			? item.among.every(word => list.entry.kind === 'text' && list.entry.among?.includes(word))
			: false;
	return boolean(canBeTrue, !isSure);
}

function call(node: TreeNode, scope: Ranges): Range {
	const [name, receiver, args] = (
		node.op === 'rcall' ? node.args : [(node.args as [string])[0], undefined, (node.args as unknown[])[1]]
	) as [string, TreeNode | undefined, TreeNode[]];
	if (name === 'size') {
		const of = rangeOf(receiver ?? args[0]!, scope);
		return of.kind === 'list' ? number(of.low, of.high) : number(0);
	}
	if (name === 'double') {
		const of = rangeOf(args[0]!, scope);
		return of.kind === 'number' ? of : number();
	}
	if (!receiver) return any;
	if (!['all', 'exists', 'exists_one', 'filter', 'map'].includes(name)) return name.endsWith('Ascii') ? {kind: 'text'} : either;
	const list = rangeOf(receiver, scope);
	const {low, high, entry} = list.kind === 'list' ? list : {low: 0, high: MAX_LIST, entry: any};
	const inner = {...scope, [String(args[0]!.args)]: entry};
	const body = rangeOf(args.at(-1)!, inner);
	const {canBeTrue, canBeFalse} = truth(body);
	switch (name) {
		case 'all':
			return boolean(low === 0 || canBeTrue, high > 0 && canBeFalse);
		case 'exists':
			return boolean(high > 0 && canBeTrue, low === 0 || canBeFalse);
		case 'exists_one':
			return boolean(high > 0 && canBeTrue, true);
		case 'filter':
			return {kind: 'list', low: canBeFalse ? 0 : low, high: canBeTrue ? high : 0, entry};
		default:
			return {kind: 'list', low: args.length > 2 ? 0 : low, high, entry: body};
	}
}
