/** What became of each signal that monitoring pushed: what stood behind it, what the operators did next, and whether that was the right thing. */
import {only, type Placed} from './played.js';

export interface SignalStory {
	readonly turn: number;
	readonly line: number;
	/** As the table read it: "shares: large transfer." */
	readonly text: string;
	/** The acts behind it, with their journal lines. */
	readonly behind: ReadonlyArray<{readonly line: number; readonly what: string; readonly isHostile: boolean}>;
	/** The first move of the operators that looked into it, or undefined: nobody did. */
	readonly pursued?: {readonly turn: number; readonly line: number; readonly move: string};
	readonly became: 'pursued' | 'dropped';
	/** One sentence. */
	readonly why: string;
}

const looking = /^(review|inspect|isolate|rejoin|reconcile|freeze|hold|announce|refresh|rotate|reshare|abort|discard-nonces)\b/;

export function signalsOf(entries: readonly Placed[]): SignalStory[] {
	const acts = only(entries, 'act');
	const told = only(entries, 'told').filter(({event}) => event.side === 'operators' && event.entry.kind === 'signal');
	const used = new Set<number>();
	return told.map(({event: {entry}, turn, line}): SignalStory => {
		// A signal is pushed for each act that was recorded the turn before, in their order.
		const source = acts.find(
			({event: {act}, line: at}) =>
				!used.has(at) && act.turn === turn - 1 && act.loud && act.logged === 2 && entry.text === `${act.station}: ${act.kind}.`,
		);
		if (source) used.add(source.line);
		const isHostile = source !== undefined && isOfAttackers(entries, source);
		const machine = source && machineIn(source.event.act.text, entries);
		const next = only(entries, 'move').find(
			({event, line: at}) =>
				event.side === 'operators' &&
				at > line &&
				(looking.test(event.text) || /^note\b.*\bsuspect=/.test(event.text)) &&
				(machine === undefined || /^(review|reconcile|freeze|refresh|rotate|reshare)\b/.test(event.text) || event.text.includes(machine)),
		);
		const truth = isHostile ? 'the attackers were behind it' : 'it had an innocent cause';
		return {
			turn,
			line,
			text: entry.text,
			behind: source ? [{line: source.line, what: source.event.act.text, isHostile}] : [],
			...(next ? {pursued: {turn: next.turn, line: next.line, move: next.event.text}} : {}),
			became: next ? 'pursued' : 'dropped',
			why: next ? `Looked into in turn ${next.turn}; ${truth}.` : `Nobody looked into it; ${truth}.`,
		};
	});
}

/** Whether an act is the doing of the attackers: it followed from their move, or a share of theirs had just left. */
function isOfAttackers(entries: readonly Placed[], act: Placed & {readonly event: {readonly type: 'act'}}): boolean {
	if (act.cause?.side === 'attackers') return true;
	if (act.event.act.kind === 'partial refused')
		return only(entries, 'move').some(
			({event, turn}) => event.side === 'attackers' && turn === act.turn && event.text.startsWith('corrupt-partial'),
		);
	return (
		act.event.act.kind === 'large transfer' &&
		only(entries, 'captured').some(({line, turn}) => turn === act.turn && line < act.line && act.line - line <= 3)
	);
}

function machineIn(text: string, entries: readonly Placed[]): string | undefined {
	const machines = new Set(only(entries, 'share-stored').map(({event}) => event.party));
	return [...machines, 'coordinator', 'log'].find(machine => new RegExp(`(^|[^\\w-])${machine}([^\\w-]|$)`).test(text));
}
