/** Attackers and what they have copied: memories that they put back, and messages that they send once more. */
import {drawCount, positionOf} from '../chance.js';
import {type Deciding, Refusal} from '../deciding.js';
import type {Verb} from '../verb.js';
import {needsImplant} from './standing.js';

const holder = {name: 'party', kind: 'party', about: 'a party with your implant'} as const;

function needsHolder(deciding: Deciding, party: string): void {
	deciding.party(party);
	needsImplant(deciding, party);
	if (deciding.is('party', party, 'trust.isolated')) throw new Refusal(`${party} is cut off; nothing gets in or out`);
}

const snapshot: Verb = {
	name: 'snapshot',
	side: 'attackers',
	station: 'shares',
	parameters: [holder],
	cost: [1, 1],
	does: "copies a machine's memory and its generator",
	needs: 'an implant',
	evidence: {kind: 'memory copied', station: 'shares', level: 2, loud: false},
	raises: [],
	stoppedBy: 'inspect depth=full, rejoin',
	check(deciding, {args}) {
		const party = args.party ?? '';
		needsHolder(deciding, party);
		const {state} = deciding;
		if (state.snapshots[party]?.position === positionOf(state, party, drawCount(state, party)))
			throw new Refusal(`${party} has drawn nothing since your copy; it is as good as a new one`);
	},
	run(deciding, {args}) {
		const party = args.party ?? '';
		const {state} = deciding;
		const position = positionOf(state, party, drawCount(state, party));
		deciding.emit('attackers', {type: 'snapshot-taken', party, turn: state.turn, position});
		deciding.act('shares', 'memory copied', {level: 2, loud: false}, `the memory of ${party} was copied`);
	},
};

/** A machine goes on from an earlier place in its generator's run. */
export function setBack(deciding: Deciding, party: string, position: number, audience: 'attackers' | 'keeper'): void {
	deciding.emit(audience, {type: 'set-back', party, to: {since: drawCount(deciding.state, party), position}});
}

/** A machine gets a generator that never ran before, where the old one was set back. */
export function seedAnew(deciding: Deciding, party: string): void {
	if (deciding.party(party).setBacks === undefined) return;
	const since = drawCount(deciding.state, party);
	// No run of draws is that long: nothing that comes was there before.
	deciding.emit('keeper', {type: 'set-back', party, to: {since, position: 1_000_000 + since, seeded: true}});
}

const restoreSnapshot: Verb = {
	name: 'restore-snapshot',
	side: 'attackers',
	station: 'rounds',
	parameters: [holder],
	cost: [2, 2],
	does: 'sets a machine back: it draws the same nonces again',
	needs: 'a copy of its memory, and draws since then',
	evidence: {kind: 'repeated nonces', station: 'rounds', level: 1, loud: true},
	raises: [],
	stoppedBy: 'nonce guard',
	check(deciding, {args}) {
		const party = args.party ?? '';
		needsHolder(deciding, party);
		const {state} = deciding;
		const copy = state.snapshots[party];
		if (copy === undefined) throw new Refusal(`you have no copy of the memory of ${party}; snapshot party=${party} takes one`);
		if (copy.position === positionOf(state, party, drawCount(state, party)))
			throw new Refusal(`${party} has drawn nothing since your copy of turn ${copy.turn}; nothing would repeat`);
	},
	run(deciding, {args}) {
		const party = args.party ?? '';
		setBack(deciding, party, deciding.state.snapshots[party]!.position, 'attackers');
	},
};

const replayMessage: Verb = {
	name: 'replay-message',
	side: 'attackers',
	station: 'rounds',
	parameters: [{name: 'message', kind: 'recording', about: 'a message that you have recorded'}],
	cost: [1, 1],
	does: 'sends a recorded message ahead of the next one like it',
	needs: 'a recorded message, and a place on its way',
	evidence: {kind: 'repeated message', station: 'rounds', level: 2, loud: false},
	raises: [],
	stoppedBy: 'envelope context',
	check(deciding, {args}) {
		const {recorded, standing} = deciding.state;
		const recording = recorded.find(({id}) => id === args.message);
		if (recording === undefined)
			throw new Refusal(
				recorded.length === 0 ? 'you have recorded no message; eavesdrop records them' : `you have no recording "${args.message}"`,
			);
		if (standing.some(({message}) => message === args.message)) throw new Refusal('that is ordered already');
		linkOf(deciding, recording.from, recording.to);
	},
	run(deciding, {args}) {
		const {from, to} = deciding.state.recorded.find(({id}) => id === args.message)!;
		const order = {verb: 'replay-message', party: linkOf(deciding, from, to), turn: deciding.state.turn, message: args.message ?? ''};
		deciding.emit('attackers', {type: 'standing', order});
	},
};

/** The end of the way at which the attackers are. */
function linkOf(deciding: Deciding, from: string, to: string): string {
	const end = [from, to].find(machine => deciding.state.footholds[machine]?.link);
	if (end === undefined) throw new Refusal(`you are on the link neither of ${from} nor of ${to}`);
	return end;
}

export const machineVerbs: readonly Verb[] = [snapshot, restoreSnapshot, replayMessage];
