/** How the rows of a screen are shared out among its panes. */

/** What a pane asks for: never less than `min`, no more than `want` unless nobody else can use the rest. */
export interface Ask {
	readonly min: number;
	readonly want: number;
}

/** Shares `rows` among panes: each gets its minimum, then rows go round until all have what they want; what is left goes to the pane at `rest`. */
export function share(rows: number, asks: readonly Ask[], rest: number): readonly number[] {
	const given = asks.map(({min}) => min);
	let left = rows - given.reduce((sum, value) => sum + value, 0);
	let isMoving = true;
	while (left > 0 && isMoving) {
		isMoving = false;
		for (const [index, {want}] of asks.entries()) {
			if (left === 0 || (given[index] ?? 0) >= want) continue;
			given[index] = (given[index] ?? 0) + 1;
			left -= 1;
			isMoving = true;
		}
	}
	if (left > 0) given[rest] = (given[rest] ?? 0) + left;
	for (let index = given.length - 1; left < 0 && index >= 0; index--) {
		const cut = Math.min(-left, Math.max(0, (given[index] ?? 0) - 1));
		given[index] = (given[index] ?? 0) - cut;
		left += cut;
	}
	return given;
}
