/** What the expression library reports, in plain words: what was found, what was expected, what to do next. */
import {didYouMean, suggest} from './diagnostic.js';
import type {ExpressionProblem, TreeNode} from './expression-rules.js';
import {CONTEXTS, type ContextName, ENUMERATIONS, RECORDS, type RecordName} from './expression-types.js';

/** An error of the library, reduced to what messages need. */
export interface RawProblem {
	readonly code: string;
	readonly summary: string;
	readonly start: number;
	readonly end: number;
	readonly node?: TreeNode;
}

const TYPES: Readonly<Record<string, string>> = {
	int: 'a whole number',
	double: 'a number',
	string: 'a text',
	bool: 'true or false',
	null: 'null',
	Facts: 'the decision',
	Approval: 'an approval',
	Request: 'a request',
	Output: 'an output',
	Party: 'a party',
	Computation: 'a computation',
	Policy: 'the policy',
	Key: 'a key',
	Exposure: 'an epoch',
	Attempt: 'an attempt',
	Backup: 'a backup',
};

/** `a whole number` for `int`, and so on. */
export function describeType(type: string): string {
	const bare = type.replace(/^dyn<(.*)>$/, '$1');
	if (Object.hasOwn(TYPES, bare)) return TYPES[bare]!;
	if (bare.startsWith('list')) return 'a list';
	if (bare.startsWith('map')) return 'a map';
	return bare.endsWith('Names') ? 'an enumeration' : `a value of type ${bare}`;
}

/** What an expression could have meant: the variables of its context, and ids by the map that holds them. */
export interface Scope {
	readonly names: readonly string[];
	readonly ids: ReadonlyMap<string, 'parties' | 'requests' | 'computations'>;
}

/** Rewrites one error. */
export function explainProblem(raw: RawProblem, text: string, scope: Scope): ExpressionProblem {
	const {code, summary, start, end, node} = raw;
	const say = (
		kind: ExpressionProblem['code'],
		message: string,
		rest: {offset?: number; expected?: string; hint?: string} = {},
	): ExpressionProblem => ({
		code: kind,
		message,
		offset: rest.offset ?? start,
		expected: rest.expected,
		hint: rest.hint,
	});
	switch (code) {
		case 'unknown_variable': {
			const name = text.slice(start, end);
			const hint = nameHint(name, text, start, end, scope);
			return say('expression-unknown-name', `there is nothing called "${name}" here`, {...suggest(name, scope.names), hint});
		}
		case 'no_such_key':
			return unknownField(raw, text, say);
		case 'no_such_overload':
			return wrongOperands(summary, node, say);
		case 'no_matching_overload': {
			const [, call = '', given = ''] = /'(?:.*\.)?(\w+)\((.*)\)'/.exec(summary) ?? [];
			const on = /'([^']*)\.\w+\(/.exec(summary)?.[1];
			const takes = given === '' ? 'nothing' : given.split(', ').map(describeType).join(' and ');
			return say('expression-type', on ? `"${call}" of ${describeType(on)} does not take ${takes}` : `"${call}" does not take ${takes}`);
		}
		case 'invalid_logical_operand': {
			const operand = operandThatIsNotBool(node);
			const type = describeType(/got '(.*)'/.exec(summary)?.[1] ?? '');
			return say('expression-type', `&& and || join true or false, and this is ${type}`, {
				offset: operand?.start,
				expected: 'true or false',
				hint: 'compare it with something, such as == or >=',
			});
		}
		case 'invalid_condition_type':
			return say('expression-type', `the condition is ${describeType(/got '(.*)'/.exec(summary)?.[1] ?? '')}`, {expected: 'true or false'});
		case 'incompatible_ternary_branches':
			return say('expression-type', 'the two answers after ? are of different types', {hint: 'write 1.0 instead of 1 beside an amount'});
		case 'heterogeneous_list_element':
			return say('expression-type', 'the entries of a list are of different types', {hint: 'write 1.0 instead of 1 beside 2.5'});
		case 'invalid_index_type':
		case 'cannot_index_type':
			return say('expression-type', `${describeType(/type '(.*?)'/.exec(summary)?.[1] ?? '')} has no such entries`, {
				hint: 'lists are indexed by number, maps by id',
			});
		case 'invalid_macro_argument':
			return say('expression-syntax', 'the first argument must be a name of your own', {
				expected: 'such as approvals.exists(a, a.basis == basis.digest)',
			});
		case 'index_out_of_bounds':
			return say('expression-type', 'the list has no entry at this index');
		case 'division_by_zero':
		case 'modulo_by_zero':
			return say('expression-type', 'a division by zero');
		case 'numeric_overflow':
			return say('expression-type', 'a number became too large');
		case 'limit_exceeded':
			return say('expression-too-long', 'the expression is too long or nests too deeply', {
				expected: 'a shorter expression',
				hint: 'split it into several rules or objectives',
			});
		case 'reserved_identifier':
			return say('expression-syntax', `"${text.slice(start, end)}" is a reserved word`);
		case 'unterminated_string':
		case 'unterminated_triple_quoted_string':
		case 'newline_in_string':
			return say('expression-syntax', 'a quote is opened and not closed', {expected: 'the closing quote'});
		case 'unexpected_character':
		case 'unexpected_token':
		case 'expected_token':
			return unexpected(raw, text, say);
		default:
			return say('expression-syntax', `${summary.charAt(0).toLowerCase()}${summary.slice(1)}`);
	}
}

type Say = (
	kind: ExpressionProblem['code'],
	message: string,
	rest?: {offset?: number; expected?: string; hint?: string},
) => ExpressionProblem;

function unknownField({summary, start, end, node}: RawProblem, text: string, say: Say): ExpressionProblem {
	const name = /No such key: (.*)/.exec(summary)?.[1] ?? text.slice(start, end);
	const base = Array.isArray(node?.args) ? (node.args[0] as TreeNode).checkedType?.name : undefined;
	const record = base !== undefined && Object.hasOwn(RECORDS, base) ? Object.keys(RECORDS[base as RecordName]) : undefined;
	const enumeration = Object.entries(ENUMERATIONS).find(([key]) => base?.toLowerCase() === `${key}names`)?.[1];
	const known = record ?? enumeration ?? [];
	const owner = base === undefined || known.length === 0 ? 'this' : describeType(base);
	return say('expression-unknown-field', `${owner} has no "${name}"`, {
		offset: node?.op === '.' ? node.end - name.length : start,
		...suggest(name, known),
	});
}

function wrongOperands(summary: string, node: TreeNode | undefined, say: Say): ExpressionProblem {
	const [, left = '', operator = '', right = ''] =
		/no such overload: (\S+(?:, \S+)*) (==|!=|<=|>=|<|>|\+|-|\*|\/|%|in) (.+)/.exec(summary) ?? [];
	if (operator === '') {
		const [, sign = '', type = ''] = /no such overload: ([!-])(.+)/.exec(summary) ?? [];
		return say('expression-type', `"${sign}" does not work on ${describeType(type)}`, {
			expected: sign === '!' ? 'true or false' : 'a number',
		});
	}
	const operands = Array.isArray(node?.args) ? (node.args as TreeNode[]) : [];
	const hint =
		operator === 'in'
			? 'write "ada" in signers, with a list or a map on the right'
			: left === 'string' || right === 'string'
				? 'texts are written in quotes, numbers without'
				: undefined;
	return say('expression-type', `"${operator}" does not work between ${describeType(left)} and ${describeType(right)}`, {
		offset: operands[1]?.start,
		hint,
	});
}

function operandThatIsNotBool(node: TreeNode | undefined): TreeNode | undefined {
	let found: TreeNode | undefined;
	if (node && Array.isArray(node.args)) {
		for (const operand of node.args as TreeNode[]) {
			if (operand.checkedType && operand.checkedType.name !== 'bool' && operand.checkedType.kind !== 'dyn') found ??= operand;
		}
	}
	return found;
}

const WORD_HINTS: Readonly<Record<string, string>> = {
	and: 'write && for and',
	or: 'write || for or',
	not: 'write ! for not',
	is: 'write == for is',
};

function unexpected({code, summary, start}: RawProblem, text: string, say: Say): ExpressionProblem {
	if (start >= text.trimEnd().length) {
		const expected = /Expected (\w+)/.exec(summary)?.[1];
		return say('expression-syntax', 'the expression ends too early', {
			offset: Math.max(0, text.trimEnd().length - 1),
			expected: code === 'expected_token' ? TOKENS[expected ?? ''] : 'a value after this',
		});
	}
	const word = /^[A-Za-z_]\w*/.exec(text.slice(start))?.[0] ?? text.charAt(start);
	const before = /([A-Za-z_]\w*)\s*$/.exec(text.slice(0, start))?.[1] ?? '';
	const hint =
		WORD_HINTS[word.toLowerCase()] ??
		WORD_HINTS[before.toLowerCase()] ??
		(word === '=' ? 'write == to compare' : undefined) ??
		(word === '&' || word === '|' ? `write ${word}${word}` : undefined) ??
		(/[“”„‘’«»]/.test(word) ? 'use straight quotes: "…"' : undefined);
	return say('expression-syntax', `"${word}" does not fit here`, {
		expected: code === 'expected_token' ? TOKENS[/Expected (\w+)/.exec(summary)?.[1] ?? ''] : undefined,
		hint,
	});
}

const TOKENS: Readonly<Record<string, string>> = {
	RPAREN: '")"',
	RBRACKET: '"]"',
	RBRACE: '"}"',
	COLON: '":"',
	IDENTIFIER: 'a name after the point',
};

/** What an unknown name may have been meant for. */
function nameHint(name: string, text: string, start: number, end: number, {names, ids}: Scope): string | undefined {
	for (const [id, map] of ids) {
		if (!id.includes('-')) continue;
		for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1))
			if (at <= start && end <= at + id.length) return `an id with dashes is read as a subtraction; write ${map}["${id}"]`;
	}
	if (names.includes('facts')) {
		if (Object.hasOwn(RECORDS.Facts, name)) return `write facts.${name}`;
		if (ids.get(name) === 'requests') return `write facts.request == "${name}"`;
	} else {
		const map = ids.get(name);
		if (map === 'parties' || map === 'computations') return `write ${map}.${name}`;
	}
	const near = didYouMean(name, names);
	if (near) return near;
	const elsewhere = Object.entries(CONTEXTS).find(([, variables]) => Object.hasOwn(variables, name))?.[0];
	return elsewhere && `"${name}" exists in ${ELSEWHERE[elsewhere as ContextName]} only`;
}

const ELSEWHERE: Readonly<Record<ContextName, string>> = {
	policy: 'rules of the policy',
	game: 'injects and objectives',
	playbook: "conditions of the attackers' playbook",
	test: 'expectations of tests',
};
