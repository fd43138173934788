// Names in any script: frames and columns stand where they stand with plain names of the same widths, as a terminal counts columns.
import xterm from '@xterm/headless';
import {describe, expect, test} from 'vitest';
import type {SeatView} from '../../source/engine/view.js';
import {renderView} from '../../source/terminal/render-view.js';
import {charactersOf, clean, take, truncate, widthOf} from '../../source/terminal/text.js';
import {attackers, fakePlayer, view} from './fixture.js';

/** Columns of one code point in a terminal that knows nothing of joined emoji (`wcwidth`): most of them. */
function columnsOf(code: number): 0 | 1 | 2 {
	const character = String.fromCodePoint(code);
	if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0;
	if (code >= 0x1f1e6 && code <= 0x1f1ff) return 1;
	return /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60]/u.test(character)
		? 2
		: 1;
}

/** A cluster and how many columns it takes when it is drawn. */
type Cluster = readonly [text: string, columns: number];
const clusters: readonly Cluster[] = [
	['日', 2],
	['👩\u200d🚀', 4],
	['e\u0301', 1],
	['🇨🇭', 2],
	['한', 2],
	['👍🏽', 2],
	['❤\ufe0f', 1],
	['ａ', 2],
	['n\u0303\u0323', 1],
	['🫠', 2],
];

/** Words of so many clusters, as they are and as plain letters of the same columns. */
function words(counts: readonly number[], start = 0): {readonly wide: string; readonly plain: string} {
	let at = start;
	const parts = counts.map(count => Array.from({length: count}, (): Cluster => clusters[at++ % clusters.length] ?? ['', 0]));
	return {
		wide: parts.map(part => part.map(([text]) => text).join('')).join(' '),
		plain: parts.map(part => part.map(([, columns]) => 'x'.repeat(columns)).join('')).join(' '),
	};
}

/** Puts names of one kind into a view; long ones are cut wherever they stand. */
function named(game: SeatView, kind: 'wide' | 'plain'): SeatView {
	const word = (counts: readonly number[], start: number) => words(counts, start)[kind];
	return {
		...game,
		scenario: {...game.scenario, title: word([4, 5], 1), summary: word([3, 4, 2, 4, 3, 4, 4, 3, 3, 4], 2)},
		goal: word([3, 3, 4, 4, 2, 4, 3], 3),
		parties: game.parties.map((party, index) => ({...party, custodian: word([index + 2, 3], index), domain: word([3 + index], index + 4)})),
		requests: game.requests.map((request, index) => ({...request, requester: word([3], index), displayed: word([3, 4, 4, 3, 4], index)})),
		inbox: game.inbox.map((item, index) => ({...item, from: word([2], index), text: word([3, 4, 3, 3, 4, 4, 3, 2], index)})),
		notes: game.notes.map((note, index) => ({...note, text: word([3, 4, 4], index)})),
	};
}

/** The signs of a screen that are no names, each with its row and column; rows that ran over the edge of the terminal are named. */
async function framed(
	rows: readonly string[],
	columns: number,
): Promise<{readonly signs: readonly string[]; readonly over: readonly number[]}> {
	const terminal = new xterm.Terminal({cols: columns, rows: rows.length * 2, allowProposedApi: true});
	terminal.unicode.register({
		version: 'wcwidth',
		wcwidth: columnsOf,
		charProperties(code, preceding) {
			const width = columnsOf(code);
			const isJoined = width === 0 && preceding !== 0;
			return ((isJoined ? (preceding >> 1) & 3 : width) << 1) | (isJoined ? 1 : 0);
		},
	});
	terminal.unicode.activeVersion = 'wcwidth';
	await new Promise<void>(resolve => terminal.write(rows.map((row, index) => `\u001b[${index + 1};1H${row}`).join(''), resolve));
	const signs: string[] = [];
	const over: number[] = [];
	rows.forEach((_, row) => {
		const line = terminal.buffer.active.getLine(row);
		if (line?.isWrapped) over.push(row);
		for (let column = 0; column < columns; column++) {
			const character = line?.getCell(column)?.getChars() ?? '';
			if (/^[!-~]$/.test(character) && !'x.'.includes(character)) signs.push(`${row}:${column} ${character}`);
		}
	});
	return {signs, over};
}

const panes = [
	'board',
	'requests',
	'parties',
	'policy',
	'evidence',
	'exposure',
	'notes',
	'messages',
	'inbox',
	'outputs',
	'briefing',
] as const;

describe.each([
	[80, 24],
	[120, 40],
] as const)('at %dx%d', (columns, rows) => {
	test.each([
		['operators', view, [...panes, {kind: 'approve', request: 'refill', party: 'ada', cursor: 0, top: 0} as const]],
		['attackers', attackers, ['board', 'loot', 'inbox'] as const],
	] as const)('the columns of the %s stand', async (_, game, screens) => {
		for (const screen of screens) {
			const drawn = await Promise.all(
				(['wide', 'plain'] as const).map(async kind =>
					framed(await renderView(fakePlayer(named(game, kind)), screen, {columns, rows}), columns),
				),
			);
			expect(drawn[0]?.over, JSON.stringify(screen)).toEqual([]);
			expect(drawn[0]?.signs.length).toBeGreaterThan(50);
			expect(drawn[0]?.signs, JSON.stringify(screen)).toEqual(drawn[1]?.signs);
		}
	});
});

test('widths are those of a terminal, and no cut goes through a character', () => {
	for (const [text, columns] of clusters) {
		expect(widthOf(text), text).toBe(columns);
		expect(
			[...clean(text)].reduce((sum, character) => sum + columnsOf(character.codePointAt(0) ?? 0), 0),
			text,
		).toBe(columns);
	}
	const {wide} = words([40]);
	const whole = charactersOf(clean(wide));
	for (let width = 1; width < 90; width++) {
		const cut = charactersOf(truncate(wide, width).replace(/\.+$/, ''));
		expect(cut).toEqual(whole.slice(0, cut.length));
		expect(widthOf(take(clean(wide), width))).toBeLessThanOrEqual(width);
	}
});
