// decide refuses exactly what the machines refuse: without any one transition, a scripted game no longer goes as written.
import {beforeAll, describe, expect, test} from 'vitest';
import type {AnyStateMachine, StateValue} from 'xstate';
import {type MachineName, machines, vocabulary} from '../../machines/index.js';
import {pathsOf} from '../../source/engine/charts.js';
import {decide} from '../../source/engine/decide.js';
import {createGame, type Game, initialState} from '../../source/engine/game.js';
import type {GameState} from '../../source/engine/state.js';
import type {ModeValue, Stepper} from '../../source/engine/step.js';
import {statesOf, type TransitionPlace, transitionsOf, withoutTransition} from '../machines/mutate.js';
import {corpus, type Script} from './corpus.js';
import type {Mover} from './play.js';

const names = Object.keys(machines) as MachineName[];

/** Events that no verb of the game raises yet. */
const notRaisedYet: readonly string[] = [];

/** Transitions on events that are raised, from states or with facts in which they are not raised yet, and why. */
const notTakenYet: Readonly<Record<string, string>> = {
	'protocol preActivation.committing keygen.aborted 0': 'proofs are judged when the echoes are in',
	'protocol preActivation.dealing keygen.aborted 0':
		'an attacked keygen fails at its commitments, at their echo, or once the values are judged',
	'protocol active.rotating.acknowledging acks.waived 0': 'keygen ends with every acceptance, or without a key',
	'protocol compromised.exposed.rotating.acknowledging acks.waived 0': 'keygen ends with every acceptance, or without a key',
	'protocol compromised.burned.rotating.acknowledging acks.waived 0': 'keygen ends with every acceptance, or without a key',
	'protocol compromised.exposed.signing.stalled signing.resumed 0': 'the game is over after the one turn in which such a key can sweep',
	'protocol compromised.exposed.signing.stalled signing.resumed 1': 'the game is over after the one turn in which such a key can sweep',
	'protocol suspended.frozen.idle key.deactivated 0': 'a key that is frozen is not rotated, so it does not retire',
	'protocol suspended.recovering.sweeping recovery.aborted 0': 'the machine that has the whole key signs the sweep alone',
	'exercise turn.inject exercise.pause 0': 'no move is made in the middle of it',
	'exercise paused.inject exercise.resume 0': 'no move is made in the middle of it',
	'exercise turn.resolve exercise.pause 0': 'no move is made in the middle of it',
	'exercise paused.resolve exercise.resume 0': 'no move is made in the middle of it',
	'exercise turn.account exercise.pause 0': 'no move is made in the middle of it',
	'exercise paused.account exercise.resume 0': 'no move is made in the middle of it',
	'request queued request.expired 0': 'an order runs or is cancelled in the resolve before the deadline is judged',
	'request refused request.expired 0': 'a refused request is reopened at once',
	'party nonces.outstanding nonces.committed 0': 'a party with nonces outstanding signs nothing until it discarded them',
	'party nonces.outstanding nonces.spent 1': 'a party has one pair of nonces at a time',
	'party nonces.outstanding nonces.discarded 1': 'a party has one pair of nonces at a time',
};

/** States of which the same is true: these phases begin and end within one move. */
const notEntered = ['exercise paused.inject', 'exercise paused.resolve', 'exercise paused.account'];

const label = (name: MachineName, {path, event, index}: TransitionPlace) => `${name} ${path} ${event} ${index}`;

/** What a line of a script should come to, and whether it did. */
function isAsWritten(game: Game, state: GameState, line: string): {asWritten: boolean; state: GameState} {
	const [, isRefused = '', side = '', text = ''] = /^(!?)(\w+): (.*)$/.exec(line) ?? [];
	try {
		const decided = decide(game, state, {side: side as Mover, text});
		return {asWritten: decided.ok === (isRefused === ''), state: decided.ok ? decided.state : state};
	} catch {
		return {asWritten: false, state};
	}
}

/** Plays the lines from `start` on; the first one that does not go as written, or undefined. */
function firstSurprise(game: Game, {lines}: Script, start = 0, before: GameState = initialState(game)): string | undefined {
	let state = before;
	for (const line of lines.slice(start)) {
		const after = isAsWritten(game, state, line);
		if (!after.asWritten) return line;
		state = after.state;
	}
	return undefined;
}

/** Where a transition was first asked for: the state of the game before that line. Damaged machines give the same game up to there. */
interface Place {
	readonly script: Script;
	readonly line: number;
	readonly state: GameState;
}

/** Plays a script and says which transitions the rules asked for, and where first. */
function asked({script, note}: {script: Script; note: (transition: string, place: Place) => void}): string | undefined {
	const game = createGame({scenario: script.scenario, seed: script.name});
	let place: Place = {script, line: 0, state: initialState(game)};
	const stepper: Stepper = {
		...game.stepper,
		step(name, value, event) {
			const machine: AnyStateMachine = machines[name];
			const snapshot = machine.resolveState({value: value as StateValue, context: {}});
			for (const definition of machine.getTransitionData(snapshot, event)) {
				const index = definition.source.transitions.get(definition.eventType)?.indexOf(definition);
				note(`${name} ${definition.source.path.join('.')} ${definition.eventType} ${index}`, place);
			}
			const next = game.stepper.step(name, value, event);
			if (next !== null) enter(name, next);
			return next;
		},
	};
	const watched: Game = {...game, stepper};
	let {state} = place;
	for (const [line, text] of script.lines.entries()) {
		place = {script, line, state};
		const after = isAsWritten(watched, state, text);
		if (!after.asWritten) return text;
		state = after.state;
	}
	return undefined;
}

/** Every state that a machine has been in, composite ones too: `protocol active.idle`. */
const entered = new Set<string>();
const seenValues = new Set<string>();

function enter(name: MachineName, value: ModeValue): void {
	const text = `${name} ${JSON.stringify(value)}`;
	if (seenValues.has(text)) return;
	seenValues.add(text);
	for (const path of pathsOf(value)) entered.add(`${name} ${path}`);
}

const taken = new Map<string, Place[]>();
const surprises: string[] = [];

beforeAll(() => {
	for (const script of corpus) {
		const seen = new Set<string>();
		const surprise = asked({
			script,
			note(transition, place) {
				if (seen.has(transition)) return;
				seen.add(transition);
				taken.set(transition, [...(taken.get(transition) ?? []), place]);
			},
		});
		if (surprise !== undefined) surprises.push(`${script.name}: ${surprise}`);
	}
});

test('the scripts go as written', () => {
	expect(surprises).toEqual([]);
});

test('every state of every machine is entered in a script, or listed', () => {
	const {stepper} = createGame({scenario: corpus[0]!.scenario, seed: 'states'});
	for (const name of names) enter(name, stepper.initial(name));
	const all = names.flatMap(name => statesOf(machines[name]).map(path => `${name} ${path}`));
	expect(all.filter(path => !entered.has(path))).toEqual(notEntered);
	// How much that is, so that a machine that lost its states does not pass in silence.
	expect(all.length).toBeGreaterThan(100);
});

test('every event of the vocabulary is raised in a script, or listed as not raised yet', () => {
	const raised = new Set([...taken.keys()].map(key => key.split(' ').at(-2)));
	const missing = names.flatMap(name => Object.keys(vocabulary[name])).filter(type => !raised.has(type));
	expect([...new Set(missing)].sort()).toEqual([...notRaisedYet].sort());
});

test('every transition on a raised event is taken in a script, or listed with the reason', () => {
	const all = names.flatMap(name => transitionsOf(machines[name]).map(place => ({key: label(name, place), event: place.event})));
	const missing = all.filter(({key, event}) => !notRaisedYet.includes(event) && !taken.has(key)).map(({key}) => key);
	expect(missing.sort()).toEqual(Object.keys(notTakenYet).sort());
});

describe.each(names)('without a transition of the machine "%s"', name => {
	const places = transitionsOf(machines[name])
		.map(place => ({...place, key: label(name, place)}))
		.filter(({key, event}) => !notRaisedYet.includes(event) && notTakenYet[key] === undefined);

	test.each(places)('$path on $event ($index) no game goes as written', ({path, event, index, key}) => {
		const damaged = {...machines, [name]: withoutTransition(machines[name], path, event, index)};
		const isNoticed = (taken.get(key) ?? []).some(({script, line, state}) => {
			const game = createGame({scenario: script.scenario, seed: script.name, machines: damaged});
			return firstSurprise(game, script, line, state) !== undefined;
		});
		expect(isNoticed).toBe(true);
	});
});
