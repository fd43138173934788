/** What attackers order for a resolve: on links, and to implants. Each acts on real messages there (line.ts). */
import {type Deciding, Refusal} from '../deciding.js';
import type {Verb} from '../verb.js';
import {implantOrder, linkOrder, needsLink} from './standing.js';

const refusedDeal = {kind: 'deal refused', station: 'rounds', level: 1, loud: true} as const;
const inDeals = 'an implant; a ceremony in which shares are dealt';

const fromRound = {name: 'round', kind: 'number', optional: true, about: 'from this round on (default: from the first)'} as const;

const drop = linkOrder({
	name: 'drop',
	more: [fromRound],
	cost: [1, 1],
	does: 'loses every message from and to a party in this resolve',
	stoppedBy: 'retry with others, rejoin',
});

const delay = linkOrder({
	name: 'delay',
	cost: [1, 1],
	does: 'keeps every message from and to a party back until the next resolve',
	stoppedBy: 'retry with others, rejoin',
});

const eavesdrop = linkOrder({
	name: 'eavesdrop',
	cost: [1, 1],
	does: 'records what a party sends and gets in this resolve',
	stoppedBy: 'sealed transport, rejoin',
});

const tamper = linkOrder({
	name: 'tamper',
	more: [{name: 'field', kind: 'field', optional: true, about: 'what it changes: z, value, hiding, binding or commitments (default: z)'}],
	cost: [1, 1],
	does: 'changes one field in the messages of a party as they pass, and can sign none of them',
	evidence: {kind: 'bad envelope', station: 'rounds', level: 2, loud: false},
	stoppedBy: 'authenticated envelopes, rejoin',
});

const partition: Verb = {
	name: 'partition',
	side: 'attackers',
	station: 'rounds',
	parameters: [{name: 'parties', kind: 'parties', size: 'any', about: 'one side of the cut, parties on whose links you are'}, fromRound],
	cost: [1, 9],
	price: (_deciding, {args}) => namedIn(args.parties).length,
	does: 'in this resolve nothing passes between these parties and all other machines',
	needs: 'a position on the link of each',
	raises: [],
	stoppedBy: 'ack before erase, retry, rejoin',
	check(deciding, {args}) {
		const parties = namedIn(args.parties);
		if (new Set(parties).size !== parties.length) throw new Refusal('a party is named twice');
		for (const party of parties) needsLink(deciding, party);
		if (deciding.state.standing.some(({verb}) => verb === 'partition')) throw new Refusal('a cut is ordered already');
	},
	run(deciding, {args}) {
		const parties = namedIn(args.parties);
		const order = {verb: 'partition', party: parties[0] ?? '', parties, turn: deciding.state.turn};
		const round = args.round === undefined ? {} : {round: Number(args.round)};
		deciding.emit('attackers', {type: 'standing', order: {...order, ...round}});
	},
};

function namedIn(text: string | undefined): string[] {
	return (text ?? '').split(',').filter(Boolean);
}

const corruptPartial = implantOrder({
	name: 'corrupt-partial',
	cost: [1, 1],
	does: 'the party sends a wrong partial, signed with its own key',
	evidence: {kind: 'partial refused', station: 'rounds', level: 1, loud: true},
	stoppedBy: 'verify partials (blames it)',
});

const corruptDeal = implantOrder({
	name: 'corrupt-deal',
	cost: [1, 1],
	does: 'the party deals values off its own polynomial',
	needs: inDeals,
	evidence: refusedDeal,
	stoppedBy: 'Feldman check (blames it)',
});

const extraCoefficient = implantOrder({
	name: 'extra-coefficient',
	cost: [1, 1],
	does: 'the party deals a polynomial of one degree more: t shares of the new epoch sign nothing',
	needs: inDeals,
	evidence: refusedDeal,
	stoppedBy: 'commitment lengths (blames it)',
});

const equivocate = implantOrder({
	name: 'equivocate',
	cost: [2, 2],
	does: 'the party shows one receiver another polynomial',
	needs: inDeals,
	evidence: refusedDeal,
	stoppedBy: 'echo broadcast (blames it)',
});

const rogueKey = implantOrder({
	name: 'rogue-key',
	cost: [2, 2],
	does: 'the party speaks last in keygen, to make a key of yours; your other implants play along',
	needs: 'an implant; fewer honest parties than t',
	evidence: refusedDeal,
	stoppedBy: 'proof of possession; t honest parties',
	check(deciding: Deciding) {
		const other = deciding.state.standing.find(({verb}) => verb === 'rogue-key');
		if (other) throw new Refusal(`${other.party} speaks last already; one can`);
	},
});

export const orderVerbs: readonly Verb[] = [
	drop,
	delay,
	partition,
	eavesdrop,
	tamper,
	corruptPartial,
	corruptDeal,
	extraCoefficient,
	equivocate,
	rogueKey,
];
