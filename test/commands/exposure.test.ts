// `exposure` says what a quorum is worth, of a scenario before play and of a save as it was played.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {CommandError} from '../../source/commands/command-error.js';
import {type ExposureOptions, exposure} from '../../source/commands/exposure.js';

const save = resolve('saves/examples/lost-to-shares.jsonl');
let folder = '';
let two = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'exposure-'));
	two = join(folder, 'two.yaml');
	writeFileSync(two, setup);
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

function printed(name: string, options: ExposureOptions = {}): string {
	const written: string[] = [];
	const out = vi.spyOn(process.stdout, 'write').mockImplementation(chunk => written.push(String(chunk)) > 0);
	const messages = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
	try {
		expect(exposure(name, options)).toBe(0);
	} finally {
		out.mockRestore();
		messages.mockRestore();
	}
	return written.join('');
}

const setup = `format: 1
title: Two organisations
parties:
  ada: {domain: "Bank A \u{1F3E6}", custodian: "李雷", backup: safe-a}
  ben: {domain: "Bank A \u{1F3E6}", custodian: Bo, backup: safe-a}
  chi: {domain: Bank B, custodian: Cy}
policy:
  chi-agrees: approvals.exists(a, a.party == "chi")
requests:
  payroll: {opens: 1, due: 3, by: people, amount: 1000, to: staff}
`;

describe('exposure', () => {
	test('names the organisation and the place that are the key, and who can stop it, in 80 columns', () => {
		const stdout = printed(two);
		const text = stdout.replace(/\n {2}/g, ' ');
		for (const sentence of [
			'One organisation (Bank A \u{1F3E6}) can sign alone: it administers ada and ben.',
			'One place (safe-a) keeps the key: whoever opens the backups of ada and ben there can sign alone.',
			'Without chi nothing can be signed.',
			'One organisation (Bank A \u{1F3E6}) can change the policy alone.',
		])
			expect(text).toContain(sentence);
		expect(stdout.split('\n').filter(line => [...line].length > 80)).toEqual([]);
	});

	test('as JSON: sets by kind, epochs and findings', () => {
		const found = JSON.parse(printed(two, {json: true}));
		expect(found).toMatchObject({scenario: 'two', threshold: 2, holders: ['ada', 'ben', 'chi'], isPolicyComplete: true});
		expect(found.reach[2]).toEqual({kind: 'domains', sets: [['Bank A \u{1F3E6}']], isComplete: true});
		expect(found.epochs[0].backups).toEqual([
			{party: 'ada', place: 'safe-a'},
			{party: 'ben', place: 'safe-a'},
		]);
		expect(found.findings.map(({severity}: {severity: string}) => severity)).toContain('warning');
	});

	test('a world: what its deal gives the attackers is taken for fallen', () => {
		const {given, reach} = JSON.parse(printed('first-light', {world: 'insider', json: true}));
		expect(given).toEqual(['ben']);
		expect(reach[0].sets).toEqual([['ada'], ['chi']]);
	});

	test('a save: what was stolen counts, by itself or with its scenario', () => {
		const stdout = printed(save);
		expect(stdout).toContain('Nobody else is needed: what is taken already makes the key.');
		expect(printed('first-light', {save})).toBe(stdout);
		expect(printed(save, {epoch: '1'})).toContain('epoch 1');
	});

	test.each<[string, string, ExposureOptions, RegExp]>([
		['an epoch that a file does not have', 'first-light', {epoch: '3'}, /Give the save of a game for epoch 3/],
		['an epoch that a save does not have', save, {epoch: '7'}, /There is no epoch 7 in this save; expected one of 1/],
		['a world that does not exist', 'first-light', {world: 'mars'}, /There is no world "mars" in first-light; expected one of liar/],
		['a world of a save', save, {world: 'liar'}, /The world of a save is dealt already/],
		['a scenario that is not there', 'nowhere', {}, /There is no scenario "nowhere"/],
	])('refuses %s', (_, name, options, message) => {
		expect(() => exposure(name, options)).toThrow(CommandError);
		expect(() => exposure(name, options)).toThrow(message);
	});
});
