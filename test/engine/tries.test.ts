import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Move} from '../../source/engine/move.js';
import {firstMove, tryMoves} from '../../source/engine/tries.js';
import type {Verb} from '../../source/engine/verb.js';

const verb = {name: 'sign'} as Verb;
const choices = (name: string) =>
	fc.uniqueArray(fc.constantFrom(undefined, 'ada', 'ben', 'chi'), {maxLength: 4}).map(values => ({name, values: () => values}));
const words = fc.record({
	objects: fc.uniqueArray(fc.constantFrom(undefined, 'payroll', 'tax'), {maxLength: 3}),
	parameters: fc.tuple(choices('party'), choices('basis'), choices('depth')),
});
/** Rules that look at one word after the other, in any order, and refuse some of its values. */
const rules = fc.array(
	fc.tuple(fc.constantFrom('object', 'party', 'basis', 'depth'), fc.constantFrom(undefined, 'payroll', 'ada', 'ben')),
	{
		maxLength: 5,
	},
);

const textOf = ({object, args}: Move) => `${object} ${args.party} ${args.basis} ${args.depth}`;

test('no legal move is missed and none is added, whatever the rules looked at', () => {
	fc.assert(
		fc.property(words, rules, ({objects, parameters}, refused) => {
			let asked = 0;
			const isLegal = (move: Move) => {
				asked += 1;
				return !refused.some(([word, value]) => (word === 'object' ? move.object : move.args[word]) === value);
			};
			const legal: string[] = [];
			tryMoves(verb, {objects, parameters}, isLegal, move => {
				legal.push(textOf(move));
				return 'go on';
			});
			const asked1 = asked;
			const all = objects.flatMap(object =>
				parameters[0].values().flatMap(party =>
					parameters[1].values().flatMap(basis =>
						parameters[2].values().map((depth): Move => {
							const args: Record<string, string> = {};
							for (const [name, value] of Object.entries({party, basis, depth})) if (value !== undefined) args[name] = value;
							return {verb: 'sign', ...(object === undefined ? {} : {object}), args};
						}),
					),
				),
			);
			expect(legal).toEqual(all.filter(isLegal).map(textOf));
			const first = firstMove(verb, {objects, parameters});
			expect(first && textOf(first)).toBe(all[0] && textOf(all[0]));
			expect(asked1).toBeLessThanOrEqual(all.length);
		}),
		{numRuns: 300},
	);
});

test('a refusal that read the party alone is not asked again for each basis', () => {
	const asked: string[] = [];
	tryMoves(
		verb,
		{
			objects: ['payroll'],
			parameters: [
				{name: 'party', values: () => ['ada', 'ben']},
				{name: 'basis', values: () => ['display', 'digest']},
			],
		},
		({args}) => {
			asked.push(args.party ?? '');
			return args.party !== 'ada';
		},
		() => 'go on',
	);
	expect(asked).toEqual(['ada', 'ben', 'ben']);
});

test('whoever lists the words of a move has read them all', () => {
	let asked = 0;
	tryMoves(
		verb,
		{objects: [undefined], parameters: [{name: 'party', values: () => ['ada', 'ben']}]},
		({args}) => {
			asked += 1;
			return Object.keys(args).length === 0;
		},
		() => 'go on',
	);
	expect(asked).toBe(2);
});

test('what stands instead of another word is left out beside it', () => {
	const made: string[] = [];
	tryMoves(
		verb,
		{
			objects: [undefined],
			parameters: [
				{name: 'party', values: () => [undefined, 'ada']},
				{name: 'control', values: () => [undefined, 'echo'], insteadOf: 'party'},
				{name: 'depth', values: () => [undefined, 'full'], insteadOf: 'control'},
			],
		},
		({args}) => args.party !== undefined || args.control !== undefined,
		({args}) => {
			made.push(Object.values(args).join(' '));
			return 'go on';
		},
	);
	expect(made).toEqual(['echo', 'ada', 'ada full']);
});
