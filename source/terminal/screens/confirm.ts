/** A move that changes what is checked from now on: the four questions and what would follow, before it is made. */
import type {FourQuestions} from '../../engine/view.js';
import {spokenLine} from '../drill-table.js';
import {heading, type Line, span} from '../lines.js';
import {scrolled} from '../list.js';
import {editOf} from '../prompt/edit.js';
import {promptLine} from '../prompt/prompt.js';
import {wrap} from '../text.js';
import {type Theme, themeOf} from '../theme.js';
import {bodyRows, frameLines} from './frame.js';
import {type Desk, type Game, gameOf, type Handler, type ScreenProps} from './screen.js';

/** Verbs that are asked about before they run. An approval has a screen of its own. */
const askedAbout: ReadonlySet<string> = new Set(['amend']);

/** Whether a line is asked about before it runs; one that is refused anyway is not. */
export function isAskedAbout(desk: Desk, line: string): boolean {
	return askedAbout.has(spokenLine(line).move.trim().split(/\s/)[0] ?? '') && gameOf(desk.state).player.preview(line).ok;
}

/** The four questions with their answers, and what would follow. */
export function questionLines(questions: FourQuestions, title: string, follows: string, width: number, theme: Theme): readonly Line[] {
	const answer = (label: string, text: string): Line[] =>
		wrap(text, width - 27).map((row, index): Line => [span(` ${(index === 0 ? label : '').padEnd(25)}`, 'strong'), span(row)]);
	return [
		heading(theme, title, width, {right: questions.boundary}),
		...answer('1 Who is trusted?', questions.trusted),
		...answer('2 What proof came?', questions.proof),
		...answer('3 Where is the check?', questions.check),
		...answer('4 What if it is fooled?', questions.fooled),
		heading(theme, follows, width),
		...questions.follows.flatMap(sentence => wrap(sentence, width - 2)).map((row): Line => [' ', span(row)]),
	];
}

function linesOf({player}: Game, line: string, width: number, theme: Theme): readonly Line[] {
	const questions = player.questions(line);
	if (!questions) return [[], [span('   This move crosses no boundary.', 'dim')]];
	return [[], [' ', span(line, 'strong')], [], ...questionLines(questions, 'Four questions', 'If you do it', width, theme)];
}

export function confirmScreen({screen, state, theme, columns, rows}: ScreenProps<'confirm'>): readonly Line[] {
	const game = gameOf(state);
	const preview = game.player.preview(screen.line);
	const note = preview.ok ? `costs ${preview.cost}, leaves ${game.view.points.have - preview.cost}` : 'refused';
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'confirm',
		title: [span(screen.line.split(' ')[0]?.toUpperCase() ?? '', 'info'), `   turn ${game.view.turn} of ${game.view.turns}`],
		right: [`${game.view.points.have} points`],
		body: linesOf(game, screen.line, columns, theme),
		top: screen.top,
		prompt: promptLine({notation: screen.line, label: ':', note, noteRole: preview.ok ? 'dim' : 'warn', width: columns}),
	});
}

export const handleConfirm: Handler<'confirm'> = (desk, screen, command) => {
	const game = gameOf(desk.state);
	const page = bodyRows(desk.state, true);
	const length = linesOf(game, screen.line, desk.state.columns, themeOf('none', true)).length;
	const by = {up: -1, down: 1, 'page-up': -page, 'page-down': page}[command as string];
	if (by !== undefined) return desk.set({...screen, top: scrolled(screen.top, by, length, page)});
	if (command === 'back') return desk.pop();
	if (command === 'prompt') {
		desk.pop();
		return desk.push({kind: 'prompt', edit: editOf(screen.line), recall: {typed: ''}});
	}
	if (command !== 'do') return;
	desk.submit(screen.line, () => desk.close('confirm'));
};
