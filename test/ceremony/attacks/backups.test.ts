import {describe, expect, test} from 'vitest';
import {
	type Backup,
	depositBackup,
	drillBackup,
	keyPublicOf,
	makeBackupKey,
	plunder,
	poisonBackup,
	recover,
	relabelBackup,
	settledShares,
	worked,
} from '../../../source/ceremony/index.js';
import {anyShare, makeVault, runRefresh, type Shares} from '../same-key.js';
import {drawFrom} from '../table.js';

describe.each(['ed25519', 'secp256k1', 'glass'] as const)('backups within reach on %s', suite => {
	const vault = makeVault(suite, 2, 3, {seed: 'shelf'});
	const fresh = settledShares(runRefresh(vault));
	const backupKey = makeBackupKey(drawFrom('service'), suite);
	const [to, draw] = [backupKey.public, drawFrom('deposits')];
	const records = [vault.shares, fresh].map(shares => keyPublicOf(anyShare(shares)));
	const [before, key] = records as [(typeof records)[0], (typeof records)[0]];
	const store = (shares: Shares, party: string): Backup => {
		const share = shares[party];
		if (share === undefined) throw new Error(`${party} has no share`);
		const {backup} = depositBackup({vault: 'treasury', party, keyShare: share, to, draw});
		if (backup === undefined) throw new Error('refused');
		return backup;
	};
	const current = ['ada', 'ben', 'chi'].map(party => store(fresh, party));
	const [ada, ben, chi] = current as [Backup, Backup, Backup];
	const drill = (backup: Backup) => drillBackup({backup, key, backupKey}).every(({holds}) => holds);
	const tries = (backups: readonly Backup[], checks = {}) => recover({at: 'ada', records, backups, backupKey, checks});

	test('that are poisoned are named by a drill and by a verified recovery; unverified, two of them lose the key', () => {
		const poisoned = poisonBackup({backup: ben, key, to, draw: drawFrom('poison')});
		expect([ada, ben, chi, poisoned].map(drill)).toEqual([true, true, true, false]);
		const found = tries([ada, poisoned, chi]);
		expect([found.secret !== undefined, found.named]).toEqual([true, ['ben']]);
		const blind = tries([ada, poisoned], {fingerprintedBackups: false});
		expect([blind.secret, blind.named]).toEqual([undefined, []]);
	});

	test('that are stale under a current label fail the equation, not the label', () => {
		const stale = vault.shares.ben;
		if (stale === undefined) throw new Error('ben has no share');
		const relabelled = relabelBackup({stale, label: ben, key, to, draw: drawFrom('relabel')});
		expect(relabelled.fingerprint).toBe(ben.fingerprint);
		expect(drill(relabelled)).toBe(false);
		expect(tries([ada, relabelled, chi]).named).toEqual(['ben']);
		// Thrown together, one too many still names it; exactly t do not.
		expect(tries([ada, relabelled, chi], {fingerprintedBackups: false}).named).toEqual(['ben']);
		expect(tries([ada, relabelled], {fingerprintedBackups: false}).secret).toBeUndefined();
	});

	test('give the key to whoever takes t of one epoch and the backup key, however old, and mixed ones do not', () => {
		const old = ['ada', 'chi'].map(party => store(vault.shares, party));
		expect(worked(plunder({key: before, backups: old, backupKey}))).toBe(true);
		expect(worked(plunder({key, backups: [old[0] as Backup, chi], backupKey}))).toBe(false);
		expect(worked(plunder({key, backups: current, backupKey: makeBackupKey(drawFrom('other'), suite)}))).toBe(false);
	});
});
