/** Counts how games of the first scenario end, bot against bot. */
import {attackerBots, operatorBots} from '../../source/bots/index.js';
import {playGame, shipped} from './play.js';

export interface Count {
	operators: number;
	attackers: number;
	neither: number;
}

export const scenario = shipped('first-light');
export const worlds = Object.keys(scenario.worlds);
export const seeds = 10;

/** No outcome depends on the group; this one takes the least time. */
const suite = 'glass';

export function outcomes(operators: string, attackers: string, world: string, games = seeds): Count {
	const count: Count = {operators: 0, attackers: 0, neither: 0};
	for (let index = 0; index < games; index += 1) {
		const options = {scenario, seed: `${world}-${index}`, world, suite} as const;
		const {state} = playGame(options, {operators: operatorBots[operators]!, attackers: attackerBots[attackers]!});
		count[state.end!.outcome] += 1;
	}
	return count;
}

export function sumOf(counts: readonly Count[]): Count {
	return counts.reduce(
		(sum, {operators, attackers, neither}) => ({
			operators: sum.operators + operators,
			attackers: sum.attackers + attackers,
			neither: sum.neither + neither,
		}),
		{operators: 0, attackers: 0, neither: 0},
	);
}
