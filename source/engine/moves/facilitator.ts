/**
 * Verbs of the facilitator of a drill. Each is a move on record at no cost: what it says to a side it tells that side, what it does to a
 * party is what the world does to parties, and none of them can set an outcome.
 */
import {type Deciding, Refusal} from '../deciding.js';
import type {Move} from '../move.js';
import type {Parameter, Verb} from '../verb.js';
import type {Side} from '../view.js';
import {silence} from './world.js';

const text: Parameter = {name: 'text', kind: 'text', about: 'a text in quotes'};
const name: Parameter = {name: 'name', kind: 'text', about: 'the name of a person'};
const reader: Parameter = {name: 'to', kind: 'name', optional: true, about: 'operators, attackers, or a seat (default: operators)'};
const party: Parameter = {name: 'party', kind: 'party', about: 'a party'};

type FacilitatorVerb = Pick<Verb, 'name' | 'does' | 'run'> &
	Partial<Pick<Verb, 'object' | 'parameters' | 'check' | 'needs' | 'raises' | 'settles' | 'audience'>>;

/** They run while a turn is under way, paused or not, unless their check says otherwise. */
function facilitatorVerb(verb: FacilitatorVerb): Verb {
	return {
		parameters: [],
		needs: 'a turn under way',
		raises: [],
		check: underWay,
		...verb,
		side: 'table',
		station: 'transcript',
		cost: [0, 0],
	};
}

function underWay(deciding: Deciding): void {
	deciding.need('exercise', '', {type: 'exercise.stop'}, 'no turn is under way');
}

/** People come, go and are remarked on before the first turn and in the hot wash too. */
function notClosed(deciding: Deciding): void {
	if (deciding.is('exercise', '', 'closed')) throw new Refusal('the exercise is closed');
}

/** Seats at the table: the sides, the commander, each party's custodian, and those who play no side. */
function seatsOf({state}: Deciding): readonly string[] {
	return ['operators', 'attackers', 'commander', ...Object.keys(state.parties), 'facilitator', 'evaluator', 'observer'];
}

/** The side that reads what is told to a seat. */
function sideOf({args}: Move): Side {
	return args.to === 'attackers' ? 'attackers' : 'operators';
}

function checkReader(deciding: Deciding, {args}: Move): void {
	underWay(deciding);
	const readers = ['operators', 'attackers', 'commander', ...Object.keys(deciding.state.parties)];
	if (args.to !== undefined && !readers.includes(args.to))
		throw new Refusal(`there is no seat "${args.to}" to tell; expected one of ${readers.join(', ')}`);
}

/** "To ben: ..." where it is for one seat of a side. */
function addressed({args}: Move, words: string): string {
	return args.to === undefined || args.to === 'operators' || args.to === 'attackers' ? words : `To ${args.to}: ${words}`;
}

/** Somebody answers for a party whose custodian was absent. */
function standIn(deciding: Deciding, party: string, who: string): void {
	deciding.emit('operators', {type: 'custodian-absent', party, isAbsent: false});
	deciding.offer('party', party, {type: 'party.heard'}, 'operators');
	deciding.tell('operators', 'inject', 'facilitator', `${who} answers for ${party} now.`);
}

function within(value: string, most: number, what: string): number {
	const number = Number(value);
	if (number < 1 || number > most) throw new Refusal(`${what} is 1 to ${most}, got ${value}`);
	return number;
}

export const facilitatorVerbs: readonly Verb[] = [
	facilitatorVerb({
		name: 'inject',
		object: text,
		parameters: [reader, {name: 'from', kind: 'text', optional: true, about: 'who says it (default: the facilitator)'}],
		does: 'tells a side or a seat something that the scenario does not hold',
		settles: true,
		audience: sideOf,
		check: checkReader,
		run: (deciding, move) => deciding.tell(sideOf(move), 'inject', move.args.from ?? 'facilitator', addressed(move, move.object ?? '')),
	}),
	facilitatorVerb({
		name: 'hint',
		object: text,
		parameters: [reader],
		does: 'gives a side or a seat a hint, which the debrief lists',
		settles: true,
		audience: sideOf,
		check: checkReader,
		run: (deciding, move) => deciding.tell(sideOf(move), 'inject', 'facilitator', `Hint. ${addressed(move, move.object ?? '')}`),
	}),
	facilitatorVerb({
		name: 'note',
		object: text,
		does: 'writes down what the facilitator saw; players read it in the debrief',
		needs: 'nothing',
		audience: () => 'keeper',
		check: notClosed,
		run() {},
	}),
	facilitatorVerb({
		name: 'extend',
		parameters: [{name: 'minutes', kind: 'number', about: 'how many minutes more'}],
		does: "gives the table's clock more minutes",
		needs: 'nothing',
		check(deciding, {args}) {
			notClosed(deciding);
			within(args.minutes ?? '', 240, 'minutes');
		},
		run() {},
	}),
	facilitatorVerb({
		name: 'join',
		object: name,
		parameters: [
			{name: 'seat', kind: 'name', about: 'a side, commander, a party, facilitator, evaluator or observer'},
			{name: 'function', kind: 'text', optional: true, about: 'what the person does in the organisation'},
		],
		does: "seats a person who comes later or changes seats; an absent custodian's party answers again",
		needs: 'nothing',
		raises: ['party.heard'],
		settles: true,
		check(deciding, {args}) {
			notClosed(deciding);
			const seats = seatsOf(deciding);
			if (!seats.includes(args.seat ?? '')) throw new Refusal(`there is no seat "${args.seat}"; expected one of ${seats.join(', ')}`);
		},
		run(deciding, {args, object = ''}) {
			if (deciding.state.parties[args.seat ?? '']?.isCustodianAbsent) standIn(deciding, args.seat ?? '', object);
		},
	}),
	facilitatorVerb({
		name: 'leave',
		object: name,
		does: 'a person leaves the table',
		needs: 'nothing',
		check: notClosed,
		run() {},
	}),
	facilitatorVerb({
		name: 'absent',
		parameters: [party, {name: 'turns', kind: 'number', optional: true, about: 'for how many turns (default: to the end)'}],
		does: "a party's custodian can't be reached, and the party does not answer",
		needs: 'a party that answers',
		raises: ['party.silenced'],
		settles: true,
		check(deciding, {args}) {
			underWay(deciding);
			if (args.turns !== undefined) within(args.turns, 99, 'turns');
			deciding.need('party', args.party ?? '', {type: 'party.silenced'}, `${args.party} does not answer as it is`);
		},
		run(deciding, {args}) {
			const id = args.party ?? '';
			silence(deciding, id, args.turns === undefined ? deciding.game.scenario.turns + 1 : Number(args.turns));
			deciding.emit('operators', {type: 'custodian-absent', party: id, isAbsent: true});
			deciding.tell('operators', 'inject', 'facilitator', `The custodian of ${id} can't be reached.`);
		},
	}),
	facilitatorVerb({
		name: 'replace',
		parameters: [party, {name: 'by', kind: 'text', optional: true, about: 'the name of the deputy'}],
		does: "a deputy takes an absent custodian's place, and the party answers again",
		needs: 'a custodian who is absent',
		raises: ['party.heard'],
		settles: true,
		check(deciding, {args}) {
			underWay(deciding);
			if (!deciding.party(args.party ?? '').isCustodianAbsent)
				throw new Refusal(`the custodian of ${args.party} is not absent; join seats a person, absent takes one away`);
			deciding.need('party', args.party ?? '', {type: 'party.heard'}, `${args.party} answers again`);
		},
		run(deciding, {args}) {
			standIn(deciding, args.party ?? '', args.by ?? 'A deputy');
		},
	}),
];
