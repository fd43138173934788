/** Facts about keys, epochs, backups and attempts, as expressions see them; and what attackers can know of these. Role ids throughout. */
import {exposureOf, openBackup} from '../ceremony/index.js';
import type {AttemptFacts, BackupFacts, ExposureFacts, GameValues, KeyFacts} from '../scenario/expression.js';
import type {Game} from './game.js';
import {shareOf} from './keys.js';
import type {Recipe} from './later.js';
import {backupKeyOf} from './recovery.js';
import {checkShare} from './share-check.js';
import type {GameState, StoredBackup} from './state.js';
import {type ModeValue, matches} from './step.js';

/** What facts are worked out of. */
export interface Told {
	readonly game: Game;
	readonly state: GameState;
}

/** What the attackers' facts are worked out of: beside the truth, the facts of what they know of the outputs. */
export interface Known extends Told {
	readonly facts: GameValues;
}

type KeyPart = Pick<GameValues, 'epoch' | 'key' | 'keys' | 'exposure' | 'attempts' | 'backups' | 'recovered' | 'rotated'>;

export function mapValues<From, To>(map: Readonly<Record<string, From>>, change: (value: From, id: string) => To): Record<string, To> {
	const changed: Record<string, To> = {};
	for (const id of Object.keys(map)) changed[id] = change(map[id]!, id);
	return changed;
}

/** What the file calls a party; other machines have one name. */
export function roleOf({deal}: Game, id: string): string {
	return Object.entries(deal.partyOf).find(([, party]) => party === id)?.[0] ?? id;
}

/** Lists in expressions hold at most so many. */
const MOST = 64;

export const keyFacts: Recipe<Told, KeyPart> = {
	epoch: ({state}) => state.key?.epoch ?? 0,
	key: ({state}) => currentKey(state),
	keys: ({state}) => [...state.retiring.map(retiringKey), currentKey(state)],
	exposure: ({game, state}) => exposures(game, state),
	attempts: ({state}) => state.attempts.slice(-MOST).map(attemptFacts),
	backups: ({game, state}) => state.backups.slice(-MOST).map(stored => backupFacts(game, state, stored)),
	recovered: ({state}) => state.ceremonies.some(({kind, status}) => kind === 'recovery' && status === 'done'),
	rotated: ({state}) => state.retiring.length > 0,
};

/** What attackers know of these: public records, and what they hold or can read. */
export const knownKeyFacts: Recipe<Known, KeyPart> = {
	epoch: ({facts}) => facts.epoch,
	attempts: ({facts}) => facts.attempts,
	rotated: ({facts}) => facts.rotated,
	key: ({facts}) => knownKey(facts.key),
	keys: ({facts}) => facts.keys.map(knownKey),
	exposure: ({facts}) => facts.exposure.map(epoch => ({...epoch, left: 0, backups: 0, anywhere: epoch.captured})),
	// Whoever has a way into a place reads its labels; what is sealed shows only to who opens it.
	backups: ({game, state}) =>
		state.backups
			.filter(({place}) => state.footholds[place]?.wayIn)
			.slice(-MOST)
			.map(stored => ({...labelOf(game, stored), sound: true, drilled: 0, drill_ok: false})),
	recovered: ({state}) => state.loot.some(({how}) => how.startsWith('recover')),
};

function knownKey(key: KeyFacts): KeyFacts {
	return {
		...key,
		status: key.in_force && key.status === 'suspended' ? 'suspended' : 'active',
		burned: false,
		swept: false,
		tombstone: false,
	};
}

function statusOf(machine: ModeValue): string {
	return typeof machine === 'string' ? machine : (Object.keys(machine)[0] ?? '');
}

function currentKey({key, protocol}: GameState): KeyFacts {
	return {
		status: statusOf(protocol),
		in_force: true,
		burned: matches(protocol, 'compromised.burned'),
		epoch: key?.epoch ?? 0,
		threshold: key?.threshold ?? 0,
		holders: Object.keys(key?.verifyingShares ?? {}).length,
		swept: false,
		tombstone: false,
	};
}

function retiringKey({key, machine, sweptAt, tombstone}: GameState['retiring'][number]): KeyFacts {
	return {
		status: statusOf(machine),
		in_force: false,
		burned: matches(machine, 'compromised.burned'),
		epoch: key.epoch,
		threshold: key.threshold,
		holders: Object.keys(key.verifyingShares).length,
		swept: sweptAt > 0,
		tombstone: tombstone?.check.holds === true,
	};
}

/** Per epoch, from the truth: who holds a share of it, where a backup is, and what was captured. */
function exposures({deal}: Game, {records, parties, backups, loot, key}: GameState): ExposureFacts[] {
	const indexOf = (id: string) => deal.parties.find(party => party.id === id)?.index ?? 0;
	return records.slice(-MOST).map(({epoch, threshold, publicKey}): ExposureFacts => {
		// Index 0 is the key itself: whoever has it has every share of every epoch of that key.
		const isWhole = loot.some(taken => taken.index === 0 && records.find(record => record.epoch === taken.epoch)?.publicKey === publicKey);
		const stolen = new Set(loot.filter(taken => taken.epoch === epoch && taken.index > 0).map(({index}) => index));
		const holders = Object.entries(parties).filter(([, party]) => shareOf(party, epoch) !== undefined);
		const kept = new Set(backups.filter(stored => stored.epoch === epoch).map(({party}) => indexOf(party)));
		const undeleted = holders.map(([id]) => indexOf(id));
		const [account] = exposureOf([{epoch, threshold, undeleted, backups: [...kept], stolen: [...stolen]}]);
		return {
			epoch,
			threshold,
			in_force: epoch === key?.epoch,
			captured: isWhole ? Math.max(threshold, stolen.size) : stolen.size,
			left: holders.length,
			backups: kept.size,
			anywhere: account?.indexes.length ?? 0,
		};
	});
}

function attemptFacts({turn, epoch, indices, check, how}: GameState['attempts'][number]): AttemptFacts {
	return {turn, epoch, shares: indices.length, holds: check.holds, how: how ?? 'shares of one epoch'};
}

function labelOf(game: Game, {party, epoch, turn}: StoredBackup): Pick<BackupFacts, 'party' | 'epoch' | 'turn'> {
	return {party: roleOf(game, party), epoch, turn};
}

function backupFacts(game: Game, state: GameState, stored: StoredBackup): BackupFacts {
	const {drilled} = stored;
	return {
		...labelOf(game, stored),
		sound: isSound(game, state, stored),
		drilled: drilled?.turn ?? 0,
		drill_ok: drilled?.ok ?? false,
	};
}

/** Whether a backup opens and holds the share that its line of the register names: s_i*G = Y_i in that epoch. */
function isSound(game: Game, {records}: GameState, {party, epoch, backup}: StoredBackup): boolean {
	const record = records.find(each => each.epoch === epoch);
	const index = game.deal.parties.find(({id}) => id === party)?.index ?? 0;
	const share = openBackup(backup, backupKeyOf(game));
	if (record === undefined || share === undefined) return false;
	try {
		return checkShare({...record, index, share}, party).holds;
	} catch {
		// Text that is no scalar is no share.
		return false;
	}
}
