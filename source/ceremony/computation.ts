/**
 * A party's side of a computation on private inputs. Rounds 1 and 2 bring masks, triples and MAC key shares from the dealer, and its proof; owners broadcast their inputs
 * minus masks, all compare what they got, products are opened layer by layer, what was opened is checked against the MACs, and only then is the
 * output opened and checked again. All messages between parties are sealed from the dealer, who could read the inputs from them.
 */
import type {Suite} from '../sharing/suite.js';
import {suiteOf} from '../sharing/suites.js';
import type {Checks, Draw, Identity, Session, Side, Step} from './api.js';
import {checkCohort} from './cohort.js';
import {type Circuit, checkInput, circuitOf, type Program} from './computation-circuit.js';
import {ROUND, resultRound} from './computation-dealer.js';
import {compareEchoes, dispute, judgeComplaint, judgeOriginals, takeInputs, takePreparation} from './computation-inputs.js';
import {checkMacs, commitMac, openingsOf, sharesOf, takeOpenings} from './computation-openings.js';
import {pack, unpack} from './computation-shares.js';
import {awaited, type ComputingState, parties, plan, say} from './computation-state.js';
import {admit, memberIn} from './envelope.js';
import {readMemory, toStep, writeMemory} from './memory.js';
import {abort, indexOf, isOn, keep, made, newBase, newWork, post, type Work} from './side.js';
import {listed} from './words.js';

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
	return writeMemory(state);
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
			if (fromDealer !== envelope.round <= ROUND.proof || !keep(state, message)) return;
			if (typeof body.refuses === 'string') abort(state, body.refuses);
			else if (body.complaint !== undefined) judgeComplaint(state, work, message);
			// Before its own echo a side could not account for it: what comes earlier waits until then.
			else if (Array.isArray(body.originals) && !state.disputes && state.round >= ROUND.echo) dispute(state, work);
		});
	},
	close(memory, draw) {
		return act(memory, draw, state => {
			if (state.status === 'waiting') closeRound(state);
		});
	},
};

function act(memory: string, draw: Draw, call: (state: ComputingState, work: Work) => void): Step {
	const state = readMemory<ComputingState>(memory);
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
	return toStep(state, work, memory, {round: state.round, waitingFor: awaited(state)});
}

function refuse(state: ComputingState, work: Work, reason: string): void {
	state.round = ROUND.inputs;
	say(state, work, {refuses: reason}, `refusal of ${state.me}`);
	post(state, work, state.session.coordinator?.id ?? '', {round: state.round, body: {refuses: reason}, carries: `refusal of ${state.me}`});
	abort(state, reason);
}

/** The current round is complete: use what came, and speak in the next one. */
function advance(state: ComputingState, work: Work, circuit: Circuit, draw: Draw): void {
	const suite = suiteOf(state.session.suite);
	const {round} = state;
	const at = plan(circuit);
	if (round === ROUND.preparation) state.round = ROUND.proof;
	else if (round === ROUND.proof) takePreparation(state, work, suite, circuit);
	else if (round === ROUND.inputs) takeInputs(state, work, suite, circuit);
	else if (round === at.originals) judgeOriginals(state, work);
	else if (round === ROUND.echo) compareEchoes(state, work);
	else if (round === at.reveal || round === at.revealAgain) checkMacs(state, work, suite, circuit);
	else if (round !== at.commit && round !== at.commitAgain) takeOpenings(state, work, suite);
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
