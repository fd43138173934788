// A drill on record: what was agreed is hashed into line 0, who spoke stands with each move, and clock and table follow from the moves.

import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {extend, type OpenedPayload, type Payload, startChain} from '../../source/journal/chain.js';
import {clockAt, presentAt} from '../../source/journal/drill.js';
import {openedPayloads, parseJournal} from '../../source/journal/parse.js';
import {verifyGame} from '../../source/journal/re-execution.js';
import {documentMarkdown} from '../../source/report/document-markdown.js';
import {drillReport, drillSection} from '../../source/report/drill.js';
import {newGame} from './first-light.js';

const drill = {
	minutes: 30,
	isRehearsal: false,
	people: [
		{name: 'Mara', function: 'treasury', seats: ['commander', 'ada'], isAbsent: false},
		{name: 'Jun', function: 'platform', seats: ['ben'], isAbsent: false},
		{name: 'Lee', function: 'data centre', seats: ['chi'], isAbsent: true},
	],
	agreed: {freeze: 'the commander', recover: 'ada and ben together', objectives: ['find out who was fooled'], criteria: ['P: unaided']},
};
const minute = (count: number) => new Date(Date.UTC(2026, 2, 2, 9, count)).toISOString();

function played(path: string) {
	const game = newGame({path, drill, roster: [{seat: 'operators', side: 'operators', player: 'person'}]});
	const say = (at: number, side: 'operators' | 'attackers' | 'table', text: string, seat?: string, person?: string) => {
		const made = game.submit({
			side,
			text,
			at: minute(at),
			...(seat === undefined ? {} : {seat}),
			...(person === undefined ? {} : {person}),
		});
		if (!made.ok) throw new Error(made.message);
	};
	say(0, 'table', 'begin');
	say(0, 'attackers', 'end-turn');
	say(2, 'operators', 'note "I believe payroll is sound."', 'ben', 'Jun');
	say(3, 'operators', 'approve payroll party=ada basis=display', 'ada', 'Jun');
	say(4, 'table', 'join "Lee" seat=chi', 'facilitator');
	say(5, 'table', 'leave "Jun"', 'facilitator');
	say(6, 'table', 'extend minutes=10', 'facilitator');
	return {game, say};
}

let folder = '';
const fresh = () => {
	folder = mkdtempSync(join(tmpdir(), 'drill-'));
	return join(folder, 'game.jsonl');
};

test('line 0 has people and agreement with its hash; who spoke stands with each move; all of it verifies', () => {
	const path = fresh();
	const {game} = played(path);
	game.close();
	const bytes = readFileSync(path);
	rmSync(folder, {recursive: true});
	expect(verifyGame(bytes, {allowUnfinished: true})).toMatchObject({ok: true, reexecuted: true});
	const payloads = openedPayloads(parseJournal(bytes));
	expect(payloads[0]).toMatchObject({drill: {agreedSha256: expect.stringMatching(/^[0-9a-f]{64}$/), agreed: {freeze: 'the commander'}}});
	expect(payloads.find(({type, text}) => type === 'move' && String(text).startsWith('note '))).toMatchObject({seat: 'ben', person: 'Jun'});

	// Whoever has the seed and writes other criteria, or another speaker, meets the hash and the re-execution.
	const forged = (change: (payload: OpenedPayload, index: number) => Payload) =>
		verifyGame(Buffer.from(extend(startChain('demo'), payloads.map(change)).lines.join('')), {allowUnfinished: true});
	const line0 = payloads[0] as OpenedPayload & {readonly drill: typeof drill};
	const otherwise = {...line0, drill: {...line0.drill, agreed: {...drill.agreed, criteria: ['P: anyhow']}}};
	expect(forged(payload => payload)).toMatchObject({ok: true});
	expect(forged((payload, index) => (index === 0 ? otherwise : payload))).toMatchObject({
		ok: false,
		divergence: {line: 1, field: 'payload.drill.agreedSha256'},
	});
	expect(forged(payload => ('person' in payload ? {...payload, person: 7} : payload))).toMatchObject({ok: false});
});

describe('from the moves on record', () => {
	const {game, say} = played(fresh());
	test('late joiners are present, those who left are not', () => {
		expect(presentAt(drill, game.events).map(({name, seats}) => `${name} ${seats}`)).toEqual(['Mara commander,ada', 'Lee chi']);
		expect(presentAt(drill, []).map(({name}) => name)).toEqual(['Mara', 'Jun']);
	});

	test('the clock runs from begin on, gets what was extended, and stands outside of turns', () => {
		expect(clockAt(drill, [], minute(50))).toEqual({left: 1800, isRunning: false});
		expect(clockAt(drill, game.events, minute(6))).toEqual({left: (30 - 6 + 10) * 60, isRunning: true});
		expect(clockAt(drill, game.events, minute(50)).left).toBe(-10 * 60);
		say(20, 'table', 'stop');
		expect(clockAt(drill, game.events, minute(55))).toEqual({left: 20 * 60, isRunning: false});
	});

	test('the debrief names who took part, what was agreed, and what the facilitator did', () => {
		const report = drillReport({...drill, agreedSha256: 'ab'.repeat(32)}, game.entries);
		expect(report.participants).toMatchObject([
			{name: 'Mara', moves: 0},
			{name: 'Jun', moves: 2, believed: [1], left: 1},
			{name: 'Lee', joined: 1, isAbsent: false},
		]);
		expect(report.forOthers).toMatchObject([{person: 'Jun', text: 'approve payroll party=ada basis=display'}]);
		expect(report.facilitator.map(({text}) => text.split(' ')[0])).toEqual(['join', 'leave', 'extend', 'stop']);
		const text = documentMarkdown({title: 'Debrief', warnings: [], sections: [drillSection(report)]});
		for (const words of [
			'| Jun | platform | ben | 2 |',
			'Who may freeze? the commander',
			'Never said what they believed: Mara and Lee',
			'abab',
		])
			expect(text).toContain(words);
		rmSync(folder, {recursive: true, force: true});
	});
});
