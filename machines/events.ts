// The vocabulary of the rule machines: every event, what it says, and the facts it carries.
// A fact is a boolean which the engine has computed before it sends the event; machines branch on facts and compute none.
// An event or fact that is not listed here does not exist; README.md's tables are made from this file.

interface EventDefinition {
	/** What has happened, in one sentence. */
	readonly says: string;
	/** Name of each fact to what it means when it is true. */
	readonly facts: Readonly<Record<string, string>>;
}

export const vocabulary = {
	exercise: {
		'exercise.begin': {says: 'The briefing is over and turn 1 begins.', facts: {}},
		'phase.next': {
			says: 'The phase is over; after account the next turn begins.',
			facts: {isOver: 'read in account only: the outcome is settled or the last turn was played'},
		},
		'move.operators': {says: 'The operators make a move (in respond only).', facts: {isAffordable: 'the side has the points it costs'}},
		'move.attackers': {says: 'The attackers make a move (in attack only).', facts: {isAffordable: 'the side has the points it costs'}},
		'note.add': {says: 'A seat writes a note (in attack, respond and hot wash).', facts: {}},
		'exercise.pause': {says: 'The facilitator stops the clock in mid-phase.', facts: {}},
		'exercise.resume': {says: 'The exercise goes on in the phase in which it was paused.', facts: {}},
		'exercise.stop': {says: 'Time ends early; what is not due yet is not reached.', facts: {}},
		'exercise.close': {says: 'The hot wash is over and the journal is closed.', facts: {}},
	},
	party: {
		'party.silenced': {says: 'The party no longer answers.', facts: {}},
		'party.heard': {says: 'The party answers again.', facts: {}},
		'share.received': {
			says: 'The party holds a share of the current epoch, by keygen, refresh, repair, reshare or rotation.',
			facts: {isMember: "the party is still one of the key's holders; a removed party receives nothing"},
		},
		'epoch.missed': {says: 'A new epoch began without this party, whose share is of an older one.', facts: {}},
		'share.lost': {says: "The party's share is gone or unreadable.", facts: {}},
		'share.erased': {says: 'The party erased its share on purpose.', facts: {}},
		'nonces.committed': {says: 'The party drew a nonce pair and sent the commitments.', facts: {}},
		'nonces.spent': {says: 'The party answered on a nonce pair.', facts: {isLast: 'no other pair of this party is outstanding'}},
		'nonces.discarded': {says: 'The party erased a nonce pair unused.', facts: {isLast: 'no other pair of this party is outstanding'}},
		'party.suspected': {says: 'Somebody put a structured suspicion of this party on record.', facts: {}},
		'party.cleared': {says: 'The suspicion was taken back.', facts: {}},
		'party.isolated': {says: "The party's links are cut.", facts: {}},
		'party.rejoined': {
			says: 'The party is rebuilt and connected again.',
			facts: {hasWaited: 'it was isolated in an earlier turn, so that there was time to rebuild it'},
		},
		'party.inspected': {
			says: 'A full inspection takes the party out for this resolve.',
			facts: {isReachable: 'the party answers, so that it can be inspected'},
		},
		'inspection.ended': {says: 'The full inspection is over; what it found was removed.', facts: {}},
		'party.removed': {says: "The party is no longer one of the key's holders, for good.", facts: {}},
	},
	request: {
		'request.opened': {says: 'The request reaches the custodians.', facts: {}},
		'approval.given': {
			says: 'A custodian approves on a basis.',
			facts: {hasQuorum: 'with this one the approvals are enough to order a signature', isReachable: "the custodian's party answers"},
		},
		'approval.voided': {
			says: 'An approval no longer counts (payload changed, used up, taken back, or a new epoch).',
			facts: {hasQuorum: 'the approvals that are left are still enough'},
		},
		'request.denied': {says: 'The custodians deny the request.', facts: {}},
		'signing.ordered': {
			says: "A signature by named parties is ordered for this turn's resolve.",
			facts: {hasQuorum: 'every named party has approved, and they are enough'},
		},
		'signing.cancelled': {says: 'The order is taken back, or the key was locked when its time came.', facts: {}},
		'signing.started': {says: 'The named parties begin round one.', facts: {}},
		'signing.stalled': {says: 'A message is missing; the ceremony stays open with its nonces outstanding.', facts: {}},
		'signing.resumed': {says: 'The missing message arrived.', facts: {}},
		'signing.aborted': {says: 'The ceremony was given up or failed a check; there is no output.', facts: {}},
		'signing.completed': {says: 'There is a joint output; the policy decides whether it may leave.', facts: {}},
		'decision.denied': {says: 'The policy denies the output.', facts: {}},
		'decision.allowed': {
			says: 'The policy allows the output.',
			facts: {isHeld: 'a timelock or independent verification keeps it back for now'},
		},
		'request.reopened': {says: 'A refused request is put to the custodians again, who approve it anew.', facts: {}},
		'output.held': {says: 'A released output is stopped before it is final.', facts: {}},
		'output.released': {says: 'A held output is let go.', facts: {}},
		'output.announced': {says: 'The receiver is told not to accept the output; too late once it is final.', facts: {}},
		'output.finalised': {says: "The released output took effect and can't be called back.", facts: {}},
		'request.expired': {says: 'The deadline passed before there was an output.', facts: {}},
	},
	protocol: {
		'keygen.started': {
			says: 'The making of the key begins.',
			facts: {
				isEveryoneReachable: 'every party that is to hold a share answers',
				hasDealer: 'one trusted dealer deals, so there is nothing to commit to and echo first',
			},
		},
		'keygen.round.closed': {says: 'Every message of the keygen round arrived.', facts: {}},
		'keygen.completed': {says: 'No complaint stands; every party holds a share.', facts: {}},
		'keygen.aborted': {says: 'Keygen failed; there is no key.', facts: {}},
		'signing.started': {
			says: 'The named parties begin round one.',
			facts: {
				hasThreshold: 'at least t reachable holders of its epoch are named',
				isRetiring: 'the key was rotated away from; it signs its sweep or its tombstone',
			},
		},
		'signing.round.closed': {says: 'Every message of the signing round arrived.', facts: {}},
		'signing.stalled': {says: 'A message is missing; nonces stay outstanding.', facts: {}},
		'signing.resumed': {
			says: 'The missing message arrived.',
			facts: {hasCommitments: "round one is complete: every named party's commitments are in, responses were awaited"},
		},
		'signing.aborted': {says: 'Signing was given up or failed a check.', facts: {}},
		'signing.completed': {says: 'The responses add up to a joint output.', facts: {}},
		'computation.started': {
			says: 'A joint computation on secret inputs begins.',
			facts: {hasThreshold: 'at least t reachable holders take part'},
		},
		'computation.round.closed': {
			says: "Every message of the computation's round arrived.",
			facts: {hasLayers: 'products are still to be computed before the result can be opened'},
		},
		'computation.completed': {says: 'The result was opened.', facts: {}},
		'computation.aborted': {says: 'The computation was given up or failed a check.', facts: {}},
		'refresh.started': {
			says: 'New shares of the same key are to replace the old ones.',
			facts: {isEveryoneReachable: 'every holder who is to receive a share answers'},
		},
		'refresh.round.closed': {says: 'Every message of the refresh round arrived.', facts: {}},
		'refresh.completed': {says: 'Old shares are erased; the new epoch stands.', facts: {}},
		'refresh.aborted': {says: 'Refresh failed before the new epoch; the old one stands.', facts: {}},
		'repair.started': {
			says: "One holder's share of this epoch is to be restored.",
			facts: {
				hasThreshold: 't reachable helpers hold sound shares',
				hasBackup: 'the share comes from a backup and needs no helpers',
			},
		},
		'repair.round.closed': {says: 'Every message of the repair round arrived.', facts: {}},
		'repair.completed': {says: 'The restored share fits its commitment.', facts: {}},
		'repair.aborted': {says: 'Repair failed; the share stays as it was.', facts: {}},
		'reshare.started': {
			says: 'The key goes to a new set of holders or a new threshold.',
			facts: {isEveryoneReachable: 'the dealers and every receiver answer'},
		},
		'reshare.round.closed': {says: 'Every message of the reshare round arrived.', facts: {}},
		'reshare.completed': {says: "Old shares are erased; the new holders' epoch stands.", facts: {}},
		'reshare.aborted': {says: 'Reshare failed before the new epoch; the old one stands.', facts: {}},
		'rotation.started': {
			says: 'A new key is to replace this one.',
			facts: {isEveryoneReachable: 'every party that is to hold a share of the new key answers'},
		},
		'rotation.round.closed': {says: "The new key's keygen is complete; its holders acknowledge.", facts: {}},
		'rotation.completed': {says: 'The sweep request is put; from here the machine speaks of the new key.', facts: {}},
		'rotation.aborted': {says: 'Rotation failed; the old key is where it was.', facts: {}},
		'ack.received': {
			says: 'A receiver confirms that its new share is checked and stored.',
			facts: {isLast: 'every other receiver has confirmed already'},
		},
		'acks.waived': {says: 'Ack before erase is off: the round closes without the missing acks, whose holders are left stale.', facts: {}},
		'recovery.started': {
			says: 'The key is to be rebuilt in one place from backups.',
			facts: {hasBackups: 'backups of t parties are at hand'},
		},
		'recovery.round.closed': {says: "The recovery's step is done.", facts: {}},
		'recovery.completed': {says: 'The rebuilt key signed the sweep; one machine saw it, so it is burned.', facts: {}},
		'recovery.aborted': {
			says: 'Recovery was given up.',
			facts: {isFrozen: 'read before the key is whole: the policy was frozen when recovery began, so it still is'},
		},
		'policy.frozen': {says: 'The operators freeze the policy: no signing, no ceremonies.', facts: {}},
		'policy.unfrozen': {says: 'The freeze ends.', facts: {}},
		'key.exposed': {
			says: "It is known that t shares of one epoch are in the attackers' hands and interpolate to the key.",
			facts: {},
		},
		'key.reconstructed': {says: 'The whole key was put together in one place.', facts: {}},
		'key.deactivated': {
			says: 'The key retires and signs no more.',
			facts: {isSwept: 'a signed sweep moved all that the key guards', hasTombstone: 'the tombstone was signed'},
		},
		'key.destroyed': {
			says: "The key's shares and backups are erased.",
			facts: {
				isErased: 'every holder confirms the erasure',
				isSwept: 'a signed sweep moved all that the key guards',
				hasTombstone: 'the tombstone was signed',
			},
		},
	},
} as const satisfies Readonly<Record<string, Readonly<Record<string, EventDefinition>>>>;

export type MachineName = keyof typeof vocabulary;

type EventsOf<D> = {
	[T in keyof D]: D[T] extends {readonly facts: infer F} ? {readonly type: T & string} & {readonly [K in keyof F]: boolean} : never;
}[keyof D];

/** An event of machine N: its type and, as booleans, each of its facts. */
export type EventOf<N extends MachineName> = {[M in N]: EventsOf<(typeof vocabulary)[M]>}[N];

export type ExerciseEvent = EventOf<'exercise'>;
export type PartyEvent = EventOf<'party'>;
export type RequestEvent = EventOf<'request'>;
export type ProtocolEvent = EventOf<'protocol'>;

type FactName<E> = E extends unknown ? Exclude<keyof E, 'type'> : never;

/** Whether the event carries the fact and the fact is true; the only thing a guard may ask. */
export const isTrue = <E extends {readonly type: string}>(event: E, fact: FactName<E>): boolean =>
	(event as Readonly<Record<PropertyKey, unknown>>)[fact] === true;
