/** The quorum policy: decides whether a signature that the rounds made may become an output. Rule, facts and reason go on record. */
import type {PolicyValues} from '../scenario/expression.js';
import {exceptionFor, rulesOf} from './amendments.js';
import {spendApprovals} from './ceremonies.js';
import {coordinatorId} from './deal.js';
import {type Deciding, keptFrom} from './deciding.js';
import type {Game} from './game.js';
import {readPayload} from './moves/approvals.js';
import {releaseOutput} from './moves/outputs.js';
import {decodePayload, digestOf} from './payload.js';
import {countApprovals, markUsed, ruleOf} from './signed-approvals.js';
import type {Approval, GameState, OutputState, RequestState} from './state.js';

export interface Verdict {
	readonly verdict: 'allow' | 'deny';
	readonly rule: string;
	readonly reason: string;
}

/** What the policy sees of a request: what the coordinator displays of it, and approvals (all on record unless some are named). The key is made. */
export function requestValues(
	game: Game,
	state: GameState,
	request: RequestState,
	signers: readonly string[],
	approvals: readonly Approval[] = request.approvals,
): PolicyValues {
	const {amount, to} = decodePayload(request.displayed);
	return {
		facts: {request: request.id, by: request.requester, to, title: request.title, amount},
		approvals: approvals.map(({party, basis, turn}) => {
			const dealt = game.deal.parties.find(({id}) => id === party)!;
			return {party, basis, turn, custodian: dealt.custodian, domain: dealt.domain};
		}),
		signers: [...signers],
		threshold: state.key!.threshold,
		turn: state.turn,
		epoch: state.key!.epoch,
	};
}

/** What a decision rests on: the approvals whose own checks hold, the facts with these, and what failed of another one. */
interface Ballot extends ReturnType<typeof countApprovals> {
	readonly values: PolicyValues;
}

function ballotOn(deciding: Deciding, output: OutputState): Ballot {
	const {game, state} = deciding;
	const ceremony = state.ceremonies.find(({id}) => id === output.ceremony);
	const {counted, failed} = countApprovals(deciding, output);
	return {counted, failed, values: requestValues(game, state, deciding.request(output.request), ceremony?.parties ?? [], counted)};
}

/** Control bind-payload: the bytes that were signed are the bytes that every approver was shown. */
function bindsPayload(output: OutputState, approvals: readonly Approval[]): Verdict | null {
	const signed = digestOf(output.message);
	const other = approvals.find(({shown}) => shown !== signed);
	if (!other) return null;
	return {
		verdict: 'deny',
		rule: 'bind-payload',
		reason: `H(signed) ${signed.slice(0, 8)} is not H(shown to ${other.party}) ${other.shown.slice(0, 8)}`,
	};
}

/** Control distinct-domains: approvals of one domain count once. */
function hasDistinctDomains(values: PolicyValues): Verdict | null {
	const domains = new Set(values.approvals.map(({domain}) => domain)).size;
	return domains >= values.threshold
		? null
		: {verdict: 'deny', rule: 'distinct-domains', reason: `${domains} ${domains === 1 ? 'domain' : 'domains'} < ${values.threshold}`};
}

function judge(deciding: Deciding, output: OutputState, {values, counted, failed}: Ballot): Verdict {
	// An approval that fails a check of its own does not count; where the others are enough, nobody misses it.
	if (failed && counted.length < values.threshold && deciding.request(output.request).approvals.length >= values.threshold)
		return {
			verdict: 'deny',
			rule: ruleOf(failed),
			reason: `approval of ${failed.about}: ${failed.equation}: ${short(failed.left)} is not ${short(failed.right)}`,
		};
	if (deciding.control('bind-payload')) {
		const denied = hasFewApprovals(values) ?? bindsPayload(output, counted);
		if (denied) return denied;
	}
	return judgeFacts(deciding, values);
}

function hasFewApprovals({approvals, threshold}: PolicyValues): Verdict | null {
	if (approvals.length >= threshold) return null;
	return {verdict: 'deny', rule: 'enough-approvals', reason: `${approvals.length} approvals < ${threshold}`};
}

/** What the policy says of facts alone, approvals being what they say they are: enough of them, of enough domains, and every rule. */
export function judgeFacts(deciding: Deciding, values: PolicyValues): Verdict {
	const few = hasFewApprovals(values);
	if (few) return few;
	if (deciding.control('distinct-domains')) {
		const denied = hasDistinctDomains(values);
		if (denied) return denied;
	}
	for (const [rule, text] of rulesOf(deciding)) {
		const result = deciding.game.evaluate(text, 'policy', values);
		if (result !== true) return {verdict: 'deny', rule, reason: result === false ? `${text} is false` : `${text}: ${String(result)}`};
	}
	return {verdict: 'allow', rule: 'enough-approvals', reason: `${values.approvals.length} approvals >= ${values.threshold}`};
}

/** Hashes and ids are long: eight digits tell them apart. */
function short(text: string): string {
	return text.length > 12 ? text.slice(0, 8) : text === '' ? 'none' : text;
}

/** The emergency path: an exception that somebody invoked lets pass what a rule denies. */
function passesByException(deciding: Deciding, output: OutputState, values: PolicyValues, denied: Verdict): Verdict {
	const exception = exceptionFor(deciding, output, values);
	if (exception === undefined) return denied;
	return {verdict: 'allow', rule: `exception ${exception}`, reason: `invoked this turn; ${denied.rule} said no: ${denied.reason}`};
}

function decide(deciding: Deciding, output: OutputState, ballot: Ballot): Verdict {
	const judged = judge(deciding, output, ballot);
	if (judged.verdict === 'allow' || deciding.control('no-exceptions')) return judged;
	return passesByException(deciding, output, ballot.values, judged);
}

/** Runs the policy over the outputs that this resolve's signings made. */
export function decideOutputs(deciding: Deciding): void {
	for (const output of deciding.state.outputs) {
		if (
			output.request === '' ||
			output.state === 'final' ||
			!deciding.is('request', output.request, 'deciding') ||
			output.turn !== deciding.state.turn
		)
			continue;
		const ballot = ballotOn(deciding, output);
		const {values} = ballot;
		const {verdict, rule, reason} = decide(deciding, output, ballot);
		const facts: Array<[string, string]> = [
			['request', values.facts.request],
			['policy version', String(deciding.state.policy.version)],
			['amount', String(values.facts.amount)],
			['to', values.facts.to],
			['approvals', values.approvals.map(({party, basis}) => `${party}:${basis}`).join(' ')],
			['signers', values.signers.join(' ')],
			['H(signed)', digestOf(output.message).slice(0, 16)],
		];
		const level = deciding.state.logging.policy;
		const kept = level >= 2 || (level >= 1 && deciding.control('decision-log'));
		deciding.emit('operators', {
			type: 'decided',
			decision: {request: output.request, turn: values.turn, verdict, rule, reason, facts, kept},
		});
		deciding.act('policy', 'decision', {level: 1, loud: false}, `${verdict} ${output.request}${kept ? ` by ${rule}: ${reason}` : ''}`, {
			what: `the policy ${verdict === 'allow' ? 'admits' : 'denies'} ${output.request}`,
			about: output.request,
			facts: [
				...keptFrom(1, {decision: verdict, time: values.turn}),
				...keptFrom(kept && level === 1 ? 1 : 2, {
					'rule and reason': `${rule}: ${reason}`,
					'policy version': deciding.state.policy.version,
				}),
				// The policy sees of the bytes what is displayed of them.
				{
					name: 'facts',
					value: readPayload(output.message),
					level: kept && level === 1 ? 1 : 2,
					seen: readPayload(deciding.request(output.request).displayed),
				},
			],
		});
		if (verdict === 'deny') refuse(deciding, output, rule, reason);
		else admit(deciding, output);
	}
}

function refuse(deciding: Deciding, output: OutputState, rule: string, reason: string): void {
	deciding.step('request', output.request, {type: 'decision.denied'}, 'there is nothing to decide', 'operators');
	deciding.emit('operators', {type: 'output-changed', id: output.id, set: {state: 'recalled'}});
	deciding.tell(
		'operators',
		'result',
		'policy',
		`DENIED ${output.request} by ${rule}: ${reason}. The signature is discarded; the request needs new approvals.`,
	);
	markUsed(deciding, output.request);
	deciding.emit('operators', {type: 'approvals-void', request: output.request});
	deciding.step('request', output.request, {type: 'request.reopened'}, 'it was not refused', 'operators');
}

function admit(deciding: Deciding, output: OutputState): void {
	const timelocked = deciding.control('timelock');
	const isHeld = timelocked || deciding.control('independent-verification');
	deciding.step('request', output.request, {type: 'decision.allowed', isHeld}, 'there is nothing to decide', 'operators');
	if (deciding.request(output.request).signedAt === 0)
		deciding.emit('operators', {type: 'request-changed', id: output.request, set: {signedAt: deciding.state.turn}});
	if (isHeld) {
		const heldUntil = timelocked ? deciding.state.turn + 1 : 0;
		deciding.emit('operators', {type: 'output-changed', id: output.id, set: {state: 'held', heldSince: deciding.state.turn, heldUntil}});
		deciding.tell(
			'operators',
			'result',
			coordinatorId,
			`${output.request} is signed as ${output.id} and held: ${[...(heldUntil > 0 ? [`the timelock ends in turn ${heldUntil}`] : []), ...(deciding.control('independent-verification') ? ['release it when its bytes are verified'] : [])].join('; ')}.`,
		);
	} else {
		deciding.emit('operators', {type: 'output-changed', id: output.id, set: {state: 'released'}});
		deciding.tell(
			'operators',
			'result',
			coordinatorId,
			`${output.request} is signed and released as ${output.id}; it is final when turn ${deciding.state.turn + 1} ends.`,
		);
		deciding.act('output', 'release', {level: 1, loud: false}, `${output.id} was released`, {
			what: `${output.id} leaves`,
			about: output.id,
			facts: [...keptFrom(1, {output: output.id}), ...keptFrom(2, {'payload hash': digestOf(output.message)})],
		});
	}
	spendApprovals(deciding, output.request);
}

/** Timelocks that end now: the output leaves, or waits for the release that independent verification asks for. */
export function endTimelocks(deciding: Deciding): void {
	for (const output of deciding.state.outputs) {
		if (output.state !== 'held' || output.heldUntil === 0 || output.heldUntil > deciding.state.turn) continue;
		if (deciding.control('independent-verification'))
			deciding.emit('operators', {type: 'output-changed', id: output.id, set: {heldUntil: 0, heldSince: deciding.state.turn}});
		else releaseOutput(deciding, output);
	}
}
