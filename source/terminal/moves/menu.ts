/** Which moves a menu offers for a selection, and how their notation is filled in, piece by piece, until a line is complete. */
import type {MoveOption, SeatView} from '../../engine/view.js';
import {keymap} from '../key-bindings.js';
import type {Keymap} from '../keymap.js';
import type {Preview} from '../player.js';
import {isCommandVerb, lettersFor} from '../verb-letters.js';

export interface MenuRow {
	readonly option: MoveOption;
	readonly letter?: string;
	/** The template with what is selected already filled in; `_` stands for what is not. */
	readonly notation: string;
	/** The request that was filled in. */
	readonly request?: string;
	/** Why it is refused now, for this selection. */
	readonly refused?: string;
}

/** One value that a notation still lacks. */
export interface Slot {
	readonly name: string;
	readonly candidates: readonly string[];
	/** True where several values may be given, joined by commas. */
	readonly several: boolean;
}

/** The name of a slot whose candidates are whole lines: for moves of which something optional has to be given, as in `inspect`. */
export const wholeLine = 'line';

/** The engine lists at most this many ready lines of a verb; a full list may lack some. */
const readyLimit = 40;

/** What is selected on the board. */
export interface Selection {
	readonly request?: string;
	/** Ids of picked parties. */
	readonly picked: readonly string[];
}

type Previewing = (line: string) => Preview;

const menus = new WeakMap<Keymap, WeakMap<SeatView, Map<string, readonly MenuRow[]>>>();

/**
 * The moves of a menu: what the selected request waits for, then the others for it, then all others, each in the catalogue's order. Where nothing can
 * be done for the request, its moves come last.
 */
export function menuOf(view: SeatView, selection: Selection, preview: Previewing, map: Keymap = keymap): readonly MenuRow[] {
	const ofMap = menus.get(map) ?? new WeakMap<SeatView, Map<string, readonly MenuRow[]>>();
	menus.set(map, ofMap);
	const known = ofMap.get(view) ?? new Map<string, readonly MenuRow[]>();
	ofMap.set(view, known);
	const key = `${selection.request ?? ''} ${selection.picked.join(',')}`;
	const remembered = known.get(key);
	if (remembered) return remembered;
	const letters = lettersOf(view, map);
	const rows = offeredIn(view).map(option => rowOf(option, view, selection, letters, preview));
	const isWaiting = rows.some(row => row.request !== undefined && row.refused === undefined);
	const sorted = [...rows].sort((a, b) => rankOf(a, isWaiting) - rankOf(b, isWaiting));
	known.set(key, sorted);
	return sorted;
}

/** An approved request waits for its signing. */
function rankOf({request, option, refused}: MenuRow, isWaiting: boolean): number {
	if (request === undefined) return 2;
	return !isWaiting ? 3 : option.verb === 'sign' && refused === undefined ? 0 : 1;
}

/** Every move of the seat, grouped by station in the order of the path, with nothing filled in. */
export function allMoves(view: SeatView, map: Keymap = keymap): readonly MenuRow[] {
	const letters = lettersOf(view, map);
	const order = view.stations.map(({station}) => station);
	return [...offeredIn(view)]
		.sort((a, b) => order.indexOf(a.station) - order.indexOf(b.station))
		.map(option => withRefusal({option, notation: option.template, ...letterOf(option, letters)}, option.refused));
}

const offeredIn = (view: SeatView): readonly MoveOption[] => view.moves.filter(({verb}) => !isCommandVerb(verb));

function lettersOf(view: SeatView, map: Keymap): ReadonlyMap<string, string> {
	return lettersFor(view.side, [...new Set(offeredIn(view).map(({verb}) => verb))], map);
}

function letterOf(option: MoveOption, letters: ReadonlyMap<string, string>): {readonly letter?: string} {
	const letter = letters.get(option.verb);
	return letter === undefined ? {} : {letter};
}

function withRefusal(row: MenuRow, refused: string | undefined): MenuRow {
	return refused === undefined ? row : {...row, refused};
}

function rowOf(
	option: MoveOption,
	view: SeatView,
	selection: Selection,
	letters: ReadonlyMap<string, string>,
	preview: Previewing,
): MenuRow {
	const request = requestFor(option, view, selection.request);
	let notation = request === undefined ? option.template : fill(option.template, 'request', request);
	for (const slot of slotsOf(option, notation)) {
		const value = valueFor(slot, selection.picked);
		if (value !== undefined) notation = fill(notation, slot.name, value);
	}
	const row: MenuRow = {option, notation, ...letterOf(option, letters), ...(request === undefined ? {} : {request})};
	if (option.refused !== undefined && request === undefined) {
		// What is picked has a reason of its own.
		const own = isComplete(notation) && notation !== option.template ? refusalOf(option, notation, preview) : undefined;
		return withRefusal(row, own ?? option.refused);
	}
	const fitting = readyFor(option, notation);
	if (isComplete(notation) && !option.ready.includes(notation) && fitting.length > 0) return {...row, notation: `${notation} _`};
	if (fitting.length > 0 || option.ready.length >= readyLimit || takesText(option, notation)) return row;
	return withRefusal(row, refusalOf(option, notation, preview));
}

/** The selected request, for verbs whose object is a request that this seat sees. */
function requestFor(option: MoveOption, view: SeatView, selected: string | undefined): string | undefined {
	const [object] = option.choices;
	if (selected === undefined || object?.name !== 'request' || !/^\S+ _( |$)/.test(option.template)) return undefined;
	const named = new Set(option.ready.map(line => line.split(' ')[1]));
	const speaksOfOthers = named.size > 0 && ![...named].some(id => view.requests.some(request => request.id === id));
	return speaksOfOthers ? undefined : selected;
}

/** A slot with one candidate needs no choosing; picked parties go where parties are wanted. */
function valueFor(slot: Slot, picked: readonly string[]): string | undefined {
	if (slot.candidates.length === 1) return slot.candidates[0];
	if (picked.length === 0) return undefined;
	if (slot.name === 'parties')
		return slot.candidates.find(
			candidate => candidate.split(',').length === picked.length && picked.every(id => candidate.split(',').includes(id)),
		);
	return slot.candidates.find(candidate => candidate === picked.at(-1));
}

function takesText(option: MoveOption, notation: string): boolean {
	return slotsOf(option, notation).some(({candidates}) => candidates.length === 0);
}

/** Ready lines that a notation can still become. */
function readyFor(option: MoveOption, notation: string): readonly string[] {
	const given = tokensOf(notation).filter(token => !isOpenToken(token));
	return option.ready.filter(line => given.every(token => tokensOf(line).includes(token)));
}

/** Lines that give a verb's first name come before those that give only later ones: whom to inspect before which control. */
function byFirstName({choices}: MoveOption, lines: readonly string[]): readonly string[] {
	const rankOf = (line: string) => choices.findIndex(({name}) => line.includes(` ${name}=`));
	return lines.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** Why nothing that a notation can become is allowed: what the rules say of its first completion. */
function refusalOf(option: MoveOption, notation: string, preview: Previewing): string | undefined {
	let line = notation;
	for (const slot of slotsOf(option, notation)) line = fill(line, slot.name, slot.candidates[0] ?? '_');
	const answer = preview(line);
	return answer.ok ? undefined : answer.message;
}

const tokensOf = (notation: string): readonly string[] => notation.split(' ');
const isOpenToken = (token: string): boolean => token === '_' || token === '"_"' || token.endsWith('=_');

/** Objects to choose from: those that are listed, unless the ready lines speak of others alone, as of a request that is still to be made. */
function objectsOf({ready}: MoveOption, listed: readonly string[]): readonly string[] {
	const named = [...new Set(ready.flatMap(line => line.split(' ')[1] ?? []))];
	return named.length > 0 && !named.some(name => listed.includes(name)) && listed.length > 0 ? named : listed;
}

/** What a notation made from this option's template still lacks, in order. */
export function slotsOf(option: MoveOption, notation: string): readonly Slot[] {
	const templateTokens = tokensOf(option.template);
	const hasObject = templateTokens.some(token => token === '_' || token === '"_"');
	return tokensOf(notation).flatMap((token, index): Slot[] => {
		if (!isOpenToken(token)) return [];
		if (token === '_' && (index >= templateTokens.length || !hasObject))
			return [{name: wholeLine, candidates: byFirstName(option, readyFor(option, notation)), several: false}];
		const name = token.endsWith('=_') ? token.slice(0, -2) : (option.choices[0]?.name ?? 'object');
		const listed = option.choices.find(choice => choice.name === name)?.candidates ?? [];
		const candidates = token === '_' ? objectsOf(option, listed) : listed;
		return [
			{name, candidates, several: name === 'parties' && candidates.length > 0 && !candidates.some(candidate => candidate.includes(','))},
		];
	});
}

/** Puts a value in its place; a slot without a name of its own in the notation is the object. A whole line takes the place of all. */
export function fill(notation: string, name: string, value: string): string {
	if (name === wholeLine) return value;
	const tokens = [...tokensOf(notation)];
	const at = tokens.indexOf(`${name}=_`);
	if (at >= 0) tokens[at] = `${name}=${value}`;
	else if (tokens.includes('_')) tokens[tokens.indexOf('_')] = value;
	return tokens.join(' ');
}

export function isComplete(notation: string): boolean {
	return !tokensOf(notation).some(isOpenToken);
}

/** Candidates that lead to no legal line: only where the list of ready lines is complete, and never for sets of marked parties. */
export function refusedCandidates(option: MoveOption, notation: string, slot: Slot): ReadonlySet<string> {
	if (slot.several || slot.name === wholeLine || option.ready.length === 0 || option.ready.length >= readyLimit) return new Set();
	return new Set(slot.candidates.filter(candidate => readyFor(option, fill(notation, slot.name, candidate)).length === 0));
}

/** "1", or "0-1" where it depends on what is still to be chosen. */
export function costText(cost: readonly [number, number]): string {
	return cost[0] === cost[1] ? String(cost[0]) : `${cost[0]}-${cost[1]}`;
}

/** A free text as notation writes it. */
export function quoted(text: string): string {
	return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
