/** Linear equations over the scalars: what repeated nonces, repeated queries and mixed shares come down to. */
import type {Scalars} from './suite.js';

/**
 * The solutions of `rows * x = right`: a point, and directions in which it may be moved. No directions: the solution is unique.
 * `undefined` where no x fits.
 */
export interface Solutions {
	readonly point: readonly bigint[];
	readonly directions: readonly (readonly bigint[])[];
}

/** Gauss and Jordan. Throws where rows differ in length or there is not one right side a row. */
export function solveLinear(scalars: Scalars, rows: readonly (readonly bigint[])[], right: readonly bigint[]): Solutions | undefined {
	const width = rows[0]?.length ?? 0;
	if (rows.length !== right.length || rows.some(row => row.length !== width))
		throw new Error(`expected rows of ${width} factors and one right side each`);
	const matrix = rows.map((row, k) => [...row, right[k] ?? 0n].map(value => scalars.create(value)));
	const pivots: number[] = [];
	for (let column = 0; column < width; column++) {
		const at = matrix.findIndex((row, k) => k >= pivots.length && row[column] !== 0n);
		if (at < 0) continue;
		const [pivot = []] = matrix.splice(at, 1);
		const inverse = scalars.inv(pivot[column] ?? 0n);
		const unit = pivot.map(value => scalars.mul(value, inverse));
		matrix.splice(pivots.length, 0, unit);
		for (const [k, row] of matrix.entries()) {
			const factor = row[column] ?? 0n;
			if (k === pivots.length || factor === 0n) continue;
			matrix[k] = row.map((value, j) => scalars.sub(value, scalars.mul(factor, unit[j] ?? 0n)));
		}
		pivots.push(column);
	}
	if (matrix.slice(pivots.length).some(row => row[width] !== 0n)) return undefined;
	const vector = (entry: (row: readonly bigint[]) => bigint, free?: number) =>
		Array.from({length: width}, (_, column) => {
			const k = pivots.indexOf(column);
			return k < 0 ? (column === free ? 1n : 0n) : entry(matrix[k] ?? []);
		});
	const free = Array.from({length: width}, (_, column) => column).filter(column => !pivots.includes(column));
	return {
		point: vector(row => row[width] ?? 0n),
		directions: free.map(column => vector(row => scalars.neg(row[column] ?? 0n), column)),
	};
}
