/** Completes a line of notation: verbs, objects, names of parameters and their values, from the catalogue and what is on the table. */
import {candidatesOf, catalogue, verbOf} from './catalogue.js';
import {offeredVerbs} from './decide.js';
import type {Game} from './game.js';
import {objectsOf} from './options.js';
import type {GameState} from './state.js';
import type {Parameter, Verb} from './verb.js';

export interface Completion {
	/** The whole line with the completion in place. */
	readonly text: string;
	readonly about: string;
}

/** Completions of a line whose end is being typed, best first; none inside quotes. */
export function complete(game: Game, state: GameState, side: Verb['side'], line: string): readonly Completion[] {
	if ((line.match(/"/g)?.length ?? 0) % 2 === 1) return [];
	const start = line.lastIndexOf(' ') + 1;
	const [head, word] = [line.slice(0, start), line.slice(start)];
	const done = head.trim().split(/\s+/).filter(Boolean);
	const [name] = done;
	if (name === undefined) {
		const offers = offeredVerbs(game, side, state.turn);
		return catalogue
			.filter(verb => verb.side === side && offers.offered(verb.name) && verb.name.startsWith(word))
			.map(verb => ({text: verb.name, about: verb.does}));
	}
	const verb = verbOf(name, side);
	if (!verb) return [];
	const given = new Set(done.slice(1).map(part => part.split('=')[0]));
	const equals = word.indexOf('=');
	if (equals >= 0) {
		const parameter = verb.parameters.find(each => each.name === word.slice(0, equals));
		return parameter
			? values(parameter, word.slice(equals + 1), game, state).map(value => ({
					text: `${head}${parameter.name}=${value}`,
					about: parameter.about,
				}))
			: [];
	}
	const hasObject = done.slice(1).some(part => !part.includes('='));
	const objects = verb.object && !hasObject ? objectsOf(verb, verb.object, game, state).filter(object => object?.startsWith(word)) : [];
	const names =
		objects.length > 0 ? [] : verb.parameters.filter(parameter => !given.has(parameter.name) && parameter.name.startsWith(word));
	return [
		...objects.map(object => ({text: `${head}${object}`, about: verb.object?.about ?? ''})),
		...names.map(parameter => ({text: `${head}${parameter.name}=`, about: parameter.about})),
	];
}

/** Values that begin with what is typed; of a list of parties, its last item is completed. */
function values(parameter: Parameter, typed: string, game: Game, state: GameState): string[] {
	const candidates = candidatesOf(parameter, game, state);
	if (parameter.kind !== 'parties') return candidates.filter(value => value.startsWith(typed));
	const chosen = typed.split(',');
	const last = chosen.pop() ?? '';
	return candidates.filter(value => value.startsWith(last) && !chosen.includes(value)).map(value => [...chosen, value].join(','));
}
