/** What a machine holds after a ceremony that made or replaced shares. */
import type {CeremonyRun, Hex, KeyPublic, KeyShare} from './api.js';
import {type DealingState, isStaged} from './dealing-state.js';
import {hashHex} from './envelope.js';
import {readMemory} from './memory.js';

/** What everybody may know of a key. */
export function keyPublicOf({suite, epoch, threshold, commitments, roots, publicKey, verifyingShares}: KeyPublic): KeyPublic {
	return {suite, epoch, threshold, commitments, ...(roots === undefined ? {} : {roots}), publicKey, verifyingShares};
}

/** SHA-256(C_0 | ... | C_t-1): shares with the same fingerprint fit together, others do not. */
export function fingerprintOf({commitments}: Pick<KeyPublic, 'commitments'>): Hex {
	return hashHex(commitments.join(''));
}

function oldShare({key, held, result, status, ceremony}: DealingState): KeyShare | undefined {
	if (key === undefined || held === undefined) return undefined;
	// After a repair the record lists the target too.
	const record = ceremony === 'repair' && status === 'done' && result !== undefined ? keyPublicOf(result) : key;
	return {...record, ...held};
}

function newShare({result}: DealingState): KeyShare | undefined {
	if (result?.share === undefined || result.index === undefined) return undefined;
	return {...result, index: result.index, share: result.share};
}

/**
 * The share that is in force on a machine: the one that a keygen, a trusted dealer or a repair made, and in refresh and reshare the new one as soon
 * as the epoch has flipped there, else the old one. Throws where there is none.
 */
export function keyShareOf(memory: string): KeyShare {
	const state = readMemory<DealingState>(memory);
	const made = state.flipped === true || (!isStaged(state) && state.status === 'done') ? newShare(state) : undefined;
	const share = made ?? (state.flipped === true && !state.receivers.includes(state.me) ? undefined : oldShare(state));
	if (share === undefined) throw new Error('this ceremony ended without a share');
	return share;
}

/** All shares in a machine's memory, the one in force first: a staged one, and an old one that was not erased (yet), count too. */
export function keySharesOf(memory: string): KeyShare[] {
	const state = readMemory<DealingState>(memory);
	const [old, made] = [oldShare(state), newShare(state)];
	return (state.flipped === true || !isStaged(state) ? [made, old] : [old, made]).filter(share => share !== undefined);
}

/**
 * After a refresh or reshare, however it ended: by member, its share of the epoch that signs from now on. That is the new one if it is in force on all
 * receivers, the old one if at least t of them are left, else the new one wherever it is. Whoever is missing in it is stale or gone.
 */
export function settledShares({sides}: Pick<CeremonyRun, 'sides'>): Record<string, KeyShare> {
	const states = Object.entries(sides).map(([id, {memory}]) => ({id, state: readMemory<DealingState>(memory)}));
	const pick = (of: (state: DealingState) => KeyShare | undefined) =>
		Object.fromEntries(
			states.map(({id, state}) => [id, of(state)] as const).filter((entry): entry is [string, KeyShare] => entry[1] !== undefined),
		);
	const [old, made] = [pick(oldShare), pick(newShare)];
	const everywhere = states.every(({id, state}) => !state.receivers.includes(id) || state.flipped === true);
	const threshold = states[0]?.state.key?.threshold ?? 0;
	return !everywhere && Object.keys(old).length >= threshold ? old : made;
}
