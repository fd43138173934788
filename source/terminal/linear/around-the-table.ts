/** What a drill adds to a game in lines: who speaks, the clock on asking, a round of beliefs before a turn ends, and the facilitator's part. */
import type {SeatView} from '../../engine/view.js';
import {clockWords, type DrillTable} from '../drill-table.js';
import {personWords} from '../screens/drill-table.js';
import {sentence} from '../text.js';
import {markdownWords} from './spoken.js';

/** The facilitator's part is not among them: whoever has it knows its word. */
export const tableWords: readonly (readonly [string, string])[] = [
	['who', 'who is here, and who speaks'],
	['as, a name, a colon and a move', 'that person speaks from here on, and makes the move'],
	['clock', 'what the clock says'],
];

/** What came of a line. */
interface AtTheTable {
	readonly said: readonly string[];
	/** Everybody was heard, and the turn can end. */
	readonly isHeard?: boolean;
	/** The facilitator has moved the game on. */
	readonly isElsewhere?: boolean;
}

export class AroundTheTable {
	readonly #table: DrillTable;
	readonly #view: () => SeatView;
	/** What was seen when the facilitator took the reader. */
	#seen: SeatView | undefined;
	#unheard: readonly string[] = [];
	/** The facilitator was asked for, or has the reader. */
	#facilitator: 'asked' | 'here' | undefined;

	constructor(table: DrillTable, view: () => SeatView) {
		this.#table = table;
		this.#view = view;
	}

	/** What is asked for, where something of the table is. */
	get prompt(): string | undefined {
		if (this.#facilitator === 'asked') return 'Type yes when nobody else listens, or anything else to go back:';
		if (this.#facilitator === 'here') return 'Facilitator. Type truth, actions, a line of the actions, or done:';
		const [name] = this.#unheard;
		return name === undefined ? undefined : `${name}, what do you believe is going on? One sentence, or an empty line, or back:`;
	}

	/** Before a turn ends: whether somebody has still to be heard. */
	asksBeliefs(): boolean {
		this.#unheard = this.#table.unheard().map(({name}) => name);
		return this.#unheard.length > 0;
	}

	/** What comes of a line, where it is a matter of the table. */
	async answer(line: string): Promise<AtTheTable | undefined> {
		if (this.#facilitator === 'asked') return this.#open(line);
		if (this.#facilitator === 'here') return this.#facilitate(line);
		const [name] = this.#unheard;
		if (name !== undefined) return this.#hear(name, line);
		switch (line.toLowerCase()) {
			case 'who': {
				const speaker = this.#table.speaker();
				return {
					said: [
						...this.#table.speakers().map(person => `${personWords(person)}${person.function === '' ? '' : `, ${person.function}`}.`),
						...(speaker ? [`${speaker.name} speaks.`] : []),
					],
				};
			}
			case 'clock':
				return {said: [this.#table.isWarmUp ? 'This turn is a warm-up and has no clock.' : `Clock: ${clockWords(this.#table.clock())}.`]};
			case 'facilitator':
				if (this.#table.isWarmUp) return undefined;
				this.#facilitator = 'asked';
				return {
					said: [
						'The facilitator needs the reader for a moment. What is read then can be heard, and stays in what the terminal has shown.',
					],
				};
			default:
				return undefined;
		}
	}

	#open(line: string): AtTheTable {
		const isYes = /^(y|yes)$/i.test(line);
		this.#facilitator = isYes ? 'here' : undefined;
		this.#seen = this.#view();
		return {said: [isYes ? 'Everything here is on record.' : 'Back at the table.']};
	}

	async #facilitate(line: string): Promise<AtTheTable> {
		switch (line.toLowerCase()) {
			case 'done':
			case '':
				return this.#back();
			case 'truth':
				return {said: markdownWords(this.#table.truth())};
			case 'actions':
				return {said: this.#table.actions.map(({line: action, about}) => `${action}: ${sentence(about, false)}`)};
			default: {
				const outcome = await this.#table.facilitate(line);
				return {said: [outcome.ok ? 'It is on record.' : `Refused: ${sentence(outcome.message, false)}`]};
			}
		}
	}

	/** The table has the reader again, and hears what came in meanwhile. */
	#back(): AtTheTable {
		this.#facilitator = undefined;
		const [before, now] = [this.#seen, this.#view()];
		if (before && (before.turn !== now.turn || before.phase !== now.phase)) return {said: ['Back at the table.'], isElsewhere: true};
		const fresh = now.inbox.slice(before?.inbox.length ?? 0).map(({from, text}) => `New, ${from}: ${sentence(text)}`);
		return {said: ['Back at the table.', ...fresh]};
	}

	async #hear(name: string, line: string): Promise<AtTheTable> {
		if (/^back$/i.test(line)) {
			this.#unheard = [];
			return {said: ['The turn goes on.']};
		}
		if (line !== '') {
			const outcome = await this.#table.believe(name, line);
			if (!outcome.ok) return {said: [`Refused: ${sentence(outcome.message, false)}`]};
		}
		this.#unheard = this.#unheard.slice(1);
		return {said: [], isHeard: this.#unheard.length === 0};
	}
}
