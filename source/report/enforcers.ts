/** Which component of the path enforces a control. */

/** The component that makes the check of a control. */
const components: Readonly<Record<string, string>> = {
	'verify-partials': 'coordinator',
	'bind-payload': 'policy',
	'bind-context': 'policy',
	'one-time-approvals': 'policy',
	'distinct-domains': 'policy',
	'no-exceptions': 'policy',
	'independent-verification': 'second machine at the output',
	timelock: 'output gate',
	'sealed-transport': 'envelopes of the parties',
	'authenticated-envelopes': 'envelopes of the parties',
	'envelope-context': 'envelopes of the parties',
	'proof-of-possession': 'every receiver in keygen',
	'echo-broadcast': 'every receiver in keygen',
	'feldman-check': 'every receiver of a deal',
	'commitment-lengths': 'every receiver of a deal',
	'ack-before-erase': 'share store',
	'erase-old-shares': 'share store',
	'fingerprinted-backups': 'place of the backups',
	'nonce-guard': 'security module of the party',
	'minimum-cohort': 'every party that computes',
	'decision-log': 'record of decisions',
	'anchored-log': 'log',
};

export function componentOf(control: string): string {
	return components[control] ?? 'control';
}
