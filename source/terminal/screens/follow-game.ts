/** Which screens follow the game: its first screen goes by the phase, and ceremonies that were not seen yet come up above it. */
import type {SeatView} from '../../engine/view.js';
import {keyFor} from '../keymap.js';
import type {Player} from '../player.js';
import {editOf} from '../prompt/edit.js';
import {keymapOf, pace, type Settings} from '../settings.js';
import {boardAfter, boardOf} from './board-state.js';
import {playing, resolveOf} from './resolve.js';
import type {DeskState, Game, Screen, ScreenOf} from './screen.js';
import {turnOf} from './turn.js';

/** What lies below a game: the title, unless the game was opened without one. */
export function underneath(stack: readonly Screen[]): readonly Screen[] {
	return stack.filter(({kind}) => kind === 'title');
}

/** The game's first screen. */
export function baseOf(stack: readonly Screen[]): Screen | undefined {
	return stack[underneath(stack).length];
}

/** What was seen of each ceremony: a retried one changes its status or grows, and is shown again. */
export function seenIn(view: SeatView): ReadonlyMap<string, string> {
	return new Map(view.ceremonies.map(({id, status, messages}) => [id, `${status} ${messages.length}`]));
}

/** What ran before the first turn nobody has ordered: it is among the messages for whoever wants to see it. */
function unseenIn({view, seen}: Game, before: Game): readonly string[] {
	return view.ceremonies
		.filter(({id, kind, turn}) => before.seen.get(id) !== seen.get(id) && kind !== 'keygen' && turn > 0)
		.map(({id}) => id);
}

/** The stack that follows what has happened in a game since `before`. */
export function stackAfter({stack, settings}: Pick<DeskState, 'stack' | 'settings'>, before: Game, game: Game): readonly Screen[] {
	const {view, player, isFirst} = game;
	const under = underneath(stack);
	const base = baseOf(stack);
	const above = stack.slice(under.length + 1);
	const isNewTurn = before.view.turn !== view.turn || before.view.phase !== view.phase;
	const next = baseFor(view, before.view, base, player);
	const kept =
		next.kind === base?.kind && !isNewTurn ? above : above.filter(({kind}) => kind === 'resolve' || kind === 'quit' || kind === 'help');
	const unseen = unseenIn(game, before);
	const open = kept.findLast((screen): screen is ScreenOf<'resolve'> => screen.kind === 'resolve');
	const shown =
		open && unseen.length > 0
			? kept.map(screen => (screen === open ? {...open, queue: [...open.queue, ...unseen.filter(id => !open.queue.includes(id))]} : screen))
			: kept;
	const resolve = !open && unseen.length > 0 ? [resolveAtPace(view, unseen, isFirst, settings)] : [];
	const isOver = next.kind === 'hotWash';
	const hasEnded = before.view.turn > 0 && base?.kind === 'board' && (isOver || (before.view.turn !== view.turn && next.kind === 'board'));
	const summary = hasEnded ? [turnOf(before.view, view)] : [];
	return [...under, next, ...summary, ...shown, ...resolve];
}

function resolveAtPace(view: SeatView, unseen: readonly string[], isGuided: boolean, settings: Settings): ScreenOf<'resolve'> {
	const screen = resolveOf(view, unseen, isGuided);
	return pace(settings) === undefined ? screen : playing(view, screen);
}

function baseFor(view: SeatView, before: SeatView, base: Screen | undefined, player: Player): Screen {
	// Around a shared screen a pause is there to look at the picture and talk about it.
	if (view.isPaused && !player.drill) return {kind: 'paused'};
	if (view.phase === 'briefing') return base?.kind === 'briefing' ? base : {kind: 'briefing', top: 0};
	if (view.phase === 'hotWash') return base?.kind === 'hotWash' ? base : {kind: 'hotWash', edit: editOf(''), told: 0};
	if (view.phase === 'closed')
		return base?.kind === 'reader'
			? base
			: {
					kind: 'reader',
					title: `DEBRIEF   ${view.scenario.title}`,
					text: 'The debrief is being made: it plays the same moves in the other worlds ...',
					top: 0,
				};
	return base?.kind === 'board' ? boardAfter(base, before, view, player) : boardOf(view);
}

/** What a first game says on its board, once it has begun. */
export function firstTip(settings: Settings): string {
	const keys = keymapOf(settings);
	return `Enter does the highlighted move, ${keyFor('board', 'end-turn', keys)} ends the turn. ${keyFor('board', 'hint', keys)} gives a hint, ${keyFor('board', 'why', keys)} tells why, ? shows all keys.`;
}
