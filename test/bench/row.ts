/** One line of the benchmark table. `ratio` and `budget` are measured in the same run, so that a slow machine does not matter. */
export interface Row {
	what: string;
	value: string;
	ratio?: number;
	budget?: number;
	note?: string;
}
