// How many whole games of bots against bots one core plays in a second, and how much faster than the default suite glass is. In time of the
// processor, threads of the runtime among it, so that other programs on the machine do not count.
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {packageFolder} from '../../source/commands/paths.js';
import {playtest} from '../../source/playtest/index.js';
import {shipped} from '../bots/play.js';
import {makeTable, NAMES, runKeygen, runSigning, sharesOf} from '../ceremony/table.js';
import {median, timed} from './ceremonies.js';
import type {Row} from './row.js';

const games = 500;
const runs = 30;

/** As the command plays them, in one worker that starts cold: what V8 compiles for so few games is most of a second. */
async function gamesASecond(): Promise<Row> {
	const program = pathToFileURL(join(packageFolder(), 'dist', 'playtest-worker.js'));
	const [cpu, clock] = [process.cpuUsage(), performance.now()];
	await playtest(shipped('first-light'), {games, seed: 'bench', workers: {count: 1, program}});
	const {user, system} = process.cpuUsage(cpu);
	const spent = (user + system) / 1e3;
	const byTheClock = (1000 * games) / (performance.now() - clock);
	return {
		what: 'glass games a second on one core, whole games with bots',
		value: `${(spent / games).toFixed(1)} ms`,
		rate: (1000 * games) / spent,
		floor: 200,
		note: `first-light, ${games} games of a playtest in one worker, compiling included; ${byTheClock.toFixed(0)} a second by the clock`,
	};
}

/** Both suites by turns; the ratio is the median of the ratios. */
function againstEd25519(): Row[] {
	const tables = (['ed25519', 'glass'] as const).map(suite => makeTable(suite, 2, 3));
	const shares = tables.map(table => sharesOf(runKeygen(table)));
	const kinds = {
		keygen: (side: number) => void runKeygen(tables[side]!),
		signing: (side: number) => void runSigning(tables[side]!, {shares: shares[side]!, signers: NAMES.slice(0, 2), message: 'c0ffee'}),
	};
	return Object.entries(kinds).map(([kind, run]): Row => {
		const samples = Array.from({length: runs * 2}, () => {
			const real = timed(() => run(0));
			// One ceremony of glass is too short for the clock of the processor.
			const glass = timed(() => Array.from({length: 20}, () => run(1))) / 20;
			return {glass, ratio: real / glass};
		}).slice(runs);
		return {
			what: `glass over ed25519: how many times faster, ${kind} 2 of 3`,
			value: `${median(samples.map(({glass}) => glass)).toFixed(2)} ms`,
			ratio: median(samples.map(({ratio}) => ratio)),
			floor: 100,
			note: 'about a hundred was hoped for (DESIGN section 4)',
		};
	});
}

export async function rows(): Promise<Row[]> {
	return [await gamesASecond(), ...againstEd25519()];
}
