/**
 * What is computed, as sums and products of private inputs. Every function here is pure arithmetic over wires, which are numbered in the order
 * in which they are made; nobody's values are in it.
 */

/**
 * What the parties compute. `cohort` gives inputs, in this order; all members of the session compute.
 * - sum, mean: of whole numbers (at least `minimum` inputs, where that is set)
 * - product: of all inputs
 * - less: is the first input below the second? Inputs of `bits` bits
 * - auction: the second highest bid, and whose was the highest (the earlier of equals). Inputs of `bits` bits
 */
export interface Program {
	readonly kind: 'sum' | 'mean' | 'product' | 'less' | 'auction';
	readonly cohort: readonly string[];
	readonly bits?: number;
	readonly minimum?: number;
}

type Gate =
	| {readonly kind: 'input'; readonly owner: string}
	| {readonly kind: 'linear'; readonly constant: bigint; readonly terms: readonly (readonly [factor: bigint, wire: number])[]}
	| {readonly kind: 'product'; readonly left: number; readonly right: number};

export interface Circuit {
	readonly gates: readonly Gate[];
	/** Products that must wait for others have a higher depth; those of one depth are opened in one round. */
	readonly depths: readonly number[];
	readonly depth: number;
	/** By owner: its input wires in order. */
	readonly inputs: Readonly<Record<string, readonly number[]>>;
	/** b*b - b of every input that must be a bit: opened, and 0 if it is one. */
	readonly bits: readonly {readonly owner: string; readonly wire: number}[];
	readonly outputs: readonly {readonly name: string; readonly wire: number}[];
}

type Terms = readonly (readonly [factor: bigint, wire: number])[];

class Builder {
	readonly gates: Gate[] = [];
	readonly depths: number[] = [];
	readonly inputs: Record<string, number[]> = {};
	readonly bits: {owner: string; wire: number}[] = [];

	input(owner: string): number {
		const wire = this.add({kind: 'input', owner}, 0);
		this.inputs[owner] = [...(this.inputs[owner] ?? []), wire];
		return wire;
	}

	linear(terms: Terms, constant = 0n): number {
		return this.add({kind: 'linear', constant, terms}, Math.max(0, ...terms.map(([, wire]) => this.depths[wire] ?? 0)));
	}

	product(left: number, right: number): number {
		return this.add({kind: 'product', left, right}, 1 + Math.max(this.depths[left] ?? 0, this.depths[right] ?? 0));
	}

	/** An input of so many bits, the lowest first; that each is 0 or 1 is opened later. */
	number(owner: string, bits: number): number[] {
		return Array.from({length: bits}, () => {
			const wire = this.input(owner);
			this.bits.push({
				owner,
				wire: this.linear([
					[1n, this.product(wire, wire)],
					[-1n, wire],
				]),
			});
			return wire;
		});
	}

	/** choice * (one - other) + other */
	select(choice: number, one: number, other: number): number {
		const difference = this.linear([
			[1n, one],
			[-1n, other],
		]);
		return this.linear([
			[1n, this.product(choice, difference)],
			[1n, other],
		]);
	}

	private add(gate: Gate, depth: number): number {
		this.depths.push(depth);
		return this.gates.push(gate) - 1;
	}
}

/**
 * x < y for numbers in bits, the lowest first. A bit is lower (y - xy) or equal (1 - x - y + 2xy); two halves combine to
 * lower = lower_high + equal_high * lower_low and equal = equal_high * equal_low, in a tree: fewer products than bit by bit, and log2(bits) rounds.
 */
function less(builder: Builder, x: readonly number[], y: readonly number[]): number {
	const compare = (from: number, to: number, needsEqual: boolean): {lower: number; equal: number} => {
		if (to - from === 1) {
			const [a, b] = [x[from] ?? 0, y[from] ?? 0];
			const both = builder.product(a, b);
			const lower = builder.linear([
				[1n, b],
				[-1n, both],
			]);
			const equal = builder.linear(
				[
					[-1n, a],
					[-1n, b],
					[2n, both],
				],
				1n,
			);
			return {lower, equal};
		}
		const middle = (from + to) >> 1;
		const low = compare(from, middle, needsEqual);
		const high = compare(middle, to, true);
		const lower = builder.linear([
			[1n, high.lower],
			[1n, builder.product(high.equal, low.lower)],
		]);
		return {lower, equal: needsEqual ? builder.product(high.equal, low.equal) : -1};
	};
	return compare(0, x.length, false).lower;
}

function weigh(bits: readonly number[]): Terms {
	return bits.map((wire, k) => [1n << BigInt(k), wire] as const);
}

function auction(builder: Builder, bids: readonly (readonly number[])[]): {name: string; wire: number}[] {
	let [top = []] = bids;
	let second: readonly number[] | undefined;
	let winner = builder.linear([], 0n);
	for (const [k, bid] of bids.entries()) {
		if (k === 0) continue;
		const above = less(builder, top, bid);
		const higher = bid.map((bit, j) => builder.select(above, bit, top[j] ?? 0));
		// What is not the higher of the two is the lower: no product needed.
		const lower = bid.map((bit, j) =>
			builder.linear([
				[1n, bit],
				[1n, top[j] ?? 0],
				[-1n, higher[j] ?? 0],
			]),
		);
		winner = builder.select(above, builder.linear([], BigInt(k)), winner);
		if (second === undefined) second = lower;
		else {
			const best = second;
			const raises = less(builder, best, lower);
			second = lower.map((bit, j) => builder.select(raises, bit, best[j] ?? 0));
		}
		top = higher;
	}
	return [
		{name: 'price', wire: builder.linear(weigh(second ?? []))},
		{name: 'winner', wire: winner},
	];
}

/** Throws where the program cannot be computed: too few inputs, somebody twice, or a number of bits that makes no sense. */
export function circuitOf({kind, cohort, bits}: Program): Circuit {
	const builder = new Builder();
	const atLeast = kind === 'less' || kind === 'auction' || kind === 'product' ? 2 : 1;
	if (cohort.length < atLeast || (kind === 'less' && cohort.length > 2))
		throw new Error(`${kind} takes ${kind === 'less' ? 'two inputs' : `${atLeast} inputs or more`}, got ${cohort.length}`);
	if (new Set(cohort).size !== cohort.length) throw new Error(`everybody gives one input, got ${cohort.join(', ')}`);
	const inBits = kind === 'less' || kind === 'auction';
	if (inBits && (bits === undefined || !Number.isSafeInteger(bits) || bits < 2 || bits > 64))
		throw new Error(`${kind} needs numbers of 2 to 64 bits, got ${bits}`);
	const outputs = (): {name: string; wire: number}[] => {
		if (inBits) {
			const numbers = cohort.map(owner => builder.number(owner, bits ?? 0));
			if (kind === 'auction') return auction(builder, numbers);
			return [{name: 'less', wire: less(builder, numbers[0] ?? [], numbers[1] ?? [])}];
		}
		let wires = cohort.map(owner => builder.input(owner));
		if (kind !== 'product') return [{name: 'sum', wire: builder.linear(wires.map(wire => [1n, wire] as const))}];
		while (wires.length > 1) {
			const [a = 0, b = 0, ...rest] = wires;
			wires = [...rest, builder.product(a, b)];
		}
		return [{name: 'product', wire: wires[0] ?? 0}];
	};
	const named = outputs();
	const {gates, depths, inputs} = builder;
	const products = depths.filter((_, wire) => gates[wire]?.kind === 'product');
	return {gates, depths, inputs, bits: builder.bits, outputs: named, depth: Math.max(0, ...products)};
}

/** The product gates of one depth, or of all, in order: one triple for each. */
export function productsOf({gates, depths}: Circuit, depth?: number): number[] {
	return gates.flatMap((gate, wire) => (gate.kind === 'product' && (depth === undefined || depths[wire] === depth) ? [wire] : []));
}

/** Throws where an input is none for this program. It is asked of a party's own side only: others see whether bits are bits. */
export function checkInput({kind, bits = 0}: Program, input: bigint): void {
	if (input < 0n) throw new Error(`inputs are whole numbers from 0, got ${input}`);
	if ((kind === 'less' || kind === 'auction') && input >= 1n << BigInt(bits)) throw new Error(`${input} does not fit into ${bits} bits`);
}

/** What an input looks like on its wires: the number itself, or its bits. What is too large stays in the highest of them, which is then no bit. */
export function wiresOfInput({kind, bits = 0}: Program, input: bigint): bigint[] {
	if (kind !== 'less' && kind !== 'auction') return [input];
	return Array.from({length: bits}, (_, k) => (k === bits - 1 ? input >> BigInt(k) : (input >> BigInt(k)) & 1n));
}
