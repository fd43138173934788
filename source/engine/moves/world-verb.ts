/** How a verb of the world is defined. */
import {type Deciding, Refusal} from '../deciding.js';
import type {Verb} from '../verb.js';

type WorldVerb = Pick<Verb, 'name' | 'station' | 'does' | 'run'> &
	Partial<Pick<Verb, 'object' | 'parameters' | 'check' | 'evidence' | 'raises'>>;

export function worldVerb(verb: WorldVerb): Verb {
	const {parameters = [], ...rest} = verb;
	return {
		needs: 'nothing',
		raises: [],
		check() {},
		...rest,
		side: 'world',
		cost: [0, 0],
		parameters: [...parameters, {name: 'turn', kind: 'number', optional: true, about: 'the turn in which it happens (default: the first)'}],
	};
}

export function checkMachine(deciding: Deciding, id: string): void {
	if (!deciding.state.footholds[id]) throw new Refusal(`there is no machine "${id}"`);
}

export const party = {name: 'party', kind: 'party', about: 'a party'} as const;
export const machine = {name: 'at', kind: 'machine', about: 'a party, coordinator, log or a place of backups'} as const;
export const request = {name: 'request', kind: 'request', about: 'a request'} as const;
export const loud = {level: 1, loud: true} as const;
export const subtle = {level: 2, loud: false} as const;
