/** What can be alerted on, kind by kind: from which log, by which query on a transcript's records, and what to do first. */
import type {Station} from '../engine/view.js';
import {assumptions} from './finding.js';
import type {Query} from './record-query.js';

export interface Kind {
	readonly id: string;
	/** What to alert on. */
	readonly title: string;
	readonly why: string;
	/** The station whose log has it, and the level that keeps it. */
	readonly station: Station;
	readonly level: 1 | 2;
	readonly query: Query;
	/** What else looks like it. */
	readonly innocent: string;
	/** What whoever is called does first. */
	readonly firstStep: string;
}

const admitted: Query = [
	{is: 'equals', path: 'type', value: 'decided'},
	{is: 'equals', path: 'verdict', value: 'allow'},
];

function seen(id: string, kinds: readonly string[], rest: Omit<Kind, 'id' | 'query'>): Kind {
	return {
		id,
		...rest,
		query: [
			{is: 'equals', path: 'type', value: 'act'},
			{is: 'one-of', path: 'evidence.kind', values: kinds},
			{is: 'equals', path: 'evidence.kept', value: true},
		],
	};
}

const unbound: Kind = {
	id: 'unbound-approvals',
	title: 'A signature is admitted, and no approval is bound to the bytes that were signed',
	why: 'What the coordinator displays and what is signed are two byte strings. Only an approval that binds the hash of the signed bytes says that they are the same.',
	station: 'policy',
	level: 1,
	query: [...admitted, {is: 'none-like', list: 'approvals', field: 'binds', path: 'payloadHash'}],
	innocent: 'A payment that everybody approved by reading the screen, which is what should not be.',
	firstStep: 'Hold the output, read the digest on a second device, and compare it with what the requester says.',
};

const unasked: Kind = {
	id: 'no-call-back',
	title: 'A signature is admitted, and no approval rests on a call-back',
	why: 'Every byte can be as displayed and the wish be false. Only the requester, reached on a way that is known already, can say that it is theirs.',
	station: 'policy',
	level: 1,
	query: [...admitted, {is: 'none', list: 'approvals', field: 'basis', value: 'callback'}],
	innocent: 'Routine payments below the amount from which a call-back is asked for; add that limit to the query.',
	firstStep: 'Hold the output and call the requester on a number that is not in the request.',
};

const egress = seen('share-store-egress', ['large transfer', 'memory copied'], {
	title: 'A machine that stores a share sends or copies far more than it should',
	why: 'A share is a few bytes, and nothing else on its machine has to leave. As many of one epoch as the threshold are the key, and no policy is asked.',
	station: 'shares',
	level: 1,
	innocent: 'Patches, backups on schedule and logs that are shipped. Compare with the calendar of changes; do not wait for a second one.',
	firstStep:
		'Cut the machine off before the turn resolves, inspect it in full, and refresh while fewer shares than the threshold are gone.',
});

const backupRead = seen('backup-read', ['backup read', 'backup written'], {
	title: 'The backup of a share is read or written outside a drill',
	why: 'A backup is a share like any other, and its place is seldom watched as the machine is.',
	station: 'shares',
	level: 2,
	innocent: 'Drills and restores, which are announced.',
	firstStep: 'Destroy the backups of that epoch, refresh, and make new ones in another place.',
});

const whole = seen('key-in-one-place', ['recovery'], {
	title: 'The whole key is put together on one machine',
	why: 'For that time the threshold is one: whoever is on that machine has the key.',
	station: 'shares',
	level: 1,
	innocent: 'A recovery that was decided. Even then the key is burned and has to be rotated.',
	firstStep: 'Inspect the machine in full before, not after; rotate, and sweep what the key guards.',
});

/** The last signal there is; for what has no signal of its own. */
export const pastPolicy: Kind = {
	id: 'past-the-policy',
	title: 'A signature verifies under the key of the vault, and no request and no decision belongs to it',
	why: 'Enough shares sign without rounds and without policy. It is the last signal there is: the output is final when it is seen.',
	station: 'output',
	level: 1,
	query: [
		{is: 'equals', path: 'type', value: 'output-made'},
		{is: 'lacks', path: 'request'},
	],
	innocent: 'None.',
	firstStep: 'Announce it to whoever would honour it, and rotate: neither refresh nor reshare takes the key back.',
};

const differs: Kind = {
	id: 'digest-differs',
	title: 'A device reads other bytes than the ones displayed',
	why: 'The device hashes what it would sign. If that is not what the coordinator displays, one of the two is wrong.',
	station: 'policy',
	level: 1,
	query: [
		{is: 'equals', path: 'type', value: 'digest-read'},
		{is: 'contains', path: 'what', text: 'differs from the display'},
	],
	innocent: 'The requester changed the request; a call-back says so.',
	firstStep: 'Sign nothing of this request, call the requester back, and inspect the coordinator.',
};

const stuck: Kind = {
	id: 'signing-without-result',
	title: 'A signing ends without a signature',
	why: 'A party that does not answer, or answers wrongly, stops a signing; until the deadline there is little time to find out who.',
	station: 'rounds',
	level: 1,
	query: [
		{is: 'equals', path: 'type', value: 'ceremony-ended'},
		{is: 'contains', path: 'what', text: ': '},
	],
	innocent: 'A bad disk, a machine that is being maintained.',
	firstStep: 'Retry with other parties and new nonces, and see whether verify partials is really on.',
};

const frozen: Kind = {
	id: 'freeze-with-deadlines',
	title: 'Signing is frozen',
	why: 'A freeze stops the policy, not mathematics: captured shares still sign, and wanted payments wait.',
	station: 'policy',
	level: 1,
	query: [
		{is: 'equals', path: 'type', value: 'act'},
		{is: 'equals', path: 'evidence.kind', value: 'freeze'},
	],
	innocent: 'None: every freeze needs somebody who looks at the deadlines.',
	firstStep: 'List what is due before the freeze can end, and say who decides to lift it.',
};

/** What to watch for an assumption, the earliest signal first. */
export const kindsFor: Readonly<Record<string, readonly Kind[]>> = {
	[assumptions.display]: [unbound, differs],
	[assumptions.device]: [unasked],
	[assumptions.asker]: [unasked],
	[assumptions.shares]: [egress, pastPolicy],
	[assumptions.whole]: [whole, pastPolicy],
	[assumptions.old]: [egress, backupRead, pastPolicy],
	[assumptions.backup]: [backupRead, egress, pastPolicy],
	[assumptions.frozen]: [egress, pastPolicy],
	'A freeze costs nothing.': [frozen],
	'Whoever approved will answer when it is time to sign.': [stuck],
	'A control that is documented as on is on.': [stuck],
	'A wrong partial shows by itself who sent it.': [stuck],
	'Every party that answers has a sound share and tells the truth.': [stuck],
	'What is displayed is still what the requester wants.': [differs],
	'The answer to a call-back can be read after the payment.': [unasked],
	'An answer that says no stops the payment.': [unasked],
};

/** All of them. */
export const signalKinds: readonly Kind[] = [unbound, unasked, egress, backupRead, whole, pastPolicy, differs, stuck, frozen];
