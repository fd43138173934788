import {createHash} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import type {Played} from '../../source/report/played.js';
import {mayRead, type TranscriptSeat, transcriptJsonLines, transcriptOf} from '../../source/report/transcript.js';
import {headFields, recordFields, TRANSCRIPT_VERSION} from '../../source/report/transcript-fields.js';
import {transcriptMarkdown} from '../../source/report/transcript-markdown.js';
import {play, stolen, swapped, won} from './games.js';

const seats: readonly TranscriptSeat[] = ['facilitator', 'operators', 'attackers', 'public'];
const sha256 = (hex: string) => createHash('sha256').update(Buffer.from(hex, 'hex')).digest('hex');
const {id, title} = play('').game.scenario;
const made = ({entries, head, game}: Played, seat: TranscriptSeat) =>
	transcriptOf({scenario: {id, title}, entries, head, deal: game.deal, seat});

describe('a decision', () => {
	const played = play(swapped);
	const record = made(played, 'operators').records.findLast(({type}) => type === 'decided');
	const output = played.state.outputs.at(-1)!;

	test('says who asked, on what facts, by which rule, with whose approvals on what basis, and for which bytes', () => {
		expect(record).toMatchObject({
			line: played.entries.findLast(({event}) => event.type === 'decided')?.line,
			turn: 2,
			place: 'POLICY -> OUTPUT',
			authority: true,
			asked: played.state.requests.vendor?.requester,
			verdict: 'allow',
			rule: 'enough-approvals',
			reason: '2 approvals >= 2',
			epoch: 1,
			payloadHash: sha256(output.message),
			output: {id: output.id},
		});
		expect(record?.approvals?.map(({basis, binds}) => [basis, binds])).toEqual([
			['display', undefined],
			['display', undefined],
		]);
		expect(record?.signers).toEqual(record?.approvals?.map(({party}) => party));
		expect(record?.after?.move).toBe('end-turn');
	});

	test('an approval on a digest binds the bytes that were signed', () => {
		const {records} = made(play(won), 'facilitator');
		const signed = records.find(({type}) => type === 'output-made');
		expect(signed?.approvals?.map(({binds}) => binds)).toEqual([signed?.payloadHash, signed?.payloadHash]);
	});

	test('approvals that were taken back do not stand beside a decision', () => {
		const lines =
			'attackers: end-turn\noperators: approve payroll party=ada basis=digest\noperators: approve payroll party=chi basis=display\noperators: takeback\noperators: approve payroll party=ben basis=digest\noperators: sign payroll parties=ada,ben\noperators: end-turn';
		const {records} = made(play(lines), 'operators');
		expect(records.find(({type}) => type === 'decided')?.approvals?.map(({basis}) => basis)).toEqual(['digest', 'digest']);
		const back = records.filter(({takenBack}) => takenBack);
		expect(back.map(({what}) => what)[0]).toMatch(/^operators: approve payroll party=\w+ basis=display/);
	});
});

describe('seats', () => {
	const played = play(stolen, {world: 'insider'});

	test.each(seats)('%s: only lines it may read, at their journal lines, the rest counted', seat => {
		const {records, withheld, lines} = made(played, seat);
		const expected = played.entries.filter(({event}) => mayRead(seat, event.audience)).map(({line}) => line);
		expect(records.map(({line}) => line)).toEqual(expected);
		expect(withheld).toBe(played.entries.length - expected.length);
		expect(lines).toBe(played.entries.length);
		expect(withheld > 0).toBe(seat !== 'facilitator');
	});

	test('no bytes and no moves of the other side, nor any share, reach a seat', () => {
		const text = (seat: TranscriptSeat) => transcriptJsonLines(made(played, seat)) + transcriptMarkdown(made(played, seat));
		for (const {share} of played.state.loot) {
			expect(text('attackers')).toContain(share);
			expect(text('operators')).not.toContain(share);
			expect(text('public')).not.toContain(share);
		}
		expect(text('operators')).not.toMatch(/steal-share|implant party|phish/);
		const approving = play(swapped);
		expect(transcriptJsonLines(made(approving, 'attackers'))).not.toContain('approve vendor');
		expect(transcriptJsonLines(made(approving, 'public'))).not.toMatch(/approve vendor|swap-payload/);
	});

	test('a move that a seat may not read is not named as the cause of what it sees', () => {
		const {records} = made(play('attackers: submit refund\nattackers: end-turn', {world: 'liar'}), 'operators');
		const opened = records.find(
			({what}) => what.startsWith('refund opens') || what.startsWith('refund is') || what.includes('refund opens'),
		);
		expect(opened).toMatchObject({request: 'refund', audience: 'operators'});
		expect(opened).not.toHaveProperty('after');
	});

	test('lines that a copy withholds already are counted too', () => {
		const kept = played.entries.filter(({event}) => mayRead('operators', event.audience));
		const copy = transcriptOf({
			scenario: {id, title},
			entries: kept,
			head: played.head,
			seat: 'operators',
			withheld: played.entries.length - kept.length,
		});
		const {withheld, lines, records} = made(played, 'operators');
		expect(copy).toMatchObject({withheld, lines});
		expect(copy.records.map(({line, what, authority}) => [line, what, authority])).toEqual(
			records.map(({line, what, authority}) => [line, what, authority]),
		);
	});
});

describe('forms', () => {
	const played = play(stolen, {world: 'insider'});
	const transcript = made(played, 'facilitator');

	test('JSON Lines: a line on the whole, a line a record, numbers in full', () => {
		const [whole, ...records] = transcriptJsonLines(transcript)
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line));
		expect(whole).toMatchObject({
			transcript: 1,
			seat: 'facilitator',
			head: played.head,
			withheld: 0,
			publicKey: played.state.key?.publicKey,
		});
		expect(records).toHaveLength(played.entries.length);
		expect(records.findLast(({type}) => type === 'attempted').equations[0]).toMatchObject({
			left: {value: played.state.key?.publicKey},
			right: {value: played.state.key?.publicKey},
			verdict: 'EQUAL',
		});
	});

	test('every line is one JSON document of this version, with documented fields and no others', () => {
		const lines = transcriptJsonLines(transcript).trimEnd().split('\n');
		const [whole, ...records] = lines.map(line => JSON.parse(line) as Record<string, unknown>);
		expect(Object.keys(whole!).sort()).toEqual(['transcript', ...Object.keys(headFields)].sort());
		const used = new Set(records.flatMap(record => Object.keys(record)));
		expect([...used].filter(field => field !== 'transcript' && !(field in recordFields))).toEqual([]);
		expect(records.every(record => record.transcript === TRANSCRIPT_VERSION)).toBe(true);
	});

	test('text of players and characters that a terminal obeys are escapes in JSON Lines, and mean the same', () => {
		const note = '=1+1 <script>alert(1)</script> \u001b[2J\u009b31m \u202egnp \u2028 \u{e0041} 你好';
		const entries = played.entries.map(entry =>
			entry.event.type === 'told' ? {...entry, event: {...entry.event, entry: {...entry.event.entry, text: note}}} : entry,
		);
		const text = transcriptJsonLines(transcriptOf({scenario: {id, title: note}, entries, head: played.head, seat: 'facilitator'}));
		expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
		const [first, ...rest] = text.trimEnd().split('\n');
		expect(rest).toHaveLength(entries.length);
		expect(JSON.parse(first!).scenario.title).toBe(note);
		expect(rest.some(line => (JSON.parse(line).what as string).endsWith(note))).toBe(true);
	});

	test('each authority move answers the four questions, and nothing else does', () => {
		for (const {authority, answers} of made(play(won), 'facilitator').records) {
			expect(answers !== undefined).toBe(authority);
			for (const answer of Object.values(answers ?? {})) expect(answer).not.toBe('');
		}
		const decided = made(play(won), 'operators').records.find(({type}) => type === 'decided');
		expect(decided).toMatchObject({policyVersion: '1', answers: {check: 'rule enough-approvals of policy version 1'}});
	});

	test('what was chosen, taken back and led stands in the head, as far as the seat may read of it', () => {
		const back = play('attackers: phish party=ada\nattackers: takeback\nattackers: end-turn', {world: 'insider'});
		const origin = {seedWas: 'typed', worldChosen: true} as const;
		const of = (seat: TranscriptSeat) => transcriptOf({scenario: {id, title}, entries: back.entries, head: back.head, seat, origin});
		expect(of('facilitator').irregularities.map(({kind}) => kind)).toEqual(['seed', 'world', 'takeback']);
		expect(of('operators').irregularities.map(({kind}) => kind)).toEqual(['seed', 'world']);
		expect(transcriptMarkdown(of('facilitator'))).toContain('- takeback, turn 1, line');
		expect(transcriptMarkdown(of('operators'))).not.toContain('phish');
	});

	test('Markdown marks authority moves and shortens both sides of an equation', () => {
		const text = transcriptMarkdown(transcript);
		const {publicKey} = played.state.key!;
		expect(text).toContain(`${publicKey.slice(0, 4)}..${publicKey.slice(-4)}, EQUAL`);
		expect(text.split(publicKey)).toHaveLength(2);
		const marked = [...text.matchAll(/^\| (\d+) \*\*A\*\* \|/gm)].map(([, line]) => Number(line));
		expect(marked).toEqual(
			played.entries.filter(({event}) => ['captured', 'approved', 'decided', 'output-made'].includes(event.type)).map(({line}) => line),
		);
		expect(marked.length).toBeGreaterThan(2);
	});

	test('the marks of a whole game are its authority moves', () => {
		const game = play(won);
		expect(made(game, 'facilitator').records.filter(({authority}) => authority)).toHaveLength(game.state.authority.length);
	});
});
