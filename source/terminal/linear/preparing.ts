/** Before a drill, in lines: the same steps as on screens, then a warm-up or the start. */
import {
	agreedOf,
	answerStep,
	type DrillPlan,
	type DrillStep,
	drillAsks,
	drillSteps,
	planOf,
	readyWords,
	stepBeside,
} from '../drill-steps.js';
import type {DrillSetup} from '../drill-table.js';
import type {Player} from '../player.js';
import {sentence} from '../text.js';
import {markdownWords} from './spoken.js';

/** What came of a line: sentences, and a player once one is started. */
export interface Prepared {
	readonly said: readonly string[];
	readonly player?: Player;
}

export class Preparing {
	#plan: DrillPlan;
	#step: DrillStep | 'ready' = 'people';

	constructor(setup: DrillSetup) {
		this.#plan = planOf(setup);
	}

	get prompt(): string {
		if (this.#step === 'ready') return 'Type start, warm up, cards, back, or quit:';
		const known = this.#step === 'freeze' || this.#step === 'recover' ? this.#plan[this.#step] : '';
		const {label} = drillAsks[this.#step];
		return `${sentence(label.replace(/:$/, ''))} ${known === '' ? '' : `An empty line keeps: ${sentence(known, false)} `}Your line, or back:`;
	}

	/** Where the table stands. */
	where(): readonly string[] {
		const {setup} = this.#plan;
		const step = this.#step;
		if (step === 'ready')
			return readyWords(this.#plan, 'Warm up').flatMap(({title, lines}) => [`${title}:`, ...lines.map(line => sentence(line))]);
		const {title, words} = drillAsks[step];
		const first = step === 'people' ? [`Drill: ${setup.title}, ${setup.minutes} minutes.`] : [];
		return [...first, `Step ${drillSteps.indexOf(step) + 1} of ${drillSteps.length}. ${title} ${words}`, ...this.#listed(step)];
	}

	#listed(step: DrillStep): readonly string[] {
		const {setup, lines} = this.#plan;
		if (step === 'freeze' || step === 'recover') return [];
		if (step !== 'people')
			return this.#plan[step].map(({text, isChosen}, index) => `${index + 1}, ${isChosen ? 'on' : 'off'}: ${sentence(text)}`);
		const {problem} = setup.read(lines);
		return [
			...lines.map((line, index) => `${index + 1}, ${line}.`),
			`Seats: ${setup.seats.join(', ')}.`,
			...(problem === undefined ? [] : [problem]),
		];
	}

	/** @throws {Error} where the game can't be made; its message says why. */
	async answer(line: string): Promise<Prepared> {
		const text = line.trim();
		if (/^back$/i.test(text)) return this.#back();
		if (this.#step === 'ready') return this.#ready(text);
		const known = this.#step === 'freeze' || this.#step === 'recover' ? this.#plan[this.#step] : '';
		const answered = answerStep(this.#plan, this.#step, text === '' ? known : text);
		if ('problem' in answered) return {said: [answered.problem]};
		this.#plan = answered.plan;
		if (!answered.isDone) return {said: this.#listed(this.#step)};
		this.#step = stepBeside(this.#step, 1) ?? 'ready';
		return {said: this.where()};
	}

	#back(): Prepared {
		const before = this.#step === 'ready' ? 'criteria' : stepBeside(this.#step, -1);
		if (!before) return {said: ['This is the first step.']};
		this.#step = before;
		return {said: this.where()};
	}

	async #ready(text: string): Promise<Prepared> {
		const {setup, lines} = this.#plan;
		switch (text.toLowerCase()) {
			case 'start':
				return {said: [], player: await setup.start(lines, agreedOf(this.#plan))};
			case 'warm up':
			case 'warm-up':
				return {said: ['This turn does not count.'], player: await setup.warmUp(lines)};
			case 'cards':
				return {said: markdownWords(setup.cards(lines))};
			case '':
				return {said: this.where()};
			default:
				return {said: [`"${text}" is none of it.`]};
		}
	}
}
