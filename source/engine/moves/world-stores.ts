/** Verbs of the world about what is stored: backups that are old, wrong or unreadable, and custodians who keep copies. */
import {type Deciding, Refusal} from '../deciding.js';
import {holdersOf} from '../keys.js';
import {runRefresh} from '../lifecycle.js';
import {deposit} from '../recovery.js';
import type {StoredBackup} from '../state.js';
import type {Verb} from '../verb.js';
import {poison} from './backup-attacks.js';
import {party, subtle, worldVerb} from './world-verb.js';

/** The newest line of the register about a party. */
function newest(deciding: Deciding, id: string): StoredBackup {
	const stored = deciding.state.backups.findLast(backup => backup.party === id);
	if (stored === undefined) throw new Refusal(`there is no backup of ${id}`);
	return stored;
}

/** One bit of sealed bytes is another: the seal does not open. */
function rot({sealed, ...body}: StoredBackup['backup']['body']): StoredBackup['backup']['body'] {
	const digit = (Number.parseInt(sealed[0]!, 16) ^ 1).toString(16);
	return {...body, sealed: `${digit}${sealed.slice(1)}`};
}

export const storeVerbs: readonly Verb[] = [
	worldVerb({
		name: 'stale-backup',
		station: 'shares',
		parameters: [{name: 'parties', kind: 'parties', size: 'any', about: 'whose backups are of the epoch before'}],
		does: 'the shares were refreshed before the game, and these parties made no new backup since',
		check(deciding, {args}) {
			if (!deciding.is('exercise', '', 'briefing')) throw new Refusal('the game has begun; a refresh before it belongs to the deal');
			for (const id of (args.parties ?? '').split(',')) newest(deciding, id);
		},
		run(deciding, {args}) {
			const stale = (args.parties ?? '').split(',');
			const {epoch} = deciding.state.key!;
			const current = holdersOf(deciding.game, deciding.state.key).filter(id => !stale.includes(id));
			const made = current.filter(id => deciding.state.backups.some(backup => backup.party === id && backup.epoch === epoch));
			runRefresh(deciding, {text: 'refresh', verb: 'refresh', request: '', parties: holdersOf(deciding.game, deciding.state.key)});
			for (const id of made) {
				const old = deciding.state.backups.filter(backup => backup.party === id);
				deposit(deciding, id);
				deciding.emit('operators', {type: 'backups-destroyed', ids: old.map(backup => backup.id)});
			}
		},
	}),
	worldVerb({
		name: 'poisoned-backup',
		station: 'shares',
		parameters: [party],
		does: "another share lies well sealed in a backup's place",
		check: (deciding, {args}) => void newest(deciding, args.party ?? ''),
		run: (deciding, {args}) => poison(deciding, newest(deciding, args.party ?? ''), 'keeper'),
	}),
	worldVerb({
		name: 'bad-tape',
		station: 'shares',
		parameters: [party],
		does: "one bit of a party's newest backup flips: it does not open, and nobody is to blame",
		check: (deciding, {args}) => void newest(deciding, args.party ?? ''),
		run(deciding, {args}) {
			const {id, backup} = newest(deciding, args.party ?? '');
			deciding.emit('keeper', {type: 'backup-replaced', id, backup: {...backup, body: rot(backup.body)}});
		},
	}),
	worldVerb({
		name: 'keeps-copies',
		station: 'shares',
		parameters: [party],
		does: 'a custodian keeps a copy of every share that the machine has held, and confirms each erasure all the same',
		run: (deciding, {args}) => deciding.emit('keeper', {type: 'copies-kept', party: args.party ?? ''}),
	}),
	worldVerb({
		name: 'media-check',
		station: 'shares',
		parameters: [party],
		evidence: {kind: 'backup read', station: 'shares', level: 2, loud: false},
		does: 'a place reads its backup of a party to test its media: the same trace as a stolen one, and harmless',
		run: (deciding, {args}) => deciding.act('shares', 'backup read', subtle, `the backup of ${args.party} was read`),
	}),
	worldVerb({
		name: 'media-renewal',
		station: 'shares',
		parameters: [party],
		evidence: {kind: 'backup written', station: 'shares', level: 2, loud: false},
		does: 'a place copies its backup of a party to new media: the same trace as a poisoned one, and harmless',
		run: (deciding, {args}) => deciding.act('shares', 'backup written', subtle, `the backup of ${args.party} was written again`),
	}),
];
