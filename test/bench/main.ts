// Prints every benchmark as one table. Ratios compare two things measured in the same run, so a slow machine does not matter;
// a row over its budget is marked, and nothing fails: time is no test.
import {judged, type Row} from './row.js';

const chosen = process.argv.slice(2);
const suites: Readonly<Record<string, () => Promise<{rows(): Promise<Row[]>}>>> = {
	terminal: () => import('./terminal.js'),
	ceremonies: () => import('./ceremonies.js'),
	growth: () => import('./growth.js'),
	game: () => import('./game.js'),
	journal: () => import('./journal.js'),
	debrief: () => import('./debrief.js'),
	playtest: () => import('./playtest.js'),
};

const unknown = chosen.find(name => !(name in suites));
if (unknown !== undefined) {
	console.error(`There is no benchmark "${unknown}"; expected any of ${Object.keys(suites).join(', ')}.`);
	process.exit(2);
}

const width = 62;
console.log(`${'what'.padEnd(width)} ${'value'.padStart(14)} ${'ratio'.padStart(7)} ${'budget'.padStart(9)}`);
for (const [name, load] of Object.entries(suites)) {
	if (chosen.length > 0 && !chosen.includes(name)) continue;
	const {rows} = await load();
	for (const row of await rows()) {
		const {what, value, note} = row;
		const {measured, wanted, verdict} = judged(row);
		console.log(
			`${what.padEnd(width)} ${value.padStart(14)} ${measured.padStart(7)} ${wanted.padStart(9)}${verdict}${note === undefined ? '' : `   ${note}`}`,
		);
	}
}
