/**
 * Splitting a term into a sum, for repair (Stinson and Wei 2018): a helper's weighted share zeta_i*s_i becomes delta_i1 + ... + delta_it, one part for
 * each helper, with Delta_ij = delta_ij*G in public. What a part hides needs all the others; what the parts add up to can be checked by anyone.
 */
import {baseTimes, scalarFromBytes} from './scalars.js';
import type {Draw, Point, Suite} from './suite.js';

/** The parts by index, and their points in the order of the indexes. The parts are secret, each for its helper. */
export interface Split {
	readonly commitments: readonly Point[];
	readonly values: ReadonlyMap<number, bigint>;
}

/** Random parts for all indexes but the last, which gets the rest. */
export function split(suite: Suite, options: {term: bigint; indexes: readonly number[]; draw: Draw; label: string}): Split {
	const {term, indexes, draw, label} = options;
	const values = new Map<number, bigint>();
	let rest = term;
	for (const index of indexes.slice(0, -1)) {
		const part = scalarFromBytes(suite.scalars, draw(`${label} part ${index}`));
		values.set(index, part);
		rest = suite.scalars.sub(rest, part);
	}
	for (const index of indexes.slice(-1)) values.set(index, rest);
	return {values, commitments: indexes.map(index => baseTimes(suite, values.get(index) ?? 0n))};
}
