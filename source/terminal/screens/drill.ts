/** Before a drill: who sits where, who may freeze and who may recover, objectives and rating criteria. All of it is typed, a line at a time. */
import type {DrillAgreed, DrillSetup} from '../drill-table.js';
import {heading, type Line, span} from '../lines.js';
import {editFor, editOf, emptyEdit} from '../prompt/edit.js';
import {promptLine} from '../prompt/prompt.js';
import {wrap} from '../text.js';
import type {Theme} from '../theme.js';
import {bodyRows, frameLines} from './frame.js';
import {type Handler, motionOf, type ScreenOf, type ScreenProps} from './screen.js';

const steps = ['people', 'freeze', 'recover', 'objectives', 'criteria'] as const;
type DrillStep = (typeof steps)[number];

interface Offered {
	readonly text: string;
	readonly isChosen: boolean;
}

/** What has been said so far. */
export interface DrillPlan {
	readonly setup: DrillSetup;
	readonly lines: readonly string[];
	readonly freeze: string;
	readonly recover: string;
	readonly objectives: readonly Offered[];
	readonly criteria: readonly Offered[];
}

/** The first screen of a drill. A roster file that answers a question leaves it filled in, to be confirmed. */
export function drillOf(setup: DrillSetup): ScreenOf<'drill'> {
	const {agreed} = setup;
	const offer = (known: readonly string[], chosen: readonly string[] | undefined): Offered[] =>
		[...new Set([...(chosen ?? []), ...known])].map(text => ({text, isChosen: chosen === undefined || chosen.includes(text)}));
	const plan: DrillPlan = {
		setup,
		lines: setup.lines,
		freeze: agreed.freeze ?? '',
		recover: agreed.recover ?? '',
		objectives: offer(setup.objectives, agreed.objectives),
		criteria: offer(setup.criteria, agreed.criteria),
	};
	return stepOf(plan, 'people');
}

function stepOf(plan: DrillPlan, step: DrillStep): ScreenOf<'drill'> {
	return {kind: 'drill', plan, step, edit: step === 'freeze' || step === 'recover' ? editOf(plan[step]) : emptyEdit};
}

export function agreedOf({freeze, recover, objectives, criteria}: DrillPlan): DrillAgreed {
	const chosen = (list: readonly Offered[]) => list.filter(({isChosen}) => isChosen).map(({text}) => text);
	return {freeze, recover, objectives: chosen(objectives), criteria: chosen(criteria)};
}

const asks: Readonly<Record<DrillStep, {readonly title: string; readonly label: string; readonly words: string}>> = {
	people: {
		title: 'Who sits where?',
		label: 'seat:',
		words:
			'One line for each person: SEAT, SEAT: NAME, FUNCTION. Add ", absent" for somebody who is missing. "attackers: bot" gives the attackers to a bot. A number takes that line away; an empty line goes on.',
	},
	freeze: {
		title: 'Who may freeze?',
		label: 'may freeze:',
		words: 'Who may stop all signing, and whom do they ask? Say what your own plan says. The debrief holds it beside what happened.',
	},
	recover: {
		title: 'Who may recover?',
		label: 'may recover:',
		words: 'Who may rebuild the key from backups, and who has to agree?',
	},
	objectives: {
		title: 'What do you want to find out?',
		label: 'objective:',
		words:
			'Chosen now, so that nobody can choose afterwards. Numbers switch an objective on and off, a text adds your own, an empty line goes on.',
	},
	criteria: {
		title: 'What will each rating mean?',
		label: 'rating:',
		words: 'The evaluator rates each objective by these. Numbers switch one on and off, a text adds your own, an empty line goes on.',
	},
};

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
	const {title, label, words} = asks[step];
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
		title: [span('DRILL', 'info'), '   ', span(plan.setup.title, 'strong'), `   ${steps.indexOf(step) + 1} of ${steps.length}`],
		right: [`${plan.setup.minutes} minutes`],
		body: [[], heading(theme, title, columns), [], ...wrap(words, columns - 6).map((row): Line => ['   ', span(row)]), [], ...list],
		// A long list shows its end, where what was typed last stands.
		top: Number.POSITIVE_INFINITY,
		prompt: promptLine({notation: '', edit: screen.edit, label, note: '', width: columns}),
	});
}

/** Switches the numbers of a line on or off; undefined where it is no line of numbers of the list. */
function switched(list: readonly Offered[], line: string): readonly Offered[] | undefined {
	const numbers = line.split(/[\s,]+/).map(Number);
	if (!numbers.every(number => Number.isInteger(number) && number >= 1 && number <= list.length)) return undefined;
	return list.map((offered, index) => (numbers.includes(index + 1) ? {...offered, isChosen: !offered.isChosen} : offered));
}

export const handleDrill: Handler<'drill'> = (desk, screen, command, press) => {
	const {plan, step} = screen;
	const {setup} = plan;
	const text = screen.edit.text.trim();
	if (command === 'back') {
		const before = steps[steps.indexOf(step) - 1];
		if (before) desk.set(stepOf(plan, before));
		else desk.say('info', 'This is the first step. Ctrl-C twice leaves.');
		return;
	}
	if (command !== 'do') {
		const edit = editFor(screen.edit, command, press.text);
		if (edit) desk.set({...screen, edit});
		return;
	}
	const go = (next: DrillPlan): void => {
		const step2 = steps[steps.indexOf(step) + 1];
		desk.set(step2 ? stepOf(next, step2) : {kind: 'drillReady', plan: next, top: 0});
	};
	if (step === 'freeze' || step === 'recover') {
		if (text === '') return desk.say('bad', 'Answer it before the start: a name, a role, or "nobody knows".');
		return go({...plan, [step]: text});
	}
	if (step === 'people') {
		if (text === '') {
			const {problem} = setup.read(plan.lines);
			return problem === undefined ? go(plan) : desk.say('bad', problem);
		}
		const at = Number(text);
		const lines =
			Number.isInteger(at) && plan.lines[at - 1] !== undefined ? plan.lines.filter((_, index) => index !== at - 1) : [...plan.lines, text];
		// What is missing may still come; what is wrong is not taken.
		const wrong = lines.length > plan.lines.length ? setup.read([text]).problem : undefined;
		const clash = lines.length > plan.lines.length ? setup.read(lines).problem : undefined;
		const isWrong = wrong !== undefined && clash !== undefined && setup.read(plan.lines).problem !== clash;
		if (isWrong) return desk.say('bad', clash);
		return desk.set({...screen, plan: {...plan, lines}, edit: emptyEdit});
	}
	if (text === '') {
		if (!plan[step].some(({isChosen}) => isChosen)) return desk.say('bad', 'Choose at least one, or write your own.');
		return go(plan);
	}
	const list = switched(plan[step], text) ?? [...plan[step], {text, isChosen: true}];
	desk.set({...screen, plan: {...plan, [step]: list}, edit: emptyEdit});
};

function readyLines({setup, lines, ...plan}: DrillPlan, width: number, theme: Theme): readonly Line[] {
	const agreed = agreedOf({setup, lines, ...plan});
	const text = (words: string): Line[] =>
		wrap(words, width - 6).map((row, index): Line => [index === 0 ? ` ${theme.glyphs.bullet} ` : '   ', span(row)]);
	const {people, dark} = setup.read(lines);
	return [
		[],
		heading(theme, 'The table', width),
		...people.flatMap(({name, function: role, seats, isAbsent}) =>
			text(`${seats.join(', ')}: ${name}${role === '' ? '' : `, ${role}`}${isAbsent ? ' (absent)' : ''}`),
		),
		[],
		heading(theme, 'Agreed before the start', width),
		...text(`May freeze: ${agreed.freeze}`),
		...text(`May recover: ${agreed.recover}`),
		...agreed.objectives.flatMap(line => text(`Objective: ${line}`)),
		...agreed.criteria.flatMap(line => text(`Rating: ${line}`)),
		[],
		heading(theme, 'What comes', width),
		...text('When you start, all of this is hashed into the first line of the record, and can not be changed any more.'),
		...text('w plays one turn to warm up: another deal, no injects, no attacks. It does not count and nothing of it is kept.'),
		...dark.flatMap(party => text(`${party} does not answer from the first turn on: its custodian is absent.`)),
		...text(`The clock has ${setup.minutes} minutes and runs from the first turn on.`),
		...(setup.isRehearsal ? text('This is a rehearsal; the record says so.') : []),
	];
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
		body: readyLines(plan, columns, theme),
		top: screen.top,
	});
}

export const handleDrillReady: Handler<'drillReady'> = (desk, screen, command) => {
	const {plan} = screen;
	const page = bodyRows(desk.state);
	// The theme changes no number of lines.
	const length = readyLines(plan, desk.state.columns, {glyphs: {bullet: '*', rule: '-'}} as Theme).length;
	const top = motionOf(command, screen.top, length - page + 1, page);
	if (top !== undefined) return desk.set({...screen, top});
	if (command === 'back') return desk.set(stepOf(plan, 'criteria'));
	if (command === 'cards') return desk.push({kind: 'reader', title: 'ROLE CARDS', text: plan.setup.cards(plan.lines), top: 0});
	if (command === 'warm-up') {
		return desk.enter(
			'The parties make a key for the warm-up ...',
			() => plan.setup.warmUp(plan.lines),
			() => desk.say('info', 'This turn does not count. Try the keys: ? explains them, @ says who speaks, e ends the turn.'),
		);
	}
	if (command === 'do') desk.enter('The exercise is being dealt ...', () => plan.setup.start(plan.lines, agreedOf(plan)));
};
