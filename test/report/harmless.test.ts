import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {debriefOf} from '../../source/report/debrief.js';
import {debriefMarkdown} from '../../source/report/debrief-markdown.js';
import {block, code, escaped} from '../../source/report/markdown.js';
import {plainGame} from '../../source/report/plain-game.js';
import {clean, wrap} from '../../source/report/plain-text.js';
import type {Played} from '../../source/report/played.js';
import {transcriptOf} from '../../source/report/transcript.js';
import {transcriptMarkdown} from '../../source/report/transcript-markdown.js';
import {play, scenarioWith, swapped} from './games.js';

const nasty =
	'# <img src=x onerror=alert(1)> **bold** [link](javascript:alert(1)) | cell | `code` ~~gone~~ https://evil.example www.evil.example &lt;b&gt; \u001b[31mred\u202e \u0007';

describe('text of others in Markdown', () => {
	test('no character of it means anything', () => {
		expect(escaped(nasty)).toBe(
			'\\# \\<img src=x onerror=alert(1)> \\*\\*bold\\*\\* \\[link\\](javascript:alert(1)) \\| cell \\| \\`code\\` \\~\\~gone\\~\\~ https\\://evil.example www\\.evil.example \\&lt;b\\&gt; red',
		);
	});

	test.each([
		['- item', '\\- item'],
		['+ item', '\\+ item'],
		['12. item', '12\\. item'],
		['> quote', '\\> quote'],
		['=====', '\\====='],
		['a\n# b', 'a \\# b'],
		['back\\slash', 'back\\\\slash'],
		['48 200 to acme', '48 200 to acme'],
	])('%j', (given, expected) => {
		expect(escaped(given)).toBe(expected);
	});

	test('any text becomes one line in which every special character is escaped', () => {
		fc.assert(
			fc.property(fc.string({unit: 'binary'}), text => {
				const line = escaped(text);
				expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
				expect(line.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[\\`*_[\]<|#~]/);
			}),
		);
	});

	test('code letters only where nothing can end them', () => {
		expect(code('approve payroll party=ada basis=digest')).toBe('`approve payroll party=ada basis=digest`');
		expect(code('a `tick')).toBe('a \\`tick');
		expect(code('a || b')).toBe('a \\|\\| b');
		expect(code('')).toBe('');
		expect(block(['```', 'x'])).toEqual(['````', '```', 'x', '````', '']);
	});
});

describe('whole documents of a scenario and players that write markup', () => {
	const loaded = scenarioWith(text =>
		text
			.replace('from: operations\n    text: >-', 'from: "<b>|boss|</b>"\n    text: >-')
			.replace(/Which approval of tonight.*/, '"# <script> Which approval | of tonight"'),
	);
	// The loader refuses control characters; a save that somebody wrote by hand may hold them all the same.
	const scenario = {...loaded, title: nasty, summary: `${nasty}\n\n# ${nasty}`};
	const note = 'operators: note "</td> | `x` # **y** ``` [a](http://b) \u001b[2J"';
	const played = play(swapped.replace(/operators: note .*/, note), {scenario});
	const calm = play(swapped);
	const transcript = ({entries, head, game}: Played) =>
		transcriptMarkdown(
			transcriptOf({scenario: {id: game.scenario.id, title: game.scenario.title}, entries, head, deal: game.deal, seat: 'facilitator'}),
		);
	const documents = [
		{name: 'debrief', wild: debriefMarkdown(debriefOf(played)), quiet: debriefMarkdown(debriefOf(calm))},
		{name: 'transcript', wild: transcript(played), quiet: transcript(calm)},
	];

	test.each(documents)('$name: headings, fences and rows are as many as in a calm game', ({wild, quiet}) => {
		const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;
		for (const pattern of [/^#{1,6} /gm, /^`{3,}/gm, /^\|/gm, /^> /gm, /^- /gm]) expect(count(wild, pattern)).toBe(count(quiet, pattern));
		const prose = wild.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '');
		expect(prose.replace(/\\</g, '').replace(/`[^`\n]*`/g, '')).not.toMatch(/<[a-z/]/i);
		expect(wild).not.toMatch(/[^\\]\]\((http|java)/);
	});

	test.each(documents)('$name: every row of a table has the cells of its header', ({wild}) => {
		let cells = 0;
		for (const line of wild.split('\n')) {
			if (!line.startsWith('|')) {
				cells = 0;
				continue;
			}
			const here = line.replace(/\\\|/g, '').split('|').length;
			if (cells === 0) cells = here;
			expect(here, line).toBe(cells);
		}
	});

	test('plain text has no control character, and no line over 80 columns', () => {
		const text = plainGame(played);
		for (const line of text.split('\n')) {
			expect(stringWidth(line), line).toBeLessThanOrEqual(80);
			expect(clean(line)).toBe(line);
		}
	});
});

describe('wrapping', () => {
	test('keeps every character but spaces, within the width', () => {
		fc.assert(
			fc.property(fc.string(), fc.integer({min: 6, max: 80}), (text, width) => {
				const lines = wrap(text, width, ' - ', '   ');
				for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
				expect(
					lines
						.map(line => line.slice(3))
						.join('')
						.replace(/ /g, ''),
				).toBe(clean(text).replace(/ /g, ''));
			}),
		);
	});

	test('wide characters count as two columns', () => {
		expect(wrap('漢字漢字漢字', 8)).toEqual(['漢字漢字', '漢字']);
	});
});
