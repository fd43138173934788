/** Absent people and machines that did not answer: each is a test of its own, with what was due meanwhile. */
import {only, type Placed, type Played} from './played.js';

export interface Absence {
	readonly party: string;
	readonly custodian: string;
	readonly domain: string;
	/** A person who was away, or a machine that did not answer: its provider's maintenance or outage, a disk, a line. */
	readonly who: 'custodian' | 'machine';
	/** The first and the last turn without an answer. */
	readonly from: number;
	readonly to: number;
	readonly line: number;
	/** What took it away: whoever ran the exercise, or the scenario. */
	readonly by: string;
	/** Signings and other ceremonies that waited for it in vain, or did not start without it. */
	readonly waited: number;
	/** Wanted requests that were open meanwhile, and whether each was served in time. */
	readonly requests: ReadonlyArray<{readonly request: string; readonly isServed: boolean}>;
}

/** @param entries what stands, in its place */
export function absencesOf(
	{game, state}: Pick<Played, 'game' | 'state'>,
	entries: readonly Placed[],
	{served, missed}: {readonly served: readonly string[]; readonly missed: readonly string[]},
): Absence[] {
	const away = only(entries, 'custodian-absent');
	const steps = only(entries, 'stepped');
	const orders = only(entries, 'ordered');
	const ended = only(entries, 'ceremony-ended');
	return only(entries, 'party-silent').map(({event: {party, until}, line, turn, cause}) => {
		const {custodian = '', domain = ''} = game.deal.parties.find(({id}) => id === party) ?? {};
		const back = steps.find(({event, line: later}) => later > line && event.machine === 'party' && event.id === party && answers(event.to));
		const to = Math.max(turn, Math.min(back?.turn ?? until, until, state.turn));
		const isMeanwhile = (at: number) => at >= turn && at <= to;
		const isPerson = away.some(({event, line: said}) => event.party === party && event.isAbsent && said > line && said <= line + 3);
		const open = [...served, ...missed].filter(id => {
			const request = state.requests[id];
			return request !== undefined && request.opened <= to && request.due >= turn;
		});
		return {
			party,
			custodian,
			domain,
			who: isPerson ? 'custodian' : 'machine',
			from: turn,
			to,
			line,
			by: cause?.side === 'table' && cause.text.startsWith('absent ') ? 'whoever ran the exercise' : 'the scenario',
			waited:
				ended.filter(({event, turn: at}) => isMeanwhile(at) && event.waitingFor.includes(party)).length +
				steps.filter(({event, turn: at, line: when}) => {
					if (event.event !== 'signing.cancelled' || !isMeanwhile(at)) return false;
					return orders.findLast(each => each.line < when && each.event.order.request === event.id)?.event.order.parties.includes(party);
				}).length,
			requests: open.map(request => ({request, isServed: served.includes(request)})),
		};
	});
}

function answers(to: unknown): boolean {
	return typeof to === 'object' && to !== null && 'reach' in to && to.reach !== 'unreachable';
}
