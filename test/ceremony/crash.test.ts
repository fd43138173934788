import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {
	type CeremonyRun,
	keyShareOf,
	keySharesOf,
	type Packet,
	rewriteEnvelope,
	settledShares,
	tombstoneOf,
	tryShares,
} from '../../source/ceremony/index.js';
import {
	anyShare,
	makeVault,
	refreshSides,
	runRefresh,
	runRepair,
	runReshare,
	type Shares,
	signs as signsAnew,
	type Vault,
	vaultOf,
} from './same-key.js';
import {type Carry, HUB, makeTable, NAMES, runKeygen, runSigning, sharesOf} from './table.js';

const signed = new Map<string, boolean>();

/** Do these shares sign? Most accidents leave the same ones, which sign once for all of them. */
function signs(vault: Vault, shares: Shares): boolean {
	const ids = Object.keys(shares).slice(0, anyShare(shares).threshold);
	const name = [vault.table.suite, ...ids, ...ids.map(id => shares[id]?.share), JSON.stringify(anyShare(shares).commitments)].join(' ');
	const result = signed.get(name) ?? signsAnew(vault, shares, ids);
	signed.set(name, result);
	return result;
}

/** A party that stops: from the n-th packet on, nothing leaves it and nothing reaches it. */
function stopping(who: string, n: number): Carry {
	let count = 0;
	return packet => {
		count += 1;
		return count > n && (packet.from === who || packet.to === who) ? [] : [packet];
	};
}

/**
 * Every crash of a run that differs from the others: each party before each packet that comes from it or goes to it. Stopping before a packet of others
 * is the same as stopping before its own next one.
 */
function crashes(run: (carry: Carry) => CeremonyRun): {readonly who: string; readonly at: number}[] {
	const packets: Packet[] = [];
	run(packet => {
		packets.push(packet);
		return [packet];
	});
	return packets.flatMap(({from, to}, at) => [from, to].map(who => ({who, at})));
}

/** Members of a run who are still there, with what they say is in force on them. */
function inForce(run: CeremonyRun, stopped: string): Shares {
	const entries = Object.entries(run.sides).filter(([id]) => id !== stopped);
	const shareOf = (memory: string) => {
		try {
			return keyShareOf(memory);
		} catch {
			return undefined;
		}
	};
	return Object.fromEntries(
		entries.map(([id, {memory}]) => [id, shareOf(memory)] as const).flatMap(([id, share]) => (share ? [[id, share]] : [])),
	);
}

function without(shares: Shares, who: string): Shares {
	return Object.fromEntries(Object.entries(shares).filter(([id]) => id !== who));
}

interface Case {
	readonly name: string;
	readonly run: (vault: Vault, carry?: Carry) => CeremonyRun;
}

function cases(t: number, n: number): Case[] {
	const dealers = NAMES.slice(0, t);
	const receivers = [...NAMES.slice(1, n), 'ida'];
	return [
		{name: 'refresh', run: (vault, carry) => runRefresh(vault, {carry})},
		{name: 'reshare', run: (vault, carry) => runReshare(vault, {threshold: t, dealers, receivers}, {carry})},
		{name: 'repair', run: (vault, carry) => runRepair(vault, {helpers: dealers, target: NAMES[t] ?? ''}, {carry})},
	];
}

/** `part`: every how manyth crash is tried. */
function expectSurvival(suite: Vault['table']['suite'], [t, n]: readonly [number, number], part: number): void {
	const vault = makeVault(suite, t, n, {seats: 9});
	for (const {name, run} of cases(t, n)) {
		const all = crashes(carry => run(vault, carry));
		const epochs = new Set<number>();
		for (const {who, at} of all.filter((_, k) => k % part === 0)) {
			const after = run(vault, stopping(who, at));
			const what = `${name} of ${t} of ${n}: ${who} stops at message ${at} of ${all.length / 2}`;
			expect(after.blame, what).toEqual([]);
			// Those who are left agree on the epoch, and sign with it.
			const left = inForce(after, who);
			expect(new Set(Object.values(left).map(({epoch}) => epoch)).size, what).toBe(1);
			const settled = name === 'repair' ? left : without(settledShares(after), who);
			for (const {epoch} of Object.values(settled)) epochs.add(epoch);
			if (Object.keys(settled).length >= t) expect(signs(vault, settled), what).toBe(true);
			else expect([name, t], what).toEqual(['repair', t]);
		}
		// Stopping early leaves the old epoch, stopping late the new one: both were seen.
		expect([...epochs].sort(), name).toEqual(name === 'repair' ? [1] : [1, 2]);
	}
}

const SIZES = [
	[2, 3],
	[3, 5],
] as const;

describe('a party that stops, at any message of refresh, reshare and repair', () => {
	test.each(SIZES)('leaves one epoch that signs, %s of %s on glass', (t, n) => expectSurvival('glass', [t, n], 1));

	test.each(['ed25519', 'secp256k1'] as const)('leaves one epoch that signs, 2 of 3 on %s, sampled', suite =>
		expectSurvival(suite, [2, 3], 9),
	);
});

/** The old key signs at any moment of a rotation; the new one too, once all who make it have said that they have it. */
function expectRotation(suite: Vault['table']['suite'], [t, n]: readonly [number, number], part: number): void {
	const vault = makeVault(suite, t, n);
	const {table} = vault;
	const makeNext = (carry?: Carry) => runKeygen(table, {session: 'keygen-2', carry});
	for (const {who, at} of crashes(makeNext).filter((_, k) => k % part === 0)) {
		const next = makeNext(stopping(who, at));
		const what = `rotation of ${t} of ${n}: ${who} stops at message ${at}`;
		expect(next.blame, what).toEqual([]);
		expect(signs(vault, without(vault.shares, who)), what).toBe(true);
		if (next.status === 'done') expect(signs(vault, without(inForce(next, who), who)), what).toBe(true);
	}
	const next = makeNext();
	const old = Object.values(vault.shares);
	const message = tombstoneOf(old[0]!, sharesOf(next)[0]!);
	// The tombstone is an ordinary signing: if a signer stops, the others sign it.
	const signers = NAMES.slice(0, t);
	const sign = (session: string, who: readonly string[], carry?: Carry) =>
		runSigning(table, {shares: old, signers: who, message, session, carry}).status;
	const stops = crashes(carry => runSigning(table, {shares: old, signers, message, session: 'tomb', carry}));
	for (const {who, at} of stops.filter(({who: id}, k) => id !== HUB && k % part === 0)) {
		sign(`tomb-${who}-${at}`, signers, stopping(who, at));
		const others = table.parties.filter(id => id !== who).slice(0, t);
		expect(sign(`tomb-${who}-${at}-again`, others), `${who} stops at message ${at} of the tombstone`).toBe('done');
	}
	expect(signs(vault, inForce(next, ''))).toBe(true);
}

describe('a rotation that stops', () => {
	test.each(SIZES)('at any message leaves the old key signing, %s of %s on glass', (t, n) => expectRotation('glass', [t, n], 1));
	test('at some messages, on ed25519', () => expectRotation('ed25519', [2, 3], 9));
});

/** Where machines stop, whatever they were doing: any size, any ceremony, any of them, each at a message of its own. */
interface Accident {
	readonly t: number;
	readonly n: number;
	readonly ceremony: 'refresh' | 'reshare' | 'repair' | 'rotation';
	readonly who: readonly number[];
	readonly at: readonly number[];
	readonly pick: number;
}

/** Up to seven machines, most of the time few: what a ceremony costs grows with their square. */
const accidents: fc.Arbitrary<Accident> = fc
	.oneof({weight: 5, arbitrary: fc.integer({min: 2, max: 4})}, {weight: 1, arbitrary: fc.integer({min: 5, max: 7})})
	.chain(n =>
		fc.record({
			n: fc.constant(n),
			t: fc.integer({min: 2, max: n}),
			ceremony: fc.constantFrom('refresh' as const, 'reshare', 'repair', 'rotation'),
			who: fc.uniqueArray(fc.nat(n), {minLength: 1, maxLength: n}),
			// Sooner or later; most of the time all at once, as where a rack loses its power.
			at: fc.oneof(fc.tuple(fc.nat(99)), fc.array(fc.nat(99), {minLength: n + 1, maxLength: n + 1})),
			pick: fc.nat(),
		}),
	);

/** The ceremony of an accident: its members, how many packets it has at most, those who have to acknowledge, and the run of it. */
function plannedRun(vault: Vault, {t, n, ceremony, pick}: Accident) {
	const holders = NAMES.slice(0, n);
	const dealers = holders.slice(pick % (n - t + 1)).slice(0, t);
	const everybody = (members: readonly string[], rounds: number) => ({
		members,
		dealers,
		packets: rounds * members.length * (members.length - 1),
	});
	if (ceremony === 'refresh')
		return {...everybody(holders, 5), receivers: holders, run: (carry: Carry) => runRefresh(vault, {session: `${pick}`, carry})};
	if (ceremony === 'reshare') {
		const receivers = NAMES.slice(pick % 3, 9).slice(0, 2 + (pick % (n - 1)));
		const committee = {threshold: 2 + (pick % (receivers.length - 1)), dealers, receivers};
		const members = NAMES.slice(0, 9).filter(id => holders.includes(id) || receivers.includes(id));
		return {...everybody(members, 4), receivers, run: (carry: Carry) => runReshare(vault, committee, {session: `${pick}`, carry})};
	}
	if (ceremony === 'repair') {
		const target = NAMES.slice(0, n + 2).find(id => !dealers.includes(id)) ?? '';
		const members = NAMES.filter(id => dealers.includes(id) || id === target);
		return {...everybody(members, 4), receivers: [], run: (carry: Carry) => runRepair(vault, {helpers: dealers, target}, {carry})};
	}
	const table = {
		...vault.table,
		parties: holders,
		session: (id: string) => ({...vault.table.session(id), members: vault.table.session(id).members.slice(0, n)}),
	};
	return {...everybody(holders, 4), receivers: [], run: (carry: Carry) => runKeygen(table, {session: `keygen-${pick}`, carry})};
}

/**
 * Whatever stops, t machines of one epoch are left that sign: the old one, unless every receiver has acknowledged. Those that stopped start again with
 * the memory that they had. Returns which epoch it was.
 */
function expectNoLoss(suite: Vault['table']['suite'], accident: Accident): number {
	const {t, n, ceremony, who, at} = accident;
	const vault = vaultOf(suite, t, n);
	const {members, packets, dealers, receivers, run} = plannedRun(vault, accident);
	const stops = new Map(who.map((k, j) => [members[k % members.length] ?? '', Math.floor(((at[j % at.length] ?? 0) * packets) / 100)]));
	let count = 0;
	const isDown = (id: string) => count > (stops.get(id) ?? Number.POSITIVE_INFINITY);
	const after = run(packet => {
		count += 1;
		return isDown(packet.from) || isDown(packet.to) ? [] : [packet];
	});
	const left = members.filter(id => !stops.has(id));
	expect(after.blame).toEqual([]);
	const saySo = (shares: Shares, ids: readonly string[]) => {
		const able = Object.fromEntries(Object.entries(shares).filter(([id]) => ids.includes(id)));
		const enough = Object.keys(able).length >= anyShare(shares).threshold;
		// Those who never stopped sign alone where there are enough of them.
		expect(signs(vault, enough ? able : shares)).toBe(true);
		return anyShare(shares).epoch;
	};
	if (ceremony === 'rotation') return saySo(vault.shares, left);
	if (ceremony === 'repair') {
		const held = inForce(after, '');
		for (const id of dealers) expect(held[id]?.share, id).toBe(vault.shares[id]?.share);
		if (after.status === 'done') expect(Object.keys(held).sort()).toEqual([...members].sort());
		return saySo(held, left);
	}
	const settled = settledShares(after);
	// Nobody flips without the word of all others: of those that stopped, did anybody hear it?
	const heard = (id: string) => after.transits.some(({from, round, delivered}) => from === id && round === 4 && delivered);
	const acknowledged = receivers.every(id => !stops.has(id) || heard(id));
	if (!acknowledged) {
		expect(settled).toEqual(vault.shares);
		// A machine that heard all others and stopped before it spoke itself has flipped alone: it still has its old share.
		for (const [id, {epoch}] of Object.entries(inForce(after, ''))) if (left.includes(id)) expect(epoch, id).toBe(1);
	}
	return saySo(settled, left);
}

describe('any machines that stop, at any messages', () => {
	test.each([
		['glass', 200],
		['ed25519', 10],
		['secp256k1', 10],
	] as const)('before the acknowledgements leave the old epoch signing, and later one or the other, %s (%i cases)', (suite, numRuns) => {
		const epochs = new Set<number>();
		fc.assert(
			fc.property(accidents, accident => void epochs.add(expectNoLoss(suite, accident))),
			{numRuns},
		);
		if (suite === 'glass') expect([...epochs].sort()).toEqual([1, 2]);
	});
});

describe('lost messages', () => {
	const all = (vault: Vault, run: CeremonyRun) => {
		const shares = settledShares(run);
		const list = Object.values(shares);
		return list.length >= 3 && signs(vault, shares);
	};

	test('never cost the key, whichever are lost, even where every share is needed', () => {
		const vault = makeVault('glass', 3, 3);
		const messages = runRefresh(vault).transits.length;
		const lossy = (lost: ReadonlySet<number>): Carry => {
			let count = 0;
			return packet => (lost.has(count++) ? [] : [packet]);
		};
		for (let at = 0; at < messages; at++) expect(all(vault, runRefresh(vault, {carry: lossy(new Set([at]))})), `message ${at}`).toBe(true);
		fc.assert(
			fc.property(fc.uniqueArray(fc.integer({min: 0, max: messages + 12}), {maxLength: 14}), fc.boolean(), (lost, isLate) => {
				// Late losses are the dangerous ones: acknowledgements, flips, questions about them and answers.
				const carry = lossy(new Set(isLate ? lost.map(k => messages - 12 + (k % 24)) : lost));
				const run = runRefresh(vault, {carry});
				expect(all(vault, run)).toBe(true);
				// Nobody has erased unless everybody has flipped.
				const epochs = Object.values(run.sides).map(({memory}) => keySharesOf(memory).map(({epoch}) => epoch));
				if (epochs.some(list => !list.includes(1))) expect(epochs.every(list => list[0] === 2)).toBe(true);
			}),
			{numRuns: 150},
		);
	});

	test('are asked for at the end: one lost acknowledgement or flip does not matter', () => {
		const vault = makeVault('glass', 3, 3);
		for (const round of [4, 7]) {
			const run = runRefresh(vault, {
				carry: packet => (packet.round === round && packet.from === 'chi' && packet.to === 'ada' ? [] : [packet]),
			});
			expect(run).toMatchObject({status: 'done', blame: []});
			expect(run.reason).toBeUndefined();
			expect(Object.values(run.sides).map(({memory}) => keySharesOf(memory).map(({epoch}) => epoch))).toEqual([[2], [2], [2]]);
			expect(run.transits.filter(({round: r}) => r === 9)).not.toHaveLength(0);
		}
	});

	test('cost the key where sides erase before all have acknowledged', () => {
		const vault = makeVault('glass', 3, 3);
		const carry: Carry = packet => (packet.round === 3 && packet.to === 'chi' ? [] : [packet]);
		const run = runRefresh(vault, {carry, checks: {ackBeforeErase: false}});
		expect(run.status).toBe('aborted');
		expect(Object.values(run.sides).map(({memory}) => keySharesOf(memory).map(({epoch}) => epoch))).toEqual([[2], [2], [1]]);
		const held = Object.values(run.sides).flatMap(({memory}) => keySharesOf(memory));
		expect(tryShares({key: held[0]!, shares: held}).check.holds).toBe(false);
		expect(all(vault, run)).toBe(false);
		// With the check on, the same loss costs nothing.
		expect(all(vault, runRefresh(vault, {carry}))).toBe(true);
	});
});

describe('a party that says one thing to one and another to the others', () => {
	const vault = makeVault('glass', 3, 3);

	it('about its acknowledgement, so that some flip and others do not, loses nobody a share, and is blamed', () => {
		const {session} = refreshSides(vault);
		const identity = vault.table.identity('chi');
		const complaint = (packet: Packet): Packet => ({
			...packet,
			wire: rewriteEnvelope({
				session,
				identity,
				wire: packet.wire,
				changeBody: () => ({complaints: [{against: 'ada', wire: '', key: ''}]}),
			}),
		});
		const carry: Carry = packet => [packet.from === 'chi' && packet.to === 'ben' && packet.round === 4 ? complaint(packet) : packet];
		const run = runRefresh(vault, {carry});
		expect(run.status).toBe('aborted');
		expect(run.blame.map(({member}) => member)).toEqual(['chi']);
		// ada flipped and ben did not; ada has not erased, because ben never said that it flipped.
		const epochs = Object.fromEntries(Object.entries(run.sides).map(([id, {memory}]) => [id, keySharesOf(memory).map(({epoch}) => epoch)]));
		expect(epochs).toMatchObject({ada: [2, 1], ben: [1]});
		const settled = settledShares(run);
		expect(Object.values(settled).map(({epoch}) => epoch)).toEqual([1, 1, 1]);
		expect(signs(vault, settled)).toBe(true);
	});
});

describe('a keygen that stops', () => {
	it('leaves no half key behind: who did not finish has no share', () => {
		const table = makeTable('glass', 2, 3);
		const run = runKeygen(table, {carry: stopping('chi', 9)});
		expect(run.status).toBe('aborted');
		for (const id of ['ada', 'ben', 'chi']) expect(() => keyShareOf(run.sides[id]?.memory ?? '')).toThrow('without a share');
		expect(run.sides[HUB]).toBeUndefined();
	});
});
