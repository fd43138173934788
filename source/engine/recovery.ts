/**
 * Backups and what is made of them: a share restored, a drill, the whole key put together on one machine. What a backup is worth its equations say:
 * it opens, it is of this generation, its share fits its commitment.
 */
import {
	type BackupKey,
	type Check,
	depositBackup,
	drillBackup,
	keyPublicOf,
	makeBackupKey,
	openBackup,
	type Recovery,
	recover,
	signSweep,
} from '../ceremony/index.js';
import {nextCeremony} from './ceremonies.js';
import {type Deciding, keptFrom} from './deciding.js';
import type {Game} from './game.js';
import {publicKeyField} from './keys.js';
import {restore} from './lifecycle.js';
import {addSweep, sweepId} from './rotation.js';
import type {Order, StoredBackup} from './state.js';

/** The key that backups are sealed to. Its secret half lies at the places and with whoever recovers. */
export function backupKeyOf(game: Game): BackupKey {
	return makeBackupKey(label => game.draws.bytes(`backup-key/${label}`), game.suite);
}

/** Seals a party's share to its place, if it fits its commitment; the check that was made. */
export function deposit(deciding: Deciding, party: string): {check?: Check; stored?: StoredBackup} {
	const {game, state} = deciding;
	const {keyShare} = deciding.party(party);
	const place = game.deal.parties.find(({id}) => id === party)?.backup;
	if (!keyShare || place === undefined) return {};
	const id = `b${state.counters.backup + 1}`;
	const draw = (label: string) => game.draws.bytes(`backup/${id}/${label}`);
	const {backup, checks} = depositBackup({vault: game.scenario.id, party, keyShare, to: backupKeyOf(game).public, draw});
	const [check] = checks;
	if (!backup) return check ? {check} : {};
	const stored: StoredBackup = {id, place, party, epoch: keyShare.epoch, turn: state.turn, backup};
	deciding.emit('operators', {type: 'backup-made', backup: stored});
	return check ? {stored, check} : {stored};
}

/** Backups of the key in force, whatever their epoch: a key has many generations of shares. */
export function backupsOfKey({state}: Pick<Deciding, 'state'>): StoredBackup[] {
	const epochs = state.records.filter(({publicKey}) => publicKey === state.key?.publicKey).map(({epoch}) => epoch);
	return state.backups.filter(({epoch}) => epochs.includes(epoch));
}

/** How many parties' backups of the key in force are on the register. */
export function backedUp(deciding: Deciding): number {
	return new Set(backupsOfKey(deciding).map(({party}) => party)).size;
}

/** The checks on a backup that count here: its generation is compared only where backups are told apart by fingerprint. */
export function drillChecks(deciding: Deciding, {backup}: StoredBackup): readonly Check[] {
	const checks = drillBackup({backup, key: keyPublicOf(deciding.state.key!), backupKey: backupKeyOf(deciding.game)});
	return deciding.control('fingerprinted-backups') ? checks : checks.filter(({name}) => name !== 'fingerprintedBackups');
}

function failedOf(checks: readonly Check[]): Check | undefined {
	const failed = checks.find(({holds}) => !holds);
	return failed && withoutText(failed);
}

/** Points are public; text that is no scalar may be the better part of a share. */
export function withoutText(check: Check): Check {
	return check.equation.endsWith('is a scalar') ? {...check, left: ''} : check;
}

/** Puts the key together from all backups, on one machine. An implant there has it. */
export function rebuild(deciding: Deciding, at: string, how: string): Recovery {
	const {state, game} = deciding;
	const {publicKey, epoch} = state.key!;
	const records = state.records.filter(record => record.publicKey === publicKey).map(keyPublicOf);
	const recovery = recover({
		at,
		records,
		backups: backupsOfKey(deciding).map(({backup}) => backup),
		backupKey: backupKeyOf(game),
		checks: {fingerprintedBackups: deciding.control('fingerprinted-backups')},
	});
	const {secret} = recovery;
	if (secret !== undefined && state.footholds[at]?.implantSince !== undefined) {
		deciding.emit('attackers', {type: 'captured', share: {party: at, index: 0, epoch, share: secret, turn: state.turn, how}});
		deciding.moved('shares', 'extraction', {
			what: `the whole key leaves ${at}`,
			about: at,
			facts: keptFrom(0, {machine: at, time: state.turn}),
		});
		deciding.tell('attackers', 'result', at, `The whole key was put together on ${at}, under your eyes: it is yours.`);
	}
	return recovery;
}

/** `recover at=P`, in resolve: the key signs the sweep, which is final at once, and is burned. */
export function runRecovery(deciding: Deciding, {target = ''}: Order): void {
	const {state} = deciding;
	const hasBackups = backedUp(deciding) >= state.key!.threshold;
	const isFrozen = deciding.is('protocol', '', 'suspended.frozen');
	const isUp = state.parties[target] === undefined || deciding.isReachable(target);
	if (!isUp || !deciding.can('protocol', '', {type: 'recovery.started', hasBackups})) {
		deciding.tell(
			'operators',
			'result',
			target,
			`The recovery did not start: ${isUp ? 'the key is busy, or backups are gone' : `${target} is out`}.`,
		);
		return;
	}
	const step = (event: Parameters<typeof deciding.step<'protocol'>>[2]) =>
		deciding.step('protocol', '', event, 'no recovery is under way', 'operators');
	step({type: 'recovery.started', hasBackups});
	const id = nextCeremony(deciding);
	const parties = [...new Set(backupsOfKey(deciding).map(({party}) => party))];
	const key = keyPublicOf(state.key!);
	deciding.emit('operators', {type: 'ceremony-started', id, kind: 'recovery', turn: state.turn, parties, epoch: key.epoch});
	const recovery = rebuild(deciding, target, `recover at=${target}`);
	const {secret, reason, named, checks} = recovery;
	const status = secret === undefined ? 'aborted' : 'done';
	deciding.emit('operators', {
		type: 'ceremony-ended',
		id,
		status,
		waitingFor: [],
		blamed: [],
		checks: checks.map(withoutText),
		reason,
	});
	// Too few of one generation: there was nothing to put together.
	const decided = checks.findLast(({name}) => name === 'reconstruction');
	if (decided) step({type: 'recovery.round.closed'});
	const names = named.length > 0 ? ` Of no use: the ${named.length > 1 ? 'backups' : 'backup'} of ${named.join(' and ')}.` : '';
	if (secret === undefined) {
		step({type: 'recovery.aborted', isFrozen});
		deciding.tell('operators', 'result', target, `The recovery (${id}) failed: ${reason}.${names}`, decided ?? failedOf(checks));
		deciding.act('shares', 'recovery', {level: 1, loud: false}, `a recovery on ${target} failed`);
		return;
	}
	step({type: 'recovery.round.closed'});
	const sweep = addSweep(deciding, {
		id: sweepId(deciding),
		sweeps: 'rebuilt',
		opens: 0,
		to: 'cold-storage',
	});
	const output = `o${deciding.state.counters.output + 1}`;
	const draw = (label: string) => deciding.game.draws.bytes(`sweep/${output}/${label}`);
	const {signature} = signSweep({key, recovery, message: sweep.payload, draw});
	deciding.emit('operators', {
		type: 'output-made',
		suite: deciding.game.suite,
		publicKey: key.publicKey,
		output: {
			id: output,
			request: sweep.id,
			ceremony: id,
			turn: state.turn,
			message: sweep.payload,
			signature,
			...publicKeyField(deciding.state, key),
			state: 'final',
			finalAt: state.turn,
			heldSince: 0,
			heldUntil: 0,
			announcedAt: 0,
		},
	});
	step({type: 'recovery.completed'});
	deciding.tell(
		'operators',
		'result',
		target,
		`The key was put together on ${target} (${id}) and signed ${sweep.id} to cold storage, final at once. The key is burned: one machine had all of it. Rotate to sign again.${names}`,
		decided,
	);
	deciding.act('shares', 'recovery', {level: 1, loud: false}, `the key was put together on ${target}`, {
		what: `the whole key comes into being on ${target}`,
		about: target,
		facts: keptFrom(1, {
			machine: target,
			time: deciding.state.turn,
			backups: backupsOfKey(deciding)
				.map(({id: backup}) => backup)
				.join(' '),
		}),
	});
}

/** `repair party=P from=backup`, in resolve: no helpers, the same last check. */
export function runRestore(deciding: Deciding, {target = ''}: Order): void {
	const stored = backupsOfKey(deciding).findLast(({party}) => party === target);
	const started = {type: 'repair.started', hasThreshold: false, hasBackup: true} as const;
	if (!stored || !deciding.isReachable(target) || !deciding.can('protocol', '', started)) {
		const why = !stored ? 'the backup is gone' : deciding.isReachable(target) ? 'the key is frozen or busy' : `${target} is out`;
		deciding.tell('operators', 'result', target, `The repair of ${target} did not start: ${why}.`);
		return;
	}
	deciding.step('protocol', '', started, 'the key is busy', 'operators');
	const checks = drillChecks(deciding, stored);
	const failed = checks.find(({holds}) => !holds);
	const share = openBackup(stored.backup, backupKeyOf(deciding.game));
	if (failed || share === undefined) {
		deciding.step('protocol', '', {type: 'repair.aborted'}, 'no repair is under way', 'operators');
		const text = `The backup of ${target} at ${stored.place} is of no use: ${failed?.equation ?? 'it does not open'} fails. The share stays as it was.`;
		deciding.tell('operators', 'result', target, text, failed && withoutText(failed));
		return;
	}
	const key = keyPublicOf(deciding.state.key!);
	const index = deciding.game.deal.parties.find(({id}) => id === target)!.index;
	restore(deciding, target, {...key, index, share}, `from its backup at ${stored.place}`);
}
