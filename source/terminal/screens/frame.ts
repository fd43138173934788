/** The frame that most screens share: a title row, a rule, a body, and a footer made from the keymap, with notices above it. */

import type {Command} from '../key-command.js';
import {type Context, footerOf} from '../keymap.js';
import {clipped, exactly, type Line, ruleLine, span, spread} from '../lines.js';
import {keymapOf} from '../settings.js';
import {wrap} from '../text.js';
import type {Theme} from '../theme.js';
import type {DeskState, Notice, Working} from './screen.js';

/** What is said above the footer: a warning about leaving first, else the last notice; at most four rows. */
export function noticeLines(state: Pick<DeskState, 'notice' | 'isLeaving' | 'working'>, width: number): readonly Line[] {
	const {working} = state;
	const under = working ? wrap(workingWords(working), width - 2).map((line): Line => [' ', span(line, 'info')]) : [];
	return [...under, ...saidLines(state, width)].slice(0, 4);
}

function workingWords({words, progress, seconds}: Working): string {
	const time = seconds === undefined || seconds === 0 ? '' : `, ${seconds} s`;
	return `Computing${time}: ${words}${progress === undefined ? '' : `. ${progress}`}. You can look around meanwhile.`;
}

function saidLines(state: Pick<DeskState, 'notice' | 'isLeaving'>, width: number): readonly Line[] {
	const notice: Notice | undefined = state.isLeaving
		? {tone: 'info', text: 'Press Ctrl-C again to leave; the game is saved.'}
		: state.notice;
	if (!notice) return [];
	const role = notice.tone === 'good' ? 'good' : notice.tone === 'bad' ? 'bad' : 'info';
	return wrap(notice.text, width - 2)
		.slice(0, 4)
		.map(line => [' ', span(line, role)]);
}

export interface FrameProps {
	readonly state: DeskState;
	readonly theme: Theme;
	readonly columns: number;
	readonly rows: number;
	readonly context: Context;
	readonly title: Line;
	readonly right?: Line;
	readonly body: readonly Line[];
	/** Row of the body that comes first. */
	readonly top?: number;
	readonly words?: Readonly<Partial<Record<Command, string>>>;
	/** A line above the footer: a prompt. */
	readonly prompt?: Line;
}

/** Rows that the body of a frame has. */
export function bodyRows(state: Pick<DeskState, 'rows' | 'columns' | 'notice' | 'isLeaving' | 'working'>, hasPrompt = false): number {
	return Math.max(1, state.rows - 4 - Math.max(0, noticeLines(state, state.columns).length) - (hasPrompt ? 1 : 0));
}

/** A whole screen: exactly `rows` lines. */
export function frameLines({
	state,
	theme,
	columns,
	rows,
	context,
	title,
	right = [],
	body,
	top = 0,
	words,
	prompt,
}: FrameProps): readonly Line[] {
	const notices = noticeLines(state, columns);
	const height = Math.max(1, rows - 4 - notices.length - (prompt === undefined ? 0 : 1));
	const start = Math.max(0, Math.min(top, body.length - height));
	const more = start + height < body.length ? ` PgDn for more, ${start + height} of ${body.length} ` : '';
	const {rule} = theme.glyphs;
	return [
		spread([' ', ...title], [...right, ' '], columns),
		ruleLine(theme, columns),
		...exactly(
			body.slice(start, start + height).map(line => clipped(line, columns)),
			height,
		),
		more
			? [span(rule.repeat(Math.max(0, columns - more.length - 2)), 'dim'), span(more, 'dim'), span(rule + rule, 'dim')]
			: ruleLine(theme, columns),
		...notices,
		...(prompt ? [clipped(prompt, columns)] : []),
		clipped([span(footerOf(context, columns - 1, words, keymapOf(state.settings)), 'dim')], columns),
	];
}
