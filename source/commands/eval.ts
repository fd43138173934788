/** `eval`: the value of an expression at a turn of a played test, or all names that an expression can use. */
import {type Evaluated, evaluateAt, factsAt, momentOf, type Situation, stateAt} from '../playtest/evaluation.js';
import {type PlayedTest, playTest} from '../playtest/scenario-test.js';
import {partTable, valueText} from '../report/value-text.js';
import {formatDiagnostic, harmless} from '../scenario/diagnostic.js';
import type {ExpressionProblem} from '../scenario/expression.js';
import {Source} from '../scenario/source.js';
import {type Choice, chooseTest} from './chosen-test.js';
import {CommandError} from './command-error.js';
import {print, printJson, tell} from './output.js';
import {createPaint} from './paint.js';
import {openScenario} from './scenario-files.js';

export interface EvalOptions extends Choice {
	/** A turn; without one the state after the test's last move. */
	readonly at?: string;
	readonly context?: Situation;
	readonly json?: boolean;
}

/** @throws {CommandError} for an expression that does not compile, with a caret, or a turn that is not played. */
export function evaluate(name: string, expression: string | undefined, options: EvalOptions): number {
	const {context = 'test', json = false} = options;
	const {scenario} = openScenario(name);
	const at = options.at === undefined ? undefined : turnOf(options.at, scenario.turns);
	const {test, words} = chooseTest(scenario, options);
	const played = playTest(scenario, {...test, expect: 'true'}, at === undefined ? {} : {upTo: at});
	const state = stateAt(played, context, at);
	if (!state) throw notPlayed(played, at, words);
	// A test that expects a refusal ends in one.
	if (played.problem && typeof test.expect === 'string') tell(`The ${words} stops early: ${harmless(played.because)}.`);
	const moment = at === undefined ? 'after the last move' : momentOf(context) === 'begins' ? 'as it begins' : 'after its moves';
	const {world} = played.game.deal;
	const place = {test: words, world, seed: test.seed, turn: state.turn, moment, context};
	const where = `${words}, world ${world}, seed ${harmless(test.seed)}, turn ${state.turn} ${moment}, as ${context}`;
	if (context === 'policy' && !state.key) throw new CommandError(`There is no key yet (${where}).`);
	const paint = createPaint();
	if (expression === undefined) {
		const facts = factsAt(played.game, state, context);
		if (json) printJson({...place, facts});
		else print(`${factTable(facts).join('\n')}\n\n${paint('dim', where)}`);
		return 0;
	}
	const result = evaluateAt(played.game, state, expression, context);
	if (!result.ok) throw new CommandError(problemText(expression, result.problems));
	for (const warning of result.warnings) tell(problemText(expression, [warning]));
	if (json) {
		printJson({
			expression,
			...place,
			results: result.results.map(({request, part}) => ({...(request === undefined ? {} : {request}), ...part})),
		});
		return 0;
	}
	if (result.results.length === 0) throw new CommandError(`No request is on the table for the policy to decide (${where}).`);
	print(result.results.map(shownResult).join('\n\n'));
	print(`\n${paint('dim', where)}`);
	return 0;
}

/** The value, and below it what it is made of. */
function shownResult({request, part}: Evaluated): string {
	const value = part.problem ?? valueText(part.value, 2000);
	const parts = part.parts.length > 0 ? ['', ...partTable(part).map(line => `  ${line}`)] : [];
	return [request === undefined ? value : `${harmless(request)}: ${value}`, ...parts].join('\n');
}

function turnOf(text: string, turns: number): number {
	const turn = Number(text);
	if (!/^\d{1,3}$/.test(text) || turn < 1)
		throw new CommandError(`"${harmless(text)}" is no turn. Expected a number from 1 to ${turns} after --at.`);
	return turn;
}

function notPlayed({state, turns, because, problem}: PlayedTest, at: number | undefined, words: string): CommandError {
	const last = Math.max(0, ...turns.keys());
	const why = problem?.at === 'moves' ? ` It stops early: ${harmless(because)}.` : state.end ? ' The game is over then.' : '';
	return new CommandError(`Turn ${at} is not played: the ${words} ends in turn ${last}.${why}`);
}

/** What is wrong with an expression, with a caret below the place. */
function problemText(expression: string, problems: readonly ExpressionProblem[]): string {
	const source = new Source('expression', expression);
	return problems.map(({offset, ...finding}) => formatDiagnostic(source.diagnose(offset, finding))).join('\n');
}

function factTable(facts: ReturnType<typeof factsAt>): string[] {
	const rows = facts.map(({name, value, type, about}) => ({
		name,
		value: valueWords(value),
		about: harmless(`${type}: ${about}`),
	}));
	const width = Math.max(...rows.map(({name}) => name.length));
	return rows.map(({name, value, about}) => `${name.padEnd(width)}  ${value.padEnd(22)}  ${about}`);
}

/** Records and lists are told in the lines below them. */
function valueWords(value: unknown): string {
	if (value === undefined) return 'none yet';
	if (Array.isArray(value) && value.some(item => typeof item === 'object')) return `${value.length} in the list`;
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? 'see below' : valueText(value, 22);
}
