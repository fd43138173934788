// The two records: what really happened, and what the log says of it.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type ComparedMove, explain} from '../../source/engine/explain.js';
import {scoreGame} from '../../source/engine/score.js';
import type {GameState} from '../../source/engine/state.js';
import {type Level, stations} from '../../source/engine/view.js';
import {Play} from './play.js';

const rich = {turns: 8, operators: {points: 9}, attackers: {points: 9}};
const all = (level: Level) => Object.fromEntries(stations.map(station => [station, level]));
const begin = (level: Level, deal = '') => Play.vault({deal, file: {...rich, logging: all(level)}, suite: 'glass'});
const moves = (play: Play) => explain(play.state).moves;
const move = (play: Play, what: string) => moves(play).find(each => each.move.what.startsWith(what)) as ComparedMove;
const transcript = (play: Play, state: GameState = play.state) =>
	scoreGame(play.game, state).scores.find(({station}) => station === 'transcript')!.score;

const onLog = 'world: way-in at=log\nworld: way-in at=ben\nworld: way-in at=coordinator';
/** Two payments, an implant and a stolen share: authority moves of four kinds. */
const busy = (level: Level) =>
	begin(level, onLog)
		.attackers('implant party=ben')
		.sign('payroll')
		.endTurn()
		.attackers('steal-share party=ben')
		.sign('vendor', 'ada,chi')
		.endTurn();

describe('a log that keeps everything', () => {
	test('explains every authority move of a game without attacks', () => {
		const play = begin(2).sign('payroll').endTurn().sign('vendor', 'ada,chi').endTurn();
		play.operators('refresh').endTurn();
		expect(new Set(moves(play).map(({move: {station}}) => station))).toEqual(new Set(['policy', 'rounds', 'output', 'shares']));
		expect(moves(play).filter(({verdict}) => verdict !== 'explained')).toEqual([]);
		expect(explain(play.state).falseLines).toEqual([]);
		expect(transcript(play)).toBe(100);
	});

	test('and one that keeps nothing explains none', () => {
		const play = begin(0).sign('payroll').endTurn();
		expect(new Set(moves(play).map(({verdict}) => verdict))).toEqual(new Set(['unexplained']));
		expect(transcript(play)).toBe(0);
	});
});

describe('what is missing is named', () => {
	test.each([
		['ada approves', ['basis', 'payload hash']],
		['ada and ben sign', ['payload hash']],
		['the policy admits', ['rule and reason', 'policy version', 'facts']],
		['o1 leaves', ['payload hash']],
	])('at level 1, of "%s": %j', (what, missing) => {
		expect(move(begin(1).sign('payroll').endTurn(), what)).toMatchObject({verdict: 'partly', missing, wrong: []});
	});
});

describe('stations write what they saw, and can be wrong', () => {
	test('the policy decides on what is displayed: other bytes were signed than its line says', () => {
		const play = begin(2, onLog).attackers('swap-payload payroll').sign('payroll').endTurn();
		const {verdict, wrong, kept} = move(play, 'the policy admits payroll');
		expect(verdict).toBe('wrongly explained');
		expect(wrong).toEqual([{name: 'facts', says: '1 000 to staff', truth: expect.stringContaining('to thieves')}]);
		expect(kept).toContain('rule and reason');
		expect(transcript(play)).toBeLessThan(100);
	});

	test('an approval on an implanted device is on record with bytes that it does not bind', () => {
		const play = begin(2, onLog).attackers('implant party=ben').endTurn().attackers('swap-payload payroll');
		play.operators('approve payroll party=ben basis=digest');
		const {wrong} = move(play.endTurn(), 'ben approves payroll on digest');
		expect(wrong.map(({name}) => name)).toEqual(['payload hash']);
	});

	test('what is computed from captured bytes no log sees', () => {
		const play = begin(2, 'world: way-in at=ada\nworld: way-in at=ben').attackers('implant party=ada', 'implant party=ben').endTurn();
		play.attackers('steal-share party=ada', 'steal-share party=ben').endTurn();
		expect(move(play, 'a share leaves ada').verdict).toBe('explained');
		expect(move(play, 'o1 is signed past the policy')).toMatchObject({verdict: 'unexplained', missing: ['output', 'payload hash']});
	});

	test('every share that leaves is an authority move, by whatever way', () => {
		const play = Play.vault({
			deal: 'world: weak-generator at=ada\nworld: weak-generator at=ben\nworld: weak-generator at=chi',
			file: rich,
		});
		play.endTurn();
		const captured = play.events.filter(({type}) => type === 'captured').length;
		expect(captured).toBeGreaterThan(0);
		expect(play.state.authority.filter(({station}) => station === 'shares')).toHaveLength(captured);
	});
});

describe('whoever is in the machine of the log', () => {
	const trimmed = (state: GameState, gone: readonly boolean[]): GameState => ({
		...state,
		evidence: state.evidence.filter((_, index) => gone[index] !== true),
	});

	test('a line that is trimmed explains nothing any more', () => {
		const play = busy(2);
		const line = play.state.evidence.findIndex(({text}) => text.startsWith('allow payroll'));
		play.attackers(`trim-log line=${line + 1}`);
		expect(move(play, 'the policy admits payroll').verdict).toBe('unexplained');
		expect(move(play, 'the policy admits vendor').verdict).toBe('explained');
	});

	test('trimming can only lower the score, and no line speaks of two moves', () => {
		const {state, game} = busy(2);
		const play = {game} as Play;
		fc.assert(
			fc.property(fc.array(fc.boolean()), fc.array(fc.boolean()), (some, more) => {
				const first = trimmed(state, some);
				const second = trimmed(first, more);
				expect(transcript(play, first)).toBeLessThanOrEqual(transcript(play, state));
				expect(transcript(play, second)).toBeLessThanOrEqual(transcript(play, first));
				const used = explain(second).moves.flatMap(({line}) => (line ? [line] : []));
				expect(new Set(used).size).toBe(used.length);
			}),
			{numRuns: 60},
		);
	});

	test('every level of logging explains at least what the one below explains', () => {
		const [none, some, most] = ([0, 1, 2] as const).map(level => moves(busy(level)).map(({kept}) => kept.length));
		for (const [index, kept] of none!.entries()) {
			expect(kept).toBe(0);
			expect(some![index]!).toBeLessThanOrEqual(most![index]!);
		}
	});

	test('a planted line is a false one, and tells another story of the same thing', () => {
		const play = busy(2).attackers('plant-entry as=decision request=vendor turn=1');
		const {falseLines} = explain(play.state);
		expect(falseLines.map(({text, turn}) => [text, turn])).toEqual([['allow vendor', 1]]);
		const {verdict, against, kept} = move(play, 'the policy admits vendor');
		expect([verdict, against, kept.length]).toEqual(['wrongly explained', falseLines, 5]);
		expect(transcript(play)).toBe(transcript(busy(2)) - 10);
	});

	test('a line that says what an innocent act said twice is false once', () => {
		const play = begin(2, `${onLog}\nworld: nightly-copy party=ada`).endTurn().attackers('plant-entry as=large-transfer party=ada');
		expect(play.state.evidence.filter(({text}) => text === 'a large transfer left ada')).toHaveLength(2);
		expect(explain(play.state).falseLines).toHaveLength(1);
		expect(moves(play)).toEqual([]);
	});
});
