import {expect, it} from 'vitest';
import {createVocabulary} from '../../source/scenario/expression.js';
import {expressionFunctions, refusedFunctions} from '../../source/scenario/expression-reference.js';
import {CONTEXTS, type ContextName, ENUMERATIONS} from '../../source/scenario/expression-types.js';

const vocabulary = createVocabulary({parties: ['ada'], requests: ['payroll'], computations: ['total'], domains: ['office']});

it('every variable compiles in its context, and every member of an enumeration', () => {
	for (const [name, variables] of Object.entries(CONTEXTS)) {
		for (const variable of Object.keys(variables))
			expect([variable, vocabulary.compileAny(variable, name as ContextName).ok]).toEqual([variable, true]);
		expect(vocabulary.compileAny('nothing_of_the_kind', name as ContextName).ok).toBe(false);
	}
	for (const [name, members] of Object.entries(ENUMERATIONS))
		for (const member of members) expect(vocabulary.compileAny(`${name}.${member}`, 'game').ok).toBe(true);
});

it('every function is explained, in a form that compiles', () => {
	for (const {form, about} of expressionFunctions) {
		expect(about).toMatch(/^\w/);
		for (const each of form.split(', list.').map((part, index) => (index === 0 ? part : `list.${part}`))) {
			const written = each
				.replace('condition', 'x.final')
				.replace(', value)', ', x.amount)')
				.replaceAll('list', 'outputs')
				.replace(/^text/, 'payroll.to')
				.replace('(value)', '(turn)');
			expect([written, vocabulary.compileAny(written, 'game').ok]).toEqual([written, true]);
		}
	}
});

it('what is refused is refused, with the reason', () => {
	for (const {name, why} of refusedFunctions)
		expect(vocabulary.compileAny(`${name}(turn)`, 'game')).toMatchObject({
			ok: false,
			diagnostics: [{code: 'expression-refused', hint: why}],
		});
});
