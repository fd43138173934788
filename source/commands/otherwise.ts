/** Plays a recorded game again with other moves, or in another world, for the debrief. Nothing of it is recorded. */
import {apply} from '../engine/apply.js';
import {decide} from '../engine/decide.js';
import {createGame, type Game, initialState} from '../engine/game.js';
import {phaseOf} from '../engine/seat-view.js';
import type {GameState} from '../engine/state.js';
import type {RecordedGame} from '../journal/recorded-game.js';
import {withControls} from '../report/deal-lines.js';
import type {DebriefOptions} from '../report/debrief.js';
import {lineOfMoves, type PlayedMove} from '../report/played.js';
import {type Opponent, opponent, rosterBot} from './opponents.js';

/** A state that some moves led to, and what came after it: lines of moves that begin alike are played once. */
interface Node {
	state: GameState;
	readonly isRefused: boolean;
	readonly next: Map<string, Node>;
}

/** What the debrief has played again: other lines of moves in this game, this line with controls on, and this line in other worlds. */
export function otherwise(recorded: RecordedGame): Required<Pick<DebriefOptions, 'inWorld' | 'replayWith' | 'replayHardened'>> {
	const {game, entries, opened} = recorded;
	const root = recordedLine(recorded);
	// A bot that played the attackers plays them in other worlds too, where their first moves would make no sense.
	const bot = rosterBot(opened.roster, 'attackers');
	return {
		replayWith(moves) {
			const refused: string[] = [];
			let node = root;
			for (const {side, text} of moves) {
				const known = node.next.get(keyOf({side, text})) ?? play(game, node.state, {side, text});
				node.next.set(keyOf({side, text}), known);
				node = known;
				if (node.isRefused && text !== 'end-turn') refused.push(text);
			}
			return {state: node.state, refused};
		},
		replayHardened(controls) {
			const {scenario, seed, suite, deal} = game;
			const hardened = createGame({scenario: withControls(scenario, deal.world, controls), seed, suite, world: deal.world});
			const refused: string[] = [];
			let state = initialState(hardened);
			for (const {side, text} of lineOfMoves({entries, game})) {
				const decided = decide(hardened, state, {side, text});
				if (decided.ok) state = decided.state;
				else if (text !== 'end-turn') refused.push(text);
			}
			return {state, refused};
		},
		inWorld(world) {
			// Only the outcome is asked for, which is the same on glass as on the real suites (DESIGN section 4).
			const other = createGame({scenario: game.scenario, seed: game.seed, suite: 'glass', world});
			const line = lineOfMoves({entries, game});
			return bot === null ? replay(other, line, null) : replay(other, line, opponent('attackers', bot));
		},
	};
}

type Line = Pick<PlayedMove, 'side' | 'text'>;

function keyOf({side, text}: Line): string {
	return `${side}: ${text}`;
}

/** The game as it was recorded, with the state after each move, up to the first move that was taken back: it need not be decided again. */
function recordedLine({game, events}: Pick<RecordedGame, 'game' | 'events'>): Node {
	const root: Node = {state: initialState(game), isRefused: false, next: new Map()};
	let node = root;
	for (const event of events) {
		const {state} = node;
		if (event.type === 'taken-back' || event.type === 'branched') break;
		if (event.type === 'move') {
			const next: Node = {state, isRefused: false, next: new Map()};
			node.next.set(keyOf(event), next);
			node = next;
		}
		node.state = apply(state, event);
	}
	return root;
}

function play(game: Game, state: GameState, move: Line): Node {
	const decided = decide(game, state, move);
	return {state: decided.ok ? decided.state : state, isRefused: !decided.ok, next: new Map()};
}

/** Plays a line of moves; with an opponent, that plays the attackers instead of the line. */
function replay(
	game: Game,
	line: readonly PlayedMove[],
	attackers: Opponent | null,
): {end?: NonNullable<GameState['end']>; refused: number} {
	let state = initialState(game);
	let refused = 0;
	const make = (side: PlayedMove['side'], text: string): boolean => {
		const decided = decide(game, state, {side, text});
		if (decided.ok) state = decided.state;
		return decided.ok;
	};
	const made: string[] = [];
	for (const {side, text} of line) {
		if (side === 'attackers' && attackers) continue;
		while (attackers && side === 'operators' && phaseOf(state) === 'attack') {
			const next = attackers.next({game, state, made}).text;
			made.push(next);
			if (!make('attackers', next)) make('attackers', 'end-turn');
		}
		if (!make(side, text) && text !== 'end-turn') refused++;
	}
	return {...(state.end ? {end: state.end} : {}), refused};
}
