/** Plays anything that is legal: the measure of what a scenario forgives, and a way into its corners. */
import {createDraws, type Draws} from '../engine/draws.js';
import type {Bot} from './bot.js';

/** The draws of a game, for all of its moves. */
let last: {readonly publicKey: string; readonly draws: Draws} | undefined;

function drawsOf(publicKey: string): Draws {
	if (last?.publicKey !== publicKey) last = {publicKey, draws: createDraws(`random/${publicKey}`)};
	return last.draws;
}

/** Verbs that change nothing at the table: words, and undoing. */
const idle = new Set(['note', 'takeback']);

/**
 * A bot keeps no memory and has no chance of its own: what it picks follows from the public key, the turn and how many moves were made, which a
 * seat sees. Equal seeds give equal games.
 */
export const random: Bot = {
	name: 'random',
	about: 'Makes any legal move: first a verb at random, then one of its moves.',
	next(view, {made}) {
		const verbs = view.moves.filter(({verb}) => !idle.has(verb));
		const bytes = drawsOf(view.publicKey).bytes(`${view.side}/${view.turn}/${made.length}`);
		// Fisher-Yates, a byte for each place: the bias for so few verbs does not matter here.
		for (let index = verbs.length - 1; index > 0; index -= 1) {
			const other = bytes[index % bytes.length]! % (index + 1);
			[verbs[index], verbs[other]] = [verbs[other]!, verbs[index]!];
		}
		// Moves of a verb are worked out when they are read: the first verb that has any is enough.
		const verb = verbs.find(({ready}) => ready.length > 0);
		return {move: verb ? verb.ready[bytes[0]! % verb.ready.length]! : 'end-turn', reason: 'It is legal; this bot asks for no more.'};
	},
};
