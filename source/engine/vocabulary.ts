/** The engine's words for scenario files: controls, verbs, and how a line of moves is read. Handed to the loader by whoever loads. */
import type {GameVocabulary} from '../scenario/schema.js';
import {catalogue, parseMove, splitSide} from './catalogue.js';
import {controlIds} from './controls.js';
import {NotationError} from './move.js';
import type {Verb} from './verb.js';

const verbsOf = (side: Verb['side']) => catalogue.filter(verb => verb.side === side).map(({name}) => name);

export const vocabulary: GameVocabulary = {
	controls: controlIds,
	verbs: {operators: verbsOf('operators'), attackers: verbsOf('attackers'), world: verbsOf('world')},
	parseMove(line, names) {
		let offset = 0;
		try {
			const {side, text, offset: start} = splitSide(line);
			offset = start;
			// A rotation puts its sweep on the table, whatever requests the file has.
			parseMove(text, side, {...names, requests: [...names.requests, 'sweep']});
			return {ok: true};
		} catch (error) {
			if (!(error instanceof NotationError)) throw error;
			return {ok: false, message: error.message, column: error.column + offset, ...(error.hint === undefined ? {} : {hint: error.hint})};
		}
	},
};
