import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {catalogue, parseMove, print} from '../../source/engine/catalogue.js';
import {NotationError, parseNotation, printMove} from '../../source/engine/move.js';
import type {Parameter, Verb} from '../../source/engine/verb.js';
import {Play} from './play.js';

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/);
const text = fc.string({unit: 'grapheme', maxLength: 20});
const names = {parties: ['ada', 'ben', 'chi'], requests: ['payroll', 'vendor']};

/** A value that a parameter takes. */
function valuesOf({kind}: Parameter): fc.Arbitrary<string> {
	switch (kind) {
		case 'party':
			return fc.constantFrom(...names.parties);
		case 'parties':
			return fc.subarray(names.parties, {minLength: 1}).map(parties => parties.join(','));
		case 'machine':
			return fc.constantFrom(...names.parties, 'coordinator', 'log');
		case 'request':
			return fc.constantFrom(...names.requests);
		case 'basis':
			return fc.constantFrom('display', 'digest', 'callback');
		case 'control':
			return fc.constantFrom('bind-payload', 'timelock');
		case 'station':
			return fc.constantFrom('shares', 'transcript');
		case 'level':
			return fc.constantFrom('1', '2');
		case 'depth':
			return fc.constant('full');
		case 'field':
			return fc.constantFrom('z', 'commitments');
		case 'source':
			return fc.constant('backup');
		case 'trace':
			return fc.constantFrom('new-software', 'large-transfer', 'decision');
		case 'line':
		case 'number':
			return fc.integer({min: -999, max: 999}).map(String);
		default:
			return text;
	}
}

const moveOf = (verb: Verb) =>
	fc.record({
		verb: fc.constant(verb.name),
		object:
			verb.object === undefined
				? fc.constant(undefined)
				: verb.object.optional
					? fc.option(valuesOf(verb.object), {nil: undefined})
					: valuesOf(verb.object),
		args: fc
			.tuple(
				...verb.parameters.map(parameter => {
					const value = valuesOf(parameter);
					return fc.tuple(fc.constant(parameter.name), parameter.optional ? fc.option(value, {nil: undefined}) : value);
				}),
			)
			.map(pairs => Object.fromEntries(pairs.filter(([, value]) => value !== undefined)) as Record<string, string>),
	});

describe('notation', () => {
	test('what is printed parses to the same move, whatever the texts hold', () => {
		fc.assert(
			fc.property(word, fc.option(text, {nil: undefined}), fc.dictionary(word, text, {noNullPrototype: true}), (verb, object, args) => {
				const move = {verb, ...(object === undefined ? {} : {object}), args};
				const {columns: _columns, ...parsed} = parseNotation(printMove(move));
				expect(parsed).toEqual(move);
			}),
		);
	});

	test.each(catalogue.map(verb => [verb.side, verb.name, verb] as const))('%s: %s parses, prints and parses again', (side, _name, verb) => {
		fc.assert(
			fc.property(moveOf(verb), move => {
				const line = print(move, side);
				const parsed = parseMove(line, side, names);
				expect(parsed.args).toEqual(move.args);
				expect(parsed.object).toEqual(move.object);
				expect(print(parsed, side)).toBe(line);
			}),
			{numRuns: 20},
		);
	});

	test('any line is a move or a finding with its column, never another error', () => {
		const play = Play.vault().operators();
		const pieces = fc.constantFrom(
			'approve',
			'sign',
			'payroll',
			'party=ada',
			'basis=',
			'"',
			'\\',
			'=',
			' ',
			'constructor=1',
			'__proto__=2',
			'note',
		);
		const line = fc.oneof(
			text,
			fc.array(fc.oneof(pieces, text), {maxLength: 6}).map(parts => parts.join(' ')),
		);
		fc.assert(
			fc.property(line, said => {
				const decided = play.try('operators', said);
				if (decided.ok || decided.column === undefined) return;
				expect(decided.column).toBeGreaterThanOrEqual(1);
				expect(decided.column).toBeLessThanOrEqual(said.length + 1);
			}),
			{numRuns: 200},
		);
	});

	test.each([
		['', 1, 'expected a verb'],
		['approve payroll vendor', 17, 'a move has one'],
		['approve payroll party=ada party=ben', 27, 'given twice'],
		['approve payroll party=ada constructor=1', 27, 'has no "constructor"'],
		['approve payroll party=ada __proto__=1', 27, 'has no "__proto__"'],
		['note "never closed', 6, 'never closed'],
		['approve payroll party=dee basis=display', 17, 'no party here'],
		['approve payroll party=ada', 26, 'needs basis='],
		['implant party=ada', 1, 'a verb of the attackers'],
		['aprove payroll', 1, 'there is no verb "aprove"'],
	])('%j is refused at column %i', (line, column, words) => {
		const error = (() => {
			try {
				parseMove(line, 'operators', names);
				return undefined;
			} catch (thrown) {
				return thrown;
			}
		})();
		expect(error).toBeInstanceOf(NotationError);
		expect(error).toMatchObject({column, message: expect.stringContaining(words)});
	});

	test.each([
		['aprove payroll', 'did you mean "approve"? Help lists all verbs'],
		['frobnicate', 'help lists all verbs'],
		['approve payrol party=ada basis=display', 'did you mean "payroll"? Expected one of payroll, vendor'],
		['approve payroll party=zed basis=display', 'expected one of ada, ben, chi'],
		['approve payroll party=ada basis=digst', 'did you mean "digest"? Expected one of display, digest, callback'],
		['inspect parti=ada', 'did you mean "party"? Write inspect [party=MACHINE] [control=CONTROL] [depth=DEPTH]'],
		['fly', 'help lists all verbs'],
	])('%j is told what was meant, and where the list is', (line, hint) => {
		expect(Play.vault().operators().try('operators', line)).toMatchObject({ok: false, hint});
	});

	test('operators read nothing of a request that nobody has asked for yet, whether it exists or not', () => {
		const play = Play.vault().operators();
		const unasked = Object.values(play.state.requests).find(({opened}) => opened === 0)!.id;
		const said = (id: string) => JSON.stringify(play.try('operators', `call-back ${id}`)).replaceAll(id, 'X');
		expect(said(unasked)).toBe(said('zzzzzz'));
	});

	test('the order of names in a line does not matter, what is journaled is in the order of the catalogue', () => {
		const play = Play.vault().operators('approve payroll basis=display party=ada');
		expect(play.events.filter(({type}) => type === 'move').at(-1)).toMatchObject({text: 'approve payroll party=ada basis=display'});
	});
});
