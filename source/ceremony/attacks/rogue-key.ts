/**
 * A dealer of a keygen that speaks last and chooses its commitments against those of the others: the key becomes x*G for an x that it knows.
 * It does not know its own constant, so a proof of possession stops it; and its values must fit t-1 honest receivers at most, for its polynomial
 * is determined by those and by 0.
 */
import {hexToBytes} from '@noble/hashes/utils.js';
import {normaliseKey} from '../../sharing/deal.js';
import {baseTimes, pointFromHex, pointHex, scalarFromBytes, scalarHex} from '../../sharing/scalars.js';
import type {Point, Scalars, Suite} from '../../sharing/suite.js';
import {suiteOf} from '../../sharing/suites.js';
import type {Draw, Hex, Identity, KeyPublic, Packet, Session} from '../api.js';
import {rewriteEnvelope} from '../attack.js';
import {hashWires, ROUND} from '../dealing-state.js';
import {parseEnvelope} from '../envelope.js';
import {type Hop, type Rushed, rush} from '../network.js';
import {type Attack, pointCheck} from './attack.js';

/** Coefficients of the Lagrange polynomial that is 1 at `at` and 0 at the others, from the constant upwards. */
function lagrangeCoefficients(scalars: Scalars, indexes: readonly number[], at: number): bigint[] {
	let coefficients = [1n];
	for (const other of indexes) {
		if (other === at) continue;
		const scale = scalars.inv(scalars.create(BigInt(at - other)));
		const times = (k: number) => coefficients[k] ?? 0n;
		coefficients = Array.from({length: coefficients.length + 1}, (_, k) =>
			scalars.mul(scale, scalars.sub(k === 0 ? 0n : times(k - 1), scalars.mul(scalars.create(BigInt(other)), times(k)))),
		);
	}
	return coefficients;
}

export interface RogueDeal {
	readonly commitments: readonly Point[];
	/** Values that pass Feldman's check of the first t-1 honest receivers. Nobody knows what would pass for more. */
	readonly values: ReadonlyMap<number, bigint>;
}

/** C_0 = x*G - sum of A_j0; the other commitments interpolate C_0 and freely chosen values in the exponent. Needs all others' constants first. */
export function rogueDeal(
	suite: Suite,
	options: {
		readonly x: bigint;
		readonly others: readonly Point[];
		readonly threshold: number;
		readonly honest: readonly number[];
		readonly draw: Draw;
	},
): RogueDeal {
	const {x, others, threshold, honest, draw} = options;
	const {scalars} = suite;
	const constant = others.reduce((sum, point) => sum.subtract(point), baseTimes(suite, x));
	const chosen = new Map(honest.map(index => [index, scalarFromBytes(scalars, draw(`rogue value ${index}`))]));
	// Fewer honest receivers than t-1 leave freedom: made-up indexes use it up.
	const spare = Array.from({length: threshold}, (_, k) => Math.max(0, ...honest) + 1 + k);
	const indexes = [...honest, ...spare].slice(0, threshold - 1);
	const valueAt = (index: number) => chosen.get(index) ?? scalarFromBytes(scalars, draw(`rogue value ${index}`));
	const places = [0, ...indexes];
	const points = [constant, ...indexes.map(index => baseTimes(suite, valueAt(index)))];
	const bases = places.map(place => lagrangeCoefficients(scalars, places, place));
	const commitments = Array.from({length: threshold}, (_, k) =>
		points.reduce((sum, point, p) => sum.add(point.multiplyUnsafe(bases[p]?.[k] ?? 0n)), suite.zero),
	);
	return {commitments, values: chosen};
}

/**
 * The rogue dealer on the line behind its own machine. Everything it says is signed by itself: its package waits until all others have spoken, its echo
 * is of what they really got, its values are the chosen ones. Put it into a `network`. Needs a seat in the keygen and the last word.
 */
export function rogueKey(options: {
	readonly session: Session;
	readonly identity: Identity;
	readonly rogue: string;
	/** Parties that play along: they do not complain, so they need no value that fits. */
	readonly colluders: readonly string[];
	/** The secret key that shall come out (before BIP 341's normalisation). */
	readonly x: Hex;
	readonly draw: Draw;
}): Hop<Rushed> {
	const {session, identity, rogue, colluders, draw} = options;
	const suite = suiteOf(session.suite);
	const x = suite.scalars.fromBytes(hexToBytes(options.x));
	const ids = session.members.map(({id}) => id);
	const others = ids.filter(id => id !== rogue);
	const indexOf = (id: string) => session.members.find(member => member.id === id)?.index ?? 0;
	const honest = others.filter(id => !colluders.includes(id)).map(indexOf);
	const packageOf = (heard: readonly Packet[], id: string) =>
		heard.find(({from, round}) => from === id && round === ROUND.commitments)?.wire ?? '';
	const dealt = (heard: readonly Packet[]) => {
		const constants = others.map(id => {
			const shown = parseEnvelope(packageOf(heard, id))?.body.commitments;
			return pointFromHex(suite, String(Array.isArray(shown) ? shown[0] : ''));
		});
		return rogueDeal(suite, {x, others: constants, threshold: session.threshold, honest, draw});
	};
	const rewrite = (wire: string, body: Readonly<Record<string, unknown>>) =>
		rewriteEnvelope({session, identity, wire, changeBody: old => ({...old, ...body})});
	const change = (packet: Packet, heard: readonly Packet[]): Packet => {
		const {commitments, values} = dealt(heard);
		const shown = {commitments: suite.prepare(commitments).map(pointHex)};
		if (packet.round === ROUND.commitments) return {...packet, wire: rewrite(packet.wire, shown)};
		if (packet.round === ROUND.echo) {
			const own = packageOf(heard, rogue);
			const sorted = [...session.members].sort((a, b) => a.index - b.index);
			const wires = sorted.map(({id}) => (id === rogue ? own : packageOf(heard, id)));
			return {...packet, wire: rewrite(packet.wire, {echo: hashWires(wires)})};
		}
		const value = values.get(indexOf(packet.to));
		return value === undefined ? packet : {...packet, wire: rewrite(packet.wire, {value: scalarHex(suite, value)})};
	};
	const spoken = others.flatMap(from => ids.filter(to => to !== from).map(to => `${from} ${to} ${ROUND.commitments}`));
	return rush({match: {from: [rogue], round: [ROUND.commitments, ROUND.echo, ROUND.values]}, until: spoken, change});
}

/** Does the rogue know the key that came out? x in the form that verifiers expect, times G, against PK. */
export function rogueResult(key: KeyPublic, x: Hex): Attack<Hex> {
	const suite = suiteOf(key.suite);
	const secret = suite.scalars.fromBytes(hexToBytes(x));
	const {value} = normaliseKey(suite, {index: 0, value: secret, commitments: [baseTimes(suite, secret)]});
	const right = pointFromHex(suite, key.commitments[0] ?? '');
	return {
		needs: 'the last word in a keygen without proof of possession, against at most t-1 honest parties',
		checks: [pointCheck('rogue key', 'x*G = PK', baseTimes(suite, value), right)],
		result: scalarHex(suite, value),
	};
}
