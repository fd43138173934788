/** The account of every generation of shares: who may still have one. Fewer than t of one epoch are harmless, in whatever hands. */
import {exposureOf} from '../ceremony/index.js';
import {equationView} from './equations.js';
import type {Game} from './game.js';
import {isHolder, shareOf} from './keys.js';
import type {GameState, PartyState} from './state.js';
import type {BackupView, ExposureView, Side} from './view.js';

/** Whether the operators must reckon with a party's share of this epoch: it is there, was missed, is kept for a sweep, or was not to be erased. */
function isReckoned(game: Game, state: GameState, [id, party]: readonly [string, PartyState], epoch: number): boolean {
	if (party.keyShare?.epoch === epoch) return true;
	const record = state.records.find(each => each.epoch === epoch);
	if (!record || !isHolder(game, id, record)) return false;
	const retiring = state.retiring.find(({key}) => key.epoch === epoch);
	if (retiring) return retiring.machine !== 'destroyed';
	return state.controls['erase-old-shares']?.documented !== true;
}

/** Per epoch |undeleted ∪ backups ∪ stolen| <= t - 1, as the operators can know it; from the truth once the game is over. */
export function exposureViews(game: Game, state: GameState, side: Side): ExposureView[] {
	const isOver = state.end !== undefined;
	if (side === 'attackers' && !isOver) return [];
	const indexOf = (id: string) => game.deal.parties.find(party => party.id === id)?.index ?? 0;
	const accounts = state.records.map(({epoch, threshold}) => ({
		epoch,
		threshold,
		undeleted: Object.entries(state.parties)
			.filter(entry => (isOver ? shareOf(entry[1], epoch) !== undefined : isReckoned(game, state, entry, epoch)))
			.map(([id]) => indexOf(id)),
		backups: state.backups.filter(backup => backup.epoch === epoch).map(({party}) => indexOf(party)),
		// Nobody at the table knows what was stolen before the end.
		stolen: isOver ? state.loot.filter(share => share.epoch === epoch && share.index > 0).map(({index}) => index) : [],
	}));
	const nameOf = (index: number) => game.deal.parties.find(party => party.index === index)?.id ?? String(index);
	return exposureOf(accounts).map(({epoch, indexes, check}, n) => ({
		epoch,
		threshold: accounts[n]!.threshold,
		parties: indexes.map(nameOf),
		isInForce: epoch === state.key?.epoch,
		equation: {
			...equationView(check),
			picture: {
				kind: 'polynomial' as const,
				threshold: accounts[n]!.threshold,
				holders: game.deal.parties.length,
				known: indexes.map(index => ({index, epoch})),
			},
		},
	}));
}

/** The register of backups. What really lies in the places shows in a drill. */
export function backupViews({backups}: GameState, side: Side): BackupView[] {
	if (side === 'attackers') return [];
	return backups.map(({id, place, party, epoch, turn, drilled}) => ({
		id,
		place,
		party,
		epoch,
		turn,
		...(drilled === undefined ? {} : {drilled: {turn: drilled.turn, result: drilled.ok ? ('ok' as const) : ('BAD' as const)}}),
	}));
}
