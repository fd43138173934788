/** Approvals as bytes: a custodian's device signs what it approves and for which use; the policy reads the words again when it decides. */

import type {Check} from '../ceremony/api.js';
import {approvalId, checkApproval, signApproval} from '../ceremony/approval.js';
import {isKnownOn} from './controls.js';
import type {Deciding} from './deciding.js';
import {digestOf} from './payload.js';
import type {SignedApproval} from './policy-state.js';
import type {Approval, GameState, OutputState} from './state.js';
import type {Basis} from './view.js';

/** The words that a custodian signs. `shown` is the hash of the bytes as its screen had them; they count until the request is due. */
export function signOff(
	deciding: Deciding,
	{request, party, basis, shown}: {readonly request: string; readonly party: string; readonly basis: Basis; readonly shown: string},
): SignedApproval {
	const {game, state} = deciding;
	const {turn} = state;
	return signApproval(state.identities[party]!, {
		vault: game.scenario.id,
		epoch: state.key?.epoch ?? 0,
		policyVersion: state.policy.version,
		requestId: request,
		payloadHash: shown,
		custodian: party,
		expires: deciding.request(request).due,
		nonce: Buffer.from(game.draws.bytes(`approval/${turn}/${request}/${party}/${basis}`))
			.toString('hex')
			.slice(0, 32),
	});
}

/** What an approval's own words name that has been followed since: another epoch, another version of the policy. With bind-context on, it counts no more. */
export function staleReason({key, policy: {version}}: GameState, {signed}: Pick<Approval, 'signed'>): string | undefined {
	const epoch = key?.epoch ?? 0;
	if (signed.epoch !== epoch) return `names epoch ${signed.epoch}, and epoch ${epoch} is in force`;
	if (signed.policyVersion !== version) return `names version ${signed.policyVersion} of the policy, and version ${version} is in force`;
	return undefined;
}

/** The approvals that the operators know to count: none of another epoch or version of the policy, where bind-context is known to be on. */
export function knownToCount<A extends {readonly signed?: Approval['signed']}>(state: GameState, approvals: readonly A[]): readonly A[] {
	if (!isKnownOn(state, 'bind-context')) return approvals;
	return approvals.filter(({signed}) => signed === undefined || staleReason(state, {signed}) === undefined);
}

/** Whoever is on the way of an approval keeps its bytes: on the coordinator, on the custodian's machine or on its link. */
export function recordApproval(deciding: Deciding, request: string, {party, basis, turn, binds, shown, signed}: Approval): void {
	const {footholds} = deciding.state;
	const isRead = footholds.coordinator?.wayIn || footholds[party]?.link || footholds[party]?.implantSince !== undefined;
	if (!isRead) return;
	deciding.emit('attackers', {
		type: 'approval-recorded',
		recorded: {request, party, basis, turn, shown, signed, ...(binds === undefined ? {} : {binds})},
	});
}

/** Which approvals of a request count for its output, all checks of each holding, and the first check that fails where one does. */
export function countApprovals(
	deciding: Deciding,
	output: OutputState,
): {readonly counted: readonly Approval[]; readonly failed: Check | undefined} {
	const {game, state} = deciding;
	const context = deciding.control('bind-context');
	// The payload's hash is what bind-payload compares, with the bytes that were signed.
	const checks = {
		vault: context,
		epoch: context,
		policyVersion: context,
		requestId: context,
		expiry: context,
		payloadHash: false,
		oneTime: deciding.control('one-time-approvals'),
	};
	const use = {
		vault: game.scenario.id,
		epoch: state.key?.epoch ?? 0,
		policyVersion: state.policy.version,
		requestId: output.request,
		payloadHash: digestOf(output.message),
	};
	const judged = deciding.request(output.request).approvals.map(approval => {
		const {party, signed} = approval;
		const custodian = {id: party, signing: state.identities[party]!.signing.public};
		const made = checkApproval(signed, {custodian, context: use, turn: state.turn, used: state.usedApprovals, checks});
		return {approval, failed: made.find(({holds}) => !holds)};
	});
	return {
		counted: judged.filter(({failed}) => failed === undefined).map(({approval}) => approval),
		failed: judged.find(({failed}) => failed !== undefined)?.failed,
	};
}

/** The rule under which a failed check denies. */
export function ruleOf({name}: Check): string {
	return name === 'oneTime' ? 'one-time-approvals' : name === 'approvalSignature' ? 'signed-approvals' : 'bind-context';
}

/** A signing has used these approvals. */
export function markUsed(deciding: Deciding, request: string): void {
	const ids = deciding.request(request).approvals.map(({signed}) => approvalId(signed));
	if (ids.length > 0) deciding.emit('operators', {type: 'approvals-used', ids});
}
