/** Rounds 1 to 3 of a computation: the preparation comes, inputs are masked and shown to all, and all compare what they got. */
import type {Suite} from '../sharing/suite.js';
import {type Circuit, circuitOf, wiresOfInput} from './computation-circuit.js';
import {ROUND} from './computation-dealer.js';
import {inputWires, pack, readPreparation, unpack} from './computation-shares.js';
import {accuse, type ComputingState, parties, plan, say} from './computation-state.js';
import {exhibit} from './dealing-judge.js';
import {hashText, memberIn, parseEnvelope} from './envelope.js';
import {isSealed, messageKey} from './seal.js';
import {abort, asHex, blame, blameText, forget, hexField, isOn, kept, listed, made, type Work} from './side.js';

/** Round 1 is in: mask the input and tell all the difference. */
export function takePreparation(state: ComputingState, work: Work, suite: Suite, circuit: Circuit): void {
	const dealer = state.session.coordinator?.id ?? '';
	const body = kept(state, ROUND.preparation, dealer)?.body ?? {};
	const shares = hexField(body, 'shares') ?? '';
	const mine = state.input === undefined ? [] : wiresOfInput(state.program, BigInt(state.input));
	try {
		readPreparation(suite, circuit, shares);
		const masks = unpack(suite, hexField(body, 'masks') ?? '');
		if (masks.length !== mine.length) throw new Error('expected a mask for every input');
		state.preparation = shares;
		forget(state, ROUND.preparation);
		work.learned.push(`its shares of triples, masks and MAC key, dealt by ${dealer}, who knows them whole`);
		state.round = ROUND.inputs;
		if (mine.length > 0) {
			const masked = mine.map((value, k) => suite.scalars.sub(value, masks[k] ?? 0n));
			say(state, work, {masked: pack(suite, masked)}, `input of ${state.me}, masked`);
		}
		delete state.input;
	} catch {
		const equation = `${dealer} deals shares of masks, triples and MAC key`;
		accuse(
			state,
			work,
			dealer,
			{name: 'encoding', about: dealer, holds: false, equation, left: hashText(shares), right: ''},
			ROUND.preparation,
		);
		abort(state, blameText(state));
	}
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
	if (state.status === 'waiting') say(state, work, {echo: hashText(state.masked ?? '')}, 'hash of all masked inputs');
}

export function compareEchoes(state: ComputingState, work: Work): void {
	if (!isOn(state, 'echo')) return;
	const right = hashText(state.masked ?? '');
	for (const about of parties(state)) {
		if (about === state.me) continue;
		const left = String(kept(state, ROUND.echo, about)?.body.echo);
		const equation = `H(masked inputs as ${about} got them) = H(as ${state.me} got them)`;
		const {holds} = made(work, {name: 'echo', about, holds: left === right, equation, left, right});
		if (!holds && !state.disputes) dispute(state, work);
	}
}

/** Echoes differ: everybody shows what it got, with the keys of those messages, and two versions of one sender prove who did it. */
export function dispute(state: ComputingState, work: Work): void {
	state.disputes = true;
	state.round = plan(circuitOf(state.program)).originals;
	const originals = state.program.cohort.flatMap(from => {
		const wire = from === state.me ? undefined : kept(state, ROUND.inputs, from)?.wire;
		const envelope = wire === undefined ? undefined : parseEnvelope(wire);
		if (wire === undefined || envelope === undefined) return [];
		const key = isSealed(envelope.body) ? messageKey(state.identity, memberIn(state.session, from), envelope, envelope.body) : '';
		return [{wire, key}];
	});
	say(state, work, {originals}, 'all masked inputs as they came, signed');
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
			echo(from, `the masked input of ${from} is the same for all`, hashText(other.text), hashText(sent.text), [other.wire, sent.wire]);
	}
	if (state.blame.length === 0) {
		for (const [party, originals] of shown) {
			const texts = state.program.cohort.map(owner => (owner === party ? seen : originals).get(owner)?.text ?? '');
			const left = String(kept(state, ROUND.echo, party)?.body.echo);
			const right = hashText(texts.join(''));
			// Whoever cannot account for its own echo is at fault.
			if (left !== right)
				echo(party, `echo of ${party} = H(the masked inputs that ${party} shows)`, left, right, [
					kept(state, ROUND.echo, party)?.wire ?? '',
				]);
		}
	}
	abort(state, state.blame.length > 0 ? blameText(state) : 'the echoes differ, and the originals do not show whose fault it is');
}

/** The masked inputs that a party shows, as far as their owners signed them to it. The door's checks, with its name in place of ours. */
function originalsOf(state: ComputingState, party: string): Map<string, {text: string; wire: string}> {
	const found = new Map<string, {text: string; wire: string}>();
	const list = kept(state, state.round, party)?.body.originals;
	for (const item of Array.isArray(list) ? list : []) {
		const {wire, key} = item as Partial<Record<string, unknown>>;
		const from = typeof wire === 'string' ? parseEnvelope(wire)?.from : undefined;
		const body = from === undefined ? undefined : exhibit(state, wire, from, ROUND.inputs, party, asHex(key));
		if (typeof wire === 'string' && from !== undefined && body !== undefined) found.set(from, {text: String(body.masked), wire});
	}
	return found;
}
