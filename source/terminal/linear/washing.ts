/** The hot wash in lines: what was believed, then the questions where there are any, then the debrief. */
import {spokenLine} from '../drill-table.js';
import {quoted} from '../moves/menu.js';
import type {Player} from '../player.js';
import {answerWash, asked, countWashed, startWash, type Wash} from '../screens/hot-wash-dialogue.js';
import {sentence} from '../text.js';
import {markdownWords} from './spoken.js';

export class Washing {
	readonly #player: Player;
	#wash: Wash | undefined;

	constructor(player: Player) {
		this.#player = player;
	}

	get #next(): string {
		return this.#player.hotWash ? 'questions' : 'debrief';
	}

	get prompt(): string {
		const question = this.#wash && asked(this.#wash);
		return question?.text ?? `What do you believe happened? One sentence, or an empty line for the ${this.#next}:`;
	}

	async answer(line: string): Promise<readonly string[]> {
		if (this.#wash) {
			this.#wash = answerWash(this.#wash, line);
			if (this.#wash.problem !== undefined) return [this.#wash.problem];
			return asked(this.#wash) ? [] : this.#close(this.#wash);
		}
		const {name, move: text} = spokenLine(line);
		if (text !== '') {
			// Who is named is the one who speaks from here on.
			const outcome = await (name === undefined ? this.#player.note(text) : this.#player.submit(`as ${name}: note ${quoted(text)}`));
			if (!outcome.ok) return [`Refused: ${sentence(outcome.message, false)}`];
			return [`It is on record. Another sentence, or an empty line for the ${this.#next}.`];
		}
		if (!this.#player.hotWash) return this.#close();
		this.#wash = startWash(this.#player.hotWash());
		return ['An empty line is no answer and goes on.'];
	}

	/** Closes the game; what was said is written beside it, before the debrief is made. */
	async #close(wash?: Wash): Promise<readonly string[]> {
		const closed = await this.#player.close();
		if (!closed.ok) return [closed.message];
		const declared = wash && countWashed(wash.washed) > 0 ? await this.#player.declare?.(wash.washed) : undefined;
		const said = declared?.ok ? declared.said : declared?.message;
		return [...(said === undefined ? [] : [said]), ...markdownWords(await this.#player.debrief())];
	}
}
