/** The groups that fall, leave or change sides as one: parties, custodians, domains and places; and the masks over them that sets are searched with. */
import type {Game} from './game.js';
import {maskOf} from './minimal-sets.js';

/** What a set is made of. The mixtures list only sets that need both kinds. */
export const groupKinds = ['parties', 'custodians', 'domains', 'places', 'parties and places', 'domains and places'] as const;
export type GroupKind = (typeof groupKinds)[number];

/** Somebody or something that falls, leaves or changes sides as one. */
export interface Group {
	readonly name: string;
	/** The parties whose machines and approvals are theirs. */
	readonly parties: readonly string[];
	/** The places whose backups are theirs. */
	readonly places: readonly string[];
}

/** The groups of a game, by kind. Parties of one custodian or of one domain go together. */
export function groupsOf({deal}: Game, custodianOf: (party: string) => string): Record<GroupKind, Group[]> {
	const by = (name: (party: Game['deal']['parties'][number]) => string): Group[] => {
		const groups = new Map<string, string[]>();
		for (const party of deal.parties) groups.set(name(party), [...(groups.get(name(party)) ?? []), party.id]);
		return [...groups].map(([name, parties]) => ({name, parties, places: []}));
	};
	const parties = by(({id}) => id);
	const domains = by(({domain}) => domain);
	const places = deal.places.map(place => ({name: place, parties: [], places: [place]}));
	return {
		parties,
		custodians: by(({id}) => custodianOf(id)),
		domains,
		places,
		'parties and places': places.length === 0 ? [] : [...parties, ...places],
		'domains and places': places.length === 0 ? [] : [...domains, ...places],
	};
}

/** What a set of groups has: masks over parties and over places. */
export interface Reachable {
	readonly parties: number;
	readonly places: number;
}

/** The mask of these parties, by their positions in the deal. */
export function maskOfParties({deal}: Game, parties: readonly string[]): number {
	return maskOf(deal.parties, ({id}) => parties.includes(id));
}

/** The parties of a mask, in the order of the deal. */
export function partiesOf({deal}: Game, mask: number): string[] {
	return deal.parties.filter((_, position) => (mask & (1 << position)) !== 0).map(({id}) => id);
}

/** What these groups have together. */
export function reachableBy(game: Game, groups: readonly Group[]): Reachable {
	const parties = groups.flatMap(group => group.parties);
	const places = groups.flatMap(group => group.places);
	return {parties: maskOfParties(game, parties), places: maskOf(game.deal.places, place => places.includes(place))};
}
