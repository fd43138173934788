/**
 * A party's side of a computation on private inputs. Round 1 brings masks, triples and MAC key shares from the dealer; owners broadcast their inputs
 * minus masks, all compare what they got, products are opened layer by layer, what was opened is checked against the MACs, and only then is the
 * output opened and checked again. All messages between parties are sealed from the dealer, who could read the inputs from them.
 */
import {createHash} from 'node:crypto';
import {scalarHex} from '../sharing/scalars.js';
import type {Suite} from '../sharing/suite.js';
import {suiteOf} from '../sharing/suites.js';
import type {Check, Checks, Draw, Hex, Identity, Session, Side, Step} from './api.js';
import {checkCohort} from './cohort.js';
import {type Circuit, checkInput, circuitOf, type Program, productsOf, wiresOfInput} from './computation-circuit.js';
import {type Computed, ROUND, resultRound} from './computation-dealer.js';
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
import {exhibit} from './dealing-judge.js';
import {admit, type Body, hashText, memberIn, parseEnvelope} from './envelope.js';
import {isSealed, messageKey} from './seal.js';
import {
	abort,
	asHex,
	blame,
	blameText,
	forget,
	hexField,
	indexOf,
	isOn,
	keep,
	keepOwn,
	kept,
	listed,
	made,
	newBase,
	newWork,
	post,
	type SideBase,
	silent,
	toStep,
	type Work,
} from './side.js';

interface ComputingState extends SideBase {
	readonly program: Program;
	/** This party's input, in decimal; gone once it is masked. */
	input?: string;
	/** Cohorts of sums that were answered before, as far as this party knows. */
	readonly answered: readonly (readonly string[])[];
	/** The round that this side waits for. */
	round: number;
	/** From the dealer: secret, gone when the computation ends. */
	preparation?: Hex;
	/** Inputs minus masks, in the order of the input wires. */
	masked?: Hex;
	/** What was opened, round by round. */
	opened: Record<number, Hex>;
	/** The round from which on openings are not yet checked against the MACs. */
	unchecked: number;
	/** This side's MAC share, committed to and not yet revealed. */
	sigma?: {readonly value: Hex; readonly salt: Hex};
	disputes: boolean;
	/** Parties whose silence was outlived. */
	absent: string[];
	result?: Computed;
}

/** A party's side. `input` is a whole number in decimal, of parties in the cohort. Throws where it does not fit the program. */
export function startComputing(options: {
	session: Session;
	me: string;
	identity: Identity;
	program: Program;
	input?: string;
	answered?: readonly (readonly string[])[];
	checks?: Checks;
}): string {
	const {session, me, identity, program, input, answered = [], checks = {}} = options;
	circuitOf(program);
	for (const id of [me, ...program.cohort]) memberIn(session, id);
	if (session.coordinator === undefined) throw new Error(`session ${session.id} has no coordinator who deals triples`);
	if (program.cohort.includes(me) !== (input !== undefined)) throw new Error(`${me} gives an input exactly if it is in the cohort`);
	if (input !== undefined) checkInput(program, BigInt(input));
	const state: ComputingState = {
		...newBase({session, me, identity, checks}),
		program,
		...(input === undefined ? {} : {input}),
		answered,
		round: ROUND.preparation,
		opened: {},
		unchecked: ROUND.layer(1),
		disputes: false,
		absent: [],
	};
	return JSON.stringify(state);
}

/** The rounds after the echo, in order. */
function plan({depth}: Circuit) {
	const last = ROUND.layer(depth);
	return {commit: last + 1, reveal: last + 2, outputs: last + 3, commitAgain: last + 4, revealAgain: last + 5, originals: last + 7};
}

export const computingSide: Side = {
	open(memory, draw) {
		return act(memory, draw, (state, work) => {
			const {program, session, answered, me} = state;
			if ((program.kind !== 'sum' && program.kind !== 'mean') || program.minimum === undefined || !isOn(state, 'minimumCohort')) return;
			const about = session.coordinator?.id ?? '';
			const {scalars} = suiteOf(session.suite);
			const check = made(work, checkCohort(scalars, {about, cohort: program.cohort, answered, minimum: program.minimum}));
			if (!check.holds) refuse(state, work, `${me} refuses: ${check.equation}`);
		});
	},
	receive(memory, wire, draw) {
		return act(memory, draw, (state, work) => {
			const message = admit(state, wire, work.checks);
			if (message === undefined || state.status !== 'waiting') return;
			const {envelope, body} = message;
			const fromDealer = envelope.from === state.session.coordinator?.id;
			if (fromDealer !== (envelope.round === ROUND.preparation) || !keep(state, message)) return;
			if (typeof body.refuses === 'string') abort(state, body.refuses);
			else if (Array.isArray(body.originals) && !state.disputes) dispute(state, work);
		});
	},
	close(memory, draw) {
		return act(memory, draw, state => {
			if (state.status === 'waiting') closeRound(state);
		});
	},
};

function act(memory: string, draw: Draw, call: (state: ComputingState, work: Work) => void): Step {
	const state: ComputingState = JSON.parse(memory);
	const work = newWork();
	call(state, work);
	const waits = () => state.status === 'waiting' && awaited(state).length === 0;
	if (waits()) {
		const circuit = circuitOf(state.program);
		while (waits()) advance(state, work, circuit, draw);
	}
	if (state.status !== 'waiting') {
		delete state.preparation;
		delete state.input;
		delete state.sigma;
	}
	if (state.status === 'aborted') delete state.result;
	return toStep(state, work, awaited(state));
}

function parties(state: ComputingState): string[] {
	return [...state.session.members].sort((a, b) => a.index - b.index).map(({id}) => id);
}

function awaited(state: ComputingState): string[] {
	const {round, session, program, absent} = state;
	if (round === ROUND.preparation) return silent(state, round, [session.coordinator?.id ?? '']);
	const speakers = round === ROUND.inputs ? program.cohort : parties(state);
	return silent(state, round, speakers).filter(id => !absent.includes(id));
}

/** The same words to every other party, each sealed to it. */
function say(state: ComputingState, work: Work, body: Body, carries: string): void {
	keepOwn(state, state.round, {wire: '', opened: body});
	for (const id of parties(state)) if (id !== state.me) post(state, work, id, {round: state.round, body, secret: true, carries});
}

function refuse(state: ComputingState, work: Work, reason: string): void {
	state.round = ROUND.inputs;
	say(state, work, {refuses: reason}, `refusal of ${state.me}`);
	post(state, work, state.session.coordinator?.id ?? '', {round: state.round, body: {refuses: reason}, carries: `refusal of ${state.me}`});
	abort(state, reason);
}

function accuse(state: ComputingState, work: Work, member: string, check: Check, round: number): void {
	blame(state, member, made(work, check), [kept(state, round, member)?.wire ?? '']);
}

/** The current round is complete: use what came, and speak in the next one. */
function advance(state: ComputingState, work: Work, circuit: Circuit, draw: Draw): void {
	const suite = suiteOf(state.session.suite);
	const {round} = state;
	const at = plan(circuit);
	if (round === ROUND.preparation) takePreparation(state, work, suite, circuit);
	else if (round === ROUND.inputs) takeInputs(state, work, suite, circuit);
	else if (round === at.originals) judgeOriginals(state, work);
	else if (round === ROUND.echo) compareEchoes(state, work);
	else if (round === at.reveal || round === at.revealAgain) checkMacs(state, work, suite, circuit);
	else if (round !== at.commit && round !== at.commitAgain) takeOpenings(state, work, suite, circuit);
	if (state.status !== 'waiting' || state.disputes) return;
	if (round === at.revealAgain) finishComputation(state, work, suite, circuit);
	else if (round >= ROUND.echo) {
		state.round = round + 1;
		if (state.round === at.commit || state.round === at.commitAgain) commitMac(state, work, suite, circuit, draw);
		else if (state.round === at.reveal || state.round === at.revealAgain) {
			const {value, salt} = state.sigma ?? {value: '', salt: ''};
			say(state, work, {sigma: value, salt}, `MAC share sigma${indexOf(state, state.me)}`);
		} else {
			const shares = openingsOf(sharesOf(state, suite, circuit), circuit, state.round).map(({value}) => value);
			say(state, work, {shares: pack(suite, shares)}, `${shares.length} shares to open`);
		}
	}
}

/** Round 1 is in: mask the input and tell all the difference. */
function takePreparation(state: ComputingState, work: Work, suite: Suite, circuit: Circuit): void {
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

function takeInputs(state: ComputingState, work: Work, suite: Suite, circuit: Circuit): void {
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

function compareEchoes(state: ComputingState, work: Work): void {
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
function dispute(state: ComputingState, work: Work): void {
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

function judgeOriginals(state: ComputingState, work: Work): void {
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

/** This side's shares of all that is opened in a round: d and e of a layer's products, bits that must be 0 after the first, or the outputs. */
function openingsOf({wires, products}: Evaluation, circuit: Circuit, round: number): Authenticated[] {
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

function sharesOf(state: ComputingState, suite: Suite, circuit: Circuit): Evaluation {
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
function takeOpenings(state: ComputingState, work: Work, suite: Suite, circuit: Circuit): void {
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
	if (round === ROUND.layer(2)) checkBits(state, work, suite, circuit, found.values.slice(found.values.length - circuit.bits.length));
}

/** b*b - b = 0, in the open: whose input it is, is at fault. */
function checkBits(state: ComputingState, work: Work, suite: Suite, {bits}: Circuit, values: readonly bigint[]): void {
	if (!isOn(state, 'bits')) return;
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

function commitMac(state: ComputingState, work: Work, suite: Suite, circuit: Circuit, draw: Draw): void {
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
function checkMacs(state: ComputingState, work: Work, suite: Suite, circuit: Circuit): void {
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
	if (!isOn(state, 'macs')) return;
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

function finishComputation(state: ComputingState, work: Work, suite: Suite, circuit: Circuit): void {
	const {program, session} = state;
	const values = unpack(suite, state.opened[plan(circuit).outputs] ?? '');
	const named: Record<string, string> = {};
	for (const [k, {name}] of circuit.outputs.entries()) named[name] = String(values[k] ?? 0n);
	if (program.kind === 'mean') named.count = String(program.cohort.length);
	if (named.winner !== undefined)
		named.winner = String(session.members.find(({id}) => id === program.cohort[Number(named.winner)])?.index ?? 0);
	state.result = named;
	state.status = 'done';
	state.round = resultRound(circuit.depth);
	post(state, work, session.coordinator?.id ?? '', {
		round: state.round,
		body: {result: named},
		secret: true,
		carries: `result, as ${state.me} has it`,
	});
	work.learned.push(
		`the result: ${Object.entries(named)
			.map(([name, value]) => `${name} ${value}`)
			.join(', ')}`,
	);
}

/** Time is over. Openings go on without the silent as long as t parties speak; everything else needs everybody. */
function closeRound(state: ComputingState): void {
	const quiet = awaited(state);
	const speaking = parties(state).length - state.absent.length - quiet.length;
	if (state.disputes || (state.round > ROUND.echo && speaking >= state.session.threshold)) state.absent.push(...quiet);
	else abort(state, `${listed(quiet)} silent in round ${state.round}`);
}
