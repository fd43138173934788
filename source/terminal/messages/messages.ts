/** The messages of one ceremony: who sent what to whom, which check its receiver made, and how it came out. */
import type {CeremonyView, MessageView} from '../../engine/view.js';
import {cell, clipped, exactly, heading, type Line, span, spread} from '../lines.js';
import {windowOf} from '../list.js';
import {wrap} from '../text.js';
import type {Role, Theme} from '../theme.js';

const resultRoles: Readonly<Record<MessageView['result'], Role>> = {ok: 'good', REFUSED: 'bad', lost: 'warn', '-': 'dim'};
const statusRoles: Readonly<Record<CeremonyView['status'], Role>> = {done: 'good', aborted: 'bad', stalled: 'warn'};

export interface MessageTableProps {
	readonly messages: readonly MessageView[];
	readonly cursor: number;
	/** False where the pane hasn't the keys: the message at the cursor is kept in sight, without its mark. */
	readonly isMarked?: boolean;
	readonly width: number;
	readonly height: number;
}

/** The coordinator is in nearly every row. */
const shortName = (id: string): string => (id === 'coordinator' ? 'coord' : id);

/** A table of messages with its header: at most `height` rows. */
export function messageTable({messages, cursor, isMarked = true, width, height}: MessageTableProps): readonly Line[] {
	const isWide = width >= 76;
	const [number, round, from, to] = width >= 68 ? [4, 6, 8, 9] : [3, 3, 6, 8];
	const result = 8;
	const check = isWide ? 20 : 0;
	const carries = Math.max(8, width - 2 - number - round - from - to - check - result);
	const window = windowOf(messages.length, height - 1, Math.max(0, cursor));
	const head = `  ${'#'.padEnd(number)}${(round > 5 ? 'round' : 'rd').padEnd(round)}${'from'.padEnd(from)}${'to'.padEnd(to)}${'carries'.padEnd(carries)}${check ? 'check'.padEnd(check) : ''}result`;
	const rows = messages.slice(window.start, window.end).map((message, index): Line => {
		const isAtCursor = isMarked && window.start + index === cursor;
		const base: Role | undefined = isAtCursor ? 'chosen' : undefined;
		return clipped(
			[
				span(isAtCursor ? '> ' : '  ', 'focus'),
				cell(String(message.n), number, base),
				cell(message.round > 0 ? String(message.round) : '-', round, base),
				cell(shortName(message.from), from, base),
				cell(shortName(message.to), to, base),
				cell(message.carries, carries, base),
				...(check ? [cell(message.check || 'none', check, base)] : []),
				span(message.result, resultRoles[message.result]),
			],
			width,
		);
	});
	return [[span(head, 'dim')], ...rows];
}

export interface MessagesProps {
	readonly ceremony?: CeremonyView;
	/** What stands here without a ceremony. */
	readonly empty: string;
	/** "2 of 3", which ceremony this is, when there are several. */
	readonly place: string;
	readonly cursor: number;
	readonly focused: boolean;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
}

/** By which equation the message at the cursor was verified, or the refused one blamed. */
function checkedLine(message: MessageView | undefined): readonly Line[] {
	const equation = message?.equations.find(({holds}) => !holds) ?? message?.equations[0];
	if (!message || !equation) return [];
	return [
		[
			span(`  ${message.n} `, 'dim'),
			span(equation.holds ? 'EQUAL  ' : 'NOT EQUAL  ', equation.holds ? 'good' : 'bad'),
			span(equation.equation),
		],
	];
}

export function messagePaneLines({ceremony, empty, place, cursor, focused, width, height, theme}: MessagesProps): readonly Line[] {
	const title = heading(theme, 'Messages', width, {focused, right: place});
	if (!ceremony) return exactly([title, ...wrap(empty, width - 4).map((row): Line => [span(`   ${row}`, 'dim')])], height);
	const checked = checkedLine(focused ? ceremony.messages[cursor] : ceremony.messages.find(({result}) => result === 'REFUSED'));
	const table = messageTable({
		messages: ceremony.messages,
		cursor,
		isMarked: focused,
		width,
		height: Math.max(2, height - 2 - checked.length),
	});
	const status: Line = [span(ceremony.status.toUpperCase(), statusRoles[ceremony.status]), ' '];
	return exactly(
		[title, spread([` t${ceremony.turn}  `, ceremony.title], status, width), ...table, ...checked].map(line => clipped(line, width)),
		height,
	);
}
