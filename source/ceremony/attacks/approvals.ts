/** Approvals that were given once and are shown again. */
import type {Check} from '../api.js';
import {type Approval, type ApprovalUse, checkApproval} from '../approval.js';
import type {Attack} from './attack.js';

/** A recorded approval for another use than it was given for. It works exactly if every check that the verifier makes holds. Needs the approval's bytes. */
export function replayApproval(options: {
	readonly approval: Approval;
	readonly use: ApprovalUse;
}): Attack<Approval> & {readonly failed: readonly Check[]} {
	const {approval, use} = options;
	const checks = checkApproval(approval, use);
	return {needs: 'the bytes of an approval', checks, result: approval, failed: checks.filter(({holds}) => !holds)};
}
