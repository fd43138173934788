/** Cursors over lists that may be longer than their pane: pure functions over a position. */

/** The position after moving by `by`, held within the list. */
export function moved(position: number, by: number, count: number): number {
	return Math.max(0, Math.min(count - 1, position + by));
}

/** Which rows of a list of `count` a pane of `size` rows shows so that `position` is among them, with context on both sides. */
export function windowOf(count: number, size: number, position: number): {readonly start: number; readonly end: number} {
	if (count <= size) return {start: 0, end: count};
	const start = Math.max(0, Math.min(count - size, position - Math.floor(size / 2)));
	return {start, end: start + size};
}

/** The first row to show of a scrolled text after moving by `by`. */
export function scrolled(top: number, by: number, count: number, size: number): number {
	return Math.max(0, Math.min(Math.max(0, count - size), top + by));
}

/** Says how much of a list is out of sight: "3-6 of 9", or nothing when all is shown. */
export function extent(count: number, window: {readonly start: number; readonly end: number}): string {
	return window.end - window.start >= count ? '' : `${window.start + 1}-${window.end} of ${count}`;
}
