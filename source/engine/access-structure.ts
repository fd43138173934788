/**
 * The access structure of a vault: which smallest sets of parties, custodians, domains and places reach the key (authorised sets), which stop it
 * (blocking sets), and which can change the policy. Everything is read from a game's state: what a share or a backup is worth its equation says,
 * what approvals are worth the policy says, and who may amend the verb says.
 */
import {verbOf} from './catalogue.js';
import {Deciding, Refusal} from './deciding.js';
import type {Game} from './game.js';
import {holdersOf} from './keys.js';
import {countOf, membersOf, minimalSets} from './minimal-sets.js';
import {type Group, type GroupKind, groupKinds, groupsOf, maskOfParties, partiesOf, type Reachable, reachableBy} from './party-groups.js';
import {PolicyOracle} from './policy-oracle.js';
import {copies, type Worth, worthOf} from './share-worth.js';
import type {GameState} from './state.js';

/** The smallest sets of one kind of group, each as the names of its members. */
export interface SetsOfKind {
	readonly kind: GroupKind;
	readonly sets: ReadonlyArray<readonly string[]>;
	/** False when the search stopped early: there may be more sets. */
	readonly isComplete: boolean;
}

/** A generation of shares, and who can put the key together from it. */
export interface EpochStructure {
	readonly epoch: number;
	/** How many shares make the key: one more than the degree of the committed polynomial. */
	readonly needs: number;
	readonly isInForce: boolean;
	/** Whether its shares make the key in force: a refresh and a reshare keep the key, a rotation changes it. */
	readonly isSameKey: boolean;
	/** Parties on whose machines a share of it lies that fits its commitment. */
	readonly shares: readonly string[];
	/** Backups of it that open and fit their commitment. */
	readonly backups: ReadonlyArray<{readonly party: string; readonly place: string}>;
	/** Parties whose share of it is in the attackers' hands already: the sets are what is needed besides. */
	readonly taken: readonly string[];
	readonly reach: readonly SetsOfKind[];
}

export interface AccessStructure {
	readonly epochs: readonly EpochStructure[];
	/** Sets that have enough shares of any one epoch of the key in force. */
	readonly reach: readonly SetsOfKind[];
	/** Sets whose approvals the policy lets pass, on display or digest: a request that its requester would not confirm. */
	readonly pass: readonly SetsOfKind[];
	/** Sets without which nothing can be signed: too few shares of the epoch in force are left, or no approvals that the policy admits. */
	readonly stop: readonly SetsOfKind[];
	/** Sets without which the key is lost for good: too few shares and backups of any one epoch are left. */
	readonly lose: readonly SetsOfKind[];
	/** Sets whose consents amend the policy. */
	readonly amend: readonly SetsOfKind[];
	/** Parties that hold a share of the epoch in force, by the public record. */
	readonly holders: readonly string[];
	readonly groups: Readonly<Record<GroupKind, readonly Group[]>>;
	/** False when a rule lets fewer approvals pass than more, and there are too many sets of them to ask about all. */
	readonly isPolicyComplete: boolean;
}

export interface StructureOptions {
	/** The custodian of each party, where the dealt name is not the one to show. */
	readonly custodianOf?: (party: string) => string;
	/** Machines and places that somebody has a way into already: the sets are what is needed besides. */
	readonly given?: readonly string[];
	/** The most sets listed of a kind. */
	readonly limit?: number;
}

/**
 * Works out the access structure of a state in which the key is made.
 * @throws {Error} when there is no key yet.
 */
export function accessStructure(game: Game, state: GameState, options: StructureOptions = {}): AccessStructure {
	const {deal} = game;
	if (!state.key) throw new Error('there is no key yet: the game has to be begun');
	const nameOf = (party: string) => deal.parties.find(({id}) => id === party)?.custodian ?? party;
	const groups = groupsOf(game, options.custodianOf ?? nameOf);
	const worth = worthOf(game, state);
	const given = reachableBy(game, [{name: '', parties: options.given ?? [], places: options.given ?? []}]);
	const all = 2 ** deal.parties.length - 1;
	const everywhere: Reachable = {parties: all, places: 2 ** deal.places.length - 1};
	const ofKey = worth.filter(({isSameKey}) => isSameKey);
	const inForce = worth.find(({epoch}) => epoch === state.key!.epoch)!;
	const holders = holdersOf(game, state.key);
	const holding = maskOfParties(game, holders);
	const theirs = new PolicyOracle(game, state, {bases: ['display', 'digest'], to: deal.account});
	const ours = new PolicyOracle(game, state, {bases: ['callback', 'digest', 'display']});
	const amending = new Deciding(game, state);

	const has = (each: Worth, set: Reachable) =>
		countOf(copies(each, {parties: set.parties | given.parties, places: set.places | given.places}));
	const reaches = (each: Worth) => (set: Reachable) => has(each, set) >= each.needs;
	const left = (set: Reachable): Reachable => ({parties: everywhere.parties & ~set.parties, places: everywhere.places & ~set.places});
	const untaken = worth.map(each => ({...each, taken: 0}));
	const isLost = (set: Reachable) => untaken.every(each => !each.isSameKey || countOf(copies(each, left(set))) < each.needs);
	const isStopped = (set: Reachable) => {
		const sound = inForce.onMachine & holding & left(set).parties;
		return countOf(sound) < Math.max(inForce.needs, state.key!.threshold) || !ours.passes(sound);
	};
	const amends = ({parties}: Reachable) => canAmend(amending, partiesOf(game, parties));

	const search = (fulfils: (set: Reachable) => boolean, kinds: readonly GroupKind[], atLeast?: (groups: readonly Group[]) => number) =>
		kinds.flatMap(kind =>
			groups[kind].length === 0
				? []
				: setsOf(game, groups[kind], kind, fulfils, {...options, ...(atLeast ? {atLeast: atLeast(groups[kind])} : {})}),
		);
	/** One group has at most so many shares, so that fewer groups than this can't be enough. */
	const fewest = (list: readonly Worth[]) => (of: readonly Group[]) =>
		Math.min(
			...list.map(each => {
				const most = Math.max(1, ...of.map(group => countOf(copies({...each, taken: 0}, reachableBy(game, [group])))));
				return Math.max(0, Math.ceil((each.needs - has(each, {parties: 0, places: 0})) / most));
			}),
			30,
		);
	const people = ['parties', 'custodians', 'domains'] as const;

	return {
		epochs: worth.map(each => ({
			epoch: each.epoch,
			needs: each.needs,
			isInForce: each === inForce,
			isSameKey: each.isSameKey,
			shares: partiesOf(game, each.onMachine),
			backups: each.inPlace.flatMap((mask, place) => partiesOf(game, mask).map(party => ({party, place: deal.places[place]!}))),
			taken: partiesOf(game, each.taken),
			reach: search(reaches(each), groupKinds, fewest([each])),
		})),
		reach: search(set => ofKey.some(each => reaches(each)(set)), groupKinds, fewest(ofKey)),
		pass: search(({parties}) => theirs.passes(parties & holding), people),
		stop: search(isStopped, people),
		lose: search(isLost, groupKinds),
		amend: search(amends, people),
		holders,
		groups,
		isPolicyComplete: theirs.isComplete && ours.isComplete,
	};
}

/** Whether these parties can agree on a change of the policy: the verb itself is asked. */
function canAmend(deciding: Deciding, parties: readonly string[]): boolean {
	const consents = parties.filter(party => deciding.isReachable(party));
	try {
		verbOf('amend', 'operators')!.check(deciding, {verb: 'amend', args: {consents: consents.join(','), require: 'digest'}});
		return true;
	} catch (error) {
		if (error instanceof Refusal) return false;
		throw error;
	}
}

function setsOf(
	game: Game,
	groups: readonly Group[],
	kind: GroupKind,
	fulfils: (set: Reachable) => boolean,
	{limit = 200, atLeast = 0}: {readonly limit?: number; readonly atLeast?: number},
): SetsOfKind {
	const reachable = groups.map(group => reachableBy(game, [group]));
	const union = (set: number): Reachable =>
		membersOf(set).reduce(
			({parties, places}, member) => ({parties: parties | reachable[member]!.parties, places: places | reachable[member]!.places}),
			{parties: 0, places: 0},
		);
	const {sets, isComplete} = minimalSets(groups.length, set => fulfils(union(set)), {atLeast, limit});
	const isMixed = kind.includes(' and ');
	const named = sets.map(set => membersOf(set).map(member => groups[member]!));
	const needsBoth = (of: readonly Group[]) => of.some(({parties}) => parties.length > 0) && of.some(({places}) => places.length > 0);
	return {kind, sets: named.filter(of => !isMixed || needsBoth(of)).map(of => of.map(({name}) => name)), isComplete};
}
