/** Rosters of drills: who sits where, a line each, and what was agreed on beforehand. A file's every mistake is said with its place. */
import type {Agreed, Person} from '../journal/drill.js';
import {didYouMean, harmless, oneOf} from '../scenario/diagnostic.js';
import {clean} from './plain-text.js';

/** A finding: line and column count from 1. */
export interface RosterProblem {
	readonly line: number;
	readonly column: number;
	readonly message: string;
	readonly expected?: string | undefined;
	readonly hint?: string | undefined;
	readonly sourceLine: string;
}

export interface RosterFile {
	readonly people: readonly Person[];
	/** Bots that play a whole side. */
	readonly bots: Readonly<Partial<Record<'operators' | 'attackers', string>>>;
	readonly agreed: Partial<Agreed>;
	readonly problems: readonly RosterProblem[];
}

export interface RosterNames {
	readonly seats: readonly string[];
	/** Bots by side; without a list, none can be named. */
	readonly bots?: Readonly<Record<'operators' | 'attackers', readonly string[]>>;
}

const agreements = ['may freeze', 'may recover', 'objective', 'criterion'] as const;

interface Cell {
	readonly text: string;
	readonly column: number;
}

/** Cells between separators, without the space around them. `from` is the column of the text's first character. */
function cells(text: string, separator: string, from: number): Cell[] {
	let column = from;
	return text.split(separator).map(part => {
		const cell = {text: part.trim(), column: column + (part.length - part.trimStart().length)};
		column += part.length + separator.length;
		return cell;
	});
}

/**
 * Reads a roster. A line seats a person: `SEAT[, SEAT]: NAME[, FUNCTION][, absent]`; a person may have several lines, and a seat several
 * people. `attackers: bot NAME` gives a side to a bot. `may freeze:`, `may recover:`, `objective:` and `criterion:` say what was agreed. `#`
 * begins a comment.
 */
export function parseRoster(text: string, {seats, bots}: RosterNames): RosterFile {
	const people = new Map<string, {name: string; function: string; seats: string[]; isAbsent: boolean}>();
	const played: Partial<Record<'operators' | 'attackers', string>> = {};
	const agreed: {freeze?: string; recover?: string; objectives?: string[]; criteria?: string[]} = {};
	const problems: RosterProblem[] = [];
	const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
	for (const [index, raw] of lines.entries()) {
		const say = (column: number, message: string, more: Pick<RosterProblem, 'expected' | 'hint'> = {}): void => {
			problems.push({line: index + 1, column, message, ...more, sourceLine: raw});
		};
		const line = clean(raw.replace(/(^|\s)#.*$/, ''));
		if (line.trim() === '') continue;
		const start = line.length - line.trimStart().length + 1;
		const colon = line.indexOf(':');
		const rest = line.slice(colon + 1).trim();
		if (colon < 0 || line.slice(0, colon).trim() === '') {
			say(start, `expected SEAT: NAME, FUNCTION, got "${line.trim()}"`);
			continue;
		}
		if (rest === '') {
			say(line.length + 1, 'nothing stands after the colon', {expected: 'a name, and after a comma a function'});
			continue;
		}
		const key = line.slice(0, colon).trim().toLowerCase();
		const agreement = agreements.find(word => word === key && !seats.includes(key));
		if (agreement) {
			if (agreement === 'objective') agreed.objectives = [...(agreed.objectives ?? []), rest];
			else if (agreement === 'criterion') agreed.criteria = [...(agreed.criteria ?? []), rest];
			else {
				const name = agreement === 'may freeze' ? 'freeze' : 'recover';
				if (agreed[name] !== undefined) say(start, `"${agreement}" was answered before`, {hint: 'Put all of the answer on one line.'});
				agreed[name] = rest;
			}
			continue;
		}
		const named = cells(line.slice(0, colon), ',', 1).map(cell => ({...cell, text: cell.text.toLowerCase()}));
		const unknown = named.find(cell => !seats.includes(cell.text));
		if (unknown) {
			say(unknown.column, `there is no seat "${unknown.text}"`, {
				expected: oneOf([...seats, ...agreements]),
				hint: didYouMean(unknown.text, [...seats, ...agreements]),
			});
			continue;
		}
		const [first, ...more] = cells(line.slice(colon + 1), ',', colon + 2);
		const {text: name, column} = first!;
		const bot = /^bot(?:\s+(\S+))?$/.exec(name);
		if (bot) {
			const side = named.length === 1 && (named[0]!.text === 'operators' || named[0]!.text === 'attackers') ? named[0]!.text : undefined;
			const known = side && bots?.[side];
			const wanted = bot[1] ?? known?.[0];
			if (!side)
				say(column, 'a bot plays a whole side, not a seat of it', {hint: 'Leave the seat out, and whoever is there speaks for it.'});
			else if (!known || wanted === undefined || !known.includes(wanted))
				say(column, `there is no bot "${wanted ?? ''}" for the ${side}`, {expected: oneOf(known ?? [])});
			else played[side] = wanted;
			continue;
		}
		if (name === '') {
			say(column, 'the name is missing', {expected: 'SEAT: NAME, FUNCTION'});
			continue;
		}
		const isAbsent = more.at(-1)?.text.toLowerCase() === 'absent';
		const role = (isAbsent ? more.slice(0, -1) : more)
			.map(cell => cell.text)
			.filter(Boolean)
			.join(', ');
		const person = people.get(name) ?? {name, function: '', seats: [], isAbsent};
		const twice = named.find(cell => person.seats.includes(cell.text));
		if (twice) say(twice.column, `${name} has the seat ${twice.text} already`);
		else if (person.function !== '' && role !== '' && role !== person.function)
			say(more[0]!.column, `${name} is ${person.function} in a line before`, {hint: 'Say the function once; two people need two names.'});
		people.set(name, {
			...person,
			function: role === '' ? person.function : role,
			seats: [...person.seats, ...named.map(cell => cell.text).filter(seat => !person.seats.includes(seat))],
			isAbsent: person.isAbsent || isAbsent,
		});
	}
	return {people: [...people.values()], bots: played, agreed, problems};
}

/** A finding as `check` shows its own: place, message, the line with a caret, what was expected, what to do. */
export function formatRosterProblem(file: string, {line, column, message, expected, hint, sourceLine}: RosterProblem): string {
	const gutter = ' '.repeat(String(line).length);
	return [
		`${harmless(file)}:${line}:${column}: error: ${harmless(message)}`,
		...(sourceLine.trim() === ''
			? []
			: [
					`${line} | ${harmless(sourceLine.slice(0, 120), true)}`,
					`${gutter} | ${harmless(sourceLine.slice(0, Math.min(column - 1, 120)), true).replace(/[^\t]/g, ' ')}^`,
				]),
		...(expected === undefined ? [] : [`  expected ${harmless(expected)}`]),
		...(hint === undefined ? [] : [`  ${harmless(hint)}`]),
	].join('\n');
}
