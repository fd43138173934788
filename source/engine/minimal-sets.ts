/** Minimal sets of a monotone condition: sets that fulfil it while no proper subset does. Sets are bit masks over at most 30 members. */

export interface MinimalSets {
	/** Smallest first; sets of one size in the order of their members. */
	readonly sets: readonly number[];
	/** False when the search stopped early: there may be more sets than these. */
	readonly isComplete: boolean;
}

export interface SearchOptions {
	/** No set smaller than this can fulfil the condition, as the caller knows. */
	readonly atLeast?: number;
	/** How many sets are enough. */
	readonly limit?: number;
	/** How many times the condition may be asked. */
	readonly budget?: number;
}

/**
 * Searches by size, smallest first, and leaves out whatever contains a set found before. A branch that could not fulfil the condition even
 * with every member that is left is cut.
 * @param count number of members, at most 30
 * @param fulfils must be monotone: true for every set that contains a set for which it is true
 */
export function minimalSets(
	count: number,
	fulfils: (set: number) => boolean,
	{atLeast = 0, limit = 200, budget = 60_000}: SearchOptions = {},
): MinimalSets {
	if (count > 30) throw new Error(`sets of ${count} members are too large to search; expected at most 30`);
	const all = count === 0 ? 0 : 2 ** count - 1;
	if (!fulfils(all)) return {sets: [], isComplete: true};
	const found: number[] = [];
	let asked = 0;
	let isCut = false;
	const isTrue = (set: number): boolean => {
		asked += 1;
		return fulfils(set);
	};
	const hasFound = (set: number) => found.some(each => (each & set) === each);
	const grow = (set: number, from: number, missing: number): void => {
		if (found.length >= limit || asked >= budget) {
			isCut = true;
			return;
		}
		if (missing === 0) {
			if (!hasFound(set) && isTrue(set)) found.push(set);
			return;
		}
		const rest = all & ~(2 ** from - 1);
		if (hasFound(set) || !isTrue(set | rest)) return;
		for (let next = from; next <= count - missing; next += 1) {
			grow(set | (1 << next), next + 1, missing - 1);
			if (isCut) return;
		}
	};
	for (let size = atLeast; size <= count && !isCut; size += 1) grow(0, 0, size);
	// Where the search gave up before the first set, one is better than none: take members away as long as the rest will do.
	if (found.length === 0) found.push(shrink(count, all, fulfils));
	return {sets: found, isComplete: !isCut};
}

function shrink(count: number, all: number, fulfils: (set: number) => boolean): number {
	let set = all;
	for (let member = count - 1; member >= 0; member -= 1) if (fulfils(set & ~(1 << member))) set &= ~(1 << member);
	return set;
}

/** The members of a mask, as indexes from 0. */
export function membersOf(set: number): number[] {
	return Array.from({length: 31}, (_, index) => index).filter(index => (set & (1 << index)) !== 0);
}

/** The mask of those members of a list for which something is true. */
export function maskOf<T>(list: readonly T[], isIn: (member: T) => boolean): number {
	return list.reduce((mask, member, position) => (isIn(member) ? mask | (1 << position) : mask), 0);
}

export function countOf(set: number): number {
	return membersOf(set).length;
}
