/** Where on the path an event happens: at a station, at the boundary between two, or on a short cut past them. */
import {verbOf} from '../engine/catalogue.js';
import type {GameEvent} from '../engine/events.js';
import type {Station} from '../engine/view.js';

export type Boundary =
	| 'SHARES -> ROUNDS'
	| 'ROUNDS -> POLICY'
	| 'POLICY -> OUTPUT'
	| 'OUTPUT -> TRANSCRIPT'
	| 'ROUNDS ~> OUTPUT'
	| 'POLICY ~> TRANSCRIPT';

export function stationName(station: Station): Uppercase<Station> {
	return station.toUpperCase() as Uppercase<Station>;
}

const atStation: Readonly<Partial<Record<GameEvent['type'], Uppercase<Station> | Boundary>>> = {
	identities: 'ROUNDS',
	'key-made': 'SHARES',
	'share-stored': 'SHARES',
	'share-changed': 'SHARES',
	'shares-kept': 'SHARES',
	'share-gone': 'SHARES',
	'key-retiring': 'SHARES',
	'key-retired': 'OUTPUT',
	'backup-made': 'SHARES',
	'backup-replaced': 'SHARES',
	'backup-drilled': 'SHARES',
	'backups-destroyed': 'SHARES',
	'request-added': 'POLICY',
	'party-silent': 'SHARES',
	'party-noted': 'SHARES',
	'request-changed': 'POLICY',
	approved: 'ROUNDS -> POLICY',
	'approvals-void': 'ROUNDS -> POLICY',
	'digest-read': 'ROUNDS -> POLICY',
	ordered: 'SHARES -> ROUNDS',
	'ceremony-started': 'SHARES -> ROUNDS',
	message: 'ROUNDS',
	'ceremony-ended': 'ROUNDS',
	'sides-kept': 'ROUNDS',
	'control-set': 'POLICY',
	'logging-ordered': 'TRANSCRIPT',
	'logging-set': 'TRANSCRIPT',
	'evidence-written': 'TRANSCRIPT',
	reviewed: 'TRANSCRIPT',
	noted: 'TRANSCRIPT',
	foothold: 'SHARES',
	phished: 'POLICY',
	standing: 'ROUNDS',
	captured: 'SHARES',
	attempted: 'SHARES',
	'amendment-agreed': 'POLICY',
	'policy-amended': 'POLICY',
	'exception-used': 'POLICY',
	'approval-recorded': 'ROUNDS -> POLICY',
	'approvals-used': 'ROUNDS -> POLICY',
	'computation-changed': 'ROUNDS',
	'query-asked': 'POLICY',
	answered: 'OUTPUT',
	'input-exposed': 'OUTPUT',
	'log-trimmed': 'TRANSCRIPT',
	'log-planted': 'TRANSCRIPT',
	anchored: 'TRANSCRIPT',
};

/** The station or boundary of an event; undefined for what belongs to the exercise and not to the path. */
export function placeOf(event: GameEvent): Uppercase<Station> | Boundary | undefined {
	switch (event.type) {
		case 'move': {
			const [verb = ''] = event.text.split(' ', 1);
			const station = event.side === 'table' ? undefined : verbOf(verb, event.side)?.station;
			return station && stationName(station);
		}
		case 'decided':
			return event.decision.verdict === 'allow' ? 'POLICY -> OUTPUT' : 'ROUNDS -> POLICY';
		case 'output-made':
			return event.output.request === '' ? 'ROUNDS ~> OUTPUT' : 'ROUNDS -> POLICY';
		case 'output-changed':
			return event.set.state === 'released' ? 'POLICY -> OUTPUT' : event.set.state === 'final' ? 'OUTPUT -> TRANSCRIPT' : 'OUTPUT';
		case 'act':
			return stationName(event.act.station);
		case 'authority-moved':
			return stationName(event.move.station);
		case 'tallied':
			return stationName(event.tally.station);
		default:
			return atStation[event.type];
	}
}

/** Whether authority crosses a boundary here: a share leaves, an approval or a decision admits, a signature is made, an output is released. */
export function movesAuthority(event: GameEvent): boolean {
	switch (event.type) {
		case 'captured':
		case 'approved':
		case 'decided':
		case 'output-made':
			return true;
		case 'output-changed':
			return event.set.state === 'released';
		default:
			return false;
	}
}
