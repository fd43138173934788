/** One equation on a screen of its own: `=` anywhere leads here. */
import {equationLines} from '../equation/equation.js';
import {type Line, span} from '../lines.js';
import {themeOf} from '../theme.js';
import {bodyRows, frameLines} from './frame.js';
import {type Handler, motionOf, type ScreenProps} from './screen.js';

export function equationScreen({screen, state, theme, columns, rows}: ScreenProps<'equation'>): readonly Line[] {
	const equation = screen.equations[screen.at];
	const body: readonly Line[] = equation ? [[], ...equationLines(equation, {width: columns, isFull: screen.isFull, theme})] : [];
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'equation',
		title: [span('EQUATION', 'info'), `   ${equation?.name ?? ''}`, ...(equation ? [`   about ${equation.about}`] : [])],
		right: screen.equations.length > 1 ? [`${screen.at + 1} of ${screen.equations.length}`] : [],
		body,
		top: screen.top,
		words: {...(screen.equations.length > 1 ? {} : {next: ''}), full: screen.isFull ? 'short numbers' : 'full numbers'},
	});
}

export const handleEquation: Handler<'equation'> = (desk, screen, command) => {
	const equation = screen.equations[screen.at];
	const length = equation
		? equationLines(equation, {width: desk.state.columns, isFull: screen.isFull, theme: themeOf('none', true)}).length + 1
		: 0;
	const page = bodyRows(desk.state);
	const top = motionOf(command, screen.top, length - page + 1, page);
	if (top !== undefined) return desk.set({...screen, top});
	if (command === 'back') return desk.pop();
	if (command === 'full') return desk.set({...screen, isFull: !screen.isFull, top: 0});
	if (command === 'next') return desk.set({...screen, at: Math.min(screen.equations.length - 1, screen.at + 1), top: 0});
	if (command === 'previous') return desk.set({...screen, at: Math.max(0, screen.at - 1), top: 0});
};
