/** How sure a share of some games is: Wilson's score interval (Wilson 1927), which stays honest for few games and for shares near 0 and 1. */
export interface Rate {
	readonly count: number;
	readonly of: number;
	/** count / of; 0 when there was no game. */
	readonly share: number;
	/** The 95 % interval; 0 to 1 when there was no game. */
	readonly low: number;
	readonly high: number;
}

/** The normal distribution's quantile for 95 %, two-sided. */
const z = 1.959963984540054;

export function rate(count: number, of: number): Rate {
	if (of === 0) return {count, of, share: 0, low: 0, high: 1};
	const share = count / of;
	const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
	const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
	// At the ends the formula meets 0 and 1 but for rounding.
	return {count, of, share, low: count === 0 ? 0 : middle - half, high: count === of ? 1 : middle + half};
}
