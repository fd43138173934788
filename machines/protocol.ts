// The whole life of a key, from keygen to destruction; the modes at the top are the key states of NIST SP 800-57 part 1 section 7.
// Rounds, acks and aborts of each ceremony are states; its rounds are in ceremonies.ts.
import {computing, keygenRounds, protocolSetup, recovering, refreshing, repairing, resharing, rotating, signing} from './ceremonies.js';

export const protocol = protocolSetup.createMachine({
	id: 'protocol',
	initial: 'preActivation',
	states: {
		preActivation: {
			initial: 'idle',
			states: {
				idle: {
					on: {
						'keygen.started': [
							{target: 'dealing', guard: 'isDealt'},
							{target: 'committing', guard: 'isEveryoneReachable'},
						],
					},
				},
				...keygenRounds,
			},
		},
		active: {
			initial: 'idle',
			// Sent between ceremonies, or it ends the one that is running. A refusal shows, so send it when the table can know it.
			on: {'key.exposed': 'compromised.exposed', 'key.reconstructed': 'compromised.burned'},
			states: {
				idle: {
					on: {
						'signing.started': {target: 'signing', guard: 'hasThreshold'},
						'computation.started': {target: 'computing', guard: 'hasThreshold'},
						'refresh.started': {target: 'refreshing', guard: 'isEveryoneReachable'},
						'repair.started': [
							{target: 'repairing.checking', guard: 'hasBackup'},
							{target: 'repairing.splitting', guard: 'hasThreshold'},
						],
						'reshare.started': {target: 'resharing', guard: 'isEveryoneReachable'},
						'rotation.started': {target: 'rotating', guard: 'isEveryoneReachable'},
						'recovery.started': {target: '#protocol.suspended.recovering', guard: 'hasBackups'},
						'policy.frozen': '#protocol.suspended.frozen.idle',
						'key.deactivated': {target: '#protocol.deactivated', guard: 'isSettled'},
					},
				},
				signing: signing('#protocol.active.idle', '#protocol.suspended.frozen.stalled'),
				computing,
				refreshing,
				repairing,
				resharing,
				rotating: rotating('#protocol.active.idle'),
			},
		},
		suspended: {
			initial: 'frozen',
			on: {'key.exposed': 'compromised.exposed', 'key.reconstructed': 'compromised.burned'},
			states: {
				frozen: {
					initial: 'idle',
					on: {'recovery.started': {target: 'recovering', guard: 'hasBackups'}},
					states: {
						idle: {
							on: {
								'policy.unfrozen': '#protocol.active.idle',
								'key.deactivated': {target: '#protocol.deactivated', guard: 'isSettled'},
							},
						},
						// Frozen in the middle of a signing whose nonces are outstanding: it can still be given up, not go on.
						stalled: {on: {'policy.unfrozen': '#protocol.active.signing.stalled', 'signing.aborted': 'idle'}},
					},
				},
				recovering,
			},
		},
		compromised: {
			initial: 'exposed',
			states: {
				exposed: {
					initial: 'idle',
					states: {
						idle: {
							on: {
								'signing.started': {target: 'signing', guard: 'isSweeping'},
								'rotation.started': {target: 'rotating', guard: 'isEveryoneReachable'},
								'key.destroyed': {target: '#protocol.destroyed', guard: 'isRetired'},
							},
						},
						signing: signing('#protocol.compromised.exposed.idle'),
						rotating: rotating('#protocol.compromised.exposed.idle'),
					},
				},
				burned: {
					initial: 'idle',
					on: {'key.exposed': 'exposed'},
					states: {
						idle: {
							on: {
								'signing.started': {target: 'signing', guard: 'isSweeping'},
								'rotation.started': {target: 'rotating', guard: 'isEveryoneReachable'},
								'key.destroyed': {target: '#protocol.destroyed', guard: 'isRetired'},
							},
						},
						signing: signing('#protocol.compromised.burned.idle'),
						rotating: rotating('#protocol.compromised.burned.idle'),
					},
				},
			},
		},
		// Retired shares that are not erased yet can still be stolen.
		deactivated: {on: {'key.exposed': 'compromised.exposed', 'key.destroyed': {target: 'destroyed', guard: 'isErased'}}},
		destroyed: {type: 'final'},
	},
});
