/** Lets a bot move: makes its view, evaluates the playbook over what the attackers know, and sees that its move is legal. */

import {parseMove, print, splitSide, toDealt, verbOf} from '../engine/catalogue.js';
import {checkMove, readMove} from '../engine/decide.js';
import {Deciding, Refusal} from '../engine/deciding.js';
import {playbookValues} from '../engine/facts.js';
import type {Game} from '../engine/game.js';
import {NotationError} from '../engine/move.js';
import {seatView} from '../engine/seat-view.js';
import type {GameState} from '../engine/state.js';
import type {Side} from '../engine/view.js';
import {moveLines} from '../scenario/move-lines.js';
import type {Bot, PlaybookSource, PlaybookStep} from './bot.js';

/** Whether the rules take this line now. */
function isLegal(game: Game, state: GameState, side: Side, text: string): boolean {
	try {
		const move = readMove(game, state, {side, text});
		checkMove(new Deciding(game, state), verbOf(move.verb, side)!, move);
		return true;
	} catch (error) {
		if (error instanceof Refusal || error instanceof NotationError) return false;
		throw error;
	}
}

/** The moves of a playbook entry in the words of the dealt game. */
function movesOf(game: Game, block: string): string[] {
	const names = {parties: game.deal.parties.map(({id}) => id), requests: game.deal.requests.map(({id}) => id), places: game.deal.places};
	return moveLines(block).map(line => {
		const {side, text} = splitSide(line);
		return print(toDealt(parseMove(text, side, names), side, game.deal.partyOf), side);
	});
}

function playbookOf(game: Game, state: GameState, made: readonly string[]): PlaybookSource {
	const {playbook} = game.scenario.worlds[game.deal.world]!;
	const values = playbookValues(game, state);
	return {
		steps: playbook.map(
			({when, do: block, once}): PlaybookStep => ({
				moves: movesOf(game, block),
				once,
				holds: when === undefined || game.evaluate(when, 'playbook', values) === true,
			}),
		),
		made,
		isLegal: move => isLegal(game, state, 'attackers', move),
	};
}

/**
 * A bot's next move in a game, legal for sure: `end-turn` where the bot's own is refused.
 * @param made every move that this side has made in the game so far, oldest first, as the journal has them. A playbook reads from it what
 * is behind it, so that a resumed game goes on where it stopped; operators' bots ignore it.
 */
export function nextBotMove(game: Game, state: GameState, side: Side, bot: Bot, made: readonly string[]): {text: string; reason: string} {
	const source: PlaybookSource =
		side === 'attackers' ? playbookOf(game, state, made) : {steps: [], made, isLegal: move => isLegal(game, state, side, move)};
	const {move, reason} = bot.next(seatView(game, state, side), source);
	return move !== 'end-turn' && isLegal(game, state, side, move)
		? {text: move, reason}
		: {text: 'end-turn', reason: move === 'end-turn' ? reason : 'Nothing else is worth its price now.'};
}
