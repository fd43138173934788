/** What the table is asked after a game: the scenario's questions, and those that its injects asked on the way. */
import {only, type Played, standing} from './played.js';

/** The questions in the order in which the debrief prints them. */
export function questionsOf({game, entries}: Pick<Played, 'game' | 'state' | 'entries' | 'head'>): string[] {
	return [
		...game.scenario.questions,
		...only(standing(entries), 'told')
			.filter(({event}) => event.entry.kind === 'question')
			.map(({event, turn}) => `Turn ${turn}: ${event.entry.text}`),
	];
}
