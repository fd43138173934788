/** A pause: the board is covered, nobody moves, and no clock runs until the exercise goes on. It is on record, with its times. */
import {type Line, span} from '../lines.js';
import {wrap} from '../text.js';
import {frameLines} from './frame.js';
import {gameOf, type Handler, type ScreenProps} from './screen.js';

export function pausedScreen({state, theme, columns, rows}: ScreenProps<'paused'>): readonly Line[] {
	const {scenario, turn, turns} = gameOf(state).view;
	const words = 'The exercise is paused. Nobody moves and no clock runs until it goes on; the pause is on record.';
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'paused',
		title: [span('PAUSED', 'info'), '   ', span(scenario.title, 'strong'), `   turn ${turn} of ${turns}`],
		body: [[], ...wrap(words, Math.min(columns, 100) - 6).map((line): Line => ['   ', span(line)])],
	});
}

export const handlePaused: Handler<'paused'> = (desk, _screen, command) => {
	if (command === 'quit') desk.push({kind: 'quit'});
	if (command === 'do') desk.act(player => player.pause?.(false) ?? {ok: true});
};
