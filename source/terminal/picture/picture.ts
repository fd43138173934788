/** The picture of an equation: points and what still fits them, with the same in words for whoever can't see it. */
import type {PictureView} from '../../engine/view.js';
import {type Line, span} from '../lines.js';
import {wrap} from '../text.js';
import type {Role, Theme} from '../theme.js';
import {order, type Point, through, toyValue} from './small-field.js';

type Polynomial = Extract<PictureView, {readonly kind: 'polynomial'}>;
type Candidates = Extract<PictureView, {readonly kind: 'candidates'}>;

/** A picture drawn: rows of cells with their roles, and sentences that say the same. */
interface Drawn {
	readonly title: string;
	readonly rows: readonly Line[];
	readonly words: readonly string[];
}

const secret = 5;
const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** Rows of a grid, highest value first, with an axis below. */
function grid(
	theme: Theme,
	columns: readonly number[],
	labels: {readonly up: string; readonly along: readonly string[]},
	mark: (x: number, y: number) => readonly [text: string, role?: Role],
): Line[] {
	const {bar, rule, corners} = theme.glyphs;
	const wide = columns.length > 8 ? 4 : 5;
	const rows = Array.from({length: order}, (_, index): Line => {
		const y = order - 1 - index;
		return [
			span(`  ${(index === 0 ? labels.up : '').padEnd(7)}${String(y).padStart(2)} ${bar}`, 'dim'),
			...columns.map(x => {
				const [text, role] = mark(x, y);
				return span(`  ${text}`.padEnd(wide), role);
			}),
		];
	});
	return [
		...rows,
		[span(`${' '.repeat(12)}${corners[2]}${rule.repeat(columns.length * wide)}`, 'dim')],
		[span(`${' '.repeat(13)}${labels.along.map(label => label.padStart(3).padEnd(wide)).join('')}`, 'dim')],
	];
}

interface Best {
	readonly epoch: number;
	readonly points: readonly Point[];
}

/** The epoch of which most points are at hand. */
function bestEpoch({known, threshold}: Polynomial): Best {
	const epochs = [...new Set(known.map(({epoch}) => epoch))];
	const all = epochs.map(epoch => ({
		epoch,
		points: [...new Set(known.filter(each => each.epoch === epoch).map(({index}) => index))]
			.filter(index => index > 0)
			.map(index => ({x: index, y: toyValue(secret, threshold, epoch, index)})),
	}));
	return all.reduce((best, each) => (each.points.length > best.points.length ? each : best), {epoch: epochs[0] ?? 1, points: []});
}

const shape = (threshold: number): string => (threshold === 2 ? 'line' : threshold === 3 ? 'parabola' : `curve of degree ${threshold - 1}`);

function polynomial(picture: Polynomial, theme: Theme): Drawn {
	const {threshold, holders, known} = picture;
	const columns = Array.from({length: Math.min(order - 1, holders) + 1}, (_, x) => x);
	const along = columns.map(x => (x === 0 ? 'key' : String(x)));
	const best = bestEpoch(picture);
	const missing = threshold - best.points.length;
	const at = (points: readonly Point[], x: number, y: number) => points.some(point => point.x === x && point.y === y);
	const title = `${best.points.length} of ${threshold} points of epoch ${best.epoch}`;
	if (missing <= 0) {
		const used = best.points.slice(0, threshold);
		return {
			title,
			rows: grid(theme, columns, {up: 'share', along}, (x, y) => {
				if (at(best.points, x, y)) return ['#', 'bad'];
				if (through(used, x) !== y) return ['.', 'dim'];
				return x === 0 ? ['K', 'bad'] : ['*', 'warn'];
			}),
			words: [
				`# are the ${best.points.length} points at hand, * are the shares that follow from them, and K is the key, where the ${shape(threshold)} meets x = 0.`,
				`${threshold} points fix one ${shape(threshold)} and so one key: ${secret} here. More points would change nothing.`,
			],
		};
	}
	const others = known.filter(({epoch, index}) => epoch !== best.epoch && !best.points.some(({x}) => x === index));
	if (others.length > 0 && best.points.length + new Set(others.map(({index}) => index)).size >= threshold)
		return mixture(picture, best, others, {columns, along}, theme);
	// Three secrets out of eleven, each with the points at hand and, where more than one is missing, with points that were made up.
	const guesses = ([2, secret, 9] as const).map((guess, k) => {
		const free = columns.filter(x => x > 0 && !best.points.some(point => point.x === x)).slice(0, missing - 1);
		return [{x: 0, y: guess}, ...best.points, ...free.map(x => ({x, y: (3 * k + 4 * x) % order}))];
	});
	const names = ['a', 'b', 'c'];
	const ways = missing === 1 ? `exactly one ${shape(threshold)}` : `${order}${missing > 2 ? `^${missing - 1}` : ''} curves`;
	return {
		title,
		rows: grid(theme, columns, {up: 'share', along}, (x, y) => {
			if (at(best.points, x, y)) return ['#', 'bad'];
			const through_ = guesses.findIndex(points => through(points, x) === y);
			if (through_ >= 0) return [names[through_] ?? '', 'info'];
			return x === 0 ? ['?', 'warn'] : ['.', 'dim'];
		}),
		words: [
			best.points.length === 0
				? `No point is at hand. a, b and c are three of the curves that may be it.`
				: `# ${best.points.length === 1 ? 'is the point' : 'are the points'} at hand. a, b and c are three ${threshold === 2 ? 'lines' : 'curves'} through ${best.points.length === 1 ? 'it' : 'them'}, each with another key at x = 0.`,
			`For each of the ${order} keys (? and letters) ${ways} fit${missing === 1 ? 's' : ''}: every key is still possible, none is likelier. ${count(missing, 'more point', 'more points')} of epoch ${best.epoch} would fix it.`,
		],
	};
}

/** Points of different epochs: each epoch has a curve of its own, and what goes through the mixture meets x = 0 elsewhere. */
function mixture(
	{threshold}: Polynomial,
	best: Best,
	others: Polynomial['known'],
	{columns, along}: {readonly columns: readonly number[]; readonly along: readonly string[]},
	theme: Theme,
): Drawn {
	const foreign = [...new Map(others.map(each => [each.index, each])).values()]
		.slice(0, threshold - best.points.length)
		.map(({index, epoch}) => ({x: index, y: toyValue(secret, threshold, epoch, index), epoch}));
	const mixed = [...best.points, ...foreign];
	const wrong = through(mixed, 0);
	return {
		title: `points of different epochs`,
		rows: grid(theme, columns, {up: 'share', along}, (x, y) => {
			if (best.points.some(point => point.x === x && point.y === y)) return [String(best.epoch), 'bad'];
			const other = foreign.find(point => point.x === x && point.y === y);
			if (other) return [String(other.epoch), 'info'];
			if (x === 0 && y === wrong) return ['w', 'warn'];
			if (x === 0 && y === secret) return ['K', 'good'];
			return through(mixed, x) === y ? ['*', 'warn'] : ['.', 'dim'];
		}),
		words: [
			`Digits are points, each of its epoch. K is the key; all epochs have it at x = 0, on curves that differ everywhere else.`,
			`The ${shape(threshold)} through the mixture (*) meets x = 0 at ${wrong === secret ? 'K by chance, as one in eleven does here; with the numbers of the game one in 2^252 would' : 'w, which is not K'}: shares of different epochs do not make the key.`,
		],
	};
}

function candidates({equations, unknowns}: Candidates, theme: Theme): Drawn {
	const free = Math.max(0, unknowns - equations);
	const columns = Array.from({length: order}, (_, x) => x);
	const along = columns.map(String);
	const names = unknowns === 2 ? 'd = e and the share s' : 'd, e and the share s';
	const line = (x: number): number => (4 * x + 8) % order;
	const title = `${count(equations, 'equation', 'equations')}, ${unknowns} unknowns`;
	const counted = `${count(equations, 'answer', 'answers')} on one nonce pair ${equations === 1 ? 'is one equation' : `are ${equations} equations`} in ${names}.`;
	return {
		title,
		rows: grid(theme, columns, {up: 's', along}, (x, y) => {
			if (free >= 2) return ['?', 'warn'];
			if (free === 1) return line(x) === y ? ['o', 'warn'] : ['.', 'dim'];
			return x === 6 && y === line(6) ? ['S', 'bad'] : ['.', 'dim'];
		}),
		words: [
			free === 0
				? `${counted} They cross in one point S: the share is computed.`
				: free === 1
					? `${counted} A line of candidates (o) is left, one for each share: the share can be any number, and none is likelier.`
					: `${counted} Every pair of nonce and share (?) is left.`,
			free === 0
				? `Across: the nonce e. Upward: the share.`
				: `Across: the nonce e. Upward: the share. ${count(free, 'more answer', 'more answers')} on the same nonces would leave one point.`,
		],
	};
}

/** The picture in `width` columns with its words, and what kind of picture it is. */
export function pictureLines(picture: PictureView, width: number, theme: Theme): {readonly title: string; readonly lines: readonly Line[]} {
	const {title, rows, words} = picture.kind === 'polynomial' ? polynomial(picture, theme) : candidates(picture, theme);
	const text = [...words, `A toy over 0 to ${order - 1} with the counts of this game; its numbers have 252 bits.`];
	return {
		title,
		lines: [...rows, ...text.flatMap(sentence => wrap(sentence, width - 4)).map((row): Line => ['  ', span(row)])],
	};
}
