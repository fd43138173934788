/** The participant whom an incident plan is about, and what a game says of its share and its machine. */
import {mostStolen} from '../engine/facts.js';
import {only, type Played, standing} from './played.js';

/** The participant whom the plan is about: a party, for it is about a share. */
export function suspectOf(played: Played): string {
	return foundSuspect(played) ?? played.game.deal.parties.find(({holds}) => holds)?.id ?? played.game.deal.parties[0]!.id;
}

/** A party whose share left, or whose machine was held. */
export function foundSuspect(played: Played): string | undefined {
	const entries = standing(played.entries);
	const parties = played.game.deal.parties.map(({id}) => id);
	const captured = only(entries, 'captured').find(({event}) => parties.includes(event.share.party))?.event.share.party;
	const held = only(entries, 'foothold').find(({event}) => !event.cleared && parties.includes(event.machine))?.event.machine;
	return captured ?? held;
}

/** What of a game the plan is filled with. */
export interface PlanFacts {
	readonly party: string;
	readonly t: number;
	readonly holders: readonly string[];
	readonly others: readonly string[];
	readonly epoch: number;
	/** Different shares of one epoch that left in this game. */
	readonly stolen: number;
	readonly sameDomain: readonly string[];
	readonly samePlace: readonly string[];
	readonly backups: readonly {readonly party: string; readonly place: string; readonly epoch: number}[];
	readonly isKeyKnown: boolean;
}

export function planFactsOf({game, state}: Played, party: string): PlanFacts {
	const {parties} = game.deal;
	const own = parties.find(({id}) => id === party)!;
	const held = state.key ? Object.keys(state.key.verifyingShares).map(Number) : [];
	const holders = parties.filter(({index, holds}) => (state.key ? held.includes(index) : holds)).map(({id}) => id);
	const others = holders.filter(id => id !== party);
	return {
		party,
		t: state.key?.threshold ?? game.scenario.threshold,
		holders,
		others,
		epoch: state.key?.epoch ?? 1,
		stolen: mostStolen(state),
		sameDomain: parties.filter(({id, domain}) => id !== party && domain === own.domain).map(({id}) => id),
		samePlace: own.backup === undefined ? [] : parties.filter(({id, backup}) => id !== party && backup === own.backup).map(({id}) => id),
		backups: state.backups.map(({party: whose, place, epoch}) => ({party: whose, place, epoch})),
		isKeyKnown: state.attempts.some(({check}) => check.holds),
	};
}
