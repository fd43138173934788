/** The steps before a drill, as data: what each asks, what was said so far, and what a typed line makes of it. Screens and lines to be read walk through the same. */
import type {DrillAgreed, DrillSetup} from './drill-table.js';

export const drillSteps = ['people', 'freeze', 'recover', 'objectives', 'criteria'] as const;
export type DrillStep = (typeof drillSteps)[number];

export interface Offered {
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

/** What a roster file says already. */
export function planOf(setup: DrillSetup): DrillPlan {
	const {agreed} = setup;
	const offer = (known: readonly string[], chosen: readonly string[] | undefined): Offered[] =>
		[...new Set([...(chosen ?? []), ...known])].map(text => ({text, isChosen: chosen === undefined || chosen.includes(text)}));
	return {
		setup,
		lines: setup.lines,
		freeze: agreed.freeze ?? '',
		recover: agreed.recover ?? '',
		objectives: offer(setup.objectives, agreed.objectives),
		criteria: offer(setup.criteria, agreed.criteria),
	};
}

export function agreedOf({freeze, recover, objectives, criteria}: DrillPlan): DrillAgreed {
	const chosen = (list: readonly Offered[]) => list.filter(({isChosen}) => isChosen).map(({text}) => text);
	return {freeze, recover, objectives: chosen(objectives), criteria: chosen(criteria)};
}

export const drillAsks: Readonly<Record<DrillStep, {readonly title: string; readonly label: string; readonly words: string}>> = {
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

/** What a line makes of a step: more said, the step done, or why it is not taken. */
export type Answered = {readonly plan: DrillPlan; readonly isDone: boolean} | {readonly problem: string};

export function answerStep(plan: DrillPlan, step: DrillStep, typed: string): Answered {
	const text = typed.trim();
	if (step === 'freeze' || step === 'recover') {
		if (text === '') return {problem: 'Answer it before the start: a name, a role, or "nobody knows".'};
		return {plan: {...plan, [step]: text}, isDone: true};
	}
	if (step === 'people') return answerPeople(plan, text);
	if (text === '')
		return plan[step].some(({isChosen}) => isChosen) ? {plan, isDone: true} : {problem: 'Choose at least one, or write your own.'};
	return {plan: {...plan, [step]: switched(plan[step], text) ?? [...plan[step], {text, isChosen: true}]}, isDone: false};
}

function answerPeople(plan: DrillPlan, text: string): Answered {
	const {setup, lines: known} = plan;
	const {problem} = setup.read(known);
	if (text === '') return problem === undefined ? {plan, isDone: true} : {problem};
	const at = Number(text);
	if (Number.isInteger(at) && known[at - 1] !== undefined)
		return {plan: {...plan, lines: known.filter((_, index) => index !== at - 1)}, isDone: false};
	const lines = [...known, text];
	// What is missing may still come; what is wrong is not taken.
	const clash = setup.read(lines).problem;
	if (setup.read([text]).problem !== undefined && clash !== undefined && problem !== clash) return {problem: clash};
	return {plan: {...plan, lines}, isDone: false};
}

/** Switches the numbers of a line on or off; undefined where it is no line of numbers of the list. */
function switched(list: readonly Offered[], line: string): readonly Offered[] | undefined {
	const numbers = line.split(/[\s,]+/).map(Number);
	if (!numbers.every(number => Number.isInteger(number) && number >= 1 && number <= list.length)) return undefined;
	return list.map((offered, index) => (numbers.includes(index + 1) ? {...offered, isChosen: !offered.isChosen} : offered));
}

/** The step after or before; undefined where there is none. */
export function stepBeside(step: DrillStep, by: 1 | -1): DrillStep | undefined {
	return drillSteps[drillSteps.indexOf(step) + by];
}

/** All that is fixed with the start, and what comes then; `warmUp` is how a turn to warm up is had. */
export function readyWords(plan: DrillPlan, warmUp: string): ReadonlyArray<{readonly title: string; readonly lines: readonly string[]}> {
	const {setup} = plan;
	const agreed = agreedOf(plan);
	const {people, dark} = setup.read(plan.lines);
	return [
		{
			title: 'The table',
			lines: people.map(
				({name, function: role, seats, isAbsent}) =>
					`${seats.join(', ')}: ${name}${role === '' ? '' : `, ${role}`}${isAbsent ? ' (absent)' : ''}`,
			),
		},
		{
			title: 'Agreed before the start',
			lines: [
				`May freeze: ${agreed.freeze}`,
				`May recover: ${agreed.recover}`,
				...agreed.objectives.map(line => `Objective: ${line}`),
				...agreed.criteria.map(line => `Rating: ${line}`),
			],
		},
		{
			title: 'What comes',
			lines: [
				'When you start, all of this is hashed into the first line of the record, and can not be changed any more.',
				`${warmUp} plays one turn to warm up: another deal, no injects, no attacks. It does not count and nothing of it is kept.`,
				...dark.map(party => `${party} does not answer from the first turn on: its custodian is absent.`),
				`The clock has ${setup.minutes} minutes and runs from the first turn on.`,
				...(setup.isRehearsal ? ['This is a rehearsal; the record says so.'] : []),
			],
		},
	];
}
