/** Every screen at every size: whole, within its columns, in ASCII where that is asked for. */
import {describe, expect, test} from 'vitest';
import type {SeatView} from '../../source/engine/view.js';
import {screenLines} from '../../source/terminal/app.js';
import {frameUpdate} from '../../source/terminal/canvas.js';
import {lineWidth, painted, plainText} from '../../source/terminal/lines.js';
import type {Screen} from '../../source/terminal/screens/screen.js';
import {Session} from '../../source/terminal/session.js';
import {themeOf} from '../../source/terminal/theme.js';
import {ceremony, failedPartial, fakeCatalogue, fakePlayer, heldPartial, view} from './fixture.js';

const sizes = [
	[80, 24],
	[100, 30],
	[119, 60],
	[120, 40],
	[200, 60],
] as const;

const edit = {text: 'approve 日本 payroll party=', caret: 5};
const [sign] = view.moves.filter(({verb}) => verb === 'sign');
const extra: readonly Screen[] = [
	{kind: 'prompt', edit, recall: {typed: ''}},
	{kind: 'note', edit, suspect: 'chi'},
	{
		kind: 'choose',
		option: sign!,
		notation: 'sign payroll parties=_',
		slot: {name: 'parties', candidates: ['ada,ben', 'ada,chi'], several: false},
		cursor: 1,
		marked: [],
	},
	{kind: 'approve', request: 'refill', party: 'ada', cursor: 0, top: 0},
	{kind: 'resolve', queue: ['sign-1'], at: 0, cursor: 4, shown: 5, isGuided: true, isExplained: true},
	{kind: 'resolve', queue: ['sign-1', 'sign-1'], at: 0, cursor: 0, shown: 1, isGuided: true, isExplained: false},
	{kind: 'equation', equations: [failedPartial, heldPartial], at: 0, top: 0, isFull: true, isPicture: false},
	{
		kind: 'reader',
		title: 'REPORT',
		text: '# A\n\n| a | b |\n|---|---|\n| long long long long long long long long long long long long | 日本語 |\n',
		top: 0,
	},
	...(
		[
			'parties',
			'requests',
			'inbox',
			'controls',
			'evidence',
			'policy',
			'protocol',
			'exposure',
			'outputs',
			'notes',
			'loot',
			'briefing',
		] as const
	).flatMap(name => [0, 3].map(cursor => ({kind: 'pane', name, cursor, top: cursor}) as const)),
	{kind: 'views', cursor: 3},
	{kind: 'moves', cursor: 2, find: ''},
	{kind: 'find', cursor: 0, edit},
	{kind: 'endTurn', top: 0},
	{kind: 'hotWash', edit, told: 1},
	{kind: 'quit'},
	{kind: 'help', about: 'board', top: 0},
	{kind: 'briefing', top: 0},
	{kind: 'opening', words: 'Opening first-light ...'},
	{kind: 'title', cursor: 0},
	{
		kind: 'scenarios',
		cursor: 0,
		side: 'attackers',
		entries: [
			{id: 'first-light', title: 'First light', summary: 'x '.repeat(200), minutes: 10, turns: 6, path: 'scenarios/first-light.yaml'},
		],
	},
	{kind: 'saves', cursor: 0, entries: []},
	{kind: 'reports', cursor: 0},
];

/** A game crowded with everything, in wide characters. */
const crowded: SeatView = {
	...view,
	parties: Array.from({length: 9}, (_, index) => ({
		...view.parties[index % 3]!,
		id: `party-${index + 1}`,
		custodian: '日本太郎'.repeat(2),
		digit: index + 1,
	})),
	requests: Array.from({length: 12}, (_, index) => ({
		...view.requests[index % 2]!,
		id: `request-${index}`,
		displayed: 'ペイロール '.repeat(9),
	})),
	inbox: Array.from({length: 60}, (_, index) => ({...view.inbox[index % 5]!, text: 'words and more words '.repeat(12)})),
	forecast: ['a sentence that goes on and on '.repeat(9)],
	goal: 'g'.repeat(300),
	outputs: [
		{
			id: 'o1',
			request: 'payroll',
			turn: 3,
			state: 'released',
			says: 's'.repeat(300),
			publicKey: 'ab'.repeat(32),
			message: 'cd'.repeat(99),
			signature: 'ef'.repeat(64),
			statement: 'matches',
		},
	],
	made: [{text: 'sign payroll parties=ada,chi', cost: 1, queued: true}],
	frozen: true,
	ceremonies: [
		ceremony,
		{...ceremony, id: 'sign-2', messages: Array.from({length: 30}, (_, index) => ({...ceremony.messages[index % 5]!, n: index + 1}))},
	],
	loot: {
		shares: [{party: 'ada', index: 1, epoch: 1, turn: 3, how: 'steal-share party=ada', share: 'ab'.repeat(32)}],
		attempts: [failedPartial],
		summary: '1 of 2 shares',
		orders: ['drop party=ben'],
		machines: [{id: 'coordinator', wayIn: true, link: true}],
	},
};

function stateOf(game: SeatView, [columns, rows]: readonly [number, number], screen: Screen | undefined, notice = false) {
	const session = new Session(fakeCatalogue(), {columns, rows}, fakePlayer(game));
	if (screen) session.push(screen);
	if (notice) session.say('bad', 'It was refused, and this is the long reason for it. '.repeat(8));
	return session;
}

describe.each(sizes)('at %dx%d', (columns, rows) => {
	test.each(
		[undefined, ...extra].map(screen => [screen ? `${screen.kind}${'name' in screen ? ` ${screen.name}` : ''}` : 'board', screen] as const),
	)('%s fills the screen exactly', (_, screen) => {
		for (const game of [view, crowded])
			for (const notice of [false, true]) {
				const session = stateOf(game, [columns, rows], screen, notice);
				const lines = screenLines(session.state, session.catalogue, themeOf('sixteen', false));
				expect(lines).toHaveLength(rows);
				for (const line of lines) expect(lineWidth(line), plainText(line)).toBeLessThanOrEqual(columns);
			}
	});
});

describe('themes', () => {
	const drawn = (palette: Parameters<typeof themeOf>[0], isAscii: boolean, screen?: Screen) => {
		const session = stateOf(view, [120, 40], screen);
		const theme = themeOf(palette, isAscii);
		return screenLines(session.state, session.catalogue, theme).map(line => painted(theme, line));
	};

	test('ASCII stays ASCII', () => {
		for (const screen of [undefined, ...extra.filter(({kind}) => !['prompt', 'note', 'reader', 'find', 'hotWash'].includes(kind))])
			expect(drawn('none', true, screen).join('')).toMatch(/^[\x20-\x7e]*$/);
	});

	test('without colour nothing is painted, with it the same words are', () => {
		const plain = drawn('none', true);
		expect(plain.join('')).not.toContain('\u001b');
		for (const palette of ['sixteen', 'okabe-ito', 'mono'] as const) {
			const coloured = drawn(palette, true);
			expect(coloured.join('')).toContain('\u001b[');
			// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are what is taken away.
			expect(coloured.map(row => row.replace(/\u001b\[[\d;]*m/g, '').trimEnd())).toEqual(plain);
		}
	});

	test.each([
		[80, 24],
		[120, 40],
	] as const)('the board at %dx%d', (columns, rows) => {
		const session = stateOf(view, [columns, rows], undefined);
		expect(
			`\n${screenLines(session.state, session.catalogue, themeOf('none', true))
				.map(line => plainText(line).trimEnd())
				.join('\n')}\n`,
		).toMatchSnapshot();
	});
});

describe('what is written to the terminal', () => {
	test('is everything at first, then only rows that changed', () => {
		expect(frameUpdate(undefined, ['a', 'b'])).toBe(
			'\u001b[?2026h\u001b[H\u001b[2J\u001b[1;1H\u001b[Ka\u001b[0m\u001b[2;1H\u001b[Kb\u001b[0m\u001b[H\u001b[?2026l',
		);
		expect(frameUpdate(['a', 'b'], ['a', 'c'])).toBe('\u001b[?2026h\u001b[2;1H\u001b[Kc\u001b[0m\u001b[H\u001b[?2026l');
		expect(frameUpdate(['a'], ['a'])).toBe('');
	});
});
