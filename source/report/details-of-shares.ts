/** Events of the key, its shares and their backups, in words and fields. */
import {equationOf} from './equation.js';
import type {DetailsByType} from './event-details.js';
import {short} from './plain-text.js';

export const ofShares: DetailsByType = {
	'key-made': event => ({
		what: `the key is made: ${event.key.threshold} of ${Object.keys(event.key.verifyingShares).length}, ${event.key.suite}, public key ${short(event.key.publicKey)}`,
		epoch: event.key.epoch,
	}),
	'share-stored': event => ({what: `${event.party} stores its share`, epoch: event.keyShare.epoch}),
	'shares-kept': event =>
		event.older.length === 0
			? {what: `${event.party} erases what it held of earlier epochs`}
			: {what: `${event.party} keeps shares of earlier epochs: ${event.older.map(({epoch}) => epoch).join(', ')}`},
	'share-gone': event => ({what: `${event.party} holds no share any more`}),
	'share-changed': event => ({what: `the stored share of ${event.party} changed`}),
	'key-retiring': event => ({
		what: `the key ${short(event.retiring.key.publicKey)} retires; ${event.retiring.sweep} is to move what it guards`,
	}),
	'key-retired': event =>
		event.set.tombstone
			? {what: 'the old key signed its tombstone', equations: [equationOf(event.set.tombstone.check)]}
			: event.set.unsigned
				? {what: 'the old key gets no tombstone: it is never retired', equations: [equationOf(event.set.unsigned.check)]}
				: {what: 'the old key is swept'},
	'backup-made': event => ({
		what: `${event.backup.id}: a backup of ${event.backup.party} lies at ${event.backup.place}`,
		epoch: event.backup.epoch,
	}),
	'backup-replaced': event => ({what: `what lies in ${event.id} is replaced`}),
	'backup-drilled': event => ({what: `drill of ${event.id}: ${event.ok ? 'ok' : 'BAD'}`}),
	'backups-destroyed': event => ({what: `backups destroyed: ${event.ids.join(', ')}`}),
	'party-silent': event => ({what: `${event.party} is silent until turn ${event.until}`}),
	'party-noted': event =>
		event.lastPartial
			? {what: `partial of ${event.party}: ${event.lastPartial.ok ? 'ok' : 'REFUSED'}`}
			: event.lastCheck
				? {what: `share of ${event.party}: ${event.lastCheck}`}
				: null,
};
