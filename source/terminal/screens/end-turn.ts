/** Before the turn ends: what is queued and will run, what this seat can foretell, and what is lost. */
import type {SeatView} from '../../engine/view.js';
import {heading, type Line, span} from '../lines.js';
import {wrap} from '../text.js';
import {type Theme, themeOf} from '../theme.js';
import {endTurnOf} from './drill-table.js';
import {bodyRows, frameLines} from './frame.js';
import {gameOf, type Handler, motionOf, type ScreenProps} from './screen.js';

export function endTurnLines(view: SeatView, width: number, theme: Theme): readonly Line[] {
	const queued = view.made.filter(move => move.queued);
	const done = view.made.filter(move => !move.queued);
	const text = (sentence: string): Line[] =>
		wrap(sentence, width - 6).map((line, index): Line => [index === 0 ? ` ${theme.glyphs.bullet} ` : '   ', span(line)]);
	return [
		[],
		heading(theme, 'Runs when the turn ends', width),
		...(queued.length === 0
			? [[span('   nothing is queued', 'dim')] as Line]
			: queued.map(({text: line}): Line => ['   ', span(line, 'strong')])),
		[],
		...(done.length > 0
			? [
					heading(theme, 'Done this turn', width),
					...done.map(({text: line, cost}): Line => ['   ', span(line), span(`   cost ${cost}`, 'dim')]),
					[] as Line,
				]
			: []),
		heading(theme, 'If you end the turn now', width),
		...(view.forecast.length === 0 ? text('Nothing that you could know changes.') : view.forecast.flatMap(text)),
	];
}

export function endTurnScreen({screen, state, theme, columns, rows}: ScreenProps<'endTurn'>): readonly Line[] {
	const {view} = gameOf(state);
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'endTurn',
		title: [span('END TURN', 'info'), `   turn ${view.turn} of ${view.turns}   ${view.side}`],
		right: [`${view.points.have} points left`],
		body: endTurnLines(view, columns, theme),
		top: screen.top,
	});
}

export const handleEndTurn: Handler<'endTurn'> = (desk, screen, command) => {
	const {view} = gameOf(desk.state);
	const page = bodyRows(desk.state);
	const top = motionOf(command, screen.top, endTurnLines(view, desk.state.columns, themeOf('none', true)).length - page + 1, page);
	if (top !== undefined) return desk.set({...screen, top});
	if (command === 'back') return desk.pop();
	if (command === 'do') endTurnOf(desk);
};
