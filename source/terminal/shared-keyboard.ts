/** One keyboard for both sides: how it is handed over, and each side's game and board as it left them. */
import type {Side} from '../engine/view.js';
import {boardOf} from './screens/board-state.js';
import {baseOf, seenIn, underneath} from './screens/follow-game.js';
import type {DeskState, Game, Screen} from './screens/screen.js';

export class SharedKeyboard {
	readonly #left = new Map<Side, {readonly game: Game; readonly base: Screen | undefined}>();
	/** The sides that have sat down since the game was opened. */
	readonly #sat = new Set<Side>();

	/** Another game is opened. */
	clear() {
		this.#left.clear();
		this.#sat.clear();
	}

	/** What becomes of the desk where the other side is next and who sits here has read all that came up; undefined where it is not handed over. */
	handOver({game, stack, wipes, exit}: DeskState): Partial<DeskState> | undefined {
		const next = game?.player.sharing?.next;
		const under = underneath(stack);
		const base = baseOf(stack);
		if (!game || !next || exit !== undefined || stack.length !== under.length + 1 || base?.kind === 'handOver') return undefined;
		this.#left.set(game.view.side, {game, base});
		return {stack: [...under, {kind: 'handOver', to: next}], notice: undefined, isLeaving: false, wipes: wipes + 1};
	}

	/** What becomes of the desk when the side that is next sits down: its board is as it left it, or shows what it saw last in an earlier run. */
	sit({game, stack, wipes}: DeskState): Partial<DeskState> | undefined {
		if (!game) return undefined;
		const {player} = game;
		player.sharing?.sit();
		const view = player.view();
		const earlier = this.#sat.has(view.side) ? null : player.sharing?.earlier?.();
		this.#sat.add(view.side);
		const from = earlier ?? view;
		const fresh = {game: {...game, view: from, history: [], seen: seenIn(from)}, base: earlier ? boardOf(earlier) : undefined};
		const left = earlier ? fresh : (this.#left.get(view.side) ?? fresh);
		return {
			game: left.game,
			stack: [...underneath(stack), ...(left.base ? [left.base] : [])],
			notice: undefined,
			wipes: wipes + 1,
		};
	}
}
