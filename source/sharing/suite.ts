/**
 * Sharing: groups and their hash functions, polynomials, Shamir, Feldman, and the one primitive DEAL / CHECK / COLLECT.
 * It imports @noble/curves, @noble/hashes and node:crypto (stock verification) only, knows no messages, no parties' names and no files.
 */

/** Lowercase hexadecimal text of bytes. */
export type Hex = string;

/**
 * The only source of chance: 64 bytes for a label. The same label gives the same bytes, so that equal seeds give equal games.
 * A broken generator is a Draw that gives the same bytes for every label.
 */
export type Draw = (label: string) => Uint8Array;

/** `glass` is a group of plain numbers for playtests only. */
export type SuiteName = 'ed25519' | 'secp256k1' | 'glass';

/** An element of a suite's group. Methods as in noble, so that its points fit without a wrapper. */
export interface Point {
	add(other: Point): Point;
	subtract(other: Point): Point;
	negate(): Point;
	/** For secret scalars (constant time where the group has it); refuses 0. */
	multiply(scalar: bigint): Point;
	/** For public scalars; 0 gives the identity. */
	multiplyUnsafe(scalar: bigint): Point;
	equals(other: Point): boolean;
	is0(): boolean;
	/** secp256k1 refuses to encode its identity: use `pointHex` where a point may be it. */
	toBytes(): Uint8Array;
}

/** Arithmetic modulo the group's order q, as noble's `Fn`. Call the methods on the object: they use `this`. */
export interface Scalars {
	readonly ORDER: bigint;
	readonly BYTES: number;
	readonly isLE: boolean;
	add(a: bigint, b: bigint): bigint;
	sub(a: bigint, b: bigint): bigint;
	mul(a: bigint, b: bigint): bigint;
	neg(a: bigint): bigint;
	inv(a: bigint): bigint;
	create(a: bigint): bigint;
	toBytes(a: bigint): Uint8Array;
	/** Throws where the bytes are no canonical scalar. */
	fromBytes(bytes: Uint8Array): bigint;
}

/** What the protocols need of a group and its signature scheme. A further group is one more object of this shape. */
export interface Suite {
	readonly name: SuiteName;
	/** Plain name for screens: `Ed25519 (RFC 8032)`. */
	readonly title: string;
	readonly scalars: Scalars;
	readonly base: Point;
	readonly zero: Point;
	/**
	 * Throws where the bytes are no canonical, non-identity element; does not check the subgroup. A `root` that fits the bytes saves the square root, which
	 * is nearly all of the work; one that does not fit counts for nothing, so anybody may say what it is.
	 */
	decode(bytes: Uint8Array, root?: Hex): Point;
	/** The coordinate that an encoding leaves out, for `decode`. Absent where decoding takes no square root. */
	readonly rootOf?: (point: Point) => Hex;
	/** A decoded point as a side keeps it in its own memory: coordinates, so that it need not be decoded again. */
	remember(point: Point): string;
	/** The point of `remember`'s text, unchecked: for what a side wrote itself. */
	recall(text: string): Point;
	/** Is the point a multiple of the base point? Costs a scalar multiplication where the group has a cofactor. */
	inSubgroup(point: Point): boolean;
	/** Sum of scalar * point; everything in it is public. */
	combine(points: readonly Point[], scalars: readonly bigint[]): Point;
	/** The same points, prepared for encoding with one inversion for all of them. */
	prepare(points: readonly Point[]): readonly Point[];
	/** RFC 9591 section 6 hash functions: H1 (binding factor), H3 (nonce), H4 (message), H5 (commitment list), and HDKG (proof of possession). */
	readonly hash: {
		binding(bytes: Uint8Array): bigint;
		nonce(bytes: Uint8Array): bigint;
		message(bytes: Uint8Array): Uint8Array;
		list(bytes: Uint8Array): Uint8Array;
		proof(bytes: Uint8Array): bigint;
	};
	/** H2: the Schnorr challenge c = H(R, PK, m). R and PK are taken with even Y where the scheme has x-only keys. */
	challenge(nonce: Point, key: Point, message: Uint8Array): bigint;
	/** +1, or -1 where the scheme signs with x-only points and this one has an odd Y (BIP 340). */
	sign(point: Point): 1 | -1;
	/** BIP 341: what is added to a freshly made key (after taking it with even Y), 0 where the scheme has no tweak. */
	tweak(key: Point): bigint;
	/** The public key as verifiers take it: 32 bytes for both real suites. */
	publicKey(key: Point): Uint8Array;
	/** The signature as verifiers take it, of R's bytes and z: 64 bytes for both real suites. */
	signature(nonce: Uint8Array, z: bigint): Uint8Array;
	/** Stock verification by code that knows nothing of threshold signing. Bad encodings give false. */
	verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
