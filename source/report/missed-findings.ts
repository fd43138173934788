/** What was wanted and not served in time, and the equation because of which it was not. */
import {digestOf} from '../engine/payload.js';
import {staleReason} from '../engine/signed-approvals.js';
import type {RequestState} from '../engine/state.js';
import {compare, countAgainst, equationOf} from './equation.js';
import type {Finding} from './finding.js';
import type {CeremonyHistory, History, Moment} from './history.js';
import {listed} from './plain-text.js';
import type {Played} from './played.js';

/** Requests that had to be served, are due, and were not. */
export function missedRequests({state}: Played): RequestState[] {
	return Object.values(state.requests).filter(
		request =>
			request.required &&
			request.intent !== null &&
			request.opened > 0 &&
			request.judged !== undefined &&
			!state.outputs.some(
				({request: id, state: mode, turn, message}) =>
					id === request.id && (mode === 'released' || mode === 'final') && turn <= request.due && message === request.intent,
			),
	);
}

/** The assumption behind a legitimate request that was not served in time. */
export function missedFinding(played: Played, history: History, request: RequestState): Finding {
	const {id, due, intent} = request;
	const wanted = {label: 'H(wanted by the requester)', value: digestOf(intent ?? '')};
	const dueMoment = lastMomentOf(history, due);
	const output = history.outputs.findLast(({output: each}) => each.request === id);
	if (output && output.decision?.verdict === 'deny') {
		const {rule, reason, turn, line} = output.decision;
		const signed = {label: 'H(signed)', value: digestOf(output.output.message)};
		return {
			assumption: 'What the policy refuses is not wanted.',
			boundary: 'ROUNDS -> POLICY',
			how: `the policy denied ${output.output.id} for ${id} by ${rule}: ${reason}`,
			equations: [compare(signed, wanted, 'The policy compares with what was shown and approved; it can not see what is wanted.')],
			turn,
			line,
		};
	}
	if (output?.isAuthorised && output.output.turn <= due) {
		const signed = {label: 'H(signed)', value: digestOf(output.output.message)};
		const wasRecalled = output.output.state === 'recalled';
		return {
			assumption: wasRecalled ? 'What we recalled was not wanted.' : 'What we hold back can wait.',
			boundary: wasRecalled ? 'OUTPUT -> TRANSCRIPT' : 'POLICY -> OUTPUT',
			how: `${output.output.id} for ${id} was signed in turn ${output.output.turn} and ${wasRecalled ? 'recalled' : 'never released'}`,
			equations: [compare(signed, wanted, 'The bytes were exactly the ones that the requester wanted.')],
			...(output.recalled ?? output.made),
		};
	}
	if (request.deniedAt > 0) {
		const displayed = {label: 'H(displayed)', value: digestOf(request.displayed)};
		const denied = history.entries.find(
			({event}) => event.type === 'request-changed' && event.id === id && event.set.deniedAt !== undefined,
		);
		return {
			assumption: 'What we deny, nobody wants.',
			boundary: 'SHARES -> ROUNDS',
			how: `${id} was denied in turn ${request.deniedAt}`,
			equations: [compare(displayed, wanted, `${request.requester} wanted a payment all the same.`)],
			turn: request.deniedAt,
			line: denied?.line ?? dueMoment.line,
		};
	}
	const frozen = history.frozenTurns.filter(turn => turn >= request.opened && turn <= due);
	const signing = history.signings.findLast(({ceremony}) => ceremony.request === id);
	if (signing && signing.ended.turn <= due && signing.ceremony.status !== 'done' && !frozen.includes(due))
		return failedSigning(played, signing);
	if (frozen.length > 0) {
		return {
			assumption: 'A freeze costs nothing.',
			boundary: 'SHARES -> ROUNDS',
			how: `${id} was wanted and waited under a freeze in ${frozen.length === 1 ? 'turn' : 'turns'} ${listed(frozen.map(String))}`,
			equations: [countAgainst('signed by the deadline', 0, 'wanted', 1, `${id} was due in turn ${due}.`)],
			...dueMoment,
		};
	}
	const {game, state} = played;
	const {threshold} = game.scenario;
	const isBound = state.controls['bind-context']?.actual ?? false;
	const approvals = request.approvals.filter(each => !isBound || staleReason(state, each) === undefined).length;
	const stale = approvals < request.approvals.length ? ' any more' : '';
	return {
		assumption: 'There is still time.',
		boundary: 'SHARES -> ROUNDS',
		how: `${id} was wanted by turn ${due}, and ${approvals >= threshold ? 'approved but not signed' : `not approved by enough parties${stale}`}`,
		equations: [countAgainst('approvals', approvals, 'threshold', threshold, `${id} was due in turn ${due}.`)],
		...dueMoment,
	};
}

/** The last line of a turn: where its deadlines are judged. */
function lastMomentOf(history: History, turn: number): Moment {
	const last = history.entries.findLast(entry => entry.turn === turn && entry.event.type === 'request-changed' && entry.event.set.judged);
	const any = last ?? history.entries.findLast(entry => entry.turn <= turn);
	return {turn, line: any?.line ?? 0};
}

/** A signing that gave no output: the equation that stopped it. */
function failedSigning({game}: Played, {ceremony, ended, verifyPartials, failed}: CeremonyHistory): Finding {
	const base = {
		...ended,
		how: `the signing of ${ceremony.request} (${ceremony.id}) ${ceremony.status === 'stalled' ? 'stayed open' : 'was aborted'}`,
	};
	if (ceremony.waitingFor.length > 0) {
		const answered = ceremony.parties.length - ceremony.waitingFor.length;
		return {
			...base,
			how: `${base.how}: it waited for ${listed(ceremony.waitingFor)}`,
			assumption: 'Whoever approved will answer when it is time to sign.',
			boundary: 'SHARES -> ROUNDS',
			equations: [
				countAgainst(
					'parties that answered',
					answered,
					'threshold',
					game.scenario.threshold,
					'One message that is missing stops a signing.',
				),
			],
		};
	}
	const approval = failed.find(({name}) => name === 'approval');
	if (approval)
		return {
			...base,
			how: `${base.how}: ${ceremony.reason}`,
			assumption: 'The coordinator sends the bytes that the parties approved.',
			boundary: 'ROUNDS -> POLICY',
			equations: [equationOf(approval)],
		};
	const blamed = ceremony.blamed[0];
	if (blamed)
		return {
			...base,
			how: `${base.how}: the partial of ${blamed.member} failed its equation`,
			assumption: 'Every party that answers has a sound share and tells the truth.',
			boundary: 'SHARES -> ROUNDS',
			equations: [equationOf(blamed.check)],
		};
	const hasDrifted = verifyPartials.documented && !verifyPartials.actual;
	const last = failed.findLast(({name}) => name === 'signature') ?? failed.at(-1);
	return {
		...base,
		how: hasDrifted
			? `${base.how}, and nobody is named: verify partials was documented as on and was off`
			: `${base.how}${verifyPartials.actual ? '' : ', and nobody is named: verify partials was off'}`,
		assumption: hasDrifted ? 'A control that is documented as on is on.' : 'A wrong partial shows by itself who sent it.',
		boundary: 'SHARES -> ROUNDS',
		equations: last ? [equationOf(last)] : [],
	};
}
