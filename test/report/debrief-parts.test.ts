// What the debrief says beyond the findings: causes, signals, moments, the attack path, plots, and that all of it stands in its documentation.
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {debriefOf} from '../../source/report/debrief.js';
import {debriefDocument} from '../../source/report/debrief-document.js';
import {debriefHtml} from '../../source/report/debrief-html.js';
import {debriefPage} from '../../source/report/debrief-page.js';
import {declaredSchema} from '../../source/report/declared.js';
import {html, preformatted} from '../../source/report/html.js';
import {coverageText, exposureText, requestsText} from '../../source/report/plots.js';
import {drifted, falseVendor, hardened, play, replay, scenarioWith, stolen, stolenUnderFreeze, swapped, won} from './games.js';

const played = play(swapped);
const model = debriefOf(played, {replayHardened: controls => hardened(played, controls), replayWith: moves => replay(played.game, moves)});
const theft = play(stolen, {world: 'insider'});
const stolenModel = debriefOf(theft);
const eventAt = (line: number) => played.entries.find(entry => entry.line === line)?.event;

test('the same scenario lost by different attacks fails by different assumptions at different boundaries', () => {
	const failures = [
		model,
		stolenModel,
		debriefOf(play(falseVendor, {world: 'caller'})),
		debriefOf(play(stolenUnderFreeze, {world: 'insider'})),
	].map(({failed: [first]}) => `${first?.assumption} ${first?.boundary}`);
	expect(new Set(failures).size).toBe(failures.length);
	// Not from the scenario's own words: other texts, the same sentence.
	const words = {...scenarioWith(), title: 'Another desk', summary: 'Another text.', incident: 'Something else.', questions: []};
	expect(debriefOf(play(swapped, {scenario: words})).failed[0]?.assumption).toBe(model.failed[0]?.assumption);
});

test('each moment that cost points has its line', () => {
	const because = model.scores.flatMap(score => score.because);
	expect(because.length).toBeGreaterThan(2);
	for (const {text, lines} of because) expect(lines.length, text).toBeGreaterThan(0);
	const output = model.scores.find(({station}) => station === 'output')!.because[0]!;
	expect(eventAt(output.lines[0]!)).toMatchObject({type: 'output-changed', set: {state: 'final'}});
	for (const {text, lines} of stolenModel.scores.flatMap(score => score.because)) expect(lines.length, text).toBeGreaterThan(0);
});

test('ratings follow the criteria, and an evaluator outweighs them', () => {
	expect(model.objectives.map(({rating}) => rating?.suggested ?? null)).toEqual(['M', 'U', 'P', null]);
	const declared = declaredSchema.parse({
		declared: 1,
		head: played.head,
		by: 'Mx Example',
		at: '2026-03-02',
		ratings: [{objective: 'payroll in time', rating: 'S', why: 'late', by: 'Mx Evaluator'}],
	});
	const {objectives, origins} = debriefOf(played, {declared});
	expect(objectives[0]?.rating).toMatchObject({suggested: 'M', set: {rating: 'S', by: 'Mx Evaluator', at: '2026-03-02'}});
	expect(origins['objectives.rating.set']).toMatchObject({is: 'declared'});
});

describe('the attack path', () => {
	test('marks what could have enforced, and what nobody could see, each at its line', () => {
		const {steps, kind} = model.path;
		expect(kind).toBe('unauthorised');
		expect(steps.find(({what}) => what === 'swap-payload vendor')).toMatchObject({isGap: true, by: 'attackers'});
		expect(steps.find(({what}) => what.startsWith('the policy allows vendor'))?.enforcer).toMatchObject({
			component: 'policy',
			state: 'off',
		});
		expect(steps.map(({line}) => line)).toEqual(steps.map(({line}) => line).toSorted((a, b) => a - b));
		// What leaves does so at the line that says it; the other steps are moves, decisions and what they gave.
		expect(steps.filter(({what}) => /^o\d+ (leaves|is final)/.test(what)).map(({line}) => eventAt(line)?.type)).not.toContain(undefined);
		expect(eventAt(steps.find(({what}) => what === 'swap-payload vendor')!.line)).toMatchObject({
			type: 'move',
			text: 'swap-payload vendor',
		});
		expect(eventAt(steps.find(({what}) => what.startsWith('the policy allows vendor'))!.line)).toMatchObject({type: 'decided'});
	});

	test('stops where the control stands, as the game played again says', () => {
		const {steps, after} = model.path;
		const bound = after.find(({improvement}) => improvement === 'bind payload on')!;
		expect(steps[bound.stopsAt]?.what).toMatch(/^the policy allows vendor/);
		const verified = after.find(({improvement}) => improvement === 'independent verification on')!;
		expect(steps[verified.stopsAt]?.what).toBe('o2 leaves');
		const digest = after.find(({improvement}) => improvement.includes('basis=digest'))!;
		expect(steps[digest.stopsAt]?.what).toMatch(/approves vendor on display/);
	});

	test('of stolen shares goes past the policy', () => {
		expect(stolenModel.path.steps.filter(({what}) => /leaves$/.test(what)).length).toBe(2);
		expect(stolenModel.path.steps.at(-1)).toMatchObject({place: 'ROUNDS ~> OUTPUT', isGap: true});
	});
});

test('computed actions name what shows that they help, and leave the owner to people', () => {
	expect(model.actions.length).toBeGreaterThan(2);
	for (const {owner, due, shownBy, origin, id} of model.actions) {
		expect({owner, due, origin}, id).toEqual({owner: '', due: '', origin: 'computed'});
		expect(shownBy).not.toBe('');
	}
	const declared = declaredSchema.parse({
		declared: 1,
		head: played.head,
		by: 'Mx Example',
		at: '2026-03-02',
		actions: [
			{id: 'A1', owner: 'Mx Owner', due: '2026-04-01'},
			{id: 'T1', issue: 'Nobody had the number', action: 'Print it', owner: 'Mx Other'},
		],
	});
	const {actions} = debriefOf(played, {declared});
	expect(actions[0]).toMatchObject({id: 'A1', origin: 'computed', owner: 'Mx Owner', due: '2026-04-01', by: 'Mx Example'});
	expect(actions.at(-1)).toMatchObject({id: 'T1', origin: 'declared', owner: 'Mx Other'});
});

describe('signals', () => {
	const start =
		'attackers: end-turn\noperators: log shares level=2\noperators: end-turn\nattackers: implant party=ben\nattackers: end-turn\noperators: end-turn\nattackers: end-turn\n';
	const signalsOf = (more: string) =>
		debriefOf(play(`${start}${more}`, {world: 'insider'})).signals.filter(({text}) => text === 'shares: new software.');

	test('one that was looked into, and one that nobody looked into', () => {
		expect(signalsOf('operators: end-turn')).toMatchObject([{became: 'dropped', behind: [{isHostile: true}]}]);
		expect(signalsOf('operators: review')).toMatchObject([
			{became: 'pursued', pursued: {move: 'review'}, why: expect.stringContaining('the attackers were behind it')},
		]);
	});
});

test('who was told what: a call-back, its answer, and the words of the scenario', () => {
	const {communication} = debriefOf(play(won));
	expect(communication.find(({from}) => from === 'the table')).toMatchObject({to: 'the requester of vendor', authority: 'operators'});
	expect(communication.some(({from, what}) => from !== 'the table' && /vendor/.test(what))).toBe(true);
});

describe('plots', () => {
	test('shares against the threshold, requests against deadlines, facts that were kept', () => {
		const {exposure, requests, coverage} = stolenModel.plots;
		expect(exposure).toMatchObject({threshold: 2, epochs: [{epoch: 1, stolen: [0, 1, 1, 2, 2]}]});
		expect(exposureText(exposure)[1]).toMatch(/^epoch 1 +\. +1 +1 +2! +2!$/);
		expect(model.plots.requests.requests.find(({id}) => id === 'payroll')).toMatchObject({opened: 1, due: 3, served: 1, ended: 'served'});
		expect(model.plots.requests.requests.find(({id}) => id === 'vendor')).toMatchObject({served: null, ended: 'other bytes left'});
		expect(requestsText(requests)[1]).toMatch(/^payroll/);
		for (const {kept, needed} of coverage.stations) expect(kept).toBeLessThanOrEqual(needed);
		expect(coverageText(coverage)).toHaveLength(5);
	});

	test('every figure has words and a plain form, and no two the same id', () => {
		const figures = debriefDocument(model).sections.flatMap(({blocks}) => blocks.flatMap(block => (block.is === 'figure' ? [block] : [])));
		expect(figures.length).toBeGreaterThan(4);
		expect(new Set(figures.map(({id}) => id)).size).toBe(figures.length);
		for (const {description, plain, svg} of figures) {
			expect(description).not.toBe('');
			expect(Math.max(...plain.map(line => line.length))).toBeLessThanOrEqual(80);
			expect(svg.text).toMatch(/^<svg viewBox="[^"]+" role="img" aria-labelledby="[\w-]+">\n<title id/);
		}
	});
});

test('one page, whole on a terminal of 80 columns', () => {
	for (const each of [model, stolenModel, debriefOf(play(drifted, {world: 'drift'})), debriefOf(play(won))]) {
		const page = debriefPage(each);
		expect(page.length).toBeLessThanOrEqual(36);
		// Screens put three columns before it.
		for (const line of page) expect(line.length).toBeLessThanOrEqual(77);
		// Nothing is cut.
		expect(page.join('\n')).not.toMatch(/[^.]\.\.\.$/m);
		const text = page.join(' ').replace(/ +/g, ' ');
		for (const {because} of each.scores) if (because[0]) expect(text).toContain(because[0].text.split(' ').slice(-3).join(' '));
	}
	expect(debriefPage(model).join('\n')).toContain('What the coordinator displays is what the parties sign.');
});

describe('HTML', () => {
	test('no text can become markup, an attribute or a comment', () => {
		fc.assert(
			fc.property(fc.string({unit: 'binary'}), text => {
				const {text: found} = html`<p title="${text}">${text}</p>`;
				expect(found.match(/[<>]/g)).toHaveLength(4);
				expect(found.match(/"/g)).toHaveLength(2);
				expect(found).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
				expect(found.replace(/&#\d+;/g, '')).not.toMatch(/[&'`]/);
			}),
		);
		expect(preformatted(['<b>', 'x']).text).toBe('&#60;b&#62;\nx');
		expect(html`${[html`<b>`, 'a<b']}${null}${false}`.text).toBe('<b>a&#60;b');
	});

	test('the page asks for nothing, runs nothing, and every id and link fits', () => {
		const page = debriefHtml(model);
		expect(page).not.toMatch(/<(script|img|iframe|object|embed|form|input)\b|\son\w+=|javascript:|@import|url\(/i);
		expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, to]) => to!).filter(to => !to.startsWith('#') && to !== 'data:,')).toEqual(
			[],
		);
		expect(page).toContain(`content="default-src 'none';`);
		const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const [, to] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(to);
		expect([...page.matchAll(/<th(?![^>]*scope=)/g)].filter(([tag]) => tag !== '<thead')).toHaveLength(
			[...page.matchAll(/<thead/g)].length,
		);
	});
});

test('DEBRIEF.md documents every field of the model', () => {
	const text = readFileSync('source/report/DEBRIEF.md', 'utf8');
	for (const field of Object.keys(model)) expect(text, field).toMatch(new RegExp(`^\\| \`${field}\` +\\|`, 'm'));
	for (const [, field] of text.matchAll(/^\| `(\w+)` +\|/gm)) expect({...model, ...declaredSchema.shape}, field).toHaveProperty(field!);
});
