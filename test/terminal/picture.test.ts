import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {PictureView} from '../../source/engine/view.js';
import {plainText} from '../../source/terminal/lines.js';
import {pictureLines} from '../../source/terminal/picture/picture.js';
import {order, through, toyValue} from '../../source/terminal/picture/small-field.js';
import {themeOf} from '../../source/terminal/theme.js';

const text = (picture: PictureView): string => pictureLines(picture, 80, themeOf('none', true)).lines.map(plainText).join('\n');
const polynomial = (threshold: number, known: ReadonlyArray<readonly [index: number, epoch: number]>): string =>
	text({kind: 'polynomial', threshold, holders: 5, known: known.map(([index, epoch]) => ({index, epoch}))});

/** The marks above x = 0, from the top. */
const keys = (drawing: string): string[] => drawing.split('\n').flatMap(line => /^ +(?:share +)?\d+ \| {2}(.)/.exec(line)?.[1] ?? []);

describe('the small field', () => {
	test('threshold many toy shares of an epoch interpolate to the secret, whichever they are', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 2, max: 9}),
				fc.integer({min: 0, max: 30}),
				fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8, 9], {minLength: 9}),
				(threshold, epoch, xs) => {
					const points = xs.slice(0, threshold).map(x => ({x, y: toyValue(5, threshold, epoch, x)}));
					expect(through(points, 0)).toBe(5);
				},
			),
			{numRuns: 60},
		);
	});
});

describe('shares and the key', () => {
	test('one point short, every key is still possible, and the picture shows all of them', () => {
		const drawing = polynomial(3, [
			[1, 1],
			[4, 1],
		]);
		expect(keys(drawing)).toHaveLength(order);
		expect(keys(drawing)).not.toContain('.');
		expect(keys(drawing)).not.toContain('K');
		expect(drawing.replace(/\s+/g, ' ')).toContain('every key is still possible');
	});

	test('with the threshold there is one key', () => {
		const marks = keys(
			polynomial(3, [
				[1, 1],
				[4, 1],
				[5, 1],
			]),
		);
		expect(marks.filter(mark => mark === 'K')).toHaveLength(1);
		expect(marks.filter(mark => mark !== '.')).toHaveLength(1);
	});

	test('points of different epochs meet x = 0 beside the key', () => {
		const drawing = polynomial(2, [
			[1, 1],
			[2, 2],
		]);
		expect(
			keys(drawing)
				.filter(mark => mark === 'K' || mark === 'w')
				.sort(),
		).toEqual(['K', 'w']);
		expect(drawing).toContain('do not make the key');
	});

	test('nine parties fit eighty columns', () => {
		const known = Array.from({length: 8}, (_, index) => ({index: index + 1, epoch: 1}));
		const {lines} = pictureLines({kind: 'polynomial', threshold: 9, holders: 9, known}, 63, themeOf('none', true));
		for (const line of lines) expect(plainText(line).trimEnd().length).toBeLessThanOrEqual(63);
	});
});

describe('nonces used more than once', () => {
	const marks = (equations: number, unknowns: number, mark: string): number =>
		text({kind: 'candidates', equations, unknowns}).split('\n').slice(0, order).join('').split(mark).length - 1;

	test('two answers leave a line of candidates, one for each share; three leave one', () => {
		expect(marks(2, 3, 'o')).toBe(order);
		expect(marks(3, 3, 'S')).toBe(1);
		expect(marks(1, 3, '?')).toBe(order * order);
	});

	test('with a stuck generator two answers suffice', () => {
		expect(marks(1, 2, 'o')).toBe(order);
		expect(marks(2, 2, 'S')).toBe(1);
	});
});
