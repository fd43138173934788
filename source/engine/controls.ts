/** The controls: each is one check at one call site, named here with what it checks and what it costs while it is on. */

export interface Control {
	readonly id: string;
	readonly title: string;
	readonly checks: string;
	readonly price: string;
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
];

export const controlIds: readonly string[] = controls.map(({id}) => id);

export function controlTitle(id: string): string {
	return controls.find(control => control.id === id)?.title ?? id;
}
