/** The moves that a seat can choose from: every verb offered, complete legal moves to pick, and the reason where there is none. */
import {candidatesOf, print} from './catalogue.js';
import {checkMove, checkPrice, offeredVerbs} from './decide.js';
import {Deciding, Refusal} from './deciding.js';
import type {Game} from './game.js';
import {later, withLater} from './later.js';
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

/** Values to try for a parameter; an optional one can also be left out. Free text is left to the player. */
function valuesOf(parameter: Parameter, game: Game, state: GameState): readonly string[] {
	if (parameter.kind === 'parties') {
		const threshold = state.key?.threshold ?? game.scenario.threshold;
		const all = candidatesOf(parameter, game, state);
		const sizes = parameter.size === 'any' ? all.map((_, index) => all.length - index).filter(size => size >= 2) : [threshold];
		return sizes.flatMap(size => subsets(all, size)).map(parties => parties.join(','));
	}
	if (parameter.kind === 'name') return parameter.optional ? [] : ['requester'];
	if (parameter.kind === 'text') return [];
	return candidatesOf(parameter, game, state);
}

/** What may stand for a parameter in a complete move. */
function choicesOf(parameter: Parameter, {game, state}: Deciding): Choices {
	const {name, optional, insteadOf} = parameter;
	const values = valuesOf(parameter, game, state);
	return {name, insteadOf, values: optional ? [undefined, ...values] : values};
}

/**
 * What may stand in a complete move of a verb. Parameters of free text are left out when they may be.
 * @param hasChance asked of each object, or of each value of the first parameter where there is no object
 */
function wordsOf(deciding: Deciding, verb: Verb, hasChance: (word?: string) => boolean = () => true): Words {
	const {object, parameters} = verb;
	const [first, ...others] = parameters;
	if (object === undefined && first !== undefined) {
		const choices = choicesOf(first, deciding);
		const values = choices.values.filter(hasChance);
		return {
			objects: [undefined],
			parameters: [{...choices, values}, ...(values.length === 0 ? [] : others).map(each => choicesOf(each, deciding))],
		};
	}
	const objects = [
		...(object === undefined || object.optional ? [undefined] : []),
		...(object === undefined ? [] : objectsOf(verb, object, deciding.game, deciding.state)),
	].filter(hasChance);
	return {objects, parameters: objects.length === 0 ? [] : parameters.map(each => choicesOf(each, deciding))};
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
	const move = firstMove(verb, wordsOf(deciding, verb));
	return (move && refusalIn(() => void checkMove(deciding, verb, move))) ?? nothingYet(verb);
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
 * @param known verbs of which that is known; they are left out
 */
export function legalVerbs(game: Game, state: GameState, side: Side, known: ReadonlySet<string> = new Set()): string[] {
	const deciding = new Deciding(game, state);
	return offeredTo(game, state, side)
		.filter(verb => !known.has(verb.name) && hasLegal(deciding, verb))
		.map(({name}) => name);
}

function hasLegal(deciding: Deciding, verb: Verb): boolean {
	let isLegal = false;
	tryLegal(deciding, verb, () => {
		isLegal = true;
		return 'stop';
	});
	return isLegal;
}

/** Tries the moves of an offered verb that may have a chance. */
function tryLegal(deciding: Deciding, verb: Verb, onLegal: OnLegal): void {
	// What is the same for all of them, the turn and the lowest price, is asked once.
	if (refusalIn(() => checkPrice(deciding, verb, verb.cost[0])) !== undefined) return;
	const words = wordsOf(deciding, verb, word => verb.mayAllow?.(deciding, word ?? '') ?? true);
	const check = (move: Move) => {
		// The price comes last: it often hangs on the last word, and what is wrong with the first ones shows without it.
		verb.check(deciding, move);
		if (verb.price) checkPrice(deciding, verb, verb.price(deciding, move));
	};
	tryMoves(verb, words, move => refusalIn(() => check(move)), onLegal);
}

/** Whether only the player's own words are missing. */
function takesText(verb: Verb): boolean {
	return verb.object?.kind === 'text';
}

function nothingYet(verb: Verb): string {
	return `needs ${verb.needs}`;
}

function refusalIn(check: () => void): string | undefined {
	try {
		check();
		return undefined;
	} catch (error) {
		if (error instanceof Refusal) return error.message;
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

/** The menu of a side. What is legal is worked out for a verb when somebody looks at it. */
export function moveOptions(game: Game, state: GameState, side: Side): MoveOption[] {
	const deciding = new Deciding(game, state);
	return offeredTo(game, state, side).map(verb => {
		const {name, station, cost, does, needs} = verb;
		const ready = later(() => legalMovesOf(deciding, verb, side));
		const parameters = [...(verb.object ? [verb.object] : []), ...verb.parameters];
		return withLater<Omit<MoveOption, keyof Legal | 'choices'>, Legal & Pick<MoveOption, 'choices'>>(
			{verb: name, station, template: templateOf(verb), cost, does, needs},
			{
				refused: () => (ready().length > 0 ? undefined : refusalOf(deciding, verb)),
				choices: () =>
					parameters.map(parameter => ({
						name: parameter.name,
						candidates: valuesOf(parameter, game, state),
						optional: parameter.optional ?? false,
					})),
				ready,
			},
		);
	});
}

/** "5 more from turn 2", where the scenario unlocks verbs by turn. */
export function lockedWords(game: Game, state: GameState, side: Side): string | undefined {
	const {later} = offeredVerbs(game, side, state.turn);
	return later.length === 0 ? undefined : later.map(([turn, verbs]) => `${verbs.length} more from turn ${turn}`).join(', ');
}
