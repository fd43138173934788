/** The parts of an expression, with their values. */
import {expect, test} from 'vitest';
import {createVocabulary} from '../../source/scenario/expression.js';
import {explainExpression, firstToFail, type Part} from '../../source/scenario/expression-parts.js';

const vocabulary = createVocabulary({parties: ['mara'], requests: ['payroll']});
const request = {
	open: true,
	approved: false,
	signed: false,
	released: false,
	final: false,
	denied: false,
	expired: false,
	due: 4,
	opened: 1,
	signed_at: 0,
	final_at: 0,
	amount: 800,
	to: 'staff (all)',
};
const output = {request: 'payroll', authorised: true, final: false, turn: 2, to: 'eve', amount: 1};
const values = {
	turn: 3,
	turns: 6,
	threshold: 2,
	frozen: false,
	stolen: 0,
	requests: {payroll: request},
	outputs: [output, {...output, authorised: false}],
	parties: {mara: {reachable: true, isolated: false, share_ok: true, holds: true, epoch: 1, old_shares: 0, suspected: false}},
	outcome: 'open',
} as const;

const explain = (text: string): Part => explainExpression(text, 'test', vocabulary, values as never);
const flat = (part: Part): [string, unknown][] => [[part.text, part.value ?? part.problem], ...part.parts.flatMap(flat)];

test('both sides of logic and comparison, without literals', () => {
	expect(flat(explain('turn + 1 > threshold * 3 && !(frozen || payroll.open)'))).toEqual([
		['turn + 1 > threshold * 3 && !(frozen || payroll.open)', false],
		['turn + 1 > threshold * 3', false],
		['turn + 1', 4],
		['turn', 3],
		['threshold * 3', 6],
		['threshold', 2],
		['!(frozen || payroll.open)', false],
		['frozen || payroll.open', true],
		['frozen', false],
		['payroll.open', true],
	]);
});

test('parentheses around a part and in a text do not confuse it', () => {
	expect(flat(explain('(turn == 3 && (stolen == 0)) && payroll.to == "staff (all)" && (turn * (turns - 1)) == 15'))).toEqual([
		['(turn == 3 && (stolen == 0)) && payroll.to == "staff (all)" && (turn * (turns - 1)) == 15', true],
		['turn == 3', true],
		['turn', 3],
		['stolen == 0', true],
		['stolen', 0],
		['payroll.to == "staff (all)"', true],
		['payroll.to', 'staff (all)'],
		['(turn * (turns - 1)) == 15', true],
		['turn * (turns - 1)', 15],
		['turn', 3],
		['turns - 1', 5],
		['turns', 6],
	]);
});

test('a list tells entry by entry, those that decide first', () => {
	const {parts} = explain('outputs.all(o, o.authorised)');
	expect(parts.slice(1).map(({text, value}) => [text, value])).toEqual([
		['o.authorised, for o = outputs[1]', false],
		['o.authorised, for o = outputs[0]', true],
	]);
	expect(flat(explain('parties.exists(p, !parties[p].reachable)')).slice(2)).toEqual([['!parties[p].reachable, for p = "mara"', false]]);
});

test('the first conjunct that fails', () => {
	expect(firstToFail(explain('turn == 3 && (stolen == 0 && frozen) && payroll.final')).text).toBe('frozen');
	expect(firstToFail(explain('frozen || payroll.final')).text).toBe('frozen || payroll.final');
});
