/**
 * The signal that an engineer on call would have needed in this game: what to alert on, from which log, the query on the transcript's fields, and two
 * records to try it with. Which one it is follows from the assumption that decided the game.
 */
import type {Station} from '../engine/view.js';
import {assumptions, type Finding} from './findings.js';
import {block, code, escaped} from './markdown.js';
import {clean} from './plain-text.js';
import {changed, type Json, jq, matches, type Query, sigma, sql} from './record-query.js';
import type {Transcript} from './transcript.js';

interface Kind {
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

const pastPolicy: Kind = {
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

const byAssumption: Readonly<Record<string, readonly Kind[]>> = {
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

export interface Sample {
	readonly record: Json;
	/** The line of the journal that it is; absent for one that was made from it, or from nothing. */
	readonly line?: number;
	readonly origin: string;
}

export interface Signal extends Kind {
	/** The assumption that it watches. */
	readonly assumption: string;
	readonly fires: Sample;
	readonly quiet: Sample;
	/** Lines of this game on which it fires. */
	readonly lines: readonly number[];
}

/** The kinds of signals, for tests and lists. */
export const signalKinds: readonly Kind[] = [unbound, unasked, egress, backupRead, whole, pastPolicy, differs, stuck, frozen];

/**
 * Chooses the signal of a game by the assumption that decided it; of several the first that this game would have set off.
 * @param transcript of the facilitator, who reads every line
 */
export function signalOf(finding: Pick<Finding, 'assumption'> | undefined, transcript: Transcript): Signal {
	const kinds = (finding && byAssumption[finding.assumption]) ?? [pastPolicy];
	const records = transcript.records.filter(({takenBack}) => !takenBack) as unknown as readonly Json[];
	const firing = (kind: Kind) => records.filter(record => matches(kind.query, record));
	const kind = kinds.find(each => firing(each).length > 0) ?? kinds[0]!;
	const found = firing(kind);
	return {
		...kind,
		assumption: finding?.assumption ?? assumptions.shares,
		fires: firesOf(kind, records, found),
		quiet: quietOf(kind, records, found[0]),
		lines: found.map(({line}) => line as number),
	};
}

/** Records that are like those the query asks for: of their type, and of what they say of evidence. */
function like(kind: Kind, records: readonly Json[]): readonly Json[] {
	const [type] = kind.query;
	return records.filter(record => type !== undefined && matches([type], record));
}

function firesOf(kind: Kind, records: readonly Json[], [first]: readonly Json[]): Sample {
	if (first) return real(first);
	const near =
		like(kind, records).find(record => record.evidence !== undefined || record.approvals !== undefined) ?? like(kind, records)[0];
	const made = kind.query.reduce<Json>((record, clause) => changed(record, clause, true), near ?? {line: 0});
	return {
		record: made,
		origin: near ? `made from line ${String(near.line)} of this game: nothing in it set this off` : 'made up: this game has no such record',
	};
}

function quietOf(kind: Kind, records: readonly Json[], first: Json | undefined): Sample {
	const other = like(kind, records).find(
		record => !matches(kind.query, record) && (record.evidence === undefined || record.evidence !== null),
	);
	if (other) return real(other);
	const base = first ?? kind.query.reduce<Json>((record, clause) => changed(record, clause, true), {line: 0});
	return {
		record: changed(base, kind.query.at(-1)!, false),
		origin: first
			? `made from line ${String(first.line)} of this game: the same, as it should have been`
			: 'made up: this game has no such record',
	};
}

function real(record: Json): Sample {
	return {record, line: record.line as number, origin: `line ${String(record.line)} of this game`};
}

/** One line of JSON in which nothing reorders or hides text. */
export function jsonLine(record: Json): string {
	const units = (text: string) =>
		text
			.split('')
			.map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
			.join('');
	return `${JSON.stringify(record).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, units)}\n`;
}

/** The files of a signal by name: an explanation, the query for jq, and the two records. */
export function signalFiles(signal: Signal, save: string): Record<string, string> {
	return {
		'signal.md': signalMarkdown(signal, save),
		'signal.jq': `# ${signal.title}\n${jq(signal.query)}\n`,
		'signal-fires.jsonl': jsonLine(signal.fires.record),
		'signal-quiet.jsonl': jsonLine(signal.quiet.record),
	};
}

function signalMarkdown(
	{title, why, station, level, innocent, firstStep, query, fires, quiet, lines, assumption}: Signal,
	save: string,
): string {
	return `${[
		`# Signal: ${escaped(title)}`,
		'',
		`Watches the assumption "${escaped(assumption)}"`,
		'',
		why,
		'',
		`- From which log: the ${station.toUpperCase()} station, kept from level ${level} on. In the transcript: the records of type ${code(String((query[0] as {value?: unknown}).value))}.`,
		`- In this game it fires on: ${lines.length === 0 ? 'no line, because the log was too low or nothing of the kind happened; see the sample' : `journal ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`}.`,
		`- What else looks like it: ${innocent}`,
		`- What to do first: ${firstStep}`,
		'',
		'## Query',
		'',
		'jq, on the JSON Lines of the transcript:',
		'',
		...block([`quorum-call transcript ${clean(save)} --format jsonl | jq -c -f signal.jq`], 'sh'),
		...block([jq(query)], 'jq'),
		'SQL (SQLite; a table `transcript` with one JSON text a row in `record`):',
		'',
		...block(sql(query).split('\n'), 'sql'),
		'Sigma:',
		'',
		...block(sigma(title, query), 'yaml'),
		'## Samples',
		'',
		`Fires: signal-fires.jsonl, ${fires.origin}.`,
		'',
		`Does not fire: signal-quiet.jsonl, ${quiet.origin}.`,
		'',
		'Fields are those of a transcript. Map them to the fields of your own log: who asked, what was decided by which rule, what each approval is bound to, and the hash of the bytes that were signed.',
	].join('\n')}\n`;
}
