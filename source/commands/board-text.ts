/** The board of a game at rest, as lines of text: what a seat would see, with nothing to press. */
import {decide} from '../engine/decide.js';
import type {Game} from '../engine/game.js';
import {phaseOf, seatView} from '../engine/seat-view.js';
import type {GameState} from '../engine/state.js';
import type {Side} from '../engine/view.js';
import type {Player} from '../terminal/player.js';
import {renderBoard} from '../terminal/render-view.js';
import {themeOf} from '../terminal/theme.js';

export interface BoardLook {
	readonly side: Side;
	readonly columns: number;
	readonly rows: number;
	readonly colour: boolean;
	readonly ascii: boolean;
}

const nothing = {ok: false, message: 'Nothing can be done here.'} as const;

/** A seat at a game that stands still. */
function onlooker(game: Game, state: GameState, side: Side): Player {
	const view = seatView(game, state, side);
	return {
		view: () => view,
		preview(text) {
			const decided = decide(game, state, {side, text});
			const move = decided.ok ? decided.events.find(event => event.type === 'move') : undefined;
			return decided.ok ? {ok: true, cost: move?.type === 'move' ? move.cost : 0} : {ok: false, message: decided.message};
		},
		submit: () => nothing,
		begin: () => nothing,
		note: () => nothing,
		close: () => nothing,
		complete: () => [],
		questions: () => null,
		hint: () => ({move: 'end-turn', reason: ''}),
		subscribe: () => () => {},
		head: () => '',
		savePath: () => '',
		debrief: () => '',
		transcript: () => '',
	};
}

/** Lines of the board for typing and pressing. */
const keyLines = 2;

/** The board as `rows` lines of at most `columns` columns. Operators see a turn in which the attackers have made their moves. */
export function boardText(game: Game, state: GameState, {side, columns, rows: height, colour, ascii}: BoardLook): readonly string[] {
	const isEarly = side === 'operators' && phaseOf(state) === 'attack';
	const moved = isEarly ? decide(game, state, {side: 'attackers', text: 'end-turn'}) : undefined;
	const player = onlooker(game, moved?.ok ? moved.state : state, side);
	const theme = themeOf(colour ? 'sixteen' : 'none', ascii);
	return renderBoard(player, {columns, rows: height + keyLines, theme}).slice(0, -keyLines);
}
