/** Before a drill: who sits where, who may freeze and who may recover, objectives and rating criteria. All of it is typed, a line at a time. */
import {
	agreedOf,
	answerStep,
	type DrillPlan,
	type DrillStep,
	drillAsks,
	drillSteps,
	type Offered,
	planOf,
	readyWords,
	stepBeside,
} from '../drill-steps.js';
import type {DrillSetup} from '../drill-table.js';
import {type Keymap, keyFor} from '../keymap.js';
import {heading, type Line, span} from '../lines.js';
import {editFor, editOf, emptyEdit} from '../prompt/edit.js';
import {promptLine} from '../prompt/prompt.js';
import {keymapOf} from '../settings.js';
import {wrap} from '../text.js';
import type {Theme} from '../theme.js';
import {bodyRows, frameLines} from './frame.js';
import {type Handler, motionOf, type ScreenOf, type ScreenProps} from './screen.js';

/** The first screen of a drill. A roster file that answers a question leaves it filled in, to be confirmed. */
export function drillOf(setup: DrillSetup): ScreenOf<'drill'> {
	return stepOf(planOf(setup), 'people');
}

function stepOf(plan: DrillPlan, step: DrillStep): ScreenOf<'drill'> {
	return {kind: 'drill', plan, step, edit: step === 'freeze' || step === 'recover' ? editOf(plan[step]) : emptyEdit};
}

function offeredLines(list: readonly Offered[], width: number): Line[] {
	return list.flatMap(({text, isChosen}, index) =>
		wrap(text, width - 14).map(
			(row, at): Line => [
				at === 0 ? span(`   ${String(index + 1).padStart(2)} ${isChosen ? '[x]' : '[ ]'} `, isChosen ? 'chosen' : 'dim') : '          ',
				span(row, isChosen ? undefined : 'dim'),
			],
		),
	);
}

export function drillScreen({screen, state, theme, columns, rows}: ScreenProps<'drill'>): readonly Line[] {
	const {plan, step} = screen;
	const {title, label, words} = drillAsks[step];
	const read = plan.setup.read(plan.lines);
	const list: readonly Line[] =
		step === 'people'
			? [
					...plan.lines.map((line, index): Line => [span(`   ${String(index + 1).padStart(2)} `, 'focus'), span(line)]),
					[],
					...wrap(`Seats: ${plan.setup.seats.join(', ')}.`, columns - 6).map((row): Line => ['   ', span(row, 'dim')]),
					...(read.problem === undefined ? [] : wrap(read.problem, columns - 6).map((row): Line => ['   ', span(row, 'warn')])),
				]
			: step === 'objectives' || step === 'criteria'
				? offeredLines(plan[step], columns)
				: [];
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'drill',
		title: [span('DRILL', 'info'), '   ', span(plan.setup.title, 'strong'), `   ${drillSteps.indexOf(step) + 1} of ${drillSteps.length}`],
		right: [`${plan.setup.minutes} minutes`],
		body: [[], heading(theme, title, columns), [], ...wrap(words, columns - 6).map((row): Line => ['   ', span(row)]), [], ...list],
		// A long list shows its end, where what was typed last stands.
		top: Number.POSITIVE_INFINITY,
		words: {
			...(step === 'freeze' || step === 'recover' ? {do: 'put down'} : {}),
			...(step === 'people' ? {back: ''} : {}),
		},
		prompt: promptLine({notation: '', edit: screen.edit, label, note: '', width: columns}),
	});
}

export const handleDrill: Handler<'drill'> = (desk, screen, command, press) => {
	const {plan, step} = screen;
	if (command === 'back') {
		const before = stepBeside(step, -1);
		if (before) desk.set(stepOf(plan, before));
		else desk.say('info', 'This is the first step. Ctrl-C twice leaves.');
		return;
	}
	if (command !== 'do') {
		const edit = editFor(screen.edit, command, press.text);
		if (edit) desk.set({...screen, edit});
		return;
	}
	const answered = answerStep(plan, step, screen.edit.text);
	if ('problem' in answered) return desk.say('bad', answered.problem);
	if (!answered.isDone) return desk.set({...screen, plan: answered.plan, edit: emptyEdit});
	const next = stepBeside(step, 1);
	desk.set(next ? stepOf(answered.plan, next) : {kind: 'drillReady', plan: answered.plan, top: 0});
};

function readyLines(plan: DrillPlan, width: number, theme: Theme, keys: Keymap): readonly Line[] {
	return readyWords(plan, keyFor('drillReady', 'warm-up', keys)).flatMap(({title, lines}) => [
		[],
		heading(theme, title, width),
		...lines.flatMap(words =>
			wrap(words, width - 6).map((row, index): Line => [index === 0 ? ` ${theme.glyphs.bullet} ` : '   ', span(row)]),
		),
	]);
}

export function drillReadyScreen({screen, state, theme, columns, rows}: ScreenProps<'drillReady'>): readonly Line[] {
	const {plan} = screen;
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'drillReady',
		title: [span('DRILL', 'info'), '   ', span(plan.setup.title, 'strong'), '   ready'],
		right: [`${plan.setup.minutes} minutes`],
		body: readyLines(plan, columns, theme, keymapOf(state.settings)),
		top: screen.top,
	});
}

export const handleDrillReady: Handler<'drillReady'> = (desk, screen, command) => {
	const {plan} = screen;
	const keys = keymapOf(desk.state.settings);
	const page = bodyRows(desk.state);
	// The theme changes no number of lines.
	const length = readyLines(plan, desk.state.columns, {glyphs: {bullet: '*', rule: '-'}} as Theme, keys).length;
	const top = motionOf(command, screen.top, length - page + 1, page);
	if (top !== undefined) return desk.set({...screen, top});
	if (command === 'back') return desk.set(stepOf(plan, 'criteria'));
	if (command === 'cards') return desk.push({kind: 'reader', title: 'ROLE CARDS', text: plan.setup.cards(plan.lines), top: 0});
	if (command === 'warm-up') {
		return desk.enter(
			'The parties make a key for the warm-up ...',
			() => plan.setup.warmUp(plan.lines),
			() =>
				desk.say(
					'info',
					`This turn does not count. Try the keys: ? explains them, ${keyFor('board', 'speaker', keys)} says who speaks, ${keyFor('board', 'end-turn', keys)} ends the turn.`,
				),
		);
	}
	if (command === 'do') desk.enter('The exercise is being dealt ...', () => plan.setup.start(plan.lines, agreedOf(plan)));
};
