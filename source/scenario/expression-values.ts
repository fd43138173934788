/** The one place where facts become values of expressions: whole numbers, amounts, records, lists and maps by id. */
import {RECORDS, type RecordName, type Shape} from './expression-types.js';

/** Lists in expressions hold at most so many entries. */
export const MAX_LIST = 64;

/** A class for each record: the evaluator tells records apart by their constructors. */
export const RECORD_CLASSES = Object.fromEntries(Object.keys(RECORDS).map(name => [name, class {}])) as Record<
	RecordName,
	new () => object
>;

/** A fact that is missing or not of its type: a mistake of the caller, said in a sentence. */
export class FactError extends Error {}

/**
 * Turns one fact into a value of expressions.
 * @throws {FactError} when the fact is missing, of another type, or a list of more than 64.
 */
export function toValue(shape: Shape, fact: unknown, name: string): unknown {
	switch (shape.kind) {
		case 'plain':
			return toPlain(shape.type, fact, name);
		case 'record':
			return toRecord(shape.record, fact, name);
		case 'list':
			return asList(fact, name).map((item, index) => toRecord(shape.record, item, `${name}[${index}]`));
		case 'words':
			return asList(fact, name).map((item, index) => toPlain('string', item, `${name}[${index}]`));
		case 'map':
			return new Map(Object.entries(asObject(fact, name)).map(([id, item]) => [id, toRecord(shape.record, item, `${name}.${id}`)]));
	}
}

/** Turns a result back: whole numbers are numbers again, maps and records plain objects. */
export function fromValue(value: unknown): unknown {
	if (typeof value === 'bigint') return Number(value);
	if (Array.isArray(value)) return value.map(fromValue);
	if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), fromValue(item)]));
	if (typeof value === 'object' && value !== null)
		return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromValue(item)]));
	return value;
}

type Plain = 'int' | 'double' | 'string' | 'bool';

function toPlain(type: Plain, fact: unknown, name: string, key?: string): unknown {
	if (type === 'int' && Number.isSafeInteger(fact)) return BigInt(fact as number);
	if (type === 'double' && Number.isFinite(fact)) return fact;
	if (type === 'string' && typeof fact === 'string') return fact;
	if (type === 'bool' && typeof fact === 'boolean') return fact;
	const place = key === undefined ? name : `${name}.${key}`;
	if (fact === undefined) throw new FactError(`the fact "${place}" is missing`);
	const expected = {int: 'a whole number', double: 'a number', string: 'a text', bool: 'true or false'}[type];
	throw new FactError(`the fact "${place}" is not ${expected}`);
}

/** The fields of each record, listed once. */
const FIELDS = Object.fromEntries(
	Object.entries(RECORDS).map(([record, fields]) => [record, Object.entries(fields).map(([key, {type}]) => ({key, type}))]),
) as unknown as Readonly<Record<RecordName, ReadonlyArray<{readonly key: string; readonly type: Plain}>>>;

function toRecord(record: RecordName, fact: unknown, name: string): object {
	const given = asObject(fact, name);
	const result = new RECORD_CLASSES[record]() as Record<string, unknown>;
	for (const {key, type} of FIELDS[record]) result[key] = toPlain(type, given[key], name, key);
	return result;
}

function asObject(fact: unknown, name: string): Record<string, unknown> {
	if (fact === undefined) throw new FactError(`the fact "${name}" is missing`);
	if (typeof fact !== 'object' || fact === null) throw new FactError(`the fact "${name}" is not a record`);
	return fact as Record<string, unknown>;
}

function asList(fact: unknown, name: string): readonly unknown[] {
	if (fact === undefined) throw new FactError(`the fact "${name}" is missing`);
	if (!Array.isArray(fact)) throw new FactError(`the fact "${name}" is not a list`);
	if (fact.length > MAX_LIST) throw new FactError(`the fact "${name}" is a list of ${fact.length}; lists hold at most ${MAX_LIST}`);
	return fact;
}
