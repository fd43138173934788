/**
 * A custodian's approval: signed words that name everything they are meant for, and a verifier with one check for each of those. A check that is off
 * is a format that does not name it, and there the same bytes work again.
 */
import type {Check, Hex, Identity, Member} from './api.js';
import {canonical} from './canonical.js';
import {hashText} from './envelope.js';
import {signText, verifyText} from './identity.js';

/** What an approval is bound to. */
export interface ApprovalContext {
	readonly vault: string;
	readonly epoch: number;
	readonly policyVersion: number;
	readonly requestId: string;
	/** SHA-256 of the bytes that are to be signed. */
	readonly payloadHash: Hex;
}

export interface Approval extends ApprovalContext {
	readonly custodian: string;
	/** The last turn in which it counts. */
	readonly expires: number;
	/** Distinguishes two approvals of the same custodian for the same thing. */
	readonly nonce: Hex;
	readonly tag: Hex;
}

/**
 * - approvalSignature: the custodian signed exactly these words
 * - vault, epoch, policyVersion, requestId, payloadHash: they are meant for this use
 * - expiry: not later than they say
 * - oneTime: they were not used before
 */
export type ApprovalCheckName = 'approvalSignature' | keyof ApprovalContext | 'expiry' | 'oneTime';

/** The use that an approval is shown for. */
export interface ApprovalUse {
	readonly custodian: Pick<Member, 'id' | 'signing'>;
	readonly context: ApprovalContext;
	readonly turn: number;
	/** Ids of approvals that were used: see `approvalId`. */
	readonly used: readonly Hex[];
	readonly checks?: Readonly<Partial<Record<ApprovalCheckName, boolean>>>;
}

export function signApproval(identity: Identity, words: Omit<Approval, 'tag'>): Approval {
	return {...words, tag: signText(identity, canonical(words))};
}

/** What the used-id set holds. It covers the words and not the tag, so that another tag on the same words is no other approval. */
export function approvalId({tag: _, ...words}: Approval): Hex {
	return hashText(canonical(words));
}

/** All checks that are on, each with both sides. The approval counts exactly if all hold. */
export function checkApproval(approval: Approval, {custodian, context, turn, used, checks = {}}: ApprovalUse): Check[] {
	const {tag, ...words} = approval;
	const about = approval.custodian;
	const same = (name: keyof ApprovalContext) => (): Check => {
		const [left, right] = [String(approval[name]), String(context[name])];
		return {name, about, holds: left === right, equation: `${name} of the approval = ${name} of this request`, left, right};
	};
	const all: Readonly<Record<ApprovalCheckName, () => Check>> = {
		approvalSignature: () => ({
			name: 'approvalSignature',
			about,
			holds: about === custodian.id && verifyText(custodian, canonical(words), tag),
			equation: `tag of ${custodian.id} on SHA-256(approval)`,
			left: tag,
			right: approvalId(approval),
		}),
		vault: same('vault'),
		epoch: same('epoch'),
		policyVersion: same('policyVersion'),
		requestId: same('requestId'),
		payloadHash: same('payloadHash'),
		expiry: () => ({
			name: 'expiry',
			about,
			holds: turn <= approval.expires,
			equation: `turn ${turn} <= last turn of the approval`,
			left: String(turn),
			right: String(approval.expires),
		}),
		oneTime: () => {
			const id = approvalId(approval);
			return {
				name: 'oneTime',
				about,
				holds: !used.includes(id),
				equation: 'the approval is not in the set of used ones',
				left: id,
				right: used.includes(id) ? id : '',
			};
		},
	};
	return (Object.keys(all) as ApprovalCheckName[]).filter(name => checks[name] !== false).map(name => all[name]());
}
