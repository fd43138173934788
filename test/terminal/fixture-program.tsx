/** The terminal as a program of its own, over the fixture, for tests on a pseudo-terminal. FIXTURE picks where it starts and what goes wrong. */
import {readEnvironment} from '../../source/terminal/environment.js';
import {fakeCatalogue, fakePlayer, view} from './fixture.js';

const abilities = readEnvironment();
const wanted = process.env.FIXTURE ?? 'title';
const player = fakePlayer();
player.when('end-turn', now => ({
	...now,
	turn: now.turn + 1,
	ceremonies: [...now.ceremonies, {...(now.ceremonies[0] ?? view.ceremonies[0]!), id: `sign-${now.turn}`, turn: now.turn}],
}));
player.when('deny refill', () => {
	if (wanted === 'reject') void Promise.reject(new Error('a promise nobody awaited failed'));
	throw new Error('refill is not open');
});
const failing = {
	...player,
	submit:
		wanted === 'throw'
			? () => {
					throw new TypeError('the handler broke');
				}
			: player.submit,
	view: () => player.view(),
};
const {runTerminal} = await import('../../source/terminal/run.js');
process.exitCode = await runTerminal(fakeCatalogue(failing, {}, wanted === 'first'), abilities, wanted === 'title' ? undefined : failing);
process.stdout.write(`ended with ${process.exitCode}\n`);
