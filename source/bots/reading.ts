/** What a player reads off a view: who is up, what can be done now, and which machines the evidence speaks of. */
import {verbIn} from '../engine/move.js';
import type {CeremonyView, PartyView, RequestView, SeatView} from '../engine/view.js';
import type {Choice, IsLegal} from './bot.js';

/** One thing that an operator would do now, if this view asks for it. */
export type Rule = (view: SeatView, isLegal: IsLegal) => Choice | undefined;

/** A reading that is made once for a view: the rules of a bot ask for the same ones over and over. */
export function onceFor<T>(read: (view: SeatView) => T): (view: SeatView) => T {
	// A bot looks at one view at a time, so the last one is enough.
	let last: {readonly view: SeatView; readonly value: T} | undefined;
	return view => {
		if (last?.view !== view) last = {view, value: read(view)};
		return last.value;
	};
}

/** The same for a reading of one machine. */
export function onceForEach<T>(read: (view: SeatView, machine: string) => T): (view: SeatView, machine: string) => T {
	const mapOf = onceFor(() => new Map<string, {readonly value: T}>());
	return (view, machine) => {
		const known = mapOf(view);
		let made = known.get(machine);
		if (made === undefined) {
			made = {value: read(view, machine)};
			known.set(machine, made);
		}
		return made.value;
	};
}

/** A list of complete moves that long may have been cut; see options.ts of the engine. */
const cut = 40;

/** Whether the menu offers this move now. Where its list was cut the move is taken for legal: the driver has the last word. */
export function isOffered(view: SeatView, move: string): boolean {
	const verb = verbIn(move);
	const option = view.moves.find(each => each.verb === verb);
	return option !== undefined && (option.ready.includes(move) || option.ready.length >= cut);
}

/** This move for this reason, if the rules take it now. */
export function choose(isLegal: IsLegal, move: string, reason: string): Choice | undefined {
	return isLegal(move) ? {move, reason} : undefined;
}

/** The first choice that one of these items asks for. */
export function first<T>(items: readonly T[], choice: (item: T) => Choice | undefined): Choice | undefined {
	for (const item of items) {
		const made = choice(item);
		if (made) return made;
	}
	return undefined;
}

/** Parties that answer, the ones with the fewest marks against them first. */
export const partiesUp = onceFor((view): readonly PartyView[] => view.parties.filter(({reach}) => reach === 'up'));

/** Requests that can still be decided, by deadline. */
export const pending = onceFor((view): readonly RequestView[] =>
	view.requests
		.filter(({state, due}) => ['open', 'approved', 'stalled'].includes(state) && due >= view.turn)
		.sort((a, b) => a.due - b.due || a.opened - b.opened),
);

export const signings = onceFor((view): readonly CeremonyView[] => view.ceremonies.filter(({kind}) => kind === 'signing'));

export type Trace = 'odd mail' | 'new software' | 'large transfer';

/** How each trace reads in the evidence, before and after the name of the machine. Each has an innocent cause too. */
const traces: ReadonlyArray<{readonly trace: Trace; readonly before: string; readonly after: string}> = [
	{trace: 'odd mail', before: '', after: ' opened a mail from an unknown sender'},
	{trace: 'new software', before: 'new software was installed on ', after: ''},
	{trace: 'large transfer', before: 'a large transfer left ', after: ''},
];

export interface Suspicion {
	readonly machine: string;
	readonly trace: Trace;
	readonly turn: number;
}

/** Traces in the evidence that was reviewed, on machines into which nobody has looked since; oldest first. */
export const suspicions = onceFor((view): readonly Suspicion[] => {
	const found: Suspicion[] = [];
	for (const {text, turn} of view.evidence) {
		for (const {trace, before, after} of traces) {
			if (!text.startsWith(before) || !text.endsWith(after)) continue;
			const machine = text.slice(before.length, text.length - after.length);
			if (!machine.includes(' ') && turn > cleanSince(view, machine)) found.push({machine, trace, turn});
		}
	}
	return found;
});

interface Inspection {
	readonly turn: number;
	/** Something was there; `implant` when it was more than a way in. */
	readonly found: boolean;
	readonly implant: boolean;
}

/** Full inspections that are over, by machine. */
const inspections = onceFor((view): ReadonlyMap<string, readonly Inspection[]> => {
	const found = new Map<string, Inspection[]>();
	for (const {from, text, turn} of view.inbox) {
		if (from !== 'inspection' || !text.startsWith(inspectionStart)) continue;
		const end = text.indexOf(': ');
		const machine = text.slice(inspectionStart.length, end);
		const inspection = {turn, found: text.startsWith('found', end + 2), implant: text.includes('an implant')};
		const before = found.get(machine);
		if (before === undefined) found.set(machine, [inspection]);
		else before.push(inspection);
	}
	return found;
});

const inspectionStart = 'Full inspection of ';
const noInspections: readonly Inspection[] = [];

/** Full inspections of a machine that are over: the turn, and whether something was found. */
export function fullInspections(view: SeatView, machine: string): readonly Inspection[] {
	return inspections(view).get(machine) ?? noInspections;
}

/** The last turn in which a machine was inspected in full or rebuilt, 0 when it never was. What is ordered for this turn counts. */
export const cleanSince = onceForEach((view, machine): number => {
	const rebuilt = view.evidence.filter(({text}) => text === `${machine} was rebuilt and rejoined`).map(({turn}) => turn);
	const ordered = view.made
		.filter(({text}) => text === `inspect party=${machine} depth=full` || text === `rejoin party=${machine}`)
		.map(() => view.turn);
	return Math.max(0, ...fullInspections(view, machine).map(({turn}) => turn), ...rebuilt, ...ordered);
});

/** Failed signings that named nobody: any of their parties may have sent the wrong part. */
export const unexplained = onceFor((view): readonly CeremonyView[] =>
	signings(view).filter(({status, blamed, waitingFor}) => status === 'aborted' && blamed.length === 0 && waitingFor.length === 0),
);

/** Who may have spoiled a failed signing: its parties, without those who were looked into since. */
export function mayHaveSpoiled(view: SeatView, {parties, turn}: CeremonyView): string[] {
	return parties.filter(party => cleanSince(view, party) < turn);
}

/** Whether somebody was found on one of its parties: then the failure is explained and mended. */
export function isMended(view: SeatView, {parties, turn}: CeremonyView): boolean {
	return parties.some(party => fullInspections(view, party).some(inspection => inspection.turn >= turn && inspection.found));
}

/** "ada", "ada and ben", "ada, ben and chi". */
export function inWords(names: readonly string[]): string {
	return names.length < 2 ? (names[0] ?? 'nobody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
