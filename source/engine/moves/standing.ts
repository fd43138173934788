/** Standing orders of attackers, and the positions that they need. */
import {type Deciding, Refusal} from '../deciding.js';
import type {StandingOrder} from '../state.js';
import type {Verb} from '../verb.js';

export function foothold(deciding: Deciding, machine: string) {
	const found = deciding.state.footholds[machine];
	if (!found) throw new Refusal(`there is no machine "${machine}"; expected one of ${Object.keys(deciding.state.footholds).join(', ')}`);
	return found;
}

function checkShareHolder(deciding: Deciding, party: string): void {
	if (!deciding.state.parties[party])
		throw new Refusal(`${party} holds no share; expected one of ${Object.keys(deciding.state.parties).join(', ')}`);
}

/** Verbs that stand until resolve and act there on real bytes. */
export function standingVerb(
	verb: Omit<Verb, 'side' | 'raises' | 'run' | 'parameters'> & {
		readonly about: string;
		readonly more?: Verb['parameters'];
		readonly run?: Verb['run'];
	},
): Verb {
	const {about, more = [], ...rest} = verb;
	return {
		...rest,
		side: 'attackers',
		raises: [],
		parameters: [{name: 'party', kind: 'party', about}, ...more],
		check(deciding, move) {
			const party = move.args.party ?? '';
			checkShareHolder(deciding, party);
			if (deciding.state.standing.some(order => order.verb === verb.name && order.party === party))
				throw new Refusal(`that is ordered already for ${party}`);
			verb.check(deciding, move);
		},
		run(deciding, move) {
			const {party = '', round, field} = move.args;
			const more = {...(round === undefined ? {} : {round: Number(round)}), ...(field === undefined ? {} : {field})};
			deciding.emit('attackers', {type: 'standing', order: {verb: verb.name, party, turn: deciding.state.turn, ...more}});
			verb.run?.(deciding, move);
		},
	};
}

type Order = Pick<Verb, 'name' | 'cost' | 'does' | 'stoppedBy'> &
	Partial<Pick<Verb, 'needs' | 'evidence' | 'check'>> & {readonly more?: Verb['parameters']};

/** An order to an implant: what the machine sends when the turn resolves is the attackers', under its own signature. */
export function implantOrder({needs = 'an implant', check, ...order}: Order): Verb {
	return standingVerb({
		...order,
		station: 'rounds',
		about: 'a party with your implant',
		needs,
		mayAllow: hasImplant,
		check(deciding, move) {
			needsImplant(deciding, move.args.party ?? '');
			check?.(deciding, move);
		},
	});
}

/** An order on a link: what happens to the messages that pass it when the turn resolves. */
export function linkOrder(order: Order): Verb {
	return standingVerb({
		...order,
		station: 'rounds',
		about: 'a party on whose link you are',
		needs: 'a position on its link',
		mayAllow: isOnLink,
		check: (deciding, {args}) => needsLink(deciding, args.party ?? ''),
	});
}

export function hasImplant(deciding: Deciding, machine: string): boolean {
	return foothold(deciding, machine).implantSince !== undefined;
}

export function needsImplant(deciding: Deciding, party: string): void {
	if (!hasImplant(deciding, party)) throw new Refusal(`you have no implant on ${party}`);
}

/** A standing order as the move that gave it. */
export function orderText({verb, party, parties, message, round, field}: StandingOrder): string {
	if (message !== undefined) return `${verb} message=${message}`;
	const about = parties === undefined ? `party=${party}` : `parties=${parties.join(',')}`;
	return `${verb} ${about}${round === undefined ? '' : ` round=${round}`}${field === undefined ? '' : ` field=${field}`}`;
}

function isOnLink(deciding: Deciding, machine: string): boolean {
	return foothold(deciding, machine).link;
}

export function needsLink(deciding: Deciding, party: string): void {
	if (!isOnLink(deciding, party)) throw new Refusal(`you are not on the link of ${party}; an implant on it would put you there`);
}
