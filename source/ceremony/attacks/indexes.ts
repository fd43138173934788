/** Seats that nobody should have: index 0, whose share is the key, and an index that somebody else has. */
import {baseTimes, pointFromHex, scalarFromHex} from '../../sharing/scalars.js';
import {suiteOf} from '../../sharing/suites.js';
import type {Hex, KeyPublic} from '../api.js';
import {readMemory, writeMemory} from '../memory.js';
import {type Attack, pointCheck} from './attack.js';

/** Another member list in a side's memory, as a start that does not look at indexes would have made it. Needs write access to the memories of all sides. */
export function reseat({memory, indexes}: {readonly memory: string; readonly indexes: Readonly<Record<string, number>>}): string {
	const state = readMemory(memory);
	const members = state.session.members.map(member => ({
		...member,
		index: indexes[member.id] ?? member.index,
	}));
	return writeMemory({...state, session: {...state.session, members}});
}

/** The share at index 0 is f(0): the key itself. Needs a seat with index 0. */
export function shareAtZero(key: KeyPublic, share: Hex): Attack<Hex> {
	const suite = suiteOf(key.suite);
	const left = baseTimes(suite, scalarFromHex(suite, share));
	return {
		needs: 'a seat with index 0',
		checks: [pointCheck('index 0', 's0*G = PK', left, pointFromHex(suite, key.commitments[0] ?? ''))],
		result: share,
	};
}
