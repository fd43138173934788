// One party as the operators' side treats it: does it answer, what share does it hold, are nonces outstanding, is it trusted.
// Reference: RFC 9591 section 5.1 (nonces are used once), NIST SP 800-61 rev. 2 section 3.3 (containment and eradication).
import {setup} from 'xstate';
import {isTrue, type PartyEvent} from './events.js';

export const party = setup({
	types: {events: {} as PartyEvent},
	guards: {
		isMember: ({event}) => isTrue(event, 'isMember'),
		isLast: ({event}) => isTrue(event, 'isLast'),
		isReachable: ({event}) => isTrue(event, 'isReachable'),
		hasWaited: ({event}) => isTrue(event, 'hasWaited'),
	},
}).createMachine({
	id: 'party',
	type: 'parallel',
	states: {
		reach: {
			initial: 'reachable',
			states: {
				reachable: {on: {'party.silenced': 'unreachable'}},
				unreachable: {on: {'party.heard': 'reachable'}},
			},
		},
		share: {
			initial: 'none',
			states: {
				none: {on: {'share.received': {target: 'held', guard: 'isMember'}}},
				held: {
					on: {
						'share.received': {target: 'held', guard: 'isMember'},
						'epoch.missed': 'stale',
						'share.lost': 'lost',
						'share.erased': 'none',
					},
				},
				stale: {
					on: {
						'share.received': {target: 'held', guard: 'isMember'},
						'epoch.missed': 'stale',
						'share.lost': 'lost',
						'share.erased': 'none',
					},
				},
				lost: {on: {'share.received': {target: 'held', guard: 'isMember'}}},
			},
		},
		nonces: {
			initial: 'none',
			states: {
				none: {on: {'nonces.committed': 'outstanding'}},
				// A retry draws a new pair while the old one is still there: only the last pair to go empties the store.
				outstanding: {
					on: {
						'nonces.committed': 'outstanding',
						'nonces.spent': [{target: 'none', guard: 'isLast'}, {target: 'outstanding'}],
						'nonces.discarded': [{target: 'none', guard: 'isLast'}, {target: 'outstanding'}],
					},
				},
			},
		},
		trust: {
			initial: 'trusted',
			states: {
				trusted: {
					on: {
						'party.suspected': 'suspected',
						'party.isolated': 'isolated',
						'party.inspected': {target: 'inspected', guard: 'isReachable'},
						'party.removed': 'removed',
					},
				},
				suspected: {
					on: {
						'party.suspected': 'suspected',
						'party.cleared': 'trusted',
						'party.isolated': 'isolated',
						'party.inspected': {target: 'inspected', guard: 'isReachable'},
						'party.removed': 'removed',
					},
				},
				// A suspicion of a party that is cut off or under inspection goes on record and changes nothing.
				isolated: {
					on: {
						'party.suspected': 'isolated',
						'party.rejoined': {target: 'trusted', guard: 'hasWaited'},
						'party.removed': 'removed',
					},
				},
				inspected: {
					on: {
						'party.suspected': 'inspected',
						'inspection.ended': 'trusted',
						'party.removed': 'removed',
					},
				},
				removed: {type: 'final'},
			},
		},
	},
});
