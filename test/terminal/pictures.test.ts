// Every view as a picture, at two sizes, in colour and in weight alone: a change of layout or colour is seen here before a player sees it.
import xterm from '@xterm/headless';
import {describe, expect, test} from 'vitest';
import {renderView} from '../../source/terminal/render-view.js';
import {type Palette, themeOf} from '../../source/terminal/theme.js';
import {svgOf} from '../end-to-end/picture.js';
import {attackers, fakePlayer, view} from './fixture.js';

const ofOperators = [
	'board',
	'requests',
	'parties',
	'policy',
	'evidence',
	'protocol',
	'exposure',
	'transcript',
	'notes',
	'messages',
	'inbox',
	'controls',
	'outputs',
	'briefing',
] as const;

/** A view as an SVG document, drawn by a terminal of its size. */
async function pictureOf(name: Parameters<typeof renderView>[1], side: typeof view, columns: number, rows: number, palette: Palette) {
	const drawn = await renderView(fakePlayer(side), name, {columns, rows, theme: themeOf(palette, false)});
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	await new Promise<void>(resolve => terminal.write(drawn.join('\r\n'), resolve));
	return svgOf(terminal);
}

describe.each([
	[80, 24],
	[120, 40],
] as const)('at %dx%d', (columns, rows) => {
	test.each(['sixteen', 'mono'] as const)('in %s', async palette => {
		for (const name of ofOperators)
			await expect(await pictureOf(name, view, columns, rows, palette)).toMatchFileSnapshot(`pictures/${name}-${columns}-${palette}.svg`);
		for (const name of ['board', 'loot'] as const)
			await expect(await pictureOf(name, attackers, columns, rows, palette)).toMatchFileSnapshot(
				`pictures/attackers-${name}-${columns}-${palette}.svg`,
			);
	});
});

test('in one colour there is one colour, and the text is the same in all of them', async () => {
	const textOf = (svg: string) =>
		[...svg.matchAll(/<text[^>]*>([^<]*)/g)]
			.map(([, text]) => text)
			.join('')
			.replaceAll(/\s+/g, '');
	const pictures = await Promise.all(
		(['sixteen', 'okabe-ito', 'high-contrast', 'mono', 'none'] as const).map(palette => pictureOf('board', view, 120, 40, palette)),
	);
	expect(new Set(pictures.map(textOf)).size).toBe(1);
	for (const svg of pictures.slice(3)) expect(new Set(svg.match(/<text[^>]* fill="#[^"]*"/g))).toEqual(new Set());
	expect(pictures[0]).toMatch(/<text[^>]* fill="#/);
});
