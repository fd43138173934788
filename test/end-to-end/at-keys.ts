/** A person at a game who presses keys alone: no line of notation is typed, every value is picked from what the screen offers. */
import {keys, type PseudoTerminal} from './pseudo-terminal.js';

export class AtKeys {
	readonly #terminal: PseudoTerminal;

	constructor(terminal: PseudoTerminal) {
		this.#terminal = terminal;
	}

	/** Presses a key until the screen shows what is sought; each press is followed by a new screen. */
	async seek(key: string, sought: string | RegExp): Promise<void> {
		const {text} = this;
		const holds = (): boolean => (typeof sought === 'string' ? text().includes(sought) : sought.test(text()));
		for (let presses = 0; !holds(); presses += 1) {
			if (presses > 30) throw new Error(`pressing ${JSON.stringify(key)} never led to ${String(sought)}:\n${text()}`);
			const before = text();
			this.#terminal.press(key);
			await this.#terminal.until(after => after !== before);
		}
	}

	readonly text = (): string => this.#terminal.text();

	/** Leaves the briefing. */
	async begin(): Promise<void> {
		await this.#terminal.until('Enter begin');
		await this.press(keys.enter, 'Moves for');
	}

	async press(key: string, shown: string | RegExp | ((text: string) => boolean)): Promise<void> {
		this.#terminal.press(key);
		await this.#terminal.until(shown);
	}

	/** Puts the board's cursor on a request. */
	async request(id: string): Promise<void> {
		await this.seek(keys.tab, '[Requests]');
		const at = new RegExp(`Moves for ${id}`);
		try {
			await this.seek(keys.down, at);
		} catch {
			await this.seek(keys.up, at);
		}
	}

	/** The line that waits in the prompt, done. */
	async #do(line: string): Promise<void> {
		await this.#terminal.until(`: ${line}`);
		this.#terminal.press(keys.enter);
		await this.#terminal.until(text => !text.includes(` : ${line}`) || text.includes(`Done: ${line}`) || text.includes(`Queued: ${line}`));
	}

	/** Approves on the screen that asks what the approval is based on. */
	async approve(request: string, digit: number, party: string, basis: string): Promise<void> {
		await this.request(request);
		await this.press('a', `APPROVE ${request}`);
		this.#terminal.press(String(digit));
		await this.#terminal.until(`party=${party}`);
		await this.seek(keys.down, `: approve ${request} party=${party} basis=${basis}`);
		await this.#do(`approve ${request} party=${party} basis=${basis}`);
		await this.#terminal.until(new RegExp(`${digit}:${{display: 'ds', digest: 'dg', callback: 'cb'}[basis]}`));
	}

	/** Has a request signed by two parties, chosen from the list that opens. */
	async sign(request: string, parties: string): Promise<void> {
		await this.request(request);
		await this.press('s', new RegExp(`Choose parties for sign|: sign ${request} parties=[a-z]`));
		if (!this.text().includes(`: sign ${request} parties=${parties} `)) await this.seek(keys.down, new RegExp(`> +${parties}`));
		this.#terminal.press(keys.enter);
		await this.#terminal.until(text => text.includes(`: sign ${request} parties=${parties}`) || text.includes('queued'));
		if (!this.text().includes('queued; runs')) await this.press(keys.enter, 'queued');
	}

	/** Ends the turn and goes through its report to the next board, or to the hot wash; what was shown on the way is returned. */
	async endTurn(): Promise<string> {
		await this.press('e', 'END TURN');
		this.#terminal.press(keys.enter);
		const seen: string[] = [];
		const isNext = /END TURN|RESOLVE|EQUATION|TURN \d+ ENDED|HOT WASH|Moves for|Moves ─/;
		await this.#terminal.until(text => !text.includes('END TURN') && isNext.test(text));
		for (;;) {
			const now = this.text();
			seen.push(now);
			if (/HOT WASH/.test(now)) return seen.join('\n');
			if (/RESOLVE/.test(now)) {
				if (!now.includes('Result:')) await this.press('s', text => text.includes('Result:'));
				seen.push(this.text());
				this.#terminal.press(keys.enter);
			} else if (/EQUATION/.test(now)) this.#terminal.press(keys.esc);
			else if (/TURN \d+ ENDED/.test(now)) this.#terminal.press(keys.enter);
			else return seen.join('\n');
			const shown = this.text();
			await this.#terminal.until(text => text !== shown && isNext.test(text));
		}
	}

	/** Rings the requester back on the known number. */
	async callBack(request: string): Promise<void> {
		await this.request(request);
		await this.press('c', `: call-back ${request}`);
		await this.#do(`call-back ${request}`);
	}

	/** Takes a party out for this resolve and looks for what was put there. */
	async inspectFully(party: string): Promise<void> {
		await this.press('i', /> +inspect/);
		await this.seek(keys.down, new RegExp(`> +inspect party=${party} depth=full`));
		await this.press(keys.enter, 'Enter does it');
		await this.#do(`inspect party=${party} depth=full`);
	}

	/** Picks a party by its number and makes a move against it: its letter, and Enter once the line stands in the prompt. */
	async against(digit: number, letter: string, line: string): Promise<void> {
		const party = /party=(\S+)/.exec(line)?.[1] ?? '';
		await this.press(String(digit), new RegExp(`^> +${digit} ${party}`, 'm'));
		await this.press(letter, `: ${line}`);
		await this.#do(line);
		// The next party is picked from none.
		this.#terminal.press(keys.esc);
		await this.#terminal.until(text => !new RegExp(`^> +${digit} ${party}`, 'm').test(text));
	}

	/** Writes nothing in the hot wash and reads the debrief. */
	async debrief(): Promise<string> {
		await this.press(keys.esc, 'DEBRIEF');
		await this.#terminal.until(text => text.includes('DEBRIEF') && !text.includes('is being made'));
		return this.text();
	}
}
