/** Asks the policy, ahead of any request, which parties' approvals would pass, and which fewest are enough. */
import type {PolicyValues} from '../scenario/expression.js';
import {Deciding} from './deciding.js';
import type {Game} from './game.js';
import {holdersOf} from './keys.js';
import {countOf, membersOf, minimalSets} from './minimal-sets.js';
import {maskOfParties, partiesOf} from './party-groups.js';
import {decodePayload} from './payload.js';
import {judgeFacts} from './policy.js';
import type {GameState} from './state.js';
import type {Basis} from './view.js';

/** Up to so many parties, the policy is asked about every set of approvals; of more, about samples where a rule lets fewer pass than more. */
const askedInFull = 8;

/** Whether the approvals of some of these parties pass the policy; remembers what it was asked. */
export class PolicyOracle {
	/** False once a set passes because of a sample: not all of its quorums were asked about. */
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
		if (this.#isPlain || countOf(parties) <= this.#deciding.state.key!.threshold) return false;
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
		const answer =
			countOf(parties) >= threshold && this.#bases.some(basis => this.#variants.some(facts => this.#ask(parties, basis, facts)));
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
				if (countOf(set) === threshold) sampled.add(set);
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
	return deal.requests.flatMap(request => {
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
