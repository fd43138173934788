/**
 * Which assumption failed, and at which boundary. Derived from the equations and the bytes of this very game, never from
 * the words of its scenario. Sentences blame assumptions, never people.
 */
import {readPayload} from '../engine/moves/approvals.js';
import {digestOf} from '../engine/payload.js';
import type {Captured, RequestState} from '../engine/state.js';
import {compare, countAgainst, type Equation, equationOf} from './equation.js';
import {assumptions, type Finding} from './finding.js';
import type {History, Moment, OutputHistory} from './history.js';
import {missedFinding, missedRequests} from './missed-findings.js';
import type {Boundary} from './places.js';
import {counted, listed} from './plain-text.js';
import type {Played} from './played.js';

/** The assumption behind an output that nobody legitimate wanted. */
export function unauthorisedFinding(played: Played, history: History, item: OutputHistory): Finding {
	const {output} = item;
	if (output.request === '') return forgedFinding(played, history, item);
	const request = played.state.requests[output.request]!;
	const signed = {label: 'H(signed)', value: digestOf(output.message)};
	const displayed = {label: 'H(displayed)', value: digestOf(item.displayed)};
	const moment = item.decision
		? {turn: item.decision.turn, line: item.decision.line, ...(item.decision.at ? {at: item.decision.at} : {})}
		: item.made;
	const bases = item.approvals.map(({party, basis}) => `${party} on ${basis}`);
	const rested = `${output.id} for ${request.id} was admitted with ${counted(bases.length, 'approval')}: ${listed(bases)}`;
	if (signed.value !== displayed.value) {
		const says = `Displayed was "${readPayload(item.displayed)}", signed was "${readPayload(output.message)}".`;
		const fooled = item.approvals.find(({binds, shown}) => binds === signed.value && shown !== signed.value);
		return {
			assumption: fooled ? assumptions.device : assumptions.display,
			boundary: 'ROUNDS -> POLICY',
			how: fooled ? `${rested}; the device of ${fooled.party} said that the bytes match` : rested,
			equations: [compare(displayed, signed, says)],
			...moment,
		};
	}
	return (
		approvalFinding(history, item, {rested, moment, threshold: played.game.scenario.threshold}) ?? {
			...falseRequest(history, request, {signed: signed.value, rested, admitted: moment}),
			...moment,
		}
	);
}

/** Approvals that did not say what the policy took them to say: given for something else, bought, or not needed at all. */
function approvalFinding(
	history: History,
	{output, approvals, decision}: OutputHistory,
	{rested, moment, threshold}: {readonly rested: string; readonly moment: Moment; readonly threshold: number},
): Finding | undefined {
	const foreign = approvals.find(({signed}) => signed.requestId !== output.request);
	if (foreign)
		return {
			assumption: assumptions.once,
			boundary: 'ROUNDS -> POLICY',
			how: `${rested}; what ${foreign.party} had signed names ${foreign.signed.requestId}`,
			equations: [
				compare(
					{label: 'request in the approval', value: foreign.signed.requestId},
					{label: 'request decided', value: output.request},
					'The policy counted an approval that was given for another request.',
				),
			],
			...moment,
		};
	if (decision?.rule.startsWith('exception '))
		return {
			assumption: assumptions.emergency,
			boundary: 'ROUNDS -> POLICY',
			how: `${rested}; ${decision.rule} let it pass: ${decision.reason}`,
			equations: [
				compare(
					{label: 'rule that decided', value: decision.rule},
					{label: 'rule that said no', value: decision.reason.replace(/^.*; (\S+) said no.*$/, '$1')},
					'An exception outweighs the rule that denies.',
				),
			],
			...moment,
		};
	const bought = history.entries.filter(
		({event, cause}) => event.type === 'approved' && event.request === output.request && cause?.side === 'attackers',
	).length;
	if (bought === 0) return undefined;
	const own = approvals.length - bought;
	if (own >= threshold) return undefined;
	return {
		assumption: assumptions.custodian,
		boundary: 'SHARES -> ROUNDS',
		how: `${rested}; ${counted(bought, 'approval')} came in the attackers' part of the turn`,
		equations: [
			{
				...countAgainst(
					'approvals given by the table',
					own,
					'threshold',
					threshold,
					`The policy counted ${approvals.length}; it can not see for whom they were given.`,
				),
			},
		],
		...moment,
	};
}

function falseRequest(
	history: History,
	request: RequestState,
	{signed, rested, admitted}: {readonly signed: string; readonly rested: string; readonly admitted: Moment},
): Omit<Finding, keyof Moment> {
	const own = request.callback?.digest ?? (request.intent === null ? undefined : digestOf(request.intent));
	const wanted = {label: 'H(wanted by the requester)', value: own ?? 'no such bytes'};
	const meaning =
		own === undefined
			? `Every byte was as displayed: "${readPayload(request.displayed)}". ${request.requester} never asked for it.`
			: `${request.requester} wants other bytes than the ones displayed and signed.`;
	const answer = history.answers.find(each => each.request === request.id);
	const wasKnown = answer !== undefined && answer.line < admitted.line;
	const asked = request.callback === undefined || request.callback.asked > admitted.turn ? undefined : request.callback.asked;
	const assumption = wasKnown
		? 'An answer that says no stops the payment.'
		: asked === undefined
			? assumptions.asker
			: 'The answer to a call-back can be read after the payment.';
	const tested = wasKnown
		? `the call-back had been answered "${answer.answer}" in turn ${answer.turn}`
		: asked === undefined
			? 'nobody had called the requester back'
			: `the requester was called back in turn ${asked} and ${answer ? `answered "${answer.answer}" in turn ${answer.turn}, after it was admitted` : 'did not answer in time'}`;
	return {
		assumption,
		boundary: 'SHARES -> ROUNDS',
		how: `${rested}; ${tested}`,
		equations: [compare({label: 'H(signed)', value: signed}, wanted, meaning)],
	};
}

function forgedFinding({state}: Played, history: History, item: OutputHistory): Finding {
	const attempt = history.attempts.findLast(({attempt: {check}, line}) => check.holds && line < item.made.line);
	const epoch = attempt?.attempt.epoch;
	const all = history.captured.filter(({share, line}) => share.epoch === epoch && line < item.made.line);
	const whole = all.find(({share}) => share.index === 0);
	const taken = [...new Map(all.toReversed().map(each => [each.share.index, each])).values()].toReversed();
	const isOld = state.ceremonies.some(
		({kind, status, ...made}) =>
			['refresh', 'reshare', 'rotation'].includes(kind) &&
			status === 'done' &&
			made.epoch > (epoch ?? 0) &&
			made.turn <= (attempt?.turn ?? 0),
	);
	const left = taken.map(({share, turn}) =>
		isFromBackup(share) ? `the backup of ${share.party} was read in turn ${turn}` : `the share of ${share.party} left in turn ${turn}`,
	);
	const how = whole
		? `${/^(recover|drill) /.test(whole.share.how) ? `the whole key was put together on ${whole.share.party} in turn ${whole.turn}, under an implant` : `the whole key was theirs in turn ${whole.turn}`}; with it ${item.output.id} was signed, past rounds and policy`
		: `${listed(left)}; with ${taken.length} of ${isOld ? `epoch ${epoch}, which is not in force any more,` : 'one epoch'} ${item.output.id} was signed, past rounds and policy`;
	const assumption = whole
		? assumptions.whole
		: isOld
			? assumptions.old
			: taken.some(({share}) => isFromBackup(share))
				? assumptions.backup
				: assumptions.shares;
	const {left: side, right, ...rest} = equationOf((attempt ?? history.attempts.at(-1)!).attempt.check);
	const equation: Equation = {...rest, left: {...side, label: 'k*G'}, right};
	const way = attempt?.wasFrozen ? undefined : ways.find(({pattern}) => all.some(({share}) => pattern.test(share.how)));
	const won = way && wonBy(history, all, way.pattern);
	return {
		assumption: attempt?.wasFrozen ? assumptions.frozen : (way?.assumption ?? assumption),
		boundary: way?.boundary ?? 'ROUNDS ~> OUTPUT',
		how: attempt?.wasFrozen ? `signing was frozen, and ${how}` : won ? `${won.how}: ${how}` : how,
		equations: [...(won?.equations ?? []), equation],
		...(attempt ? {turn: attempt.turn, line: attempt.line} : item.made),
	};
}

/** How the bytes came to the attackers, where nothing of them was ever taken from a store: an equation gave them away. */
const ways: ReadonlyArray<{readonly pattern: RegExp; readonly assumption: string; readonly boundary: Boundary}> = [
	{pattern: /^rogue-key /, assumption: assumptions.together, boundary: 'SHARES -> ROUNDS'},
	{pattern: /^the constants of /, assumption: assumptions.chance, boundary: 'SHARES -> ROUNDS'},
	{pattern: / on one nonce pair$/, assumption: assumptions.nonces, boundary: 'SHARES -> ROUNDS'},
	{pattern: /^plain values of /, assumption: assumptions.refresh, boundary: 'SHARES -> ROUNDS'},
];

/** What gave the bytes away, and the equation that held then. */
function wonBy(history: History, all: History['captured'], pattern: RegExp): Pick<Finding, 'how' | 'equations'> | undefined {
	const taken = all.find(({share}) => pattern.test(share.how));
	if (!taken) return undefined;
	const {how, party} = taken.share;
	const won = history.attempts.findLast(({attempt}) => attempt.how !== undefined && attempt.check.holds && how.startsWith(attempt.how));
	return {how: how.includes(party) ? how : `${how} of ${party}`, equations: won ? [equationOf(won.attempt.check)] : []};
}

function isFromBackup({how}: Captured): boolean {
	return how.startsWith('steal-backup');
}

/** The assumptions that failed, the deciding one first; none when nothing unauthorised left and everything was served. */
export function failedAssumptions(played: Played, history: History): Finding[] {
	const unauthorised = history.outputs.filter(({output, isAuthorised: isFine}) => output.state === 'final' && !isFine);
	return [
		...unauthorised.map(item => unauthorisedFinding(played, history, item)),
		...missedRequests(played).map(request => missedFinding(played, history, request)),
	];
}
