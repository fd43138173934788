import {describe, expect, test} from 'vitest';
import {explain} from '../../source/engine/explain.js';
import type {Level, Station} from '../../source/engine/view.js';
import {Play} from './play.js';

const rich = {attackers: {points: 9}, operators: {points: 9}};

function logged(level: Level, deal = 'world: way-in at=ben\nworld: way-in at=coordinator'): Play {
	const logging = {shares: level, rounds: level, policy: level, output: level, transcript: level};
	return Play.vault({deal, file: {...rich, logging}, requests: {payroll: {due: 6}}});
}

const lines = (play: Play, station?: Station) =>
	play.state.evidence.filter(each => station === undefined || each.station === station).map(({text}) => text);

describe('evidence', () => {
	test.each([0, 1, 2] as const)('at level %i', level => {
		const play = logged(level).attackers('implant party=ben', 'swap-payload payroll').endTurn();
		expect(lines(play).includes('new software was installed on ben')).toBe(level >= 1);
		expect(lines(play).includes('the payload of payroll changed on the coordinator')).toBe(level >= 2);
	});

	test('is written in account, not before', () => {
		const play = logged(2).attackers('implant party=ben').operators();
		expect(play.state.evidence).toEqual([]);
		expect(play.endTurn().state.evidence.length).toBeGreaterThan(0);
	});

	test('is kept at the level that was in force when the act happened', () => {
		const play = logged(0).attackers('implant party=ben').operators('log shares level=2').endTurn();
		expect(lines(play, 'shares')).toEqual([]);
		play.attackers('steal-share party=ben').endTurn();
		expect(lines(play, 'shares')).toEqual(['a large transfer left ben']);
	});

	test('a raised level holds from this resolve on', () => {
		const play = logged(0).attackers('implant party=ben').endTurn();
		play.attackers('steal-share party=ben').operators('log shares level=1', 'isolate party=ada').endTurn();
		// The isolation was a move in respond, the share left in resolve.
		expect(lines(play, 'shares')).toEqual(['a large transfer left ben']);
	});

	test('of an authority move keeps what the level allows, and the rest is lost', () => {
		const kept = ([0, 1, 2] as const).map(
			level => explain(logged(level).sign('payroll').endTurn().state).moves.find(({move}) => move.what.startsWith('ada approves'))?.kept,
		);
		expect(kept).toEqual([[], ['who'], ['who', 'basis', 'payload hash']]);
	});
});

describe('log', () => {
	test('costs 1 to level 1 and 2 to level 2, and goes up only', () => {
		const play = logged(0).operators('log rounds level=1');
		expect(play.state.points.operators).toBe(8);
		play.operators('log policy level=2');
		expect(play.state.points.operators).toBe(6);
		expect(play.refusal('operators', 'log policy level=1')).toContain('level 2 already');
		expect(play.state.logging.policy).toBe(0);
		expect(play.endTurn().state.logging).toMatchObject({rounds: 1, policy: 2, shares: 0});
	});
});

describe('signals', () => {
	test('come at level 2 only, for loud acts only, in the next respond, and name station and kind only', () => {
		for (const level of [0, 1, 2] as const) {
			const play = logged(level).attackers('implant party=ben', 'swap-payload payroll').operators();
			expect(play.told('operators', 'signal')).toEqual([]);
			expect(play.endTurn().told('operators', 'signal')).toEqual(level === 2 ? ['shares: new software.'] : []);
		}
	});

	test.each([
		['an implant', 'implant party=ben', 'world: patch party=ada', 'shares: new software.'],
		['a phish', 'phish party=chi', 'world: newsletter party=ada', 'policy: odd mail.'],
	])('read the same for %s and for its innocent cause', (_what, attack, cause, signal) => {
		const hostile = logged(2).attackers(attack).endTurn();
		const innocent = logged(2, `world: way-in at=ben\n${cause}`).endTurn();
		expect([hostile, innocent].map(play => play.told('operators', 'signal'))).toEqual([[signal], [signal]]);
	});

	test('read the same for a stolen share and a nightly copy, a wrong partial and a bad disk', () => {
		const stolen = logged(2).attackers('implant party=ben').endTurn().attackers('steal-share party=ben').endTurn();
		const copy = logged(2, 'world: nightly-copy party=ada').endTurn();
		expect(stolen.lastTold('operators', 'signal')).toBe(copy.lastTold('operators', 'signal'));
		const wrong = logged(2).attackers('implant party=ben', 'corrupt-partial party=ben').sign('payroll').endTurn();
		const disk = logged(2, 'world: bad-disk party=ben').sign('payroll').endTurn();
		for (const play of [wrong, disk]) expect(play.told('operators', 'signal')).toContain('rounds: partial refused.');
	});
});

describe('review', () => {
	test('costs 1 and names the machines, noise included', () => {
		const play = logged(1, 'world: way-in at=ben\nworld: patch party=chi').attackers('implant party=ben').endTurn();
		const {operators} = play.state.points;
		expect(play.operators().view('operators')).toMatchObject({evidence: [], evidenceCount: 4});
		play.operators('review');
		expect(play.state.points.operators).toBe(operators - 1);
		const said = play.lastTold('operators', 'result');
		for (const name of ['ben', 'chi']) expect(said).toContain(`new software was installed on ${name}`);
		expect(play.view('operators').evidence).toHaveLength(4);
	});

	test('needs lines that nobody has read', () => {
		const play = logged(0);
		expect(play.refusal('operators', 'review')).toContain('nothing new');
		const read = logged(1).endTurn().operators('review');
		expect(read.refusal('operators', 'review')).toContain('nothing new');
	});
});
