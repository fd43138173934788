/** The controls: each is one check at one call site, named here with what it checks and what it costs while it is on. */
import type {GameState} from './state.js';

export interface Control {
	readonly id: string;
	readonly title: string;
	readonly checks: string;
	readonly price: string;
	/** It is on where a scenario does not name it: what it checks is part of the protocol itself. Every other control is off there. */
	readonly standard?: 'on';
}

export const controls: readonly Control[] = [
	{
		id: 'verify-partials',
		title: 'verify partials',
		checks: 'the coordinator checks the equation of each partial signature when it arrives, and names who failed it',
		price: 'none but time',
	},
	{
		id: 'bind-payload',
		title: 'bind payload',
		checks: 'the policy compares the bytes that were signed with the bytes that each approver was shown',
		price: 'any change of the payload, an honest one too, voids the approvals',
	},
	{
		id: 'independent-verification',
		title: 'independent verification',
		checks: 'a second machine reads the signed bytes and compares them with the request before an output leaves',
		price: 'each output is held until release, which costs 1',
	},
	{
		id: 'one-time-approvals',
		title: 'one-time approvals',
		checks: 'an approval counts for one signing only',
		price: 'a retry needs new approvals',
	},
	{
		id: 'distinct-domains',
		title: 'distinct domains',
		checks: 'the policy counts approvals by domain: two parties of one domain count once',
		price: 'fewer quorums are possible',
	},
	{id: 'timelock', title: 'timelock', checks: 'an output is held for one turn before it leaves', price: 'every output takes a turn longer'},
	{
		id: 'sealed-transport',
		title: 'sealed transport',
		checks: 'private bodies of messages are encrypted to their receiver',
		price: 'the bodies vanish from the evidence',
	},
	{
		id: 'proof-of-possession',
		title: 'proof of possession',
		checks: 'in keygen each party proves that it knows the constant it commits to',
		price: 'none',
	},
	{
		id: 'echo-broadcast',
		title: 'echo broadcast',
		checks: 'in keygen all parties compare the commitments they received',
		price: 'one round more',
	},
	{
		id: 'feldman-check',
		title: 'feldman check',
		checks: "each dealt sub-share is checked against its dealer's commitments",
		price: 'none but time',
	},
	{
		id: 'commitment-lengths',
		title: 'commitment lengths',
		checks: 'a deal commits to exactly as many coefficients as the threshold',
		price: 'none',
		standard: 'on',
	},
	{
		id: 'ack-before-erase',
		title: 'ack before erase',
		checks: 'nobody erases an old share before every receiver has acknowledged its new one',
		price: 'one receiver that goes dark aborts the ceremony',
	},
	{
		id: 'erase-old-shares',
		title: 'erase old shares',
		checks: 'a machine erases its old share once the new epoch is in force',
		price: 'an old epoch can not be gone back to',
		standard: 'on',
	},
	{
		id: 'fingerprinted-backups',
		title: 'fingerprinted backups',
		checks: 'only backups of one generation of shares are put together, and only a current one is restored',
		price: 'each new epoch needs new backups',
	},
	{
		id: 'nonce-guard',
		title: 'nonce guard',
		checks: "before a party draws nonces, the draws that its memory counts are compared with its module's count",
		price: 'a restored party must discard its nonces before it signs again',
	},
	{
		id: 'authenticated-envelopes',
		title: 'authenticated envelopes',
		checks: 'a message counts only if it is signed by whoever it says it is from',
		price: 'none but time',
		standard: 'on',
	},
	{
		id: 'envelope-context',
		title: 'envelope context',
		checks: "a message counts only if its session, epoch, sender and receiver are this ceremony's",
		price: 'none',
		standard: 'on',
	},
	{
		id: 'bind-context',
		title: 'bind context',
		checks: "each approval's signed words name vault, epoch, policy version, request and expiry, and the policy compares them",
		price: 'a new epoch, an amendment or a missed deadline voids approvals',
	},
	{
		id: 'no-exceptions',
		title: 'no exceptions',
		checks: 'what a rule denies stays denied; the policy looks at no exception',
		price: 'the emergency path is gone for everybody',
	},
	{
		id: 'minimum-cohort',
		title: 'minimum cohort',
		checks: 'each party refuses a sum of too few inputs, and one that gives an input away together with earlier answers',
		price: 'honest questions that overlap are refused too',
	},
	{
		id: 'decision-log',
		title: 'decision log',
		checks: "the record keeps each decision's facts, rule and reason",
		price: 'who reads the record learns the policy',
	},
	{
		id: 'anchored-log',
		title: 'anchored log',
		checks: 'each line of the log holds the hash of the line before; heads written down elsewhere are compared with it',
		price: 'anchor costs 1 whenever a head is written down',
	},
];

export const controlIds: readonly string[] = controls.map(({id}) => id);

export function controlTitle(id: string): string {
	return controls.find(control => control.id === id)?.title ?? id;
}

/** As the operators know a control: what an inspection found, else what is documented. */
export function isKnownOn({controls: known}: Pick<GameState, 'controls'>, control: string): boolean {
	const {documented, inspected} = known[control] ?? {documented: false};
	return inspected ?? documented;
}
