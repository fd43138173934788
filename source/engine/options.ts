/** The moves that a seat can choose from: every verb offered, complete legal moves to pick, and the reason where there is none. */
import {candidatesOf, print} from './catalogue.js';
import type {Deal} from './deal.js';
import {canPay, checkMove, offeredVerbs} from './decide.js';
import {Deciding, Refusal} from './deciding.js';
import type {Game} from './game.js';
import {later, laterFrom} from './later.js';
import type {Move} from './move.js';
import type {GameState} from './state.js';
import {type Choices, firstMove, type OnLegal, tryMoves, type Words} from './tries.js';
import type {Parameter, Verb} from './verb.js';
import type {MoveOption, Side} from './view.js';

/** How many complete moves of one verb on one object are listed. */
const most = 40;

/** All subsets of `size`, in the order of the items. */
function subsets(items: readonly string[], size: number): string[][] {
	if (size === 0) return [[]];
	return items.flatMap((item, index) => subsets(items.slice(index + 1), size - 1).map(rest => [item, ...rest]));
}

/** Groups of a deal's parties by their size, "ada,ben": who is dealt never changes, and every menu of every turn names groups. */
const groups = new WeakMap<Deal, Map<number | 'any', readonly string[]>>();

/** The larger ones first, where any size will do. */
function groupsOf(deal: Deal, size: number | 'any'): readonly string[] {
	let bySize = groups.get(deal);
	if (bySize === undefined) {
		bySize = new Map();
		groups.set(deal, bySize);
	}
	let found = bySize.get(size);
	if (found === undefined) {
		const all = deal.parties.map(({id}) => id);
		const sizes = size === 'any' ? all.map((_, index) => all.length - index).filter(each => each >= 2) : [size];
		found = sizes.flatMap(each => subsets(all, each)).map(parties => parties.join(','));
		bySize.set(size, found);
	}
	return found;
}

/** Values to try for a parameter; an optional one can also be left out. Free text is left to the player. */
function valuesOf(parameter: Parameter, game: Game, state: GameState): readonly string[] {
	if (parameter.kind === 'parties') {
		return groupsOf(game.deal, parameter.size ?? state.key?.threshold ?? game.scenario.threshold);
	}
	if (parameter.kind === 'name') return parameter.optional ? [] : ['requester'];
	if (parameter.kind === 'text') return [];
	return candidatesOf(parameter, game, state);
}

/** What may stand for a parameter in a complete move. */
function choicesOf(parameter: Parameter, {game, state}: Deciding): Choices {
	const {name, optional, insteadOf} = parameter;
	return {
		name,
		insteadOf,
		values: () => {
			const values = valuesOf(parameter, game, state);
			return optional ? [undefined, ...values] : values;
		},
	};
}

/** What may stand for the object in a complete move of a verb: nothing, where it takes none or where it can be left out. */
function objectChoices({game, state}: Deciding, verb: Verb): readonly (string | undefined)[] {
	const {object} = verb;
	if (object === undefined) return noObject;
	const objects = objectsOf(verb, object, game, state);
	return object.optional ? [undefined, ...objects] : objects;
}

const noObject = [undefined];

/** What may stand in a complete move of a verb. Parameters of free text are left out when they may be. */
function wordsOf(deciding: Deciding, verb: Verb): Words {
	return {objects: objectChoices(deciding, verb), parameters: verb.parameters.map(each => choicesOf(each, deciding))};
}

/** Whether the verb sees any chance for a move of this object, or of this value of its first parameter. */
function hasChance(deciding: Deciding, verb: Verb, word: string | undefined): boolean {
	return verb.mayAllow === undefined || verb.mayAllow(deciding, word ?? '');
}

/** The word of a move of which the verb sees a chance or not. */
function firstWord({object, parameters}: Verb, move: Move): string | undefined {
	return object === undefined && parameters[0] !== undefined ? move.args[parameters[0].name] : move.object;
}

/** The words that the verb sees a chance for; nothing where it sees none. */
function hopefulWordsOf(deciding: Deciding, verb: Verb): Words | undefined {
	if (verb.mayAllow === undefined) return wordsOf(deciding, verb);
	const isHopeful = (word: string | undefined) => hasChance(deciding, verb, word);
	if (verb.object !== undefined || verb.parameters.length === 0) {
		const objects = objectChoices(deciding, verb).filter(isHopeful);
		return objects.length === 0 ? undefined : {objects, parameters: verb.parameters.map(each => choicesOf(each, deciding))};
	}
	const [first, ...others] = wordsOf(deciding, verb).parameters;
	const values = first!.values().filter(isHopeful);
	return values.length === 0
		? undefined
		: {objects: noObject, parameters: [{name: first!.name, insteadOf: first!.insteadOf, values: () => values}, ...others]};
}

/** Objects of a verb that are worth naming now. */
export function objectsOf(verb: Verb, object: Parameter, game: Game, state: GameState): readonly string[] {
	// What attackers can submit is what nobody has asked for yet; every other verb speaks of what is on the table.
	if (verb.name === 'submit')
		return Object.values(state.requests)
			.filter(({opens, opened}) => opens === 0 && opened === 0)
			.map(({id}) => id);
	return valuesOf(object, game, state);
}

interface Legal {
	readonly ready: readonly string[];
	readonly refused: string | undefined;
}

/** Complete legal moves of one verb, as text. */
function legalMovesOf(deciding: Deciding, verb: Verb, side: Side): readonly string[] {
	const ready: string[] = [];
	if (!canPay(deciding, verb, verb.cost[0])) return ready;
	const listed = new Map<string | undefined, number>();
	tryLegal(deciding, verb, move => {
		ready.push(print(move, side));
		const count = (listed.get(move.object) ?? 0) + 1;
		listed.set(move.object, count);
		return count < most ? 'go on' : 'next object';
	});
	return ready;
}

/** Why no move of a verb is legal: what the rules say to the first that can be made up. */
function refusalOf(deciding: Deciding, verb: Verb): string | undefined {
	if (takesText(verb)) return undefined;
	try {
		const move = firstMove(verb, wordsOf(deciding, verb));
		if (move) checkMove(deciding, verb, move);
	} catch (error) {
		if (error instanceof Refusal) return error.message;
		throw error;
	}
	return nothingYet(verb);
}

function offeredTo(game: Game, state: GameState, side: Side): readonly Verb[] {
	return offeredVerbs(game, side, state.turn).verbs;
}

/** Complete legal moves of one side, as text, and the first refusal of each verb that has none. */
export function legalMoves(game: Game, state: GameState, side: Side): ReadonlyMap<Verb, Legal> {
	const deciding = new Deciding(game, state);
	return new Map(
		offeredTo(game, state, side).map(verb => {
			const ready = legalMovesOf(deciding, verb, side);
			return [verb, {ready, refused: ready.length > 0 ? undefined : refusalOf(deciding, verb)}];
		}),
	);
}

/**
 * Names of the verbs of which a side can make at least one complete move now.
 * @param isLeftOut of which verbs nobody wants to know
 */
export function legalVerbs(game: Game, state: GameState, side: Side, isLeftOut: (name: string) => boolean): string[] {
	const deciding = new Deciding(game, state);
	const last = lastLegalIn(deciding);
	return offeredTo(game, state, side)
		.filter(verb => !isLeftOut(verb.name) && canPay(deciding, verb, verb.cost[0]) && hasLegal(deciding, verb, last))
		.map(({name}) => name);
}

/** The last move of each verb that was found legal: it is likely to be legal again. */
interface LastLegal {
	/** On which hangs how many parties a move that is made up names. */
	readonly threshold: number | undefined;
	readonly moves: Map<Verb, Move>;
}

const lastLegal = new WeakMap<Game, LastLegal>();

function lastLegalIn({game, state}: Deciding): LastLegal['moves'] {
	const threshold = state.key?.threshold;
	let last = lastLegal.get(game);
	if (last?.threshold !== threshold || last === undefined) {
		last = {threshold, moves: new Map()};
		lastLegal.set(game, last);
	}
	return last.moves;
}

function hasLegal(deciding: Deciding, verb: Verb, known: LastLegal['moves']): boolean {
	const last = known.get(verb);
	if (last && isNoRefusal(() => hasChance(deciding, verb, firstWord(verb, last)) && isLegal(deciding, verb, last))) return true;
	let found: Move | undefined;
	tryLegal(deciding, verb, move => {
		found = move;
		return 'stop';
	});
	if (found) known.set(verb, found);
	return found !== undefined;
}

/** Tries the moves of an offered verb that may have a chance, where its lowest price can be paid. */
function tryLegal(deciding: Deciding, verb: Verb, onLegal: OnLegal): void {
	const words = hopefulWordsOf(deciding, verb);
	if (words !== undefined) tryMoves(verb, words, move => isLegal(deciding, verb, move), onLegal);
}

/** Whether the rules take the move, if the side has the turn and can pay the verb's lowest price. */
function isLegal(deciding: Deciding, verb: Verb, move: Move): boolean {
	// The price comes last: it often hangs on the last word, and what is wrong with the first ones shows without it.
	return isNoRefusal(() => {
		verb.check(deciding, move);
		return verb.price === undefined || canPay(deciding, verb, verb.price(deciding, move));
	});
}

/** Whether checkMove takes the move now. */
export function isTaken(deciding: Deciding, verb: Verb, move: Move): boolean {
	return (
		offeredVerbs(deciding.game, verb.side, deciding.state.turn).offered(verb.name) &&
		canPay(deciding, verb, verb.cost[0]) &&
		isNoRefusal(() => hasChance(deciding, verb, firstWord(verb, move)) && isLegal(deciding, verb, move))
	);
}

/** Whether only the player's own words are missing. */
function takesText(verb: Verb): boolean {
	return verb.object?.kind === 'text';
}

function nothingYet(verb: Verb): string {
	return `needs ${verb.needs}`;
}

function isNoRefusal(ask: () => boolean): boolean {
	try {
		return ask();
	} catch (error) {
		if (error instanceof Refusal) return false;
		throw error;
	}
}

/** By verb: every view of every turn shows them. */
const templates = new Map<Verb, string>();

/** "approve _ party=_ basis=_" */
function templateOf(verb: Verb): string {
	const template = templates.get(verb) ?? makeTemplate(verb);
	templates.set(verb, template);
	return template;
}

function makeTemplate({name, object, parameters}: Verb): string {
	return [
		name,
		...(object ? [object.kind === 'text' ? '"_"' : '_'] : []),
		...parameters.filter(({optional}) => !optional).map(parameter => `${parameter.name}=_`),
	].join(' ');
}

/** A verb that a side is offered, and its legal moves once they are worked out. */
class Offer {
	readonly deciding: Deciding;
	readonly verb: Verb;
	readonly side: Side;
	readonly ready: () => readonly string[];
	constructor(deciding: Deciding, verb: Verb, side: Side) {
		this.deciding = deciding;
		this.verb = verb;
		this.side = side;
		this.ready = later(() => legalMovesOf(deciding, verb, side));
	}
}

const options = laterFrom<Offer, Omit<MoveOption, 'about'>>({
	verb: ({verb}) => verb.name,
	station: ({verb}) => verb.station,
	template: ({verb}) => templateOf(verb),
	cost: ({verb}) => verb.cost,
	does: ({verb}) => verb.does,
	needs: ({verb}) => verb.needs,
	refused: ({deciding, verb, ready}) => (ready().length > 0 ? undefined : refusalOf(deciding, verb)),
	choices: ({deciding: {game, state}, verb: {object, parameters}}) =>
		[...(object ? [object] : []), ...parameters].map(parameter => ({
			name: parameter.name,
			candidates: valuesOf(parameter, game, state),
			optional: parameter.optional ?? false,
		})),
	ready: ({ready}) => ready(),
});

/** The menu of a side. What is legal is worked out for a verb when somebody looks at it. */
export function moveOptions(game: Game, state: GameState, side: Side, as: keyof typeof options): MoveOption[] {
	const deciding = new Deciding(game, state);
	return offeredTo(game, state, side).map(verb => options[as](new Offer(deciding, verb, side)));
}

/** "5 more from turn 2", where the scenario unlocks verbs by turn. */
export function lockedWords(game: Game, state: GameState, side: Side): string | undefined {
	const {later} = offeredVerbs(game, side, state.turn);
	return later.length === 0 ? undefined : later.map(([turn, verbs]) => `${verbs.length} more from turn ${turn}`).join(', ');
}
