/** "If you end the turn now": what the operators can foretell from what they know. */
import {shownState} from './request-view.js';
import type {GameState} from './state.js';
import {matches} from './step.js';

export function forecast(state: GameState, turns: number): string[] {
	const lines: string[] = [];
	for (const {text} of state.orders) lines.push(`runs: ${text}.`);
	for (const request of Object.values(state.requests)) {
		const mode = String(request.machine);
		const left = request.due - state.turn;
		const when = left < 0 ? 'overdue' : left === 0 ? 'its deadline is this turn' : left === 1 ? 'due next turn' : `${left} turns left`;
		if (mode === 'open') lines.push(`${request.id} stays open, ${when}.`);
		if (mode === 'approved')
			lines.push(
				shownState(state, request, 'operators') === mode
					? `${request.id}: approved, unsigned, ${when}.`
					: `${request.id} stays open, its approvals are stale, ${when}.`,
			);
		if (mode === 'stalled') lines.push(`${request.id}: its signing waits, ${when}.`);
		if (mode === 'released') {
			const output = state.outputs.findLast(each => each.request === request.id);
			if (output && output.turn < state.turn) lines.push(`${output.id} (${request.id}) becomes final.`);
		}
	}
	for (const [id, party] of Object.entries(state.parties)) if (matches(party.machine, 'reach.unreachable')) lines.push(`${id} is dark.`);
	// After the last turn there is nothing to spend them on.
	const {operators: left} = state.points;
	if (left > 1 && state.turn < turns) lines.push(`${left - 1} of ${left} points lapse.`);
	return lines;
}
