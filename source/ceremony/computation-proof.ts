/**
 * How parties check what the dealer of a computation dealt, before any input moves, without a word among themselves. The dealer publishes the hashes of
 * all packages; r is hashed from them; and it publishes polynomials that combine, by powers of r, everything that it dealt (as in Atapoor et al. 2023):
 * - P, of degree t-1: everything, so that all shares lie on polynomials
 * - M of each owner, of degree t-1: the masks of its inputs, which the owner has in the clear: M(0) is their combination
 * - Q, of degree 2(t-1) with Q(0) = 0: alpha*x - mac of every value and a*b - c of every triple, which binds where n >= 2t-1
 * Each holds a blind that is dealt for nothing else. Every party compares the values at its index with its own package; a dealer that deals wrong passes
 * with a chance of (number of shares)/q. Pure functions. They import the shares of a computation, sessions and envelopes' hashes.
 */
import {hash} from 'node:crypto';
import {evaluate} from '../sharing/polynomial.js';
import {scalarFromBytes, scalarHex} from '../sharing/scalars.js';
import type {Scalars, Suite} from '../sharing/suite.js';
import type {Check, Hex, Session} from './api.js';
import {canonical} from './canonical.js';
import {type Circuit, productsOf} from './computation-circuit.js';
import {inputWires, pack, unpack} from './computation-shares.js';
import {type Body, hashText} from './envelope.js';
import {hexField, indexOf} from './side.js';

/** Coefficients from the constant upwards. A share is the polynomial of degree 0: the same function combines what the dealer and what a party holds. */
type Polynomial = readonly bigint[];

/** r, which the dealer learns only when all packages are settled. */
export function challengeOf({scalars}: Suite, {id}: Pick<Session, 'id'>, packages: unknown): bigint {
	return scalarFromBytes(scalars, hash('sha512', `${id} preparation/${canonical(packages ?? null)}`, 'buffer'));
}

/** The sum of r^k * row k; the last one, a blind, counts once. */
function combine(scalars: Scalars, r: bigint, rows: readonly Polynomial[]): bigint[] {
	const length = rows[0]?.length ?? 0;
	return Array.from({length}, (_, c) => rows.reduce((sum, row) => scalars.add(scalars.mul(sum, r), row[c] ?? 0n), 0n));
}

/** left * right - minus */
function productLess(scalars: Scalars, left: Polynomial, right: Polynomial, minus: Polynomial): bigint[] {
	const sums = Array.from({length: left.length + right.length - 1}, (_, k) => scalars.neg(minus[k] ?? 0n));
	for (const [j, a] of left.entries())
		for (const [k, b] of right.entries()) sums[j + k] = scalars.add(sums[j + k] ?? 0n, scalars.mul(a, b));
	return sums;
}

/** How many values are shared besides the blinds: alpha, then a mask or three parts of a triple, each with its MAC. */
function dealtOf(circuit: Circuit): number {
	return 1 + 2 * inputWires(circuit).length + 6 * productsOf(circuit).length;
}

/** P, M of each owner, and Q, of all that `prepare` shared, in its order. */
export function combinations(scalars: Scalars, circuit: Circuit, r: bigint, rows: readonly Polynomial[]): bigint[][] {
	const inputs = inputWires(circuit);
	const owners = Object.keys(circuit.inputs);
	const dealt = dealtOf(circuit);
	const at = (k: number): Polynomial => rows[k] ?? [];
	const blinds = rows.slice(dealt);
	const masksOf = (owner: string) => inputs.flatMap((input, k) => (input.owner === owner ? [at(1 + 2 * k)] : []));
	const relations: Polynomial[] = [];
	for (let k = 1; k < dealt; k += 2) relations.push(productLess(scalars, at(0), at(k), at(k + 1)));
	for (let k = 1 + 2 * inputs.length; k < dealt; k += 6) relations.push(productLess(scalars, at(k), at(k + 2), at(k + 4)));
	const combined = (of: readonly Polynomial[], blind: number) => combine(scalars, r, [...of, blinds[blind] ?? []]);
	return [
		combined(rows.slice(0, dealt), 0),
		...owners.map((owner, k) => combined(masksOf(owner), 1 + k)),
		combined(relations, 1 + owners.length),
	];
}

/** What the dealer publishes: the packages' hashes by party, and the combined polynomials. That Q(0) is 0 goes without saying. */
export function proofOf(
	suite: Suite,
	circuit: Circuit,
	options: {readonly session: Session; readonly packages: Readonly<Record<string, Body>>; readonly polynomials: readonly Polynomial[]},
): Body {
	const {session, packages, polynomials} = options;
	const hashes = Object.fromEntries(Object.entries(packages).map(([id, body]) => [id, hashText(canonical(body))]));
	const all = combinations(suite.scalars, circuit, challengeOf(suite, session, hashes), polynomials);
	const products = all.pop() ?? [];
	return {packages: hashes, polynomials: pack(suite, [...all.flat(), ...products.slice(1)])};
}

interface Dealt {
	readonly shares: readonly bigint[];
	/** The party's own masks and their blind; empty where it gives no input. */
	readonly masks: readonly bigint[];
	readonly polynomials: readonly Polynomial[];
}

/** Throws where something is no row of so many scalars. */
function readDealt(suite: Suite, circuit: Circuit, threshold: number, party: string, body: Body, proof: Body): Dealt {
	const owners = Object.keys(circuit.inputs).length;
	const rowOf = (field: Hex | undefined, length: number): bigint[] => {
		const row = unpack(suite, field ?? '');
		if (row.length !== length) throw new Error(`expected ${length} scalars, got ${row.length}`);
		return row;
	};
	const own = circuit.inputs[party]?.length;
	const sent = rowOf(hexField(proof, 'polynomials'), (1 + owners) * threshold + 2 * (threshold - 1));
	const polynomials: Polynomial[] = Array.from({length: 1 + owners}, (_, k) => sent.slice(k * threshold, (k + 1) * threshold));
	return {
		shares: rowOf(hexField(body, 'shares'), dealtOf(circuit) + owners + 2),
		masks: rowOf(hexField(body, 'masks'), own === undefined ? 0 : own + 1),
		polynomials: [...polynomials, [0n, ...sent.slice((1 + owners) * threshold)]],
	};
}

/**
 * One party's package and the dealer's proof, as they were signed: the equations that must hold between them. They are the same for whoever sees both, so
 * that a complaint proves itself.
 */
export function checkPackage(
	suite: Suite,
	circuit: Circuit,
	options: {readonly session: Session; readonly party: string; readonly body: Body; readonly proof: Body},
): Check[] {
	const {session, party, body, proof} = options;
	const {scalars} = suite;
	const about = session.coordinator?.id ?? '';
	const packages = (proof.packages ?? {}) as Readonly<Record<string, unknown>>;
	const hashed = hashText(canonical(body));
	let dealt: Dealt;
	try {
		dealt = readDealt(suite, circuit, session.threshold, party, body, proof);
	} catch {
		const equation = `${about} deals shares of masks, triples and MAC key`;
		return [{name: 'encoding', about, holds: false, equation, left: hashed, right: ''}];
	}
	const listed = String(packages[party]);
	const equation = `H(package of ${party}) = its hash in the list of ${about}`;
	const checks: Check[] = [{name: 'preparation', about, holds: hashed === listed, equation, left: hashed, right: listed}];
	const compare = (equation: string, published: bigint, own: bigint) => {
		const [left, right] = [scalarHex(suite, published), scalarHex(suite, own)];
		checks.push({name: 'preparation', about, holds: left === right, equation, left, right});
	};
	const r = challengeOf(suite, session, packages);
	const index = indexOf({session}, party);
	const owners = Object.keys(circuit.inputs);
	const own = combinations(
		scalars,
		circuit,
		r,
		dealt.shares.map(share => [share]),
	);
	const names = [
		['P', 'all shares of'],
		...owners.map(owner => [`M_${owner}`, `the shares of the masks of ${owner} at`]),
		['Q', 'alpha*x - mac and a*b - c of'],
	];
	for (const [k, [name, what]] of names.entries())
		compare(`${name}(${index}) = sum of r^k * ${what} ${party}`, evaluate(scalars, dealt.polynomials[k] ?? [], index), own[k]?.[0] ?? 0n);
	if (dealt.masks.length > 0) {
		const [sum = 0n] = combine(
			scalars,
			r,
			dealt.masks.map(mask => [mask]),
		);
		compare(`M_${party}(0) = sum of r^k * the masks that ${party} got`, dealt.polynomials[1 + owners.indexOf(party)]?.[0] ?? 0n, sum);
	}
	return checks;
}
