// The rounds of each ceremony, as parts of the protocol machine: what must close before what, and where an abort leads.
// References: RFC 9591 section 5 (signing), Gennaro et al. 1999 (keygen), Herzberg et al. 1995 (refresh), Desmedt and Jajodia 1997 (reshare),
// Stinson and Wei 2018 (repair), Beaver 1991 (products). No old share is erased before every ack is in; after the first erasure there is no abort.
import {setup} from 'xstate';
import {isTrue, type ProtocolEvent} from './events.js';

export const protocolSetup = setup({
	types: {events: {} as ProtocolEvent},
	guards: {
		isEveryoneReachable: ({event}) => isTrue(event, 'isEveryoneReachable'),
		isDealt: ({event}) => isTrue(event, 'isEveryoneReachable') && isTrue(event, 'hasDealer'),
		isLast: ({event}) => isTrue(event, 'isLast'),
		isFrozen: ({event}) => isTrue(event, 'isFrozen'),
		isErased: ({event}) => isTrue(event, 'isErased'),
		isSettled: ({event}) => isTrue(event, 'isSwept') && isTrue(event, 'hasTombstone'),
		isRetired: ({event}) => isTrue(event, 'isSwept') && isTrue(event, 'hasTombstone') && isTrue(event, 'isErased'),
		hasThreshold: ({event}) => isTrue(event, 'hasThreshold'),
		isSweeping: ({event}) => isTrue(event, 'hasThreshold') && isTrue(event, 'isRetiring'),
		hasCommitments: ({event}) => isTrue(event, 'hasCommitments'),
		hasLayers: ({event}) => isTrue(event, 'hasLayers'),
		hasBackup: ({event}) => isTrue(event, 'hasBackup'),
		hasBackups: ({event}) => isTrue(event, 'hasBackups'),
	},
});

/** Keygen: commitments with proofs of possession, echo of what was seen, sealed deals, complaints. An abort leaves no key. */
export const keygenRounds = {
	committing: {on: {'keygen.round.closed': 'echoing', 'keygen.aborted': 'idle'}},
	echoing: {on: {'keygen.round.closed': 'dealing', 'keygen.aborted': 'idle'}},
	dealing: {on: {'keygen.round.closed': 'complaining', 'keygen.aborted': 'idle'}},
	complaining: {on: {'keygen.completed': '#protocol.active', 'keygen.aborted': 'idle'}},
} as const;

type Idle = '#protocol.active.idle' | '#protocol.compromised.exposed.idle' | '#protocol.compromised.burned.idle';

/**
 * Signing: nonce commitments, responses, their sum. A missing message leaves it open, and only then the policy may freeze.
 * @param ended where it leads, done or aborted: the state of the key before it began
 * @param frozen what a freeze leads to; a key that only sweeps is not frozen
 */
export const signing = <T extends Idle>(ended: T, frozen?: '#protocol.suspended.frozen.stalled') =>
	protocolSetup.createStateConfig({
		initial: 'committing',
		on: {'signing.aborted': ended},
		states: {
			committing: {on: {'signing.round.closed': 'responding', 'signing.stalled': 'stalled'}},
			responding: {on: {'signing.round.closed': 'combining', 'signing.stalled': 'stalled'}},
			combining: {on: {'signing.completed': ended}},
			stalled: {
				on: {
					'signing.resumed': [{target: 'responding', guard: 'hasCommitments'}, {target: 'committing'}],
					...(frozen === undefined ? {} : {'policy.frozen': frozen}),
				},
			},
		},
	});

/** Computation: inputs are shared, products cost a round a layer, the result is opened. */
export const computing = protocolSetup.createStateConfig({
	initial: 'sharing',
	on: {'computation.aborted': '#protocol.active.idle'},
	states: {
		sharing: {on: {'computation.round.closed': [{target: 'multiplying', guard: 'hasLayers'}, {target: 'opening'}]}},
		multiplying: {on: {'computation.round.closed': [{target: 'multiplying', guard: 'hasLayers'}, {target: 'opening'}]}},
		opening: {on: {'computation.completed': '#protocol.active.idle'}},
	},
});

/** Refresh: everyone deals a share of zero; new shares replace the old ones when every receiver has acknowledged. */
export const refreshing = protocolSetup.createStateConfig({
	initial: 'dealing',
	states: {
		dealing: {on: {'refresh.round.closed': 'checking', 'refresh.aborted': '#protocol.active.idle'}},
		checking: {on: {'refresh.round.closed': 'acknowledging', 'refresh.aborted': '#protocol.active.idle'}},
		acknowledging: {
			on: {
				'ack.received': [{target: 'erasing', guard: 'isLast'}, {target: 'acknowledging'}],
				'acks.waived': 'erasing',
				'refresh.aborted': '#protocol.active.idle',
			},
		},
		erasing: {on: {'refresh.completed': '#protocol.active.idle'}},
	},
});

/** Repair: helpers split their weighted shares, sum what they got, and the holder checks the sum; a backup goes to the check at once. */
export const repairing = protocolSetup.createStateConfig({
	initial: 'splitting',
	on: {'repair.aborted': '#protocol.active.idle'},
	states: {
		splitting: {on: {'repair.round.closed': 'summing'}},
		summing: {on: {'repair.round.closed': 'checking'}},
		checking: {on: {'repair.completed': '#protocol.active.idle'}},
	},
});

/** Reshare: t old holders deal to the new ones; old shares go when every receiver has acknowledged. */
export const resharing = protocolSetup.createStateConfig({
	initial: 'dealing',
	states: {
		dealing: {on: {'reshare.round.closed': 'checking', 'reshare.aborted': '#protocol.active.idle'}},
		checking: {on: {'reshare.round.closed': 'acknowledging', 'reshare.aborted': '#protocol.active.idle'}},
		acknowledging: {
			on: {
				'ack.received': [{target: 'erasing', guard: 'isLast'}, {target: 'acknowledging'}],
				'acks.waived': 'erasing',
				'reshare.aborted': '#protocol.active.idle',
			},
		},
		erasing: {on: {'reshare.completed': '#protocol.active.idle'}},
	},
});

/**
 * Rotation: keygen of a new key, acks, and the sweep request that is to move what the old key guards. It ends in active, with the new key.
 * @param aborted where an abort leads: the state of the old key before rotation began
 */
export const rotating = <T extends Idle>(aborted: T) =>
	protocolSetup.createStateConfig({
		initial: 'keygen',
		on: {'rotation.aborted': aborted},
		states: {
			keygen: {on: {'rotation.round.closed': 'acknowledging'}},
			acknowledging: {
				on: {
					'ack.received': [{target: 'sweeping', guard: 'isLast'}, {target: 'acknowledging'}],
					'acks.waived': 'sweeping',
				},
			},
			sweeping: {on: {'rotation.completed': '#protocol.active.idle'}},
		},
	});

/** Recovery: backups are collected, the key is interpolated in one place and signs the sweep. Once it is whole, nothing makes it sound again. */
export const recovering = protocolSetup.createStateConfig({
	initial: 'collecting',
	states: {
		collecting: {
			on: {
				'recovery.round.closed': 'interpolating',
				'recovery.aborted': [{target: '#protocol.suspended.frozen.idle', guard: 'isFrozen'}, {target: '#protocol.active.idle'}],
			},
		},
		interpolating: {
			on: {
				'recovery.round.closed': 'sweeping',
				'recovery.aborted': [{target: '#protocol.suspended.frozen.idle', guard: 'isFrozen'}, {target: '#protocol.active.idle'}],
			},
		},
		sweeping: {on: {'recovery.completed': '#protocol.compromised.burned', 'recovery.aborted': '#protocol.compromised.burned'}},
	},
});
