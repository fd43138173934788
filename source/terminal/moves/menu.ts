/** Which moves a menu offers for a selection, and how their notation is filled in, piece by piece, until a line is complete. */
import type {MoveOption, SeatView} from '../../engine/view.js';
import {isCommandVerb, lettersFor} from '../keymap.js';

export interface MenuRow {
	readonly option: MoveOption;
	readonly letter?: string;
	/** The template with what is picked already filled in; `_` stands for what is not. */
	readonly notation: string;
}

/** One value that a notation still lacks. */
export interface Slot {
	readonly name: string;
	readonly candidates: readonly string[];
	/** True where several values may be given, joined by commas. */
	readonly several: boolean;
}

/** The moves of a menu: those for the selected request first, then those for no request in particular. */
export function menuOf(view: SeatView, request: string | undefined, picked: readonly string[]): readonly MenuRow[] {
	const offered = view.moves.filter(({verb}) => !isCommandVerb(verb));
	const letters = lettersFor(view.side, [...new Set(offered.map(({verb}) => verb))]);
	const isOfOther = (option: MoveOption) =>
		option.about !== undefined && option.about !== request && view.requests.some(({id}) => id === option.about);
	const shown = offered.filter(option => !isOfOther(option));
	const isAbout = (option: MoveOption) => request !== undefined && option.about === request;
	return [...shown.filter(isAbout), ...shown.filter(option => !isAbout(option))].map(option => rowOf(option, letters, picked));
}

/** Every move of the seat, grouped by station in the order of the path. */
export function allMoves(view: SeatView): readonly MenuRow[] {
	const offered = view.moves.filter(({verb}) => !isCommandVerb(verb));
	const letters = lettersFor(view.side, [...new Set(offered.map(({verb}) => verb))]);
	const order = view.stations.map(({station}) => station);
	return [...offered].sort((a, b) => order.indexOf(a.station) - order.indexOf(b.station)).map(option => rowOf(option, letters, []));
}

function rowOf(option: MoveOption, letters: ReadonlyMap<string, string>, picked: readonly string[]): MenuRow {
	const letter = letters.get(option.verb);
	return {option, notation: withParties(option, picked), ...(letter === undefined ? {} : {letter})};
}

/** Fills picked parties into the first slot that takes a party. */
function withParties(option: MoveOption, picked: readonly string[]): string {
	const slot = slotsOf(option, option.template).find(
		({candidates}) => picked.length > 0 && picked.every(party => candidates.includes(party)),
	);
	if (!slot) return option.template;
	return fill(option.template, slot.name, slot.several ? picked.join(',') : (picked.at(-1) ?? '_'));
}

const tokensOf = (notation: string): readonly string[] => notation.split(' ');

/** What a notation made from this option's template still lacks, in order. */
export function slotsOf(option: MoveOption, notation: string): readonly Slot[] {
	const named = new Set(tokensOf(option.template).flatMap(token => (/^[^=]+=_$/.test(token) ? [token.slice(0, -2)] : [])));
	const objectName = option.choices.find(({name, optional}) => !optional && !named.has(name))?.name ?? 'object';
	return tokensOf(notation).flatMap((token): Slot[] => {
		const name = token === '_' ? objectName : token.endsWith('=_') ? token.slice(0, -2) : undefined;
		if (name === undefined) return [];
		const choice = option.choices.find(candidate => candidate.name === name);
		return [
			{
				name,
				candidates: choice?.candidates ?? [],
				several: name === 'parties' && !(choice?.candidates.some(candidate => candidate.includes(',')) ?? false),
			},
		];
	});
}

/** Puts a value in its place; a slot without a name of its own in the notation is the object. */
export function fill(notation: string, name: string, value: string): string {
	const tokens = [...tokensOf(notation)];
	const at = tokens.indexOf(`${name}=_`);
	if (at >= 0) tokens[at] = `${name}=${value}`;
	else if (tokens.includes('_')) tokens[tokens.indexOf('_')] = value;
	return tokens.join(' ');
}

export function isComplete(notation: string): boolean {
	return !tokensOf(notation).some(token => token === '_' || token.endsWith('=_'));
}

/** Candidates that lead to no legal line: only when the list of ready lines is complete, and never for sets of parties. */
export function refusedCandidates(option: MoveOption, notation: string, slot: Slot): ReadonlySet<string> {
	if (slot.several || option.ready.length === 0 || option.ready.length >= 40) return new Set();
	const given = tokensOf(notation).filter(token => token !== '_' && !token.endsWith('=_'));
	const fitting = option.ready.filter(line => given.every(token => tokensOf(line).includes(token)));
	if (fitting.length === 0) return new Set();
	const isIn = (value: string) => fitting.some(line => tokensOf(line).includes(`${slot.name}=${value}`) || tokensOf(line).includes(value));
	return new Set(slot.candidates.filter(candidate => !isIn(candidate)));
}

/** "1", or "0-1" where it depends on what is still to be chosen. */
export function costText(cost: readonly [number, number]): string {
	return cost[0] === cost[1] ? String(cost[0]) : `${cost[0]}-${cost[1]}`;
}
