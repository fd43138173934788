/**
 * Pictures of equations: drawn over a field of eleven numbers with the counts of this game, because a line through points looks the same in
 * every field and eleven rows fit a screen. They show no number of the game. This file is the arithmetic; it imports nothing.
 */

/** The field's order: more than the nine parties that a vault can have, and few enough rows for any terminal. */
export const order = 11;

export interface Point {
	readonly x: number;
	readonly y: number;
}

const reduced = (value: number): number => ((value % order) + order) % order;

function inverse(value: number): number {
	for (let candidate = 1; candidate < order; candidate++) if (reduced(candidate * value) === 1) return candidate;
	throw new Error('zero has no inverse');
}

/** The value at x of the polynomial of least degree through some points with distinct x (Lagrange). */
export function through(points: readonly Point[], x: number): number {
	return points.reduce((sum, {x: xi, y}) => {
		const weight = points.reduce(
			(product, {x: xj}) => (xj === xi ? product : reduced(product * reduced(x - xj) * inverse(reduced(xi - xj)))),
			1,
		);
		return reduced(sum + y * weight);
	}, 0);
}

/** A value of the toy polynomial of an epoch: all epochs have the same value at 0 and differ elsewhere, as after a refresh. */
export function toyValue(secret: number, threshold: number, epoch: number, x: number): number {
	let value = secret;
	for (let power = 1; power < threshold; power++) value = reduced(value + reduced(2 + 3 * epoch + power * (epoch + 2)) * x ** power);
	return value;
}
