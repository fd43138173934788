/**
 * The audit transcript: the journal as records of who asked, on what facts, what was decided by which rule, and what left.
 * It is made from readable lines alone, so a seat's transcript says nothing that the seat's lines do not.
 */

import type {Deal} from '../engine/deal.js';
import type {Audience, GameEvent} from '../engine/events.js';
import {answersOf, type BoundaryAnswers} from './boundary-answers.js';
import type {Details, Known} from './event-details.js';
import {type Irregularity, irregularities, type Origin} from './irregularities.js';
import {movesAuthority, placeOf} from './places.js';
import {type Cause, type Entry, place} from './played.js';
import {detailsOf} from './transcript-details.js';
import {TRANSCRIPT_VERSION} from './transcript-fields.js';

/** Whose transcript. The facilitator reads every line; the public reads what everybody may. */
export type TranscriptSeat = 'facilitator' | 'operators' | 'attackers' | 'public';

export interface TranscriptSource {
	readonly scenario: {readonly id: string; readonly title: string};
	readonly entries: readonly Entry[];
	readonly head: string;
	/** Names requesters; a seat's copy of a journal has none. */
	readonly deal?: Pick<Deal, 'requests'>;
	readonly seat: TranscriptSeat;
	/** Lines that a seat's copy withholds already. */
	readonly withheld?: number;
	/** How the game came to be, from line 1 of the journal. */
	readonly origin?: Origin;
	/** The notary whose signature over the head verifies, and the name under which it is known here. */
	readonly signedBy?: SignedBy | null;
}

export interface SignedBy {
	readonly publicKey: string;
	readonly fingerprint: string;
	readonly name: string;
	readonly known: string | null;
}

export interface TranscriptRecord extends Details {
	/** Line of the journal. */
	readonly line: number;
	readonly turn: number;
	readonly at?: string;
	readonly audience: Audience;
	readonly type: GameEvent['type'];
	/** Station or boundary of the path; absent for the exercise's own events. */
	readonly place?: string;
	/** Authority crosses a boundary here. */
	readonly authority: boolean;
	/** A takeback undid it. */
	readonly takenBack: boolean;
	/** The move it followed from, where this seat may read that move. */
	readonly after?: {readonly line: number; readonly side: string; readonly seat: string; readonly move: string};
	/** The four questions of the boundary, for authority moves. */
	readonly answers?: BoundaryAnswers;
	/** Bookkeeping: a state machine moved, a counter was reset. Left out of the Markdown. */
	readonly isBookkeeping: boolean;
}

export interface Transcript {
	readonly scenario: {readonly id: string; readonly title: string};
	readonly seat: TranscriptSeat;
	readonly head: string;
	readonly suite: string;
	readonly threshold: number;
	readonly publicKey: string;
	/** Engine lines of the journal, those this seat reads, and those withheld from it. */
	readonly lines: number;
	readonly withheld: number;
	/** Whether somebody typed the seed and may guess it again; null where the source does not say. */
	readonly seedWas: Origin['seedWas'] | null;
	readonly signedBy: SignedBy | null;
	/** Retries, help and choices by hand, as far as this seat may read of them. */
	readonly irregularities: readonly Irregularity[];
	readonly records: readonly TranscriptRecord[];
}

const readable: Readonly<Record<TranscriptSeat, readonly Audience[]>> = {
	facilitator: ['public', 'operators', 'attackers', 'keeper'],
	operators: ['public', 'operators'],
	attackers: ['public', 'attackers'],
	public: ['public'],
};

/** Whether a seat may read lines of an audience. */
export function mayRead(seat: TranscriptSeat, audience: Audience): boolean {
	return readable[seat].includes(audience);
}

/** Makes the transcript of a seat. */
export function transcriptOf({scenario, entries, head, deal, seat, withheld = 0, origin, signedBy = null}: TranscriptSource): Transcript {
	const known: Known = {
		epoch: 0,
		suite: '',
		publicKey: '',
		threshold: 0,
		policyVersion: '1',
		approvals: new Map(),
		ceremonies: new Map(),
		outputs: new Map(),
		requesters: new Map(deal?.requests.map(({id, requester}) => [id, requester])),
	};
	const records: TranscriptRecord[] = [];
	for (const {line, event, turn, cause, undone, at} of place(entries)) {
		if (!mayRead(seat, event.audience)) continue;
		if (!undone) learn(known, event);
		const details = detailsOf(event, known);
		const where = placeOf(event);
		const authority = movesAuthority(event);
		const answers = authority && details ? answersOf(event, details) : undefined;
		records.push({
			line,
			turn,
			...(at === undefined ? {} : {at}),
			audience: event.audience,
			type: event.type,
			...(where === undefined ? {} : {place: where}),
			authority,
			...(answers ? {answers} : {}),
			takenBack: undone,
			...afterOf(seat, cause, line),
			isBookkeeping: details === null,
			...(details ?? {what: event.type}),
		});
	}
	return {
		// No more of it than this, whatever else the object holds: it is written down for a seat.
		scenario: {id: scenario.id, title: scenario.title},
		seat,
		head,
		suite: known.suite,
		threshold: known.threshold,
		publicKey: known.publicKey,
		lines: entries.length + withheld,
		withheld: entries.length + withheld - records.length,
		seedWas: origin?.seedWas ?? null,
		signedBy,
		irregularities: irregularities(
			origin ?? {seedWas: 'drawn', worldChosen: false},
			entries.filter(({event}) => mayRead(seat, event.audience)),
		),
		records,
	};
}

function afterOf(seat: TranscriptSeat, cause: Cause | null, line: number): Pick<TranscriptRecord, 'after'> {
	if (cause === null || cause.line === line || !mayRead(seat, cause.audience)) return {};
	return {after: {line: cause.line, side: cause.side, seat: cause.seat, move: cause.text}};
}

function learn(known: Known, event: GameEvent): void {
	switch (event.type) {
		case 'key-made':
			Object.assign(known, {
				epoch: event.key.epoch,
				suite: event.key.suite,
				publicKey: event.key.publicKey,
				threshold: event.key.threshold,
			});
			break;
		case 'policy-amended':
			known.policyVersion = String(event.policy.version);
			break;
		case 'approved':
			known.approvals.set(event.request, [
				...(known.approvals.get(event.request) ?? []).filter(({party}) => party !== event.approval.party),
				event.approval,
			]);
			break;
		case 'approvals-void':
			known.approvals.set(event.request, []);
			break;
		case 'ceremony-started':
			known.ceremonies.set(event.id, {request: event.request ?? '', parties: event.parties, message: event.message ?? ''});
			break;
		case 'output-made':
			known.outputs.set(event.output.id, {
				request: event.output.request,
				message: event.output.message,
				signature: event.output.signature,
			});
			break;
		default:
	}
}

/**
 * JSON Lines: a first line on the whole, then one line a record, hex in full; the fields are in transcript-fields.ts. Characters that a terminal
 * or a reader might obey are written as escapes. The text ends with a line break.
 */
export function transcriptJsonLines({records, ...whole}: Transcript): string {
	return [{transcript: TRANSCRIPT_VERSION, ...whole}, ...records.map(record => ({transcript: TRANSCRIPT_VERSION, ...record}))]
		.map(each => `${harmless(JSON.stringify(each))}\n`)
		.join('');
}

/** Text in JSON means the same with these characters as escapes. */
function harmless(json: string): string {
	return json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, character =>
		[...Array(character.length).keys()].map(unit => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`).join(''),
	);
}
