/** Events of ceremonies, their messages and what came out of them, in words and fields. */
import type {Check} from '../ceremony/api.js';
import {ceremonyName} from '../engine/ceremony-view.js';
import {readPayload} from '../engine/moves/approvals.js';
import {digestOf} from '../engine/payload.js';
import {type Equation, equationOf} from './equation.js';
import {approvalsOf, type Details, type DetailsByType, type Known, requestFields} from './event-details.js';
import {listed} from './plain-text.js';

export const ofCeremonies: DetailsByType = {
	'ceremony-started': (event, known) => ({
		what: `${event.id} starts: ${event.kind !== 'signing' && event.kind !== 'computation' ? ceremonyName(event) : event.kind === 'computation' ? `compute ${event.computation}` : `sign ${event.request}`} with ${listed(event.parties)}`,
		...requestFields(known, event.request ?? ''),
		epoch: event.epoch,
		signers: event.parties,
		...(event.message === undefined
			? {}
			: {payloadHash: digestOf(event.message), approvals: approvalsOf(known.approvals.get(event.request ?? '') ?? [])}),
	}),
	message(event) {
		const {round, from, to, carries, delivered, checks, n} = event.record;
		return {
			what: `${event.ceremony} message ${n}, round ${round}: ${from} to ${to}, ${carries}${delivered ? '' : ', LOST'}`,
			...told(checks),
		};
	},
	'ceremony-ended'(event, known) {
		const ceremony = known.ceremonies.get(event.id);
		const blamed = [...new Set(event.blamed.map(({member}) => member))];
		const waits = event.status === 'stalled' ? `: waits for ${listed(event.waitingFor)}` : '';
		return {
			what: `${event.id} ${event.status}${waits}${event.reason === '' ? '' : `: ${event.reason}`}${blamed.length > 0 ? `; blamed: ${listed(blamed)}` : ''}`,
			...requestFields(known, ceremony?.request ?? ''),
			...(ceremony ? {signers: ceremony.parties} : {}),
			epoch: known.epoch,
			...told([...event.checks, ...event.blamed.map(({check}) => check)].filter((check, index, all) => all.indexOf(check) === index)),
		};
	},
	'output-made'(event, known) {
		const {id, request, ceremony, message, signature, state} = event.output;
		const signers = known.ceremonies.get(ceremony)?.parties;
		return {
			what:
				request === ''
					? `${id} is signed past the policy: ${readPayload(message)}`
					: `${id} is signed for ${request}: ${readPayload(message)}`,
			...requestFields(known, request),
			...(signers ? {signers} : {}),
			epoch: known.epoch,
			payloadHash: digestOf(message),
			...(request === '' ? {} : {approvals: approvalsOf(known.approvals.get(request) ?? [])}),
			output: {id, message, signature, publicKey: event.publicKey, state},
		};
	},
	'output-changed'(event, known) {
		const {state, verified, announcedAt, heldUntil} = event.set;
		const words = [
			...(state === undefined ? [] : [`is ${state}`]),
			...(heldUntil ? [`until turn ${heldUntil}`] : []),
			...(verified === undefined ? [] : [verified ? 'bytes verified: as displayed' : 'bytes verified: NOT as displayed']),
			...(announcedAt ? ['is announced'] : []),
		];
		if (words.length === 0) return null;
		return {
			what: `${event.id} ${words.join(', ')}`,
			...outputFields(known, event.id),
			output: {id: event.id, ...(state === undefined ? {} : {state})},
		};
	},
	'computation-changed': event =>
		event.set.opened
			? {what: `${event.id} is asked for`}
			: event.set.doneAt
				? {what: `${event.id} is computed`}
				: event.set.missed
					? {what: `${event.id} was not computed in time`}
					: null,
	'query-asked': event => ({what: `an analyst asks ${event.query.computation} of ${listed(event.query.cohort)}`}),
	answered(event) {
		const {computation, cohort, by, result} = event.answer;
		return {
			what: `${computation} of ${listed(cohort)} is answered${by === 'attackers' ? ' to an analyst' : ''}`,
			facts: Object.entries(result),
		};
	},
	'input-exposed'(event) {
		const {computation, party, input, check} = event.exposed;
		return {what: `answers of ${computation} give away the input of ${party}: ${input}`, equations: [equationOf(check)]};
	},
};

/** Checks that every envelope passes; they are told only where one fails. */
const everyday = new Set(['authentication', 'context', 'encoding', 'subgroup', 'nonce']);

function told(checks: readonly Check[]): {equations?: readonly Equation[]} {
	const shown = checks.filter(({name, holds}) => !holds || !everyday.has(name));
	return shown.length > 0 ? {equations: shown.map(equationOf)} : {};
}

/** The signed bytes, signers and approvals of an output, as far as readable lines told them. */
function outputFields(known: Known, id: string): Partial<Details> {
	const output = known.outputs.get(id);
	return output ? {...requestFields(known, output.request), payloadHash: digestOf(output.message), epoch: known.epoch} : {};
}
