/** The engine's words for scenario files: controls, verbs, and how a line of moves is read. Handed to the loader by whoever loads. */
import {suggest} from '../scenario/diagnostic.js';
import type {GameVocabulary} from '../scenario/schema.js';
import {catalogue, parseMove, splitSide, verbOf} from './catalogue.js';
import {controlIds, controls} from './controls.js';
import {always} from './decide.js';
import {NotationError} from './move.js';
import {carry} from './phases.js';
import type {Verb} from './verb.js';

const verbsOf = (side: Verb['side']) => catalogue.filter(verb => verb.side === side).map(({name}) => name);

export const vocabulary: GameVocabulary = {
	controls: controlIds,
	verbs: {operators: verbsOf('operators'), attackers: verbsOf('attackers'), world: verbsOf('world')},
	always,
	carriedOver: carry.attackers,
	standardControls: controls.filter(({standard}) => standard === 'on').map(({id}) => id),
	about(kind, id) {
		const text = kind === 'control' ? controls.find(control => control.id === id)?.checks : catalogue.find(({name}) => name === id)?.does;
		return text === undefined ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
	},
	priceOf: verb => verbOf(verb, 'attackers')?.cost[0] ?? 0,
	parseMove(line, names) {
		let offset = 0;
		try {
			const {side, text, offset: start} = splitSide(line);
			offset = start;
			// A rotation puts its sweep on the table, whatever requests the file has.
			const {verb, object, args} = parseMove(text, side, {...names, requests: [...names.requests, 'sweep']});
			return {ok: true, move: {side, verb, args, ...(object === undefined ? {} : {object})}};
		} catch (error) {
			if (!(error instanceof NotationError)) throw error;
			const problem = {ok: false, message: error.message, column: error.column + offset} as const;
			if (error.known.length === 0) return error.hint === undefined ? problem : {...problem, hint: error.hint};
			return {...problem, ...suggest(/"([^"]*)"/.exec(error.message)?.[1] ?? '', error.known)};
		}
	},
};
