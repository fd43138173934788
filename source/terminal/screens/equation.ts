/** One equation on a screen of its own: `=` anywhere leads here. */
import type {LootView} from '../../engine/view.js';
import {capturedLines, equationLines} from '../equation/equation.js';
import {type Keymap, keyFor} from '../keymap.js';
import {heading, type Line, span} from '../lines.js';
import {pictureLines} from '../picture/picture.js';
import {keymapOf} from '../settings.js';
import {type Theme, themeOf} from '../theme.js';
import {bodyRows, frameLines} from './frame.js';
import {type Handler, motionOf, type ScreenOf, type ScreenProps} from './screen.js';

function linesOf(screen: ScreenOf<'equation'>, loot: LootView | undefined, width: number, theme: Theme, keys: Keymap): readonly Line[] {
	const equation = screen.equations[screen.at];
	if (!equation) return [];
	if (!screen.isPicture || !equation.picture)
		return [
			[],
			...equationLines(equation, {width, isFull: screen.isFull, theme, fullKey: keyFor('equation', 'full', keys)}),
			...(loot ? capturedLines(equation, loot, width, theme) : []),
		];
	const {title, lines} = pictureLines(equation.picture, width, theme);
	return [heading(theme, `Picture: ${title}`, width), ...lines];
}

export function equationScreen({screen, state, theme, columns, rows}: ScreenProps<'equation'>): readonly Line[] {
	const equation = screen.equations[screen.at];
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'equation',
		title: [span('EQUATION', 'info'), `   ${equation?.name ?? ''}`, ...(equation ? [`   about ${equation.about}`] : [])],
		right: screen.equations.length > 1 ? [`${screen.at + 1} of ${screen.equations.length}`] : [],
		body: linesOf(screen, state.game?.view.loot, columns, theme, keymapOf(state.settings)),
		top: screen.top,
		words: {
			...(screen.equations.length > 1 ? {} : {next: ''}),
			full: screen.isPicture ? '' : screen.isFull ? 'short numbers' : 'full numbers',
			picture: equation?.picture ? (screen.isPicture ? 'numbers' : 'picture') : '',
		},
	});
}

export const handleEquation: Handler<'equation'> = (desk, screen, command) => {
	const length = linesOf(
		screen,
		desk.state.game?.view.loot,
		desk.state.columns,
		themeOf('none', true),
		keymapOf(desk.state.settings),
	).length;
	const page = bodyRows(desk.state);
	const top = motionOf(command, screen.top, length - page + 1, page);
	if (top !== undefined) return desk.set({...screen, top});
	if (command === 'back') return desk.pop();
	if (command === 'full') return desk.set({...screen, isFull: !screen.isFull, isPicture: false, top: 0});
	if (command === 'picture') {
		if (screen.equations[screen.at]?.picture) return desk.set({...screen, isPicture: !screen.isPicture, top: 0});
		return desk.say('info', 'No picture helps with this one: it compares two numbers.');
	}
	if (command === 'next') return desk.set({...screen, at: Math.min(screen.equations.length - 1, screen.at + 1), top: 0});
	if (command === 'previous') return desk.set({...screen, at: Math.max(0, screen.at - 1), top: 0});
};
