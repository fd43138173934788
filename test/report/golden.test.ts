// The debriefs of the example saves, as they are filed: Markdown and JSON in full, HTML by its hash.
import {createHash} from 'node:crypto';
import {readdirSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {debriefModel} from '../../source/commands/debrief.js';
import {RecordedGame} from '../../source/journal/recorded-game.js';
import type {DebriefModel} from '../../source/report/debrief.js';
import {debriefHtml} from '../../source/report/debrief-html.js';
import {debriefMarkdown} from '../../source/report/debrief-markdown.js';

const saves = readdirSync('saves/examples')
	.filter(name => name.endsWith('.jsonl'))
	.map(name => name.replace(/\.jsonl$/, ''));
const made = new Map<string, DebriefModel>();

/** Each is played again a dozen times, so it is made once. */
function modelOf(name: string): DebriefModel {
	const model = made.get(name) ?? debriefModel(RecordedGame.load(`saves/examples/${name}.jsonl`));
	made.set(name, model);
	return model;
}

test('there are five of them, and they end in different ways', () => {
	const ends = saves.map(modelOf).map(({outcome, failed}) => `${outcome?.winner}: ${failed[0]?.assumption ?? 'nothing failed'}`);
	expect(saves.length).toBeGreaterThanOrEqual(5);
	expect(new Set(ends).size).toBe(ends.length);
});

describe.each(saves)('%s', name => {
	test('as JSON', async () => {
		await expect(`${JSON.stringify(modelOf(name), null, '\t')}\n`).toMatchFileSnapshot(`golden/${name}.json.snap`);
	});

	test('as Markdown', async () => {
		await expect(debriefMarkdown(modelOf(name))).toMatchFileSnapshot(`golden/${name}.md.snap`);
	});

	test('as HTML', async () => {
		const hash = createHash('sha256')
			.update(debriefHtml(modelOf(name)))
			.digest('hex');
		await expect(`${hash}\n`).toMatchFileSnapshot(`golden/${name}.html.sha256.snap`);
	});
});
