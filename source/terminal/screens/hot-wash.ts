/** The hot wash: one line on what you believe happened, before the debrief tells. */
import {heading, type Line, span} from '../lines.js';
import {editFor, emptyEdit} from '../prompt/edit.js';
import {promptLine} from '../prompt/prompt.js';
import {shortHex, wrap} from '../text.js';
import {frameLines} from './frame.js';
import {gameOf, type Handler, type ScreenProps} from './screen.js';

export function hotWashScreen({screen, state, theme, columns, rows}: ScreenProps<'hotWash'>): readonly Line[] {
	const {view, head, player} = gameOf(state);
	const speaker = player.drill?.speaker();
	const text = (words: string): Line[] => wrap(words, columns - 6).map(line => ['   ', span(line)]);
	const notes = view.notes.map(({turn, text: words}): Line => ['   ', span(`t${turn}  `, 'dim'), span(words)]);
	const body: readonly Line[] = [
		[],
		...text(
			'The game is over. Before the debrief tells what really happened, write down what you believe: who was attacked, how, and what convinced you. One sentence is enough.',
		),
		[],
		...text('It goes on record and stands beside the truth in the debrief. An empty line goes straight on.'),
		[],
		...(notes.length > 0 ? [heading(theme, 'Your notes', columns), ...notes] : []),
		...(screen.told > 0
			? [
					[],
					[
						'   ',
						span(`${screen.told} ${screen.told === 1 ? 'answer' : 'answers'} on record. Another one, or Enter for the debrief.`, 'good'),
					] as Line,
				]
			: []),
		[],
		['   ', span('head ', 'dim'), shortHex(head, 8)],
	];
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'hotWash',
		words: player.drill ? {} : {speaker: ''},
		title: [span('HOT WASH', 'info'), `   ${view.scenario.title}   ${view.turn} turns`],
		body,
		prompt: promptLine({
			notation: '',
			edit: screen.edit,
			label: speaker ? `${speaker.name}: I believe` : 'I believe:',
			note: '',
			width: columns,
		}),
	});
}

export const handleHotWash: Handler<'hotWash'> = (desk, screen, command, press) => {
	const text = screen.edit.text.trim();
	if (command === 'back' || (command === 'do' && text === '')) {
		desk.act(player => player.close());
		return;
	}
	if (command === 'speaker') {
		const {drill} = gameOf(desk.state).player;
		const people = drill?.speakers() ?? [];
		const next = people[people.findIndex(({name}) => name === drill?.speaker()?.name) + 1] ?? people[0];
		if (next) drill?.speak(next.name);
		// The screen shows the new name.
		return desk.set({...screen});
	}
	if (command === 'do') {
		const outcome = desk.act(player => player.note(text));
		if (outcome.ok) desk.change('hotWash', wash => ({...wash, edit: emptyEdit, told: wash.told + 1}));
		return;
	}
	const edit = editFor(screen.edit, command, press.text);
	if (edit) desk.set({...screen, edit});
};
