/** Requests and joint outputs as a seat sees them. A part of the seat's view. */
import {isKnownOn} from './controls.js';
import {knowsOf, seenState} from './facts.js';
import {keyFor} from './keys.js';
import {laterFrom} from './later.js';
import {readPayload} from './moves/approvals.js';
import {decodePayload} from './payload.js';
import {knownToCount, staleReason} from './signed-approvals.js';
import type {Approval, GameState, OutputState, RequestState} from './state.js';
import {stationOf} from './station-view.js';
import type {ApprovalView, OutputView, RequestView, Side} from './view.js';

interface RequestSource {
	readonly state: GameState;
	readonly request: RequestState;
	readonly side: Side;
}

/**
 * The state of a request as a side is shown it. A request that was approved, and of whose approvals too few count now (new shares or another version
 * of the policy came after them), waits for approvals again: the operators are shown it as open.
 */
export function shownState(state: GameState, request: RequestState, side: Side): string {
	const seen = seenState(state, request, side);
	if (side === 'attackers' || seen !== 'approved') return seen;
	const counting = new Set(knownToCount(state, request.approvals).map(({party}) => party)).size;
	return counting < keyFor(state, request.id).key.threshold ? 'open' : seen;
}

/** A request on the table. The attackers see it, and not on what it was approved. */
export const requestViews = laterFrom<RequestSource, RequestView>(
	{
		id: ({request}) => request.id,
		title: ({request}) => request.title,
		requester: ({request}) => request.requester,
		displayed: ({request}) => readPayload(request.displayed),
		amount: ({request}) => decodePayload(request.displayed).amount,
		to: ({request}) => decodePayload(request.displayed).to,
		opened: ({request}) => request.opened,
		due: ({request}) => request.due,
		state: ({state, request, side}) => shownState(state, request, side),
		station: ({state, request, side}) => stationOf(shownState(state, request, side)),
		isNew: ({state, request}) => request.opened === state.turn,
		needs: ({state}) => state.key?.threshold ?? 0,
		pinned: ({request}) => request.pinned !== undefined,
		required: ({request, side}) => side === 'operators' && request.required,
		approvals: ({state, request, side}) => (side === 'operators' ? request.approvals.map(approval => approvalView(state, approval)) : []),
		isUnseen: ({side}) => (side === 'attackers' ? true : undefined),
		digests: ({request, side}) => (side === 'operators' ? request.digests : []),
		callback: ({request: {callback}, side}) =>
			side === 'attackers' || callback === undefined
				? undefined
				: {
						asked: callback.asked,
						...(callback.answer === undefined ? {} : {answer: callback.answer}),
						...(callback.digest === undefined ? {} : {digest: callback.digest}),
						...(callback.payload === undefined ? {} : {says: readPayload(callback.payload)}),
					},
	},
	{isUnseen: ({side}) => side === 'operators', callback: ({request, side}) => side === 'attackers' || request.callback === undefined},
);

function approvalView(state: GameState, approval: Approval): ApprovalView {
	const {party, basis, turn, binds, shown} = approval;
	const stale = isKnownOn(state, 'bind-context') ? staleReason(state, approval) : undefined;
	// What the device says it is bound to; what a fooled one is really bound to shows when it signs.
	return {party, basis, turn, ...(binds === undefined ? {} : {binds: shown}), ...(stale === undefined ? {} : {stale})};
}

interface OutputSource {
	readonly state: GameState;
	readonly output: OutputState;
}

/** Operators read the bytes of an output on the next turn's statement, or when they were verified independently. */
function isRead({state, output: {verified, state: mode, finalAt}}: OutputSource): boolean {
	return verified !== undefined || (mode === 'final' && finalAt < state.turn) || state.end !== undefined;
}

function saysOf(source: OutputSource): string {
	const {state, output} = source;
	if (isRead(source)) return readPayload(output.message);
	const request = state.requests[output.request];
	return request ? `as displayed: ${readPayload(request.displayed)}` : 'not read yet';
}

const outputs = laterFrom<OutputSource, OutputView>(
	{
		id: ({output}) => output.id,
		request: ({output}) => output.request,
		turn: ({output}) => output.turn,
		state: ({output}) => output.state,
		says: saysOf,
		publicKey: ({state, output}) => output.publicKey ?? state.records[0]?.publicKey ?? '',
		message: source => (isRead(source) ? source.output.message : ''),
		signature: ({output}) => output.signature,
		statement: source => {
			const {state, output} = source;
			if (!isRead(source)) return undefined;
			return state.requests[output.request]?.displayed === output.message ? 'as displayed' : 'NOT as displayed';
		},
	},
	{statement: source => !isRead(source)},
);

/** The outputs that a side knows of. */
export function outputViews(state: GameState, side: Side, as: keyof typeof outputs): OutputView[] {
	return state.outputs.filter(output => knowsOf(state, output, side)).map(output => outputs[as]({state, output}));
}
