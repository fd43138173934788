/**
 * Recovery: the key is interpolated from backups, on one machine. From then on the key is burned, because one machine had all of it: it signs the
 * sweep, and nothing else. Backups of different generations do not fit together; what tells them apart is their fingerprint.
 */
import {interpolate, type Share} from '../sharing/polynomial.js';
import {baseTimes, pointHex, scalarFromHex, scalarHex} from '../sharing/scalars.js';
import type {Suite} from '../sharing/suite.js';
import {suiteOf} from '../sharing/suites.js';
import type {Check, Checks, Draw, Hex, KeyPublic} from './api.js';
import {forge} from './attack.js';
import {type Backup, type BackupKey, checkSeal, checkStoredShare, openBackup} from './backup.js';
import {fingerprintOf} from './key-shares.js';

/** Backups that were tried together. */
export interface RecoveryGroup {
	readonly epochs: readonly number[];
	readonly parties: readonly string[];
}

export interface Recovery {
	/** The machine that held the whole key, if it came out. */
	readonly at: string;
	/** The key itself. It is here only if secret*G = PK held; whoever reads it can sign alone. */
	readonly secret?: Hex;
	readonly groups: readonly RecoveryGroup[];
	/** All checks, the last one is the one that decided. */
	readonly checks: readonly Check[];
	/** Parties whose backup is stale, poisoned or unreadable, as far as an equation names them. */
	readonly named: readonly string[];
	readonly reason: string;
}

interface Opened extends Share {
	readonly party: string;
	readonly backup: Backup;
}

interface Attempt {
	readonly secret: bigint;
	readonly check: Check;
}

/** s = sum of lam_i*s_i over these, and s*G = PK or not. */
function tryTogether(suite: Suite, key: KeyPublic, shares: readonly Opened[]): Attempt {
	const secret = interpolate(suite.scalars, shares);
	const left = pointHex(baseTimes(suite, secret));
	const right = key.commitments[0] ?? '';
	const terms = shares.map(({index, backup}) => `lam${index}*s${index}(epoch ${backup.epoch})`).join(' + ');
	return {secret, check: {name: 'reconstruction', about: 'recovery', holds: left === right, equation: `(${terms})*G = PK`, left, right}};
}

/** One backup an index, the one that was deposited last. */
function distinct(list: readonly Opened[]): Opened[] {
	return [...new Map(list.map(opened => [opened.index, opened])).values()];
}

function groupsOf(list: readonly Opened[], apart: boolean): Opened[][] {
	if (!apart) return list.length === 0 ? [] : [distinct(list)];
	const groups = new Map<string, Opened[]>();
	for (const opened of list) groups.set(opened.backup.fingerprint, [...(groups.get(opened.backup.fingerprint) ?? []), opened]);
	const epochOf = (group: readonly Opened[]) => group[0]?.backup.epoch ?? 0;
	return [...groups.values()].map(distinct).sort((a, b) => epochOf(b) - epochOf(a));
}

/**
 * Tries to recover a key from backups, the newest generation first. `records` are the public records of all its epochs (any order): against them
 * each share is verified. With `fingerprintedBackups` off all backups are thrown together; if that fails and one too many is there, each is left
 * out in turn, which names a single stale or poisoned one.
 */
export function recover(options: {
	readonly at: string;
	readonly records: readonly KeyPublic[];
	readonly backups: readonly Backup[];
	readonly backupKey: BackupKey;
	readonly checks?: Checks;
}): Recovery {
	const {at, records, backups, backupKey, checks: on = {}} = options;
	const checks: Check[] = [];
	const named = new Set<string>();
	const note = (check: Check): Check => {
		checks.push(check);
		if (!check.holds && check.about !== 'recovery') named.add(check.about);
		return check;
	};
	const [first] = records;
	if (first === undefined) throw new Error('a recovery needs the public record of the key');
	const suite = suiteOf(first.suite);
	const opened = backups.flatMap(backup => {
		const text = openBackup(backup, backupKey);
		if (!note(checkSeal(backup, text)).holds || text === undefined) return [];
		const value = readScalar(suite, text);
		if (value !== undefined) return [{index: backup.index, party: backup.party, value, backup}];
		note({name: 'share', about: backup.party, holds: false, equation: `s${backup.index} is a scalar`, left: text, right: ''});
		return [];
	});
	const groups = groupsOf(opened, on.fingerprintedBackups !== false);
	const told = groups.map(group => ({
		epochs: [...new Set(group.map(({backup}) => backup.epoch))],
		parties: group.map(({party}) => party),
	}));
	const result = (reason: string, secret?: bigint): Recovery => ({
		at,
		groups: told,
		checks,
		named: [...named],
		reason,
		...(secret === undefined ? {} : {secret: scalarHex(suite, secret)}),
	});
	for (const group of groups) {
		const record = on.fingerprintedBackups === false ? undefined : records.find(key => fingerprintOf(key) === group[0]?.backup.fingerprint);
		const sound =
			record === undefined
				? group
				: group.filter(({backup, value}) => note(checkStoredShare(record, backup, scalarHex(suite, value))).holds);
		const {threshold} = record ?? first;
		if (sound.length < threshold) continue;
		// Verified shares lie on one polynomial: t are enough. What was not verified is taken together.
		const whole = tryTogether(suite, first, record === undefined ? sound : sound.slice(0, threshold));
		if (note(whole.check).holds) return result(`the key was on ${at}: it is burned`, whole.secret);
		if (sound.length <= threshold) continue;
		const without = sound.map(left => ({
			left,
			...tryTogether(
				suite,
				first,
				sound.filter(other => other !== left),
			),
		}));
		const [hit, ...more] = without.filter(({check}) => check.holds);
		if (hit === undefined || more.length > 0) continue;
		for (const {check, left} of without) if (left !== hit.left) checks.push(check);
		checks.push(hit.check);
		named.add(hit.left.party);
		return result(`without the backup of ${hit.left.party} the key was on ${at}: it is burned`, hit.secret);
	}
	return result('no backups fit together: the key did not come out');
}

function readScalar(suite: Suite, text: Hex): bigint | undefined {
	try {
		return scalarFromHex(suite, text);
	} catch {
		return undefined;
	}
}

/** The sweep, signed with the whole key where it was recovered: an ordinary signature of one signer. Throws where nothing was recovered. */
export function signSweep({key, recovery, message, draw}: {key: KeyPublic; recovery: Recovery; message: Hex; draw: Draw}): {
	readonly signature: Hex;
	readonly holds: boolean;
} {
	if (recovery.secret === undefined) throw new Error(`there is no key to sign with: ${recovery.reason}`);
	return forge({key, shares: [{index: 1, epoch: key.epoch, share: recovery.secret}], message, draw});
}
