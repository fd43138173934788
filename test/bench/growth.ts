// How ceremonies grow with the number of parties: one table and one picture. A majority is the threshold; every figure is a whole ceremony, all
// parties in one process, envelopes and all, once after a warm-up.
import {type CeremonyRun, verifyOutput} from '../../source/ceremony/index.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {makeVault, runRefresh, runRepair, runReshare} from '../ceremony/same-key.js';
import {HUB, makeTable, NAMES, runKeygen, runSigning} from '../ceremony/table.js';
import {bareGroup, keygenFloor, refreshFloor, repairFloor, reshareFloor, signingFloor, timed} from './ceremonies.js';
import type {Row} from './row.js';

const SIZES = [3, 5, 9, 17, 33];
const SUITE = 'ed25519';
const MESSAGE = 'c0ffee';
/** Columns for a factor of ten. */
const DECADE = 10;

/** A bar on a logarithmic scale: 1 ms is nothing, ten times longer is ten columns more. */
function bar(milliseconds: number): string {
	return '#'.repeat(Math.max(1, Math.round(Math.log10(Math.max(1, milliseconds)) * DECADE)));
}

interface Grown {
	readonly what: string;
	readonly run: () => CeremonyRun;
	readonly floor: () => number;
}

function grown(n: number): Grown[] {
	const t = (n + 1) / 2;
	const group = bareGroup(suiteOf(SUITE));
	// One key with a free seat for the repair of a new index; at 33 the last party is repaired instead.
	const seats = Math.min(n + 1, NAMES.length);
	const vault = makeVault(SUITE, t, n, {seats});
	const table = makeTable(SUITE, t, n);
	const committee = {threshold: t, dealers: NAMES.slice(0, t), receivers: NAMES.slice(0, n)};
	const roles = {helpers: NAMES.slice(0, t), target: NAMES[seats - 1] ?? ''};
	const signing = () => runSigning(vault.table, {shares: Object.values(vault.shares), signers: NAMES.slice(0, t), message: MESSAGE});
	const signature = signing().checks[HUB]?.at(-1)?.left ?? '';
	const publicKey = vault.shares.ada?.publicKey ?? '';
	return [
		{what: 'keygen', run: () => runKeygen(table), floor: () => keygenFloor(group, t, n)},
		{
			what: 'signing',
			run: signing,
			floor: () => signingFloor(group, t, () => verifyOutput(SUITE, publicKey, MESSAGE, signature)),
		},
		{what: 'refresh', run: () => runRefresh(vault), floor: () => refreshFloor(group, t, n)},
		{what: 'reshare', run: () => runReshare(vault, committee), floor: () => reshareFloor(group, t, n)},
		{what: 'repair', run: () => runRepair(vault, roles), floor: () => repairFloor(group, t)},
	];
}

/** One row for each ceremony and size, in the order of the ceremonies, so that each picture stands together. */
export async function rows(): Promise<Row[]> {
	const all: (Row & {readonly what: string; readonly of: string})[] = [];
	for (const n of SIZES) {
		for (const {what, run, floor} of grown(n)) {
			let done: CeremonyRun | undefined;
			const whole = timed(() => {
				done = run();
			});
			if (done?.status !== 'done') throw new Error(`${what} of ${n} ended as ${done?.status}: ${done?.reason}`);
			const messages = done.transits.length;
			const each = whole / Object.keys(done.sides).length;
			all.push({
				of: what,
				what: `${what}, ${(n + 1) / 2} of ${n}, with envelopes, over the floor`,
				value: `${whole.toFixed(0)} ms`,
				ratio: whole / floor(),
				note: `${String(messages).padStart(5)} messages ${each.toFixed(1).padStart(7)} ms a side  ${bar(whole)}`,
			});
		}
	}
	const order = [...new Set(all.map(row => row.of))];
	return order.flatMap(of => all.filter(row => row.of === of)).map(({of: _of, ...row}) => row);
}
