/**
 * The generated parts of the author's guide, scenarios/README.md: every field from the schema, every word of expressions, every verb, line of
 * the deal and control from the catalogue, every diagnostic from its registry. `npm run guide` writes them between their marks.
 */
import stringWidth from 'string-width';
import {catalogue, usage} from '../engine/catalogue.js';
import {controls} from '../engine/controls.js';
import type {Verb} from '../engine/verb.js';
import {type DiagnosticEntry, diagnosticRegistry} from '../scenario/diagnostic-codes.js';
import {describeType} from '../scenario/expression-messages.js';
import {expressionFunctions, expressionLimits, refusedFunctions} from '../scenario/expression-reference.js';
import {CONTEXTS, ENUMERATIONS, RECORDS, type Shape, type Variable} from '../scenario/expression-types.js';
import {scenarioJsonSchema} from '../scenario/json-schema.js';
import type {Scenario} from '../scenario/schema.js';
import {escaped} from './markdown.js';

/** What is read of a JSON Schema (draft 7). */
interface Schema {
	readonly type?: string;
	readonly description?: string;
	readonly title?: string;
	readonly default?: unknown;
	readonly const?: unknown;
	readonly enum?: readonly unknown[];
	readonly anyOf?: readonly Schema[];
	readonly items?: Schema;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly additionalProperties?: Schema | boolean;
	readonly required?: readonly string[];
	readonly minimum?: number;
	readonly maximum?: number;
	readonly maxLength?: number;
	readonly maxItems?: number;
}

/** A table whose columns are in line, as the formatter of this project writes them. */
function table(header: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
	const widths = header.map((title, column) => Math.max(3, stringWidth(title), ...rows.map(row => stringWidth(row[column] ?? ''))));
	const pad = (text: string, column: number) => text + ' '.repeat(widths[column]! - stringWidth(text));
	const line = (cells: readonly string[]) => `| ${cells.map(pad).join(' | ')} |`;
	return [line(header), `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line), ''];
}

/** Prose in a cell; words in code letters stay so. */
const inTable = (text: string) => text.replaceAll('\n', ' ').replace(/[|*<]/g, '\\$&');
const coded = (text: string) => `\`${text}\``;

/** The kind of value a field takes, in words. */
function kindOf(schema: Schema): string {
	if (schema.const !== undefined) return coded(String(schema.const));
	if (schema.enum) return schema.enum.map(value => coded(String(value))).join(', ');
	if (schema.anyOf) return [...new Set(schema.anyOf.map(kindOf))].join(', or ');
	if (schema.title !== undefined) return schema.title;
	switch (schema.type) {
		case 'integer':
		case 'number': {
			const kind = schema.type === 'integer' ? 'whole number' : 'number';
			if (schema.minimum === undefined || schema.maximum === undefined) return kind;
			return `${kind}, ${schema.minimum} to ${schema.maximum}`;
		}
		case 'boolean':
			return '`true`, `false`';
		case 'array':
			return `list of ${kindOf(schema.items ?? {})}${schema.maxItems === undefined ? '' : `, at most ${schema.maxItems}`}`;
		case 'object':
			return 'mapping';
		default:
			return 'text';
	}
}

function defaultOf(schema: Schema, isRequired: boolean): string {
	if (isRequired) return 'required';
	if (schema.default === undefined) return '';
	const text = typeof schema.default === 'object' ? JSON.stringify(schema.default) : String(schema.default);
	// What is filled in for a whole mapping stands with its own fields.
	return text.length > 24 || ['{}', '[]', ''].includes(text) ? '' : coded(text);
}

/** The fields below a schema, each with its path; `ID` stands for a name of the author's own. */
function fieldsOf(schema: Schema, path: string): string[][] {
	const rows = (own: Schema, at: string): string[][] =>
		Object.entries(own.properties ?? {}).flatMap(([name, field]) => {
			const below = at === '' ? name : `${at}.${name}`;
			const row = [coded(below), kindOf(field), defaultOf(field, own.required?.includes(name) ?? false), inTable(field.description ?? '')];
			return [row, ...fieldsOf(field, below)];
		});
	const entries = schema.additionalProperties;
	const nested = typeof entries === 'object' ? entries : undefined;
	return [
		...rows(schema, path),
		...(nested ? entryRow(nested, `${path}.ID`) : []),
		...(schema.items?.properties ? rows(schema.items, `${path}[]`) : []),
		...(schema.anyOf ?? []).flatMap(each => (each.properties ? rows(each, path) : [])),
	];
}

function entryRow(entry: Schema, path: string): string[][] {
	const row = [coded(path), kindOf(entry), '', inTable(entry.description ?? '')];
	return [row, ...fieldsOf(entry, path)];
}

function fields(): string {
	const schema = scenarioJsonSchema() as Schema;
	const head = ['field', 'value', 'default', 'what it is'];
	return table(head, fieldsOf(schema, '')).join('\n');
}

function shapeOf(shape: Shape): string {
	switch (shape.kind) {
		case 'plain':
			return describeType(shape.type);
		case 'record':
			return shape.record;
		case 'list':
			return `list of ${shape.record}`;
		case 'words':
			return 'list of texts';
		case 'map':
			return `${shape.record} by id`;
	}
}

const contexts = {
	policy: 'Rules and exceptions of the policy',
	game: 'Injects and objectives',
	playbook: "The attackers' playbook",
	test: 'Expectations of tests',
} as const satisfies Record<keyof typeof CONTEXTS, string>;

function expressions(): string {
	const common: Readonly<Record<string, Variable>> = CONTEXTS.game;
	const parts = Object.entries(contexts).flatMap(([name, title]) => {
		const variables: Readonly<Record<string, Variable>> = CONTEXTS[name as keyof typeof CONTEXTS];
		const own = Object.entries(variables).filter(([key]) => name === 'game' || name === 'policy' || common[key] === undefined);
		const rows = own.map(([key, {shape, about}]) => [coded(key), shapeOf(shape), inTable(about)]);
		const also = name === 'playbook' || name === 'test' ? ['All that injects can speak of, and:', ''] : [];
		return [`#### ${title}`, '', ...also, ...table(['name', 'what it is', 'what it says'], rows)];
	});
	const records = Object.entries(RECORDS).flatMap(([name, record]) => [
		`#### ${name}`,
		'',
		...table(
			['field', 'what it is', 'what it says'],
			Object.entries(record).map(([key, {type, about}]) => [coded(key), describeType(type), inTable(about)]),
		),
	]);
	const words = Object.entries(ENUMERATIONS).map(
		([name, values]) => `- ${coded(name)}: ${values.map(value => coded(`${name}.${value}`)).join(', ')}`,
	);
	return [
		...parts,
		...records,
		'#### Words',
		'',
		'Write them like this, or as a text in quotes; a misspelt one is an error either way.',
		'',
		...words,
		'',
		'#### Functions',
		'',
		...table(
			['function', 'what it gives'],
			expressionFunctions.map(({form, about}) => [coded(form), inTable(about)]),
		),
		'#### What is refused',
		'',
		...table(
			['name', 'why'],
			refusedFunctions.map(({name, why}) => [coded(name), inTable(why)]),
		),
		...expressionLimits.map(limit => `- ${limit}`),
	].join('\n');
}

function price({cost: [low, high]}: Verb): string {
	return low === high ? String(low) : `${low} to ${high}`;
}

function recorded({evidence}: Verb): string {
	return evidence === undefined ? '' : `${evidence.kind} (${evidence.station}, ${evidence.level}${evidence.loud ? ', loud' : ''})`;
}

function verbs(side: 'operators' | 'attackers'): string {
	const isAttack = side === 'attackers';
	return table(
		['move', 'points', 'what it does', 'what it needs', 'what is recorded', ...(isAttack ? ['stopped or exposed by'] : [])],
		catalogue
			.filter(verb => verb.side === side)
			.map(verb => [
				coded(usage(verb)),
				price(verb),
				inTable(verb.does),
				inTable(verb.needs),
				recorded(verb),
				...(isAttack ? [inTable(verb.stoppedBy ?? '')] : []),
			]),
	).join('\n');
}

function world(): string {
	return table(
		['line', 'what is true', 'what is recorded'],
		catalogue.filter(verb => verb.side === 'world').map(verb => [coded(`world: ${usage(verb)}`), inTable(verb.does), recorded(verb)]),
	).join('\n');
}

function controlTable(): string {
	return table(
		['control', 'what it checks', 'what it costs while it is on', 'where not named'],
		controls.map(({id, checks, price: costs, standard = 'off'}) => [coded(id), inTable(checks), inTable(costs), standard]),
	).join('\n');
}

/** Every diagnostic by gravity, with the shortest wrong example. */
function diagnostics(): string {
	const entries: ReadonlyArray<readonly [string, DiagnosticEntry]> = Object.entries(diagnosticRegistry);
	const titles = {error: 'Errors', warning: 'Warnings', note: 'Notes'} as const;
	return (['error', 'warning', 'note'] as const)
		.flatMap(severity => [
			`### ${titles[severity]}`,
			'',
			...table(
				['code', 'what it means', 'what to do', 'for example'],
				entries
					.filter(([, entry]) => entry.severity === severity)
					.map(([code, {means, fix, wrong}]) => [coded(code), inTable(means), inTable(fix), example(wrong)]),
			),
		])
		.join('\n');
}

/** A piece of a file in code letters; its lines are parted by a sign, because a cell has one line. */
function example(wrong: string): string {
	const line = wrong.replaceAll('\n', ' ⏎ ').replaceAll('\t', '→').trim();
	const fence = line.includes('`') ? '``' : '`';
	return line === '' ? '' : `${fence}${line.replaceAll('|', '\\|')}${fence}`;
}

/** A row for each shipped scenario: what it is about, and how long it takes. */
function shippedTable(shipped: readonly Scenario[]): string {
	return table(
		['scenario', 'what it is about', 'parties', 'turns', 'minutes', 'worlds'],
		shipped.map(({id, title, summary = '', parties, threshold, turns, minutes, worlds}) => [
			coded(id),
			`**${escaped(title)}.** ${escaped(/^.*?[.!?](?=\s|$)/s.exec(summary)?.[0] ?? summary)}`,
			`${threshold} of ${Object.values(parties).filter(({holds}) => holds).length}`,
			String(turns),
			String(minutes),
			String(Object.keys(worlds).length),
		]),
	).join('\n');
}

/** The parts by the name in their marks. */
export function guideParts(shipped: readonly Scenario[]): Readonly<Record<string, string>> {
	return {
		shipped: shippedTable(shipped),
		fields: fields(),
		expressions: expressions(),
		operators: verbs('operators'),
		attackers: verbs('attackers'),
		world: world(),
		controls: controlTable(),
		diagnostics: diagnostics(),
	};
}

/**
 * Writes parts between their marks, `<!-- generated: NAME -->` and `<!-- end of NAME -->`.
 * @throws {Error} for a part without marks and marks without a part.
 */
export function withParts(guide: string, parts: Readonly<Record<string, string>>): string {
	const left = new Set(Object.keys(parts));
	const written = guide.replace(
		/(<!-- generated: ([a-z-]+) -->\n)[\s\S]*?(<!-- end of \2 -->)/g,
		(_, begin: string, name: string, end: string) => {
			const part = parts[name];
			if (part === undefined) throw new Error(`the guide has a mark for "${name}", and nothing makes that part`);
			left.delete(name);
			return `${begin}\n${part.trim()}\n\n${end}`;
		},
	);
	if (left.size > 0) throw new Error(`the guide has no marks for ${[...left].join(', ')}`);
	return written;
}
