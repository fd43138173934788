// Prints every benchmark as one table. Ratios compare two things measured in the same run, so a slow machine does not matter;
// a row over its budget is marked, and nothing fails: time is no test.
import type {Row} from './row.js';

const chosen = process.argv.slice(2);
const suites: Readonly<Record<string, () => Promise<{rows(): Promise<Row[]>}>>> = {
	terminal: () => import('./terminal.js'),
	ceremonies: () => import('./ceremonies.js'),
	growth: () => import('./growth.js'),
	game: () => import('./game.js'),
	journal: () => import('./journal.js'),
};

const unknown = chosen.find(name => !(name in suites));
if (unknown !== undefined) {
	console.error(`There is no benchmark "${unknown}"; expected any of ${Object.keys(suites).join(', ')}.`);
	process.exit(2);
}

const width = 62;
console.log(`${'what'.padEnd(width)} ${'value'.padStart(14)} ${'ratio'.padStart(7)} ${'budget'.padStart(8)}`);
for (const [name, load] of Object.entries(suites)) {
	if (chosen.length > 0 && !chosen.includes(name)) continue;
	const {rows} = await load();
	for (const {what, value, ratio, budget, note} of await rows()) {
		const over = ratio !== undefined && budget !== undefined && ratio > budget ? '  OVER' : '';
		console.log(
			`${what.padEnd(width)} ${value.padStart(14)} ${(ratio === undefined ? '' : `${ratio.toFixed(2)} x`).padStart(7)} ${(budget === undefined ? '' : `<= ${budget} x`).padStart(8)}${over}${note === undefined ? '' : `   ${note}`}`,
		);
	}
}
