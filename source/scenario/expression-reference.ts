/** What expressions can do and what is refused, as data: the author's guide lists it beside the names of expression-types.ts. */
import {FUNCTIONS, MAX_NESTING, METHODS, REFUSED} from './expression-rules.js';
import {MAX_LIST} from './expression-values.js';

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

/** Every function that there is, as it is written, and what it gives. */
export const expressionFunctions: readonly {readonly form: string; readonly about: string}[] = [...new Set([...FUNCTIONS, ...METHODS])].map(
	name => {
		const [form, about] = FORMS[name] ?? [`${name}(...)`, ''];
		return {form, about};
	},
);

/** What CEL has and a scenario has not, and why. */
export const refusedFunctions: readonly {readonly name: string; readonly why: string}[] = Object.entries(REFUSED).map(([name, why]) => ({
	name,
	why,
}));

/** What keeps an expression from taking long, a sentence each. */
export const expressionLimits: readonly string[] = [
	`A list holds at most ${MAX_LIST} entries.`,
	`Walks over lists (all, exists, exists_one, filter, map) stand at most ${MAX_NESTING} deep inside each other.`,
	'An expression has at most 2000 characters and 400 parts.',
	'Texts and lists are not joined, and records are compared field by field.',
];
