/** The help screen, the question before leaving, and the word that a game is being opened. */
import {contextWords, helpLines} from '../help/help.js';
import {type Line, span} from '../lines.js';
import {keymapOf} from '../settings.js';
import {shortHex, wrap} from '../text.js';
import {type Theme, themeOf} from '../theme.js';
import {lettersFor} from '../verb-letters.js';
import {bodyRows, frameLines} from './frame.js';
import {type DeskState, gameOf, type Handler, motionOf, type ScreenOf, type ScreenProps} from './screen.js';

function linesOf(state: DeskState, screen: ScreenOf<'help'>, theme: Theme): readonly Line[] {
	const map = keymapOf(state.settings);
	const verbs = screen.about === 'board' ? [...new Set(state.game?.view.moves.map(({verb}) => verb) ?? [])] : [];
	const letters = state.game ? lettersFor(state.game.view.side, verbs, map) : new Map<string, string>();
	const moves = verbs.flatMap((verb): Array<readonly [string, string]> => (letters.has(verb) ? [[letters.get(verb) ?? '', verb]] : []));
	return [
		[],
		...helpLines(screen.about, {width: state.columns, theme, moves, map, ...(state.game ? {savePath: state.game.player.savePath()} : {})}),
	];
}

export function helpScreen({screen, state, theme, columns, rows}: ScreenProps<'help'>): readonly Line[] {
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'help',
		title: [span('HELP', 'info'), `   ${contextWords[screen.about]}`],
		body: linesOf(state, screen, theme),
		top: screen.top,
	});
}

export const handleHelp: Handler<'help'> = (desk, screen, command) => {
	const page = bodyRows(desk.state);
	const top = motionOf(command, screen.top, linesOf(desk.state, screen, themeOf('none', true)).length - page + 1, page);
	if (top !== undefined) return desk.set({...screen, top});
	if (command === 'back') desk.pop();
};

export function quitScreen({state, theme, columns, rows}: ScreenProps<'quit'>): readonly Line[] {
	const {player, head, view} = gameOf(state);
	const body: readonly Line[] = [
		[],
		...wrap('Leave the game? It is saved up to your last move, and you can go on with it at any time:', columns - 6).map(
			(line): Line => ['   ', span(line)],
		),
		[],
		['   ', span(`quorum-call resume ${player.savePath()}`, 'strong')],
		[],
		['   ', span(`turn ${view.turn}, head ${shortHex(head, 8)}`, 'dim')],
	];
	return frameLines({state, theme, columns, rows, context: 'quit', title: [span('LEAVE', 'info'), `   ${view.scenario.id}`], body});
}

export const handleQuit: Handler<'quit'> = (desk, _screen, command) => {
	if (command === 'do') desk.leave(0);
	if (command === 'back') desk.pop();
};

export function openingScreen({screen, state, theme, columns, rows}: ScreenProps<'opening'>): readonly Line[] {
	return frameLines({
		state,
		theme,
		columns,
		rows,
		context: 'opening',
		title: [span('QUORUM CALL', 'strong')],
		body: [[], [`   ${screen.words}`]],
	});
}

export const handleOpening: Handler<'opening'> = () => {};
