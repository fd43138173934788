/**
 * A scenario's file with one of its worlds left, other controls and other tests: comments, order and everything else stay as they are. Conditions on
 * the worlds that are gone (who must be served, who is told what) are written down as they hold in the one that is left.
 */
import {type Document, isMap, isScalar, isSeq, type Pair, parseDocument, Scalar, type YAMLMap} from 'yaml';
import {harmless} from './diagnostic.js';
import {type Scenario, textIn} from './schema.js';

export interface OneWorld {
	readonly id: string;
	readonly world: string;
	readonly suite?: Scenario['suite'];
	/** Controls as they are to be documented at the start, besides those of the file. */
	readonly controls?: Readonly<Record<string, 'on' | 'off'>>;
	/** Another deal of the world than the file's. */
	readonly deal?: string;
	readonly tests: ReadonlyArray<{
		readonly name: string;
		readonly world: string;
		readonly seed: string;
		readonly refusals?: 'skip';
		readonly moves: string;
		readonly expect: string;
	}>;
	/** Lines that open the file, as comments. */
	readonly comment: readonly string[];
}

/**
 * Writes the file of one world.
 * @param text the file that `scenario` was loaded from
 */
export function oneWorld(text: string, scenario: Scenario, {id, world, suite, controls = {}, deal, tests, comment}: OneWorld): string {
	const document = parseDocument(text.replace(/^\ufeff/, ''), {version: '1.2', schema: 'core', stringKeys: true, logLevel: 'silent'});
	putId(document, id);
	if (suite !== undefined && suite !== scenario.suite) document.set('suite', suite);
	for (const [name, setting] of Object.entries(controls)) document.setIn(['controls', name], setting);
	const worlds = mapAt(document, ['worlds']);
	for (const name of Object.keys(scenario.worlds)) if (name !== world) worlds?.delete(name);
	unfold(document, []);
	if (deal !== undefined) {
		unfold(document, ['worlds', world]);
		worlds?.setIn([world, 'deal'], block(deal));
	}
	for (const [name, {only, required, legitimate}] of Object.entries(scenario.requests)) {
		const request = mapAt(document, ['requests', name]);
		if (Array.isArray(required)) request?.set('required', required.includes(world));
		if (Array.isArray(legitimate)) request?.set('legitimate', legitimate.includes(world));
		if (only === undefined) continue;
		request?.delete('only');
		if (!only.includes(world)) request?.set('opens', 0);
	}
	for (let index = scenario.injects.length - 1; index >= 0; index--) {
		const {worlds: own, text: said, do: effects} = scenario.injects[index]!;
		const told = textIn(said, world);
		// Without a text and without effects nothing is left of it in this world.
		if ((own !== undefined && !own.includes(world)) || (told === '' && effects === undefined)) {
			document.deleteIn(['injects', index]);
			continue;
		}
		const inject = mapAt(document, ['injects', index]);
		inject?.delete('worlds');
		if (Object.keys(said).some(name => name !== 'default')) {
			const shown = new Scalar(told === '' ? '(nothing is said)' : told);
			inject?.set('text', shown);
		}
	}
	if (scenario.injects.length > 0 && (document.getIn(['injects']) as {items?: readonly unknown[]} | undefined)?.items?.length === 0)
		document.delete('injects');
	document.set(
		'tests',
		document.createNode(
			tests.map(({name, world: own, seed, refusals, moves, expect}) => ({
				name,
				world: own,
				seed,
				...(refusals === undefined ? {} : {refusals}),
				moves: block(moves),
				expect,
			})),
		),
	);
	quoteWords(document);
	// The line that editors read names a file that is not beside this one.
	const own = document
		.toString({lineWidth: 0, flowCollectionPadding: false, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER})
		.replace(/^# yaml-language-server:.*\n/m, '')
		.trimStart();
	return [...comment.map(line => `# ${harmless(line)}`.trimEnd()), '', own].join('\n');
}

/** The id stands in its file from now on, since the file's name is another: below the format. */
function putId(document: Document, id: string): void {
	if (document.has('id') || !isMap(document.contents)) document.set('id', id);
	else document.contents.items.splice(1, 0, document.createPair('id', id) as Pair<never, never>);
}

function mapAt(document: Document, path: readonly (string | number)[]): YAMLMap | undefined {
	const node = document.getIn(path, true);
	return isMap(node) ? node : undefined;
}

/** Writes what is in braces on the way to a path as lines: a block of text has no place in braces, and a file may be JSON as well. */
function unfold(document: Document, path: readonly string[]): void {
	for (let length = 0; length <= path.length; length++) {
		const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
		if (isMap(node) || isSeq(node)) node.flow = false;
	}
}

function block(text: string): Scalar<string> {
	const scalar = new Scalar(text);
	scalar.type = Scalar.BLOCK_LITERAL;
	return scalar;
}

/** Seeds and names that YAML would read as numbers or as true are written in quotes by the library; so is what it would read as a comment. */
function quoteWords(document: Document): void {
	const tests = document.get('tests');
	if (!isSeq(tests)) return;
	for (const each of tests.items) {
		if (!isMap(each)) continue;
		for (const {key, value} of each.items)
			if (isScalar(key) && isScalar(value) && ['name', 'seed', 'expect'].includes(String(key.value))) value.type = Scalar.QUOTE_DOUBLE;
	}
}
