import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	type CeremonyRun,
	computedOf,
	corruptPartial,
	corruptValue,
	drop,
	eavesdrop,
	equivocate,
	extractShare,
	keyPublicOf,
	keySharesOf,
	type NonceUse,
	network,
	nonceUseOf,
	reconstruct,
	type SuiteName,
	tamper,
	verifyOutput,
	worked,
} from '../../source/ceremony/index.js';
import {readMemory} from '../../source/ceremony/memory.js';
import type {SideBase} from '../../source/ceremony/side.js';
import {inputsOf, runComputing} from './computing.js';
import {runRefresh, runRepair, runReshare, vaultOf} from './same-key.js';
import {HUB, makeTable, NAMES, runDealer, runKeygen, runSigning, sharesOf} from './table.js';

/** One story, told without any number that belongs to a group. */
interface Story {
	readonly seed: string;
	readonly t: number;
	readonly n: number;
	readonly who: number;
	readonly to: number;
	readonly round: number;
	readonly fault: 'none' | 'drop' | 'value' | 'equivocate' | 'partial';
	readonly off: 'none' | 'feldman' | 'echo' | 'verifyPartials';
	readonly sealed: boolean;
}

const story: fc.Arbitrary<Story> = fc
	.record({
		seed: fc.string({maxLength: 6}),
		t: fc.integer({min: 2, max: 4}),
		more: fc.integer({min: 0, max: 1}),
		who: fc.nat(),
		to: fc.nat(),
		round: fc.integer({min: 1, max: 4}),
		fault: fc.constantFrom('none' as const, 'drop', 'value', 'equivocate', 'partial'),
		off: fc.constantFrom('none' as const, 'feldman', 'echo', 'verifyPartials'),
		sealed: fc.boolean(),
	})
	.map(({more, ...rest}) => ({...rest, n: rest.t + more}));

const outline = (run: CeremonyRun) => ({
	status: run.status,
	reason: run.reason,
	blame: run.blame.map(({member, check}) => `${member} ${check.name} ${check.equation}`),
	transits: run.transits.map(({from, to, round, carries, delivered}) => `${from} ${to} ${round} ${carries} ${delivered}`),
	// Only a group with a cofactor makes subgroup checks.
	checks: Object.values(run.checks).map(list =>
		list.filter(({name}) => name !== 'subgroup').map(({name, about, holds, equation}) => `${name} ${about} ${holds} ${equation}`),
	),
});

/** The parities of BIP 340 change the text of equations and nothing else. */
const withoutParity = <T>(value: T): T => JSON.parse(JSON.stringify(value).replace(/-\((D\d+ \+ rho\d+\*E\d+)\)|\(-(Y\d+)\)/g, '$1$2'));

function told(suite: SuiteName, {seed, t, n, who, to, round, fault, off, sealed}: Story): unknown {
	const table = makeTable(suite, t, n, seed);
	const from = table.parties[who % n] ?? '';
	const receiver = table.parties[to % n] ?? '';
	const checks = off === 'none' ? {} : {[off]: false};
	const rewriting = (id: string, wire: string) => ({session: table.session(id, sealed), identity: table.identity(from), wire});
	const hop = {
		none: tamper({from: []}, wire => wire),
		drop: drop({from: [from], to: [receiver], round: [round]}),
		value: tamper({from: [from], to: [receiver]}, wire => corruptValue(rewriting('keygen-1', wire))),
		equivocate: tamper({from: [from], to: [receiver]}, wire => equivocate({...rewriting('keygen-1', wire), receiver, by: 7n})),
		partial: tamper({from: []}, wire => wire),
	}[fault];
	const keygen = runKeygen(table, {carry: network({hop}).carry, checks, sealed});
	const parts: unknown[] = [outline(keygen)];
	if (keygen.status !== 'done') return parts;
	const shares = sharesOf(keygen);
	const [first] = shares;
	if (first === undefined) return parts;
	const captured = Object.values(keygen.sides).flatMap(({memory}) => keySharesOf(memory));
	for (const count of [t - 1, t]) {
		const attack = reconstruct({key: keyPublicOf(first), captured: captured.slice(0, count)});
		parts.push([worked(attack), attack.tried, attack.checks.map(({equation}) => equation)]);
	}
	const signers = table.parties.slice(0, t);
	const liar = network({
		hop:
			fault === 'partial'
				? tamper({from: [from]}, wire => corruptPartial({...rewriting('sign-1', wire), session: table.session('sign-1')}))
				: hop,
		line: eavesdrop(),
	});
	const signing = runSigning(table, {shares, signers, message: 'beef', checks, carry: liar.carry});
	parts.push(outline(signing));
	const {signature} = readMemory<SideBase & {signature?: string}>(signing.sides[HUB]?.memory ?? '');
	if (signature !== undefined) parts.push(verifyOutput(suite, first.publicKey, 'beef', signature));
	const wires = liar.state('line').map(({packet}) => packet);
	const request = wires.find(packet => packet.from === HUB)?.wire ?? '';
	const uses = wires
		.filter(packet => packet.round === 2 && packet.from === 'ada')
		.map(({wire}) => nonceUseOf({key: first, index: 1, request, answer: wire}))
		.filter((use): use is NonceUse => use !== undefined);
	if (uses.length > 0) {
		const attack = extractShare({key: first, uses});
		parts.push([worked(attack), attack.result.free, attack.result.share !== undefined]);
	}
	return parts;
}

describe('glass tells the same stories as the real groups', () => {
	test('ceremonies, faults, blame and what attackers get of it, ten times on all three suites', () => {
		fc.assert(
			fc.property(story, each => {
				const glass = told('glass', each);
				expect(told('ed25519', each)).toEqual(glass);
				expect(withoutParity(told('secp256k1', each))).toEqual(withoutParity(glass));
			}),
			{numRuns: 12},
		);
	});

	test('200 times by itself: an honest run ends in a signature, and nobody honest is blamed', () => {
		fc.assert(
			fc.property(story, each => {
				const {seed, t, n, who, fault, off} = each;
				const table = makeTable('glass', t, n, seed);
				const parts = told('glass', each) as ReturnType<typeof outline>[];
				const liar = table.parties[who % n];
				// Where a keygen does not check, an honest party can end with a share that does not fit, and is blamed for it when it signs.
				const sound = off === 'feldman' || off === 'echo' ? parts.slice(0, 1) : parts;
				for (const {blame = []} of sound) for (const line of blame) expect(line.split(' ')[0]).toBe(liar);
				if (fault === 'none') expect(parts.at(-2)).toBe(true);
			}),
			{numRuns: 200},
		);
	});

	test.each([
		['glass', 200],
		['ed25519', 10],
		['secp256k1', 10],
	] as const)('equal seeds give equal bytes in every ceremony, on %s (%i cases)', (suite, numRuns) => {
		const sizes = fc.integer({min: 2, max: suite === 'glass' ? 5 : 3}).chain(n => fc.tuple(fc.integer({min: 2, max: n}), fc.constant(n)));
		fc.assert(
			fc.property(sizes, fc.nat(6), fc.nat(), fc.boolean(), ([t, n], which, pick, sealed) => {
				const vault = vaultOf(suite, t, n);
				const table = makeTable(suite, t, n, `${pick % 4}`);
				const [names, session] = [NAMES.slice(0, t), `s ${pick}`];
				const ceremonies: readonly (() => CeremonyRun)[] = [
					() => runKeygen(table, {sealed, session}),
					() => runDealer(table, {sealed, session}),
					() => runRefresh(vault, {sealed, session}),
					() => runReshare(vault, {threshold: 2, dealers: names, receivers: NAMES.slice(1, n + 1)}, {sealed, session}),
					() => runRepair(vault, {helpers: names, target: NAMES[t] ?? ''}, {sealed, session}),
					() => runSigning(vault.table, {shares: Object.values(vault.shares), signers: names, message: 'beef', session}),
					() => runComputing(table, {program: {kind: 'product', cohort: ['ada', 'ben']}, inputs: {ada: '3', ben: '5'}, sealed, session}),
				];
				const run = ceremonies[which] ?? (() => runKeygen(table));
				const [first, second] = [run(), run()];
				expect(first.status).toBe('done');
				expect(second).toEqual(first);
				expect(second.transits.length).toBeGreaterThan(0);
			}),
			{numRuns},
		);
	});

	test('computations give equal results and equal refusals', () => {
		fc.assert(
			fc.property(fc.integer({min: 2, max: 3}), fc.nat(255), fc.nat(255), fc.boolean(), (t, x, y, lies) => {
				const tell = (suite: SuiteName) => {
					const table = makeTable(suite, t, 3);
					const carry = network({line: drop({from: lies ? ['chi'] : [], round: [5]})}).carry;
					const program = {kind: 'less' as const, cohort: ['ada', 'ben'], bits: 8};
					const run = runComputing(table, {program, inputs: inputsOf(program.cohort, [x, y]), carry});
					return [outline(run), run.status === 'done' ? computedOf(run.sides.ada?.memory ?? '') : null];
				};
				const glass = tell('glass');
				expect(tell('ed25519')).toEqual(glass);
				expect(tell('secp256k1')).toEqual(glass);
			}),
			{numRuns: 5},
		);
	});
});
