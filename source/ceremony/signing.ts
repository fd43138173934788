/** A party's side of signing: it commits to two nonces, sees the list and the message, and answers with one partial signature or a refusal. */
import {pointsHex, scalarFromHex, scalarHex} from '../sharing/scalars.js';
import type {Point, Suite} from '../sharing/suite.js';
import {suiteOf} from '../sharing/suites.js';
import type {Checks, Draw, Hex, Identity, KeyShare, Session, Side, Step} from './api.js';
import {admit, type Body, bindsOf, type Envelope} from './envelope.js';
import {readMemory, toStep, writeMemory} from './memory.js';
import {abort, asHex, forget, isOn, keep, made, newBase, newWork, post, type SideBase, type Work} from './side.js';
import {makeNonce, type NonceCommitment, partialSignature, signingEquations} from './signing-equations.js';
import {checkElement, type ListEntry, parseList} from './signing-list.js';

interface SigningState extends SideBase {
	readonly keyShare: KeyShare;
	/** SHA-256 of the message that this party approved, where its approval was bound to bytes. */
	readonly approved?: Hex;
	/** Secret, and gone as soon as the partial signature is out. */
	nonces?: {readonly hiding: Hex; readonly binding: Hex};
	commitment?: ListEntry;
}

export function startSigning(options: {
	session: Session;
	me: string;
	identity: Identity;
	keyShare: KeyShare;
	approved?: Hex;
	checks?: Checks;
}): string {
	const {session, me, identity, keyShare, approved, checks = {}} = options;
	const state: SigningState = {keyShare, ...(approved === undefined ? {} : {approved}), ...newBase({session, me, identity, checks})};
	return writeMemory(state);
}

function coordinatorOf({session}: SigningState): string {
	if (session.coordinator === undefined) throw new Error(`signing session ${session.id} has no coordinator`);
	return session.coordinator.id;
}

export const signingSide: Side = {
	open(memory, draw) {
		const state = readMemory<SigningState>(memory);
		const work = newWork();
		// A side that is opened again (late messages of a ceremony that waited) has committed already: its nonces are drawn once.
		if (state.commitment === undefined) commit(state, work, draw);
		return finish(state, work, memory);
	},
	receive(memory, wire) {
		const state = readMemory<SigningState>(memory);
		const work = newWork();
		let binds: Envelope['binds'];
		const message = admit(state, wire, work.checks, ({round, body}) => {
			binds = round === 2 ? bindsOf(body) : undefined;
			return binds;
		});
		if (message === undefined || message.envelope.from !== coordinatorOf(state) || message.envelope.round !== 2)
			return finish(state, work, memory);
		if (state.nonces === undefined || !keep(state, message)) {
			// A restored machine or a second request: these nonces were used, and using them again gives the share away.
			made(work, {
				name: 'nonce',
				about: message.envelope.from,
				holds: false,
				equation: 'the nonces of this session are unused',
				left: state.commitment?.hiding ?? '',
				right: state.commitment?.hiding ?? '',
			});
			work.learned.push('a second request to sign in this session, refused: its nonces are spent');
			return finish(state, work, memory);
		}
		answer(state, work, message.body, binds);
		return finish(state, work, memory);
	},
	close(memory) {
		const state = readMemory<SigningState>(memory);
		const work = newWork();
		if (state.status === 'waiting') {
			delete state.nonces;
			abort(state, `${coordinatorOf(state)} was silent in round 2; the nonces are discarded`);
		}
		return finish(state, work, memory);
	},
};

function finish(state: SigningState, work: Work, before: string): Step {
	if (state.status !== 'waiting') forget(state, 2);
	return toStep(state, work, before, {round: 2, waitingFor: [coordinatorOf(state)]});
}

function commit(state: SigningState, work: Work, draw: Draw): void {
	const {session, keyShare} = state;
	const suite = suiteOf(session.suite);
	const share = scalarFromHex(suite, keyShare.share);
	const hiding = makeNonce(suite, share, draw, `${session.id} hiding nonce`);
	const binding = makeNonce(suite, share, draw, `${session.id} binding nonce`);
	state.nonces = {hiding: scalarHex(suite, hiding), binding: scalarHex(suite, binding)};
	const index = keyShare.index;
	const [D = '', E = ''] = pointsHex(suite, [suite.base.multiply(hiding), suite.base.multiply(binding)]);
	state.commitment = {index, hiding: D, binding: E};
	post(state, work, coordinatorOf(state), {round: 1, body: {hiding: D, binding: E}, carries: `commitments D${index}, E${index}`});
	work.learned.push(`its own nonces d${index}, e${index}: used once`);
}

/** Round 2: the message is what was approved, the list holds my commitments and sound ones of the others; then one partial signature. */
function answer(state: SigningState, work: Work, body: Readonly<Record<string, unknown>>, binds = bindsOf(body)): void {
	const suite = suiteOf(state.session.suite);
	const message = messageIn(body);
	if (message !== undefined) work.learned.push(`the message: ${message.length / 2} bytes, SHA-256 ${binds.message.slice(0, 16)}...`);
	// Of text that is no bytes a hash says little: a partial bound to it could be shown beside other bytes, and its signer blamed.
	const objection =
		message === undefined
			? 'the message is no bytes'
			: (approvalObjection(state, work, binds.message) ?? listObjection(state, work, suite, body.list));
	const index = state.keyShare.index;
	if (typeof objection === 'string') {
		delete state.nonces;
		abort(state, objection);
		const denies = work.checks.some(check => check.name === 'ownCommitment' && !check.holds);
		const refusal = {
			refuses: objection,
			...(state.approved === undefined ? {} : {approved: state.approved}),
			...(denies ? {own: state.commitment} : {}),
		};
		post(state, work, coordinatorOf(state), {round: 2, body: refusal, binds, carries: `refusal of ${state.me}`});
		return;
	}
	const {list, key} = objection;
	const share = scalarFromHex(suite, state.keyShare.share);
	const equations = signingEquations(suite, key, list, Buffer.from(message ?? '', 'hex'));
	const nonces = {
		hiding: scalarFromHex(suite, state.nonces?.hiding ?? ''),
		binding: scalarFromHex(suite, state.nonces?.binding ?? ''),
	};
	delete state.nonces;
	const z = partialSignature(suite, equations, index, nonces, share);
	state.status = 'done';
	post(state, work, coordinatorOf(state), {round: 2, body: {z: scalarHex(suite, z)}, binds, carries: `partial signature z${index}`});
	work.learned.push(`the nonce commitments of all ${list.length} signers, R and c`);
}

/** The message in a request, in lowercase hexadecimal digits; it may be empty. Undefined where there is none. */
function messageIn({message}: Body): Hex | undefined {
	return message === '' ? '' : asHex(message);
}

function approvalObjection(state: SigningState, work: Work, messageHash: Hex): string | undefined {
	if (state.approved === undefined || !isOn(state, 'approval')) return undefined;
	const check = made(work, {
		name: 'approval',
		about: coordinatorOf(state),
		holds: messageHash === state.approved,
		equation: `SHA-256(message) = hash that ${state.me} approved`,
		left: messageHash,
		right: state.approved,
	});
	return check.holds ? undefined : `bytes differ from what ${state.me} approved`;
}

function listObjection(
	state: SigningState,
	work: Work,
	suite: Suite,
	value: unknown,
): string | {readonly list: readonly NonceCommitment[]; readonly key: Point} {
	const entries = parseList(value, state.session);
	if (entries === undefined || entries.length < state.keyShare.threshold) return 'the list names too few signers, or is none';
	const mine = entries.find(entry => entry.index === state.keyShare.index);
	const {commitment} = state;
	const own = made(work, {
		name: 'ownCommitment',
		about: coordinatorOf(state),
		holds: mine?.hiding === commitment?.hiding && mine?.binding === commitment?.binding,
		equation: `D${state.keyShare.index} | E${state.keyShare.index} in the list = the ones ${state.me} sent`,
		left: `${mine?.hiding ?? ''}${mine?.binding ?? ''}`,
		right: `${commitment?.hiding}${commitment?.binding}`,
	});
	if (!own.holds) return `the list holds other commitments than the ones ${state.me} sent`;
	const list: NonceCommitment[] = [];
	const subgroup = isOn(state, 'subgroup');
	for (const entry of entries) {
		const isMine = entry === mine;
		const about = state.session.members.find(member => member.index === entry.index)?.id ?? '';
		const hiding = checkElement(suite, entry.hiding, {name: `D${entry.index}`, about, subgroup: subgroup && !isMine}, work.checks);
		const binding = checkElement(suite, entry.binding, {name: `E${entry.index}`, about, subgroup: subgroup && !isMine}, work.checks);
		if (hiding === undefined || binding === undefined) return `the commitments of ${about} are no sound points`;
		list.push({index: entry.index, hiding, binding});
	}
	const key = checkElement(suite, state.keyShare.commitments[0] ?? '', {name: 'C0', about: state.me, subgroup}, work.checks);
	return key === undefined ? `the key that ${state.me} loaded is no sound point` : {list, key};
}
