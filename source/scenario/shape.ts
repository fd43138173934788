/** From zod's issues to findings in plain words, each at the key or value it is about. */
import {isMap, isScalar, Scalar, type YAMLMap} from 'yaml';
import type {z} from 'zod';
import {type Diagnostic, didYouMean, oneOf, suggest} from './diagnostic.js';
import {MOST_TURNS, scenarioSchema} from './schema.js';
import type {Finding, Locator, Path} from './source.js';

type Issue = z.core.$ZodIssue;

/** Diagnoses what does not fit the schema. `data` is what the document holds, as plain values. */
export function diagnoseShape(issues: readonly Issue[], data: unknown, locator: Locator): Diagnostic[] {
	return issues.flatMap(issue => diagnose(issue, data, locator, []));
}

function diagnose(issue: Issue, data: unknown, locator: Locator, before: Path): Diagnostic[] {
	const path: Path = [...before, ...(issue.path as (string | number)[])];
	switch (issue.code) {
		case 'unrecognized_keys':
			return issue.keys.map(key => unknownKey([...path, key], data, locator));
		case 'invalid_key':
			return [badKey(path, issue.issues[0], locator)];
		case 'invalid_union':
			return unionIssue(issue.errors, path, data, locator);
		default:
			return [badValue(issue, path, data, locator)];
	}
}

/** Words that would set an outcome, which no file can. */
const OUTCOME_WORDS = /^(outcome|result|winner?|wins|stolen|captured|compromised|forged|success|succeeds|steal|effects?|sets?|state)$/i;

function unknownKey(path: Path, data: unknown, locator: Locator): Diagnostic {
	const name = String(path.at(-1));
	const known = keysAt(path.slice(0, -1));
	const map = locator.node(path.slice(0, -1));
	const isCut = isMap(map) && (map as YAMLMap).flow === true && valueAt(data, path) === null && !/^[a-z][a-z-]*$/.test(name);
	if (isCut)
		return locator.atKey(path, {
			code: 'cut-at-comma',
			message: `a comma inside { } ended the value before "${cut(name)}"`,
			hint: 'put the expression in quotes, or write the mapping in block style, one key a line',
		});
	const near = suggest(name, known);
	if (OUTCOME_WORDS.test(name) && near.hint === undefined)
		return locator.atKey(path, {
			code: 'sets-outcome',
			message: `"${cut(name)}" would set what happened, and outcomes are computed`,
			expected: oneOf(known),
			hint: 'outcomes are not set; write `do: |` and a move, such as "attackers: steal-share party=jun"',
		});
	return locator.atKey(path, {code: 'unknown-key', message: `unknown key "${cut(name)}"`, ...near});
}

function badKey(path: Path, issue: Issue | undefined, locator: Locator): Diagnostic {
	const name = String(path.at(-1));
	const parent = path.at(-2);
	const word = name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^[-0-9]+|-+$/g, '');
	const isTurn = parent === 'unlock';
	const isFree = issue?.code !== 'invalid_format' && issue?.code !== 'invalid_union' && issue?.code !== 'invalid_type';
	return locator.atKey(path, {
		code: 'bad-key',
		message: isTurn
			? `"${cut(name)}" is not a turn`
			: isFree
				? `"${cut(name)}" is too short or too long for a name`
				: `"${cut(name)}" is not an id`,
		expected: isTurn
			? `a turn from 1 to ${MOST_TURNS}`
			: isFree
				? 'a name of 1 to 80 characters'
				: 'a lower-case word such as "ada" or "safe-a"',
		hint: !isTurn && !isFree && word !== '' && word !== name ? `write ${word}` : undefined,
	});
}

/** A union's findings: those of the branch that was meant, or all the kinds of value that would do. */
function unionIssue(branches: readonly (readonly Issue[])[], path: Path, data: unknown, locator: Locator): Diagnostic[] {
	const meant = branches.find(
		issues => !issues.some(({code, path: at}) => at.length === 0 && (code === 'invalid_type' || code === 'invalid_value')),
	);
	if (meant) return meant.flatMap(issue => diagnose(issue, data, locator, path));
	const kinds = branches.flatMap(issues => issues.filter(({path: at}) => at.length === 0).map(issue => kindOf(issue)));
	return [wrongKind(path, data, locator, [...new Set(kinds)].join(' or '))];
}

const KINDS: Readonly<Record<string, string>> = {
	string: 'a text',
	number: 'a number',
	int: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'a mapping',
	record: 'a mapping',
};

function kindOf(issue: Issue): string {
	if (issue.code === 'invalid_type') return KINDS[issue.expected] ?? issue.expected;
	if (issue.code === 'invalid_value') return oneOf(issue.values.map(String)) ?? 'another value';
	return 'another value';
}

/** zod calls a text where a whole number belongs `not a number`; the schema knows better. */
function kindAt(path: Path, issue: Issue): string {
	const node = schemaAt(path);
	return node && unwrap(node).def.format === 'safeint' ? 'a whole number' : kindOf(issue);
}

function badValue(issue: Issue, path: Path, data: unknown, locator: Locator): Diagnostic {
	const value = valueAt(data, path);
	if (value === undefined) return missingKey(path, issue, locator);
	switch (issue.code) {
		case 'invalid_type':
			return wrongKind(path, data, locator, kindAt(path, issue));
		case 'invalid_value':
			return wrongChoice(path, value, issue.values, locator);
		case 'too_small':
		case 'too_big':
			return wrongSize(issue, path, value, locator);
		case 'invalid_format':
			return locator.atValue(path, {
				code: 'wrong-value',
				message: `${describe(value)} does not fit here`,
				expected: issue.message,
				hint: numberHint(value, path),
			});
		default:
			return locator.atValue(path, {code: 'wrong-value', message: `${describe(value)} does not fit here`, expected: issue.message});
	}
}

function missingKey(path: Path, issue: Issue, locator: Locator): Diagnostic {
	const name = String(path.at(-1));
	const about = describedAt(path);
	return locator.atKey(path.slice(0, -1), {
		code: 'missing-key',
		message: `"${name}" is missing`,
		expected:
			issue.code === 'invalid_value'
				? `${name}: ${String(issue.values[0])}`
				: issue.code === 'invalid_type'
					? `${name}: ${kindAt(path, issue)}`
					: `the key ${name}`,
		hint: about && `${name}: ${about.charAt(0).toLowerCase()}${about.slice(1)}`,
	});
}

function wrongKind(path: Path, data: unknown, locator: Locator, expected: string): Diagnostic {
	const value = valueAt(data, path);
	if (value === undefined) {
		const name = String(path.at(-1));
		return locator.atKey(path.slice(0, -1), {code: 'missing-key', message: `"${name}" is missing`, expected: `${name}: ${expected}`});
	}
	const finding: Finding = {
		code: 'wrong-type',
		message: `expected ${expected}, got ${describe(value)}`,
		hint: kindHint(value, expected, path, locator),
	};
	return value === null ? locator.atKey(path, finding) : locator.atValue(path, finding);
}

function kindHint(value: unknown, expected: string, path: Path, locator: Locator): string | undefined {
	const key = path.findLast(step => typeof step === 'string');
	const name = String(key);
	const isMoves = name === 'moves' || name === 'do' || name === 'deal';
	if (isMoves && typeof value === 'object' && value !== null)
		return `moves are one block of text: "${name}: |", and then a line for each move`;
	if (value === null)
		return expected.includes('a mapping')
			? 'write {} when there is nothing to say'
			: `write something after "${name}:", or remove the line`;
	if (name === 'controls' || path.at(-2) === 'controls') return 'write on or off';
	if (path.at(-2) === 'worlds' && Array.isArray(value))
		return 'a world is a mapping: moves of the deal go under `deal: |`, and {} says that there are none';
	if (expected.includes('a text') && (typeof value === 'number' || typeof value === 'boolean'))
		return `put it in quotes: "${writtenAs(path, locator) ?? String(value)}"`;
	if (expected.includes('number')) return numberHint(value, path);
	if (expected.includes('true or false') && typeof value === 'string') return switchHint(value);
	if (expected === 'a text' && typeof value === 'object')
		return 'a value that starts with [ or { is a list or a mapping; put a text in quotes';
	return undefined;
}

function writtenAs(path: Path, locator: Locator): string | undefined {
	const node = locator.node(path);
	return isScalar(node) && node.type === Scalar.PLAIN ? node.source : undefined;
}

/** YAML 1.1 had more words for true and false, and people still write them. */
function switchHint(value: string): string | undefined {
	if (/^(yes|on|y|true)$/i.test(value)) return 'write true';
	return /^(no|off|n|false)$/i.test(value) ? 'write false' : undefined;
}

/** `48 200`, `48,200`, `48_200` and `48'200` are texts to YAML. */
function numberHint(value: unknown, path: Path): string | undefined {
	if (typeof value !== 'string') return undefined;
	const digits = value
		.trim()
		.replace(/^(\d{1,3})((?:[ \u00a0\u202f,_'.]\d{3})+)$/, (_, head: string, tail: string) => head + tail.replace(/\D/g, ''));
	if (digits !== value && /^\d+$/.test(digits)) return `write ${digits}: digits only, without spaces, commas or points between thousands`;
	if (/^\d+$/.test(value)) return `write ${value} without quotes`;
	if (path.at(-1) === 'amount' && /^\d.*(-|to|\.\.)\s*\d/.test(value)) return 'write a range with two points: "500..900"';
	return undefined;
}

function wrongChoice(path: Path, value: unknown, values: readonly unknown[], locator: Locator): Diagnostic {
	const words = values.map(String);
	const isSwitch = words.includes('on') && words.includes('off');
	return locator.atValue(path, {
		code: 'wrong-choice',
		message: `${describe(value)} does not fit here`,
		expected: typeof values[0] === 'string' ? oneOf(words) : words.length === 1 ? words[0] : `one of ${words.join(', ')}`,
		hint:
			isSwitch && typeof value === 'boolean'
				? `write ${value ? 'on' : 'off'}`
				: typeof value === 'string'
					? didYouMean(value, words)
					: undefined,
	});
}

function wrongSize(issue: Extract<Issue, {code: 'too_small' | 'too_big'}>, path: Path, value: unknown, locator: Locator): Diagnostic {
	const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum;
	const bound = issue.code === 'too_small' ? 'at least' : 'at most';
	const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : '';
	const isEmpty = issue.code === 'too_small' && limit === 1 && unit !== '';
	const amount =
		issue.origin === 'string'
			? `a text of ${String(value).length} characters`
			: issue.origin === 'array'
				? `a list of ${(value as unknown[]).length}`
				: describe(value);
	return locator.atValue(path, {
		code: 'out-of-range',
		message: isEmpty
			? 'there is nothing here'
			: `${amount} is too ${issue.origin === 'number' ? (bound === 'at least' ? 'small' : 'large') : bound === 'at least' ? 'short' : 'long'}`,
		expected: isEmpty ? (unit === ' entries' ? 'at least one entry' : 'a text') : `${bound} ${limit}${unit}`,
	});
}

/** A value in words: `the text "two"`, `a list`, `nothing`. */
export function describe(value: unknown): string {
	if (value === null || value === undefined) return 'nothing';
	if (typeof value === 'string') return value === '' ? 'an empty text' : `the text "${cut(value)}"`;
	if (typeof value === 'number') return `the number ${value}`;
	if (typeof value === 'boolean') return String(value);
	return Array.isArray(value) ? 'a list' : 'a mapping';
}

function cut(text: string): string {
	const oneLine = text.replace(/\s+/g, ' ');
	return oneLine.length > 40 ? `${oneLine.slice(0, 39)}…` : oneLine;
}

/** The value at a path of plain data; undefined when there is none. */
function valueAt(data: unknown, path: Path): unknown {
	let value = data;
	for (const step of path) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
		value = (value as Record<string | number, unknown>)[step];
	}
	return value;
}

interface SchemaDefinition {
	readonly type: string;
	/** `safeint` of whole numbers. */
	readonly format?: string;
	readonly innerType?: SchemaNode;
	readonly in?: SchemaNode;
	readonly shape?: Readonly<Record<string, SchemaNode>>;
	readonly valueType?: SchemaNode;
	readonly element?: SchemaNode;
	readonly options?: readonly SchemaNode[];
}
interface SchemaNode {
	readonly def: SchemaDefinition;
	readonly description?: string;
}

/** The schema at a path; of a union the branch that has entries. Descriptions are on the outermost layer. */
function schemaAt(path: Path): SchemaNode | undefined {
	let node: SchemaNode | undefined = scenarioSchema as unknown as SchemaNode;
	for (const step of path) {
		const {def} = unwrap(node);
		node = def.shape ? (Object.hasOwn(def.shape, step) ? def.shape[step] : undefined) : (def.valueType ?? def.element);
		if (!node) return undefined;
	}
	return node;
}

function unwrap(node: SchemaNode): SchemaNode {
	const {innerType, in: input, options} = node.def;
	if (innerType) return unwrap(innerType);
	if (input) return unwrap(input);
	const structured = options?.map(unwrap).find(({def}) => def.shape ?? def.valueType ?? def.element);
	return structured ?? node;
}

function keysAt(path: Path): readonly string[] {
	const node = schemaAt(path);
	return Object.keys((node && unwrap(node).def.shape) ?? {});
}

function describedAt(path: Path): string | undefined {
	return schemaAt(path)?.description;
}
