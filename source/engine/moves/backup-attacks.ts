/** Attackers where backups lie: what is there can be read, and other bytes put in its place. */
import {poisonBackup} from '../../ceremony/attacks/backups.js';
import {keyPublicOf, openBackup} from '../../ceremony/index.js';
import {type Deciding, keptFrom, Refusal} from '../deciding.js';
import {recordOf} from '../keys.js';
import {backupKeyOf} from '../recovery.js';
import {checkShare} from '../share-check.js';
import type {StoredBackup} from '../state.js';
import type {Verb} from '../verb.js';
import {foothold} from './standing.js';

const whose = {name: 'party', kind: 'party', about: 'whose backup, at a place you have a way into'} as const;

/** The backups of a party at its place, the newest last. */
function within(deciding: Deciding, party: string): StoredBackup[] {
	deciding.party(party);
	const place = deciding.game.deal.parties.find(({id}) => id === party)?.backup;
	if (place === undefined) throw new Refusal(`no place keeps a backup of ${party}`);
	if (!foothold(deciding, place).wayIn) throw new Refusal(`you have no way into ${place}, where the backup of ${party} lies`);
	const here = deciding.state.backups.filter(stored => stored.party === party);
	if (here.length === 0) throw new Refusal(`there is no backup of ${party} at ${place}`);
	return here;
}

const stealBackup: Verb = {
	name: 'steal-backup',
	side: 'attackers',
	station: 'shares',
	parameters: [whose],
	cost: [2, 2],
	does: "copies a party's backups, and opens them there",
	needs: 'a way in where the backup lies',
	evidence: {kind: 'backup read', station: 'shares', level: 2, loud: false},
	raises: [],
	stoppedBy: 'destroy-backups, refresh, reshare',
	settles: true,
	check(deciding, {args}) {
		const party = args.party ?? '';
		const fresh = within(deciding, party).filter(({id}) => !deciding.state.loot.some(({how}) => how === stolenAs(party, id)));
		if (fresh.length === 0) throw new Refusal(`you have what lies there of ${party} already`);
	},
	run(deciding, {args}) {
		const party = args.party ?? '';
		const {state, game} = deciding;
		for (const {id, backup, epoch, place} of within(deciding, party)) {
			const how = stolenAs(party, id);
			// The place can restore what it keeps, so it has the key that opens it.
			const share = openBackup(backup, backupKeyOf(game));
			if (share === undefined || state.loot.some(taken => taken.how === how)) continue;
			deciding.emit('attackers', {type: 'captured', share: {party, index: backup.index, epoch, share, turn: state.turn, how}});
			const key = recordOf(state, epoch);
			const check = key && checkShare({...key, index: backup.index, share}, party);
			deciding.tell('attackers', 'result', place, `Backup ${id} of ${party} (epoch ${epoch}) is yours.`, check);
		}
		deciding.act('shares', 'backup read', {level: 2, loud: false}, `the backup of ${party} was read`, {
			what: `a backup of ${party} leaves its place`,
			about: party,
			facts: keptFrom(2, {place: within(deciding, party)[0]!.place, time: state.turn}),
		});
	},
};

function stolenAs(party: string, backup: string): string {
	return `steal-backup party=${party} (${backup})`;
}

const poisonVerb: Verb = {
	name: 'poison-backup',
	side: 'attackers',
	station: 'shares',
	parameters: [whose],
	cost: [2, 2],
	does: "puts another share in a backup's place, well sealed",
	needs: 'a way in where the backup lies',
	evidence: {kind: 'backup written', station: 'shares', level: 2, loud: false},
	raises: [],
	stoppedBy: 'drill, fingerprinted backups',
	check(deciding, {args}) {
		within(deciding, args.party ?? '');
	},
	run(deciding, {args}) {
		const party = args.party ?? '';
		poison(deciding, within(deciding, party).at(-1)!, 'attackers');
		deciding.act('shares', 'backup written', {level: 2, loud: false}, `the backup of ${party} was written again`);
	},
};

/** Another share under the same label, sealed as anybody can who has the public half of the backup key. */
export function poison(deciding: Deciding, {id, backup}: StoredBackup, audience: 'attackers' | 'keeper'): void {
	const {game, state} = deciding;
	const draw = (label: string) => game.draws.bytes(`poison/${id}/${state.turn}/${label}`);
	const key = keyPublicOf(state.key!);
	deciding.emit(audience, {type: 'backup-replaced', id, backup: poisonBackup({backup, key, to: backupKeyOf(game).public, draw})});
}

export const backupAttackVerbs: readonly Verb[] = [stealBackup, poisonVerb];
