/** During a drill: who speaks, the round of beliefs before a turn ends, and what the facilitator does behind the table's back. */
import type {DrillPerson, DrillTable} from '../drill-table.js';
import {cell, heading, type Line, span} from '../lines.js';
import {commonStart, editFor, editOf, emptyEdit} from '../prompt/edit.js';
import {promptLine} from '../prompt/prompt.js';
import {wrap} from '../text.js';
import {frameLines} from './frame.js';
import {type Desk, type DeskState, gameOf, type Handler, motionOf, type ScreenProps} from './screen.js';

function tableOf(state: DeskState): DrillTable {
	const {drill} = gameOf(state).player;
	if (!drill) throw new Error('a screen of a drill was shown without one');
	return drill;
}

/** `Jun (ben)`. */
export function personWords({name, seats}: Pick<DrillPerson, 'name' | 'seats'>): string {
	return `${name} (${seats.join(', ')})`;
}

export function speakerScreen({screen, state, theme, columns, rows}: ScreenProps<'speaker'>): readonly Line[] {
	const people = tableOf(state).speakers();
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'speaker',
		title: [span('WHO SPEAKS', 'info'), '   moves and notes are recorded with this name'],
		body: [
			[],
			...people.map(
				(person, index): Line => [
					span(index === screen.cursor ? ' > ' : '   ', 'focus'),
					span(`${index + 1} `, 'focus'),
					cell(person.name, 26, index === screen.cursor ? 'chosen' : 'strong'),
					cell(person.seats.join(', '), 20),
					span(person.function, 'dim'),
				],
			),
			[],
			...wrap('In the prompt, "as NAME: " before a move does the same.', columns - 6).map((row): Line => ['   ', span(row, 'dim')]),
		],
	});
}

export const handleSpeaker: Handler<'speaker'> = (desk, screen, command, press) => {
	const table = tableOf(desk.state);
	const people = table.speakers();
	const cursor = motionOf(command, screen.cursor, people.length, 5);
	if (cursor !== undefined) return desk.set({...screen, cursor});
	if (command === 'back') return desk.pop();
	const person = command === 'pick' ? people[Number(press.name) - 1] : command === 'do' ? people[screen.cursor] : undefined;
	if (!person) return command === 'pick' ? desk.say('info', `There is no number ${press.name}.`) : undefined;
	table.speak(person.name);
	desk.pop();
	desk.say('info', `${personWords(person)} speaks.`);
};

export function beliefsScreen({screen, state, theme, columns, rows}: ScreenProps<'beliefs'>): readonly Line[] {
	const {view} = gameOf(state);
	const names = screen.queue;
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'beliefs',
		title: [span('BEFORE THE TURN ENDS', 'info'), `   turn ${view.turn} of ${view.turns}   ${screen.at + 1} of ${names.length}`],
		body: [
			[],
			...wrap(
				'One sentence each: what do you believe is going on? It goes on record with your name, and the debrief holds it beside the truth.',
				columns - 6,
			).map((row): Line => ['   ', span(row)]),
			[],
			heading(theme, 'Not heard yet', columns),
			...names
				.slice(screen.at)
				.map((name, index): Line => [index === 0 ? span(' > ', 'focus') : '   ', span(name, index === 0 ? 'strong' : 'dim')]),
		],
		prompt: promptLine({notation: '', edit: screen.edit, label: `${names[screen.at] ?? ''}: I believe`, note: '', width: columns}),
	});
}

export const handleBeliefs: Handler<'beliefs'> = (desk, screen, command, press) => {
	if (command === 'back') return desk.pop();
	if (command !== 'do') {
		const edit = editFor(screen.edit, command, press.text);
		if (edit) desk.set({...screen, edit});
		return;
	}
	const text = screen.edit.text.trim();
	const name = screen.queue[screen.at] ?? '';
	const goOn = (): void => {
		if (screen.at + 1 < screen.queue.length) desk.change('beliefs', round => ({...round, at: round.at + 1, edit: emptyEdit}));
		else {
			desk.submit('end-turn', () => desk.close('beliefs'));
		}
	};
	if (text === '') goOn();
	else
		desk.act(
			({drill}) => drill?.believe(name, text) ?? {ok: true},
			({ok}) => ok && goOn(),
		);
};

/** Ends the turn; in a drill, everybody who has not been heard in it is asked first. */
export function endTurnOf(desk: Desk) {
	const unheard = gameOf(desk.state).player.drill?.unheard() ?? [];
	if (unheard.length === 0) return desk.submit('end-turn', () => desk.close('endTurn'));
	desk.close('endTurn');
	desk.push({kind: 'beliefs', queue: unheard.map(({name}) => name), at: 0, edit: emptyEdit});
}

/** It says nothing that the table may not read: others still look when it opens. */
export function facilitatorAskScreen({state, theme, columns, rows}: ScreenProps<'facilitatorAsk'>): readonly Line[] {
	const text = (words: string): Line[] => wrap(words, Math.min(columns, 100) - 6).map(line => ['   ', span(line)]);
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'facilitatorAsk',
		title: [span('FACILITATOR', 'info')],
		body: [
			[],
			...text('The facilitator needs the screen for a moment.'),
			[],
			...text('Players look away, or the projector shows nothing. Enter when that is so; Esc goes back.'),
		],
	});
}

export const handleFacilitatorAsk: Handler<'facilitatorAsk'> = (desk, _screen, command) => {
	if (command === 'back') return desk.pop();
	if (command === 'do') desk.set({kind: 'facilitator', cursor: 0});
};

export function facilitatorScreen({screen, state, theme, columns, rows}: ScreenProps<'facilitator' | 'facilitatorLine'>): readonly Line[] {
	const {actions} = tableOf(state);
	const {view} = gameOf(state);
	const typed = screen.kind === 'facilitatorLine';
	const rowsOf = (index: number, line: string, about: string): Line[] => {
		const isAtCursor = index === screen.cursor;
		// What is chosen is told whole.
		const told = isAtCursor ? wrap(about, columns - 18) : [about];
		return told.map((words, at) => [
			span(!typed && isAtCursor && at === 0 ? ' > ' : '   ', 'focus'),
			cell(at === 0 ? line : '', 14, isAtCursor ? 'chosen' : 'strong'),
			span(words, isAtCursor ? undefined : 'dim'),
		]);
	};
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: screen.kind,
		title: [span('FACILITATOR', 'info'), `   turn ${view.turn} of ${view.turns}   everything here is on record`],
		body: [
			[],
			...rowsOf(0, 'truth', 'what is true and hidden: world, machines, loot, wishes, what comes'),
			...actions.flatMap(({line, about}, index) => rowsOf(index + 1, line.split(' ')[0] ?? '', about)),
		],
		...(typed ? {prompt: promptLine({notation: '', edit: screen.edit, label: 'facilitator:', note: '', width: columns})} : {}),
	});
}

export const handleFacilitator: Handler<'facilitator'> = (desk, screen, command) => {
	const table = tableOf(desk.state);
	const cursor = motionOf(command, screen.cursor, table.actions.length + 1, 5);
	if (cursor !== undefined) return desk.set({...screen, cursor});
	if (command === 'back') {
		desk.pop();
		return desk.wipe();
	}
	if (command !== 'do') return;
	if (screen.cursor === 0) return desk.push({kind: 'reader', title: 'THE TRUTH, FOR THE FACILITATOR ALONE', text: table.truth(), top: 0});
	const line = table.actions[screen.cursor - 1]?.line ?? '';
	// A line that lacks nothing still waits for Enter: the wrong row is easily hit.
	// A text to be written is written between its quotes.
	const quotes = line.indexOf('""');
	desk.set({kind: 'facilitatorLine', cursor: screen.cursor, edit: quotes < 0 ? editOf(line) : {text: line, caret: quotes + 1}});
};

export const handleFacilitatorLine: Handler<'facilitatorLine'> = (desk, screen, command, press) => {
	const {cursor} = screen;
	if (command === 'back') return desk.set({kind: 'facilitator', cursor});
	if (command === 'complete') {
		const found = tableOf(desk.state).completeAction(screen.edit.text);
		const start = commonStart(found.map(({text}) => text));
		if (found.length === 0) return desk.say('info', 'Nothing completes this line.');
		return desk.set({...screen, edit: editOf(start.length > screen.edit.text.length ? start : (found[0]?.text ?? ''))});
	}
	if (command === 'do') {
		const line = screen.edit.text.trim();
		if (line === '') return desk.set({kind: 'facilitator', cursor});
		// The list comes first, so that it is what a move that leads elsewhere leaves behind.
		desk.set({kind: 'facilitator', cursor});
		return desk.act(
			({drill}) => drill?.facilitate(line) ?? {ok: false, message: 'This is no drill.'},
			({ok}) => {
				if (!ok) return desk.state.stack.at(-1)?.kind === 'facilitator' ? desk.set(screen) : undefined;
				desk.wipe();
				desk.say('good', 'It is on record.');
			},
		);
	}
	const edit = editFor(screen.edit, command, press.text);
	if (edit) desk.set({...screen, edit});
};
