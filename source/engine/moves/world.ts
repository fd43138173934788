/**
 * Verbs of the world: what the deal makes true and what injects do. They cost nothing, nobody makes them at the table,
 * and like every verb they can change positions and bytes but no outcome.
 */
import {coordinatorId} from '../deal.js';
import {type Deciding, Refusal} from '../deciding.js';
import {decodePayload, encodePayload} from '../payload.js';
import type {Verb} from '../verb.js';
import {openRequest} from './attacks.js';
import {setBack} from './machines.js';
import {storeVerbs} from './world-stores.js';
import {checkMachine, loud, machine, party, request, subtle, worldVerb} from './world-verb.js';

/** Takes a party off the net for some turns; it answers again in the account phase of the last. */
export function silence(deciding: Deciding, id: string, turns: number): void {
	const {turn} = deciding.state;
	// A party that is cut off stays cut off since it was, and can rejoin as if it had not gone dark as well.
	const since = deciding.is('party', id, 'trust.isolated') ? (deciding.party(id).since ?? turn) : turn;
	if (deciding.offer('party', id, {type: 'party.silenced'}, 'operators'))
		deciding.emit('operators', {type: 'party-silent', party: id, until: turn + turns - 1, since});
}

export const worldVerbs: readonly Verb[] = [
	worldVerb({
		name: 'way-in',
		station: 'shares',
		parameters: [machine],
		does: 'the attackers have a way into a machine',
		check: (deciding, {args}) => checkMachine(deciding, args.at ?? ''),
		run: (deciding, {args}) => deciding.emit('attackers', {type: 'foothold', machine: args.at ?? '', set: {wayIn: true}}),
	}),
	worldVerb({
		name: 'implanted',
		station: 'shares',
		parameters: [machine],
		does: 'software of the attackers is on a machine since before the game, and nobody has seen it come',
		check: (deciding, {args}) => checkMachine(deciding, args.at ?? ''),
		run: (deciding, {args}) => {
			const set = {wayIn: true, implantSince: 0, link: true};
			deciding.emit('attackers', {type: 'foothold', machine: args.at ?? '', set});
		},
	}),
	worldVerb({
		name: 'link',
		station: 'rounds',
		parameters: [machine],
		does: "the attackers are on a machine's link",
		check: (deciding, {args}) => checkMachine(deciding, args.at ?? ''),
		run: (deciding, {args}) => deciding.emit('attackers', {type: 'foothold', machine: args.at ?? '', set: {link: true}}),
	}),
	worldVerb({
		name: 'drift',
		station: 'policy',
		parameters: [{name: 'control', kind: 'control', about: 'a control'}],
		does: 'a control is off although it is documented as on',
		check(deciding, {args}) {
			if (!deciding.state.controls[args.control ?? '']) throw new Refusal(`there is no control "${args.control}"`);
		},
		run: (deciding, {args}) => deciding.emit('keeper', {type: 'control-set', id: args.control ?? '', actual: false}),
	}),
	worldVerb({
		name: 'maintenance',
		station: 'shares',
		parameters: [party, {name: 'turns', kind: 'number', about: 'for how many turns'}],
		does: 'a party does not answer for some turns, for an innocent reason',
		run: (deciding, {args}) => silence(deciding, args.party ?? '', Number(args.turns)),
	}),
	worldVerb({
		name: 'bad-disk',
		station: 'shares',
		parameters: [party],
		evidence: {kind: 'disk errors', station: 'shares', level: 1, loud: true},
		does: "one bit of a party's stored share flips",
		check(deciding, {args}) {
			if (!deciding.party(args.party ?? '').keyShare) throw new Refusal(`${args.party} holds no share yet`);
		},
		run(deciding, {args}) {
			const id = args.party ?? '';
			const share = deciding.party(id).keyShare!.share;
			const digit = (Number.parseInt(share[8]!, 16) ^ 1).toString(16);
			deciding.emit('keeper', {type: 'share-changed', party: id, share: `${share.slice(0, 8)}${digit}${share.slice(9)}`});
			deciding.act('shares', 'disk errors', loud, `the disk of ${id} reports errors`);
		},
	}),
	worldVerb({
		name: 'lose-share',
		station: 'shares',
		parameters: [party],
		evidence: {kind: 'disk errors', station: 'shares', level: 1, loud: true},
		does: 'the disk of a party dies, and its share with it',
		check(deciding, {args}) {
			if (!deciding.party(args.party ?? '').keyShare) throw new Refusal(`${args.party} holds no share yet`);
		},
		run(deciding, {args}) {
			const id = args.party ?? '';
			deciding.step('party', id, {type: 'share.lost'}, `${id} holds no share`, 'operators');
			deciding.emit('keeper', {type: 'share-gone', party: id});
			deciding.emit('keeper', {type: 'shares-kept', party: id, older: []});
			deciding.tell('operators', 'result', id, `The disk of ${id} is gone, and its share with it.`);
			deciding.act('shares', 'disk errors', loud, `the disk of ${id} died`);
		},
	}),
	worldVerb({
		name: 'patch',
		station: 'shares',
		parameters: [party],
		evidence: {kind: 'new software', station: 'shares', level: 1, loud: true},
		does: 'a party is patched: the same trace as an implant, and harmless',
		run: (deciding, {args}) => deciding.act('shares', 'new software', loud, `new software was installed on ${args.party}`),
	}),
	worldVerb({
		name: 'nightly-copy',
		station: 'shares',
		parameters: [party],
		evidence: {kind: 'large transfer', station: 'shares', level: 1, loud: true},
		does: 'a party copies its logs away: the same trace as a stolen share, and harmless',
		run: (deciding, {args}) => deciding.act('shares', 'large transfer', loud, `a large transfer left ${args.party}`),
	}),
	worldVerb({
		name: 'newsletter',
		station: 'policy',
		parameters: [party],
		evidence: {kind: 'odd mail', station: 'policy', level: 1, loud: true},
		does: 'a party opens a mail from an unknown sender: the same trace as a phish, and harmless',
		run: (deciding, {args}) => deciding.act('policy', 'odd mail', loud, `${args.party} opened a mail from an unknown sender`),
	}),
	worldVerb({
		name: 'resend',
		station: 'policy',
		parameters: [party],
		evidence: {kind: 'approval sent again', station: 'policy', level: 1, loud: true},
		does: 'a device sends an approval twice: the same trace as a replay, and harmless',
		run: (deciding, {args}) => deciding.act('policy', 'approval sent again', loud, `the device of ${args.party} sent an approval again`),
	}),
	worldVerb({
		name: 'emergency-drill',
		station: 'policy',
		evidence: {kind: 'exception', station: 'policy', level: 1, loud: true},
		does: 'somebody tries the emergency path out: the same trace as its use, and harmless',
		run: deciding => deciding.act('policy', 'exception', loud, 'the emergency path was tried out'),
	}),
	worldVerb({
		name: 'log-rotation',
		station: 'transcript',
		evidence: {kind: 'log edited', station: 'transcript', level: 2, loud: false},
		does: "the log's file is rotated: the same trace as an edited one, and harmless",
		run: deciding => deciding.act('transcript', 'log edited', subtle, 'the file of the log was written anew'),
	}),
	worldVerb({
		name: 'requote',
		station: 'policy',
		object: request,
		parameters: [{name: 'by', kind: 'number', about: 'how much more'}],
		evidence: {kind: 'payload changed', station: 'policy', level: 2, loud: false},
		does: 'the requester really changes the amount; the coordinator still displays the old one',
		check: (deciding, {object = ''}) => void deciding.request(object),
		run(deciding, {object = '', args}) {
			const {intent, pinned, machine: state} = deciding.request(object);
			// Bytes that the requester has confirmed and somebody has pinned are the requester's last word.
			if (intent === null || pinned !== undefined || !['open', 'approved'].includes(String(state))) return;
			const payload = decodePayload(intent);
			const changed = encodePayload({...payload, amount: payload.amount + Number(args.by)});
			deciding.emit('keeper', {type: 'request-changed', id: object, set: {intent: changed, payload: changed}});
			deciding.act('policy', 'payload changed', subtle, `the payload of ${object} changed on the coordinator`);
		},
	}),
	worldVerb({
		name: 'steal-mailbox',
		station: 'policy',
		object: request,
		does: "whoever has the requester's mailbox sends a request in their name, to the attackers' account",
		run(deciding, {object = ''}) {
			const dealt = deciding.state.requests[object];
			if (!dealt || dealt.opened > 0) return;
			const asked = encodePayload({...decodePayload(dealt.displayed), to: deciding.game.deal.account});
			deciding.emit('keeper', {type: 'request-changed', id: object, set: {intent: null, displayed: asked, payload: asked}});
		},
	}),
	worldVerb({
		name: 'keygen-attack',
		station: 'rounds',
		parameters: [
			{name: 'at', kind: 'party', about: 'a party that is implanted before the key is made'},
			{name: 'by', kind: 'name', about: 'corrupt-deal, extra-coefficient, equivocate or rogue-key'},
		],
		does: 'a party is implanted before the key is made, and attacks keygen',
		check(deciding, {args}) {
			if (!['corrupt-deal', 'extra-coefficient', 'equivocate', 'rogue-key'].includes(args.by ?? ''))
				throw new Refusal(`nobody attacks keygen by "${args.by}"`);
			if (deciding.state.key) throw new Refusal('the key is made already');
		},
		run(deciding, {args}) {
			const [id, verb] = [args.at ?? '', args.by ?? ''];
			deciding.emit('attackers', {type: 'foothold', machine: id, set: {wayIn: true, implantSince: 0, link: true}});
			deciding.emit('attackers', {type: 'standing', order: {verb, party: id, turn: 0}});
		},
	}),
	worldVerb({
		name: 'weak-generator',
		station: 'rounds',
		parameters: [{name: 'at', kind: 'machine', about: 'a party, or the coordinator where it deals the key'}],
		does: "a machine's generator was seeded with little: the attackers know what it draws, from keygen on",
		check(deciding, {args}) {
			const id = args.at ?? '';
			if (!deciding.state.parties[id] && id !== coordinatorId)
				throw new Refusal(`${id} deals nothing: expected a party or ${coordinatorId}`);
		},
		run(deciding, {args}) {
			const id = args.at ?? '';
			deciding.emit('attackers', {type: 'generator-known', machine: id});
			deciding.tell('attackers', 'result', id, `The generator of ${id} was seeded with little: you draw what it draws.`);
		},
	}),
	worldVerb({
		name: 'stuck-generator',
		station: 'rounds',
		parameters: [party],
		does: "a party's generator gives the same bytes at every draw",
		run: (deciding, {args}) => deciding.emit('keeper', {type: 'generator-stuck', party: args.party ?? ''}),
	}),
	worldVerb({
		name: 'rollback',
		station: 'rounds',
		parameters: [party],
		evidence: {kind: 'repeated nonces', station: 'rounds', level: 1, loud: true},
		does: 'a party is restored from an image of its first day: the same trace as a restored copy, and no attack',
		run: (deciding, {args}) => setBack(deciding, args.party ?? '', 1, 'keeper'),
	}),
	worldVerb({
		name: 'visit',
		station: 'policy',
		parameters: [party],
		evidence: {kind: 'odd meeting', station: 'policy', level: 2, loud: false},
		does: 'a custodian meets a stranger: the same trace as a bribe, and harmless',
		run: (deciding, {args}) => deciding.act('policy', 'odd meeting', subtle, `the custodian of ${args.party} met a stranger`),
	}),
	worldVerb({
		name: 'bribable',
		station: 'policy',
		parameters: [party],
		does: 'a custodian takes money, besides those of attackers.bribable',
		run(deciding, {args}) {
			const id = args.party ?? '';
			deciding.emit('attackers', {type: 'bribable', party: id});
			deciding.tell('attackers', 'result', id, `The custodian of ${id} takes money.`);
		},
	}),
	worldVerb({
		name: 'bribed',
		station: 'policy',
		parameters: [party],
		does: 'a custodian was paid before the game, and approves what pays the attackers',
		check(deciding, {args}) {
			if (deciding.state.bribed.includes(args.party ?? '')) throw new Refusal(`the custodian of ${args.party} was paid already`);
		},
		run: (deciding, {args}) => deciding.emit('attackers', {type: 'bribed', party: args.party ?? ''}),
	}),
	worldVerb({
		name: 'memory-dump',
		station: 'shares',
		parameters: [party],
		evidence: {kind: 'memory copied', station: 'shares', level: 2, loud: false},
		does: "a crashed party's memory is written to disk: the same trace as a copy, and harmless",
		run: (deciding, {args}) => deciding.act('shares', 'memory copied', subtle, `the memory of ${args.party} was copied`),
	}),
	worldVerb({
		name: 'open',
		station: 'policy',
		object: request,
		does: 'a request comes to the table now',
		run: (deciding, {object = ''}) => {
			if (deciding.state.requests[object]?.opened === 0) openRequest(deciding, object);
		},
	}),
	...storeVerbs,
];
