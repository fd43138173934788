/** Rounds 1 to 4 of a computation: the preparation comes with its proof, inputs are masked and shown to all, and all compare what they got. */
import type {Suite} from '../sharing/suite.js';
import {suiteOf} from '../sharing/suites.js';
import type {Hex} from './api.js';
import {canonical} from './canonical.js';
import {type Circuit, circuitOf, wiresOfInput} from './computation-circuit.js';
import {ROUND} from './computation-dealer.js';
import {checkPackage} from './computation-proof.js';
import {inputWires, pack, unpack} from './computation-shares.js';
import {accuse, type ComputingState, parties, plan, say} from './computation-state.js';
import {exhibit, exhibitKey} from './dealing-judge.js';
import {type Admitted, type Body, EVERYONE, hashText, parseEnvelope} from './envelope.js';
import {abort, asHex, blame, blameText, broadcast, forget, hexField, isOn, kept, made, type Work} from './side.js';
import {listed} from './words.js';

/** Rounds 1 and 2 are in: check what was dealt, mask the input and tell all the difference; or show what is wrong with it. */
export function takePreparation(state: ComputingState, work: Work, suite: Suite, circuit: Circuit): void {
	const {session, me} = state;
	const dealer = session.coordinator?.id ?? '';
	const dealt = kept(state, ROUND.preparation, dealer);
	const proof = kept(state, ROUND.proof, dealer);
	const checks = checkPackage(suite, circuit, {session, party: me, body: dealt?.body ?? {}, proof: proof?.body ?? {}});
	const failed = checks.map(check => made(work, check)).find(({holds}) => !holds);
	state.round = ROUND.inputs;
	if (failed === undefined) {
		state.preparation = hexField(dealt?.body ?? {}, 'shares') ?? '';
		const masks = unpack(suite, hexField(dealt?.body ?? {}, 'masks') ?? '');
		forget(state, ROUND.preparation);
		work.learned.push(`its shares of triples, masks and MAC key, dealt by ${dealer}, who knows them whole`);
		if (state.input !== undefined) {
			const masked = wiresOfInput(state.program, BigInt(state.input)).map((value, k) => suite.scalars.sub(value, masks[k] ?? 0n));
			say(state, work, {masked: pack(suite, masked)}, `input of ${me}, masked`);
		}
	} else {
		// Only a dealer that deals wrong gets an honest party to show its package.
		const wires = [proof?.wire ?? '', dealt?.wire ?? ''];
		const complaint = {proof: wires[0], dealt: wires[1], key: exhibitKey(state, dealt?.wire ?? '')};
		const carries = `complaint about ${dealer}`;
		const wire = broadcast(state, work, parties(state), {round: ROUND.inputs, body: {complaint}, carries});
		blame(state, dealer, failed, [...wires, wire]);
		abort(state, blameText(state));
	}
	delete state.input;
}

/** A complaint shows the dealer's signed proof and package: either they contradict each other, or the complainer spoke falsely. */
export function judgeComplaint(state: ComputingState, work: Work, {wire, envelope, body}: Admitted): void {
	const {session} = state;
	const party = envelope.from;
	const dealer = session.coordinator?.id ?? '';
	const complaint = (body.complaint ?? {}) as Body;
	const proof = exhibit(state, complaint.proof, dealer, ROUND.proof, EVERYONE);
	const dealt = exhibit(state, complaint.dealt, dealer, ROUND.preparation, party, asHex(complaint.key));
	const checks = proof && dealt ? checkPackage(suiteOf(session.suite), circuitOf(state.program), {session, party, body: dealt, proof}) : [];
	const failed = checks.find(({holds}) => !holds);
	if (failed !== undefined) blame(state, dealer, made(work, failed), [String(complaint.proof), String(complaint.dealt), wire]);
	else {
		const equation = `what ${dealer} dealt to ${party} fails: ${checks.at(-1)?.equation ?? 'no such deal'}`;
		const {left = '', right = ''} = checks.at(-1) ?? {};
		blame(state, party, made(work, {name: 'complaint', about: party, holds: false, equation, left, right}), [wire]);
	}
	abort(state, blameText(state));
}

/** What all must have got alike: the dealer's proof and the masked inputs. */
function ownEcho(state: ComputingState): Hex {
	return hashText(dealtText(kept(state, ROUND.proof, state.session.coordinator?.id ?? '')?.body ?? {}) + (state.masked ?? ''));
}

function dealtText({packages, polynomials}: Body): string {
	return canonical({packages: packages ?? null, polynomials: polynomials ?? null});
}

export function takeInputs(state: ComputingState, work: Work, suite: Suite, circuit: Circuit): void {
	const rows = new Map<string, bigint[]>();
	for (const owner of state.program.cohort) {
		const text = kept(state, ROUND.inputs, owner)?.body.masked;
		const wires = circuit.inputs[owner]?.length ?? 0;
		try {
			const values = unpack(suite, asHex(text) ?? '');
			if (values.length !== wires) throw new Error('expected one value a wire');
			rows.set(owner, values);
		} catch {
			const equation = `${owner} gives ${wires} masked scalars`;
			accuse(state, work, owner, {name: 'encoding', about: owner, holds: false, equation, left: String(text), right: ''}, ROUND.inputs);
		}
	}
	if (state.blame.length > 0) abort(state, blameText(state));
	else {
		state.masked = pack(
			suite,
			inputWires(circuit).map(({owner}) => rows.get(owner)?.shift() ?? 0n),
		);
		work.learned.push(`the masked inputs of ${listed(state.program.cohort)}: each less a mask that its owner and the dealer know`);
	}
	state.round = ROUND.echo;
	if (state.status === 'waiting') say(state, work, {echo: ownEcho(state)}, 'hash of all masked inputs and of the proof');
}

export function compareEchoes(state: ComputingState, work: Work): void {
	if (!isOn(state, 'echo')) return;
	const right = ownEcho(state);
	const {originals} = plan(circuitOf(state.program));
	if (parties(state).some(id => kept(state, originals, id) !== undefined)) dispute(state, work);
	for (const about of parties(state)) {
		if (about === state.me) continue;
		const left = String(kept(state, ROUND.echo, about)?.body.echo);
		const equation = `H(proof and masked inputs as ${about} got them) = H(as ${state.me} got them)`;
		const {holds} = made(work, {name: 'echo', about, holds: left === right, equation, left, right});
		if (!holds && !state.disputes) dispute(state, work);
	}
}

/** Echoes differ: everybody shows what it got, with the keys of those messages, and two versions of one sender prove who did it. */
export function dispute(state: ComputingState, work: Work): void {
	state.disputes = true;
	state.round = plan(circuitOf(state.program)).originals;
	const originals = echoed(state).flatMap(from => {
		const wire = from === state.me ? undefined : kept(state, roundOf(state, from), from)?.wire;
		return wire === undefined ? [] : [{wire, key: exhibitKey(state, wire)}];
	});
	say(state, work, {originals}, 'the proof and all masked inputs as they came, signed');
}

/** Whose words the echo repeats, in order. */
function echoed({session, program}: ComputingState): string[] {
	return [session.coordinator?.id ?? '', ...program.cohort];
}

function roundOf({session}: ComputingState, from: string): number {
	return from === session.coordinator?.id ? ROUND.proof : ROUND.inputs;
}

export function judgeOriginals(state: ComputingState, work: Work): void {
	/** By showing party: what each owner sent to it. */
	const shown = new Map(parties(state).map(party => [party, originalsOf(state, party)]));
	const seen = new Map<string, {text: string; wire: string}>();
	const echo = (about: string, equation: string, left: string, right: string, evidence: readonly string[]) =>
		blame(state, about, made(work, {name: 'echo', about, holds: false, equation, left, right}), evidence);
	for (const [from, sent] of [...shown.values()].flatMap(originals => [...originals])) {
		const other = seen.get(from);
		if (other === undefined) seen.set(from, sent);
		else if (other.text !== sent.text && !state.blame.some(({member}) => member === from))
			echo(
				from,
				`the ${roundOf(state, from) === ROUND.proof ? 'proof' : 'masked input'} of ${from} is the same for all`,
				hashText(other.text),
				hashText(sent.text),
				[other.wire, sent.wire],
			);
	}
	if (state.blame.length === 0) {
		for (const [party, originals] of shown) {
			const texts = echoed(state).map(owner => (owner === party ? seen : originals).get(owner)?.text ?? '');
			const left = String(kept(state, ROUND.echo, party)?.body.echo);
			const right = hashText(texts.join(''));
			// Whoever cannot account for its own echo is at fault.
			if (left !== right)
				echo(party, `echo of ${party} = H(the proof and masked inputs that ${party} shows)`, left, right, [
					kept(state, ROUND.echo, party)?.wire ?? '',
				]);
		}
	}
	abort(state, state.blame.length > 0 ? blameText(state) : 'the echoes differ, and the originals do not show whose fault it is');
}

/** The proof and the masked inputs that a party shows, as far as they are signed to it. The door's checks, with its name in place of ours. */
function originalsOf(state: ComputingState, party: string): Map<string, {text: string; wire: string}> {
	const found = new Map<string, {text: string; wire: string}>();
	const list = kept(state, state.round, party)?.body.originals;
	for (const item of Array.isArray(list) ? list : []) {
		const {wire, key} = (item ?? {}) as Partial<Record<string, unknown>>;
		const from = typeof wire === 'string' ? parseEnvelope(wire)?.from : undefined;
		if (typeof wire !== 'string' || from === undefined) continue;
		const round = roundOf(state, from);
		const body = exhibit(state, wire, from, round, round === ROUND.proof ? EVERYONE : party, asHex(key));
		if (body !== undefined) found.set(from, {text: round === ROUND.proof ? dealtText(body) : String(body.masked), wire});
	}
	return found;
}
