/** Random legal play: both sides choose among the moves that their own view offers as ready. */
import type {GameState} from '../../source/engine/state.js';
import type {SeatView, Side} from '../../source/engine/view.js';
import {firstLight, Play, vault} from './play.js';

/** A vault in which the attackers can do a lot from the first turn on, and which has every control that is asked for. */
export const busyVault = (controls: Readonly<Record<string, 'on' | 'off'>> = {}) =>
	vault({
		controls,
		deal: 'world: way-in at=ada\nworld: way-in at=coordinator\nworld: link at=ben\nworld: maintenance party=chi turns=1 turn=2\nworld: requote vendor by=70 turn=2\nworld: bad-disk party=chi turn=4',
		file: {operators: {points: 5}, attackers: {points: 4}},
	});

export interface RandomGame {
	readonly vault: 'first-light' | 'busy' | 'strict' | 'dealer';
	readonly seed: string;
	readonly world?: string;
	/** What is chosen, in turn: numbers that are taken modulo the number of choices. */
	readonly choices: readonly number[];
}

const strict = {
	'bind-payload': 'on',
	'independent-verification': 'on',
	'one-time-approvals': 'on',
	'distinct-domains': 'on',
	timelock: 'on',
	'verify-partials': 'off',
} as const;

const scenarios = {
	'first-light': firstLight,
	busy: busyVault(),
	strict: busyVault(strict),
	dealer: vault({controls: {'sealed-transport': 'off'}, deal: 'world: way-in at=ada\nworld: way-in at=ben', file: {keygen: 'dealer'}}),
};

export function begin({vault: name, seed, world}: RandomGame): Play {
	return Play.begin({scenario: scenarios[name], seed, suite: 'secp256k1', ...(world === undefined ? {} : {world})});
}

/** Everything below is frozen for good: who changes it in place, throws. */
export function freeze<T>(value: T): T {
	if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
	Object.freeze(value);
	for (const inner of Object.values(value)) freeze(inner);
	return value;
}

/** Verbs that lead on are chosen more often than others, so that most games sign something and lose something. */
const weights: Readonly<Record<string, number>> = {
	approve: 14,
	sign: 30,
	retry: 8,
	abort: 3,
	'discard-nonces': 4,
	release: 5,
	hold: 2,
	announce: 2,
	implant: 5,
	'steal-share': 9,
	'corrupt-partial': 3,
	delay: 3,
	drop: 2,
	'swap-payload': 2,
};

/** The sides' moves in turn, until the game is over or the choices are. `look` sees each state before a move is chosen. */
export function playRandomly(
	game: RandomGame,
	look: (play: Play, side: Side, view: SeatView) => void = () => {},
): {play: Play; lines: [Side, string][]} {
	const play = begin(game);
	const lines: [Side, string][] = [];
	let made = 0;
	freeze(play.state);
	for (const choice of [...game.choices, ...Array.from({length: 20}, () => 0)]) {
		if (play.state.end) break;
		const side: Side = play.phase === 'attack' ? 'attackers' : 'operators';
		const view = play.view(side);
		look(play, side, view);
		const offers = view.moves.filter(({verb, ready}) => verb !== 'end-turn' && ready.length > 0);
		// A turn has a handful of moves; choice 0 ends it.
		const lots = offers.flatMap(option => Array.from({length: weights[option.verb] ?? 1}, () => option));
		const offer = lots[choice % (lots.length + 1)];
		const line = made < 9 && choice !== 0 && offer ? offer.ready[Math.floor(choice / 31) % offer.ready.length]! : 'end-turn';
		made = line === 'end-turn' ? 0 : made + 1;
		play.say(side, line);
		freeze(play.state);
		lines.push([side, line]);
	}
	return {play: play.finish(), lines};
}

/** A state without its way back, which is never journaled. */
export function withoutBefore({before: _before, ...state}: GameState): Omit<GameState, 'before'> {
	return state;
}
