import {expect, it} from 'vitest';
import {createVocabulary} from '../../source/scenario/expression.js';
import {expressionReference} from '../../source/scenario/expression-reference.js';

const reference = expressionReference();
const vocabulary = createVocabulary({parties: ['ada'], requests: ['payroll'], computations: ['total'], domains: ['office']});

it('says what each name, field and function is, in words', () => {
	const all = [
		...reference.contexts.flatMap(({variables}) => variables),
		...reference.records.flatMap(({fields}) => fields),
		...reference.functions.map(({form, about}) => ({name: form, type: 'a function', about})),
	];
	expect(all.length).toBeGreaterThan(60);
	for (const {name, type, about} of all) {
		expect(`${name}: ${about}`).toMatch(/: \S/);
		expect(`${name}: ${type}`).toMatch(/: (a|true|records|an) /);
	}
});

it('is what compiles: every variable in its context, and nothing that is refused', () => {
	for (const {name, variables} of reference.contexts) {
		for (const variable of variables) expect(vocabulary.compileAny(variable.name, name)).toMatchObject({ok: true});
		expect(vocabulary.compileAny('nothing_of_the_kind', name).ok).toBe(false);
	}
	for (const {name, members} of reference.enumerations)
		for (const member of members) expect(vocabulary.compileAny(`${name}.${member}`, 'game').ok).toBe(true);
	for (const {name} of reference.refused)
		expect(vocabulary.compileAny(`${name}(turn)`, 'game')).toMatchObject({ok: false, diagnostics: [{code: 'expression-refused'}]});
});

it('shows forms that work', () => {
	const forms = reference.functions.flatMap(({form}) => form.split(', list.').map((part, index) => (index === 0 ? part : `list.${part}`)));
	const written = forms.map(form =>
		form
			.replace('condition', 'x.final')
			.replace(', value)', ', x.amount)')
			.replaceAll('list', 'outputs')
			.replace(/^text/, 'payroll.to')
			.replace('(value)', '(turn)'),
	);
	for (const text of written) expect([text, vocabulary.compileAny(text, 'game').ok]).toEqual([text, true]);
});
