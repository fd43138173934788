/** How ceremonies start in which a key is made: by all parties, or by a trusted dealer. */
import type {Checks, Hex, Identity, Session} from './api.js';
import {type Ceremony, type DealingState, ROUND} from './dealing-state.js';
import {memberIn} from './envelope.js';
import {writeMemory} from './memory.js';
import {newBase} from './side.js';

interface Start {
	readonly session: Session;
	readonly me: string;
	readonly identity: Identity;
	readonly checks?: Checks;
}

function start({session, me, identity, checks = {}}: Start, ceremony: Ceremony, dealers: readonly string[], secret?: Hex): string {
	const {threshold, members} = session;
	memberIn(session, me);
	const indexes = members.map(member => member.index);
	if (new Set(indexes).size !== indexes.length || indexes.some(index => !Number.isSafeInteger(index) || index < 1))
		throw new Error(`parties need distinct indexes from 1, got ${indexes.join(', ')}`);
	if (!Number.isSafeInteger(threshold) || threshold < 2 || threshold > members.length)
		throw new Error(`the threshold must lie between 2 and the number of parties ${members.length}, got ${threshold}`);
	const state: DealingState = {
		ceremony,
		dealers,
		receivers: members.map(member => member.id),
		witnesses: [],
		listeners: [],
		round: ROUND.commitments,
		disputes: false,
		...(secret === undefined ? {} : {secret}),
		...newBase({session, me, identity, checks}),
	};
	return writeMemory(state);
}

function dealerOf({coordinator, id}: Session): string {
	if (coordinator === undefined) throw new Error(`session ${id} has no coordinator who could deal`);
	return coordinator.id;
}

/** Key generation by all parties: every one deals a random constant, nobody ever knows the key. Throws on a bad threshold or bad indexes. */
export function startKeygen(options: Start): string {
	return start(
		options,
		'keygen',
		options.session.members.map(member => member.id),
	);
}

/** The trusted dealer's side: the session's coordinator deals one constant (`secret`, a hexadecimal scalar, or a drawn one) and knows the key. */
export function startDealer({secret, ...options}: Omit<Start, 'me'> & {readonly secret?: Hex}): string {
	const dealer = dealerOf(options.session);
	return start({...options, me: dealer}, 'dealer', [dealer], secret);
}

/** A party's side under a trusted dealer. */
export function startReceiver(options: Start): string {
	return start(options, 'dealer', [dealerOf(options.session)]);
}
