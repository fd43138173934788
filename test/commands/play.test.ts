// A person at a real pseudo-terminal: what was played is on the disk at once, whatever happens to the program.
import {readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {verifyGame} from '../../source/journal/re-execution.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import {keys, type PseudoTerminal, start} from '../end-to-end/pseudo-terminal.js';
import {cli, place} from './program.js';

const here = place();

function terminal(...words: string[]): PseudoTerminal {
	const env = Object.fromEntries(Object.entries(here.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
	return start(process.execPath, [cli, ...words], {cwd: here.folder, env});
}

const saves = () => readdirSync(here.path('state', 'quorum-call', 'saves')).filter(name => name.endsWith('.jsonl'));

test('a game that is killed in the middle of a turn goes on at its last move', async () => {
	const killed = terminal('play', 'first-light', '--seed', 'demo', '--world', 'liar');
	await killed.until('Enter begin');
	killed.press(keys.enter);
	await killed.until('RESPOND');
	killed.press(':', 'approve payroll party=ada basis=display', keys.enter);
	await killed.until('1:ds of 2');
	killed.kill('SIGKILL');
	await killed.exit;
	const [name] = saves();
	const save = here.path('state', 'quorum-call', 'saves', name!);
	const bytes = readFileSync(save);
	expect(verifyGame(bytes, {allowUnfinished: true})).toMatchObject({ok: true, reexecuted: true});

	const resumed = terminal('resume', save);
	await resumed.until('1:ds of 2');
	expect(resumed.text()).toContain('RESPOND');
	expect(readFileSync(save).equals(bytes)).toBe(true);
	resumed.press('u');
	await resumed.until('none of 2');
	resumed.press(keys.ctrlC, keys.ctrlC);
	expect(await resumed.exit).toBe(130);
	expect(resumed.raw).toContain(`quorum-call resume ${save}`);
	const game = RecordedGame.load(save);
	expect(game.events.at(-1)).toMatchObject({
		type: 'taken-back',
		text: 'approve payroll party=ada basis=display',
		at: expect.stringMatching(/Z$/),
	});
	expect(game.opened.roster).toMatchObject([
		{side: 'operators', player: 'person'},
		{side: 'attackers', player: 'bot playbook'},
	]);
});

test('the title comes first, and the attackers can be played', async () => {
	const title = terminal();
	await title.until(/quorum call/i);
	title.press('q');
	expect(await title.exit).toBe(0);

	const attackers = terminal('play', 'first-light', '--side', 'attackers', '--seed', 'demo');
	await attackers.until('Enter begin');
	attackers.press(keys.enter);
	await attackers.until(/ATTACK +attackers/);
	attackers.press('e');
	await attackers.until(/end the turn|End the turn/);
	attackers.press(keys.enter);
	// The operators' bot plays its whole part before the screen shows what came of the turn.
	await attackers.until('TURN 1 ENDED');
	attackers.press(keys.enter);
	await attackers.until(/turn 2 of 6 +ATTACK/);
	attackers.kill('SIGTERM');
	await attackers.exit;
	expect(attackers.isAlternate()).toBe(false);
});
