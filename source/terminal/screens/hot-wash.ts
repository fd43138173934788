/** The hot wash: what you believe happened, before the debrief tells; then the questions, strengths, gaps and commitments, if the table has time for them. */
import {cell, heading, type Line, span} from '../lines.js';
import {editFor, emptyEdit} from '../prompt/edit.js';
import {promptLine} from '../prompt/prompt.js';
import {shortHex, wrap} from '../text.js';
import {frameLines} from './frame.js';
import {answerWash, asked, countWashed, startWash, type Wash} from './hot-wash-dialogue.js';
import {type Desk, gameOf, type Handler, type ScreenProps} from './screen.js';

export function hotWashScreen({screen, state, theme, columns, rows}: ScreenProps<'hotWash'>): readonly Line[] {
	const {view, head, player} = gameOf(state);
	const text = (words: string): Line[] => wrap(words, columns - 6).map(line => ['   ', span(line)]);
	const notes = view.notes.flatMap(({turn, text: words}) =>
		wrap(words, columns - 12).map((line, index): Line => ['   ', cell(index === 0 ? `t${turn}` : '', 5, 'dim'), span(line)]),
	);
	const goOn = player.hotWash ? 'Enter for the questions, Esc for the debrief' : 'Enter for the debrief';
	const question = screen.wash && asked(screen.wash);
	const speaker = player.drill?.speaker();
	const belief: readonly Line[] = [
		...text(
			'The game is over. Before the debrief tells what really happened, write down what you believe: who was attacked, how, and what convinced you. One sentence is enough.',
		),
		[],
		...text(
			`It goes on record and stands beside the truth in the debrief. An empty line goes straight on${player.hotWash ? ' to the questions; Esc skips them, and they can be answered later' : ''}.`,
		),
		[],
		...(notes.length > 0 ? [heading(theme, 'Your notes', columns), ...notes] : []),
		...(screen.told > 0
			? [
					[],
					...wrap(`${screen.told} ${screen.told === 1 ? 'answer' : 'answers'} on record. Another one, or ${goOn}.`, columns - 6).map(
						(line): Line => ['   ', span(line, 'good')],
					),
				]
			: []),
	];
	const body: readonly Line[] = [
		[],
		...(screen.wash && question ? [...text(question.text), [], ...said(screen.wash, text)] : belief),
		[],
		['   ', span('head ', 'dim'), shortHex(head, 8)],
	];
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'hotWash',
		title: [span('HOT WASH', 'info'), `   ${view.scenario.title}   ${view.turn} turns`],
		body,
		words: player.drill && !screen.wash ? {} : {speaker: ''},
		prompt: promptLine({
			notation: '',
			edit: screen.edit,
			label: question?.label ?? (speaker ? `${speaker.name}: I believe` : 'I believe:'),
			note: '',
			width: columns,
		}),
	});
}

/** What was declared so far, and why the last line was not taken. */
function said({washed, problem}: Wash, text: (words: string) => Line[]): readonly Line[] {
	const count = countWashed(washed);
	return [
		...(problem === undefined ? [] : [['   ', span(problem, 'bad')] as Line, [] as Line]),
		...text('An empty line is no answer and goes on. Esc ends the hot wash and keeps what was said.'),
		...(count > 0
			? [[], ['   ', span(`${count} ${count === 1 ? 'entry' : 'entries'} so far, declared by ${washed.by}.`, 'good')] as Line]
			: []),
	];
}

/** Closes the game; what was said is written beside it, before the debrief is made. */
function finish(desk: Desk, wash?: Wash): void {
	desk.act(async player => {
		const closed = await player.close();
		if (!closed.ok || !wash || countWashed(wash.washed) === 0 || !player.declare) return closed;
		return player.declare(wash.washed);
	});
}

export const handleHotWash: Handler<'hotWash'> = (desk, screen, command, press) => {
	const text = screen.edit.text.trim();
	const {wash} = screen;
	if (command === 'back') {
		finish(desk, wash);
		return;
	}
	if (command === 'speaker' && !wash) {
		const {drill} = gameOf(desk.state).player;
		const people = drill?.speakers() ?? [];
		const next = people[people.findIndex(({name}) => name === drill?.speaker()?.name) + 1] ?? people[0];
		if (next) drill?.speak(next.name);
		// The screen shows the new name.
		desk.set({...screen});
		return;
	}
	if (command === 'do' && wash) {
		const next = answerWash(wash, text);
		if (asked(next) === null) finish(desk, next);
		else desk.set({...screen, wash: next, edit: next.problem === undefined ? emptyEdit : screen.edit});
		return;
	}
	if (command === 'do' && text === '') {
		const {player} = gameOf(desk.state);
		if (player.hotWash) desk.set({...screen, wash: startWash(player.hotWash())});
		else finish(desk);
		return;
	}
	if (command === 'do') {
		return desk.act(
			player => player.note(text),
			({ok}) => ok && desk.change('hotWash', each => ({...each, edit: emptyEdit, told: each.told + 1})),
		);
	}
	const edit = editFor(screen.edit, command, press.text);
	if (edit) desk.set({...screen, edit});
};
