/** Three operators that teach by losing: one signs what is displayed, one stops everything, one does nothing. */
import type {RequestView, SeatView} from '../engine/view.js';
import type {Bot, Choice, IsLegal} from './bot.js';
import {inWords, partiesUp, pending} from './reading.js';

const endTurn = (reason: string): Choice => ({move: 'end-turn', reason});

function approveAndSign(view: SeatView, isLegal: IsLegal, request: RequestView): Choice | undefined {
	const up = partiesUp(view).map(({id}) => id);
	const counting = request.approvals.filter(({stale}) => stale === undefined);
	const approved = counting.map(({party}) => party).filter(party => up.includes(party));
	if (request.state === 'stalled') {
		const retry = `retry ${request.id} parties=${approved.slice(0, request.needs).join(',')}`;
		if (approved.length >= request.needs && isLegal(retry))
			return {move: retry, reason: `${request.id} waits for a message; others who approved it can sign.`};
		const abort = `abort ${request.id}`;
		return isLegal(abort) ? {move: abort, reason: `${request.id} waits for a message that does not come.`} : undefined;
	}
	if (up.length < request.needs) return undefined;
	for (const party of up.slice(0, request.needs)) {
		const approve = `approve ${request.id} party=${party} basis=display`;
		if (!approved.includes(party) && isLegal(approve))
			return {move: approve, reason: `${party} sees "${request.displayed}" on the screen, and that is all it checks.`};
	}
	const signers = view.parties
		.map(({id}) => id)
		.filter(id => approved.includes(id))
		.slice(0, request.needs);
	const sign = `sign ${request.id} parties=${signers.join(',')}`;
	return isLegal(sign) ? {move: sign, reason: `${inWords(signers)} approved ${request.id}, so they sign.`} : undefined;
}

export const display: Bot = {
	name: 'display',
	about: 'Approves whatever is displayed, signs it with whoever is up, and looks at nothing else.',
	next(view, {isLegal}) {
		for (const request of pending(view)) {
			const choice = approveAndSign(view, isLegal, request);
			if (choice) return choice;
		}
		return endTurn('Everything that could be signed on its display is signed.');
	},
};

export const freeze: Bot = {
	name: 'freeze',
	about: 'Freezes all signing in the first turn and waits.',
	next(view, {isLegal}) {
		if (!view.frozen && isLegal('freeze')) return {move: 'freeze', reason: 'Nothing that is frozen can be signed wrongly.'};
		return endTurn('While signing is frozen the operators wait, and so does everybody who needs a payment.');
	},
};

export const idleOperators: Bot = {
	name: 'idle',
	about: 'Does nothing.',
	next: () => endTurn('This side does nothing.'),
};
