/**
 * Nonces that were used more than once. A partial signature is one linear equation in the signer's d, e and share s:
 * z = r*d + r*rho*e + c*lam*y*s. Two uses of one pair leave a line of candidates, three give the share; a stuck generator makes d = e, and two suffice.
 */
import {solveLinear} from '../../sharing/linear.js';
import {baseTimes, pointFromHex, scalarFromHex, scalarHex} from '../../sharing/scalars.js';
import {suiteOf} from '../../sharing/suites.js';
import type {Check, Hex, KeyPublic} from '../api.js';
import {parseEnvelope} from '../envelope.js';
import {factorsOf, type SigningEquations, signingEquations} from '../signing-equations.js';
import type {ListEntry} from '../signing-list.js';
import {type Attack, pointCheck} from './attack.js';

/** One partial signature with everything that is public about it. */
export interface NonceUse {
	readonly index: number;
	readonly hiding: Hex;
	readonly binding: Hex;
	readonly z: Hex;
	readonly equations: SigningEquations;
}

/** What two wires of a signing say: the coordinator's request (list and message) and one signer's answer. Undefined where they are not that. */
export function nonceUseOf(options: {
	readonly key: KeyPublic;
	readonly index: number;
	readonly request: string;
	readonly answer: string;
}): NonceUse | undefined {
	const {key, index, request, answer} = options;
	const asked = parseEnvelope(request)?.body;
	const z = parseEnvelope(answer)?.body.z;
	if (!Array.isArray(asked?.list) || typeof asked.message !== 'string' || typeof z !== 'string') return undefined;
	const suite = suiteOf(key.suite);
	const list = asked.list as readonly ListEntry[];
	const entry = list.find(candidate => candidate.index === index);
	if (entry === undefined) return undefined;
	const points = list.map(({index: at, hiding, binding}) => ({
		index: at,
		hiding: pointFromHex(suite, hiding),
		binding: pointFromHex(suite, binding),
	}));
	const equations = signingEquations(suite, pointFromHex(suite, key.commitments[0] ?? ''), points, Buffer.from(asked.message, 'hex'));
	return {index, hiding: entry.hiding, binding: entry.binding, z, equations};
}

/** Uses of one pair (D, E): groups of two and more. Whoever keeps transcripts sees the same; it is what gives the reuse away. */
export function repeatedNonces<Use extends Pick<NonceUse, 'index' | 'hiding' | 'binding'>>(uses: readonly Use[]): Use[][] {
	const groups = new Map<string, Use[]>();
	for (const use of uses) {
		const pair = `${use.index}/${use.hiding}/${use.binding}`;
		groups.set(pair, [...(groups.get(pair) ?? []), use]);
	}
	return [...groups.values()].filter(group => group.length > 1);
}

/** What the uses of one nonce pair leave open: the share itself, or a line (or more) of candidates. */
export interface Extraction {
	/** The share, where there is one candidate only. */
	readonly share?: Hex;
	/** How many unknowns stay free: 0 is a solution, 1 a line of candidates, each with d, e and s that fit every equation. */
	readonly free: number;
	/** The share of the k-th candidate on the line; all fit the uses. Undefined where the solution is unique or there is none. */
	candidate(k: bigint): Hex | undefined;
}

/**
 * Solves the uses of one nonce pair for the share. Needs partial signatures under the same (D, E), three of them, or two where D = E. Uses of one
 * message and list count once. Throws without uses.
 */
export function extractShare(options: {readonly key: KeyPublic; readonly uses: readonly NonceUse[]}): Attack<Extraction> {
	const {key, uses} = options;
	const [first] = uses;
	if (first === undefined) throw new Error('there is nothing to solve: no partial signature was captured');
	const suite = suiteOf(key.suite);
	const {scalars} = suite;
	const stuck = first.hiding === first.binding;
	const rows = uses.map(({equations, index}) => {
		const {hiding, binding, share} = factorsOf(suite, equations, index);
		return stuck ? [scalars.add(hiding, binding), share] : [hiding, binding, share];
	});
	const right = uses.map(({z}) => scalarFromHex(suite, z));
	const solutions = solveLinear(scalars, rows, right);
	const at = rows[0]?.length ?? 0;
	const value = solutions?.point[at - 1] ?? 0n;
	const free = solutions?.directions.length ?? 0;
	// The last direction is the one that moves the share.
	const slope = solutions?.directions.at(-1)?.[at - 1] ?? 0n;
	const unique = solutions !== undefined && free === 0;
	const check: Check = pointCheck(
		'nonce reuse',
		`s${first.index}*G = Y${first.index}, s${first.index} from ${uses.length} equations in ${stuck ? 'd = e and s' : 'd, e and s'}`,
		baseTimes(suite, value),
		pointFromHex(suite, key.verifyingShares[first.index] ?? ''),
	);
	return {
		needs: 'partial signatures of one signer under one nonce pair: three, or two from a stuck generator',
		checks: [check],
		result: {
			...(unique && check.holds ? {share: scalarHex(suite, value)} : {}),
			free,
			candidate: k => (free === 0 ? undefined : scalarHex(suite, scalars.add(value, scalars.mul(scalars.create(k), slope)))),
		},
	};
}
