/** Moves files: a line per move (`operators: ...`, `attackers: ...`), `turn N` to play on to a turn, `#` for comments. */

import {parseMove, splitSide} from '../engine/catalogue.js';
import {NotationError, UnknownVerb} from '../engine/move.js';
import type {Verb} from '../engine/verb.js';
import {withoutComment} from '../scenario/move-lines.js';
import {CommandError} from './command-error.js';

/** Where a line stands, for messages: `file:line:column`. */
interface Place {
	readonly file: string;
	readonly line: number;
	/** Column of the move after its side. */
	readonly column: number;
}

export type Step =
	| {readonly kind: 'move'; readonly side: Verb['side']; readonly text: string; readonly place: Place}
	| {readonly kind: 'turn'; readonly turn: number; readonly place: Place};

/** The names that moves may use: parties and requests of the scenario, as players see them. */
interface Names {
	readonly parties: readonly string[];
	readonly requests: readonly string[];
}

/** `file:line:column: message`, with what would be right. */
export function moveError({file, line, column}: Place, message: string, hint?: string): CommandError {
	return new CommandError(`${file}:${line}:${column}: ${message}${hint === undefined ? '' : `\n  ${hint}`}`);
}

/**
 * Reads a moves file. Every line is parsed against the catalogue before anything is played.
 * @param file its name in messages
 * @throws {CommandError} for the first line that is no move.
 */
export function parseMoves(text: string, file: string, names: Names): Step[] {
	const steps: Step[] = [];
	text
		.replace(/^\ufeff/, '')
		.split(/\r\n|\r|\n/)
		.forEach((raw, index) => {
			const step = parseStep(withoutComment(raw), {file, line: index + 1}, names);
			if (step) steps.push(step);
		});
	return steps;
}

function parseStep(raw: string, where: Pick<Place, 'file' | 'line'>, names: Names): Step | null {
	const indent = raw.length - raw.trimStart().length;
	const line = raw.trim();
	if (line === '') return null;
	const turn = /^turn\s+(\d{1,3})$/.exec(line);
	if (turn) return {kind: 'turn', turn: Number(turn[1]), place: {...where, column: indent + 1}};
	let offset = indent;
	try {
		const {side, text, offset: start} = splitSide(line);
		if (side === 'world') {
			throw new NotationError(
				'lines of the world belong in a scenario, not in a moves file',
				1,
				'expected operators:, attackers: or table:',
			);
		}
		offset += start;
		parseMove(text, side, names);
		return {kind: 'move', side, text, place: {...where, column: offset + 1}};
	} catch (error) {
		if (!(error instanceof NotationError)) throw error;
		const listed = error instanceof UnknownVerb ? ['quorum-call verbs lists all verbs'] : [];
		const hint = [...(error.hint === undefined ? [] : [error.hint]), ...listed].join(' ');
		throw moveError({...where, column: offset + error.column}, error.message, hint === '' ? undefined : hint);
	}
}
