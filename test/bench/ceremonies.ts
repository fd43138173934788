// What the ceremonies cost over the work in the group that nobody can save: the floor does exactly that work, on other numbers, with no protocol
// around it. Additions count where the record of a new key asks for them, an encoding where points that were just computed are sent or hashed (one
// inversion for all of them), and the Taproot tweak of a new key. A decoded point costs its square root, which packages save by bringing it along: so
// a ceremony with many packages stays below its floor. Everything else is overhead: serialising a side between messages, hashing, texts.
// Envelopes are listed apart: their cost is node:crypto's. Ceremony, envelopes and floor alternate, and the ratio is the median of the ratios, so that
// a busy machine matters little.
import {admit, EVERYONE, parseEnvelope, writeEnvelope} from '../../source/ceremony/envelope.js';
import {type CeremonyRun, type Session, verifyOutput} from '../../source/ceremony/index.js';
import {isSealed} from '../../source/ceremony/seal.js';
import {deal} from '../../source/sharing/deal.js';
import type {Point, Suite} from '../../source/sharing/suite.js';
import {suiteOf} from '../../source/sharing/suites.js';
import {makeVault, refreshSides, repairSides, reshareSides, runRefresh, runRepair, runReshare} from '../ceremony/same-key.js';
import {drawFrom, HUB, makeTable, NAMES, runKeygen, runSigning, sharesOf, type Table} from '../ceremony/table.js';
import type {Row} from './row.js';

const RUNS = 15;
const WARM_UP = 5;
const MESSAGE = 'c0ffee';
const SIZES = [
	[2, 3],
	[3, 5],
	[5, 9],
] as const;

/** Milliseconds. */
export type Time = number;

/** Time of the processor, not of the clock on the wall: other programs on the machine do not count. */
export function timed(call: () => unknown): Time {
	const start = process.cpuUsage();
	call();
	const {user, system} = process.cpuUsage(start);
	return (user + system) / 1e3;
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function times(count: number, call: () => unknown): void {
	for (let k = 0; k < count; k++) call();
}

/** The group's work by itself, on numbers that are as random as those of a ceremony. */
export interface Group {
	/** s*G of a secret. */
	readonly secretTimesBase: () => unknown;
	/** s*G of a public scalar. */
	readonly timesBase: () => unknown;
	/** s*P. */
	readonly timesPoint: () => unknown;
	readonly decode: () => unknown;
	readonly subgroup: () => unknown;
	/** A sum of s*P. */
	readonly combine: (terms: number) => unknown;
	/** The record of a key: so many additions, and so many of the sums encoded with one inversion. */
	readonly record: (additions: number, encoded: number) => unknown;
	/** So many points that were just computed, encoded with one inversion: nothing can be sent or hashed before. */
	readonly encode: (count: number) => unknown;
	/** What BIP 341 adds to a key that was just made: nothing on Ed25519. */
	readonly tweak: () => unknown;
}

export function bareGroup(suite: Suite): Group {
	const COUNT = 40;
	const receivers = Array.from({length: COUNT}, (_, k) => k + 1);
	const {values, commitments} = deal(suite, {degree: COUNT - 1, receivers, draw: drawFrom('bench'), label: 'bare'});
	const scalars = [...values.values()];
	const encoded = commitments.map(point => point.toBytes());
	const points: Point[] = encoded.map(bytes => suite.decode(bytes));
	const computed = points.map(point => point.add(suite.base));
	let at = 0;
	const next = () => {
		at = (at + 1) % COUNT;
		return {scalar: scalars[at] as bigint, point: points[at] as Point, bytes: encoded[at] as Uint8Array};
	};
	return {
		secretTimesBase: () => suite.base.multiply(next().scalar),
		timesBase: () => suite.base.multiplyUnsafe(next().scalar),
		timesPoint: () => {
			const {scalar, point} = next();
			return point.multiplyUnsafe(scalar);
		},
		decode: () => suite.decode(next().bytes),
		subgroup: () => suite.inSubgroup(next().point),
		combine: terms => {
			const picked = Array.from({length: terms}, next);
			return suite.combine(
				picked.map(({point}) => point),
				picked.map(({scalar}) => scalar),
			);
		},
		record: (additions, encoded) => {
			const sums: Point[] = [];
			for (let k = 0; k < additions; k++) sums.push((sums.at(-1) ?? next().point).add(next().point));
			return suite.prepare(sums.slice(-encoded)).map(point => point.toBytes());
		},
		encode: count => suite.prepare(computed.slice(0, count)).map(point => point.toBytes()),
		tweak: () => {
			const tweak = suite.tweak(next().point);
			return tweak === 0n ? undefined : suite.base.multiplyUnsafe(tweak);
		},
	};
}

/**
 * What every receiver adds up whatever it does: the commitments of all dealers, and with forward differences t-1 additions for each of n verifying shares.
 * The record of the new key has them all, encoded.
 */
function recordFloor(group: Group, dealers: number, t: number, n: number): void {
	group.record((dealers - 1) * (t - 1) + n * (t - 1), n + t - 1);
}

/**
 * Key generation, a party: deal t coefficients and one proof; decode and check n-1 packages; check the sum of values and the subgroup of the sum; on
 * secp256k1 add the Taproot tweak.
 */
export function keygenFloor(group: Group, t: number, n: number): Time {
	return timed(() =>
		times(n, () => {
			times(t + 1, group.secretTimesBase);
			group.encode(t + 1);
			times(n - 1, () => {
				times(t + 1, group.decode);
				group.timesBase();
				group.timesPoint();
			});
			group.secretTimesBase();
			times(t, group.subgroup);
			group.tweak();
			recordFloor(group, n, t, n);
		}),
	);
}

/** Signing: t signers commit, check key and list and compute R; the coordinator does so too, and checks t partials and the output. */
export function signingFloor(group: Group, t: number, stockVerify: () => unknown): Time {
	return timed(() => {
		times(t, () => {
			times(2, group.secretTimesBase);
			group.encode(2);
			times(2 * t + 1, group.decode);
			times(2 * t - 1, group.subgroup);
			group.combine(t);
			group.encode(1);
		});
		times(3 * t + 1, group.decode);
		times(3 * t + 1, group.subgroup);
		group.combine(t);
		group.encode(1);
		times(t, () => {
			group.timesBase();
			group.combine(2);
		});
		stockVerify();
	});
}

/** Refresh, a party: deal t-1 coefficients of zero; decode n-1 packages and the old commitments; check its new share and the subgroup of the sum. */
export function refreshFloor(group: Group, t: number, n: number): Time {
	return timed(() =>
		times(n, () => {
			times(t, group.secretTimesBase);
			group.encode(t - 1);
			times((n - 1) * (t - 1) + t, group.decode);
			times(t - 1, group.subgroup);
			recordFloor(group, n, t, n);
		}),
	);
}

/** Reshare by t of n to t of n, all of them receivers: t deal t-1 coefficients, and n decode what they did not deal and check as in a refresh. */
export function reshareFloor(group: Group, t: number, n: number): Time {
	return timed(() => {
		times(t * (t - 1) + n, group.secretTimesBase);
		times(t, () => group.encode(t - 1));
		times((n * t - t) * (t - 1) + n, group.decode);
		times(n * (t - 1), group.subgroup);
		times(n, () => recordFloor(group, t, t, n));
	});
}

/**
 * Repair by the formula that is known for it (every part and every weighted share checked by itself). The side's summed checks do about half of that
 * work, which leaves room for its messages.
 */
export function repairFloor(group: Group, t: number): Time {
	return timed(() => {
		times(2 * t * t + t + 1, group.secretTimesBase);
		times(t, group.timesPoint);
		times(t * (t - 1), group.decode);
	});
}

/** All that is done with envelopes in a run: each wire written once, and admitted by each of its receivers. */
function envelopeWork(table: Table, session: Session, run: CeremonyRun): (() => unknown)[] {
	const written = new Set<string>();
	return run.transits.flatMap(({from, to, round, wire}) => {
		const receiver = {session, me: to, identity: table.identity(to), checks: {}};
		const message = admit(receiver, wire, []);
		if (message === undefined) throw new Error('a wire of the ceremony that was measured is not admitted');
		const admitting = () => admit(receiver, wire, []);
		if (written.has(wire)) return [admitting];
		written.add(wire);
		const {envelope, body} = message;
		const letter = {round, from, to: envelope.to, body, secret: envelope.to !== EVERYONE && isSealed(envelope.body), binds: envelope.binds};
		return [() => writeEnvelope(session, table.identity(from), letter), admitting];
	});
}

/** The same group, with a part of other work after each of its operations, as messages come between them in a ceremony. */
function amid(group: Group, work: readonly (() => unknown)[], operations: number): Group {
	let [done, at] = [0, 0];
	const then = <T>(result: T): T => {
		done += 1;
		for (const end = Math.ceil((work.length * done) / operations); at < Math.min(end, work.length); at++) work[at]?.();
		return result;
	};
	return {
		secretTimesBase: () => then(group.secretTimesBase()),
		timesBase: () => then(group.timesBase()),
		timesPoint: () => then(group.timesPoint()),
		decode: () => then(group.decode()),
		subgroup: () => then(group.subgroup()),
		combine: terms => then(group.combine(terms)),
		record: (additions, encoded) => then(group.record(additions, encoded)),
		encode: count => then(group.encode(count)),
		tweak: () => then(group.tweak()),
	};
}

function operationsOf(floor: (group: Group) => Time): number {
	let count = 0;
	const one = () => {
		count += 1;
	};
	floor({
		secretTimesBase: one,
		timesBase: one,
		timesPoint: one,
		decode: one,
		subgroup: one,
		combine: one,
		record: one,
		encode: one,
		tweak: one,
	});
	return count;
}

/** Envelopes that were read before are remembered for a while: other texts drive them out. */
function forgetEnvelopes(): void {
	for (let k = 0; k < 600; k++) parseEnvelope(`${k}`);
}

/** A ceremony's time without its envelopes, theirs, and the floor's. */
interface Sample {
	readonly own: Time;
	readonly envelopes: Time;
	readonly floor: Time;
}

interface Measurement {
	readonly what: string;
	readonly who: string;
	/** Runs it once: the whole ceremony, its envelopes and its floor. */
	readonly measure: () => Sample;
	readonly samples: Sample[];
}

/**
 * One sample. The floor's work is done twice: by itself, and with the ceremony's envelopes between its operations, so that what a ceremony has on top of
 * both can be told from what caches forget when one kind of work interrupts another.
 */
function sample(options: {
	readonly table: Table;
	readonly session: Session;
	readonly run: () => CeremonyRun;
	readonly group: Group;
	readonly floor: (group: Group, run: CeremonyRun) => Time;
}): Sample {
	const {table, session, group} = options;
	let done: CeremonyRun | undefined;
	forgetEnvelopes();
	const whole = timed(() => {
		done = options.run();
	});
	if (done?.status !== 'done') throw new Error(`the ceremony ${session.id} that was measured ended as ${done?.status}: ${done?.reason}`);
	const run = done;
	const work = envelopeWork(table, session, run);
	const operations = operationsOf(counting => options.floor(counting, run));
	forgetEnvelopes();
	const together = options.floor(amid(group, work, operations), run);
	const floor = options.floor(group, run);
	return {own: whole - together + floor, envelopes: together - floor, floor};
}

function measurements(name: 'ed25519' | 'secp256k1'): Measurement[] {
	const group = bareGroup(suiteOf(name));
	const tables = SIZES.map(([t, n]) => ({t, n, table: makeTable(name, t, n)}));
	const keygens = tables.map(({t, n, table}): Measurement => {
		const session = table.session('keygen-1');
		const measure = () => sample({table, session, group, run: () => runKeygen(table), floor: each => keygenFloor(each, t, n)});
		return {what: `keygen ${name} ${t} of ${n}`, who: `all ${n} parties`, measure, samples: []};
	});
	const signings = tables.map(({t, table}): Measurement => {
		const shares = sharesOf(runKeygen(table));
		const publicKey = shares[0]?.publicKey ?? '';
		const measure = () =>
			sample({
				table,
				session: table.session('sign-1'),
				group,
				run: () => runSigning(table, {shares, signers: NAMES.slice(0, t), message: MESSAGE}),
				floor: (each, {checks}) => signingFloor(each, t, () => verifyOutput(name, publicKey, MESSAGE, checks[HUB]?.at(-1)?.left ?? '')),
			});
		return {what: `signing ${name} t=${t}`, who: `${t} signers and the coordinator`, measure, samples: []};
	});
	const sameKey = tables.flatMap(({t, n}): Measurement[] => {
		const vault = makeVault(name, t, n, {seats: n + 1});
		const committee = {threshold: t, dealers: NAMES.slice(0, t), receivers: NAMES.slice(0, n)};
		const roles = {helpers: NAMES.slice(0, t), target: NAMES[n] ?? ''};
		const row = (what: string, who: string, session: Session, run: () => CeremonyRun, floor: (group: Group) => Time): Measurement => ({
			what: `${what} ${name} ${t} of ${n}`,
			who,
			measure: () => sample({table: vault.table, session, group, run, floor}),
			samples: [],
		});
		return [
			row(
				'refresh',
				`all ${n} parties`,
				refreshSides(vault).session,
				() => runRefresh(vault),
				each => refreshFloor(each, t, n),
			),
			row(
				'reshare',
				`${t} dealers and ${n} receivers`,
				reshareSides(vault, committee).session,
				() => runReshare(vault, committee),
				each => reshareFloor(each, t, n),
			),
			row(
				'repair',
				`${t} helpers and the target`,
				repairSides(vault, roles).session,
				() => runRepair(vault, roles),
				each => repairFloor(each, t),
			),
		];
	});
	return [...keygens, ...sameKey, ...signings];
}

function row({what, who, samples}: Measurement): Row {
	const of = (field: 'own' | 'envelopes' | 'floor') => median(samples.map(taken => taken[field])).toFixed(1);
	return {
		what: `${what} over its floor`,
		value: `${of('own')} ms`,
		ratio: median(samples.map(({own, floor}) => own / floor)),
		budget: 1.3,
		note: `${who}; floor ${of('floor')} ms; envelopes apart ${of('envelopes')} ms`,
	};
}

/** Every ceremony of both suites, or those whose name fits. */
export async function rows(wanted = /./, warmUp = WARM_UP, runs = RUNS): Promise<Row[]> {
	const all = (['ed25519', 'secp256k1'] as const).flatMap(measurements).filter(({what}) => wanted.test(what));
	for (let k = 0; k < warmUp + runs; k++) {
		for (const {measure, samples} of all) {
			const taken = measure();
			if (k >= warmUp) samples.push(taken);
		}
	}
	return all.map(row);
}
