/** Who took part: the seats as the journal names them, with what people declared of who sat there. */
import type {Drill} from '../journal/drill.js';
import type {Declared} from './declared.js';
import {only, type Placed} from './played.js';

/** Who plays a seat, as line 1 of a journal says: `person`, `script` or `bot NAME`. */
export interface RosterEntry {
	readonly seat: string;
	readonly side: string;
	readonly player: string;
}

export interface Participant {
	readonly seat: string;
	/** What acts there; `not recorded` where the journal does not say. */
	readonly player: string;
	readonly isHuman: boolean | null;
	/** First and last move. */
	readonly moves: number;
	readonly from: {readonly turn: number; readonly line: number; readonly at?: string} | null;
	readonly to: {readonly turn: number; readonly line: number; readonly at?: string} | null;
	/** Declared: who sat there, empty where nobody said. */
	readonly people: ReadonlyArray<{readonly name: string; readonly function: string; readonly from: string; readonly to: string}>;
}

/** What line 1 says of who plays. */
interface Seating {
	readonly roster?: readonly RosterEntry[];
	readonly drill?: Drill;
}

export function participantsOf(entries: readonly Placed[], {roster = [], drill}: Seating, declared?: Declared): Participant[] {
	const moves = only(entries, 'move');
	const seats = [...new Set([...roster.map(({seat}) => seat), ...moves.map(({event}) => event.seat)])];
	const momentOf = (each: Placed | undefined) =>
		each === undefined ? null : {turn: each.turn, line: each.line, ...(each.at === undefined ? {} : {at: each.at})};
	return [
		...seats.map((seat): Participant => {
			const own = moves.filter(({event}) => event.seat === seat);
			const player = roster.find(entry => entry.seat === seat)?.player ?? (seat === 'table' ? 'whoever ran the exercise' : 'not recorded');
			return {
				seat,
				player,
				isHuman: player === 'person' ? true : /^(bot|script)\b/.test(player) ? false : null,
				moves: own.length,
				from: momentOf(own[0]),
				to: momentOf(own.at(-1)),
				people: peopleOf(seat, drill, declared),
			};
		}),
		// People at seats that the journal does not know: observers and evaluators make no moves.
		...[...new Set([...(declared?.participants ?? []).map(({seat}) => seat), ...(drill?.people ?? []).flatMap(person => person.seats)])]
			.filter(seat => !seats.includes(seat))
			.map(
				(seat): Participant => ({
					seat,
					player: 'person',
					isHuman: true,
					moves: 0,
					from: null,
					to: null,
					people: peopleOf(seat, drill, declared),
				}),
			),
	];
}

/** People of a drill's roster, which was fixed before the start, and those declared afterwards. */
function peopleOf(seat: string, drill: Drill | undefined, declared: Declared | undefined): Participant['people'] {
	const seated = (drill?.people ?? []).filter(person => person.seats.includes(seat));
	const told = (declared?.participants ?? []).filter(each => each.seat === seat);
	return [
		...seated.map(({name, function: role, isAbsent}) => ({name, function: isAbsent ? `${role}, absent` : role, from: '', to: ''})),
		...told.map(({name, function: role = '', from = '', to = ''}) => ({name, function: role, from, to})),
	];
}
