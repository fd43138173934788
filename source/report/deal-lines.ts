/** What the deal of a world says of attacks and controls: its lines `world: ...`. */
import {matrix, type Row} from '../engine/matrix.js';
import type {Scenario} from '../scenario/schema.js';
import type {Played} from './played.js';

/** Rows of the attack x control matrix that the dealt world made possible from the start, what is done to the first keygen among them. */
export function dealtRows({game}: Pick<Played, 'game'>): Row[] {
	const lines = game.scenario.worlds[game.deal.world]!.deal.split('\n').map(line => line.trim());
	const verbs = new Set(lines.flatMap(line => /^world:\s*(\S+)/.exec(line)?.[1] ?? []));
	const acts = new Set(lines.flatMap(line => /^world:\s*keygen-attack\b.*\bby=(\S+)/.exec(line)?.[1] ?? []));
	return matrix.filter(({attack, isDealt}) => (isDealt ? verbs : acts).has(attack));
}

/** Whether a control is documented as on in a world that turns it off. */
export function hasDrifted(scenario: Scenario, world: string, control: string): boolean {
	const {deal} = scenario.worlds[world]!;
	return withoutDrift(deal, control) !== deal;
}

/** The lines of a deal but those that turn a control off in truth. */
export function withoutDrift(deal: string, control: string): string {
	return deal
		.split('\n')
		.filter(line => !new RegExp(`^\\s*world:\\s*drift\\s+(control=)?${control}\\b(?!-)`).test(line))
		.join('\n');
}

/** The scenario with controls that are really on from the start of one of its worlds. */
export function withControls(scenario: Scenario, world: string, controls: readonly string[]): Scenario {
	const own = scenario.worlds[world]!;
	return {
		...scenario,
		controls: {...scenario.controls, ...Object.fromEntries(controls.map(id => [id, 'on' as const]))},
		worlds: {...scenario.worlds, [world]: {...own, deal: controls.reduce(withoutDrift, own.deal)}},
	};
}
