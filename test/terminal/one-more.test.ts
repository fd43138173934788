/** The equation that one more capture completes is Lagrange's, in every suite that is played. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {lagrange} from '../../source/sharing/polynomial.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {plainText} from '../../source/terminal/lines.js';
import {keyEquation, oneMore} from '../../source/terminal/loot/one-more.js';
import {themeOf} from '../../source/terminal/theme.js';
import {exposureRows} from '../../source/terminal/views/exposure.js';
import {view} from './fixture.js';

test('coefficients are those that interpolate the key', () => {
	const {scalars} = suiteOf('glass');
	const indexes = fc.uniqueArray(fc.integer({min: 1, max: 9}), {minLength: 2, maxLength: 5}).map(found => found.sort((a, b) => a - b));
	fc.assert(
		fc.property(indexes, found => {
			const text = keyEquation(found);
			const terms = [...text.matchAll(/(^k = -|- |\+ |= )(?:(\d+)(?:\/(\d+))?\*)?s(\d+)/g)];
			expect(terms.map(([, , , , index]) => Number(index))).toEqual(found);
			for (const [, sign = '', above = '1', below = '1', index] of terms) {
				const size = scalars.mul(scalars.create(BigInt(above)), scalars.inv(scalars.create(BigInt(below))));
				expect(sign.includes('-') ? scalars.neg(size) : size).toBe(lagrange(scalars, found, Number(index)));
			}
		}),
	);
	expect(keyEquation([1, 3])).toBe('k = 3/2*s1 - 1/2*s3 mod q');
});

test('says what is still missing, and nothing once the key is there', () => {
	const share = {party: 'ada', index: 1, epoch: view.epoch, turn: 2, how: 'steal-share party=ada', share: 'aa'};
	const loot = {attempts: [], summary: '', orders: [], machines: []};
	const [first] = oneMore({...view, threshold: 2, loot: {...loot, shares: []}});
	expect(first?.gives).toBe('1 of 2 points: any key still fits');
	const next = oneMore({...view, threshold: 2, loot: {...loot, shares: [share]}});
	expect(next.map(({what}) => what)).not.toContain("ada's share");
	expect(next.find(({what}) => what === "chi's share")).toMatchObject({gives: 'k = 3/2*s1 - 1/2*s3 mod q', isEnough: true});
	expect(oneMore({...view, threshold: 2, loot: {...loot, shares: [share, {...share, party: 'chi', index: 3}]}})).toEqual([]);
});

test('an epoch in one row of a pane, by a narrower bar where many hold a share', () => {
	const many = {
		...view,
		side: 'attackers',
		threshold: 5,
		exposure: [],
		loot: {attempts: [], summary: '', orders: [], machines: [], shares: []},
	} as const;
	const row = (parties: typeof view.parties, width: number) =>
		plainText(exposureRows({...many, parties}, themeOf('none', true), width)[0] ?? []);
	const [party] = view.parties;
	const nine = Array.from({length: 9}, () => party!);
	expect(row(view.parties, 60)).toBe(`epoch ${view.epoch}  . . . . . |   0 of 3, 5 make the key  5 short`);
	expect(row(nine, 60)).toBe(`epoch ${view.epoch}  .....|....  0 of 9, 5 make the key  5 short`);
	expect(row(nine, 40)).toBe(`epoch ${view.epoch}  .....|....  0 of 9  5 short`);
});
