/** Events of requests in words and fields: what was asked and approved, what the policy decided, and how the policy changed. */
import {amendmentWords} from '../engine/amendments.js';
import type {EventOf} from '../engine/events.js';
import {readPayload} from '../engine/moves/approvals.js';
import {digestOf} from '../engine/payload.js';
import {approvalsOf, type Details, type DetailsByType, type Known, requestFields} from './event-details.js';
import {listed} from './plain-text.js';

export const ofRequests: DetailsByType = {
	'request-added': event => ({what: `${event.request.id} is put on the books: "${readPayload(event.request.displayed)}"`}),
	'request-changed': requestChange,
	approved: (event, known) => ({
		what: `${event.approval.party} approves ${event.request} on ${event.approval.basis}${event.approval.binds === undefined ? ', bound to no bytes' : ''}`,
		...requestFields(known, event.request),
		epoch: known.epoch,
		policyVersion: known.policyVersion,
		approvals: approvalsOf([event.approval]),
		...(event.approval.binds === undefined ? {} : {payloadHash: event.approval.binds}),
	}),
	'approvals-void': (event, known) => ({
		what: `the approvals of ${event.request}${event.parties === undefined ? '' : ` by ${listed(event.parties)}`} are void`,
		...requestFields(known, event.request),
	}),
	'digest-read': (event, known) => ({
		what: `the device of ${event.party} reads ${event.request}: "${event.says}", ${event.matches ? 'matches the display' : 'differs from the display'}`,
		...requestFields(known, event.request),
		payloadHash: event.digest,
	}),
	ordered: (event, known) => ({what: `ordered for resolve: ${event.order.text}`, ...requestFields(known, event.order.request)}),
	decided(event, known) {
		const {decision} = event;
		const {request, verdict, rule, reason, facts} = decision;
		const output = [...known.outputs].findLast(([, each]) => each.request === request);
		const signers = facts
			.find(([name]) => name === 'signers')?.[1]
			.split(' ')
			.filter(Boolean);
		return {
			what: `policy: ${verdict.toUpperCase()} ${request}`,
			...requestFields(known, request),
			verdict,
			rule,
			policyVersion: facts.find(([name]) => name === 'policy version')?.[1] ?? known.policyVersion,
			reason,
			facts,
			...(signers ? {signers} : {}),
			epoch: known.epoch,
			approvals: approvalsOf(known.approvals.get(request) ?? []),
			...(output ? {payloadHash: digestOf(output[1].message), output: {id: output[0]}} : {}),
		};
	},
	'exception-used': event => ({
		what: `the exception ${event.use.exception} is invoked for ${event.use.request}`,
		request: event.use.request,
	}),
	'approval-recorded': event => ({
		what: `the approval of ${event.recorded.party} for ${event.recorded.request} is recorded`,
		request: event.recorded.request,
	}),
	'amendment-agreed': event => ({
		what: `${listed(event.amendment.consents)} agree on an amendment: ${amendmentWords(event.amendment)}, from turn ${event.amendment.from}`,
	}),
	'policy-amended': event => ({what: `version ${event.policy.version} of the policy is in force`}),
};

function requestChange(event: EventOf<'request-changed'>, known: Known): Details | null {
	const {opened, displayed, payload, callback, pinned, intent, submittedBy, deniedAt, judged} = event.set;
	const words = [
		...(submittedBy === 'attackers' ? ['is put in by the attackers'] : []),
		...(intent === null ? ['is wanted by nobody legitimate'] : intent === undefined ? [] : [`is wanted as "${readPayload(intent)}"`]),
		...(opened ? ['opens'] : []),
		...(displayed === undefined ? [] : [`is displayed as "${readPayload(displayed)}"`]),
		...(payload === undefined || payload === displayed ? [] : [`would be signed as "${readPayload(payload)}"`]),
		...(pinned === undefined ? [] : ['is pinned']),
		...(callback === undefined
			? []
			: [callback.answer === undefined ? 'call-back to the requester' : `call-back answered: ${callback.answer}`]),
		...(deniedAt ? ['is denied'] : []),
		...(judged ? [`is judged: ${judged.because}`] : []),
	];
	if (words.length === 0) return null;
	const hash = payload === undefined ? callback?.digest : digestOf(payload);
	return {what: `${event.id} ${words.join(', ')}`, ...requestFields(known, event.id), ...(hash === undefined ? {} : {payloadHash: hash})};
}
