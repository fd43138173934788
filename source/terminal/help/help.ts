/** The help of a context: every key it binds, made from the keymap, and the signs that screens use. */
import {bindingsOf, type Context, type Keymap, keyFor, keyName} from '../keymap.js';
import {cell, clipped, heading, type Line, lineWidth, span} from '../lines.js';
import {wrap} from '../text.js';
import type {Theme} from '../theme.js';

const signsOf = (map?: Keymap): ReadonlyArray<readonly [string, string]> => [
	['>', 'the cursor, or what is picked'],
	['x', 'refused now; the reason is beside it'],
	['*', 'new since your last turn'],
	['!', 'look here: suspected, due now, or not as documented'],
	['+ -', 'a party answers; a party is dark'],
	['#', 'a party that you took out'],
	['?', 'not known'],
	['_', 'a value that is still to be chosen'],
	['[ROUNDS]', 'where authority is, or the state a machine is in'],
	['=>', 'authority has passed here'],
	[keyFor('board', 'why', map), 'a key: why, with the numbers'],
];

/** Names of contexts in titles. */
export const contextWords: Readonly<Record<Context, string>> = {
	title: 'Title',
	scenarios: 'Scenarios',
	saves: 'Saves',
	reports: 'Reports',
	opening: 'Opening',
	briefing: 'Briefing',
	handOver: 'Handing over',
	paused: 'A pause',
	replay: 'Replay',
	goTo: 'Going to a line',
	board: 'Board',
	prompt: 'Prompt',
	note: 'Note',
	choose: 'Choosing a value',
	approve: 'Approving',
	resolve: 'Messages of a ceremony',
	equation: 'Equation',
	reader: 'Reading',
	pane: 'A view',
	views: 'Views',
	moves: 'All moves',
	find: 'Finding a move',
	endTurn: 'Ending the turn',
	turn: 'After a turn',
	confirm: 'Before it is done',
	hotWash: 'Hot wash',
	drill: 'Before a drill',
	drillReady: 'Before a drill',
	speaker: 'Who speaks',
	beliefs: 'What everybody believes',
	facilitatorAsk: 'Facilitator',
	facilitator: 'Facilitator',
	facilitatorLine: 'Facilitator',
	settings: 'Settings',
	keys: 'Keys of your own',
	newKey: 'Choosing a key',
	quit: 'Leaving',
	help: 'Help',
};

export function helpLines(
	context: Context,
	options: {
		readonly width: number;
		readonly theme: Theme;
		readonly moves?: ReadonlyArray<readonly [string, string]>;
		readonly savePath?: string;
		readonly map?: Keymap;
	},
): readonly Line[] {
	const {width, theme, moves = [], savePath, map} = options;
	const rows = bindingsOf(context, map).map(({keys, words}): readonly [string, string] => [
		keys[0] === '1' && keys.length > 5 ? `1 to ${keys.length}` : keys.map(keyName).join(' '),
		words,
	]);
	const half = Math.floor((width - 2) / 2);
	const column = (pairs: ReadonlyArray<readonly [string, string]>): Line[] =>
		pairs.flatMap(([key, words]) => {
			const [keys, said] = [wrap(key, 15), wrap(words, half - 18)];
			return Array.from(
				{length: Math.max(keys.length, said.length)},
				(_, index): Line => [cell(keys[index] ?? '', 16, 'focus'), span(said[index] ?? '')],
			);
		});
	const twoColumns = (pairs: ReadonlyArray<readonly [string, string]>): Line[] => {
		const middle = Math.ceil(pairs.length / 2);
		const [left, right] = [column(pairs.slice(0, middle)), column(pairs.slice(middle))];
		return Array.from({length: Math.max(left.length, right.length)}, (_, index): Line => {
			const line = left[index] ?? [];
			return ['  ', ...line, ' '.repeat(half - lineWidth(line)), ...(right[index] ?? [])];
		});
	};
	return [
		heading(theme, `Keys: ${contextWords[context]}`, width),
		...twoColumns(rows),
		...(moves.length > 0 ? [[] as Line, heading(theme, 'Moves', width), ...twoColumns(moves)] : []),
		[],
		heading(theme, 'Signs', width),
		...twoColumns(signsOf(map)),
		...(savePath ? [[] as Line, [span('  Saved after every move in  ', 'dim'), span(savePath)] as Line] : []),
	].map(line => clipped(line, width));
}
