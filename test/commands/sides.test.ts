// Two people at one keyboard, on a real pseudo-terminal: what one side was shown is gone before the other sits down.
import {readdirSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {Side} from '../../source/engine/view.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {shortHex} from '../../source/terminal/text.js';
import {keys, type PseudoTerminal, start} from '../end-to-end/pseudo-terminal.js';
import {cli, place} from './program.js';

const here = place();

function terminal(...words: string[]): PseudoTerminal {
	const env = Object.fromEntries(Object.entries(here.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
	return start(process.execPath, [cli, ...words], {cwd: here.folder, env});
}

const savePath = () => {
	const folder = here.path('state', 'quorum-call', 'saves');
	return `${folder}/${readdirSync(folder).find(name => name.endsWith('.jsonl'))}`;
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what is taken out.
const plain = (raw: string): string => raw.replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, '\n');
const forgotten = '\u001b[2J\u001b[3J';

/** A shared keyboard, and all bytes that were written while each side sat at it. */
class Shared {
	readonly bytes: Record<Side, string> = {operators: '', attackers: ''};
	#side: Side | undefined;
	#from = 0;

	constructor(readonly terminal: PseudoTerminal) {}

	async sit(side: Side, shown: string | RegExp): Promise<void> {
		await this.terminal.until(text => text.includes('HAND OVER') && text.includes(`goes to the ${side}.`));
		this.#keep();
		this.#side = side;
		this.terminal.press(side === 'attackers' ? 'a' : 'o');
		await this.terminal.until(shown);
	}

	async play(...lines: readonly string[]): Promise<void> {
		for (const line of lines) {
			this.terminal.press(':', line);
			await this.terminal.until(`\n : ${line}`);
			this.terminal.press(keys.enter);
			await this.terminal.until(text => !text.includes(`\n : ${line}`));
		}
	}

	async endTurn(): Promise<void> {
		this.terminal.press('e');
		await this.terminal.until(/END (THE )?TURN/i);
		this.terminal.press(keys.enter);
	}

	#keep(): void {
		const {raw} = this.terminal;
		if (this.#side) this.bytes[this.#side] += raw.slice(this.#from);
		this.#from = raw.length;
	}
}

test('neither side finds anything of the other on the screen, and each has its own report', async () => {
	const shared = new Shared(terminal('play', 'first-light', '--side', 'both', '--seed', 'demo', '--world', 'insider', '--layer', '1'));
	const {terminal: screen, bytes} = shared;
	await screen.until('HAND OVER');
	// Only the side whose turn it is can sit down.
	screen.press('a');
	await screen.until('The operators are next');
	await shared.sit('operators', /BRIEFING .*operators/);
	screen.press(keys.end);
	await screen.until('Layer: business');
	expect(screen.text()).not.toContain('Layer: protocol');
	screen.press(keys.enter);
	await shared.sit('attackers', /BRIEFING .*attackers/);
	screen.press(keys.enter);
	await screen.until(/turn 1 of 6 +ATTACK +attackers/);

	const [victim] = Object.entries(RecordedGame.load(savePath()).state.footholds).find(([, {wayIn}]) => wayIn)!;
	await shared.play(`implant party=${victim}`, 'note "we take her share next"');
	await shared.endTurn();
	await shared.sit('operators', /turn 1 of 6 +RESPOND +operators/);
	await shared.play('approve payroll party=ada basis=digest', 'approve payroll party=ben basis=display', 'sign payroll parties=ada,ben');
	// A pause covers the board, and is on record.
	screen.press('\u0010');
	await screen.until('PAUSED');
	expect(screen.text()).not.toContain('SHARES');
	screen.press(keys.enter);
	await screen.until(/turn 1 of 6 +RESPOND/);
	await shared.play('note "we look at nobody yet"');
	await shared.endTurn();
	await screen.until('RESOLVE');
	// Their report: the messages, then the turn. Only then is the keyboard handed over.
	screen.press('s', keys.enter);
	await screen.until('TURN 1 ENDED');
	screen.press(keys.enter);
	await shared.sit('attackers', 'TURN 1 ENDED');
	expect(screen.text()).toContain('attackers');
	screen.press(keys.enter);
	await screen.until(/turn 2 of 6 +ATTACK/);
	await shared.play(`steal-share party=${victim}`);
	await shared.endTurn();
	await shared.sit('operators', /turn 2 of 6 +RESPOND/);
	await shared.endTurn();
	await screen.until('TURN 2 ENDED');
	screen.press(keys.enter);
	await shared.sit('attackers', 'TURN 2 ENDED');
	screen.press(keys.enter);
	await screen.until(/turn 3 of 6 +ATTACK/);
	screen.press('L');
	await screen.until('What you hold');
	screen.press(keys.esc);
	await screen.until(/turn 3 of 6 +ATTACK/);
	await shared.endTurn();
	await shared.sit('operators', /turn 3 of 6 +RESPOND/);
	await shared.endTurn();
	await screen.until('TURN 3 ENDED');
	screen.press(keys.enter);
	await screen.until('HAND OVER');

	// SIGTERM between two turns: the screen is given back, and the save goes on for both.
	process.kill(screen.pid, 'SIGTERM');
	await screen.exit;
	expect(screen.isAlternate()).toBe(false);
	const game = RecordedGame.load(savePath());
	expect(game.opened.roster.map(({player}) => player)).toEqual(['person', 'person']);

	const byTable = game.events.flatMap(event => (event.type === 'move' && event.side === 'table' ? [event] : []));
	expect(byTable.map(({text, at}) => [text, at?.endsWith('Z')])).toEqual([
		['begin', true],
		['pause', true],
		['resume', true],
	]);
	const [stolen] = game.state.loot;
	const shown = {operators: plain(bytes.operators), attackers: plain(bytes.attackers)};
	const secrets: Record<Side, string[]> = {
		attackers: ['we take her share next', `implant party=${victim}`, 'steal-share', shortHex(stolen!.share, 6), stolen!.share.slice(0, 12)],
		operators: ['we look at nobody yet', 'basis=digest', 'parties=ada,ben'],
	};
	// The search finds what is there.
	expect(shown.attackers).toContain('we take her share next');
	expect(shown.attackers).toContain(shortHex(stolen!.share, 6));
	expect(shown.operators).toContain('we look at nobody yet');
	for (const secret of secrets.attackers) expect(shown.operators, secret).not.toContain(secret);
	for (const secret of secrets.operators) expect(shown.attackers, secret).not.toContain(secret);
	// No share of any party is written to anybody but its thief.
	for (const {keyShare} of Object.values(game.state.parties))
		if (keyShare) expect(screen.raw.includes(keyShare.share.slice(0, 12))).toBe(false);
	// Before a side sat down, and after it stood up, the terminal forgot its screen and its scrollback.
	expect(screen.raw.split(forgotten).length - 1).toBeGreaterThanOrEqual(2 * 7);

	const resumed = terminal('resume', savePath());
	await resumed.until(text => text.includes('HAND OVER') && text.includes('goes to the attackers.'));
	expect(plain(resumed.raw)).not.toContain('steal-share');
	resumed.press('a');
	// Who was away when the program ended has the report of the turn again, and it is this side's own.
	await resumed.until('TURN 3 ENDED');
	expect(resumed.text()).toMatch(/now turn 4 of 6 +attackers/);
	expect(plain(resumed.raw)).not.toContain('we look at nobody yet');
	resumed.press(keys.enter);
	await resumed.until(/turn 4 of 6 +ATTACK/);
	resumed.press(keys.ctrlC, keys.ctrlC);
	expect(await resumed.exit).toBe(130);
	expect(resumed.isAlternate()).toBe(false);
	expect(resumed.raw).toContain(`quorum-call resume ${savePath()}`);
	const {status, stdout} = await here.run(['verify', savePath(), '--unfinished']);
	expect({status, stdout}).toMatchObject({status: 0, stdout: expect.stringContaining('holds.')});
});
