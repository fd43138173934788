/** What an author should look at, in sentences. Each rests on counts that the report shows; a handful of games proves nothing and says nothing. */
import type {Scenario} from '../scenario/schema.js';
import type {Outcomes, PlaytestReport} from './report.js';

/** Fewer games than this say nothing about a group. */
const enough = 8;

/** A share of forced decisions from which on a side sits and waits. */
const waiting = 0.25;

type Facts = Omit<PlaytestReport, 'findings'>;

const percent = (share: number) => `${Math.round(100 * share)} %`;
const games = (count: number) => `${count} ${count === 1 ? 'game' : 'games'}`;
const listed = (names: readonly string[]) => names.join(', ');

export function findingsOf(scenario: Scenario, facts: Facts): string[] {
	if (facts.games === 0) return ['No game was played, so nothing can be said.'];
	return [...worlds(facts), ...passive(facts), ...careful(facts), ...injects(scenario, facts), ...moves(facts), ...forced(facts)];
}

function worlds({worlds}: Facts): string[] {
	return worlds.flatMap(({world, games: played, operators, attackers, neither}) => {
		if (played === 0) return [`World ${world} was never dealt. Play more games, or force it with --world ${world}.`];
		if (played < enough) return [];
		if (attackers.count === 0)
			return [`No operators' bot ever lost in world ${world} (${games(played)}): nothing there is dangerous enough.`];
		if (operators.count === 0) return [`No operators' bot ever won in world ${world} (${games(played)}): it may not be winnable.`];
		return neither.count > played * (1 - waiting)
			? [`In world ${world} nobody wins in ${percent(neither.share)} of ${games(played)}.`]
			: [];
	});
}

function sum(list: readonly Outcomes[], of: 'operators' | 'attackers' | 'games'): number {
	return list.reduce((total, each) => total + (of === 'games' ? each.games : each[of].count), 0);
}

/** Doing nothing, stopping everything and signing on display must not pay. */
function passive(facts: Facts): string[] {
	const ways = {
		idle: 'Doing nothing',
		freeze: 'Freezing in the first turn',
		display: 'Signing whatever is displayed',
	} as const;
	return Object.entries(ways).flatMap(([bot, words]) => {
		// Against somebody who attacks at all.
		const against = facts.pairs.filter(({bots}) => bots.operators === bot && bots.attackers !== 'idle');
		const [won, all] = [sum(against, 'operators'), sum(against, 'games')];
		return won > 0 && won >= all / 4 ? [`${words} wins ${won} of ${games(all)}: it should not pay.`] : [];
	});
}

/** The game that the author wrote: careful operators against the playbook. */
function careful(facts: Facts): string[] {
	const pair = facts.pairs.find(({bots}) => bots.operators === 'careful' && bots.attackers === 'playbook');
	if (pair === undefined || pair.games < enough) return [];
	const {operators, attackers, games: played} = pair;
	if (attackers.share > 0.5)
		return [`Careful operators lose to the playbook in ${attackers.count} of ${games(played)}: knowing does not pay.`];
	if (operators.share < 0.25) return [`Careful operators win only ${operators.count} of ${games(played)} against the playbook.`];
	return attackers.count === 0 ? [`The playbook never beat careful operators in ${games(played)}: it teaches them little.`] : [];
}

function injects(scenario: Scenario, {injects}: Facts): string[] {
	return injects.flatMap(({number, when, fired, of}) => {
		if (fired > 0) return [];
		const only = scenario.injects[number - 1]?.worlds;
		if (of === 0) return [`Inject ${number} (${when}) could not fire: its world was never dealt (${listed(only ?? [])}).`];
		return [`Inject ${number} (${when}) never fired in the ${games(of)} in which it could.`];
	});
}

function moves({moves, bots}: Facts): string[] {
	const of = (side: string, is: (move: Facts['moves'][number]) => boolean) =>
		moves.filter(move => move.side === side && is(move)).map(({verb}) => verb);
	return (['operators', 'attackers'] as const).flatMap(side => {
		const never = of(side, ({offered}) => offered === 0);
		const unused = of(side, ({offered, chosen}) => offered > 0 && chosen === 0);
		return [
			...(never.length > 0 ? [`The ${side} could never make a move of: ${listed(never)}.`] : []),
			// A bot that plays every game chooses what it chooses.
			...(unused.length > 0 && bots[side] === undefined ? [`No bot of the ${side} ever chose: ${listed(unused)}.`] : []),
		];
	});
}

function forced({decisions: {all, forced, places}}: Facts): string[] {
	if (forced < all * waiting) return [];
	const [first] = places;
	const where = first === undefined ? '' : `, most often the ${first.side} in turn ${first.turn}`;
	return [`In ${percent(forced / all)} of the decisions the end of the turn was the only legal move${where}.`];
}
