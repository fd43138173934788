/** The moves of a game as lines of a scenario's test, and the ways in which such lines are changed. */
import {parseMove, print, toDealt} from '../engine/catalogue.js';
import {lineOfMoves, type Played} from './played.js';

/** A move of the game in the roles of the file. */
export interface Line {
	readonly turn: number;
	readonly side: 'operators' | 'attackers';
	readonly text: string;
}

/** The moves that matter, in the ids of the file: no notes, no ends of turns, nothing that was taken back. */
export function linesOf(played: Played, last: number): Line[] {
	const {partyOf} = played.game.deal;
	const roleOf = Object.fromEntries(Object.entries(partyOf).map(([role, party]) => [party, role]));
	const names = {
		parties: Object.keys(played.state.parties),
		requests: Object.keys(played.state.requests),
		places: played.game.deal.places,
	};
	return lineOfMoves(played).flatMap(({side, text, turn}) => {
		if ((side !== 'operators' && side !== 'attackers') || turn > last || turn === 0) return [];
		const move = parseMove(text, side, names);
		if (move.verb === 'end-turn' || move.verb === 'note') return [];
		return [{turn, side, text: print(toDealt(move, side, roleOf), side)}];
	});
}

/** Lines as a test writes them; both sides end the last turn, so that it resolves. */
export function block(lines: readonly Line[], last: number): string {
	const rows: string[] = [];
	let turn = 1;
	for (const line of lines) {
		if (line.turn > turn) {
			turn = line.turn;
			rows.push(`turn ${turn}`);
		}
		rows.push(`${line.side}: ${line.text}`);
	}
	if (turn < last) rows.push(`turn ${last}`);
	return `${[...rows, 'operators: end-turn'].join('\n')}\n`;
}

/** The lines with others put in, each before the operators' first move of its turn. */
export function inserted(lines: readonly Line[], put: readonly Line[]): Line[] {
	const all = [...lines];
	for (const line of put) {
		const at = all.findIndex(each => each.turn > line.turn || (each.turn === line.turn && each.side === 'operators'));
		all.splice(at < 0 ? all.length : at, 0, line);
	}
	return all;
}

/** An approval of a request on what is displayed rests on the digest instead. */
export function asDigest(line: Line, request: string): Line {
	return line.side === 'operators' && line.text.startsWith(`approve ${request} `) && line.text.endsWith('basis=display')
		? {...line, text: line.text.replace(/basis=display$/, 'basis=digest')}
		: line;
}

/** What was done for a request waits for the answer to a call-back, and rests on it. */
export function afterAnswer(line: Line, request: string, opened: number): Line {
	if (line.side !== 'operators' || !new RegExp(`^(approve|sign|retry) ${request} `).test(line.text)) return line;
	return {...line, turn: Math.max(line.turn, opened + 1), text: line.text.replace(/basis=(display|digest)$/, 'basis=callback')};
}
