/**
 * What stops an unsafe line of moves: a control that the attack x control matrix names against an attack in it, or, where none does, a move that the
 * matrix names. Each was found by playing the same lines with it.
 */
import {controls as allControls, controlTitle} from '../engine/controls.js';
import {type Cell, cellName, matrix, type Row} from '../engine/matrix.js';
import {dealtRows, hasDrifted} from './deal-lines.js';
import type {Played} from './played.js';
import {afterAnswer, asDigest, inserted, type Line} from './test-lines.js';
import type {Trial} from './trial.js';

export type Remedy =
	| {
			readonly is: 'control';
			readonly control: string;
			readonly title: string;
			/** `swap-payload x bind-payload`. */
			readonly cell: string;
			readonly how: string;
			/** It was documented as on, and the world had turned it off. */
			readonly hasDrifted: boolean;
	  }
	| {readonly is: 'moves'; readonly lines: readonly string[]; readonly cell: string; readonly how: string};

export interface Found {
	readonly remedy: Remedy | null;
	/** The lines without which it does not happen; of a control, those that it makes safe. */
	readonly needed: readonly Line[];
	/** The lines that are safe with the remedy in. */
	readonly lines: readonly Line[];
	/** What the matrix named and what was tried, in order. */
	readonly tried: readonly string[];
}

/** A cell of the matrix against something in these lines: an act of the attackers, or the signing of what nobody asked for. */
interface Named {
	readonly row: Row;
	readonly cell: Cell;
	readonly line?: Line;
}

/**
 * Finds the first remedy, controls before moves.
 * @param all the moves as they were made: a control has to make these safe
 */
export function remedyFor(played: Played, trial: Trial, all: readonly Line[]): Found {
	const {scenario, deal} = played.game;
	const tried: string[] = [];
	const needed = trial.shortened(all);
	const named = cellsAgainst(played, needed);
	for (const {row, cell} of named.filter(({cell: {is}}) => is === 'control')) {
		const control = cell.by;
		const name = cellName(row, cell);
		const isDrifted = hasDrifted(scenario, deal.world, control);
		if ((isOn(played, control) && !isDrifted) || tried.includes(name)) continue;
		tried.push(name);
		if (!trial.isSafe(all, control, 0)) continue;
		// What is left of the moves may be what the control does not stop alone: erasing old shares helps nobody who never refreshes.
		const lines = trial.isSafe(needed, control) ? needed : trial.isSafe(all, control) ? trial.shortened(all, control) : null;
		if (lines === null) continue;
		const remedy: Remedy = {is: 'control', control, title: controlTitle(control), cell: name, how: cell.how, hasDrifted: isDrifted};
		return {remedy, needed: lines, lines, tried};
	}
	for (const {row, cell, line} of named.filter(({cell: {is}}) => is === 'move')) {
		const name = cellName(row, cell);
		for (const lines of line ? withMove(played, cell, line, needed) : []) {
			if (!tried.includes(name)) tried.push(name);
			if (!trial.isSafe(lines)) continue;
			const put = lines.filter(each => !needed.includes(each)).map(({turn, text}) => `turn ${turn}: ${text}`);
			return {remedy: {is: 'moves', lines: put, cell: name, how: cell.how}, needed, lines, tried};
		}
	}
	return {remedy: null, needed, lines: needed, tried};
}

function isOn({game}: Played, control: string): boolean {
	return (game.scenario.controls[control] ?? allControls.find(({id}) => id === control)?.standard ?? 'off') === 'on';
}

/** Cells against what the attackers did and what was dealt, the last act first; a request that nobody made counts as submitted. */
function cellsAgainst(played: Played, needed: readonly Line[]): Named[] {
	const {state} = played;
	const acts = needed.filter(({side}) => side === 'attackers').toReversed();
	const falseOnes = needed
		.filter(({side, text}) => side === 'operators' && /^(sign|retry) /.test(text))
		.flatMap(line => (state.requests[line.text.split(' ')[1]!]?.intent === null ? [line] : []));
	const cellsOf = (rows: readonly Row[], line?: Line): Named[] =>
		rows.flatMap(row => row.cells.filter(({does}) => does === 'stops').map(cell => ({row, cell, ...(line ? {line} : {})})));
	const made = (attack: string, line: Line) =>
		cellsOf(
			matrix.filter(row => row.attack === attack && !row.isDealt),
			line,
		);
	return [
		...acts.flatMap(line => made(line.text.split(' ', 1)[0]!, line)),
		...falseOnes.flatMap(line => made('submit', line)),
		...cellsOf(dealtRows(played)),
	];
}

/** The same lines with a move of the operators put in, at the turn of the act and then ever earlier. */
function withMove({state, game}: Played, cell: Cell, {turn, text}: Line, needed: readonly Line[]): Line[][] {
	const party = /\bparty=(\S+)/.exec(text)?.[1];
	const request = /^\S+ ([a-z][a-z0-9-]*)/.exec(text)?.[1] ?? '';
	const known = state.requests[request];
	const earlier = (move: string) =>
		Array.from({length: turn}, (_, back) => inserted(needed, [{turn: turn - back, side: 'operators', text: move}]));
	switch (cell.by) {
		case 'isolate':
			return party === undefined ? [] : earlier(`isolate party=${party}`);
		case 'inspect depth=full':
			return party === undefined ? [] : earlier(`inspect party=${party} depth=full`);
		case 'refresh':
			return earlier('refresh');
		case 'rotate':
			return earlier('rotate');
		case 'destroy-backups':
			return party === undefined ? [] : earlier(`destroy-backups party=${party}`);
		case 'reshare': {
			const {parties, threshold} = game.scenario;
			const others = Object.keys(parties).filter(id => id !== party && parties[id]!.holds);
			return others.length < threshold ? [] : earlier(`reshare threshold=${threshold} parties=${others.join(',')}`);
		}
		case 'call-back': {
			if (!known) return [];
			const waiting = needed.map(line => afterAnswer(line, request, known.opened)).toSorted((a, b) => a.turn - b.turn);
			return [inserted(waiting, [{turn: known.opened, side: 'operators', text: `call-back ${request}`}])];
		}
		case 'approve basis=digest':
			return known ? [needed.map(line => asDigest(line, request))] : [];
		default:
			return [];
	}
}
