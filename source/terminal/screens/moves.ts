/** All moves by station, refused ones with their reasons; and finding one by a few letters. */

import type {SeatView} from '../../engine/view.js';
import type {Keymap} from '../keymap.js';
import {cell, clipped, heading, type Line, span} from '../lines.js';
import {allMoves, costText, type MenuRow, menuOf} from '../moves/menu.js';
import {editFor, editOf, emptyEdit} from '../prompt/edit.js';
import {promptLine} from '../prompt/prompt.js';
import {sentence, wrap} from '../text.js';
import type {Theme} from '../theme.js';
import {bodyRows, frameLines} from './frame.js';
import {type Desk, gameOf, type Handler, motionOf, type ScreenProps} from './screen.js';

/** Moves whose verb, object or effect holds every word of the search. */
export function foundMoves(view: SeatView, search: string, keys?: Keymap): readonly MenuRow[] {
	const wanted = search
		.toLowerCase()
		.split(/\s+/)
		.filter(word => word !== '');
	return allMoves(view, keys).filter(({option, notation}) =>
		wanted.every(word => `${notation} ${option.does} ${option.station}`.toLowerCase().includes(word)),
	);
}

function linesOf(
	found: readonly MenuRow[],
	cursor: number,
	width: number,
	theme: Theme,
): {readonly lines: readonly Line[]; readonly at: number} {
	const lines: Line[] = [];
	let station = '';
	let at = 0;
	for (const [index, {option, letter, notation, refused}] of found.entries()) {
		if (option.station !== station) {
			station = option.station;
			lines.push(heading(theme, station.toUpperCase(), width));
		}
		const isAtCursor = index === cursor;
		if (isAtCursor) at = lines.length;
		const isRefused = refused !== undefined;
		const shown = notation.length > 40 ? 48 : 42;
		lines.push(
			clipped(
				[
					span(isAtCursor ? '>' : ' ', 'focus'),
					span(isRefused ? 'x' : ' ', 'bad'),
					span((letter ?? '').padStart(2), 'focus'),
					' ',
					cell(notation, shown, isRefused ? 'dim' : isAtCursor ? 'chosen' : undefined),
					' ',
					cell(costText(option.cost), 4),
					span(isRefused ? `refused: ${refused}` : option.does, isRefused ? 'warn' : undefined),
				],
				width,
			),
		);
		if (isAtCursor)
			lines.push(
				...wrap(isRefused ? `refused: ${refused}` : `${sentence(option.does)} Needs ${sentence(option.needs, false)}`, width - 8).map(
					(text): Line => ['      ', span(text, isRefused ? 'warn' : 'info')],
				),
			);
	}
	if (found.length === 0) lines.push([], [span('   No move fits.', 'dim')]);
	return {lines, at};
}

export function movesScreen({screen, state, theme, columns, rows}: ScreenProps<'moves' | 'find'>): readonly Line[] {
	const {view, keys} = gameOf(state);
	const isFinding = screen.kind === 'find';
	const search = isFinding ? screen.edit.text : screen.find;
	const found = foundMoves(view, search, keys);
	const {lines, at} = linesOf(found, screen.cursor, columns, theme);
	const size = bodyRows(state, isFinding);
	const top = Math.max(0, Math.min(at - Math.floor(size / 2), lines.length - size));
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: screen.kind,
		title: [span('ALL MOVES', 'info'), `   ${view.side}   turn ${view.turn}${search ? `   with "${search}"` : ''}`],
		right: [view.locked ?? ''],
		body: lines,
		top,
		...(isFinding
			? {prompt: promptLine({notation: '', edit: screen.edit, label: 'find:', note: `${found.length} found`, width: columns})}
			: {}),
	});
}

/** Back to the board with this move highlighted. */
function toBoard(desk: Desk, row: MenuRow | undefined) {
	if (!row) return;
	const {view, player, keys} = gameOf(desk.state);
	desk.pop();
	desk.change('board', board => {
		const {draft: _, ...rest} = board;
		const move = menuOf(view, board, line => player.preview(line), keys).findIndex(({option}) => option.verb === row.option.verb);
		return {...rest, focus: 'moves', move: Math.max(0, move)};
	});
}

export const handleMoves: Handler<'moves'> = (desk, screen, command) => {
	const {view} = gameOf(desk.state);
	const found = foundMoves(view, screen.find);
	const cursor = motionOf(command, screen.cursor, found.length, 8);
	if (cursor !== undefined) return desk.set({...screen, cursor});
	if (command === 'back') return desk.pop();
	if (command === 'find') return desk.set({kind: 'find', cursor: 0, edit: editOf(screen.find)});
	const row = found[screen.cursor];
	if (command === 'why' && row)
		return desk.push({
			kind: 'reader',
			title: `MOVE   ${row.option.verb}`,
			text: `${row.refused ? `It is refused now: ${sentence(row.refused, false)}` : 'It is allowed now.'}\n\n**Does:** ${sentence(row.option.does, false)}\n\n**Needs:** ${sentence(row.option.needs, false)}\n\n**Line:** \`${row.option.template}\``,
			top: 0,
		});
	if (command === 'do') toBoard(desk, row);
};

export const handleFind: Handler<'find'> = (desk, screen, command, press) => {
	const {view} = gameOf(desk.state);
	const found = foundMoves(view, screen.edit.text);
	if (command === 'up' || command === 'down') return desk.set({...screen, cursor: motionOf(command, screen.cursor, found.length, 1) ?? 0});
	if (command === 'back') return screen.edit.text === '' ? desk.pop() : desk.set({...screen, edit: emptyEdit, cursor: 0});
	if (command === 'do') return toBoard(desk, found[screen.cursor]);
	const edit = editFor(screen.edit, command, press.text);
	if (edit) desk.set({...screen, edit, cursor: 0});
};
