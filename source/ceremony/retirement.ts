/**
 * The end of a key. Rotation is a keygen of another key, a sweep to it, and a tombstone that the old key signs. Deletion cannot be proven; what can be
 * stated is an account: for every epoch, the shares that somebody may still have are fewer than t.
 */
import {createHash} from 'node:crypto';
import type {Check, Hex, KeyPublic} from './api.js';
import {verifyOutput} from './verify-output.js';

/** The message of a tombstone: SHA-256("retire" | PK | PK' | epoch of the old key as 8 bytes, big-endian). An ordinary signing signs it. */
export function tombstoneOf(old: Pick<KeyPublic, 'publicKey' | 'epoch'>, next: Pick<KeyPublic, 'publicKey'>): Hex {
	const epoch = Buffer.alloc(8);
	epoch.writeBigUInt64BE(BigInt(old.epoch));
	return createHash('sha256')
		.update('retire')
		.update(Buffer.from(old.publicKey, 'hex'))
		.update(Buffer.from(next.publicKey, 'hex'))
		.update(epoch)
		.digest('hex');
}

/** Did the old key retire itself in favour of the new one? */
export function checkTombstone(old: KeyPublic, next: KeyPublic, signature: Hex): Check {
	return {
		name: 'tombstone',
		about: `key ${old.publicKey.slice(0, 16)}`,
		holds: verifyOutput(old.suite, old.publicKey, tombstoneOf(old, next), signature),
		equation: 'the old key signed SHA-256("retire" | PK | PK\' | epoch), by a stock verifier',
		left: signature,
		right: old.publicKey,
	};
}

/** Who may still have which shares of an epoch, as indexes. */
export interface EpochAccount {
	readonly epoch: number;
	readonly threshold: number;
	/** Machines that did not say that they erased. */
	readonly undeleted: readonly number[];
	readonly backups: readonly number[];
	readonly stolen: readonly number[];
}

export interface Exposure {
	readonly epoch: number;
	readonly indexes: readonly number[];
	/** |undeleted ∪ backups ∪ stolen| <= t-1 */
	readonly check: Check;
}

/** The account of every epoch. A retired key is gone for good if all checks hold; one share counts once, wherever it is. */
export function exposureOf(accounts: readonly EpochAccount[]): readonly Exposure[] {
	return accounts.map(({epoch, threshold, undeleted, backups, stolen}) => {
		const indexes = [...new Set([...undeleted, ...backups, ...stolen])].sort((a, b) => a - b);
		const check = {
			name: 'exposure',
			about: `epoch ${epoch}`,
			holds: indexes.length <= threshold - 1,
			equation: `|undeleted_${epoch} ∪ backups_${epoch} ∪ stolen_${epoch}| <= t - 1`,
			left: String(indexes.length),
			right: String(threshold - 1),
		};
		return {epoch, indexes, check};
	});
}
