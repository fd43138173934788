import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {failedAssumptions} from '../../source/report/findings.js';
import {historyOf} from '../../source/report/history.js';
import type {Played} from '../../source/report/played.js';
import {changed, type Json, jq, matches, type Query, sql} from '../../source/report/record-query.js';
import {jsonLine, type Signal, signalFiles, signalKinds, signalOf} from '../../source/report/signal.js';
import {transcriptJsonLines, transcriptOf} from '../../source/report/transcript.js';
import {drifted, falseVendor, frozen, play, stolen, swapped} from './games.js';

const transcript = ({game, entries, head}: Played) =>
	transcriptOf({scenario: {id: game.scenario.id, title: game.scenario.title}, entries, head, deal: game.deal, seat: 'facilitator'});

function signalIn(played: Played): Signal {
	return signalOf(failedAssumptions(played, historyOf(played))[0], transcript(played));
}

const hasJq = spawnSync('jq', ['--version']).status === 0;

/** The lines of the journal that jq lets through. */
function throughJq(query: Query, text: string): number[] {
	const {status, stdout, stderr} = spawnSync('jq', ['-c', jq(query)], {input: text, encoding: 'utf8'});
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
	return stdout.split('\n').flatMap(line => (line === '' ? [] : [(JSON.parse(line) as {line: number}).line]));
}

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

	test.skipIf(!hasJq)('jq finds the same lines in the whole transcript, and says the same of both samples', () => {
		expect(throughJq(signal.query, transcriptJsonLines(transcript(played)))).toEqual(signal.lines);
		expect(throughJq(signal.query, jsonLine(signal.fires.record))).toHaveLength(1);
		expect(throughJq(signal.query, jsonLine(signal.quiet.record))).toHaveLength(0);
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

test('every kind has records that fire and do not, whatever game it is', () => {
	const nothing = {...transcript(play(frozen)), records: []};
	for (const kind of signalKinds) {
		const made = kind.query.reduce<Json>((record, clause) => changed(record, clause, true), {});
		expect(matches(kind.query, made), kind.id).toBe(true);
		for (const clause of kind.query) expect(matches(kind.query, changed(made, clause, false)), kind.id).toBe(false);
	}
	const signal = signalOf({assumption: 'What the coordinator displays is what the parties sign.'}, nothing);
	expect(matches(signal.query, signal.fires.record)).toBe(true);
	expect(signal.fires.origin).toContain('made up');
});

test('texts of others stay texts', () => {
	expect(jsonLine({what: 'a\u202eb\u001b[31m\u{e0001}'})).toBe('{"what":"a\\u202eb\\u001b[31m\\udb40\\udc01"}\n');
	const query: Query = [{is: 'contains', path: 'what', text: `it's "so"`}];
	expect(sql(query)).toContain(`'it''s "so"'`);
	if (hasJq) expect(throughJq(query, `${JSON.stringify({line: 7, what: `it's "so" here`})}\n`)).toEqual([7]);
});
