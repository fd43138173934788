// Texts that name keys name those in force: each command gets a key that stands nowhere else, and no screen speaks of the old ones.
import {describe, expect, test} from 'vitest';
import {screenLines} from '../../source/terminal/app.js';
import {keymap} from '../../source/terminal/key-bindings.js';
import {contexts, keyFor} from '../../source/terminal/keymap.js';
import {plainText} from '../../source/terminal/lines.js';
import type {Screen} from '../../source/terminal/screens/screen.js';
import {Session} from '../../source/terminal/session.js';
import {defaultSettings, keymapOf, rebindable, type Settings} from '../../source/terminal/settings.js';
import {themeOf} from '../../source/terminal/theme.js';
import {attackers, failedPartial, fakeCatalogue, fakePlayer, heldPartial, view} from './fixture.js';

/** Letters of another alphabet, one a command. */
const own: Settings['bindings'] = Object.fromEntries(
	rebindable().map(({command}, index) => [command, String.fromCodePoint(0x410 + index)]),
);
const settings = {...defaultSettings, bindings: own};
const keys = keymapOf(settings);
const fixed = new Set(['switch-side', 'sit-operators', 'sit-attackers', 'pick', 'help']);
const old = new Set(
	Object.values(keymap)
		.flat()
		.filter(({command}) => !fixed.has(command))
		.flatMap(({keys: bound}) => bound.filter(key => key.length === 1)),
);
// It keeps its place in the list of scenarios.
old.delete('a');

const edit = {text: '', caret: 0};
const panes = [
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
] as const;
const screens: readonly (Screen | undefined)[] = [
	undefined,
	{kind: 'title', cursor: 0},
	{kind: 'scenarios', cursor: 0, side: 'operators', entries: []},
	{kind: 'briefing', top: 0},
	{kind: 'approve', request: 'refill', party: 'ada', cursor: 0, top: 0},
	{kind: 'resolve', queue: ['sign-1', 'sign-1'], at: 0, cursor: 4, shown: 5, isGuided: true, isExplained: true},
	{kind: 'resolve', queue: ['sign-1'], at: 0, cursor: 0, shown: 1, isGuided: true, isExplained: false},
	{kind: 'equation', equations: [failedPartial, heldPartial], at: 0, top: 0, isFull: false, isPicture: false},
	{kind: 'reader', title: 'REPORT', text: 'text', top: 0},
	...panes.map(name => ({kind: 'pane', name, cursor: 0, top: 0}) as const),
	{kind: 'views', cursor: 0},
	{kind: 'moves', cursor: 0, find: ''},
	{kind: 'endTurn', top: 0},
	{kind: 'confirm', line: 'freeze', top: 0},
	{
		kind: 'turn',
		ended: 1,
		did: [],
		believed: [],
		changed: [],
		told: [{about: 'inspect', text: 'chi', hasWhy: true}],
		equations: [failedPartial],
		top: 0,
	},
	{kind: 'hotWash', edit, told: 0},
	{kind: 'handOver', to: 'attackers'},
	{kind: 'paused'},
	{kind: 'quit'},
	{kind: 'settings', cursor: 0},
	...contexts.map(about => ({kind: 'help', about, top: 0}) as const),
];

/** A key and what texts say that it does; a number stands for "1 of 3 shares held". */
const named =
	/(?<![^\s(`])(\S)`? (?:why|more|all|the equations|writes|gives|lists|shows|takes|tells|leaves|ends|opens|explains|changes|raises|means|epoch \d|\d of|a key:)/g;

function drawn(game: typeof view, screen: Screen | undefined, [columns, rows]: readonly [number, number]): string {
	const session = new Session(fakeCatalogue(), {columns, rows}, fakePlayer(game));
	session.configure(settings);
	if (screen) session.push(screen);
	return screenLines(session.state, session.catalogue, themeOf('none', true)).map(plainText).join('\n');
}

/** Nothing was inspected: headings have room for their keys. */
const calm = {...view, controls: view.controls.map(({inspected: _, ...control}) => control)};

describe.each([
	['operators', calm],
	['attackers', attackers],
] as const)('with keys of their own, the %s', (_, game) => {
	test.each([
		[80, 24],
		[120, 40],
		[80, 50],
	] as const)('read of no key at %dx%d that does nothing any more', (columns, rows) => {
		for (const screen of screens) {
			const text = drawn(game, screen, [columns, rows]);
			const wrong = [...text.matchAll(named)].filter(([, key = '']) => old.has(key)).map(([words]) => words);
			expect(wrong, text).toEqual([]);
		}
	});
});

test('the keys in force are named where the old ones were', () => {
	const wide = [120, 40] as const;
	const board = drawn(view, undefined, wide);
	expect(board).toContain(`${keyFor('board', 'all-moves', keys)} all moves`);
	expect(board).toContain(`(${keyFor('board', 'why', keys)} why)`);
	expect(drawn(attackers, undefined, wide)).toContain(`${keyFor('board', 'view-loot', keys)} more`);
	expect(drawn(attackers, undefined, wide)).toContain(`${keyFor('board', 'view-exposure', keys)} 1 of 2 shares held`);
	expect(drawn({...view, notes: []}, {kind: 'pane', name: 'notes', cursor: 0, top: 0}, wide)).toContain(
		`${keyFor('pane', 'note', keys)} writes one`,
	);
	expect(drawn(view, {kind: 'help', about: 'board', top: 0}, [120, 60])).toMatch(
		new RegExp(`${keyFor('board', 'why', keys)} +a key: why, with the numbers`),
	);
});
