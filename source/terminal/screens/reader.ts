/** Markdown on a screen of its own: the debrief, finished reports, and longer answers to "why". */
import {type Line, span} from '../lines.js';
import {type Rendered, renderMarkdown} from '../reader/markdown.js';
import type {Theme} from '../theme.js';
import {themeOf} from '../theme.js';
import {bodyRows, frameLines} from './frame.js';
import {type Handler, motionOf, type ScreenProps} from './screen.js';

const laidOut = new WeakMap<Theme, {readonly text: string; readonly width: number; readonly rendered: Rendered}>();

/** The last text laid out in a theme is kept: scrolling through a long report lays it out once. */
function renderedOf(text: string, width: number, theme: Theme): Rendered {
	const last = laidOut.get(theme);
	if (last && last.text === text && last.width === width) return last.rendered;
	const rendered = renderMarkdown(text, width, theme);
	laidOut.set(theme, {text, width, rendered});
	return rendered;
}

export function readerScreen({screen, state, theme, columns, rows}: ScreenProps<'reader'>): readonly Line[] {
	const {lines} = renderedOf(screen.text, columns - 1, theme);
	return frameLines({state, theme, columns, rows, context: 'reader', title: [span(screen.title, 'strong')], body: lines, top: screen.top});
}

export const handleReader: Handler<'reader'> = (desk, screen, command) => {
	const {lines, sections} = renderedOf(screen.text, desk.state.columns - 1, themeOf('none', true));
	const page = bodyRows(desk.state);
	const top = motionOf(command, screen.top, lines.length - page + 1, page);
	if (top !== undefined) return desk.set({...screen, top});
	const to = (row: number | undefined) => desk.set({...screen, top: Math.max(0, Math.min(row ?? screen.top, lines.length - page))});
	if (command === 'next') return to(sections.find(row => row > screen.top));
	if (command === 'previous') return to(sections.findLast(row => row < screen.top));
	if (command === 'back') return desk.pop();
};
