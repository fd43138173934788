import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {
	type Backup,
	checkTombstone,
	depositBackup,
	drillBackup,
	exposureOf,
	fingerprintOf,
	type KeyShare,
	makeBackupKey,
	openBackup,
	recover,
	sealBackup,
	settledShares,
	signatureOf,
	signSweep,
	tombstoneOf,
	verifyOutput,
} from '../../source/ceremony/index.js';
import {anyShare, makeVault, runRefresh, type Shares, type Vault} from './same-key.js';
import {drawFrom, HUB, runKeygen, runSigning, sharesOf, type Table} from './table.js';

const VAULT = 'treasury';
const SUITES = ['glass', 'ed25519', 'secp256k1'] as const;

function shelf(vault: Vault) {
	const {suite} = vault.table;
	const backupKey = makeBackupKey(drawFrom('backup service'), suite);
	const draw = drawFrom('deposits');
	const deposit = (party: string, keyShare: KeyShare | undefined, checks = {}) => {
		if (keyShare === undefined) throw new Error(`${party} has no share`);
		return depositBackup({vault: VAULT, party, keyShare, to: backupKey.public, draw, checks});
	};
	const backupOf = (shares: Shares, party: string): Backup => {
		const {backup} = deposit(party, shares[party]);
		if (backup === undefined) throw new Error('this deposit was refused');
		return backup;
	};
	return {backupKey, deposit, backupOf, draw};
}

/** A vault, the same vault after a refresh, and the backups of both. */
function twoEpochs(suite: Table['suite'], t: number, n: number, seed = 'backups') {
	const vault = makeVault(suite, t, n, {seed});
	const fresh = settledShares(runRefresh(vault));
	const records = [anyShare(vault.shares), anyShare(fresh)];
	return {...shelf(vault), vault, old: vault.shares, fresh, records, key: anyShare(fresh), at: 'eli'};
}

describe.each(SUITES)('a backup on %s', suite => {
	const {backupKey, deposit, backupOf, old, fresh, key, draw} = twoEpochs(suite, 2, 3);

	it('opens with the backup key to the share that was deposited, and with no other key', () => {
		const backup = backupOf(fresh, 'ada');
		expect(backup).toMatchObject({vault: VAULT, party: 'ada', index: 1, epoch: 2, fingerprint: fingerprintOf(key)});
		if (suite !== 'glass') expect(JSON.stringify(backup)).not.toContain(fresh.ada?.share);
		expect(openBackup(backup, backupKey)).toBe(fresh.ada?.share);
		expect(openBackup(backup, makeBackupKey(drawFrom('somebody else'), suite))).toBeUndefined();
	});

	it('does not open when a line of it was changed: a stale one cannot be given the label of a fresh one', () => {
		const stale = backupOf(old, 'ada');
		for (const change of [{fingerprint: fingerprintOf(key)}, {epoch: 2}, {index: 2}, {party: 'ben'}, {vault: 'other'}])
			expect(openBackup({...stale, ...change}, backupKey)).toBeUndefined();
	});

	it('is refused at deposit when the share does not fit its commitments, unless nobody looks', () => {
		const broken = {...(fresh.ada as KeyShare), share: fresh.ben?.share ?? ''};
		const refused = deposit('ada', broken);
		expect(refused.backup).toBeUndefined();
		expect(refused.checks).toMatchObject([{name: 'share', about: 'ada', holds: false, equation: 's1*G = Y1 of epoch 2'}]);
		const unseen = deposit('ada', broken, {verifyDeposits: false});
		expect(unseen.checks).toEqual([]);
		// It opens, and holds what does not fit.
		expect(unseen.backup && openBackup(unseen.backup, backupKey)).toBe(broken.share);
	});

	it('is drilled: fresh holds, stale and poisoned are told apart', () => {
		const drill = (backup: Backup) => drillBackup({backup, key, backupKey}).filter(check => !check.holds);
		expect(drill(backupOf(fresh, 'ada'))).toEqual([]);
		expect(drill(backupOf(old, 'ada')).map(({name}) => name)).toEqual(['fingerprintedBackups', 'share']);
		// Whoever reaches the shelf can seal anything to the public backup key.
		const line = {vault: VAULT, party: 'ada', index: 1, epoch: 2, fingerprint: fingerprintOf(key)};
		const poisoned = sealBackup({...line, suite, share: fresh.ben?.share ?? '', to: backupKey.public, draw});
		expect(drill(poisoned).map(({name}) => name)).toEqual(['share']);
		const junk = sealBackup({...line, suite, share: 'junk', to: backupKey.public, draw});
		expect(drill(junk).map(({equation}) => equation)).toEqual(['s1 is a scalar']);
	});
});

describe.each(SUITES)('recovery on %s', suite => {
	const {backupKey, backupOf, old, fresh, records, key, at, draw} = twoEpochs(suite, 3, 5);
	const rescue = (backups: readonly Backup[], checks = {}) => recover({at, records, backups, backupKey, checks});
	/** What came out signs under the public key. */
	const isKey = (recovery: ReturnType<typeof rescue>) => signSweep({key, recovery, message: 'c0ffee', draw: drawFrom('sweep')}).holds;
	const poison = (party: string, index: number, epoch = 2) =>
		sealBackup({
			suite,
			vault: VAULT,
			party,
			index,
			epoch,
			fingerprint: fingerprintOf(epoch === 2 ? key : (records[0] as KeyShare)),
			share: fresh.eli?.share ?? '',
			to: backupKey.public,
			draw,
		});

	it('gives the key in one place, and the key signs the sweep with a signature that stock verifiers accept', () => {
		const recovery = rescue(['ada', 'chi', 'dee'].map(id => backupOf(fresh, id)));
		expect(recovery).toMatchObject({at: 'eli', named: [], reason: 'the key was on eli: it is burned'});
		expect(recovery.checks.at(-1)).toMatchObject({name: 'reconstruction', holds: true});
		const {signature, holds} = signSweep({key, recovery, message: 'c0ffee', draw: drawFrom('sweep')});
		expect(holds).toBe(true);
		expect(verifyOutput(suite, key.publicKey, 'c0ffee', signature)).toBe(true);
	});

	it('takes the generation that is complete, and leaves out stale backups', () => {
		const mixed = rescue([backupOf(old, 'ada'), ...['ben', 'chi', 'dee'].map(id => backupOf(fresh, id))]);
		expect(mixed.groups).toEqual([
			{epochs: [2], parties: ['ben', 'chi', 'dee']},
			{epochs: [1], parties: ['ada']},
		]);
		expect(isKey(mixed)).toBe(true);
		const older = rescue([backupOf(fresh, 'ben'), ...['ada', 'chi', 'dee'].map(id => backupOf(old, id))]);
		expect(older.secret).toBe(mixed.secret);
	});

	it('names a poisoned backup by its equation, and goes on without it', () => {
		const recovery = rescue([poison('ada', 1), ...['ben', 'chi', 'dee'].map(id => backupOf(fresh, id))]);
		expect(isKey(recovery)).toBe(true);
		expect(recovery.named).toEqual(['ada']);
		const few = rescue([poison('ada', 1), ...['ben', 'chi'].map(id => backupOf(fresh, id))]);
		expect(few).toMatchObject({named: ['ada'], reason: 'no backups fit together: the key did not come out'});
		expect(few.secret).toBeUndefined();
		expect(() => signSweep({key, recovery: few, message: '00', draw})).toThrow('no key to sign with');
	});

	it('without fingerprints: one stale or poisoned among t spoils it, with one too many leaving out names which', () => {
		const together = {fingerprintedBackups: false};
		const stale = backupOf(old, 'ada');
		const good = ['ben', 'chi', 'dee'].map(id => backupOf(fresh, id));
		for (const bad of [stale, poison('ada', 1)]) {
			const spoilt = rescue([bad, ...good.slice(0, 2)], together);
			expect(spoilt.secret).toBeUndefined();
			expect(spoilt.named).toEqual([]);
			const named = rescue([bad, ...good], together);
			expect(named.secret).toBe(rescue(good).secret);
			expect(named.named).toEqual(['ada']);
			expect(named.reason).toContain('without the backup of ada');
			// Two bad ones: no one left out helps.
			expect(rescue([bad, backupOf(old, 'eli'), ...good.slice(0, 2)], together).secret).toBeUndefined();
		}
		expect(isKey(rescue(good, together))).toBe(true);
	});
});

test('any t good backups of one generation recover the key, whatever else lies on the shelf', () => {
	const sizes = fc.integer({min: 2, max: 5}).chain(t => fc.tuple(fc.constant(t), fc.integer({min: t, max: 7}), fc.string()));
	fc.assert(
		fc.property(sizes, fc.nat(), fc.nat(), ([t, n, seed], pick, extra) => {
			const {backupKey, backupOf, old, fresh, records, key} = twoEpochs('glass', t, n, seed);
			const ids = Object.keys(fresh);
			const turned = [...ids.slice(pick % n), ...ids.slice(0, pick % n)];
			const stale = turned.slice(0, extra % t).map(id => backupOf(old, id));
			const recovery = recover({at: 'x', records, backups: [...stale, ...turned.slice(0, t).map(id => backupOf(fresh, id))], backupKey});
			expect(recovery.named).toEqual([]);
			expect(signSweep({key, recovery, message: 'ab', draw: drawFrom(seed)}).holds).toBe(true);
			expect(recover({at: 'x', records, backups: turned.slice(0, t - 1).map(id => backupOf(fresh, id)), backupKey}).secret).toBeUndefined();
		}),
		{numRuns: 60},
	);
});

describe('retirement', () => {
	test.each(SUITES)('on %s: the old key signs a tombstone that names the new one, and nothing else passes for it', suite => {
		const vault = makeVault(suite, 2, 3);
		const {table, shares} = vault;
		const old = anyShare(shares);
		const next = sharesOf(runKeygen(table, {session: 'keygen-2'}))[0] as KeyShare;
		const message = tombstoneOf(old, next);
		const run = runSigning(table, {shares: Object.values(shares), signers: ['ada', 'chi'], message});
		const signature = signatureOf(run.sides[HUB]?.memory ?? '');
		expect(checkTombstone(old, next, signature)).toMatchObject({name: 'tombstone', holds: true});
		expect(checkTombstone(next, old, signature).holds).toBe(false);
		expect(checkTombstone({...old, epoch: 2}, next, signature).holds).toBe(false);
		expect(checkTombstone(old, old, signature).holds).toBe(false);
	});

	it('accounts for every epoch: a share counts once, wherever it is', () => {
		const account = {threshold: 3, undeleted: [1], backups: [1, 2], stolen: [2]};
		const [first, second] = exposureOf([
			{...account, epoch: 1},
			{...account, epoch: 2, stolen: [4]},
		]);
		expect(first).toMatchObject({epoch: 1, indexes: [1, 2], check: {holds: true, left: '2', right: '2'}});
		expect(second).toMatchObject({
			epoch: 2,
			indexes: [1, 2, 4],
			check: {holds: false, equation: '|undeleted_2 ∪ backups_2 ∪ stolen_2| <= t - 1'},
		});
	});

	it('agrees with the algebra: the account of an epoch fails exactly where the exposed shares make the key', () => {
		const {fresh, records, backupKey, backupOf} = twoEpochs('glass', 3, 5);
		fc.assert(
			fc.property(fc.uniqueArray(fc.integer({min: 1, max: 5})), fc.uniqueArray(fc.integer({min: 1, max: 5})), (undeleted, stolen) => {
				const [account] = exposureOf([{epoch: 2, threshold: 3, undeleted, backups: [], stolen}]);
				const ids = Object.keys(fresh).filter((_, k) => account?.indexes.includes(k + 1));
				const recovery = recover({at: 'x', records, backups: ids.map(id => backupOf(fresh, id)), backupKey});
				expect(recovery.secret === undefined).toBe(account?.check.holds);
			}),
			{numRuns: 40},
		);
	});
});
