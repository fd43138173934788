/**
 * The generators of the parties' machines. A machine draws for one ceremony after the other; one that was set back to an earlier copy of its memory
 * draws the same bytes again, and one whose generator is stuck always does. What follows from that, the equations of signing say.
 */
import type {Check, Draw} from '../ceremony/api.js';
import type {Draws} from './draws.js';
import type {GameState} from './state.js';

/** The ceremonies in which a machine drew, in order, `next` last where it is not among them yet. */
function drawnIn({ceremonies}: Pick<GameState, 'ceremonies'>, party: string, next?: string): string[] {
	const ids = ceremonies.filter(({parties}) => parties.includes(party)).map(({id}) => id);
	return next === undefined || ids.includes(next) ? ids : [...ids, next];
}

/** How many ceremonies the machine drew for: what a counter outside of its memory says. */
export function drawCount(state: GameState, party: string): number {
	return drawnIn(state, party).length;
}

function lastSetBack(state: GameState, party: string, number: number) {
	return state.parties[party]?.setBacks?.findLast(({since}) => since <= number);
}

/** The place in the generator's run at which the machine draws for its ceremony of this number. */
export function positionOf(state: GameState, party: string, number: number): number {
	const back = lastSetBack(state, party, number);
	return back === undefined ? number : back.position + number - back.since;
}

/** Nonce guard: the machine counts its draws in its memory, a module beside it counts them where nothing can be set back. */
export function guardNonces(state: GameState, party: string): Check {
	const number = drawCount(state, party);
	const counted = lastSetBack(state, party, number)?.seeded ? number : positionOf(state, party, number);
	return {
		name: 'nonceGuard',
		about: party,
		holds: counted === number,
		equation: `draws that the memory of ${party} counts = draws that its module counts`,
		left: String(counted),
		right: String(number),
	};
}

/**
 * What a ceremony's labels begin with in a branch: its name. Two games that part after the same line must not use one nonce for two messages, which
 * would give the share away to whoever has both saves.
 */
function branchOf({branches = [], ceremonies}: Pick<GameState, 'branches' | 'ceremonies'>, ceremony: string): string {
	if (branches.length === 0) return '';
	const at = ceremonies.findIndex(({id}) => id === ceremony);
	const names = branches.filter(({since}) => at < 0 || at >= since).map(({name}) => name);
	return names.length === 0 ? '' : `branch/${names.join('/')}/`;
}

/** The draws of a machine in a ceremony. Labels never repeat, and so neither does a nonce, unless the machine was set back or is stuck. Attackers who know a machine's generator draw by this too. */
export function chanceOf(draws: Draws, state: GameState, ceremony: string, member: string): Draw {
	const plain =
		(id: string): Draw =>
		label =>
			draws.bytes(`${branchOf(state, id)}ceremony/${id}/${member}/${label}`);
	const party = state.parties[member];
	// Little chance, stretched: it never repeats, and whoever knows the seed can draw it again.
	if (state.knownGenerators.includes(member)) return label => draws.bytes(`${branchOf(state, ceremony)}weak/${member}/${label}`);
	if (party?.isStuck) return () => draws.bytes(`stuck/${member}`);
	if (party?.setBacks === undefined) return plain(ceremony);
	const ids = drawnIn(state, member, ceremony);
	const position = positionOf(state, member, ids.indexOf(ceremony));
	const first = ids.findIndex((_, number) => positionOf(state, member, number) === position);
	const before = ids[first] ?? ceremony;
	// The sides name their draws after the run they are in; the generator knows nothing of names.
	return label => plain(before)(label.replace(ceremony, before));
}
