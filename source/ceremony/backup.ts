/**
 * Backups of shares: sealed to a backup key whose secret half lies elsewhere, with the epoch and the fingerprint of the commitments that the share
 * belongs to. Anybody can seal to a backup key, so a backup proves nothing about who made it: it is verified when it is made, and drilled later.
 */
import {evaluateCommitments} from '../sharing/deal.js';
import {baseTimes, pointFromHex, pointHex, scalarFromHex} from '../sharing/scalars.js';
import {suiteOf} from '../sharing/suites.js';
import type {Check, Checks, Draw, Hex, Identity, KeyPublic, KeyShare, SuiteName} from './api.js';
import {makeIdentity, memberOf} from './identity.js';
import {fingerprintOf} from './key-shares.js';
import {messageKey, type Sealed, seal, unseal} from './seal.js';

/** X25519. The public half is on every machine that deposits, the secret half where keys are recovered. */
export type BackupKey = Identity['sealing'];

/** What lies on a shelf. Everything but the share is readable, and sealed with it: a changed line does not open. */
export interface Backup {
	readonly vault: string;
	readonly party: string;
	readonly index: number;
	readonly epoch: number;
	/** H(C_0 | ... | C_t-1): which generation of shares this one fits. */
	readonly fingerprint: Hex;
	readonly ephemeral: Hex;
	readonly body: Sealed;
}

/** The keys of a backup service, drawn under `backup identity sealing`. Those for `glass` hide nothing. */
export function makeBackupKey(draw: Draw, suite?: SuiteName): BackupKey {
	return makeIdentity(label => draw(`backup ${label}`), suite).sealing;
}

type Line = Omit<Backup, 'ephemeral' | 'body'>;

function contextOf({vault, party, index, epoch, fingerprint}: Line) {
	return {session: `backup of ${vault}`, epoch, round: index, from: party, to: fingerprint};
}

/** Seals any text as a share to a backup key. Checks nothing: depositBackup does. */
export function sealBackup(
	options: Line & {readonly suite: SuiteName; readonly share: Hex; readonly to: Hex; readonly draw: Draw},
): Backup {
	const {suite, share, to, draw, vault, party, index, epoch, fingerprint} = options;
	const line = {vault, party, index, epoch, fingerprint};
	const ephemeral = makeIdentity(label => draw(`backup of ${party} in epoch ${epoch} ${label}`), suite);
	const receiver = {...memberOf('backup', 0, ephemeral), sealing: to};
	return {...line, ephemeral: ephemeral.sealing.public, body: seal(ephemeral, receiver, contextOf(line), {share})};
}

/** The share's text in a backup, or undefined where the key does not open it. */
export function openBackup(backup: Backup, key: BackupKey): Hex | undefined {
	const identity = {signing: key, sealing: key};
	const sender = {...memberOf(backup.party, backup.index, identity), sealing: backup.ephemeral};
	const context = contextOf(backup);
	try {
		const body = unseal(context, backup.body, messageKey(identity, sender, context, backup.body));
		const share = (body as {readonly share?: unknown} | undefined)?.share;
		return typeof share === 'string' ? share : undefined;
	} catch {
		return undefined;
	}
}

/** s_i*G = Y_i of this generation. Text that is no scalar fails. */
export function checkStoredShare(key: KeyPublic, {party, index}: Pick<Backup, 'party' | 'index'>, share: Hex): Check {
	const suite = suiteOf(key.suite);
	const name = 'share';
	try {
		const left = pointHex(baseTimes(suite, scalarFromHex(suite, share)));
		const commitments = () => key.commitments.map(text => pointFromHex(suite, text));
		const right = key.verifyingShares[index] ?? pointHex(evaluateCommitments(commitments(), index));
		return {name, about: party, holds: left === right, equation: `s${index}*G = Y${index} of epoch ${key.epoch}`, left, right};
	} catch {
		return {name, about: party, holds: false, equation: `s${index} is a scalar`, left: share, right: ''};
	}
}

/** Makes a backup of a share that fits its own commitments. With `verifyDeposits` off, of whatever the machine has. */
export function depositBackup(options: {
	readonly vault: string;
	readonly party: string;
	readonly keyShare: KeyShare;
	/** The public half of the backup key. */
	readonly to: Hex;
	readonly draw: Draw;
	readonly checks?: Checks;
}): {readonly backup?: Backup; readonly checks: readonly Check[]} {
	const {vault, party, keyShare, to, draw, checks = {}} = options;
	const {suite, index, epoch, share} = keyShare;
	const made = checks.verifyDeposits === false ? [] : [checkStoredShare(keyShare, {party, index}, share)];
	if (made.some(check => !check.holds)) return {checks: made};
	return {backup: sealBackup({suite, vault, party, index, epoch, fingerprint: fingerprintOf(keyShare), share, to, draw}), checks: made};
}

/** The seal of a backup opens. */
export function checkSeal(backup: Backup, share: Hex | undefined): Check {
	const {party, body} = backup;
	return {name: 'seal', about: party, holds: share !== undefined, equation: `the backup of ${party} opens`, left: body.keyHash, right: ''};
}

/** A backup fits this generation of shares. */
export function checkFingerprint({party, epoch, fingerprint}: Backup, key: KeyPublic): Check {
	const right = fingerprintOf(key);
	const equation = `fingerprint of the backup of ${party} (epoch ${epoch}) = H(C) of epoch ${key.epoch}`;
	return {name: 'fingerprintedBackups', about: party, holds: fingerprint === right, equation, left: fingerprint, right};
}

/** A drill: would this backup be of use today? It opens, is of the current generation, and its share fits. */
export function drillBackup({backup, key, backupKey}: {backup: Backup; key: KeyPublic; backupKey: BackupKey}): readonly Check[] {
	const share = openBackup(backup, backupKey);
	const opened = [checkFingerprint(backup, key), checkSeal(backup, share)];
	return share === undefined ? opened : [...opened, checkStoredShare(key, backup, share)];
}
