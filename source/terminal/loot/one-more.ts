/** What one more capture would give the attackers: the equation that it completes, with its coefficients, or what would still be missing. */
import type {SeatView} from '../../engine/view.js';

const divisor = (a: number, b: number): number => (b === 0 ? Math.abs(a) : divisor(b, a % b));

/** The Lagrange coefficient of an index for the value at 0 as a fraction: the product over the others j of j / (j - index). */
function coefficient(indexes: readonly number[], index: number): readonly [above: number, below: number] {
	let [above, below] = [1, 1];
	for (const other of indexes) {
		if (other === index) continue;
		const common = divisor(above * other, below * (other - index)) * Math.sign(other - index);
		[above, below] = [(above * other) / common, (below * (other - index)) / common];
	}
	return [above, below];
}

/** "k = 3/2*s1 - 1/2*s3": the key from the shares of these indexes. */
export function keyEquation(indexes: readonly number[]): string {
	const terms = indexes.map((index, at) => {
		const [above, below] = coefficient(indexes, index);
		const size = Math.abs(above);
		const factor = below === 1 ? (size === 1 ? '' : `${size}*`) : `${size}/${below}*`;
		const sign = above < 0 ? (at === 0 ? '-' : ' - ') : at === 0 ? '' : ' + ';
		return `${sign}${factor}s${index}`;
	});
	return `k = ${terms.join('')} mod q`;
}

export interface OneMore {
	/** What would be captured: "chi's share". */
	readonly what: string;
	readonly gives: string;
	/** Whether it completes the key. */
	readonly isEnough: boolean;
}

/** For each party whose share of the epoch in force is not held yet: what it would give. Empty where nothing is missing. */
export function oneMore(view: Pick<SeatView, 'loot' | 'epoch' | 'threshold' | 'parties'>): readonly OneMore[] {
	const {loot, epoch, threshold, parties} = view;
	if (!loot || epoch === 0) return [];
	const held = [...new Set(loot.shares.filter(share => share.epoch === epoch).map(({index}) => index))].sort((a, b) => a - b);
	if (held.length >= threshold) return [];
	const missing = threshold - held.length - 1;
	return parties
		.filter(({digit, share}) => !held.includes(digit) && share !== 'none')
		.map(({id, digit}) => ({
			what: `${id}'s share`,
			gives:
				missing === 0
					? keyEquation([...held, digit].sort((a, b) => a - b))
					: `${held.length + 1} of ${threshold} points: any key still fits`,
			isEnough: missing === 0,
		}));
}
