/** What a debrief says of a drill as a drill: who took part, what was agreed before the start, what the facilitator did, who was heard. */
import type {EventOf} from '../engine/events.js';
import {parseNotation} from '../engine/move.js';
import {type Drill, type Person, presentAt} from '../journal/drill.js';
import {momentWords} from './debrief-words.js';
import {heading, list, paragraph, type Section, table} from './document.js';
import {counted, listed} from './plain-text.js';
import {type Entry, only, type Placed, place} from './played.js';

export interface DrillParticipant extends Person {
	/** Moves for which this person spoke, the first and the last of them; a note is a move. */
	readonly moves: number;
	readonly first?: {readonly turn: number; readonly line: number; readonly at?: string};
	readonly last?: {readonly turn: number; readonly line: number; readonly at?: string};
	/** When a late joiner sat down, or somebody left. */
	readonly joined?: number;
	readonly left?: number;
	/** Turns in which this person put on record what they believed. */
	readonly believed: readonly number[];
}

export interface DrillReport {
	readonly minutes: number;
	readonly isRehearsal: boolean;
	readonly agreed: Drill['agreed'];
	readonly agreedSha256: string;
	readonly participants: readonly DrillParticipant[];
	/** Everything that the facilitator did. */
	readonly facilitator: ReadonlyArray<{readonly turn: number; readonly line: number; readonly at?: string; readonly text: string}>;
	/** What was done for a party's custodian by somebody who has no seat there. */
	readonly forOthers: ReadonlyArray<{readonly turn: number; readonly line: number; readonly person: string; readonly text: string}>;
}

type Moved = Placed & {readonly event: EventOf<'move'>};

const momentOf = ({turn, line, at}: Placed) => ({turn, line, ...(at === undefined ? {} : {at})});

/** What only a party's custodian does: an approval, a denial. */
const custodians: ReadonlySet<string> = new Set(['approve', 'deny']);

/** The report of a drill, from line 1 and the moves on record. */
export function drillReport({minutes, isRehearsal, people, agreed, agreedSha256}: Drill, entries: readonly Entry[]): DrillReport {
	const moves = only(place(entries), 'move');
	const isFacilitators = ({event: {side, text}}: Moved) => side === 'table' && text !== 'begin' && text !== 'close';
	const events = entries.map(({event}) => event);
	// Everybody who ever sat there: those of the start, and those who joined.
	const all = new Map(people.map(person => [person.name, person]));
	for (const index of moves.keys()) {
		const move = moves[index]!;
		if (!isFacilitators(move) || !move.event.text.startsWith('join ')) continue;
		const upTo = events.slice(0, entries.findIndex(({line}) => line === move.line) + 1);
		for (const person of presentAt({people}, upTo)) all.set(person.name, person);
	}
	const named = (verb: string, name: string) =>
		moves.findLast(move => {
			if (!isFacilitators(move)) return false;
			const parsed = parseNotation(move.event.text);
			return parsed.verb === verb && parsed.object === name;
		});
	return {
		minutes,
		isRehearsal,
		agreed,
		agreedSha256,
		participants: [...all.values()].map((person): DrillParticipant => {
			const own = moves.filter(({event}) => event.person === person.name);
			const [first, last] = [own[0], own.at(-1)];
			const joined = named('join', person.name);
			const left = named('leave', person.name);
			return {
				...person,
				moves: own.length,
				...(first ? {first: momentOf(first)} : {}),
				...(last ? {last: momentOf(last)} : {}),
				...(joined ? {joined: joined.turn} : {}),
				...(left ? {left: left.turn} : {}),
				believed: [...new Set(own.filter(({event}) => event.side !== 'table' && event.text.startsWith('note ')).map(({turn}) => turn))],
			};
		}),
		facilitator: moves.filter(isFacilitators).map(move => ({...momentOf(move), text: move.event.text})),
		forOthers: moves.flatMap(({event: {person, text, side}, turn, line}) => {
			if (person === undefined || side !== 'operators') return [];
			const {verb, args} = parseNotation(text);
			const seats = all.get(person)?.seats ?? [];
			return custodians.has(verb) && args.party !== undefined && !seats.includes(args.party) ? [{turn, line, person, text}] : [];
		}),
	};
}

/** The report as a section of the debrief. */
export function drillSection(report: DrillReport): Section {
	const when = (moment: DrillParticipant['first']) => (moment === undefined ? '' : momentWords(moment));
	const {agreed} = report;
	const silent = report.participants.filter(person => plays(person) && !person.isAbsent && person.believed.length === 0);
	return {
		id: 'drill',
		title: 'The drill',
		origin: 'names, functions and seats declared before the start (line 1) or by the facilitator; moves computed',
		blocks: [
			paragraph(
				`Around one screen, ${counted(report.minutes, 'minute')} on the clock.`,
				...(report.isRehearsal ? [' ', {strong: 'A rehearsal'}, ': its seed could be typed, and known.'] : []),
			),
			...table(
				'Who sat at the table',
				['name', 'function', 'seats', 'moves', 'from', 'to', 'said what they believed in'],
				report.participants.map(person => [
					person.name,
					person.function,
					person.seats.join(', '),
					String(person.moves),
					person.joined === undefined ? (person.isAbsent ? 'absent' : when(person.first)) : `joined in turn ${person.joined}`,
					person.left === undefined ? when(person.last) : `left in turn ${person.left}`,
					person.believed.map(turn => `turn ${turn}`).join(', '),
				]),
			),
			...(silent.length > 0 ? [paragraph(`Never said what they believed: ${listed(silent.map(({name}) => name))}.`)] : []),
			...(report.forOthers.length > 0
				? [
						paragraph('Done for a custodian by somebody without a seat there:'),
						...list(report.forOthers.map(({turn, line, person, text}) => [`turn ${turn}, line ${line}: `, {code: text}, ` by ${person}`])),
					]
				: []),
			heading('Agreed before the start'),
			paragraph('Declared before the start; SHA-256 of all of it in line 1 of the journal: ', {code: report.agreedSha256}),
			...list([
				`Who may freeze? ${agreed.freeze}`,
				`Who may recover? ${agreed.recover}`,
				...agreed.objectives.map(text => `Objective: ${text}`),
				...agreed.criteria.map(text => `Rating: ${text}`),
			]),
			heading('What the facilitator did'),
			...(report.facilitator.length === 0
				? [paragraph('Nothing: the exercise ran by itself.')]
				: list(report.facilitator.map(({text, ...moment}) => [`${when(moment)}: `, {code: text}]))),
		],
	};
}

/** Facilitators, evaluators and observers play no side. */
function plays({seats}: Person): boolean {
	return seats.some(seat => !['facilitator', 'evaluator', 'observer'].includes(seat));
}
