/** One event in words and in fields: who asked, on what facts, by which rule, allow or deny and why, and what came out. */
import type {GameEvent} from '../engine/events.js';
import {ofAttacks} from './details-of-attacks.js';
import {ofCeremonies} from './details-of-ceremonies.js';
import {ofEvidence} from './details-of-evidence.js';
import {ofPlay} from './details-of-play.js';
import {ofRequests} from './details-of-requests.js';
import {ofShares} from './details-of-shares.js';
import type {Details, DetailsByType, Known} from './event-details.js';

const byType: DetailsByType = {...ofPlay, ...ofShares, ...ofRequests, ...ofCeremonies, ...ofEvidence, ...ofAttacks};

/** Details of an event, or null for bookkeeping. */
export function detailsOf(event: GameEvent, known: Known): Details | null {
	if (!Object.hasOwn(byType, event.type)) return null;
	// The table's type ties each entry to its type of event; a lookup by the type of this very event keeps the tie.
	const details = byType[event.type] as (event: GameEvent, known: Known) => Details | null;
	return details(event, known);
}
