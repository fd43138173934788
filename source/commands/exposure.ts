/** `exposure`: the smallest sets of parties, custodians, domains and backup places that reach the key, stop it, or change the policy. */
import {accessStructure} from '../engine/access-structure.js';
import {fold} from '../engine/apply.js';
import {decide} from '../engine/decide.js';
import {createGame, type Game, initialState} from '../engine/game.js';
import type {GameState} from '../engine/state.js';
import {RecordedGame} from '../journal/recorded-game.js';
import {type ExposureSource, exposureFindings, exposureText} from '../report/exposure.js';
import type {Scenario} from '../scenario/schema.js';
import {CommandError} from './command-error.js';
import {isSave, print, printJson} from './output.js';
import {openScenario} from './scenario-files.js';

export interface ExposureOptions {
	readonly json?: boolean;
	/** A generation of shares of a save: the structure as it was when that one was last in force. */
	readonly epoch?: string;
	readonly save?: string;
	/** What the deal of this world gives the attackers is taken for fallen. */
	readonly world?: string;
}

interface Moment {
	readonly game: Game;
	readonly state: GameState;
	readonly words: string;
	readonly given: readonly string[];
	readonly custodianOf?: (party: string) => string;
}

/** Always 0: what it finds is for people to judge. */
export function exposure(name: string, options: ExposureOptions = {}): number {
	const {game, state, words, given, custodianOf} = momentOf(name, options);
	const structure = accessStructure(game, state, {given, ...(custodianOf ? {custodianOf} : {})});
	const source: ExposureSource = {
		title: game.scenario.title,
		suite: game.scenario.suite,
		moment: words,
		threshold: state.key?.threshold ?? game.scenario.threshold,
		isDisplayTrusted: !state.controls['bind-payload']?.actual && !state.controls['independent-verification']?.actual,
		coordinator: game.deal.coordinator,
		given,
	};
	if (options.json) printJson({scenario: game.scenario.id, ...source, ...structure, findings: exposureFindings(structure, source)});
	else print(exposureText(structure, source));
	return 0;
}

function momentOf(name: string, {save, epoch, world}: ExposureOptions): Moment {
	const path = save ?? (isSave(name) ? name : undefined);
	if (path === undefined) {
		if (epoch !== undefined && epoch !== '1')
			throw new CommandError(`A file before play has one generation of shares, epoch 1. Give the save of a game for epoch ${epoch}.`);
		return beforePlay(openScenario(name).scenario, world);
	}
	if (world !== undefined) throw new CommandError('The world of a save is dealt already: --world is for a scenario.');
	const recorded = RecordedGame.load(path);
	if (save !== undefined && !isSave(name)) {
		const {id} = openScenario(name).scenario;
		if (id !== recorded.game.scenario.id)
			throw new CommandError(`${save} is a game of ${recorded.game.scenario.id}, not of ${id}. Leave the scenario out, or give its save.`);
	}
	return epoch === undefined ? asItEnded(recorded) : whileInForce(recorded, epoch);
}

/** Keygen and the first backups are made, in the fast suite that is never played: no other byte of the game counts here. */
function beforePlay(scenario: Scenario, world: string | undefined): Moment {
	const worlds = world === undefined ? {plain: {weight: 1, deal: '', playbook: []}} : scenario.worlds;
	if (world !== undefined && !Object.hasOwn(worlds, world))
		throw new CommandError(`There is no world "${world}" in ${scenario.id}; expected one of ${Object.keys(worlds).join(', ')}.`);
	const injects = scenario.injects.map(({do: _, ...rest}) => rest);
	const game = createGame({
		scenario: {...scenario, worlds, injects, shuffle: []},
		seed: 'exposure',
		suite: 'glass',
		...(world === undefined ? {} : {world}),
	});
	const begun = decide(game, initialState(game), {side: 'table', text: 'begin'});
	if (!begun.ok) throw new Error(begun.message);
	const custodianOf = (party: string): string => {
		const {custodian = [party]} = scenario.parties[party]!;
		// Whom the seed deals is not known yet.
		return custodian.length === 1 ? custodian[0]! : `custodian of ${party}`;
	};
	const given = world === undefined ? [] : waysIn(begun.state);
	const words = `epoch ${begun.state.key!.epoch}, as keygen makes it${world === undefined ? '' : `, in world ${world}`}`;
	return {game, state: begun.state, words, given, custodianOf};
}

/** Machines and places that the attackers have a way into. */
function waysIn({footholds}: GameState): string[] {
	return Object.entries(footholds)
		.filter(([, {wayIn, implantSince}]) => wayIn || implantSince !== undefined)
		.map(([machine]) => machine);
}

function asItEnded({game, state, path}: RecordedGame): Moment {
	if (!state.key) throw new CommandError(`${path}: There is no key in this save yet; play its first turn.`);
	return {
		game,
		state,
		words: `epoch ${state.key.epoch}, turn ${state.turn} of the save, from the truth that nobody at its table sees`,
		given: [],
	};
}

/** The last state in which that epoch was in force: just before the move after which another was. */
function whileInForce({game, events, state}: RecordedGame, epoch: string): Moment {
	const epochs = state.records.map(record => String(record.epoch));
	if (!epochs.includes(epoch)) throw new CommandError(`There is no epoch ${epoch} in this save; expected one of ${epochs.join(', ')}.`);
	const made = events.findIndex(event => event.type === 'key-made' && String(event.key.epoch) === epoch);
	const next = events.findIndex((event, index) => index > made && event.type === 'key-made');
	const end = next < 0 ? events.length : events.slice(0, next).findLastIndex(({type}) => type === 'move');
	const then = fold(initialState(game), events.slice(0, end));
	return {
		game,
		state: then,
		words: `epoch ${epoch}, turn ${then.turn} of the save, from the truth that nobody at its table sees`,
		given: [],
	};
}
