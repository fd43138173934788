// The way of one request along the five stations, from a business wish to a joint output that is final.
// Reference: NIST SP 800-57 part 1 section 8.2 (operational phase of a key), RFC 9591 section 5 (two-round signing).
import {setup} from 'xstate';
import {isTrue, type RequestEvent} from './events.js';

/** The stations of the path, in order. */
type Station = 'shares' | 'rounds' | 'policy' | 'output' | 'transcript';

export const request = setup({
	types: {events: {} as RequestEvent, meta: {} as {station: Station}},
	guards: {
		isReachable: ({event}) => isTrue(event, 'isReachable'),
		isEnough: ({event}) => isTrue(event, 'isReachable') && isTrue(event, 'hasQuorum'),
		hasQuorum: ({event}) => isTrue(event, 'hasQuorum'),
		isHeld: ({event}) => isTrue(event, 'isHeld'),
	},
}).createMachine({
	id: 'request',
	initial: 'scheduled',
	states: {
		scheduled: {meta: {station: 'shares'}, on: {'request.opened': 'open'}},
		open: {
			meta: {station: 'shares'},
			on: {
				'approval.given': [
					{target: 'approved', guard: 'isEnough'},
					{target: 'open', guard: 'isReachable'},
				],
				'approval.voided': 'open',
				'request.denied': 'denied',
				'request.expired': 'expired',
			},
		},
		approved: {
			meta: {station: 'shares'},
			on: {
				'approval.given': {target: 'approved', guard: 'isReachable'},
				'approval.voided': [{target: 'approved', guard: 'hasQuorum'}, {target: 'open'}],
				'signing.ordered': {target: 'queued', guard: 'hasQuorum'},
				'request.denied': 'denied',
				'request.expired': 'expired',
			},
		},
		queued: {
			meta: {station: 'rounds'},
			on: {'signing.cancelled': 'approved', 'signing.started': 'signing', 'request.expired': 'expired'},
		},
		signing: {
			meta: {station: 'rounds'},
			on: {'signing.stalled': 'stalled', 'signing.aborted': 'approved', 'signing.completed': 'deciding'},
		},
		stalled: {
			meta: {station: 'rounds'},
			on: {'signing.resumed': 'signing', 'signing.aborted': 'approved', 'request.expired': 'expired'},
		},
		deciding: {
			meta: {station: 'policy'},
			on: {'decision.denied': 'refused', 'decision.allowed': [{target: 'held', guard: 'isHeld'}, {target: 'released'}]},
		},
		refused: {meta: {station: 'policy'}, on: {'request.reopened': 'open', 'request.expired': 'expired'}},
		held: {meta: {station: 'output'}, on: {'output.released': 'released', 'output.announced': 'recalled'}},
		released: {
			meta: {station: 'output'},
			on: {'output.held': 'held', 'output.announced': 'recalled', 'output.finalised': 'final'},
		},
		// Announcing is allowed after the fact and changes nothing, so final is not a machine's final state.
		final: {meta: {station: 'transcript'}, on: {'output.announced': 'final'}},
		recalled: {type: 'final', meta: {station: 'output'}},
		denied: {type: 'final', meta: {station: 'policy'}},
		expired: {type: 'final', meta: {station: 'transcript'}},
	},
});
