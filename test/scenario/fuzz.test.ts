import fc from 'fast-check';
import {expect, it} from 'vitest';
import {stringify} from 'yaml';
import {formatDiagnostic} from '../../source/scenario/diagnostic.js';
import {createVocabulary} from '../../source/scenario/expression.js';
import {load, SAMPLE, SHORT} from './files.js';

/** Whatever a text holds: a scenario or an error, never both, and each finding at a place that exists and safe to show. */
function expectAnswer(text: string): void {
	const {scenario, diagnostics} = load(text);
	const lines = text.replace(/^\ufeff/, '').split('\n');
	expect(scenario === undefined).toBe(diagnostics.some(({severity}) => severity === 'error'));
	for (const diagnostic of diagnostics) {
		const {line, column} = diagnostic;
		expect(line).toBeGreaterThanOrEqual(1);
		expect(line).toBeLessThanOrEqual(lines.length);
		expect(column).toBeGreaterThanOrEqual(1);
		expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
		expect(formatDiagnostic(diagnostic)).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
	}
}

it('answers random bytes', () => {
	fc.assert(fc.property(fc.uint8Array({maxLength: 300}), bytes => expectAnswer(new TextDecoder().decode(bytes))));
});

it('answers random text made of what YAML knows', () => {
	const piece = fc.constantFrom(
		...'a: |-|  |\n|\n  |- |[|]|{|}|,|: |"|\'|#| #|&a |*a|!t |? |>|%|---|\n...|@|0123|__proto__: |<<: |format: 1\n|title: x\n|\t|~'.split(
			'|',
		),
		'|',
	);
	fc.assert(
		fc.property(fc.array(piece, {maxLength: 40}), pieces => expectAnswer(pieces.join(''))),
		{numRuns: 500},
	);
});

it('answers random YAML', () => {
	fc.assert(
		fc.property(fc.object({maxDepth: 4, withNullPrototype: true, withBoxedValues: false}), value => expectAnswer(stringify(value))),
	);
});

it('answers a scenario with random values at its keys', () => {
	const keys = [
		'parties',
		'requests',
		'worlds',
		'injects',
		'policy',
		'tests',
		'unlock',
		'controls',
		'objectives',
		'logging',
		'verbs',
		'shuffle',
		'attackers',
		'__proto__',
		'constructor',
	];
	const property = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({maxDepth: 4}), {maxKeys: 4});
	fc.assert(fc.property(property, value => expectAnswer(`${SHORT.split('\n').slice(0, 2).join('\n')}\n${stringify(value)}`)));
});

it('answers a good file after any small change', () => {
	const change = fc.record({
		at: fc.nat(SAMPLE.length - 1),
		cut: fc.nat(12),
		put: fc.oneof(
			fc.string({maxLength: 6}),
			fc.constantFrom('\n', '  ', '"', ': ', ' #', '- ', '!', '&', '*', '\t', '{', '\x1b', '\ud800'),
		),
	});
	fc.assert(
		fc.property(change, ({at, cut, put}) => expectAnswer(SAMPLE.slice(0, at) + put + SAMPLE.slice(at + cut))),
		{numRuns: 300},
	);
});

it('answers random expressions, and evaluates what compiles without throwing', () => {
	const vocabulary = createVocabulary({parties: ['ada', 'ben'], requests: ['payroll', 'late-fee'], domains: ['office']});
	const word = fc.constantFrom(
		'turn',
		'facts',
		'.amount',
		'approvals',
		'.exists(a, ',
		'.all(b, ',
		'a.basis',
		'==',
		'!=',
		'"x"',
		'"ada"',
		'in',
		'signers',
		'[',
		']',
		'(',
		')',
		'&&',
		'||',
		'!',
		'-',
		'1',
		'0',
		'2.5',
		'/',
		'*',
		'?',
		':',
		',',
		'null',
		'true',
		'basis',
		'.digest',
		'size(',
		'"',
		"'",
		'\\',
		'{',
		'}',
		'r"',
		'b"',
		'int',
		'cel',
		'dyn(',
		'a',
		'.map(x, ',
		'99999999999999999999',
	);
	fc.assert(
		fc.property(
			fc.oneof(
				fc.array(word, {maxLength: 14}).map(words => words.join(' ')),
				fc.string({unit: 'binary', maxLength: 30}),
			),
			text => {
				const compiled = vocabulary.compile(text, 'policy');
				if (compiled.ok) {
					const values = {
						facts: {request: 'payroll', by: 'a', to: 'b', title: 'c', amount: 1},
						approvals: [],
						signers: [],
						threshold: 2,
						turn: 1,
						epoch: 0,
					};
					const result = compiled.evaluate(values);
					expect(typeof (result.ok ? result.value : result.message)).toBe(result.ok ? 'boolean' : 'string');
				} else {
					expect(compiled.diagnostics.length).toBeGreaterThan(0);
					for (const {offset, message} of compiled.diagnostics) {
						expect(message).not.toBe('');
						expect(offset).toBeGreaterThanOrEqual(0);
						expect(offset).toBeLessThanOrEqual(text.length);
					}
				}
			},
		),
		{numRuns: 2000},
	);
});
