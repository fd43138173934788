import {describe, expect, it, test} from 'vitest';
import {type ApprovalCheckName, type ApprovalUse, approvalId, checkApproval, signApproval} from '../../../source/ceremony/approval.js';
import {replayApproval} from '../../../source/ceremony/attacks/approvals.js';
import {worked} from '../../../source/ceremony/attacks/attack.js';
import {makeTable} from '../table.js';

describe.each(['ed25519', 'glass'] as const)('an approval on %s', suite => {
	const table = makeTable(suite, 2, 3);
	const context = {vault: 'treasury', epoch: 1, policyVersion: 4, requestId: 'vendor', payloadHash: 'ab'.repeat(32)};
	const [ada] = table.session('any').members;
	if (ada === undefined) throw new Error('no ada');
	const approval = signApproval(table.identity('ada'), {...context, custodian: 'ada', expires: 3, nonce: '01'});
	const use: ApprovalUse = {custodian: ada, context, turn: 2, used: []};

	it('counts once, in time, for what it was given', () => {
		expect(worked(replayApproval({approval, use}))).toBe(true);
		expect(worked(replayApproval({approval, use: {...use, turn: 3}}))).toBe(true);
	});

	const elsewhere: [ApprovalCheckName, ApprovalUse][] = [
		['vault', {...use, context: {...context, vault: 'savings'}}],
		['epoch', {...use, context: {...context, epoch: 2}}],
		['policyVersion', {...use, context: {...context, policyVersion: 5}}],
		['requestId', {...use, context: {...context, requestId: 'refund'}}],
		['payloadHash', {...use, context: {...context, payloadHash: 'cd'.repeat(32)}}],
		['expiry', {...use, turn: 4}],
		['oneTime', {...use, used: [approvalId(approval)]}],
	];

	test.each(elsewhere)('works again elsewhere exactly where %s is not checked', (name, other) => {
		const replay = replayApproval({approval, use: other});
		expect(replay.failed.map(check => check.name)).toEqual([name]);
		expect(worked(replayApproval({approval, use: {...other, checks: {[name]: false}}}))).toBe(true);
		for (const [unrelated] of elsewhere)
			if (unrelated !== name) expect(worked(replayApproval({approval, use: {...other, checks: {[unrelated]: false}}}))).toBe(false);
	});

	it('cannot be changed or given in another name', () => {
		const failed = (changed: typeof approval, custodian: ApprovalUse['custodian'] = ada) =>
			checkApproval(changed, {...use, custodian, context: changed})
				.filter(({holds}) => !holds)
				.map(({name}) => name);
		expect(failed({...approval, requestId: 'refund'})).toEqual(['approvalSignature']);
		expect(failed(signApproval(table.identity('ben'), {...context, custodian: 'ada', expires: 3, nonce: '01'}))).toEqual([
			'approvalSignature',
		]);
		const ben = table.session('any').members[1];
		expect(failed(approval, ben)).toEqual(['approvalSignature']);
		// Another tag on the same words is the same approval.
		expect(approvalId({...approval, tag: ''})).toBe(approvalId(approval));
	});
});
