// Authorised and blocking sets: every listed set works and no proper subset does, whatever the vault looks like.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type AccessStructure, accessStructure} from '../../source/engine/access-structure.js';
import {membersOf, minimalSets} from '../../source/engine/minimal-sets.js';
import type {GroupKind} from '../../source/engine/party-groups.js';
import {quorumFor} from '../../source/engine/policy-oracle.js';
import {Play, vault} from './play.js';

const setsOf = (of: AccessStructure['reach'], kind: GroupKind) => of.find(each => each.kind === kind)!.sets.map(set => set.join('+'));
const isSubset = (a: readonly string[], b: readonly string[]) => a.every(each => b.includes(each));

interface Setup {
	readonly threshold: number;
	readonly parties: ReadonlyArray<{readonly domain: string; readonly backup?: string; readonly custodian: string}>;
}

const names = ['ada', 'ben', 'chi', 'dee', 'eli', 'fay'];

function structureOf({threshold, parties}: Setup, file: Readonly<Record<string, unknown>> = {}, controls = {}): AccessStructure {
	const scenario = vault({
		controls,
		file: {threshold, parties: Object.fromEntries(parties.map((party, index) => [names[index]!, party])), ...file},
	});
	const play = new Play({scenario, suite: 'glass'}).table('begin');
	return accessStructure(play.game, play.state);
}

const setups: fc.Arbitrary<Setup> = fc
	.array(
		fc.record(
			{
				domain: fc.constantFrom('d1', 'd2', 'd3'),
				custodian: fc.constantFrom('Ana', 'Bo', 'Cy', 'Di'),
				backup: fc.constantFrom('p1', 'p2', 'p3'),
			},
			{requiredKeys: ['domain', 'custodian']},
		),
		{minLength: 2, maxLength: 6},
	)
	.chain(parties => fc.record({threshold: fc.integer({min: 2, max: parties.length}), parties: fc.constant(parties)}));

test('minimal sets: exactly those that brute force finds', () => {
	const count = 6;
	fc.assert(
		fc.property(fc.array(fc.integer({min: 0, max: 63}), {maxLength: 6}), seeds => {
			const fulfils = (set: number) => seeds.some(seed => (seed & set) === seed);
			const brute = Array.from({length: 64}, (_, set) => set).filter(
				set => fulfils(set) && membersOf(set).every(member => !fulfils(set & ~(1 << member))),
			);
			const found = minimalSets(count, fulfils);
			expect([...found.sets].sort()).toEqual(brute.sort());
			expect(found.isComplete).toBe(true);
		}),
		{numRuns: 200},
	);
});

test('a search that gives up says so, and still names a set', () => {
	const half = (set: number) => membersOf(set).length >= 10;
	const found = minimalSets(20, half, {budget: 50});
	expect(found.isComplete).toBe(false);
	expect(found.sets.map(set => membersOf(set).length)).toEqual([10]);
	expect(minimalSets(20, half, {atLeast: 10, limit: 3})).toMatchObject({isComplete: false, sets: {length: 3}});
});

test('in any vault the sets are as the shares, backups and approvals count', () => {
	fc.assert(
		fc.property(setups, setup => {
			const {threshold, parties} = setup;
			const found = structureOf(setup);
			const indexes = (kind: GroupKind, set: readonly string[]): Set<number> =>
				new Set(
					parties.flatMap(({domain, custodian, backup}, index) => {
						const has = set.includes(names[index]!) || set.includes(domain) || set.includes(custodian);
						const byPlace = backup !== undefined && set.includes(backup);
						return (kind === 'places' ? byPlace : has || byPlace) ? [index] : [];
					}),
				);
			for (const {kind, sets} of found.reach)
				for (const set of sets) {
					expect(indexes(kind, set).size, `${kind}: ${set}`).toBeGreaterThanOrEqual(threshold);
					for (const one of set)
						expect(
							indexes(
								kind,
								set.filter(each => each !== one),
							).size,
						).toBeLessThan(threshold);
				}
			// Nobody is missing: of every kind, all groups together are at least as good as any of their sets.
			const everyone = found.groups.parties.map(({name}) => name);
			expect(found.reach[0]!.sets.length).toBe(choose(parties.length, threshold));
			for (const of of [found.reach, found.stop, found.lose, found.amend, found.pass])
				for (const {sets} of of) for (const a of sets) for (const b of sets) expect(a !== b && isSubset(a, b)).toBe(false);
			// Blocking sets are the minimal sets that hit every authorised set.
			const authorised = found.reach[0]!.sets;
			for (const set of found.stop[0]!.sets) {
				expect(authorised.every(each => each.some(one => set.includes(one)))).toBe(true);
				for (const one of set) expect(authorised.every(each => each.some(other => other !== one && set.includes(other)))).toBe(false);
			}
			expect(found.stop[0]!.sets.length).toBe(choose(parties.length, parties.length - threshold + 1));
			expect(isSubset(found.amend[0]!.sets.flat(), everyone)).toBe(true);
		}),
		{numRuns: 12},
	);
});

function choose(n: number, k: number): number {
	return k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
}

describe('what stands out', () => {
	const shared: Setup = {
		threshold: 2,
		parties: [
			{domain: 'bank-a', custodian: 'Ana', backup: 'safe-a'},
			{domain: 'bank-a', custodian: 'Bo', backup: 'safe-a'},
			{domain: 'bank-b', custodian: 'Ana', backup: 'safe-b'},
		],
	};

	test('one organisation, one person and one place can each be the key', () => {
		const found = structureOf(shared);
		expect(setsOf(found.reach, 'domains')).toEqual(['bank-a']);
		expect(setsOf(found.reach, 'custodians')).toEqual(['Ana']);
		expect(setsOf(found.reach, 'places')).toEqual(['safe-a']);
		expect(setsOf(found.reach, 'domains and places')).toEqual([]);
		expect(setsOf(found.stop, 'domains')).toEqual(['bank-a']);
		// The backups at both places outlive any machine.
		expect(setsOf(found.lose, 'parties')).toEqual([]);
		expect(setsOf(found.lose, 'domains and places')).toEqual(['bank-a+safe-a']);
	});

	test('a machine and a place that each have half the key are it together', () => {
		const found = structureOf({
			threshold: 2,
			parties: [
				{domain: 'a', custodian: 'Ana', backup: 'safe'},
				{domain: 'b', custodian: 'Bo'},
			],
		});
		expect(setsOf(found.reach, 'domains and places')).toEqual(['b+safe']);
		expect(setsOf(found.reach, 'parties and places')).toEqual(['ben+safe']);
	});

	test('the policy itself is asked: a rule, distinct domains and an exception change who can pass and who can stop', () => {
		const plain = structureOf(shared);
		expect(setsOf(plain.pass, 'parties')).toEqual(['ada+ben', 'ada+chi', 'ben+chi']);
		const apart = structureOf(shared, {}, {'distinct-domains': 'on'});
		expect(setsOf(apart.pass, 'parties')).toEqual(['ada+chi', 'ben+chi']);
		expect(setsOf(apart.stop, 'parties')).toEqual(['chi', 'ada+ben']);
		const chi = structureOf(shared, {policy: {'chi-agrees': 'approvals.exists(a, a.party == "chi")'}});
		expect(setsOf(chi.stop, 'parties')).toEqual(['chi', 'ada+ben']);
		expect(setsOf(chi.reach, 'parties')).toContain('ada+ben');
		const called = structureOf(shared, {policy: {'call-back': 'approvals.all(a, a.basis == basis.callback)'}});
		expect(setsOf(called.pass, 'parties')).toEqual([]);
		expect(setsOf(called.stop, 'parties')).toEqual(setsOf(plain.stop, 'parties'));
		const open = structureOf(shared, {
			policy: {'call-back': 'approvals.all(a, a.basis == basis.callback)'},
			exceptions: {outage: {when: 'facts.amount < 5000.0'}},
		});
		expect(setsOf(open.pass, 'parties')).toEqual(setsOf(plain.pass, 'parties'));
	});

	test('a rule that fewer approvals pass: the others may simply not approve', () => {
		const found = structureOf(shared, {policy: {'exactly-two': 'size(approvals) == 2'}});
		expect(setsOf(found.pass, 'parties')).toEqual(['ada+ben', 'ada+chi', 'ben+chi']);
		expect(setsOf(found.stop, 'parties')).toEqual(['ada+ben', 'ada+chi', 'ben+chi']);
	});

	test('of many parties too, a rule is asked about the sets that decide: whom it names can stop it, and nobody else', () => {
		const parties = Object.fromEntries(Array.from({length: 9}, (_, index) => [`p${index + 1}`, {domain: `d${index + 1}`}]));
		const of = (rule: string) => {
			const play = new Play({scenario: vault({file: {threshold: 4, parties, policy: {rule}}}), suite: 'glass'}).table('begin');
			return accessStructure(play.game, play.state);
		};
		const named = of('approvals.exists(a, a.party == "p3")');
		expect(setsOf(named.stop, 'parties').filter(set => !set.includes('+'))).toEqual(['p3']);
		expect(Math.min(...named.pass[0]!.sets.map(({length}) => length))).toBe(4);
		expect(named.pass[0]!.sets.every(set => set.includes('p3'))).toBe(true);
		expect(named.isPolicyComplete).toBe(true);
		const exact = of('size(approvals) == 4');
		expect(Math.min(...exact.stop[0]!.sets.map(({length}) => length))).toBeGreaterThan(1);
		expect(exact.isPolicyComplete).toBe(false);
	});

	test('a quorum for a request, on the first basis that passes', () => {
		const play = Play.vault({file: {policy: {'digest-at-least': 'approvals.all(a, a.basis != basis.display) && size(approvals) >= 3'}}});
		const bases = ['display', 'digest', 'callback'] as const;
		expect(quorumFor(play.game, play.state, {request: 'payroll', bases})).toEqual({parties: ['ada', 'ben', 'chi'], basis: 'digest'});
	});

	test('shares and backups are worth what their equations say: a bad disk and a wrong backup count for nothing', () => {
		const file = {threshold: 2, parties: {ada: {domain: 'a', backup: 'safe'}, ben: {domain: 'b'}, chi: {domain: 'c'}}};
		const broken = Play.vault({file, deal: 'world: bad-disk party=ben'});
		const found = accessStructure(broken.game, broken.state);
		expect(setsOf(found.reach, 'parties')).toEqual(['ada+chi']);
		expect(setsOf(found.stop, 'parties')).toEqual(['ada', 'chi']);
		const given = accessStructure(broken.game, broken.state, {given: ['safe']});
		expect(setsOf(given.reach, 'parties')).toEqual(['chi']);
	});

	test('a reshare moves the quorum, and old shares that were not erased still make the key', () => {
		const rich = {turns: 8, operators: {points: 9}};
		const reshare = 'reshare threshold=3 parties=ada,ben,chi';
		const erased = Play.vault({file: rich}).operators(reshare).endTurn();
		const after = accessStructure(erased.game, erased.state);
		expect(after.epochs.map(({shares}) => shares.length)).toEqual([0, 3]);
		expect(setsOf(after.reach, 'parties')).toEqual(['ada+ben+chi']);
		const kept = Play.vault({file: rich, controls: {'erase-old-shares': 'off'}})
			.operators(reshare)
			.endTurn();
		const both = accessStructure(kept.game, kept.state);
		expect(setsOf(both.reach, 'parties')).toEqual(['ada+ben', 'ada+chi', 'ben+chi']);
		expect(setsOf(both.stop, 'parties')).toEqual(['ada', 'ben', 'chi']);
	});
});
