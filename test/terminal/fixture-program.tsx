/** The terminal as a program of its own, over the fixture, for tests on a pseudo-terminal. FIXTURE picks where it starts and what goes wrong. */
import {readEnvironment} from '../../source/terminal/environment.js';
import type {Player} from '../../source/terminal/player.js';
import {ceremony, fakeCatalogue, fakePlayer} from './fixture.js';

const abilities = readEnvironment();
const wanted = process.env.FIXTURE ?? 'title';
const player = fakePlayer();
player.when('end-turn', now => ({
	...now,
	turn: now.turn + 1,
	ceremonies: [...now.ceremonies, {...ceremony, id: `sign-t${now.turn}`, turn: now.turn}],
}));
const broken: Player = {
	...player,
	submit(line) {
		if (wanted === 'throw') throw new TypeError('the handler broke');
		if (wanted === 'reject') void Promise.reject(new Error('a promise nobody awaited failed'));
		return player.submit(line);
	},
	preview(line) {
		if (wanted === 'draw') throw new Error('the view broke');
		return player.preview(line);
	},
};
const {runTerminal} = await import('../../source/terminal/run.js');
process.exitCode = await runTerminal(fakeCatalogue(broken, {}, wanted === 'first'), abilities, wanted === 'title' ? undefined : broken);
