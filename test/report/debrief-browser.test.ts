// The HTML debrief as a browser shows it: no request, no message, no barrier, nothing cut off, and paper.
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import axeCore from 'axe-core';
import {type Browser, chromium} from 'playwright-core';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {debriefOf} from '../../source/report/debrief.js';
import {debriefHtml} from '../../source/report/debrief-html.js';
import {declaredSchema} from '../../source/report/declared.js';
import {hardened, play, replay, scenarioWith, swapped} from './games.js';

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path => existsSync(path));
const why = program ? '' : ' (skipped: there is no Chromium on this machine; .ci/run installs one)';

/** A game whose people write markup, with everything declared that can be: every part of the page is there. */
function page(): string {
	const wild = '<img src=https://evil.example/x onerror=alert(1)><script>alert(2)</script> "quoted" {{x}} =1+1';
	const scenario = {...scenarioWith(), title: `Night desk ${wild}`};
	const played = play(swapped, {scenario, clock: move => `2026-03-02T11:${String(move).padStart(2, '0')}:00+01:00`});
	const declared = declaredSchema.parse({
		declared: 1,
		head: played.head,
		by: wild,
		at: '2026-03-02',
		exercise: {place: wild, plan: {title: wild}, why: wild},
		participants: [{name: wild, seat: 'operators'}],
		ratings: [{objective: 'payroll in time', rating: 'M', why: wild}],
		answers: [{question: wild, answer: wild}],
		strengths: [{text: wild}],
		gaps: [{text: wild}],
		commitments: [{when: wild, will: wild}],
		actions: [{id: 'A1', owner: wild}],
		signOff: [{name: wild, as: 'approver', at: '2026-03-03'}],
	});
	return debriefHtml(
		debriefOf(played, {
			replayWith: moves => replay(played.game, moves),
			replayHardened: controls => hardened(played, controls),
			declared,
		}),
	);
}

describe.skipIf(!program)(`the HTML debrief in a browser${why}`, () => {
	let browser: Browser;
	let folder: string;
	let url: string;
	const {source: axe} = axeCore;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'debrief-'));
		const file = join(folder, 'debrief.html');
		writeFileSync(file, page());
		url = pathToFileURL(file).href;
		// Chromium refuses its sandbox to root, which is who tests are in a container.
		browser = await chromium.launch({executablePath: program!, args: process.getuid?.() === 0 ? ['--no-sandbox'] : []});
	});
	afterAll(async () => {
		await browser?.close();
		rmSync(folder, {recursive: true, force: true});
	});

	test.each([
		['light', 1280],
		['light', 390],
		['dark', 1280],
		['dark', 390],
	] as const)('%s, %i pixels wide', async (colorScheme, width) => {
		const tab = await browser.newPage({viewport: {width, height: 900}, colorScheme});
		const messages: string[] = [];
		const requests: string[] = [];
		tab.on('console', message => messages.push(message.text()));
		tab.on('pageerror', error => messages.push(error.message));
		tab.on('dialog', dialog => {
			messages.push(`dialog ${dialog.message()}`);
			void dialog.dismiss();
		});
		tab.on('request', request => requests.push(request.url()));
		await tab.goto(url);
		expect(requests.filter(each => !each.startsWith('data:'))).toEqual([url]);
		expect(messages).toEqual([]);
		expect(await tab.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
		expect(await tab.evaluate<number>("document.querySelectorAll('script, iframe, object, embed, form, img').length")).toBe(0);
		await tab.evaluate(axe);
		const violations = await tab.evaluate(async () => {
			type Found = {violations: Array<{id: string; impact: string; nodes: Array<{html: string}>}>};
			const {violations: found} = await (globalThis as unknown as {axe: {run(): Promise<Found>}}).axe.run();
			return found
				.filter(({impact}) => impact === 'serious' || impact === 'critical')
				.map(({id, nodes}) => `${id}: ${nodes.map(node => node.html).join(' ')}`);
		});
		expect(violations).toEqual([]);
		await tab.close();
	});

	test('dark and light differ, and the skip link leads to the text', async () => {
		const grounds: string[] = [];
		for (const colorScheme of ['light', 'dark'] as const) {
			const tab = await browser.newPage({colorScheme});
			await tab.goto(url);
			grounds.push(await tab.evaluate<string>('getComputedStyle(document.body).backgroundColor'));
			await tab.keyboard.press('Tab');
			await tab.keyboard.press('Enter');
			expect(await tab.evaluate<string>('document.activeElement.id')).toBe('main');
			await tab.close();
		}
		expect(grounds).toEqual(['rgb(255, 255, 255)', 'rgb(20, 24, 29)']);
	});

	test('it prints on several pages of A4', async () => {
		const tab = await browser.newPage();
		await tab.goto(url);
		const pdf = (await tab.pdf({preferCSSPageSize: true})).toString('latin1');
		expect([...pdf.matchAll(/\/Type\s*\/Page\b/g)].length).toBeGreaterThan(1);
		expect(pdf).toMatch(/\/MediaBox\s*\[0 0 59\d(\.\d+)? 84\d(\.\d+)?\]/);
		await tab.close();
	});
});
