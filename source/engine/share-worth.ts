/** Where shares of each epoch lie that are worth something: on machines, in places and in the attackers' hands. The share's equation says so. */
import {openBackup} from '../ceremony/backup.js';
import type {Game} from './game.js';
import {shareOf} from './keys.js';
import {maskOf, membersOf} from './minimal-sets.js';
import type {Reachable} from './party-groups.js';
import {backupKeyOf} from './recovery.js';
import {checkShare} from './share-check.js';
import type {GameState} from './state.js';

/** Shares of one epoch that are worth something, as masks over parties by their positions in the deal. */
export interface Worth {
	/** How many shares make the key. */
	readonly needs: number;
	readonly isSameKey: boolean;
	readonly epoch: number;
	/** The parties whose machine has theirs. */
	readonly onMachine: number;
	/** Per place of the deal: the parties whose share lies there. */
	readonly inPlace: readonly number[];
	/** The parties whose share the attackers have. */
	readonly taken: number;
}

/** Of each epoch with a record: which shares and backups fit its commitment. */
export function worthOf(game: Game, state: GameState): Worth[] {
	const {parties, places} = game.deal;
	const backupKey = backupKeyOf(game);
	const opened = state.backups.map(stored => ({stored, share: openBackup(stored.backup, backupKey)}));
	return state.records.map(record => {
		const fits = (index: number, share: string | undefined) =>
			share !== undefined && record.verifyingShares[index] !== undefined && checkShare({...record, index, share}, '').holds;
		return {
			needs: record.commitments.length,
			isSameKey: record.publicKey === state.key?.publicKey,
			epoch: record.epoch,
			onMachine: maskOf(parties, ({index, id}) => fits(index, shareOf(state.parties[id]!, record.epoch)?.share)),
			inPlace: places.map(place =>
				maskOf(parties, ({index}) =>
					opened.some(({stored, share}) => stored.place === place && stored.backup.index === index && fits(index, share)),
				),
			),
			taken: maskOf(parties, ({index}) => state.loot.some(({index: of, share}) => of === index && fits(index, share))),
		};
	});
}

/** The parties of whose share of one epoch a set has a copy. */
export function copies({onMachine, inPlace, taken}: Worth, {parties, places}: Reachable): number {
	return membersOf(places).reduce((mask, place) => mask | (inPlace[place] ?? 0), (onMachine & parties) | taken);
}
