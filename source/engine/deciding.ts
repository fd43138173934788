/**
 * A decision in the making: the state so far and the events that lead to it. Moves and phases read the state, ask the
 * machines, and emit; every emitted event is applied at once, so that what follows sees it.
 */
import type {EventOf, MachineName, StatePath} from '../../machines/index.js';
import {apply} from './apply.js';
import type {Audience, GameEvent} from './events.js';
import type {Game} from './game.js';
import type {Act, CeremonyState, GameState, InboxEntry, PartyState, RequestState} from './state.js';
import type {Level, Side, Station} from './view.js';

/**
 * A move that is not allowed now: the reason, as one sentence that says what would help. It is thrown, and is no Error: it is an answer to a question
 * that menus and bots ask hundreds of times a game, nothing went wrong, and nobody reads a stack.
 */
export class Refusal {
	readonly name = 'Refusal';
	constructor(readonly message: string) {}
}

/** A fact of an authority move: what is true, the level of logging that keeps it (0: none does), and what the station saw where that differs. */
interface Fact {
	readonly name: string;
	readonly value: string;
	readonly level: Level;
	readonly seen?: string;
}

export interface Moved {
	readonly what: string;
	readonly about: string;
	readonly facts: readonly Fact[];
}

/** Facts that are kept from a level of logging on; 0: no log can. */
export function keptFrom(level: Level, values: Readonly<Record<string, string | number>>): Fact[] {
	return Object.keys(values).map(name => ({name, value: String(values[name]), level}));
}

function keptOf(all: readonly Fact[], logged: Level): Array<readonly [string, string]> {
	return all.filter(({level}) => level > 0 && level <= logged).map(({name, value, seen = value}) => [name, seen]);
}

type Emitted = GameEvent extends infer E ? (E extends GameEvent ? Omit<E, 'audience'> : never) : never;

/** How far a ceremony that is being computed has come. */
export interface Underway {
	readonly ceremony: string;
	readonly kind: CeremonyState['kind'];
	readonly round: number;
}

/** Whoever waits for a decision is told of each message in it. Nothing that is decided depends on it. */
export type Watch = (underway: Underway) => void;

export class Deciding {
	readonly game: Game;
	readonly watch: Watch | undefined;
	readonly events: GameEvent[] = [];
	state: GameState;

	constructor(game: Game, state: GameState, watch?: Watch) {
		this.game = game;
		this.state = state;
		this.watch = watch;
	}

	/** The event is made for this call: it is written into. */
	emit(audience: Audience, event: Emitted): void {
		const whole = event as GameEvent & {audience: Audience};
		whole.audience = audience;
		this.events.push(whole);
		this.state = apply(this.state, whole);
	}

	value(machine: MachineName, id = '') {
		if (machine === 'exercise') return this.state.exercise;
		if (machine === 'protocol' && id === '') return this.state.protocol;
		if (machine === 'protocol') {
			const retiring = this.state.retiring.find(key => key.id === id);
			if (!retiring) throw new Error(`there is no retiring key ${id}`);
			return retiring.machine;
		}
		return machine === 'party' ? this.party(id).machine : this.request(id).machine;
	}

	/** Whether the machine takes the event now. */
	can<N extends MachineName>(machine: N, id: string, event: EventOf<N>): boolean {
		return this.game.stepper.step(machine, this.value(machine, id), event) !== null;
	}

	/** Refuses the move with `reason` where the machine refuses the event. */
	need<N extends MachineName>(machine: N, id: string, event: EventOf<N>, reason: string): void {
		if (!this.can(machine, id, event)) throw new Refusal(reason);
	}

	/** Gives the event to the machine. Where it refuses, so does the move, with `reason`. */
	step<N extends MachineName>(machine: N, id: string, event: EventOf<N>, reason: string, audience: Audience = 'keeper'): void {
		if (!this.offer(machine, id, event, audience)) throw new Refusal(reason);
	}

	/** Gives the event to the machine if it takes it; says whether it did. */
	offer<N extends MachineName>(machine: N, id: string, event: EventOf<N>, audience: Audience = 'keeper'): boolean {
		const from = this.value(machine, id);
		const to = this.game.stepper.step(machine, from, event);
		if (to === null) return false;
		if (to !== from) this.emit(audience, {type: 'stepped', machine, id, event: event.type, to});
		return true;
	}

	is(machine: MachineName, id: string, path: StatePath): boolean {
		return this.game.stepper.matches(this.value(machine, id), path);
	}

	party(id: string): PartyState {
		const party = this.state.parties[id];
		if (!party) throw new Refusal(`there is no party "${id}"; expected one of ${Object.keys(this.state.parties).join(', ')}`);
		return party;
	}

	request(id: string): RequestState {
		const request = this.state.requests[id];
		if (!request || request.opened === 0) throw new Refusal(`there is no request "${id}" on the table; ${this.openRequests()}`);
		return request;
	}

	private openRequests(): string {
		const names = Object.values(this.state.requests)
			.filter(({opened}) => opened > 0)
			.map(({id}) => id);
		return names.length > 0 ? `expected one of ${names.join(', ')}` : 'none is open yet';
	}

	/**
	 * What a station saw. It becomes evidence, and perhaps a signal, in the account phase. Where authority moved in it, the truth goes on record
	 * beside it, and the line keeps of the facts what the level in force keeps.
	 */
	act(station: Station, kind: string, strength: {level: 1 | 2; loud: boolean}, text: string, moved?: Moved): void {
		const logged: Level = this.state.logging[station];
		const {level, loud} = strength;
		const act: Act = {turn: this.state.turn, station, kind, level, loud, text, logged};
		if (moved) this.moved(station, kind, moved);
		this.emit('keeper', {type: 'act', act: moved ? Object.assign(act, {about: moved.about, facts: keptOf(moved.facts, logged)}) : act});
	}

	/** An authority move in truth. Alone, without an act: no station of the organisation sees it. */
	moved(station: Station, kind: string, {about, what, facts}: Moved): void {
		const {turn} = this.state;
		const truth = facts.map(({name, value, level}) => ({name, value, level}));
		this.emit('keeper', {type: 'authority-moved', move: {turn, station, kind, about, what, facts: truth}});
	}

	tell(side: Side, kind: InboxEntry['kind'], from: string, text: string, check?: InboxEntry['check']): void {
		this.emit(side, {
			type: 'told',
			side,
			entry: check === undefined ? {turn: this.state.turn, kind, from, text} : {turn: this.state.turn, kind, from, text, check},
		});
	}

	/** Points off a station's score, with the moment that cost them. */
	tally(station: Station, points: number, because: string): void {
		this.emit('keeper', {type: 'tallied', tally: {station, turn: this.state.turn, points, because}});
	}

	isReachable(party: string): boolean {
		return (
			this.is('party', party, 'reach.reachable') &&
			!this.is('party', party, 'trust.isolated') &&
			!this.is('party', party, 'trust.inspected')
		);
	}

	control(id: string): boolean {
		return this.state.controls[id]?.actual ?? false;
	}
}
