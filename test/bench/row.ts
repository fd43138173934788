/**
 * One line of the benchmark table. `ratio` is measured in one run, so that a slow machine does not matter; `budget` is the most it may be. Where more
 * is better, `floor` is the least: of the ratio, or of `rate`, which is how many a second.
 */
export interface Row {
	what: string;
	value: string;
	ratio?: number;
	rate?: number;
	budget?: number;
	floor?: number;
	note?: string;
}

/** What was measured and what it should be, and a word where it is not. */
export function judged({ratio, rate, budget, floor}: Row): {readonly measured: string; readonly wanted: string; readonly verdict: string} {
	const measure = rate ?? ratio;
	const unit = rate === undefined ? 'x' : '/s';
	const measured = measure === undefined ? '' : `${measure.toFixed(rate === undefined ? 2 : 0)} ${unit}`;
	const wanted = budget !== undefined ? `<= ${budget} ${unit}` : floor !== undefined ? `>= ${floor} ${unit}` : '';
	const isOver = measure !== undefined && budget !== undefined && measure > budget;
	const isUnder = measure !== undefined && floor !== undefined && measure < floor;
	return {measured, wanted, verdict: isOver ? '  OVER' : isUnder ? '  UNDER' : ''};
}
