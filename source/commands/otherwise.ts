/** Plays a recorded game again with other moves, or in another world, for the debrief. Nothing of it is recorded. */
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
	readonly state: GameState;
	readonly isRefused: boolean;
	readonly next: Map<string, Node>;
}

/** What the debrief has played again: other lines of moves in this game, this line with controls on, and this line in other worlds. */
export function otherwise(recorded: RecordedGame): Required<Pick<DebriefOptions, 'inWorld' | 'replayWith' | 'replayHardened'>> {
	const {game, entries, opened} = recorded;
	const root: Node = {state: initialState(game), isRefused: false, next: new Map()};
	// A bot that played the attackers plays them in other worlds too, where their first moves would make no sense.
	const bot = rosterBot(opened.roster, 'attackers');
	return {
		replayWith(moves) {
			const refused: string[] = [];
			let node = root;
			for (const {side, text} of moves) {
				const key = `${side}: ${text}`;
				const known = node.next.get(key) ?? play(game, node.state, {side, text});
				node.next.set(key, known);
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
			const other = createGame({scenario: game.scenario, seed: game.seed, suite: game.suite, world});
			const line = lineOfMoves({entries, game});
			return bot === null ? replay(other, line, null) : replay(other, line, opponent('attackers', bot));
		},
	};
}

function play(game: Game, state: GameState, move: Pick<PlayedMove, 'side' | 'text'>): Node {
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
