import {describe, expect, it, test} from 'vitest';
import {
	type CeremonyRun,
	type Checks,
	corruptValue,
	type Draw,
	eavesdrop,
	equivocate,
	keyFromConstants,
	keyPublicOf,
	keyShareOf,
	network,
	raiseThreshold,
	reconstruct,
	regenerateDeal,
	regenerateNonce,
	reseat,
	rogueKey,
	rogueResult,
	runCeremony,
	shareAtZero,
	startKeygen,
	tamper,
	tryShares,
	worked,
} from '../../../source/ceremony/index.js';
import {readMemory} from '../../../source/ceremony/memory.js';
import {makeVault, refreshSides} from '../same-key.js';
import {type Carry, drawFrom, makeTable, runKeygen, runSigning, sharesOf, type Table} from '../table.js';

const SUITES = ['ed25519', 'secp256k1', 'glass'] as const;
const blamed = (run: {blame: readonly {member: string; check: {name: string}}[]}) => [
	...new Set(run.blame.map(({member, check}) => `${member} ${check.name}`)),
];

/** What these sides hold against whom: the word of an implanted machine is not among them. */
const blamedBy = (run: CeremonyRun, ids: readonly string[]) =>
	blamed({blame: ids.flatMap(id => readMemory(run.sides[id]?.memory ?? '{}').blame)});

describe.each(SUITES)('a rogue key on %s', suite => {
	const attempt = (t: number, n: number, rogue: string, colluders: readonly string[], checks = {}) => {
		const table = makeTable(suite, t, n);
		const session = table.session('keygen-1');
		const x = Buffer.from(suiteScalar(table)).toString('hex');
		const {carry} = network({rogue: rogueKey({session, identity: table.identity(rogue), rogue, colluders, x, draw: drawFrom('rogue')})});
		const sides = Object.fromEntries(
			table.parties.map(me => {
				// The attackers' own machines check nothing.
				const own = {proofOfPossession: false, feldman: false, echo: false, subgroup: false};
				const memory = startKeygen({
					session,
					me,
					identity: table.identity(me),
					checks: me === rogue || colluders.includes(me) ? own : checks,
				});
				return [me, {kind: 'keygen' as const, memory}];
			}),
		);
		const run = runCeremony({sides, draw: table.draw, carry, closeRounds: true});
		return {run, x};
	};
	const off = {proofOfPossession: false};

	test('is chosen by whoever speaks last, where nobody proves possession and at most t-1 are honest', () => {
		for (const [t, n, rogue, colluders, victim] of [
			[3, 3, 'chi', [], 'ada'],
			[3, 3, 'ada', [], 'ben'],
			[3, 4, 'dee', ['chi'], 'ada'],
		] as const) {
			const {run, x} = attempt(t, n, rogue, colluders, off);
			const share = keyShareOf(run.sides[victim]?.memory ?? '');
			expect(run.blame).toEqual([]);
			expect(worked(rogueResult(share, x))).toBe(true);
		}
	});

	test('fails in 2-of-3, where two are honest: the second value cannot be made to fit', () => {
		const {run} = attempt(2, 3, 'chi', [], off);
		expect(run.status).toBe('aborted');
		expect(blamed(run)).toEqual(['chi feldman']);
	});

	test('fails wherever possession is proved', () => {
		const {run} = attempt(3, 3, 'chi', []);
		expect(run.status).toBe('aborted');
		expect(blamed(run)).toEqual(['chi proofOfPossession']);
	});
});

function suiteScalar({suite}: Table): Uint8Array {
	const bytes = new Uint8Array(suite === 'glass' ? 12 : 32);
	bytes[suite === 'secp256k1' ? 31 : 0] = 77;
	return bytes;
}

describe.each(SUITES)('weak chance on %s', suite => {
	const table = makeTable(suite, 2, 3);
	const stuck: Draw = () => drawFrom('known')('always the same');

	test('at keygen lets everybody deal the same polynomials again; the key is known, and no other guess fits', () => {
		const session = table.session('keygen-1');
		const line = network({line: eavesdrop({round: [1]})});
		const sides = Object.fromEntries(
			table.parties.map(me => [me, {kind: 'keygen' as const, memory: startKeygen({session, me, identity: table.identity(me)})}]),
		);
		const run = runCeremony({sides, draw: id => (id === 'chi' ? table.draw(id) : stuck), carry: line.carry, closeRounds: true});
		expect(run.status).toBe('done');
		const wire = (id: string) => line.state('line').find(({packet}) => packet.from === id)?.packet.wire ?? '';
		const again = (id: string, draw: Draw) => regenerateDeal({session, draw, wire: wire(id)});
		expect(table.parties.map(id => worked(again(id, stuck)))).toEqual([true, true, false]);
		const chi = again('chi', table.draw('chi'));
		expect(worked(chi)).toBe(true);
		const key = keyPublicOf(keyShareOf(run.sides.ada?.memory ?? ''));
		const constants = [again('ada', stuck), again('ben', stuck), chi].map(({result}) => result.constant);
		expect(worked(keyFromConstants(key, constants))).toBe(true);
		// One machine with chance of its own is enough.
		expect(worked(keyFromConstants(key, [...constants.slice(0, 2), again('chi', stuck).result.constant]))).toBe(false);
	});

	test('at signing is hedged: the nonce needs the share as well', () => {
		const shares = sharesOf(runKeygen(table));
		const run = runSigning({...table, draw: () => stuck}, {shares, signers: ['ada', 'ben'], message: 'beef'});
		expect(run.status).toBe('done');
		const body = JSON.parse(run.transits.find(({from}) => from === 'ada')?.wire ?? '{}').body;
		const guess = (share: string) => worked(regenerateNonce({session: table.session('sign-1'), draw: stuck, hiding: body.hiding, share}));
		expect(guess(shares[0]?.share ?? '')).toBe(true);
		expect(guess(shares[1]?.share ?? '')).toBe(false);
	});
});

describe.each(SUITES)('an implanted dealer on %s', suite => {
	const table = makeTable(suite, 2, 4);
	const others = ['ada', 'chi', 'dee'];
	const session = table.session('keygen-1');
	const implant = (change: (wire: string, receiver: string) => string, to = others): Carry =>
		network({ben: tamper({from: ['ben'], to}, (wire, packet) => change(wire, packet.to))}).carry;
	const identity = table.identity('ben');

	test('who deals a wrong value is named; unchecked, one share is useless', () => {
		const carry = implant(wire => corruptValue({session, identity, wire}), ['ada']);
		expect(blamed(runKeygen(table, {carry}))).toEqual(['ben feldman']);
		const [ada, ben, chi] = sharesOf(runKeygen(table, {carry, checks: {feldman: false}}));
		if (!ada || !ben || !chi) throw new Error('no shares');
		expect(tryShares({key: ben, shares: [ada, chi]}).check.holds).toBe(false);
		expect(tryShares({key: ben, shares: [ben, chi]}).check.holds).toBe(true);
	});

	test('who shows two polynomials is proven by its own signatures; without echo there are two keys of shares', () => {
		const carry = implant((wire, receiver) => equivocate({session, identity, wire, receiver, by: 5n}), ['dee']);
		expect(blamed(runKeygen(table, {carry}))).toEqual(['ben echo']);
		const run = runKeygen(table, {carry, checks: {echo: false}});
		expect(run.status).toBe('done');
		const shares = sharesOf(run);
		expect(new Set(shares.map(({commitments}) => commitments.join())).size).toBe(2);
		const [ada, , chi, dee] = shares;
		if (!ada || !chi || !dee) throw new Error('no shares');
		expect(tryShares({key: ada, shares: [ada, chi]}).check.holds).toBe(true);
		expect(tryShares({key: ada, shares: [ada, dee]}).check.holds).toBe(false);
	});

	test('who deals a coefficient more raises the threshold unless commitments are counted, in keygen and in refresh', () => {
		const vault = makeVault(suite, 2, 4, {seed: 'table'});
		const attempt = (ceremony: 'keygen' | 'refresh', checks: Checks = {}) => {
			const memory = (me: string) => startKeygen({session, me, identity: table.identity(me), checks});
			const sides =
				ceremony === 'refresh'
					? refreshSides(vault, {checks}).sides
					: Object.fromEntries(table.parties.map(me => [me, {kind: 'keygen' as const, memory: memory(me)}]));
			const implanted = {...sides, ben: {kind: ceremony, memory: raiseThreshold(sides.ben?.memory ?? '')}};
			return runCeremony({sides: implanted, draw: table.draw, closeRounds: true});
		};
		for (const ceremony of ['keygen', 'refresh'] as const) {
			expect(blamedBy(attempt(ceremony), others)).toEqual(['ben commitmentLength']);
			const run = attempt(ceremony, {commitmentLength: false});
			expect(run.status).toBe('done');
			const shares = table.parties.map(id => keyShareOf(run.sides[id]?.memory ?? ''));
			const key = keyPublicOf(shares[0] as (typeof shares)[0]);
			expect(worked(reconstruct({key, captured: shares, threshold: 2}))).toBe(false);
			expect(worked(reconstruct({key, captured: shares, threshold: 3}))).toBe(true);
		}
	});
});

describe('seats', () => {
	const table = makeTable('ed25519', 2, 3);
	const members = (indexes: readonly number[]) => table.session('k').members.map((member, k) => ({...member, index: indexes[k] ?? 0}));
	const start = (indexes: readonly number[]) =>
		startKeygen({session: {...table.session('k'), members: members(indexes)}, me: 'ada', identity: table.identity('ada')});

	it('with index 0, or with an index that somebody has, are refused before anything is dealt', () => {
		expect(() => start([0, 1, 2])).toThrow('distinct indexes from 1');
		expect(() => start([1, 1, 2])).toThrow('distinct indexes from 1');
		expect(() => start([1, 2, 3])).not.toThrow();
	});

	it('with index 0 would hold the key itself, and two with one index the same share', () => {
		const run = (indexes: Readonly<Record<string, number>>) => {
			const sides = Object.fromEntries(
				table.parties.map(me => {
					// Feldman's check is not made for index 0 either.
					const memory = startKeygen({session: table.session('k'), me, identity: table.identity(me), checks: {feldman: false}});
					return [me, {kind: 'keygen' as const, memory: reseat({memory, indexes})}];
				}),
			);
			return Object.values(runCeremony({sides, draw: table.draw, closeRounds: true}).sides).map(({memory}) => keyShareOf(memory));
		};
		const [, , zero] = run({chi: 0});
		if (zero === undefined) throw new Error('no share');
		expect(worked(shareAtZero(zero, zero.share))).toBe(true);
		const [ada, , twin] = run({chi: 1});
		expect(twin?.share).toBe(ada?.share);
		expect(worked(shareAtZero(ada as NonNullable<typeof ada>, ada?.share ?? ''))).toBe(false);
		expect(() => tryShares({key: ada as NonNullable<typeof ada>, shares: [ada, twin] as NonNullable<typeof ada>[]})).toThrow('distinct');
	});
});
