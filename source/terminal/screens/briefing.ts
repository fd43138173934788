/** The briefing before the first turn: what the exercise is about, who holds what, and what this side wants. */
import {cell, heading, type Line, span} from '../lines.js';
import {shortHex, wrap} from '../text.js';
import {type Role, type Theme, themeOf} from '../theme.js';
import {briefingLines} from '../views/briefing.js';
import {bodyRows, frameLines} from './frame.js';
import {resolveOf} from './resolve.js';
import {type DeskState, gameOf, type Handler, motionOf, type ScreenProps} from './screen.js';

function bodyLines(state: DeskState, theme: Theme): readonly Line[] {
	const {view, head, player} = gameOf(state);
	const {columns} = state;
	const row = (name: string, text: string, role?: Role): Line[] =>
		wrap(text, columns - 12).map((line, index) => ['  ', cell(index === 0 ? name : '', 9, 'dim'), span(line, role)]);
	return [
		...briefingLines(view, columns, theme, player.layer),
		[],
		heading(theme, 'The record', columns),
		...row('saved in', player.savePath()),
		...row('head', shortHex(head, 8)),
		...row('', 'Write the head down: it tells later whether the record was changed.', 'dim'),
	];
}

export function briefingScreen({screen, state, theme, columns, rows}: ScreenProps<'briefing'>): readonly Line[] {
	const {view} = gameOf(state);
	const body = bodyLines(state, theme);
	const hasKeygen = view.ceremonies.some(({kind}) => kind === 'keygen');
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'briefing',
		title: [span('BRIEFING', 'info'), '   ', span(view.scenario.title, 'strong'), `   ${view.side}`],
		right: [`${view.scenario.minutes} minutes, ${view.turns} turns`],
		body,
		top: screen.top,
		words: hasKeygen ? {} : {keygen: ''},
	});
}

export const handleBriefing: Handler<'briefing'> = (desk, screen, command) => {
	const {view} = gameOf(desk.state);
	const page = bodyRows(desk.state);
	const {length} = bodyLines(desk.state, themeOf('none', true));
	const top = motionOf(command, screen.top, length - page + 1, page);
	if (top !== undefined) return desk.set({...screen, top});
	if (command === 'quit') return desk.push({kind: 'quit'});
	if (command === 'keygen') {
		const keygens = view.ceremonies.filter(({kind}) => kind === 'keygen').map(({id}) => id);
		if (keygens.length > 0) desk.push(resolveOf(view, keygens, false));
		return;
	}
	if (command === 'do')
		desk.act(player => player.begin(), undefined, `${view.parties.length} parties make the key together: nobody ever has it`);
};
