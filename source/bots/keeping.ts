/** What a careful operator does for the key itself: new shares after somebody was inside, and no old ones left about. */
import type {BackupView, SeatView} from '../engine/view.js';
import {choose, first, fullInspections, inWords, onceFor, type Rule} from './reading.js';

/** Whether a ceremony is ordered that locks the key until the turn ends. */
export function isLocked(view: SeatView): boolean {
	return view.made.some(({text}) => /^(refresh|reshare|rotate|repair|recover)\b/.test(text));
}

/** The turn in which the shares in force were made; 0 for those of keygen. */
function madeAt(view: SeatView): number {
	const made = view.ceremonies.filter(
		({kind, status, epoch}) => ['refresh', 'reshare', 'rotation'].includes(kind) && status === 'done' && epoch === view.epoch,
	);
	return Math.max(0, ...made.map(({turn}) => turn));
}

/** Parties on which an implant was found since the shares in force were made: these shares may be in other hands. */
const seen = onceFor((view): readonly string[] => {
	const since = madeAt(view);
	return view.parties.map(({id}) => id).filter(id => fullInspections(view, id).some(({turn, implant}) => implant && turn >= since));
});

/** The most signers that a rule of the policy asks for: "threshold >= 4". 0 where no rule speaks of it. */
const wantedThreshold = onceFor((view): number =>
	Math.max(0, ...(view.policy?.rules ?? []).map(([, text]) => Number(/\bthreshold >= (\d+)/.exec(text)?.[1] ?? 0))),
);

/** Parties that a rule of the policy does not want among the signers: `!signers.exists(s, s == "eli")`. */
export const unwanted = onceFor((view): readonly string[] =>
	(view.policy?.rules ?? []).flatMap(([, text]) => /!signers\.exists\(\w+, \w+ == "([^"]+)"\)/.exec(text)?.[1] ?? []),
);

/** Whether the policy asks for more signers than the key has, and who would hold it then. */
const nextHolders = onceFor((view): readonly string[] | undefined => {
	if (wantedThreshold(view) <= view.threshold) return undefined;
	const out = unwanted(view);
	return view.parties.map(({id}) => id).filter(id => !out.includes(id));
});

/** Whether the policy asks for more signers than the key has. */
export function wantsOtherHolders(view: SeatView): boolean {
	return nextHolders(view) !== undefined;
}

/** Whether a rule about this request asks for a quorum that the key does not have yet: signing it now would be for nothing. */
export function waitsForQuorum(view: SeatView, request: string): boolean {
	return (
		nextHolders(view) !== undefined &&
		(view.policy?.rules ?? []).some(([, text]) => text.includes(`"${request}"`) && /\bthreshold >= /.test(text))
	);
}

/** Whether new shares are wanted and can be made: somebody was inside, and whoever is out now would be left with an old one. */
export const isRenewalDue = onceFor((view): boolean => {
	if (view.turn >= view.turns || seen(view).length === 0) return false;
	const isOut = view.parties.some(({reach, share}) => reach !== 'up' && share !== 'none');
	// A change of hands makes new shares as well.
	return !isOut && nextHolders(view) === undefined && view.moves.some(({verb}) => verb === 'refresh');
});

/** Somebody was inside: what they copied is worth nothing beside new shares. */
export const renew: Rule = (view, isLegal) => {
	if (!isRenewalDue(view)) return undefined;
	return choose(
		isLegal,
		'refresh',
		`There was an implant on ${inWords(seen(view))}, and a share may have left; shares of one generation count together, so make the next one.`,
	);
};

/** A refresh revokes nothing: as long as enough old shares lie somewhere, they are the key. */
export const forget: Rule = (view, isLegal) => {
	if (view.backups.length === 0) return undefined;
	const old = view.exposure.filter(({isInForce, equation}) => !isInForce && !equation.holds);
	const left = view.backups.filter(({epoch}) => old.some(each => each.epoch === epoch));
	if (left.length === 0) return undefined;
	return choose(
		isLegal,
		'destroy-backups',
		`${left.length} backups of epoch ${left[0]!.epoch} are left, and ${old[0]!.threshold} old shares are still the key; new shares revoke nothing.`,
	);
};

/** Old shares that a machine keeps are a second quorum, so it is worth a point to know before new ones are made. */
export const checkErasure: Rule = (view, isLegal) => {
	if (nextHolders(view) === undefined) return undefined;
	const control = view.controls.find(({id}) => id === 'erase-old-shares');
	if (!control || control.documented === 'off') return undefined;
	return control.inspected === undefined
		? choose(
				isLegal,
				'inspect control=erase-old-shares',
				'The key is about to change hands; shares that are not erased stay a quorum of their own.',
			)
		: control.inspected === 'off'
			? choose(isLegal, 'harden erase-old-shares', 'Machines do not erase what is old whatever the book says; first that, then new shares.')
			: undefined;
};

/** The policy asks for a quorum that the key does not have: hand it over while nothing waits for a signature. */
export const handOver: Rule = (view, isLegal) => {
	const holders = nextHolders(view);
	if (holders === undefined || view.turn < 2) return undefined;
	const erasure = view.controls.find(({id}) => id === 'erase-old-shares');
	if (erasure?.inspected === 'off') return undefined;
	if (view.parties.some(({id, reach}) => holders.includes(id) && reach !== 'up')) return undefined;
	const threshold = wantedThreshold(view);
	return choose(
		isLegal,
		`reshare threshold=${threshold} parties=${holders.join(',')}`,
		`A rule of the policy asks for ${threshold} signers and the key for ${view.threshold}; a reshare keeps the key and changes who holds it.`,
	);
};

/** Parties that answer and whose share is gone with their disk. */
function bereft(view: SeatView): string[] {
	const lost = (id: string) => view.inbox.some(({from, text}) => from === id && text.startsWith(`The disk of ${id} is gone`));
	return view.parties.filter(({id, reach, share}) => reach === 'up' && share === 'none' && lost(id)).map(({id}) => id);
}

/** Whether fewer parties answer with a share than must sign. */
function isShort(view: SeatView): boolean {
	return view.parties.filter(({reach, share}) => reach === 'up' && share !== 'none').length < view.threshold;
}

/** The newest backup of a party, if it is of the shares in force and no drill has said that it is of no use. */
function hopeOf(view: SeatView, party: string): BackupView | undefined {
	const newest = view.backups.findLast(backup => backup.party === party);
	return newest?.epoch === view.epoch && newest.drilled?.result !== 'BAD' ? newest : undefined;
}

/** A lost share comes back from helpers, who need no backup; or from a backup, once a drill has said what it is worth. */
export const mend: Rule = (view, isLegal) => {
	const parties = bereft(view);
	const helped = first(parties, party =>
		choose(isLegal, `repair party=${party}`, `The disk of ${party} is gone; ${view.threshold} others can give it the same share again.`),
	);
	if (helped || !isShort(view)) return helped;
	const hopes = parties.flatMap(party => hopeOf(view, party) ?? []);
	if (hopes.some(({drilled}) => drilled === undefined)) {
		const drilled = choose(isLegal, 'drill', 'Too few parties can sign, and a backup that nobody has tested is a hope: test them first.');
		if (drilled) return drilled;
	}
	return first(hopes, ({party, place}) =>
		choose(isLegal, `repair party=${party} from=backup`, `Too few are left to help ${party}; its backup at ${place} passed the drill.`),
	);
};

/** What is urgent about it: nothing can be signed. */
export const mendNow: Rule = (view, isLegal) => (isShort(view) ? mend(view, isLegal) : undefined);
