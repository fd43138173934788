/** What a computation opens, layer by layer and at the end, and how lies in it are found: more shares than needed, bits, and MACs. */
import {createHash} from 'node:crypto';
import {scalarHex} from '../sharing/scalars.js';
import type {Suite} from '../sharing/suite.js';
import type {Draw, Hex} from './api.js';
import {type Circuit, productsOf} from './computation-circuit.js';
import {ROUND} from './computation-dealer.js';
import {
	type Authenticated,
	type Evaluation,
	evaluateShares,
	inputWires,
	macShare,
	nameable,
	openRows,
	type Preparation,
	pack,
	readPreparation,
	unpack,
} from './computation-shares.js';
import {accuse, type ComputingState, parties, plan, say} from './computation-state.js';
import {hashText} from './envelope.js';
import {abort, asHex, blameText, forget, hexField, indexOf, isOn, kept, made, type Work} from './side.js';

/** This side's shares of all that is opened in a round: d and e of a layer's products, bits that must be 0 after the first, or the outputs. */
export function openingsOf({wires, products}: Evaluation, circuit: Circuit, round: number): Authenticated[] {
	const at = plan(circuit);
	const own = (wire: number): Authenticated => wires[wire] ?? {value: 0n, mac: 0n};
	if (round === at.outputs) return circuit.outputs.map(({wire}) => own(wire));
	const pairs = productsOf(circuit, round - ROUND.echo).flatMap(wire => {
		const opening = products.get(wire);
		return opening === undefined ? [] : [opening.d, opening.e];
	});
	return round === ROUND.layer(2) ? [...pairs, ...circuit.bits.map(({wire}) => own(wire))] : pairs;
}

function preparationOf(state: ComputingState, suite: Suite, circuit: Circuit): Preparation {
	return readPreparation(suite, circuit, state.preparation ?? '');
}

export function sharesOf(state: ComputingState, suite: Suite, circuit: Circuit): Evaluation {
	const values = unpack(suite, state.masked ?? '');
	const masked = new Map(inputWires(circuit).map(({wire}, k) => [wire, values[k] ?? 0n]));
	const opened = new Map<number, readonly [bigint, bigint]>();
	for (let depth = 1; depth <= circuit.depth; depth++) {
		const text = state.opened[ROUND.layer(depth)];
		const row = text === undefined ? undefined : unpack(suite, text);
		for (const [k, wire] of productsOf(circuit, depth).entries()) if (row) opened.set(wire, [row[2 * k] ?? 0n, row[2 * k + 1] ?? 0n]);
	}
	return evaluateShares(suite, circuit, preparationOf(state, suite, circuit), masked, opened);
}

/** All shares of a round are in: open them, and name who lied where there are enough others. */
export function takeOpenings(state: ComputingState, work: Work, suite: Suite): void {
	const {round, session} = state;
	const mine = unpack(suite, hexField(kept(state, round, state.me)?.body ?? {}, 'shares') ?? '');
	const rows: {index: number; values: bigint[]}[] = [];
	for (const id of parties(state)) {
		const text = kept(state, round, id)?.body.shares;
		if (text === undefined && state.absent.includes(id)) continue;
		try {
			const values = unpack(suite, typeof text === 'string' ? text : 'none');
			if (values.length !== mine.length) throw new Error('expected one share of each');
			rows.push({index: indexOf(state, id), values});
		} catch {
			const equation = `${id} opens ${mine.length} shares`;
			accuse(state, work, id, {name: 'encoding', about: id, holds: false, equation, left: String(text), right: ''}, round);
		}
	}
	if (rows.length < session.threshold) {
		abort(state, blameText(state));
		return;
	}
	const robust = isOn(state, 'robustOpening');
	const found = openRows(suite.scalars, robust ? rows : rows.slice(0, session.threshold), session.threshold);
	const equation = `all ${rows.length} shares of round ${round} lie on polynomials of degree ${session.threshold - 1}`;
	if (found === undefined) {
		made(work, {name: 'robustOpening', about: '', holds: false, equation, left: '', right: ''});
		abort(state, `somebody lied in round ${round}, and ${rows.length} shares are too few to name who`);
		return;
	}
	for (const index of found.liars) {
		const id = session.members.find(member => member.index === index)?.id ?? '';
		const left = hashText(String(kept(state, round, id)?.body.shares));
		const named = `the shares of ${id} lie on the polynomials of all but ${nameable(rows.length, session.threshold)}`;
		accuse(state, work, id, {name: 'robustOpening', about: id, holds: false, equation: named, left, right: ''}, round);
	}
	if (robust && found.liars.length === 0 && rows.length > session.threshold)
		made(work, {name: 'robustOpening', about: '', holds: true, equation, left: '', right: ''});
	state.opened[round] = pack(suite, found.values);
	forget(state, round);
}

/**
 * b*b - b = 0, in the open: whose input it is, is at fault. Asked when the MACs have held, for whoever opens a wrong share where all are needed could
 * make any bit look like none.
 */
function checkBits(state: ComputingState, work: Work, suite: Suite, {bits}: Circuit): void {
	if (!isOn(state, 'bits')) return;
	const layer = unpack(suite, state.opened[ROUND.layer(2)] ?? '');
	const values = layer.slice(layer.length - bits.length);
	for (const [k, {owner}] of bits.entries()) {
		const value = values[k] ?? 0n;
		if (value === 0n || state.blame.some(({member}) => member === owner)) continue;
		const check = {
			name: 'bits',
			about: owner,
			holds: false,
			equation: `b*b - b = 0 for every bit of ${owner}`,
			left: scalarHex(suite, value),
			right: scalarHex(suite, 0n),
		};
		accuse(state, work, owner, check, ROUND.inputs);
	}
	if (state.blame.some(({check}) => check.name === 'bits')) abort(state, blameText(state));
	else if (bits.length > 0)
		made(work, {name: 'bits', about: '', holds: true, equation: `b*b - b = 0 for all ${bits.length} bits`, left: '00', right: '00'});
}

export function commitMac(state: ComputingState, work: Work, suite: Suite, circuit: Circuit, draw: Draw): void {
	const evaluation = sharesOf(state, suite, circuit);
	const opened = Object.keys(state.opened)
		.map(Number)
		.filter(round => round >= state.unchecked)
		.flatMap(round => {
			const shares = openingsOf(evaluation, circuit, round);
			return unpack(suite, state.opened[round] ?? '').map((x, k) => ({x, mac: shares[k]?.mac ?? 0n}));
		});
	const {alpha} = preparationOf(state, suite, circuit);
	const value = scalarHex(suite, macShare(suite.scalars, {label: state.session.id, alpha, opened}));
	const salt = Buffer.from(draw(`${state.session.id} sigma ${state.round}`).subarray(0, 32)).toString('hex');
	state.sigma = {value, salt};
	say(state, work, {commitment: commitmentTo(state.me, value, salt)}, 'commitment to its MAC share');
}

function commitmentTo(id: string, sigma: Hex, salt: Hex): Hex {
	return createHash('sha256').update(`${id}/${sigma}/${salt}`).digest('hex');
}

/** The sigmas were committed to before any was seen, and are shares of 0. A wrong sum names nobody: the liar may be in any of them. */
export function checkMacs(state: ComputingState, work: Work, suite: Suite, circuit: Circuit): void {
	const {round, session} = state;
	const rows: {index: number; values: bigint[]}[] = [];
	for (const id of parties(state)) {
		const body = kept(state, round, id)?.body;
		if (body === undefined) continue;
		const [left, right] = [commitmentTo(id, String(body.sigma), String(body.salt)), String(kept(state, round - 1, id)?.body.commitment)];
		if (left !== right) {
			accuse(
				state,
				work,
				id,
				{name: 'commitment', about: id, holds: false, equation: `H(sigma of ${id}) = what it committed to`, left, right},
				round,
			);
			continue;
		}
		try {
			rows.push({index: indexOf(state, id), values: unpack(suite, asHex(body.sigma) ?? '').slice(0, 1)});
		} catch {
			accuse(
				state,
				work,
				id,
				{name: 'encoding', about: id, holds: false, equation: `sigma of ${id} is a scalar`, left: String(body.sigma), right: ''},
				round,
			);
		}
	}
	state.unchecked = round;
	delete state.sigma;
	if (rows.length < session.threshold) {
		abort(state, blameText(state));
		return;
	}
	if (isOn(state, 'macs')) checkSum(state, work, suite, circuit, rows);
	if (state.status === 'waiting' && round === plan(circuit).reveal) checkBits(state, work, suite, circuit);
}

function checkSum(
	state: ComputingState,
	work: Work,
	suite: Suite,
	circuit: Circuit,
	rows: readonly {readonly index: number; readonly values: readonly bigint[]}[],
): void {
	const {round, session} = state;
	const sum = openRows(suite.scalars, rows, session.threshold)?.values[0];
	const what = round === plan(circuit).reveal ? 'all openings so far' : 'the output';
	const check = made(work, {
		name: 'macs',
		about: '',
		holds: sum === 0n,
		equation: `sum of lam_i*sigma_i = 0 over ${what}`,
		left: sum === undefined ? '' : scalarHex(suite, sum),
		right: scalarHex(suite, 0n),
	});
	if (!check.holds) abort(state, `what was opened is not what was authenticated (${what}); a MAC names nobody`);
}
