/** What a player reads off a view: who is up, what can be done now, and which machines the evidence speaks of. */
import type {CeremonyView, PartyView, RequestView, SeatView} from '../engine/view.js';

/** A list of complete moves that long may have been cut; see options.ts of the engine. */
const cut = 40;

/** Whether the menu offers this move now. Where its list was cut the move is taken for legal: the driver has the last word. */
export function isOffered(view: SeatView, move: string): boolean {
	const verb = move.split(' ', 1)[0];
	const option = view.moves.find(each => each.verb === verb);
	return option !== undefined && (option.ready.includes(move) || option.ready.length >= cut);
}

/** Parties that answer, the ones with the fewest marks against them first. */
export function partiesUp(view: SeatView): PartyView[] {
	return view.parties.filter(({reach}) => reach === 'up');
}

/** Requests that can still be decided, by deadline. */
export function pending(view: SeatView): RequestView[] {
	return view.requests
		.filter(({state, due}) => ['open', 'approved', 'stalled'].includes(state) && due >= view.turn)
		.sort((a, b) => a.due - b.due || a.opened - b.opened);
}

export function signings(view: SeatView): CeremonyView[] {
	return view.ceremonies.filter(({kind}) => kind === 'signing');
}

export type Trace = 'odd mail' | 'new software' | 'large transfer';

/** How each trace reads in the evidence. Each has an innocent cause too. */
const traces: ReadonlyArray<readonly [Trace, RegExp]> = [
	['odd mail', /^(\S+) opened a mail from an unknown sender$/],
	['new software', /^new software was installed on (\S+)$/],
	['large transfer', /^a large transfer left (\S+)$/],
];

export interface Suspicion {
	readonly machine: string;
	readonly trace: Trace;
	readonly turn: number;
}

/** Traces in the evidence that was reviewed, on machines that nobody has looked into since; the gravest and latest first. */
export function suspicions(view: SeatView): Suspicion[] {
	const found = view.evidence.flatMap(({text, turn}): Suspicion[] => {
		for (const [trace, pattern] of traces) {
			const machine = pattern.exec(text)?.[1];
			if (machine !== undefined) return [{machine, trace, turn}];
		}
		return [];
	});
	const weight = {'large transfer': 2, 'new software': 2, 'odd mail': 1} as const;
	return found
		.filter(({machine, turn}) => turn > cleanSince(view, machine))
		.sort((a, b) => weight[b.trace] - weight[a.trace] || b.turn - a.turn);
}

/** The last turn in which a machine was inspected in full or rebuilt, 0 when it never was. */
export function cleanSince(view: SeatView, machine: string): number {
	const inspected = view.inbox
		.filter(({from, text}) => from === 'inspection' && text.startsWith(`Full inspection of ${machine}:`))
		.map(({turn}) => turn);
	const rebuilt = view.evidence.filter(({text}) => text === `${machine} was rebuilt and rejoined`).map(({turn}) => turn);
	const ordered = view.made
		.filter(({text}) => text === `inspect party=${machine} depth=full` || text === `rejoin party=${machine}`)
		.map(() => view.turn);
	return Math.max(0, ...inspected, ...rebuilt, ...ordered);
}

/** "ada", "ada and ben", "ada, ben and chi". */
export function inWords(names: readonly string[]): string {
	return names.length < 2 ? (names[0] ?? 'nobody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
