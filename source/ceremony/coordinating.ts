/** The coordinator's side of signing: it collects commitments, shows list and message to all signers, checks partials and adds them up. */
import {bytesToHex, hexToBytes} from '@noble/hashes/utils.js';
import {scalarFromHex, sidesHex} from '../sharing/scalars.js';
import type {Suite} from '../sharing/suite.js';
import {suiteOf} from '../sharing/suites.js';
import type {Check, Checks, Hex, Identity, KeyPublic, Session, Side, Step} from './api.js';
import {type Admitted, admit, bindsOf, type Envelope, memberIn} from './envelope.js';
import {readMemory, toStep, writeMemory} from './memory.js';
import {
	abort,
	blame,
	blameText,
	broadcast,
	forget,
	hexField,
	indexOf,
	isOn,
	keep,
	keepOwn,
	kept,
	keptWire,
	made,
	newBase,
	newWork,
	pointIn,
	rememberPoint,
	type SideBase,
	silent,
	type Work,
} from './side.js';
import {aggregate, checkPartial, partialEquation, type SigningEquations, signingEquations} from './signing-equations.js';
import {checkElement, type ListEntry} from './signing-list.js';
import {verifyOutput} from './verify-output.js';
import {listed} from './words.js';

interface CoordinatingState extends SideBase {
	readonly key: KeyPublic;
	/** Ids of the parties that sign, in the order of their indexes. */
	readonly signers: readonly string[];
	readonly message: Hex;
	/** Round 2 was sent: what all signers compute with. */
	equations?: SigningEquations;
	list?: readonly ListEntry[];
	/** What round 2 is bound to. */
	binds?: Envelope['binds'];
	signature?: Hex;
}

/** Throws where the signers are no members, are repeated or are fewer than the threshold. */
export function startCoordinating(options: {
	session: Session;
	identity: Identity;
	key: KeyPublic;
	signers: readonly string[];
	message: Hex;
	checks?: Checks;
}): string {
	const {session, identity, key, message, checks = {}} = options;
	if (session.coordinator === undefined) throw new Error(`signing session ${session.id} has no coordinator`);
	const signers = [...new Set(options.signers)].sort((a, b) => memberIn(session, a).index - memberIn(session, b).index);
	if (signers.length < key.threshold) throw new Error(`signing needs ${key.threshold} different parties, got ${listed(signers)}`);
	const {suite, epoch, threshold, commitments, publicKey, verifyingShares} = key;
	const state: CoordinatingState = {
		key: {suite, epoch, threshold, commitments, publicKey, verifyingShares},
		signers,
		message,
		...newBase({session, me: session.coordinator.id, identity, checks}),
	};
	return writeMemory(state);
}

/** The signature of a coordinator's side that is done. Throws before. */
export function signatureOf(memory: string): Hex {
	const {signature} = readMemory<CoordinatingState>(memory);
	if (signature === undefined) throw new Error('this signing ended without a signature');
	return signature;
}

export const coordinatingSide: Side = {
	open(memory) {
		const state = readMemory<CoordinatingState>(memory);
		const work = newWork();
		const suite = suiteOf(state.session.suite);
		const subgroup = isOn(state, 'subgroup');
		const loaded = [
			{name: 'C0', text: state.key.commitments[0]},
			...state.signers.map(id => ({name: `Y${indexOf(state, id)}`, text: verifyingShare(state, id)})),
		];
		for (const {name, text} of loaded) {
			const point = checkElement(suite, text ?? '', {name, about: state.me, subgroup}, work.checks);
			if (point === undefined) abort(state, `${name} of the key is no sound point`);
			else rememberPoint(state, suite, text ?? '', point);
		}
		return finish(state, work, memory);
	},
	receive(memory, wire) {
		const state = readMemory<CoordinatingState>(memory);
		const work = newWork();
		const message = admit(state, wire, work.checks, ({round}) =>
			round === 2 ? (state.binds ?? bindsOf({message: state.message})) : undefined,
		);
		const expected = roundOf(state);
		const {envelope} = message ?? {};
		if (message === undefined || state.status !== 'waiting' || envelope?.round !== expected) return finish(state, work, memory);
		if (!state.signers.includes(envelope.from) || !keep(state, message)) return finish(state, work, memory);
		const suite = suiteOf(state.session.suite);
		if (expected === 1) takeCommitments(state, work, suite, message);
		else takePartial(state, work, suite, message);
		return finish(state, work, memory);
	},
	close(memory) {
		const state = readMemory<CoordinatingState>(memory);
		const work = newWork();
		if (state.status === 'waiting') {
			const round = roundOf(state);
			const quiet = `${listed(silent(state, round, state.signers))} silent in round ${round}`;
			abort(state, state.blame.length === 0 ? quiet : `${blameText(state)}; ${quiet}`);
		}
		return finish(state, work, memory);
	},
};

/** The round that the coordinator waits for: 2 as soon as the signers are asked. */
function roundOf({equations}: CoordinatingState): 1 | 2 {
	return equations === undefined ? 1 : 2;
}

function finish(state: CoordinatingState, work: Work, before: string): Step {
	if (state.status !== 'waiting') {
		state.points = {};
		for (const round of [1, 2]) forget(state, round);
		delete state.equations;
		delete state.list;
	}
	return toStep(state, work, before, {round: roundOf(state), waitingFor: silent(state, roundOf(state), state.signers)});
}

function verifyingShare(state: CoordinatingState, id: string): Hex {
	return state.key.verifyingShares[indexOf(state, id)] ?? '';
}

/** Round 1: the signer's points must be sound. With the last of them the equations are set and all signers are asked. */
function takeCommitments(state: CoordinatingState, work: Work, suite: Suite, {wire, envelope, body}: Admitted): void {
	const index = indexOf(state, envelope.from);
	const failed: Check[] = [];
	for (const [field, name] of [
		['hiding', `D${index}`],
		['binding', `E${index}`],
	] as const) {
		const made: Check[] = [];
		const text = hexField(body, field) ?? '';
		const point = checkElement(suite, text, {name, about: envelope.from, subgroup: isOn(state, 'subgroup')}, made);
		if (point !== undefined) rememberPoint(state, suite, text, point);
		work.checks.push(...made);
		failed.push(...made.filter(check => !check.holds));
	}
	for (const check of failed) blame(state, envelope.from, check, [wire]);
	if (failed.length > 0) {
		abort(state, blameText(state));
		return;
	}
	work.learned.push(`D${index}, E${index} of ${envelope.from}`);
	if (silent(state, 1, state.signers).length === 0) ask(state, work, suite);
}

function ask(state: CoordinatingState, work: Work, suite: Suite): void {
	state.list = state.signers.map(id => {
		const {body} = kept(state, 1, id) ?? {body: {}};
		return {binding: hexField(body, 'binding') ?? '', hiding: hexField(body, 'hiding') ?? '', index: indexOf(state, id)};
	});
	const list = state.list.map(({index, hiding, binding}) => ({
		index,
		hiding: pointIn(state, suite, hiding),
		binding: pointIn(state, suite, binding),
	}));
	const key = pointIn(state, suite, state.key.commitments[0] ?? '');
	state.equations = signingEquations(suite, key, list, hexToBytes(state.message));
	const body = {list: state.list, message: state.message};
	state.binds = bindsOf(body);
	const carries = `message (${state.message.length / 2} bytes) and the list of ${list.length} commitments`;
	// Part of the evidence against a bad partial.
	keepOwn(state, 2, {wire: broadcast(state, work, state.signers, {round: 2, body, binds: state.binds, carries})});
	work.learned.push('R and c of this signature');
}

/** Round 2: a refusal ends the ceremony; a partial signature is checked (if that is on) and added. */
function takePartial(state: CoordinatingState, work: Work, suite: Suite, message: Admitted): void {
	const {wire, envelope, body} = message;
	const {from} = envelope;
	if (typeof body.refuses === 'string') {
		work.learned.push(`${from} refuses: ${body.refuses}`);
		if (body.own !== undefined) judgeDenial(state, work, message);
		abort(state, state.blame.length > 0 ? blameText(state) : body.refuses);
		return;
	}
	const index = indexOf(state, from);
	const z = partialOf(suite, body);
	if (z === undefined) {
		const check = {name: 'encoding', about: from, holds: false, equation: `z${index} is a scalar`, left: String(body.z), right: ''};
		blame(state, from, made(work, check), [keptWire(state, 2, state.me) ?? '', wire]);
	} else if (isOn(state, 'verifyPartials')) {
		const check = made(work, verifyPartial(state, suite, from, z));
		if (!check.holds) blame(state, from, check, [keptWire(state, 2, state.me) ?? '', wire]);
	}
	work.learned.push(`z${index} of ${from}`);
	if (silent(state, 2, state.signers).length > 0) return;
	if (state.blame.length > 0) abort(state, blameText(state));
	else combine(state, work, suite);
}

/** A signer who says that the list holds other commitments than it sent is refuted by what it signed in round 1. */
function judgeDenial(state: CoordinatingState, work: Work, {wire, envelope, body}: Admitted): void {
	const {from} = envelope;
	const index = indexOf(state, from);
	const sent = kept(state, 1, from);
	const text = (of: Readonly<Record<string, unknown>>) => `${hexField(of, 'hiding') ?? ''}${hexField(of, 'binding') ?? ''}`;
	const [left, right] = [text(sent?.body ?? {}), text(body.own as Readonly<Record<string, unknown>>)];
	const equation = `D${index} | E${index} that ${from} signed in round 1 = the ones it says it sent`;
	const check = made(work, {name: 'ownCommitment', about: from, holds: left === right, equation, left, right});
	if (!check.holds) blame(state, from, check, [sent?.wire ?? '', wire]);
}

function partialOf(suite: Suite, body: Readonly<Record<string, unknown>>): bigint | undefined {
	try {
		return scalarFromHex(suite, hexField(body, 'z') ?? '');
	} catch {
		return undefined;
	}
}

function verifyPartial(state: CoordinatingState, suite: Suite, from: string, z: bigint): Check {
	const index = indexOf(state, from);
	const entry = state.list?.find(candidate => candidate.index === index);
	if (entry === undefined || state.equations === undefined) throw new Error(`${from} is not on the list of this signing`);
	const commitment = {index, hiding: pointIn(state, suite, entry.hiding), binding: pointIn(state, suite, entry.binding)};
	const sides = checkPartial(suite, state.equations, commitment, pointIn(state, suite, verifyingShare(state, from)), z);
	return {name: 'verifyPartials', about: from, equation: partialEquation(state.equations, index), ...sidesHex(sides)};
}

/** The joint output, verified by code that knows nothing of threshold signing before it leaves. */
function combine(state: CoordinatingState, work: Work, suite: Suite): void {
	if (state.equations === undefined) throw new Error('partials without equations');
	const partials = state.signers.map(id => partialOf(suite, kept(state, 2, id)?.body ?? {}) ?? 0n);
	const signature = bytesToHex(aggregate(suite, state.equations, partials));
	const check = made(work, {
		name: 'signature',
		about: state.me,
		holds: verifyOutput(state.key.suite, state.key.publicKey, state.message, signature),
		equation: 'z*G = R + c*PK, by a stock verifier',
		left: signature,
		right: state.key.publicKey,
	});
	if (!check.holds) {
		abort(state, 'the signature does not verify: a partial signature is wrong, and nobody checked whose');
		return;
	}
	state.signature = signature;
	state.status = 'done';
	work.learned.push('the signature');
}
