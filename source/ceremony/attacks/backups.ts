/** Backups in the hands of whoever can reach their shelf. */
import {scalarFromHex, scalarHex} from '../../sharing/scalars.js';
import {suiteOf} from '../../sharing/suites.js';
import type {Draw, Hex, KeyPublic} from '../api.js';
import {type Backup, type BackupKey, openBackup, sealBackup} from '../backup.js';
import type {Attack} from './attack.js';
import {type Captured, reconstruct} from './shares.js';

/**
 * Another share under the same label, sealed as anybody can who has the public half of the backup key: drawn, so that it fits nothing. Needs a way in
 * where the backup lies. A drill and a verified recovery name it.
 */
export function poisonBackup(options: {readonly backup: Backup; readonly key: KeyPublic; readonly to: Hex; readonly draw: Draw}): Backup {
	const {backup, key, to, draw} = options;
	const {ephemeral: _, body: __, ...line} = backup;
	const suite = suiteOf(key.suite);
	const share = scalarHex(suite, suite.scalars.create(BigInt(`0x${Buffer.from(draw(`poison ${backup.party}`)).toString('hex')}`)));
	return sealBackup({...line, suite: key.suite, share, to, draw});
}

/**
 * An older backup under a newer one's label (index, epoch, fingerprint): a stale share that claims to be current. Needs write access to the shelf, and
 * the older share in the open, for a label is sealed with its share.
 */
export function relabelBackup(options: {
	readonly stale: Captured;
	readonly label: Backup;
	readonly key: KeyPublic;
	readonly to: Hex;
	readonly draw: Draw;
}): Backup {
	const {stale, label, key, to, draw} = options;
	const {ephemeral: _, body: __, ...line} = label;
	const suite = suiteOf(key.suite);
	return sealBackup({...line, suite: key.suite, share: scalarHex(suite, scalarFromHex(suite, stale.share)), to, draw});
}

/** Stolen backups and the stolen backup key are shares. Needs both; the backups of one epoch count together, whatever came after it. */
export function plunder(options: {
	readonly key: KeyPublic;
	readonly backups: readonly Backup[];
	readonly backupKey: BackupKey;
}): Attack<{readonly shares: readonly Captured[]; readonly secret?: Hex}> {
	const {key, backups, backupKey} = options;
	const captured = backups.flatMap(backup => {
		const share = openBackup(backup, backupKey);
		return share === undefined ? [] : [{index: backup.index, epoch: backup.epoch, share}];
	});
	return {...reconstruct({key, captured}), needs: `${key.threshold} backups of one epoch, and the backup key`};
}
