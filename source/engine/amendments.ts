/** The policy's versions: what amendments add and take out, and the exceptions that are left. */
import type {PolicyValues} from '../scenario/expression.js';
import type {Deciding} from './deciding.js';
import type {Amendment, PolicyState} from './policy-state.js';
import type {OutputState} from './state.js';
import type {Basis} from './view.js';

/** Bases of at least this strength, as a condition on an approval `a`. */
const atLeast: Readonly<Record<Basis, string>> = {
	display: 'true',
	digest: 'a.basis != basis.display',
	callback: 'a.basis == basis.callback',
};

/** The rule that an amendment adds, as an expression over the facts of a decision. */
export function ruleText({basis, above}: NonNullable<Amendment['require']>): string {
	return `facts.amount <= ${above} || approvals.filter(a, ${atLeast[basis]}).size() >= threshold`;
}

/** What an amendment changes, in words. */
export function amendmentWords({require, drop}: Pick<Amendment, 'require' | 'drop'>): string {
	return [
		...(require === undefined ? [] : [`amounts above ${require.above} need the threshold of approvals on ${require.basis} or better`]),
		...(drop === undefined ? [] : [`the exception ${drop} is gone`]),
	].join(', ');
}

/** Amendments agreed on in an earlier turn come into force; each is a version of its own. */
export function startAmendments(deciding: Deciding): void {
	const {policy, turn} = deciding.state;
	for (const amendment of policy.ordered) {
		if (amendment.from > turn) continue;
		const {version, rules, dropped, ordered} = deciding.state.policy;
		const next = version + 1;
		const changed: PolicyState = {
			version: next,
			rules: amendment.require === undefined ? rules : [...rules, {name: `amendment-${next}`, text: ruleText(amendment.require)}],
			dropped: amendment.drop === undefined ? dropped : [...dropped, amendment.drop],
			ordered: ordered.filter(each => each !== amendment),
		};
		deciding.emit('operators', {type: 'policy-amended', policy: changed});
		deciding.tell('operators', 'result', 'policy', `Version ${next} of the policy is in force: ${amendmentWords(amendment)}.`);
	}
}

/** Rules of the scenario and of its amendments, in the order in which they are asked. */
export function rulesOf(deciding: Deciding): ReadonlyArray<readonly [name: string, text: string]> {
	return [
		...Object.entries(deciding.game.scenario.policy),
		...deciding.state.policy.rules.map(({name, text}): [string, string] => [name, text]),
	];
}

/** The exception that lets a denied output pass: invoked this turn for its request, still in the policy, and true of the facts. */
export function exceptionFor(deciding: Deciding, output: OutputState, values: PolicyValues): string | undefined {
	const {game, state} = deciding;
	return state.exceptionsUsed
		.filter(({request, turn, exception}) => request === output.request && turn === state.turn && !state.policy.dropped.includes(exception))
		.map(({exception}) => exception)
		.find(exception => game.evaluate(game.scenario.exceptions[exception]!.when, 'policy', values) === true);
}
