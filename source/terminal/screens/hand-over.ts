/** Between two people at one keyboard: nothing of either side is on it, and what was shown before is gone from the terminal. */
import {type Line, span} from '../lines.js';
import {wrap} from '../text.js';
import {frameLines} from './frame.js';
import {gameOf, type Handler, type ScreenProps} from './screen.js';

export function handOverScreen({screen, state, theme, columns, rows}: ScreenProps<'handOver'>): readonly Line[] {
	// Of the view, only what everybody at the table knows.
	const {scenario, turn, turns} = gameOf(state).view;
	const isAttackers = screen.to === 'attackers';
	const text = (words: string): Line[] => wrap(words, Math.min(columns, 100) - 6).map(line => ['   ', span(line)]);
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'handOver',
		title: [span('HAND OVER', 'info'), '   ', span(scenario.title, 'strong'), turn > 0 ? `   turn ${turn} of ${turns}` : ''],
		body: [
			[],
			['   The keyboard goes to the ', span(screen.to, 'strong'), '.'],
			[],
			...text(`Whoever plays the ${isAttackers ? 'operators' : 'attackers'} looks away now. What was on this screen is cleared.`),
			[],
			['   ', span(isAttackers ? 'a' : 'o', 'focus'), ` when the ${screen.to} sit here alone`],
		],
		words: isAttackers ? {'sit-operators': ''} : {'sit-attackers': ''},
	});
}

export const handleHandOver: Handler<'handOver'> = (desk, {to}, command) => {
	if (command === 'quit') return desk.push({kind: 'quit'});
	if (command === `sit-${to}`) return desk.sit();
	if (command === 'sit-operators' || command === 'sit-attackers')
		desk.say('info', `The ${to} are next; ${to === 'attackers' ? 'a' : 'o'} when they sit here.`);
};
