/**
 * The dealer of a computation: the coordinator makes input masks, Beaver triples and the MAC key, and deals them before any input moves, with
 * a proof that they fit together. It is trusted not to look: with the openings it would read every input. Nothing is addressed to it until the parties tell it the result.
 */
import {suiteOf} from '../sharing/suites.js';
import type {Checks, Identity, Session, Side, Step} from './api.js';
import {canonical} from './canonical.js';
import {circuitOf, type Program} from './computation-circuit.js';
import {proofOf} from './computation-proof.js';
import {prepare} from './computation-shares.js';
import {admit, type Body} from './envelope.js';
import {readMemory, toStep, writeMemory} from './memory.js';
import {abort, broadcast, indexOf, keep, kept, newBase, newWork, post, type SideBase, silent, type Work} from './side.js';
import {listed} from './words.js';

/** Rounds of a computation: layers of products come between the echo and the output. */
export const ROUND = {preparation: 1, proof: 2, inputs: 3, echo: 4, layer: (depth: number) => 4 + depth} as const;

/** What came out, by name, in decimal: `sum`; `sum` and `count` of a mean; `product`; `less` (1 or 0); `price` and `winner` (index of the member). */
export type Computed = Readonly<Record<string, string>>;

interface TriplesState extends SideBase {
	readonly program: Program;
	result?: Computed;
}

/** The dealer's side. Throws on a program that cannot be computed. */
export function startTriples({
	session,
	identity,
	program,
	checks = {},
}: {
	session: Session;
	identity: Identity;
	program: Program;
	checks?: Checks;
}): string {
	if (session.coordinator === undefined) throw new Error(`session ${session.id} has no coordinator who could deal triples`);
	circuitOf(program);
	const state: TriplesState = {...newBase({session, me: session.coordinator.id, identity, checks}), program};
	return writeMemory(state);
}

/** The round in which parties tell the dealer what came out: after the last reveal of MAC shares. */
export function resultRound(depth: number): number {
	return ROUND.layer(depth) + 6;
}

export const triplesSide: Side = {
	open(memory, draw) {
		const state = readMemory<TriplesState>(memory);
		const work = newWork();
		const {session, program} = state;
		const suite = suiteOf(session.suite);
		const circuit = circuitOf(program);
		const indexes = session.members.map(({index}) => index);
		const label = `${session.id} preparation`;
		const {polynomials, shares, masks} = prepare(suite, {circuit, indexes, threshold: session.threshold, draw, label});
		const triples = circuit.depths.filter((_, wire) => circuit.gates[wire]?.kind === 'product').length;
		const packages: Record<string, Body> = {};
		for (const {id, index} of session.members) {
			const carries = `shares of ${triples} triples, of input masks and of the MAC key`;
			const body = {shares: shares.get(index) ?? '', ...(masks[id] === undefined ? {} : {masks: masks[id]})};
			packages[id] = body;
			post(state, work, id, {round: ROUND.preparation, body, secret: true, carries});
		}
		const ids = session.members.map(({id}) => id);
		const proof = proofOf(suite, circuit, {session, packages, polynomials});
		broadcast(state, work, ids, {round: ROUND.proof, body: proof, carries: 'proof of what was dealt'});
		work.learned.push(
			`the input masks, the ${triples} triples and the MAC key: it dealt them, and would read the inputs from the openings`,
		);
		return finish(state, work, memory);
	},
	receive(memory, wire) {
		const state = readMemory<TriplesState>(memory);
		const work = newWork();
		const message = admit(state, wire, work.checks);
		if (message === undefined || state.status !== 'waiting' || !keep(state, message)) return finish(state, work, memory);
		const {envelope, body} = message;
		if (typeof body.refuses === 'string') abort(state, body.refuses);
		else if (envelope.round === roundOf(state)) hear(state, work);
		return finish(state, work, memory);
	},
	close(memory) {
		const state = readMemory<TriplesState>(memory);
		if (state.status === 'waiting') abort(state, `no ${state.session.threshold} parties told the same result`);
		return finish(state, newWork(), memory);
	},
};

function roundOf({program}: TriplesState): number {
	return resultRound(circuitOf(program).depth);
}

/** t parties that tell the same result are believed. */
function hear(state: TriplesState, work: Work): void {
	const told = new Map<string, string[]>();
	for (const {id} of state.session.members) {
		const body = kept(state, roundOf(state), id)?.body;
		if (body === undefined) continue;
		const text = canonical(body.result ?? null);
		told.set(text, [...(told.get(text) ?? []), id]);
	}
	const [text, parties] = [...told].find(([, ids]) => ids.length >= state.session.threshold) ?? [];
	if (text !== undefined && parties !== undefined) {
		state.result = JSON.parse(text);
		state.status = 'done';
		work.learned.push(`the result, from ${listed(parties)}`);
	} else if (awaited(state).length === 0) abort(state, `no ${state.session.threshold} parties told the same result`);
}

function awaited(state: TriplesState): string[] {
	const round = roundOf(state);
	return silent(
		state,
		round,
		[...state.session.members].sort((a, b) => indexOf(state, a.id) - indexOf(state, b.id)).map(({id}) => id),
	);
}

function finish(state: TriplesState, work: Work, before: string): Step {
	return toStep(state, work, before, {round: roundOf(state), waitingFor: awaited(state)});
}

/** The result of a computing party or of a dealer that is done. Throws before. */
export function computedOf(memory: string): Computed {
	const {status, result} = readMemory<TriplesState>(memory);
	if (status !== 'done' || result === undefined) throw new Error('this computation ended without a result');
	return result;
}
