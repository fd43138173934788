/** A question to one record of the transcript, as data: it is answered here, and written down for jq and SQL, so that all three ask the same. */

type Value = string | boolean;

/** A condition on one record. Paths name fields of its JSON, with dots between. */
export type Clause =
	| {readonly is: 'equals'; readonly path: string; readonly value: Value}
	| {readonly is: 'one-of'; readonly path: string; readonly values: readonly string[]}
	| {readonly is: 'contains'; readonly path: string; readonly text: string}
	| {readonly is: 'lacks'; readonly path: string}
	/** No item of a list has this value in a field. */
	| {readonly is: 'none'; readonly list: string; readonly field: string; readonly value: string}
	/** No item of a list has in a field what the record has at a path. */
	| {readonly is: 'none-like'; readonly list: string; readonly field: string; readonly path: string};

/** All of them have to hold. */
export type Query = readonly Clause[];

export type Json = {readonly [key: string]: unknown};

function at(record: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), record);
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function items(record: Json, path: string): readonly unknown[] {
	const list = at(record, path);
	return Array.isArray(list) ? list : [];
}

/** Whether a record answers the question. */
export function matches(query: Query, record: Json): boolean {
	return query.every(clause => {
		switch (clause.is) {
			case 'equals':
				return at(record, clause.path) === clause.value;
			case 'one-of':
				return clause.values.includes(at(record, clause.path) as string);
			case 'contains': {
				const text = at(record, clause.path);
				return typeof text === 'string' && text.includes(clause.text);
			}
			case 'lacks':
				return at(record, clause.path) === undefined;
			case 'none':
				return !items(record, clause.list).some(item => at(item, clause.field) === clause.value);
			case 'none-like':
				return !items(record, clause.list).some(item => at(item, clause.field) === at(record, clause.path));
			default:
				return clause satisfies never;
		}
	});
}

/** The record changed as little as needed for a clause to hold, or not to. */
export function changed(record: Json, clause: Clause, holds: boolean): Json {
	switch (clause.is) {
		case 'equals':
			return put(record, clause.path, holds ? clause.value : typeof clause.value === 'boolean' ? !clause.value : `not ${clause.value}`);
		case 'one-of':
			return put(record, clause.path, holds ? clause.values[0]! : 'something else');
		case 'contains':
			return put(record, clause.path, holds ? clause.text : '');
		case 'lacks':
			return put(record, clause.path, holds ? undefined : 'something');
		case 'none':
		case 'none-like': {
			if (clause.is === 'none-like' && at(record, clause.path) === undefined) return changed(put(record, clause.path, '00'), clause, holds);
			const value = clause.is === 'none' ? clause.value : at(record, clause.path);
			const list = items(record, clause.list).filter(isObject);
			const all = list.length === 0 ? [{}] : list;
			return put(
				record,
				clause.list,
				all.map((item, index) => (holds ? put(item, clause.field, undefined) : index === 0 ? put(item, clause.field, value) : item)),
			);
		}
		default:
			return clause satisfies never;
	}
}

function put(record: Json, path: string, value: unknown): Json {
	const [key = '', ...rest] = path.split('.');
	const {[key]: before, ...others} = record;
	if (rest.length > 0) return {...record, [key]: put(isObject(before) ? before : {}, rest.join('.'), value)};
	return value === undefined ? others : {...record, [key]: value};
}

/** As a program for jq, line by line. */
export function jq(query: Query): string {
	const path = (text: string) => `.${text}`;
	const one = (clause: Clause): string => {
		switch (clause.is) {
			case 'equals':
				return `${path(clause.path)} == ${JSON.stringify(clause.value)}`;
			case 'one-of':
				return `(${path(clause.path)} | IN(${clause.values.map(value => JSON.stringify(value)).join(', ')}))`;
			case 'contains':
				return `(${path(clause.path)} // "" | contains(${JSON.stringify(clause.text)}))`;
			case 'lacks':
				return `${path(clause.path)} == null`;
			case 'none':
				return `(any(${path(clause.list)}[]?; ${path(clause.field)} == ${JSON.stringify(clause.value)}) | not)`;
			case 'none-like':
				return `(any(${path(clause.list)}[]?; ${path(clause.field)} == $record${path(clause.path)}) | not)`;
			default:
				return clause satisfies never;
		}
	};
	return `. as $record | select(${query.map(one).join(' and ')})`;
}

/** As a query in the SQL of SQLite over a table `transcript` with a column `record` of JSON text; other dialects name the functions otherwise. */
export function sql(query: Query): string {
	const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
	const field = (path: string, of = 'record') => `json_extract(${of}, '$.${path}')`;
	const value = (given: Value) => (typeof given === 'boolean' ? (given ? '1' : '0') : text(given));
	const one = (clause: Clause): string => {
		switch (clause.is) {
			case 'equals':
				return `${field(clause.path)} = ${value(clause.value)}`;
			case 'one-of':
				return `${field(clause.path)} IN (${clause.values.map(text).join(', ')})`;
			case 'contains':
				return `instr(${field(clause.path)}, ${text(clause.text)}) > 0`;
			case 'lacks':
				return `${field(clause.path)} IS NULL`;
			case 'none':
			case 'none-like': {
				const other = clause.is === 'none' ? text(clause.value) : field(clause.path);
				return `NOT EXISTS (SELECT 1 FROM json_each(record, '$.${clause.list}') AS item WHERE ${field(clause.field, 'item.value')} = ${other})`;
			}
			default:
				return clause satisfies never;
		}
	};
	return `SELECT ${field('line')} AS line, ${field('what')} AS what\nFROM transcript\nWHERE ${query.map(one).join('\n  AND ')};`;
}
