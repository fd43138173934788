/**
 * The access structure of a vault: which smallest sets of parties, people, organisations and places reach the key (authorised sets), which stop
 * it (blocking sets), and which can change the policy. Everything is read from a game's state: what a share or a backup is worth its equation
 * says, what approvals are worth the policy says, and who may amend the verb says.
 */
import {openBackup} from '../ceremony/backup.js';
import type {PolicyValues} from '../scenario/expression.js';
import {verbOf} from './catalogue.js';
import {Deciding, Refusal} from './deciding.js';
import type {Game} from './game.js';
import {holdersOf, shareOf} from './keys.js';
import {membersOf, minimalSets} from './minimal-sets.js';
import {decodePayload} from './payload.js';
import {judgeFacts} from './policy.js';
import {backupKeyOf} from './recovery.js';
import {checkShare} from './share-check.js';
import type {GameState} from './state.js';
import type {Basis} from './view.js';

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
	/** The person of each party, where the dealt name is not the one to show. */
	readonly custodianOf?: (party: string) => string;
	/** Machines and places that somebody has a way into already: the sets are what is needed besides. */
	readonly given?: readonly string[];
	/** The most sets listed of a kind. */
	readonly limit?: number;
}

/** The groups of a game, by kind. Parties of one custodian or of one domain go together. */
function groupsOf({deal}: Game, custodianOf: (party: string) => string): Record<GroupKind, Group[]> {
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
interface Reachable {
	readonly parties: number;
	readonly places: number;
}

/** Shares of one epoch that are worth something: by party index, on machines and in places. */
interface Worth {
	readonly needs: number;
	readonly isSameKey: boolean;
	readonly epoch: number;
	/** Per party (position in the deal): whether its machine has a share. */
	readonly onMachine: number;
	/** Per place (position in the deal): the parties whose share lies there. */
	readonly inPlace: readonly number[];
	readonly taken: number;
}

const count = (mask: number): number => membersOf(mask).length;

function worthOf(game: Game, state: GameState): Worth[] {
	const {parties, places} = game.deal;
	const backupKey = backupKeyOf(game);
	const opened = state.backups.map(stored => ({stored, share: openBackup(stored.backup, backupKey)}));
	return state.records.map(record => {
		const fits = (index: number, share: string | undefined) =>
			share !== undefined && record.verifyingShares[index] !== undefined && checkShare({...record, index, share}, '').holds;
		const maskOf = (isIn: (index: number, party: string) => boolean) =>
			parties.reduce((mask, {id, index}, position) => (isIn(index, id) ? mask | (1 << position) : mask), 0);
		return {
			needs: record.commitments.length,
			isSameKey: record.publicKey === state.key?.publicKey,
			epoch: record.epoch,
			onMachine: maskOf((index, id) => fits(index, shareOf(state.parties[id]!, record.epoch)?.share)),
			inPlace: places.map(place =>
				maskOf(index => opened.some(({stored, share}) => stored.place === place && stored.backup.index === index && fits(index, share))),
			),
			taken: maskOf(index => state.loot.some(({index: of, share}) => of === index && fits(index, share))),
		};
	});
}

/** The parties of whose share of one epoch a set has a copy. */
function copies({onMachine, inPlace, taken}: Worth, {parties, places}: Reachable): number {
	return membersOf(places).reduce((mask, place) => mask | (inPlace[place] ?? 0), (onMachine & parties) | taken);
}

/** Up to so many parties, the policy is asked about every set of approvals; of more, about samples where a rule lets fewer pass than more. */
const askedInFull = 8;

/** Whether the approvals of some of these parties pass the policy; remembers what it was asked. */
class PolicyOracle {
	isComplete = true;
	readonly #deciding: Deciding;
	readonly #variants: readonly PolicyValues['facts'][];
	readonly #known = new Map<number, boolean>();
	readonly #answers = new Map<number, boolean>();
	#quorums: readonly number[] | undefined;
	readonly #isPlain: boolean;
	readonly #bases: readonly Basis[];

	/**
	 * @param to the account that is paid instead of the request's own: a request of the set's own making
	 * @param request the only request to ask about; all of them when absent
	 */
	constructor(
		game: Game,
		state: GameState,
		{bases, to, request}: {readonly bases: readonly Basis[]; readonly to?: string; readonly request?: string},
	) {
		this.#deciding = new Deciding(game, state);
		this.#bases = bases;
		const {policy, exceptions} = game.scenario;
		this.#isPlain = [policy, exceptions, state.policy.rules].every(each => Object.keys(each).length === 0);
		const all = variants(game, state, to).filter(facts => request === undefined || facts.request === request);
		const texts = [
			...Object.values(policy),
			...Object.values(exceptions).map(({when}) => when),
			...state.policy.rules.map(({text}) => text),
		];
		// Where no rule looks at a fact of a request, one request is as good as another.
		this.#variants = texts.some(text => /\b(facts|turn)\b/.test(text)) ? all : all.slice(0, 1);
	}

	/** Whether some of these parties can give approvals that pass; more parties never hurt. */
	passes(parties: number): boolean {
		const before = this.#answers.get(parties);
		if (before !== undefined) return before;
		const answer = this.#search(parties);
		this.#answers.set(parties, answer);
		return answer;
	}

	#search(parties: number): boolean {
		if (this.#passesWhole(parties)) return true;
		// A rule may count approvals, so that fewer pass where more do not.
		if (this.#isPlain || count(parties) <= this.#deciding.state.key!.threshold) return false;
		if (this.#deciding.game.deal.parties.length <= askedInFull)
			return membersOf(parties).some(member => this.passes(parties & ~(1 << member)));
		const found = this.#smallQuorums().some(quorum => (quorum & parties) === quorum);
		if (found) this.isComplete = false;
		return found;
	}

	/** Whether approvals of exactly these parties pass. */
	#passesWhole(parties: number): boolean {
		const before = this.#known.get(parties);
		if (before !== undefined) return before;
		const {threshold} = this.#deciding.state.key!;
		const answer = count(parties) >= threshold && this.#bases.some(basis => this.#variants.some(facts => this.#ask(parties, basis, facts)));
		this.#known.set(parties, answer);
		return answer;
	}

	/** Quorums of exactly the threshold that pass: samples that begin with each party and take each n-th one, so that nobody is in all of them. */
	#smallQuorums(): readonly number[] {
		if (this.#quorums) return this.#quorums;
		const {state, game} = this.#deciding;
		const {length} = game.deal.parties;
		const {threshold} = state.key!;
		const sampled = new Set<number>();
		for (let first = 0; first < length; first += 1)
			for (let step = 1; step < length; step += 1) {
				const set = Array.from({length: threshold}, (_, index) => (first + index * step) % length).reduce(
					(mask, member) => mask | (1 << member),
					0,
				);
				if (count(set) === threshold) sampled.add(set);
			}
		this.#quorums = [...sampled].filter(set => this.#passesWhole(set));
		return this.#quorums;
	}

	#ask(parties: number, basis: Basis, facts: PolicyValues['facts']): boolean {
		const deciding = this.#deciding;
		const {state, game} = deciding;
		const approving = membersOf(parties).flatMap(position => game.deal.parties[position] ?? []);
		const {threshold, epoch} = state.key!;
		const turn = Math.max(1, state.turn, state.requests[facts.request]?.opens ?? 1);
		const values: PolicyValues = {
			facts,
			approvals: approving.map(({id, custodian, domain}) => ({party: id, custodian, domain, basis, turn})),
			signers: approving.slice(0, threshold).map(({id}) => id),
			threshold,
			turn,
			epoch,
		};
		if (judgeFacts(deciding, values).verdict === 'allow') return true;
		if (approving.length < threshold || deciding.control('no-exceptions')) return false;
		return exceptionsLeft(deciding).some(when => game.evaluate(when, 'policy', values) === true);
	}
}

function exceptionsLeft({game, state}: Deciding): string[] {
	return Object.entries(game.scenario.exceptions)
		.filter(([name]) => !state.policy.dropped.includes(name))
		.map(([, {when}]) => when);
}

/** The facts that the policy may be asked about: each request with the ends of its range of amounts. */
function variants({scenario, deal}: Game, state: GameState, to?: string): PolicyValues['facts'][] {
	const found = deal.requests.flatMap(request => {
		const {amount} = scenario.requests[request.id] ?? {};
		const shown = state.requests[request.id]?.displayed;
		const dealt = shown === undefined ? request : decodePayload(shown);
		const amounts = [dealt.amount, ...(amount ? [amount.low, amount.high] : [])];
		return [...new Set(amounts)].map(each => ({
			request: request.id,
			by: request.requester,
			to: to ?? dealt.to,
			title: request.title,
			amount: each,
		}));
	});
	return found;
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
		count(copies(each, {parties: set.parties | given.parties, places: set.places | given.places}));
	const reaches = (each: Worth) => (set: Reachable) => has(each, set) >= each.needs;
	const left = (set: Reachable): Reachable => ({parties: everywhere.parties & ~set.parties, places: everywhere.places & ~set.places});
	const untaken = worth.map(each => ({...each, taken: 0}));
	const isLost = (set: Reachable) => untaken.every(each => !each.isSameKey || count(copies(each, left(set))) < each.needs);
	const isStopped = (set: Reachable) => {
		const sound = inForce.onMachine & holding & left(set).parties;
		return count(sound) < Math.max(inForce.needs, state.key!.threshold) || !ours.passes(sound);
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
				const most = Math.max(1, ...of.map(group => count(copies({...each, taken: 0}, reachableBy(game, [group])))));
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

function maskOfParties({deal}: Game, parties: readonly string[]): number {
	return deal.parties.reduce((mask, {id}, position) => (parties.includes(id) ? mask | (1 << position) : mask), 0);
}

function partiesOf({deal}: Game, mask: number): string[] {
	return deal.parties.filter((_, position) => (mask & (1 << position)) !== 0).map(({id}) => id);
}

function reachableBy(game: Game, groups: readonly Group[]): Reachable {
	const places = game.deal.places.reduce(
		(mask, place, position) => (groups.some(group => group.places.includes(place)) ? mask | (1 << position) : mask),
		0,
	);
	return {
		parties: maskOfParties(
			game,
			groups.flatMap(({parties}) => parties),
		),
		places,
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

/** The fewest parties whose approvals of a request the policy admits, on the first of these bases on which it admits any. */
export function quorumFor(
	game: Game,
	state: GameState,
	{request, bases}: {readonly request: string; readonly bases: readonly Basis[]},
): {readonly parties: readonly string[]; readonly basis: Basis} | undefined {
	const holding = maskOfParties(game, holdersOf(game, state.key));
	for (const basis of bases) {
		const oracle = new PolicyOracle(game, state, {bases: [basis], request});
		const [first] = minimalSets(game.deal.parties.length, set => oracle.passes(set & holding), {limit: 1}).sets;
		if (first !== undefined) return {parties: partiesOf(game, first), basis};
	}
	return undefined;
}

/** Machines and places that the attackers have a way into. */
export function waysIn({footholds}: GameState): string[] {
	return Object.entries(footholds)
		.filter(([, {wayIn, implantSince}]) => wayIn || implantSince !== undefined)
		.map(([machine]) => machine);
}
