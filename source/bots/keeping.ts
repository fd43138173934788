/** What a careful operator does for the key itself: new shares after somebody was inside, and no old ones left about. */
import type {SeatView} from '../engine/view.js';
import {choose, fullInspections, inWords, type Rule} from './reading.js';

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
function seen(view: SeatView): string[] {
	const since = madeAt(view);
	return view.parties.map(({id}) => id).filter(id => fullInspections(view, id).some(({turn, implant}) => implant && turn >= since));
}

/** Whether new shares are wanted and can be made: somebody was inside, and whoever is out now would be left with an old one. */
export function isRenewalDue(view: SeatView): boolean {
	const isOut = view.parties.some(({reach, share}) => reach !== 'up' && share !== 'none');
	return !isOut && view.turn < view.turns && view.moves.some(({verb}) => verb === 'refresh') && seen(view).length > 0;
}

/** Somebody was inside: what they copied is worth nothing beside new shares. */
export const renew: Rule = view => {
	if (!isRenewalDue(view)) return undefined;
	return choose(
		view,
		'refresh',
		`There was an implant on ${inWords(seen(view))}, and a share may have left; shares of one generation count together, so make the next one.`,
	);
};

/** A refresh revokes nothing: as long as enough old shares lie somewhere, they are the key. */
export const forget: Rule = view => {
	const old = view.exposure.filter(({isInForce, equation}) => !isInForce && !equation.holds);
	const left = view.backups.filter(({epoch}) => old.some(each => each.epoch === epoch));
	if (left.length === 0) return undefined;
	return choose(
		view,
		'destroy-backups',
		`${left.length} backups of epoch ${left[0]!.epoch} are left, and ${old[0]!.threshold} old shares are still the key; new shares revoke nothing.`,
	);
};
