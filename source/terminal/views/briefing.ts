/** The briefing as text: what the exercise is about, who holds what, and what this side wants. */
import type {SeatView} from '../../engine/view.js';
import {cell, heading, type Line, span} from '../lines.js';
import {sentence, shortHex, wrap} from '../text.js';
import type {Theme} from '../theme.js';

/** The four layers below the path, from the wish down to where the shares lie. */
export const layers = ['business', 'protocol', 'network', 'storage'] as const;

/** For its own screen and for the view during a game. `layer`: how many of the layers are explained, from the top. */
export function briefingLines(view: SeatView, width: number, theme: Theme, layer: number = layers.length): readonly Line[] {
	const text = (words: string): Line[] => wrap(words, width - 4).map(line => ['  ', span(line)]);
	const section = (title: string, lines: readonly Line[]): Line[] =>
		lines.length === 0 ? [] : [[], heading(theme, title, width), ...lines];
	const without = view.parties.filter(({isWithout}) => isWithout).map(({id}) => id);
	return [
		...(view.side === 'attackers'
			? [...section('Your goal', text(view.goal)), ...section('What the operators are told', text(view.scenario.summary))]
			: [[] as Line, ...text(view.scenario.summary), ...section('Your goal', text(view.goal))]),
		...section('The vault', [
			...text(
				`${view.parties.length - without.length} parties hold one share each of one ${view.suite} key; ${view.threshold} of them sign together.${without.length > 0 ? ` ${without.join(', ')}: no share when the key is made.` : ''}`,
			),
			...view.parties.map(
				(party): Line => [
					'  ',
					span(String(party.digit), 'focus'),
					' ',
					cell(party.id, 8, 'strong'),
					cell(party.custodian, 12),
					span(party.domain, 'dim'),
				],
			),
			['  ', span('public key ', 'dim'), view.publicKey ? shortHex(view.publicKey, 8) : 'is made by all parties together when you begin'],
		]),
		...section(
			'What you can learn here',
			view.scenario.learn
				.map(line => sentence(line))
				.flatMap(line => wrap(line, width - 6).map((row, index): Line => [index === 0 ? `  ${theme.glyphs.bullet} ` : '    ', span(row)])),
		),
		...section(
			'How a turn goes',
			text(
				`There are ${view.turns} turns. In each you have ${view.points.perTurn} points and may keep ${view.points.carry} unspent. What you start runs when you end the turn; then you watch each message of it and what came out.`,
			),
		),
		...layers.slice(0, layer).flatMap(name => {
			const words = view.scenario.layers[name];
			return words === undefined ? [] : section(`Layer: ${name}`, text(words));
		}),
	];
}
