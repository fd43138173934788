/** Assumptions that were tested in a game, and the checks that held. */
import {isAuthorised, mostStolen} from '../engine/facts.js';
import {readPayload} from '../engine/moves/approvals.js';
import {digestOf} from '../engine/payload.js';
import {compare, equationOf} from './equation.js';
import {assumptions, type Finding} from './finding.js';
import type {History} from './history.js';
import {counted, listed} from './plain-text.js';
import type {Played} from './played.js';

/** What was attacked or could have failed, and the check that held, the strongest first. */
export function heldAssumptions(played: Played, history: History): Finding[] {
	const {state, game} = played;
	const found: Finding[] = [];
	for (const {output, decision, displayed} of history.outputs) {
		if (decision?.verdict !== 'deny' || isAuthorised(state, output)) continue;
		found.push({
			assumption: assumptions.display,
			boundary: 'ROUNDS -> POLICY',
			how: `the policy denied ${output.id} for ${output.request} by ${decision.rule}: ${decision.reason}`,
			equations: [
				compare(
					{label: 'H(displayed)', value: digestOf(displayed)},
					{label: 'H(signed)', value: digestOf(output.message)},
					'A signature was made, and it never left.',
				),
			],
			turn: decision.turn,
			line: decision.line,
		});
	}
	for (const {check, ...moment} of history.refusedReleases)
		found.push({
			assumption: assumptions.display,
			boundary: 'POLICY -> OUTPUT',
			how: `independent verification kept ${check.about} back`,
			equations: [equationOf(check)],
			...moment,
		});
	for (const {output, recalled, isAuthorised: isFine} of history.outputs) {
		if (isFine || output.state !== 'recalled' || output.announcedAt === 0 || !recalled) continue;
		found.push({
			assumption: 'What was released is final.',
			boundary: 'OUTPUT -> TRANSCRIPT',
			how: `${output.id} for ${output.request} was recalled in turn ${output.announcedAt}, before it was final`,
			equations: [],
			...recalled,
		});
	}
	for (const digest of history.digests) {
		if (digest.matches) continue;
		const isWanted = digest.intent !== null && digestOf(digest.intent) === digest.digest;
		found.push({
			assumption: isWanted ? 'What is displayed is still what the requester wants.' : assumptions.display,
			boundary: 'ROUNDS -> POLICY',
			how: `a digest on the device of ${digest.party} found other bytes for ${digest.request} than the ones displayed`,
			equations: [
				compare(
					{label: 'H(displayed)', value: digestOf(digest.displayed)},
					{label: 'H(bytes to sign)', value: digest.digest},
					isWanted ? 'The requester had really changed it.' : 'The device refused to approve them.',
				),
			],
			turn: digest.turn,
			line: digest.line,
		});
	}
	for (const {request: id, answer, digest, ...moment} of history.answers) {
		const request = state.requests[id]!;
		const paid = history.outputs.some(({output}) => output.request === id && output.state === 'final');
		if (answer === 'not mine' && !paid)
			found.push({
				assumption: assumptions.asker,
				boundary: 'SHARES -> ROUNDS',
				how: `a call-back to ${request.requester} about ${id} was answered "not mine", and it was not paid`,
				equations: [
					compare(
						{label: 'H(displayed)', value: digestOf(request.displayed)},
						{label: 'H(wanted by the requester)', value: 'no such bytes'},
						`It asked for "${readPayload(request.displayed)}".`,
					),
				],
				...moment,
			});
		else if (answer === 'mine' && digest !== undefined && request.pinned === digest)
			found.push({
				assumption: 'What is displayed is still what the requester wants.',
				boundary: 'SHARES -> ROUNDS',
				how: `a call-back to ${request.requester} about ${id} pinned the requester's own bytes`,
				equations: [
					compare(
						{label: 'H(pinned)', value: request.pinned},
						{label: 'H(wanted by the requester)', value: digest},
						'From then on nobody could change them.',
					),
				],
				...moment,
			});
	}
	for (const {machine, implantSince, wayIn, by, turn, line} of history.cleared)
		found.push({
			assumption: 'A machine that works is sound.',
			boundary: 'SHARES -> ROUNDS',
			how: `${machine} was cleaned: ${listed([...(implantSince === undefined ? [] : [`an implant of turn ${implantSince}`]), ...(wayIn ? ['a way in'] : [])])} went${by.startsWith('rejoin') ? ' when it was rebuilt' : ' with a full inspection'}`,
			equations: [],
			turn,
			line,
		});
	for (const {ceremony, ended, failed} of history.signings) {
		const check = ceremony.blamed[0]?.check ?? failed.find(({name}) => name === 'approval');
		if (ceremony.status !== 'aborted' || !check) continue;
		found.push({
			assumption:
				check.name === 'approval'
					? 'The coordinator sends the bytes that the parties approved.'
					: 'Every party that answers has a sound share and tells the truth.',
			boundary: check.name === 'approval' ? 'ROUNDS -> POLICY' : 'SHARES -> ROUNDS',
			how:
				check.name === 'approval'
					? `a device refused in the signing of ${ceremony.request}: ${ceremony.reason}`
					: `the signing of ${ceremony.request} stopped at the partial of ${ceremony.blamed[0]!.member}, which is named`,
			equations: [equationOf(check)],
			...ended,
		});
	}
	const short = history.attempts.filter(({attempt}) => !attempt.check.holds);
	const last = short.at(-1);
	if (last && !state.attempts.some(({check}) => check.holds)) {
		const {left, ...rest} = equationOf(last.attempt.check);
		found.push({
			assumption: assumptions.shares,
			boundary: 'ROUNDS ~> OUTPUT',
			how: `${counted(mostStolen(state), 'share')} of ${game.scenario.threshold} left; what was captured does not make the key`,
			equations: [{...rest, left: {...left, label: 'k*G'}}],
			turn: last.turn,
			line: last.line,
		});
	}
	return found;
}
