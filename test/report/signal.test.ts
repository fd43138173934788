import {raw} from 'jq-wasm';
import {Database} from 'node-sqlite3-wasm';
import {describe, expect, test} from 'vitest';
import {failedAssumptions} from '../../source/report/findings.js';
import {historyOf} from '../../source/report/history.js';
import type {Played} from '../../source/report/played.js';
import {changed, type Json, jq, matches, type Query, sql} from '../../source/report/record-query.js';
import {jsonLine, type Signal, signalFiles, signalOf} from '../../source/report/signal.js';
import {signalKinds} from '../../source/report/signal-kinds.js';
import {transcriptJsonLines, transcriptOf} from '../../source/report/transcript.js';
import {drifted, falseVendor, frozen, play, stolen, swapped} from './games.js';

const transcript = ({game, entries, head}: Played) =>
	transcriptOf({scenario: {id: game.scenario.id, title: game.scenario.title}, entries, head, deal: game.deal, seat: 'facilitator'});

function signalIn(played: Played): Signal {
	return signalOf(failedAssumptions(played, historyOf(played))[0], transcript(played));
}

/** The lines of the journal that jq lets through: jq itself, as WebAssembly. */
async function throughJq(program: string, text: string): Promise<number[]> {
	// Its standard input takes time in proportion to the square of what is left in it, so it gets a few lines at a time.
	const lines = text.trimEnd().split('\n');
	const some = Array.from({length: Math.ceil(lines.length / 16)}, (_, index) => lines.slice(16 * index, 16 * (index + 1)).join('\n'));
	const found = (await Promise.all(some.map(each => raw(each, program, ['-c'])))).join('\n');
	return found.split('\n').flatMap(line => (line === '' ? [] : [(JSON.parse(line) as {line: number}).line]));
}

/** The lines that SQLite finds: SQLite itself, as WebAssembly, with a record a row. */
function throughSqlite(query: string, text: string): number[] {
	const database = new Database();
	try {
		database.run('CREATE TABLE transcript (record TEXT)');
		for (const line of text.trimEnd().split('\n')) database.run('INSERT INTO transcript VALUES (?)', [line]);
		return database.all(query).map(({line}) => Number(line));
	} finally {
		database.close();
	}
}

/** The queries as the files hold them, comments and all. */
const queries = (signal: Signal) => {
	const files = signalFiles(signal, 'saves/x.jsonl');
	return {jq: files['signal.jq']!, sql: files['signal.sql']!, fires: files['signal-fires.jsonl']!, quiet: files['signal-quiet.jsonl']!};
};

const games = [
	['a swapped payload', 'unbound-approvals', play(swapped)],
	['a false request', 'no-call-back', play(falseVendor, {world: 'caller'})],
	['shares that left', 'share-store-egress', play(stolen, {world: 'insider'})],
	['a signing without result', 'signing-without-result', play(drifted, {world: 'drift'})],
	['a freeze', 'freeze-with-deadlines', play(frozen)],
] as const;

describe.each(games)('%s', (_name, id, played) => {
	const signal = signalIn(played);

	test('has its signal, with a record of this game that fires and one that does not', () => {
		expect(signal.id).toBe(id);
		expect(signal.lines.length).toBeGreaterThan(0);
		expect(signal.fires.line).toBe(signal.lines[0]);
		expect(matches(signal.query, signal.fires.record)).toBe(true);
		expect(matches(signal.query, signal.quiet.record)).toBe(false);
	});

	test('jq and SQLite find the same lines in the whole transcript, and say the same of both samples', async () => {
		const files = queries(signal);
		const whole = transcriptJsonLines(transcript(played));
		expect(await throughJq(files.jq, whole)).toEqual(signal.lines);
		expect(throughSqlite(files.sql, whole)).toEqual(signal.lines);
		expect(await throughJq(files.jq, files.fires)).toHaveLength(1);
		expect(throughSqlite(files.sql, files.fires)).toHaveLength(1);
		expect(await throughJq(files.jq, files.quiet)).toEqual([]);
		expect(throughSqlite(files.sql, files.quiet)).toEqual([]);
	});

	test('the page names the lines and the query', () => {
		const page = signalFiles(signal, 'saves/x.jsonl')['signal.md']!;
		expect(page).toContain(signal.lines.join(', '));
		expect(page).toContain(jq(signal.query));
		expect(page).toContain(sql(signal.query));
	});
});

test('a swap fires on the decision that admitted it, and an approval on digest keeps it quiet', () => {
	const played = play(swapped);
	const decided = played.entries.filter(({event}) => event.type === 'decided').at(-1)!;
	// Payroll has one approval by digest, and with it a hash that is bound.
	expect(signalIn(played).lines).toEqual([decided.line]);
});

test('every kind has records that fire and do not, whatever game it is: here, for jq and for SQLite', async () => {
	for (const {id, query} of signalKinds) {
		const made = query.reduce<Json>((record, clause) => changed(record, clause, true), {line: 1});
		const others = query.map((clause, index) => ({...changed(made, clause, false), line: index + 2}));
		expect(matches(query, made), id).toBe(true);
		for (const other of others) expect(matches(query, other), id).toBe(false);
		const text = [made, ...others].map(jsonLine).join('');
		expect(await throughJq(jq(query), text), id).toEqual([1]);
		expect(throughSqlite(sql(query), text), id).toEqual([1]);
	}
});

test('a game without any such record has samples that are made up', () => {
	const signal = signalOf(
		{assumption: 'What the coordinator displays is what the parties sign.'},
		{...transcript(play(frozen)), records: []},
	);
	expect(matches(signal.query, signal.fires.record)).toBe(true);
	expect(signal.fires.origin).toContain('made up');
});

test('texts of others stay texts', async () => {
	expect(jsonLine({what: 'a\u202eb\u001b[31m\u{e0001}'})).toBe('{"what":"a\\u202eb\\u001b[31m\\udb40\\udc01"}\n');
	const query: Query = [{is: 'contains', path: 'what', text: `it's "so"`}];
	const text = `${JSON.stringify({line: 7, what: `it's "so" here`})}\n`;
	expect(await throughJq(jq(query), text)).toEqual([7]);
	expect(throughSqlite(sql(query), text)).toEqual([7]);
	const save = "saves/it's; x.jsonl";
	expect(signalFiles(signalIn(play(frozen)), save)['signal.md']).toContain(String.raw`transcript 'saves/it'\''s; x.jsonl' --format`);
});
