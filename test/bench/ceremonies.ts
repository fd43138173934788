// What the ceremonies cost over the scalar multiplications that nobody can save. Floors count, a party, what its protocol demands of the group:
// M = s*G of a secret, m = s*G of a public scalar, V = s*P, P = decoding a point, T = subgroup check, S(k) = sum of k products.
// Everything else is overhead: serialising a side between messages, hashing, additions. Envelopes are measured apart: their cost is node:crypto's.
import {admit, writeEnvelope} from '../../source/ceremony/envelope.js';
import {type CeremonyRun, type Session, verifyOutput} from '../../source/ceremony/index.js';
import {deal} from '../../source/sharing/deal.js';
import type {Point, Suite} from '../../source/sharing/suite.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {drawFrom, HUB, makeTable, NAMES, runKeygen, runSigning, sharesOf, type Table} from '../ceremony/table.js';
import type {Row} from './row.js';

const RUNS = 15;
const WARM_UP = 4;
const MESSAGE = 'c0ffee';

/** Milliseconds. */
type Time = number;

interface Primitives {
	readonly M: Time;
	readonly m: Time;
	readonly V: Time;
	readonly P: Time;
	readonly T: Time;
	readonly S: (terms: number) => Time;
	/** Stock verification of a joint output. */
	readonly W: Time;
}

function timed(call: () => unknown): Time {
	const start = process.hrtime.bigint();
	call();
	return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(times: readonly Time[]): Time {
	const sorted = [...times].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Each operation on fresh scalars and points, a few times, so that a measurement of all takes about as long as a ceremony. */
function measurePrimitives(suite: Suite, round: number): Record<string, Time> {
	const TIMES = 8;
	const {values, commitments} = deal(suite, {
		degree: TIMES,
		receivers: Array.from({length: TIMES}, (_, k) => k + 1),
		draw: drawFrom(`bench ${round}`),
		label: 'p',
	});
	const scalars = [...values.values()];
	const encoded = commitments.map(point => point.toBytes());
	const points = encoded.map(bytes => suite.decode(bytes));
	const each = (call: (scalar: bigint, point: Point, bytes: Uint8Array) => unknown) =>
		timed(() => scalars.map((scalar, k) => call(scalar, points[k] as Point, encoded[k] as Uint8Array))) / TIMES;
	const sum = (terms: number) => each(() => suite.combine(points.slice(0, terms), scalars.slice(0, terms)));
	return {
		M: each(scalar => suite.base.multiply(scalar)),
		m: each(scalar => suite.base.multiplyUnsafe(scalar)),
		V: each((scalar, point) => point.multiplyUnsafe(scalar)),
		P: each((_scalar, _point, bytes) => suite.decode(bytes)),
		T: each((_scalar, point) => suite.inSubgroup(point)),
		S2: sum(2),
		S3: sum(3),
		S5: sum(5),
	};
}

function primitivesOf(samples: readonly Record<string, Time>[], stock: readonly Time[]): Primitives {
	const of = (name: string) => median(samples.map(sample => sample[name] ?? 0));
	return {M: of('M'), m: of('m'), V: of('V'), P: of('P'), T: of('T'), S: terms => of(`S${terms}`), W: median(stock)};
}

/** crypto of keygen: t+1 products to deal and prove, n-1 packages to decode and check, the sum of values, the subgroup of the sum. */
function keygenFloor({M, m, V, P, T}: Primitives, t: number, n: number): Time {
	return n * ((t + 1) * M + (n - 1) * (m + V + (t + 1) * P) + M + t * T);
}

/** t signers commit, check the list and compute R; the coordinator checks key and list, computes R, and checks t partials and the output. */
function signingFloor({M, m, P, T, S, W}: Primitives, t: number): Time {
	const signer = 2 * M + (2 * t + 1) * P + (2 * t - 1) * T + S(t);
	const coordinator = (3 * t + 1) * (P + T) + S(t) + t * (m + S(2)) + W;
	return t * signer + coordinator;
}

/** Everything that envelopes cost in a run: each wire written once, and admitted by each of its receivers. */
function measureEnvelopes(table: Table, session: Session, run: CeremonyRun): Time {
	const written = new Set<string>();
	return run.transits.reduce((total, {from, to, round, wire}) => {
		const receiver = {session, me: to, identity: table.identity(to), checks: {}};
		const admitted = {body: {}, to: ''};
		const reading = timed(() => {
			const message = admit(receiver, wire, []);
			admitted.body = message?.body ?? {};
			admitted.to = message?.envelope.to ?? to;
		});
		if (written.has(wire)) return total + reading;
		written.add(wire);
		const letter = {round, from, to: admitted.to, body: admitted.body, secret: admitted.to !== '*' && from !== HUB && round === 3};
		return total + reading + timed(() => writeEnvelope(session, table.identity(from), letter));
	}, 0);
}

interface Measured {
	readonly whole: Time[];
	readonly envelopes: Time[];
}

function row(what: string, {whole, envelopes}: Measured, floor: Time, parties: string): Row {
	const own = median(whole.map((time, k) => time - (envelopes[k] ?? 0)).slice(WARM_UP));
	return {
		what,
		value: `${own.toFixed(1)} ms`,
		ratio: own / floor,
		budget: 1.3,
		note: `floor ${floor.toFixed(1)} ms, ${parties}; envelopes apart: ${median(envelopes.slice(WARM_UP)).toFixed(1)} ms`,
	};
}

/** Key generation and signing of both suites: medians over interleaved runs, primitives and ceremonies in turns. */
export async function rows(): Promise<Row[]> {
	return (['ed25519', 'secp256k1'] as const).flatMap(name => {
		const suite = suiteOf(name);
		const keygens = [
			[2, 3],
			[3, 5],
			[5, 9],
		].map(([t = 0, n = 0]) => ({t, n, table: makeTable(name, t, n), whole: [] as Time[], envelopes: [] as Time[]}));
		const signings = keygens.map(({t, table}) => ({
			t,
			table,
			shares: sharesOf(runKeygen(table)),
			whole: [] as Time[],
			envelopes: [] as Time[],
		}));
		const samples: Record<string, Time>[] = [];
		const stock: Time[] = [];
		for (let k = 0; k < WARM_UP + RUNS; k++) {
			for (const {table, whole, envelopes} of keygens) {
				samples.push(measurePrimitives(suite, k));
				let run: CeremonyRun | undefined;
				whole.push(timed(() => (run = runKeygen(table))));
				if (run?.status !== 'done') throw new Error('the key generation that was measured did not end in a key');
				envelopes.push(measureEnvelopes(table, table.session('keygen-1'), run));
			}
			for (const {t, table, shares, whole, envelopes} of signings) {
				let run: CeremonyRun | undefined;
				whole.push(timed(() => (run = runSigning(table, {shares, signers: NAMES.slice(0, t), message: MESSAGE}))));
				if (run?.status !== 'done') throw new Error('the signing that was measured did not end in a signature');
				envelopes.push(measureEnvelopes(table, table.session('sign-1'), run));
				const {signature, publicKey} = {signature: run.checks[HUB]?.at(-1)?.left ?? '', publicKey: shares[0]?.publicKey ?? ''};
				stock.push(timed(() => verifyOutput(name, publicKey, MESSAGE, signature)));
			}
		}
		const primitives = primitivesOf(samples.slice(WARM_UP * keygens.length), stock.slice(WARM_UP * signings.length));
		return [
			...keygens.map(entry =>
				row(`keygen ${name} ${entry.t} of ${entry.n}`, entry, keygenFloor(primitives, entry.t, entry.n), 'all parties together'),
			),
			...signings.map(entry => row(`signing ${name} t=${entry.t}`, entry, signingFloor(primitives, entry.t), 'signers and coordinator')),
		];
	});
}
