/**
 * The engine: the rules of the game as pure functions over one state. It may import sharing, ceremony, scenario and
 * machines, and touches no file, no clock and no chance but the named draws of the seed.
 *
 * This file is move notation: a verb, then its object, then `name=value`, one line of text that is the same in the
 * prompt, the journal, transcripts, scenario tests and moves files.
 */
import {remembered} from '../ceremony/remembered.js';

/** One move. `args` keeps the order in which the catalogue lists the parameters when it is printed. */
export interface Move {
	readonly verb: string;
	readonly object?: string;
	readonly args: Readonly<Record<string, string>>;
}

/** A line that is not a move: `column` is 1-based within the line. */
export class NotationError extends Error {
	readonly column: number;
	readonly hint: string | undefined;
	/** What would have been read there instead of a word that is not known. */
	readonly known: readonly string[];
	constructor(message: string, column: number, hint?: string, known: readonly string[] = []) {
		super(message);
		this.name = 'NotationError';
		this.column = column;
		this.hint = hint;
		this.known = known;
	}
}

/** A line whose first word is no verb of its side. Where verbs are listed is for the surface to say on which it was typed. */
export class UnknownVerb extends NotationError {}

interface Word {
	readonly text: string;
	readonly column: number;
	/** Position of the first unquoted `=`, or -1. */
	readonly equals: number;
}

/** Splits a line at spaces; double quotes keep spaces together, and `\"` stands for a quote within them. */
function words(line: string): Word[] {
	const found: Word[] = [];
	let index = 0;
	while (index < line.length) {
		if (/\s/.test(line[index]!)) {
			index += 1;
			continue;
		}
		const column = index + 1;
		let text = '';
		let equals = -1;
		let isQuoted = false;
		while (index < line.length && (isQuoted || !/\s/.test(line[index]!))) {
			const char = line[index]!;
			if (isQuoted && char === '\\' && (line[index + 1] === '"' || line[index + 1] === '\\')) {
				text += line[index + 1];
				index += 2;
				continue;
			}
			if (char === '"') {
				isQuoted = !isQuoted;
			} else {
				if (char === '=' && !isQuoted && equals < 0) equals = text.length;
				text += char;
			}
			index += 1;
		}
		if (isQuoted) throw new NotationError('a quote is opened and never closed', column, 'end the text with "');
		found.push({text, column, equals});
	}
	return found;
}

/**
 * Parses one line of notation.
 * @throws {NotationError} with the column, when the line has no verb, two objects, or a name given twice.
 */
export function parseNotation(line: string): Notation {
	return readNotation(line);
}

interface Notation extends Move {
	/** 1-based, of the verb, the object and each name. */
	readonly columns: Readonly<Record<string, number>>;
}

/** The same lines come again and again, in one game and in the next. */
const readNotation = remembered((line: string): Notation => {
	const [first, ...rest] = words(line);
	if (!first) throw new NotationError('expected a verb', 1, 'for example: approve payroll party=ada basis=digest');
	if (first.equals >= 0) throw new NotationError(`expected a verb before "${first.text}"`, first.column);
	const columns = new Map([['verb', first.column]]);
	const args = new Map<string, string>();
	let object: string | undefined;
	for (const word of rest) {
		if (word.equals < 0) {
			if (object !== undefined)
				throw new NotationError(
					`"${word.text}" is a second object; a move has one`,
					word.column,
					'put texts in quotes, write the rest as name=value',
				);
			object = word.text;
			columns.set('object', word.column);
			continue;
		}
		const name = word.text.slice(0, word.equals);
		const value = word.text.slice(word.equals + 1);
		if (name === '') throw new NotationError('expected a name before "="', word.column);
		if (args.has(name)) throw new NotationError(`"${name}" is given twice`, word.column);
		args.set(name, value);
		columns.set(name, word.column);
	}
	return {
		verb: first.text,
		...(object === undefined ? {} : {object}),
		args: Object.fromEntries(args),
		columns: Object.fromEntries(columns),
	};
});

/** The verb of a line that was printed: what stands before its first space. */
export function verbIn(line: string): string {
	const end = line.indexOf(' ');
	return end < 0 ? line : line.slice(0, end);
}

function quoted(text: string): string {
	return /^[^\s"=\\]+$/.test(text) ? text : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** Prints a move; `order` is the catalogue's order of parameters, others follow alphabetically. */
export function printMove(move: Move, order: readonly string[] = []): string {
	const {verb, object, args} = move;
	let line = object === undefined ? verb : `${verb} ${quoted(object)}`;
	const given = Object.keys(args);
	const known = order.filter(name => given.includes(name));
	const others = known.length === given.length ? [] : given.filter(name => !known.includes(name)).sort();
	for (const name of [...known, ...others]) line += ` ${name}=${quoted(args[name]!)}`;
	return line;
}
