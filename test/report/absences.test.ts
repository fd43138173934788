// Who did not answer, and what became of what was wanted meanwhile.
import {expect, test} from 'vitest';
import {debriefOf} from '../../source/report/debrief.js';
import {debriefMarkdown} from '../../source/report/debrief-markdown.js';
import {idle, play, scenarioWith, won} from './games.js';

test('a machine that its provider takes away: what was due meanwhile, and that it was served', () => {
	const played = play(won);
	const chi = played.game.deal.partyOf.chi!;
	const model = debriefOf(played);
	expect(model.absences).toMatchObject([{party: chi, who: 'machine', by: 'the scenario', from: 2, to: 3, waited: 0}]);
	expect(model.absences[0]!.requests).toContainEqual({request: 'vendor', isServed: true});
	expect(played.entries.find(({line}) => line === model.absences[0]!.line)?.event).toMatchObject({type: 'party-silent', party: chi});
	expect(model.frameworks.find(({framework}) => framework === 'dora')?.covered.find(({id}) => id === 'Art. 25(2)(b)')?.by).toMatchObject([
		{what: `absence: the machine of ${chi}`, went: expect.stringContaining('in turns 2 to 3; ')},
	]);
});

test('a custodian who is away until a deputy comes, and a signing that waited', () => {
	const played = play(
		`
attackers: end-turn
operators: approve payroll party=ada basis=digest
operators: approve payroll party=ben basis=digest
operators: sign payroll parties=ada,ben
table: absent party=ben
operators: end-turn
attackers: end-turn
operators: end-turn
table: replace party=ben by="Kim Oh"
${idle(4)}
`,
		{scenario: scenarioWith(text => text.replace('do: "world: maintenance party=chi turns=2"', 'do: "world: bad-disk party=chi"'))},
	);

	const {deal} = played.game;
	const {id, custodian} = deal.parties.find(each => each.id === deal.partyOf.ben)!;
	const model = debriefOf(played);
	expect(model.absences).toMatchObject([{party: id, who: 'custodian', by: 'whoever ran the exercise', from: 1, to: 3, waited: 1}]);
	expect(model.absences[0]!.requests).toContainEqual({request: 'payroll', isServed: false});
	expect(debriefMarkdown(model)).toContain(`| ${custodian}, custodian of ${id} | 1 to 3 |`);
	// A person who is away says nothing of a provider.
	expect(model.frameworks.find(({framework}) => framework === 'dora')?.covered.map(covered => covered.id)).not.toContain('Art. 25(2)(b)');
});

test('nobody away: said as not tested', () => {
	const scenario = scenarioWith(text => text.replace('do: "world: maintenance party=chi turns=2"', 'do: "world: bad-disk party=chi"'));
	expect(debriefMarkdown(debriefOf(play(idle(1), {scenario})))).toContain('this was not tested');
});
