// Rosters: who sits where, and every mistake with its place.
import {expect, test} from 'vitest';
import {formatRosterProblem, parseRoster} from '../../source/report/roster.js';

const names = {
	seats: ['commander', 'ada', 'ben', 'attackers', 'operators', 'observer'],
	bots: {operators: ['careful'], attackers: ['playbook', 'ladder']},
};

test('people, seats, bots, absence and what was agreed', () => {
	const roster = parseRoster(
		`\ufeff# our table
commander, ada: Mara Lind, head of treasury
ben: Jun Park, cloud engineer, absent
ben: Kim Oh
Observer: Mara Lind
attackers: bot ladder
may freeze: the commander   # after asking
objective: find out, who was fooled
objective: freeze in time
criterion: P: unaided
`,
		names,
	);
	expect(roster).toEqual({
		people: [
			{name: 'Mara Lind', function: 'head of treasury', seats: ['commander', 'ada', 'observer'], isAbsent: false},
			{name: 'Jun Park', function: 'cloud engineer', seats: ['ben'], isAbsent: true},
			{name: 'Kim Oh', function: '', seats: ['ben'], isAbsent: false},
		],
		bots: {attackers: 'ladder'},
		agreed: {freeze: 'the commander', objectives: ['find out, who was fooled', 'freeze in time'], criteria: ['P: unaided']},
		problems: [],
	});
});

test.each([
	['ada, bem: Jun', 1, 6, 'there is no seat "bem"', 'did you mean "ben"?'],
	['ada Jun', 1, 1, 'expected SEAT: NAME, FUNCTION', undefined],
	['ada:', 1, 5, 'nothing stands after the colon', undefined],
	['\nada: , treasury', 2, 6, 'the name is missing', undefined],
	['ben: bot ladder', 1, 6, 'a bot plays a whole side', 'Leave the seat out'],
	['attackers: bot ladfer', 1, 12, 'there is no bot "ladfer" for the attackers', undefined],
	['ada: Jun, cook\nben: Jun, smith', 2, 11, 'Jun is cook in a line before', 'Say the function once'],
	['may freeze: Jun\nmay freeze: Mara', 2, 1, 'was answered before', undefined],
])('%j: line %i, column %i', (text, line, column, message, hint) => {
	const [problem, ...more] = parseRoster(text, names).problems;
	expect(more).toEqual([]);
	expect(problem).toMatchObject({line, column, message: expect.stringContaining(message)});
	if (hint !== undefined) expect(problem?.hint).toContain(hint);
});

test('is shown with its line and a caret, and harmless', () => {
	const [problem] = parseRoster('ada, \u001b[31mbem: Jun', names).problems;
	const shown = formatRosterProblem('r.txt', problem!);
	expect(shown).toMatch(/^r\.txt:1:\d+: error: there is no seat /);
	expect(shown).toContain('^');
	expect(shown).not.toContain('\u001b');
});
