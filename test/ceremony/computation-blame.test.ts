// Every scalar and hash that a party sends in a computation, wrong: nobody honest is ever blamed, no wrong result comes out, and with two shares more
// than needed the sender is named.
import {describe, expect, test} from 'vitest';
import {type CeremonyRun, computedOf, type Packet, type Program, rewriteEnvelope} from '../../source/ceremony/index.js';
import {readMemory} from '../../source/ceremony/memory.js';
import {scalarFromHex, scalarHex} from '../../source/sharing/scalars.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {runComputing} from './computing.js';
import {type Carry, makeTable, type Table} from './table.js';

type Body = Readonly<Record<string, unknown>>;

const HEX = /^([0-9a-f]{2}){12,}$/;
const HASHES = ['echo', 'commitment', 'salt'];
const PROGRAM: Program = {kind: 'product', cohort: ['ada', 'ben']};
const INPUTS = {ada: '3', ben: '5'};
const RESULT = {product: '15'};

/** Another hash; or one scalar of a packed list, one more than it was; or bytes that are no scalar. */
function wrong({suite: name}: Table, field: string, kind: 'other' | 'none', text: string): string {
	const suite = suiteOf(name);
	const width = 2 * suite.scalars.BYTES;
	if (kind === 'none') return 'ff'.repeat(text.length / 2);
	if (HASHES.includes(field)) return (text.startsWith('00') ? 'ff' : '00') + text.slice(2);
	return scalarHex(suite, suite.scalars.add(scalarFromHex(suite, text.slice(0, width)), 1n)) + text.slice(width);
}

interface Fault {
	readonly what: string;
	readonly from: string;
	readonly field: string;
	readonly run: CeremonyRun;
}

/** Each field of what these parties say in each round: wrong for all who get it, wrong for one of them only, or no value at all. */
function* faults(table: Table, liars: readonly string[]): Generator<Fault> {
	const session = table.session('compute-1');
	const run = (carry?: Carry) => runComputing(table, {program: PROGRAM, inputs: INPUTS, carry});
	const rewritten = ({from, wire}: Packet, changeBody: (body: Body) => Body) =>
		rewriteEnvelope({session, identity: table.identity(from), wire, changeBody});
	const groups = new Map<string, Packet[]>();
	for (const packet of run().transits.filter(({from}) => liars.includes(from))) {
		const key = `${packet.from} ${packet.round}`;
		groups.set(key, [...(groups.get(key) ?? []), packet]);
	}
	for (const packets of groups.values()) {
		const [first] = packets as [Packet];
		const {from, round} = first;
		let body: Body = {};
		rewritten(first, seen => (body = seen));
		for (const [field, text] of Object.entries(body)) {
			if (typeof text !== 'string' || !HEX.test(text)) continue;
			for (const kind of ['other', 'none'] as const) {
				const everybody = packets.map(({to}) => to);
				for (const to of packets.length > 1 ? [everybody, everybody.slice(-1)] : [everybody]) {
					const changeBody = (seen: Body) => ({...seen, [field]: wrong(table, field, kind, String(seen[field]))});
					const carry: Carry = packet => {
						const hit = packet.from === from && packet.round === round && to.includes(packet.to);
						return [hit ? {...packet, wire: rewritten(packet, changeBody)} : packet];
					};
					yield {what: `${from}, round ${round}, ${field} ${kind} to ${to.join()}`, from, field, run: run(carry)};
				}
			}
		}
	}
}

describe('a wrong field of a computation', () => {
	// A share that does not fit is noticed with one share more than needed; it takes two more to tell whose it is.
	// Of five, one with an input and one without: the others do as they do.
	test.each([
		[2, 3, ['ada', 'ben', 'chi'], ['shares']],
		[3, 5, ['ben', 'eli'], []],
	] as const)(
		'harms no honest party and no result, and names its sender where it can, %s of %s on glass, liars %s',
		(t, n, liars, nameless) => {
			const table = makeTable('glass', t, n);
			const fields = new Set<string>();
			const unnamed = new Set<string>();
			for (const {what, from, field, run} of faults(table, liars)) {
				fields.add(field);
				const blamed = [...new Set(run.blame.map(({member}) => member))];
				expect([[], [from]], `${what}: ${run.reason}`).toContainEqual(blamed);
				if (blamed.length === 0) unnamed.add(field);
				for (const [id, {memory}] of Object.entries(run.sides)) {
					if (id === from || readMemory(memory).status !== 'done') continue;
					expect(computedOf(memory), `${what}: ${id}`).toEqual(RESULT);
				}
				if (blamed.length === 0) expect(run.status, what).toBe('aborted');
			}
			expect([...fields].sort()).toEqual(['commitment', 'echo', 'masked', 'salt', 'shares', 'sigma']);
			expect([...unnamed]).toEqual(nameless);
		},
	);

	// Where every share is needed, a wrong one makes another value: it must not look like a fault of whoever gave the input.
	test.each([
		[2, 2],
		[3, 3],
	] as const)('never makes an honest input look like no bit: each scalar of each opening, %s of %s on glass', (t, n) => {
		const table = makeTable('glass', t, n);
		const suite = suiteOf('glass');
		const width = 2 * suite.scalars.BYTES;
		const program: Program = {kind: 'less', cohort: ['ada', 'ben'], bits: 2};
		const run = (carry?: Carry) => runComputing(table, {program, inputs: {ada: '1', ben: '2'}, carry});
		const session = table.session('compute-1');
		const from = 'ada';
		const rewritten = ({wire}: Packet, changeBody: (body: Body) => Body) =>
			rewriteEnvelope({session, identity: table.identity(from), wire, changeBody});
		const openings = new Map<number, number>();
		for (const packet of run().transits)
			if (packet.from === from)
				rewritten(packet, body => {
					openings.set(packet.round, String(body.shares ?? '').length / width);
					return body;
				});
		expect([...openings.values()].reduce((sum, count) => sum + count)).toBeGreaterThan(15);
		for (const [round, count] of openings) {
			for (let at = 0; at < count; at++) {
				const changeBody = (body: Body) => {
					const text = String(body.shares);
					const other = suite.scalars.add(scalarFromHex(suite, text.slice(at * width, (at + 1) * width)), 1n);
					return {...body, shares: text.slice(0, at * width) + scalarHex(suite, other) + text.slice((at + 1) * width)};
				};
				const after = run(packet => [
					packet.from === from && packet.round === round ? {...packet, wire: rewritten(packet, changeBody)} : packet,
				]);
				const what = `round ${round}, scalar ${at} of ${count}: ${after.reason}`;
				expect([after.status, after.blame], what).toEqual(['aborted', []]);
			}
		}
	});
});
