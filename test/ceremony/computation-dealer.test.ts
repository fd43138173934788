// Whatever the dealer of a computation deals wrong, it is named and nobody else, before any input moves; and whoever accuses it falsely is.
import {describe, expect, test} from 'vitest';
import {canonical} from '../../source/ceremony/canonical.js';
import {circuitOf} from '../../source/ceremony/computation-circuit.js';
import {challengeOf, combinations} from '../../source/ceremony/computation-proof.js';
import {pack, unpack} from '../../source/ceremony/computation-shares.js';
import {type Body, EVERYONE, hashText, parseEnvelope, writeEnvelope} from '../../source/ceremony/envelope.js';
import {type CeremonyRun, computedOf, type Packet, type Program, rewriteEnvelope} from '../../source/ceremony/index.js';
import {interpolate} from '../../source/sharing/polynomial.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {runComputing} from './computing.js';
import {type Carry, HUB, makeTable, type Table} from './table.js';

const suite = suiteOf('glass');
const {scalars} = suite;
const INPUTS = {ada: '1', ben: '2'};
const PRODUCT: Program = {kind: 'product', cohort: ['ada', 'ben']};
const LESS: Program = {kind: 'less', cohort: ['ada', 'ben'], bits: 2};

type Bodies = Readonly<Record<string, Body>>;

const run = (table: Table, program: Program, carry?: Carry) => runComputing(table, {program, inputs: INPUTS, carry});
const blamedIn = ({blame}: CeremonyRun) => [...new Set(blame.map(({member}) => member))];
const isMasked = ({carries}: Packet) => carries.endsWith('masked');

/** What the honest dealer sends: each party's package, and the proof. */
function dealOf(table: Table, program: Program): {readonly packages: Bodies; readonly proof: Body} {
	const packages: Record<string, Body> = {};
	let proof: Body = {};
	run(table, program, packet => {
		if (packet.from !== HUB || packet.round > 2) return [packet];
		const see = (body: Body) => {
			if (packet.round === 1) packages[packet.to] = body;
			else proof = body;
			return body;
		};
		rewriteEnvelope({session: table.session('compute-1'), identity: table.identity(HUB), wire: packet.wire, changeBody: see});
		return [];
	});
	return {packages, proof};
}

/** A dealer that sends these bodies instead of its own, each properly signed and sealed. */
function dealing(table: Table, packages: Bodies, proof: (to: string) => Body): Carry {
	const [session, identity] = [table.session('compute-1'), table.identity(HUB)];
	return packet => {
		if (packet.from !== HUB || packet.round > 2) return [packet];
		const letter =
			packet.round === 1
				? {round: 1, from: HUB, to: packet.to, body: packages[packet.to] ?? {}, secret: true}
				: {round: 2, from: HUB, to: EVERYONE, body: proof(packet.to)};
		return [{...packet, wire: writeEnvelope(session, identity, letter)}];
	};
}

const hashesOf = (packages: Bodies) => Object.fromEntries(Object.entries(packages).map(([id, body]) => [id, hashText(canonical(body))]));

/** The coefficients of the lowest polynomial through these points: a constant, which is taken off, and the rest divided by x. */
function coefficients(points: readonly {readonly index: number; readonly value: bigint}[]): bigint[] {
	let left = [...points];
	const found: bigint[] = [];
	while (left.length > 0) {
		const constant = interpolate(scalars, left);
		found.push(constant);
		left = left
			.filter(({index}) => index !== 0)
			.slice(0, points.length - found.length)
			.map(({index, value}) => ({index, value: scalars.mul(scalars.sub(value, constant), scalars.inv(BigInt(index)))}));
	}
	return found;
}

/**
 * The best that a lying dealer can publish for such packages: the right hashes, and polynomials through the shares of as many parties as they can go
 * through, those of the others first.
 */
function bestProof(table: Table, program: Program, packages: Bodies, victim: string): Body {
	const circuit = circuitOf(program);
	const t = table.threshold;
	const hashes = hashesOf(packages);
	const r = challengeOf(suite, {id: 'compute-1'}, hashes);
	const parties = [...table.parties.filter(id => id !== victim), victim];
	const rows = parties.map(id => {
		const shares = unpack(suite, String(packages[id]?.shares)).map(share => [share]);
		return {index: table.parties.indexOf(id) + 1, sums: combinations(scalars, circuit, r, shares).map(([sum = 0n]) => sum)};
	});
	const count = rows[0]?.sums.length ?? 0;
	const polynomials = Array.from({length: count}, (_, k) => {
		const points = rows.map(({index, sums}) => ({index, value: sums[k] ?? 0n}));
		if (k < count - 1) return coefficients(points.slice(0, t));
		const through = [{index: 0, value: 0n}, ...points.slice(0, 2 * t - 2)];
		return [...coefficients(through), ...Array(2 * t - 1).fill(0n)].slice(1, 2 * t - 1);
	});
	return {packages: hashes, polynomials: pack(suite, polynomials.flat())};
}

function moved(text: unknown, at: number, by = 1n): string {
	return pack(
		suite,
		unpack(suite, String(text)).map((scalar, k) => (k === at ? scalars.add(scalar, by) : scalar)),
	);
}

/** Every scalar of every package, one more than it was. */
function* wrongPackages(
	packages: Bodies,
	victims: readonly string[],
): Generator<{what: string; to: string; field: string; at: number; wrong: Bodies}> {
	for (const to of victims)
		for (const [field, text] of Object.entries(packages[to] ?? {}))
			for (const at of unpack(suite, String(text)).keys())
				yield {
					what: `scalar ${at} of "${field}" to ${to}`,
					to,
					field,
					at,
					wrong: {...packages, [to]: {...packages[to], [field]: moved(text, at)}},
				};
}

describe('whatever a dealer of triples deals', () => {
	test.each([
		[2, 3, PRODUCT, ['ada', 'ben', 'chi']],
		[3, 5, PRODUCT, ['ada', 'eli']],
		[2, 3, LESS, ['ada']],
	] as const)('wrong, in any scalar to any party, it alone is named, and no input moves: %s of %s', (t, n, program, victims) => {
		const table = makeTable('glass', t, n);
		const {packages, proof} = dealOf(table, program);
		let count = 0;
		for (const {what, to, wrong} of wrongPackages(packages, victims)) {
			// With the old proof, and with the best that fits the wrong packages.
			for (const told of [proof, bestProof(table, program, wrong, to)]) {
				const after = run(
					table,
					program,
					dealing(table, wrong, () => told),
				);
				expect([after.status, blamedIn(after)], `${what}: ${after.reason}`).toEqual(['aborted', [HUB]]);
				expect(
					after.transits.some(({from, carries}) => from === to && carries.endsWith('masked')),
					what,
				).toBe(false);
				count++;
			}
		}
		expect(count).toBeGreaterThan(60);
	});

	test('that is no row of scalars, it alone is named', () => {
		const table = makeTable('glass', 2, 3);
		const {packages, proof} = dealOf(table, PRODUCT);
		for (const to of table.parties)
			for (const [field, text] of Object.entries(packages[to] ?? {}))
				for (const bad of ['ff'.repeat(String(text).length / 2), String(text).slice(24), 'none', 1]) {
					const after = run(
						table,
						PRODUCT,
						dealing(table, {...packages, [to]: {...packages[to], [field]: bad}}, () => proof),
					);
					expect([after.status, blamedIn(after)], `"${field}" to ${to} is ${bad}: ${after.reason}`).toEqual(['aborted', [HUB]]);
				}
	});

	test.each([
		[2, 3],
		[3, 5],
	] as const)('with a wrong proof, in any hash or scalar, to all or to one, it alone is named: %s of %s', (t, n) => {
		const table = makeTable('glass', t, n);
		const {packages, proof} = dealOf(table, PRODUCT);
		const hashes = proof.packages as Readonly<Record<string, string>>;
		const wrong: [string, Body][] = [
			...[...unpack(suite, String(proof.polynomials)).keys()].map((at): [string, Body] => [
				`scalar ${at}`,
				{...proof, polynomials: moved(proof.polynomials, at)},
			]),
			...table.parties.map((id): [string, Body] => [`hash of ${id}`, {...proof, packages: {...hashes, [id]: hashText('other')}}]),
			...[{packages: null}, {packages: 1}, {packages: {}}, {polynomials: 'none'}, {polynomials: null}].map((part): [string, Body] => [
				JSON.stringify(part),
				{...proof, ...part},
			]),
		];
		for (const [what, told] of wrong)
			for (const receivers of [table.parties, [table.parties.at(-1) ?? '']]) {
				const after = run(
					table,
					PRODUCT,
					dealing(table, packages, to => (receivers.includes(to) ? told : proof)),
				);
				expect([after.status, blamedIn(after)], `${what} to ${receivers.join()}: ${after.reason}`).toEqual(['aborted', [HUB]]);
			}
	});

	test('with another proof to one that fits its package, its two signatures prove it, and nothing is opened', () => {
		const table = makeTable('glass', 2, 3);
		const {packages, proof} = dealOf(table, PRODUCT);
		for (const [to, others] of [
			['ada', {...packages, chi: {shares: ''}}],
			['chi', {...packages, ada: {shares: ''}}],
		] as const) {
			// The list names another package for somebody else: r is another one, and all polynomials go through the receiver's own shares.
			const own = {...packages, [to]: packages[to] ?? {}};
			const hashes = hashesOf(others);
			const r = challengeOf(suite, {id: 'compute-1'}, hashes);
			const index = table.parties.indexOf(to) + 1;
			const circuit = circuitOf(PRODUCT);
			const shares = unpack(suite, String(own[to]?.shares)).map(share => [share]);
			const sums = combinations(scalars, circuit, r, shares).map(([sum = 0n]) => sum);
			const masks = unpack(suite, String(own[to]?.masks ?? ''));
			const constant = masks.reduce((sum, mask) => scalars.add(scalars.mul(sum, r), mask), 0n);
			const polynomials = sums.flatMap((value, k) => {
				if (k === sums.length - 1) return [scalars.mul(value, scalars.inv(BigInt(index))), 0n];
				const start = masks.length > 0 && k === 1 + PRODUCT.cohort.indexOf(to) ? constant : 0n;
				return [start, scalars.mul(scalars.sub(value, start), scalars.inv(BigInt(index)))];
			});
			const told = {packages: hashes, polynomials: pack(suite, polynomials)};
			const after = run(
				table,
				PRODUCT,
				dealing(table, packages, receiver => (receiver === to ? told : proof)),
			);
			expect([after.status, blamedIn(after)], `${to}: ${after.reason}`).toEqual(['aborted', [HUB]]);
			expect(after.blame[0]?.check.equation).toBe('the proof of hub is the same for all');
			expect(after.blame[0]?.evidence.map(wire => parseEnvelope(wire)?.from)).toEqual([HUB, HUB]);
			expect(after.transits.some(({carries}) => carries.includes('to open'))).toBe(false);
		}
	});

	// Everything lies on polynomials, but a product is none, or a MAC belongs to another value: nobody's bit is to look wrong for it.
	test.each([
		[2, 3],
		[3, 5],
	] as const)('on polynomials that do not belong together, it alone is named: %s of %s', (t, n) => {
		const table = makeTable('glass', t, n);
		const {packages} = dealOf(table, LESS);
		const size = 1 + 2 * 4 + 6 * 7;
		let count = 0;
		for (let at = 1; at < size; at += 2)
			for (const withMac of [true, false]) {
				// Another mask or factor with its MAC is as good as the one before; so only c.
				if (withMac && (at < 9 || (at - 9) % 6 !== 4)) continue;
				const wrong = Object.fromEntries(
					Object.entries(packages).map(([id, body]) => {
						const [alpha = 0n] = unpack(suite, String(body.shares));
						return [id, {...body, shares: withMac ? moved(moved(body.shares, at), at + 1, alpha) : moved(body.shares, at)}];
					}),
				);
				const after = run(
					table,
					LESS,
					dealing(table, wrong, () => bestProof(table, LESS, wrong, table.parties.at(-1) ?? '')),
				);
				expect([after.status, blamedIn(after)], `scalar ${at}${withMac ? ' and its MAC' : ''}: ${after.reason}`).toEqual([
					'aborted',
					[HUB],
				]);
				count++;
			}
		expect(count).toBeGreaterThan(20);
	});

	test('where all shares are needed, it alone is named for a wrong mask, and nobody else for a wrong share', () => {
		const table = makeTable('glass', 2, 2);
		const {packages} = dealOf(table, LESS);
		const named = new Set<string>();
		for (const {what, to, field, wrong} of wrongPackages(packages, ['ada'])) {
			const after = run(
				table,
				LESS,
				dealing(table, wrong, () => bestProof(table, LESS, wrong, to)),
			);
			const blamed = blamedIn(after);
			expect([[], [HUB]], `${what}: ${after.reason}`).toContainEqual(blamed);
			if (blamed.length > 0) named.add(field);
			if (field === 'masks') expect(blamed, what).toEqual([HUB]);
			if (after.status === 'done') expect(computedOf(after.sides.ada?.memory ?? ''), what).toEqual({less: '1'});
		}
		expect(named).toContain('masks');
	});
});

describe('a complaint about a dealer that dealt right', () => {
	test.each([true, false])('names whoever complains, and nobody else, sealed %s', sealed => {
		const table = makeTable('glass', 2, 3);
		const session = table.session('compute-1', sealed);
		const genuine: Record<string, string> = {};
		const record: Carry = packet => {
			if (packet.from === HUB) genuine[`${packet.round} ${packet.to}`] = packet.wire;
			return [packet];
		};
		runComputing(table, {program: PRODUCT, inputs: INPUTS, carry: record, sealed});
		const complaints: unknown[] = [
			{proof: genuine['2 ben'], dealt: genuine['1 ben'], key: '00'},
			{proof: genuine['2 ben'], dealt: genuine['1 ada'], key: '00'},
			{proof: genuine['1 ben'], dealt: genuine['2 ben']},
			{proof: genuine['2 ben']},
			{},
			1,
			null,
		];
		for (const complaint of complaints)
			for (const to of [['ada', 'chi'], ['chi']]) {
				const carry: Carry = packet => {
					if (packet.from !== 'ben' || packet.round !== 3 || !to.includes(packet.to)) return [packet];
					const letter = {round: 3, from: 'ben', to: packet.to, body: {complaint}};
					return [{...packet, wire: writeEnvelope(session, table.identity('ben'), letter)}];
				};
				const after = runComputing(table, {program: PRODUCT, inputs: INPUTS, carry, sealed});
				expect([after.status, blamedIn(after)], `${JSON.stringify(complaint)}: ${after.reason}`).toEqual(['aborted', ['ben']]);
				// Nobody else shows a package for it.
				expect(after.transits.filter(({from, carries}) => from !== 'ben' && carries.startsWith('complaint'))).toEqual([]);
			}
	});

	test('no input is masked by whoever got no proof', () => {
		const table = makeTable('glass', 2, 3);
		const after = run(table, PRODUCT, packet => (packet.from === HUB && packet.round === 2 ? [] : [packet]));
		expect([after.status, after.blame]).toEqual(['aborted', []]);
		expect(after.transits.filter(isMasked)).toEqual([]);
	});

	test('who asks for originals before there is an echo gets nobody blamed but itself', () => {
		const table = makeTable('glass', 2, 3);
		const last = Math.max(...run(table, PRODUCT).transits.map(({round}) => round)) + 1;
		for (const round of [3, last]) {
			const wire = writeEnvelope(table.session('compute-1'), table.identity('chi'), {round, from: 'chi', to: 'ada', body: {originals: []}});
			const early: Carry = packet =>
				packet.from === HUB && packet.to === 'ada' && packet.round === 2
					? [{...packet, from: 'chi', round, wire, carries: 'originals'}, packet]
					: [packet];
			const after = run(table, PRODUCT, early);
			expect(
				blamedIn(after).filter(id => id !== 'chi'),
				`round ${round}: ${after.reason}`,
			).toEqual([]);
		}
	});
});
