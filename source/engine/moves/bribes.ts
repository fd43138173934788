/** Bribed custodians: people, not machines. They approve what the attackers want, and ask for the signature. */
import {type Deciding, Refusal} from '../deciding.js';
import type {Move} from '../move.js';
import {decodePayload} from '../payload.js';
import type {Verb} from '../verb.js';
import {approvalVerbs} from './approvals.js';
import {signingVerbs} from './signing.js';

const bribe: Verb = {
	name: 'bribe',
	side: 'attackers',
	station: 'policy',
	parameters: [{name: 'party', kind: 'party', about: 'whose custodian takes money, as the scenario says'}],
	cost: [3, 3],
	does: 'a custodian approves what pays your account',
	needs: 'a custodian whom the scenario names',
	evidence: {kind: 'odd meeting', station: 'policy', level: 2, loud: false},
	raises: ['approval.given', 'signing.ordered'],
	stoppedBy: 'distinct domains, reshare',
	settles: true,
	check(deciding, {args}) {
		const party = args.party ?? '';
		deciding.party(party);
		const named = deciding.state.bribable;
		if (!named.includes(party))
			throw new Refusal(`the custodian of ${party} takes no money${named.length > 0 ? `; expected one of ${named.join(', ')}` : ''}`);
		if (deciding.state.bribed.includes(party)) throw new Refusal(`the custodian of ${party} is yours already`);
	},
	run(deciding, {args}) {
		const party = args.party ?? '';
		deciding.emit('attackers', {type: 'bribed', party});
		deciding.act('policy', 'odd meeting', {level: 2, loud: false}, `the custodian of ${party} met a stranger`);
	},
};

/** Requests on the table whose bytes to sign pay the attackers. */
function wanted(deciding: Deciding): string[] {
	return Object.values(deciding.state.requests)
		.filter(({opened, payload}) => opened > 0 && decodePayload(payload).to === deciding.game.deal.account)
		.map(({id}) => id);
}

function allowed(deciding: Deciding, verb: Verb, move: Move): boolean {
	try {
		verb.check(deciding, move);
		return true;
	} catch (error) {
		if (error instanceof Refusal) return false;
		throw error;
	}
}

const approve = approvalVerbs.find(({name}) => name === 'approve')!;
const sign = signingVerbs.find(({name}) => name === 'sign')!;

/** At the end of the attackers' part: approvals that custodians give for money, as any custodian gives them. */
export function approveForMoney(deciding: Deciding): void {
	for (const party of deciding.state.bribed)
		for (const object of wanted(deciding)) {
			const {approvals} = deciding.request(object);
			const move = {verb: 'approve', object, args: {party, basis: 'display'}};
			if (!approvals.some(approval => approval.party === party) && allowed(deciding, approve, move)) approve.run(deciding, move);
		}
}

/** In resolve: where the approvals are enough, a bribed custodian among them starts the signing that nobody else has ordered. */
export function signForMoney(deciding: Deciding): void {
	const {state} = deciding;
	for (const object of wanted(deciding)) {
		const able = deciding
			.request(object)
			.approvals.map(({party}) => party)
			.filter(party => deciding.isReachable(party));
		const bribed = able.filter(party => state.bribed.includes(party));
		if (bribed.length === 0) continue;
		const parties = [...bribed, ...able.filter(party => !bribed.includes(party))].slice(0, state.key?.threshold ?? 0);
		const move = {verb: 'sign', object, args: {parties: parties.join(',')}};
		if (allowed(deciding, sign, move)) sign.run(deciding, move);
	}
}

export const bribeVerbs: readonly Verb[] = [bribe];
