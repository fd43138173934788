/** What expressions can say, as data: the author's guide is written from it. */
import {describeType} from './expression-messages.js';
import {FUNCTIONS, MAX_NESTING, METHODS, REFUSED} from './expression-rules.js';
import {CONTEXTS, type ContextName, ENUMERATIONS, RECORDS, type Shape, type Variable} from './expression-types.js';
import {MAX_LIST} from './expression-values.js';

export interface NameHelp {
	readonly name: string;
	readonly type: string;
	readonly about: string;
}

export interface ExpressionReference {
	/** Where expressions stand, and what each can speak of. Ids of requests are names too wherever `requests` is. */
	readonly contexts: readonly {readonly name: ContextName; readonly where: string; readonly variables: readonly NameHelp[]}[];
	/** Records by name, with their fields. */
	readonly records: readonly {readonly name: string; readonly fields: readonly NameHelp[]}[];
	/** Enumerations whose members can be written as names: `basis.display`. */
	readonly enumerations: readonly {readonly name: string; readonly members: readonly string[]}[];
	readonly functions: readonly {readonly form: string; readonly about: string}[];
	/** What CEL has and a scenario has not, and why. */
	readonly refused: readonly {readonly name: string; readonly why: string}[];
	readonly limits: readonly string[];
}

const WHERE: Readonly<Record<ContextName, string>> = {
	policy: 'rules of the policy and conditions of exceptions: what the decision log shows of a decision',
	game: 'conditions of injects, and objectives of both sides: the truth',
	playbook: "conditions of a world's playbook: what the attackers know",
	test: 'expectations of tests: the truth, and who won',
};

/** A form and a phrase for each function and method that exists. */
const FORMS: Readonly<Record<string, readonly [form: string, about: string]>> = {
	size: ['size(list), list.size()', 'how many entries a list has, or characters a text'],
	string: ['string(value)', 'a number as a text'],
	int: ['int(value)', 'a number without what follows the point'],
	double: ['double(value)', 'a whole number as a number with a point'],
	contains: ['text.contains("part")', 'whether a text has a part'],
	startsWith: ['text.startsWith("part")', 'whether a text starts with a part'],
	endsWith: ['text.endsWith("part")', 'whether a text ends with a part'],
	lowerAscii: ['text.lowerAscii()', 'the text in lower case'],
	upperAscii: ['text.upperAscii()', 'the text in upper case'],
	all: ['list.all(x, condition)', 'whether the condition holds of every entry; true of an empty list'],
	exists: ['list.exists(x, condition)', 'whether it holds of any'],
	exists_one: ['list.exists_one(x, condition)', 'whether it holds of exactly one'],
	filter: ['list.filter(x, condition)', 'the entries of which it holds'],
	map: ['list.map(x, value)', 'a value for each entry'],
};

const typeOf = (shape: Shape): string => {
	switch (shape.kind) {
		case 'plain':
			return describeType(shape.type);
		case 'record':
			return `a record ${shape.record}`;
		case 'list':
			return `a list of ${shape.record}`;
		case 'words':
			return 'a list of texts';
		case 'map':
			return `records ${shape.record} by id`;
	}
};

export function expressionReference(): ExpressionReference {
	const names = [...new Set([...FUNCTIONS, ...METHODS])];
	return {
		contexts: (Object.keys(CONTEXTS) as ContextName[]).map(name => ({
			name,
			where: WHERE[name],
			variables: Object.entries<Variable>(CONTEXTS[name]).map(([variable, {shape, about}]) => ({
				name: variable,
				type: typeOf(shape),
				about,
			})),
		})),
		records: Object.entries(RECORDS).map(([name, fields]) => ({
			name,
			fields: Object.entries(fields).map(([field, {type, about}]) => ({name: field, type: describeType(type), about})),
		})),
		enumerations: Object.entries(ENUMERATIONS).map(([name, members]) => ({name, members})),
		functions: names.map(name => {
			const [form, about] = FORMS[name] ?? [`${name}(...)`, ''];
			return {form, about};
		}),
		refused: Object.entries(REFUSED).map(([name, why]) => ({name, why})),
		limits: [
			`lists hold at most ${MAX_LIST} entries`,
			`all, exists, exists_one, filter and map stand at most ${MAX_NESTING} deep inside each other`,
			'an expression has at most 2000 characters and 400 parts',
			'texts and lists are not joined, and records are compared field by field',
		],
	};
}
