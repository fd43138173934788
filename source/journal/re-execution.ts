/** Plays a recorded game again from its first two lines and its moves: nothing else of the journal is believed. */
import {verifyOutput} from '../ceremony/verify-output.js';
import {apply} from '../engine/apply.js';
import {decide} from '../engine/decide.js';
import type {GameEvent} from '../engine/events.js';
import {type Game, initialState} from '../engine/game.js';
import type {GameState} from '../engine/state.js';
import type {OpenedPayload, Payload} from './chain.js';
import {JournalError, printable} from './journal-error.js';
import {FIRST_EVENT, reopen} from './opening.js';
import {type Verification, type VerifyOptions, verifyJournal} from './verify.js';

/** Events with which a group begins: what follows, up to the next of them, followed from it and was written with it. */
export function startsGroup({type}: OpenedPayload | GameEvent): boolean {
	return type === 'move' || type === 'taken-back' || type === 'branched' || type === 'hint-asked';
}

/**
 * A recorded move, decided again: its events and the state after them. The beginning of a branch is an input like a move, and has to count the
 * lines before it.
 * @param seq the number of lines before this one
 */
export function decideAgain(
	game: Game,
	state: GameState,
	recorded: OpenedPayload,
	seq: number,
): {events: readonly GameEvent[]; state: GameState} {
	const {type, side, seat, person, text, at} = recorded;
	if (type === 'branched') return branchAgain(state, recorded, seq);
	const isMove = (side === 'operators' || side === 'attackers' || side === 'table') && typeof text === 'string' && typeof seat === 'string';
	const isText = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';
	if (!isMove || !isText(at) || !isText(person)) throw new JournalError({what: 'This is no move of a seat.'});
	const line = type === 'taken-back' ? 'takeback' : text;
	const decided = decide(game, state, {
		side,
		seat,
		text: line,
		...(person === undefined ? {} : {person}),
		...(at === undefined ? {} : {at}),
	});
	if (!decided.ok) throw new JournalError({what: `The rules refuse "${printable(line)}": ${printable(decided.message)}.`});
	return decided;
}

function branchAgain(state: GameState, {name, of, line}: OpenedPayload, seq: number): ReturnType<typeof decideAgain> {
	if (typeof name !== 'string' || typeof of !== 'string' || line !== seq)
		throw new JournalError({what: `This begins no branch: it needs its name, the save it comes from, and the ${seq} lines before it.`});
	const event: GameEvent = {type: 'branched', audience: 'public', name, of, line: seq};
	return {events: [event], state: apply(state, event)};
}

/**
 * Yields every payload that the journal should hold, in order, from line 0 on; see `Reexecute`.
 * @throws {JournalError} where the first two lines or a recorded move make no game.
 */
export function* reexecute(payloads: readonly OpenedPayload[]): Generator<Payload> {
	if (payloads.length < FIRST_EVENT) {
		// The journal breaks off in its second line, without which there is nothing to compare.
		yield* payloads;
		return;
	}
	const {opened, sealed, game} = reopen(payloads);
	yield opened;
	yield sealed;
	let state = initialState(game);
	for (let index = FIRST_EVENT; index < payloads.length; index++) {
		const payload = payloads[index]!;
		if (!startsGroup(payload)) continue;
		const decided = decideAgain(game, state, payload, index);
		yield* decided.events;
		state = decided.state;
	}
}

/** Verifies a save by the rules of the game, or a seat's copy as far as it is open: see `verifyJournal`. */
export function verifyGame(
	bytes: Uint8Array,
	options: Pick<VerifyOptions, 'head' | 'allowUnfinished' | 'signer' | 'onLine'> = {},
): Verification {
	return verifyJournal(bytes, {...options, reexecute, verifyOutput: checkOutput});
}

/** The signature of a joint output, under the key and over the bytes that stand beside it. */
function checkOutput(payload: OpenedPayload): ReturnType<NonNullable<VerifyOptions['verifyOutput']>> {
	const {type, suite, publicKey, output} = payload;
	if (type !== 'output-made') return null;
	const {message, signature} = (output ?? {}) as Readonly<Record<string, unknown>>;
	const isWhole = [publicKey, message, signature].every(text => typeof text === 'string');
	if (!isWhole || (suite !== 'ed25519' && suite !== 'secp256k1')) {
		return {valid: false, message: 'The joint output lacks its suite, public key, message or signature.'};
	}
	const valid = verifyOutput(suite, publicKey as string, message as string, signature as string);
	return {valid, field: 'payload.output.signature', message: 'The signature does not verify under the public key beside it.'};
}
