/** The keys and generations of shares of a game: which key a request is signed with, and which share of it a machine has. */
import type {KeyPublic, KeyShare} from '../ceremony/api.js';
import type {Game} from './game.js';
import type {GameState, PartyState, RetiringKey} from './state.js';

/** A key as its machine of the protocol names it: '' is the key in force, others retire. */
interface KeyInUse {
	readonly id: string;
	readonly key: KeyPublic;
}

/** The key that signs a request: its own for a sweep, else the one in force. @throws {Error} before keygen. */
export function keyFor({key, requests, retiring}: GameState, request: string): KeyInUse {
	const sweeps = requests[request]?.sweeps;
	const old = retiring.find(({id}) => id === sweeps);
	if (old) return {id: old.id, key: old.key};
	if (!key) throw new Error('there is no key yet');
	return {id: '', key};
}

/** The public record of a generation; that of the key in force where nothing is known of it. */
export function recordOf({records, key}: GameState, epoch: number): KeyPublic | undefined {
	return records.find(record => record.epoch === epoch) ?? key;
}

/** A machine's share of one generation, wherever it lies there. Epochs never repeat, so one tells a generation apart. */
export function shareOf({keyShare, older = []}: PartyState, epoch: number): KeyShare | undefined {
	return [...(keyShare ? [keyShare] : []), ...older].find(share => share.epoch === epoch);
}

/** Whether the public record of the key lists the party: what everybody knows of who holds a share. */
export function isHolder(game: Game, party: string, key: KeyPublic | undefined): boolean {
	const index = game.deal.parties.find(({id}) => id === party)?.index ?? 0;
	return key?.verifyingShares[index] !== undefined;
}

/** The parties that the public record of a key lists. */
export function holdersOf(game: Game, key: KeyPublic | undefined): string[] {
	return game.deal.parties.map(({id}) => id).filter(id => isHolder(game, id, key));
}

/** The epoch of the next generation. One that was tried and given up is not used again: what was dealt in it may have been stolen. */
export function nextEpoch({ceremonies}: GameState): number {
	return Math.max(0, ...ceremonies.map(({epoch}) => epoch)) + 1;
}

/** The field of an output that tells its key, where that is not the first one of the game. */
export function publicKeyField({records}: GameState, {publicKey}: KeyPublic): {publicKey?: string} {
	return publicKey === records[0]?.publicKey ? {} : {publicKey};
}

/** The retiring key of this public key, once its sweep is final and its tombstone verifies: nothing it signs counts any more. */
export function retiredKey({retiring}: GameState, {publicKey}: Pick<KeyPublic, 'publicKey'>): RetiringKey | undefined {
	return retiring.find(({key, sweptAt, tombstone}) => key.publicKey === publicKey && sweptAt > 0 && tombstone?.check.holds === true);
}

/** Verbs whose ceremony locks the key for the resolve in which it runs. */
export const lifecycleVerbs: readonly string[] = ['refresh', 'reshare', 'rotate', 'repair', 'recover'];

/** The key as most parties saw it, the last of them where they are as many: that is what is registered. They differ only where nobody compared. */
export function agreedKey(shares: readonly KeyShare[]): KeyPublic {
	const groups = new Map<string, KeyShare[]>();
	for (const share of shares) {
		const seen = share.commitments.join();
		groups.set(seen, [...(groups.get(seen) ?? []), share]);
	}
	const largest = [...groups.values()].reduce((most, group) => (group.length >= most.length ? group : most));
	const {share: _share, index: _index, ...key} = largest[0]!;
	return key;
}
