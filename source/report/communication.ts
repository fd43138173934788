/** Communication: who was told what, when, and by whose authority. Both directions: what reached the table, and what the table said. */
import type {Placed} from './played.js';

export interface Communication {
	readonly turn: number;
	readonly line: number;
	readonly at?: string;
	readonly from: string;
	readonly to: string;
	readonly what: string;
	/** Whose decision it was: a seat of the table, or the sender. */
	readonly authority: string;
}

/** Announcements, call-backs and their answers, and what outsiders told the table. */
export function communicationOf(entries: readonly Placed[]): Communication[] {
	const found: Communication[] = [];
	for (const {event, turn, line, at} of entries) {
		const moment = {turn, line, ...(at === undefined ? {} : {at})};
		if (event.type === 'move' && event.side === 'operators') {
			const announced = /^announce (\S+) to=(.+)$/.exec(event.text);
			if (announced)
				found.push({
					...moment,
					from: 'the table',
					to: announced[2]!.replace(/^"|"$/g, ''),
					what: `not to honour ${announced[1]}`,
					authority: event.seat,
				});
			const called = /^call-back (\S+)/.exec(event.text);
			if (called)
				found.push({
					...moment,
					from: 'the table',
					to: `the requester of ${called[1]}`,
					what: `whether ${called[1]} is theirs`,
					authority: event.seat,
				});
		}
		if (event.type === 'told' && event.side === 'operators' && ['inject', 'answer', 'statement', 'question'].includes(event.entry.kind))
			found.push({...moment, from: event.entry.from, to: 'the table', what: event.entry.text, authority: event.entry.from});
	}
	return found;
}
