/** Lets a bot move: makes its view, evaluates the playbook over what the attackers know, and sees that its move is legal. */

import {parseMove, print, splitSide, toDealt, verbOf} from '../engine/catalogue.js';
import {readMove} from '../engine/decide.js';
import {Deciding} from '../engine/deciding.js';
import {playbookValues} from '../engine/facts.js';
import type {Game} from '../engine/game.js';
import {later, laterFrom} from '../engine/later.js';
import {NotationError} from '../engine/move.js';
import {isTaken} from '../engine/options.js';
import {seatGlance} from '../engine/seat-view.js';
import type {GameState} from '../engine/state.js';
import type {Side} from '../engine/view.js';
import {moveLines} from '../scenario/move-lines.js';
import type {Bot, IsLegal, PlaybookSource, PlaybookStep} from './bot.js';

/** Asks the rules about lines of one side in one state. */
function rulesOf(game: Game, state: GameState, side: Side): IsLegal {
	const deciding = new Deciding(game, state);
	const known = new Map<string, boolean>();
	const ask = (text: string): boolean => {
		try {
			const move = readMove(game, state, {side, text});
			return isTaken(deciding, verbOf(move.verb, side)!, move);
		} catch (error) {
			if (error instanceof NotationError) return false;
			throw error;
		}
	};
	return text => {
		const isLegal = known.get(text) ?? ask(text);
		known.set(text, isLegal);
		return isLegal;
	};
}

/** The dealt words of each playbook entry: the deal never changes, and a game asks for them at every move. */
const dealtMoves = new WeakMap<Game, readonly (readonly string[])[]>();

function playbookMoves(game: Game): readonly (readonly string[])[] {
	const moves = dealtMoves.get(game) ?? game.scenario.worlds[game.deal.world]!.playbook.map(({do: block}) => movesOf(game, block));
	dealtMoves.set(game, moves);
	return moves;
}

/** The moves of a playbook entry in the words of the dealt game. */
function movesOf(game: Game, block: string): string[] {
	const names = {parties: game.deal.parties.map(({id}) => id), requests: game.deal.requests.map(({id}) => id), places: game.deal.places};
	return moveLines(block).map(line => {
		const {side, text} = splitSide(line);
		return print(toDealt(parseMove(text, side, names), side, game.deal.partyOf), side);
	});
}

interface StepSource {
	readonly moves: readonly string[];
	readonly once: boolean;
	readonly when: string | undefined;
	/** Judges a condition over what the attackers know now. */
	readonly holds: (when: string) => boolean;
}

const steps = laterFrom<StepSource, PlaybookStep>({
	moves: ({moves}) => moves,
	once: ({once}) => once,
	holds: ({when, holds}) => when === undefined || holds(when),
});

function playbookOf(game: Game, state: GameState, made: readonly string[], isLegal: IsLegal): PlaybookSource {
	const moves = playbookMoves(game);
	const values = later(() => playbookValues(game, state));
	const holds = (when: string): boolean => game.evaluate(when, 'playbook', values()) === true;
	return {
		steps: game.scenario.worlds[game.deal.world]!.playbook.map(({when, once}, index) =>
			steps.glance({moves: moves[index]!, once, when, holds}),
		),
		made,
		isLegal,
	};
}

/**
 * A bot's next move in a game, legal for sure: `end-turn` where the bot's own is refused.
 * @param made every move that this side has made in the game so far, oldest first, as the journal has them. A playbook reads from it what
 * is behind it, so that a resumed game goes on where it stopped; operators' bots ignore it.
 */
export function nextBotMove(game: Game, state: GameState, side: Side, bot: Bot, made: readonly string[]): {text: string; reason: string} {
	const isLegal = rulesOf(game, state, side);
	const source = side === 'attackers' ? playbookOf(game, state, made, isLegal) : {steps: [], made, isLegal};
	const {move, reason} = bot.next(seatGlance(game, state, side), source);
	return move !== 'end-turn' && isLegal(move)
		? {text: move, reason}
		: {text: 'end-turn', reason: move === 'end-turn' ? reason : 'Nothing else is worth its price now.'};
}
