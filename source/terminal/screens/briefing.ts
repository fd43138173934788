/** The briefing before the first turn: what the exercise is about, who holds what, and what this side wants. */
import type {SeatView} from '../../engine/view.js';
import {cell, heading, type Line, span} from '../lines.js';
import {sentence, shortHex, wrap} from '../text.js';
import {type Theme, themeOf} from '../theme.js';
import {bodyRows, frameLines} from './frame.js';
import {resolveOf} from './resolve.js';
import {gameOf, type Handler, motionOf, type ScreenProps} from './screen.js';

/** The briefing as text, for its own screen and for the view during a game. */
export function briefingLines(view: SeatView, width: number, theme: Theme): readonly Line[] {
	const text = (words: string): Line[] => wrap(words, width - 4).map(line => ['  ', span(line)]);
	const section = (title: string, lines: readonly Line[]): Line[] =>
		lines.length === 0 ? [] : [[], heading(theme, title, width), ...lines];
	return [
		[],
		...text(view.scenario.summary),
		...section('Your goal', text(view.goal)),
		...section('The vault', [
			...text(`${view.parties.length} parties hold one share each of one ${view.suite} key; ${view.threshold} of them sign together.`),
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
		...Object.entries(view.scenario.layers).flatMap(([name, words]) => section(`Layer: ${name}`, text(words))),
	];
}

export function briefingScreen({screen, state, theme, columns, rows}: ScreenProps<'briefing'>): readonly Line[] {
	const {view, head, player} = gameOf(state);
	const body: readonly Line[] = [
		...briefingLines(view, columns, theme),
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
	const {view} = gameOf(desk.state);
	const page = bodyRows(desk.state);
	const length = briefingLines(view, desk.state.columns, themeOf('none', true)).length + 4;
	const top = motionOf(command, screen.top, length - page + 1, page);
	if (top !== undefined) return desk.set({...screen, top});
	if (command === 'quit') return desk.push({kind: 'quit'});
	if (command === 'keygen') {
		const keygens = view.ceremonies.filter(({kind}) => kind === 'keygen').map(({id}) => id);
		if (keygens.length > 0) desk.push(resolveOf(view, keygens, false));
		return;
	}
	if (command === 'do') desk.act(player => player.begin());
};
