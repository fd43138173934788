/** Events of the game's course, in words: moves and turns, notes and what is told, points, and the end. */
import type {EventOf} from '../engine/events.js';
import {equationOf} from './equation.js';
import type {DetailsByType} from './event-details.js';
import {counted} from './plain-text.js';

export const ofPlay: DetailsByType = {
	move: event => ({
		what: `${by(event)}: ${event.text}${event.cost > 0 ? ` (cost ${event.cost})` : ''}`,
	}),
	'taken-back': event => ({what: `${by(event)} take back: ${event.text}`}),
	'hint-asked': event => ({what: `${event.by} are shown a suggestion of the program`}),
	'turn-began': event => ({what: `turn ${event.turn} begins`}),
	branched: event => ({what: `branch ${event.name} of ${event.of}: what was played there after line ${event.line} is left`}),
	stopped: () => ({what: 'the exercise is stopped'}),
	told: event => ({
		what: `told to the ${event.side}, from ${event.entry.from}: ${event.entry.text}`,
		...(event.entry.check ? {equations: [equationOf(event.entry.check)]} : {}),
	}),
	noted: event => ({what: `note of the ${event.side}: ${event.text}${event.suspect === undefined ? '' : ` (suspects ${event.suspect})`}`}),
	detected: event => ({what: `detected: ${event.what}`}),
	tallied: event => ({what: `${event.tally.points} points off ${event.tally.station}: ${event.tally.because}`}),
	'game-ends-at': event => ({
		what: `the game ends with turn ${event.turn}${event.unauthorised ? ': an unauthorised output is final' : ''}`,
	}),
	ended: event => ({what: `the game is over: ${event.end.outcome}`, reason: event.end.reason}),
	closed: event => ({what: `the journal is closed after ${counted(event.turns, 'turn')}: ${event.outcome}`, reason: event.reason}),
};

/** The side, and the seat of it that moved. */
function by({side, seat}: EventOf<'move' | 'taken-back'>): string {
	return seat === side ? side : `${side} (${seat})`;
}
