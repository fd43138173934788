/** decide: from a state and a line of notation to the events that follow, or to a refusal. Pure: the same input gives the same events. */
import type {Scenario} from '../scenario/schema.js';
import {catalogue, parseMove, print, toDealt, verbOf} from './catalogue.js';
import {Deciding, Refusal, type Watch} from './deciding.js';
import type {GameEvent} from './events.js';
import type {Game} from './game.js';
import {type Move, NotationError, UnknownVerb} from './move.js';
import {askHint} from './moves/table.js';
import type {GameState} from './state.js';
import type {Verb} from './verb.js';
import type {Side} from './view.js';

export interface Input {
	readonly side: Verb['side'];
	/** The seat that made it; the side's name when a whole side plays at one keyboard. */
	readonly seat?: string;
	/** Who spoke for the seat, where people are named: in a drill. */
	readonly person?: string;
	readonly text: string;
	/** RFC 3339 clock time, given by the edge; games without a terminal give none. */
	readonly at?: string;
	/** The line speaks of role ids, as scenario files do, and is mapped to the dealt parties. */
	readonly isOfFile?: boolean;
}

export type Decided =
	| {readonly ok: true; readonly events: readonly GameEvent[]; readonly state: GameState}
	| {readonly ok: false; readonly message: string; readonly column?: number; readonly hint?: string};

interface Offers {
	offered(name: string): boolean;
	/** In the catalogue's order. */
	readonly verbs: readonly Verb[];
	readonly later: ReadonlyArray<readonly [turn: number, verbs: readonly string[]]>;
}

/** Every legality check asks what is offered; a scenario's answer for a side and a turn is always the same. */
const known = new WeakMap<Scenario, Readonly<Record<Verb['side'], Map<number, Offers>>>>();

/** Verbs that the scenario offers a side in a turn; those it unlocks later are counted by turn. */
export function offeredVerbs({scenario}: Pick<Game, 'scenario'>, side: Verb['side'], turn: number): Offers {
	let answers = known.get(scenario);
	if (answers === undefined) {
		answers = {operators: new Map(), attackers: new Map(), world: new Map(), table: new Map()};
		known.set(scenario, answers);
	}
	let offers = answers[side].get(turn);
	if (offers === undefined) {
		offers = findOffers(scenario, side, turn);
		answers[side].set(turn, offers);
	}
	return offers;
}

function findOffers({verbs, unlock = {}}: Scenario, side: Verb['side'], turn: number): Offers {
	const listed = side === 'operators' ? verbs?.operators : side === 'attackers' ? verbs?.attackers : undefined;
	const all = catalogue.filter(verb => verb.side === side);
	if (!listed && Object.keys(unlock).length === 0) return {offered: () => true, verbs: all, later: []};
	const own = Object.entries(unlock).map(([from, names]) => [Number(from), names.filter(name => verbOf(name, side))] as const);
	const waiting = new Set(own.flatMap(([, names]) => names));
	const begun = listed ?? catalogue.flatMap(verb => (verb.side === side && !waiting.has(verb.name) ? [verb.name] : []));
	const open = new Set([...begun, ...always, ...own.filter(([from]) => from <= turn).flatMap(([, names]) => names)]);
	const offered = (name: string) => open.has(name);
	return {offered, verbs: all.filter(({name}) => offered(name)), later: own.filter(([from, names]) => from > turn && names.length > 0)};
}

/** Verbs that no scenario can take away. */
export const always: readonly string[] = ['note', 'takeback', 'end-turn'];

/** The price of a move in points. */
export function priceOf(deciding: Deciding, verb: Verb, move: Move): number {
	return verb.price?.(deciding, move) ?? verb.cost[0];
}

/** @throws {Refusal} when the move is not allowed now; its price otherwise. */
export function checkMove(deciding: Deciding, verb: Verb, move: Move): number {
	const offers = offeredVerbs(deciding.game, verb.side, deciding.state.turn);
	if (!offers.offered(verb.name)) {
		const later = offers.later.find(([, names]) => names.includes(verb.name));
		throw new Refusal(later ? `${verb.name} is offered from turn ${later[0]}` : `${verb.name} is not offered in this scenario`);
	}
	const price = priceOf(deciding, verb, move);
	checkPrice(deciding, verb, price);
	verb.check(deciding, move);
	return price;
}

/** Whether it is the side's turn and a move at this price can be paid. */
export function canPay(deciding: Deciding, {side, name}: Verb, price: number): boolean {
	// A note needs no turn of one's own, and takes none: verb.check asks the exercise for it.
	if ((side !== 'operators' && side !== 'attackers') || name === 'note') return true;
	return deciding.can('exercise', '', {type: turnOf[side], isAffordable: price <= deciding.state.points[side]});
}

const turnOf = {operators: 'move.operators', attackers: 'move.attackers'} as const;

/** @throws {Refusal} when it is not the side's turn, or a move at this price can't be paid. */
function checkPrice(deciding: Deciding, verb: Verb, price: number): void {
	if (canPay(deciding, verb, price)) return;
	const side = verb.side as Side;
	throw new Refusal(canPay(deciding, verb, 0) ? `costs ${price}, you have ${deciding.state.points[side]}` : outOfTurn(deciding, side));
}

function outOfTurn(deciding: Deciding, side: Side): string {
	if (deciding.is('exercise', '', 'briefing')) return 'the exercise has not begun; begin it first';
	if (deciding.is('exercise', '', 'hotWash') || deciding.is('exercise', '', 'closed')) return 'the exercise is over; no more moves';
	if (deciding.is('exercise', '', 'paused')) return 'the exercise is paused';
	return `it is not the ${side}' turn to move`;
}

/** Parses a move against the catalogue, in the words of the players or (isOfFile) of the scenario file. */
export function readMove(game: Game, state: GameState, {side, text, isOfFile}: Input): Move {
	const move = parseMove(text, side, {
		parties: Object.keys(state.parties),
		requests: isOfFile ? Object.keys(state.requests) : namedRequests(state, side),
		places: game.deal.places,
	});
	return isOfFile ? toDealt(move, side, game.deal.partyOf) : move;
}

/** Requests that a side can name: only attackers know of what nobody has asked for yet. */
function namedRequests({requests}: GameState, side: Verb['side']): string[] {
	return side === 'operators' ? Object.keys(requests).filter(id => requests[id]!.opened > 0) : Object.keys(requests);
}

/** What to do about a line that is no move, as a player reads it. The facilitator has all verbs in sight. */
export function hintOf(error: NotationError, side: Verb['side']): string | undefined {
	if (!(error instanceof UnknownVerb) || side === 'table') return error.hint;
	return error.hint === undefined ? 'help lists all verbs' : `${error.hint} Help lists all verbs`;
}

/** What follows from a line: events and the state after them, or why it is refused. Nothing is thrown for bad input. */
export function decide(game: Game, state: GameState, input: Input, watch?: Watch): Decided {
	try {
		const move = readMove(game, state, input);
		const verb = verbOf(move.verb, input.side)!;
		const deciding = new Deciding(game, state, watch);
		const cost = checkMove(deciding, verb, move);
		const {side} = verb;
		const seat = input.seat ?? side;
		const at = {...(input.person === undefined ? {} : {person: input.person}), ...(input.at === undefined ? {} : {at: input.at})};
		if (side === 'world') throw new Refusal('verbs of the world belong to the deal and to injects; nobody at the table makes them');
		if (verb.name === 'takeback' && side !== 'table') {
			deciding.emit(side, {
				type: 'taken-back',
				side,
				seat,
				text: state.made[side].at(-1)?.text ?? '',
				...at,
			});
			return {ok: true, events: deciding.events, state: deciding.state};
		}
		if (side === 'table' && verb.name === askHint) {
			const by = move.args.side === 'attackers' ? 'attackers' : 'operators';
			deciding.emit('public', {type: 'hint-asked', side, seat, text: print(move, side), by, ...at});
			return {ok: true, events: deciding.events, state: deciding.state};
		}
		const audience = side === 'table' ? (verb.audience?.(move) ?? 'public') : side;
		deciding.emit(audience, {type: 'move', side, seat, text: print(move, side), cost, ...at});
		verb.run(deciding, move);
		if (verb.settles && deciding.state.before) deciding.emit(audience, {type: 'settled'});
		return {ok: true, events: deciding.events, state: deciding.state};
	} catch (error) {
		if (error instanceof Refusal) return {ok: false, message: error.message};
		if (error instanceof NotationError) {
			const hint = hintOf(error, input.side);
			return {ok: false, message: error.message, column: error.column, ...(hint === undefined ? {} : {hint})};
		}
		throw error;
	}
}
