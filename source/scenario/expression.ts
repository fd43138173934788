/**
 * Expressions: CEL with typed variables, so that a misspelt field is found when the file is checked and not in the
 * third turn of a drill. This is the one file that knows the CEL library.
 */
import {TypeError as CelTypeError, Environment, EvaluationError, ParseError} from '@marcbachmann/cel-js';
import {describeType, explainProblem, type Scope} from './expression-messages.js';
import {type Ranges, rangeOf, rangeOfShape, truth} from './expression-ranges.js';
import {checkCalls, checkUnset, checkWhole, checkWords, type ExpressionProblem, type TreeNode, type Words} from './expression-rules.js';
import {BASES, type ContextName, type ContextValues, ENUMERATIONS, KEY_STATES, OUTCOMES, RECORDS, type Shape} from './expression-types.js';
import {FactError, fromValue, MAX_LIST, RECORD_CLASSES, toValue} from './expression-values.js';
import {factOf, helpOf, shapesOf, typeOf, usedVariables, type VariableHelp} from './expression-variables.js';
import type {Scenario} from './schema.js';

export type {ExpressionProblem, TreeNode} from './expression-rules.js';
export type {
	AttemptFacts,
	BackupFacts,
	ComputationFacts,
	ContextName,
	ContextValues,
	ExposureFacts,
	GameValues,
	KeyFacts,
	OutputFacts,
	PartyFacts,
	PlaybookValues,
	PolicyFacts,
	PolicyValues,
	RequestFacts,
	TestValues,
} from './expression-types.js';

/** A value, or a sentence on why there is none. */
export type Evaluation<T> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly message: string};

/** A compiled expression, or what is wrong with it. Evaluating never throws. */
export type Compiled<Name extends ContextName, T> =
	| {
			readonly ok: true;
			evaluate(values: ContextValues[Name]): Evaluation<T>;
			readonly warnings: readonly ExpressionProblem[];
			/** Whether it can be true, and whether it can be false, when some of its variables lie in these ranges and the others anywhere. */
			possible(ranges: Ranges): {readonly canBeTrue: boolean; readonly canBeFalse: boolean};
			/** What it is made of; `start` and `end` leave out the parentheses around a part. */
			readonly tree: TreeNode;
	  }
	| {readonly ok: false; readonly diagnostics: readonly ExpressionProblem[]};

export interface Vocabulary {
	/** Compiles an expression that must be true or false. Nothing is cached here. */
	compile<Name extends ContextName>(text: string, context: Name): Compiled<Name, boolean>;
	/** Compiles an expression of any type; values come back as plain numbers, texts, lists and objects. */
	compileAny<Name extends ContextName>(text: string, context: Name): Compiled<Name, unknown>;
	/** What an expression of a context can talk about: variables, and the fields of their records. */
	help(context: ContextName): VariableHelp[];
}

/** The names of a scenario that expressions may use. */
export interface ExpressionNames {
	readonly parties: readonly string[];
	readonly requests: readonly string[];
	readonly computations?: readonly string[];
	/** Places of backups. */
	readonly places?: readonly string[];
	/** Domains of the parties. */
	readonly domains?: readonly string[];
}

type NamedParts = Pick<Scenario, 'parties' | 'requests' | 'computations'>;

const LIMITS = {maxAstNodes: 400, maxDepth: 24, maxListElements: MAX_LIST, maxMapEntries: 16, maxCallArguments: 4};
const vocabularies = new WeakMap<object, Vocabulary>();

/** The vocabulary of a scenario, made once. */
export function vocabularyOf(scenario: NamedParts): Vocabulary {
	let vocabulary = vocabularies.get(scenario);
	if (!vocabulary) {
		vocabulary = createVocabulary(expressionNames(scenario));
		vocabularies.set(scenario, vocabulary);
	}
	return vocabulary;
}

/** Compiles an expression of a scenario. */
export function compileExpression<Name extends ContextName>(text: string, context: Name, scenario: NamedParts): Compiled<Name, boolean> {
	return vocabularyOf(scenario).compile(text, context);
}

/** The names of a scenario that its expressions may use. */
export function expressionNames({parties, requests, computations}: NamedParts): Required<ExpressionNames> {
	return {
		parties: Object.keys(parties),
		requests: Object.keys(requests),
		computations: Object.keys(computations),
		places: [...new Set(Object.values(parties).flatMap(({backup}) => backup ?? []))],
		domains: [...new Set(Object.values(parties).map(({domain}) => domain))],
	};
}

/** Makes the vocabulary of one scenario: typed variables for each context, and the words that literals may be. */
export function createVocabulary({parties, requests, computations = [], places = [], domains = []}: ExpressionNames): Vocabulary {
	const words: Words = {
		party: parties,
		machine: [...parties, 'coordinator', 'log', ...places],
		request: requests,
		computation: computations,
		domain: domains,
		basis: BASES,
		status: KEY_STATES,
		outcome: OUTCOMES,
	};
	const ids = new Map([
		...computations.map(id => [id, 'computations'] as const),
		...parties.map(id => [id, 'parties'] as const),
		...requests.map(id => [id, 'requests'] as const),
	]);
	const environments = new Map<ContextName, ReturnType<typeof createEnvironment>>();
	const environmentOf = (context: ContextName) => {
		const known = environments.get(context) ?? createEnvironment(context, requests);
		environments.set(context, known);
		return known;
	};

	function compileAny<Name extends ContextName>(text: string, context: Name, mustBeBool = false): Compiled<Name, unknown> {
		const {environment, shapes, anything} = environmentOf(context);
		const scope: Scope = {names: [...shapes.keys(), ...Object.keys(ENUMERATIONS)], ids};
		const fail = (...diagnostics: ExpressionProblem[]) => ({ok: false, diagnostics}) as const;
		let parsed: ReturnType<Environment['parse']>;
		try {
			parsed = environment.parse(text);
		} catch (error) {
			return fail(problemOf(error, text, scope));
		}
		const tree = parsed.ast as TreeNode;
		const refused = checkCalls(text, tree);
		if (refused.length > 0) return fail(...refused);
		const {valid, type, error} = parsed.check();
		if (!valid) return fail(problemOf(error, text, scope));
		const misspelt = [...checkWhole(tree), ...checkWords(tree, shapes, words)];
		if (misspelt.length > 0) return fail(...misspelt);
		if (mustBeBool && type !== 'bool') return fail(notBool(type ?? '', tree.start));

		const used = [...usedVariables(tree, shapes)];
		return {
			ok: true,
			tree,
			warnings: checkUnset(text, tree),
			possible: ranges => truth(rangeOf(tree, {...anything, ...ranges})),
			evaluate(values) {
				try {
					const given = values as unknown as Readonly<Record<string, unknown>>;
					const converted: Record<string, unknown> = {};
					for (const [name, shape] of used) converted[name] = toValue(shape, factOf(name, shape, given, requests), name);
					const value: unknown = parsed(converted);
					if (mustBeBool && typeof value !== 'boolean') return {ok: false, message: `"${text}" gave no true or false`};
					return {ok: true, value: fromValue(value)};
				} catch (error) {
					if (error instanceof FactError) return {ok: false, message: `"${text}" could not be evaluated: ${error.message}`};
					const {message} = problemOf(error, text, scope);
					return {ok: false, message: `"${text}" could not be evaluated: ${message}`};
				}
			},
		};
	}

	return {
		compile: (text, context) => compileAny(text, context, true) as Compiled<typeof context, boolean>,
		compileAny: (text, context) => compileAny(text, context),
		help: context => helpOf(context, requests),
	};
}

/** The enumerations as ranges: each member is its own text. */
const constants: Ranges = Object.fromEntries(
	Object.entries(ENUMERATIONS).map(([name, members]) => [
		name,
		{kind: 'record', fields: Object.fromEntries(members.map(member => [member, {kind: 'text', among: [member]}]))},
	]),
);

function anyOf(shapes: ReadonlyMap<string, Shape>): Ranges {
	return Object.fromEntries([...shapes].map(([name, shape]) => [name, rangeOfShape(shape)]));
}

function createEnvironment(context: ContextName, requests: readonly string[]) {
	const environment = new Environment({unlistedVariablesAreDyn: false, enableOptionalTypes: false, limits: LIMITS});
	for (const [name, fields] of Object.entries(RECORDS)) {
		const types = Object.fromEntries(Object.entries(fields).map(([key, {type}]) => [key, type]));
		environment.registerType(name, {ctor: RECORD_CLASSES[name as keyof typeof RECORD_CLASSES], fields: types});
	}
	registerMixedNumbers(environment);
	for (const [name, members] of Object.entries(ENUMERATIONS)) {
		const typeName = `${name[0]!.toUpperCase()}${name.slice(1)}Names`;
		const names = class {};
		environment.registerType(typeName, {ctor: names, fields: Object.fromEntries(members.map(member => [member, 'string']))});
		environment.registerConstant(name, typeName, Object.assign(new names(), Object.fromEntries(members.map(member => [member, member]))));
	}
	const shapes = shapesOf(context, requests);
	for (const [name, shape] of shapes) environment.registerVariable(name, typeOf(shape));
	return {environment, shapes, anything: {...constants, ...anyOf(shapes)}};
}

/** CEL keeps whole numbers and decimal numbers apart; here `facts.amount == 1000` and `facts.amount * 2` simply work. */
function registerMixedNumbers(environment: Environment): void {
	type Number_ = bigint | number;
	environment.registerOperator('int == double', (a: Number_, b: Number_) => Number(a) === Number(b));
	environment.registerOperator('double in list<int>', (a: number, list: readonly bigint[]) => list.some(b => Number(b) === a));
	environment.registerOperator('int in list<double>', (a: bigint, list: readonly number[]) => list.includes(Number(a)));
	for (const [left, right] of [
		['int', 'double'],
		['double', 'int'],
	]) {
		environment.registerOperator(`${left} + ${right}: double`, (a: Number_, b: Number_) => Number(a) + Number(b));
		environment.registerOperator(`${left} - ${right}: double`, (a: Number_, b: Number_) => Number(a) - Number(b));
		environment.registerOperator(`${left} * ${right}: double`, (a: Number_, b: Number_) => Number(a) * Number(b));
		environment.registerOperator(`${left} / ${right}: double`, (a: Number_, b: Number_) => Number(a) / Number(b));
	}
}

/** What the library threw, in our words. Anything else that goes wrong while an expression is read is said too, never thrown. */
function problemOf(error: unknown, text: string, scope: Scope): ExpressionProblem {
	if (error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError) {
		const {code, summary, range} = error;
		const node = error.node !== undefined && 'op' in error.node ? (error.node as unknown as TreeNode) : undefined;
		return explainProblem({code, summary, start: range?.start ?? 0, end: range?.end ?? 0, node}, text, scope);
	}
	return {code: 'expression-syntax', message: 'the expression cannot be read', offset: 0, hint: 'write it more simply'};
}

function notBool(type: string, offset: number): ExpressionProblem {
	return {
		code: 'expression-not-bool',
		message: `the expression gives ${describeType(type)}`,
		offset,
		expected: 'true or false',
		hint: 'compare it with something, such as == or >=',
	};
}
