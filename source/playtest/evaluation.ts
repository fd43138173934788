/** An expression at a turn of a played test: its value, and the values of what it is made of. */
import {gameValues, playbookValues, testValues} from '../engine/facts.js';
import type {Game} from '../engine/game.js';
import {requestValues} from '../engine/policy.js';
import type {GameState} from '../engine/state.js';
import {type ContextName, type ContextValues, type ExpressionProblem, vocabularyOf} from '../scenario/expression.js';
import {explainExpression, type Part} from '../scenario/expression-parts.js';
import type {PlayedTest} from './scenario-test.js';

/** Where a file can hold an expression, and which names it can use there. */
export const situations = {
	objective: 'game',
	inject: 'game',
	policy: 'policy',
	playbook: 'playbook',
	test: 'test',
} as const satisfies Record<string, ContextName>;
export type Situation = keyof typeof situations;

/** The moment of a turn at which it is evaluated: conditions of injects and playbooks are judged as a turn begins. */
export function momentOf(situation: Situation): 'begins' | 'last' {
	return situation === 'inject' || situation === 'playbook' ? 'begins' : 'last';
}

/** The state at a turn; without one the state after the last move. Undefined for a turn that was not played. */
export function stateAt({state, turns}: PlayedTest, situation: Situation, turn?: number): GameState | undefined {
	return turn === undefined ? state : turns.get(turn)?.[momentOf(situation)];
}

/** What is evaluated over: of the policy once for each request on the table, of all else once. */
export interface Evaluated {
	/** The request whose decision it would be. */
	readonly request?: string;
	readonly part: Part;
}

/** Requests that a rule of the policy could be asked about: open ones; every one that was opened when none is. */
export function requestsAt(state: GameState): string[] {
	const opened = Object.values(state.requests).filter(request => request.opened > 0);
	const open = opened.filter(({machine}) => !['final', 'denied', 'expired', 'recalled'].includes(String(machine)));
	return (open.length > 0 ? open : opened).map(({id}) => id);
}

/** The values of a situation's names. @param request of the policy: the request that is decided */
export function valuesAt(game: Game, state: GameState, situation: Situation, request = ''): ContextValues[ContextName] {
	switch (situation) {
		case 'objective':
		case 'inject':
			return gameValues(game, state);
		case 'playbook':
			return playbookValues(game, state);
		case 'test':
			return testValues(game, state);
		case 'policy': {
			const signing = state.ceremonies.findLast(ceremony => ceremony.request === request);
			const ordered = state.orders.find(order => order.verb === 'sign' && order.request === request);
			return requestValues(game, state, state.requests[request]!, ordered?.parties ?? signing?.parties ?? []);
		}
	}
}

export type Evaluation =
	| {readonly ok: true; readonly results: readonly Evaluated[]; readonly warnings: readonly ExpressionProblem[]}
	| {readonly ok: false; readonly problems: readonly ExpressionProblem[]};

/** Evaluates an expression of any type. */
export function evaluateAt(game: Game, state: GameState, text: string, situation: Situation): Evaluation {
	const vocabulary = vocabularyOf(game.scenario);
	const context = situations[situation];
	const compiled = vocabulary.compileAny(text, context);
	if (!compiled.ok) return {ok: false, problems: compiled.diagnostics};
	const explain = (request?: string) => explainExpression(text, context, vocabulary, valuesAt(game, state, situation, request) as never);
	const results = situation === 'policy' ? requestsAt(state).map(request => ({request, part: explain(request)})) : [{part: explain()}];
	return {ok: true, results, warnings: compiled.warnings};
}

/** A name of the vocabulary with its value now. */
export interface Fact {
	readonly name: string;
	readonly type: string;
	readonly about: string;
	/** Missing where there is nothing that has it yet, such as a first output. */
	readonly value?: unknown;
}

/** Every name that an expression of this situation can use, with its value. */
export function factsAt(game: Game, state: GameState, situation: Situation): Fact[] {
	const vocabulary = vocabularyOf(game.scenario);
	const context = situations[situation];
	const values = valuesAt(game, state, situation, requestsAt(state)[0]) as never;
	const {scenario} = game;
	const first = (name: string): string => Object.keys((scenario as unknown as Record<string, object>)[name] ?? {})[0] ?? '';
	return vocabulary.help(context).map(({name: asked, type, about}) => {
		// Help of a map names no id: here the first stands for all.
		const name = asked.replace(/^(\w+)(?:\["…"\]|\.…)/, (_, map: string) => `${map}["${first(map)}"]`);
		const compiled = vocabulary.compileAny(name, context);
		const result = compiled.ok ? compiled.evaluate(values) : undefined;
		return {name, type, about, ...(result?.ok ? {value: result.value} : {})};
	});
}
