/** A game's fixed part: the scenario, what the seed dealt, the draws and the machines. Made once; states pass through it. */

import {machines as rules} from '../../machines/index.js';
import type {SuiteName} from '../ceremony/api.js';
import {type Compiled, type ContextName, type ContextValues, compileExpression} from '../scenario/expression.js';
import type {Scenario} from '../scenario/schema.js';
import {controls} from './controls.js';
import {copyParty, copyRequest, copyState} from './copies.js';
import {coordinatorId, type Deal, deal, logId} from './deal.js';
import {createDraws, type Draws} from './draws.js';
import {encodePayload} from './payload.js';
import {initialPolicyRecord} from './policy-state.js';
import type {ControlState, GameState, PartyState, RequestState} from './state.js';
import {type createStepper, type Stepper, stepperOf} from './step.js';
import {stations} from './view.js';

export interface Game {
	readonly scenario: Scenario;
	readonly seed: string;
	readonly suite: SuiteName;
	readonly deal: Deal;
	readonly draws: Draws;
	readonly stepper: Stepper;
	/** Evaluates an expression of the file, which is compiled once; a sentence when it can't be evaluated. */
	evaluate<N extends ContextName>(text: string, context: N, values: ContextValues[N]): boolean | string;
}

export interface GameOptions {
	readonly scenario: Scenario;
	readonly seed: string;
	/** Forces a world by name. */
	readonly world?: string;
	/** Plays with another suite than the scenario's. */
	readonly suite?: SuiteName;
	/** The state machines to obey; tests hand in damaged ones. */
	readonly machines?: Parameters<typeof createStepper>[0];
}

/** The compiled expressions of a scenario: its games differ in values only. */
const expressionsOf = new WeakMap<Scenario, Map<string, Compiled<ContextName, boolean>>>();

/** @throws {Error} with a sentence when the world does not exist. */
export function createGame({scenario, seed, world, suite, machines = rules}: GameOptions): Game {
	const draws = createDraws(seed);
	const compiled = expressionsOf.get(scenario) ?? new Map<string, Compiled<ContextName, boolean>>();
	expressionsOf.set(scenario, compiled);
	return {
		scenario,
		seed,
		suite: suite ?? scenario.suite,
		deal: deal(scenario, draws, world),
		draws,
		stepper: stepperOf(machines),
		evaluate(text, context, values) {
			const key = `${context} ${text}`;
			const known = compiled.get(key) ?? compileExpression(text, context as ContextName, scenario);
			compiled.set(key, known);
			if (!known.ok) return known.diagnostics[0]?.message ?? 'this expression does not compile';
			const result = known.evaluate(values);
			return result.ok ? result.value : result.message;
		},
	};
}

/** The state before anything happened: briefing, no key, the dealt requests scheduled. */
export function initialState(game: Game): GameState {
	const {scenario, stepper} = game;
	const parties: Record<string, PartyState> = {};
	for (const {id} of game.deal.parties) parties[id] = copyParty({machine: stepper.initial('party'), digestUsed: 0});
	const requests: Record<string, RequestState> = {};
	for (const dealt of game.deal.requests) {
		const bytes = encodePayload({vault: scenario.id, request: dealt.id, amount: dealt.amount, to: dealt.to, text: dealt.title});
		requests[dealt.id] = copyRequest({
			id: dealt.id,
			machine: stepper.initial('request'),
			title: dealt.title,
			requester: dealt.requester,
			required: dealt.required,
			opens: dealt.opens,
			opened: 0,
			due: dealt.due,
			submittedBy: 'requester',
			intent: dealt.legitimate ? bytes : null,
			displayed: bytes,
			payload: bytes,
			approvals: [],
			digests: [],
			signedAt: 0,
			deniedAt: 0,
		});
	}
	const footholds: Record<string, {wayIn: boolean; link: boolean}> = {};
	for (const id of [...Object.keys(parties), coordinatorId, logId, ...game.deal.places]) footholds[id] = {wayIn: false, link: false};
	const state: Record<string, ControlState> = {};
	for (const {id, standard = 'off'} of controls) {
		const isOn = (scenario.controls[id] ?? standard) === 'on';
		state[id] = {documented: isOn, actual: isOn};
	}
	return copyState({
		turn: 0,
		exercise: stepper.initial('exercise'),
		protocol: stepper.initial('protocol'),
		endsAt: scenario.turns,
		stopped: false,
		points: {operators: 0, attackers: 0},
		counters: {ceremony: 0, output: 0, backup: 0},
		records: [],
		retiring: [],
		backups: [],
		identities: {},
		parties,
		footholds,
		phished: [],
		requests,
		ceremonies: [],
		orders: [],
		standing: [],
		loot: [],
		attempts: [],
		bribed: [],
		bribable: (scenario.attackers.bribable ?? []).map(role => game.deal.partyOf[role] ?? role),
		knownGenerators: [],
		snapshots: {},
		recorded: [],
		shownNonces: [],
		outputs: [],
		decisions: [],
		controls: state,
		hardenedAt: 0,
		logging: Object.fromEntries(stations.map(station => [station, scenario.logging[station]])) as GameState['logging'],
		loggingOrdered: {},
		acts: [],
		seen: [],
		evidence: [],
		reviewed: 0,
		inbox: {operators: [], attackers: []},
		notes: [],
		made: {operators: [], attackers: []},
		firedInjects: [],
		unauthorisedFinalAt: 0,
		tallies: [],
		authority: [],
		// Last: what follows a spread is written one slow field at a time.
		...initialPolicyRecord(game.deal),
	});
}
