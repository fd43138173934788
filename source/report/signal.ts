/**
 * The signal that an engineer on call would have needed in this game: what to alert on, from which log, the query on the transcript's fields, and two
 * records to try it with. Which one it is follows from the assumption that decided the game.
 */
import {assumptions, type Finding} from './finding.js';
import {block, code, escaped} from './markdown.js';
import {clean, shellWord} from './plain-text.js';
import {changed, type Json, jq, matches, sql} from './record-query.js';
import {type Kind, kindsFor, pastPolicy} from './signal-kinds.js';
import type {Transcript} from './transcript.js';

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

/**
 * Chooses the signal of a game by the assumption that decided it; of several the first that this game would have set off.
 * @param transcript of the facilitator, who reads every line
 */
export function signalOf(finding: Pick<Finding, 'assumption'> | undefined, transcript: Transcript): Signal {
	const kinds = (finding && kindsFor[finding.assumption]) ?? [pastPolicy];
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

/** The files of a signal by name: an explanation, the query for jq and for SQLite, and the two records. */
export function signalFiles(signal: Signal, save: string): Record<string, string> {
	return {
		'signal.md': signalMarkdown(signal, save),
		'signal.jq': `# ${signal.title}\n${jq(signal.query)}\n`,
		'signal.sql': `-- ${signal.title}\n${sql(signal.query)}\n`,
		'signal-fires.jsonl': jsonLine(signal.fires.record),
		'signal-quiet.jsonl': jsonLine(signal.quiet.record),
	};
}

/** No record holds the unit separator: each line is one value as it is. */
const sqlite =
	"sqlite3 :memory: 'CREATE TABLE transcript (record TEXT)' '.mode ascii' '.separator \"\\037\" \"\\n\"' '.import transcript.jsonl transcript' '.mode list' '.read signal.sql'";

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
		...block([`quorum-call transcript ${shellWord(clean(save))} --format jsonl | jq -c -f signal.jq`], 'sh'),
		...block([jq(query)], 'jq'),
		'SQL in the dialect of SQLite, on a table `transcript` with one record a row:',
		'',
		...block([`quorum-call transcript ${shellWord(clean(save))} --format jsonl > transcript.jsonl`, sqlite], 'sh'),
		...block(sql(query).split('\n'), 'sql'),
		'## Samples',
		'',
		`Fires: signal-fires.jsonl, ${fires.origin}.`,
		'',
		`Does not fire: signal-quiet.jsonl, ${quiet.origin}.`,
		'',
		'Fields are those of a transcript. Map them to the fields of your own log: who asked, what was decided by which rule, what each approval is bound to, and the hash of the bytes that were signed.',
	].join('\n')}\n`;
}
