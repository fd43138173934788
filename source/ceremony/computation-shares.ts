/**
 * Shares of what is computed: Beaver triples (Beaver 1991), input masks and MACs (Damgard et al. 2012) as a dealer prepares them, a party's own
 * arithmetic on its shares, and openings that name liars. Pure functions; every share is a value of a polynomial of degree t-1.
 */
import {createHash} from 'node:crypto';
import {drawPolynomial, evaluate, interpolate, lagrange, type Share} from '../sharing/polynomial.js';
import {scalarFromBytes, scalarFromHex, scalarHex} from '../sharing/scalars.js';
import type {Draw, Hex, Scalars, Suite} from '../sharing/suite.js';
import {type Circuit, productsOf} from './computation-circuit.js';

/** A share of a value and the same party's share of alpha * value, where alpha is the MAC key that nobody knows. */
export interface Authenticated {
	readonly value: bigint;
	readonly mac: bigint;
}

/** One party's part of the preparation. `masks` are its own inputs' masks in the clear. */
export interface Preparation {
	readonly alpha: bigint;
	readonly inputs: readonly Authenticated[];
	readonly triples: readonly (readonly [a: Authenticated, b: Authenticated, c: Authenticated])[];
}

/** Scalars as one text of fixed width. */
export function pack(suite: Suite, scalars: readonly bigint[]): Hex {
	return scalars.map(scalar => scalarHex(suite, scalar)).join('');
}

/** Throws where the text is no row of canonical scalars. */
export function unpack(suite: Suite, text: Hex): bigint[] {
	const width = 2 * suite.scalars.BYTES;
	if (text.length % width !== 0) throw new Error(`expected scalars of ${width} digits`);
	return Array.from({length: text.length / width}, (_, k) => scalarFromHex(suite, text.slice(k * width, (k + 1) * width)));
}

/** All input wires in the order of the gates. */
export function inputWires({gates}: Circuit): {owner: string; wire: number}[] {
	return gates.flatMap((gate, wire) => (gate.kind === 'input' ? [{owner: gate.owner, wire}] : []));
}

/**
 * Masks, triples and MACs for one run. Whoever prepares them knows every mask and triple, and would read the inputs from the openings if it
 * saw them. Last come the blinds of the dealer's proof: of everything, of each owner's masks, and a sharing of 0 at degree 2(t-1). Returns the
 * polynomials in order, each index's shares as one text, and each owner's masks in the clear, the blind of its masks after them.
 */
export function prepare(
	suite: Suite,
	options: {
		readonly circuit: Circuit;
		readonly indexes: readonly number[];
		readonly threshold: number;
		readonly draw: Draw;
		readonly label: string;
	},
): {
	readonly polynomials: readonly (readonly bigint[])[];
	readonly shares: ReadonlyMap<number, Hex>;
	readonly masks: Readonly<Record<string, Hex>>;
} {
	const {circuit, indexes, threshold, draw, label} = options;
	const {scalars} = suite;
	const polynomials: bigint[][] = [];
	const random = (name: string) => scalarFromBytes(scalars, draw(`${label} ${name}`));
	const share = (value: bigint, name: string, degree = threshold - 1): void => {
		polynomials.push(drawPolynomial(scalars, value, degree, draw, `${label} ${name}`));
	};
	const alpha = random('alpha');
	share(alpha, 'alpha share');
	const authenticate = (value: bigint, name: string): void => {
		share(value, name);
		share(scalars.mul(alpha, value), `${name} mac`);
	};
	const masks: Record<string, bigint[]> = {};
	for (const {owner, wire} of inputWires(circuit)) {
		const mask = random(`mask ${wire}`);
		masks[owner] = [...(masks[owner] ?? []), mask];
		authenticate(mask, `input ${wire}`);
	}
	for (const wire of productsOf(circuit)) {
		const [a, b] = [random(`a ${wire}`), random(`b ${wire}`)];
		authenticate(a, `triple ${wire} a`);
		authenticate(b, `triple ${wire} b`);
		authenticate(scalars.mul(a, b), `triple ${wire} c`);
	}
	share(random('blind'), 'blind share');
	for (const [owner, row] of Object.entries(masks)) {
		const blind = random(`blind ${owner}`);
		row.push(blind);
		share(blind, `blind ${owner} share`);
	}
	share(0n, 'zero share', 2 * (threshold - 1));
	const sharesOf = (index: number) => polynomials.map(polynomial => evaluate(scalars, polynomial, index));
	return {
		polynomials,
		shares: new Map(indexes.map(index => [index, pack(suite, sharesOf(index))])),
		masks: Object.fromEntries(Object.entries(masks).map(([owner, row]) => [owner, pack(suite, row)])),
	};
}

/** One party's text of `prepare`, read again without the blinds. Throws where it is shorter than the circuit needs. */
export function readPreparation(suite: Suite, circuit: Circuit, text: Hex): Preparation {
	const [alpha = 0n, ...row] = unpack(suite, text);
	const inputs = inputWires(circuit).length;
	const products = productsOf(circuit).length;
	if (row.length < 2 * (inputs + 3 * products)) throw new Error(`expected ${inputs} masks and ${products} triples`);
	const pairs = Array.from({length: inputs + 3 * products}, (_, k) => ({value: row[2 * k] ?? 0n, mac: row[2 * k + 1] ?? 0n}));
	const triples = Array.from({length: products}, (_, k) => pairs.slice(inputs + 3 * k, inputs + 3 * k + 3));
	return {alpha, inputs: pairs.slice(0, inputs), triples: triples as unknown as Preparation['triples']};
}

/** sum of factor * share + constant, on value and MAC alike. A constant's share is the constant, its MAC alpha_i * constant. */
function combine(scalars: Scalars, alpha: bigint, terms: readonly (readonly [bigint, Authenticated])[], constant = 0n): Authenticated {
	let value = scalars.create(constant);
	let mac = scalars.mul(alpha, value);
	for (const [factor, share] of terms) {
		const by = scalars.create(factor);
		value = scalars.add(value, scalars.mul(by, share.value));
		mac = scalars.add(mac, scalars.mul(by, share.mac));
	}
	return {value, mac};
}

/** What is opened for one product: d = left - a and e = right - b. */
export interface ProductOpening {
	readonly d: Authenticated;
	readonly e: Authenticated;
}

/** A party's shares of all wires, as far as the openings so far allow; the openings that each product needs. */
export interface Evaluation {
	readonly wires: readonly (Authenticated | undefined)[];
	readonly products: ReadonlyMap<number, ProductOpening>;
}

/**
 * A party's arithmetic. `masked` are input minus mask by input wire, `opened` d and e by product; both are known to all.
 * [x] = [r] + (x - r) for inputs; [z] = [c] + d[b] + e[a] + de for products.
 */
export function evaluateShares(
	suite: Suite,
	circuit: Circuit,
	{alpha, inputs, triples}: Preparation,
	masked: ReadonlyMap<number, bigint>,
	opened: ReadonlyMap<number, readonly [d: bigint, e: bigint]>,
): Evaluation {
	const {scalars} = suite;
	const wires: (Authenticated | undefined)[] = [];
	const products = new Map<number, ProductOpening>();
	let input = 0;
	let product = 0;
	for (const [wire, gate] of circuit.gates.entries()) {
		if (gate.kind === 'input') {
			const mask = inputs[input++];
			const difference = masked.get(wire);
			wires.push(mask && difference !== undefined ? combine(scalars, alpha, [[1n, mask]], difference) : undefined);
		} else if (gate.kind === 'linear') {
			const terms = gate.terms.map(([factor, at]) => [factor, wires[at]] as const);
			const known = terms.filter((term): term is readonly [bigint, Authenticated] => term[1] !== undefined);
			wires.push(known.length === terms.length ? combine(scalars, alpha, known, gate.constant) : undefined);
		} else {
			const [left, right, triple, pair] = [wires[gate.left], wires[gate.right], triples[product++], opened.get(wire)];
			if (left && right && triple) {
				const minus = (share: Authenticated, mask: Authenticated) =>
					combine(scalars, alpha, [
						[1n, share],
						[-1n, mask],
					]);
				products.set(wire, {d: minus(left, triple[0]), e: minus(right, triple[1])});
			}
			if (triple === undefined || pair === undefined) wires.push(undefined);
			else {
				const [d, e] = pair;
				const [a, b, c] = triple;
				wires.push(
					combine(
						scalars,
						alpha,
						[
							[1n, c],
							[d, b],
							[e, a],
						],
						scalars.mul(d, e),
					),
				);
			}
		}
	}
	return {wires, products};
}

/** How many liars can be named among so many shares: the largest e with n >= t + 2e. */
export function nameable(shares: number, threshold: number): number {
	return Math.max(0, Math.floor((shares - threshold) / 2));
}

/**
 * Opens one value: the polynomial of degree t-1 that all but at most e shares lie on, where n >= t + 2e makes it the only one.
 * `liars` are the indexes off it. Undefined where no polynomial fits so many: somebody lied, and nobody can be named.
 */
export function openRobustly(
	scalars: Scalars,
	shares: readonly Share[],
	threshold: number,
): {readonly value: bigint; readonly liars: readonly number[]} | undefined {
	const most = nameable(shares.length, threshold);
	for (const subset of subsets(shares, threshold)) {
		const liars = shares.filter(share => !subset.includes(share) && interpolate(scalars, subset, share.index) !== share.value);
		if (liars.length <= most) return {value: interpolate(scalars, subset), liars: liars.map(({index}) => index)};
	}
	return undefined;
}

/** Opens many values at once, from rows of shares: `undefined` where one of them cannot be opened. Liars are the indexes that lied anywhere. */
export function openRows(
	scalars: Scalars,
	rows: readonly {readonly index: number; readonly values: readonly bigint[]}[],
	threshold: number,
): {readonly values: readonly bigint[]; readonly liars: readonly number[]} | undefined {
	const first = rows.slice(0, threshold);
	const indexes = first.map(({index}) => index);
	// The factors are the same for every value: nearly always all shares fit the first t of them.
	const factorsAt = (at: number) => indexes.map(index => lagrange(scalars, indexes, index, at));
	const sumAt = (factors: readonly bigint[], j: number) =>
		first.reduce((sum, {values}, k) => scalars.add(sum, scalars.mul(factors[k] ?? 0n, values[j] ?? 0n)), 0n);
	const atZero = factorsAt(0);
	const others = rows.slice(threshold).map(row => ({row, factors: factorsAt(row.index)}));
	const liars = new Set<number>();
	const values: bigint[] = [];
	for (let j = 0; j < (rows[0]?.values.length ?? 0); j++) {
		if (others.every(({row, factors}) => sumAt(factors, j) === row.values[j])) values.push(sumAt(atZero, j));
		else {
			const shares = rows.map(row => ({index: row.index, value: row.values[j] ?? 0n}));
			const found = openRobustly(scalars, shares, threshold);
			if (found === undefined) return undefined;
			values.push(found.value);
			for (const index of found.liars) liars.add(index);
		}
	}
	return {values, liars: [...liars]};
}

function* subsets<T>(items: readonly T[], size: number, from = 0): Generator<T[]> {
	if (size === 0) yield [];
	else for (let k = from; k <= items.length - size; k++) for (const rest of subsets(items, size - 1, k + 1)) yield [items[k] as T, ...rest];
}

/**
 * A party's sigma_i: the sum of rho_j * (gamma_ij - alpha_i * x_j) over everything opened. The sigmas are shares of 0 if all x_j are right.
 * The rho_j are hashed from all of it, so that errors cannot be made to cancel before they are known.
 */
export function macShare(
	scalars: Scalars,
	options: {
		readonly label: string;
		readonly alpha: bigint;
		readonly opened: readonly {readonly x: bigint; readonly mac: bigint}[];
	},
): bigint {
	const {label, alpha, opened} = options;
	const seed = createHash('sha512')
		.update(`${label}/${opened.map(({x}) => x.toString(16)).join(',')}`)
		.digest('hex');
	return opened.reduce((sum, {x, mac}, j) => {
		const rho = scalarFromBytes(scalars, createHash('sha512').update(`${seed}/${j}`).digest());
		return scalars.add(sum, scalars.mul(rho, scalars.sub(mac, scalars.mul(alpha, x))));
	}, 0n);
}
