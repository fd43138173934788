import fc from 'fast-check';
import {expect, it} from 'vitest';
import {createVocabulary} from '../../source/scenario/expression.js';
import {number} from '../../source/scenario/expression-ranges.js';

const domains = ['office', 'cloud'];
const parties = ['ada', 'ben', 'chi'];
const vocabulary = createVocabulary({parties, requests: ['payroll'], domains});

const small = fc.integer({min: 0, max: 6});
const compared = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const figure = fc.oneof(
	small.map(String),
	fc.constantFrom('turn', 'threshold', 'facts.amount', 'size(approvals)', 'approvals.filter(a, a.turn > 1).size()', '-turn', 'turn * 2'),
	fc.tuple(small, fc.constantFrom('+', '-')).map(([n, sign]) => `(turn ${sign} ${n})`),
	fc.tuple(small, small).map(([a, b]) => `(frozen_ ? ${a} : ${b})`.replace('frozen_', 'turn > 2')),
);
const simple = fc.oneof(
	fc.tuple(figure, compared, figure).map(parts => parts.join(' ')),
	fc.constantFrom('true', 'false', 'facts.to == "acme"', '"ada" in signers', 'facts.request in ["payroll"]', 'basis.digest == "digest"'),
	fc
		.tuple(fc.constantFrom('all', 'exists', 'exists_one'), compared, small)
		.map(([macro, op, n]) => `approvals.${macro}(a, a.turn ${op} ${n})`),
	fc
		.tuple(fc.constantFrom('all', 'exists'), fc.constantFrom(...domains))
		.map(([macro, domain]) => `approvals.${macro}(a, a.domain == "${domain}")`),
);
const {condition} = fc.letrec<{condition: string}>(tie => ({
	condition: fc.oneof(
		{maxDepth: 3, depthIdentifier: 'condition'},
		simple,
		fc.tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition')).map(parts => `(${parts.join(' ')})`),
		tie('condition').map(inner => `!(${inner})`),
		fc.tuple(tie('condition'), tie('condition'), tie('condition')).map(([a, b, c]) => `((${a}) ? ${b} : ${c})`),
	),
}));
const approval = fc.record({
	party: fc.constantFrom(...parties),
	custodian: fc.constant('Mara'),
	domain: fc.constantFrom(...domains),
	basis: fc.constantFrom('display', 'digest'),
	turn: small,
});
const values = fc.record({
	facts: fc.record({
		request: fc.constant('payroll'),
		by: fc.constant('finance'),
		to: fc.constantFrom('acme', 'eve'),
		title: fc.constant(''),
		amount: small,
	}),
	approvals: fc.array(approval, {maxLength: 3}),
	signers: fc.subarray(parties),
	threshold: fc.constant(2),
	turn: fc.integer({min: 1, max: 4}),
	epoch: fc.constant(1),
});

it('never rules out what happens', () => {
	fc.assert(
		fc.property(condition, values, (text, given) => {
			const compiled = vocabulary.compile(text, 'policy');
			if (!compiled.ok) throw new Error(`${text}: ${compiled.diagnostics[0]?.message}`);
			const result = compiled.evaluate(given);
			if (!result.ok) throw new Error(result.message);
			const {canBeTrue, canBeFalse} = compiled.possible({turn: number(1, 4), threshold: number(2, 2)});
			expect(result.value ? canBeTrue : canBeFalse).toBe(true);
		}),
		{numRuns: 400},
	);
});

it.each([
	['turn > 4', false, true],
	['turn >= 1', true, false],
	['turn == 0', false, true],
	['turn + 1 > 5', false, true],
	['turn * 0 == 1', true, true],
	['turn > 9 && facts.amount > 5.0', false, true],
	['turn > 9 || facts.amount > 5.0', true, true],
	['!(turn > 9)', true, false],
	['turn > 9 ? true : threshold == 2', true, false],
	['size(approvals) >= 0', true, false],
	['approvals.filter(a, turn > 9).size() > 0', false, true],
	['approvals.map(a, a.turn).size() < 0', false, true],
	['approvals.exists(a, turn > 9)', false, true],
	['approvals.all(a, turn < 9)', true, false],
	['basis.digest in ["digest", "callback"]', true, false],
	['basis.digest == "display"', false, true],
])('%s', (text, canBeTrue, canBeFalse) => {
	const compiled = vocabulary.compile(text, 'policy');
	expect(compiled.ok && compiled.possible({turn: number(1, 4), threshold: number(2, 2)})).toEqual({canBeTrue, canBeFalse});
});
