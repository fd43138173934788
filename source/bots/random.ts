/** Plays anything that is legal: the measure of what a scenario forgives, and a way into its corners. */
import {createDraws} from '../engine/draws.js';
import type {Bot} from './bot.js';

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
		const draws = createDraws(`random/${view.publicKey}/${view.side}/${view.turn}/${made.length}`);
		const verbs = draws.shuffle(
			'verb',
			view.moves.filter(({verb}) => !idle.has(verb)),
		);
		// Moves of a verb are worked out when they are read: the first verb that has any is enough.
		const verb = verbs.find(({ready}) => ready.length > 0);
		return {move: verb ? draws.pick('move', verb.ready) : 'end-turn', reason: 'It is legal; this bot asks for no more.'};
	},
};
