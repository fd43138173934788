import {describe, expect, test} from 'vitest';
import {debriefOf} from '../../source/report/debrief.js';
import {suspectOf} from '../../source/report/incident-facts.js';
import {incidentPlan} from '../../source/report/incident-plan.js';
import type {Played} from '../../source/report/played.js';
import {play, scenarioWith, stolen, swapped, won} from './games.js';

const plan = (played: Played, party?: string) => incidentPlan(played, debriefOf(played), party === undefined ? {} : {party});

describe('two of three shares left', () => {
	const played = play(stolen, {world: 'insider'});
	const text = plan(played);

	test('is about the party whose share left first', () => {
		// The role of ben is dealt to chi in this game.
		expect(played.game.deal.partyOf.ben).toBe('chi');
		expect(suspectOf(played)).toBe('chi');
		expect(text).toContain('# Incident plan: suspected compromise of chi');
		expect(text).toContain('`isolate party=chi`');
		expect(text).toMatch(/\| chi \(suspected\) \| 3 \|/);
	});

	test('says of each measure what it does not do for these numbers', () => {
		expect(text).toContain('2 shares of one epoch had left, of the 2 that make the key; **they had the key**');
		expect(text).toMatch(/refresh.*\*\*here it is too late\*\*/);
		expect(text).toMatch(/rotate, and sweep.*\*\*Here it is what is left\*\*/);
		expect(text).toContain('Without it exactly 2 holders are left (ada and ben): every one of them must answer.');
	});

	test('marks what this exercise lacked', () => {
		expect(text).toContain('**GAP:** in the exercise an unauthorised output was final and nobody outside was told.');
		expect(text).toContain('A share that left is still secret while fewer than the threshold left.');
	});
});

test('nothing left: a refresh is in time', () => {
	const text = plan(play(won), 'chi');
	expect(text).toContain('0 shares of one epoch had left, of the 2 that make the key: 2 more would have been enough');
	expect(text).not.toContain('too late');
	expect(text).toContain('suspected compromise of chi');
	expect(text).not.toContain('nobody outside was told');
});

test('a game in which only the coordinator was held says so', () => {
	expect(plan(play(swapped))).toContain("In the exercise no party's machine was held");
});

test('a party that does not exist is told', () => {
	expect(() => plan(play(won), 'eve')).toThrow('there is no party "eve"; expected one of ada, ben, chi');
});

test('names of others are no markup', () => {
	const scenario = scenarioWith(text => text.replace(/^title: .*$/m, 'title: "<img src=x> | [x](javascript:y)"'));
	const text = plan(play(swapped, {scenario}));
	expect(text).not.toMatch(/(?<!\\)<img/);
	expect(text).toContain('\\<img');
});

test('what a drill agreed on before it began stands where it belongs', () => {
	const played = play(won);
	const agreed = {freeze: 'the commander | after asking', recover: '', objectives: [], criteria: []};
	const drill = {minutes: 60, isRehearsal: false, people: [], agreed, agreedSha256: '0'.repeat(64)};
	const text = incidentPlan(played, debriefOf(played, {record: {drill}}), {party: 'chi'});
	expect(text).toContain('| freeze signing, alone and at once | the commander \\| after asking (agreed before the drill) | [fill in] |');
	expect(text).toContain('| recover the key from backups | [fill in] |');
});
