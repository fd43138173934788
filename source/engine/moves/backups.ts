/** Verbs of backups: back-up, drill, destroy-backups. What lies on a shelf is worth what its equations say on the day it is needed. */
import {keyPublicOf} from '../../ceremony/index.js';
import {type Deciding, keptFrom, Refusal} from '../deciding.js';
import {backedUp, backupsOfKey, deposit, drillChecks, rebuild, withoutText} from '../recovery.js';
import type {StoredBackup} from '../state.js';
import type {Verb} from '../verb.js';
import {checkPlace} from './lifecycle.js';
import {abortCeremony} from './signing.js';

const backUp: Verb = {
	name: 'back-up',
	side: 'operators',
	station: 'shares',
	parameters: [{name: 'party', kind: 'party', about: 'a party with a place for its backup'}],
	cost: [1, 1],
	does: "seals a party's share to its place of backups",
	needs: 'a reachable party with a sound share and a place',
	evidence: {kind: 'backup', station: 'shares', level: 1, loud: false},
	raises: [],
	settles: true,
	check(deciding, {args}) {
		const party = args.party ?? '';
		deciding.party(party);
		if (!deciding.isReachable(party)) throw new Refusal(`${party} can't be reached`);
		if (deciding.game.deal.parties.find(({id}) => id === party)?.backup === undefined)
			throw new Refusal(`${party} has no place for a backup`);
		if (!deciding.is('party', party, 'share.held')) throw new Refusal(`${party} holds no share of the epoch in force`);
	},
	run(deciding, {args}) {
		const party = args.party ?? '';
		const {check, stored} = deposit(deciding, party);
		const text = stored
			? `${stored.id}: the share of ${party}, epoch ${stored.epoch}, lies sealed at ${stored.place}.`
			: `${party} has no sound share to back up: nothing was deposited.`;
		deciding.tell('operators', 'result', party, text, check);
		if (!stored) deciding.emit('operators', {type: 'party-noted', party, lastCheck: 'BAD'});
		const moved = stored && {
			what: `a share of ${party} goes to ${stored.place}`,
			about: party,
			facts: keptFrom(1, {party, place: stored.place, fingerprint: stored.backup.fingerprint}),
		};
		deciding.act('shares', 'backup', {level: 1, loud: false}, text, moved);
	},
};

const drill: Verb = {
	name: 'drill',
	side: 'operators',
	station: 'shares',
	parameters: [
		{name: 'party', kind: 'party', optional: true, about: 'whose backup (default: all)'},
		{name: 'at', kind: 'machine', optional: true, insteadOf: 'party', about: 'puts the whole key together there, which burns it'},
	],
	cost: [1, 1],
	does: 'tests backups against the epoch in force',
	needs: 'a backup on the register',
	evidence: {kind: 'drill', station: 'shares', level: 1, loud: false},
	raises: ['key.reconstructed'],
	settles: true,
	check(deciding, {args}) {
		if (args.party !== undefined && args.at !== undefined) throw new Refusal('a party, or a machine with at=, one of the two');
		if (chosen(deciding, args.party).length === 0)
			throw new Refusal(
				args.party === undefined ? 'there is no backup of this key' : `there is no backup of ${args.party} on the register`,
			);
		if (args.at === undefined) return;
		checkPlace(deciding, args.at);
		const have = backedUp(deciding);
		const {threshold} = deciding.state.key!;
		if (have < threshold) throw new Refusal(`needs backups of ${threshold} parties, has ${have}`);
		deciding.need('protocol', '', {type: 'key.reconstructed'}, 'the key is compromised already');
	},
	run(deciding, {args}) {
		if (args.at !== undefined) {
			wholeDrill(deciding, args.at);
			return;
		}
		for (const stored of chosen(deciding, args.party)) {
			const checks = drillChecks(deciding, stored);
			const failed = checks.find(({holds}) => !holds);
			deciding.emit('operators', {type: 'backup-drilled', id: stored.id, turn: deciding.state.turn, ok: failed === undefined});
			const text = failed
				? `Drill: ${stored.id} of ${stored.party} at ${stored.place} (epoch ${stored.epoch}) is of no use today.`
				: `Drill: ${stored.id} of ${stored.party} at ${stored.place} opens and fits epoch ${stored.epoch}.`;
			const shown = failed ?? checks.at(-1);
			deciding.tell('operators', 'result', stored.place, text, shown && withoutText(shown));
			deciding.act('shares', 'drill', {level: 1, loud: false}, text);
		}
	},
};

/** The drill that people remember afterwards: it proves that the key can be recovered, and that one machine has had it. */
function wholeDrill(deciding: Deciding, at: string): void {
	const recovery = rebuild(deciding, at, `drill at=${at}`);
	const decided = recovery.checks.findLast(({name}) => name === 'reconstruction') ?? recovery.checks.find(({holds}) => !holds);
	const names = recovery.named.length > 0 ? ` Of no use: ${recovery.named.join(' and ')}.` : '';
	if (recovery.secret === undefined) {
		const text = `Drill on ${at}: ${recovery.reason}.${names}`;
		deciding.tell('operators', 'result', at, text, decided && withoutText(decided));
		deciding.act('shares', 'drill', {level: 1, loud: false}, text);
		return;
	}
	deciding.step('protocol', '', {type: 'key.reconstructed'}, 'the key is compromised already', 'operators');
	for (const ceremony of deciding.state.ceremonies)
		if (ceremony.status === 'stalled') abortCeremony(deciding, ceremony, 'the key is burned');
	const text = `Drill: the backups make the key, on ${at}. One machine had all of it, so it is burned; rotate.${names}`;
	deciding.tell('operators', 'result', at, text, decided);
	deciding.act('shares', 'recovery', {level: 1, loud: false}, `the key was put together on ${at}`, {
		what: `the whole key comes into being on ${at}`,
		about: at,
		facts: keptFrom(1, {
			machine: at,
			time: deciding.state.turn,
			backups: backupsOfKey(deciding)
				.map(({id}) => id)
				.join(' '),
		}),
	});
}

function chosen(deciding: Deciding, party: string | undefined): StoredBackup[] {
	return backupsOfKey(deciding).filter(stored => party === undefined || stored.party === party);
}

const destroyBackups: Verb = {
	name: 'destroy-backups',
	side: 'operators',
	station: 'shares',
	parameters: [
		{name: 'party', kind: 'party', optional: true, about: 'all backups of a party (default: those of earlier epochs, of everybody)'},
	],
	cost: [1, 1],
	does: 'erases backups; a copied one stays copied',
	needs: 'a backup on the register',
	evidence: {kind: 'backups destroyed', station: 'shares', level: 1, loud: false},
	raises: [],
	check(deciding, {args}) {
		if (doomed(deciding, args.party).length === 0)
			throw new Refusal(
				args.party === undefined ? 'there is no backup of an earlier epoch' : `there is no backup of ${args.party} on the register`,
			);
	},
	run(deciding, {args}) {
		const gone = doomed(deciding, args.party);
		deciding.emit('operators', {type: 'backups-destroyed', ids: gone.map(({id}) => id)});
		const text = `${gone.map(({id, party, epoch}) => `${id} (${party}, epoch ${epoch})`).join(' and ')} destroyed`;
		deciding.tell('operators', 'result', 'register', `Backups: ${text}.`);
		deciding.act('shares', 'backups destroyed', {level: 1, loud: false}, text);
	},
};

function doomed(deciding: Deciding, party: string | undefined): StoredBackup[] {
	const {epoch} = keyPublicOf(deciding.state.key!);
	return deciding.state.backups.filter(stored => (party === undefined ? stored.epoch !== epoch : stored.party === party));
}

export const backupVerbs: readonly Verb[] = [backUp, drill, destroyBackups];
