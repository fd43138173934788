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
			const {party = '', round} = move.args;
			const from = round === undefined ? {} : {round: Number(round)};
			deciding.emit('attackers', {type: 'standing', order: {verb: verb.name, party, turn: deciding.state.turn, ...from}});
			verb.run?.(deciding, move);
		},
	};
}

/** A standing order as the move that gave it. */
export function orderText({verb, party, message, round}: StandingOrder): string {
	if (message !== undefined) return `${verb} message=${message}`;
	return `${verb} party=${party}${round === undefined ? '' : ` round=${round}`}`;
}

export function needsLink(deciding: Deciding, party: string): void {
	if (!foothold(deciding, party).link) throw new Refusal(`you are not on the link of ${party}; an implant on it would put you there`);
}
