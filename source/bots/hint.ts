/** One sensible next move for whoever sits at a view, with its reason: the help that a player can ask for. */
import type {SeatView} from '../engine/view.js';
import type {Choice} from './bot.js';
import {careful} from './careful.js';
import {isOffered} from './reading.js';

/** The attackers' ladder, best rung first: a share that can leave, an implant, bytes to swap, a wish of one's own, a way in. */
function climb(view: SeatView): Choice {
	const machines = view.loot?.machines ?? [];
	const held = new Set(view.loot?.shares.filter(({epoch}) => epoch === view.epoch).map(({party}) => party));
	const isParty = (id: string) => view.parties.some(party => party.id === id);
	const wanted = machines.filter(({id}) => isParty(id) && !held.has(id));
	const left = view.threshold - held.size;
	const rungs: Choice[] = [
		...wanted.map(({id}) => ({
			move: `steal-share party=${id}`,
			reason: `Your implant on ${id} is of an earlier turn, so its share can leave when the turn resolves; ${left === 1 ? 'with it you hold the key' : `${left} more make the key`}.`,
		})),
		...wanted.map(({id}) => ({
			move: `implant party=${id}`,
			reason: `You have a way into ${id}; a share can be stolen a turn after the implant, not before.`,
		})),
		...view.requests.map(({id}) => ({
			move: `swap-payload ${id}`,
			reason: `The coordinator shows ${id} as it was and sends your bytes to sign; whoever approves on display signs them.`,
		})),
		...(view.moves.find(({verb}) => verb === 'submit')?.ready ?? []).map(move => ({
			move,
			reason: 'A wish of your own costs one point and needs nothing broken; only a call-back tells that nobody asked.',
		})),
		...[...wanted.filter(({wayIn}) => !wayIn), ...machines.filter(({id, wayIn}) => !isParty(id) && !wayIn)].map(({id}) => ({
			move: `phish party=${id}`,
			reason: `A way into ${id} opens next turn; ${isParty(id) ? `${left} of its kind of share ${left === 1 ? 'is' : 'are'} missing` : 'from there bytes can be swapped or lines trimmed'}.`,
		})),
	];
	return (
		rungs.find(({move}) => isOffered(view, move)) ?? {
			move: 'end-turn',
			reason: 'Nothing more can be paid or reached this turn; two points carry over.',
		}
	);
}

/** One sensible move from this view, for either side. Outside of a side's turn there is none, and it says so. */
export function hint(view: SeatView): Choice {
	if (!view.toMove) return {move: 'end-turn', reason: 'It is not your turn to move.'};
	return view.side === 'attackers' ? climb(view) : careful.next(view, {steps: [], made: [], isLegal: move => isOffered(view, move)});
}
