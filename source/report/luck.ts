/** Where we got lucky: what could have cost the game, and did not because nobody tried or it happened to be right. */
import type {GameState} from '../engine/state.js';
import type {History} from './history.js';
import {isOnDisplayOnly, placesOf} from './history.js';
import {counted, listed} from './plain-text.js';
import {only, type Played} from './played.js';

/** One sentence each. */
export function luckOf({game, state}: Played, history: History): string[] {
	const {threshold} = game.scenario;
	const found: string[] = [];
	const moves = only(history.entries, 'move').filter(({event: {side}}) => side === 'attackers');
	const isUsed = (machine: string) =>
		history.captured.some(({share}) => share.party === machine || placesOf(history.entries, share.how).includes(machine)) ||
		moves.some(({event: {text}}) => /^(steal-share|corrupt-partial|drop|delay)\b/.test(text) && text.endsWith(`party=${machine}`)) ||
		(machine === 'coordinator' && moves.some(({event: {text}}) => text.startsWith('swap-payload')));
	for (const [machine, {wayIn, implantSince}] of Object.entries(state.footholds)) {
		if (isUsed(machine)) continue;
		if (implantSince !== undefined) found.push(`An implant was on ${machine} from turn ${implantSince} to the end and was never used.`);
		else if (wayIn) found.push(`A way into ${machine} stayed open to the end and was never used.`);
	}
	const stolen = mostOfOneEpoch(history);
	if (stolen > 0 && stolen < threshold)
		found.push(
			`${counted(stolen, 'share')} of the ${threshold} that make the key left; ${threshold - stolen} more would have been the key.`,
		);
	const displayed = history.outputs.filter(
		({output, isAuthorised, approvals}) =>
			isAuthorised && output.state === 'final' && output.verified !== true && isOnDisplayOnly(approvals),
	);
	if (displayed.length > 0)
		found.push(
			`${listed(displayed.map(({output}) => `${output.request} (${output.id})`))} ${displayed.length > 1 ? 'were' : 'was'} approved on display alone and happened to be right.`,
		);
	for (const {id, opened, intent, deniedAt, approvals, machine, judged} of Object.values(state.requests)) {
		const isPaid = history.outputs.some(({output}) => output.request === id && output.state === 'final');
		if (opened > 0 && intent === null && deniedAt === 0 && !isPaid && judged !== undefined)
			found.push(
				`${id} was false, and lapsed without a decision${approvals.length > 0 ? `, with ${counted(approvals.length, 'approval')} on it` : ''}.`,
			);
		const {payload, displayed: shown} = state.requests[id]!;
		const wasSwapped = payload !== shown && payload !== intent && opened > 0;
		const wasSeen = history.digests.some(digest => digest.request === id && !digest.matches);
		if (wasSwapped && !wasSeen && !isPaid && String(machine) !== 'final')
			found.push(`Other bytes than the displayed ones waited for signatures of ${id}, and nobody came to sign them.`);
	}
	for (const [id, {documented, actual, inspected}] of Object.entries(state.controls))
		if (documented && !actual && inspected === undefined && !wasNeeded(state, id))
			found.push(`The control ${id} was documented as on and was off to the end; nothing happened that it had to stop.`);
	return found;
}

function mostOfOneEpoch({captured}: History): number {
	const byEpoch = new Map<number, Set<number>>();
	for (const {share} of captured) byEpoch.set(share.epoch, (byEpoch.get(share.epoch) ?? new Set()).add(share.index));
	return Math.max(0, ...[...byEpoch.values()].map(({size}) => size));
}

/** Whether a check failed that this control makes when it is on. */
function wasNeeded(state: GameState, control: string): boolean {
	return (
		control === 'verify-partials' && state.ceremonies.some(({checks}) => checks.some(({name, holds}) => name === 'signature' && !holds))
	);
}
