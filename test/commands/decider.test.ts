// The thread that decides keeps in step with the game, whatever happens to what it decided.
import {readFileSync} from 'node:fs';
import {afterAll, expect, test} from 'vitest';
import {ThreadDecider} from '../../source/commands/decider.js';
import {ThreadEnded} from '../../source/commands/thread.js';
import {verifyGame} from '../../source/journal/re-execution.js';
import {newGame} from '../journal/first-light.js';
import {place} from './program.js';

const here = place();
let decider: ThreadDecider | undefined;
afterAll(() => decider?.end());

test('the record is the same as without it, through refusals, moves made elsewhere, and decisions that were never written', async () => {
	const [alone, game] = [newGame(), newGame({path: here.path('stepped.jsonl')})];
	decider = ThreadDecider.for(game);
	const {decide} = decider;
	const make = async (side: 'operators' | 'attackers' | 'table', text: string): Promise<boolean> => {
		const made = await game.submitBy(decide, {side, text});
		expect(made.ok).toBe(alone.submit({side, text}).ok);
		return made.ok;
	};
	const elsewhere = (text: string): void => {
		for (const each of [alone, game]) expect(each.submit({side: 'table', text}).ok).toBe(true);
	};
	await make('table', 'begin');
	elsewhere('ask-hint side=operators');
	await make('attackers', 'end-turn');
	// Decided, and the disk refused it, say: it was never true.
	expect(await decide(game, {side: 'operators', text: 'freeze'})).toMatchObject({ok: true});
	await make('operators', 'approve payroll party=ada basis=display');
	expect(await make('operators', 'approve payroll party=zoe basis=display')).toBe(false);
	await make('operators', 'takeback');
	await make('operators', 'approve payroll party=ada basis=digest');
	expect(await decide(game, {side: 'operators', text: 'end-turn'})).toMatchObject({ok: true});
	elsewhere('pause');
	elsewhere('resume');
	await make('operators', 'approve payroll party=ben basis=display');
	await make('operators', 'sign payroll parties=ada,ben');
	await make('operators', 'end-turn');
	expect(await decider.next(game, 'attackers', 'idle')).toBe('end-turn');
	await make('attackers', 'end-turn');
	expect(game.head).toBe(alone.head);

	const {path = ''} = game;
	game.close();
	decider.end();
	expect(verifyGame(readFileSync(path), {allowUnfinished: true})).toMatchObject({ok: true});
	// From the save it goes on as if it had been there all the time.
	const {recorded, decider: second} = await ThreadDecider.resume(path, undefined);
	decider = second;
	for (const text of ['approve vendor party=ada basis=display', 'end-turn']) {
		await recorded.submitBy(second.decide, {side: 'operators', text});
		alone.submit({side: 'operators', text});
	}
	expect(recorded.head).toBe(alone.head);

	// Whoever leaves in the middle of a decision gets none, and nothing of it is written.
	const left = recorded.submitBy(second.decide, {side: 'attackers', text: 'end-turn'});
	second.end();
	await expect(left).rejects.toThrow(ThreadEnded);
	recorded.close();
	expect(readFileSync(path, 'utf8').split('\n').length).toBe(recorded.events.length + 3);
});
