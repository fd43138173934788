/** A drill around a table: who sits there, what was agreed before the start, and, from the moves on record, who is there now and what the clock says. */
import {createHash} from 'node:crypto';
import {z} from 'zod';
import type {GameEvent} from '../engine/events.js';
import {parseNotation} from '../engine/move.js';
import {canonicalText} from './canonical.js';

const personSchema = z.object({
	name: z.string(),
	/** What the person does in the organisation. */
	function: z.string(),
	/** commander, parties, sides, facilitator, evaluator, observer: one person may have several, and a seat several people. */
	seats: z.array(z.string()),
	/** On the roster, and not at the table: a key person who is missing is a test of its own. */
	isAbsent: z.boolean(),
});
export type Person = Readonly<z.output<typeof personSchema>>;

const agreedSchema = z.object({
	/** The table's answers to "who may freeze?" and "who may recover?". */
	freeze: z.string(),
	recover: z.string(),
	objectives: z.array(z.string()),
	/** What each rating means here. */
	criteria: z.array(z.string()),
});
/** Fixed before the start, so that nobody can choose afterwards what was to be shown. */
export type Agreed = Readonly<z.output<typeof agreedSchema>>;

export const drillSchema = z.object({
	minutes: z.number(),
	/** A rehearsal may have a seed that somebody typed. */
	isRehearsal: z.boolean(),
	people: z.array(personSchema),
	agreed: agreedSchema,
	/** SHA-256 of the canonical JSON of `agreed`, to be read out and written down. */
	agreedSha256: z.string(),
});
export type Drill = Readonly<z.output<typeof drillSchema>>;

/** The drill as line 0 has it: the hash follows from what was agreed. */
export function drillOf({minutes, isRehearsal, people, agreed}: Omit<Drill, 'agreedSha256'>): Drill {
	return {
		minutes,
		isRehearsal,
		people,
		agreed,
		agreedSha256: createHash('sha256').update(canonicalText(agreed), 'utf8').digest('hex'),
	};
}

/** Who is at the table after the moves of the facilitator: late joiners are there, those who left and those who are absent are not. */
export function presentAt({people}: Pick<Drill, 'people'>, events: readonly GameEvent[]): readonly Person[] {
	const present = new Map(people.filter(({isAbsent}) => !isAbsent).map(person => [person.name, person]));
	for (const event of events) {
		if (event.type !== 'move' || event.side !== 'table') continue;
		const {verb, object = '', args} = parseNotation(event.text);
		if (verb === 'leave') present.delete(object);
		if (verb !== 'join') continue;
		const known = present.get(object) ?? people.find(({name}) => name === object);
		present.set(object, {
			name: object,
			function: args.function ?? known?.function ?? '',
			seats: [...new Set([...(known?.seats ?? []), args.seat ?? ''])],
			isAbsent: false,
		});
	}
	return [...present.values()];
}

export interface DrillClock {
	/** Seconds that are left; negative when the table is over its time. */
	readonly left: number;
	/** It stands before the first turn, in a pause, and after the last turn. */
	readonly isRunning: boolean;
}

/** What the clock says at a time (RFC 3339), from the times of the moves on record: it runs while a turn is under way and no pause stops it. */
export function clockAt({minutes}: Pick<Drill, 'minutes'>, events: readonly GameEvent[], now: string): DrillClock {
	let used = 0;
	let given = minutes * 60_000;
	let isRunning = false;
	let last: number | undefined;
	const pass = (time: number): void => {
		if (isRunning && last !== undefined) used += Math.max(0, time - last);
		last = time;
	};
	for (const event of events) {
		if ((event.type === 'move' || event.type === 'taken-back') && event.at !== undefined) pass(Date.parse(event.at));
		if (event.type === 'move' && event.side === 'table' && event.text.startsWith('extend '))
			given += Number(parseNotation(event.text).args.minutes) * 60_000;
		if (event.type === 'stepped' && event.machine === 'exercise') isRunning = typeof event.to === 'object' && 'turn' in event.to;
	}
	pass(Date.parse(now));
	return {left: Math.floor((given - used) / 1000), isRunning};
}
