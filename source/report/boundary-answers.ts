/**
 * The four questions at a boundary, answered for what crossed it: who was trusted, what proof came, where was the check, what follows if it was
 * fooled. Made of what the line and readable lines before it say, so a seat's transcript answers them as far as its seat could.
 */
import type {GameEvent} from '../engine/events.js';
import type {Approval} from '../engine/state.js';
import type {Details} from './event-details.js';
import {listed, short} from './plain-text.js';

export interface BoundaryAnswers {
	readonly trusted: string;
	readonly proof: string;
	readonly check: string;
	readonly fooled: string;
}

const bases: Readonly<Record<Approval['basis'], Omit<BoundaryAnswers, 'check'>>> = {
	display: {
		trusted: 'the coordinator, for what it displays',
		proof: 'none: the approval binds no bytes',
		fooled: 'other bytes are signed than were shown',
	},
	digest: {
		trusted: "the custodian's own device",
		proof: 'the digest that the device computed',
		fooled: 'an implant in the device says that the bytes match',
	},
	callback: {
		trusted: 'the requester, on the known number',
		proof: "the requester's own bytes, pinned",
		fooled: 'whoever answered is not the requester',
	},
};

/** Answers for an authority move; undefined for every other event. */
export function answersOf(event: GameEvent, details: Details): BoundaryAnswers | undefined {
	switch (event.type) {
		case 'approved':
			return {...bases[event.approval.basis], check: 'the policy, when the request is decided'};
		case 'output-made':
			return event.output.request === ''
				? {
						trusted: 'nobody of the organisation',
						proof: 'a signature that verifies under its public key',
						check: 'none: it was made past the policy',
						fooled: 'whoever has the key signs anything',
					}
				: {
						trusted: `the signers ${listed(details.signers ?? [])}`,
						proof: `a signature over H ${short(details.payloadHash ?? '')} that verifies`,
						check: 'the policy, which decides next',
						fooled: 'a valid signature is over bytes that nobody wanted',
					};
		case 'decided':
			return {
				trusted: 'the display of the request, and the approvals on record',
				proof: (details.approvals ?? []).map(({party, basis}) => `${party} on ${basis}`).join(', ') || 'none',
				check: `rule ${details.rule ?? ''} of policy version ${details.policyVersion ?? ''}`,
				fooled: details.verdict === 'deny' ? 'what is really wanted waits' : 'an output leaves that nobody legitimate wanted',
			};
		case 'output-changed':
			if (event.set.state !== 'released') return undefined;
			return {
				trusted: 'the decision of the policy',
				proof: `H ${short(details.payloadHash ?? '')}`,
				check: event.set.verified === true ? 'independent verification of the bytes' : 'none after the decision, unless somebody holds it',
				fooled: 'it is final at the end of the next turn',
			};
		case 'captured':
			return {
				trusted: `the machine of ${event.share.party}`,
				proof: 'none was asked for',
				check: 'none held',
				fooled: 'as many shares of one epoch as the threshold make the key',
			};
		default:
			return undefined;
	}
}
