/** The briefing before the first turn: what the exercise is about, who holds what, and what this side wants. */
import {heading, type Line, span} from '../lines.js';
import {shortHex} from '../text.js';
import {themeOf} from '../theme.js';
import {briefingLines} from '../views/briefing.js';
import {bodyRows, frameLines} from './frame.js';
import {resolveOf} from './resolve.js';
import {gameOf, type Handler, motionOf, type ScreenProps} from './screen.js';

export function briefingScreen({screen, state, theme, columns, rows}: ScreenProps<'briefing'>): readonly Line[] {
	const {view, head, player} = gameOf(state);
	const body: readonly Line[] = [
		...briefingLines(view, columns, theme, player.layer),
		[],
		heading(theme, 'The record', columns),
		['  ', span('saved in ', 'dim'), span(player.savePath())],
		[
			'  ',
			span('head     ', 'dim'),
			span(shortHex(head, 8)),
			span('  write it down: it tells later whether the record was changed', 'dim'),
		],
	];
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
	const {view, player} = gameOf(desk.state);
	const page = bodyRows(desk.state);
	const length = briefingLines(view, desk.state.columns, themeOf('none', true), player.layer).length + 4;
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
