/** The help of a context: every key it binds, made from the keymap, and the signs that screens use. */
import {bindingsOf, type Context, keyName} from '../keymap.js';
import {clipped, heading, type Line, span} from '../lines.js';
import type {Theme} from '../theme.js';

const signs: ReadonlyArray<readonly [string, string]> = [
	['>', 'the cursor, or what is picked'],
	['x', 'refused now; the reason is beside it'],
	['*', 'new since your last turn'],
	['!', 'look here: suspected, due now, or not as documented'],
	['+ -', 'a party answers; a party is dark'],
	['#', 'a party that you took out'],
	['?', 'not known'],
	['_', 'a value that is still to be chosen'],
];

/** Names of contexts in titles. */
export const contextWords: Readonly<Record<Context, string>> = {
	title: 'Title',
	scenarios: 'Scenarios',
	saves: 'Saves',
	reports: 'Reports',
	opening: 'Opening',
	briefing: 'Briefing',
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
	hotWash: 'Hot wash',
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
	},
): readonly Line[] {
	const {width, theme, moves = [], savePath} = options;
	const rows = bindingsOf(context).map(({keys, words}): readonly [string, string] => [
		keys[0] === '1' && keys.length > 5 ? `1 to ${keys.length}` : keys.map(keyName).join(' '),
		words,
	]);
	const twoColumns = (pairs: ReadonlyArray<readonly [string, string]>): Line[] => {
		const half = Math.floor((width - 2) / 2);
		const height = Math.ceil(pairs.length / 2);
		const side = (pair: readonly [string, string] | undefined): Line =>
			pair ? clipped([span(pair[0].padEnd(15), 'focus'), ' ', span(pair[1])], half - 1) : [];
		return pairs.slice(0, height).map((pair, index): Line => {
			const left = side(pair);
			const used = left.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : part.text.length), 0);
			return ['  ', ...left, ' '.repeat(Math.max(1, half - used)), ...side(pairs[index + height])];
		});
	};
	return [
		heading(theme, `Keys: ${contextWords[context]}`, width),
		...twoColumns(rows),
		...(moves.length > 0 ? [[] as Line, heading(theme, 'Moves', width), ...twoColumns(moves)] : []),
		[],
		heading(theme, 'Signs', width),
		...twoColumns(signs),
		...(savePath ? [[] as Line, [span('  Saved after every move in  ', 'dim'), span(savePath)] as Line] : []),
	].map(line => clipped(line, width));
}
